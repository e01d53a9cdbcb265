"""Who wrote what is in a release, as far as records say: none of them may approve it."""

from collections.abc import Callable, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import (
    AuditEvent,
    CaseFile,
    Finding,
    InspectionReader,
    Moderation,
    RecommendationWording,
    Release,
    Return,
)
from data_model.sight import Task, widened
from inspect_app.publishing.content import ReleaseContent
from inspect_app.services.release_checks import recorded_here
from inspect_app.services.return_figures import FROM_RETURN
from inspect_app.workflow import Part

Writers = Callable[[Session, ReleaseContent], Iterable[str]]

SUMMARISED = ("inspection.summarised", "inspection.agreed", "inspection.started")


def parts(session: Session, held: Release, content: ReleaseContent, person: str) -> set[Part]:
    """Return what a person is to a release already."""
    found = set()
    if person in {held.drawn_by, held.sent_by}:
        found.add(Part.DRAFTER)
    reasons = {each.acknowledged_by for each in held.acknowledged}
    if person in reasons or person in _writers(session, content):
        found.add(Part.WRITER)
    return found


def _writers(session: Session, content: ReleaseContent) -> set[str]:
    """Return who wrote something in a release, also in cases that whoever asks may not see."""
    with widened(session, Task.KEEPING_APART, Task.COUNTING, Task.CHAINING):
        return {who for look in WRITERS for who in look(session, content)}


def _codes(content: ReleaseContent) -> list[str]:
    return [held.code for held in recorded_here(content)]


def _readers(session: Session, content: ReleaseContent) -> Iterable[str]:
    """Return who reads the cases: also a reader who was assigned and has found nothing yet."""
    codes = _codes(content)
    return session.scalars(
        select(InspectionReader.person).where(InspectionReader.inspection.in_(codes))
    )


def _finders(session: Session, content: ReleaseContent) -> Iterable[str]:
    of_these = CaseFile.inspection.in_(_codes(content))
    found = select(Finding.reader).join(CaseFile, CaseFile.id == Finding.case_id).where(of_these)
    decided = (
        select(Moderation.decided_by)
        .join(CaseFile, CaseFile.id == Moderation.case_id)
        .where(of_these)
    )
    return {*session.scalars(found.distinct()), *session.scalars(decided.distinct())}


def _summarisers(session: Session, content: ReleaseContent) -> Iterable[str]:
    return session.scalars(
        select(AuditEvent.happened_by).where(
            AuditEvent.subject.in_(_codes(content)), AuditEvent.action.in_(SUMMARISED)
        )
    )


def _recommenders(session: Session, content: ReleaseContent) -> Iterable[str]:
    codes = [each.code for each in content.recommendations]
    return session.scalars(
        select(RecommendationWording.worded_by).where(
            RecommendationWording.recommendation.in_(codes)
        )
    )


def _senders(session: Session, content: ReleaseContent) -> Iterable[str]:
    """Return who sent or approved a return whose figures are in the release."""
    areas = {
        area.code
        for area in content.areas
        if any(figure.source.startswith(FROM_RETURN) for figure in area.figures)
    }
    returns = session.scalars(select(Return).where(Return.area_code.in_(sorted(areas)))).all()
    return {who for each in returns for who in (each.entered_by, each.approved_by) if who}


WRITERS: tuple[Writers, ...] = (_readers, _finders, _summarisers, _recommenders, _senders)
