"""Control charts agree with print, with NumPy, and with what must hold for any series."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_model.vocabulary import Better, Symbol
from metrics.figures import Missing
from metrics.outcome import NoNumber, Rate, Share, TooFew
from metrics.special_causes import Limits, SpecialCause
from metrics.variation import (
    ENOUGH,
    AgainstTarget,
    Chart,
    Group,
    Kind,
    Variation,
    p_chart,
    u_chart,
    xmr,
)
from metrics.variation_words import COARSE, in_words

HIGHER, LOWER, NEITHER = Better.HIGHER, Better.LOWER, Better.NEITHER
WITHHELD = NoNumber(Symbol.WITHHELD)
GAPS = [NoNumber(symbol) for symbol in Symbol] + [TooFew(0)]

# Montgomery (2019), Introduction to Statistical Quality Control: viscosity of aircraft primer
# paint (individuals); cans of orange juice; purchase orders; dyed cloth.
VISCOSITY = [33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00,
             33.54, 33.12, 33.84]  # fmt: skip
JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9,
         12, 7, 13, 9, 6]  # fmt: skip
ORDERS = [(12, 100), (8, 80), (6, 80), (9, 100), (10, 110), (12, 110), (11, 100), (16, 100),
          (10, 90), (6, 90), (20, 110), (15, 120), (9, 120), (8, 120), (6, 110), (8, 80), (10, 80),
          (7, 80), (5, 90), (8, 100), (5, 100), (8, 100), (10, 100), (6, 90), (9, 90)]  # fmt: skip
CLOTH = [(14, 500), (12, 400), (20, 650), (11, 500), (7, 475), (10, 500), (21, 600), (16, 525),
         (19, 600), (23, 625)]  # fmt: skip
# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rates of ten batches.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# Pyzdek and Keller (2013), The Handbook for Quality Management, table 9.6: bruised peaches.
PEACHES = [*((n, 250) for n in (47, 42, 55, 51, 46, 61, 39, 44, 41, 51)), (88, 500), (101, 500),
           (101, 500), *((n, 250) for n in (40, 48, 47, 50, 48, 57, 45, 43)), (105, 500), (98, 500),
           (100, 500), (96, 500)]  # fmt: skip
# Mohammed et al. (2013), BMJ Qual. Saf. 22:362: patients seen within four hours, six weeks.
SEEN = [(266501, 280443), (264225, 276823), (276532, 291681), (281461, 296155), (269071, 282343),
        (261215, 275888)]  # fmt: skip
USUAL = [4.0, 6.0, 5.0, 7.0, 3.0, 5.0, 6.0, 4.0, 5.0, 6.0, 4.0, 5.0]


def shares(counts: Sequence[tuple[int, int]]) -> list[Share]:
    return [Share(count, out_of, None) for count, out_of in counts]


def rates(counts: Sequence[tuple[int, int]], per: int) -> list[Rate]:
    return [Rate(count, out_of, per) for count, out_of in counts]


def limits(chart: Chart, place: int = 0) -> Limits:
    found = chart.points[place].limits
    assert found is not None
    return found


def causes(chart: Chart) -> dict[int, SpecialCause]:
    return {i: p.signal.cause for i, p in enumerate(chart.points) if p.signal}


def test_montgomerys_individuals_chart_comes_out() -> None:
    found = limits(xmr(VISCOSITY, NEITHER))
    assert round(found.centre, 2) == 33.52
    assert (round(found.lower, 2), round(found.upper, 2)) == (32.24, 34.80)
    assert xmr(VISCOSITY, NEITHER).variation is Variation.COMMON_CAUSE


def test_the_nist_handbooks_individuals_chart_comes_out_on_trial() -> None:
    chart = xmr(FLOW, NEITHER)
    found = limits(chart)
    assert found.centre == pytest.approx(50.81)
    # They take 3 / 1.128; 2.66 is the same, rounded.
    assert found.upper == pytest.approx(55.8041, abs=0.001)
    assert found.lower == pytest.approx(45.8159, abs=0.001)
    assert chart.groups[0].trial


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # Published with the NHS Python Community's program for Making Data Count: the mean, lower
        # and upper limit, lower and upper inner line.
        (range(1, 11), (5.5, 2.84, 8.16, 3.726667, 7.273333)),
        ((1, 2, 3, 4, 5, 4, 3, 2, 1, 2), (2.7, 0.04, 5.36, 0.926667, 4.473333)),
        ((1, 2, 3), (2.0, -0.66, 4.66, 0.226667, 3.773333)),
        ((3, 1, 4, 1, 5, 9, 2), (3.571429, -6.625238, 13.768095, -3.226349, 10.369206)),
        ((-1, -2, -3, -2, -1, -2, -3, -4, -5, -6, -7, -4, -3, -2, -1, -2),
         (-3.0, -6.014667, 0.014667, -5.009778, -0.990222)),
    ],
)  # fmt: skip
def test_published_limits_of_making_data_count_come_out(
    values: Sequence[float], expected: tuple[float, ...]
) -> None:
    found = limits(xmr([float(v) for v in values], NEITHER))
    lines = (found.centre, found.lower, found.upper, found.inner_lower, found.inner_upper)
    assert lines == pytest.approx(expected, abs=1e-6)


def test_no_figure_is_screened_out_as_in_nhs_englands_workbook() -> None:
    # The series of "Deviations from Excel defaults" (NHSRplotthedots), by the workbook's rule.
    values = [1.0, 2.0, 1.0, 2.0, 10.0, *[1.0, 2.0] * 6, 1.0]
    found = limits(xmr(values, NEITHER))
    ranges = np.abs(np.diff(values))
    assert found.upper == pytest.approx(np.mean(values) + 2.66 * np.mean(ranges))
    assert ranges.max() > 3.267 * ranges.mean()
    assert causes(xmr(values, NEITHER)) == {4: SpecialCause.OUTSIDE}


def test_montgomerys_p_chart_comes_out_with_the_two_points_he_names() -> None:
    chart = p_chart(shares([(count, 50) for count in JUICE]), LOWER)
    found = limits(chart)
    assert round(found.centre, 4) == 0.2313
    assert (round(found.lower, 4), round(found.upper, 4)) == (0.0524, 0.4102)
    outside = [i + 1 for i, c in causes(chart).items() if c is SpecialCause.OUTSIDE]
    assert outside == [15, 23]


def test_montgomerys_p_chart_with_unequal_denominators_comes_out() -> None:
    chart = p_chart(shares(ORDERS), LOWER)
    assert round(limits(chart).centre, 3) == 0.096
    at = [(round(limits(chart, i).lower, 3), round(limits(chart, i).upper, 3)) for i in range(12)]
    assert at[:2] == [(0.007, 0.184), (0.0, 0.194)]
    assert at[8:12] == [(0.003, 0.188), (0.003, 0.188), (0.011, 0.18), (0.015, 0.176)]
    assert causes(chart) == {10: SpecialCause.OUTSIDE}


def test_montgomerys_u_chart_comes_out() -> None:
    chart = u_chart(rates(CLOTH, 50), LOWER)
    assert round(limits(chart).centre, 2) == 1.42
    # He reckons on with 1.42, so his second decimal differs by one.
    printed = [(0.29, 2.55), (0.16, 2.68), (0.43, 2.41), (0.29, 2.55), (0.26, 2.58)]
    for place, (lower, upper) in enumerate(printed):
        assert limits(chart, place).lower == pytest.approx(lower, abs=0.011)
        assert limits(chart, place).upper == pytest.approx(upper, abs=0.011)
    assert causes(chart) == {}


def test_pyzdeks_p_chart_is_never_narrowed_by_laneys_factor() -> None:
    chart = p_chart(shares(PEACHES), LOWER)
    assert limits(chart).centre == 1544 / 8000
    assert laney(PEACHES) < 1
    assert chart.groups[0].sigma_z is None
    assert (round(limits(chart, 0).lower, 3), round(limits(chart, 0).upper, 3)) == (0.118, 0.268)
    assert (round(limits(chart, 10).lower, 3), round(limits(chart, 10).upper, 3)) == (0.14, 0.246)


def laney(counts: Sequence[tuple[int, int]]) -> float:
    """Return sigma z as Laney (2002) has it, by NumPy."""
    x, n = np.array(counts, float).T
    p = x.sum() / n.sum()
    z = (x / n - p) / np.sqrt(p * (1 - p) / n)
    return float(np.mean(np.abs(np.diff(z))) / 1.128)


def test_laneys_factor_widens_the_limits_of_very_large_denominators() -> None:
    chart = p_chart(shares(SEEN), HIGHER)
    x, n = np.array(SEEN, float).T
    p = x.sum() / n.sum()
    (group,) = chart.groups
    assert group.sigma_z == pytest.approx(laney(SEEN))
    assert laney(SEEN) > 1
    upper = p + 3 * laney(SEEN) * np.sqrt(p * (1 - p) / n)
    assert [limits(chart, i).upper for i in range(6)] == pytest.approx(upper.tolist())
    assert causes(chart) == {}


def test_one_denominator_below_a_hundred_leaves_laneys_factor_out() -> None:
    small, hundred = [*SEEN, (90, 99)], [*SEEN, (90, 100)]
    assert p_chart(shares(hundred), HIGHER).groups[0].sigma_z is not None
    assert p_chart(shares(SEEN), HIGHER).groups[0].sigma_z is not None
    assert p_chart(shares(small), HIGHER).groups[0].sigma_z is None


def test_laneys_factor_of_a_u_chart_agrees_with_numpy() -> None:
    counts = [(40, 900), (90, 1000), (35, 800), (99, 1100), (50, 1000)]
    x, n = np.array(counts, float).T
    u = x.sum() / n.sum()
    sigma_z = np.mean(np.abs(np.diff((x / n - u) / np.sqrt(u / n)))) / 1.128
    chart = u_chart(rates(counts, 10_000), NEITHER)
    assert chart.groups[0].sigma_z == pytest.approx(sigma_z)
    lower = 10_000 * np.maximum(u - 3 * sigma_z * np.sqrt(u / n), 0)
    assert [limits(chart, i).lower for i in range(5)] == pytest.approx(lower.tolist())


def test_a_constant_series_has_limits_equal_to_its_mean_and_nothing_is_flagged() -> None:
    for value in (0.1, 3.0, 0.0):
        chart = xmr([value] * 20, HIGHER, target=value)
        assert limits(chart) == Limits(*[value] * 5)
        assert causes(chart) == {}
        assert chart.variation is Variation.COMMON_CAUSE
        assert chart.against_target is AgainstTarget.INCONSISTENT


@pytest.mark.parametrize("count", [0, 7])
def test_all_or_none_in_every_period_gives_no_flag_and_no_number_out_of_nothing(count: int) -> None:
    for out_of in (7, 700):
        chart = p_chart(shares([(count * out_of // 7, out_of)] * 14), LOWER)
        assert limits(chart) == Limits(*[count / 7] * 5)
        assert causes(chart) == {}
    assert limits(u_chart(rates([(0, 500)] * 14, 100), LOWER)) == Limits(0, 0, 0, 0, 0)


@pytest.mark.parametrize("points", [0, 1])
def test_one_point_gives_no_limits(points: int) -> None:
    for chart in (
        xmr([3.0] * points, HIGHER, target=1),
        p_chart(shares([(1, 3)] * points), HIGHER, target=0.1),
        u_chart(rates([(1, 3)] * points, 10), HIGHER, target=0.1),
    ):
        assert [point.limits for point in chart.points] == [None] * points
        assert (chart.variation, chart.against_target) == (None, None)


@pytest.mark.parametrize("points", range(2, ENOUGH))
def test_two_to_eleven_points_have_limits_on_trial_and_no_marks(points: int) -> None:
    for chart in (
        xmr(USUAL[:points], HIGHER, target=-100),
        p_chart(shares([(1, 3), (2, 3)] * 6)[:points], HIGHER, target=0),
        u_chart(rates([(1, 3), (2, 3)] * 6, 10)[:points], HIGHER, target=0),
    ):
        assert all(point.limits for point in chart.points)
        assert chart.groups[0].trial
        assert (chart.variation, chart.against_target) == (None, None)


def test_from_twelve_points_limits_are_no_longer_on_trial() -> None:
    chart = xmr(USUAL, HIGHER, target=-100)
    assert not chart.groups[0].trial
    assert chart.variation is Variation.COMMON_CAUSE
    assert chart.against_target is AgainstTarget.MEETS


RARE = [2, 1, 0, 2, 1] + [0] * 9
"""Fourteen quarters of a count near zero: seven below the mean in a row, and nothing to say."""


def test_a_run_of_noughts_near_nought_is_no_shift() -> None:
    by_rule = xmr([float(n) for n in RARE], LOWER, least=0)
    assert by_rule.variation is Variation.IMPROVEMENT
    counts = xmr([float(n) for n in RARE], LOWER, least=0, step=1)
    assert counts.groups[0].coarse
    assert not counts.groups[0].limited
    assert counts.variation is None
    assert in_words(counts) == f"{COARSE}."


def test_hardly_any_or_hardly_all_of_a_few_is_no_shift() -> None:
    for few, more in (
        ([(n, 12) for n in RARE], [(40 * n, 480) for n in RARE]),
        ([(12 - n, 12) for n in RARE], [(480 - 40 * n, 480) for n in RARE]),
    ):
        assert p_chart(shares(few), LOWER).variation is None
        assert p_chart(shares(more), LOWER).variation is not None


def test_a_rate_of_hardly_any_is_no_shift() -> None:
    assert u_chart(rates([(n, 900) for n in RARE], 1_000), LOWER).variation is None
    assert u_chart(rates([(30 * n, 900) for n in RARE], 1_000), LOWER).variation is not None


def test_three_at_each_point_are_enough_and_fewer_are_not() -> None:
    assert p_chart(shares([(3, 9)] * ENOUGH), LOWER).groups[0].limited
    assert p_chart(shares([(3, 9)] * 11 + [(2, 9)]), LOWER).groups[0].coarse


@pytest.mark.parametrize("gap", GAPS)
def test_a_moving_range_is_not_taken_across_a_gap(gap: Missing) -> None:
    chart = xmr([1.0, 3.0, gap, 100.0, 104.0], NEITHER)
    found = limits(chart)
    assert found.centre == 52
    assert found.upper == pytest.approx(52 + 2.66 * 3)
    assert chart.points[2].value is gap
    assert chart.points[2].limits is None


def test_gaps_do_not_count_towards_twelve_and_are_never_zero() -> None:
    eleven: list[float | Missing] = [*USUAL[:5], WITHHELD, *USUAL[5:11]]
    assert xmr(eleven, HIGHER).groups[0].trial
    assert xmr(eleven, HIGHER).groups[0].figures == 11
    assert limits(xmr([*USUAL, WITHHELD], LOWER)) == limits(xmr(USUAL, LOWER))


def test_where_no_two_figures_follow_one_another_there_are_no_limits() -> None:
    chart = xmr([5.0, WITHHELD] * 15, HIGHER, target=1)
    assert [point.limits for point in chart.points] == [None] * 30
    assert chart.variation is None


def test_a_denominator_of_zero_is_a_gap() -> None:
    with_zero = p_chart([*shares([(1, 4), (2, 4)]), Share(0, 0, None), *shares([(2, 4)])], LOWER)
    assert with_zero.points[2].value == TooFew(0)
    assert limits(with_zero).centre == 5 / 12
    assert u_chart([Rate(0, 0, 100)] * 3, LOWER).points[0].limits is None


def test_when_the_latest_period_has_no_figure_nothing_is_said_of_an_older_one() -> None:
    chart = xmr([*USUAL, 50.0, WITHHELD], LOWER, target=1000)
    assert causes(chart)[12] is SpecialCause.OUTSIDE
    assert chart.variation is None
    assert chart.against_target is AgainstTarget.MEETS
    assert in_words(chart).startswith("The latest period has no figure (withheld to protect chil")


@pytest.mark.parametrize(
    ("better", "high", "low"),
    [
        (HIGHER, Variation.IMPROVEMENT, Variation.CONCERN),
        (LOWER, Variation.CONCERN, Variation.IMPROVEMENT),
        (NEITHER, Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
    ],
)
def test_the_variation_mark_follows_the_direction_that_is_better(
    better: Better, high: Variation, low: Variation
) -> None:
    assert xmr([*USUAL, 30.0], better).variation is high
    assert xmr([*USUAL, -30.0], better).variation is low
    assert xmr([*USUAL, 5.0], better).variation is Variation.COMMON_CAUSE


def test_a_fall_of_seven_is_no_improvement_though_it_ends_above_the_mean() -> None:
    values = [0.0, 60.0, 0.0, 60.0, 0.0, 60.0, *(float(n) for n in range(58, 44, -2))]
    chart = xmr(values, HIGHER)
    assert causes(chart)[len(values) - 1] is SpecialCause.TREND
    assert values[-1] > limits(chart).centre
    assert chart.variation is Variation.CONCERN


@pytest.mark.parametrize(
    ("lower", "upper", "target", "better", "expected"),
    [
        # NHSRplotthedots, test-ptd_calculate_assurance_type: limits 1 to 3, 5 to 7, 1 to 5.
        (1, 3, 4, HIGHER, AgainstTarget.MISSES),
        (5, 7, 4, HIGHER, AgainstTarget.MEETS),
        (1, 5, 4, HIGHER, AgainstTarget.INCONSISTENT),
        (1, 3, 4, LOWER, AgainstTarget.MEETS),
        (5, 7, 4, LOWER, AgainstTarget.MISSES),
        (1, 5, 4, LOWER, AgainstTarget.INCONSISTENT),
        (1, 3, 4, NEITHER, None),
        (4, 7, 4, HIGHER, AgainstTarget.INCONSISTENT),
        (1, 4, 4, HIGHER, AgainstTarget.INCONSISTENT),
        (1, 3, None, HIGHER, None),
    ],
)
def test_published_assurance_marks_come_out(
    lower: float, upper: float, target: float | None, better: Better, expected: AgainstTarget | None
) -> None:
    # A zigzag about the middle with moving ranges that put the limits where they are to be.
    middle, step = (lower + upper) / 2, (upper - lower) / 2 / 2.66
    values = [middle - step / 2, middle + step / 2] * 8
    chart = xmr(values, better, target=target)
    assert (limits(chart).lower, limits(chart).upper) == pytest.approx((lower, upper))
    assert chart.against_target is expected


def test_assurance_comes_from_the_last_group_only() -> None:
    after = [value + 100 for value in USUAL]
    assert xmr(USUAL + after, HIGHER, target=50).against_target is AgainstTarget.INCONSISTENT
    broken = xmr(USUAL + after, HIGHER, breaks=[12], target=50)
    assert broken.against_target is AgainstTarget.MEETS
    assert xmr(USUAL + after[:11], HIGHER, breaks=[12], target=50).against_target is None


def test_assurance_takes_the_limits_of_the_latest_figure() -> None:
    few, many = (2, 4), (200, 400)
    alternating = [(1, 2), (1, 2), (1, 2)]
    for latest, expected in ((few, AgainstTarget.INCONSISTENT), (many, AgainstTarget.MEETS)):
        chart = p_chart([*shares([few, many, *alternating] * 3 + [latest])], HIGHER, target=0.3)
        assert chart.against_target is expected
        with_gap = p_chart(
            [*shares([few, many, *alternating] * 3 + [latest]), WITHHELD], HIGHER, target=0.3
        )
        assert with_gap.against_target is expected


def test_a_count_has_no_limit_below_zero_and_that_changes_no_flag() -> None:
    values = [0.0, 3.0, 1.0, 0.0, 2.0, 0.0, 4.0, 0.0, 1.0, 0.0, 3.0, 0.0, 12.0]
    free, cut = xmr(values, LOWER), xmr(values, LOWER, least=0)
    assert limits(free).lower < limits(free).inner_lower < 0
    assert limits(cut).lower == limits(cut).inner_lower == 0
    assert [point.signal for point in cut.points] == [point.signal for point in free.points]


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_a_figure_that_is_no_number_is_an_error(wrong: float) -> None:
    with pytest.raises(ValueError, match="is a gap and needs its mark"):
        xmr([1.0, wrong], LOWER)


def test_what_cannot_be_one_series_is_an_error() -> None:
    with pytest.raises(ValueError, match="a figure of -1 is below the least this can be, 0"):
        xmr([3.0, -1.0], LOWER, least=0)
    with pytest.raises(ValueError, match="a target of 90 is not a share between 0 and 1"):
        p_chart(shares([(1, 2)]), HIGHER, target=90)
    with pytest.raises(ValueError, match="rates per 100, 1,000 are not one series"):
        u_chart([Rate(1, 10, 100), Rate(1, 10, 1_000)], HIGHER)
    with pytest.raises(ValueError, match="a break at 2 is not within a series of 2 periods"):
        xmr([3.0, 1.0], LOWER, breaks=[2])


whole = st.integers(-50, 50)
series = st.lists(st.none() | whole, min_size=1, max_size=30)


def with_gaps(values: Sequence[float | None]) -> list[float | Missing]:
    return [WITHHELD if value is None else float(value) for value in values]


def signs(chart: Chart) -> list[object]:
    return [point.signal for point in chart.points]


@settings(deadline=None)
@given(series, st.integers(-1000, 1000), st.sampled_from([0.5, 4.0]))
def test_another_zero_or_unit_moves_the_lines_with_the_figures_and_flags_the_same(
    values: list[int | None], shift: int, scale: float
) -> None:
    before = xmr(with_gaps(values), HIGHER)
    after = xmr(with_gaps([None if v is None else scale * v + shift for v in values]), HIGHER)
    assert signs(after) == signs(before)
    assert after.variation is before.variation
    for one, other in zip(before.points, after.points, strict=True):
        if one.limits is not None and other.limits is not None:
            assert other.limits.upper == pytest.approx(scale * one.limits.upper + shift, abs=1e-6)


@settings(deadline=None)
@given(series)
def test_backwards_the_limits_are_the_same(values: list[int | None]) -> None:
    before, after = xmr(with_gaps(values), HIGHER), xmr(with_gaps(values[::-1]), HIGHER)
    assert [point.limits for point in after.points][::-1] == [p.limits for p in before.points]


@settings(deadline=None)
@given(series)
def test_upside_down_an_improvement_is_one_where_lower_is_better(
    values: list[int | None],
) -> None:
    up = xmr(with_gaps(values), HIGHER, target=7)
    down = xmr(with_gaps([None if v is None else -v for v in values]), LOWER, target=-7)
    assert (up.variation, up.against_target) == (down.variation, down.against_target)


@settings(deadline=None)
@given(series, series)
def test_groups_know_nothing_of_one_another(
    first: list[int | None], second: list[int | None]
) -> None:
    both = xmr(with_gaps(first + second), LOWER, breaks=[len(first)], target=3)
    alone = [xmr(with_gaps(values), LOWER, target=3) for values in (first, second)]
    assert both.groups == (alone[0].groups[0], alone[1].groups[0])
    assert both.variation is alone[1].variation
    assert both.against_target is alone[1].against_target


counts = st.lists(
    st.none() | st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=20,
)


@settings(deadline=None)
@given(counts)
def test_counting_the_others_mirrors_a_p_chart(pairs: list[tuple[int, int] | None]) -> None:
    held = p_chart([WITHHELD if p is None else Share(*p, None) for p in pairs], HIGHER, target=0.25)
    others = [WITHHELD if p is None else Share(p[1] - p[0], p[1], None) for p in pairs]
    mirrored = p_chart(others, LOWER, target=0.75)
    assert (held.variation, held.against_target) == (mirrored.variation, mirrored.against_target)
    for one, other in zip(held.points, mirrored.points, strict=True):
        if one.limits is not None and other.limits is not None:
            assert 0 <= one.limits.lower <= one.limits.centre <= one.limits.upper <= 1
            assert other.limits.lower == pytest.approx(1 - one.limits.upper, abs=1e-9)
            assert other.limits.inner_upper == pytest.approx(1 - one.limits.inner_lower, abs=1e-9)


@settings(deadline=None)
@given(counts)
def test_a_rate_per_ten_times_as_many_is_ten_times_as_high(
    pairs: list[tuple[int, int] | None],
) -> None:
    charts = [
        u_chart([WITHHELD if p is None else Rate(*p, per) for p in pairs], LOWER)
        for per in (1_000, 10_000)
    ]
    assert signs(charts[0]) == signs(charts[1])
    for one, ten in zip(charts[0].points, charts[1].points, strict=True):
        if one.limits is not None and ten.limits is not None:
            assert ten.limits.upper == pytest.approx(10 * one.limits.upper)


def test_a_chart_without_a_period_has_nothing_and_is_on_trial() -> None:
    assert xmr([], LOWER).groups == (Group((), trial=True),)
    assert xmr([], LOWER).kind is Kind.XMR


STEPS = [10.0, 12.0] * 8


def test_a_run_or_trend_that_goes_on_says_where_it_set_in() -> None:
    up = xmr([*[0.0, 60.0] * 10, *(float(n) for n in range(31, 38))], LOWER).groups[-1]
    assert up.trend_from == 20
    assert up.shift_from is None
    assert xmr([*STEPS, *[12.0, 11.5] * 4], LOWER).groups[-1].shift_from == 15
    assert xmr([*STEPS, WITHHELD], LOWER).groups[-1].shift_from is None
    assert xmr([*STEPS, 11.0], LOWER).groups[-1].trend_from is None


def test_a_new_level_needs_three_figures_and_a_run_on_the_other_side() -> None:
    levels = [10.0, 12.0] * 4 + [30.0, 32.0] * 4
    assert xmr(levels, HIGHER).groups[-1].new_level_from == 8
    assert xmr(levels, HIGHER, breaks=[8]).groups[-1].new_level_from is None
    assert xmr([*[10.0, 50.0] * 4, *[32.0, 31.0] * 4], HIGHER).groups[-1].new_level_from is None
    assert xmr([*[10.0, 12.0] * 6, 30.0, 31.0, 32.0], HIGHER).groups[-1].new_level_from == 12
    assert xmr([*[10.0, 12.0] * 6, 30.0, 31.0], HIGHER).groups[-1].new_level_from is None
    assert xmr(levels[3:13], HIGHER).groups[-1].new_level_from is None
