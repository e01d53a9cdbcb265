"""Moderation: a second reading blind to the first, the lead's decision, and the lock.

Every case with the lowest grade of its scale is read twice, and a recorded share of the rest;
in a multi-agency audit other bodies read a case too. All grades are kept; the one that counts is
the first reader's, or what the lead decided where they differ.
"""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from data_model.forms import DecisionForm
from data_model.protocols import protocol
from data_model.records import CaseFile, Moderation, Reading
from data_model.sight import Task
from data_model.vocabulary import CaseStatus, ReadingPurpose
from inspect_app.access import Permission
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services import cases, receipts, trail
from inspect_app.services.case_access import being_read, find, own_reading, writable
from inspect_app.services.case_filling import check_finding, criterion_version
from inspect_app.services.readings import (
    DECIDED_IN,
    MAY_BE_ASKED,
    Rule,
    cases_of,
    change,
    compare_if_all_in,
    differing,
    may_be_locked,
    readers,
    rule_of,
    second,
    subject,
    team_of,
    unfit,
)
from inspect_app.services.receipts import ReceiptValue
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Need, Offer


def take(case_id: int, *, by: SignedIn) -> None:
    """Take a case that waits for a second reader."""
    by.need(Permission.WRITE_CASES)
    with by.recording(Task.MODERATING) as session:
        case = _waiting(session, case_id, by)
        _ask(session, case, by.person, ReadingPurpose.SECOND, by)


def ask(case_id: int, reader: str, purpose: ReadingPurpose, *, by: SignedIn) -> None:
    """Ask a reader of the inspection to read a case too, whether it needs it or not; for its lead.

    So being asked tells nobody what the first reader found.
    """
    by.need(Permission.AGREE_FINDINGS)
    with by.recording(Task.MODERATING) as session:
        _ask(session, _led(session, case_id, by), reader, purpose, by)


def _waiting(session: Session, case_id: int, by: SignedIn) -> CaseFile:
    """Return a case that waits; the refusal is the same whatever the first reader found."""
    case = session.get(CaseFile, case_id)
    held = being_read(session, case.inspection, by) if case else None
    if case is None or held is None or not rule_of(session, held).waits(case):
        raise Refusal(
            "That case does not wait for a second reader.",
            "Take one of those that do; Moderation lists them.",
        )
    return case


def _ask(
    session: Session, case: CaseFile, reader: str, purpose: ReadingPurpose, by: SignedIn
) -> None:
    _check_open(session, case, purpose, by)
    why = unfit(case, reader, purpose, team_of(session, case.inspection))
    if why:
        raise Refusal(f"{why}.", "Choose another reader of the inspection, or add one.")
    case.readings.append(
        Reading(reader=reader, purpose=purpose, asked_at=by.clock(), asked_by=by.person)
    )
    trail.note(session, by, "reading.asked", subject(case), after={"reader": reader, "as": purpose})


def _check_open(session: Session, case: CaseFile, purpose: ReadingPurpose, by: SignedIn) -> None:
    held = being_read(session, case.inspection, by)
    if purpose is ReadingPurpose.BODY and not protocol(held.kind).several_bodies:
        raise Refusal(
            f"In inspection {held.code} one body reads each case.",
            "Ask for a second reading instead.",
        )
    if case.status not in MAY_BE_ASKED[purpose]:
        raise Refusal(
            f"Case {case.reference} is “{case.status.english}”, so nobody can be asked to read "
            "it now.",
            "A second reader is asked once a case is submitted and before its readings are "
            "compared.",
        )
    if purpose is ReadingPurpose.SECOND and second(case):
        raise Refusal(
            f"Case {case.reference} has a second reader.",
            "Withdraw that reading, if it is not in yet, to ask somebody else.",
        )


def withdraw(case_id: int, reader: str, reason: str, *, by: SignedIn) -> None:
    """Let somebody off a reading that is not in; for themselves, or the lead, with a reason.

    What they have recorded stays on the trail and takes no part in anything.
    """
    by.need(Permission.WRITE_CASES)
    with by.recording(Task.MODERATING) as session:
        case = find(session, case_id, by)
        if by.person != reader and case.inspection not in by.standing.leads:
            raise NotAllowed("That is somebody else's reading.", "The lead can withdraw it.")
        being_read(session, case.inspection, by)
        asked = next((one for one in case.readings if one.reader == reader), None)
        if asked is None or asked.submitted_at is not None:
            raise Refusal(
                f"Case {case.reference} has no such reading that is still to come.",
                "A reading that is in stays; the lead decides where it differs.",
            )
        _check_reason(reason)
        case.readings.remove(asked)
        session.delete(asked)
        trail.note(
            session,
            by,
            "case.reading_withdrawn",
            subject(case),
            before={"reader": reader},
            reason=reason,
        )
        compare_if_all_in(session, case, by)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal("No reason was given.", "Say why, in a sentence.")


def submit_reading(case_id: int, *, by: SignedIn) -> ReceiptValue:
    """Submit the person's own reading of a case that somebody else reads first."""
    with by.recording(Task.MODERATING) as session:
        case = writable(session, case_id, by)
        reading = own_reading(case, by)
        if reading is None:
            raise NotAllowed("You are this case's first reader.", "Submit the case itself.")
        stands = cases.settle_and_check(session, case, by)
        if stands:
            raise cases.not_yet(case, stands)
        reading.submitted_at, reading.submitted_by = by.clock(), by.person
        trail.note(session, by, "reading.submitted", subject(case))
        receipt = receipts.give(session, case, by)
        compare_if_all_in(session, case, by)
        return receipt


def decide(case_id: int, form: DecisionForm, *, by: SignedIn) -> None:
    """Decide a theme on which the readings of a case differ; for the lead, with a reason.

    The case is moderated once every such theme is decided; until it is locked, the lead may
    decide otherwise. All grades are kept.
    """
    by.need(Permission.AGREE_FINDINGS)
    with by.recording(Task.MODERATING) as session:
        case = _led(session, case_id, by)
        held = being_read(session, case.inspection, by)
        open_themes = differing(case) if case.status in DECIDED_IN else ()
        if form.theme not in open_themes:
            raise Refusal(
                f"The readings of case {case.reference} do not differ on {form.theme}.",
                f"Decide on {', '.join(open_themes)}." if open_themes else "Nothing is disputed.",
            )
        check_finding(session, form, {form.theme}, held)
        _decide(session, case, form, by)
        decided = {moderation.theme for moderation in case.moderations}
        if case.status is CaseStatus.DISPUTED and decided >= set(open_themes):
            offer = Offer(met=frozenset({Need.DECISIONS}))
            change(session, case, CaseStatus.MODERATED, offer, by)


def _decide(session: Session, case: CaseFile, form: DecisionForm, by: SignedIn) -> None:
    version = criterion_version(session, form, None)
    kept = next((one for one in case.moderations if one.theme == form.theme), None)
    before = _said(kept) if kept else {}
    if kept is None:
        kept = Moderation(theme=form.theme)
        case.moderations.append(kept)
    kept.grade, kept.not_graded, kept.reason = form.grade, form.not_graded, form.reason
    kept.criterion, kept.criterion_version = form.criterion, version
    kept.decided_at, kept.decided_by = by.clock(), by.person
    trail.note(
        session,
        by,
        "case.decided",
        subject(case),
        before=before,
        after={**_said(kept), "decided_by_a_reader": by.person in readers(case)},
        reason=form.reason,
    )


def _said(kept: Moderation) -> Mapping[str, object]:
    verdict = kept.grade or str(kept.not_graded)
    return {f"{kept.theme}.decided": verdict, f"{kept.theme}.reason": kept.reason}


def lock(case_id: int, *, by: SignedIn) -> None:
    """Lock a case whose readings are done; for the lead."""
    by.need(Permission.AGREE_FINDINGS)
    with by.recording(Task.MODERATING) as session:
        case = _led(session, case_id, by)
        held = being_read(session, case.inspection, by)
        _lock(session, case, rule_of(session, held), by)


def lock_ready(inspection: str, *, by: SignedIn) -> int:
    """Lock every case of an inspection whose readings are done; return how many there were."""
    by.need(Permission.AGREE_FINDINGS)
    with by.recording(Task.MODERATING) as session:
        held = being_read(session, inspection, by)
        _check_leads(inspection, by)
        rule = rule_of(session, held)
        ready = [case for case in cases_of(session, [inspection]) if may_be_locked(case, rule)]
        for case in ready:
            _lock(session, case, rule, by)
        if not ready:
            raise Refusal(
                f"No case of inspection {inspection} is ready to be locked.",
                "A case is ready once it is submitted, read second where it must be, and every "
                "difference is decided.",
            )
        return len(ready)


def _lock(session: Session, case: CaseFile, rule: Rule, by: SignedIn) -> None:
    met = frozenset({Need.READ_ENOUGH} if rule.read_enough(case) else set[Need]())
    change(session, case, CaseStatus.LOCKED, Offer(met=met), by)
    case.locked_at, case.locked_by = by.clock(), by.person


def unlock(case_id: int, reason: str, *, by: SignedIn) -> None:
    """Open a locked case again, for a reason: what follows is its next edition.

    What was submitted stays in its receipts. The readings of others stay as they are; where the
    new edition differs from them, it is decided anew, and what was decided stays on the trail.
    """
    by.need(Permission.AGREE_FINDINGS)
    with by.recording(Task.MODERATING) as session:
        case = _led(session, case_id, by)
        being_read(session, case.inspection, by)
        if case.status is not CaseStatus.LOCKED:
            raise Refusal(
                f"Case {case.reference} is not locked.",
                "Its reader can take it back, with a reason, until its readings are compared; "
                "after that, lock it first.",
            )
        change(session, case, CaseStatus.DRAFT, Offer(reason=reason), by)
        case.locked_at, case.locked_by = None, None
        decided = {name: said for one in case.moderations for name, said in _said(one).items()}
        for moderation in list(case.moderations):
            case.moderations.remove(moderation)
            session.delete(moderation)
        trail.note(
            session,
            by,
            "case.unlocked",
            subject(case),
            before={"edition": case.edition, **decided},
            after={"edition": case.edition + 1},
            reason=reason,
        )
        case.edition += 1


def _led(session: Session, case_id: int, by: SignedIn) -> CaseFile:
    case = find(session, case_id, by)
    _check_leads(case.inspection, by)
    return case


def _check_leads(inspection: str, by: SignedIn) -> None:
    if inspection not in by.standing.leads:
        raise NotAllowed(
            f"You do not lead inspection {inspection}.", "Ask its lead inspector to do this."
        )
