"""Moves on a body's answer: who may make which, what they need, and making one or many."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from data_model.forms import StepForm
from data_model.records import Organisation, Recommendation, RecommendationOwner
from data_model.vocabulary import Delivery, Response
from inspect_app.access import Permission
from inspect_app.errors import Refusal
from inspect_app.services.answers import (
    WORDS,
    check_open,
    check_side,
    check_version,
    find_answer,
    move,
    stand_of,
    word,
)
from inspect_app.services.reaudits import effect_shown
from inspect_app.services.recommendation_values import OwnerValue
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis, Move, Need, next_moves


@dataclass(frozen=True)
class Which:
    """One body's answer to one recommendation, in the version that the person saw."""

    code: str
    organisation: str
    version: int | None = None


def step(which: Which, axis: Axis, form: StepForm, *, by: SignedIn) -> None:
    """Make a move on one axis; the workflow says who may, what it needs and what follows.

    Response and delivery are the owner's to say. Assurance and closing are a verifier's, who is
    never of the owning body and never the author of the evidence. Raises Refusal saying what
    would work, Conflict where somebody else moved it meanwhile.
    """
    with by.recording() as session:
        _step(session, which, axis, form, by)


def step_all(answers: Sequence[Which], axis: Axis, form: StepForm, *, by: SignedIn) -> None:
    """Make the same move on several answers, all or none; each is checked as if it were alone."""
    if not answers:
        raise Refusal("No recommendation is chosen.", "Choose at least one.")
    with by.recording() as session:
        wrong = [said for which in answers if (said := _tried(session, which, axis, form, by))]
        if wrong:
            raise Refusal(
                f"{len(wrong)} of {len(answers)} cannot be moved: {' '.join(wrong)}",
                "Nothing was changed. Leave these out, or give what they need.",
                problems=wrong,
            )


def _tried(session: Session, which: Which, axis: Axis, form: StepForm, by: SignedIn) -> str | None:
    try:
        _step(session, which, axis, form, by)
    except Refusal as refused:
        return f"{refused.summary} {refused.advice}"
    return None


def _step(session: Session, which: Which, axis: Axis, form: StepForm, by: SignedIn) -> None:
    owner = find_answer(session, which.code, which.organisation, by)
    to = word(axis, form.to)
    chosen = [m for m in next_moves(axis, getattr(owner, axis)) if m.after == to and not m.follows]
    for offered in chosen:
        check_side(owner, offered.who, by)
    check_version(owner, which.version)
    if axis is not Axis.CLOSING:
        check_open(owner)
    _check_date(session, owner, form, by)
    _check_other(session, owner, axis, form)
    met = [Need.EFFECT] if axis is Axis.ASSURANCE and effect_shown(session, owner, by) else []
    if not chosen:
        _refuse_unless_chosen(axis, owner, form)
    move(session, owner, axis, form, by, *met)


def _refuse_unless_chosen(axis: Axis, owner: RecommendationOwner, form: StepForm) -> None:
    """Refuse a move that the product makes by itself; any other is for the workflow to refuse."""
    if any(m.after == form.to for m in next_moves(axis, getattr(owner, axis))):
        raise Refusal(
            f"Nobody sets “{word(axis, form.to).english}” by hand.",
            "It follows from evidence that is added, or from a later inspection's findings.",
        )


def _check_date(session: Session, owner: RecommendationOwner, form: StepForm, by: SignedIn) -> None:
    if form.due_on is None:
        return
    published = session.get_one(Recommendation, owner.recommendation).published_on
    if published and form.due_on < published:
        raise Refusal(
            f"The date {form.due_on} is before {owner.recommendation} was published, {published}.",
            "Give the day by which it will be done.",
            due_on=form.due_on,
        )
    if form.due_on < by.today:
        raise Refusal(
            f"The date {form.due_on} has passed already.",
            "Give the day by which it will be done.",
            due_on=form.due_on,
        )


def _check_other(session: Session, owner: RecommendationOwner, axis: Axis, form: StepForm) -> None:
    if form.other is None:
        return
    if axis is Axis.RESPONSE and form.to == Response.REDIRECTED:
        if form.other == owner.organisation or session.get(Organisation, form.other) is None:
            raise Refusal(
                f"{form.other!r} is no other body that is known here.",
                "Choose the body it should go to from the list.",
            )
    elif axis is Axis.DELIVERY and form.to == Delivery.SUPERSEDED:
        _check_successor(session, owner, form.other)
    else:
        raise Refusal(
            f"“{word(axis, form.to).english}” points to nothing else.", "Leave that field empty."
        )


def _check_successor(session: Session, owner: RecommendationOwner, code: str) -> None:
    """Refuse a successor that is not there, or that leads back to this one."""
    passed = [owner.recommendation]
    following: str | None = code
    while following is not None:
        if following in passed:
            raise Refusal(
                f"{owner.recommendation} cannot be superseded by {code}: that goes in a circle "
                f"({' → '.join([*passed, following])}).",
                "Name a recommendation that still stands.",
                circle=passed,
            )
        passed.append(following)
        following = _successor(session, owner.organisation, following)


def _successor(session: Session, organisation: str, code: str) -> str | None:
    held = session.get(Recommendation, code)
    owner = next((o for o in held.owners if o.organisation == organisation), None) if held else None
    if owner is None:
        raise Refusal(
            f"There is no recommendation {code!r} to the same body.",
            "Name one that is addressed to the body whose work it takes over.",
        )
    return owner.superseded_by


def open_moves(owner: OwnerValue, *, by: SignedIn) -> dict[Axis, tuple[Move, ...]]:
    """Return, for each axis, the moves that are this person's to choose for an answer."""
    return {
        axis: tuple(
            offered
            for offered in next_moves(axis, getattr(owner, axis))
            if not offered.follows
            and (axis is Axis.CLOSING or not owner.closed)
            and may_make(offered.who, owner, by=by)
        )
        for axis in WORDS
    }


def may_make(who: Permission, owner: OwnerValue, *, by: SignedIn) -> bool:
    """Return whether the person has the role and stands on the right side for it."""
    authors = {item.submitted_by for item in owner.evidence}
    return by.may(who) and stand_of(owner.organisation, authors, by).may(who)
