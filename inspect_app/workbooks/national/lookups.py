"""Look-up tables of places: declared once, each known by exactly the columns it has.

They say which authorities are statistically near to which, and in which county, region and police
force area a place lies. A table that has lost or gained a column is refused: nobody has said what
the new one means. A year in a heading, such as LAD23CD, may be any year.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from inspect_app.errors import Refusal
from inspect_app.workbooks.national.lookup_rows import LookupRow, RowReader, Told
from inspect_app.workbooks.plain_text import alike
from inspect_app.workbooks.problem import Problem
from inspect_app.workbooks.registers.tables import Sheet, sheets_in

HEADINGS_WITHIN = 30
LIKE_ENOUGH = 0.5
"""The share of headings in common from which a table is one of these with other columns."""

NEAREST = 10
DATED = re.compile(r"(lad|csp|pfa|ltla|utla)\d\d(cd|nm|nmw)")


class Says(Enum):
    """What a look-up says of a place; the value is it in words."""

    NEIGHBOURS = "statistical neighbours"
    FORCE = "police force area"
    COUNTY = "upper-tier authority"
    REGION = "region"
    FORCE_NAME = "name of a police force area"


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """A look-up table: what it says, and every heading it has; `told` reads one of its rows."""

    title: str
    publisher: str
    says: Says
    headings: tuple[str, ...]
    told: Told


@dataclass(frozen=True)
class LookupFile:
    """What a file says: its rows, how many were read and left out, and what cannot be read."""

    lookup: Lookup
    read: int
    left_out: int
    rows: tuple[LookupRow, ...] = field(repr=False)
    problems: tuple[Problem, ...]


LOOKUPS = (
    Lookup(
        title="Children's services statistical neighbours (a row an authority)",
        publisher="Department for Education",
        says=Says.NEIGHBOURS,
        headings=(
            *("old_la_code", "la_name", "region_ind", "region_name"),
            *(each for n in range(1, NEAREST + 1) for each in (f"SN_{n}", f"SN_{n}P")),
        ),
        told=Told(
            code="old_la_code",
            name="la_name",
            nearest=tuple((f"SN_{n}", f"SN_{n}P", 0) for n in range(1, NEAREST + 1)),
        ),
    ),
    Lookup(
        title="Children's services statistical neighbours (groupings)",
        publisher="Department for Education",
        says=Says.NEIGHBOURS,
        headings=(
            *("LA num", "LA Name", "LA number", "GOInd", "GOReg"),
            *(each for n in range(1, NEAREST + 1) for each in (f"SN{n}", "SNP")),
        ),
        told=Told(
            code="LA num",
            name="LA Name",
            nearest=tuple((f"SN{n}", "SNP", n - 1) for n in range(1, NEAREST + 1)),
        ),
    ),
    Lookup(
        title="Local authority districts to police force areas",
        publisher="Office for National Statistics",
        says=Says.FORCE,
        headings=("LAD00CD", "LAD00NM", "CSP00CD", "CSP00NM", "PFA00CD", "PFA00NM", "ObjectId"),
        told=Told(code="LAD00CD", name="LAD00NM", within="PFA00CD", within_name="PFA00NM"),
    ),
    Lookup(
        title="Lower-tier to upper-tier local authorities",
        publisher="Office for National Statistics",
        says=Says.COUNTY,
        headings=(
            *("LTLA00CD", "LTLA00NM", "LTLA00NMW"),
            *("UTLA00CD", "UTLA00NM", "UTLA00NMW", "ObjectId"),
        ),
        told=Told(code="LTLA00CD", name="LTLA00NM", within="UTLA00CD", within_name="UTLA00NM"),
    ),
    Lookup(
        title="Regions and their local authorities",
        publisher="Department for Education",
        says=Says.REGION,
        headings=("region_code", "region_name", "old_la_code", "la_name", "new_la_code"),
        told=Told(
            code="new_la_code", name="la_name", within="region_code", within_name="region_name"
        ),
    ),
    Lookup(
        title="Police force areas",
        publisher="Department for Education",
        says=Says.FORCE_NAME,
        headings=("pfa_code", "pfa_name", "status", "date_active", "date_terminated"),
        told=Told(code="pfa_code", name="pfa_name", ended=("status", "date_terminated")),
    ),
)


def is_lookup(name: str, data: bytes) -> bool:
    """Return whether a file is one of the look-up tables, as declared or with other columns."""
    try:
        return _nearest(sheets_in(name, data)) is not None
    except Refusal:
        return False


def read_lookup(name: str, data: bytes) -> LookupFile:
    """Return what a look-up table says; a cell that cannot be read is a problem.

    Raises Refusal for a file that is none of them, and for one with other columns, naming them.
    """
    found = _nearest(sheets_in(name, data))
    if found is None:
        known = "; ".join(f"{each.title}: {', '.join(each.headings)}" for each in LOOKUPS)
        raise Refusal(f"{name} is no look-up table that is read here.", f"Known are {known}.")
    _check_columns(name, found)
    reader = RowReader(found.sheet, found.at, found.places, found.lookup.told)
    rows = tuple(reader.rows())
    return LookupFile(
        found.lookup, reader.read, reader.read - len(rows) - reader.refused, rows,
        tuple(reader.problems),
    )  # fmt: skip


@dataclass(frozen=True)
class _Found:
    lookup: Lookup
    sheet: Sheet
    at: int
    headings: tuple[str, ...]

    @property
    def wanted(self) -> tuple[str, ...]:
        return tuple(_heading(each) for each in self.lookup.headings)

    @property
    def likeness(self) -> float:
        common = sum((Counter(self.headings) & Counter(self.wanted)).values())
        return common / max(len(self.headings), len(self.wanted))

    @property
    def places(self) -> Mapping[tuple[str, int], int]:
        """Where each declared heading stands; one that is repeated is told apart by its turn."""
        original = {_heading(each): each for each in self.lookup.headings}
        turns: Counter[str] = Counter()
        places = {}
        for place, heading in enumerate(self.headings):
            if heading in original:
                places[original[heading], turns[heading]] = place
                turns[heading] += 1
        return places


def _heading(said: str) -> str:
    return DATED.sub(r"\g<1>00\g<2>", alike(said))


def _nearest(sheets: Sequence[Sheet]) -> _Found | None:
    likely = [found for found in _candidates(sheets) if found.likeness >= LIKE_ENOUGH]
    return max(likely, key=lambda found: found.likeness, default=None)


def _candidates(sheets: Sequence[Sheet]) -> Iterator[_Found]:
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
            said = [_heading(cell) for cell in row]
            while said and not said[-1]:
                said.pop()
            if said:
                yield from (_Found(lookup, sheet, at, tuple(said)) for lookup in LOOKUPS)


def _check_columns(name: str, found: _Found) -> None:
    has, wanted = Counter(found.headings), Counter(found.wanted)
    lost, gained = sorted((wanted - has).elements()), sorted((has - wanted).elements())
    if not lost and not gained:
        return
    said = [f"has no column {', '.join(lost)}"] if lost else []
    said += [
        f"has the columns {', '.join(each or '(no heading)' for each in gained)} besides"
    ] * bool(gained)
    raise Refusal(
        f"{name} is like “{found.lookup.title}”, and {' and '.join(said)}.",
        f"Expected are {', '.join(found.lookup.headings)}. Nothing was taken in: what the columns "
        "mean has to be declared first.",
        lost=lost,
        gained=gained,
    )
