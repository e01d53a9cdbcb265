"""A pack: a workbook to record an inspection's cases in where there is no network."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from inspect_app.workbooks.identity import SHEET, Identity, written
from inspect_app.workbooks.layout import Choices, SheetLayout
from inspect_app.workbooks.rows import letters
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
    value_of,
)

COVER, CRITERIA = "Start here", "Criteria"
OWN = frozenset({COVER, CRITERIA, LISTS, SHEET})
"""Sheets of a pack that hold no rows of cases."""

Line = Mapping[str, str]
"""A row by field: codes, days as 2026-02-03, several codes with semicolons between them."""


@dataclass(frozen=True)
class Pack:
    """What a pack is made from: whose it is, what may stand in it, and the rows it holds."""

    identity: Identity
    choices: Choices
    reader: str
    packed_at: datetime
    sheets: tuple[SheetLayout, ...]
    rows: Mapping[str, Sequence[Line]] = field(repr=False)


def pack_bytes(pack: Pack) -> bytes:
    """Return a pack as an Excel workbook."""
    book = Book(f"{pack.choices.title}: pack for {pack.reader}")
    paragraphs(book.sheet(COVER), cover(pack))
    drawn = [(book.sheet(layout.name), layout) for layout in pack.sheets]
    _criteria(book, pack.choices)
    book.sheet(LISTS)
    for sheet, layout in drawn:
        _rows(book, sheet, layout, pack.rows.get(layout.holds, ()))
    book.book[LISTS].freeze_panes = "A2"
    remember(book, pack.identity)
    return book.to_bytes()


def remember(book: Book, identity: Identity) -> None:
    """Write the hidden sheet."""
    sheet = book.sheet(SHEET)
    sheet.sheet_state = "hidden"
    for row, said in enumerate(written(identity), start=1):
        for place, text in enumerate(said):
            put(at(sheet, row, place), text)


def _rows(book: Book, sheet: Worksheet, layout: SheetLayout, lines: Sequence[Line]) -> None:
    columns = dict(enumerate(layout.every))
    head(sheet, columns)
    for row, line in enumerate(lines, start=2):
        for place, column in columns.items():
            cell = at(sheet, row, place)
            put(cell, value_of(column, line.get(column.field, "")))
            look(cell, column)
    offer(book, sheet, columns, first=2)
    sheet.auto_filter.ref = f"A1:{letters(len(columns) - 1)}{max(len(lines), 1) + 1}"


def _criteria(book: Book, choices: Choices) -> None:
    held = [criterion for criterion in choices.criteria if criterion.in_force]
    if not held:
        return
    sheet = book.sheet(CRITERIA)
    names = {theme.code: theme.words for theme in choices.themes}
    for row, said in enumerate(
        [("Criterion", "Theme", "Text"), *((c.code, names[c.theme], c.text) for c in held)], start=1
    ):
        for place, text in enumerate(said):
            cell = at(sheet, row, place)
            put(cell, text)
            cell.alignment = WRAPPED
            cell.font = Font(bold=row == 1)
    for letter, width in zip("ABC", (12, 34, 100), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"


def cover(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield the lines of the first sheet: what this is, and how to use it."""
    prefix = pack.choices.inspection.split("-")[0]
    cases = len(pack.rows.get("case", ()))
    yield "title", pack.choices.title
    yield "", f"Inspection {pack.choices.inspection}. Packed for {pack.reader}, {_when(pack)}."
    yield (
        "",
        f"It holds {cases} of your own drafts as they stood then. Nobody else's case is in it.",
    )
    yield "heading", "How to use it"
    for step in STEPS:
        yield "", step.format(prefix=prefix)
    yield "heading", "The sheets"
    for layout in pack.sheets:
        yield "", f"{layout.name}: {layout.about}"
    if pack.choices.criteria:
        yield "", "Criteria: the texts that themes are judged against."
    yield "", "Lists: the words that the drop-down lists offer."
    yield "heading", "What is never lost"
    for step in SAFE:
        yield "", step


def _when(pack: Pack) -> str:
    return f"{pack.packed_at:%Y-%m-%d at %H:%M} UTC"


STEPS = (
    "1. Write in the sheets that follow this one. A heading with * must be filled in for its row "
    "to be taken in; everything else can wait.",
    "2. For a new case, use the next empty row of Cases and make a reference up: {prefix}-C07, or "
    "any letter and up to four digits after {prefix} and a dash. Never a name, a date of birth or "
    "a number from an agency's system.",
    "3. The other sheets name the case in their first column; their rows can stand in any order.",
    "4. Choose words from the lists. “Not recorded by the agency” is an answer, and a finding; an "
    "empty cell says that you have not entered it yet.",
    "5. Dates can be written as 2026-02-03, 3 February 2026 or 03/02/2026: the day comes first.",
    "6. Save it as an Excel workbook (.xlsx). When you are back, open “Upload a workbook” in the "
    "app, or run: inspect-app take FILE.xlsx",
    "7. Submit your cases in the app. A workbook changes drafts and nothing else.",
)
SAFE = (
    "You see what would change before anything does. What you changed here is taken; what was "
    "changed in the app meanwhile stays; where both were changed, you are shown both and choose.",
    "A row that cannot be taken comes back in a workbook of problems, in its place, with the "
    "reason. All the others are taken.",
    "Deleting a row here deletes nothing in the app. Taking the same workbook twice changes "
    "nothing.",
)
