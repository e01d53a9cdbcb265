"""Special causes are found as the published rules say, in print and in other people's programs."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.special_causes import (
    IN_A_ROW,
    Limits,
    Signal,
    SpecialCause,
    shifts,
    signals,
    standing_run,
)

LIMITS = Limits(-3.0, -2.0, 0.0, 2.0, 3.0)


def flagged(values: Sequence[float | None]) -> list[SpecialCause | None]:
    found = signals([None if value is None else (value, LIMITS) for value in values])
    return [None if signal is None else signal.cause for signal in found]


def places(values: Sequence[float | None], cause: SpecialCause) -> list[int]:
    return [place for place, found in enumerate(flagged(values)) if found is cause]


def test_only_a_point_strictly_beyond_a_limit_is_outside() -> None:
    assert places([3.0, 3.1, 0, -3.0, -3.1, 0], SpecialCause.OUTSIDE) == [1, 4]


def test_seven_in_a_row_on_one_side_are_a_shift_and_six_are_none() -> None:
    steady = [0.5, 0.4, 0.6, 0.5, 0.4, 0.6, 0.5, 0.4]
    assert places([-1.0, *steady[:7], -1.0], SpecialCause.SHIFT) == list(range(1, 8))
    assert places([-1.0, *steady, -1.0], SpecialCause.SHIFT) == list(range(1, 9))
    assert flagged([-1.0, *steady[:6], -1.0]) == [None] * 8


def test_a_point_on_the_mean_or_a_gap_breaks_a_shift() -> None:
    for between in (0.0, None):
        assert flagged([0.5, 0.4, 0.6, between, 0.5, 0.4, 0.6, 0.5]) == [None] * 8


def test_seven_each_above_the_one_before_are_a_trend() -> None:
    # NHSRplotthedots, test-ptd_calculate_point_type: 1 to 7 is a trend, 1 2 3 3 4 5 6 is none.
    rising = [(n - 4) / 10 for n in range(1, 8)]
    assert places(rising, SpecialCause.TREND) == list(range(7))
    assert places([-0.2, *rising, -0.1], SpecialCause.TREND) == list(range(1, 8))
    assert places(rising[::-1], SpecialCause.TREND) == list(range(7))
    assert places([(n - 4) / 10 for n in (1, 2, 3, 3, 4, 5, 6)], SpecialCause.TREND) == []
    assert places([*rising[:3], None, *rising[3:]], SpecialCause.TREND) == []


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        # The same program's cases for two in three: 1 is close to the limit, 0 is not.
        ((0, 0, 0), ()),
        ((1, 0, 1), (0, 2)),
        ((0, 1, 1), (1, 2)),
        ((1, 1, 0), (0, 1)),
        ((0, 0, 1, 0, 1, 0, 0), (2, 4)),
        ((0, 0, 1, 1, 0, 0), (2, 3)),
        ((1, 0, 0, 1), ()),
        ((1, 0, 0, 1, 1), (3, 4)),
    ],
)
def test_two_of_three_close_to_a_limit_are_flagged_and_only_they(
    near: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    # A point on the other side of the mean before and after keeps shifts out of it.
    values = [2.5 if one else 0.1 for one in near]
    for side in (1, -1):
        found = places([side * value for value in values], SpecialCause.TWO_IN_THREE)
        assert found == list(expected)


def test_two_of_three_must_lie_on_one_side_and_strictly_between_the_lines() -> None:
    assert flagged([0.5, 2.5, -2.5]) == [None] * 3
    assert flagged([2.5, -0.1, 2.5]) == [None] * 3
    assert flagged([2.0, 2.0, 2.5]) == [None] * 3
    assert flagged([3.0, 3.0, 2.5]) == [None] * 3
    assert flagged([2.5, None, 2.5]) == [None] * 3
    assert places([2.5, 3.5, 2.5], SpecialCause.TWO_IN_THREE) == [0, 2]


def test_a_point_is_named_by_the_first_rule_that_flags_it() -> None:
    rising = [-0.3, -0.2, -0.1, 0.5, 1.0, 2.4, 2.5, 0.5, 0.5, 0.5]
    assert flagged(rising) == [SpecialCause.TREND] * 7 + [SpecialCause.SHIFT] * 3
    assert flagged([0.5, 2.4, 2.5, 0.5, 0.5, 0.5, 0.5]) == [
        SpecialCause.SHIFT,
        SpecialCause.TWO_IN_THREE,
        SpecialCause.TWO_IN_THREE,
        *[SpecialCause.SHIFT] * 4,
    ]
    assert flagged([*rising[:6], 3.1])[5:] == [SpecialCause.TREND, SpecialCause.OUTSIDE]


def test_a_trend_goes_where_it_is_heading_and_all_else_is_on_a_side() -> None:
    falling = [(value, LIMITS) for value in (1.9, 1.8, 1.7, 1.6, 1.5, 1.4, 1.3)]
    assert set(signals(falling)) == {Signal(SpecialCause.TREND, -1)}
    steady = [(0.5, LIMITS)] * IN_A_ROW
    assert set(signals(steady)) == {Signal(SpecialCause.SHIFT, 1)}
    assert signals([(-4.0, LIMITS)]) == (Signal(SpecialCause.OUTSIDE, -1),)


def test_at_a_peak_a_point_belongs_to_the_trend_that_led_to_it() -> None:
    peak = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]
    found = signals([(value, LIMITS) for value in peak])
    assert [signal.direction for signal in found if signal] == [1] * 7 + [-1] * 6


def test_without_points_nothing_is_flagged() -> None:
    assert signals([]) == ()
    assert signals([None, None]) == (None, None)


points = st.lists(st.none() | st.integers(-40, 40).map(lambda n: n / 10), max_size=30)


def windows(values: Sequence[float | None], place: int, length: int) -> list[list[float]]:
    """Return every stretch of so many points that holds a place and no gap."""
    starts = range(max(0, place - length + 1), min(place, len(values) - length) + 1)
    stretches = [values[start : start + length] for start in starts]
    return [[v for v in one if v is not None] for one in stretches if None not in one]


def one_way(values: Sequence[float]) -> bool:
    return all(value > 0 for value in values) or all(value < 0 for value in values)


def by_the_letter(values: Sequence[float | None], place: int) -> SpecialCause | None:
    """Return why a place is flagged, trying every stretch that holds it."""
    own, sevens = values[place], windows(values, place, 7)
    if own is None:
        return None
    if abs(own) > 3:
        return SpecialCause.OUTSIDE
    if any(one_way([b - a for a, b in pairwise(seven)]) for seven in sevens):
        return SpecialCause.TREND
    threes = [three for three in windows(values, place, 3) if one_way(three)]
    if 2 < abs(own) < 3 and any(sum(2 < abs(v) < 3 for v in t) >= 2 for t in threes):
        return SpecialCause.TWO_IN_THREE
    return SpecialCause.SHIFT if any(map(one_way, sevens)) else None


@given(points)
def test_the_rules_taken_by_the_letter_flag_the_same_points(values: list[float | None]) -> None:
    assert flagged(values) == [by_the_letter(values, place) for place in range(len(values))]


@given(points)
def test_upside_down_everything_points_the_other_way(values: list[float | None]) -> None:
    up = signals([None if v is None else (v, LIMITS) for v in values])
    down = signals([None if v is None else (-v, LIMITS) for v in values])
    assert down == tuple(s and Signal(s.cause, -s.direction) for s in up)


@given(points)
def test_backwards_the_same_points_are_flagged(values: list[float | None]) -> None:
    assert flagged(values[::-1]) == flagged(values)[::-1]


def test_a_standing_run_is_the_one_that_goes_on_to_the_last() -> None:
    assert standing_run([1, *[-1] * 7]) == 1
    assert standing_run([-1] * 7) == 0
    assert standing_run([-1] * 6) is None
    assert standing_run([*[-1] * 7, 0]) is None
    assert standing_run([0] * 9) is None
    assert standing_run([]) is None
    assert standing_run([1, -1], 1) == 1


def test_shifts_are_marked_wherever_they_lie() -> None:
    assert shifts([*[1] * 7, 0, *[-1] * 6]) == [*[1] * 7, *[0] * 7]
