"""The trail: every change as an event chained by hash, and the version of the counted evidence."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data_model.records.base import Instant, Record

BEGINNING = "0" * 64


class AuditEvent(Record):
    """One change: who, when, what, before and after; chained to the event before it."""

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

    def expected_hash(self) -> str:
        """Return the SHA-256 this event must carry, over its content and the hash before it."""
        content = {
            "number": self.number,
            "at": self.happened_at.isoformat(),
            "by": self.happened_by,
            "action": self.action,
            "subject": self.subject,
            "before": self.before,
            "after": self.after,
            "reason": self.reason,
            "previous": self.previous_hash,
        }
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class CountedVersion(Record):
    """Which event last changed the counted evidence of one area; drafts do not move it.

    The version is that event's hash, so two databases share one only if they share a history.
    """

    __tablename__ = "counted_version"

    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    version: Mapped[str] = mapped_column(String(64))
