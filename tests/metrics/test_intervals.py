"""Intervals agree with other people's programs, with print, and with counting by hand."""

from fractions import Fraction
from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from data_model.vocabulary import SamplingMethod
from metrics.intervals import (
    LEVEL,
    NO_INTERVAL,
    clopper_pearson,
    finite_frame,
    share_of_cases,
    wilson,
)
from metrics.outcome import Interval

LARGEST = 40
EVERY_SHARE = [(count, n) for n in range(1, LARGEST + 1) for count in range(n + 1)]
SMALL_FRAME = 14
TAIL = Fraction(1, 40)


@pytest.mark.parametrize(("ours", "theirs"), [(wilson, "wilson"), (clopper_pearson, "beta")])
def test_every_share_up_to_40_agrees_with_statsmodels(ours: object, theirs: str) -> None:
    assert callable(ours)
    for count, n in EVERY_SHARE:
        low, high = proportion_confint(count, n, alpha=1 - LEVEL, method=theirs)
        given_back = ours(count, n)
        assert given_back.low == pytest.approx(low, abs=1e-9), (count, n)
        assert given_back.high == pytest.approx(high, abs=1e-9), (count, n)


@pytest.mark.parametrize("level", [0.8, 0.9, 0.99])
def test_other_levels_agree_with_statsmodels_too(level: float) -> None:
    for count, n in [(0, 7), (1, 9), (4, 9), (36, 38), (12, 12)]:
        for ours, theirs in ((wilson, "wilson"), (clopper_pearson, "beta")):
            expected = proportion_confint(count, n, alpha=1 - level, method=theirs)
            found = ours(count, n, level)
            assert (found.low, found.high) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        # Durham 2020, 1 of 9 good; the Metropolitan Police 2016, 36 of 38 not good.
        (1, 9, 2.0, 43.5),
        (36, 38, 82.7, 98.5),
        # Newcombe (1998), Statistics in Medicine 17:857, table I, method 3.
        (81, 263, 25.5, 36.6),
        (15, 148, 6.2, 16.0),
        (0, 20, 0.0, 16.1),
        (1, 29, 0.6, 17.2),
    ],
)
def test_published_intervals_come_out(count: int, n: int, low: float, high: float) -> None:
    found = wilson(count, n)
    assert round(100 * found.low, 1) == low
    assert round(100 * found.high, 1) == high


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_mirrors_its_opposite(counts: tuple[int, int]) -> None:
    count, n = counts
    for method in (wilson, clopper_pearson):
        found, mirrored = method(count, n), method(n - count, n)
        assert 0 <= found.low <= count / n <= found.high <= 1
        assert found.low == pytest.approx(1 - mirrored.high, abs=1e-9)


def _chances(frame: int, such: int, drawn: int) -> list[Fraction]:
    """Return the chance of each count in a draw, by listing every possible draw."""
    draws = list(combinations(range(frame), drawn))
    counts = [sum(case < such for case in draw) for draw in draws]
    return [Fraction(counts.count(x), len(draws)) for x in range(drawn + 1)]


def _chance(frame: int, such: int, drawn: int, count: int) -> Fraction:
    return Fraction(comb(such, count) * comb(frame - such, drawn - count), comb(frame, drawn))


def test_the_short_formula_for_chances_agrees_with_listing_every_draw() -> None:
    for frame, such, drawn in [(6, 2, 3), (8, 5, 4), (9, 1, 7)]:
        short = [_chance(frame, such, drawn, count) for count in range(drawn + 1)]
        assert short == _chances(frame, such, drawn)


def _whole(found: Interval, frame: int) -> tuple[int, int]:
    return round(found.low * frame), round(found.high * frame)


FRAMES = [(n, frame) for frame in range(1, SMALL_FRAME + 1) for n in range(1, frame + 1)]


def test_a_finite_frames_interval_is_what_enumeration_gives() -> None:
    for n, frame in FRAMES:
        for count in range(n + 1):
            fits = [k for k in range(frame + 1) if _not_surprising(k, count, n, frame)]
            assert _whole(finite_frame(count, n, frame), frame) == (min(fits), max(fits))


def _not_surprising(such: int, count: int, n: int, frame: int) -> bool:
    chances = [_chance(frame, such, n, x) for x in range(n + 1)]
    return sum(chances[: count + 1]) > TAIL and sum(chances[count:]) > TAIL


def test_one_of_nine_read_from_eleven_means_one_to_three_cases() -> None:
    assert _whole(finite_frame(1, 9, 11), 11) == (1, 3)


def test_a_frame_that_was_read_whole_leaves_no_doubt() -> None:
    for n in range(1, SMALL_FRAME + 1):
        for count in range(n + 1):
            found = finite_frame(count, n, n)
            assert found.low == found.high == count / n


def test_a_finite_frames_interval_holds_the_truth_in_at_least_95_of_100_draws() -> None:
    for n, frame in FRAMES:
        intervals = [_whole(finite_frame(count, n, frame), frame) for count in range(n + 1)]
        for truth in range(frame + 1):
            held = sum(
                _chance(frame, truth, n, count)
                for count, (low, high) in enumerate(intervals)
                if low <= truth <= high
            )
            assert held >= 1 - 2 * TAIL, (truth, n, frame)


def test_a_large_frame_comes_near_the_exact_binomial() -> None:
    found, exact = finite_frame(3, 12, 20_000), clopper_pearson(3, 12)
    assert found.low == pytest.approx(exact.low, abs=1e-3)
    assert found.high == pytest.approx(exact.high, abs=1e-3)


@pytest.mark.parametrize(("count", "n"), [(0, 0), (-1, 5), (6, 5), (1, 0), (0, -1)])
def test_what_is_no_share_is_an_error(count: int, n: int) -> None:
    for method in (wilson, clopper_pearson):
        with pytest.raises(ValueError, match=f"{count} of {n} is not a share"):
            method(count, n)
    with pytest.raises(ValueError, match="is not a share"):
        finite_frame(count, n, 40)


def test_more_cannot_be_drawn_than_there_are() -> None:
    with pytest.raises(ValueError, match="9 cases cannot be drawn from a frame of 8"):
        finite_frame(1, 9, 8)


@pytest.mark.parametrize("sampling", [s for s in SamplingMethod if s != SamplingMethod.RANDOM])
@pytest.mark.parametrize("available", [None, 9, 20])
def test_a_sample_that_was_not_drawn_gets_no_interval_and_says_why(
    sampling: SamplingMethod, available: int | None
) -> None:
    share = share_of_cases(1, 9, sampling, available)
    assert share.interval is None
    assert share.why_no_interval == NO_INTERVAL[sampling] != ""


def test_each_way_of_choosing_has_its_own_reason() -> None:
    assert set(NO_INTERVAL) == set(SamplingMethod) - {SamplingMethod.RANDOM}
    assert len(set(NO_INTERVAL.values())) == len(NO_INTERVAL)


def test_a_random_sample_is_judged_by_the_frame_it_was_drawn_from() -> None:
    drawn = SamplingMethod.RANDOM
    assert share_of_cases(1, 9, drawn, 11).interval == finite_frame(1, 9, 11)
    assert share_of_cases(1, 9, drawn, None).interval == wilson(1, 9)
    for everything in (9, 8):
        share = share_of_cases(1, 9, drawn, everything)
        assert share.interval is None
        assert share.why_no_interval == NO_INTERVAL[SamplingMethod.ALL_ELIGIBLE]


def test_a_reason_stands_only_where_there_is_no_interval() -> None:
    for sampling in SamplingMethod:
        for available in (None, 9, 11):
            share = share_of_cases(1, 9, sampling, available)
            assert (share.interval is None) == (share.why_no_interval is not None)
