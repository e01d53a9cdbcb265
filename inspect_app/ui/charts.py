"""Charts of a series: points with their counts, never joined across a change of recording."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from inspect_app.services.scorecards import Line
from inspect_app.ui.figures import POINTS, figure, points
from inspect_app.ui.markup import plain, show, tag
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated

LINE, INTERVAL, BREAK = "#1d4f91", "#6b7280", "#0b0c0c"
ENOUGH = 12
A_MONTH = timedelta(days=31)


def series(lines: Sequence[Line], like: Line) -> None:
    """Draw the figures that are defined like one of them, and every figure as a table."""
    drawn = alike(lines, like)
    stretches = unbroken(drawn)
    st.caption(_how_many(len(stretches[-1]), len(stretches)))
    if len(drawn) > 1:
        st.plotly_chart(
            chart(stretches, like),
            theme=None,
            config={"displayModeBar": False},
            alt=f"{like.title}, {like.area.label}: the table under the chart says the same.",
        )
    left_out = len(lines) - len(drawn)
    if left_out:
        said = f"{left_out} more figures are about another population, kind of figure or length of "
        show(tag("p", f"{said}period. They are in the table and not on the chart.", css="small"))
    show(tag("h4", POINTS), points(lines))


def _how_many(latest: int, stretches: int) -> str:
    since = " since recording or the definition last changed" if stretches > 1 else ""
    if latest < ENOUGH:
        return (
            f"Figures{since}: {latest}. Too few points to say whether anything has changed: "
            f"that takes at least {ENOUGH}."
        )
    return f"Figures{since}: {latest}. No limits are drawn, and no direction is claimed."


def alike(lines: Iterable[Line], like: Line) -> list[Line]:
    """Return the figures of one definition: the same population, kind of number and period.

    A mark that stands where a number is not stays in its place, so that a gap shows.
    """
    kinds = (type(like.outcome), NoNumber)
    return [
        line
        for line in lines
        if line.subject == like.subject
        and isinstance(line.outcome, kinds)
        and line.period_end is not None
        and _as_long(line, like)
    ]


def _as_long(one: Line, other: Line) -> bool:
    return abs(_length(one) - _length(other)) < A_MONTH


def _length(line: Line) -> timedelta:
    ended = line.period_end or date.min
    return ended - (line.period_start or ended)


def unbroken(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the series cut before every figure at which recording or the definition changed."""
    stretches: list[list[Line]] = [[]]
    for line in lines:
        if line.breaks and stretches[-1]:
            stretches.append([])
        stretches[-1].append(line)
    return stretches


def chart(stretches: Sequence[Sequence[Line]], like: Line) -> go.Figure:
    """Return the chart: one line a stretch, and a labelled rule between two of them."""
    drawn = go.Figure([part for stretch in stretches for part in (_line(stretch), _said(stretch))])
    for before, after in pairwise(stretches):
        _rule(drawn, _between(before[-1], after[0]))
    lines = [line for stretch in stretches for line in stretch]
    share = isinstance(like.outcome, Share)
    drawn.update_layout(
        template="plotly_white",
        showlegend=False,
        height=420,
        margin={"l": 120, "r": 60, "t": 50, "b": 110},
        font={"size": 14, "color": BREAK},
        xaxis={
            "type": "date",
            "tickvals": [line.period_end for line in lines],
            "ticktext": [line.period for line in lines],
            "tickangle": -35,
        },
        yaxis={
            "rangemode": "tozero",
            "tickformat": ".0%" if share else ",",
            "title": {"text": _unit(like), "standoff": 12},
        },
    )
    return drawn


def _line(stretch: Sequence[Line]) -> go.Scatter:
    return go.Scatter(
        x=[line.period_end for line in stretch],
        y=[_height(line.outcome) for line in stretch],
        text=[figure(line.outcome)[0] for line in stretch],
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": LINE, "width": 2},
        marker={"color": LINE, "size": 9},
        error_y=_intervals(stretch),
        hovertemplate="%{text}<extra></extra>",
    )


def _said(stretch: Sequence[Line]) -> go.Scatter:
    """The counts as text, above each point and its interval."""
    return go.Scatter(
        x=[line.period_end for line in stretch],
        y=[_top(line.outcome) for line in stretch],
        text=[figure(line.outcome)[0] for line in stretch],
        mode="markers+text",
        marker={"size": 16, "opacity": 0},
        textposition="top center",
        textfont={"size": 13, "color": BREAK},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _top(outcome: Outcome) -> float | None:
    if isinstance(outcome, Share) and outcome.interval:
        return outcome.interval.high
    return _height(outcome)


def _intervals(stretch: Sequence[Line]) -> dict[str, Any] | None:
    shares = [line.outcome for line in stretch if isinstance(line.outcome, Share)]
    held = [(s.share, s.interval) for s in shares if s.interval]
    if len(held) < len(stretch):
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": [interval.high - share for share, interval in held],
        "arrayminus": [share - interval.low for share, interval in held],
        "color": INTERVAL,
        "thickness": 1.5,
        "width": 4,
    }


def _height(outcome: Outcome) -> float | None:
    match outcome:
        case Share():
            return outcome.share
        case Rate():
            return outcome.rate
        case Count():
            return outcome.count
        case Stated():
            return outcome.value
        case _:
            return None


def _unit(like: Line) -> str:
    match like.outcome:
        case Share():
            return "Share, with interval"
        case Rate():
            return f"Rate per {like.outcome.per:,}"
        case Stated():
            return plain(like.outcome.unit)
        case _:
            return "Count"


def _between(before: Line, after: Line) -> date:
    first, then = before.period_end or date.min, after.period_end or date.min
    return first + (then - first) / 2


def _rule(drawn: go.Figure, where: date) -> None:
    drawn.add_shape(
        type="line",
        x0=where,
        x1=where,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": BREAK, "width": 1.5, "dash": "dash"},
    )
    drawn.add_annotation(
        x=where,
        y=1.02,
        yref="paper",
        yanchor="bottom",
        text="Recording or definition changed",
        showarrow=False,
    )
