"""A file opened for an inspection: its sheets matched and read, and what is said of it whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from data_model.records import Inspection, Pack
from inspect_app.services.case_access import being_read
from inspect_app.services.intake_choices import choices_of
from inspect_app.services.intake_packs import check_taker, known
from inspect_app.services.intake_values import Became, SheetCount
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.layout import CASE, NUMBER, THEME, Choices, SheetLayout, layout
from inspect_app.workbooks.pack import OWN
from inspect_app.workbooks.problem import Problem
from inspect_app.workbooks.reading import RawSheet, Workbook, matched, open_pack
from inspect_app.workbooks.returning import ADDED
from inspect_app.workbooks.rows import Rows, read_rows


@dataclass(frozen=True)
class FileRead:
    """A file's workbook and the rows of its sheets; `unread` are sheets without known headings."""

    held: Inspection
    pack: Pack
    workbook: Workbook
    layouts: tuple[SheetLayout, ...]
    sheets: tuple[Rows, ...] = field(repr=False)
    unread: tuple[SheetCount, ...]
    problems: tuple[Problem, ...]

    def notes(self) -> tuple[str, ...]:
        """Return what is worth knowing of the file as a whole."""
        return tuple(_notes(self))


def read_file(session: Session, name: str, data: bytes, by: SignedIn) -> FileRead:
    """Return a file's rows, read by the lists of the inspection that it was packed from.

    Raises Refusal for a file that was not packed here, and for anybody else's.
    """
    opened = open_pack(name, data)
    pack = known(session, name, opened.identity)
    check_taker(session, name, pack, by)
    held = being_read(session, pack.inspection, by)
    choices = choices_of(session, held)
    layouts = layout(choices)
    own = OWN | ADDED
    sheets = tuple(s if s.name in own else matched(s, layouts) for s in opened.sheets)
    workbook = replace(opened, sheets=sheets)
    unknown = [s for s in sheets if s.layout is None and s.name not in own and s.rows]
    return FileRead(
        held,
        pack,
        workbook,
        layouts,
        _read(sheets, layouts, choices, from_1904=workbook.from_1904),
        tuple(SheetCount(s.name, len(s.rows), {Became.REFUSED: len(s.rows)}) for s in unknown),
        tuple(map(_no_headings, unknown)),
    )


def _read(
    sheets: tuple[RawSheet, ...],
    layouts: tuple[SheetLayout, ...],
    choices: Choices,
    *,
    from_1904: bool,
) -> tuple[Rows, ...]:
    """Return the rows of matched sheets, those of the cases first."""
    order = [each.holds for each in layouts]
    read = [read_rows(s, choices, from_1904=from_1904) for s in sheets if s.layout is not None]
    return tuple(sorted(read, key=lambda rows: order.index(rows.layout.holds)))


def _no_headings(sheet: RawSheet) -> Problem:
    return Problem(
        sheet.name,
        1,
        "Headings",
        "A1",
        "",
        "this sheet has none of the headings of a pack, so none of its rows were read",
        "Copy the row of headings from a new pack, or delete the sheet if it is not needed.",
    )


def _notes(file: FileRead) -> Iterator[str]:
    if not file.workbook.identity.sealed:
        yield (
            "Its hidden sheet was changed, so it cannot be told which side changed what: "
            "everything that differs is asked about."
        )
    for sheet in file.workbook.sheets:
        yield from _sheet_notes(sheet)
    found = {rows.layout.holds for rows in file.sheets}
    for each in file.layouts:
        if each.holds not in found:
            yield f"The sheet {each.name} is not in the file; nothing of it was changed here."
    gone = len(_gone(file))
    if gone:
        rows = "row that was packed is" if gone == 1 else "rows that were packed are"
        yield f"{gone} {rows} not in the file any more; nothing was deleted here."


def _sheet_notes(sheet: RawSheet) -> Iterator[str]:
    if sheet.layout is None:
        return
    if sheet.extra:
        yield (
            f"The sheet {sheet.name} has columns that are not the pack's, which were not read: "
            f"{', '.join(sheet.extra[:20])}."
        )
    if sheet.header > 1:
        yield (
            f"The sheet {sheet.name} has its headings in row {sheet.header}; "
            "what stands above was not read."
        )
    if sheet.name != sheet.layout.name:
        yield f"The sheet {sheet.name} was read as {sheet.layout.name}, by its headings."
    absent = [c.title for c in sheet.layout.columns if c.field not in sheet.places]
    if absent:
        yield (
            f"The sheet {sheet.name} lacks these columns, and nothing of them was changed here: "
            f"{', '.join(absent)}."
        )


def _gone(file: FileRead) -> set[tuple[str, str, str]]:
    """Return the packed rows of sheets that are there which the file has no longer."""
    holds = {rows.layout.holds for rows in file.sheets}
    there = {
        (rows.layout.holds, str(row[CASE]), _line(row))
        for rows in file.sheets
        for row in rows.frame.select(
            name for name in (CASE, THEME, NUMBER) if name in rows.frame.columns
        ).iter_rows(named=True)
    } if file.workbook.identity.rows else set()  # fmt: skip
    return {line for line in file.workbook.identity.rows if line[0] in holds} - there


def _line(row: dict[str, object]) -> str:
    return "/".join(str(row[name]) for name in (THEME, NUMBER) if row.get(name) is not None)
