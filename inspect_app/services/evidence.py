"""Evidence of what was done about a recommendation: put forward by its owner, for a verifier.

Putting evidence forward moves assurance to “evidence submitted” where the workflow lets it; who
put it forward is its author, and can never judge it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from data_model.forms import EvidenceForm, StepForm
from data_model.records import (
    EvidenceFile,
    EvidenceItem,
    Organisation,
    Recommendation,
    RecommendationOwner,
)
from data_model.sight import Task, widened
from data_model.vocabulary import Assurance, Evidence
from inspect_app.access import Permission
from inspect_app.errors import Refusal
from inspect_app.services import trail
from inspect_app.services.answers import check_open, check_side, find_answer, move, untested
from inspect_app.services.attached_files import FileValue, file_values
from inspect_app.services.reference import (
    check_known,
    check_one_world,
    organisation_name,
    person_name,
)
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis, next_moves


@dataclass(frozen=True)
class EvidenceValue:
    """Something an owner has shown; `submitted_by` is its author's code, `author` their name.

    `gathered_by` is the name of the body that gathered it. `files` are there for those who may
    open them; everybody else is told how many there are, `file_count`. What was `judged` with a
    verdict is not judged again.
    """

    id: int
    rung: Evidence
    description: str
    dated_on: date
    gathered_by: str | None
    pointer: str | None
    reaudit: str | None
    submitted_at: datetime
    submitted_by: str
    author: str
    judged: bool
    file_count: int
    files: tuple[FileValue, ...]


def evidence_values(
    session: Session, owner: RecommendationOwner, by: SignedIn
) -> tuple[EvidenceValue, ...]:
    """Return, within a session, the evidence for one body's answer as it was put forward."""
    waiting = untested(owner)
    return tuple(
        _value(session, owner, item, by, judged=item not in waiting) for item in owner.evidence
    )


def _value(
    session: Session, owner: RecommendationOwner, item: EvidenceItem, by: SignedIn, *, judged: bool
) -> EvidenceValue:
    return EvidenceValue(
        id=item.id,
        rung=item.rung,
        description=item.description,
        dated_on=item.dated_on,
        gathered_by=organisation_name(session, item.gathered_by) if item.gathered_by else None,
        pointer=item.pointer,
        reaudit=item.reaudit,
        submitted_at=item.submitted_at,
        submitted_by=item.submitted_by,
        author=person_name(session, item.submitted_by),
        judged=judged,
        file_count=_files(session, item),
        files=file_values(session, owner, item, by),
    )


def _files(session: Session, item: EvidenceItem) -> int:
    """Count what is attached, also for those who may not open it."""
    with widened(session, Task.COUNTING):
        query = select(func.count()).where(EvidenceFile.item == item.id)
        return session.scalar(query) or 0


def add(code: str, organisation: str, form: EvidenceForm, *, by: SignedIn) -> int:
    """Put evidence forward for the answer of the person's own body; return its id.

    Raises Refusal once the answer is closed, for a date before publication or still to come, for
    an outcome (E4) that no other body gathered, and for a re-audit that is none of this answer.
    """
    with by.recording() as session:
        owner = find_answer(session, code, organisation, by)
        check_side(owner, Permission.RESPOND, by)
        check_open(owner)
        _check_day(session, owner, form, by)
        _check_gathered(session, owner, form)
        _check_reaudit(owner, form)
        item = EvidenceItem(**form.model_dump(), submitted_at=by.clock(), submitted_by=by.person)
        owner.evidence.append(item)
        # Whoever is judging what was there before is told, and judges nothing unread.
        flag_modified(owner, "assurance")
        session.flush()
        said = {"evidence": item.id, **form.model_dump(exclude_none=True)}
        trail.note(session, by, "evidence.added", f"{code} {organisation}", after=said)
        _submit(session, owner, by)
        return item.id


def _submit(session: Session, owner: RecommendationOwner, by: SignedIn) -> None:
    """Move assurance to “evidence submitted” where that can follow."""
    open_moves = next_moves(Axis.ASSURANCE, owner.assurance)
    if any(offered.after is Assurance.SUBMITTED for offered in open_moves):
        move(session, owner, Axis.ASSURANCE, StepForm(to=Assurance.SUBMITTED), by)


def _check_day(
    session: Session, owner: RecommendationOwner, form: EvidenceForm, by: SignedIn
) -> None:
    published = session.get_one(Recommendation, owner.recommendation).published_on
    if form.dated_on > by.today:
        raise Refusal(
            f"The evidence is dated {form.dated_on}, which is still to come.",
            "Give the date it bears.",
            dated_on=form.dated_on,
        )
    if published and form.dated_on < published:
        raise Refusal(
            f"The evidence is dated {form.dated_on}, before {owner.recommendation} was published, "
            f"{published}.",
            "What was done because of a recommendation is shown by something later; give that, "
            "with the date it bears.",
            dated_on=form.dated_on,
        )


def _check_gathered(session: Session, owner: RecommendationOwner, form: EvidenceForm) -> None:
    gathered = [form.gathered_by] if form.gathered_by else []
    check_known(session, Organisation, gathered, "Organisation")
    check_one_world(session, "The evidence", [], [owner.organisation, *gathered])
    if form.rung is Evidence.E4 and form.gathered_by in {None, owner.organisation}:
        raise Refusal(
            "An outcome, or the account of children and families (E4), was gathered by the owner "
            "itself, or nobody says by whom.",
            "Name the other body that gathered it, or put it forward as a record that something "
            "happened (E2).",
        )


def _check_reaudit(owner: RecommendationOwner, form: EvidenceForm) -> None:
    if form.reaudit is None:
        return
    if form.rung is not Evidence.E3:
        raise Refusal(
            f"A re-audit shows practice in sampled cases (E3), not {form.rung.english}.",
            "Put it forward as E3, or leave the re-audit empty.",
        )
    arranged = [reaudit.inspection for reaudit in owner.reaudits]
    if form.reaudit not in arranged:
        there_are = ", ".join(arranged) or "none so far"
        raise Refusal(
            f"{form.reaudit!r} is not arranged as a re-audit of {owner.recommendation} for "
            f"{owner.organisation}.",
            f"Arranged are: {there_are}. Arrange it first, or leave the re-audit empty.",
            reaudit=form.reaudit,
        )
