"""A workbook as it stands: its sheets known by their headings, its cells as they were saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from python_calamine import CalamineWorkbook

from inspect_app.workbooks.identity import Identity, is_identity, not_a_pack, read_identity
from inspect_app.workbooks.layout import CASE, THEME, SheetLayout
from inspect_app.workbooks.limits import MOST_ROWS, Passed, damaged, examine
from inspect_app.workbooks.odd_cells import Odd
from inspect_app.workbooks.opening import workbook_in
from inspect_app.workbooks.plain_text import alike

HEADINGS_WITHIN = 20
Area = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class RawSheet:
    """A sheet with its cells as they were saved; `header` is its row of headings, from 1.

    `places` are the columns of known headings, from 0, and `extra` headings that are not known.
    """

    name: str
    rows: list[list[Any]] = field(repr=False)
    layout: SheetLayout | None = None
    header: int = 0
    places: Mapping[str, int] = field(default_factory=dict)
    extra: tuple[str, ...] = ()
    merged: tuple[Area, ...] = ()
    odd: Odd = field(default_factory=dict)

    @cached_property
    def first(self) -> int:
        """The number of the first row under the headings."""
        return self.header + 1

    @property
    def data(self) -> list[list[Any]]:
        """The rows under the headings."""
        return self.rows[self.header :]


@dataclass(frozen=True)
class Workbook:
    """A pack as it came back: what it remembers, and its sheets in their order."""

    name: str
    identity: Identity
    sheets: tuple[RawSheet, ...]
    from_1904: bool


def open_pack(name: str, data: bytes) -> Workbook:
    """Return a workbook's sheets, not matched yet; raises Refusal for what is not a pack."""
    passed = examine(name, data)
    read = _read(passed)
    hidden = next((sheet for sheet in read if is_identity(sheet.rows)), None)
    if hidden is None:
        raise not_a_pack(name)
    others = tuple(sheet for sheet in read if sheet is not hidden)
    return Workbook(name, read_identity(name, hidden.rows), others, passed.from_1904)


def _read(passed: Passed) -> list[RawSheet]:
    with workbook_in(passed.data, partial(damaged, passed.name)) as workbook:
        return [_sheet(workbook, name, passed) for name in workbook.sheet_names]


def _sheet(workbook: CalamineWorkbook, name: str, passed: Passed) -> RawSheet:
    sheet = workbook.get_sheet_by_name(name)
    merged = tuple(sheet.merged_cell_ranges or ())
    rows = sheet.to_python(skip_empty_area=False)
    if len(rows) > MOST_ROWS:
        raise damaged(passed.name, f"{name} has more than {MOST_ROWS:,} rows")
    return RawSheet(name, rows, merged=merged, odd=passed.odd.get(name, {}))


def matched(sheet: RawSheet, layouts: Iterable[SheetLayout]) -> RawSheet:
    """Return a sheet with its layout and columns known by its headings, whatever it is called."""
    found = [
        (_likeness(layout, headings, sheet.name), number, layout, headings)
        for number, row in enumerate(sheet.rows[:HEADINGS_WITHIN], start=1)
        for headings in [_headings(row)]
        for layout in layouts
    ]
    best = max(found, key=lambda one: (one[0], -one[1]), default=None)
    if best is None or not best[0]:
        return sheet
    _score, header, layout, headings = best
    known = {alike(column.title): column.field for column in layout.every}
    places = {known[said]: place for said, place in headings.items() if said in known}
    row = sheet.rows[header - 1]
    extra = tuple(
        str(cell) for place, cell in enumerate(row) if place not in places.values() and cell != ""
    )
    return RawSheet(sheet.name, sheet.rows, layout, header, places, extra, sheet.merged, sheet.odd)


def _headings(row: Sequence[Any]) -> dict[str, int]:
    """Return where each heading stands; of two alike the first."""
    said = [(alike(str(cell).rstrip(" *")), place) for place, cell in enumerate(row) if cell != ""]
    return dict(reversed(said))


def _likeness(layout: SheetLayout, headings: Mapping[str, int], name: str) -> float:
    """Return how many of a sheet's headings a row has; none without those its rows go by."""
    needed = [column for column in layout.key if column.field in {CASE, THEME}]
    if any(alike(column.title) not in headings for column in needed):
        return 0
    known = sum(alike(column.title) in headings for column in layout.every)
    if known <= len(needed):
        return 0
    return known + known / len(layout.every) + (0.5 if alike(name) == alike(layout.name) else 0)
