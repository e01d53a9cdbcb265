"""Agencies' own lists of children as lists to sample from, without anything that identifies one."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data_model.vocabulary import FrameKind
from inspect_app.errors import Refusal
from inspect_app.workbooks.agency_lists.layouts import AnnexList
from inspect_app.workbooks.agency_lists.reading import (
    BY_THE_LIST,
    AgencyList,
    ListedCase,
    ListedEpisode,
    Outcome,
    RowOutcome,
    read,
)
from inspect_app.workbooks.agency_lists.sheets import read_bytes, sheets_of
from inspect_app.workbooks.agency_lists.tables import Table, tables_of

KNOWN = (
    "Send Ofsted's Annex A workbook, an extract of ssd_missing, or a table with at least two of "
    "these headings: Age, Age band, Sex, Ethnicity, Disability, In care, Missing episodes."
)

__all__ = [
    "BY_THE_LIST",
    "AgencyList",
    "AnnexList",
    "ListedCase",
    "ListedEpisode",
    "Offer",
    "Outcome",
    "RowOutcome",
    "kind_in",
    "kind_of",
    "offered",
    "read_bytes",
    "read_list",
]


@dataclass(frozen=True)
class Offer:
    """A list that a workbook holds: how many rows, and in how many a child has been missing."""

    listing: AnnexList
    rows: int
    missing: int

    @property
    def label(self) -> str:
        """The list with its size, as it is offered."""
        missing = f", {self.missing} with a missing episode" if self.missing else ""
        return f"{self.listing.english} ({self.rows} row{'' if self.rows == 1 else 's'}{missing})"


def kind_of(path: Path) -> FrameKind | None:
    """Return what kind of list of children a file is; None where it is none, or unreadable.

    A case pack has a column for sex and one for age too: ask for a pack first.
    """
    try:
        return kind_in(read_bytes(path))
    except Refusal:
        return None


def kind_in(content: bytes) -> FrameKind:
    """Return what kind of list of children this is; raises Refusal where it is none."""
    return _tables(content)[0].kind


def offered(content: bytes) -> tuple[Offer, ...]:
    """Return the lists of an Annex A workbook to choose from; none for another kind of list."""
    return tuple(_offer(table) for table in _tables(content) if table.listing)


def read_list(
    content: bytes,
    dated_on: date,
    *,
    lists: Collection[str] = (),
    only_missing: bool = False,
) -> AgencyList:
    """Return the cases in a file that could be chosen; nothing in them identifies a child.

    `lists` are numbers of an Annex A workbook's lists. Without any, it is children of List 8
    with a missing episode. Raises Refusal for a file that is no list, a list that is not in
    it, and a list from which no case could be chosen.
    """
    tables = _tables(content)
    if tables[0].kind is FrameKind.ANNEX_A:
        only_missing = only_missing or not lists
        tables = _chosen(tables, lists or (AnnexList.LOOKED_AFTER,))
    found = read(tables, dated_on, only_missing=only_missing)
    if all(case.excluded_because for case in found.cases):
        raise _nobody(found, _tables(content))
    return found


def _tables(content: bytes) -> tuple[Table, ...]:
    tables = tables_of(sheets_of(content))
    if not tables:
        raise Refusal("The file is no list of children that is known here.", KNOWN)
    return tables


def _chosen(tables: tuple[Table, ...], lists: Collection[str]) -> tuple[Table, ...]:
    there = {str(table.listing) for table in tables}
    absent = sorted(set(map(str, lists)) - there, key=len)
    if absent:
        raise Refusal(f"The file has no List {', '.join(absent)}.", _choose(tables))
    return tuple(table for table in tables if table.listing in lists)


def _nobody(found: AgencyList, tables: tuple[Table, ...]) -> Refusal:
    reasons = Counter(row.why for row in found.rows if row.outcome is not Outcome.JOINED)
    said = "; ".join(f"{why}: {number}" for why, number in reasons.items())
    return Refusal(
        f"Of {len(found.rows)} rows, none is of a case to choose from ({said or 'it is empty'}).",
        _choose(tables) if found.kind is FrameKind.ANNEX_A else "Ask for the list again.",
        rows=found.rows,
    )


def _choose(tables: tuple[Table, ...]) -> str:
    held = "; ".join(_offer(table).label for table in tables)
    return f"Choose the lists to sample from on the page Sample. The file has {held}."


def _offer(table: Table) -> Offer:
    rows = [table.has_missing(cells) for _row, cells in table.rows()]
    return Offer(table.listing or AnnexList.LOOKED_AFTER, len(rows), sum(rows))
