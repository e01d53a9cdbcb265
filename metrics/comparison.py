"""A first reading of cases against the re-audit of the same theme, with one verdict.

The difference of two shares has the interval of Newcombe (1998), Stat. Med. 17:873, method 10:
each share's own bounds, squared and added. Where cases were drawn from a known list the bounds
are those of the finite frame, joined the same way (Donner and Zou 2012, Stat. Methods Med. Res.
21:347). A difference is about the cases that could have been read; the exact test of `rank_sum`
asks whether practice differs, so it holds for cases still to come, even where all were read. Of
cases that were chosen, not drawn, it describes no more than the cases themselves.

Verdict. *Improved* needs all of three: the exact test gives less than 5 %; a case of the
re-audit is more likely than not graded better than one of the first reading; and the share
good rose or the share with the worst grade fell, with neither of the two pointing the other
way. Where the difference has an interval it points only when the interval leaves out 0; where
every case was read, or the cases stand for themselves only, any difference points, as it is a
fact. *Worse* is the mirror image. *Too few to say* means fewer than 5 graded in either reading,
or a second reading of this size in which neither every case at the best grade would have shown
an improvement nor every case at the worst a worsening. All else is *no detectable change*.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from math import sqrt

from data_model.vocabulary import Change, SamplingMethod
from metrics.intervals import share_of_cases
from metrics.outcome import Interval, Share
from metrics.rank_sum import RankSum, rank_sum

MINIMUM = 5
"""Cases to be graded in each reading before anything is said about either."""

SURPRISING = 0.05
GOOD = "good"

NO_FIRST = "the first reading has no case grades to compare with"
NO_SECOND = "the re-audit has no case grades to compare"
NO_GRADES = "neither reading has case grades to compare"
OTHER_SCALE = "the two readings were graded on different scales"
A_FACT = "every eligible case was read both times, so the difference is no estimate"


class StandsFor(Enum):
    """What the differences are about; the value says it in words."""

    EVERY_CASE = "every eligible case, as all were read both times"
    WHOLE_LIST = "all the cases that those read were drawn from"
    READ_ONLY = "the cases read only"


@dataclass(frozen=True)
class Graded:
    """How often each grade of a scale was given in one reading of one theme.

    `grades` are the scale's codes, best first, one of them `good`; `counts` go with them.
    `available` is the number of eligible cases, None where it is not known. Raises ValueError
    when the counts do not fit the grades or no grade of the scale is good.
    """

    scale: str
    grades: tuple[str, ...]
    counts: tuple[int, ...]
    sampling: SamplingMethod
    available: int | None = None

    def __post_init__(self) -> None:
        if len(self.grades) != len(self.counts) or len(self.grades) < 2 or min(self.counts) < 0:
            message = f"{self.counts} are not counts of the grades {', '.join(self.grades)}"
            raise ValueError(message)
        if GOOD not in self.grades[:-1]:
            message = f"none of the grades above {self.grades[-1]} is {GOOD}"
            raise ValueError(message)

    @property
    def total(self) -> int:
        """The cases graded."""
        return sum(self.counts)

    @property
    def good(self) -> int:
        """The cases graded good or better."""
        return sum(self.counts[: self.line])

    @property
    def line(self) -> int:
        """How many of the scale's grades are good or better."""
        return self.grades.index(GOOD) + 1

    @property
    def read_whole(self) -> bool:
        """Whether every eligible case was graded."""
        everything = self.available is not None and self.available <= self.total
        return everything or self.sampling is SamplingMethod.ALL_ELIGIBLE

    def share(self, count: int) -> Share:
        """Return a share of the cases graded with the interval that its sampling allows."""
        sampling = SamplingMethod.ALL_ELIGIBLE if self.read_whole else self.sampling
        return share_of_cases(count, self.total, sampling, self.available)


@dataclass(frozen=True)
class Difference:
    """Two shares, and the second less the first with its interval, both between -1 and 1."""

    first: Share
    second: Share
    interval: Interval | None
    why_no_interval: str | None

    @property
    def difference(self) -> float:
        """The second share less the first, between -1 and 1."""
        return self.second.share - self.first.share

    @property
    def points(self) -> int:
        """1 where the share rose, -1 where it fell, 0 where neither is shown."""
        first, second = self.first, self.second
        if self.interval is None:
            rise = second.count * first.out_of - first.count * second.out_of
            return (rise > 0) - (rise < 0)
        return (self.interval.low > 0) - (self.interval.high < 0)


@dataclass(frozen=True)
class Comparison:
    """What a re-audit shows against the first reading.

    `good` is the share graded good or better, `worst` that of the scale's last grade.
    `test.p_value` is the chance of grades as far apart or farther if chance alone dealt them
    out. `good_needed` is how many of a re-audit of this size had to be good for an improvement to
    show; None if all of them were not enough.
    """

    first: Graded
    second: Graded
    good: Difference
    worst: Difference
    test: RankSum
    good_needed: int | None
    verdict: Change
    stands_for: StandsFor


@dataclass(frozen=True)
class NotComparable:
    """There are not two readings to compare, and why."""

    why: str


def compare(first: Graded | None, second: Graded | None) -> Comparison | NotComparable:
    """Return what the re-audit shows, or why it cannot be held against the first reading.

    None is a reading whose grades were not published or not recorded. Scales are never mapped
    onto one another: readings on two scales, or two versions of one, are not compared.
    """
    if first is None or second is None or not first.total or not second.total:
        return NotComparable(_which_is_missing(first, second))
    if (first.scale, first.grades) != (second.scale, second.grades):
        return NotComparable(OTHER_SCALE)
    return Comparison(
        first=first,
        second=second,
        good=_difference(first, second, first.good, second.good),
        worst=_difference(first, second, first.counts[-1], second.counts[-1]),
        test=rank_sum(first.counts, second.counts),
        good_needed=_good_needed(first, second),
        verdict=_verdict(first, second),
        stands_for=_stands_for(first, second),
    )


def found_not_good(graded: Graded) -> bool | None:
    """Return whether a reading finds its theme not good: fewer than half good or better.

    Our rule, as the report draws no such line. None when fewer than 5 were graded: that is too
    few to say that a theme has gone back.
    """
    return None if graded.total < MINIMUM else 2 * graded.good < graded.total


IMPROVED, TOLD_APART = "shown an improvement", "been told apart as better"
APART = {
    Change.IMPROVED: "The second is graded better than chance alone explains",
    Change.WORSE: "The second is graded lower than chance alone explains",
    Change.NONE_SHOWN: "The two cannot be told apart",
    Change.TOO_FEW: "Too few to say",
}


def in_words(comparison: Comparison) -> str:
    """Return the comparison in plain English: both differences, the verdict, what it is about."""
    grades = comparison.first.grades
    good = GOOD if grades[0] == GOOD else f"{GOOD} or better"
    parts = [
        _difference_in_words(comparison.good, good),
        _difference_in_words(comparison.worst, grades[-1].replace("_", " ")),
        _verdict_in_words(comparison, good, comparison.verdict.english, IMPROVED),
        f"The differences stand for {comparison.stands_for.value}.",
    ]
    return " ".join(parts)


def superiority_in_words(comparison: Comparison) -> str:
    """Return how often a case of the second reading is graded better than one of the first."""
    better = round(100 * comparison.test.superiority)
    return (
        "Take one case of each at random: the second is graded better in "
        f"{better} of 100 such pairs, counting half of those graded alike."
    )


def beside_in_words(comparison: Comparison) -> str:
    """Return two readings side by side in plain English: of two places, or by two bodies.

    Neither comes after the other, so nothing improved or grew worse.
    """
    grades = comparison.first.grades
    good = GOOD if grades[0] == GOOD else f"{GOOD} or better"
    parts = [
        _difference_in_words(comparison.good, good, "and"),
        _difference_in_words(comparison.worst, grades[-1].replace("_", " "), "and"),
        _verdict_in_words(comparison, good, APART[comparison.verdict], TOLD_APART),
        f"The differences stand for {comparison.stands_for.value}.",
    ]
    return " ".join(parts)


def _which_is_missing(first: Graded | None, second: Graded | None) -> str:
    if first is not None and first.total:
        return NO_SECOND
    return NO_FIRST if second is not None and second.total else NO_GRADES


def _difference(first: Graded, second: Graded, before: int, after: int) -> Difference:
    one, other = first.share(before), second.share(after)
    if first.read_whole and second.read_whole:
        return Difference(one, other, None, A_FACT)
    of_one, of_other = _bounds(first, one), _bounds(second, other)
    if of_one is None or of_other is None:
        chosen = one if of_one is None else other
        return Difference(one, other, None, chosen.why_no_interval)
    interval = _square_and_add(one, other, of_one, of_other, _method(first, second))
    return Difference(one, other, interval, None)


def _bounds(graded: Graded, share: Share) -> Interval | None:
    """Return what a share could be among all eligible cases; None if the reading cannot say."""
    if graded.read_whole:
        return Interval(share.share, share.share, "")
    return share.interval


def _method(first: Graded, second: Graded) -> str:
    """Name the interval: it is Newcombe's only where both bounds are Wilson's."""
    large = all(g.available is None and not g.read_whole for g in (first, second))
    return "Newcombe 95%" if large else "exact bounds of each list, squared and added, 95%"


def _square_and_add(
    one: Share, other: Share, before: Interval, after: Interval, method: str
) -> Interval:
    first, second = one.share, other.share
    down = sqrt((second - after.low) ** 2 + (before.high - first) ** 2)
    up = sqrt((after.high - second) ** 2 + (first - before.low) ** 2)
    return Interval(second - first - down, second - first + up, method)


def _stands_for(first: Graded, second: Graded) -> StandsFor:
    if first.read_whole and second.read_whole:
        return StandsFor.EVERY_CASE
    drawn = all(g.read_whole or g.sampling is SamplingMethod.RANDOM for g in (first, second))
    return StandsFor.WHOLE_LIST if drawn else StandsFor.READ_ONLY


def _verdict(first: Graded, second: Graded) -> Change:
    if not _enough(first, second) or not _could_show_anything(first, second):
        return Change.TOO_FEW
    return _shown(first, second)


def _enough(first: Graded, second: Graded) -> bool:
    return min(first.total, second.total) >= MINIMUM


def _could_show_anything(first: Graded, second: Graded) -> bool:
    nothing = (0,) * (len(second.counts) - 1)
    best = replace(second, counts=(second.total, *nothing))
    worst = replace(second, counts=(*nothing, second.total))
    return any(_shown(first, extreme) is not Change.NONE_SHOWN for extreme in (best, worst))


def _shown(first: Graded, second: Graded) -> Change:
    """Return the verdict of the test and the differences, however few cases there are."""
    test = rank_sum(first.counts, second.counts)
    good = _difference(first, second, first.good, second.good).points
    worst = _difference(first, second, first.counts[-1], second.counts[-1]).points
    if test.p_value >= SURPRISING or {good, -worst} - {0} != {test.better}:
        return Change.NONE_SHOWN
    return Change.IMPROVED if test.better > 0 else Change.WORSE


def _good_needed(first: Graded, second: Graded) -> int | None:
    """Return the smallest number good with which an improvement would have shown, if any.

    Within good or better, and within the rest, the cases are spread as in the first reading.
    """
    if not _enough(first, second):
        return None

    def shows(good: int) -> bool:
        counts = _spread(first, good, second.total - good)
        return _shown(first, replace(second, counts=counts)) is Change.IMPROVED

    needed = bisect_left(range(second.total + 1), True, key=shows)  # noqa: FBT003
    return needed if needed <= second.total else None


def _spread(like: Graded, good: int, rest: int) -> tuple[int, ...]:
    """Return counts by grade with so many good and not good; none before, then next to good."""
    above, below = like.counts[: like.line], like.counts[like.line :]
    next_to_good = (0,) * (like.line - 1) + (1,), (1,) + (0,) * (len(below) - 1)
    return (
        *_largest_remainder(above if any(above) else next_to_good[0], good),
        *_largest_remainder(below if any(below) else next_to_good[1], rest),
    )


def _largest_remainder(weights: Sequence[int], cases: int) -> tuple[int, ...]:
    """Share out whole cases by weight; a tie of remainders goes to the better grade."""
    whole = [cases * weight // sum(weights) for weight in weights]
    remainders = [cases * weight % sum(weights) for weight in weights]
    first_served = sorted(range(len(weights)), key=lambda grade: -remainders[grade])
    more = first_served[: cases - sum(whole)]
    return tuple(count + (grade in more) for grade, count in enumerate(whole))


def _difference_in_words(difference: Difference, grade: str, joined: str = "then") -> str:
    first, second = difference.first, difference.second
    counts = f"{first.count} of {first.out_of} {grade}, {joined} {second.count} of {second.out_of}"
    moved = _points_in_words(difference.difference, " points")
    if difference.interval is None:
        return f"{counts}: {moved}."
    low, high = (
        _points_in_words(b, "") for b in (difference.interval.low, difference.interval.high)
    )
    return f"{counts}: {moved} ({low} to {high})."


def _points_in_words(share: float, unit: str) -> str:
    points = round(100 * share)
    if not points:
        return "no difference" if unit else "none"
    return f"{abs(points)}{unit} {'more' if points > 0 else 'fewer'}"


def _verdict_in_words(comparison: Comparison, good: str, said: str, shown: str) -> str:
    verdict = comparison.verdict
    if verdict is Change.TOO_FEW and not _enough(comparison.first, comparison.second):
        return f"{said}: it takes {MINIMUM} graded cases each time."
    if verdict is Change.TOO_FEW:
        return f"{said}: {_needed_in_words(comparison, good, shown)}"
    often = _times_in_a_hundred(comparison.test.p_value)
    chance = f"Dealt out by chance, these grades would be as far apart {often} times in 100."
    if verdict is Change.NONE_SHOWN:
        chance = f"{chance} {_needed_in_words(comparison, good, shown).capitalize()}"
    return f"{said}. {chance}"


def _times_in_a_hundred(p_value: float) -> str:
    if p_value < 0.001:
        return "less than 0.1"
    return f"{100 * p_value:.0f}" if p_value >= 0.1 else f"{100 * p_value:.1f}"


def _needed_in_words(comparison: Comparison, good: str, shown: str) -> str:
    needed, total = comparison.good_needed, comparison.second.total
    if needed is None:
        return f"not even {total} of {total} {good} would have {shown}."
    or_more = " or more" if needed < total else ""
    others = ", the others spread as before," if needed < total else ""
    return f"{needed}{or_more} of {total} {good}{others} would have {shown}."
