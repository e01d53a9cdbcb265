"""Releases: drafted with their content frozen, approved by a second person, then immutable."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from data_model.records.base import Instant, Record, WordColumn
from data_model.vocabulary import ChangeKind, ChecklistItem, ReleaseStatus


class Release(Record):
    """A release from its draft to what became of it.

    `scope` names what was asked for and `inspections_asked`, `area_asked` ask for it again.
    `content` is what it says, as canonical JSON compressed with zlib: what is approved is what is
    published. `content_hash` is the SHA-256 of that JSON, without number and date. A draft has
    no `number`; it gets the next one when it is published (`made_at`), together with the head of
    the audit chain (`trail_head`) and the hash of the release before it.

    One that `corrects` another says of which `kind` that is and `why`. `publish_on` is the day,
    at 9.30 in the morning, before which it is not published.
    """

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("(made_at IS NULL) = (made_by IS NULL)", name="made_pair"),
        CheckConstraint("(made_at IS NULL) = (number IS NULL)", name="numbered_when_made"),
        CheckConstraint("(sent_at IS NULL) = (sent_by IS NULL)", name="sent_pair"),
        CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="approved_pair"),
        CheckConstraint("(opened_at IS NULL) = (opened_by IS NULL)", name="opened_pair"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_pair"),
        CheckConstraint("(corrects IS NULL) = (change_kind IS NULL)", name="corrects_by_kind"),
        CheckConstraint("(corrects IS NULL) = (why IS NULL)", name="corrects_and_says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None]
    status: Mapped[ReleaseStatus] = mapped_column(WordColumn(ReleaseStatus))
    scope: Mapped[str] = mapped_column(Text)
    inspections_asked: Mapped[list[str]] = mapped_column(JSON, default=list)
    area_asked: Mapped[str | None]
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    content_hash: Mapped[str] = mapped_column(String(64), index=True)
    trail_head: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str | None] = mapped_column(String(64))
    inspections: Mapped[int]
    areas: Mapped[int]
    publish_on: Mapped[date | None]
    corrects: Mapped[int | None] = mapped_column(ForeignKey("release.id"), index=True)
    change_kind: Mapped[ChangeKind | None] = mapped_column(WordColumn(ChangeKind))
    why: Mapped[str | None] = mapped_column(Text)
    why_welsh: Mapped[str | None] = mapped_column(Text)
    drawn_at: Mapped[datetime] = mapped_column(Instant)
    drawn_by: Mapped[str]
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_by: Mapped[str | None]
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by: Mapped[str | None]
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    opened_by: Mapped[str | None]
    made_at: Mapped[datetime | None] = mapped_column(Instant)
    made_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_by: Mapped[str | None]
    withdrawn_why: Mapped[str | None] = mapped_column(Text)
    withdrawn_why_welsh: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    acknowledged: Mapped[list["ReleaseAcknowledgement"]] = relationship(
        order_by="ReleaseAcknowledgement.id", cascade="all, delete-orphan"
    )
    early_readers: Mapped[list["ReleaseEarlyReader"]] = relationship(
        order_by="ReleaseEarlyReader.person", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ReleaseAcknowledgement(Record):
    """That a warning of a release's checklist was seen and is accepted, with the reason.

    `warning` is the SHA-256 of what the warning said: one that says something else is open again.
    """

    __tablename__ = "release_acknowledgement"
    __table_args__ = (UniqueConstraint("release", "item", "warning"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    item: Mapped[ChecklistItem] = mapped_column(WordColumn(ChecklistItem))
    warning: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    acknowledged_at: Mapped[datetime] = mapped_column(Instant)
    acknowledged_by: Mapped[str]


class ReleaseEarlyReader(Record):
    """Somebody who may see a release from its opening until 9.30 on its day."""

    __tablename__ = "release_early_reader"

    release: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.code"), primary_key=True)
    named_at: Mapped[datetime] = mapped_column(Instant)
    named_by: Mapped[str]


class TextRead(Record):
    """That a person read a text at one wording and released it: other words are unread again.

    `about` is the code of what the text is about; `wording` is the SHA-256 of its words.
    """

    __tablename__ = "text_read"

    about: Mapped[str] = mapped_column(String(120), primary_key=True)
    wording: Mapped[str] = mapped_column(String(64), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(Instant)
    read_by: Mapped[str]
