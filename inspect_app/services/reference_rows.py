"""The rows of a look-up table held against what is here: what each changes, and what is unknown."""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Area, District, Record
from inspect_app.services.reference_values import Became, LookupLine
from inspect_app.workbooks.national.lookup_rows import LookupRow
from inspect_app.workbooks.national.lookups import LookupFile
from inspect_app.workbooks.problem import Problem

LINKS = " / "
"""Stands between the codes of places that a statistic gives together."""

ENDED_BEFORE = {
    "E10000001": "Bedfordshire ended on 31 March 2009, before the first area that is kept here.",
    "E10000004": "Cheshire ended on 31 March 2009, before the first area that is kept here.",
    "E10000005": (
        "Cornwall and Isles of Scilly ended on 31 March 2009, before the first area that is "
        "kept here."
    ),
}
ELSEWHERE = "z"
MEND = "Correct the file, or wait for a version of this product that knows the place."
Said = dict[str, object]


class Rows(ABC):
    """A file held against the places here; `keep` does what `look` found, and says what stood."""

    def __init__(self, session: Session, file: LookupFile, release: str) -> None:
        self.session, self.file, self.release = session, file, release
        self.areas = {area.code: area for area in session.scalars(select(Area))}
        self.districts = {each.code: each for each in session.scalars(select(District))}
        self.lines: list[LookupLine] = []
        self.problems: list[Problem] = []
        self.added: list[Record] = []
        self.altered: list[tuple[Area | District, str, str]] = []

    def look(self) -> None:
        """Say of every row what becomes of it."""
        for row in self.file.rows:
            self.look_at(row)

    @abstractmethod
    def look_at(self, row: LookupRow) -> None:
        """Say of one row what becomes of it."""

    def keep(self) -> tuple[Said, Said]:
        """Keep what is new and changed; return what stood and what stands, by place."""
        before: Said = {}
        after: Said = {"new": len(self.added)}
        for place, column, value in self.altered:
            key = f"{place.code} {column}"
            before[key], after[key] = getattr(place, column), value
            setattr(place, column, value)
        self.session.add_all(self.added)
        self.session.flush()
        return before, after

    def line(
        self, row: LookupRow, became: Became, place: str, *, before: str = "", after: str = ""
    ) -> None:
        """Note what became of a row."""
        self.lines.append(LookupLine(row.line, row.code, place, became, before, after))

    def left_out(self, row: LookupRow) -> bool:
        """Note that a row is no place of its own here, where that is so; return whether it is."""
        says = ENDED_BEFORE.get(row.code, "")
        if row.code.lower() == ELSEWHERE:
            says = "It is no place of England or Wales."
        elif LINKS in row.code:
            says = "It stands for several areas together, each of which has a row."
        if says:
            self.lines.append(LookupLine(row.line, row.code, row.name, Became.LEFT_OUT, says=says))
        return bool(says)

    def unknown(self, row: LookupRow, expected: str, *, within: bool = False) -> None:
        """Note that the place of a row, or what it lies in, is not known here."""
        said = f"{row.within} {row.within_name}" if within else f"{row.code} {row.name}"
        column, cell = row.column, row.cell
        if within:
            column, cell = row.within_column, row.within_cell
        self.problems.append(Problem("", row.line, column, cell, said.strip(), expected, MEND))

    def alter(self, row: LookupRow, place: Area | District, column: str) -> None:
        """Note that a place lies in something else than before, or where it did."""
        held = getattr(place, column)
        before, after = self.named(held), self.named(row.within)
        if held == row.within:
            self.line(row, Became.SAME, place.name)
            return
        self.line(row, Became.CHANGED, place.name, before=before, after=after)
        self.altered.append((place, column, row.within))

    def named(self, code: str | None) -> str:
        """Return an area's name and code."""
        if code is None:
            return "not said"
        return f"{self.areas[code].name} ({code})" if code in self.areas else code


def newest(areas: Iterable[Area]) -> Area | None:
    """Return the area of today among those that have or had one old code, else the last of them."""
    held = list(areas)
    today = [area for area in held if area.ended_on is None]
    found = today or sorted(held, key=lambda area: str(area.ended_on))
    return found[-1] if found else None
