"""Series: what a reported indicator came to, period by period, and what may be said of it.

A series holds figures of one area, one population, one kind of number and one rhythm: quarters
and years never share one, nor do years to March and calendar years. A period without a figure is
a gap with its reason. Recording changes and known changes of definition are breaks, and nothing
is reckoned across one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from data_model.vocabulary import Better, Nation, Symbol
from inspect_app.services.figure_words import counts
from inspect_app.services.reference import AreaValue
from inspect_app.services.scorecards import Line
from inspect_app.services.series_charts import chart_of, target_of, whose
from metrics import BY_CODE, run_chart, variation_words
from metrics.figures import Missing, value_of
from metrics.indicator import Group, Quarter, Reported, Target
from metrics.known_breaks import KnownBreak, applying
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated, TooFew
from metrics.run_chart import RunGroup, Runs
from metrics.special_causes import Limits, Signal
from metrics.variation import Chart, Variation
from metrics.variation_words import COARSE, Called, Mark

SLACK = 5
"""Days by which a quarter or a year may differ from three or twelve months of mean length."""

YEARLY = 12
AS_RETURNED = "Recording or the definition changed here."
SINCE = "Since recording or the definition last changed, "
NOT_HELD = "No comparable figure is kept here for this period."
NOT_PLAIN = "Stated as a range or a bound, which no chart can hold: see the table."
NO_COUNTS = "The counts behind these are not published, so no limits can be reckoned."
CHOSEN = (
    "How the cases were chosen is not stated: a change may lie in the choice, and no limits can be "
    "reckoned."
)
NOT_AVAILABLE = NoNumber(Symbol.NOT_AVAILABLE)


class Rhythm(Enum):
    """How long the periods of a series are, in months; the value is that number."""

    QUARTER = 3
    YEAR = 12

    @property
    def plural(self) -> str:
        """What several periods are called."""
        return f"{self.name.lower()}s"


@dataclass(frozen=True)
class Key:
    """What figures must share to be on one axis; `ends` is the month a year ends in, or of three.

    `unit` is what rates are per, or the unit of what was stated without its counts.
    """

    indicator: str
    area: str
    subject: str | None
    rhythm: Rhythm
    ends: int
    kind: type[Outcome] | None
    unit: str | int | None


@dataclass(frozen=True)
class Point:
    """One period: what it came to, or why there is no figure; `kept` is False where none came."""

    period: str
    end: date
    outcome: Outcome
    note: str | None = None
    source: str = ""
    kept: bool = True

    @property
    def value(self) -> float | Missing:
        """The share (0 to 1), rate, count or stated number; a gap where there is none."""
        match self.outcome:
            case Share() | Rate():
                return value_of(self.outcome) if self.outcome.out_of else TooFew(0)
            case Count():
                return self.outcome.count
            case Stated():
                return NOT_AVAILABLE if _bound(self.outcome) else self.outcome.value
            case NoNumber() | TooFew():
                return self.outcome


@dataclass(frozen=True)
class Break:
    """A change before the point at this position, from 0; `why` is a sentence or several."""

    at: int
    why: str
    source: str | None


@dataclass(frozen=True)
class Series:
    """The points of one indicator in order, its breaks, and the arithmetic on each stretch.

    `chart` is None where the counts are not published, or how their cases were chosen is not
    stated; `runs` has a group for each stretch. `target` is in the indicator's unit.
    """

    key: Key
    title: str
    group: Group
    better: Better
    area: AreaValue
    points: tuple[Point, ...]
    breaks: tuple[Break, ...]
    chart: Chart | None
    runs: tuple[RunGroup, ...]
    target: Target | None = None

    @property
    def figures(self) -> int:
        """How many periods have a figure."""
        return sum(group.figures for group in self.runs)

    @property
    def latest(self) -> RunGroup:
        """The stretch since the last break."""
        return self.runs[-1]

    @property
    def limited(self) -> bool:
        """Whether the latest stretch is long enough for limits, and has them."""
        return self.chart is not None and self.chart.groups[-1].limited

    @property
    def changed(self) -> bool:
        """Whether the newest stretch shows more than the variation that chance gives."""
        if self.chart is not None and self.limited:
            return self.chart.variation not in (None, Variation.COMMON_CAUSE)
        return isinstance(self.latest.runs, Runs) and self.latest.runs.shifted

    @property
    def enough(self) -> bool:
        """Whether the newest stretch is long enough for anything to be said."""
        return self.limited or isinstance(self.latest.runs, Runs)

    @property
    def said(self) -> str:
        """What may be said of the newest stretch, as a sentence."""
        if self.chart is not None and self.limited:
            return variation_words.in_words(self.chart, self._called, self._whose)
        words = run_chart.in_words(self.latest)
        since = f"{SINCE}{words[0].lower()}{words[1:]}" if self.breaks else words
        return f"{since}{self._why_no_limits}"

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of variation and assurance, in this order, as far as each may be given."""
        if self.chart is None or not self.limited:
            return ()
        return variation_words.marks(self.chart, self._whose)

    @property
    def _whose(self) -> str:
        return whose(self.target) if self.target else ""

    @property
    def _called(self) -> Called:
        rhythm = self.key.rhythm
        names = tuple(_begins(point.end, rhythm) for point in self.points)
        return Called(rhythm.plural, names, counts(self.points[-1].outcome))

    @property
    def _why_no_limits(self) -> str:
        """Return why a stretch that is long enough for limits has none; empty where it is not."""
        if self.chart is None:
            chosen = any(isinstance(p.outcome, Share) for p in self.points)
            return f" {CHOSEN if chosen else NO_COUNTS}"
        newest = self.chart.groups[-1]
        return f" {COARSE}." if newest.coarse and not newest.trial else ""

    @property
    def broken(self) -> tuple[str, ...]:
        """Why the series is broken, break by break."""
        return tuple(
            f"Break before {self.points[each.at].period}: {each.why}"
            f"{f' ({each.source})' if each.source else ''}"
            for each in self.breaks
        )

    @property
    def limits(self) -> tuple[Limits | None, ...]:
        """The lines at each point: in stretches of 12 figures or more only, None elsewhere."""
        groups = self.chart.groups if self.chart is not None else ()
        lines = [p.limits if g.limited else None for g in groups for p in g.points]
        return tuple(lines) or (None,) * len(self.points)

    @property
    def signals(self) -> tuple[Signal | None, ...]:
        """Why each point is flagged: in stretches with limits only, None elsewhere."""
        groups = self.chart.groups if self.chart is not None else ()
        flags = [p.signal if g.limited else None for g in groups for p in g.points]
        return tuple(flags) or (None,) * len(self.points)


def all_of(lines: Iterable[Line]) -> tuple[Series, ...]:
    """Return the series of at least two figures among these lines, which may be of any indicators.

    Figures of other lengths of time than a quarter or a year are in none.
    """
    apart: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        if (rhythm := rhythm_of(line)) and isinstance(BY_CODE[line.indicator], Reported):
            alike = (line.indicator, line.area.code, line.subject, rhythm, _ends(line, rhythm))
            apart.setdefault(alike, []).append(line)
    found = [series for held in apart.values() for series in _by_kind(held)]
    return tuple(series for series in found if series.figures > 1)


def rhythm_of(line: Line) -> Rhythm | None:
    """Return whether a figure is of a quarter or a year; None for any other length of time."""
    if line.period_start is None or line.period_end is None:
        return None
    days = (line.period_end - line.period_start).days + 1
    for rhythm in Rhythm:
        if abs(days - rhythm.value * 365 / 12) <= SLACK:
            return rhythm
    return None


def of_line(held: Iterable[Series], line: Line) -> Series | None:
    """Return the series that a line's figure is a point of, if it is one of any."""
    mine = (line.indicator, line.area.code, line.subject, rhythm_of(line))
    for series in held:
        key = series.key
        same = (key.indicator, key.area, key.subject, key.rhythm) == mine
        if same and any(point.end == line.period_end for point in series.points):
            kind, unit = _kind(line.outcome)
            if kind is None or (kind, unit) == (key.kind, key.unit):
                return series
    return None


def _ends(line: Line, rhythm: Rhythm) -> int:
    return line.period_end.month % rhythm.value if line.period_end else 0


def _kind(outcome: Outcome) -> tuple[type[Outcome] | None, str | int | None]:
    match outcome:
        case NoNumber() | TooFew():
            return None, None
        case Rate():
            return Rate, outcome.per
        case Stated():
            return Stated, outcome.unit
        case _:
            return type(outcome), None


def _by_kind(lines: Sequence[Line]) -> list[Series]:
    """Return a series for each kind of number; marks stand in the one that has most figures."""
    kinds = Counter(kind for line in lines if (kind := _kind(line.outcome))[0])
    if not kinds:
        return []
    main = kinds.most_common(1)[0][0]
    return [
        _series(
            [e for e in lines if _kind(e.outcome) == kind or (not _kind(e.outcome)[0] and first)],
            kind,
        )
        for kind in kinds
        for first in [kind == main]
    ]


def _series(lines: Sequence[Line], kind: tuple[type[Outcome] | None, str | int | None]) -> Series:
    newest = lines[-1]
    rhythm = rhythm_of(newest) or Rhythm.YEAR
    ends = _ends(newest, rhythm)
    key = Key(newest.indicator, newest.area.code, newest.subject, rhythm, ends, *kind)
    points = _points(lines, rhythm)
    breaks = _breaks(lines, points, newest)
    values = [point.value for point in points]
    at = [each.at for each in breaks]
    return Series(
        key=key,
        title=newest.title,
        group=newest.group,
        better=newest.better,
        area=newest.area,
        points=points,
        breaks=breaks,
        chart=chart_of([p.outcome for p in points], newest, kind[0], at),
        runs=run_chart.run_chart(values, at),
        target=target_of(newest, kind[0]),
    )


def _points(lines: Iterable[Line], rhythm: Rhythm) -> tuple[Point, ...]:
    """Return a point for every period from the first to the last, the newest figure of each."""
    held = {_place(line.period_end, rhythm): line for line in lines if line.period_end}
    first = held[min(held)]
    return tuple(
        _point(held[place]) if place in held else _gap(first, place - min(held), rhythm)
        for place in range(min(held), max(held) + 1)
    )


def _place(end: date, rhythm: Rhythm) -> int:
    return (end.year * YEARLY + end.month) // rhythm.value


def _point(line: Line) -> Point:
    note = line.note
    if isinstance(line.outcome, Stated) and _bound(line.outcome):
        note = NOT_PLAIN if note is None else f"{note} {NOT_PLAIN}"
    return Point(line.period, line.period_end or date.min, line.outcome, note, line.source)


def _gap(first: Line, periods: int, rhythm: Rhythm) -> Point:
    end = _later(first.period_end or date.min, periods * rhythm.value)
    if rhythm is Rhythm.YEAR:
        label = f"Year to {end.day} {end:%B %Y}"
    else:
        label = Quarter(end.year, (end.month + 2) // 3).label
    return Point(label, end, NOT_AVAILABLE, NOT_HELD, kept=False)


def _later(end: date, months: int) -> date:
    """Return the last day of the month that lies so many months later."""
    after = end.year * YEARLY + end.month + months
    return date(after // YEARLY, after % YEARLY + 1, 1) - timedelta(days=1)


def _bound(stated: Stated) -> bool:
    return stated.high is not None or stated.comparator is not None


def _begins(end: date, rhythm: Rhythm) -> str:
    if rhythm is Rhythm.YEAR:
        return f"the year to {end.day} {end:%B %Y}"
    return f"{_later(end, 1 - rhythm.value):%B %Y}"


def _breaks(lines: Iterable[Line], points: Sequence[Point], like: Line) -> tuple[Break, ...]:
    """Return the breaks after the first point, one for a position, with all that is said of it."""
    said: dict[int, list[tuple[str, str | None]]] = {}
    for known in _known(like):
        if (at := _from(known.on, points)) is not None:
            said.setdefault(at, []).append((known.why, known.source))
    for line in lines:
        at = _from(line.period_end, points)
        if line.breaks and at is not None and (line.note or at not in said):
            said.setdefault(at, []).append((line.note or AS_RETURNED, None))
    return tuple(_break(at, said[at]) for at in sorted(said))


def _known(like: Line) -> tuple[KnownBreak, ...]:
    declared = BY_CODE[like.indicator]
    codes = [code for code in (like.area.code, like.area.force_code) if code]
    return applying(declared.breaks, like.area.nation or Nation.ENGLAND, codes)


def _from(on: date | None, points: Sequence[Point]) -> int | None:
    """Return the first period that ends on the day or later, unless it is the first of all."""
    if on is None:
        return None
    after = next((place for place, point in enumerate(points) if point.end >= on), 0)
    return after or None


def _break(at: int, said: Sequence[tuple[str, str | None]]) -> Break:
    sources = dict.fromkeys(source for _why, source in said if source)
    whys = dict.fromkeys(why for why, _source in said)
    return Break(at, " ".join(whys), "; ".join(sources) or None)
