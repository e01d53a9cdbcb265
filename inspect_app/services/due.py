"""The due list of an audit that comes round: each open case, when it was audited and is due."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.protocols import protocol
from data_model.records import CaseFile, Draw, Frame, Inspection
from data_model.sight import Task
from data_model.vocabulary import CaseStatus
from inspect_app.errors import Refusal
from inspect_app.services.sampling_access import begun_in, read_in
from inspect_app.services.sampling_values import entry_value
from inspect_app.signed_in import SignedIn

YEAR = 12


@dataclass(frozen=True)
class DueLine:
    """One open case, by its number in the list or, without a list, by its reference.

    `last_on` is the day its last audit was submitted, and None before the first.
    """

    number: int | None
    where: str
    last_on: date | None
    due_on: date
    overdue: bool
    being_audited: bool


def next_due(last: date, months: int) -> date:
    """Return the same day so many calendar months later, or the last day of a shorter month."""
    year, month = divmod(last.year * YEAR + last.month - 1 + months, YEAR)
    return date(year, month + 1, min(last.day, calendar.monthrange(year, month + 1)[1]))


def due_list(inspection: str, *, by: SignedIn) -> tuple[DueLine, ...]:
    """Return every open case of an audit that comes round, the one due first on top.

    A case that was never audited is due so many months after the day of the list. A case that
    was taken out of the sample is no longer open. Raises Refusal for another kind of exercise.
    """
    with by.reading(Task.MODERATING) as session:
        held = read_in(session, inspection, by)
        months = protocol(held.kind).every_months
        if months is None:
            raise Refusal(
                f"Inspection {inspection} is a {held.kind.english.lower()}, which is done once.",
                "Only an audit that comes round has a due list.",
            )
        frame = session.get(Frame, inspection)
        lines = (
            _listed(session, frame, months, by.today)
            if frame
            else _unlisted(session, held, months, by.today)
        )
        return tuple(sorted(lines, key=lambda line: (line.due_on, line.number or 0, line.where)))


def _listed(session: Session, frame: Frame, months: int, today: date) -> Iterable[DueLine]:
    begun = begun_in(session, frame.inspection)
    draw = session.get(Draw, frame.inspection)
    out = {case.number for case in draw.cases if case.replaced_at} if draw else set[int]()
    for entry in frame.entries:
        if entry.excluded_because is None and entry.number not in out:
            cases = begun.get(entry.number, ())
            where = entry_value(entry).where
            yield _line(entry.number, where, cases, frame.dated_on, months, today)


def _unlisted(session: Session, held: Inspection, months: int, today: date) -> Iterable[DueLine]:
    """Without a list, the cases audited before are all that is known to be open."""
    query = select(CaseFile).where(
        CaseFile.inspection == held.code, CaseFile.submitted_at.is_not(None)
    )
    for case in session.scalars(query):
        yield _line(None, case.reference, [case], held.started_on or today, months, today)


def _line(
    number: int | None,
    where: str,
    cases: Sequence[CaseFile],
    since: date,
    months: int,
    today: date,
) -> DueLine:
    last = max((case.submitted_at.date() for case in cases if case.submitted_at), default=None)
    due = next_due(last or since, months)
    auditing = any(case.status is CaseStatus.DRAFT for case in cases)
    return DueLine(number, where, last, due, overdue=due < today, being_audited=auditing)
