"""Who else reads a case, blind to the first reader, and what the lead decides where they differ."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data_model.records.base import Instant, Record, WordColumn
from data_model.records.frameworks import criterion_key
from data_model.vocabulary import NotGraded, ReadingPurpose


class Reading(Record):
    """A reading of a case beside the first; its findings carry the reader's code."""

    __tablename__ = "reading"
    __table_args__ = (
        CheckConstraint("(submitted_at IS NULL) = (submitted_by IS NULL)", name="submitted_pair"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    reader: Mapped[str] = mapped_column(ForeignKey("person.code"), primary_key=True)
    purpose: Mapped[ReadingPurpose] = mapped_column(WordColumn(ReadingPurpose))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked_by: Mapped[str]
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    submitted_by: Mapped[str | None]


class Moderation(Record):
    """The lead's decision on one theme of a case whose readings differ; all grades stay."""

    __tablename__ = "moderation"
    __table_args__ = (
        CheckConstraint("grade IS NULL OR not_graded IS NULL", name="graded_or_not"),
        CheckConstraint("(grade IS NULL) OR (criterion IS NOT NULL)", name="grade_has_criterion"),
        CheckConstraint(
            "(criterion IS NULL) = (criterion_version IS NULL)", name="criterion_has_version"
        ),
        criterion_key(),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    theme: Mapped[str] = mapped_column(ForeignKey("theme.code"), primary_key=True)
    criterion: Mapped[str | None] = mapped_column(String(8))
    criterion_version: Mapped[int | None]
    grade: Mapped[str | None] = mapped_column(String(40))
    not_graded: Mapped[NotGraded | None] = mapped_column(WordColumn(NotGraded))
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[str]
