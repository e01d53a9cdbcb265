"""The sample of an inspection: its list, its draw and what it covers, for the readers to see.

What changes a sample lives beside this, by what is done: the register, the draw, the cases
begun from it. All of it can be had from here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model.protocols import protocol
from data_model.records import CaseFile, Draw, DrawnCase, Frame, FrameEntry, Person
from data_model.vocabulary import InspectionStatus
from inspect_app.access import Permission
from inspect_app.services.case_access import sees_whole
from inspect_app.services.inspection_values import in_sight, titled
from inspect_app.services.reference import person_name
from inspect_app.services.sampling_access import begun_in, read_in
from inspect_app.services.sampling_begin import check_to_begin, episodes_of, prefill, to_begin
from inspect_app.services.sampling_coverage import coverage_of, warnings_of
from inspect_app.services.sampling_draw import Repeat, draw, offered_seed, repeat, replace
from inspect_app.services.sampling_register import exclude, include, list_from, list_from_file
from inspect_app.services.sampling_values import (
    BegunCase,
    DrawnValue,
    DrawValue,
    EntryValue,
    FrameReport,
    FrameValue,
    SampleValue,
    entry_value,
)
from inspect_app.signed_in import SignedIn

__all__ = [
    "FrameReport",
    "Repeat",
    "SampleLine",
    "check_to_begin",
    "draw",
    "episodes_of",
    "exclude",
    "include",
    "list_from",
    "list_from_file",
    "listed",
    "offered_seed",
    "prefill",
    "repeat",
    "replace",
    "to_begin",
    "view",
]


@dataclass(frozen=True)
class SampleLine:
    """An inspection the person reads in, and how far its sample is."""

    inspection: str
    title: str
    cases: int | None
    drawn: int | None
    open: bool

    @property
    def says(self) -> str:
        """How far the sample is, in words."""
        if self.cases is None:
            return "no list of cases"
        if self.drawn is None:
            return f"a list of {self.cases}, nothing drawn"
        return f"{self.drawn} drawn of {self.cases}"


def listed(*, by: SignedIn) -> tuple[SampleLine, ...]:
    """Return the inspections the person reads cases in, those being read on top."""
    by.need(Permission.READ_CASES)
    with by.reading() as session:
        return tuple(
            SampleLine(
                held.code,
                titled(session, held),
                _eligible(session, held.code),
                session.scalar(select(Draw.size).where(Draw.inspection == held.code)),
                held.status is InspectionStatus.READING,
            )
            for held in in_sight(session, by)
            if held.code in by.standing.reads
        )


def _eligible(session: Session, code: str) -> int | None:
    """Return how many cases of the list could be chosen, or None where there is no list."""
    if session.get(Frame, code) is None:
        return None
    here = FrameEntry.inspection == code
    query = select(func.count()).where(here, FrameEntry.excluded_because.is_(None))
    return session.scalar(query)


def view(inspection: str, *, by: SignedIn) -> SampleValue:
    """Return all there is about the sample of an inspection, for those who read its cases."""
    with by.reading() as session:
        held = read_in(session, inspection, by)
        frame = _frame(session, session.get(Frame, inspection))
        drawn = _draw(session, session.get(Draw, inspection), frame, by)
        coverage = coverage_of(frame, drawn)
        return SampleValue(
            inspection=inspection,
            title=titled(session, held),
            leads=inspection in by.standing.leads and by.may(Permission.START_INSPECTIONS),
            open=held.status is InspectionStatus.READING,
            every_months=protocol(held.kind).every_months,
            frame=frame,
            draw=drawn,
            coverage=coverage,
            warnings=warnings_of(coverage),
        )


def _frame(session: Session, frame: Frame | None) -> FrameValue | None:
    if frame is None:
        return None
    return FrameValue(
        frame.kind,
        frame.source,
        frame.dated_on,
        frame.file_hash,
        frame.dropped,
        frame.listed_at,
        person_name(session, frame.listed_by),
        tuple(entry_value(entry) for entry in frame.entries),
    )


def _draw(
    session: Session, held: Draw | None, frame: FrameValue | None, by: SignedIn
) -> DrawValue | None:
    if held is None or frame is None:
        return None
    entries = {entry.number: entry for entry in frame.entries}
    begun = begun_in(session, held.inspection)
    return DrawValue(
        held.method,
        held.divided_by,
        held.seed,
        held.size,
        held.reserves,
        held.reason,
        held.drawn_at,
        person_name(session, held.drawn_by),
        tuple(
            _drawn(session, case, entries, begun.get(case.number, ()), by) for case in held.cases
        ),
    )


def _drawn(
    session: Session,
    case: DrawnCase,
    entries: Mapping[int, EntryValue],
    begun: Sequence[CaseFile],
    by: SignedIn,
) -> DrawnValue:
    return DrawnValue(
        entries[case.number],
        case.position,
        case.place,
        case.stratum,
        case.stands_in_for,
        case.replaced_at,
        person_name(session, case.replaced_by) if case.replaced_by else None,
        case.replaced_because,
        tuple(_begun(session, begun, by)),
    )


def _begun(session: Session, cases: Sequence[CaseFile], by: SignedIn) -> Iterable[BegunCase]:
    """Yield cases begun from a number; which file another reader drafts is not told."""
    for case in cases:
        sees = sees_whole(case, by)
        reader = session.get_one(Person, case.read_by).name
        yield BegunCase(
            case.status, reader, case.reference if sees else None, case.id if sees else None
        )
