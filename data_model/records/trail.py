"""The trail: every change and every look at a case as an event, chained by hash; and its heads."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data_model.records.base import Instant, Record

BEGINNING = "0" * 64
PLAIN, SALTED = 1, 2
"""How an event is hashed: over its values as they are, or over a hash of them with a salt."""

CHANGES, READS = "changes", "reads"
"""The two chains: what was changed, and which cases were looked at."""


def digest(content: object) -> str:
    """Return the SHA-256 of some content: UTF-8 JSON, keys sorted, no spaces."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def linked(previous: str, content: str) -> str:
    """Return the hash of an event from the hash before it and the hash of what it says."""
    return hashlib.sha256(f"{previous}{content}".encode()).hexdigest()


class AuditEvent(Record):
    """One change: who, as what, from where, when, before and after; chained to the one before it.

    `before` and `after` are in the words of whoever changed something; `changed` holds every
    column that the transaction changed up to here, by record, each with both values. The values
    can be erased while the chain holds: it goes over `said_hash`, the hash of the values with a
    `salt` that is erased with them. `reads_number` and `reads_hash` are the newest look at a case
    at that moment. Events of form 1 were written before there was a salt.
    """

    __tablename__ = "audit_event"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    happened_at: Mapped[datetime] = mapped_column(Instant)
    happened_by: Mapped[str]
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    form: Mapped[int] = mapped_column(default=SALTED, server_default="1")
    happened_as: Mapped[str | None] = mapped_column(Text)
    via: Mapped[str | None] = mapped_column(String(120))
    changed: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    salt: Mapped[str | None] = mapped_column(String(32))
    said_hash: Mapped[str | None] = mapped_column(String(64))
    reads_number: Mapped[int | None]
    reads_hash: Mapped[str | None] = mapped_column(String(64))
    erased_in: Mapped[int | None]

    def expected_hash(self, number: int | None = None, previous: str | None = None) -> str:
        """Return the SHA-256 this event must carry, at this number and after this hash."""
        number = self.number if number is None else number
        previous = self.previous_hash if previous is None else previous
        if self.form == PLAIN:
            return digest(self._plain(number, previous))
        return linked(previous, self.content_hash(number))

    def content_hash(self, number: int | None = None) -> str:
        """Return the SHA-256 of what a salted event says, without the hash before it."""
        return digest(
            {
                "form": self.form,
                "number": self.number if number is None else number,
                "at": self.happened_at.isoformat(),
                "by": self.happened_by,
                "as": self.happened_as,
                "via": self.via,
                "action": self.action,
                "subject": self.subject,
                "said": self.said_hash,
                "reads": [self.reads_number, self.reads_hash],
            }
        )

    def _plain(self, number: int, previous: str) -> Mapping[str, object]:
        return {
            "number": number,
            "at": self.happened_at.isoformat(),
            "by": self.happened_by,
            "action": self.action,
            "subject": self.subject,
            "before": self.before,
            "after": self.after,
            "reason": self.reason,
            "previous": previous,
        }

    def expected_said(self) -> str:
        """Return the SHA-256 of the event's values with its salt."""
        return digest([self.salt, self.before, self.after, self.reason, self.changed])

    def left(self) -> str:
        """Return the SHA-256 of what is left of the event once its values are erased."""
        kept = self._plain(self.number, self.previous_hash)
        left = {name: kept[name] for name in kept if name not in {"before", "after", "reason"}}
        return digest({**left, "form": self.form, "said": self.said_hash, "hash": self.hash})

    @property
    def empty(self) -> bool:
        """Whether the event holds no value any more."""
        return not (self.before or self.after or self.reason or self.changed or self.salt)

    @property
    def well_formed(self) -> bool:
        """Whether its values are those that its hash goes over; erased ones apart."""
        if self.form == PLAIN:
            later = (self.happened_as, self.via, self.salt, self.said_hash, self.reads_hash)
            return not (any(later) or self.changed or self.reads_number is not None)
        return self.salt is not None and self.said_hash == self.expected_said()

    def fits(self, erasures: Mapping[int, tuple[int, str]]) -> bool:
        """Whether nothing of it was altered; `erasures` says by which event it may be erased."""
        if self.erased_in is None:
            return self.well_formed and self.hash == self.expected_hash()
        erased = self.empty and erasures.get(self.number) == (self.erased_in, self.left())
        return erased and (self.form == PLAIN or self.hash == self.expected_hash())


class CaseRead(Record):
    """One look at a case: who, as what, on which screen, when; chained to the one before it.

    It holds nothing of the case. `event_number` and `event_hash` are the newest change at that
    moment, so that both chains have one order.
    """

    __tablename__ = "case_read"
    __table_args__ = (Index(None, "happened_by", "subject", "happened_at"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    happened_at: Mapped[datetime] = mapped_column(Instant)
    happened_by: Mapped[str]
    happened_as: Mapped[str]
    via: Mapped[str | None] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120), index=True)
    event_number: Mapped[int]
    event_hash: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    def expected_hash(self, number: int | None = None, previous: str | None = None) -> str:
        """Return the SHA-256 this event must carry, at this number and after this hash."""
        before = self.previous_hash if previous is None else previous
        return linked(before, self.content_hash(number))

    def content_hash(self, number: int | None = None) -> str:
        """Return the SHA-256 of what it says, without the hash before it."""
        return digest(
            {
                "number": self.number if number is None else number,
                "at": self.happened_at.isoformat(),
                "by": self.happened_by,
                "as": self.happened_as,
                "via": self.via,
                "action": self.action,
                "subject": self.subject,
                "event": [self.event_number, self.event_hash],
            }
        )

    def fits(self, _erasures: Mapping[int, tuple[int, str]]) -> bool:
        """Whether nothing of it was altered."""
        return self.hash == self.expected_hash()


class TrailHead(Record):
    """How far a chain goes, kept apart from its events: whoever cuts its end off is found.

    `seal` goes over it with the installation's key, where one is set: who has the database alone
    cannot make another.
    """

    __tablename__ = "trail_head"

    chain: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str | None] = mapped_column(String(64))


class CountedVersion(Record):
    """Which event last changed the counted evidence of one area; drafts do not move it.

    The version is that event's hash, so two databases share one only if they share a history.
    """

    __tablename__ = "counted_version"

    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    version: Mapped[str] = mapped_column(String(64))


class Erasure(Record):
    """That the cases of an inspection are to be erased: asked for by one, done by another."""

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint("(erased_at IS NULL) = (erased_by IS NULL)", name="erased_pair"),
    )

    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked_by: Mapped[str]
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
    erased_by: Mapped[str | None]
