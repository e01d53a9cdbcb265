"""How answers to recommendations stand, as conditions that the database can count, on a day."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from data_model.records import (
    EvidenceItem,
    Organisation,
    Reaudit,
    Recommendation,
    RecommendationOwner,
    RecommendationStep,
)
from data_model.vocabulary import Assurance, Closing, Delivery, Response
from inspect_app.workflow import FINISHED, Axis

A_WEEK = timedelta(days=7)
Answer = RecommendationOwner
Condition = ColumnElement[bool]


class Stands(StrEnum):
    """How answers stand, as a person narrows a list."""

    ALL = "All"
    THIS_WEEK = "Needs its body this week"
    AWAITED = "Response awaited"
    LATE = "Response late"
    OVERDUE = "Past its original date"
    PUT_BACK = "Date put back"
    SENT_BACK = "Evidence sent back"
    TO_VERIFY = "Evidence waiting to be tested"
    CLAIMED = "Claimed complete, effect not shown"
    TO_REAUDIT = "Re-audit to arrange"
    SHOWN = "Effect shown"
    REGRESSED = "Found not good again"
    UNTESTED_CLOSED = "Closed, effect not tested"
    CLOSED = "Closed"
    NOT_FOLLOWED = "Not followed here"
    DRAFT = "Draft, not published"


class Order(StrEnum):
    """In what order answers are listed."""

    NEWEST = "Newest first"
    RESPONSE = "Response due first"
    ORIGINAL = "Original date first"
    BODY = "By body"
    SLIPS = "Put back most often first"


EFFECT = (Assurance.EFFECT_SHOWN, Assurance.SUSTAINED)
OPEN = Answer.closing == Closing.OPEN
FOLLOWED = Recommendation.followed_here & Recommendation.published_on.is_not(None)
LIVE = FOLLOWED & OPEN
NOT_TESTED_IN_A_READING = ~exists().where(Reaudit.owner == Answer.id)


def _late(day: date) -> Condition:
    return LIVE & (Answer.response == Response.AWAITING) & (Answer.response_due_on < day)


def _overdue(day: date) -> Condition:
    return LIVE & (Answer.original_due_on < day) & Answer.delivery.not_in(FINISHED)


def _this_week(day: date) -> Condition:
    soon = day + A_WEEK
    answer = and_(Answer.response == Response.AWAITING, Answer.response_due_on <= soon)
    work = and_(Answer.due_on <= soon, Answer.delivery.not_in(FINISHED))
    back = Answer.assurance.in_((Assurance.INSUFFICIENT, Assurance.REGRESSED))
    return LIVE & or_(answer, work, back)


JUDGED_LAST = (
    select(func.max(RecommendationStep.taken_at))
    .where(
        RecommendationStep.owner == Answer.id,
        RecommendationStep.axis == Axis.ASSURANCE,
        RecommendationStep.after != Assurance.SUBMITTED,
    )
    .scalar_subquery()
)
NEWER_EVIDENCE = exists().where(
    EvidenceItem.owner == Answer.id, EvidenceItem.submitted_at > JUDGED_LAST
)


def _to_verify(_day: date) -> Condition:
    """Evidence not judged yet, also where earlier evidence brought a verdict already."""
    further = Answer.assurance.in_((Assurance.IMPLEMENTED, *EFFECT)) & NEWER_EVIDENCE
    return LIVE & or_(Answer.assurance == Assurance.SUBMITTED, further)


STANDS: Mapping[Stands, Callable[[date], Condition]] = {
    Stands.THIS_WEEK: _this_week,
    Stands.AWAITED: lambda _day: LIVE & (Answer.response == Response.AWAITING),
    Stands.LATE: _late,
    Stands.OVERDUE: _overdue,
    Stands.PUT_BACK: lambda _day: FOLLOWED & (Answer.slips > 0),
    Stands.SENT_BACK: lambda _day: LIVE & (Answer.assurance == Assurance.INSUFFICIENT),
    Stands.TO_VERIFY: _to_verify,
    Stands.CLAIMED: lambda _day: (
        FOLLOWED & (Answer.delivery == Delivery.CLAIMED) & Answer.assurance.not_in(EFFECT)
    ),
    Stands.TO_REAUDIT: lambda _day: (
        LIVE
        & or_(
            Answer.assurance == Assurance.IMPLEMENTED,
            and_(Answer.delivery == Delivery.CLAIMED, Answer.assurance.not_in(EFFECT)),
        )
        & NOT_TESTED_IN_A_READING
    ),
    Stands.SHOWN: lambda _day: FOLLOWED & Answer.assurance.in_(EFFECT),
    Stands.REGRESSED: lambda _day: FOLLOWED & (Answer.assurance == Assurance.REGRESSED),
    Stands.UNTESTED_CLOSED: lambda _day: (
        (Answer.closing == Closing.CLOSED) & Answer.assurance.not_in(EFFECT)
    ),
    Stands.CLOSED: lambda _day: Answer.closing == Closing.CLOSED,
    Stands.NOT_FOLLOWED: lambda _day: ~Recommendation.followed_here,
    Stands.DRAFT: lambda _day: Recommendation.published_on.is_(None),
}
"""What each way of standing means, on a day."""

ORDERS: Mapping[Order, tuple[ColumnElement[Any], ...]] = {
    Order.NEWEST: (Recommendation.made_on.desc(),),
    Order.RESPONSE: (Answer.response_due_on.asc().nulls_last(),),
    Order.ORIGINAL: (Answer.original_due_on.asc().nulls_last(),),
    Order.BODY: (Organisation.name.asc(),),
    Order.SLIPS: (Answer.slips.desc(),),
}
