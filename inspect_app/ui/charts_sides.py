"""Two things side by side: grades of two inspections as bars, or two periods with intervals."""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from inspect_app.publishing.grade_looks import LOOKS
from inspect_app.services.comparing_inspections import Part, Side
from inspect_app.services.comparing_periods import PeriodsCompared
from inspect_app.services.comparing_periods import Side as PeriodSide
from inspect_app.ui.charts import BLUE, HOUSE, INK
from inspect_app.ui.figures import figure
from metrics.figures import value_of
from metrics.outcome import Count, Outcome, Rate, Share

GRADES: dict[str, dict[str, Any]] = {
    "good": {"color": "#dcf1e5", "line": {"color": "#11694a", "width": 1.5}},
    "middling": {
        "color": "#fff6da",
        "line": {"color": "#8a6100", "width": 1.5},
        "pattern": {"shape": "/", "fgcolor": "#ffd97a", "bgcolor": "#fff6da", "solidity": 0.25},
    },
    "poor": {
        "color": "#fbe3e3",
        "line": {"color": "#8f1d2c", "width": 1.5},
        "pattern": {"shape": ".", "fgcolor": "#efb4b4", "bgcolor": "#fbe3e3", "solidity": 0.25},
    },
    "other": {"color": "#eef1f5", "line": {"color": "#3a4149", "width": 1.5}},
}
"""How grades look, as in the tables of cases: their words stand on them."""

NO_GRADE: dict[str, Any] = {
    "color": "white",
    "line": {"color": "#6b7280", "width": 1.2},
    "pattern": {"shape": "x", "fgcolor": "#d5d9df", "bgcolor": "white", "solidity": 0.15},
}
SMALLEST, BAR, ROOM = 12, 116, 1.35
WHOLE = 1.1
"""Where an axis of shares ends: no share is above the whole, and its label needs room."""

WIDTH, LETTER, LINE, PERIOD = 820, 7, 60, 16
"""A bar and a letter in pixels; and the letters of a name's and of a period's line."""


def grades(sides: Sequence[tuple[str, Side]]) -> go.Figure:
    """Return a bar for each side: grades in their share of the cases, and what has no grade."""
    drawn = go.Figure()
    for name, side in sides:
        for part in side.parts:
            if part.cases != 0:
                fits = _fits(part, _whole(side.parts))
                drawn.add_trace(_part(name, part, _said(part) if fits else "", _look(part, side)))
    drawn.update_layout(
        template=HOUSE,
        barmode="stack",
        barnorm="percent",
        uniformtext={"minsize": SMALLEST, "mode": "hide"},
        height=30 + BAR * len(sides),
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
    )
    drawn.update_xaxes(visible=False, range=[0, 100.5])
    drawn.update_yaxes(visible=False, autorange="reversed")
    for name, side in sides:
        drawn.add_annotation(_named(name))
        for label in _narrow(name, side.parts):
            drawn.add_annotation(label)
    return drawn


def _said(part: Part) -> str:
    number = "number of cases not published" if part.cases is None else f"{part.cases:,}"
    return f"{part.name}: {number}"


def _fits(part: Part, whole: int) -> bool:
    """Return whether a part of a bar is wide enough for its words."""
    return part.cases is None or part.cases * WIDTH > len(_said(part)) * LETTER * whole


def _narrow(name: str, parts: Sequence[Part]) -> Iterator[dict[str, Any]]:
    """Return words under the parts of a bar that are too narrow to have them inside."""
    whole, before = _whole(parts), 0
    for part in parts:
        cases = part.cases or 0
        middle = 100 * (before + cases / 2) / max(1, whole)
        before += cases
        if cases and not _fits(part, whole):
            yield _label(name, _said(part), middle, "right" if middle > 50 else "left", -42)


def _whole(parts: Sequence[Part]) -> int:
    return sum(part.cases or 0 for part in parts)


def _part(name: str, part: Part, said: str, look: dict[str, Any]) -> go.Bar:
    return go.Bar(
        x=[1 if part.cases is None else part.cases],
        y=[name],
        orientation="h",
        width=0.5,
        name=part.name,
        text=[said],
        customdata=[_said(part)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": INK, "size": 13},
        marker=look,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _look(part: Part, side: Side) -> dict[str, Any]:
    code = {words: code for code, words in side.scale.grades}.get(part.name)
    return GRADES[LOOKS.get(code or "", "other")] if part.graded else NO_GRADE


def _named(name: str) -> dict[str, Any]:
    return {**_label(name, "<br>".join(wrap(name, LINE)), 0, "left", 31), "yanchor": "bottom"}


def _label(name: str, said: str, x: float, side: str, up: int) -> dict[str, Any]:
    return {
        "x": x,
        "y": name,
        "yshift": up,
        "text": said,
        "xanchor": side,
        "align": "left",
        "showarrow": False,
        "font": {"size": 13, "color": INK},
    }


def periods(held: PeriodsCompared) -> go.Figure:
    """Return both periods with what chance alone gives each; a break is a rule between them."""
    sides = (held.before, held.after)
    drawn = go.Figure([_point(place, side) for place, side in enumerate(sides)])
    if held.breaks:
        _rule(drawn)
    share = isinstance(held.after.outcome, Share) or isinstance(held.before.outcome, Share)
    highest = max((_high(side) for side in sides), default=0)
    drawn.update_layout(template=HOUSE, height=340, margin={"t": 40, "l": 76})
    drawn.update_xaxes(
        range=[-0.6, 1.6],
        tickvals=[0, 1],
        ticktext=["<br>".join(wrap(side.period, PERIOD)) for side in sides],
    )
    drawn.update_yaxes(
        range=[0, min(ROOM * highest or 1, WHOLE) if share else ROOM * highest or 1],
        tickformat=".0%" if share else ",",
        title={"text": _unit(held.after.outcome)},
    )
    return drawn


def _unit(outcome: Outcome) -> str:
    if isinstance(outcome, Rate):
        return f"Rate per {outcome.per:,}"
    return "Share" if isinstance(outcome, Share) else "Count"


def _height(side: PeriodSide) -> float | None:
    match side.outcome:
        case Share() | Rate() if side.outcome.out_of:
            return value_of(side.outcome)
        case Count():
            return side.outcome.count
        case _:
            return None


def _high(side: PeriodSide) -> float:
    bound = side.bounds.high if side.bounds else None
    return max(bound or 0.0, _height(side) or 0.0)


def _point(place: int, side: PeriodSide) -> go.Scatter:
    height = _height(side)
    first, rest = figure(side.outcome)
    return go.Scatter(
        x=[place],
        y=[0 if height is None else height],
        text=[f"  {first}<br>  {rest}" if rest else f"  {first}"],
        name=side.period,
        mode="markers+text",
        textposition="middle right",
        textfont={"size": 13, "color": INK},
        marker={
            "size": 12,
            "opacity": 1,
            "color": BLUE if height is not None else INK,
            "symbol": "circle" if height is not None else "x-thin-open",
        },
        error_y=_bars(side, height),
        hoverinfo="skip",
        cliponaxis=False,
    )


def _bars(side: PeriodSide, height: float | None) -> dict[str, Any]:
    if side.bounds is None or side.bounds.high is None or height is None:
        return {"visible": False}
    return {
        "type": "data",
        "symmetric": False,
        "array": [side.bounds.high - height],
        "arrayminus": [height - side.bounds.low],
        "color": BLUE,
        "thickness": 2,
        "width": 10,
    }


def _rule(drawn: go.Figure) -> None:
    """Draw the break between the two; why it is one stands under the chart."""
    line = {"color": INK, "width": 1.5, "dash": "dash"}
    drawn.add_shape(type="line", x0=0.5, x1=0.5, y0=0, y1=1, yref="paper", line=line)
    drawn.add_annotation(
        x=0.5, y=1.01, yref="paper", yanchor="bottom", text="Break: not compared", showarrow=False
    )
