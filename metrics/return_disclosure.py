"""Which lines of published returns may not be shown: small ones, and all that would give them away.

A line is withheld whole: its number, what it is out of and its share. The rule is that of counts
of cases (`metrics/disclosure.py`): a number of 1 or 2, a share that leaves 1 or 2 out, and a share
of all or of none, which says something of each. Withheld with it is every line by which it could
be worked out by subtraction: the other parts of its sum, a number that stands again as what
another line is out of, and the running list beside who was added to it and who was removed.
"""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from data_model.vocabulary import Part
from metrics.disclosure import POLICY, Policy, must_withhold, total_may_stand
from metrics.return_parts import SUMS, Sum
from metrics.return_values import Figure, Figures, number_of
from metrics.returned import SAME, WITHIN, Rule

Period = TypeVar("Period")
RUNNING, CHANGES = "tracker-children", ("tracker-added", "tracker-removed")
"""A number that carries over from quarter to quarter, and what changes it."""


def withheld(
    quarters: Mapping[Period, Figures], policy: Policy = POLICY
) -> frozenset[tuple[Period, str]]:
    """Return the lines of one area that no release shows, by their quarter and indicator.

    A line with a mark in place of its number keeps that mark.
    """
    given = {quarter: _with_numbers(figures) for quarter, figures in quarters.items()}
    found = {
        (quarter, code)
        for quarter, figures in given.items()
        for code in _of_quarter(figures, policy)
    }
    if any(code in CHANGES for _quarter, code in found):
        found |= {(quarter, RUNNING) for quarter, figures in given.items() if RUNNING in figures}
    return frozenset(found)


def _with_numbers(figures: Figures) -> Figures:
    return {code: each for code, each in figures.items() if each.numerator is not None}


def _of_quarter(figures: Figures, policy: Policy) -> set[str]:
    """Return the lines of one quarter that are withheld, until none gives another away."""
    found = {code for code, figure in figures.items() if _tells(figure, policy)}
    found |= {rule.first.code for rule in WITHIN if _leaves_few(rule, figures, policy)}
    while not (more := set(_giving_away(found, figures, policy))) <= found:
        found |= more
    return found.intersection(figures)


def _tells(figure: Figure, policy: Policy) -> bool:
    """Return whether a line by itself says too much of few people."""
    number, out_of = figure.numerator, figure.denominator
    if number is None:
        return False
    if out_of is None or number > out_of:
        return _small(number, policy) or _small(out_of or 0, policy)
    return must_withhold((number, out_of - number), policy)


def _small(number: int, policy: Policy) -> bool:
    return 0 < number < policy.threshold


def _leaves_few(rule: Rule, figures: Figures, policy: Policy) -> bool:
    """Return whether one number taken from that which holds it leaves a small one."""
    first, second = (number_of(side, figures) for side in (rule.first, rule.second))
    return first is not None and second is not None and _small(second - first, policy)


def _giving_away(found: set[str], figures: Figures, policy: Policy) -> Iterator[str]:
    """Yield the lines by which one of those withheld could be worked out."""
    yield from (rule.first.code for rule in SAME if rule.second.code in found)
    for whole in SUMS:
        parts = {side.code for side in whole.parts}
        if parts & found:
            yield from parts
            if not _may_stand(whole, figures, policy):
                yield whole.whole.code


def _may_stand(rule: Sum, figures: Figures, policy: Policy) -> bool:
    total = number_of(rule.whole, figures)
    if total is None or rule.whole.part is Part.DENOMINATOR:
        return False
    return total_may_stand(total, len(rule.parts), policy)
