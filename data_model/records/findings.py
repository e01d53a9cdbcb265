"""Findings: this case, this theme, this reader; and the records that support them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_model.records.base import Record, WordColumn
from data_model.records.frameworks import criterion_key
from data_model.vocabulary import DocumentKind, NotGraded


class Finding(Record):
    """The atom: a grade bound to its criterion's version, or a reason why there is none."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("case_id", "theme", "reader"),
        CheckConstraint("grade IS NULL OR not_graded IS NULL", name="graded_or_not"),
        CheckConstraint("(grade IS NULL) OR (criterion IS NOT NULL)", name="grade_has_criterion"),
        CheckConstraint(
            "(criterion IS NULL) = (criterion_version IS NULL)", name="criterion_has_version"
        ),
        criterion_key(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    theme: Mapped[str] = mapped_column(ForeignKey("theme.code"))
    reader: Mapped[str] = mapped_column(ForeignKey("person.code"))
    criterion: Mapped[str | None] = mapped_column(String(8))
    criterion_version: Mapped[int | None]
    grade: Mapped[str | None] = mapped_column(String(40))
    not_graded: Mapped[NotGraded | None] = mapped_column(WordColumn(NotGraded))
    reason: Mapped[str | None] = mapped_column(Text)
    strengths: Mapped[str | None] = mapped_column(Text)
    weaknesses: Mapped[str | None] = mapped_column(Text)

    pointers: Mapped[list["EvidencePointer"]] = relationship(
        order_by="EvidencePointer.position", cascade="all, delete-orphan"
    )


class EvidencePointer(Record):
    """Which record supports a finding: its kind, its date, where in it; never a name."""

    __tablename__ = "evidence_pointer"

    finding: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[DocumentKind | None] = mapped_column(WordColumn(DocumentKind))
    dated: Mapped[date | None]
    locator: Mapped[str | None]
