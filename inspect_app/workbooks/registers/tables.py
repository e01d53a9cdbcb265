"""The sheets of somebody's file as plain cells, and where in them its table begins."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from python_calamine import CalamineWorkbook

from inspect_app.errors import Refusal
from inspect_app.workbooks.agency_lists.sheets import sheets_of
from inspect_app.workbooks.cells import say
from inspect_app.workbooks.limits import MOST_ROWS, OLE, ZIP, Passed, damaged, examine
from inspect_app.workbooks.odd_cells import Odd
from inspect_app.workbooks.opening import workbook_in
from inspect_app.workbooks.registers.fields import known_as, same_words

HEADINGS_WITHIN = 30
ENOUGH = 2


@dataclass(frozen=True)
class Sheet:
    """A sheet with every cell as text, from its very first row and column."""

    name: str
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    odd: Odd = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """Headings, and the rows under them: each with its number in the sheet, from 1."""

    sheet: Sheet
    header: int
    first: int
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...] = field(repr=False)


def sheets_in(name: str, data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of an .xlsx or CSV file; raises Refusal for one that cannot be read."""
    if not data.startswith((ZIP, OLE)):
        return tuple(Sheet("", _texts(sheet.rows)) for sheet in sheets_of(data))
    passed = examine(name, data)
    with workbook_in(passed.data, partial(damaged, name)) as workbook:
        return tuple(_sheet(workbook, each, passed) for each in workbook.sheet_names)


def _sheet(workbook: CalamineWorkbook, name: str, passed: Passed) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    if len(rows) > MOST_ROWS:
        raise damaged(passed.name, f"{name} has more than {MOST_ROWS:,} rows")
    # A plan's recommendation is often one cell across the rows of its actions.
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])
    odd = passed.odd.get(name, {})
    for (row_number, column), shown in odd.items():
        rows[row_number - 1][column - 1] = shown
    return Sheet(name, _texts(rows), odd)


def _texts(rows: Sequence[Sequence[Any]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell if type(cell) is str else say(cell) for cell in row) for row in rows)


def find_table(
    name: str,
    sheets: Sequence[Sheet],
    *,
    wanted: str | None = None,
    named: Mapping[str, str] | None = None,
) -> Table:
    """Return the table of a file, wherever it begins: the one with most headings that are known.

    `wanted` names a sheet, and `named` are headings that a person matched: they are in the row
    of headings. Where none is known, it begins at the first row of several cells. Raises
    Refusal, naming what was seen, where there is none.
    """
    looked_at = [sheet for sheet in sheets if wanted in {None, sheet.name}]
    if not looked_at:
        names = ", ".join(f"“{sheet.name}”" for sheet in sheets)
        raise Refusal(f"{name} has no sheet “{wanted}”.", f"It has {names}.", file=name)
    asked = {same_words(heading) for heading in named or {}}
    scored = [
        (_likeness(row, asked), -place, sheet)
        for sheet in looked_at
        for place, row in enumerate(sheet.rows[:HEADINGS_WITHIN])
    ]
    best = max(scored, key=lambda one: (one[0], one[1]), default=None)
    if best is not None and best[0] >= ENOUGH:
        return _table(best[2], -best[1])
    return _unnamed(name, looked_at)


def _unnamed(name: str, sheets: Sequence[Sheet]) -> Table:
    """Return the first table none of whose headings is known, for a person to match."""
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
            if sum(bool(cell.strip()) for cell in row) >= ENOUGH and sheet.rows[place + 1 :]:
                return _table(sheet, place)
    raise _no_table(name, sheets)


def _likeness(row: Sequence[str], asked: set[str]) -> int:
    """Return how many headings of a row are known; none without those that were asked for."""
    said = {same_words(cell) for cell in row if cell.strip()}
    if not asked <= said:
        return 0
    return len({known_as(cell) for cell in row if cell.strip()} - {None}) + ENOUGH * bool(asked)


def _no_table(name: str, sheets: Sequence[Sheet]) -> Refusal:
    seen = [cell for sheet in sheets for row in sheet.rows for cell in row if cell.strip()][:8]
    shown = f" It begins with “{'”, “'.join(each[:30] for each in seen)}”." if seen else ""
    return Refusal(
        f"No table of recommendations or actions was found in {name}.{shown}",
        "Nothing was taken in. It needs a row of headings such as Recommendation number, "
        "Addressed to, Status; Action, Responsible role, Date. Other headings can be matched "
        "by hand.",
        file=name,
    )


def _table(sheet: Sheet, at: int) -> Table:
    row = sheet.rows[at]
    first = next(place for place, cell in enumerate(row) if cell.strip())
    last = max(place for place, cell in enumerate(row) if cell.strip())
    width = max((len(each) for each in sheet.rows[at:]), default=last + 1)
    headings = tuple(_headings(row, first, max(width, last + 1)))
    return Table(sheet, at + 1, first, headings, tuple(_rows(sheet, at, first)))


def _headings(row: Sequence[str], first: int, width: int) -> Iterator[str]:
    """Yield a name for each column; one without a heading, or with another's, has its place."""
    seen: set[str] = set()
    for place in range(first, width):
        said = " ".join(row[place].split()) if place < len(row) else ""
        title = said or f"column {place + 1}"
        yield title if title not in seen else f"{title} (column {place + 1})"
        seen.add(title)


def _rows(sheet: Sheet, at: int, first: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    for place, row in enumerate(sheet.rows[at + 1 :], start=at + 2):
        if any(cell.strip() for cell in row[first:]):
            yield place, row[first:]
