"""Charts of a series: a run chart, or a control chart from 12 points; never a line across a break.

One house template for all: a colour-blind safe palette, and never colour alone; labels beside
what they name; the source and n under the chart, and a table that says the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go
import streamlit as st

from inspect_app.services.series import Point, Series
from inspect_app.ui.figures import CHANGED, figure
from inspect_app.ui.markup import Markup, items, show, table, tag, together
from metrics.figures import Missing
from metrics.outcome import NoNumber, Rate, Share, Stated
from metrics.run_chart import RunGroup, Runs
from metrics.special_causes import Limits
from metrics.variation import Kind

INK, GRID, BLUE, ORANGE, GREY = "#0b0c0c", "#c9ced6", "#1d4f91", "#b3470b", "#5c6570"
HOUSE = go.layout.Template(
    layout={
        "font": {"size": 14, "color": INK},
        "colorway": [BLUE, ORANGE, "#11694a", "#6d2e8c", GREY],
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "showlegend": False,
        "margin": {"l": 54, "r": 24, "t": 70, "b": 64},
        "hoverlabel": {"font": {"size": 14}},
        "xaxis": {
            "showgrid": False,
            "zeroline": False,
            "linecolor": INK,
            "ticks": "outside",
            "tickangle": 0,
        },
        "yaxis": {
            "gridcolor": GRID,
            "zerolinecolor": INK,
            "rangemode": "tozero",
            "ticklabelstandoff": 6,
        },
    }
)
"""How every chart looks: dark on white, the Okabe and Ito order of hues, darkened to be read."""

TABLE = "The same figures as a table, oldest first"
LABELLED = 6
"""Points up to which each has its count beside it; beyond, those at breaks and the flagged."""

TICKS, REASON, HEADROOM = 6, 26, 1.2
WITH_REASONS, PLAIN = 70, 20
"""Height above a chart, in pixels: with the reasons of its breaks, and without any."""
FLAGGED = "Diamonds are points that differ by more than usual variation: see the table."


def run_or_control_chart(series: Series, place: str) -> None:
    """Draw a series: its chart with what may be said, why it breaks, its source, and its table.

    `place` tells apart two charts of one series on a page.
    """
    show(tag("p", series.said, css="label"))
    st.plotly_chart(
        chart(series),
        theme=None,
        config={"displayModeBar": False},
        alt=in_text(series),
        key=f"chart-{place}-{series.key}",
    )
    show(
        items(*series.broken),
        tag("p", caption(series), css="small"),
        _table(series),
    )


def in_text(series: Series) -> str:
    """Return what stands in for the chart: what it shows and where its figures are."""
    first, last = series.points[0].period, series.points[-1].period
    breaks = f" Breaks: {len(series.breaks)}." if series.breaks else ""
    return (
        f"{series.title}, {series.area.label}, {first} to {last}. {series.said}{breaks} "
        "The table under the chart has every figure."
    )


def caption(series: Series) -> str:
    """Return what is drawn, how many figures of how many periods, and where they are from."""
    periods = f"{series.figures} of {len(series.points)} {series.key.rhythm.plural}"
    sources = dict.fromkeys(p.source.split(",")[0] for p in series.points if p.source)
    return (
        f"{_drawn(series)} n: figures for {periods}; {_out_of(series)} "
        f"Source: {'; '.join(sources)}."
    )


def _out_of(series: Series) -> str:
    match series.key.kind:
        case kind if kind is Rate:
            return "counts stand in brackets. Intervals: none, as nothing here is an estimate."
        case kind if kind is Share:
            return "what each is out of stands in the table."
        case _:
            return "a count by itself has nothing that it is out of, and no interval."


def _drawn(series: Series) -> str:
    if series.chart is not None and series.limited:
        kind = series.chart.kind.value
        flagged = f" {FLAGGED}" if any(series.signals) else ""
        return f"{kind[0].upper()}{kind[1:]} with the limits of usual variation.{flagged}"
    if isinstance(series.latest.runs, Runs):
        return "Run chart with its median; limits are drawn from 12 points."
    return "The figures only: a median is drawn from 10 points and limits from 12."


def chart(series: Series) -> go.Figure:
    """Return the chart: a line for each stretch, its median or limits, gaps and breaks."""
    stretches = _stretches(series)
    drawn = go.Figure([part for stretch in stretches for part in stretch.traces(series)])
    drawn.add_trace(_labels(series))
    drawn.add_trace(_gaps(series))
    for each in series.breaks:
        _rule(drawn, each.at, each.why, _side(each.at, len(series.points)))
    ticks = _ticks(len(series.points))
    above = WITH_REASONS if series.breaks else PLAIN
    drawn.update_layout(template=HOUSE, height=330 + above, margin={"t": above})
    drawn.update_xaxes(
        range=[-0.6, len(series.points) - 0.4],
        tickvals=ticks,
        ticktext=[f"to {series.points[at].end:%b<br>%Y}" for at in ticks],
    )
    drawn.update_yaxes(
        range=[0, _top(drawn)],
        tickformat=".0%" if series.key.kind is Share else ",",
        title={"text": _unit(series)},
    )
    return drawn


def _top(drawn: go.Figure) -> float:
    """Return where the upright axis ends: with room for the labels above the highest point."""
    heights = [y for trace in drawn.data for y in trace.y or () if y is not None]
    return HEADROOM * max(heights, default=0) or 1


@dataclass(frozen=True)
class Stretch:
    """The points between two breaks, by position, and the lines that go with them."""

    at: range
    runs: RunGroup
    limits: tuple[Limits | None, ...]

    def traces(self, series: Series) -> list[go.Scatter]:
        """Return the line of figures, and what it is held against if there is enough of it."""
        return [*self._held_against(), self._line(series)]

    def _line(self, series: Series) -> go.Scatter:
        flags = series.signals
        return go.Scatter(
            x=list(self.at),
            y=[_height(series.points[at]) for at in self.at],
            text=[_hover(series.points[at]) for at in self.at],
            name="Figures",
            mode="lines+markers",
            connectgaps=False,
            cliponaxis=False,
            line={"color": BLUE, "width": 2},
            marker={
                "opacity": 1,
                "color": [ORANGE if flags[at] else BLUE for at in self.at],
                "symbol": ["diamond" if flags[at] else "circle" for at in self.at],
                "size": [13 if flags[at] else 8 for at in self.at],
            },
            hovertemplate="%{text}<extra></extra>",
        )

    def _held_against(self) -> list[go.Scatter]:
        if any(self.limits):
            rows = {"Upper limit": "upper", "Mean": "centre", "Lower limit": "lower"}
            return [self._level(name, self._of(part)) for name, part in rows.items()]
        if isinstance(self.runs.runs, Runs) and self.runs.median is not None:
            return [self._level("Median", [self.runs.median] * len(self.at))]
        return []

    def _of(self, part: str) -> list[float | None]:
        return [None if held is None else getattr(held, part) for held in self.limits]

    def _level(self, name: str, heights: Sequence[float | None]) -> go.Scatter:
        middle = name in ("Mean", "Median")
        first = next((at for at, held in enumerate(heights) if held is not None), 0)
        return go.Scatter(
            x=list(self.at),
            y=list(heights),
            text=[name if at == first else "" for at in range(len(heights))],
            name=name,
            mode="lines+markers+text",
            marker={"size": 8, "opacity": 0},
            line={"color": GREY, "width": 1.5, "dash": "solid" if middle else "dash"},
            textposition="bottom right" if name == "Lower limit" else "top right",
            textfont={"size": 12, "color": GREY},
            cliponaxis=False,
            hoverinfo="skip",
        )


def _stretches(series: Series) -> list[Stretch]:
    starts = [0, *(each.at for each in series.breaks)]
    ends = [*starts[1:], len(series.points)]
    found = []
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        found.append(Stretch(range(start, end), series.runs[place], series.limits[start:end]))
    return found


def _height(point: Point) -> float | None:
    return None if isinstance(point.value, Missing) else point.value


def _hover(point: Point) -> str:
    first, rest = figure(point.outcome)
    return f"{point.period}: {first} {rest}".strip()


def _labels(series: Series) -> go.Scatter:
    """The counts as text beside the points: all where there is room, else those that matter."""
    few = len(series.points) <= LABELLED
    sides = _ends(series)
    named = [
        at
        for at, point in enumerate(series.points)
        if _height(point) is not None and (few or at in sides or series.signals[at])
    ]
    return go.Scatter(
        x=named,
        y=[_height(series.points[at]) for at in named],
        text=[_count(series.points[at]) for at in named],
        name="Counts",
        mode="markers+text",
        marker={"size": 14, "opacity": 0},
        textposition=[sides.get(at, "top center") for at in named],
        textfont={"size": 12, "color": INK},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _ends(series: Series) -> dict[int, str]:
    """Return the first and last position of all, and those beside breaks, with room to label."""
    found = {0: "top center", len(series.points) - 1: "top center"}
    for each in series.breaks:
        found |= {each.at - 1: "top left", each.at: "top right"}
    return found


def _count(point: Point) -> str:
    if isinstance(point.outcome, Rate):
        return f"{point.outcome.rate:.1f}<br>({point.outcome.count:,})"
    first, _rest = figure(point.outcome)
    return first.replace(" of ", "<br>of ")


def _gaps(series: Series) -> go.Scatter:
    """Where there is no figure: a cross on the axis, with the reason beside it."""
    gaps = [(at, p) for at, p in enumerate(series.points) if isinstance(p.value, Missing)]
    return go.Scatter(
        x=[at for at, _point in gaps],
        y=[0] * len(gaps),
        text=[_reason(point) for _at, point in gaps],
        name="Gaps",
        mode="markers+text",
        marker={"symbol": "x-thin-open", "size": 10, "color": INK, "line": {"width": 2}},
        textposition="top center",
        textfont={"size": 12, "color": INK},
        cliponaxis=False,
        hovertemplate="%{text}<extra></extra>",
    )


def _reason(point: Point) -> str:
    if not point.kept:
        return "No<br>figure"
    said = point.outcome.symbol.english if isinstance(point.outcome, NoNumber) else "No number"
    return "<br>".join(wrap(said, 10)[:3])


def _side(at: int, points: int) -> str:
    """Return how a reason lies about its line, so that it stays on a narrow screen."""
    third = 3 * at // points
    return ("left", "center", "right")[min(third, 2)]


def _rule(drawn: go.Figure, at: int, why: str, side: str) -> None:
    """Draw a break as an upright line before a point, with its reason in short beside it."""
    where = at - 0.5
    drawn.add_shape(
        type="line",
        x0=where,
        x1=where,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": INK, "width": 1.5, "dash": "dash"},
    )
    lines = wrap(why, REASON)
    short = "<br>".join(lines[:3]) + (" …" if len(lines) > 3 else "")
    drawn.add_annotation(
        x=where,
        y=1.01,
        yref="paper",
        yanchor="bottom",
        text=f"Break. {short}",
        font={"size": 11},
        align=side,
        xanchor=side,
        showarrow=False,
    )


def _ticks(points: int) -> list[int]:
    """Return the positions that are named on the axis: the latest, and as many as there is room."""
    apart = max(1, -(-points // TICKS))
    return sorted(range(points - 1, -1, -apart))


def _unit(series: Series) -> str:
    match series.key.kind:
        case kind if kind is Rate:
            return f"Rate per {series.key.unit:,}"
        case kind if kind is Share:
            return "Share"
        case kind if kind is Stated:
            return f"As stated, {series.key.unit}"
        case _:
            return "Count"


def _table(series: Series) -> Markup:
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
    return "Share and its interval" if series.key.kind is Share else "Rate"


def _value(point: Point) -> str:
    held = point.outcome
    if isinstance(held, Share) and held.interval:
        low, high = held.interval.low, held.interval.high
        return f"{held.share:.1%} ({low:.1%} to {high:.1%}, {held.interval.method})"
    return figure(held)[1] if isinstance(held, Share | Rate) else ""


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
