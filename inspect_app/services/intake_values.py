"""What an intake says of a file: row by row what became of it, field by field what differs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from inspect_app.workbooks.problem import Problem


class Side(StrEnum):
    """Whose text stands where both sides were changed."""

    HERE = "here"
    FILE = "file"


class Became(StrEnum):
    """What becomes of a row of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"
    EMPTY = "empty"


@dataclass(frozen=True)
class SheetCount:
    """What became of the rows of one sheet; they add up to the rows that were read."""

    sheet: str
    read: int
    rows: Mapping[Became, int]


@dataclass(frozen=True)
class Change:
    """One field of a case that differs between the file and here, in words.

    `id` names it among all, and `seen` is the hash of what stands here, so that a choice made
    on this sight of it is not applied to another text.
    """

    id: str
    reference: str
    sheet: str
    row: int
    place: str
    title: str
    here: str
    file: str
    seen: str


@dataclass(frozen=True)
class WordsAt:
    """Words that are pointed out in a text of a file: where, why, and what to write instead."""

    reference: str
    field: str
    said: str
    why: str
    instead: str


@dataclass(frozen=True)
class Words:
    """What is pointed out in the texts that a file brings: the first are listed, all counted.

    `left` is how many texts were too many to be looked through.
    """

    listed: tuple[WordsAt, ...] = ()
    count: int = 0
    left: int = 0


@dataclass(frozen=True)
class Report:
    """A file held against what is here; `number` is that of the intake, once it is kept.

    `taken_before` is when this very file was taken in, `stays` what was changed here only, and
    `problems_file` makes the workbook with the refused rows, or is None where there is none.
    """

    file: str
    file_hash: str
    inspection: str
    packed_for: str
    packed_at: datetime
    sheets: tuple[SheetCount, ...]
    new_cases: tuple[str, ...]
    changes: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    stays: tuple[Change, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    words: Words = Words()
    taken_before: datetime | None = None
    number: int | None = None
    held_back: bool = False
    problems_file: Callable[[], bytes] | None = field(default=None, repr=False)

    def total(self, became: Became) -> int:
        """Return how many rows of the whole file became this."""
        return sum(count.rows.get(became, 0) for count in self.sheets)

    @property
    def brings(self) -> bool:
        """Whether anything here would be different after it."""
        return bool(self.total(Became.NEW) or self.changes)
