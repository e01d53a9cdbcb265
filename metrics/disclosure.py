"""The one door for what may be published: protect small counts, then attack the result.

The first rule here is strict and simple: where any count of a line is small, or every case
of it has one and the same grade, the whole line is withheld and only its total stays. Source of
the threshold and of group disclosure: Hundepool et al., Handbook on Statistical Disclosure
Control; the mark `c` is the Department for Education's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf

LARGEST_LISTED = 12


@dataclass(frozen=True)
class Policy:
    """A threshold with its source: counts from 1 to one below it are small."""

    threshold: int
    source: str


POLICY = Policy(3, "Counts of 1 and 2 are withheld; grades of case files count as sensitive")


def must_withhold(line: Sequence[int], policy: Policy = POLICY, *, neutral: int = 0) -> bool:
    """Return whether a line of counts that share a published total may not be shown.

    It holds a small count, or all its cases stand under one heading, which would say that
    of each of them. The last `neutral` headings say nothing about a child (such as *not
    graded*), so all cases may stand under one of those.
    """
    small = any(0 < count < policy.threshold for count in line)
    filled = [place for place, count in enumerate(line) if count > 0]
    tells_all = len(filled) == 1 and filled[0] < len(line) - neutral
    return small or tells_all


def total_may_stand(total: int, cells: int, policy: Policy = POLICY, *, neutral: int = 0) -> bool:
    """Return whether the total of a withheld line of so many cells leaves every cell unknown.

    Each cell must keep a range at least max(3, threshold) wide. Small totals are withheld
    together, or a total withheld would say how small it is.
    """
    return total > _largest_withheld(cells, policy, neutral)


@cache
def _largest_withheld(cells: int, policy: Policy, neutral: int) -> float:
    """Return the total up to which none stands, so that together they leave every cell unknown.

    Ranges only widen with the total, so none above LARGEST_LISTED is attacked.
    """
    ranges = [attack(total, cells, policy, neutral) for total in range(LARGEST_LISTED + 1)]
    for largest in range(1, LARGEST_LISTED):
        together = [found for found in ranges[: largest + 1] if found]
        if _unknown(together, policy) and all(_unknown([r], policy) for r in ranges[largest + 1 :]):
            return largest
    return inf


def _unknown(ranges: Sequence[tuple[tuple[int, int], ...]], policy: Policy) -> bool:
    """Return whether each cell keeps a wide range to someone who knows one of these holds."""
    columns = list(zip(*ranges, strict=True))
    widths = [max(high for _, high in c) - min(low for low, _ in c) for c in columns]
    return bool(widths) and min(widths) >= max(3, policy.threshold)


@cache
def attack(
    total: int, cells: int, policy: Policy = POLICY, neutral: int = 0
) -> tuple[tuple[int, int], ...]:
    """Return the range an informed attacker can give each cell of a withheld line.

    The attacker knows the rule, the threshold and the total, and lists every line of whole
    numbers that would have been withheld.
    """
    lines = [line for line in _lines(total, cells) if must_withhold(line, policy, neutral=neutral)]
    return tuple((min(column), max(column)) for column in zip(*lines, strict=True))


def _lines(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Yield every line of that many counts with that total."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _lines(total - first, cells - 1):
            yield (first, *rest)
