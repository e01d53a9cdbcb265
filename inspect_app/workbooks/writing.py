"""Cells, headings and lists as every workbook of ours has them; nothing in them is ever run."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from inspect_app.workbooks.cells import day
from inspect_app.workbooks.layout import Choice, Column, Kind
from inspect_app.workbooks.plain_text import LONGEST, cleaned
from inspect_app.workbooks.problem import shortened
from inspect_app.workbooks.rows import letters

LISTS = "Lists"
LANGUAGE = "en-GB"
RUN = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run, or a text editor's export of it, if a cell began with it."""

TOO_LONG = (
    "[This text is longer than a cell can hold. It stays as it is in the app: change it there.]"
)
ROOM = 5_000
WIDTHS = {Kind.TEXT: 42, Kind.CHOICE: 24, Kind.CHOICES: 30, Kind.DATE: 14, Kind.NUMBER: 10}
NARROW = {"case": 14, "locator": 24, "criterion": 11}
DAY = "yyyy-mm-dd"
FORMATS = {Kind.DATE: DAY, Kind.NUMBER: "0"}
AS_TEXT = "@"
NOT_OFFERED = (
    "This is not on the list. Choose a word from the list, or leave the cell empty if you have "
    "not entered it yet."
)
COMMENT_LIMIT = 255

PLAIN_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
WRAPPED = Alignment(wrap_text=True, vertical="top")
HEAD = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="1D3557")
LINE_UNDER = Border(bottom=Side("thin", color="9AA3AF"))


@dataclass
class Book:
    """A workbook being written, and where on its sheet of lists each list stands."""

    title: str
    lists: dict[tuple[Choice, ...], str] = field(default_factory=dict)
    book: Workbook = field(default_factory=Workbook)

    def __post_init__(self) -> None:
        """Say what it is and in which language, and begin without a sheet."""
        self.book.properties.title = cleaned(self.title)
        self.book.properties.language = LANGUAGE
        self.book.properties.creator = "Inspection Evidence"
        self.book.remove(self.book.worksheets[0])

    def sheet(self, name: str) -> Worksheet:
        """Return a new sheet that prints on the width of a page."""
        sheet: Worksheet = self.book.create_sheet(name)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&A, page &P of &N"))
        return sheet

    def to_bytes(self) -> bytes:
        """Return the file."""
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()


def at(sheet: Worksheet, row: int, place: int) -> Cell:
    """Return the cell of a row, counted from 1, and a column, counted from 0."""
    cell = sheet.cell(row, place + 1)
    assert isinstance(cell, Cell)  # noqa: S101 - nothing of ours is merged
    return cell


def put(cell: Cell, value: Any) -> None:
    """Write a value into a cell; text stays text, whatever it begins with."""
    if not isinstance(value, str):
        cell.value = value if isinstance(value, _PLAIN) or value is None else str(value)
        return
    text = _ESCAPE.sub("_x005F_", cleaned(value))
    cell.value = None if not text else text[:LONGEST]
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(RUN)


_PLAIN = (bool, int, float, date, datetime, time, timedelta)


def value_of(column: Column, said: str) -> Any:
    """Return what a pack's cell holds for a field's text: words for codes, days as days.

    What is typed and is no day or number stays the text that it is.
    """
    if not said:
        return None
    if column.kind is Kind.DATE:
        found = day(said)
        return found if found and found.isoformat() == said else said
    if column.kind is Kind.NUMBER:
        return int(said) if PLAIN_NUMBER.fullmatch(said) else said
    if column.kind in {Kind.CHOICE, Kind.CHOICES}:
        words = column.words
        return "; ".join(words.get(code, code) for code in said.split(";"))
    return said if len(_ESCAPE.sub("_x005F_", said)) <= LONGEST else TOO_LONG


def head(sheet: Worksheet, columns: Mapping[int, Column], row: int = 1) -> None:
    """Write the headings of columns, their help as comments, and what their cells look like."""
    for place, column in columns.items():
        cell = at(sheet, row, place)
        put(cell, column.title + (" *" if column.needed else ""))
        _look_like_heading(cell)
        said = _help(column)
        if said:
            cell.comment = Comment(said, "Inspection Evidence", height=140, width=320)
        _look_of_column(sheet, place, column)
    sheet.row_dimensions[row].height = 48
    sheet.freeze_panes = f"B{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"


def _look_like_heading(cell: Cell) -> None:
    cell.font, cell.fill, cell.alignment, cell.border = HEAD, HEAD_FILL, WRAPPED, LINE_UNDER


def _look_of_column(sheet: Worksheet, place: int, column: Column) -> None:
    held = sheet.column_dimensions[letters(place)]
    held.width = NARROW.get(column.field, WIDTHS[column.kind])
    held.alignment, held.number_format = WRAPPED, FORMATS.get(column.kind, AS_TEXT)


def look(cell: Cell, column: Column) -> None:
    """Give a cell under a heading its look."""
    cell.alignment, cell.number_format = WRAPPED, FORMATS.get(column.kind, AS_TEXT)


def _help(column: Column) -> str:
    parts = [column.help]
    if column.needed:
        parts.append("A row needs this to be taken in (*).")
    elif column.asked:
        parts.append("Needed before the case is submitted, if it applies.")
    if column.kind is Kind.DATE:
        parts.append("For example 2026-02-03, 3 February 2026 or 03/02/2026 (day first).")
    return " ".join(part for part in parts if part)


def offer(book: Book, sheet: Worksheet, columns: Mapping[int, Column], first: int) -> None:
    """Give the cells under headings their drop-down lists, with room for new rows."""
    last = max(sheet.max_row, first) + ROOM
    for place, column in columns.items():
        if column.offered:
            where = f"{letters(place)}{first}:{letters(place)}{last}"
            rule = _list_rule(column, _list_of(book, column))
            sheet.add_data_validation(rule)
            rule.add(where)


def _list_of(book: Book, column: Column) -> str:
    """Return where a list stands on the sheet of lists, after putting it there if it is new."""
    if column.offered not in book.lists:
        place = len(book.lists)
        sheet = book.book[LISTS]
        cell = at(sheet, 1, place)
        put(cell, column.title)
        _look_like_heading(cell)
        sheet.column_dimensions[letters(place)].width = 32
        for row, choice in enumerate(column.offered, start=2):
            put(at(sheet, row, place), choice.words)
            at(sheet, row, place).alignment = WRAPPED
        letter = letters(place)
        book.lists[column.offered] = f"{LISTS}!${letter}$2:${letter}${len(column.offered) + 1}"
    return book.lists[column.offered]


def _list_rule(column: Column, source: str) -> DataValidation:
    """Return the rule of a list; where several words may stand, the list only offers."""
    rule = DataValidation(type="list", formula1=source, allow_blank=True)
    rule.showErrorMessage = column.kind is Kind.CHOICE
    rule.errorTitle, rule.error = "Choose from the list", shortened(NOT_OFFERED, COMMENT_LIMIT)
    if column.help:
        rule.showInputMessage = True
        rule.promptTitle = shortened(column.title, 32)
        rule.prompt = shortened(column.help, COMMENT_LIMIT)
    return rule


def paragraphs(sheet: Worksheet, lines: Iterable[tuple[str, str]], width: int = 100) -> None:
    """Write lines of text below each other, headings in bold."""
    sheet.column_dimensions["A"].width = width
    for row, (kind, text) in enumerate(lines, start=1):
        cell = at(sheet, row, 0)
        put(cell, text)
        cell.alignment = WRAPPED
        if kind in HEADINGS:
            cell.font = HEADINGS[kind]


HEADINGS = {"title": Font(bold=True, size=16), "heading": Font(bold=True, size=12)}
