"""Which returns of an area came late, counted here from the day on which each first came.

No body is asked how late it was: what is due follows from the rule in `metrics.returned`, what
came from the audit trail. A return that is sent again was not late if it was in time at first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model.frames import FIGURES
from data_model.records import Area, AuditEvent, Return
from data_model.sight import Task
from data_model.vocabulary import ReturnStatus
from inspect_app.access import Permission, sees_returns
from inspect_app.services.reference import area_value, body_name, find_area
from inspect_app.services.return_figures import SENT, senders, subject
from inspect_app.signed_in import SignedIn
from metrics.indicator import Quarter, StatedFigure, outcome_of, quarter_of
from metrics.outcome import Outcome
from metrics.recording import RETURNS_LATE
from metrics.returned import DUE, due_on

SOURCE = "Counted here from the days on which returns came"


@dataclass(frozen=True)
class Due:
    """One body's return that is or was due: by what day, and when it first came, if it has.

    `late` is None while there is still time; `held` is the return's number.
    """

    organisation: str
    body: str
    due_on: date
    came_on: date | None
    late: bool | None
    held: int | None
    published: bool

    @property
    def in_words(self) -> str:
        """How it stands, such as *came 3 days late*."""
        if self.came_on is None:
            return "not here, overdue" if self.late else "not here yet"
        days = (self.came_on - self.due_on).days
        if days <= 0:
            return "came in time"
        return f"came {days} {'day' if days == 1 else 'days'} late"


@dataclass(frozen=True)
class QuarterDue:
    """The returns due of an area for a quarter, by body, and what share of them were late.

    `outcome` is None until the day they are due is over, and for those who see their own
    body's return alone.
    """

    area: str
    area_label: str
    quarter: Quarter
    due_on: date
    returns: tuple[Due, ...]
    outcome: Outcome | None


def due(*, by: SignedIn) -> tuple[QuarterDue, ...]:
    """Return what was due of the person's own area and of their own body, newest quarter first."""
    by.need(Permission.READ_SCORECARDS)
    with by.reading(Task.COUNTING, Task.CHAINING) as session:
        query = select(Area).where(Area.code.in_(select(Return.area_code))).order_by(Area.code)
        found = [q for area in session.scalars(query) for q in _quarters(session, area, by.today)]
    own = [q if q.area == by.standing.area else _of_body(q, by) for q in found]
    return _newest_first(each for each in own if each.returns)


def of_area(area: str, *, by: SignedIn) -> tuple[QuarterDue, ...]:
    """Return what was due of an area, newest quarter first: all that the person may see.

    Of quarters of which nothing is published, others see their own body's return alone.
    """
    by.need(Permission.READ_SCORECARDS)
    with by.reading(Task.COUNTING, Task.CHAINING) as session:
        held = find_area(session, area)
        found = _quarters(session, held, by.today)
    if not sees_returns(by.standing, held.code):
        found = [q if _is_published(q) else _of_body(q, by) for q in found]
    return _newest_first(each for each in found if each.returns)


def _newest_first(held: Iterable[QuarterDue]) -> tuple[QuarterDue, ...]:
    return tuple(sorted(held, key=lambda each: each.quarter.end, reverse=True))


def _of_body(held: QuarterDue, by: SignedIn) -> QuarterDue:
    own = tuple(r for r in held.returns if r.organisation == by.standing.organisation)
    return replace(held, returns=own, outcome=None)


def _is_published(held: QuarterDue) -> bool:
    return any(each.published for each in held.returns)


def figures(session: Session, area: Area, today: date) -> pl.DataFrame:
    """Return the figure *returns late* of each quarter, as rows of the frame of figures.

    A quarter whose returns may still come in time has none. It is published with the first
    return of its quarter that is, so that nobody keeps it back by not sending theirs.
    """
    rows = [
        _row(quarter) for quarter in _quarters(session, area, today) if quarter.outcome is not None
    ]
    return pl.DataFrame(rows, FIGURES, orient="row")


def _row(held: QuarterDue) -> Mapping[str, object]:
    return dict.fromkeys(FIGURES.names()) | {
        "indicator": RETURNS_LATE.code,
        "area": held.area,
        "period_start": held.quarter.start,
        "period_end": held.quarter.end,
        "period_label": held.quarter.label,
        "numerator": sum(each.late is True for each in held.returns),
        "denominator": len(held.returns),
        "whole_force": False,
        "breaks": False,
        "published": _is_published(held),
        "source": SOURCE,
    }


def _quarters(session: Session, area: Area, today: date) -> list[QuarterDue]:
    """Return what was due of an area, from the day on which its first return came.

    Quarters that were due before that day were caught up on, not late.
    """
    came = _first_sent(session, area.code)
    if not came:
        return []
    began = min(came.values())
    held = session.scalars(select(Return).where(Return.area_code == area.code))
    by_key = {(each.quarter, each.organisation): each for each in held}
    bodies = {body.code: body_name(body) for body in senders(session, area)}
    return [
        _quarter(area, quarter, bodies, by_key, came, today) for quarter in _ended(began, today)
    ]


def _ended(began: date, today: date) -> Iterator[Quarter]:
    """Yield the quarters that are over, from the first that was due on a day or after it."""
    quarter = quarter_of(began - timedelta(days=DUE.days))
    while quarter.end < today:
        yield quarter
        quarter = quarter_of(quarter.end + timedelta(days=1))


def _quarter(
    area: Area,
    quarter: Quarter,
    bodies: Mapping[str, str],
    held: Mapping[tuple[str, str], Return],
    came: Mapping[str, date],
    today: date,
) -> QuarterDue:
    returns = tuple(
        _due(quarter, code, name, held.get((str(quarter), code)), came, today)
        for code, name in bodies.items()
    )
    over = today > due_on(quarter)
    return QuarterDue(
        area.code,
        area_value(area).label,
        quarter,
        due_on(quarter),
        returns,
        _outcome(returns) if over else None,
    )


def _due(
    quarter: Quarter,
    code: str,
    name: str,
    held: Return | None,
    came: Mapping[str, date],
    today: date,
) -> Due:
    last = due_on(quarter)
    first = came.get(subject(held)) if held else None
    late = first > last if first else (True if today > last else None)
    published = held is not None and held.status is ReturnStatus.PUBLISHED
    return Due(code, name, last, first, late, held.id if held else None, published)


def _outcome(returns: tuple[Due, ...]) -> Outcome:
    late = sum(each.late is True for each in returns)
    return outcome_of(RETURNS_LATE, StatedFigure(late, len(returns), None, None, None, None))


def _first_sent(session: Session, area: str) -> dict[str, date]:
    """Return by its subject the day on which each return of an area was first sent."""
    query = (
        select(AuditEvent.subject, func.min(AuditEvent.happened_at))
        .where(AuditEvent.action == SENT, AuditEvent.subject.startswith(f"return {area} "))
        .group_by(AuditEvent.subject)
    )
    return {about: at.date() for about, at in session.execute(query)}
