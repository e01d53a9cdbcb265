"""The dates a body has given or been given, in one line of time: answers, actions, re-audits."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Row,
    Select,
    SQLColumnExpression,
    Subquery,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

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


@dataclass(frozen=True)
class DatedPage:
    """A page of dates, how many there are in all, and how many of them are past."""

    lines: tuple[Dated, ...]
    total: int
    past: int
    pages: int


def coming(*, by: SignedIn) -> tuple[Dated, ...]:
    """Return what the person's own body still has to meet, earliest first, past days included."""
    by.need(Permission.READ_RECOMMENDATIONS)
    dates = _dates(by)
    with by.reading() as session:
        return tuple(_dated(row) for row in session.execute(select(dates).order_by(*_order(dates))))


def page_of(page: int, size: int, *, by: SignedIn) -> DatedPage:
    """Return one page of the same, counted from 1; the last one where there are fewer."""
    by.need(Permission.READ_RECOMMENDATIONS)
    dates = _dates(by)
    numbers = select(func.count(), func.count().filter(dates.c.on < by.today)).select_from(dates)
    with by.reading() as session:
        total, past = session.execute(numbers).one()
        pages = max(1, -(-total // size))
        begins = (min(max(1, page), pages) - 1) * size
        query = select(dates).order_by(*_order(dates)).limit(size).offset(begins)
        return DatedPage(tuple(map(_dated, session.execute(query))), total, past, pages)


def _dated(row: Row[*tuple[Any, ...]]) -> Dated:
    return Dated(row.on, What(row.what), row.text, row.code, row.title, row.original)


def _order(dates: Subquery) -> tuple[SQLColumnExpression[Any], ...]:
    return dates.c.on, dates.c.code, dates.c.what, dates.c.text


def _dates(by: SignedIn) -> Subquery:
    """Return every date that the person's own body still has to meet, as rows."""
    working = Answer.delivery.not_in(FINISHED)
    found = (
        _of_answers(What.RESPONSE, Answer.response_due_on, Answer.response == Response.AWAITING),
        _of_answers(What.WORK, Answer.due_on, working, _put_back(Answer)),
        _of_answers(What.RETEST, Recommendation.retest_by, Answer.shown_on.is_(None)),
        _row(What.ACTION, Action.due_on, Action.action, _put_back(Action))
        .join(Action, Action.owner == Answer.id)
        .where(Action.done_on.is_(None)),
        _row(What.MILESTONE, Milestone.due_on, Milestone.title)
        .join(Action, Action.owner == Answer.id)
        .join(Milestone, Milestone.action == Action.id)
        .where(Milestone.done_on.is_(None)),
    )
    own = Answer.organisation == by.standing.organisation
    return union_all(*(query.where(LIVE, own) for query in found)).subquery()


NEVER = cast(null(), Date)
Rows = Select[*tuple[Any, ...]]


def _put_back(kind: type[Answer] | type[Action]) -> SQLColumnExpression[Any]:
    """Return the day first promised, where that was another than now."""
    return case((kind.slips > 0, kind.original_due_on), else_=NEVER)


def _of_answers(
    what: What,
    on: SQLColumnExpression[Any],
    holds: ColumnElement[bool],
    original: SQLColumnExpression[Any] = NEVER,
) -> Rows:
    return _row(what, on, Recommendation.title, original).where(on.is_not(None), holds)


def _row(
    what: What,
    on: SQLColumnExpression[Any],
    text: SQLColumnExpression[Any],
    original: SQLColumnExpression[Any] = NEVER,
) -> Rows:
    return (
        select(
            on.label("on"),
            literal(what.value).label("what"),
            text.label("text"),
            Recommendation.code.label("code"),
            Recommendation.title.label("title"),
            original.label("original"),
        )
        .select_from(Answer)
        .join(Recommendation, Answer.recommendation == Recommendation.code)
    )
