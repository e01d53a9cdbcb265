"""Periods as a board reads them: a quarter by its months first, whatever its source calls it."""

import re
from datetime import date

from inspect_app.services.scorecards import Line
from inspect_app.services.series import Point, Series
from metrics.indicator import quarter_of

OWN_QUARTER = re.compile(r"\bquarter\b|\bQ[1-4]\b", re.IGNORECASE)


def period(line: Line) -> str:
    """Return a line's period, a source's own name for a quarter in brackets after its months."""
    return _said(line.period, line.period_start, line.period_end)


def point_period(held: Series, point: Point) -> str:
    """Return the period of a point of a series, in the same way."""
    start = quarter_of(point.end).start if held.key.rhythm.name == "QUARTER" else None
    return _said(point.period, start, point.end)


def _said(label: str, start: date | None, end: date | None) -> str:
    if start is None or end is None or not OWN_QUARTER.search(label):
        return label
    quarter = quarter_of(start)
    if (start, end) != (quarter.start, quarter.end):
        return label
    return f"{quarter.label} ({label})"
