"""The audit trail: note a change, read it, and check that nobody has rewritten it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model.records import AuditEvent, Release
from data_model.records.trail import BEGINNING
from data_model.sight import Task, widened
from inspect_app.access import Permission
from inspect_app.services.reference import person_name
from inspect_app.signed_in import SignedIn

MADE = "release.made"
ABOUT_A_CASE = ("case.", "reading.", "wording.", "sample.", "intake.")


@dataclass(frozen=True)
class TrailLine:
    """One event, as a person reads it; what was written about a child's case is not in it."""

    number: int
    at: datetime
    by: str
    action: str
    subject: str
    reason: str | None


@dataclass(frozen=True)
class Chain:
    """How many events there are, the first that does not fit, and the hash of the newest."""

    events: int
    first_broken: int | None
    head: str

    @property
    def holds(self) -> bool:
        """Whether every event fits the one before it."""
        return self.first_broken is None


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
    """Add an event to the chain, with what changed field by field, and return it."""
    with widened(session, Task.CHAINING):
        last = _last(session)
    earlier, later = _changes(before or {}, after or {})
    event = AuditEvent(
        number=(last.number if last else 0) + 1,
        happened_at=by.clock(),
        happened_by=by.person,
        action=action,
        subject=subject,
        before=earlier,
        after=later,
        reason=reason,
        previous_hash=last.hash if last else BEGINNING,
    )
    event.hash = event.expected_hash()
    session.add(event)
    session.flush()
    return event


def head(session: Session) -> str:
    """Return the hash of the newest event: what a release prints."""
    with widened(session, Task.CHAINING):
        last = _last(session)
    return last.hash if last else BEGINNING


def _last(session: Session) -> AuditEvent | None:
    newest = select(AuditEvent).order_by(AuditEvent.number.desc()).limit(1)
    return session.scalars(newest).first()


def latest(*, by: SignedIn, limit: int = 200) -> list[TrailLine]:
    """Return the newest events, newest first; for those who may read the trail."""
    by.need(Permission.READ_TRAIL)
    with by.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc()).limit(limit))
        return [
            TrailLine(
                e.number,
                e.happened_at,
                person_name(session, e.happened_by),
                e.action,
                e.subject,
                _reason(e),
            )
            for e in events
        ]


def _reason(event: AuditEvent) -> str | None:
    return None if event.action.startswith(ABOUT_A_CASE) else event.reason


def chain(*, by: SignedIn) -> Chain:
    """Check the whole chain and return what came of it; for those who may read the trail."""
    by.need(Permission.READ_TRAIL)
    with by.reading() as session:
        events = session.scalar(select(func.count()).select_from(AuditEvent)) or 0
        return Chain(events, first_broken(session) or _cut_off(session, events), head(session))


def _cut_off(session: Session, events: int) -> int | None:
    """Return where the newest events are missing: a release printed a head that is not there."""
    hashes = set(session.scalars(select(AuditEvent.hash)))
    made = set(session.scalars(select(AuditEvent.subject).where(AuditEvent.action == MADE)))
    for release in session.scalars(select(Release).where(Release.number.is_not(None))):
        known = release.trail_head in hashes or release.trail_head == BEGINNING
        if not known or f"release {release.number}" not in made:
            return events + 1
    return None


def first_broken(session: Session) -> int | None:
    """Return the number of the first event that does not fit the chain, or None."""
    previous, expected = BEGINNING, 1
    for event in session.scalars(select(AuditEvent).order_by(AuditEvent.number)):
        fits = event.number == expected and event.previous_hash == previous
        if not fits or event.hash != event.expected_hash():
            return event.number
        previous, expected = event.hash, expected + 1
    return None


def _changes(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[dict[str, Any], dict[str, Any]]:
    fields = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: _plain(before[name]) for name in fields if name in before},
        {name: _plain(after[name]) for name in fields if name in after},
    )


def _plain(value: object) -> Any:
    """Turn a value into what JSON can hold, the same every time."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)
