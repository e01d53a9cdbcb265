"""A small chart as SVG without words: points, a line for each stretch, breaks, gaps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

INK, LINE, GREY = "#0b0c0c", "#1d4f91", "#5c6570"
DOT, CROSS, EDGE = 3.2, 5.0, 8.0
"""How far a point, a cross and the room around the drawing reach, in the drawing's units."""

Value = float | None


@dataclass(frozen=True)
class Paper:
    """What is drawn on: its size, in units of its own, and how many periods stand side by side."""

    width: float
    height: float
    periods: int

    def across(self, at: float) -> float:
        """Return how far from the left the period at this position stands."""
        part = at / (self.periods - 1) if self.periods > 1 else 0.5
        return 2 * EDGE + (self.width - 4 * EDGE) * part

    def down(self, share: float) -> float:
        """Return how far from the top a part of the highest value stands."""
        return self.height - EDGE - (self.height - 2 * EDGE) * share


def small_chart(
    values: Sequence[Value], breaks: Collection[int], *, width: float = 680, height: float = 90
) -> str:
    """Return a drawing of values in any one unit, 0 and above, from a baseline at 0; None is a gap.

    `breaks` are the positions, from 0, at which figures begin that are not comparable with those
    before: a dashed rule stands there, and no line crosses it. A gap is a cross on the baseline.
    """
    on = Paper(width, height, len(values))
    top = max((value for value in values if value is not None), default=0) or 1.0
    drawn = [
        _line(EDGE, on.down(0), width - EDGE, on.down(0), INK),
        *(_rule(on, at) for at in sorted(breaks)),
        *(_path(on, stretch, top) for stretch in _stretches(values, breaks)),
        *(_mark(on, at, value, top) for at, value in enumerate(values)),
    ]
    box = f"0 0 {width:g} {height:g}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{"".join(drawn)}</svg>'


def _stretches(values: Sequence[Value], breaks: Collection[int]) -> list[list[tuple[int, float]]]:
    """Return the positions and values between breaks and gaps: those that a line joins."""
    begun = 0
    keyed: list[tuple[int, int, Value]] = []
    for at, value in enumerate(values):
        begun += at in breaks or value is None
        keyed.append((begun, at, value))
    groups = (list(held) for _key, held in groupby(keyed, key=lambda each: each[0]))
    return [[(at, value) for _key, at, value in held if value is not None] for held in groups]


def _path(on: Paper, stretch: Sequence[tuple[int, float]], top: float) -> str:
    if len(stretch) < 2:
        return ""
    places = " ".join(f"{on.across(at):.1f},{on.down(v / top):.1f}" for at, v in stretch)
    return f'<polyline points="{places}" fill="none" stroke="{LINE}" stroke-width="2"/>'


def _mark(on: Paper, at: int, value: Value, top: float) -> str:
    x = on.across(at)
    if value is not None:
        return f'<circle cx="{x:.1f}" cy="{on.down(value / top):.1f}" r="{DOT}" fill="{LINE}"/>'
    y = on.down(0)
    return "".join(_line(x - CROSS, y - end, x + CROSS, y + end, GREY) for end in (CROSS, -CROSS))


def _rule(on: Paper, at: int) -> str:
    x = on.across(at - 0.5)
    return _line(x, EDGE / 2, x, on.height - EDGE / 2, INK, ' stroke-dasharray="5 4"')


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, how: str = "") -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="1.2"{how}/>'
