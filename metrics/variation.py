"""Control charts of one indicator: limits, special causes, and the two marks of a scorecard.

XmR charts of single figures (Wheeler 1993; NHS England, *Making Data Count*): limits at the mean
± 2.66 mean moving ranges, no figure screened out. p charts of shares and u charts of rates, with
limits for each point's own denominator (Montgomery 2019, Introduction to Statistical Quality
Control, ch. 7). Where every denominator of a group is 100 or more chance alone would be too narrow,
so the limits are widened by Laney's factor (2002, Quality Engineering 14:531), from the moving
ranges of the standardised figures; it never narrows them. Inner lines lie two thirds of the way.

Breaks: each starts a group with lines of its own, and nothing is reckoned across one. Gaps: no
moving range is taken over a missing figure, nor does a run cross one (see `special_causes`); the
mean is of the figures there are. A group of 2 to 11 figures has trial limits, which the screen does
not draw: it draws a run chart. One figure, or no two in a row for XmR, gives no limits.

Small numbers: limits mean nothing where a figure can hardly move without looking special. Counts
whose standard deviation is below the step of 1 they move by are chunky data (Wheeler 1993, ch. 9);
shares and rates need 3 counted, and 3 not, at each point on average, so that none at all is not the
usual figure (Montgomery 2019, ch. 7). Such a group is marked coarse; the screen draws a run chart.

Marks, after *Making Data Count*: variation of the latest period, and the limits against a target.
Both are withheld while limits are on trial or coarse; the first also when the latest period has no
figure, as an older one is not the latest. A trend is judged by where it is heading, so seven falls
in a row are never an improvement where higher is better, though the last be still above the mean.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import inf, isfinite, sqrt
from statistics import mean

from data_model.vocabulary import Better, Word
from metrics.figures import (
    Counted,
    Missing,
    between_breaks,
    counted,
    direction,
    missing_in_words,
    pooled,
    value_of,
)
from metrics.outcome import Rate, Share
from metrics.special_causes import IN_A_ROW, Limits, Signal, SpecialCause, signals

ENOUGH = 12
"""Figures in a group from which its limits are no longer on trial."""

TO_LIMITS = 2.66
"""From a mean moving range to three standard deviations: 3 / 1.128, rounded as published."""

RANGE_TO_DEVIATION = 1.128
LEAST_EXPECTED = 3
"""Counted, and not counted, at each point on average, before limits of a share or a rate hold."""

HUNDREDS = 100
THIRDS = 2 / 3


class Kind(Enum):
    """Which chart it is; the value is its name."""

    XMR = "XmR chart"
    P = "p chart"
    U = "u chart"


class Variation(Word):
    """What the latest period shows, once limits are no longer on trial."""

    COMMON_CAUSE = "common_cause", "Usual variation", "Amrywiad arferol"
    IMPROVEMENT = "improvement", "Improvement", "Gwelliant"
    CONCERN = "concern", "Concern", "Pryder"
    NEUTRAL_HIGH = "neutral_high", "Higher than usual", "Uwch nag arfer"
    NEUTRAL_LOW = "neutral_low", "Lower than usual", "Is nag arfer"


class AgainstTarget(Word):
    """Whether the process, left as it is, can be relied on to reach its target."""

    MEETS = "meets", "Consistently meets the target", "Yn cyrraedd y targed yn gyson"
    MISSES = "misses", "Consistently misses the target", "Yn methu'r targed yn gyson"
    INCONSISTENT = (
        "inconsistent",
        "Sometimes meets and sometimes misses the target",
        "Weithiau'n cyrraedd ac weithiau'n methu'r targed",
    )


@dataclass(frozen=True)
class Point:
    """One period: its figure or mark, its lines if there are any, and why it is flagged."""

    value: float | Missing
    limits: Limits | None
    signal: Signal | None


@dataclass(frozen=True)
class Group:
    """The periods between two breaks.

    `trial` marks fewer than 12 figures, `coarse` numbers too small for limits. `sigma_z` is
    Laney's, None where it was not needed: on an XmR chart, with a denominator below 100, or where
    it came to 1 or less.
    """

    points: tuple[Point, ...]
    trial: bool
    sigma_z: float | None = None
    coarse: bool = False

    @property
    def limited(self) -> bool:
        """Whether its limits may be drawn, and its flags believed."""
        return not (self.trial or self.coarse)

    @property
    def figures(self) -> int:
        """How many periods have a figure."""
        return sum(not isinstance(point.value, Missing) for point in self.points)


@dataclass(frozen=True)
class Chart:
    """A series with its lines and marks; values are shares between 0 and 1, rates, or as given.

    `per` is what rates are per. `variation` and `against_target` are None where nothing is said.
    """

    kind: Kind
    better: Better
    groups: tuple[Group, ...]
    target: float | None
    per: int | None
    variation: Variation | None
    against_target: AgainstTarget | None

    @property
    def points(self) -> tuple[Point, ...]:
        """All periods, in order."""
        return tuple(point for group in self.groups for point in group.points)


def xmr(
    values: Sequence[float | Missing],
    better: Better,
    *,
    breaks: Collection[int] = (),
    target: float | None = None,
    least: float | None = None,
    step: float = 0,
) -> Chart:
    """Return the XmR chart of single figures in any one unit, the earliest first.

    `breaks` are the positions, from 0, at which a new group starts. `least` is the least the
    measure can be, such as 0 for a count: no line is drawn below it, and no flag changes by it.
    `step` is the least it can move by, 1 for a count: a group that varies by less is coarse.
    Raises ValueError for a figure below it or not finite, and for a break outside the series.
    """
    for value in values:
        _check_figure(value, least)
    groups = tuple(_xmr_group(group, least, step) for group in between_breaks(values, breaks))
    return _chart(Kind.XMR, better, groups, target, None)


def p_chart(
    shares: Sequence[Share | Missing],
    better: Better,
    *,
    breaks: Collection[int] = (),
    target: float | None = None,
) -> Chart:
    """Return the p chart of shares, the earliest first; `target` is between 0 and 1.

    A denominator of 0 is a gap. Raises ValueError for counts that make no share, a target outside
    0 to 1, shares of cases that were chosen, and a break outside the series.
    """
    if target is not None and not 0 <= target <= 1:
        message = f"a target of {target:g} is not a share between 0 and 1"
        raise ValueError(message)
    checked = [counted(share) for share in shares]
    groups = tuple(_counted_group(group) for group in between_breaks(checked, breaks))
    return _chart(Kind.P, better, groups, target, None)


def u_chart(
    rates: Sequence[Rate | Missing],
    better: Better,
    *,
    breaks: Collection[int] = (),
    target: float | None = None,
) -> Chart:
    """Return the u chart of rates, the earliest first; `target` is a rate per as many.

    A denominator of 0 is a gap. Raises ValueError for negative counts, rates that are not all per
    the same number, and a break outside the series.
    """
    checked = [counted(rate) for rate in rates]
    per = {rate.per for rate in checked if isinstance(rate, Rate)}
    if len(per) > 1:
        message = f"rates per {', '.join(f'{n:,}' for n in sorted(per))} are not one series"
        raise ValueError(message)
    groups = tuple(_counted_group(group) for group in between_breaks(checked, breaks))
    return _chart(Kind.U, better, groups, target, next(iter(per), None))


def in_words(chart: Chart) -> str:
    """Return what the latest period shows, and how the target stands, as one sentence."""
    if not chart.points:
        return "There is no period to look at."
    last = chart.groups[-1]
    if last.trial:
        since = " since the last break" if len(chart.groups) > 1 else ""
        said = f"Too few points to say what is usual: {last.figures}{since}, and it takes {ENOUGH}"
    elif last.coarse:
        said = COARSE
    else:
        said = _latest_in_words(chart)
    gaps = sum(isinstance(point.value, Missing) for point in chart.points)
    without = f"; without a figure: {gaps} of {len(chart.points)} periods" if gaps else ""
    return f"{said}{_target_in_words(chart)}{without}."


def _check_figure(value: float | Missing, least: float | None) -> None:
    if isinstance(value, Missing):
        return
    if not isfinite(value):
        raise ValueError("a figure that is not a number is a gap and needs its mark")
    if least is not None and value < least:
        message = f"a figure of {value:g} is below the least this can be, {least:g}"
        raise ValueError(message)


def _xmr_group(values: Sequence[float | Missing], least: float | None, step: float) -> Group:
    figures = [None if isinstance(v, Missing) else float(v) for v in values]
    ranges = _moving_ranges(figures)
    if not ranges:
        return _group(values, [None] * len(values))
    centre = mean(figure for figure in figures if figure is not None)
    lines = _lines(centre, TO_LIMITS * mean(ranges), -inf if least is None else least, inf)
    coarse = mean(ranges) / RANGE_TO_DEVIATION < step
    return _group(values, [None if f is None else lines for f in figures], coarse=coarse)


def _moving_ranges(figures: Sequence[float | None]) -> list[float]:
    """Return how far each figure is from the one before, where neither is a gap."""
    neighbours = pairwise(figures)
    return [abs(b - a) for a, b in neighbours if a is not None and b is not None]


def _lines(centre: float, reach: float, least: float, most: float) -> Limits:
    inner = THIRDS * reach
    steps = (-reach, -inner, 0.0, inner, reach)
    return Limits(*(min(max(centre + step, least), most) for step in steps))


def _counted_group(outcomes: Sequence[Counted | Missing]) -> Group:
    figures = [None if isinstance(o, Missing) else o for o in outcomes]
    values = [o if isinstance(o, Missing) else value_of(o) for o in outcomes]
    found = [figure for figure in figures if figure is not None]
    if len(found) < 2:
        return _group(values, [None] * len(values))
    whole = pooled(found)
    sigma_z = _sigma_z(figures, whole)
    most = inf if isinstance(whole, Rate) else 1.0
    lines = [
        None if f is None else _lines(value_of(whole), 3 * sigma_z * _deviation(f, whole), 0, most)
        for f in figures
    ]
    coarse = _rarer(whole) / len(found) < LEAST_EXPECTED
    return _group(values, lines, sigma_z if sigma_z > 1 else None, coarse=coarse)


def _rarer(whole: Counted) -> int:
    """Return how many are counted in all, or how many are not where that is fewer."""
    return whole.count if isinstance(whole, Rate) else min(whole.count, whole.out_of - whole.count)


def _deviation(figure: Counted, whole: Counted) -> float:
    """Return the standard deviation that chance gives a figure about the whole, in its unit."""
    rate = whole.count / whole.out_of
    if isinstance(whole, Rate):
        return whole.per * sqrt(rate / figure.out_of)
    return sqrt(rate * (1 - rate) / figure.out_of)


def _sigma_z(figures: Sequence[Counted | None], whole: Counted) -> float:
    """Return Laney's factor, 1 where denominators are small or the figures vary no more."""
    found = [figure for figure in figures if figure is not None]
    if min(f.out_of for f in found) < HUNDREDS or not _deviation(found[0], whole):
        return 1.0
    standard = [
        None if f is None else (value_of(f) - value_of(whole)) / _deviation(f, whole)
        for f in figures
    ]
    ranges = _moving_ranges(standard)
    return max(1.0, mean(ranges) / RANGE_TO_DEVIATION) if ranges else 1.0


def _group(
    values: Sequence[float | Missing],
    lines: Sequence[Limits | None],
    sigma_z: float | None = None,
    *,
    coarse: bool = False,
) -> Group:
    both = list(zip(values, lines, strict=True))
    figures = [None if isinstance(v, Missing) or at is None else (v, at) for v, at in both]
    flags = signals(figures)
    points = tuple(Point(v, at, flag) for (v, at), flag in zip(both, flags, strict=True))
    enough = sum(figure is not None for figure in figures) >= ENOUGH
    return Group(points, not enough, sigma_z, coarse)


def _chart(
    kind: Kind, better: Better, groups: tuple[Group, ...], target: float | None, per: int | None
) -> Chart:
    last = groups[-1] if groups else None
    if last is None or not last.limited:
        return Chart(kind, better, groups, target, per, None, None)
    against = None if target is None else _against_target(last, better, target)
    return Chart(kind, better, groups, target, per, _variation(last.points[-1], better), against)


def _variation(latest: Point, better: Better) -> Variation | None:
    if latest.limits is None:
        return None
    if latest.signal is None:
        return Variation.COMMON_CAUSE
    up = latest.signal.direction > 0
    if better is Better.NEITHER:
        return Variation.NEUTRAL_HIGH if up else Variation.NEUTRAL_LOW
    return Variation.IMPROVEMENT if up == (better is Better.HIGHER) else Variation.CONCERN


def _against_target(group: Group, better: Better, target: float) -> AgainstTarget | None:
    """Return the mark from the limits of the group's latest figure; on a limit is inconsistent."""
    if better is Better.NEITHER:
        return None
    limits = next(point.limits for point in reversed(group.points) if point.limits)
    above, below = direction(limits.lower, target) > 0, direction(limits.upper, target) < 0
    if not (above or below):
        return AgainstTarget.INCONSISTENT
    return AgainstTarget.MEETS if above == (better is Better.HIGHER) else AgainstTarget.MISSES


COARSE = "The numbers are too small for limits: nearly any change would look like one"
SAID = {
    Variation.COMMON_CAUSE: "is no more than usual variation",
    Variation.IMPROVEMENT: "is an improvement",
    Variation.CONCERN: "is a concern",
    Variation.NEUTRAL_HIGH: "is higher than usual, which is neither good nor bad news by itself",
    Variation.NEUTRAL_LOW: "is lower than usual, which is neither good nor bad news by itself",
}


def _latest_in_words(chart: Chart) -> str:
    latest = chart.points[-1]
    if isinstance(latest.value, Missing):
        return f"The latest period has no figure ({missing_in_words(latest.value)})"
    if chart.variation is None or latest.limits is None:
        return "The latest figure has no limits to be held against"
    value, why = _number(chart, latest.value), _why(chart, latest.signal, latest.limits)
    return f"The latest figure, {value}, {SAID[chart.variation]}: {why}"


def _why(chart: Chart, signal: Signal | None, limits: Limits) -> str:
    usual = f"{_number(chart, limits.lower)} to {_number(chart, limits.upper)}"
    if signal is None:
        return f"figures from {usual} are to be expected here"
    up = signal.direction > 0
    match signal.cause:
        case SpecialCause.OUTSIDE:
            return f"it lies {'above' if up else 'below'} what is to be expected, {usual}"
        case SpecialCause.TREND:
            return f"each of {IN_A_ROW} or more in a row is {'above' if up else 'below'} the last"
        case SpecialCause.TWO_IN_THREE:
            limit = _number(chart, limits.upper if up else limits.lower)
            side = "upper" if up else "lower"
            return f"two of three in a row lie close to the {side} limit, {limit}"
        case SpecialCause.SHIFT:
            mean_of_all = _number(chart, limits.centre)
            side = "above" if up else "below"
            return f"{IN_A_ROW} or more in a row lie {side} the mean, {mean_of_all}"


def _target_in_words(chart: Chart) -> str:
    if chart.against_target is None or chart.target is None:
        return ""
    process = {
        AgainstTarget.MEETS: "can be relied on to meet",
        AgainstTarget.MISSES: "will miss",
        AgainstTarget.INCONSISTENT: "will sometimes meet and sometimes miss",
    }[chart.against_target]
    return f"; left as it is, this {process} the target of {_number(chart, chart.target)}"


def _number(chart: Chart, value: float) -> str:
    if chart.kind is Kind.P:
        return f"{value:.1%}"
    said = f"{value:,.1f}".removesuffix(".0")
    return said if chart.per is None else f"{said} per {chart.per:,}"
