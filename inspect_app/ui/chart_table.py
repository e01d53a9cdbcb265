"""The table behind the chart of a series: every figure, gap, limit and break in words."""

from collections.abc import Iterable

from inspect_app.services.series import Point, Series
from inspect_app.ui.figures import CHANGED, figure, interval
from inspect_app.ui.markup import Markup, table, tag, together
from metrics.outcome import Rate, Share
from metrics.variation import Kind

TABLE = "The same figures as a table, oldest first"


def table_of(series: Series) -> Markup:
    """Return every figure and gap; what no row has to say gets no column."""
    columns: dict[str, list[object]] = {
        "Period": [point.period for point in series.points],
        "Count and what it is out of": [figure(point.outcome)[0] for point in series.points],
        _measure(series): [_value(point) for point in series.points],
        "Usual variation": [_limits(series, at) for at in range(len(series.points))],
        "Remarks": [together(*_remarks(series, at)) for at in range(len(series.points))],
    }
    said = {heading: cells for heading, cells in columns.items() if any(cells)}
    return table(TABLE, list(said), zip(*said.values(), strict=True))


def _measure(series: Series) -> str:
    return f"{'Rate' if series.key.kind is Rate else 'Share'} and its interval"


def _value(point: Point) -> str:
    held = point.outcome
    if not isinstance(held, Share | Rate):
        return ""
    value = figure(held)[1]
    return f"{value}, {interval(held)}" if held.interval else value


def _remarks(series: Series, at: int) -> Iterable[Markup]:
    signal = series.signals[at]
    side = "" if signal is None else ("upwards" if signal.direction > 0 else "downwards")
    said = [
        CHANGED if any(each.at == at for each in series.breaks) else None,
        f"{signal.cause.english}, {side}" if signal else None,
        None if at in {each.at for each in series.breaks} else series.points[at].note,
    ]
    return [tag("p", remark, css="small") for remark in said if remark]


def _limits(series: Series, at: int) -> str:
    held = series.limits[at]
    if held is None:
        return "no limits" if series.limited else ""
    return f"{_said(series, held.lower)} to {_said(series, held.upper)}"


def _said(series: Series, value: float) -> str:
    if series.chart is not None and series.chart.kind is Kind.P:
        return f"{value:.1%}"
    return f"{value:,.1f}"
