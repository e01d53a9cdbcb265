"""Refused rows as they come back: each in its place, its cell marked, the reason beside it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from inspect_app.workbooks.layout import Column
from inspect_app.workbooks.odd_cells import column_number
from inspect_app.workbooks.pack import OWN, remember
from inspect_app.workbooks.problem import Problem
from inspect_app.workbooks.reading import RawSheet, Workbook
from inspect_app.workbooks.writing import (
    LISTS,
    WRAPPED,
    Book,
    at,
    head,
    look,
    offer,
    paragraphs,
    put,
)

PROBLEMS, HOW_TO = "Problems", "How to mend it"
ADDED = frozenset({PROBLEMS, HOW_TO})
"""Sheets that come back beside the file's own."""
MARK = PatternFill("solid", fgColor="FFE2B8")
EDGE = Side("thick", color="9C2A00")
MARKED = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
HEADINGS = ("Sheet", "Row", "Cell", "Column", "It says", "Expected", "How to mend it")
WIDTHS = (16, 8, 8, 28, 40, 60, 50)
WHOLE_COPY = 20_000
"""Up to so many rows the whole file comes back; of a larger one its refused rows alone."""

HOW = (
    ("title", "Rows that could not be taken in"),
    (
        "",
        "This is a copy of your workbook. The cells to mend have a thick border, a colour and a "
        "comment with the reason; the sheet “Problems” lists them all.",
    ),
    (
        "",
        "Mend them here, save, and take this workbook in as you did the first. Rows that were "
        "taken already will not be taken twice.",
    ),
)


def problems_bytes(workbook: Workbook, problems: Iterable[Problem]) -> bytes:
    """Return the workbook of problems: a copy of the file with what is wrong marked in it."""
    held = sorted(problems, key=lambda one: (one.sheet, one.row, one.cell))
    book = Book(f"Problems in {workbook.name}")
    paragraphs(book.sheet(HOW_TO), HOW)
    _list(book.sheet(PROBLEMS), held)
    ours = [sheet for sheet in workbook.sheets if sheet.name not in OWN | ADDED]
    whole = sum(len(sheet.rows) for sheet in ours) <= WHOLE_COPY
    drawn = [(book.sheet(sheet.name), sheet) for sheet in ours]
    book.sheet(LISTS)
    for drawing, sheet in drawn:
        found = [problem for problem in held if problem.sheet == sheet.name]
        _copy(book, drawing, sheet, found, whole=whole)
    remember(book, workbook.identity)
    return book.to_bytes()


def _list(sheet: Worksheet, problems: Sequence[Problem]) -> None:
    rows = [HEADINGS, *((p.sheet, p.row, p.cell, p.column, p.said, p.expected, p.mend)
                        for p in problems)]  # fmt: skip
    for row, said in enumerate(rows, start=1):
        for place, text in enumerate(said):
            cell = at(sheet, row, place)
            put(cell, text)
            cell.alignment = WRAPPED
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFG"[place]].width = width
    head(sheet, {})


def _copy(
    book: Book, drawing: Worksheet, sheet: RawSheet, problems: Sequence[Problem], *, whole: bool
) -> None:
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.row, []).append(problem)
    columns = _columns(sheet)
    for number, row in enumerate(sheet.rows, start=1):
        if whole or number <= sheet.header or number in by_row:
            _copy_row(drawing, number, row, sheet, columns)
    if sheet.layout is not None:
        head(drawing, columns, sheet.header)
        offer(book, drawing, columns, first=sheet.header + 1)
    for found in by_row.values():
        _mark(drawing, found)


def _columns(sheet: RawSheet) -> dict[int, Column]:
    layout = sheet.layout
    return {place: layout.column(name) for name, place in sheet.places.items()} if layout else {}


def _copy_row(
    drawing: Worksheet,
    number: int,
    row: Sequence[Any],
    sheet: RawSheet,
    columns: Mapping[int, Column],
) -> None:
    for place, value in enumerate(row):
        said = sheet.odd.get((number, place + 1), value)
        if said != "":
            cell = at(drawing, number, place)
            put(cell, said)
            if place in columns and number > sheet.header:
                look(cell, columns[place])


def _mark(drawing: Worksheet, problems: Sequence[Problem]) -> None:
    """Mark the cells of a row; several reasons for one cell stand in one comment."""
    said: dict[str, list[str]] = {}
    for problem in problems:
        said.setdefault(problem.cell, []).append(problem.in_words)
    for cell, words in said.items():
        letters = "".join(sign for sign in cell if sign.isalpha()) or "A"
        marked = at(drawing, problems[0].row, column_number(letters) - 1)
        marked.fill, marked.border = MARK, MARKED
        marked.comment = Comment("\n\n".join(words), "Inspection Evidence", height=180, width=360)
