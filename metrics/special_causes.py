"""Published rules for telling special causes from the variation a process always has.

The rules of NHS England's *Making Data Count* (Wheeler 1993, Understanding Variation), each within
one group: *outside*, strictly beyond a limit; *shift*, seven in a row strictly on one side of the
mean; *trend*, seven in a row each strictly above, or each below, the one before; *two in three*,
three in a row on one side of the mean of which at least two lie strictly between the inner line
and the limit, and only those are flagged. A point flagged by several is named by the first of
outside, trend, two in three, shift.

A gap ends a run, a trend and a three, as in the NHS-R Community's program for *Making Data Count*,
which asks for series without gaps: what nobody saw is not counted as having gone on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from data_model.vocabulary import Word
from metrics.figures import direction

IN_A_ROW = 7


class SpecialCause(Word):
    """The rule that flags a point, in the order of their precedence."""

    OUTSIDE = "outside", "Beyond a limit", "Y tu hwnt i derfyn"
    TREND = "trend", "Seven in a row rising or falling", "Saith yn olynol yn codi neu'n gostwng"
    TWO_IN_THREE = "two_in_three", "Two of three close to a limit", "Dau o dri yn agos at derfyn"
    SHIFT = (
        "shift",
        "Seven in a row on one side of the mean",
        "Saith yn olynol ar un ochr i'r cymedr",
    )


@dataclass(frozen=True)
class Limits:
    """The lines at one point, lowest first; the inner ones lie at two thirds of the way."""

    lower: float
    inner_lower: float
    centre: float
    inner_upper: float
    upper: float


@dataclass(frozen=True)
class Signal:
    """Why a point is flagged, and whether upwards (1) or downwards (-1).

    A trend goes where it is heading, on whichever side of the mean; any other cause is on a side.
    """

    cause: SpecialCause
    direction: int


Figure = tuple[float, Limits] | None
"""A value with its lines, or a gap."""


def signals(points: Sequence[Figure]) -> tuple[Signal | None, ...]:
    """Return for each point of one group why it is flagged, None where it is not."""
    sides = [0 if p is None else direction(p[0], p[1].centre) for p in points]
    by_rule = {
        SpecialCause.OUTSIDE: [_beyond(point) for point in points],
        SpecialCause.TREND: _trends(points),
        SpecialCause.TWO_IN_THREE: _two_in_three([_near(point) for point in points], sides),
        SpecialCause.SHIFT: shifts(sides),
    }
    flagged = [
        [Signal(cause, found[i]) for cause, found in by_rule.items() if found[i]]
        for i in range(len(points))
    ]
    return tuple(one[0] if one else None for one in flagged)


def shifts(sides: Sequence[int]) -> list[int]:
    """Return 1 or -1 for each place in a run of seven or more on one side of the mean, else 0."""
    return _runs(sides, IN_A_ROW)


def standing_run(signs: Sequence[int], length: int = IN_A_ROW) -> int | None:
    """Return where so many equal signs in a row, that go on to the last, set in; None without."""
    other = (at for at in reversed(range(len(signs))) if signs[at] != signs[-1])
    begun = next(other, -1) + 1
    return begun if len(signs) - begun >= length and signs[-1] else None


def _beyond(point: Figure) -> int:
    if point is None:
        return 0
    value, limits = point
    return max(direction(value, limits.upper), 0) or min(direction(value, limits.lower), 0)


def _near(point: Figure) -> int:
    """Return 1 or -1 where a point lies strictly between an inner line and its limit."""
    if point is None:
        return 0
    value, limits = point
    high = direction(value, limits.inner_upper) > 0 > direction(value, limits.upper)
    low = direction(value, limits.inner_lower) < 0 < direction(value, limits.lower)
    return int(high) - int(low)


def _runs(signs: Sequence[int], length: int) -> list[int]:
    """Return the sign of each place that is part of so many equal ones in a row, else 0."""
    found = [0] * len(signs)
    for start in range(len(signs) - length + 1):
        if signs[start] and len(set(signs[start : start + length])) == 1:
            found[start : start + length] = [signs[start]] * length
    return found


def _trends(points: Sequence[Figure]) -> list[int]:
    steps = [0 if not (a and b) else direction(b[0], a[0]) for a, b in pairwise(points)]
    found = _runs(steps, IN_A_ROW - 1)
    # A point belongs to the trend that leads to it before one that sets out from it.
    return [before or after for before, after in zip([0, *found], [*found, 0], strict=True)]


def _two_in_three(near: Sequence[int], sides: Sequence[int]) -> list[int]:
    found = [0] * len(near)
    for start in range(len(near) - 2):
        three = range(start, start + 3)
        close = [i for i in three if near[i]]
        if len({sides[i] for i in three}) == 1 and len(close) >= 2:
            for i in close:
                found[i] = near[i]
    return found
