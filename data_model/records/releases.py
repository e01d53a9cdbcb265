"""Releases: immutable, numbered publications with a content hash."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data_model.records.base import Instant, Record


class Release(Record):
    """That a release was made: its number, what it covers, and the hash of what it says.

    `scope` names what was asked for; `content_hash` is the SHA-256 of the content without
    number and date, so that the same content is the same release; `trail_head` is the
    head of the audit chain at that moment.
    """

    __tablename__ = "release"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    scope: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64), index=True)
    trail_head: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str | None] = mapped_column(String(64))
    inspections: Mapped[int]
    areas: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str]
