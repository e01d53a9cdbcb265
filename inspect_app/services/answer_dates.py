"""The dates a body has given or been given, in one line of time: answers, actions, re-audits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from data_model.records import Action, Milestone, Recommendation, RecommendationOwner
from data_model.vocabulary import Closing, Response
from inspect_app.access import Permission
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import FINISHED

Answer = RecommendationOwner
LIVE = (
    Recommendation.followed_here
    & Recommendation.published_on.is_not(None)
    & (Answer.closing == Closing.OPEN)
)


class What(StrEnum):
    """What falls on a day."""

    RESPONSE = "Response due"
    WORK = "To be complete"
    ACTION = "Action due"
    MILESTONE = "Milestone"
    RETEST = "Re-audit by"


@dataclass(frozen=True)
class Dated:
    """One thing on its day: `original` is the day first promised, where that was another."""

    on: date
    what: What
    text: str
    code: str
    title: str
    original: date | None = None


def coming(*, by: SignedIn) -> tuple[Dated, ...]:
    """Return what the person's own body still has to meet, earliest first, past days included."""
    by.need(Permission.READ_RECOMMENDATIONS)
    with by.reading() as session:
        own = LIVE & (Answer.organisation == by.standing.organisation)
        found = [*_answers(session, own), *_actions(session, own), *_milestones(session, own)]
    return tuple(sorted(found, key=lambda each: (each.on, each.code, each.what)))


def _answers(session: Session, own: ColumnElement[bool]) -> Iterator[Dated]:
    query = (
        select(
            Answer.response,
            Answer.response_due_on,
            Answer.delivery,
            Answer.due_on,
            Answer.original_due_on,
            Answer.slips,
            Answer.shown_on,
            Recommendation.code,
            Recommendation.title,
            Recommendation.retest_by,
        )
        .join(Recommendation, Answer.recommendation == Recommendation.code)
        .where(own)
    )
    for row in session.execute(query):
        about = row.title, row.code, row.title
        if row.response is Response.AWAITING and row.response_due_on:
            yield Dated(row.response_due_on, What.RESPONSE, *about)
        if row.due_on and row.delivery not in FINISHED:
            original = row.original_due_on if row.slips else None
            yield Dated(row.due_on, What.WORK, *about, original)
        if row.retest_by and row.shown_on is None:
            yield Dated(row.retest_by, What.RETEST, *about)


def _actions(session: Session, own: ColumnElement[bool]) -> Iterator[Dated]:
    query = (
        select(
            Action.action,
            Action.due_on,
            Action.original_due_on,
            Action.slips,
            Recommendation.code,
            Recommendation.title,
        )
        .join(Answer, Action.owner == Answer.id)
        .join(Recommendation, Answer.recommendation == Recommendation.code)
        .where(own, Action.done_on.is_(None))
    )
    for text, due_on, original, slips, code, title in session.execute(query):
        yield Dated(due_on, What.ACTION, text, code, title, original if slips else None)


def _milestones(session: Session, own: ColumnElement[bool]) -> Iterator[Dated]:
    query = (
        select(Milestone.due_on, Milestone.title, Recommendation.code, Recommendation.title)
        .join(Action, Milestone.action == Action.id)
        .join(Answer, Action.owner == Answer.id)
        .join(Recommendation, Answer.recommendation == Recommendation.code)
        .where(own, Milestone.done_on.is_(None))
    )
    for due_on, text, code, title in session.execute(query):
        yield Dated(due_on, What.MILESTONE, text, code, title)
