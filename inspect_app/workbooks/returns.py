"""A quarterly return as a workbook: one table, a row a figure or a part of one; out and back.

The same table can come back as CSV. Area, quarter and body stand in every row, so that a row
says by itself what it is about.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inspect_app.errors import Refusal
from inspect_app.workbooks.layout import Choice, Column, Kind
from inspect_app.workbooks.plain_text import alike
from inspect_app.workbooks.problem import Problem
from inspect_app.workbooks.registers.tables import Sheet, sheets_in
from inspect_app.workbooks.rows import letters
from inspect_app.workbooks.writing import LISTS, Book, at, head, look, offer, paragraphs, put

SHEET = "Return"
HEADINGS_WITHIN = 30
WHOLE = re.compile(r"[0-9][0-9 ,]*")
MARKS = (
    Choice("x", "x not available"),
    Choice("z", "z not applicable"),
)
YES = Choice("yes", "Yes", ("y", "true"))
HOW = (
    ("title", "How to fill it in"),
    ("", "Write a number, 0 where there was none, and what it is out of where that is asked."),
    ("", "Where there is no number choose a mark: x not available, z not applicable. A blank is"),
    ("", "neither, and is asked about. Never leave out children whose ethnicity or disability is"),
    ("", "not recorded: they have a row of their own."),
    ("", "Recording changed: choose Yes in the first quarter counted in a new way, and say in the"),
    ("", "note what changed. A new series begins there."),
    ("", "No name of a child, and nothing by which one could be known, in any note."),
)

AREA = Column("area", "Area", Kind.TEXT)
QUARTER = Column("quarter", "Quarter", Kind.TEXT)
BODY = Column("body", "Body", Kind.TEXT)
INDICATOR = Column("indicator", "Indicator", Kind.TEXT)
MEANS = Column("means", "What is counted", Kind.TEXT)
BREAKDOWN = Column("breakdown", "By", Kind.TEXT)
CATEGORY = Column("category", "Of these", Kind.TEXT)
NUMBER = Column("numerator", "Number", Kind.NUMBER, most=10**9)
OUT_OF = Column("denominator", "Out of", Kind.NUMBER, most=10**9)
MARK = Column("mark", "Mark", Kind.CHOICE, offered=MARKS)
CHANGED = Column("changed", "Recording changed", Kind.CHOICE, offered=(YES,))
NOTE = Column("note", "Note", Kind.TEXT)
COLUMNS = (
    AREA, QUARTER, BODY, INDICATOR, MEANS, BREAKDOWN, CATEGORY, NUMBER, OUT_OF, MARK, CHANGED, NOTE,
)  # fmt: skip
NEEDED = (AREA, QUARTER, BODY, INDICATOR, NUMBER)
WIDTHS = {MEANS: 60, NOTE: 40, INDICATOR: 30, BODY: 24, CATEGORY: 24}

Key = tuple[str, str | None, str | None]
"""What a row is about: an indicator, and a part of it by what, or None for the whole."""


@dataclass(frozen=True)
class ReturnRow:
    """A row of a return; `line` is its row in the file, from 1, and `numbered` its cell."""

    line: int
    numbered: str
    indicator: str
    breakdown: str | None
    category: str | None
    numerator: int | None
    denominator: int | None
    mark: str | None
    changed: bool
    note: str | None

    @property
    def key(self) -> Key:
        """What the row is about."""
        return self.indicator, self.breakdown, self.category

    @property
    def blank(self) -> bool:
        """Whether it says neither a number nor why there is none."""
        return self.numerator is None and self.mark is None


@dataclass(frozen=True)
class ReturnFile:
    """A return as it came back: for which area, quarter and body, its rows, and what is wrong."""

    area: str
    quarter: str
    body: str
    rows: tuple[ReturnRow, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()


def return_bytes(title: str, rows: Sequence[Mapping[str, object]]) -> bytes:
    """Return a workbook to fill in: how to, and the table with these rows by column."""
    book = Book(title)
    paragraphs(book.sheet("Start here"), [("title", title), *HOW])
    sheet = book.sheet(SHEET)
    columns = dict(enumerate(COLUMNS))
    head(sheet, columns)
    for place, column in columns.items():
        sheet.column_dimensions[letters(place)].width = WIDTHS.get(column, 14)
    for line, row in enumerate(rows, start=2):
        for place, column in columns.items():
            cell = at(sheet, line, place)
            put(cell, row.get(column.field))
            look(cell, column)
    book.sheet(LISTS).sheet_state = "hidden"
    offer(book, sheet, columns, first=2)
    sheet.freeze_panes = "A2"
    return book.to_bytes()


def is_return(name: str, data: bytes) -> bool:
    """Return whether a file holds the table of a return."""
    try:
        return _found(sheets_in(name, data)) is not None
    except Refusal:
        return False


def read_return(name: str, data: bytes) -> ReturnFile:
    """Return what a file says; a row that cannot be read is a problem and no figure.

    Raises Refusal for a file without the table, or one about several areas, quarters or bodies.
    """
    found = _found(sheets_in(name, data))
    if found is None:
        titles = ", ".join(column.title for column in NEEDED)
        raise Refusal(
            f"{name} has no table of a quarterly return.",
            f"It needs a row of headings with {titles}. Pack one to fill in.",
            file=name,
        )
    sheet, at_row, places = found
    reader = _Reader(sheet, places)
    rows = [reader.row(line) for line in range(at_row + 2, len(sheet.rows) + 1)]
    held = [row for row in rows if row is not None]
    about = {what: reader.about(what) for what in (AREA, QUARTER, BODY)}
    for what, said in about.items():
        if len(said) != 1:
            shown = ", ".join(sorted(said)) or "nothing"
            raise Refusal(
                f"{name} says more than one thing, or nothing, under {what.title}: {shown}.",
                "A file is one body's return for one area and one quarter.",
                file=name,
            )
    area, quarter, body = (said.pop() for said in about.values())
    return ReturnFile(area, quarter, body, tuple(held), tuple(reader.problems))


Found = tuple[Sheet, int, Mapping[Column, int]]


def _found(sheets: Sequence[Sheet]) -> Found | None:
    known = {alike(column.title): column for column in COLUMNS}
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
            places = {known[alike(c)]: n for n, c in enumerate(row) if alike(c) in known}
            if all(column in places for column in NEEDED):
                return sheet, place, places
    return None


@dataclass
class _Reader:
    """Reads row after row of the table, and keeps what is wrong and what it is about."""

    sheet: Sheet
    places: Mapping[Column, int]
    problems: list[Problem] = field(default_factory=list)
    seen: dict[Key, int] = field(default_factory=dict)
    said: dict[Column, set[str]] = field(default_factory=dict)

    def about(self, column: Column) -> set[str]:
        """Return what the rows say under one of the columns that are the same in all of them."""
        return self.said.get(column, set())

    def row(self, line: int) -> ReturnRow | None:
        """Return a row as it is meant; None for an empty one and one that cannot be read."""
        if not any(cell.strip() for cell in self.sheet.rows[line - 1]):
            return None
        for column in (AREA, QUARTER, BODY):
            self.said.setdefault(column, set()).add(self._text(line, column) or "")
        wrong = len(self.problems)
        row = ReturnRow(
            line=line,
            numbered=self._cell(line, NUMBER),
            indicator=self._text(line, INDICATOR) or "",
            breakdown=self._text(line, BREAKDOWN),
            category=self._text(line, CATEGORY),
            numerator=self._whole(line, NUMBER),
            denominator=self._whole(line, OUT_OF),
            mark=self._choice(line, MARK),
            changed=self._choice(line, CHANGED) is not None,
            note=self._text(line, NOTE),
        )
        self._check(row)
        return row if len(self.problems) == wrong else None

    def _check(self, row: ReturnRow) -> None:
        if row.numerator is not None and row.mark:
            self._wrong(row.line, MARK, "no mark where there is a number", "Delete one of them.")
        if row.changed and not row.note:
            self._wrong(row.line, NOTE, "what changed in recording", "Say it in a sentence.")
        first = self.seen.setdefault(row.key, row.line)
        if first != row.line:
            self._wrong(
                row.line, INDICATOR, f"not what row {first} is about", "Delete one of them."
            )

    def _text(self, line: int, column: Column) -> str | None:
        place = self.places.get(column)
        row = self.sheet.rows[line - 1]
        said = row[place].strip() if place is not None and place < len(row) else ""
        return said or None

    def _whole(self, line: int, column: Column) -> int | None:
        said = self._text(line, column)
        if said is None:
            return None
        plain = said.removesuffix(".0")
        if WHOLE.fullmatch(plain):
            return int(re.sub(r"[ ,]", "", plain))
        self._wrong(line, column, "a whole number, 0 or more", "Write it in digits, or use a mark.")
        return None

    def _choice(self, line: int, column: Column) -> str | None:
        said = self._text(line, column)
        if said is None:
            return None
        code = column.codes.get(alike(said))
        if code is None:
            words = ", ".join(choice.words for choice in column.offered)
            self._wrong(
                line, column, f"one of: {words}", "Choose from the list, or leave it empty."
            )
        return code

    def _cell(self, line: int, column: Column) -> str:
        return f"{letters(self.places[column])}{line}" if column in self.places else ""

    def _wrong(self, line: int, column: Column, expected: str, mend: str) -> None:
        said = self._text(line, column) or ""
        cell = self._cell(line, column)
        name = self.sheet.name or SHEET
        self.problems.append(Problem(name, line, column.title, cell, said, expected, mend))
