"""The exact rank-sum test of two readings on one ordered scale, where most grades are tied.

Wilcoxon's and Mann and Whitney's test with mid-ranks (Lehmann 1975, Nonparametrics, ch. 1): of
all ways to split the graded cases into two readings of these sizes, the share in which the ranks
lie at least as far from their mean. Listed in full rather than drawn at random, so anyone who
repeats it gets the same number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, prod

import numpy as np
from scipy import stats

EXACT_CASES, EXACT_SPLITS = 1_000, 1_000_000
"""Up to here the test is exact: cases in both readings, and ways to take from all but two grades.

Two readings of 200 cases on five grades are within it.
"""
EXACT = "exact"
APPROXIMATE = "normal approximation, as there are too many cases for the exact test"

Whole = np.ndarray[tuple[int], np.dtype[np.int64]]
Ways = np.ndarray[tuple[int], np.dtype[np.float64]]
Table = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@dataclass(frozen=True)
class RankSum:
    """How far apart two readings are.

    `p_value` is two-sided, above 0 and at most 1. `superiority` is the chance that a case of the
    second reading is graded better than one of the first, ties half; `better` is 1 where that is
    above a half, -1 where below, 0 where it is exactly a half.
    """

    p_value: float
    method: str
    superiority: float
    better: int


def rank_sum(first: Sequence[int], second: Sequence[int]) -> RankSum:
    """Return the test of two readings given as counts by grade, the best grade first in both.

    Beyond `EXACT_CASES` or `EXACT_SPLITS` p is the normal approximation, corrected for ties and
    continuity. Raises ValueError when a reading holds no case or the scales differ in length.
    """
    if not sum(first) or not sum(second):
        raise ValueError("a reading without cases cannot be tested")
    pooled = [a + b for a, b in zip(first, second, strict=True)]
    apart = sum(n * score for n, score in zip(second, _scores(pooled), strict=True))
    superiority = 0.5 - apart / (2 * sum(first) * sum(second))
    better = (apart < 0) - (apart > 0)
    if not apart:
        return RankSum(1.0, EXACT, superiority, better)
    if sum(pooled) <= EXACT_CASES and prod(n + 1 for n in sorted(pooled)[:-2]) <= EXACT_SPLITS:
        p_value = _share_of_splits(pooled, sum(second), abs(apart))
        return RankSum(p_value, EXACT, superiority, better)
    return RankSum(_approximate(first, second), APPROXIMATE, superiority, better)


def _approximate(first: Sequence[int], second: Sequence[int]) -> float:
    grades = np.arange(len(first))
    one, other = np.repeat(grades, first), np.repeat(grades, second)
    return float(stats.mannwhitneyu(one, other, method="asymptotic").pvalue)


def _scores(pooled: Sequence[int]) -> list[int]:
    """Return each grade's mid-rank, doubled and less its mean, so that all are whole."""
    return [2 * sum(pooled[:j]) + count - sum(pooled) for j, count in enumerate(pooled)]


def _share_of_splits(pooled: Sequence[int], taken: int, apart: int) -> float:
    """Return the share of ways to take so many cases whose ranks lie as far apart or farther.

    Goes through what can be taken of all grades but the two most given; of those two, the rank
    sum falls with every case moved to the better one, so sums from each end give the rest. Ranks
    are compared as whole numbers; the ways are whole too, exact up to 2 to the power of 53.
    """
    grades = sorted(zip(pooled, _scores(pooled), strict=True))
    better, poorer = sorted(grades[-2:], key=lambda grade: grade[1])
    ways, left, score = _taken_of_others(grades[:-2], taken)
    fits = (left >= 0) & (left <= better[0] + poorer[0])
    ways, left, score = ways[fits], left[fits], score[fits] + left[fits] * poorer[1]
    step, most = poorer[1] - better[1], better[0] + 1
    at_least, fewer = _two_grades(better[0], poorer[0], taken)
    many = np.clip(-((-score - apart) // step), 0, most)
    few = np.clip((score - apart) // step + 1, 0, most)
    tails = at_least[left, many] + fewer[left, few]
    return min(1.0, float((ways * tails).sum()) / comb(sum(pooled), taken))


def _taken_of_others(grades: Sequence[tuple[int, int]], taken: int) -> tuple[Ways, Whole, Whole]:
    """Return ways, cases left to take and score of everything that can be taken of the grades."""
    ways, left, score = np.ones(1), np.array([taken]), np.zeros(1, dtype=np.int64)
    for count, worth in grades:
        cases = np.arange(count + 1)
        ways = np.outer(ways, _binomials(count)).ravel()
        left = np.subtract.outer(left, cases).ravel()
        score = np.add.outer(score, cases * worth).ravel()
    return ways, left, score


def _two_grades(better: int, poorer: int, taken: int) -> tuple[Table, Table]:
    """Return the ways to take from two grades, at least x or fewer than x of the better one.

    Rows are the cases taken of both, 0 to `taken`; columns are x, 0 to one more than there are.
    """
    of_poorer = np.arange(taken + 1)[:, None] - np.arange(better + 1)
    possible = (of_poorer >= 0) & (of_poorer <= poorer)
    ways_of_poorer = _binomials(poorer)[np.clip(of_poorer, 0, poorer)]
    ways = np.where(possible, _binomials(better) * ways_of_poorer, 0.0)
    at_least, fewer = np.cumsum(ways[:, ::-1], axis=1)[:, ::-1], np.cumsum(ways, axis=1)
    return np.pad(at_least, ((0, 0), (0, 1))), np.pad(fewer, ((0, 0), (1, 0)))


def _binomials(count: int) -> Ways:
    return np.array([float(comb(count, cases)) for cases in range(count + 1)])
