"""What a stranger can set up: one unknown for every withheld cell, one row for every relation.

Two tables of whole numbers that agree with all that is published, and differ by three in a cell,
prove that nobody can know that cell more closely. So the attack collects such tables. Each is
checked in whole-number arithmetic before it counts, whatever the solver says.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from metrics.disclosure.model import Key, Relation
from metrics.disclosure.programme import Answer, Programme, Row

Table = NDArray[np.int64]
Range = tuple[int, int | None]
FARTHEST = 10_000
"""An unknown that may be so much above every published number has no upper end."""


class Contradiction(ValueError):
    """The published numbers cannot all be true."""

    def __init__(self, says: Iterable[str]) -> None:
        self.says = tuple(says)
        super().__init__("What is published contradicts itself: " + "; ".join(self.says))


@dataclass(frozen=True)
class Unknowns:
    """The unknown cells of one component, their limits, and the relations between them."""

    keys: tuple[Key, ...]
    lows: tuple[int, ...]
    highs: tuple[int, ...]
    rows: tuple[Row, ...]
    says: tuple[str, ...]

    @cached_property
    def place(self) -> dict[Key, int]:
        return {key: at for at, key in enumerate(self.keys)}

    @cached_property
    def matrix(self) -> sparse.csr_matrix:
        entries = [(r, at, by) for r, row in enumerate(self.rows) for at, by in row.terms]
        at, places, times = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(self.rows), len(self.keys))
        return sparse.csr_matrix((np.array(times, np.int64), (at, places)), shape, dtype=np.int64)

    @cached_property
    def limits(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return np.array([r.low for r in self.rows]), np.array([r.high for r in self.rows])

    @cached_property
    def rows_of(self) -> tuple[tuple[int, ...], ...]:
        """Return the rows that each unknown stands in."""
        found: list[list[int]] = [[] for _ in self.keys]
        for number, row in enumerate(self.rows):
            for at, _ in row.terms:
                found[at].append(number)
        return tuple(map(tuple, found))

    def agrees(self, table: Table) -> bool:
        """Return whether a table of whole numbers agrees with all that is published."""
        sums = self.matrix @ table
        low, high = self.limits
        inside = np.all(table >= np.array(self.lows)) and np.all(table <= np.array(self.highs))
        return bool(inside and np.all(sums >= low) and np.all(sums <= high))

    def programme(self) -> Programme:
        return Programme(self.lows, self.highs, self.rows)

    def no_end(self, number: float) -> bool:
        """Return whether a number is as high as unknowns go: it has no upper end."""
        return number >= max(self.highs) - 1


def table_of(answer: Answer) -> Table:
    """Return the table of whole numbers next to an answer."""
    return np.rint(answer.point).astype(np.int64)


def unknowns(
    relations: Sequence[Relation],
    known: Mapping[Key, Range],
    least: Mapping[Key, int],
) -> list[Unknowns]:
    """Return the components of what is unknown; `least` names all unknown cells, with a lower end.

    Raises Contradiction where numbers that are all known do not agree with a relation.
    """
    exact = {key: low for key, (low, high) in known.items() if low == high}
    farthest = max((high or low for low, high in known.values()), default=0) + FARTHEST
    left = [_without(relation, exact) for relation in relations]
    open_ones = [each for each in left if each.terms]
    _agree(each for each in left if not each.terms)
    names = [key for key in (*known, *least) if key not in exact]
    ends = {key: (least.get(key, 0), farthest) for key in names}
    ends |= {
        key: (low, farthest if high is None else high)
        for key, (low, high) in known.items()
        if key not in exact
    }
    return list(_components(dict.fromkeys(names), open_ones, ends))


def _without(relation: Relation, exact: Mapping[Key, int]) -> Relation:
    """Return what a relation says of the unknowns alone."""
    open_terms: dict[Key, int] = {}
    known = 0
    for key, times in relation.terms:
        if key in exact:
            known += exact[key] * times
        else:
            open_terms[key] = open_terms.get(key, 0) + times
    low, high = (None if end is None else end - known for end in (relation.low, relation.high))
    return Relation(tuple(open_terms.items()), low, high, relation.says)


def _agree(relations: Iterable[Relation]) -> None:
    wrong = [r.says for r in relations if (r.low or 0) > 0 or (r.high is not None and r.high < 0)]
    if wrong:
        raise Contradiction(wrong)


def _components(
    names: Iterable[Key], relations: Sequence[Relation], ends: Mapping[Key, tuple[int, int]]
) -> Iterator[Unknowns]:
    near: dict[Key, list[int]] = {key: [] for key in names}
    for number, relation in enumerate(relations):
        for key, _ in relation.terms:
            near[key].append(number)
    seen: set[Key] = set()
    for key in near:
        if key not in seen:
            cells, numbers = _reached(key, near, relations)
            seen |= cells.keys()
            yield _component(list(cells), [relations[n] for n in sorted(numbers)], ends)


def _reached(
    start: Key, near: Mapping[Key, list[int]], relations: Sequence[Relation]
) -> tuple[dict[Key, None], set[int]]:
    """Return all cells that relations lead to from one, and those relations."""
    cells, numbers, waiting = {start: None}, set[int](), [start]
    while waiting:
        for number in near[waiting.pop()]:
            if number not in numbers:
                numbers.add(number)
                found = [key for key, _ in relations[number].terms if key not in cells]
                cells |= dict.fromkeys(found)
                waiting += found
    return cells, numbers


def _component(
    keys: list[Key], relations: list[Relation], ends: Mapping[Key, tuple[int, int]]
) -> Unknowns:
    place = {key: at for at, key in enumerate(keys)}
    rows = [
        Row(
            [(place[key], times) for key, times in relation.terms],
            -inf if relation.low is None else relation.low,
            inf if relation.high is None else relation.high,
        )
        for relation in relations
    ]
    return Unknowns(
        tuple(keys),
        tuple(ends[key][0] for key in keys),
        tuple(ends[key][1] for key in keys),
        tuple(rows),
        tuple(relation.says for relation in relations),
    )
