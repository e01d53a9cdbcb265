"""A model of statistical neighbours: ten for each authority, kept under the model's year."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Area, AreaNeighbour
from inspect_app.services.national_values import published_on
from inspect_app.services.reference import newest_model
from inspect_app.services.reference_rows import MEND, Rows, Said, newest
from inspect_app.services.reference_values import Became, LookupLine, edition
from inspect_app.workbooks.national.lookup_rows import LookupRow, Near
from inspect_app.workbooks.national.lookups import LookupFile
from inspect_app.workbooks.problem import Problem

NUMBER = "expected the old code of three digits of an authority that is kept here"
NAMED = 3
"""The most of the authorities that a model lacks that are named."""

WHOLE = "Take the whole model in: every authority is held against the newest that is kept."


class NeighbourRows(Rows):
    """The neighbours of each authority, which a model gives by old codes of three digits.

    An old code that one council after another had is the authority of today, whose figures are
    the newest to be compared.
    """

    def __init__(self, session: Session, file: LookupFile, release: str) -> None:
        super().__init__(session, file, release)
        self.model = edition(release)
        self.source = f"{file.lookup.publisher}, {release}"
        self.by_old_code = self._old_codes()
        self.held = self._held()
        self.seen: dict[str, int] = {}
        self.replaced: list[tuple[AreaNeighbour, Area, Near]] = []

    def look(self) -> None:
        """Say of every row what becomes of it, and then which authorities have none."""
        super().look()
        if not self.problems and not self.file.problems:
            self._check_whole()

    def look_at(self, row: LookupRow) -> None:
        """Say of one authority's row what becomes of it."""
        area = self.by_old_code.get(row.code)
        near = [self.by_old_code.get(each.code) for each in row.nearest]
        if area is None:
            self.unknown(row, NUMBER)
        elif row.code in self.seen:
            self.unknown(row, f"expected each authority once, and row {self.seen[row.code]} has it")
        elif None in near or area in near:
            self._strange(row, area)
        else:
            self.seen[row.code] = row.line
            self._authority(row, area, [each for each in near if each is not None])

    def keep(self) -> tuple[Said, Said]:
        """Keep what is new and changed; return what stood and what stands, by place."""
        before, after = super().keep()
        for held, area, near in self.replaced:
            key = f"{held.model} {held.area_code} {held.place}"
            before[key], after[key] = (
                f"{held.neighbour} {held.closeness}",
                f"{area.code} {near.closeness}",
            )
            held.neighbour, held.closeness, held.source = area.code, near.closeness, self.source
        return before, after

    def _check_whole(self) -> None:
        """Note the authorities of today that the newest model has and this, as new or newer, lacks.

        With them left out, the newest model of all would have no neighbours of theirs.
        """
        newest_kept = newest_model(self.session)
        if not newest_kept or self.model < newest_kept:
            return
        query = select(AreaNeighbour.area_code).where(AreaNeighbour.model == newest_kept)
        told = {line.area for line in self.lines}
        held = [self.areas[code] for code in sorted(set(self.session.scalars(query)) - told)]
        lacking = [area for area in held if area.ended_on is None]
        if lacking:
            self.problems.append(self._lacks(lacking, newest_kept))

    def _lacks(self, lacking: list[Area], kept: str) -> Problem:
        some = ", ".join(f"{area.name} ({area.code})" for area in lacking[:NAMED])
        more = f" and {len(lacking) - NAMED} more" if len(lacking) > NAMED else ""
        expected = (
            f"expected a row for each authority of the model of {kept} that is still there, and "
            f"{len(lacking)} {'has' if len(lacking) == 1 else 'have'} none: {some}{more}"
        )
        last = max((row.line for row in self.file.rows), default=1)
        column = self.file.lookup.told.code
        return Problem("", last, column, "", f"{self.file.read} rows", expected, WHOLE)

    def _old_codes(self) -> Mapping[str, Area]:
        found: dict[str, list[Area]] = defaultdict(list)
        for area in self.areas.values():
            if area.old_code:
                found[area.old_code].append(area)
        return {code: last for code, held in found.items() if (last := newest(held))}

    def _held(self) -> dict[tuple[str, int], AreaNeighbour]:
        query = select(AreaNeighbour).where(AreaNeighbour.model == self.model)
        return {(each.area_code, each.place): each for each in self.session.scalars(query)}

    def _strange(self, row: LookupRow, area: Area) -> None:
        """Note the neighbours of a row that are no authorities, or the authority itself."""
        for near in row.nearest:
            held = self.by_old_code.get(near.code)
            expected = f"expected another authority than {area.name}" if held is area else NUMBER
            if held is None or held is area:
                self.problems.append(
                    Problem("", row.line, near.column, near.cell, near.code, expected, MEND)
                )

    def _authority(self, row: LookupRow, area: Area, near: list[Area]) -> None:
        places = list(enumerate(zip(near, row.nearest, strict=True), start=1))
        new = [(n, pair) for n, pair in places if (area.code, n) not in self.held]
        other = [
            (self.held[area.code, n], pair)
            for n, pair in places
            if (area.code, n) in self.held and not _same(self.held[area.code, n], *pair)
        ]
        if any(self._older(held) for held, _pair in other):
            self._note(row, area, Became.OLDER)
            return
        self.added += [self._record(area, n, *pair) for n, pair in new]
        self.replaced += [(held, *pair) for held, pair in other]
        became = Became.CHANGED if other else Became.NEW if new else Became.SAME
        self._note(
            row, area, became,
            "; ".join(f"{h.place}: {self._near(h.neighbour, h.closeness)}" for h, _pair in other),
            "; ".join(f"{h.place}: {self._near(a.code, n.closeness)}" for h, (a, n) in other),
        )  # fmt: skip

    def _note(
        self, row: LookupRow, area: Area, became: Became, before: str = "", after: str = ""
    ) -> None:
        self.lines.append(LookupLine(row.line, area.code, area.name, became, before, after))

    def _older(self, held: AreaNeighbour) -> bool:
        """Whether what stands was published after this release."""
        stands, this = published_on(held.source or ""), published_on(self.release)
        return stands is not None and this is not None and this < stands

    def _record(self, area: Area, place: int, neighbour: Area, near: Near) -> AreaNeighbour:
        return AreaNeighbour(
            model=self.model, area_code=area.code, place=place, neighbour=neighbour.code,
            closeness=near.closeness, source=self.source,
        )  # fmt: skip

    def _near(self, code: str, closeness: str) -> str:
        return f"{self.named(code)}, {closeness.replace('_', ' ')}"


def _same(held: AreaNeighbour, area: Area, near: Near) -> bool:
    return (held.neighbour, held.closeness) == (area.code, near.closeness)
