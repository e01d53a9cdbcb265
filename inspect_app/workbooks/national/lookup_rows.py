"""The rows of a look-up table: a place, and what it lies in or which places are near to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from inspect_app.workbooks.plain_text import alike
from inspect_app.workbooks.problem import Problem
from inspect_app.workbooks.registers.tables import Sheet
from inspect_app.workbooks.rows import letters

CLOSENESS = ("extremely close", "very close", "close", "somewhat close", "not close")


@dataclass(frozen=True)
class Told:
    """Which columns say what: a place's code and name, and what it lies in or is near to.

    `ended` are the columns that say whether it is still there, and on which day it ended.
    `nearest` are the columns of a neighbour's code and of how close it is, nearest first; a
    heading that stands there several times is told apart by its turn, from 0.
    """

    code: str
    name: str
    within: str | None = None
    within_name: str | None = None
    ended: tuple[str, str] | None = None
    nearest: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True)
class Near:
    """A neighbour by its old code of three digits, and how close it is in the model's words."""

    code: str
    closeness: str
    column: str
    cell: str


@dataclass(frozen=True)
class Cell:
    """What a cell says, under which heading and where, such as C7."""

    said: str
    column: str
    cell: str


@dataclass(frozen=True)
class Ended:
    """What a row says of whether its place is still there, and of the day on which it ended."""

    status: Cell
    day: Cell


@dataclass(frozen=True)
class LookupRow:
    """One row: `line` is its row in the file, from 1; its code stands at `cell` of `column`."""

    line: int
    column: str
    cell: str
    code: str
    name: str
    within: str = ""
    within_name: str = ""
    within_column: str = ""
    within_cell: str = ""
    ended: Ended | None = None
    nearest: tuple[Near, ...] = ()


@dataclass
class RowReader:
    """Reads row after row of a table; one without a code is a remark, and is left out."""

    sheet: Sheet
    at: int
    places: Mapping[tuple[str, int], int]
    told: Told
    problems: list[Problem] = field(default_factory=list)
    read: int = 0
    refused: int = 0

    def rows(self) -> Iterator[LookupRow]:
        """Yield every row that can be read."""
        for line in range(self.at + 2, len(self.sheet.rows) + 1):
            if any(cell.strip() for cell in self.sheet.rows[line - 1]):
                self.read += 1
                if self._said(line, self.told.code):
                    yield from self._row(line)

    def _row(self, line: int) -> Iterator[LookupRow]:
        before, told = len(self.problems), self.told
        if not self._said(line, told.name):
            self._wrong(line, told.name, 0, "expected the name of the place")
        row = LookupRow(
            line=line,
            column=self._heading(told.code),
            cell=self._cell(line, told.code),
            code=self._said(line, told.code),
            name=self._said(line, told.name),
            within=self._said(line, told.within) if told.within else "",
            within_name=self._said(line, told.within_name) if told.within_name else "",
            within_column=self._heading(told.within) if told.within else "",
            within_cell=self._cell(line, told.within) if told.within else "",
            ended=Ended(*(self._whole(line, each) for each in told.ended)) if told.ended else None,
            nearest=tuple(self._near(line, *each) for each in told.nearest),
        )
        if len(self.problems) == before:
            yield row
        else:
            self.refused += 1

    def _near(self, line: int, code: str, closeness: str, turn: int) -> Near:
        said, close = self._said(line, code), alike(self._said(line, closeness, turn))
        if not said:
            self._wrong(line, code, 0, "expected an authority's old code of three digits")
        if close not in CLOSENESS:
            self._wrong(line, closeness, turn, f"expected one of {', '.join(CLOSENESS)}")
        return Near(said, close.replace(" ", "_"), self._heading(code), self._cell(line, code))

    def _whole(self, line: int, column: str) -> Cell:
        said, heading = self._said(line, column), self._heading(column)
        return Cell(said, heading, self._cell(line, column))

    def _said(self, line: int, column: str, turn: int = 0) -> str:
        row, place = self.sheet.rows[line - 1], self.places[column, turn]
        return row[place].strip() if place < len(row) else ""

    def _heading(self, column: str, turn: int = 0) -> str:
        """Return a declared heading as the file writes it, with its year."""
        return self.sheet.rows[self.at][self.places[column, turn]].strip()

    def _cell(self, line: int, column: str, turn: int = 0) -> str:
        return f"{letters(self.places[column, turn])}{line}"

    def _wrong(self, line: int, column: str, turn: int, expected: str) -> None:
        said, cell = self._said(line, column, turn), self._cell(line, column, turn)
        heading, sheet = self._heading(column, turn), self.sheet.name
        mend = "Correct the file."
        self.problems.append(Problem(sheet, line, heading, cell, said, expected, mend))
