"""Charts of a series: a run chart, or a control chart from 12 points; never a line across a break.

One house template for all: a colour-blind safe palette, and never colour alone; labels beside
what they name; the source and n under the chart, and a table that says the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go
import streamlit as st

from inspect_app.services.series import Point, Series
from inspect_app.ui.chart_breaks import draw_breaks
from inspect_app.ui.chart_table import TABLE as TABLE
from inspect_app.ui.chart_table import table_of
from inspect_app.ui.chart_words import caption, in_text
from inspect_app.ui.figures import figure
from inspect_app.ui.markup import items, show, tag
from metrics.figures import Missing
from metrics.outcome import NoNumber, Rate, Share, Stated
from metrics.run_chart import RunGroup, Runs
from metrics.special_causes import Limits, SpecialCause

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

IN_GREY = {"showarrow": False, "font": {"size": 12, "color": GREY}}

LABELLED = 6
"""Points up to which each has its count beside it; beyond, those at breaks and the flagged."""

TICKS, HEADROOM = 6, 1.2
WHOLE = 1.16
"""The top of an axis of shares: room for a count above a point at 100 %."""
WITH_REASONS, PLAIN = 70, 20
"""Height above a chart, in pixels: with the reasons of its breaks, and without any."""
RIGHT, LEFT, LINE, BASE, ABOVE = 84, 68, 15, 330, 8
"""In pixels: the margin that names the lines, the other one, a line of text, the whole chart, and
what is clear between a point and the count above it."""
MIDDLES = ("Mean", "Median")
CLEAR = "rgba(255,255,255,0.85)"
"""What lies behind a text, so that no line runs through it."""
OUTSIDE_NAMED = 4
"""Points beyond a limit up to which each has its count beside it."""


def run_or_control_chart(series: Series, place: str) -> None:
    """Draw a series: its chart with what may be said, why it breaks, its source, and its table.

    `place` tells apart two charts of one series on a page.
    """
    show(
        tag("p", series.said, css="label"),
        *(tag("p", tag("strong", f"[{mark.sign}]"), f" {mark.words}") for mark in series.marks),
    )
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
        table_of(series),
    )


def chart(series: Series) -> go.Figure:
    """Return the chart: a line for each stretch, its median or limits, gaps and breaks."""
    stretches = _stretches(series)
    drawn = go.Figure([part for stretch in stretches for part in stretch.traces(series)])
    drawn.add_traces([_gaps(series), *_target(series)])
    draw_breaks(drawn, series)
    _counts(drawn, series)
    _dress(drawn, series)
    _name_lines(drawn, stretches, series)
    return drawn


def _dress(drawn: go.Figure, series: Series) -> None:
    ticks = _ticks(len(series.points))
    above = WITH_REASONS if series.breaks else PLAIN
    drawn.update_layout(template=HOUSE, height=BASE + above, margin={"t": above, "l": LEFT})
    drawn.update_xaxes(
        range=[-0.6, len(series.points) - 0.4],
        tickvals=ticks,
        ticktext=[f"to {series.points[at].end:%b<br>%Y}" for at in ticks],
    )
    share, top = series.key.kind is Share, _top(drawn)
    drawn.update_yaxes(
        range=[0, min(top, WHOLE) if share else top],
        dtick=0.2 if share and top > 0.5 else None,
        tickformat=".0%" if share else ",",
        title={"text": _unit(series)},
    )


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
        flags = flagged(series)
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
                "color": [ORANGE if at in flags else BLUE for at in self.at],
                "symbol": ["diamond" if at in flags else "circle" for at in self.at],
                "size": [12 if at in flags else 8 for at in self.at],
            },
            hovertemplate="%{text}<extra></extra>",
        )

    @property
    def levels(self) -> dict[str, list[float | None]]:
        """The lines that the figures are held against, by name, with a height for each point."""
        if any(self.limits):
            rows = {"Upper limit": "upper", "Mean": "centre", "Lower limit": "lower"}
            return {name: self._of(part) for name, part in rows.items()}
        if isinstance(self.runs.runs, Runs) and self.runs.median is not None:
            return {"Median": [self.runs.median] * len(self.at)}
        return {}

    @property
    def ends(self) -> dict[str, float]:
        """Where each of the lines ends."""
        found = {name: [h for h in held if h is not None] for name, held in self.levels.items()}
        return {name: heights[-1] for name, heights in found.items() if heights}

    def _held_against(self) -> list[go.Scatter]:
        return [
            go.Scatter(
                x=list(self.at),
                y=heights,
                name=name,
                mode="lines",
                line={
                    "color": GREY,
                    "width": 1.5,
                    "dash": "solid" if name in MIDDLES else "dash",
                },
                hoverinfo="skip",
            )
            for name, heights in self.levels.items()
        ]

    def _of(self, part: str) -> list[float | None]:
        return [None if held is None else getattr(held, part) for held in self.limits]


def _stretches(series: Series) -> list[Stretch]:
    starts = [0, *(each.at for each in series.breaks)]
    ends = [*starts[1:], len(series.points)]
    found = []
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        found.append(Stretch(range(start, end), series.runs[place], series.limits[start:end]))
    return found


def _target(series: Series) -> list[go.Scatter]:
    """Return the line of the target over the periods for which a source states it."""
    if series.target is None:
        return []
    on = [at for at, point in enumerate(series.points) if point.end >= series.target.since]
    line = {"color": INK, "width": 1.5, "dash": "dot"}
    heights = [series.target.value / 100] * len(on)
    return [go.Scatter(x=on, y=heights, name="Target", mode="lines", line=line, hoverinfo="skip")]


def _name_lines(drawn: go.Figure, stretches: Sequence[Stretch], series: Series) -> None:
    """Name the lines of the newest stretch and the target at the right, those of others on them."""
    *before, newest = stretches
    held = newest.ends
    if held or series.target:
        drawn.update_layout(margin={"r": RIGHT})
    if series.target:
        held[f"Target {series.target.value:g}%"] = series.target.value / 100
    gap = LINE * drawn.layout.yaxis.range[1] / (BASE - drawn.layout.template.layout.margin.b)
    for name, height in spread(held, gap).items():
        drawn.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=2, y=height, text=name, **IN_GREY
        )
    for stretch in before:
        middle = stretch.at[len(stretch.at) // 2]
        limits = {name: height for name, height in stretch.ends.items() if name not in MIDDLES}
        for name, height in spread(limits, gap).items():
            drawn.add_annotation(x=middle, y=height, text=name, bgcolor=CLEAR, **IN_GREY)


def spread(heights: Mapping[str, float], gap: float) -> dict[str, float]:
    """Return where names stand, lowest first, each by its line but never closer than the gap."""
    found: dict[str, float] = {}
    for name, height in sorted(heights.items(), key=lambda each: each[1]):
        lowest = max(found.values()) + gap if found else height
        found[name] = max(height, lowest)
    return found


def _height(point: Point) -> float | None:
    return None if isinstance(point.value, Missing) else point.value


def _hover(point: Point) -> str:
    first, rest = figure(point.outcome)
    return f"{point.period}: {first} {rest}".strip()


def flagged(series: Series) -> set[int]:
    """Return the positions that are drawn as diamonds.

    Where one mean lies between what is old and what is new nearly every point is flagged, which
    shows nothing; of that stretch only the points since the mean was last crossed are drawn so.
    """
    found = {at for at, signal in enumerate(series.signals) if signal}
    newest = series.chart.groups[-1] if series.chart else None
    if newest is None or newest.crossed_from is None:
        return found
    start = len(series.points) - len(newest.points)
    return {at for at in found if not start <= at < start + newest.crossed_from}


def named(series: Series) -> list[int]:
    """Return whose counts are drawn: all if there is room, else the ends and what is beyond."""
    points, sides = series.points, _ends(series)
    outside = {at for at in flagged(series) if _outside(series, at)}
    beyond = [at for at in sorted(outside) if at + 1 not in outside]
    beside = {*sides, *(beyond if len(beyond) <= OUTSIDE_NAMED else ())}
    few = len(points) <= LABELLED
    return [at for at, p in enumerate(points) if _height(p) is not None and (few or at in beside)]


def _outside(series: Series, at: int) -> bool:
    signal = series.signals[at]
    return signal is not None and signal.cause is SpecialCause.OUTSIDE


def _counts(drawn: go.Figure, series: Series) -> None:
    """Write the counts above their points, on a ground of their own."""
    sides = _ends(series)
    for at in named(series):
        drawn.add_annotation(
            x=at,
            y=_height(series.points[at]),
            text=_count(series.points[at]),
            name="count",
            showarrow=False,
            yanchor="bottom",
            yshift=ABOVE,
            xanchor=sides.get(at, "center"),
            bgcolor=CLEAR,
            borderpad=0,
            font={"size": 12, "color": INK},
        )


def _ends(series: Series) -> dict[int, str]:
    """Return the first and last position, and those beside breaks, with the side to hold on to."""
    found = {0: "center", len(series.points) - 1: "center"}
    for each in series.breaks:
        found |= {each.at - 1: "right", each.at: "left"}
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
