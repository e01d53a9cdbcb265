"""What stands under the chart of a series and in its place: stretches, counts, source, numbers."""

from collections.abc import Iterator, Sequence

from inspect_app.services.series import Point, Series
from inspect_app.services.series_charts import whose
from inspect_app.ui.figures import figure
from metrics.figures import Missing
from metrics.indicator import Target
from metrics.outcome import Rate, Share
from metrics.run_chart import RunGroup, Runs

FLAGGED = "Diamonds are points that differ by more than usual variation: see the table."
CROSSED = "Diamonds begin where the mean was last crossed; the table says why each is flagged."
LIMITS = "with the limits of usual variation, dashed, about the mean"
FIGURES_ONLY = "the figures only: a median is drawn from 10 points and limits from 12"
MEDIAN = "a run chart with its median; limits are drawn from 12 points"
MEDIAN_ALONE = "a run chart with its median"
SMALL = "without limits, as the numbers are too small for them"
CHOSEN = "without limits, as how the cases were chosen is not stated"
UNPUBLISHED = "without limits, as the counts behind the figures are not published"


def caption(series: Series) -> str:
    """Return what is drawn in each stretch, how many figures there are, and where they are from."""
    periods = f"{series.figures} of {len(series.points)} {series.key.rhythm.plural}"
    sources = dict.fromkeys(p.source.split(",")[0] for p in series.points if p.source)
    target = f" {in_full(series.target)}." if series.target else ""
    return (
        f"{_drawn(series)}{target} n: figures for {periods}; {_out_of(series)} "
        f"Source: {'; '.join(sources)}."
    )


def in_full(target: Target) -> str:
    """Return a target with what its source says of it, and since when."""
    since = f"{target.since:%B %Y}"
    return f"Target {target.value:g}%, {whose(target)}, stated since {since}: {target.says}"


def in_text(series: Series) -> str:
    """Return what stands in for the chart: its numbers in words, its breaks and its gaps."""
    parts = (*_numbers(series.points), *_interrupted(series), *(m.words for m in series.marks))
    said = "; ".join(parts)
    return (
        f"{series.title}, {series.area.label}. {said}. {series.said} "
        "The table under the chart has every figure."
    )


def _numbers(points: Sequence[Point]) -> Iterator[str]:
    """Yield the first, the last, the lowest and the highest figure, each with its period."""
    held = [(point.value, point) for point in points if not isinstance(point.value, Missing)]
    if not held:
        return
    yield f"First: {_said(held[0][1])}"
    yield f"last: {_said(held[-1][1])}"
    yield f"lowest: {_said(min(held, key=lambda each: each[0])[1])}"
    yield f"highest: {_said(max(held, key=lambda each: each[0])[1])}"


def _said(point: Point) -> str:
    first, rest = figure(point.outcome)
    counted = isinstance(point.outcome, Share | Rate)
    return f"{f'{first} ({rest})' if counted else first}, {point.period}"


def _interrupted(series: Series) -> Iterator[str]:
    breaks = [f"before {series.points[each.at].period}" for each in series.breaks]
    gaps = [point.period for point in series.points if isinstance(point.value, Missing)]
    yield f"breaks: {', '.join(breaks) or 'none'}"
    yield f"without a figure: {', '.join(gaps) or 'none'}"


def _drawn(series: Series) -> str:
    """Return what is drawn, stretch by stretch where there are several."""
    kinds = [_stretch(series, place) for place in range(len(series.runs))]
    if len(set(kinds)) == 1:
        alike = f"on either side of every break {kinds[0]}" if len(kinds) > 1 else kinds[0]
        said = f"{alike[0].upper()}{alike[1:]}."
    else:
        named = (f"{_span(series, place)}: {kind}" for place, kind in enumerate(kinds))
        said = f"{'. '.join(named)}."
    return f"{said} {_flags(series)}" if any(series.signals) else said


def _flags(series: Series) -> str:
    newest = series.chart.groups[-1] if series.chart else None
    return CROSSED if newest and newest.crossed_from is not None else FLAGGED


def _span(series: Series, place: int) -> str:
    starts = [0, *(each.at for each in series.breaks), len(series.points)]
    first, last = series.points[starts[place]], series.points[starts[place + 1] - 1]
    return first.period if first is last else f"{first.period} until {last.period}"


def _stretch(series: Series, place: int) -> str:
    """Return what is drawn of one stretch, as a part of a sentence."""
    group = series.chart.groups[place] if series.chart else None
    if series.chart and group and group.limited:
        return f"{series.chart.kind.value} {LIMITS}"
    run = series.runs[place]
    if group is None:
        shares = any(isinstance(point.outcome, Share) for point in series.points)
        return f"{_median(run)}, {CHOSEN if shares else UNPUBLISHED}"
    if group.coarse and not group.trial:
        return f"{_median(run)}, {SMALL}"
    return MEDIAN if isinstance(run.runs, Runs) else FIGURES_ONLY


def _median(run: RunGroup) -> str:
    return MEDIAN_ALONE if isinstance(run.runs, Runs) else "the figures only"


def _out_of(series: Series) -> str:
    match series.key.kind:
        case kind if kind is Rate:
            return "counts stand in brackets, and intervals in the table."
        case kind if kind is Share:
            return "what each is out of stands in the table."
        case _:
            return "a count by itself has nothing that it is out of, and no interval."
