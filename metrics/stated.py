"""Stated figures as rows of the frame of figures: what each is declared as, and comes to."""

from collections.abc import Mapping
from typing import Any

from metrics import BY_CODE
from metrics.indicator import Reported, StatedFigure, outcome_of
from metrics.outcome import Outcome


def declared(row: Mapping[str, Any]) -> Reported:
    """Return the declaration of a figure's indicator."""
    found = BY_CODE[row["indicator"]]
    assert isinstance(found, Reported)  # noqa: S101 - only reported indicators have figures
    return found


def outcome(row: Mapping[str, Any]) -> Outcome:
    """Return what a stated figure comes to."""
    fields = {name: row[name] for name in StatedFigure.__dataclass_fields__}
    return outcome_of(declared(row), StatedFigure(**fields))
