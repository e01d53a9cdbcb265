"""Case files: one child's file as read in one inspection, under a pseudonymous reference."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_model.records.base import Instant, Record, WordColumn, WordsColumn
from data_model.records.findings import Finding
from data_model.records.moderation import Moderation, Reading
from data_model.records.practice import CaseAnswer, Disruption, MissingEpisode, Perpetrator
from data_model.vocabulary import (
    AgeBand,
    AgencyRisk,
    Answer,
    BlamingTerm,
    CaseKind,
    CaseStatus,
    DisabilityKind,
    Ethnicity,
    HarmCategory,
    HarmIndicator,
    Network,
    Perpetrators,
    Placement,
    Sex,
)


def _lines(kind: str) -> Any:
    """Return the relation to the lines of a case, in their order; a dropped line goes."""
    return relationship(order_by=f"{kind}.position", cascade="all, delete-orphan")


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
        CheckConstraint("(locked_at IS NULL) = (locked_by IS NULL)", name="locked_pair"),
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
    criminal_exploitation: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    perpetrators_known: Mapped[Perpetrators | None] = mapped_column(WordColumn(Perpetrators))
    perpetrator_count: Mapped[int | None]
    went_missing: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    trigger_plan: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    disrupted: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    notice_on_child: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    blaming_language: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    blaming_terms: Mapped[tuple[BlamingTerm, ...]] = mapped_column(
        WordsColumn(BlamingTerm), default=(), server_default=""
    )
    language_challenged: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    voice_recorded: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    voice_about_exploitation: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    voice_acted_on: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    child_charged: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    summary: Mapped[str | None] = mapped_column(Text)
    frame_number: Mapped[int | None]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    submitted_by: Mapped[str | None]
    locked_at: Mapped[datetime | None] = mapped_column(Instant)
    locked_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    episodes: Mapped[list[MissingEpisode]] = _lines("MissingEpisode")
    perpetrators: Mapped[list[Perpetrator]] = _lines("Perpetrator")
    disruptions: Mapped[list[Disruption]] = _lines("Disruption")
    answers: Mapped[list[CaseAnswer]] = _lines("CaseAnswer")
    findings: Mapped[list[Finding]] = relationship(order_by="Finding.theme")
    readings: Mapped[list[Reading]] = relationship(order_by="Reading.reader")
    moderations: Mapped[list[Moderation]] = relationship(order_by="Moderation.theme")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
