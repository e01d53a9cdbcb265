"""Run charts agree with the author's tables, with SciPy, and with listing every series."""

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.sandbox.stats.runs import Runs as StatsmodelsRuns

from data_model.vocabulary import Symbol
from metrics.figures import Missing
from metrics.outcome import NoNumber, TooFew
from metrics.run_chart import (
    MINIMUM,
    RunGroup,
    Runs,
    fewest_usual,
    in_words,
    longest_usual,
    run_chart,
)

GAPS = [NoNumber(symbol) for symbol in Symbol] + [TooFew(0)]

# Anhøj, "Quality Improvement Charts", appendix 2 (the documentation of qicharts2): for 10 to 100
# useful observations the upper limit for the longest run and the lower for crossings.
LONGEST = [(10, 6), (11, 6), (12, 7), (22, 7), (23, 8), (45, 8), (46, 9), (90, 9), (91, 10)]
CROSSINGS = [
    2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 6, 6, 7, 7, 8, 8, 8, 9, 9, 10, 10, 11, 11, 11, 12, 12, 13, 13, 14,
    14, 14, 15, 15, 16, 16, 17, 17, 17, 18, 18, 19, 19, 20, 20, 21, 21, 21, 22, 22, 23, 23, 24, 24,
    25, 25, 25, 26, 26, 27, 27, 28, 28, 29, 29, 29, 30, 30, 31, 31, 32, 32, 33, 33, 34, 34, 34, 35,
    35, 36, 36, 37, 37, 38, 38, 39, 39, 39, 40, 40, 41, 41,
]  # fmt: skip


def the_only(values: list[float] | list[float | Missing]) -> RunGroup:
    (group,) = run_chart(values)
    return group


def runs_of(values: list[float] | list[float | Missing]) -> Runs:
    found = the_only(values).runs
    assert isinstance(found, Runs)
    return found


def test_the_authors_table_of_critical_values_comes_out() -> None:
    assert [fewest_usual(n) for n in range(10, 101)] == CROSSINGS
    for n, longest in [*LONGEST, (100, 10)]:
        assert longest_usual(n) == longest, n


def test_fewest_crossings_is_the_smallest_number_chance_stays_below_at_most_once_in_20() -> None:
    for n in range(MINIMUM, 60):
        fewest = fewest_usual(n)
        fewer = sum(comb(n - 1, k) for k in range(fewest))
        assert fewer * 20 < 2 ** (n - 1) <= (fewer + comb(n - 1, fewest)) * 20


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=14, max_size=40))
def test_statsmodels_counts_as_many_runs(values: list[int]) -> None:
    group = the_only([float(value) for value in values])
    off = [value > (group.median or 0) for value in values if value != group.median]
    if isinstance(group.runs, Runs):
        theirs = StatsmodelsRuns(np.array(off, int)).runs
        assert group.runs.crossings == len(theirs) - 1
        assert group.runs.longest == max(theirs)


def test_a_rise_is_a_shift_by_both_rules() -> None:
    found = runs_of([float(n) for n in range(24)])
    assert found == Runs(24, 12, 8, 1, 8)
    assert found.long_run
    assert found.few_crossings
    assert found.shifted


def test_each_rule_shows_a_shift_by_itself() -> None:
    # Four blocks of five cross the median three times; no run is longer than five.
    blocks = [high for high in (3.0, 1.0, 3.0, 1.0) for _ in range(5)]
    few = runs_of([high + place / 100 for place, high in enumerate(blocks)])
    assert (few.long_run, few.few_crossings, few.shifted) == (False, True, True)
    # Eight high in a row, then three more among eleven low ones: just enough crossings.
    long = runs_of([5.0] * 8 + [1.0, 1.0, 5.0] * 3 + [1.0] * 5)
    assert (long.long_run, long.few_crossings, long.shifted) == (True, False, True)


def test_the_longest_run_that_is_usual_is_no_shift() -> None:
    # Seven high in a row, then four more among eleven low ones: seven is usual of 22.
    found = runs_of([5.0] * 7 + [1.0, 1.0, 5.0] * 4 + [1.0] * 3)
    assert (found.useful, found.longest, found.longest_usual) == (22, 7, 7)
    assert not found.shifted


def test_ten_points_off_the_median_are_enough_to_say() -> None:
    assert runs_of([1.0, 2.0] * 5) == Runs(10, 1, 6, 9, 2)


def test_zigzag_shows_nothing() -> None:
    found = runs_of([1.0, 2.0] * 10)
    assert (found.longest, found.crossings, found.shifted) == (1, 19, False)


def test_points_on_the_median_neither_break_a_run_nor_count() -> None:
    with_ties = the_only([1.0, 5.0, 2.0, 9.0, 5.0, 8.0] * 4)
    assert with_ties.median == 5.0
    assert with_ties.runs == runs_of([1.0, 2.0, 9.0, 8.0] * 4) == Runs(16, 2, 7, 7, 4)


@pytest.mark.parametrize("points", range(MINIMUM))
def test_below_ten_points_there_are_too_few_to_say(points: int) -> None:
    figures: list[float | Missing] = [float(n) for n in range(points)]
    group = the_only([*figures, GAPS[0]])
    assert group.runs == TooFew(points - points % 2)
    assert (group.median is None) == (points == 0)


def test_a_constant_series_is_too_few_to_say_however_long() -> None:
    group = the_only([0.1] * 30)
    assert group.median == 0.1
    assert group.runs == TooFew(0)


@pytest.mark.parametrize("gap", GAPS)
def test_a_gap_is_left_out_and_never_zero(gap: Missing) -> None:
    figures = [7.0, 9.0, 8.0, 6.0] * 4
    with_gaps: list[float | Missing] = [gap, *figures[:5], gap, gap, *figures[5:], gap]
    assert runs_of(with_gaps) == runs_of(figures)
    assert the_only(with_gaps).median == 7.5
    assert the_only(with_gaps).figures == 16
    assert in_words(the_only(with_gaps)).endswith("; without a figure: 4 of 20 periods.")


def test_a_break_starts_a_median_of_its_own_and_no_run_crosses_it() -> None:
    before, after = [1.0, 2.0] * 6, [101.0, 102.0] * 6
    groups = run_chart(before + after, [12])
    assert [group.median for group in groups] == [1.5, 101.5]
    assert all(isinstance(g.runs, Runs) and not g.runs.shifted for g in groups)
    assert runs_of(before + after).shifted


def test_no_period_is_no_figure() -> None:
    assert run_chart([]) == (RunGroup((), None, TooFew(0)),)


series = st.lists(st.integers(-20, 20), min_size=12, max_size=40).map(
    lambda whole: [float(n) for n in whole]
)


@given(series, st.integers(-1000, 1000), st.sampled_from([0.5, 2.0, 64.0]))
def test_runs_do_not_depend_on_where_zero_is_nor_on_the_unit(
    values: list[float], shift: int, scale: float
) -> None:
    moved = the_only([scale * value + shift for value in values])
    assert moved.runs == the_only(values).runs


@given(series)
def test_runs_are_the_same_backwards_and_upside_down(values: list[float]) -> None:
    expected = the_only(values).runs
    assert the_only(values[::-1]).runs == expected
    assert the_only([-value for value in values]).runs == expected


@given(series, series)
def test_groups_know_nothing_of_one_another(first: list[float], second: list[float]) -> None:
    assert run_chart(first + second, [len(first)]) == (the_only(first), the_only(second))


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=10, max_size=30))
def test_the_longest_run_and_crossings_are_those_counted_by_hand(above: list[bool]) -> None:
    # A line of their own: as many points far above and far below put the median between them.
    values = [1.0 if side else -1.0 for side in above] + [-1.0 if s else 1.0 for s in above[::-1]]
    found = runs_of(values)
    longest = max(
        stop - start
        for start, stop in product(range(len(values)), range(len(values) + 1))
        if start < stop and len(set(values[start:stop])) == 1
    )
    changes = sum(values[i] != values[i + 1] for i in range(len(values) - 1))
    assert (found.longest, found.crossings) == (longest, changes)


def test_the_words_are_one_sentence_and_give_both_rules() -> None:
    usual = in_words(the_only([1.0, 2.0] * 6))
    assert usual == (
        "No shift shown: longest run on one side 1 (usually up to 7), "
        "crossings of the median 11 (usually 3 or more)."
    )
    assert in_words(the_only([float(n) for n in range(12)])) == (
        "The figures have shifted: crossings of the median 1 (usually 3 or more)."
    )
    assert in_words(the_only([1.0, 2.0])) == (
        "Too few points to say: 2 off the median, and it takes 10."
    )
