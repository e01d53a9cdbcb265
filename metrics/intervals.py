"""Intervals for shares of small samples, and when there is none to give.

Wilson (1927), J. Am. Stat. Assoc. 22:209; Clopper and Pearson (1934), Biometrika 26:404;
for a random sample of a finite frame the exact interval by inverting the hypergeometric
distribution (Konijn 1973; Wang 2015, J. Am. Stat. Assoc. 110:1435 compares it). Rates have the
exact one of `metrics/poisson.py`.
"""

from math import comb, sqrt

from scipy.special import betaincinv, ndtri

from data_model.vocabulary import SamplingMethod
from metrics.outcome import Interval, Share
from metrics.poisson import LEVEL as LEVEL

ONLY_THEMSELVES = "they stand for themselves only"

NO_INTERVAL = {
    SamplingMethod.ALL_ELIGIBLE: "every eligible case was read, so this is not an estimate",
    SamplingMethod.STRATIFIED: (
        f"the cases were drawn within groups, not from the whole list, so {ONLY_THEMSELVES}"
    ),
    SamplingMethod.PURPOSIVE: f"the cases were chosen, not drawn, so {ONLY_THEMSELVES}",
    SamplingMethod.SELF_SELECTED: f"the inspected body chose the cases, so {ONLY_THEMSELVES}",
    SamplingMethod.NOT_STATED: f"how the cases were chosen is not stated, so {ONLY_THEMSELVES}",
}

EVERY_RETURN = "every return that was due is counted, so this is not an estimate"
ESTIMATES_NOTHING = (NO_INTERVAL[SamplingMethod.ALL_ELIGIBLE], EVERY_RETURN)
"""Why complete counts have none; unlike cases that were chosen they may be compared."""


def wilson(count: int, out_of: int, level: float = LEVEL) -> Interval:
    """Return Wilson's score interval for `count` of `out_of`; out_of must be above 0.

    1 of 9 gives 2.0 to 43.5 %. Raises ValueError when the counts make no share.
    """
    _check(count, out_of)
    z = float(ndtri((1 + level) / 2))
    share, scale = count / out_of, 1 + z * z / out_of
    centre = share + z * z / (2 * out_of)
    reach = z * sqrt(share * (1 - share) / out_of + z * z / (4 * out_of * out_of))
    low = 0.0 if count == 0 else (centre - reach) / scale
    high = 1.0 if count == out_of else (centre + reach) / scale
    return Interval(low, high, f"Wilson {level:.0%}")


def clopper_pearson(count: int, out_of: int, level: float = LEVEL) -> Interval:
    """Return the exact binomial interval, for where “at least” is meant. Errors as `wilson`."""
    _check(count, out_of)
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(betaincinv(count, out_of - count + 1, tail))
    high = 1.0 if count == out_of else float(betaincinv(count + 1, out_of - count, 1 - tail))
    return Interval(low, high, f"Clopper-Pearson {level:.0%}")


def finite_frame(count: int, out_of: int, frame: int, level: float = LEVEL) -> Interval:
    """Return the exact interval for the share of a frame from which `out_of` were drawn at random.

    The bounds are whole cases of the frame: 1 of 9 read from 11 eligible means 1 to 3 cases.
    Raises ValueError when more were read than there are.
    """
    _check(count, out_of)
    if out_of > frame:
        message = f"{out_of} cases cannot be drawn from a frame of {frame}"
        raise ValueError(message)
    tail = (1 - level) / 2
    possible = range(count, frame - (out_of - count) + 1)
    fits = [k for k in possible if _fits(k, count, out_of, frame, tail)]
    return Interval(fits[0] / frame, fits[-1] / frame, f"exact for a frame of {frame}, {level:.0%}")


def share_of_cases(
    count: int, out_of: int, sampling: SamplingMethod, available: int | None
) -> Share:
    """Return a share of sampled cases with the interval its sampling allows, or why it has none.

    A random sample of a known frame gets the finite-frame interval; any other sample none.
    """
    if sampling is not SamplingMethod.RANDOM:
        return Share(count, out_of, None, NO_INTERVAL[sampling])
    if available is None:
        return Share(count, out_of, wilson(count, out_of))
    if available <= out_of:
        return Share(count, out_of, None, NO_INTERVAL[SamplingMethod.ALL_ELIGIBLE])
    return Share(count, out_of, finite_frame(count, out_of, available))


def _fits(k: int, count: int, out_of: int, frame: int, tail: float) -> bool:
    """Return whether a frame with k such cases could well have given this sample."""
    ways = [comb(k, x) * comb(frame - k, out_of - x) for x in range(out_of + 1)]
    few, many = sum(ways[: count + 1]), sum(ways[count:])
    return min(few, many) > tail * comb(frame, out_of)


def _check(count: int, out_of: int) -> None:
    if out_of < 1 or not 0 <= count <= out_of:
        message = f"{count} of {out_of} is not a share"
        raise ValueError(message)
