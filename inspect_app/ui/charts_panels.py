"""One indicator over time in several areas: a small chart each, all on the same upright axis."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from inspect_app.services.comparing_over_time import Panel
from inspect_app.services.series import Point, Series
from inspect_app.ui.charts import BLUE, GREY, HOUSE, INK
from inspect_app.ui.charts_sides import WHOLE
from inspect_app.ui.figures import figure
from metrics.figures import Missing
from metrics.outcome import Rate, Share

ACROSS, TALL, ROOM = 3, 190, 1.25
NONE = "Not two figures to draw"


def chart(panels: Sequence[Panel]) -> go.Figure:
    """Return the panels, three abreast, in the order given; the own area's name is in bold."""
    rows = -(-len(panels) // ACROSS)
    titles = [f"<b>{p.area.label}</b>" if p.own else p.area.label for p in panels]
    drawn = make_subplots(
        rows,
        ACROSS,
        shared_yaxes=True,
        subplot_titles=titles,
        horizontal_spacing=0.07,
        vertical_spacing=0.42 / rows,
    )
    ends = sorted({point.end for panel in panels for point in _points(panel)})
    for place, panel in enumerate(panels):
        at = {"row": place // ACROSS + 1, "col": place % ACROSS + 1}
        _panel(drawn, panel, at)
        drawn.update_xaxes(
            range=[-0.6, len(ends) - 0.4],
            tickvals=[0, len(ends) - 1],
            ticktext=[f"{end:%b %Y}" for end in (ends[:1] + ends[-1:])],
            tickfont={"size": 11},
            **at,
        )
    _dress(drawn, panels, rows)
    return drawn


def unit(panels: Sequence[Panel]) -> str:
    """Return what the upright axis counts, in words."""
    key = next((panel.series.key for panel in panels if panel.series), None)
    if key and key.kind is Rate:
        return f"Rate per {key.unit:,}"
    return "Share" if key and key.kind is Share else "Count"


def _dress(drawn: go.Figure, panels: Sequence[Panel], rows: int) -> None:
    share = any(isinstance(p.outcome, Share) for panel in panels for p in _points(panel))
    heights = [y for trace in drawn.data for y in trace.y or () if y is not None]
    top = ROOM * max(heights, default=0) or 1
    drawn.update_yaxes(
        range=[0, min(top, WHOLE) if share else top], nticks=4, tickformat=".0%" if share else ","
    )
    drawn.update_layout(template=HOUSE, height=60 + TALL * rows, margin={"t": 36, "b": 40})
    drawn.update_annotations(font={"size": 13, "color": INK})


def _points(panel: Panel) -> Sequence[Point]:
    return panel.series.points if panel.series else ()


def _panel(drawn: go.Figure, panel: Panel, at: dict[str, int]) -> None:
    if panel.series is None:
        drawn.add_trace(_words([NONE], [0], [0]), **at)
        return
    for stretch in stretches(panel.series):
        drawn.add_trace(_line(panel, stretch), **at)
    drawn.add_trace(_gaps(panel.series.points), **at)
    for each in panel.series.breaks:
        line = {"color": INK, "width": 1.2, "dash": "dash"}
        drawn.add_vline(x=each.at - 0.5, line=line, **at)


def stretches(series: Series) -> Iterator[range]:
    """Yield the positions between two breaks, which a line may join."""
    edges = [0, *(each.at for each in series.breaks), len(series.points)]
    for start, end in pairwise(edges):
        yield range(start, end)


def _line(panel: Panel, stretch: range) -> go.Scatter:
    points = _points(panel)
    heights = [
        None if isinstance(points[at].value, Missing) else points[at].value for at in stretch
    ]
    drawn = [at for at, height in zip(stretch, heights, strict=True) if height is not None]
    return go.Scatter(
        x=list(stretch),
        y=heights,
        text=[_end(points[at]) if at in (drawn[:1] + drawn[-1:]) else "" for at in stretch],
        customdata=[_hover(points[at]) for at in stretch],
        name=panel.area.label,
        mode="lines+markers+text",
        connectgaps=False,
        cliponaxis=False,
        textposition="top center",
        textfont={"size": 11, "color": INK},
        line={"color": BLUE if panel.own else GREY, "width": 2.5 if panel.own else 1.5},
        marker={"size": 6, "opacity": 1},
        hovertemplate="%{customdata}<extra></extra>",
    )


def _end(point: Point) -> str:
    held = point.outcome
    if isinstance(held, Rate):
        return f"{held.rate:.1f}"
    return f"{held.share:.0%}" if isinstance(held, Share) else figure(held)[0]


def _hover(point: Point) -> str:
    return f"{point.period}: {' '.join(figure(point.outcome))}".strip()


def _gaps(points: Sequence[Point]) -> go.Scatter:
    """Where there is no figure: a cross on the axis; what stands there is in the table."""
    gaps = [at for at, point in enumerate(points) if isinstance(point.value, Missing)]
    return go.Scatter(
        x=gaps,
        y=[0] * len(gaps),
        customdata=[_hover(points[at]) for at in gaps],
        name="No figure",
        mode="markers",
        marker={"symbol": "x-thin-open", "size": 9, "color": INK, "line": {"width": 2}},
        cliponaxis=False,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _words(said: list[str], x: list[int], y: list[int]) -> go.Scatter:
    return go.Scatter(
        x=x, y=y, text=said, mode="text", textposition="top right", textfont={"size": 12}
    )
