"""Indicator returns: figures that agencies or publications state, each with its source."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_model.records.base import Instant, Record, WordColumn
from data_model.vocabulary import ReturnStatus, Symbol


class Return(Record):
    """One body's figures for an area and a quarter, from the file it sent to their approval.

    `quarter` is written 2026-Q2, a quarter of the calendar year. What an earlier file said stays
    among `figures`, superseded.
    """

    __tablename__ = "agency_return"
    __table_args__ = (
        UniqueConstraint("area_code", "quarter", "organisation"),
        CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="approved_pair"),
        CheckConstraint("(published_at IS NULL) = (published_by IS NULL)", name="published_pair"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    quarter: Mapped[str] = mapped_column(String(7))
    organisation: Mapped[str] = mapped_column(ForeignKey("organisation.code"))
    status: Mapped[ReturnStatus] = mapped_column(
        WordColumn(ReturnStatus), default=ReturnStatus.ENTERED
    )
    file_hash: Mapped[str] = mapped_column(String(64))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    entered_by: Mapped[str]
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by: Mapped[str | None]
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    published_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    figures: Mapped[list["Figure"]] = relationship(order_by="Figure.id")
    explanations: Mapped[list["ReturnExplanation"]] = relationship(order_by="ReturnExplanation.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ReturnExplanation(Record):
    """What a body wrote about something found in its return; the newest of a check holds."""

    __tablename__ = "return_explanation"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_return: Mapped[int] = mapped_column(ForeignKey("agency_return.id"), index=True)
    found: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text)
    explained_at: Mapped[datetime] = mapped_column(Instant)
    explained_by: Mapped[str]


class Figure(Record):
    """One stated figure of one indicator for one area and period.

    `numerator` of `denominator`, or a stated `value` (up to `value_high` for a range) where
    the source gives no counts, or a `symbol` where it gives no number at all. A `breaks`
    figure is the first after a change of recording or definition. A `published` one may be
    seen by anyone, because its source is public. One of a return counts once that is approved;
    `breakdown` and `category` are set where it is a part of the whole, and `superseded_at` once
    a later file or release said otherwise.
    """

    __tablename__ = "figure"
    __table_args__ = (
        CheckConstraint(
            "numerator IS NOT NULL OR value IS NOT NULL OR symbol IS NOT NULL",
            name="says_something",
        ),
        CheckConstraint(
            "period_start IS NULL OR period_end >= period_start", name="period_in_order"
        ),
        CheckConstraint("(breakdown IS NULL) = (category IS NULL)", name="part_of_a_whole"),
        CheckConstraint(
            "(superseded_at IS NULL) = (superseded_by IS NULL)", name="superseded_pair"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator: Mapped[str] = mapped_column(String(60), index=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]
    period_label: Mapped[str]
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    value: Mapped[float | None]
    value_high: Mapped[float | None]
    comparator: Mapped[str | None]
    symbol: Mapped[Symbol | None] = mapped_column(WordColumn(Symbol))
    whole_force: Mapped[bool] = mapped_column(default=False)
    published: Mapped[bool] = mapped_column(default=False)
    breaks: Mapped[bool] = mapped_column(default=False)
    subject: Mapped[str | None]
    quotation: Mapped[str | None] = mapped_column(Text)
    paragraph: Mapped[str | None]
    evidence_id: Mapped[str | None]
    source: Mapped[str]
    note: Mapped[str | None] = mapped_column(Text)
    agency_return: Mapped[int | None] = mapped_column(ForeignKey("agency_return.id"), index=True)
    breakdown: Mapped[str | None] = mapped_column(String(40))
    category: Mapped[str | None] = mapped_column(String(60))
    superseded_at: Mapped[datetime | None] = mapped_column(Instant)
    superseded_by: Mapped[str | None]
