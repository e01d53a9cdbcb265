"""A workbook for the public: each sheet a title, a few lines and one table; always the same bytes.

Follows the Analysis Function's checklist for accessible spreadsheets: marked-up tables, one header
row, no merged cell, a mark where there is no number, a title and a language. It is written part by
part because openpyxl takes fifteen times as long over a nation's figures.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from inspect_app.workbooks import public_parts as parts
from inspect_app.workbooks.plain_text import LONGEST, cleaned
from inspect_app.workbooks.rows import letters

ROWS = 1_048_576
"""The most rows that a sheet holds."""

LONGEST_NAME = 31
"""The most characters that the name of a sheet has."""

EPOCH = date(1899, 12, 30)
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time on every part of the file, so that the same book has the same bytes."""

LINE, TALLEST = 15, 409
"""The height of a line of text, and the most that a row has, in points."""

RUN = ("=", "+", "-", "@", "\t", "\r")

Value = str | int | float | date


@dataclass(frozen=True)
class Heading:
    """The head of a column, and how many characters wide the column is."""

    words: str
    width: int = 24


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its title in A1, lines of text under it, then its table.

    Every cell of a row holds a value. `link_column` is the place of a column whose cells name
    sheets, and lead to them. A sheet without headings is text alone.
    """

    name: str
    title: str
    lines: tuple[str, ...]
    headings: tuple[Heading, ...] = ()
    rows: Sequence[Sequence[Value]] = ()
    link_column: int | None = None

    @property
    def head_row(self) -> int:
        """The row, counted from 1, in which the headings stand."""
        return len(self.lines) + 2


@dataclass(frozen=True)
class Book:
    """A workbook: its title, its language (`en-GB` or `cy-GB`), the day it is of, its sheets."""

    title: str
    language: str
    made_on: date
    sheets: tuple[Sheet, ...]


def book_bytes(book: Book, most: int = ROWS) -> bytes:
    """Return the file; a table with more rows than a sheet takes goes on in the next sheet."""
    sheets = [each for sheet in book.sheets for each in _in_sheets(sheet, most)]
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for path, text in _parts(book, sheets):
            archive.writestr(_entry(path), text.encode())
    return out.getvalue()


def _entry(path: str) -> ZipInfo:
    entry = ZipInfo(path, FIRST_DAY)
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
    return entry


def _in_sheets(sheet: Sheet, most: int) -> Iterator[Sheet]:
    room = most - sheet.head_row
    yield Sheet(**{**vars(sheet), "rows": sheet.rows[:room]})
    for number, start in enumerate(range(room, len(sheet.rows), room), start=2):
        name = f"{sheet.name[: LONGEST_NAME - 5]} ({number})"
        title = f"{sheet.title} ({number})"
        more = {"name": name, "title": title, "rows": sheet.rows[start : start + room]}
        yield Sheet(**{**vars(sheet), **more})


def _parts(book: Book, sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    names = [sheet.name for sheet in sheets]
    tables = [number for number, sheet in enumerate(sheets, start=1) if sheet.headings]
    yield "[Content_Types].xml", parts.content_types(len(sheets), tables)
    yield "_rels/.rels", parts.TOP_RELATIONS
    yield "docProps/core.xml", parts.core(cleaned(book.title), book.language, book.made_on)
    yield "xl/workbook.xml", parts.workbook(names)
    yield "xl/_rels/workbook.xml.rels", parts.workbook_relations(len(sheets))
    yield "xl/styles.xml", parts.STYLES
    for number, sheet in enumerate(sheets, start=1):
        yield f"xl/worksheets/sheet{number}.xml", "".join(_sheet(sheet))
        if sheet.headings:
            yield f"xl/worksheets/_rels/sheet{number}.xml.rels", parts.sheet_relations(number)
            yield f"xl/tables/table{number}.xml", _table(number, sheet)


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield parts.sheet_head(sheet.head_row if sheet.headings else 0)
    yield _columns(sheet)
    yield "<sheetData>"
    yield _row(1, [_text("A1", sheet.title, parts.TITLE)])
    for number, line in enumerate(sheet.lines, start=2):
        yield _row(number, [_text(f"A{number}", line, parts.LINE)])
    if sheet.headings:
        yield from _table_rows(sheet)
    yield "</sheetData>"
    yield from _links(sheet)
    yield parts.SHEET_TAIL if sheet.headings else parts.TEXT_TAIL


def _columns(sheet: Sheet) -> str:
    widths = [each.width for each in sheet.headings] or [100]
    columns = (
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    return f"<cols>{''.join(columns)}</cols>"


def _table_rows(sheet: Sheet) -> Iterator[str]:
    columns = [letters(place) for place in range(len(sheet.headings))]
    number = sheet.head_row
    heads = zip(columns, sheet.headings, strict=True)
    tall = _lines(sheet.headings, [each.words for each in sheet.headings])
    yield _row(number, [_text(f"{x}{number}", each.words, parts.HEAD) for x, each in heads], tall)
    links = sheet.link_column
    for number, row in enumerate(sheet.rows, start=sheet.head_row + 1):
        cells = [_cell(f"{x}{number}", value) for x, value in zip(columns, row, strict=True)]
        if links is not None:
            cells[links] = _text(f"{columns[links]}{number}", str(row[links]), parts.LINK)
        yield _row(number, cells, _lines(sheet.headings, row))


def _lines(headings: Sequence[Heading], row: Sequence[Value]) -> int:
    """Return how many lines the longest text of a row takes; programs do not always work it out."""
    texts = zip(headings, row, strict=True)
    return max(1, *(1 + len(x) * 10 // (y.width * 9) for y, x in texts if isinstance(x, str)), 1)


def _row(number: int, cells: Iterable[str], lines: int = 1) -> str:
    height = f' ht="{min(lines * LINE, TALLEST)}" customHeight="1"' if lines > 1 else ""
    return f'<row r="{number}"{height}>{"".join(cells)}</row>'


def _cell(where: str, value: Value) -> str:
    if isinstance(value, str):
        return _text(where, value, parts.RUNNING if value.startswith(RUN) else parts.TEXT)
    if isinstance(value, date):
        return _number(where, (value - EPOCH).days, parts.DAY)
    return _number(where, value, parts.WHOLE if isinstance(value, int) else parts.DECIMAL)


def _number(where: str, value: float, style: int) -> str:
    return f'<c r="{where}" s="{style}"><v>{value!r}</v></c>'


def _text(where: str, text: str, style: int) -> str:
    return f'<c r="{where}" s="{style}" t="inlineStr">{_held(text)}</c>'


@lru_cache(maxsize=2**16)
def _held(text: str) -> str:
    """Return a text as the file holds it; names and sources stand in thousands of cells."""
    held = escape(cleaned(text)[:LONGEST]).replace("_x", "_x005F_x")
    return f'<is><t xml:space="preserve">{held}</t></is>'


def _links(sheet: Sheet) -> Iterator[str]:
    if sheet.link_column is None or not sheet.rows:
        return
    column = letters(sheet.link_column)
    yield "<hyperlinks>"
    for number, row in enumerate(sheet.rows, start=sheet.head_row + 1):
        name = cleaned(str(row[sheet.link_column])).replace("'", "''")
        where = quoteattr(f"'{name}'!A1")
        yield f'<hyperlink ref="{column}{number}" location={where}/>'
    yield "</hyperlinks>"


def _table(number: int, sheet: Sheet) -> str:
    """Return the part that marks a table up; a table without rows has one, as the format asks."""
    last = sheet.head_row + max(len(sheet.rows), 1)
    where = f"A{sheet.head_row}:{letters(len(sheet.headings) - 1)}{last}"
    return parts.table(number, where, [cleaned(each.words) for each in sheet.headings])
