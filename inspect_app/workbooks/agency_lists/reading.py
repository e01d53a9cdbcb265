"""An agency's list as cases that could be chosen: characteristics only, every row accounted for.

Identifiers and dates of birth are looked at here, in memory, to tell that two rows are about
one child and how old the child is. Nothing that leaves this module holds either.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from data_model.vocabulary import AgeBand, Answer, Ethnicity, FrameKind, Sex
from inspect_app.workbooks.agency_lists import cells
from inspect_app.workbooks.agency_lists.cells import ADULT, Unread
from inspect_app.workbooks.agency_lists.layouts import AnnexList
from inspect_app.workbooks.agency_lists.tables import Table, dropped

ADULTS = "18 or older"
NOT_MISSING = "no missing episode in the list"
NO_BAND = AgeBand.NOT_RECORDED
AWAY_ONLY = "away without authorisation and never missing"
BY_THE_LIST = frozenset({ADULTS, NOT_MISSING, AWAY_ONLY})
NO_PERSON = "no identifier, so it cannot be told whose episode it is"
SAME_CHILD = "the same child as an earlier row"

Value = TypeVar("Value")


class Outcome(StrEnum):
    """What became of a row of the list."""

    LISTED = "listed"
    EXCLUDED = "excluded"
    JOINED = "joined"
    REFUSED = "refused"


@dataclass(frozen=True)
class RowOutcome:
    """One row of the file by sheet and number, what became of it, and why."""

    sheet: str | None
    row: int
    outcome: Outcome
    why: str | None = None

    @property
    def where(self) -> str:
        """Where it stands in the file."""
        return f"{self.sheet}, row {self.row}" if self.sheet else f"row {self.row}"


@dataclass(frozen=True)
class ListedEpisode:
    """A missing episode as the list has it; an empty field is not in the list."""

    reported_on: date | None = None
    returned_on: date | None = None
    interview_offered: Answer | None = None
    interview_accepted: Answer | None = None


@dataclass(frozen=True)
class ListedCase:
    """A case that could be chosen, by sheet and row; one that is excluded says no more than why."""

    sheet: str | None
    row: int
    age_band: AgeBand | None = None
    sex: Sex | None = None
    ethnicity: Ethnicity | None = None
    disability: Answer | None = None
    in_care: Answer | None = None
    episodes: int | None = None
    missing: tuple[ListedEpisode, ...] = ()
    excluded_because: str | None = None


@dataclass(frozen=True)
class AgencyList:
    """A list as it was read; `unread` counts, by column, cells nobody here understands."""

    kind: FrameKind
    names: tuple[str, ...]
    cases: tuple[ListedCase, ...]
    rows: tuple[RowOutcome, ...]
    dropped: str
    unread: dict[str, int]


@dataclass
class _Line:
    """A row while it is read: the only place where an identifier stands."""

    table: Table
    row: int
    person: str | None
    case: ListedCase
    years: int | None
    away: bool


@dataclass
class _Reader:
    """Reads the cells of a row, and counts those that say something nobody understands."""

    dated_on: date
    unread: dict[str, int] = field(default_factory=dict)

    def cell(
        self,
        held: dict[str, object],
        name: str,
        reads: Callable[[object], Value],
        nothing: Value | None = None,
    ) -> Value | None:
        """Return what a column says; None where the list has no such column."""
        if name not in held:
            return None
        try:
            return reads(held[name])
        except Unread:
            self.unread[name] = self.unread.get(name, 0) + 1
            return nothing

    def line(self, table: Table, row: int, held: dict[str, object]) -> _Line:
        """Return a row as it is read."""
        years, banded = self._age(held)
        case = ListedCase(
            table.name,
            row,
            age_band=banded,
            sex=self.cell(held, "sex", cells.sex, Sex.NOT_RECORDED),
            ethnicity=self.cell(held, "ethnicity", cells.ethnicity, Ethnicity.NOT_RECORDED),
            disability=self.cell(held, "disability", cells.disability, Answer.NOT_RECORDED),
            in_care=self._in_care(table, held),
            episodes=self.cell(held, "episodes", cells.count),
        )
        return _Line(
            table,
            row,
            None if cells.says_nothing(held.get("person")) else cells.plain(held["person"]),
            replace(case, missing=self._missing(table, held, case)),
            years,
            away=cells.plain(held.get("type") or "").startswith("a"),
        )

    def _age(self, held: dict[str, object]) -> tuple[int | None, AgeBand | None]:
        """Return the age in years, if it is known, and the band; None for no such column."""
        if "age_band" in held:
            said = self.cell(held, "age_band", cells.band)
            return self._banded(said) if isinstance(said, int) else (None, said or NO_BAND)
        years = self.cell(held, "age", cells.age)
        if years is None:
            years = self._since_birth(held)
        if years is None and not held.keys() & {"age", "birth"}:
            return None, None
        return self._banded(years)

    def _banded(self, years: int | None) -> tuple[int | None, AgeBand]:
        return years, cells.age_band(years)

    def _since_birth(self, held: dict[str, object]) -> int | None:
        born = self.cell(held, "birth", cells.day)
        if born is None or born > self.dated_on:
            return None
        on = self.dated_on
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    def _in_care(self, table: Table, held: dict[str, object]) -> Answer | None:
        """A child of List 8 is in care unless the list says when that ended."""
        if table.listing is AnnexList.LOOKED_AFTER:
            return Answer.YES if cells.says_nothing(held.get("ceased")) else Answer.NO
        return self.cell(held, "in_care", cells.answer, Answer.NOT_RECORDED)

    def _missing(
        self, table: Table, held: dict[str, object], case: ListedCase
    ) -> tuple[ListedEpisode, ...]:
        """Return the episode a row of an extract is, or the last one that a list tells of."""
        offered, accepted = (self._interview(held, name) for name in ("offered", "accepted"))
        if table.kind is not FrameKind.SAFEGUARDING_DATASET:
            told = case.episodes and {offered, accepted} & {Answer.YES, Answer.NO}
            return (ListedEpisode(None, None, offered, accepted),) if told else ()
        reported = self.cell(held, "reported", cells.day)
        returned = self.cell(held, "returned", cells.day)
        if reported and returned and returned < reported:
            self.unread["returned"] = self.unread.get("returned", 0) + 1
            returned = None
        return (ListedEpisode(reported, returned, offered, accepted),)

    def _interview(self, held: dict[str, object], name: str) -> Answer | None:
        """`NA` says that no interview was due, which is neither yes, no nor not recorded."""
        if cells.plain(held.get(name) or "") in {"na", "n/a"}:
            return None
        return self.cell(held, name, cells.answer, Answer.NOT_RECORDED)


def read(tables: Sequence[Table], dated_on: date, *, only_missing: bool) -> AgencyList:
    """Return the cases of these tables, one a child, in the order of their first rows.

    `dated_on` is the day an age is worked out on where the list gives only a date of birth;
    with `only_missing`, children without a missing episode are excluded.
    """
    reader = _Reader(dated_on)
    lines = [reader.line(table, row, held) for table in tables for row, held in table.rows()]
    cases: list[ListedCase] = []
    rows: list[RowOutcome] = []
    for group in _by_child(lines):
        case = _one_case(group, only_missing=only_missing)
        cases += [case] if case else []
        rows += _outcomes(group, case)
    order = {(table.name, row): place for place, (table, row) in enumerate(_places(lines))}
    return AgencyList(
        tables[0].kind,
        tuple(table.name for table in tables if table.name),
        tuple(cases),
        tuple(sorted(rows, key=lambda one: order[one.sheet, one.row])),
        dropped(tables),
        reader.unread,
    )


def _places(lines: Iterable[_Line]) -> Iterable[tuple[Table, int]]:
    return ((line.table, line.row) for line in lines)


def _by_child(lines: Iterable[_Line]) -> list[list[_Line]]:
    """Gather rows by child, in the order of first rows; a row without an identifier is alone."""
    groups: dict[object, list[_Line]] = {}
    for alone, line in enumerate(lines):
        groups.setdefault(alone if line.person is None else line.person, []).append(line)
    return list(groups.values())


def _one_case(group: Sequence[_Line], *, only_missing: bool) -> ListedCase | None:
    """Return what the rows of one child say together; None where the rows are refused."""
    first = group[0]
    extract = first.table.kind is FrameKind.SAFEGUARDING_DATASET
    if extract and first.person is None:
        return None
    gone = [line for line in group if not line.away] if extract else group
    why = _excluded(group, gone, only_missing=only_missing)
    if why:
        return ListedCase(first.case.sheet, first.row, excluded_because=why)
    numbers = [one.case.episodes for one in group if one.case.episodes is not None]
    return replace(
        first.case,
        age_band=_known([line.case.age_band for line in group], AgeBand.NOT_RECORDED),
        sex=_known([line.case.sex for line in group], Sex.NOT_RECORDED),
        ethnicity=_known([line.case.ethnicity for line in group], Ethnicity.NOT_RECORDED),
        disability=_known([line.case.disability for line in group], Answer.NOT_RECORDED),
        in_care=_known([line.case.in_care for line in group], Answer.NOT_RECORDED),
        episodes=len(gone) if extract else max(numbers, default=None),
        missing=_in_order([episode for line in gone for episode in line.case.missing]),
    )


def _in_order(episodes: list[ListedEpisode]) -> tuple[ListedEpisode, ...]:
    """Return episodes by the day they were reported; those without a day come last."""
    return tuple(sorted(episodes, key=lambda one: one.reported_on or date.max))


def _excluded(group: Sequence[_Line], gone: Sequence[_Line], *, only_missing: bool) -> str | None:
    years = next((line.years for line in group if line.years is not None), None)
    if years is not None and years >= ADULT:
        return ADULTS
    if not gone:
        return AWAY_ONLY
    asked = only_missing and group[0].table.kind is not FrameKind.SAFEGUARDING_DATASET
    return NOT_MISSING if asked and not any(line.case.episodes for line in group) else None


def _known(said: Iterable[Value | None], nothing: Value) -> Value | None:
    """Return the first that is recorded, else that nothing is, else None for no such column."""
    held = [value for value in said if value is not None]
    return next((value for value in held if value != nothing), held[0] if held else None)


def _outcomes(group: Sequence[_Line], case: ListedCase | None) -> Iterable[RowOutcome]:
    """Return what became of each row of one child."""
    if case is None:
        return [RowOutcome(one.case.sheet, one.row, Outcome.REFUSED, NO_PERSON) for one in group]
    why = case.excluded_because
    became = Outcome.EXCLUDED if why else Outcome.LISTED
    first = RowOutcome(case.sheet, case.row, became, why)
    more = (RowOutcome(m.case.sheet, m.row, Outcome.JOINED, SAME_CHILD) for m in group[1:])
    return [first, *more]
