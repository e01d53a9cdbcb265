"""Tables shipped as CSV that a person can read, and records made from their rows."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import TypeVar

from sqlalchemy import Boolean, Date, Float, Integer

from data_model.records import Record

RecordType = TypeVar("RecordType", bound=Record)
Row = dict[str, str]

YES = "yes"


def rows(package: str, *path: str) -> Iterator[Row]:
    """Yield the rows of a shipped table; empty cells are empty strings."""
    place = files(package).joinpath(*path)
    yield from csv.DictReader(io.StringIO(place.read_text(encoding="utf-8")))


def record(kind: type[RecordType], row: Row, **more: object) -> RecordType:
    """Return a record from the row's columns that it has; empty cells are left empty.

    Values in `more` win over the row's. Raises ValueError for a cell that does not fit.
    """
    columns = kind.__table__.columns
    held = {
        name: _cell(columns[name].type, text)
        for name, text in row.items()
        if name in columns and name not in more and text != ""
    }
    return kind(**held, **more)


def _cell(column: object, text: str) -> object:
    if isinstance(column, Date):
        return date.fromisoformat(text)
    if isinstance(column, Boolean):
        return text == YES
    if isinstance(column, Integer):
        return int(text)
    return float(text) if isinstance(column, Float) else text


def several(text: str) -> list[str]:
    """Return the parts of a cell that lists several values with semicolons between them."""
    return [part.strip() for part in text.split(";") if part.strip()]
