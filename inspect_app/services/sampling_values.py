"""The list of cases, the draw and what they cover, as values that a page or a command shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from data_model.records import FrameEntry
from data_model.vocabulary import (
    AgeBand,
    Answer,
    CaseStatus,
    Division,
    DrawPlace,
    Ethnicity,
    FrameKind,
    SamplingMethod,
    Sex,
    Word,
)
from inspect_app.workbooks.agency_lists import Outcome, RowOutcome

NOT_IN_LIST = "not in the list"


@dataclass(frozen=True)
class EntryValue:
    """One case of the list; what is None is not in the list that was sent."""

    number: int
    sheet: str | None
    row: int | None
    age_band: AgeBand | None
    sex: Sex | None
    ethnicity: Ethnicity | None
    disability: Answer | None
    in_care: Answer | None
    episodes: int | None
    excluded_because: str | None

    @property
    def where(self) -> str:
        """Where it stands in the body's own list: the only way from here back to a child."""
        parts = (self.sheet, f"row {self.row}" if self.row else None)
        return ", ".join(part for part in parts if part)

    @property
    def eligible(self) -> bool:
        """Whether it could be chosen."""
        return self.excluded_because is None


def entry_value(entry: FrameEntry) -> EntryValue:
    """Return an entry of the list as a value."""
    return EntryValue(
        entry.number,
        entry.sheet,
        entry.row,
        entry.age_band,
        entry.sex,
        entry.ethnicity,
        entry.disability,
        entry.in_care,
        entry.episodes,
        entry.excluded_because,
    )


@dataclass(frozen=True)
class FrameValue:
    """The list of every case that could be chosen, with its source, date and hash."""

    kind: FrameKind
    source: str
    dated_on: date
    file_hash: str | None
    dropped: str | None
    listed_at: datetime
    listed_by: str
    entries: tuple[EntryValue, ...]

    @property
    def eligible(self) -> tuple[EntryValue, ...]:
        """The cases that could be chosen."""
        return tuple(entry for entry in self.entries if entry.eligible)

    @property
    def excluded(self) -> tuple[EntryValue, ...]:
        """The cases that could not, each with its reason."""
        return tuple(entry for entry in self.entries if not entry.eligible)

    def entry(self, number: int) -> EntryValue:
        """Return the entry of a number that is in the list."""
        return next(entry for entry in self.entries if entry.number == number)


@dataclass(frozen=True)
class BegunCase:
    """A case begun from the list; `id` is there for whoever may open it."""

    status: CaseStatus
    reader: str
    reference: str | None
    id: int | None

    @property
    def read(self) -> bool:
        """Whether its first reading is done."""
        return self.status is not CaseStatus.DRAFT


@dataclass(frozen=True)
class DrawnValue:
    """A case that was drawn: whether it is read, waits in reserve, or was exchanged and why."""

    entry: EntryValue
    position: int
    place: DrawPlace
    stratum: str | None
    stands_in_for: int | None
    replaced_at: datetime | None
    replaced_by: str | None
    replaced_because: str | None
    cases: tuple[BegunCase, ...]

    @property
    def number(self) -> int:
        """Its number in the list."""
        return self.entry.number

    @property
    def in_sample(self) -> bool:
        """Whether it is to be read: drawn first and not exchanged, or taken from reserve."""
        chosen = self.place is DrawPlace.MAIN or self.stands_in_for is not None
        return chosen and self.replaced_at is None

    @property
    def waits(self) -> bool:
        """Whether it is still in reserve."""
        return not self.in_sample and self.replaced_at is None


@dataclass(frozen=True)
class DrawValue:
    """A draw: everything from which it can be repeated, and what came of it."""

    method: SamplingMethod
    divided_by: Division | None
    seed: str | None
    size: int
    reserves: int
    reason: str | None
    drawn_at: datetime
    drawn_by: str
    cases: tuple[DrawnValue, ...]

    @property
    def sample(self) -> tuple[DrawnValue, ...]:
        """The cases to be read, as things stand."""
        return tuple(case for case in self.cases if case.in_sample)

    @property
    def exchanged(self) -> tuple[DrawnValue, ...]:
        """The cases that were taken out, each with its reason."""
        return tuple(case for case in self.cases if case.replaced_at)

    def stand_in(self, number: int) -> int | None:
        """Return which case stands in for one that was taken out, or None."""
        return next((case.number for case in self.cases if case.stands_in_for == number), None)


@dataclass(frozen=True)
class CoverageLine:
    """How many cases with one characteristic are in the list, the sample, and read so far.

    `value` is None where the list does not say; `drawn` is None before a draw.
    """

    division: Division
    value: Word | None
    listed: int
    drawn: int | None
    read: int | None

    @property
    def words(self) -> str:
        """The characteristic in words."""
        return self.value.english if self.value else NOT_IN_LIST.capitalize()


@dataclass(frozen=True)
class SampleValue:
    """All there is about the sample of one inspection, for its readers."""

    inspection: str
    title: str
    leads: bool
    open: bool
    every_months: int | None
    frame: FrameValue | None
    draw: DrawValue | None
    coverage: tuple[CoverageLine, ...]
    warnings: tuple[str, ...]

    @property
    def begun(self) -> bool:
        """Whether a case has been begun from the list, so that the draw stands."""
        return bool(self.draw) and any(case.cases for case in self.draw.cases)  # type: ignore[union-attr]


@dataclass(frozen=True)
class FrameReport:
    """What became of a list that was sent, row by row and in sum.

    `changed` is false where exactly this file is the list already; `outcomes` has every row.
    """

    changed: bool
    kind: FrameKind
    names: tuple[str, ...]
    rows: int
    listed: int
    excluded: dict[str, int]
    joined: int
    refused: dict[str, int]
    dropped: str
    unread: dict[str, int]
    file_hash: str
    outcomes: tuple[RowOutcome, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The report in sentences, for a screen or a terminal."""
        where = f" ({', '.join(self.names)})" if self.names else ""
        return (
            f"{self.kind.english}{where}: {_of(self.rows, 'row')} read.",
            f"{_of(self.listed, 'case')} can be chosen.",
            *(f"{_of(number, 'case')} excluded: {why}." for why, number in self.excluded.items()),
            *self._joined(),
            *(f"{_of(number, 'row')} refused: {why}." for why, number in self.refused.items()),
            *(f"Refused: {row.where}." for row in self.outcomes if row.outcome is Outcome.REFUSED),
            *self._unread(),
            f"Not kept: {self.dropped or 'nothing was left out'}.",
            f"SHA-256 of the file: {self.file_hash}.",
            *(() if self.changed else ("This file is the list already: nothing was changed.",)),
        )

    def _joined(self) -> Iterable[str]:
        if self.joined:
            yield f"{_of(self.joined, 'row')} of a child who is listed already: counted with it."

    def _unread(self) -> Iterable[str]:
        for column, number in self.unread.items():
            cells = _of(number, "cell")
            yield f"{cells} under “{column}” not understood, and taken as not recorded."


def _of(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
