"""The audit trail: note a change, read it, and check that nobody has rewritten it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from data_model import trail_check
from data_model.chain import append, head_of, plain
from data_model.records import AuditEvent
from data_model.records.trail import CHANGES, SALTED
from data_model.trail_check import Checked
from inspect_app.access import Permission
from inspect_app.services.reference import person_name
from inspect_app.signed_in import SignedIn

ABOUT_A_CASE = ("case.", "cases.", "reading.", "wording.", "sample.", "intake.")
"""Events of which an administrator, who sees no case, is shown no word that was written."""


@dataclass(frozen=True)
class TrailLine:
    """One event, as a person reads it; what was written about a child's case is not in it."""

    number: int
    at: datetime
    by: str
    action: str
    subject: str
    reason: str | None
    acted_as: str = ""
    via: str = ""


@dataclass(frozen=True)
class Wanted:
    """Which events are asked for; whatever is empty narrows nothing.

    `subject` is its beginning, such as `release`; both days are in the period.
    """

    person: str = ""
    action: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


ALL = Wanted()
BEFORE_ALL, AFTER_ALL = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Offered:
    """What the events there are can be narrowed by: people by code, and actions."""

    people: Mapping[str, str]
    actions: tuple[str, ...]


def note(
    session: Session,
    by: SignedIn,
    action: str,
    subject: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str | None = None,
) -> AuditEvent:
    """Add an event to the chain, with what changed field by field, and return it.

    Every column that was changed is added to it, and its hash is known when the transaction ends.
    """
    earlier, later = _changes(before or {}, after or {})
    event = AuditEvent(
        form=SALTED,
        happened_at=by.clock(),
        happened_by=by.person,
        happened_as=by.acting_as,
        via=by.via,
        action=action,
        subject=subject,
        before=earlier,
        after=later,
        reason=reason,
    )
    append(session, event)
    return event


def head(session: Session) -> str:
    """Return the hash of the newest event that is kept: what a release prints."""
    return head_of(session, CHANGES)[1]


def latest(*, by: SignedIn, limit: int = 200, wanted: Wanted = ALL) -> list[TrailLine]:
    """Return the newest events that are asked for, newest first; for those who read the trail."""
    by.need(Permission.READ_TRAIL)
    with by.reading() as session:
        query = narrowed(select(AuditEvent), wanted).order_by(AuditEvent.number.desc())
        return [line_of(session, event) for event in session.scalars(query.limit(limit))]


def offered(*, by: SignedIn) -> Offered:
    """Return by whom and by what the trail can be narrowed."""
    by.need(Permission.READ_TRAIL)
    with by.reading() as session:
        people = session.scalars(select(AuditEvent.happened_by).distinct())
        named = sorted((person_name(session, code), code) for code in people)
        actions = session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action))
        return Offered({code: name for name, code in named}, tuple(actions))


def narrowed(query: Select[Any], wanted: Wanted, kind: Any = AuditEvent) -> Select[Any]:
    """Return a query of one kind of event with what is asked for."""
    since = _midnight(wanted.since) if wanted.since else BEFORE_ALL
    until = _midnight(wanted.until + timedelta(days=1)) if wanted.until else AFTER_ALL
    asked = (
        (wanted.person, kind.happened_by == wanted.person),
        (wanted.action, kind.action == wanted.action),
        (wanted.subject, kind.subject.startswith(wanted.subject, autoescape=True)),
        (wanted.since, kind.happened_at >= since),
        (wanted.until, kind.happened_at < until),
    )
    return query.where(*(condition for value, condition in asked if value))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def line_of(session: Session, event: AuditEvent) -> TrailLine:
    """Return an event as everybody who reads the trail may see it."""
    return TrailLine(
        event.number,
        event.happened_at,
        person_name(session, event.happened_by),
        event.action,
        event.subject,
        None if event.action.startswith(ABOUT_A_CASE) else event.reason,
        event.happened_as or "",
        event.via or "",
    )


def chain(*, by: SignedIn, heads: Collection[str] = ()) -> Checked:
    """Check the whole trail and return what came of it; for those who may read the trail.

    `heads` are hashes kept elsewhere, such as in a release, that must stand in it.
    """
    by.need(Permission.READ_TRAIL)
    with by.reading() as session:
        return trail_check.check(session, heads)


def first_broken(session: Session) -> int | None:
    """Return the number of the first event that does not fit the chain, or None."""
    faults = trail_check.check(session).faults
    return faults[0].number if faults else None


def _changes(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[dict[str, Any], dict[str, Any]]:
    fields = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: plain(before[name]) for name in fields if name in before},
        {name: plain(after[name]) for name in fields if name in after},
    )
