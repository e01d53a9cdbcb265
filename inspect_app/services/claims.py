"""Claims of an inspection's narrative: write, reword, take out, answer for, and hold a release.

Its lead writes them, before the findings are agreed and after. The publisher may reword one, or
answer in writing for one that the evidence does not bear out (K.3 paras 10–14). Every change of
words or links ends the answer that was given, and every wording is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from data_model.forms import ClaimAnswerForm, ClaimForm
from data_model.records import (
    Claim,
    ClaimFinding,
    ClaimIndicator,
    ClaimTheme,
    ClaimWording,
    Inspection,
    Theme,
)
from data_model.vocabulary import InspectionStatus
from inspect_app.access import Permission
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import trail
from inspect_app.services.claim_checks import check_claim
from inspect_app.services.claim_desks import desks
from inspect_app.services.claim_values import (
    ClaimValue,
    Stand,
    answer_holds,
    claim_value,
    claims_of,
)
from inspect_app.services.inspection_values import in_sight, seen, titled
from inspect_app.services.wording import check_published
from inspect_app.signed_in import SignedIn
from metrics.claims import must_be_answered


@dataclass(frozen=True)
class Narrative:
    """The claims of one inspection, and what the person may do with them.

    `themes` are the names of those in its scope, `grades` those of its scale, best first, and
    `agreed` is whether its findings count.
    """

    inspection: str
    title: str
    agreed: bool
    themes: dict[str, str]
    grades: tuple[str, ...]
    claims: tuple[ClaimValue, ...]
    may_write: bool
    may_reword: bool
    may_answer: bool


@dataclass(frozen=True)
class Told:
    """An inspection in the list: how many claims it makes, how many wait for an answer."""

    inspection: str
    title: str
    claims: int
    outstanding: int


def narrative(inspection: str, *, by: SignedIn) -> Narrative:
    """Return the claims of an inspection the person may see, each with how it stands now."""
    with by.reading() as session:
        held = _recorded_here(seen(session, inspection, by))
        at = desks(session, [held], by)[held.code]
        leads = by.may(Permission.AGREE_FINDINGS) and held.code in by.standing.leads
        answers = by.may(Permission.ANSWER_CLAIMS)
        return Narrative(
            held.code,
            titled(session, held),
            held.status is InspectionStatus.AGREED,
            {e.theme: session.get_one(Theme, e.theme).short_name for e in held.themes},
            tuple(at.grades[grade].english for grade in at.grades),
            tuple(claim_value(session, c, at.of_claim(c)) for c in claims_of(session, held.code)),
            may_write=leads,
            may_reword=leads or answers,
            may_answer=answers,
        )


def told(*, by: SignedIn) -> list[Told]:
    """Return the inspections recorded here that the person may see, with their claims counted."""
    by.need(Permission.READ_INSPECTIONS)
    here = Inspection.status != InspectionStatus.PUBLISHED_ELSEWHERE
    with by.reading() as session:
        held = in_sight(session, by, here)
        waiting = _outstanding(session, held, by)
        return [
            Told(
                each.code,
                titled(session, each),
                len(claims_of(session, each.code)),
                waiting.count(each.code),
            )
            for each in held
        ]


def write(inspection: str, form: ClaimForm, *, by: SignedIn) -> str:
    """Add a claim to the narrative of an inspection the person leads; return its code."""
    by.need(Permission.AGREE_FINDINGS)
    with by.recording() as session:
        held = _led(session, inspection, by)
        check_claim(session, held, form, (), by)
        last = session.scalars(
            select(func.max(Claim.position)).where(Claim.inspection == held.code)
        ).one()
        number = (last or 0) + 1
        claim = Claim(code=f"{held.code}-C{number}", inspection=held.code, position=number)
        _say(claim, form, by)
        session.add(claim)
        trail.note(session, by, "claim.written", claim.code, after=_noted(form))
        return claim.code


def reword(code: str, form: ClaimForm, version: int, *, by: SignedIn) -> None:
    """Change what a claim says or is linked to; its answer ends, and every wording is kept.

    For the inspection's lead and for publishers. Raises Conflict, with both texts, where somebody
    changed it since `version`.
    """
    by.need(Permission.WRITE_CLAIMS)
    with by.recording() as session:
        claim = _find(session, code, by)
        held = _led_or_publishing(session, claim, by)
        _check_seen(claim, version, form.text)
        check_claim(session, held, form, [entry.finding for entry in claim.findings], by)
        before = _kept(claim)
        _say(claim, form, by)
        trail.note(session, by, "claim.reworded", code, before=before, after=_noted(form))


def take_out(code: str, version: int, *, by: SignedIn) -> None:
    """Take a claim out of the narrative; what it said is kept. For the inspection's lead."""
    by.need(Permission.AGREE_FINDINGS)
    with by.recording() as session:
        claim = _find(session, code, by)
        _led(session, claim.inspection, by)
        _check_seen(claim, version, "")
        claim.taken_out_at, claim.taken_out_by = by.clock(), by.person
        trail.note(session, by, "claim.taken_out", code, before=_kept(claim))


def answer(code: str, form: ClaimAnswerForm, version: int, *, by: SignedIn) -> None:
    """Answer in writing for a claim that the evidence does not bear out; printed beside it.

    Raises Refusal for a claim that needs no answer as it stands.
    """
    by.need(Permission.ANSWER_CLAIMS)
    with by.recording() as session:
        claim = _find(session, code, by)
        _check_seen(claim, version, form.answer)
        held = session.get_one(Inspection, claim.inspection)
        texts = {"Answer": form.answer, "Answer in Welsh": form.answer_welsh}
        check_published(session, held, texts, form.kept_because)
        stand = desks(session, [held], by)[held.code].of_claim(claim)
        _check_asked(claim, stand)
        before = {"answer": claim.answer, "answered_to": claim.answered_to}
        claim.answer, claim.answer_welsh = form.answer, form.answer_welsh
        claim.answered_to = stand.standing
        claim.answered_at, claim.answered_by = by.clock(), by.person
        after = {**form.model_dump(), "answered_to": stand.standing}
        trail.note(session, by, "claim.answered", code, before=before, after=after)


def _check_asked(claim: Claim, stand: Stand) -> None:
    if not must_be_answered(claim.direction, stand.standing):
        raise Refusal(
            f"{claim.code} needs no answer: it is {stand.says.english}.",
            "Answer for praise that nothing supports, or for a claim that is contradicted.",
        )


def _outstanding(session: Session, inspections: Sequence[Inspection], by: SignedIn) -> list[str]:
    """Return the inspection of each claim that keeps it from being released, once a claim.

    They are praise that nothing supports, and whatever the evidence contradicts, without an
    answer that was written for how they stand now. None while cases are read: nothing counts then.
    """
    counting = [held for held in inspections if held.status is InspectionStatus.AGREED]
    written = {held.code: claims_of(session, held.code) for held in counting}
    at = desks(session, [held for held in counting if written[held.code]], by)
    stands = [(claim, at[code].of_claim(claim)) for code in at for claim in written[code]]
    return [
        claim.inspection
        for claim, stand in stands
        if must_be_answered(claim.direction, stand.standing) and not answer_holds(claim, stand)
    ]


def _find(session: Session, code: str, by: SignedIn) -> Claim:
    claim = session.get(Claim, code)
    if claim is None or claim.taken_out_at is not None:
        raise NotFound(
            f"There is no claim {code!r} that you may see.",
            "Choose one from the claims of an inspection.",
            claim=code,
        )
    seen(session, claim.inspection, by)
    return claim


def _led(session: Session, inspection: str, by: SignedIn) -> Inspection:
    held = _recorded_here(seen(session, inspection, by))
    if inspection not in by.standing.leads:
        raise NotAllowed(
            f"You do not lead inspection {inspection}.", "Its lead inspector writes its claims."
        )
    return held


def _recorded_here(held: Inspection) -> Inspection:
    if held.status is InspectionStatus.PUBLISHED_ELSEWHERE:
        raise Refusal(
            f"{held.code} was published elsewhere; its sentences are those it published.",
            "Claims are written for an inspection that is recorded here.",
        )
    return held


def _led_or_publishing(session: Session, claim: Claim, by: SignedIn) -> Inspection:
    if by.may(Permission.ANSWER_CLAIMS):
        return session.get_one(Inspection, claim.inspection)
    return _led(session, claim.inspection, by)


def _check_seen(claim: Claim, version: int, yours: str) -> None:
    """Raise Conflict, with both texts, unless the person saw the newest of a claim."""
    if version == claim.version:
        return
    raise Conflict(
        f"{claim.code} was changed by somebody else while you were writing.",
        "Nothing was overwritten. Compare both and send yours again if it still holds.",
        both={"Sentence": {"kept": claim.text, "yours": yours}},
        version=claim.version,
    )


def _say(claim: Claim, form: ClaimForm, by: SignedIn) -> None:
    """Take the words and links of a form; what was answered for other words no longer holds."""
    claim.text, claim.text_welsh, claim.direction = form.text, form.text_welsh, form.direction
    # Also where only links change, somebody else must not overwrite them unseen.
    flag_modified(claim, "text")
    claim.themes = [ClaimTheme(theme=theme) for theme in form.themes]
    claim.findings = [ClaimFinding(finding=finding) for finding in form.findings]
    claim.indicators = [ClaimIndicator(indicator=code) for code in form.indicators]
    claim.answer = claim.answer_welsh = claim.answered_to = None
    claim.answered_at = claim.answered_by = None
    claim.wordings.append(
        ClaimWording(
            edition=len(claim.wordings) + 1,
            text=form.text,
            text_welsh=form.text_welsh,
            direction=form.direction,
            kept_because=form.kept_because,
            worded_at=by.clock(),
            worded_by=by.person,
        )
    )


def _noted(form: ClaimForm) -> dict[str, object]:
    return {**form.model_dump(), "answer": None}


def _kept(claim: Claim) -> dict[str, object]:
    return {
        "text": claim.text,
        "text_welsh": claim.text_welsh,
        "direction": claim.direction,
        "themes": tuple(entry.theme for entry in claim.themes),
        "findings": tuple(entry.finding for entry in claim.findings),
        "indicators": tuple(entry.indicator for entry in claim.indicators),
        "answer": claim.answer,
    }
