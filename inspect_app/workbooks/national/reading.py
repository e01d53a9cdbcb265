"""A national publication's file as figures: found by its headings, every cell accounted for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from data_model.vocabulary import Symbol
from inspect_app.errors import Refusal
from inspect_app.workbooks.national.publications import (
    KIND_OF_YEAR,
    LEVEL,
    LEVELS,
    OLD_CODE,
    PUBLICATIONS,
    SYMBOLS,
    YEAR,
    Counted,
    Publication,
)
from inspect_app.workbooks.plain_text import alike
from inspect_app.workbooks.problem import Problem
from inspect_app.workbooks.registers.tables import Sheet, sheets_in
from inspect_app.workbooks.rows import letters

HEADINGS_WITHIN = 30
REPORTING_YEAR = "Reporting year"
A_YEAR = re.compile(r"(?:19|20)\d\d")
WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,12}(?:\.0*)?")
PLAIN = re.compile(r"\d{1,12}(?:\.\d+)?")
EXPECTED_NUMBER = f"expected a whole number, or one of {', '.join(sorted(SYMBOLS))}"


@dataclass(frozen=True)
class Said:
    """What stands in a cell: a number or a symbol in its place; neither where there is no cell.

    An empty cell is a symbol of its own: it is not zero, and not said to be unavailable.
    """

    number: int | None = None
    symbol: Symbol | None = None


@dataclass(frozen=True)
class NationalRow:
    """One figure of a publication: which place and year, the number, and what it is out of.

    `line` is the row of the file, from 1. `denominator` is None where the publication has none.
    `percentage` is what the publication prints for it, as it prints it.
    """

    line: int
    code: str
    old_code: str
    name: str
    year: int
    indicator: str
    numerator: Said
    denominator: Said | None
    percentage: str | None


@dataclass(frozen=True)
class NationalFile:
    """What a file says: `rows` are figures, `left_out` are rows of something not asked for."""

    publication: Publication
    read: int
    left_out: int
    rows: tuple[NationalRow, ...] = field(repr=False)
    problems: tuple[Problem, ...]


def is_national(name: str, data: bytes) -> bool:
    """Return whether a file is of a declared publication, whole or with a heading missing."""
    try:
        return _nearest(sheets_in(name, data)) is not None
    except Refusal:
        return False


def read_national(name: str, data: bytes) -> NationalFile:
    """Return what a file of a declared publication says; a cell that cannot be read is a problem.

    Raises Refusal for a file of none of them, naming the headings that each needs, and for one
    that lacks a heading.
    """
    found = _nearest(sheets_in(name, data))
    if found is None:
        known = "; ".join(f"{each.title}: {', '.join(each.headings)}" for each in PUBLICATIONS)
        raise Refusal(f"{name} is no publication that is read here.", f"Known are {known}.")
    if found.missing:
        raise Refusal(
            f"{name} is like “{found.publication.title}”, and has no column "
            f"{', '.join(found.missing)}.",
            f"It has {', '.join(found.sheet.rows[found.at])}. Nothing was taken in.",
            missing=found.missing,
        )
    return _Reader(found).file()


@dataclass(frozen=True)
class _Found:
    """A publication as a sheet may hold it: the row of headings, and the place of each."""

    publication: Publication
    sheet: Sheet
    at: int
    places: Mapping[str, int]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(each for each in self.publication.headings if each not in self.places)


def _nearest(sheets: Sequence[Sheet]) -> _Found | None:
    """Return the publication that lacks fewest headings, if a sheet has something of its own."""
    likely = [found for found in _candidates(sheets) if _has_its_own(found)]
    return min(likely, key=lambda found: len(found.missing), default=None)


def _candidates(sheets: Sequence[Sheet]) -> Iterator[_Found]:
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
            places = {alike(cell): place for place, cell in enumerate(row)}
            if YEAR not in places or LEVEL not in places:
                continue
            for publication in PUBLICATIONS:
                asked = {each: alike(each) for each in publication.headings}
                held = {each: places[key] for each, key in asked.items() if key in places}
                yield _Found(publication, sheet, at, held)


def _has_its_own(found: _Found) -> bool:
    """Whether one of the publication's measures is there: many have the same columns of places."""
    column = found.publication.measure
    if column is None:
        return bool(found.publication.measures & found.places.keys())
    if column not in found.places:
        return False
    place = found.places[column]
    measures = {alike(each) for each in found.publication.measures}
    rows = found.sheet.rows[found.at + 1 :]
    return any(alike(row[place]) in measures for row in rows if len(row) > place)


@dataclass(frozen=True)
class _Cell:
    said: str
    line: int
    column: str
    at: str


@dataclass(frozen=True)
class _Place:
    line: int
    code: str
    old_code: str
    name: str
    year: int


class _Reader:
    """The rows of one table, gathered by place and year and then read figure by figure."""

    def __init__(self, found: _Found) -> None:
        self.found = found
        self.publication = found.publication
        self.problems: list[Problem] = []
        self.places: dict[tuple[str, int], _Place] = {}
        self.cells: dict[tuple[str, int], dict[str, _Cell]] = {}
        self.names = {alike(each): each for each in self.publication.measures}

    def file(self) -> NationalFile:
        lines = range(self.found.at + 2, len(self.found.sheet.rows) + 1)
        filled = [line for line in lines if any(self.found.sheet.rows[line - 1])]
        left_out = sum(not self._gathered(line) for line in filled)
        rows = tuple(row for key in self.places for row in self._figures(key))
        return NationalFile(self.publication, len(filled), left_out, rows, tuple(self.problems))

    def _cell(self, line: int, column: str) -> _Cell:
        row, place = self.found.sheet.rows[line - 1], self.found.places[column]
        said = row[place].strip() if place < len(row) else ""
        return _Cell(said, line, column, f"{letters(place)}{line}")

    def _problem(self, cell: _Cell, expected: str, mend: str = "Correct the file.") -> None:
        sheet = self.found.sheet.name
        self.problems.append(
            Problem(sheet, cell.line, cell.column, cell.at, cell.said, expected, mend)
        )

    def _gathered(self, line: int) -> bool:
        """Keep a row's cells under its place and year; False for a row of something else."""
        measures = self._measures(line)
        if not measures:
            return False
        place = self._place(line)
        if place is None:
            return True
        key = (place.code or place.old_code or place.name, place.year)
        self.places.setdefault(key, place)
        held = self.cells.setdefault(key, {})
        twice = next((cell for measure, cell in measures.items() if measure in held), None)
        if twice is not None:
            before = next(iter(held.values())).line
            self._problem(twice, f"{place.name} has this for {place.year} in row {before} already")
            return True
        held.update(measures)
        return True

    def _measures(self, line: int) -> dict[str, _Cell]:
        """Return the cells of a row that are asked for, by measure; none of a row that is not."""
        of_these = all(
            alike(self._cell(line, column).said) == alike(value)
            for column, value in self.publication.only.items()
        )
        if not of_these:
            return {}
        if self.publication.measure is None or self.publication.number is None:
            return {each: self._cell(line, each) for each in self.publication.measures}
        measure = self.names.get(alike(self._cell(line, self.publication.measure).said))
        return {measure: self._cell(line, self.publication.number)} if measure else {}

    def _place(self, line: int) -> _Place | None:
        level, year = self._cell(line, LEVEL), self._cell(line, YEAR)
        kind = self._cell(line, KIND_OF_YEAR)
        known = {alike(name): name for name in LEVELS}
        if alike(level.said) not in known:
            self._problem(level, f"expected {', '.join(LEVELS)}")
        elif not A_YEAR.fullmatch(year.said):
            self._problem(year, "expected a year such as 2025")
        elif alike(kind.said) != alike(REPORTING_YEAR):
            self._problem(kind, f"expected {REPORTING_YEAR}")
        else:
            code, name = LEVELS[known[alike(level.said)]]
            return self._found_place(line, int(year.said), code, name)
        return None

    def _found_place(self, line: int, year: int, code: str, name: str) -> _Place | None:
        code_cell, old = self._cell(line, code), self._cell(line, OLD_CODE).said
        if not code_cell.said and not old:
            self._problem(code_cell, "expected an area's code, such as E06000047")
            return None
        return _Place(line, code_cell.said.upper(), old, self._cell(line, name).said, year)

    def _figures(self, key: tuple[str, int]) -> Iterator[NationalRow]:
        for counted in self.publication.counted:
            if counted.numerator not in self.cells[key]:
                continue
            row = self._figure(self.places[key], self.cells[key], counted)
            if row is not None:
                yield row

    def _figure(
        self, place: _Place, cells: Mapping[str, _Cell], counted: Counted
    ) -> NationalRow | None:
        before = len(self.problems)
        numerator = self._said(cells.get(counted.numerator))
        within = counted.denominator in self.publication.measures
        denominator = self._said(cells.get(counted.denominator or "")) if within else None
        if len(self.problems) > before:
            return None
        printed = cells.get(counted.percentage or "")
        return NationalRow(
            cells[counted.numerator].line, place.code, place.old_code, place.name, place.year,
            counted.indicator, numerator, denominator,
            printed.said if printed and PLAIN.fullmatch(printed.said) else None,
        )  # fmt: skip

    def _said(self, cell: _Cell | None) -> Said:
        if cell is None:
            return Said()
        if not cell.said:
            return Said(symbol=Symbol.BLANK)
        if cell.said.lower() in SYMBOLS:
            return Said(symbol=SYMBOLS[cell.said.lower()])
        if WHOLE.fullmatch(cell.said):
            return Said(int(cell.said.split(".")[0].replace(",", "")))
        self._problem(cell, EXPECTED_NUMBER)
        return Said()
