"""One body's answer to a recommendation: found, guarded, and moved along its axes on the record.

What moves an answer, whoever asks, goes through `move`: it checks the workflow, sets the status
and what goes with it, keeps the step and writes the audit event.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from data_model.forms import StepForm
from data_model.records import (
    EvidenceItem,
    Inspection,
    Recommendation,
    RecommendationOwner,
    RecommendationStep,
)
from data_model.vocabulary import Assurance, Closing, Delivery, Response, Word
from inspect_app.access import Permission
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import trail
from inspect_app.services.inspection_values import sees
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import ACCEPTANCES, Axis, Move, Need, Offer, Part, barred, check_move

Both = Mapping[str, Mapping[str, object]]
WORDS: dict[Axis, type[Word]] = {
    Axis.RESPONSE: Response,
    Axis.DELIVERY: Delivery,
    Axis.ASSURANCE: Assurance,
    Axis.CLOSING: Closing,
}
"""The axes on which one body's answer moves."""


@dataclass(frozen=True)
class Stand:
    """Where somebody stands towards an answer: of its body, an author of its evidence, or none."""

    own: bool
    author: bool

    def may(self, who: Permission) -> bool:
        """Return whether a move of these can be theirs; the role is another question."""
        if who is not Permission.VERIFY:
            return self.own
        held = {Part.OWNER: self.own, Part.AUTHOR: self.author}
        return barred(Part.VERIFIER, [part for part, holds in held.items() if holds]) is None


def find_recommendation(session: Session, code: str, by: SignedIn) -> Recommendation:
    """Return a recommendation; raises NotFound when there is none that the person may see."""
    by.need(Permission.READ_RECOMMENDATIONS)
    held = session.get(Recommendation, code)
    if held is None or not concerns(session, held, by):
        raise NotFound(
            f"There is no recommendation {code!r} that you may see.",
            "Choose one from the list of recommendations.",
            recommendation=code,
        )
    return held


def concerns(session: Session, held: Recommendation, by: SignedIn) -> bool:
    """Return whether the person may see a recommendation; a draft is its inspection's lead's."""
    if held.published_on is None:
        return held.inspection in by.standing.leads
    owned = by.standing.organisation in {owner.organisation for owner in held.owners}
    return owned or held.inspection is None or _sees_its_inspection(session, held, by)


def _sees_its_inspection(session: Session, held: Recommendation, by: SignedIn) -> bool:
    inspection = session.get(Inspection, held.inspection)
    return inspection is not None and sees(by, inspection)


def find_answer(
    session: Session, code: str, organisation: str, by: SignedIn
) -> RecommendationOwner:
    """Return one body's answer to a published recommendation that is followed here.

    Raises NotFound for a recommendation out of sight or not addressed to the body, and Refusal
    for one that nobody can answer here.
    """
    held = find_recommendation(session, code, by)
    if held.published_on is None:
        raise Refusal(
            f"{held.code} is a draft.", "Publish it; then the bodies it is addressed to answer."
        )
    if not held.followed_here:
        raise Refusal(
            f"{held.code} was entered from a publication and is not followed here.",
            "Its progress is for its owners' own publications.",
        )
    return owner_of(held, organisation)


def owner_of(held: Recommendation, organisation: str) -> RecommendationOwner:
    """Return the answer of one body, or raise NotFound naming those it is addressed to."""
    owner = next((o for o in held.owners if o.organisation == organisation), None)
    if owner is None:
        bodies = ", ".join(o.organisation for o in held.owners)
        raise NotFound(
            f"{held.code} is not addressed to {organisation!r}.", f"It is addressed to {bodies}."
        )
    return owner


def check_open(owner: RecommendationOwner) -> None:
    """Raise Refusal where the answer is closed: nothing is added to it until it is open again."""
    if owner.closing is Closing.CLOSED:
        raise Refusal(
            f"{owner.recommendation} is closed for {owner.organisation} since "
            f"{owner.closed_at:%d %B %Y}.",
            "Ask a verifier to open it again, with a reason.",
        )


def check_seen(held: Recommendation, version: int | None, both: Both) -> None:
    """Raise Conflict, with both accounts, unless the reader saw the newest of a recommendation."""
    if version is None or version == held.version:
        return
    raise Conflict(
        f"{held.code} was changed by somebody else while you were writing.",
        "Nothing was overwritten. Compare both and send yours again if it still holds.",
        both=both,
        version=held.version,
    )


def check_version(owner: RecommendationOwner, version: int | None) -> None:
    """Raise Conflict, with what happened meanwhile, unless the reader saw the newest state."""
    if version is None or version == owner.version:
        return
    raise Conflict(
        f"{owner.recommendation} was changed by somebody else while you were writing: "
        f"{_newest(owner)}.",
        "Nothing was overwritten. Look at what stands there now and send yours again if it "
        "still holds.",
        version=owner.version,
    )


def _newest(owner: RecommendationOwner) -> str:
    """Return in words what happened last to an answer: a move, or evidence put forward."""
    last = owner.history[-1] if owner.history else None
    moved = f"{last.axis}: {last.before} to {last.after}" if last else "nothing moved"
    later = [e for e in owner.evidence if last is None or e.submitted_at > last.taken_at]
    return f"{moved}; evidence was put forward since" if later else moved


def stand_of(organisation: str, authors: set[str], by: SignedIn) -> Stand:
    """Return where the person stands towards a body's answer with evidence of these authors."""
    return Stand(by.standing.organisation == organisation, by.person in authors)


def check_side(owner: RecommendationOwner, who: Permission, by: SignedIn) -> None:
    """Raise NotAllowed unless the person is on the side that may do this (owner or verifier)."""
    by.need(who)
    authors = {item.submitted_by for item in owner.evidence}
    if stand_of(owner.organisation, authors, by).may(who):
        return
    if who is Permission.VERIFY:
        raise NotAllowed(
            "The owner of a recommendation, or the author of its evidence, cannot verify it; "
            "nor can anybody else of the owning body.",
            "Ask a verifier of another body.",
        )
    raise NotAllowed(
        "Only the body a recommendation is addressed to can say this.",
        "Ask that body's director.",
    )


def word(axis: Axis, to: str) -> Word:
    """Return a status by its code; raises Refusal naming those there are."""
    words = WORDS[axis]
    if to not in set(words):
        raise Refusal(
            f"{to!r} is not a status of {axis}.", f"Use one of {', '.join(map(str, words))}."
        )
    return words(to)


def move(
    session: Session,
    owner: RecommendationOwner,
    axis: Axis,
    form: StepForm,
    by: SignedIn,
    *met: Need,
) -> Move:
    """Make a move within a transaction, with all that goes with it; `met` are needs looked into.

    Raises Refusal saying what would work. Who may is for the caller to have checked.
    """
    to = word(axis, form.to)
    before = getattr(owner, axis)
    found = check_move(
        axis, before, to, _offer(owner, form, met), thing=f"{owner.recommendation}, {axis},"
    )
    setattr(owner, axis, to)
    FOLLOWS[axis](owner, to, form, by)
    owner.history.append(_step(axis, before, to, form, by))
    trail.note(
        session,
        by,
        f"recommendation.{axis}",
        f"{owner.recommendation} {owner.organisation}",
        before={axis: before},
        after={axis: to, **form.model_dump(exclude={"to", "reason"}, exclude_none=True)},
        reason=form.reason,
    )
    return found


def _offer(owner: RecommendationOwner, form: StepForm, met: tuple[Need, ...]) -> Offer:
    pointed = {Need.BODY, Need.SUCCESSOR} if form.other else set()
    return Offer(
        reason=form.reason,
        steps=form.steps,
        role_named=form.role_named,
        due_on=form.due_on,
        accepted=owner.response in ACCEPTANCES,
        met=frozenset({*met, *pointed}),
        strongest=max((item.rung for item in untested(owner)), default=None),
    )


def _step(axis: Axis, before: Word, to: Word, form: StepForm, by: SignedIn) -> RecommendationStep:
    return RecommendationStep(
        axis=axis,
        before=str(before),
        after=str(to),
        taken_at=by.clock(),
        taken_by=by.person,
        reason=form.reason or form.steps,
        due_on=form.due_on,
    )


def untested(owner: RecommendationOwner) -> list[EvidenceItem]:
    """Return the evidence submitted since the last verdict: what was judged is not judged again."""
    verdicts = [
        step.taken_at
        for step in owner.history
        if step.axis == Axis.ASSURANCE and step.after != Assurance.SUBMITTED
    ]
    last = max(verdicts, default=None)
    return [item for item in owner.evidence if last is None or item.submitted_at > last]


def _answered(owner: RecommendationOwner, to: Word, form: StepForm, _by: SignedIn) -> None:
    owner.redirected_to = form.other if to is Response.REDIRECTED else None
    if form.due_on:
        owner.role_named, owner.steps_planned = form.role_named, form.steps
        _promise(owner, form.due_on)


def _delivered(owner: RecommendationOwner, to: Word, form: StepForm, by: SignedIn) -> None:
    owner.claimed_on = by.today if to is Delivery.CLAIMED else None
    owner.superseded_by = form.other if to is Delivery.SUPERSEDED else None
    if form.due_on:
        _promise(owner, form.due_on)


def _promise(owner: RecommendationOwner, due_on: date) -> None:
    """Take a date: the first is the original and never changes, a later one is a slip."""
    owner.original_due_on = owner.original_due_on or due_on
    owner.slips += owner.due_on is not None and due_on > owner.due_on
    owner.due_on = due_on


def _assured(owner: RecommendationOwner, to: Word, _form: StepForm, by: SignedIn) -> None:
    if to is Assurance.EFFECT_SHOWN:
        owner.shown_on = by.today
    if to is Assurance.REGRESSED:
        owner.shown_on = None


def _closed(owner: RecommendationOwner, to: Word, form: StepForm, by: SignedIn) -> None:
    closed = to is Closing.CLOSED
    owner.closed_at, owner.closed_by = (by.clock(), by.person) if closed else (None, None)
    owner.closing_reason = form.reason if closed else None


FOLLOWS: dict[Axis, Callable[[RecommendationOwner, Word, StepForm, SignedIn], None]] = {
    Axis.RESPONSE: _answered,
    Axis.DELIVERY: _delivered,
    Axis.ASSURANCE: _assured,
    Axis.CLOSING: _closed,
}
"""What goes with a new status, axis by axis."""


def six_months_after(day: date) -> date:
    """Return the day six calendar months later, or that month's last (L.2)."""
    months = day.month + 6
    year, month = day.year + (months - 1) // 12, (months - 1) % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = date.fromordinal(first_of_next.toordinal() - 1).day
    return date(year, month, min(day.day, last))
