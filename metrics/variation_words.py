"""What a control chart shows, in the words of a board: the special cause first, with since when.

The mark goes by the rule that `special_causes` names first. Of two points in three near a limit
that are part of a run of seven on one side of the mean, the words say the run: it has a beginning,
and it is what a board can ask about. Where an earlier run of seven lies on the other side, one mean
stands between two levels; the words then say that the level changed and that no break was declared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metrics.figures import Missing, missing_in_words
from metrics.special_causes import Limits, Signal, SpecialCause
from metrics.variation import ENOUGH, AgainstTarget, Chart, Kind, Variation

COARSE = "The numbers are too small for limits: nearly any change would look like one"
LEVEL = (
    "The level has changed{since}: seven or more {plural} in a row before lie on the other side of "
    "the mean, and no break was declared. Ask whether practice, recording or the definition changed"
)
MEANS = {
    Variation.IMPROVEMENT: "an improvement",
    Variation.CONCERN: "a concern",
    Variation.NEUTRAL_HIGH: "neither good nor bad news by itself",
    Variation.NEUTRAL_LOW: "neither good nor bad news by itself",
}
HIGH, LOW = Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW
ASSURANCE = {AgainstTarget.MEETS: "P", AgainstTarget.MISSES: "F", AgainstTarget.INCONSISTENT: "?"}
PROCESS = {
    AgainstTarget.MEETS: "can be relied on to meet",
    AgainstTarget.MISSES: "will miss",
    AgainstTarget.INCONSISTENT: "will sometimes meet and sometimes miss",
}


@dataclass(frozen=True)
class Called:
    """What the periods of a chart are called, several and each, and its latest figure.

    The latest figure is given with the count and what it is out of.
    """

    plural: str = "periods"
    names: Sequence[str] = ()
    latest: str = ""

    def since(self, at: int) -> str:
        """Return since when, with a comma before it; empty where the periods have no names."""
        return f", since {self.names[at]}" if self.names else ""


@dataclass(frozen=True)
class Mark:
    """One mark of *Making Data Count*: its sign, as printed there, and what it says.

    H and L are special causes, high or low, and ~ is none; P passes the target, F fails it, and ?
    does either by chance.
    """

    sign: str
    words: str

    @property
    def text(self) -> str:
        """The sign and the words, to stand beside a series."""
        return f"[{self.sign}] {self.words}"


def marks(chart: Chart, whose: str = "") -> tuple[Mark, ...]:
    """Return the mark of variation and that of assurance, as far as each may be given.

    `whose` says in words whose target it is, and where that is from.
    """
    return tuple(mark for mark in (_variation(chart), _assurance(chart, whose)) if mark)


def in_words(chart: Chart, called: Called | None = None, whose: str = "") -> str:
    """Return what the latest period shows, how the target stands and what is missing.

    `whose` says in words whose target it is, and where that is from.
    """
    if not chart.points:
        return "There is no period to look at."
    names = called or Called()
    gaps = sum(isinstance(point.value, Missing) for point in chart.points)
    without = f" Without a figure: {gaps} of {len(chart.points)} {names.plural}." if gaps else ""
    return f"{_shown(chart, names)}.{_target(chart, whose)}{without}"


def number(chart: Chart, value: float) -> str:
    """Return a value in the chart's unit: a share in percent, a rate with what it is per."""
    if chart.kind is Kind.P:
        return f"{value:.1%}"
    said = f"{value:,.1f}".removesuffix(".0")
    return said if chart.per is None else f"{said} per {chart.per:,}"


def _variation(chart: Chart) -> Mark | None:
    if chart.variation is None:
        return None
    signal = chart.points[-1].signal
    if signal is None:
        return Mark("~", f"Variation: {_lower(chart.variation.english)}")
    sign, side = ("H", HIGH) if signal.direction > 0 else ("L", LOW)
    means = "" if chart.variation in (HIGH, LOW) else f"{_lower(chart.variation.english)}, "
    return Mark(sign, f"Variation: {means}{_lower(side.english)}")


def _assurance(chart: Chart, whose: str) -> Mark | None:
    if chart.against_target is None or chart.target is None:
        return None
    says = _lower(chart.against_target.english)
    return Mark(
        ASSURANCE[chart.against_target], f"Assurance: {says} of {_goal(chart, chart.target, whose)}"
    )


def _goal(chart: Chart, target: float, whose: str) -> str:
    value = number(chart, target).replace(".0%", "%")
    return f"{value}, {whose}" if whose else value


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _shown(chart: Chart, called: Called) -> str:
    last, latest = chart.groups[-1], chart.points[-1]
    if last.trial:
        since = " since the last break" if len(chart.groups) > 1 else ""
        had = f"{last.figures}{since}, and it takes {ENOUGH}"
        return f"Too few points to say what is usual: {had}"
    if last.coarse:
        return COARSE
    if isinstance(latest.value, Missing):
        return f"The latest period has no figure ({missing_in_words(latest.value)})"
    if chart.variation is None or latest.limits is None:
        return "The latest figure has no limits to be held against"
    value = called.latest or number(chart, latest.value)
    if latest.signal is None:
        return (
            f"The latest figure, {value}, is no more than usual variation: figures from "
            f"{_usual(chart, latest.limits)} are to be expected here"
        )
    return ". ".join(_special(_Latest(chart, called, latest.signal, latest.limits, value)))


@dataclass(frozen=True)
class _Latest:
    """The latest figure, which is flagged, in words and as the rule and lines that it stands by."""

    chart: Chart
    called: Called
    signal: Signal
    limits: Limits
    value: str

    @property
    def above(self) -> str:
        """Return which way it is flagged."""
        return "above" if self.signal.direction > 0 else "below"

    def since(self, at: int) -> str:
        """Return since when, of a position in the newest stretch."""
        before = len(self.chart.points) - len(self.chart.groups[-1].points)
        return self.called.since(before + at)


def _special(latest: _Latest) -> Iterator[str]:
    """Yield what is special, the cause first, then what else the same figures show."""
    means = MEANS[latest.chart.variation] if latest.chart.variation else ""
    outside = latest.signal.cause is SpecialCause.OUTSIDE
    run = _run(latest)
    if outside:
        usual = _usual(latest.chart, latest.limits)
        yield f"The latest figure, {latest.value}, lies {latest.above} the usual {usual}: {means}"
        yield from [run] if run else []
    else:
        yield f"{_trend(latest) or run or _near(latest)}: {means}"
        yield f"The latest figure is {latest.value}"
    yield from _new_level(latest)


def _trend(latest: _Latest) -> str | None:
    begun = latest.chart.groups[-1].trend_from
    if latest.signal.cause is not SpecialCause.TREND or begun is None:
        return None
    many = f"Seven or more {latest.called.plural} in a row"
    return f"{many} each lie {latest.above} the one before{latest.since(begun)}"


def _run(latest: _Latest) -> str | None:
    """Return the run on one side of the mean that goes on, if it is one that flags."""
    begun = latest.chart.groups[-1].shift_from
    if begun is None:
        return None
    side = "above" if latest.chart.groups[-1].sides[-1] > 0 else "below"
    many = f"Seven or more {latest.called.plural} in a row lie {side} the mean"
    return f"{many}, {number(latest.chart, latest.limits.centre)}{latest.since(begun)}"


def _near(latest: _Latest) -> str:
    limit = "upper" if latest.signal.direction > 0 else "lower"
    value = getattr(latest.limits, limit)
    last = f"Two of the last three {latest.called.plural}"
    return f"{last} lie close to the {limit} limit, {number(latest.chart, value)}"


def _new_level(latest: _Latest) -> Iterator[str]:
    """Yield that the level changed, where one mean stands between two levels."""
    begun = latest.chart.groups[-1].new_level_from
    if begun is not None:
        yield LEVEL.format(since=latest.since(begun), plural=latest.called.plural)


def _usual(chart: Chart, limits: Limits) -> str:
    return f"{number(chart, limits.lower)} to {number(chart, limits.upper)}"


def _target(chart: Chart, whose: str) -> str:
    if chart.against_target is None or chart.target is None:
        return ""
    process = PROCESS[chart.against_target]
    return f" Left as it is, this {process} the target of {_goal(chart, chart.target, whose)}."
