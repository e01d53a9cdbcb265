"""What hangs on a body's answer: the actions of its plan, its evidence, and what tests it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_model.records.base import Instant, Record, WordColumn
from data_model.vocabulary import Evidence, NoteKind


class Action(Record):
    """A step of an owner's plan, under a named role, with its date and what it is meant to move.

    `original_due_on` never changes; `slips` counts how often `due_on` moved. `imported` holds
    every cell of the row of a spreadsheet that it came from, as it was written there.
    """

    __tablename__ = "action"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[int] = mapped_column(ForeignKey("recommendation_owner.id"), index=True)
    action: Mapped[str] = mapped_column(Text)
    owner_role: Mapped[str]
    starts_on: Mapped[date | None]
    original_due_on: Mapped[date]
    due_on: Mapped[date]
    slips: Mapped[int] = mapped_column(default=0)
    done_on: Mapped[date | None]
    theme: Mapped[str | None] = mapped_column(ForeignKey("theme.code"))
    indicator: Mapped[str | None] = mapped_column(String(60))
    by_how_much: Mapped[str | None] = mapped_column(Text)
    imported: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(default=1)

    milestones: Mapped[list["Milestone"]] = relationship(
        order_by="Milestone.due_on", cascade="all, delete-orphan"
    )
    notes: Mapped[list["ActionNote"]] = relationship(order_by="ActionNote.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Milestone(Record):
    """A point on the way to an action's end."""

    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    title: Mapped[str]
    due_on: Mapped[date]
    done_on: Mapped[date | None]


class ActionNote(Record):
    """What somebody wrote about an action: progress, or what stands in its way."""

    __tablename__ = "action_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    kind: Mapped[NoteKind] = mapped_column(WordColumn(NoteKind))
    text: Mapped[str] = mapped_column(Text)
    noted_at: Mapped[datetime] = mapped_column(Instant)
    noted_by: Mapped[str]


class EvidenceItem(Record):
    """Something that shows what was done, on the evidence ladder E0 to E4.

    `gathered_by` is the body that gathered it, `pointer` where it can be found, and `reaudit`
    the inspection whose sampled cases show the practice (E3).
    """

    __tablename__ = "evidence_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[int] = mapped_column(ForeignKey("recommendation_owner.id"), index=True)
    rung: Mapped[Evidence] = mapped_column(WordColumn(Evidence))
    description: Mapped[str] = mapped_column(Text)
    dated_on: Mapped[date]
    gathered_by: Mapped[str | None] = mapped_column(ForeignKey("organisation.code"))
    pointer: Mapped[str | None] = mapped_column(Text)
    reaudit: Mapped[str | None] = mapped_column(ForeignKey("inspection.code"))
    submitted_at: Mapped[datetime] = mapped_column(Instant)
    submitted_by: Mapped[str]

    files: Mapped[list["EvidenceFile"]] = relationship(order_by="EvidenceFile.id")


class EvidenceFile(Record):
    """A document attached to evidence; a newer edition of a name stands beside the older one.

    `scanned_by` names the virus scanner that found nothing; empty where none was set up.
    """

    __tablename__ = "evidence_file"
    __table_args__ = (CheckConstraint("size > 0", name="holds_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[int] = mapped_column(ForeignKey("evidence_item.id"), index=True)
    name: Mapped[str]
    edition: Mapped[int]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    scanned_by: Mapped[str | None]
    added_at: Mapped[datetime] = mapped_column(Instant)
    added_by: Mapped[str]


class Reaudit(Record):
    """An inspection that tests one body's answer on one theme, against the first reading."""

    __tablename__ = "reaudit"

    owner: Mapped[int] = mapped_column(ForeignKey("recommendation_owner.id"), primary_key=True)
    inspection: Mapped[str] = mapped_column(
        ForeignKey("inspection.code"), primary_key=True, index=True
    )
    theme: Mapped[str] = mapped_column(ForeignKey("theme.code"))
    arranged_at: Mapped[datetime] = mapped_column(Instant)
    arranged_by: Mapped[str]


class RegisterEntry(Record):
    """A row of somebody's register that a recommendation came from, cell by cell as it stood.

    `unmapped` says what of it had no place here.
    """

    __tablename__ = "register_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation: Mapped[str] = mapped_column(ForeignKey("recommendation.code"), index=True)
    register: Mapped[str]
    line: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    unmapped: Mapped[str | None] = mapped_column(Text)
