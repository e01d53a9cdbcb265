"""The one door for what may be published: protect small counts, then attack the result.

The first rule here is strict and simple: where any count of a line is small, or every case
of it has one grade, the whole line is withheld and only its total stays. Source of the
threshold and of group disclosure: Hundepool et al., Handbook on Statistical Disclosure
Control; the mark `c` is the Department for Education's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

LARGEST_LISTED = 12


@dataclass(frozen=True)
class Policy:
    """A threshold with its source: counts from 1 to one below it are small."""

    threshold: int
    source: str


POLICY = Policy(3, "Counts of 1 and 2 are withheld; grades of case files count as sensitive")


def protected(line: Sequence[int], policy: Policy = POLICY) -> tuple[int | None, ...]:
    """Return a line of counts that share a published total, or as many Nones if it is withheld."""
    return (None,) * len(line) if must_withhold(line, policy) else tuple(line)


def must_withhold(line: Sequence[int], policy: Policy = POLICY) -> bool:
    """Return whether a line holds a small count, or says that all its cases share one grade."""
    small = any(0 < count < policy.threshold for count in line)
    one_grade = sum(line) > 0 and sum(count > 0 for count in line) == 1 and len(line) > 1
    return small or one_grade


def total_may_stand(total: int, cells: int, policy: Policy = POLICY) -> bool:
    """Return whether the total of a withheld line of so many cells leaves every cell unknown.

    Each cell must keep a range at least max(3, threshold) wide. Totals up to that width never
    stand, or a total withheld would say how small it is. Ranges only widen with the total, so
    a large total is attacked as if it were LARGEST_LISTED.
    """
    wide = max(3, policy.threshold)
    if total <= wide:
        return False
    ranges = attack(min(total, LARGEST_LISTED), cells, policy)
    return bool(ranges) and all(high - low >= wide for low, high in ranges)


@cache
def attack(total: int, cells: int, policy: Policy = POLICY) -> tuple[tuple[int, int], ...]:
    """Return the range an informed attacker can give each cell of a withheld line.

    The attacker knows the rule, the threshold and the total, and lists every line of whole
    numbers that would have been withheld.
    """
    lines = [line for line in _lines(total, cells) if must_withhold(line, policy)]
    return tuple((min(column), max(column)) for column in zip(*lines, strict=True))


def _lines(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Yield every line of that many counts with that total."""
    for head in product(range(total + 1), repeat=cells - 1):
        rest = total - sum(head)
        if rest >= 0:
            yield (*head, rest)
