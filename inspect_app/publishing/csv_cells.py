"""What stands in a cell of a CSV, and a CSV of such cells: nothing blank, nothing that runs."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from functools import lru_cache

from data_model.vocabulary import Symbol
from inspect_app.publishing.described import Holds
from inspect_app.publishing.words import exact

RUNS = tuple("=+-@＝＋－＠")  # noqa: RUF001 - full-width signs run too
"""What a spreadsheet takes for the start of something to run."""


def cell(value: object, holds: Holds = Holds.TEXT) -> str:
    """Return a value as it stands in a CSV; text that a spreadsheet would run gets a `'`."""
    if value is None and holds is Holds.DATE:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return exact(value)
    return str(value) if isinstance(value, int | date) else _text(value)


def one_line(value: object) -> str:
    """Return a text or a list of texts as one line; `z` where there is none."""
    joined = "; ".join(value) if isinstance(value, tuple) else value
    return _one_line(str(joined.value if isinstance(joined, Enum) else joined or ""))


@lru_cache(maxsize=2**16)
def _one_line(text: str) -> str:
    return " ".join(text.split()) or Symbol.NOT_APPLICABLE.value


def _text(value: object) -> str:
    text = one_line(value)
    return f"'{text}" if text.startswith(RUNS) else text


def csv_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV: UTF-8, commas, one header row, LF."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return target.getvalue().encode()
