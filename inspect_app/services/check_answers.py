"""What became of recommendations, as the rows of the checks that ask about it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from data_model.records import (
    EvidenceItem,
    Inspection,
    Organisation,
    Reaudit,
    Recommendation,
    RecommendationOwner,
    RecommendationRepeat,
    RecommendationStep,
)
from data_model.vocabulary import Assurance, Closing, Delivery, InspectionStatus
from inspect_app.services.recommendation_values import in_persons_sight
from inspect_app.services.reference import body_name
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis
from metrics.checks.frames import ANSWERS, COMPLETIONS

Owner = RecommendationOwner
Sight = ColumnElement[bool]
NOTHING_SENT = "none"


def answers(session: Session, codes: Sequence[str], *, every: bool, by: SignedIn) -> pl.DataFrame:
    """Return the rows of `answers` of these inspections; with `every` of the others in sight too.

    `codes` are inspections in the person's sight. Answers nobody follows here are left out.
    """
    reaudits = (
        select(func.count())
        .select_from(Reaudit)
        .join(Inspection, Inspection.code == Reaudit.inspection)
        .where(Reaudit.owner == Owner.id, Inspection.status == InspectionStatus.AGREED)
    )
    query = _followed(
        select(Owner, Recommendation.inspection, reaudits.scalar_subquery(), _repeats(codes, by)),
        codes,
        every=every,
        by=by,
    )
    found = session.execute(query).all()
    places, bodies = _areas(session, [row[1] for row in found]), _bodies(session)
    rows = [
        _answer(owner, inspection, places, bodies) | {"reaudits": tested, "repeats": again}
        for owner, inspection, tested, again in found
    ]
    return pl.DataFrame(rows, ANSWERS, orient="row")


def _answer(
    owner: Owner, inspection: str | None, places: dict[str, str], bodies: dict[str, str]
) -> dict[str, Any]:
    return {
        "area": places.get(inspection or ""),
        "inspection": inspection,
        "recommendation": owner.recommendation,
        "organisation": owner.organisation,
        "body": bodies[owner.organisation],
        "closed": "yes" if owner.closing is Closing.CLOSED else "no",
        "assurance": str(owner.assurance),
    }


def _followed(
    query: Select[*tuple[Any, ...]], codes: Sequence[str], *, every: bool, by: SignedIn
) -> Select[*tuple[Any, ...]]:
    """Narrow a query on answers to those that are followed here, published and in sight."""
    within = Recommendation.inspection.in_(codes)
    return (
        query.select_from(Owner)
        .join(Recommendation, Recommendation.code == Owner.recommendation)
        .where(
            in_persons_sight(by, set(codes)) if every else within,
            Recommendation.published_on.is_not(None),
            Recommendation.followed_here,
        )
        .order_by(Owner.recommendation, Owner.organisation)
    )


def _repeats(codes: Sequence[str], by: SignedIn) -> Any:
    """Count the published recommendations in sight that ask again for what this one asked."""
    later = aliased(Recommendation)
    body = aliased(Owner)
    own = exists().where(
        body.recommendation == later.code, body.organisation == by.standing.organisation
    )
    seen = or_(later.inspection.is_(None), later.inspection.in_(codes), own)
    return (
        select(func.count())
        .select_from(RecommendationRepeat)
        .join(later, later.code == RecommendationRepeat.recommendation)
        .where(
            RecommendationRepeat.repeat_of == Owner.recommendation,
            and_(later.published_on.is_not(None), seen),
        )
        .scalar_subquery()
    )


def completions(
    session: Session, codes: Sequence[str], *, every: bool, by: SignedIn
) -> pl.DataFrame:
    """Return the rows of `completions` of these inspections, as `answers` does."""
    claim = RecommendationStep
    query = _followed(
        select(Owner, Recommendation.inspection, claim.taken_at), codes, every=every, by=by
    )
    made = (claim.axis == Axis.DELIVERY) & (claim.after == Delivery.CLAIMED)
    found = session.execute(query.join(claim, (claim.owner == Owner.id) & made)).all()
    owners = sorted({owner.id for owner, _inspection, _at in found})
    judged, sent = _verdicts(session, owners), _evidence(session, owners)
    places, bodies = _areas(session, [row[1] for row in found]), _bodies(session)
    rows = [
        _answer(owner, inspection, places, bodies)
        | {
            "claimed_on": at.date(),
            "strongest": _strongest(sent.get(owner.id, ()), judged.get(owner.id, ()), at),
        }
        for owner, inspection, at in found
    ]
    return pl.DataFrame(rows, COMPLETIONS, orient="row")


def _strongest(
    sent: Iterable[tuple[datetime, str]], judged: Iterable[datetime], claimed: datetime
) -> str:
    """Return the highest rung sent in before the claim was first judged, or until now."""
    until = min((at for at in judged if at >= claimed), default=None)
    return max((rung for at, rung in sent if until is None or at <= until), default=NOTHING_SENT)


def _verdicts(session: Session, owners: Sequence[int]) -> dict[int, list[datetime]]:
    step = RecommendationStep
    rows = session.execute(
        select(step.owner, step.taken_at).where(
            step.owner.in_(owners),
            step.axis == Axis.ASSURANCE,
            step.after != Assurance.SUBMITTED,
        )
    )
    found: dict[int, list[datetime]] = {}
    for owner, at in rows:
        found.setdefault(owner, []).append(at)
    return found


def _evidence(session: Session, owners: Sequence[int]) -> dict[int, list[tuple[datetime, str]]]:
    item = EvidenceItem
    rows = session.execute(
        select(item.owner, item.submitted_at, item.rung).where(item.owner.in_(owners))
    )
    found: dict[int, list[tuple[datetime, str]]] = {}
    for owner, at, rung in rows:
        found.setdefault(owner, []).append((at, str(rung)))
    return found


def _areas(session: Session, codes: Iterable[str | None]) -> dict[str, str]:
    """Return the area that each of these inspections counts under."""
    asked = Inspection.code.in_(sorted({code for code in codes if code}))
    return dict(session.execute(select(Inspection.code, Inspection.area_code).where(asked)).all())


def _bodies(session: Session) -> dict[str, str]:
    return {body.code: body_name(body) for body in session.scalars(select(Organisation))}
