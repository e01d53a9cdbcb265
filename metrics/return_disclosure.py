"""The lines of published returns as linked tables, so that none says too much of few people.

A line is shown or withheld whole: its number, what it is out of and its share. It says too much
where its number is small, where few are left out of it, and where it is all or none of a group.
The declared equations of a return tie its lines together: sums, numbers that stand twice, numbers
within others, and the list that runs on from quarter to quarter.
"""

from collections.abc import Hashable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from data_model.vocabulary import Part
from metrics.disclosure import (
    Cell,
    Group,
    Key,
    Policy,
    Relation,
    Tables,
    Why,
    adds_up,
    at_least,
)
from metrics.return_parts import SUMS
from metrics.return_values import Figure, Figures
from metrics.returned import SAME, WITHIN, Side

RUNNING, ADDED, REMOVED = "tracker-children", "tracker-added", "tracker-removed"
"""A number that carries over from quarter to quarter, and what changes it."""

Quarters = Mapping[Any, Figures]
"""The lines of an area by quarter, in order of time."""
Shape = Mapping[Any, Mapping[str, bool]]
"""The lines of each quarter, in order of time, and whether a line is out of something."""


def key(area: str, quarter: Hashable, side: Side) -> Key:
    """Return the cell of one of the two numbers of a line."""
    return (side.part.name, area, quarter, side.code)


def number(area: str, quarter: Hashable, code: str) -> Key:
    return key(area, quarter, Side(code, Part.NUMERATOR))


def out_of(area: str, quarter: Hashable, code: str) -> Key:
    return key(area, quarter, Side(code, Part.DENOMINATOR))


def rest(area: str, quarter: Hashable, code: str) -> Key:
    """Return the cell of those whom a line leaves out; no table holds it."""
    return ("LEFT OUT", area, quarter, code)


def line_of(cell: Key) -> Hashable:
    """Return the line that a cell belongs to."""
    assert isinstance(cell, tuple)  # noqa: S101 - all keys here are
    return cell[1:4]


def with_numbers(quarters: Quarters) -> Quarters:
    """Return the lines that hold a number; a line with a mark keeps that mark."""
    return {
        quarter: {code: each for code, each in figures.items() if each.numerator is not None}
        for quarter, figures in quarters.items()
    }


def tables(area: str, quarters: Quarters) -> Tables:
    """Return everything that the returns of one area count, in order of time.

    What a line is out of is withheld with its number, and may be known from elsewhere. Relations
    that the numbers do not keep, because somebody explained why, tell a reader nothing.
    """
    given = with_numbers(quarters)
    counts = dict(_counts(area, given))
    known = [each for each in relations(area, _shape(given)) if _keeps(each, counts)]
    gaps = [_gap(each, counts) for each in known if each.high is None]
    tied = tuple(each for each in known if each.high is not None)
    cells = [Cell(k, n, hidden=not is_number(k)) for k, n in counts.items()]
    lines = [
        (number(area, quarter, code), *_second(area, quarter, code, figure))
        for quarter, figures in given.items()
        for code, figure in figures.items()
    ]
    return Tables(
        (*cells, *(cell for cell, _ in gaps)),
        (*tied, *(relation for _, relation in gaps)),
        tuple(groups(area, _shape(given))),
        tuple(lines),
    )


def _shape(given: Quarters) -> Shape:
    return {
        quarter: {code: _is_share(figure) for code, figure in figures.items()}
        for quarter, figures in given.items()
    }


def _is_share(figure: Figure) -> bool:
    return figure.denominator is not None and (figure.numerator or 0) <= figure.denominator


def _second(area: str, quarter: Hashable, code: str, figure: Figure) -> Iterator[Key]:
    if figure.denominator is not None:
        yield out_of(area, quarter, code)


def _counts(area: str, given: Quarters) -> Iterator[tuple[Key, int]]:
    for quarter, figures in given.items():
        for code, figure in figures.items():
            said, whole = figure.numerator or 0, figure.denominator
            yield number(area, quarter, code), said
            if whole is not None:
                yield out_of(area, quarter, code), whole
            if whole is not None and said <= whole:
                yield rest(area, quarter, code), whole - said


def _keeps(relation: Relation, counts: Mapping[Key, int]) -> bool:
    """Return whether all cells of a relation are there and their counts keep it."""
    if any(cell not in counts for cell, _ in relation.terms):
        return False
    total = sum(counts[cell] * times for cell, times in relation.terms)
    low, high = relation.low, relation.high
    return (low is None or total >= low) and (high is None or total <= high)


def is_number(cell: Key) -> bool:
    """Return whether a cell is the number of a line."""
    return isinstance(cell, tuple) and cell[0] == Part.NUMERATOR.name


def small_wholes(area: str, quarters: Quarters, policy: Policy) -> Mapping[Key, Why]:
    """Return the lines that are out of so few people that the line says who they are."""
    return {
        number(area, quarter, code): Why.SMALL
        for quarter, figures in with_numbers(quarters).items()
        for code, figure in figures.items()
        if policy.is_small(figure.denominator or 0)
    }


def _gap(relation: Relation, counts: Mapping[Key, int]) -> tuple[Cell, Relation]:
    """Return the cell that is left between a number and one within it: it may be small."""
    (more, _), (fewer, _) = relation.terms
    gap = ("LEFT OUT", more, fewer)
    return Cell(gap, counts[more] - counts[fewer], hidden=True), adds_up(
        more, (fewer, gap), relation.says
    )


def groups(area: str, shape: Shape) -> Iterator[Group]:
    """Yield those whom each line takes apart: it says something of each of them if it is of all."""
    for quarter, lines in shape.items():
        for code in (code for code, share in lines.items() if share):
            parts = number(area, quarter, code), rest(area, quarter, code)
            yield Group(out_of(area, quarter, code), parts, parts)


def relations(area: str, shape: Shape) -> Iterator[Relation]:
    """Yield how the lines of an area's returns hang together, as the return itself says."""
    for quarter, lines in shape.items():
        yield from _shares(area, quarter, lines)
        yield from _of_quarter(area, quarter)
    yield from _running(area, shape)


def _shares(area: str, quarter: Hashable, lines: Mapping[str, bool]) -> Iterator[Relation]:
    for code, share in lines.items():
        if share:
            parts = number(area, quarter, code), rest(area, quarter, code)
            yield adds_up(out_of(area, quarter, code), parts, f"{code} in {quarter}, and the rest")


def _of_quarter(area: str, quarter: Hashable) -> Iterator[Relation]:
    for whole in SUMS:
        parts = [key(area, quarter, part) for part in whole.parts]
        yield adds_up(key(area, quarter, whole.whole), parts, f"{quarter}: {whole.says}")
    for rule in SAME:
        first, second = key(area, quarter, rule.first), key(area, quarter, rule.second)
        yield adds_up(second, [first], f"{quarter}: {rule.says}")
    for rule in WITHIN:
        first, second = key(area, quarter, rule.first), key(area, quarter, rule.second)
        yield at_least([second], [first], f"{quarter}: {rule.says}")


def _running(area: str, shape: Shape) -> Iterator[Relation]:
    for before, after in pairwise(shape):
        parts = number(area, before, RUNNING), number(area, after, ADDED)
        gone = (number(area, after, REMOVED), -1)
        whole = adds_up(number(area, after, RUNNING), parts, f"the list carries over to {after}")
        yield Relation((*whole.terms, gone), 0, 0, whole.says)
