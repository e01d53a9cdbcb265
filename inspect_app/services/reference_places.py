"""Look-ups of where a place lies: its county, its region and its police force area.

A force that is wrongly set keeps a police force out of the returns of its areas. So a place lies
only in one of the right kind, of its own nation, and is said once.
"""

import re
from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from data_model.records import Area, District
from data_model.vocabulary import AreaKind, Nation
from inspect_app.services.reference_rows import MEND, Rows, Said
from inspect_app.services.reference_values import Became, LookupLine
from inspect_app.workbooks.cells import day
from inspect_app.workbooks.national.lookup_rows import Cell, LookupRow
from inspect_app.workbooks.national.lookups import LookupFile
from inspect_app.workbooks.problem import Problem

NATIONS: Mapping[str, Nation] = {"E": Nation.ENGLAND, "W": Nation.WALES}
A_CODE, A_DISTRICTS_CODE = re.compile(r"[EW]\d{8}"), re.compile(r"E07\d{6}")
ELSEWHERE = re.compile(r"[KLMNS]\d{8}")
"""The codes of places of other nations, and of several nations together."""

ACTIVE, TERMINATED = ("active", "live"), "terminated"
WITH_ARTICLE: Mapping[AreaKind, str] = {
    AreaKind.LOCAL_AUTHORITY: "a local authority",
    AreaKind.POLICE_FORCE_AREA: "a police force area",
    AreaKind.REGION: "a region",
    AreaKind.NATION: "a nation",
}
A_PLACE = "expected an authority of England or Wales that is kept here"
A_DISTRICT = (
    "expected an authority, or a district whose county is known: take in the lower-tier to "
    "upper-tier table of that year first"
)


class OnceRows(Rows):
    """Rows that have each place once."""

    def __init__(self, session: Session, file: LookupFile, release: str) -> None:
        super().__init__(session, file, release)
        self.seen: dict[str, LookupRow] = {}

    def stands_twice(self, row: LookupRow) -> bool:
        """Note that an earlier row has the same place; return whether one has."""
        before = self.seen.setdefault(row.code, row)
        if before is not row:
            self.unknown(row, f"expected each place once, and row {before.line} has it")
        return before is not row


class PlaceRows(OnceRows):
    """Rows that each say in which place, of one kind, another lies; `a_place` is it in words."""

    kind: AreaKind
    a_place: str

    def authority(self, code: str) -> Area | None:
        """Return the local authority of England or Wales with a code, if it is kept here."""
        held = self.areas.get(code)
        there = held is not None and held.kind is AreaKind.LOCAL_AUTHORITY and not held.invented
        return held if there else None

    def nation_of(self, place: Area | District) -> Nation | None:
        """Return the nation of a place; a district's is its county's."""
        area = place if isinstance(place, Area) else self.areas[place.authority_code]
        return area.nation

    def lies_there(self, row: LookupRow, nation: Nation | None) -> bool:
        """Return whether a nation's place can lie where a row says; note why not."""
        expected = self._expected_within(self.areas.get(row.within), nation)
        if expected:
            self.unknown(row, expected, within=True)
        return not expected

    def _expected_within(self, within: Area | None, nation: Nation | None) -> str:
        """Return what is wrong with that in which a place lies; nothing where it can lie there."""
        if within is None or within.invented:
            return f"expected {self.a_place} that is kept here"
        if within.kind is not self.kind:
            return f"expected {self.a_place}, and {within.name} is {WITH_ARTICLE[within.kind]}"
        if within.nation is not nation:
            own, other = _in_words(nation), _in_words(within.nation)
            return f"expected {self.a_place} of {own}, and {within.name} is one of {other}"
        return ""


class RegionRows(PlaceRows):
    """Which region an authority lies in."""

    kind, a_place = AreaKind.REGION, WITH_ARTICLE[AreaKind.REGION]

    def look_at(self, row: LookupRow) -> None:
        """Say of one row what becomes of it."""
        if self.left_out(row):
            return
        area = self.authority(row.code)
        if area is None:
            self.unknown(row, A_PLACE)
        elif not self.stands_twice(row) and self.lies_there(row, area.nation):
            self.alter(row, area, "region_code")


class CountyRows(PlaceRows):
    """Which county a district lies in; an authority of one tier stands for itself."""

    kind, a_place = AreaKind.LOCAL_AUTHORITY, "an upper-tier authority"

    def look_at(self, row: LookupRow) -> None:
        """Say of one row what becomes of it."""
        district, area = self.districts.get(row.code), self.areas.get(row.code)
        if self.stands_twice(row):
            return
        if district is not None:
            if self.lies_there(row, self.nation_of(district)):
                self.alter(row, district, "authority_code")
        elif area is not None:
            self._authority(row, area)
        elif not A_DISTRICTS_CODE.fullmatch(row.code):
            self.unknown(row, "expected an authority that is kept here, or E07 and six digits")
        elif self.lies_there(row, Nation.ENGLAND):
            self.line(row, Became.NEW, row.name, after=self.named(row.within))
            self.added.append(District(code=row.code, name=row.name, authority_code=row.within))

    def _authority(self, row: LookupRow, area: Area) -> None:
        """Say what becomes of an authority of one tier."""
        if self.authority(row.code) is None:
            self.unknown(row, f"expected a district or an authority, and {area.name} is neither")
        elif self.lies_there(row, area.nation):
            if row.within == row.code:
                self.line(row, Became.SAME, row.name)
            else:
                expected = f"expected {self.named(row.code)} itself: it is an authority of one tier"
                self.unknown(row, expected, within=True)


class ForceRows(PlaceRows):
    """Which police force area an authority or a district lies in; a county, by its districts.

    A district of several community safety partnerships has a row for each.
    """

    kind, a_place = AreaKind.POLICE_FORCE_AREA, WITH_ARTICLE[AreaKind.POLICE_FORCE_AREA]

    def look(self) -> None:
        """Say of every row what becomes of it, and then of the counties."""
        super().look()
        counties = {each.authority_code for each in self.districts.values()}
        for code in sorted(counties):
            self._county(self.areas[code])

    def look_at(self, row: LookupRow) -> None:
        """Say of one row what becomes of it."""
        place = self.authority(row.code) or self.districts.get(row.code)
        if place is None:
            self.unknown(row, A_DISTRICT)
        elif not self.lies_there(row, self.nation_of(place)):
            return
        elif (before := self.seen.setdefault(row.code, row)) is row:
            self.alter(row, place, "force_code")
        elif before.within == row.within:
            self.line(row, Became.SAME, place.name)
        else:
            expected = f"expected {self.named(before.within)}, as row {before.line} says of it"
            self.unknown(row, expected, within=True)

    def _county(self, county: Area) -> None:
        """Say what becomes of a county, where the file has its districts and they agree."""
        rows = [
            row
            for row in self.file.rows
            if (held := self.districts.get(row.code)) and held.authority_code == county.code
        ]
        forces = {row.within for row in rows}
        if len(forces) > 1:
            expected = f"expected one police force area for the districts of {county.name}"
            self.unknown(rows[-1], expected, within=True)
        elif forces and forces != {county.force_code} and not self.problems:
            self.alter(rows[0], county, "force_code")


class ForceNames(OnceRows):
    """The police force areas themselves; those of other nations are none here.

    One that was terminated has its day where it is kept here, and is not added where it is not.
    """

    def __init__(self, session: Session, file: LookupFile, release: str) -> None:
        super().__init__(session, file, release)
        self.ended: list[tuple[Area, date | None]] = []

    def look_at(self, row: LookupRow) -> None:
        """Say of one row what becomes of it."""
        if ELSEWHERE.fullmatch(row.code):
            self._left_out(row, "It is no place of England or Wales.")
        elif not A_CODE.fullmatch(row.code):
            self.unknown(row, "expected a code of England or Wales, E or W and eight digits")
        elif not self.stands_twice(row) and self._is_force(row) and self._says_whether_it_is(row):
            self._force(row, self.areas.get(row.code))

    def keep(self) -> tuple[Said, Said]:
        """Keep what is new and changed; return what stood and what stands, by place."""
        before, after = super().keep()
        for area, ended in self.ended:
            key = f"{area.code} ended_on"
            before[key], after[key] = _written(area.ended_on), _written(ended)
            area.ended_on = ended
        return before, after

    def _is_force(self, row: LookupRow) -> bool:
        """Return whether a code is a force area's, or no place's yet; note whose it is if not."""
        held = self.areas.get(row.code) or self.districts.get(row.code)
        if held is None or (isinstance(held, Area) and held.kind is AreaKind.POLICE_FORCE_AREA):
            return True
        self.unknown(row, f"expected a police force area, and {held.name} is none")
        return False

    def _says_whether_it_is(self, row: LookupRow) -> bool:
        """Return whether a row says clearly that a force is there, or when it ended."""
        wrong = _unclear(row)
        if wrong:
            cell, expected = wrong
            self.problems.append(
                Problem("", row.line, cell.column, cell.cell, cell.said, expected, MEND)
            )
        return wrong is None

    def _force(self, row: LookupRow, area: Area | None) -> None:
        """Say what becomes of a force that is there, or that ended."""
        ended = _ended(row)
        if area is None and ended is not None:
            self._left_out(row, f"It ended on {_day(ended)}, and was never kept here.")
        elif area is None:
            self._new(row)
        elif (area.name, area.ended_on) == (row.name, ended):
            self.line(row, Became.SAME, area.name)
        else:
            self._changed(row, area, ended)

    def _new(self, row: LookupRow) -> None:
        self.line(row, Became.NEW, row.name, after=row.name)
        nation, kind = NATIONS[row.code[0]], AreaKind.POLICE_FORCE_AREA
        self.added.append(Area(code=row.code, name=row.name, kind=kind, nation=nation))

    def _changed(self, row: LookupRow, area: Area, ended: date | None) -> None:
        before, after = _until(area.name, area.ended_on), _until(row.name, ended)
        self.line(row, Became.CHANGED, area.name, before=before, after=after)
        if area.name != row.name:
            self.altered.append((area, "name", row.name))
        if area.ended_on != ended:
            self.ended.append((area, ended))

    def _left_out(self, row: LookupRow, says: str) -> None:
        self.lines.append(LookupLine(row.line, row.code, row.name, Became.LEFT_OUT, says=says))


def _in_words(nation: Nation | None) -> str:
    return nation.english if nation else "no one nation"


def _unclear(row: LookupRow) -> tuple[Cell, str] | None:
    """Return the cell that does not say whether a place is there, and what was expected of it."""
    if row.ended is None:
        return None
    status, ended = row.ended.status, row.ended.day
    if status.said.lower() in ACTIVE:
        return (ended, f"expected no day, as it is {status.said}") if ended.said else None
    if status.said.lower() != TERMINATED:
        return status, f"expected {', '.join(ACTIVE)} or {TERMINATED}"
    if day(ended.said) is None:
        return ended, "expected the day on which it ended, such as 31/03/2019"
    return None


def _ended(row: LookupRow) -> date | None:
    return day(row.ended.day.said) if row.ended else None


def _until(name: str, ended: date | None) -> str:
    return f"{name} (until {_day(ended)})" if ended else name


def _day(ended: date) -> str:
    return f"{ended.day} {ended:%B %Y}"


def _written(ended: date | None) -> str | None:
    return ended.isoformat() if ended else None
