"""Events written at the end of their transaction: what changed, column by column, in one chain.

Nobody can forget a column: what a transaction changed is read from the session itself, record by
record, and belongs to the event that is noted next; what is changed after the last one belongs to
that. So the hash of an event is known once its transaction ends, and what needs it waits for it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, inspect, select
from sqlalchemy.orm import InstanceState, Session
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from data_model.records import AuditEvent, CaseRead, CountedVersion, Record, TrailHead
from data_model.records.trail import BEGINNING, CHANGES, READS, digest
from data_model.sight import Task, widened
from inspect_app import settings

OF_THE_TRAIL = (AuditEvent, CaseRead, TrailHead, CountedVersion)
"""Records that are the trail's own: a change of them is no change of what is kept."""

ERASED = "erased"
"""What is said of a column that is being erased, instead of what stood in it."""

MOST_ROWS = 200
"""Of more new rows of one table than this, an event keeps how many and their hash."""

Changed = dict[str, dict[str, Any]]


def head_of(session: Session, chain: str) -> tuple[int, str]:
    """Return the number and the hash of a chain's newest event; those of none where it is new."""
    kind = AuditEvent if chain == CHANGES else CaseRead
    newest = select(kind.number, kind.hash).order_by(kind.number.desc()).limit(1)
    with widened(session, Task.CHAINING):
        row = session.execute(newest).first()
    return (row[0], row[1]) if row else (0, BEGINNING)


def append(session: Session, event: AuditEvent) -> None:
    """Add an event to the transaction; it is numbered now and chained when the transaction ends."""
    session.flush()
    waiting: list[AuditEvent] = session.info.setdefault("events", [])
    newest = waiting[-1].number if waiting else head_of(session, CHANGES)[0]
    event.number = newest + 1
    event.changed = _taken(session)
    waiting.append(event)


def once_chained(session: Session, then: Callable[[], None]) -> None:
    """Do something when the hashes of this transaction's events are known."""
    session.info.setdefault("then", []).append(then)


def finish(session: Session) -> None:
    """Chain the events of a transaction, each with every column that was changed."""
    session.flush()
    waiting: list[AuditEvent] = session.info.pop("events", [])
    if not waiting:
        return
    waiting[-1].changed = merged(waiting[-1].changed, _taken(session))
    reads = head_of(session, READS)
    previous = head_of(session, CHANGES)[1]
    for event in waiting:
        event.reads_number, event.reads_hash = reads
        event.salt = secrets.token_hex(16)
        event.said_hash = event.expected_said()
        event.previous_hash = previous
        previous = event.hash = event.expected_hash()
        session.add(event)
    keep_head(session, CHANGES, waiting[-1].number, previous)
    for then in session.info.pop("then", ()):
        then()
    session.flush()


def keep_head(session: Session, chain: str, number: int, newest: str) -> None:
    """Keep how far a chain goes, sealed where the installation has a key."""
    held = session.get(TrailHead, chain)
    if held is None:
        held = TrailHead(chain=chain)
        session.add(held)
    held.number, held.hash, held.seal = number, newest, seal_of(chain, number, newest)


def seal_of(chain: str, number: int, newest: str) -> str | None:
    """Return the HMAC-SHA-256 of a head under the installation's key, or None without one."""
    key = settings.TRAIL_KEY.read()
    if not key:
        return None
    return hmac.new(key.encode(), f"{chain} {number} {newest}".encode(), "sha256").hexdigest()


def remember(session: Session, _context: object) -> None:
    """Remember what a flush changes, for the event it belongs to; called after every flush."""
    audited = any(isinstance(record, AuditEvent) for record in session.new)
    session.info["audited"] = session.info.get("audited", False) or audited
    found: Changed = {}
    for record in (*session.new, *session.dirty, *session.deleted):
        if not (isinstance(record, OF_THE_TRAIL) or _own_notes(record)):
            session.info["changed"] = True
            columns = _columns(session, record)
            if columns:
                found[_named(record)] = columns
    session.info["columns"] = merged(session.info.get("columns", {}), found)


def remember_rows(session: Session, table: str, rows: int) -> None:
    """Remember that many rows were added to a table at once; their file is their record."""
    held = session.info.get("columns", {})
    before = held.get(table, {}).get("rows added", [None, 0])[1]
    session.info["columns"] = held | {table: {"rows added": [None, before + rows]}}


def merged(first: Changed, second: Changed) -> Changed:
    """Return two changes of the same records as one: before the first, after the second."""
    found = {name: dict(columns) for name, columns in first.items()}
    for name, columns in second.items():
        held = found.setdefault(name, {})
        for column, (before, after) in columns.items():
            held[column] = [held[column][0] if column in held else before, after]
    return {
        name: columns for name in sorted(found) if (columns := dict(sorted(found[name].items())))
    }


def plain(value: object) -> Any:
    """Turn a value into what JSON can hold, the same every time."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


def _taken(session: Session) -> Changed:
    """Return what was changed since the last event; many new rows at once only as their hash."""
    held: Changed = session.info.pop("columns", {})
    by_table: dict[str, list[str]] = {}
    for name, columns in held.items():
        if all(before is None for before, _after in columns.values()):
            by_table.setdefault(name.partition(" ")[0], []).append(name)
    for table, names in by_table.items():
        if len(names) > MOST_ROWS:
            rows = {name: held.pop(name) for name in names}
            held[table] = {"rows added": [None, len(rows)], "sha256": [None, digest(rows)]}
    return held


def _own_notes(record: object) -> bool:
    """Whether a record holds what somebody is still writing, which is nobody's word yet."""
    return getattr(record, "__own_notes__", False)


def _named(record: Record) -> str:
    state: InstanceState[Any] = inspect(record)
    key = state.mapper.primary_key_from_instance(record)
    return " ".join([state.mapper.local_table.name, *(str(part) for part in key)])  # type: ignore[attr-defined]


def _columns(session: Session, record: Record) -> dict[str, Any]:
    """Return the columns of a record that a flush changes, each with the value before and after."""
    state: InstanceState[Any] = inspect(record)
    new, gone = record in session.new, record in session.deleted
    found: dict[str, Any] = {}
    hide = session.info.get("erases", False)
    for attribute in state.mapper.column_attrs:
        history = state.get_history(attribute.key, PASSIVE_NO_INITIALIZE)
        kind = attribute.columns[0].type
        before = None if new else _said(kind, (*history.deleted, *history.unchanged, None)[0])
        after = None if gone else _said(kind, (*history.added, *history.unchanged, None)[0])
        if before != after:
            found[attribute.key] = [None, ERASED] if hide else [before, after]
    return found


def _said(kind: object, value: object) -> Any:
    """Return a value as the trail keeps it; of a file or a document its hash and nothing more."""
    if value is None:
        return None
    if isinstance(value, bytes) or isinstance(kind, LargeBinary):
        return f"sha256:{hashlib.sha256(bytes(value)).hexdigest()}"  # type: ignore[call-overload]
    return f"sha256:{digest(plain(value))}" if isinstance(kind, JSON) else plain(value)
