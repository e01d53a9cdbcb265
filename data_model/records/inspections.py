"""Inspections: who read whose practice, where, how cases were chosen, and what was published."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_model.records.base import Instant, Record, WordColumn
from data_model.vocabulary import (
    Basis,
    BodyRole,
    CaseKind,
    InspectionKind,
    InspectionStatus,
    SamplingMethod,
)


class Inspection(Record):
    """An exercise that reads cases (K.2–K.4).

    `area_code` is the one place a count of it is published under; `areas` are all the
    places it is about. `cases_available` is the size of the frame cases were chosen from, and
    `second_read_percent` the share of cases without the lowest grade that is read twice.
    """

    __tablename__ = "inspection"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="dates_in_order"),
        CheckConstraint("cases_available IS NULL OR cases_available >= 0", name="frame_size"),
        CheckConstraint("(agreed_at IS NULL) = (agreed_by IS NULL)", name="agreed_pair"),
        CheckConstraint(
            "second_read_percent >= 0 AND second_read_percent <= 100", name="share_is_percent"
        ),
    )

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str]
    title_welsh: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[InspectionKind] = mapped_column(WordColumn(InspectionKind))
    status: Mapped[InspectionStatus] = mapped_column(WordColumn(InspectionStatus))
    framework: Mapped[str] = mapped_column(ForeignKey("framework.code"))
    scale: Mapped[str] = mapped_column(ForeignKey("scale.code"))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    period_label: Mapped[str]
    published_on: Mapped[date | None]
    sampling: Mapped[SamplingMethod] = mapped_column(WordColumn(SamplingMethod))
    cases_available: Mapped[int | None]
    second_read_percent: Mapped[int] = mapped_column(default=20, server_default="20")
    whole_force: Mapped[bool] = mapped_column(default=False)
    summary: Mapped[str | None] = mapped_column(Text)
    summary_welsh: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None]
    note: Mapped[str | None] = mapped_column(Text)
    agreed_at: Mapped[datetime | None] = mapped_column(Instant)
    agreed_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    areas: Mapped[list["InspectionArea"]] = relationship(order_by="InspectionArea.area_code")
    bodies: Mapped[list["InspectionBody"]] = relationship(order_by="InspectionBody.organisation")
    themes: Mapped[list["InspectionTheme"]] = relationship(order_by="InspectionTheme.theme")
    readers: Mapped[list["InspectionReader"]] = relationship(order_by="InspectionReader.person")
    published: Mapped[list["PublishedEvidence"]] = relationship(order_by="PublishedEvidence.id")
    judgements: Mapped[list["Judgement"]] = relationship(order_by="Judgement.id")
    statements: Mapped[list["Statement"]] = relationship(order_by="Statement.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class InspectionArea(Record):
    """A place an inspection is about."""

    __tablename__ = "inspection_area"

    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True, index=True)


class InspectionBody(Record):
    """A body that reads, or whose practice is read; a joint inspection has several of both."""

    __tablename__ = "inspection_body"

    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"), primary_key=True)
    organisation: Mapped[str] = mapped_column(
        ForeignKey("organisation.code"), primary_key=True, index=True
    )
    role: Mapped[BodyRole] = mapped_column(WordColumn(BodyRole), primary_key=True)


class InspectionTheme(Record):
    """A theme in an inspection's scope."""

    __tablename__ = "inspection_theme"

    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"), primary_key=True)
    theme: Mapped[str] = mapped_column(ForeignKey("theme.code"), primary_key=True)


class InspectionReader(Record):
    """A person who reads cases in an inspection; one of them leads."""

    __tablename__ = "inspection_reader"

    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"), primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.code"), primary_key=True, index=True)
    leads: Mapped[bool] = mapped_column(default=False)


class PublishedEvidence(Record):
    """How many cases of one kind another publication says were read, and its words."""

    __tablename__ = "published_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"), index=True)
    case_kind: Mapped[CaseKind] = mapped_column(WordColumn(CaseKind))
    theme: Mapped[str | None] = mapped_column(ForeignKey("theme.code"))
    basis: Mapped[Basis] = mapped_column(WordColumn(Basis))
    cases_read: Mapped[int | None]
    quotation: Mapped[str | None] = mapped_column(Text)
    paragraph: Mapped[str | None]
    evidence_id: Mapped[str | None]
    note: Mapped[str | None] = mapped_column(Text)

    grades: Mapped[list["PublishedGrade"]] = relationship(order_by="PublishedGrade.id")


class PublishedGrade(Record):
    """A published count under one grade, or under several that were not split.

    `grades` holds grade codes of the inspection's scale with `|` between them; it is
    empty where the publication does not say which grade these cases were given.
    """

    __tablename__ = "published_grade"

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence: Mapped[int] = mapped_column(ForeignKey("published_evidence.id"), index=True)
    grades: Mapped[str]
    cases: Mapped[int]


class Judgement(Record):
    """A judgement on the whole service, on the inspection's own scale."""

    __tablename__ = "judgement"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"), index=True)
    topic: Mapped[str]
    grade: Mapped[str]
    quotation: Mapped[str | None] = mapped_column(Text)
    paragraph: Mapped[str | None]
    evidence_id: Mapped[str | None]


class Statement(Record):
    """A sentence of a published report, in its own words, with what the Inquiry said of it."""

    __tablename__ = "statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"), index=True)
    statement: Mapped[str] = mapped_column(Text)
    direction: Mapped[str]
    paragraph: Mapped[str | None]
    evidence_id: Mapped[str | None]
    comment: Mapped[str | None] = mapped_column(Text)
