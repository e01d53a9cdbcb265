"""A funnel of authorities: those outside the limits and the chosen one named where they lie.

The wider a place's numbers, the narrower what chance alone gives it; nothing here is an order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from inspect_app.services.comparing_areas import AreasCompared, Row
from inspect_app.ui.charts import BLUE, GREY, HOUSE, INK, ORANGE
from metrics.figures import value_in_words, value_of
from metrics.funnel import FAR, TAIL_95, TAIL_998, Funnel, Place
from metrics.outcome import Rate, Share

HEIGHT, WIDTH, ROOM = 580, 760, 1.08
"""The chart in pixels as labels are laid out, and the room above the highest point."""

STEPS = 80
TALL = HEIGHT - 100
LETTER, LINE, POINT = 6.8, 17, 10
ALONE = (24, 14)
"""The room about a named point, across and up, that no other's label may stand in."""

FAR_OFF = 40
"""Pixels from its point that are as bad for a label as lying on another point."""

NEAR = (22, 36, 56, 84, 116)
"""How far from its point a label may stand, in pixels, nearest first."""

SIDES = ((1, -1), (-1, -1), (1, 1), (-1, 1), (0, -1), (0, 1))
NICE, TITLE = (1, 2, 5), 48
APART = 0.13
LIMITS = {TAIL_998: ("99.8%", "solid"), TAIL_95: ("95%", "dash")}
MARKS = (
    "Circles lie inside the limits, diamonds outside the 95% limits, squares outside the 99.8% "
    "limits as well."
)


def chart(held: AreasCompared, drawn: Funnel) -> go.Figure:
    """Return the funnel: its limits and what they are, every authority, and the names that matter.

    The level axis is one of square roots, so that small authorities do not lie on one another.
    """
    rows = [row for row in held.rows if row.place is not None]
    sizes = _sizes(row.outcome.out_of for row in rows if isinstance(row.outcome, Share | Rate))
    figure = go.Figure([*_limits(drawn, sizes), _target(drawn, sizes), *_points(rows)])
    top = _top(rows, drawn)
    ticks = _ticks(sizes[-1])
    figure.update_layout(template=HOUSE, height=HEIGHT, margin={"l": 60, "r": 92, "t": 16, "b": 84})
    figure.update_xaxes(
        range=[0, sqrt(sizes[-1])],
        tickvals=[sqrt(tick) for tick in ticks],
        ticktext=[f"{tick:,}" for tick in ticks],
        title={"text": _out_of(held)},
    )
    figure.update_yaxes(
        range=[0, top],
        tickformat=".0%" if not isinstance(drawn.target, Rate) else ",",
        title={"text": _unit(drawn)},
    )
    figure.update_layout(annotations=[*_names(rows, sizes, top), *_ends(drawn, sizes, top)])
    return figure


def in_text(held: AreasCompared, said: str) -> str:
    """Return what stands in for the chart: what it is of, what it shows, where its figures are."""
    outside = ", ".join(row.area.label for row in held.outside) or "none"
    return (
        f"Funnel of {held.measure.title}, {held.period.label}. {said} {held.said} Outside the "
        f"limits: {outside}. The table under the chart has every authority."
    )


def _unit(drawn: Funnel) -> str:
    return f"Rate per {drawn.target.per:,}" if isinstance(drawn.target, Rate) else "Share"


def _out_of(held: AreasCompared) -> str:
    denominator = held.measure.declared.denominator or "what it is out of"
    return "<br>".join(wrap(f"Out of: {denominator} (stretched for small numbers)", TITLE))


def _sizes(numbers: Iterable[int]) -> list[int]:
    """Return denominators up to a little above the largest, evenly apart on the axis."""
    most = sqrt(max(numbers)) * ROOM
    return sorted({max(1, round((most * step / STEPS) ** 2)) for step in range(1, STEPS + 1)})


def _ticks(most: int) -> list[int]:
    """Return whole numbers to name on the axis, largest first, where there is room for them."""
    tens = (10**power for power in range(10))
    nice = [number * ten for ten in tens for number in NICE if number * ten <= most]
    found: list[int] = []
    for each in reversed(nice):
        if sqrt((found or [4 * most])[-1] / most) - sqrt(each / most) > APART < sqrt(each / most):
            found.append(each)
    return found


def _top(rows: Sequence[Row], drawn: Funnel) -> float:
    """Return where the upright axis ends: above the highest point and where the limits settle."""
    values = [value_of(row.outcome) for row in rows if isinstance(row.outcome, Share | Rate)]
    settled = drawn.band(drawn.target.out_of // len(rows), TAIL_998).high
    top = ROOM * max(*values, settled)
    return top if isinstance(drawn.target, Rate) else min(1.0, top)


def _limits(drawn: Funnel, sizes: list[int]) -> Iterator[go.Scatter]:
    for tail, (name, dash) in LIMITS.items():
        bands = drawn.bands(sizes, tail)
        for side in ("high", "low"):
            yield go.Scatter(
                x=[sqrt(size) for size in sizes],
                y=[getattr(band, side) for band in bands],
                name=f"{name} limit, {side}",
                mode="lines",
                line={"color": GREY, "width": 1.5, "dash": dash},
                hoverinfo="skip",
            )


def _target(drawn: Funnel, sizes: Sequence[int]) -> go.Scatter:
    return go.Scatter(
        x=[0, sqrt(sizes[-1])],
        y=[value_of(drawn.target)] * 2,
        name="All areas together",
        mode="lines",
        line={"color": INK, "width": 1.5},
        hoverinfo="skip",
    )


def _points(rows: Sequence[Row]) -> Iterator[go.Scatter]:
    """Return the authorities, drawn by where they lie; the chosen one last, ringed and large."""
    looks = {
        "Inside the limits": ([r for r in rows if r.place is Place.INSIDE], "circle-open", GREY, 8),
        "Outside the 95% limits": (
            [r for r in rows if r.place not in (Place.INSIDE, *FAR)],
            "diamond",
            ORANGE,
            11,
        ),
        "Outside the 99.8% limits": ([r for r in rows if r.place in FAR], "square", ORANGE, 11),
        "The chosen authority": ([r for r in rows if r.own], _symbol(rows), BLUE, 16),
    }
    for name, (held, symbol, colour, size) in looks.items():
        yield _marked(name, held, symbol, {"color": colour, "size": size})


def _symbol(rows: Sequence[Row]) -> str:
    own = next((row.place for row in rows if row.own), Place.INSIDE)
    if own is Place.INSIDE:
        return "circle"
    return "square" if own in FAR else "diamond"


def _marked(name: str, rows: Sequence[Row], symbol: str, look: dict[str, Any]) -> go.Scatter:
    figures = [row.outcome for row in rows if isinstance(row.outcome, Share | Rate)]
    said = [
        f"{row.area.label}: {f.count:,} of {f.out_of:,}, {value_in_words(value_of(f), f)}"
        for row, f in zip(rows, figures, strict=True)
    ]
    return go.Scatter(
        x=[sqrt(f.out_of) for f in figures],
        y=[value_of(f) for f in figures],
        text=said,
        name=name,
        mode="markers",
        marker={"symbol": symbol, "opacity": 1, "line": {"width": 1.5, "color": INK}, **look},
        hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
    )


@dataclass(frozen=True)
class Box:
    """A label's place in pixels: its middle, and its width and height."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Box") -> bool:
        """Return whether two labels would lie on one another."""
        across = abs(self.x - other.x) < (self.width + other.width) / 2
        return across and abs(self.y - other.y) < (self.height + other.height) / 2


def _names(rows: Sequence[Row], sizes: Sequence[int], top: float) -> list[dict[str, Any]]:
    """Return the names of the chosen authority and of those outside, where there is room."""
    named = sorted((row for row in rows if row.own or row.outside), key=_first)
    points = [Box(*_pixel(row, sizes, top), POINT, POINT) for row in rows]
    taken = [Box(*_pixel(row, sizes, top), *ALONE) for row in named]
    found = []
    for row in named:
        x, y = _pixel(row, sizes, top)
        box = _room(row.area.label, x, y, taken, points)
        taken.append(box)
        found.append(_annotation(row, box.x - x, box.y - y))
    return found


def _first(row: Row) -> tuple[bool, bool, str]:
    """Whose label is placed first: the chosen authority's, then those farthest out."""
    return not row.own, row.place not in FAR, row.area.label


def _pixel(row: Row, sizes: Sequence[int], top: float) -> tuple[float, float]:
    assert isinstance(row.outcome, Share | Rate)  # noqa: S101 - only these are on the chart
    across = sqrt(row.outcome.out_of / sizes[-1])
    return across * WIDTH, (1 - value_of(row.outcome) / top) * TALL


def _room(label: str, x: float, y: float, taken: Sequence[Box], points: Sequence[Box]) -> Box:
    """Return where a label lies on no other, and on the fewest points; the nearest of those."""
    width = LETTER * len(label)
    boxes = [
        Box(x + side * (0.8 * far + width / 2), y + 0.8 * up * far, width, LINE)
        for far in NEAR
        for side, up in SIDES
    ]
    free = [b for b in boxes if _inside(b) and not any(b.meets(other) for other in taken)]
    return min(free or boxes, key=partial(_cost, x=x, y=y, points=points))


def _cost(box: Box, *, x: float, y: float, points: Sequence[Box]) -> float:
    """Return how poor a place is: the points a label would lie on, and how far off it would be."""
    covered = sum(box.meets(point) for point in points)
    return covered + (abs(box.y - y) + max(0, abs(box.x - x) - box.width / 2)) / FAR_OFF


def _inside(box: Box) -> bool:
    across = box.width / 2 < box.x < WIDTH - box.width / 2
    return across and LINE / 2 < box.y < TALL - LINE / 2


def _annotation(row: Row, across: float, down: float) -> dict[str, Any]:
    assert isinstance(row.outcome, Share | Rate)  # noqa: S101 - only these are on the chart
    name = row.area.label
    return {
        "x": sqrt(row.outcome.out_of),
        "y": value_of(row.outcome),
        "ax": across,
        "ay": down,
        "text": f"<b>{name}</b>" if row.own else name,
        "font": {"size": 12, "color": INK},
        "bgcolor": "rgba(255, 255, 255, 0.75)",
        "borderpad": 0,
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": GREY,
        "standoff": 5,
    }


def _ends(drawn: Funnel, sizes: Sequence[int], top: float) -> Iterator[dict[str, Any]]:
    """Return what the lines are, at their right end."""
    whole = value_in_words(value_of(drawn.target), drawn.target)
    ends = [(value_of(drawn.target), f"<b>All: {whole.replace(' per ', '<br>per ')}</b>")]
    for tail, (name, _dash) in LIMITS.items():
        band = drawn.band(sizes[-1], tail)
        ends += [(band.high, f"{name} limit"), (band.low, f"{name} limit")]
    for height, said in _apart(ends, top):
        yield {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 6,
            "y": height,
            "text": said,
            "font": {"size": 12, "color": INK},
            "align": "left",
            "showarrow": False,
        }


def _apart(ends: Sequence[tuple[float, str]], top: float) -> list[tuple[float, str]]:
    """Return the labels of lines moved up where they would lie on the one below."""
    step = top * LINE / TALL
    found: list[tuple[float, str]] = []
    for height, said in sorted(ends):
        lines = said.count("<br>") + 1
        lowest = found[-1][0] + step * (lines + found[-1][1].count("<br>") + 1) / 2 if found else 0
        found.append((max(height, lowest), said))
    return found
