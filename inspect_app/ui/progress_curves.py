"""Curves of how long something takes, the open ones included, each with a table that says it."""

from collections.abc import Iterator, Sequence

import plotly.graph_objects as go
import streamlit as st

from inspect_app.services.progress_measures import Measure
from inspect_app.ui.markup import Markup, items, more, show, table, tag
from metrics.follow_up import FEW, Curve, Step

INK, GRID = "#0b0c0c", "#c9ced6"
LOOKS = (
    ("#1d4f91", "29,79,145", "solid"),
    ("#b3470b", "179,71,11", "dash"),
    ("#11694a", "17,105,74", "dot"),
    ("#6d2e8c", "109,46,140", "dashdot"),
)
"""How curves look, the latest first: colour, the same for the band, and the line's pattern."""

MARKS = (0, 90, 180, 365, 730, 1095, 1826, 3652)
"""Days for which the number still open is said under a chart: months, then years."""

EVERYONE = "All"
HOW_TO_READ = (
    "The line falls as answers come to it; each that is still open holds it up. The band is the "
    "95% interval (exponential Greenwood), which is not defined where the share is all or none."
)


def draw(measure: Measure, curves: Sequence[Curve], not_yet: str, since: str) -> None:
    """Draw the latest curves, and every curve as tables: counts, number at risk, and steps.

    `not_yet` says what has not happened, such as “not yet shown”, `since` from when days count.
    """
    latest = list(reversed(curves))[: len(LOOKS)]
    st.plotly_chart(
        chart(latest, not_yet, since),
        theme=None,
        config={"displayModeBar": False},
        alt=f"{measure.title}: the tables under the chart say the same.",
    )
    show(
        tag("p", HOW_TO_READ, css="small"),
        _whole_words(table(f"{measure.title}: counts so far", HEADINGS, map(_counts, curves))),
        items(*_remarks(curves, latest)),
        _whole_words(_at_risk(measure, curves, since)),
        more("The curve as a table, step by step", _steps(measure, curves, since)),
    )


HEADINGS = ("Published in", "Came to it", "Closed without it", "Still open to it", "Half by day")


def _counts(curve: Curve) -> list[object]:
    still = curve.answers - curve.events - curve.closed_without
    half = "Not reached" if curve.median is None else f"{curve.median:,}"
    of = f"{curve.events:,} of {curve.answers:,}"
    return [_name(curve), of, f"{curve.closed_without:,}", f"{still:,}", half]


def _name(curve: Curve) -> str:
    return curve.cohort or EVERYONE


def _remarks(curves: Sequence[Curve], drawn: Sequence[Curve]) -> Iterator[str]:
    few = [_name(curve) for curve in curves if curve.few]
    if few:
        yield (
            f"{', '.join(few)}: fewer than {FEW} answers, so one of them moves the curve by more "
            "than a tenth. Read the counts."
        )
    if len(drawn) < len(curves):
        yield f"The chart has the {len(drawn)} latest years; the tables have all {len(curves)}."


def _at_risk(measure: Measure, curves: Sequence[Curve], since: str) -> Markup:
    longest = max(curve.steps[-1].days for curve in curves)
    marks = [mark for mark in MARKS if mark <= longest]
    headings = ["Published in", *(f"Day {mark:,}" for mark in marks)]
    rows = ([_name(curve), *(at_risk(curve, mark) for mark in marks)] for curve in curves)
    return table(
        f"{measure.title}: still open to it and watched, days since {since}", headings, rows
    )


def at_risk(curve: Curve, day: int) -> int:
    """Return how many had neither come to it nor left the curve before this day."""
    return curve.answers - sum(s.events + s.censored for s in curve.steps if s.days < day)


def _steps(measure: Measure, curves: Sequence[Curve], since: str) -> Markup:
    headings = (
        "Published in",
        f"Days since {since}",
        "Still open to it",
        "Came to it",
        "Last seen open or closed without it",
        "Share not yet",
        "95% interval",
    )
    rows = ([_name(curve), *_step(step)] for curve in curves for step in curve.steps)
    return _whole_words(table(f"{measure.title}, step by step", headings, rows))


def _whole_words(wide: Markup) -> Markup:
    """Return a table that is rather pushed aside on a telephone than broken within words."""
    return tag("div", wide, style="overflow-wrap: normal")


def _step(step: Step) -> list[object]:
    interval = "none: all or none" if step.low is None else f"{step.low:.1%} to {step.high:.1%}"
    return [
        f"{step.days:,}",
        step.at_risk,
        step.events,
        step.censored,
        f"{step.share_not_yet:.1%}",
        interval,
    ]


def chart(curves: Sequence[Curve], not_yet: str, since: str) -> go.Figure:
    """Return the curves as falling steps, each with its band, and marks where answers left it."""
    drawn = go.Figure(
        [
            part
            for curve, (colour, band, dash) in zip(curves, LOOKS, strict=False)
            for part in (_band(curve, band), _line(curve, colour, dash), _left(curve, colour))
        ]
    )
    drawn.update_layout(
        template="plotly_white",
        height=400,
        margin={"l": 70, "r": 20, "t": 20, "b": 60},
        font={"size": 14, "color": INK},
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis={"title": {"text": f"Days since {since}"}, "rangemode": "tozero", "gridcolor": GRID},
        yaxis={
            "title": {"text": f"Share {not_yet}"},
            "range": [0, 1.03],
            "tickformat": ".0%",
            "ticklabelstandoff": 6,
            "gridcolor": GRID,
        },
    )
    return drawn


def _line(curve: Curve, colour: str, dash: str) -> go.Scatter:
    return go.Scatter(
        x=[step.days for step in curve.steps],
        y=[step.share_not_yet for step in curve.steps],
        text=[_said(curve, step) for step in curve.steps],
        mode="lines",
        line={"shape": "hv", "color": colour, "width": 2.5, "dash": dash},
        name=f"{_name(curve)}: {curve.events:,} of {curve.answers:,} so far",
        hovertemplate="%{text}<extra></extra>",
    )


def _said(curve: Curve, step: Step) -> str:
    return (
        f"{_name(curve)}, day {step.days:,}: {step.share_not_yet:.1%} not yet, "
        f"{step.at_risk:,} at risk"
    )


def _left(curve: Curve, colour: str) -> go.Scatter:
    """Where answers were last seen open, or were closed without it: small upright strokes."""
    left = [step for step in curve.steps if step.censored]
    return go.Scatter(
        x=[step.days for step in left],
        y=[step.share_not_yet for step in left],
        mode="markers",
        marker={"symbol": "line-ns-open", "size": 10, "color": colour, "line": {"width": 2}},
        showlegend=False,
        hoverinfo="skip",
    )


def _band(curve: Curve, colour: str) -> go.Scatter:
    """The interval as one closed outline of steps, from where it is defined to where it ends."""
    corners = _corners(curve.steps)
    x = [days for days, _low, _high in corners]
    return go.Scatter(
        x=[*x, *reversed(x)],
        y=[*(high for _d, _l, high in corners), *(low for _d, low, _h in reversed(corners))],
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=f"rgba({colour},0.14)",
        showlegend=False,
        hoverinfo="skip",
    )


def _corners(steps: Sequence[Step]) -> list[tuple[int, float, float]]:
    """Return the corners of the band: each pair of bounds from its day to the next step's."""
    until = [step.days for step in steps[1:]] + [steps[-1].days]
    return [
        (day, step.low, step.high)
        for step, end in zip(steps, until, strict=True)
        if step.low is not None and step.high is not None
        for day in (step.days, end)
    ]
