"""Look-ups of where a place lies: its county, its region and its police force area."""

from sqlalchemy.orm import Session

from data_model.records import Area, District
from data_model.vocabulary import AreaKind, Nation
from inspect_app.services.reference_rows import Rows
from inspect_app.services.reference_values import Became, LookupLine
from inspect_app.workbooks.national.lookup_rows import LookupRow
from inspect_app.workbooks.national.lookups import LookupFile

NATIONS = {"E": Nation.ENGLAND, "W": Nation.WALES}
A_PLACE = "expected an authority of England or Wales that is kept here"
A_DISTRICT = (
    "expected an authority, or a district whose county is known: take in the lower-tier to "
    "upper-tier table of that year first"
)


class RegionRows(Rows):
    """Which region an authority lies in."""

    def look_at(self, row: LookupRow) -> None:
        """Say of one row what becomes of it."""
        area = self.areas.get(row.code)
        if area is None:
            if not self.left_out(row):
                self.unknown(row, A_PLACE)
        elif row.within not in self.areas:
            self.unknown(row, "expected a region that is kept here", within=True)
        else:
            self.alter(row, area, "region_code")


class CountyRows(Rows):
    """Which county a district lies in; an authority of one tier stands for itself."""

    def look_at(self, row: LookupRow) -> None:
        """Say of one row what becomes of it."""
        district = self.districts.get(row.code)
        if row.within not in self.areas:
            self.unknown(row, "expected an upper-tier authority that is kept here", within=True)
        elif district is not None:
            self.alter(row, district, "authority_code")
        elif row.code in self.areas:
            self.line(row, Became.SAME, row.name)
        else:
            self.line(row, Became.NEW, row.name, after=self.named(row.within))
            self.added.append(District(code=row.code, name=row.name, authority_code=row.within))


class ForceRows(Rows):
    """Which police force area an authority or a district lies in; a county, by its districts.

    A district of several community safety partnerships has a row for each.
    """

    def __init__(self, session: Session, file: LookupFile, release: str) -> None:
        super().__init__(session, file, release)
        self.seen: dict[str, str] = {}

    def look(self) -> None:
        """Say of every row what becomes of it, and then of the counties."""
        super().look()
        counties = {each.authority_code for each in self.districts.values()}
        for code in sorted(counties):
            self._county(self.areas[code])

    def look_at(self, row: LookupRow) -> None:
        """Say of one row what becomes of it."""
        place = self.areas.get(row.code) or self.districts.get(row.code)
        if place is None:
            self.unknown(row, A_DISTRICT)
        elif row.within not in self.areas:
            self.unknown(row, "expected a police force area that is kept here", within=True)
        elif self.seen.get(row.code, row.within) != row.within:
            said = self.named(self.seen[row.code])
            self.unknown(row, f"expected {said}, as an earlier row says of it", within=True)
        elif row.code in self.seen:
            self.line(row, Became.SAME, place.name)
        else:
            self.seen[row.code] = row.within
            self.alter(row, place, "force_code")

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


class ForceNames(Rows):
    """The police force areas themselves; those of other nations are none here."""

    def look_at(self, row: LookupRow) -> None:
        """Say of one row what becomes of it."""
        nation = NATIONS.get(row.code[:1])
        area = self.areas.get(row.code)
        if nation is None:
            self._elsewhere(row)
        elif area is None:
            self.line(row, Became.NEW, row.name, after=row.name)
            kind = AreaKind.POLICE_FORCE_AREA
            self.added.append(Area(code=row.code, name=row.name, kind=kind, nation=nation))
        elif area.kind is not AreaKind.POLICE_FORCE_AREA:
            self.unknown(row, f"expected a police force area, and {area.name} is none")
        elif area.name != row.name:
            self.line(row, Became.CHANGED, area.name, before=area.name, after=row.name)
            self.altered.append((area, "name", row.name))
        else:
            self.line(row, Became.SAME, area.name)

    def _elsewhere(self, row: LookupRow) -> None:
        says = "It is no place of England or Wales."
        self.lines.append(LookupLine(row.line, row.code, row.name, Became.LEFT_OUT, says=says))
