"""The rank-sum test agrees with listing every split, with SciPy, and with print."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from metrics.rank_sum import APPROXIMATE, EXACT, EXACT_CASES, rank_sum


def cases(counts: Sequence[int]) -> list[int]:
    """Return the grade of each case, 0 the best."""
    return [grade for grade, count in enumerate(counts) for _ in range(count)]


def two_readings(grades: int, most: int) -> st.SearchStrategy[tuple[list[int], list[int]]]:
    one = st.lists(st.integers(0, most), min_size=grades, max_size=grades).filter(any)
    return st.tuples(one, one)


def readings(most: int) -> st.SearchStrategy[tuple[list[int], list[int]]]:
    return st.integers(2, 5).flatmap(lambda grades: two_readings(grades, most))


def by_listing(first: Sequence[int], second: Sequence[int]) -> Fraction:
    """Return p by listing every choice of cases for the second reading."""
    pooled = cases([a + b for a, b in zip(first, second, strict=True)])
    below = [sum(other < grade for other in pooled) for grade in pooled]
    ranks = [Fraction(2 * b + pooled.count(g) + 1, 2) for b, g in zip(below, pooled, strict=True)]
    mean = sum(ranks) * Fraction(sum(second), len(pooled))
    rank_of = dict(zip(pooled, ranks, strict=True))
    seen = abs(sum((rank_of[grade] for grade in cases(second)), Fraction(0)) - mean)
    splits = [abs(sum(chosen) - mean) for chosen in combinations(ranks, sum(second))]
    return Fraction(sum(split >= seen for split in splits), len(splits))


@settings(max_examples=150, deadline=None)
@given(readings(3).filter(lambda both: sum(map(sum, both)) <= 13))
def test_p_is_what_listing_every_split_gives(both: tuple[list[int], list[int]]) -> None:
    assert rank_sum(*both).p_value == float(by_listing(*both))


@settings(max_examples=60, deadline=None)
@given(readings(40))
def test_superiority_is_the_share_of_pairs_in_which_the_second_is_better(
    both: tuple[list[int], list[int]],
) -> None:
    first, second = both
    pairs = [
        (first[i] * second[j], Fraction(int(j < i)) + Fraction(int(j == i), 2))
        for i in range(len(first))
        for j in range(len(first))
    ]
    expected = sum((n * better for n, better in pairs), Fraction(0)) / sum(n for n, _ in pairs)
    found = rank_sum(first, second)
    assert found.superiority == pytest.approx(float(expected), abs=1e-12)
    assert found.better == (expected > Fraction(1, 2)) - (expected < Fraction(1, 2))


@settings(max_examples=60, deadline=None)
@given(readings(30))
def test_swapping_the_readings_mirrors_the_result(both: tuple[list[int], list[int]]) -> None:
    first, second = both
    found, swapped = rank_sum(first, second), rank_sum(second, first)
    turned = rank_sum(first[::-1], second[::-1])
    assert 0 < found.p_value <= 1
    assert found.p_value == pytest.approx(swapped.p_value, rel=1e-9)
    assert found.p_value == pytest.approx(turned.p_value, rel=1e-9)
    assert found.better == -swapped.better == -turned.better
    assert found.superiority == pytest.approx(1 - swapped.superiority, abs=1e-12)


@pytest.mark.parametrize(
    ("first", "second"),
    [((1, 2, 6), (4, 3, 3)), ((5, 1, 0), (2, 2, 3)), ((3, 0, 2, 1), (0, 4, 1, 2))],
)
def test_scipys_permutation_test_agrees(first: Sequence[int], second: Sequence[int]) -> None:
    pooled = [a + b for a, b in zip(first, second, strict=True)]
    rank_of = {g: sum(pooled[:g]) + (n + 1) / 2 for g, n in enumerate(pooled)}
    one, other = ([rank_of[grade] for grade in cases(counts)] for counts in (first, second))
    theirs = stats.permutation_test(
        (one, other),
        lambda x, y, axis: np.mean(y, axis=axis) - np.mean(x, axis=axis),
        vectorized=True,
        n_resamples=int(1e6),
        alternative="two-sided",
    )
    mean = sum(second) * (sum(pooled) + 1) / 2
    sums = (theirs.null_distribution * sum(first) * sum(second)) / sum(pooled) + mean
    far = abs(sum(other) - mean)
    share = float(np.mean(np.abs(sums - mean) >= far - 1e-9))
    assert rank_sum(first, second).p_value == pytest.approx(share, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.booleans(), min_size=4, max_size=14).filter(lambda x: len(set(x)) == 2))
def test_without_ties_scipys_exact_test_agrees(in_second: list[bool]) -> None:
    ranks = np.arange(len(in_second))
    chosen = np.array(in_second)
    theirs = stats.mannwhitneyu(ranks[~chosen], ranks[chosen], method="exact").pvalue
    ours = rank_sum([int(not c) for c in in_second], [int(c) for c in in_second])
    assert ours.p_value == pytest.approx(theirs, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.data())
def test_of_two_grades_and_equal_readings_it_is_fishers_exact_test(
    cases_each: int, data: st.DataObject
) -> None:
    a, b = (data.draw(st.integers(0, cases_each)) for _ in range(2))
    first, second = (a, cases_each - a), (b, cases_each - b)
    theirs = stats.fisher_exact([first, second]).pvalue
    assert rank_sum(first, second).p_value == pytest.approx(theirs, rel=1e-6)


@settings(max_examples=60, deadline=None)
@given(two_readings(2, 60))
def test_of_two_grades_it_is_the_tails_of_the_hypergeometric_distribution(
    both: tuple[list[int], list[int]],
) -> None:
    first, second = both
    pooled, drawn = [a + b for a, b in zip(first, second, strict=True)], sum(second)
    chances = stats.hypergeom(sum(pooled), pooled[0], drawn)
    far = abs(second[0] * sum(pooled) - pooled[0] * drawn)
    counts = np.arange(drawn + 1)
    tail = counts[np.abs(counts * sum(pooled) - pooled[0] * drawn) >= far]
    assert rank_sum(first, second).p_value == pytest.approx(chances.pmf(tail).sum(), rel=1e-6)


def test_readings_with_no_grade_in_common_are_one_split_of_all() -> None:
    # The mirror image of 3 against 5 is 5 against 3: no other of the 56 splits is as far apart.
    assert rank_sum((3, 0), (0, 5)).p_value == 1 / 56
    assert rank_sum((4, 0), (0, 4)).p_value == 2 / 70


def test_two_readings_of_two_hundred_on_five_grades_are_tested_exactly() -> None:
    found = rank_sum((40, 40, 40, 40, 40), (45, 45, 40, 35, 35))
    near = stats.mannwhitneyu(cases((40,) * 5), cases((45, 45, 40, 35, 35))).pvalue
    assert found.method == EXACT
    assert found.p_value == pytest.approx(near, abs=2e-3)
    surely = rank_sum((200, 0, 0, 0, 0), (0, 0, 0, 0, 200))
    assert surely.p_value == pytest.approx(2 / comb(400, 200), rel=1e-9)


def test_beyond_its_limit_the_approximation_takes_over_without_a_jump() -> None:
    exact = rank_sum((100, 150, 250), (130, 140, 230))
    beyond = rank_sum((100, 150, 251), (130, 140, 230))
    assert sum((100, 150, 250, 130, 140, 230)) == EXACT_CASES
    assert (exact.method, beyond.method) == (EXACT, APPROXIMATE)
    assert exact.p_value == pytest.approx(beyond.p_value, abs=5e-3)


def test_many_grades_of_many_cases_are_approximated() -> None:
    assert rank_sum((60,) * 7, (50, 60, 60, 60, 60, 60, 70)).method == APPROXIMATE


def test_one_grade_only_shows_nothing() -> None:
    found = rank_sum((0, 9, 0), (0, 4, 0))
    assert (found.p_value, found.superiority, found.better) == (1.0, 0.5, 0)


def test_a_reading_without_cases_and_scales_of_two_lengths_are_errors() -> None:
    with pytest.raises(ValueError, match="without cases"):
        rank_sum((0, 0), (1, 2))
    with pytest.raises(ValueError, match="zip"):
        rank_sum((1, 0), (1, 2, 3))
