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
    pooled,
    value_of,
)
from metrics.outcome import Rate, Share
from metrics.special_causes import IN_A_ROW, Limits, Signal, shifts, signals, standing_run

ENOUGH = 12
"""Figures in a group from which its limits are no longer on trial."""

TO_LIMITS = 2.66
"""From a mean moving range to three standard deviations: 3 / 1.128, rounded as published."""

RANGE_TO_DEVIATION = 1.128
LEAST_EXPECTED = 3
"""Counted, and not counted, at each point on average, before limits of a share or a rate hold."""

NEW_LEVEL = 3
"""Figures on one side of the mean, the latest flagged, before a level may be said to be new."""

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

    @property
    def sides(self) -> tuple[int, ...]:
        """Whether each figure is above the mean (1) or below (-1); 0 on it and for gaps."""
        return tuple(
            0
            if isinstance(point.value, Missing) or point.limits is None
            else direction(point.value, point.limits.centre)
            for point in self.points
        )

    @property
    def shift_from(self) -> int | None:
        """Where the run of seven or more on one side of the mean that still goes on set in."""
        return standing_run(self.sides)

    @property
    def trend_from(self) -> int | None:
        """Where the seven or more rising or falling in a row that still go on set in."""
        values = [point.value for point in self.points]
        steps = [
            0 if isinstance(a, Missing) or isinstance(b, Missing) else direction(b, a)
            for a, b in pairwise(values)
        ]
        return standing_run(steps, IN_A_ROW - 1)

    @property
    def crossed_from(self) -> int | None:
        """Where the latest side of the mean set in, if a flagged run came before on the other.

        One mean then lies between what is old and what is new, and flags nearly every figure of
        both. None where the latest figure is not flagged.
        """
        begun = standing_run(self.sides, 1)
        if begun is None or not self.limited or self.points[-1].signal is None:
            return None
        return begun if -self.sides[-1] in shifts(self.sides[:begun]) else None

    @property
    def new_level_from(self) -> int | None:
        """Where the mean was last crossed, if three figures or more lie on the new side."""
        begun = self.crossed_from
        return begun if begun is not None and len(self.points) - begun >= NEW_LEVEL else None


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
