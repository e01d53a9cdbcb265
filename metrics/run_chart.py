"""Run charts: whether the points of a series vary about their median as chance alone would.

Anhøj and Olesen (2014), PLoS ONE 9:e113825; Anhøj (2015), PLoS ONE 10:e0121349. Points on the
median neither break a run nor count. Of the n others, a run longer than log2(n) + 3, rounded, is
unusually long (Schilling 2012, Math. Mag. 85:141), and fewer crossings of the median than the 5 %
quantile of a binomial of n - 1 tosses of a coin are unusually few (Chen 2010). Either is a sign
that the process has shifted; neither says when, nor which way is better. Below 10 such points
there are too few to say.

Gaps are left out, as the authors' own program (qicharts2) does, so a run goes on behind one: a
coin tossed unseen changes nothing about those seen. This holds only if a figure is not missing
because of what it is. Where small counts are withheld the gaps are the low ones, so every sentence
says how many there are. A break starts a new group with its own median, and no run crosses it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log2
from statistics import median

from scipy import stats

from metrics.figures import Missing, between_breaks, direction
from metrics.outcome import TooFew

MINIMUM = 10
"""Points off the median to be had before anything is said."""

SURPRISING = 0.05


@dataclass(frozen=True)
class Runs:
    """How the points of a group lie about its median.

    `useful` are not on it. `longest` is the longest run on one side and `longest_usual` the
    longest that chance often gives; `crossings` and `fewest_usual` likewise.
    """

    useful: int
    longest: int
    longest_usual: int
    crossings: int
    fewest_usual: int

    @property
    def long_run(self) -> bool:
        """Whether more points in a row lie on one side than chance often gives."""
        return self.longest > self.longest_usual

    @property
    def few_crossings(self) -> bool:
        """Whether the median is crossed less often than chance would mostly do."""
        return self.crossings < self.fewest_usual

    @property
    def shifted(self) -> bool:
        """Whether either rule shows that the process has shifted."""
        return self.long_run or self.few_crossings


@dataclass(frozen=True)
class RunGroup:
    """The points between two breaks, their median (None without any figure), and their runs."""

    values: tuple[float | Missing, ...]
    median: float | None
    runs: Runs | TooFew

    @property
    def figures(self) -> int:
        """How many of the points are figures; the others are gaps."""
        return sum(not isinstance(value, Missing) for value in self.values)


def run_chart(
    values: Sequence[float | Missing], breaks: Collection[int] = ()
) -> tuple[RunGroup, ...]:
    """Return a group for each stretch between breaks, in order; values are in any one unit.

    A break is the position, from 0, of the first period counted the new way. Raises ValueError
    when it is not a position of the series.
    """
    return tuple(_group(group) for group in between_breaks(values, breaks))


def longest_usual(useful: int) -> int:
    """Return the longest run that so many points off the median often give; at least 1 point."""
    return round(log2(useful)) + 3


def fewest_usual(useful: int) -> int:
    """Return the fewest crossings that so many points off the median mostly give."""
    return int(stats.binom.ppf(SURPRISING, useful - 1, 0.5))


def in_words(group: RunGroup) -> str:
    """Return what a group shows as one sentence, with its gaps."""
    gaps = len(group.values) - group.figures
    without = f"; without a figure: {gaps} of {len(group.values)} periods" if gaps else ""
    return f"{_runs_in_words(group.runs)}{without}."


def _group(values: Sequence[float | Missing]) -> RunGroup:
    figures = [value for value in values if not isinstance(value, Missing)]
    if not figures:
        return RunGroup(tuple(values), None, TooFew(0))
    middle = float(median(figures))
    return RunGroup(tuple(values), middle, _runs([direction(v, middle) for v in figures]))


def _runs(sides: Sequence[int]) -> Runs | TooFew:
    useful = [side for side in sides if side]
    if len(useful) < MINIMUM:
        return TooFew(len(useful))
    lengths = [len(list(run)) for _side, run in groupby(useful)]
    n = len(useful)
    return Runs(n, max(lengths), longest_usual(n), len(lengths) - 1, fewest_usual(n))


def _runs_in_words(runs: Runs | TooFew) -> str:
    if isinstance(runs, TooFew):
        return f"Too few points to say: {runs.cases} off the median, and it takes {MINIMUM}"
    run = f"longest run on one side {runs.longest} (usually up to {runs.longest_usual})"
    crossed = f"crossings of the median {runs.crossings} (usually {runs.fewest_usual} or more)"
    if not runs.shifted:
        return f"No shift shown: {run}, {crossed}"
    shown = [run] * runs.long_run + [crossed] * runs.few_crossings
    return f"The figures have shifted: {', '.join(shown)}"
