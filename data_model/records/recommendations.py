"""Recommendations and where each body they are addressed to stands, with every step on the way."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_model.records.base import Instant, Record, WordColumn
from data_model.records.improvement import Action, EvidenceItem, Reaudit
from data_model.vocabulary import (
    Assurance,
    Closing,
    Delivery,
    RecommendationKind,
    Response,
    SamplingMethod,
)


class Recommendation(Record):
    """Addressed to one or more bodies; justified by findings, or by a reason that says why not.

    Its wording can change until it is published (`published_on`), never afterwards; every
    wording is kept. `retest_*` name what would test it. `followed_here` is false for one
    entered from a publication whose progress nobody has recorded in this product: its state is
    then not known, which is not the same as awaiting.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        CheckConstraint("(published_at IS NULL) = (published_by IS NULL)", name="published_pair"),
        CheckConstraint("(published_at IS NULL) = (published_on IS NULL)", name="published_day"),
    )

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str]
    title_welsh: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    text_welsh: Mapped[str | None] = mapped_column(Text)
    quotation: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[RecommendationKind] = mapped_column(WordColumn(RecommendationKind))
    inspection: Mapped[str | None] = mapped_column(ForeignKey("inspection.code"), index=True)
    source: Mapped[str | None]
    paragraph: Mapped[str | None]
    reason: Mapped[str | None] = mapped_column(Text)
    made_on: Mapped[date] = mapped_column(index=True)
    published_on: Mapped[date | None]
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    published_by: Mapped[str | None]
    response_due_on: Mapped[date | None]
    retest_theme: Mapped[str | None] = mapped_column(ForeignKey("theme.code"))
    retest_criterion: Mapped[str | None] = mapped_column(String(20))
    retest_sample: Mapped[int | None]
    retest_sampling: Mapped[SamplingMethod | None] = mapped_column(WordColumn(SamplingMethod))
    retest_by: Mapped[date | None]
    followed_here: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    themes: Mapped[list["RecommendationTheme"]] = relationship(order_by="RecommendationTheme.theme")
    findings: Mapped[list["RecommendationFinding"]] = relationship()
    wordings: Mapped[list["RecommendationWording"]] = relationship(
        order_by="RecommendationWording.edition"
    )
    repeats: Mapped[list["RecommendationRepeat"]] = relationship(
        foreign_keys="RecommendationRepeat.recommendation",
        order_by="RecommendationRepeat.repeat_of",
    )
    owners: Mapped[list["RecommendationOwner"]] = relationship(
        foreign_keys="RecommendationOwner.recommendation",
        order_by="RecommendationOwner.organisation",
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class RecommendationWording(Record):
    """What a recommendation said in one edition, from the first draft to what was published."""

    __tablename__ = "recommendation_wording"

    recommendation: Mapped[str] = mapped_column(ForeignKey("recommendation.code"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    worded_at: Mapped[datetime] = mapped_column(Instant)
    worded_by: Mapped[str]


class RecommendationRepeat(Record):
    """A recommendation that asks again for what an earlier one asked: found wanting again."""

    __tablename__ = "recommendation_repeat"

    recommendation: Mapped[str] = mapped_column(ForeignKey("recommendation.code"), primary_key=True)
    repeat_of: Mapped[str] = mapped_column(
        ForeignKey("recommendation.code"), primary_key=True, index=True
    )
    linked_at: Mapped[datetime] = mapped_column(Instant)
    linked_by: Mapped[str]


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
    """One body's answer to one recommendation: three questions, three statuses, and its closing.

    `original_due_on` is set once, when the body first accepts, and never changes; `due_on` is
    the latest date promised, and `slips` counts how often it moved. `response_due_on` is the
    body's own clock: six months from publication, or from `restarted_on`, the day on which a
    later inspection found the theme not good again. `claimed_on` and `shown_on` are the days
    on which the present claim was made and its effect was shown.
    """

    __tablename__ = "recommendation_owner"
    __table_args__ = (
        UniqueConstraint("recommendation", "organisation"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_pair"),
        CheckConstraint("(closed_at IS NULL) = (closing_reason IS NULL)", name="closed_reason"),
        Index(None, "organisation", "response", "response_due_on"),
        Index(None, "organisation", "delivery", "original_due_on"),
        Index(None, "assurance", "organisation"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation: Mapped[str] = mapped_column(ForeignKey("recommendation.code"))
    organisation: Mapped[str] = mapped_column(ForeignKey("organisation.code"))
    response: Mapped[Response] = mapped_column(WordColumn(Response), default=Response.AWAITING)
    delivery: Mapped[Delivery] = mapped_column(WordColumn(Delivery), default=Delivery.NOT_STARTED)
    assurance: Mapped[Assurance] = mapped_column(WordColumn(Assurance), default=Assurance.UNTESTED)
    closing: Mapped[Closing] = mapped_column(WordColumn(Closing), default=Closing.OPEN)
    response_due_on: Mapped[date | None]
    role_named: Mapped[str | None]
    steps_planned: Mapped[str | None] = mapped_column(Text)
    original_due_on: Mapped[date | None]
    due_on: Mapped[date | None]
    slips: Mapped[int] = mapped_column(default=0)
    claimed_on: Mapped[date | None]
    shown_on: Mapped[date | None]
    restarted_on: Mapped[date | None]
    redirected_to: Mapped[str | None] = mapped_column(ForeignKey("organisation.code"))
    superseded_by: Mapped[str | None] = mapped_column(ForeignKey("recommendation.code"))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[str | None]
    closing_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    history: Mapped[list["RecommendationStep"]] = relationship(order_by="RecommendationStep.id")
    actions: Mapped[list[Action]] = relationship(order_by="Action.id")
    evidence: Mapped[list[EvidenceItem]] = relationship(order_by="EvidenceItem.id")
    reaudits: Mapped[list[Reaudit]] = relationship(order_by="Reaudit.inspection")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class RecommendationStep(Record):
    """A change of status on one axis: from what, to what, when, by whom and why.

    `text_welsh` is the Welsh of what a body wrote in response; None is not yet translated.
    """

    __tablename__ = "recommendation_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[int] = mapped_column(ForeignKey("recommendation_owner.id"), index=True)
    axis: Mapped[str] = mapped_column(String(12))
    before: Mapped[str] = mapped_column(String(40))
    after: Mapped[str] = mapped_column(String(40))
    taken_at: Mapped[datetime] = mapped_column(Instant)
    taken_by: Mapped[str]
    reason: Mapped[str | None] = mapped_column(Text)
    text_welsh: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None]
