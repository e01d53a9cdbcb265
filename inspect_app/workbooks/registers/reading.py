"""A register or a plan, row by row: what each says in our fields, and every cell as it stood."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from inspect_app.workbooks.cells import FORMS, day
from inspect_app.workbooks.plain_text import cleaned
from inspect_app.workbooks.problem import Problem
from inspect_app.workbooks.registers.fields import BY_FIELD, Field, Matched, match
from inspect_app.workbooks.registers.tables import Table, find_table, sheets_in
from inspect_app.workbooks.rows import letters

RETURNS = re.compile(r"_x000[Dd]_\n?")
BETWEEN_BODIES = re.compile(r"\s*[|\n]\s*|;\s+|\s*/\s+|\s+/\s*")
NEVER_READ_YET = "a formula without a result, or an error"


@dataclass(frozen=True)
class RegisterRow:
    """A row: its number in the sheet, its cells by heading as they stood, and what they say.

    `texts` and `days` hold the fields that say something; `problems` are cells that are there
    and are not understood.
    """

    line: int
    said: Mapping[str, str] = field(repr=False)
    texts: Mapping[Field, str]
    days: Mapping[Field, date]
    problems: tuple[Problem, ...]

    @property
    def bodies(self) -> tuple[str, ...]:
        """The names of the bodies it is addressed to, each once, in their order."""
        parts = BETWEEN_BODIES.split(self.texts.get(Field.BODY, ""))
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))

    @property
    def hash(self) -> str:
        """The SHA-256 of all its cells, wherever in the file they stand."""
        return said_hash(self.said)


@dataclass(frozen=True)
class Register:
    """A file as it was read: its table, what the columns hold, every row that says anything.

    `sheets` are all that it has; what stands on the others was not read.
    """

    file: str
    sheet: str
    sheets: tuple[str, ...]
    header: int
    first: int
    columns: tuple[Matched, ...]
    rows: tuple[RegisterRow, ...] = field(repr=False)

    @property
    def unmatched(self) -> tuple[str, ...]:
        """The headings of columns that have no field here."""
        return tuple(column.heading for column in self.columns if column.field is None)

    def cell(self, row: RegisterRow, wanted: Field) -> str:
        """Return where a field stands in a row, such as C7; empty without such a column."""
        place = next((c.place for c in self.columns if c.field is wanted), None)
        return "" if place is None else f"{letters(self.first + place)}{row.line}"

    def heading(self, wanted: Field) -> str:
        """Return the file's own heading of a field, or ours where it has no such column."""
        found = (column.heading for column in self.columns if column.field is wanted)
        return next(found, BY_FIELD[wanted].title)

    def has(self, wanted: Field) -> bool:
        """Return whether a column holds this field."""
        return any(column.field is wanted for column in self.columns)


def said_hash(said: Mapping[str, str]) -> str:
    """Return the SHA-256 of a row's cells by heading."""
    text = json.dumps(dict(said), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_register(
    name: str,
    data: bytes,
    *,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Register:
    """Return a file's table, its columns matched to our fields and its rows read.

    `columns` holds fields by heading where a person matched them. Raises Refusal for a file
    that cannot be read, or that holds no such table.
    """
    sheets = sheets_in(name, data)
    table = find_table(name, sheets, wanted=sheet, named=columns)
    found = match(table.headings, [row for _line, row in table.rows], columns)
    return Register(
        name,
        table.sheet.name,
        tuple(each.name for each in sheets),
        table.header,
        table.first,
        found,
        tuple(_row(table, found, line, cells) for line, cells in table.rows),
    )


def _row(
    table: Table, columns: tuple[Matched, ...], line: int, cells: tuple[str, ...]
) -> RegisterRow:
    held = {
        column.heading: cells[column.place] if column.place < len(cells) else ""
        for column in columns
    }
    texts = {
        column.field: text
        for column in columns
        if column.field is not None and (text := plain(held[column.heading]))
    }
    days = {
        each: found
        for each, text in texts.items()
        if BY_FIELD[each].dated and (found := day(text)) is not None
    }
    return RegisterRow(line, held, texts, days, tuple(_problems(table, columns, line, texts, days)))


def plain(said: str) -> str:
    """Return a cell's text as people read it, without what spreadsheets leave in it."""
    return cleaned(RETURNS.sub("\n", said))


def _problems(
    table: Table,
    columns: tuple[Matched, ...],
    line: int,
    texts: Mapping[Field, str],
    days: Mapping[Field, date],
) -> Iterator[Problem]:
    for column in columns:
        if column.field is None:
            continue
        at = table.first + column.place
        odd = table.sheet.odd.get((line, at + 1))
        dated = BY_FIELD[column.field].dated
        if odd is None and not (dated and column.field in texts and column.field not in days):
            continue
        yield Problem(
            table.sheet.name,
            line,
            column.heading,
            f"{letters(at)}{line}",
            odd or texts[column.field],
            f"the cell holds {NEVER_READ_YET}" if odd else f"expected {FORMS}",
            "Type what it should say." if odd else "Write it as 2026-02-03 or 3 February 2026.",
        )
