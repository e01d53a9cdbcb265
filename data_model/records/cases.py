"""Case files: one child's file as read in one inspection, under a pseudonymous reference."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_model.records.base import Instant, Record, WordColumn, WordsColumn
from data_model.records.findings import Finding
from data_model.vocabulary import (
    AgeBand,
    AgencyRisk,
    Answer,
    CaseKind,
    CaseStatus,
    DisabilityKind,
    Ethnicity,
    HarmCategory,
    HarmIndicator,
    Network,
    Placement,
    Sex,
)


class CaseFile(Record):
    """What a reader records of one file; an empty column is not entered yet.

    *Not recorded by the agency* is a value of its own and is a finding in itself (H.4,
    D.4, recommendation 5). The harm category is the reader's; `agency_risk` is what the
    agency wrote, kept beside it and never instead of it (recommendation 4).
    """

    __tablename__ = "case_file"
    __table_args__ = (
        UniqueConstraint("inspection", "reference"),
        CheckConstraint("(submitted_at IS NULL) = (submitted_by IS NULL)", name="submitted_pair"),
        CheckConstraint(
            "practice_to IS NULL OR practice_from IS NULL OR practice_to >= practice_from",
            name="practice_in_order",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"), index=True)
    reference: Mapped[str] = mapped_column(String(40))
    read_by: Mapped[str] = mapped_column(ForeignKey("person.code"), index=True)
    status: Mapped[CaseStatus] = mapped_column(WordColumn(CaseStatus))
    kind: Mapped[CaseKind] = mapped_column(WordColumn(CaseKind))
    lead_agency: Mapped[str | None] = mapped_column(ForeignKey("organisation.code"))
    practice_from: Mapped[date | None]
    practice_to: Mapped[date | None]
    age_band: Mapped[AgeBand | None] = mapped_column(WordColumn(AgeBand))
    sex: Mapped[Sex | None] = mapped_column(WordColumn(Sex))
    ethnicity: Mapped[Ethnicity | None] = mapped_column(WordColumn(Ethnicity))
    disability: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    disability_kinds: Mapped[tuple[DisabilityKind, ...]] = mapped_column(
        WordsColumn(DisabilityKind), default=()
    )
    in_care: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    placement: Mapped[Placement | None] = mapped_column(WordColumn(Placement))
    harm_category: Mapped[HarmCategory | None] = mapped_column(WordColumn(HarmCategory))
    harm_indicators: Mapped[tuple[HarmIndicator, ...]] = mapped_column(
        WordsColumn(HarmIndicator), default=()
    )
    harm_confirmed_reason: Mapped[str | None] = mapped_column(Text)
    agency_risk: Mapped[AgencyRisk | None] = mapped_column(WordColumn(AgencyRisk))
    agency_risk_number: Mapped[int | None]
    network: Mapped[Network | None] = mapped_column(WordColumn(Network))
    flagged: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    meets_definition: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    summary: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    submitted_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    findings: Mapped[list[Finding]] = relationship(order_by="Finding.theme")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
