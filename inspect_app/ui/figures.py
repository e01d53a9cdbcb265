"""Figures on the screen: a series as a table, which is the text that stands for its chart."""

from collections.abc import Iterable

from inspect_app.services.figure_words import CHANGED as CHANGED
from inspect_app.services.figure_words import figure as figure
from inspect_app.services.figure_words import interval as interval
from inspect_app.services.scorecards import Line
from inspect_app.ui.markup import Markup, table, tag, together

POINTS = "The same figures as a table, oldest first"


def points(lines: Iterable[Line]) -> Markup:
    """Return a series as a table: the text that stands for the chart."""
    return table(
        POINTS,
        ["Period", "Count and what it is out of", "Share or rate", "Interval", "Remarks"],
        (_point(line) for line in lines),
        fixed=True,
    )


def _point(line: Line) -> list[object]:
    first, rest = figure(line.outcome)
    remarks = [CHANGED if line.breaks else None, line.subject, line.note]
    said = (tag("p", remark, css="small") for remark in remarks if remark)
    return [line.period, first, rest, interval(line.outcome), together(*said)]
