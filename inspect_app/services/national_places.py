"""The places of a national publication: codes of today and before, and what took over from what.

A figure stands under the code that its publication gives. Only where one council became another
for the same area is it looked for under either code; a county that was divided is never mixed
with what followed it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Area, AreaSuccession
from inspect_app.workbooks.national import NationalRow

SAME_PLACE = frozenset({"recode", "replaced"})
"""The ways of taking over after which the area is the one it was."""

Takeover = tuple[str, str, str]
"""The code before, the code after, and in which way the one took over from the other."""


def other_codes(takeovers: Iterable[Takeover], code: str) -> list[str]:
    """Return the other codes that a place has or had, however many followed; nearest first."""
    same = [(before, after) for before, after, kind in takeovers if kind in SAME_PLACE]
    found = [code]
    for each in found:
        near = {after for before, after in same if before == each}
        near |= {before for before, after in same if after == each}
        found.extend(sorted(near.difference(found)))
    return found[1:]


class Places:
    """Every area here, found by its code, and those that are the same place under another."""

    def __init__(self, session: Session) -> None:
        self.by_code = {area.code: area for area in session.scalars(select(Area))}
        self.followed: dict[str, list[AreaSuccession]] = defaultdict(list)
        self.preceded: dict[str, list[AreaSuccession]] = defaultdict(list)
        self.takeovers: list[Takeover] = []
        for each in session.scalars(select(AreaSuccession).order_by(AreaSuccession.successor)):
            self.followed[each.predecessor].append(each)
            self.preceded[each.successor].append(each)
            self.takeovers.append((each.predecessor, each.successor, each.kind))

    def find(self, row: NationalRow) -> Area | None:
        """Return the area of a row; by its old code of three digits where it has no other."""
        if row.code:
            return self.by_code.get(row.code)
        end = date(row.year, 3, 31)
        held = [
            area
            for area in self.by_code.values()
            if area.old_code == row.old_code and _is_there(area, end)
        ]
        return held[0] if len(held) == 1 else None

    def also(self, code: str) -> list[str]:
        """Return the other codes that the same place has or had, nearest first."""
        return other_codes(self.takeovers, code)

    def unknown(self, row: NationalRow) -> str:
        """Return in words what is known of a code that is no area here."""
        said = row.code or f"old code {row.old_code}"
        parts = [self.by_code[code] for code in row.code.split(" / ") if code in self.by_code]
        if not parts:
            return f"{row.name or 'It'} ({said}) is not an area here; nothing was kept of it."
        names = _listed(part.name for part in parts)
        before = {each.predecessor for part in parts for each in self.preceded[part.code]}
        from_what = _listed(f"{self.by_code[code].name} ({code})" for code in sorted(before))
        took_over = f", which took over from {from_what}" if before else ""
        return f"{said} is {names} together{took_over}; nothing was kept of it."

    def afterwards(self, area: Area, end: date) -> str:
        """Return in words that an area was no longer there in a period, or not yet; else nothing.

        Names what the declared table says came after it, or before.
        """
        if area.ended_on is not None and area.ended_on < end:
            after = _listed(self._named(each.successor) for each in self.followed[area.code])
            said = f"{area.name} ended on {_day(area.ended_on)}"
            return f"{said}; {after} took over." if after else f"{said}."
        if area.started_on is not None and area.started_on > end:
            before = _listed(self._named(each.predecessor) for each in self.preceded[area.code])
            said = f"{area.name} began on {_day(area.started_on)}"
            return f"{said}, after {before}." if before else f"{said}."
        return ""

    def _named(self, code: str) -> str:
        return f"{self.by_code[code].name} ({code})"


def _is_there(area: Area, end: date) -> bool:
    begun = area.started_on is None or area.started_on <= end
    return begun and (area.ended_on is None or area.ended_on >= end)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _listed(names: Iterable[str]) -> str:
    return " and ".join(names)
