"""The tables in an agency's file: which kind of list it is, and its rows under known headings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data_model.vocabulary import FrameKind
from inspect_app.workbooks.agency_lists.cells import says_nothing
from inspect_app.workbooks.agency_lists.layouts import (
    CHARACTERISTICS,
    IDENTIFYING,
    NEVER_KEPT,
    AnnexList,
    annex_list,
    column_of,
    heading_of,
)
from inspect_app.workbooks.agency_lists.sheets import Row, Sheet

HEADINGS_WITHIN = 10
ENOUGH = 2


@dataclass(frozen=True)
class Table:
    """A sheet whose headings are known: where each column stands, and the rows under them."""

    name: str | None
    kind: FrameKind
    listing: AnnexList | None
    columns: dict[str, int]
    headings: tuple[str, ...]
    first_row: int
    below: tuple[Row, ...]

    def rows(self) -> Iterator[tuple[int, dict[str, object]]]:
        """Yield each row that says anything: its number in the sheet, and its cells by column."""
        for number, row in enumerate(self.below, start=self.first_row):
            if any(str(cell).strip() for cell in row if cell is not None):
                yield (
                    number,
                    {
                        field: row[place] if place < len(row) else None
                        for field, place in self.columns.items()
                    },
                )

    def has_missing(self, cells: dict[str, object]) -> bool:
        """Return whether a row says that the child has been missing."""
        said = cells.get("episodes")
        return not says_nothing(said) and str(said).strip() not in {"0", "0.0"}


def tables_of(sheets: Sequence[Sheet]) -> tuple[Table, ...]:
    """Return the tables of the file's own kind; none for a file that is no list of children.

    An extract of missing episodes wins over an Annex A workbook, and both over a plain list,
    which is looked for in the first sheet alone.
    """
    found = [table for sheet in sheets if (table := _table(sheet))]
    for kind in (FrameKind.SAFEGUARDING_DATASET, FrameKind.ANNEX_A):
        of_kind = tuple(table for table in found if table.kind is kind)
        if of_kind:
            return of_kind
    return tuple(table for table in found if table.name in {None, "Sheet 1"})


def _table(sheet: Sheet) -> Table | None:
    """Return a sheet as a table if one of its first rows holds headings that are known."""
    for place, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        headings = tuple(heading_of(cell) for cell in row)
        columns = _columns(headings)
        listing = annex_list(sheet.name)
        kind = _kind(columns, listing)
        if kind is not None:
            # A sheet's own name could be a child's: only a name that is declared is kept.
            position = f"Sheet {sheet.position}" if sheet.name else None
            name = f"List {listing}" if kind is FrameKind.ANNEX_A else position
            below = sheet.rows[place + 1 :]
            return Table(name, kind, listing, columns, headings, place + 2, below)
    return None


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """Return where each declared column stands; of two with one heading, the first."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        field = column_of(heading)
        if field is not None:
            found.setdefault(field, place)
    return found


def _kind(columns: dict[str, int], listing: AnnexList | None) -> FrameKind | None:
    if {"person", "reported"} <= columns.keys():
        return FrameKind.SAFEGUARDING_DATASET
    if listing is not None and "person" in columns:
        return FrameKind.ANNEX_A
    known = columns.keys() & {*CHARACTERISTICS, "birth"}
    return FrameKind.LIST if len(known) >= ENOUGH else None


def dropped(tables: Sequence[Table]) -> str:
    """Return in words which columns of these tables are not kept.

    Only headings that are declared are named: any other could be a name itself.
    """
    headings = {heading for table in tables for heading in table.headings if heading}
    used = {column_of(heading) for heading in headings} & NEVER_KEPT.keys()
    named = [words for field, words in NEVER_KEPT.items() if field in used]
    named += sorted({words for heading, words in IDENTIFYING.items() if heading in headings})
    others = sum(column_of(h) is None and h not in IDENTIFYING for h in headings)
    if others:
        named.append(f"{others} other column{'s' if others > 1 else ''}")
    return ", ".join(named)
