"""Breaks of a series on its chart: an upright line before a point, with its reason in short."""

from itertools import pairwise
from textwrap import wrap

import plotly.graph_objects as go

from inspect_app.services.series import Break, Series

INK, REASON, LINES = "#0b0c0c", 26, 3
NEAR = 3
"""Reasons stand side by side where breaks are a third of the periods apart, and not nearer."""


def draw_breaks(drawn: go.Figure, series: Series) -> None:
    """Draw every break with its reason, or with its period alone where breaks are near together.

    The reasons stand in full under the chart in any case.
    """
    places = [each.at for each in series.breaks]
    points = len(series.points)
    near = any(NEAR * (after - before) < points for before, after in pairwise(places))
    for each in series.breaks:
        _rule(drawn, each.at - 0.5)
        if near:
            side = "left" if each is series.breaks[-1] else "right"
            _words(drawn, each, f"Break<br>before<br>{_month(series, each)}", side)
        else:
            _words(drawn, each, f"Break. {_short(each.why)}", _side(each.at, points))


def _month(series: Series, each: Break) -> str:
    return f"{series.points[each.at].end:%b %Y}"


def _short(why: str) -> str:
    lines = wrap(why, REASON)
    return "<br>".join(lines[:LINES]) + (" …" if len(lines) > LINES else "")


def _side(at: int, points: int) -> str:
    """Return how a reason lies about its line, so that it stays on a narrow screen."""
    third = 3 * at // points
    return ("left", "center", "right")[min(third, 2)]


def _rule(drawn: go.Figure, where: float) -> None:
    drawn.add_shape(
        type="line",
        x0=where,
        x1=where,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": INK, "width": 1.5, "dash": "dash"},
    )


def _words(drawn: go.Figure, each: Break, text: str, side: str) -> None:
    drawn.add_annotation(
        x=each.at - 0.5,
        y=1.01,
        yref="paper",
        yanchor="bottom",
        text=text,
        font={"size": 11},
        align=side,
        xanchor=side,
        showarrow=False,
    )
