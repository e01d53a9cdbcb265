"""What an intake of a register or a plan is told, and what it says of every row."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from inspect_app.workbooks.registers import Matched, Meaning


@dataclass(frozen=True)
class AsPlan:
    """A body's own plan of action, by the name it goes by; its actions are the body's to enter."""

    register: str


@dataclass(frozen=True)
class AsRegister:
    """A published register of recommendations, as the person who takes it in declares it.

    `dated_on` is the day of the register: it stands for the day of a row that gives none.
    `themes` are those of rows whose own theme is none of ours. `days_to_answer` is the duty of
    whoever is asked, where it is not six months (56 for a coroner's report). `wording` says what
    every row asks, for a register that has no column with it. `bodies` holds our codes for
    names in the file that are not ours.
    """

    register: str
    source: str
    dated_on: date
    themes: tuple[str, ...]
    days_to_answer: int | None = None
    wording: str | None = None
    bodies: Mapping[str, str] = field(default_factory=dict)


AsWhat = AsPlan | AsRegister


class Became(StrEnum):
    """What becomes of a row of a register or a plan."""

    NEW = "new"
    ALREADY = "already here"
    REPEATED = "repeated in the file"
    REFUSED = "refused"


@dataclass(frozen=True)
class RowReport:
    """What becomes of one row: `code` is the recommendation it is, or belongs to.

    `why` and `cell` say what is in the way of one that is refused; `left` is what of the row
    has no place here. `status` is what the register says, `meaning` what it means by the
    declared table, None where it is not declared; nobody has taken such a step here.
    """

    line: int
    label: str
    became: Became
    code: str | None
    why: str
    cell: str
    status: str
    meaning: Meaning | None
    made_on: date | None
    response_due_on: date | None
    left: tuple[str, ...]


@dataclass(frozen=True)
class StatusCount:
    """A status that the register gives, on how many rows, and what it means here if declared."""

    said: str
    rows: int
    meaning: Meaning | None

    @property
    def mapped(self) -> bool:
        """Whether anything is concluded from it."""
        return self.meaning is not None and bool(self.meaning.words)


@dataclass(frozen=True)
class UnknownBody:
    """A name that is no body of ours, on how many rows, and the nearest that are."""

    name: str
    rows: int
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class RegisterReport:
    """A file held against what is here: its columns, and what becomes of every row.

    `sheet` is the one of its `sheets` that was read.
    `held_back` says that nothing was kept because a row was refused; `taken` that it was kept.
    """

    file: str
    file_hash: str
    register: str
    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[Matched, ...]
    rows: tuple[RowReport, ...]
    unknown_bodies: tuple[UnknownBody, ...] = ()
    held_back: bool = False
    taken: bool = False

    def total(self, became: Became) -> int:
        """Return how many rows became this; over all of `Became` they are all that were read."""
        return sum(row.became is became for row in self.rows)

    @property
    def refused(self) -> tuple[RowReport, ...]:
        """The rows that are not taken, each with its reason."""
        return tuple(row for row in self.rows if row.became is Became.REFUSED)

    @property
    def brings(self) -> bool:
        """Whether anything here would be different after it."""
        return any(row.became is Became.NEW for row in self.rows)

    @property
    def statuses(self) -> tuple[StatusCount, ...]:
        """The statuses that the file gives, the most frequent first."""
        counted = Counter(row.status for row in self.rows)
        meanings = {row.status: row.meaning for row in self.rows}
        return tuple(StatusCount(said, n, meanings[said]) for said, n in counted.most_common())

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the file has no place here, in all, with the number of its rows."""
        columns = [column.heading for column in self.columns if column.field is None]
        others = [sheet for sheet in self.sheets if sheet != self.sheet]
        said = [f"Read from the sheet {self.sheet}; not read: {', '.join(others)}."] * bool(others)
        said += [f"Columns without a field, kept with their rows: {', '.join(columns)}."] * bool(
            columns
        )
        left = Counter(each for row in self.rows for each in row.left)
        return (*said, *(f"{each} ({n} row{'s' if n > 1 else ''})" for each, n in left.items()))


@dataclass(frozen=True)
class EntryValue:
    """A row of a register behind a recommendation: its cells as they stood, and what is lost.

    `status` is what the register says, and `meaning` what the declared table makes of it now.
    """

    register: str
    line: int
    said: Mapping[str, str]
    status: str
    meaning: Meaning | None
    unmapped: str | None
