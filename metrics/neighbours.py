"""An area against its statistical neighbours or its region: a difference with its interval.

No ranks: which of two areas stands higher says little where both could have come out otherwise
(Goldstein and Spiegelhalter 1996, J. R. Stat. Soc. A 159:385). The others are pooled, always
without the area itself, or it would be held against its own figures. Shares: the area's less the
others', with the interval of Newcombe (1998), Stat. Med. 17:873, method 10. Rates: the area's over
the others', with the exact interval given all cases of both (Ederer and Mantel 1974, Am. J.
Epidemiol. 100:165), from Clopper and Pearson's for the area's part of them.

*Higher* and *lower* need an interval that leaves out no difference (0, or a ratio of 1). All else
is *cannot be told apart*, which is not the same as alike: the interval says what could be hidden.
*Too few to say*: not even none, nor all, of the area's own could have been told apart; or, for
rates, nobody counted on either side. Intervals are of chance alone. Neighbours differ among
themselves for other reasons too, which a funnel shows.

A figure by itself has the interval that chance alone gives its count: a share Wilson's, a rate the
exact one of Garwood (see `metrics/poisson.py`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import sqrt

from data_model.vocabulary import Symbol, Word
from metrics.figures import (
    Counted,
    Missing,
    by_area,
    missing_in_words,
    pooled,
    stands_alone,
    value_in_words,
    value_of,
)
from metrics.intervals import clopper_pearson, wilson
from metrics.outcome import NoNumber, Rate, Share

NEWCOMBE = "Newcombe 95%"
EXACT = "exact, given all cases, 95%"


class Apart(Word):
    """What an area's figure shows against the others; higher is not better and not worse."""

    HIGHER = "higher", "Higher than the others", "Uwch na'r lleill"
    LOWER = "lower", "Lower than the others", "Is na'r lleill"
    NOT_APART = "not_apart", "Cannot be told apart", "Ni ellir gwahaniaethu rhyngddynt"
    TOO_FEW = "too_few", "Too few to say", "Rhy ychydig i ddweud"


@dataclass(frozen=True)
class Bounds:
    """An interval and what it is; `high` is None where a ratio has no upper bound."""

    low: float
    high: float | None
    method: str


@dataclass(frozen=True)
class Against:
    """An area against others, pooled without it.

    `estimate` is the area's share less the others', between -1 and 1, or its rate over theirs;
    None where the others have no case, and `bounds` too where neither has. `with_figure` names the
    others pooled, `left_out` those without a figure.
    """

    area: Counted
    others: Counted
    with_figure: tuple[str, ...]
    left_out: tuple[tuple[str, Missing], ...]
    estimate: float | None
    bounds: Bounds | None
    verdict: Apart


@dataclass(frozen=True)
class NotAgainst:
    """The area cannot be held against the others, and why, as a sentence."""

    why: str


def against(
    area: str, others: Collection[str], outcomes: Mapping[str, Counted | Missing]
) -> Against | NotAgainst:
    """Return an area against its neighbours, or the areas of its region, for one period.

    `others` may name the area itself, which is then left aside. An area that `outcomes` does not
    have is not available. Raises ValueError when some have shares and some rates, or rates per
    different numbers, and for counts that make no share or rate.
    """
    named = dict.fromkeys([area, *others])
    figures, missing = by_area({a: outcomes.get(a, NOT_AVAILABLE) for a in named})
    mine = outcomes.get(area)
    if isinstance(mine, Share) and stands_alone(mine):
        return NotAgainst(f"{area} is held against nothing: {mine.why_no_interval}.")
    own = figures.pop(area, None)
    if own is None:
        return NotAgainst(f"{area} has no figure ({missing_in_words(missing[area])}).")
    if not figures:
        return NotAgainst(f"None of the {len(named) - 1} others has a figure.")
    return _against(own, figures, tuple(missing.items()))


def by_chance(figure: Counted) -> Bounds | None:
    """Return what chance alone gives a figure: shares between 0 and 1, or rates in its own unit.

    0 in 10,000 is 0 to 3.7 per 10,000. None where a share has none, by how its cases were chosen.
    Raises ValueError for a share that is none.
    """
    if isinstance(figure, Share) and figure.why_no_interval:
        return None
    held = figure.interval if isinstance(figure, Rate) else wilson(figure.count, figure.out_of)
    return Bounds(held.low, held.high, held.method)


def estimate_in_words(found: Against) -> str | None:
    """Return the difference in points or the ratio with its interval; None where there is none."""
    return _estimate_in_words(found).removesuffix(", so ") or None


def in_words(found: Against | NotAgainst, called: str = "others") -> str:
    """Return the comparison as one sentence; `called` names the others in the plural."""
    if isinstance(found, NotAgainst):
        return found.why
    had = len(found.with_figure)
    others = f"pooled from {had} of {had + len(found.left_out)} {called}"
    return (
        f"{_figure_in_words(found.area)} against {_figure_in_words(found.others)}, {others}: "
        f"{_estimate_in_words(found)}{VERDICTS[found.verdict]}."
    )


NOT_AVAILABLE = NoNumber(Symbol.NOT_AVAILABLE)

VERDICTS = {
    Apart.HIGHER: "higher by more than chance alone explains",
    Apart.LOWER: "lower by more than chance alone explains",
    Apart.NOT_APART: "they cannot be told apart",
    Apart.TOO_FEW: "there are too few to say",
}


def _against(
    own: Counted, figures: Mapping[str, Counted], left_out: tuple[tuple[str, Missing], ...]
) -> Against:
    others = pooled(list(figures.values()))
    estimate, bounds = _estimate(own, others)
    verdict = _verdict(own, others, bounds)
    return Against(own, others, tuple(figures), left_out, estimate, bounds, verdict)


def _estimate(own: Counted, others: Counted) -> tuple[float | None, Bounds | None]:
    if isinstance(own, Rate):
        return _ratio(own, others)
    return _difference(own.count, own, others)


def _difference(count: int, own: Counted, others: Counted) -> tuple[float, Bounds]:
    """Return so many of the area's less the others' share, and Newcombe's interval for it."""
    one, other = count / own.out_of, others.count / others.out_of
    of_one, of_other = wilson(count, own.out_of), wilson(others.count, others.out_of)
    down = sqrt((one - of_one.low) ** 2 + (of_other.high - other) ** 2)
    up = sqrt((of_one.high - one) ** 2 + (other - of_other.low) ** 2)
    return one - other, Bounds(one - other - down, one - other + up, NEWCOMBE)


def _ratio(own: Counted, others: Counted) -> tuple[float | None, Bounds | None]:
    cases = own.count + others.count
    if not cases:
        return None, None
    scale = others.out_of / own.out_of
    part = clopper_pearson(own.count, cases)
    high = None if part.high == 1 else scale * part.high / (1 - part.high)
    bounds = Bounds(scale * part.low / (1 - part.low), high, EXACT)
    return (scale * own.count / others.count if others.count else None), bounds


def _verdict(own: Counted, others: Counted, bounds: Bounds | None) -> Apart:
    if bounds is None:
        return Apart.TOO_FEW
    if isinstance(own, Rate):
        return _apart(bounds, 1.0)
    extremes = (_difference(count, own, others)[1] for count in (0, own.out_of))
    if all(_apart(extreme, 0.0) is Apart.NOT_APART for extreme in extremes):
        return Apart.TOO_FEW
    return _apart(bounds, 0.0)


def _apart(bounds: Bounds, alike: float) -> Apart:
    if bounds.low > alike:
        return Apart.HIGHER
    return Apart.LOWER if bounds.high is not None and bounds.high < alike else Apart.NOT_APART


def _figure_in_words(figure: Counted) -> str:
    value = value_in_words(value_of(figure), figure)
    return f"{figure.count:,} of {figure.out_of:,} ({value})"


def _estimate_in_words(found: Against) -> str:
    if found.bounds is None:
        return ""
    if isinstance(found.area, Rate):
        return _ratio_in_words(found.estimate, found.bounds)
    low, high = (_points(bound) for bound in (found.bounds.low, found.bounds.high or 0.0))
    return f"{_points(found.estimate or 0.0)} points ({low} to {high}), so "


def _ratio_in_words(ratio: float | None, bounds: Bounds) -> str:
    if bounds.high is None:
        return f"at least {bounds.low:.2f} times as high, so "
    return f"{ratio or 0.0:.2f} times as high ({bounds.low:.2f} to {bounds.high:.2f}), so "


def _points(share: float) -> str:
    """Return a difference of shares in percentage points, with its sign."""
    points = round(100 * share, 1) + 0.0
    return f"{points:+.1f}" if points else "0.0"
