"""A case within a transaction: who may see it, who may write in it, and whose reading it is."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from data_model import looks
from data_model.forms import CaseForm
from data_model.records import CaseFile, Erasure, Inspection, Reading
from data_model.vocabulary import CaseStatus, InspectionStatus, ReadingPurpose
from inspect_app.access import BLIND, CaseStanding, Permission, sees_case, sees_cases, sees_reading
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services.case_filling import findings_of, form_of
from inspect_app.services.inspection_values import seen
from inspect_app.signed_in import SignedIn

IDENTIFYING = ("reference", "kind", "lead_agency", "practice_from", "practice_to")
"""All that a second reader is told of a case before both readings are in."""


def standing_of(case: CaseFile) -> CaseStanding:
    """Return what decides who sees a case."""
    others = frozenset(reading.reader for reading in case.readings)
    return CaseStanding(case.inspection, case.read_by, case.status, others)


def find(session: Session, case_id: int, by: SignedIn) -> CaseFile:
    """Return a case the person may see or reads second; raises NotFound for any other."""
    query = select(CaseFile).where(CaseFile.id == case_id).options(selectinload(CaseFile.readings))
    case = session.scalars(query).first()
    if case is None or not (sees_whole(case, by) or reads_blind(case, by)):
        raise NotFound(
            "There is no such case that you may see.",
            "Open a case from the matrix of an inspection you read in.",
            case=case_id,
        )
    _refuse_erased(session, case)
    if session.info.get("reads"):
        looks.at_case(session, case.id)
    return case


def _refuse_erased(session: Session, case: CaseFile) -> None:
    """Raise NotFound for a case that was erased; what was counted of it stays."""
    erasure = session.get(Erasure, case.inspection)
    if erasure is not None and erasure.erased_at is not None:
        raise NotFound(
            f"This case was erased on {erasure.erased_at.date()}.",
            "What was counted of it stays in the matrix, scorecards and releases.",
            case=case.id,
        )


def sees_whole(case: CaseFile, by: SignedIn) -> bool:
    """Return whether the person may see what the first reader recorded."""
    return sees_case(by.standing, standing_of(case))


def sees_others(case: CaseFile, by: SignedIn) -> bool:
    """Return whether the person may see what the readers after the first found."""
    return sees_reading(by.standing, standing_of(case))


def reads_blind(case: CaseFile, by: SignedIn) -> bool:
    """Return whether the person reads this case beside the first reader and may not see more."""
    reads = sees_cases(by.standing, case.inspection) and own_reading(case, by) is not None
    return reads and not sees_whole(case, by)


def own_reading(case: CaseFile, by: SignedIn) -> Reading | None:
    """Return the person's own reading of a case beside the first, or None."""
    return next((reading for reading in case.readings if reading.reader == by.person), None)


def writes(case: CaseFile, by: SignedIn) -> bool:
    """Return whether the case is open for the person's own writing, its inspection apart."""
    if case.read_by == by.person:
        return case.status is CaseStatus.DRAFT
    reading = own_reading(case, by)
    if reading is None or reading.submitted_at is not None:
        return False
    begun = BLIND if reading.purpose is ReadingPurpose.BODY else {CaseStatus.SUBMITTED}
    return case.status in begun


def writable(session: Session, case_id: int, by: SignedIn) -> CaseFile:
    """Return a case the person may write in now; every refusal says what would work."""
    by.need(Permission.WRITE_CASES)
    case = find(session, case_id, by)
    if case.read_by != by.person and own_reading(case, by) is None:
        raise NotAllowed(
            f"Case {case.reference} is read by somebody else.",
            "Ask its reader to change it; the lead inspector can see who that is.",
        )
    being_read(session, case.inspection, by)
    if not writes(case, by):
        raise Refusal(
            f"Case {case.reference} has been submitted.",
            "Take it back, with a reason, to change it."
            if case.status is CaseStatus.SUBMITTED
            else "The lead inspector can open it again, with a reason.",
        )
    return case


def being_read(session: Session, inspection: str, by: SignedIn) -> Inspection:
    """Return an inspection the person reads in whose cases are open."""
    held = seen(session, inspection, by)
    if not sees_cases(by.standing, held.code):
        raise NotAllowed(
            f"You are not a reader of inspection {held.code}.",
            "Ask its lead inspector to add you.",
        )
    if held.status is not InspectionStatus.READING:
        raise Refusal(
            f"The findings of inspection {held.code} have been agreed, so its cases are closed.",
            "The lead inspector can reopen it, with a reason.",
        )
    return held


def reading_form(case: CaseFile, reader: str) -> CaseForm:
    """Return a case as one reader has it; a reader after the first has findings and no more."""
    if reader == case.read_by:
        return form_of(case)
    named = {name: getattr(case, name) for name in IDENTIFYING}
    return CaseForm(**named, findings=findings_of(case, reader))
