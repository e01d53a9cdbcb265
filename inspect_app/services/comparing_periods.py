"""Two periods of an indicator in one area: a difference with its interval, never over a break."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspect_app.errors import NotFound, Refusal
from inspect_app.services import scorecards, series
from inspect_app.services.comparing_areas import bounds_of
from inspect_app.services.series import Break, Point, Series
from inspect_app.signed_in import SignedIn
from metrics.figures import Missing
from metrics.indicator import quarter_of
from metrics.neighbours import Against, Apart, Bounds, against, estimate_in_words
from metrics.outcome import Count, Outcome, Rate, Share, in_words

BEFORE, AFTER = "the earlier", "the later"
APART = "~"
VERDICTS = {
    Apart.HIGHER: "Shown: higher than before, by more than chance alone explains.",
    Apart.LOWER: "Shown: lower than before, by more than chance alone explains.",
    Apart.NOT_APART: "Not shown: chance alone could have made this difference, or hidden another.",
    Apart.TOO_FEW: "Too few to say.",
}
BY_ITSELF = (
    "Cannot be said: a count by itself has nothing that it is out of, so no interval can be given "
    "for a difference of two."
)
NO_COUNTS = "Cannot be said: the counts behind these figures are not published."
MISSING = "Cannot be said: there is no number in {periods}."
REFUSED = (
    "Refused: recording or the definition changed between the two, so they are not the same "
    "figure. Each stands on its own side of the change."
)
ONLY_TWO = (
    "Two of {figures} {rhythm} are held against each other here. Whoever looks for the two that "
    "lie farthest apart will find a difference by chance; the chart of all of them says more."
)


@dataclass(frozen=True)
class Side:
    """One of the two periods: what it came to and what chance alone gives that."""

    period: str
    quarter: str
    outcome: Outcome
    bounds: Bounds | None
    source: str


@dataclass(frozen=True)
class PeriodsCompared:
    """Two periods of a series, earlier first; `found` is None where they are not compared.

    `breaks` lie between the two: there, nothing is reckoned and `verdict` says so. `note` says
    where the earlier figure is that of another authority than today's.
    """

    series: Series
    before: Side
    after: Side
    breaks: tuple[Break, ...]
    found: Against | None
    difference: str | None
    verdict: str
    caution: str
    note: str | None


def offered(area: str, *, by: SignedIn) -> tuple[Series, ...]:
    """Return the series of an area of which two periods can be chosen."""
    return series.all_of(scorecards.history(area, by=by))


def written(held: Series) -> str:
    """Return how a series is written in an address."""
    key = held.key
    parts = (key.indicator, key.area, key.rhythm.name.lower(), str(key.ends), key.subject)
    kind = key.kind.__name__.lower() if key.kind else None
    return APART.join(part for part in (*parts, kind) if part)


def compared(held: Series, one: str, other: str) -> PeriodsCompared:
    """Return two periods of a series, by the last day of each as it is written in an address.

    Raises Refusal where both are the same, and NotFound where the series has no such period.
    """
    first, second = sorted((_at(held, one), _at(held, other)))
    if first == second:
        raise Refusal("Both periods are the same.", "Choose two periods.")
    before, after = held.points[first], held.points[second]
    breaks = tuple(each for each in held.breaks if first < each.at <= second)
    found = None if breaks else _found(before, after)
    return PeriodsCompared(
        held,
        _side(before),
        _side(after),
        breaks,
        found,
        estimate_in_words(found) if found else None,
        REFUSED if breaks else _verdict(found, before, after),
        ONLY_TWO.format(figures=held.figures, rhythm=held.key.rhythm.plural),
        _note(held, before),
    )


def _note(held: Series, before: Point) -> str | None:
    """Return that the area was not there yet in the earlier period, where its code has a figure."""
    begun = held.area.started_on
    if begun is None or begun <= before.end:
        return None
    return (
        f"{held.area.label} began on {begun.day} {begun:%B %Y}: the figure of {before.period} "
        "under its code is that of the authority of the day."
    )


def _at(held: Series, end: str) -> int:
    ends = [str(point.end) for point in held.points]
    if end not in ends:
        raise NotFound(f"There is no period to {end!r} here.", f"Choose one of {', '.join(ends)}.")
    return ends.index(end)


def _side(point: Point) -> Side:
    quarter = str(quarter_of(point.end))
    return Side(point.period, quarter, point.outcome, bounds_of(point.outcome), point.source)


def _found(before: Point, after: Point) -> Against | None:
    figures = _figures((before, after))
    if len(figures) < 2:
        return None
    found = against(AFTER, [BEFORE], {AFTER: figures[1], BEFORE: figures[0]})
    return found if isinstance(found, Against) else None


def _figures(points: Sequence[Point]) -> list[Share | Rate]:
    return [
        point.outcome
        for point in points
        if isinstance(point.outcome, Share | Rate) and not isinstance(point.value, Missing)
    ]


def _verdict(found: Against | None, before: Point, after: Point) -> str:
    if found is not None:
        return VERDICTS[found.verdict]
    without = [p for p in (before, after) if isinstance(p.value, Missing)]
    if without:
        said = (f"{point.period} ({in_words(point.outcome).lower()})" for point in without)
        return MISSING.format(periods=" and ".join(said))
    return BY_ITSELF if isinstance(after.outcome, Count) else NO_COUNTS
