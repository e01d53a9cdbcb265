"""What keeps writing safe: unsaved text, receipts, answers to hints, packs, files that came in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data_model.records.base import Instant, Record, WordColumn
from data_model.vocabulary import WordingReply


class WorkingCopy(Record):
    """What a reader has typed in a case and not saved: their own notes, not yet said.

    `typed` holds a value for each field that differs from the case as it is kept. It counts
    nowhere and nobody else reads it, so a change of it needs no audit event; the save that
    makes it part of the case writes one.
    """

    __tablename__ = "working_copy"
    __own_notes__ = True

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    reader: Mapped[str] = mapped_column(ForeignKey("person.code"), primary_key=True)
    typed: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept_at: Mapped[datetime] = mapped_column(Instant)
    kept_by: Mapped[str]


class CaseReceipt(Record):
    """A submission: when, by whom, and the SHA-256 of exactly what was submitted."""

    __tablename__ = "case_receipt"

    number: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    edition: Mapped[int]
    submitted_at: Mapped[datetime] = mapped_column(Instant)
    submitted_by: Mapped[str]
    content_hash: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class WordingAnswer(Record):
    """What a writer answered when words of theirs were pointed out; `said` are the words."""

    __tablename__ = "wording_answer"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    reader: Mapped[str] = mapped_column(ForeignKey("person.code"), primary_key=True)
    field: Mapped[str] = mapped_column(String(60), primary_key=True)
    said: Mapped[str] = mapped_column(String(200), primary_key=True)
    reply: Mapped[WordingReply] = mapped_column(WordColumn(WordingReply))
    reason: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(Instant)
    answered_by: Mapped[str]


class Pack(Record):
    """A workbook that was packed here: of which inspection, for whom, and the token inside it.

    What a file says of itself is never relied on: its token finds this, and this says the rest.
    """

    __tablename__ = "pack"

    number: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"))
    packed_for: Mapped[str] = mapped_column(ForeignKey("person.code"))
    packed_at: Mapped[datetime] = mapped_column(Instant)
    packed_by: Mapped[str]


class Intake(Record):
    """A file that was taken in: its SHA-256, and what became of every row of it."""

    __tablename__ = "intake"

    number: Mapped[int] = mapped_column(primary_key=True)
    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"), index=True)
    file_hash: Mapped[str] = mapped_column(String(64))
    taken_at: Mapped[datetime] = mapped_column(Instant)
    taken_by: Mapped[str]
    report: Mapped[dict[str, Any]] = mapped_column(JSON)


class Upload(Record):
    """That somebody brought a file, read or not: kept for as long as it counts against a limit.

    It says nothing of what was in the file and is no part of any record, so it needs no audit
    event: whatever is taken in has one of its own.
    """

    __tablename__ = "upload"
    __own_notes__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    file_hash: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    came_at: Mapped[datetime] = mapped_column(Instant, index=True)
    came_by: Mapped[str]
