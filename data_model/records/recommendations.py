"""Recommendations and what each body says, claims, submits, and is found to have done."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_model.records.base import Instant, Record, WordColumn
from data_model.vocabulary import Assurance, Delivery, Evidence, RecommendationKind, Response


class Recommendation(Record):
    """Addressed to one or more bodies; justified by findings, or by a reason that says why not.

    `followed_here` is false for one entered from a publication whose progress nobody has
    recorded in this product: its state is then not known, which is not the same as awaiting.
    """

    __tablename__ = "recommendation"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[RecommendationKind] = mapped_column(WordColumn(RecommendationKind))
    inspection: Mapped[str | None] = mapped_column(ForeignKey("inspection.code"), index=True)
    source: Mapped[str | None]
    paragraph: Mapped[str | None]
    reason: Mapped[str | None] = mapped_column(Text)
    made_on: Mapped[date]
    response_due_on: Mapped[date | None]
    followed_here: Mapped[bool] = mapped_column(default=True)

    themes: Mapped[list["RecommendationTheme"]] = relationship(order_by="RecommendationTheme.theme")
    findings: Mapped[list["RecommendationFinding"]] = relationship()
    owners: Mapped[list["RecommendationOwner"]] = relationship(
        order_by="RecommendationOwner.organisation"
    )


class RecommendationTheme(Record):
    """A theme a recommendation is about."""

    __tablename__ = "recommendation_theme"

    recommendation: Mapped[str] = mapped_column(ForeignKey("recommendation.code"), primary_key=True)
    theme: Mapped[str] = mapped_column(ForeignKey("theme.code"), primary_key=True)


class RecommendationFinding(Record):
    """A finding that justifies a recommendation."""

    __tablename__ = "recommendation_finding"

    recommendation: Mapped[str] = mapped_column(ForeignKey("recommendation.code"), primary_key=True)
    finding: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)


class RecommendationOwner(Record):
    """One body's answer to one recommendation: three questions, three statuses.

    `original_due_on` is set once, when the body accepts, and never changes; `due_on` is the
    latest date promised, and `slips` counts how often it moved.
    """

    __tablename__ = "recommendation_owner"
    __table_args__ = (UniqueConstraint("recommendation", "organisation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation: Mapped[str] = mapped_column(ForeignKey("recommendation.code"))
    organisation: Mapped[str] = mapped_column(ForeignKey("organisation.code"), index=True)
    response: Mapped[Response] = mapped_column(WordColumn(Response), default=Response.AWAITING)
    delivery: Mapped[Delivery] = mapped_column(WordColumn(Delivery), default=Delivery.NOT_STARTED)
    assurance: Mapped[Assurance] = mapped_column(WordColumn(Assurance), default=Assurance.UNTESTED)
    role_named: Mapped[str | None]
    steps_planned: Mapped[str | None] = mapped_column(Text)
    original_due_on: Mapped[date | None]
    due_on: Mapped[date | None]
    slips: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    history: Mapped[list["RecommendationStep"]] = relationship(order_by="RecommendationStep.id")
    actions: Mapped[list["Action"]] = relationship(order_by="Action.id")
    evidence: Mapped[list["EvidenceItem"]] = relationship(order_by="EvidenceItem.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class RecommendationStep(Record):
    """A change of status on one axis: from what, to what, when, by whom and why."""

    __tablename__ = "recommendation_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[int] = mapped_column(ForeignKey("recommendation_owner.id"), index=True)
    axis: Mapped[str] = mapped_column(String(12))
    before: Mapped[str] = mapped_column(String(40))
    after: Mapped[str] = mapped_column(String(40))
    taken_at: Mapped[datetime] = mapped_column(Instant)
    taken_by: Mapped[str]
    reason: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None]


class Action(Record):
    """A step of an owner's plan, under a named role, with its date."""

    __tablename__ = "action"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[int] = mapped_column(ForeignKey("recommendation_owner.id"), index=True)
    action: Mapped[str] = mapped_column(Text)
    owner_role: Mapped[str]
    due_on: Mapped[date]
    done_on: Mapped[date | None]


class EvidenceItem(Record):
    """Something an owner shows, on the evidence ladder E0 to E4."""

    __tablename__ = "evidence_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[int] = mapped_column(ForeignKey("recommendation_owner.id"), index=True)
    rung: Mapped[Evidence] = mapped_column(WordColumn(Evidence))
    description: Mapped[str] = mapped_column(Text)
    dated_on: Mapped[date]
    submitted_at: Mapped[datetime] = mapped_column(Instant)
    submitted_by: Mapped[str]
