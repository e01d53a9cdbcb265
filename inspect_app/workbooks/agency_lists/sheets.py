"""An agency's file as sheets of plain cells, once it has been looked at from outside.

What it is called stays outside: a file's own name can be a child's.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspect_app.errors import Refusal
from inspect_app.workbooks.limits import (
    BYTE_ORDER,
    MOST_CELLS,
    MOST_ROWS,
    OLE,
    ZIP,
    check_size,
    examine,
)
from inspect_app.workbooks.opening import workbook_in

Row = Sequence[object]

THE_FILE = "The list"
MOST_COLUMNS = 1_000
SAVE_AS = "Save it as an Excel workbook (.xlsx) or as CSV, and send that."


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its place in the file from 1, and its rows from the very first."""

    name: str
    position: int
    rows: tuple[Row, ...]


def read_bytes(path: Path) -> bytes:
    """Return a file's content; raises Refusal where there is none, or more than is read."""
    if not path.is_file():
        raise Refusal(f"There is no file {path}.", "Check its name and folder.")
    check_size(THE_FILE, path.stat().st_size)
    return path.read_bytes()


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of an .xlsx or CSV file; a CSV file is one sheet without a name.

    Raises Refusal for another format, a broken file, or one beyond the limits.
    """
    check_size(THE_FILE, len(content))
    if content.startswith((ZIP, OLE)):
        return tuple(_workbook_sheets(examine(THE_FILE, content).data))
    return (Sheet("", 1, _csv_rows(content)),)


def _workbook_sheets(content: bytes) -> Iterator[Sheet]:
    # What the reader says of a damaged file can be words of the file: it is not repeated.
    with workbook_in(content, lambda _problem: _broken()) as book:
        for position, name in enumerate(book.sheet_names, start=1):
            rows = book.get_sheet_by_index(position - 1).to_python(skip_empty_area=False)
            yield Sheet(name, position, tuple(rows))


def _csv_rows(content: bytes) -> tuple[Row, ...]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows: list[Row] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            cells += len(row)
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS or cells > MOST_CELLS:
                raise _too_many()
    except csv.Error:
        raise _broken() from None
    return tuple(rows)


def _decoded(content: bytes) -> str:
    """Return the text of a CSV file; Excel saves it in one of three encodings."""
    marked = content.startswith(BYTE_ORDER)
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refusal("The list is neither an Excel workbook nor a table of text.", SAVE_AS)


def _broken() -> Refusal:
    return Refusal(
        "The list is damaged: it could not be read to its end.",
        "Open it in Excel or LibreOffice, save it again as .xlsx, and send that.",
    )


def _too_many() -> Refusal:
    return Refusal(
        f"The list has more than {MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns or "
        f"{MOST_CELLS:,} cells.",
        "Send the list that the sample is drawn from, and no more.",
    )
