"""Our own words: phrases pointed out in a reader's text, and what the reader answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.forms import CaseForm
from data_model.records import (
    Area,
    CaseFile,
    Inspection,
    Organisation,
    Recommendation,
    WordingAnswer,
)
from data_model.vocabulary import WordingReply
from data_model.wording import Concern, concerns
from inspect_app.errors import Refusal
from inspect_app.services import trail
from inspect_app.services.case_access import writable
from inspect_app.signed_in import SignedIn

FREE_TEXT = ("summary", "harm_confirmed_reason")
IN_A_FINDING = ("reason", "strengths", "weaknesses")


@dataclass(frozen=True)
class PointedOut:
    """Words of a reader's that are pointed out in one field, and the reader's answer, if any."""

    path: str
    concern: Concern
    reply: WordingReply | None
    reason: str | None

    @property
    def answered(self) -> bool:
        """Whether nothing more is asked: marked as a quotation, or answered."""
        return self.concern.quoted or self.reply is not None


def texts(form: CaseForm) -> dict[str, str]:
    """Return the free texts of a case by path."""
    held = {name: getattr(form, name) for name in FREE_TEXT}
    for finding in form.findings:
        held |= {f"{finding.theme}.{name}": getattr(finding, name) for name in IN_A_FINDING}
        for place, pointer in enumerate(finding.pointers, start=1):
            held[f"{finding.theme}.pointers.{place}.locator"] = pointer.locator
    return {path: text for path, text in held.items() if text}


def pointed_out(
    session: Session, case: CaseFile, form: CaseForm, reader: str
) -> tuple[PointedOut, ...]:
    """Return what is pointed out in a reader's form of a case, each phrase of a field once."""
    given = {
        (answer.field, answer.said): answer
        for answer in session.scalars(
            select(WordingAnswer).where(
                WordingAnswer.case_id == case.id, WordingAnswer.reader == reader
            )
        )
    }
    known = known_names(session, session.get_one(Inspection, case.inspection))
    found: dict[tuple[str, str], PointedOut] = {}
    for path, text in texts(form).items():
        for concern in concerns(text, known=known):
            answer = given.get((path, concern.said))
            reply, reason = (answer.reply, answer.reason) if answer else (None, None)
            held = found.get((path, concern.said))
            # Words of one's own are not answered by quoting the same words elsewhere.
            if held is None or (held.concern.quoted and not concern.quoted):
                found[path, concern.said] = PointedOut(path, concern, reply, reason)
    return tuple(found.values())


def known_names(session: Session, held: Inspection | Recommendation) -> frozenset[str]:
    """Return the names, in both languages, that texts of this may well say."""
    entries = held.bodies if isinstance(held, Inspection) else held.owners
    bodies = [session.get_one(Organisation, entry.organisation) for entry in entries]
    areas = held.areas if isinstance(held, Inspection) else []
    places = [session.get_one(Area, entry.area_code) for entry in areas]
    named = [name for body in bodies for name in (body.name, body.name_welsh)]
    named += [name for place in places for name in (place.name, place.name_welsh)]
    return frozenset(name for name in named if name)


def check_published(
    session: Session,
    held: Inspection | Recommendation,
    texts: Mapping[str, str | None],
    kept_because: str | None,
) -> None:
    """Refuse texts that will be published with words that are pointed out.

    `held` is what they are of: names that it knows are not pointed out. `texts` stand by what they
    are called. Words in quotation marks are the file's; others need a
    reason why they stand.
    """
    known = known_names(session, held)
    found = [
        f"{title}: “{concern.said}”. {concern.why} {concern.instead}"
        for title, text in texts.items()
        for concern in concerns(text or "", known=known)
        if not concern.quoted
    ]
    if found and not kept_because:
        raise Refusal(
            " ".join(found),
            "Write it in other words, put words of the file in quotation marks, or say why "
            "they stand.",
            problems=found,
        )


def answer(
    case_id: int, path: str, said: str, reply: WordingReply, reason: str | None, *, by: SignedIn
) -> None:
    """Answer for words that were pointed out in a field; keeping them needs a reason."""
    if reply is WordingReply.KEPT and not (reason or "").strip():
        raise Refusal(
            "Words that are kept need a reason.", "Say why they are right, or change them."
        )
    with by.recording() as session:
        case = writable(session, case_id, by)
        kept = session.get(WordingAnswer, (case.id, by.person, path, said))
        before: dict[str, Any] = {"reply": kept.reply, "reason": kept.reason} if kept else {}
        about = {"field": path, "words": said}
        if kept is None:
            kept = WordingAnswer(case_id=case.id, reader=by.person, field=path, said=said)
            session.add(kept)
        kept.reply, kept.reason = reply, (reason or "").strip() or None
        kept.answered_at, kept.answered_by = by.clock(), by.person
        after = {**about, "reply": kept.reply, "reason": kept.reason}
        trail.note(session, by, "wording.answered", f"case {case.id}", before=before, after=after)
