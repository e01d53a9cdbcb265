"""Case files: open one, keep it as a draft, submit it; only its inspection's readers see it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from data_model.forms import CaseForm, reference_problem
from data_model.records import (
    CaseFile,
    Finding,
    Inspection,
    Person,
    Theme,
)
from data_model.vocabulary import CaseStatus, HarmCategory, InspectionStatus
from inspect_app.access import Permission, sees_case, sees_cases
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import trail
from inspect_app.services.case_filling import (
    differences,
    fill,
    flat,
    form_of,
)
from inspect_app.services.case_sheet import all_in_words, sheet_of
from inspect_app.services.inspection_values import seen
from inspect_app.services.reference import all_themes
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis, Offer, check_move

NEEDED = {
    "lead_agency": "lead agency",
    "practice_from": "practice read from",
    "practice_to": "practice read to",
    "age_band": "age",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "disability": "disabled",
    "in_care": "in care",
    "placement": "where the child lives",
    "harm_category": "risk and harm",
    "agency_risk": "what the agency wrote",
    "network": "network",
    "flagged": "flagged",
    "meets_definition": "meets the definition",
}


@dataclass(frozen=True)
class CaseValue:
    """A case as a reader opens it: what is kept, its version, and what still stands in the way.

    It is open to change while its inspection is being read.
    """

    id: int
    inspection: str
    status: CaseStatus
    version: int
    reader: str
    mine: bool
    open_to_change: bool
    form: CaseForm
    submitted_at: datetime | None
    outstanding: tuple[str, ...]


@dataclass(frozen=True)
class CaseLine:
    """A case in a list."""

    id: int
    inspection: str
    reference: str
    status: CaseStatus
    kind: str


def mine(*, by: SignedIn) -> list[CaseLine]:
    """Return the cases the person reads in inspections that are still being read, drafts first."""
    by.need(Permission.READ_CASES)
    with by.reading() as session:
        query = (
            select(CaseFile)
            .join(Inspection, CaseFile.inspection == Inspection.code)
            .where(CaseFile.read_by == by.person, Inspection.status == InspectionStatus.READING)
            .order_by(CaseFile.status, CaseFile.inspection, CaseFile.reference)
        )
        return [
            CaseLine(case.id, case.inspection, case.reference, case.status, case.kind.english)
            for case in session.scalars(query)
        ]


def view(case_id: int, *, by: SignedIn) -> CaseValue:
    """Return a case; raises NotFound unless the person reads in its inspection."""
    with by.reading() as session:
        return _value(session, _seen(session, case_id, by), by)


def begin(inspection: str, form: CaseForm, *, by: SignedIn) -> int:
    """Keep a new case as a draft of the person's own; return its id.

    Raises Refusal for a reference that is taken or could identify a child.
    """
    by.need(Permission.WRITE_CASES)
    with by.recording() as session:
        held = _reading(session, inspection, by)
        _check_reference(session, held.code, form.reference, own=None)
        case = CaseFile(
            inspection=held.code,
            reference=form.reference,
            read_by=by.person,
            status=CaseStatus.DRAFT,
            kind=form.kind,
        )
        session.add(case)
        session.flush()
        fill(session, case, form, held)
        trail.note(session, by, "case.begun", _subject(case), after=flat(form))
        return case.id


def save(case_id: int, version: int, form: CaseForm, *, by: SignedIn) -> int:
    """Keep what the reader has so far; return the new version.

    `version` is the one the reader started from: if somebody has saved since, nothing is
    overwritten and Conflict is raised with both texts, field by field.
    """
    by.need(Permission.WRITE_CASES)
    with by.recording() as session:
        case = _writable(session, case_id, by)
        held = session.get_one(Inspection, case.inspection)
        before = form_of(case)
        if case.version != version:
            raise _conflict(session, case, before, form)
        if before == form:
            return case.version
        _check_reference(session, held.code, form.reference, own=case.id)
        fill(session, case, form, held)
        kept = flat(form_of(case))
        trail.note(session, by, "case.saved", _subject(case), before=flat(before), after=kept)
        return case.version


def submit(case_id: int, version: int, *, by: SignedIn) -> None:
    """Submit a case; raises Refusal listing everything that still stands in the way."""
    by.need(Permission.WRITE_CASES)
    with by.recording() as session:
        case = _writable(session, case_id, by)
        if case.version != version:
            raise _conflict(session, case, form_of(case), form_of(case))
        outstanding = _outstanding(session, case)
        if outstanding:
            raise Refusal(
                f"Case {case.reference} cannot be submitted yet: {'; '.join(outstanding)}.",
                "Enter what is missing; where the agency did not record it, say so. "
                "Your draft is kept as it is.",
                outstanding=outstanding,
            )
        _change(session, case, CaseStatus.SUBMITTED, None, by)


def take_back(case_id: int, reason: str, *, by: SignedIn) -> None:
    """Make a submitted case a draft again, for a reason, while its inspection is being read."""
    by.need(Permission.WRITE_CASES)
    with by.recording() as session:
        case = _seen(session, case_id, by)
        _own(case, by)
        _reading(session, case.inspection, by)
        _change(session, case, CaseStatus.DRAFT, reason, by)


def _change(
    session: Session, case: CaseFile, to: CaseStatus, reason: str | None, by: SignedIn
) -> None:
    before = case.status
    check_move(Axis.CASE, before, to, Offer(reason=reason), thing=f"Case {case.reference}")
    case.status = to
    submitted = to is CaseStatus.SUBMITTED
    case.submitted_at, case.submitted_by = (by.clock(), by.person) if submitted else (None, None)
    trail.note(
        session,
        by,
        "case.submitted" if submitted else "case.taken_back",
        _subject(case),
        before={"status": before},
        after={"status": to},
        reason=reason,
    )


def _subject(case: CaseFile) -> str:
    return f"case {case.id}"


def _seen(session: Session, case_id: int, by: SignedIn) -> CaseFile:
    query = (
        select(CaseFile)
        .where(CaseFile.id == case_id)
        .options(selectinload(CaseFile.findings).selectinload(Finding.pointers))
    )
    case = session.scalars(query).first()
    if case is None or not sees_case(by.standing, case.inspection, case.read_by, case.status):
        raise NotFound(
            "There is no such case that you may see.",
            "Open a case from the matrix of an inspection you read in.",
            case=case_id,
        )
    return case


def _writable(session: Session, case_id: int, by: SignedIn) -> CaseFile:
    case = _seen(session, case_id, by)
    _own(case, by)
    _reading(session, case.inspection, by)
    if case.status is CaseStatus.SUBMITTED:
        raise Refusal(
            f"Case {case.reference} has been submitted.",
            "Take it back, with a reason, to change it.",
        )
    return case


def _own(case: CaseFile, by: SignedIn) -> None:
    if case.read_by != by.person:
        raise NotAllowed(
            f"Case {case.reference} is read by somebody else.",
            "Ask its reader to change it; the lead inspector can see who that is.",
        )


def _reading(session: Session, inspection: str, by: SignedIn) -> Inspection:
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


def _check_reference(session: Session, inspection: str, reference: str, *, own: int | None) -> None:
    problem = reference_problem(reference, inspection)
    if problem:
        raise Refusal(
            f"The reference {problem}.",
            "A reference must not lead to a child. Keep the key to it outside this product.",
            reference=reference,
        )
    taken = session.scalars(
        select(CaseFile.id).where(
            CaseFile.inspection == inspection, CaseFile.reference == reference
        )
    ).first()
    if taken is not None and taken != own:
        raise Refusal(
            f"There is a case {reference} in inspection {inspection} already.",
            "Use the next free number, or open that case.",
            reference=reference,
        )


def _value(session: Session, case: CaseFile, by: SignedIn) -> CaseValue:
    return CaseValue(
        case.id,
        case.inspection,
        case.status,
        case.version,
        session.get_one(Person, case.read_by).name,
        case.read_by == by.person,
        session.get_one(Inspection, case.inspection).status is InspectionStatus.READING,
        form_of(case),
        case.submitted_at,
        tuple(_outstanding(session, case)),
    )


def _outstanding(session: Session, case: CaseFile) -> list[str]:
    """Return what still stands between a case and its submission, in the order of the form."""
    held = session.get_one(Inspection, case.inspection)
    missing = [words for field, words in NEEDED.items() if getattr(case, field) is None]
    said = [f"not entered yet: {', '.join(missing)}"] if missing else []
    if _harm_unconfirmed(case):
        said.append(
            "signs of harm are recorded and the category is “at risk”: "
            "correct the category, or confirm it with a reason (recommendation 4)"
        )
    given = {f.theme: f for f in case.findings if f.reader == case.read_by}
    open_themes = [entry.theme for entry in held.themes if not _settled(given.get(entry.theme))]
    if open_themes:
        names = ", ".join(session.get_one(Theme, code).short_name for code in open_themes)
        said.append(f"neither graded with a reason, nor given a reason why not: {names}")
    return said


def _harm_unconfirmed(case: CaseFile) -> bool:
    risk_only = case.harm_category is HarmCategory.AT_RISK
    return risk_only and bool(case.harm_indicators) and not case.harm_confirmed_reason


def _settled(finding: Finding | None) -> bool:
    if finding is None:
        return False
    return finding.not_graded is not None or bool(finding.grade and finding.reason)


def _conflict(session: Session, case: CaseFile, kept: CaseForm, sent: CaseForm) -> Conflict:
    """Return the conflict with both texts: `both` by field, `in_words` as people read them."""
    of = sheet_of(session, session.get_one(Inspection, case.inspection), all_themes(session))
    in_words = differences(all_in_words(kept, of), all_in_words(sent, of))
    fields = ", ".join(title.lower() for title in in_words) or "nothing you changed"
    return Conflict(
        f"Case {case.reference} was saved elsewhere while you were writing. Different: {fields}.",
        "Nothing was overwritten. Compare both texts, put together what you need, and save again.",
        both=differences(flat(kept), flat(sent)),
        in_words=in_words,
        version=case.version,
    )
