"""Claims: the sentences of an inspection's narrative, what each is linked to, and its answer."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_model.records.base import Instant, Record, WordColumn
from data_model.vocabulary import ClaimDirection, ClaimStanding


class Claim(Record):
    """A sentence of a published narrative; how it stands is computed and never kept.

    A Welsh text of None is not yet translated. `answer` is what the publisher wrote where the
    evidence does not bear the sentence out, and `answered_to` how it stood then: the answer holds
    as long as it stands so. A claim that was taken out keeps what it said.
    """

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("inspection", "position"),
        CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="answered_pair"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answer_is_dated"),
        CheckConstraint("(answer IS NULL) = (answered_to IS NULL)", name="answer_to_standing"),
        CheckConstraint("answer_welsh IS NULL OR answer IS NOT NULL", name="answer_in_english"),
        CheckConstraint("(taken_out_at IS NULL) = (taken_out_by IS NULL)", name="taken_out_pair"),
    )

    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_welsh: Mapped[str | None] = mapped_column(Text)
    direction: Mapped[ClaimDirection] = mapped_column(WordColumn(ClaimDirection))
    answer: Mapped[str | None] = mapped_column(Text)
    answer_welsh: Mapped[str | None] = mapped_column(Text)
    answered_to: Mapped[ClaimStanding | None] = mapped_column(WordColumn(ClaimStanding))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[str | None]
    taken_out_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_out_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    themes: Mapped[list["ClaimTheme"]] = relationship(
        order_by="ClaimTheme.theme", cascade="all, delete-orphan"
    )
    findings: Mapped[list["ClaimFinding"]] = relationship(
        order_by="ClaimFinding.finding", cascade="all, delete-orphan"
    )
    indicators: Mapped[list["ClaimIndicator"]] = relationship(
        order_by="ClaimIndicator.indicator", cascade="all, delete-orphan"
    )
    wordings: Mapped[list["ClaimWording"]] = relationship(order_by="ClaimWording.edition")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ClaimTheme(Record):
    """A theme whose findings a claim is about."""

    __tablename__ = "claim_theme"

    claim: Mapped[str] = mapped_column(ForeignKey("claim.code"), primary_key=True)
    theme: Mapped[str] = mapped_column(ForeignKey("theme.code"), primary_key=True)


class ClaimFinding(Record):
    """A finding that a claim is about, where it is not about all of its theme."""

    __tablename__ = "claim_finding"

    claim: Mapped[str] = mapped_column(ForeignKey("claim.code"), primary_key=True)
    finding: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)


class ClaimIndicator(Record):
    """An indicator of the area that a claim is about, by its code."""

    __tablename__ = "claim_indicator"

    claim: Mapped[str] = mapped_column(ForeignKey("claim.code"), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(60), primary_key=True)


class ClaimWording(Record):
    """What a claim said in one edition; `kept_because` is why words pointed out in it stand."""

    __tablename__ = "claim_wording"

    claim: Mapped[str] = mapped_column(ForeignKey("claim.code"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    text_welsh: Mapped[str | None] = mapped_column(Text)
    direction: Mapped[ClaimDirection] = mapped_column(WordColumn(ClaimDirection))
    kept_because: Mapped[str | None] = mapped_column(Text)
    worded_at: Mapped[datetime] = mapped_column(Instant)
    worded_by: Mapped[str]
