"""Parts of a whole as bars: what nobody recorded is drawn like every other part, never dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from inspect_app.services.board_parts import NOT_RECORDED
from inspect_app.ui.charts import BLUE, GRID, HOUSE, INK
from inspect_app.ui.markup import show, tag


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, and its parts in order, each a name and a number."""

    name: str
    parts: tuple[tuple[str, int], ...]


SMALLEST = 11
"""Points of a label; where a part is too small for it, the text under the chart has its number."""


def draw(held: Sequence[Bar], caption: str, key: str) -> None:
    """Draw bars above a caption, which says where the numbers are from and how many they are."""
    st.plotly_chart(
        bars(held), theme=None, config={"displayModeBar": False}, alt=in_text(held), key=key
    )
    show(tag("p", caption, css="small"))


def in_text(held: Sequence[Bar]) -> str:
    """Return every number that the bars show, in words, for who does not see them."""
    return " ".join(
        f"{bar.name}. {'; '.join(f'{name}: {number:,}' for name, number in bar.parts)}."
        for bar in held
    )


def bars(held: Sequence[Bar]) -> go.Figure:
    """Return bars side by side in parts, the part that nobody recorded drawn and hatched."""
    names = sorted(
        dict.fromkeys(name for bar in held for name, _number in bar.parts),
        key=lambda name: name == NOT_RECORDED,
    )
    drawn = go.Figure([_part(held, name) for name in names])
    drawn.update_layout(
        template=HOUSE,
        barmode="stack",
        barnorm="percent",
        uniformtext={"minsize": SMALLEST, "mode": "hide"},
        height=16 + 60 * len(held),
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
    )
    drawn.update_xaxes(visible=False, range=[0, 100])
    drawn.update_yaxes(visible=False, autorange="reversed")
    for bar in held:
        drawn.add_annotation(_named(bar))
    return drawn


def _part(held: Sequence[Bar], name: str) -> go.Bar:
    numbers = [dict(bar.parts).get(name) or None for bar in held]
    unknown = name == NOT_RECORDED
    return go.Bar(
        x=numbers,
        y=[bar.name for bar in held],
        orientation="h",
        width=0.42,
        name=name,
        text=[f"{name}: {number:,}" if number else "" for number in numbers],
        textposition="inside",
        insidetextanchor="middle",
        textfont={"color": INK if unknown else "white", "size": 13},
        marker=_look(unknown=unknown),
        hoverinfo="skip",
    )


def _look(*, unknown: bool) -> dict[str, Any]:
    if not unknown:
        return {"color": BLUE, "line": {"color": "white", "width": 1}}
    return {
        "color": "white",
        "line": {"color": INK, "width": 1.5},
        "pattern": {"shape": "/", "fgcolor": GRID, "bgcolor": "white", "solidity": 0.3},
    }


def _named(bar: Bar) -> dict[str, Any]:
    return {
        "x": 0,
        "y": bar.name,
        "yshift": 22,
        "text": bar.name,
        "xanchor": "left",
        "showarrow": False,
        "font": {"size": 13},
    }
