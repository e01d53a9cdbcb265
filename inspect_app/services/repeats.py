"""Recommendations that ask again for what an earlier one asked: suggested, linked and counted."""

from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import (
    Recommendation,
    RecommendationOwner,
    RecommendationRepeat,
    RecommendationTheme,
)
from inspect_app.access import Permission
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services import trail
from inspect_app.services.answers import find_recommendation
from inspect_app.services.recommendation_values import in_persons_sight, recommended_on
from inspect_app.signed_in import SignedIn

ALIKE = 55.0
"""From this likeness on (0 to 100, order of words left aside) a text is suggested."""
MOST = 5


@dataclass(frozen=True)
class Suggestion:
    """An earlier recommendation that this one may repeat, and how alike their texts are."""

    code: str
    title: str
    made_on: date
    likeness: float


def suggested(code: str, *, by: SignedIn) -> list[Suggestion]:
    """Return earlier recommendations to one of its bodies, on one of its themes, in like words.

    At most five, the likest first; those that are linked already are left out.
    """
    with by.reading() as session:
        held = find_recommendation(session, code, by)
        linked = {each.repeat_of for each in held.repeats}
        found = [_like(held, other) for other in _earlier(session, held, by)]
    likely = [one for one in found if one.likeness >= ALIKE and one.code not in linked]
    return sorted(likely, key=lambda one: (-one.likeness, one.code))[:MOST]


def _like(held: Recommendation, other: Recommendation) -> Suggestion:
    mine, theirs = f"{held.title} {held.text}", f"{other.title} {other.text}"
    likeness = fuzz.token_set_ratio(mine.casefold(), theirs.casefold())
    return Suggestion(other.code, other.title, other.made_on, likeness)


def _earlier(session: Session, held: Recommendation, by: SignedIn) -> list[Recommendation]:
    bodies = [owner.organisation for owner in held.owners]
    themes = [entry.theme for entry in held.themes]
    same_body = select(RecommendationOwner.recommendation).where(
        RecommendationOwner.organisation.in_(bodies)
    )
    same_theme = select(RecommendationTheme.recommendation).where(
        RecommendationTheme.theme.in_(themes)
    )
    query = select(Recommendation).where(
        in_persons_sight(by, {each.code for each in recommended_on(session, by)}),
        Recommendation.code.in_(same_body),
        Recommendation.code.in_(same_theme),
        Recommendation.code != held.code,
        Recommendation.made_on <= held.made_on,
    )
    return list(session.scalars(query))


def link(code: str, repeat_of: str, *, by: SignedIn) -> None:
    """Say that a recommendation repeats an earlier one; its lead or a publisher may.

    Raises Refusal for one that is later, that it repeats already, or that leads back to it.
    """
    with by.recording() as session:
        held, earlier = _both(session, code, repeat_of, by)
        if any(each.repeat_of == repeat_of for each in held.repeats):
            raise Refusal(f"{code} is linked to {repeat_of} already.", "Nothing needs doing.")
        if earlier.made_on > held.made_on:
            raise Refusal(
                f"{repeat_of} was made later, on {earlier.made_on}, than {code}.",
                "Link the later one to the earlier.",
            )
        if code in {repeat_of, *_reaches(session, repeat_of)}:
            raise Refusal(
                f"{code} cannot repeat {repeat_of}: that goes in a circle.",
                "Link it to the first of them.",
            )
        held.repeats.append(
            RecommendationRepeat(repeat_of=repeat_of, linked_at=by.clock(), linked_by=by.person)
        )
        trail.note(session, by, "recommendation.repeats", code, after={"repeat_of": repeat_of})


def unlink(code: str, repeat_of: str, *, by: SignedIn) -> None:
    """Take a link back."""
    with by.recording() as session:
        held, _earlier_one = _both(session, code, repeat_of, by)
        link = next((each for each in held.repeats if each.repeat_of == repeat_of), None)
        if link is None:
            raise Refusal(f"{code} is not linked to {repeat_of}.", "Nothing needs doing.")
        session.delete(link)
        trail.note(session, by, "recommendation.repeats", code, before={"repeat_of": repeat_of})


def _both(
    session: Session, code: str, repeat_of: str, by: SignedIn
) -> tuple[Recommendation, Recommendation]:
    held = find_recommendation(session, code, by)
    earlier = find_recommendation(session, repeat_of, by)
    if not may_link(held.inspection, by):
        raise NotAllowed(
            f"Only the lead of its inspection, or a publisher, says what {code} repeats.",
            "Ask one of them.",
        )
    return held, earlier


def may_link(inspection: str | None, by: SignedIn) -> bool:
    """Return whether the person links the recommendations of an inspection to earlier ones."""
    return inspection in by.standing.leads or by.may(Permission.MAKE_RELEASES)


def earlier(code: str, *, by: SignedIn) -> tuple[str, ...]:
    """Return the recommendations in sight that this one is linked to as a repeat, oldest first."""
    with by.reading() as session:
        held = find_recommendation(session, code, by)
        return _seen(session, {each.repeat_of for each in held.repeats}, by)


def found_again(code: str, *, by: SignedIn) -> tuple[str, ...]:
    """Return the later recommendations in sight that repeat this one, however far, oldest first."""
    with by.reading() as session:
        find_recommendation(session, code, by)
        return _seen(session, _repeated_by(session, code), by)


def _seen(session: Session, codes: set[str], by: SignedIn) -> tuple[str, ...]:
    sight = in_persons_sight(by, {each.code for each in recommended_on(session, by)})
    query = (
        select(Recommendation.code)
        .where(sight, Recommendation.code.in_(codes))
        .order_by(Recommendation.made_on, Recommendation.code)
    )
    return tuple(session.scalars(query))


def _reaches(session: Session, code: str) -> set[str]:
    """Return everything that a recommendation repeats, however far back."""
    link = RecommendationRepeat
    step = select(link.repeat_of).where(link.recommendation == code).cte("reached", recursive=True)
    further = select(link.repeat_of).join(step, link.recommendation == step.c.repeat_of)
    return set(session.scalars(select(step.union(further).c.repeat_of)))


def _repeated_by(session: Session, code: str) -> set[str]:
    """Return everything that repeats a recommendation, however far on."""
    link = RecommendationRepeat
    step = select(link.recommendation).where(link.repeat_of == code).cte("later", recursive=True)
    further = select(link.recommendation).join(step, link.repeat_of == step.c.recommendation)
    return set(session.scalars(select(step.union(further).c.recommendation)))
