"""Recommendations, answers and plans as an Excel workbook of plain tables, to take in again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from inspect_app.workbooks.layout import Column, Kind
from inspect_app.workbooks.rows import letters
from inspect_app.workbooks.writing import Book, at, head, look, paragraphs, put

COVER = "Start here"
STYLE = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
WIDTHS = {Kind.DATE: 13, Kind.NUMBER: 11}
NARROW = {
    "code": 18,
    "days": 15,
    "body": 24,
    "kind": 18,
    "themes": 22,
    "theme": 22,
    "response": 18,
    "delivery": 16,
    "assurance": 18,
    "closed": 10,
    "owner_role": 26,
    "indicator": 22,
    "rung": 22,
    "gathered_by": 22,
    "author": 22,
    "by": 22,
    "axis": 14,
    "before": 20,
    "after": 20,
}
WIDE = 40
"""How many characters stand in a line of a column: by its field, by its kind, or otherwise."""

LINE, TALLEST, TITLE = 14.0, 409.0, 24.0
"""Heights of rows, in points: of a line, the most that a program takes, and of the title."""

ONE_DECIMAL = "#,##0.0"

Value = object


@dataclass(frozen=True)
class PlanSheet:
    """A sheet that is one table: what it holds, its columns, and its rows by their fields."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, Value]] = field(repr=False)


def text(name: str, title: str, about: str = "") -> Column:
    """Return a column of text."""
    return Column(name, title, Kind.TEXT, help=about)


def dated(name: str, title: str, about: str = "") -> Column:
    """Return a column of days."""
    return Column(name, title, Kind.DATE, help=about)


def number(name: str, title: str, about: str = "") -> Column:
    """Return a column of whole numbers."""
    return Column(name, title, Kind.NUMBER, help=about)


def plan_bytes(title: str, about: Sequence[str], sheets: Sequence[PlanSheet]) -> bytes:
    """Return a workbook: a sheet that says what it is, then a table on each of the others.

    Every table has one row of headings and no merged cell; text is text and is never run.
    """
    book = Book(title)
    cover = book.sheet(COVER)
    paragraphs(cover, _cover(title, about, sheets))
    cover.row_dimensions[1].height = TITLE
    for sheet in sheets:
        _draw(book.sheet(sheet.name), sheet)
    return book.to_bytes()


def _cover(
    title: str, about: Sequence[str], sheets: Sequence[PlanSheet]
) -> Sequence[tuple[str, str]]:
    lines = [("title", title), *(("", said) for said in about), ("heading", "The sheets")]
    return [*lines, *(("", f"{sheet.name}: {sheet.about}") for sheet in sheets)]


def _draw(drawn: Worksheet, sheet: PlanSheet) -> None:
    columns = dict(enumerate(sheet.columns))
    head(drawn, columns)
    for place, column in columns.items():
        drawn.column_dimensions[letters(place)].width = _width(column)
    for row, said in enumerate(sheet.rows, start=2):
        for place, column in columns.items():
            cell = at(drawn, row, place)
            put(cell, said.get(column.field))
            look(cell, column)
            if isinstance(cell.value, float):
                cell.number_format = ONE_DECIMAL
        drawn.row_dimensions[row].height = _height(sheet.columns, said)
    if sheet.rows:
        end = f"{letters(len(columns) - 1)}{len(sheet.rows) + 1}"
        table = Table(displayName=sheet.name.replace(" ", ""), ref=f"A1:{end}")
        table.tableStyleInfo = STYLE
        drawn.add_table(table)


def _width(column: Column) -> int:
    return NARROW.get(column.field, WIDTHS.get(column.kind, WIDE))


def _height(columns: Sequence[Column], said: Mapping[str, Value]) -> float:
    """Return the height of a row whose longest text is to be seen whole."""
    lines = max(_lines(str(said.get(column.field) or ""), _width(column)) for column in columns)
    return min(lines * LINE + 2, TALLEST)


def _lines(text: str, width: int) -> int:
    return sum(1 + len(line) * 10 // (width * 9) for line in text.split("\n"))
