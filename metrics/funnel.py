"""Funnel plots: which authorities of one period differ from all of them by more than chance.

Spiegelhalter (2005), Stat. Med. 24:1185. The target is the share or rate of all areas pooled.
Limits are exact, binomial for shares and Poisson for rates, at 95 % and 99.8 %, and interpolated
between counts as in his appendix A.1: where the chance of r or fewer passes p, the limit lies
(P(R ≤ r) - p) / P(R = r) below r. He goes on to read the upper limit from the same sum, which for
small counts calls more of the areas high than it says and makes an area's place depend on whether
interviews held or not held are counted. Here each limit is read from its own tail, so an area is
outside a limit by chance at most 2.5 % and 0.1 % of the time on either side: the first of the
three ways of Manktelow and Seaton (2012), PLoS ONE 7:e45723, who recommend saying which is used.

Over-dispersion (Spiegelhalter 2005, and Qual. Saf. Health Care 14:347): where areas differ more
than chance alone would have it, for reasons no area answers for, limits are widened by the root of
φ, the mean square of the areas' z-scores with the lowest and highest tenth drawn in to their 10 %
and 90 % quantiles, so that the outliers do not hide themselves. Rule: when φ is above
1 + 2 √(2 / areas), two standard errors above what chance alone gives; otherwise not at all. The
exact limits' distances from the target are what is widened.

Areas without a figure (withheld, not collected, not applicable) or with a denominator of 0 stay
out and are listed. An area with all or none stays in: 0 of 30 is what a funnel is there to show;
they are counted beside it. Where all areas together have all or none there is no funnel. Nothing
here is a rank, and 1 in 20 areas lies outside the 95 % limits by chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import stats

from data_model.vocabulary import Word
from metrics.figures import (
    Counted,
    Missing,
    by_area,
    direction,
    pooled,
    value_in_words,
    value_of,
)
from metrics.outcome import Rate

MINIMUM = 5
"""Areas to be had: with fewer each is a fifth or more of the line it is held against."""

TAIL_95, TAIL_998 = 0.025, 0.001
TENTH = 0.1

Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]


class Place(Word):
    """Where an area lies; outside 99.8 % is outside 95 % too, and named by the farther one."""

    INSIDE = "inside", "Within the limits", "O fewn y terfynau"
    HIGH_95 = "high_95", "Above the 95% limit", "Uwchben y terfyn 95%"
    HIGH_998 = "high_998", "Above the 99.8% limit", "Uwchben y terfyn 99.8%"
    LOW_95 = "low_95", "Below the 95% limit", "Islaw'r terfyn 95%"
    LOW_998 = "low_998", "Below the 99.8% limit", "Islaw'r terfyn 99.8%"


FAR = (Place.HIGH_998, Place.LOW_998)


@dataclass(frozen=True)
class Band:
    """The limits for one denominator: shares between 0 and 1, or rates in the funnel's unit."""

    low: float
    high: float


@dataclass(frozen=True)
class Placed:
    """One area with its figure, the limits for its denominator, and where it lies."""

    area: str
    figure: Counted
    limits_95: Band
    limits_998: Band
    place: Place


@dataclass(frozen=True)
class Funnel:
    """All areas of one period about their pooled share or rate, in the order they were given.

    `spread` is φ; `widened` says whether the limits were widened by its root. `all_or_none` counts
    areas with none or, for shares, all. `left_out` are the areas without a figure.
    """

    target: Counted
    areas: tuple[Placed, ...]
    left_out: tuple[tuple[str, Missing], ...]
    all_or_none: int
    spread: float
    widened: bool

    @property
    def wider(self) -> float:
        """How many times as far from the target the limits were drawn; 1 where not widened."""
        return sqrt(self.spread) if self.widened else 1.0

    def band(self, out_of: int, tail: float) -> Band:
        """Return the limits for any denominator above 0, to draw the funnel by."""
        return self.bands([out_of], tail)[0]

    def bands(self, out_of: list[int], tail: float) -> list[Band]:
        """Return the limits for several denominators above 0, in their order."""
        return _bands(self.target, out_of, tail, self.spread if self.widened else 1.0)


@dataclass(frozen=True)
class NoFunnel:
    """There is no funnel to draw, and why, as a sentence."""

    why: str
    left_out: tuple[tuple[str, Missing], ...]


def funnel(outcomes: Mapping[str, Counted | Missing]) -> Funnel | NoFunnel:
    """Return where each area lies; all have shares, or all rates per the same number.

    Raises ValueError when they do not, or for counts that make no share or rate.
    """
    figures, missing = by_area(outcomes)
    left_out = tuple(missing.items())
    if len(figures) < MINIMUM:
        had = f"{len(figures)} of {len(outcomes)} areas have a figure"
        return NoFunnel(f"Too few areas to say: {had}, and it takes {MINIMUM}.", left_out)
    target = pooled(list(figures.values()))
    if _all_or_none(target):
        count = f"{target.count:,} of {target.out_of:,}"
        return NoFunnel(f"The areas cannot be told apart: together {count}.", left_out)
    return _drawn(figures, target, left_out)


def outside_by_chance(drawn: Funnel) -> tuple[float, float]:
    """Return how many areas chance alone puts outside the 95 % and the 99.8 % limits, at most.

    At most, as counts are whole: each limit is passed by chance no more often than its tail says.
    """
    areas = len(drawn.areas)
    return 2 * TAIL_95 * areas, 2 * TAIL_998 * areas


def in_words(drawn: Funnel | NoFunnel) -> str:
    """Return how many areas lie outside the limits, and how many would by chance, in a sentence."""
    if isinstance(drawn, NoFunnel):
        return drawn.why
    places = [placed.place for placed in drawn.areas]
    high, low = (sum(p.startswith(side) for p in places) for side in ("high", "low"))
    far = sum(p in FAR for p in places)
    parts = [
        f"Of {len(places)} areas, {value_in_words(value_of(drawn.target), drawn.target)} over all, "
        f"{high} above and {low} below the 95% limits, {far} of them beyond the 99.8% limits",
        "chance alone puts up to 1 in 20 outside",
    ]
    if drawn.widened:
        parts.append("limits are widened because areas differ more than chance alone explains")
    if drawn.left_out:
        parts.append(f"{len(drawn.left_out)} without a figure are left out")
    return f"{'; '.join(parts)}."


def area_in_words(placed: Placed) -> str:
    """Return where one area lies, with its counts and limits, as one sentence."""
    figure = placed.figure
    band, level = (placed.limits_998, "99.8%") if placed.place in FAR else (placed.limits_95, "95%")
    said = f"{figure.count:,} of {figure.out_of:,} ({value_in_words(value_of(figure), figure)})"
    where = {Place.INSIDE: "within"}.get(placed.place, placed.place.english.split()[0].lower())
    limits = " to ".join(value_in_words(bound, figure) for bound in (band.low, band.high))
    return f"{placed.area}: {said} is {where} the {level} limits, {limits}."


def _drawn(
    figures: Mapping[str, Counted], target: Counted, left_out: tuple[tuple[str, Missing], ...]
) -> Funnel:
    sizes = [figure.out_of for figure in figures.values()]
    spread = _spread(list(figures.values()), target)
    widened = spread > 1 + 2 * sqrt(2 / len(figures))
    by = spread if widened else 1.0
    near, far = (_bands(target, sizes, tail, by) for tail in (TAIL_95, TAIL_998))
    areas = tuple(
        Placed(area, figure, at_95, at_998, _place(value_of(figure), at_95, at_998))
        for (area, figure), at_95, at_998 in zip(figures.items(), near, far, strict=True)
    )
    extremes = sum(_all_or_none(figure) for figure in figures.values())
    return Funnel(target, areas, left_out, extremes, spread, widened)


def _all_or_none(figure: Counted) -> bool:
    return not figure.count or (not isinstance(figure, Rate) and figure.count == figure.out_of)


def _spread(figures: list[Counted], target: Counted) -> float:
    """Return φ, with the z-scores beyond their 10 % and 90 % quantiles drawn in to these."""
    rate = target.count / target.out_of
    variance = rate if isinstance(target, Rate) else rate * (1 - rate)
    counts, sizes = (np.array(n, float) for n in zip(*_counts(figures), strict=True))
    z = (counts - sizes * rate) / np.sqrt(sizes * variance)
    drawn_in = np.clip(z, *np.quantile(z, [TENTH, 1 - TENTH]))
    return float(np.mean(drawn_in**2))


def _counts(figures: list[Counted]) -> list[tuple[int, int]]:
    return [(figure.count, figure.out_of) for figure in figures]


def _bands(target: Counted, sizes: list[int], tail: float, spread: float) -> list[Band]:
    centre, by = value_of(target), sqrt(spread)
    unit = target.per if isinstance(target, Rate) else 1
    most = np.inf if isinstance(target, Rate) else 1.0
    out_of = np.array(sizes, float)
    low, high = (unit * counts / out_of for counts in _limits(target, out_of, tail))
    low, high = (np.clip(centre + by * (limit - centre), 0, most) for limit in (low, high))
    return [Band(*both) for both in zip(low.tolist(), high.tolist(), strict=True)]


def _limits(target: Counted, out_of: Numbers, tail: float) -> tuple[Numbers, Numbers]:
    """Return the counts that mark each tail, interpolated; shape as `out_of`."""
    rate = target.count / target.out_of
    poisson = isinstance(target, Rate)
    chance = stats.poisson(out_of * rate) if poisson else stats.binom(out_of, rate)
    few = chance.ppf(tail)
    low = few - (chance.cdf(few) - tail) / chance.pmf(few)
    many = chance.isf(tail)
    high = many + (chance.sf(many - 1) - tail) / chance.pmf(many)
    return low, high


def _place(value: float, at_95: Band, at_998: Band) -> Place:
    for band, high, low in (
        (at_998, Place.HIGH_998, Place.LOW_998),
        (at_95, Place.HIGH_95, Place.LOW_95),
    ):
        if direction(value, band.high) > 0:
            return high
        if direction(value, band.low) < 0:
            return low
    return Place.INSIDE
