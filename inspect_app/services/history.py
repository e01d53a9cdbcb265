"""The history of one record, in plain words, for those who may see the record itself.

What a case said before and after is for whoever may see that reading of it; of any other record
the history says which fields were changed, by whom and when, because what drafts said is not for
everybody who sees what became of them. Who looked at a case is its lead's to know.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from data_model.records import AuditEvent, CaseFile, CaseRead
from data_model.sight import Task
from inspect_app.access import Permission
from inspect_app.services.answers import find_recommendation
from inspect_app.services.case_access import find, sees_others, sees_whole
from inspect_app.services.inspection_values import seen
from inspect_app.services.readings import subject
from inspect_app.services.reference import person_name
from inspect_app.services.release_store import find as find_release
from inspect_app.services.return_figures import subject as subject_of_return
from inspect_app.services.returns import find as find_return
from inspect_app.services.trail_words import in_words
from inspect_app.signed_in import SignedIn

MOST = 200
OF_READINGS = ("reading.", "case.decided", "case.unlocked")
"""Events that say what others found: for whoever may see every reading."""


@dataclass(frozen=True)
class Changed:
    """A field that was changed, with what it said before and after; both empty where kept back."""

    field: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a record: when, by whom, what, why, and which fields changed."""

    at: datetime
    by: str
    what: str
    reason: str | None
    via: str
    fields: tuple[Changed, ...]


def of_case(case_id: int, *, by: SignedIn) -> list[Happened]:
    """Return what happened to a case and its findings, newest first, as far as the person sees."""
    by.need(Permission.READ_CASES)
    with by.reading(Task.CHAINING) as session:
        case = find(session, case_id, by)
        query = _events(AuditEvent.subject == subject(case))
        found = [
            _happened(session, event, values=True)
            for event in session.scalars(query)
            if _shown(case, event, by)
        ]
        if case.inspection in by.standing.leads:
            found += _looks(session, [subject(case)])
        return sorted(found, key=lambda each: each.at, reverse=True)


def of_inspection(code: str, *, by: SignedIn) -> list[Happened]:
    """Return what happened to an inspection, its sample and its intakes, newest first."""
    by.need(Permission.READ_INSPECTIONS)
    with by.reading(Task.CHAINING) as session:
        held = seen(session, code, by)
        about = AuditEvent.subject.in_([code, f"inspection {code}", f"erasure {code}"])
        whole = held.code in by.standing.reads
        found = [
            _happened(session, event, values=False, reasons=whole)
            for event in session.scalars(_events(about))
        ]
        if code in by.standing.leads:
            found += _looks(session, [f"inspection {code}"])
        return sorted(found, key=lambda each: each.at, reverse=True)


def of_recommendation(code: str, *, by: SignedIn) -> list[Happened]:
    """Return what happened to a recommendation and its answers, newest first."""
    with by.reading(Task.CHAINING) as session:
        find_recommendation(session, code, by)
        about = AuditEvent.subject.startswith(f"{code} ", autoescape=True)
        return _told(session, _events(or_(AuditEvent.subject == code, about)))


def of_return(return_id: int, *, by: SignedIn) -> list[Happened]:
    """Return what happened to a quarterly return, newest first."""
    by.need(Permission.READ_SCORECARDS)
    with by.reading(Task.CHAINING) as session:
        held = find_return(session, return_id, by)
        return _told(session, _events(AuditEvent.subject == subject_of_return(held)))


def of_release(release_id: int, *, by: SignedIn) -> list[Happened]:
    """Return what happened to a release from its draft on, newest first."""
    by.need(Permission.CHECK_RELEASES)
    with by.reading(Task.CHAINING) as session:
        held = find_release(session, release_id, by)
        subjects = [f"draft release {held.id}", f"release {held.number}"]
        return _told(session, _events(AuditEvent.subject.in_(subjects)))


def _events(about: ColumnElement[bool]) -> Select[AuditEvent]:
    newest = select(AuditEvent).order_by(AuditEvent.number.desc()).limit(MOST)
    return newest.where(about)


def _told(session: Session, query: Select[AuditEvent]) -> list[Happened]:
    return [_happened(session, event, values=False) for event in session.scalars(query)]


def _shown(case: CaseFile, event: AuditEvent, by: SignedIn) -> bool:
    """Whether an event tells the person nothing that the case itself would not."""
    if event.happened_by == by.person:
        return True
    if event.action.startswith(OF_READINGS) or event.happened_by != case.read_by:
        return sees_others(case, by)
    return sees_whole(case, by)


def _looks(session: Session, subjects: Iterable[str]) -> list[Happened]:
    query = select(CaseRead).where(CaseRead.subject.in_(list(subjects)))
    newest = query.order_by(CaseRead.number.desc()).limit(MOST)
    return [
        Happened(
            look.happened_at,
            person_name(session, look.happened_by),
            in_words(look.action),
            None,
            look.via or "",
            (),
        )
        for look in session.scalars(newest)
    ]


def _happened(
    session: Session, event: AuditEvent, *, values: bool, reasons: bool = True
) -> Happened:
    names = list({**event.before, **event.after})
    fields = [
        Changed(name, _said(event.before.get(name)), _said(event.after.get(name)))
        if values
        else Changed(name)
        for name in names
    ]
    return Happened(
        event.happened_at,
        person_name(session, event.happened_by),
        in_words(event.action),
        event.reason if reasons else None,
        event.via or "",
        tuple(fields),
    )


def _said(value: object) -> str:
    """Return a value as the history shows it; what was not entered is said to be so."""
    if value is None or value in ("", [], {}):
        return "not entered"
    if isinstance(value, list):
        return ", ".join(_said(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {_said(item)}" for name, item in value.items() if item)
    return str(value)
