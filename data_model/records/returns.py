"""Indicator returns: figures that agencies or publications state, each with its source."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data_model.records.base import Record, WordColumn
from data_model.vocabulary import Symbol


class Figure(Record):
    """One stated figure of one indicator for one area and period.

    `numerator` of `denominator`, or a stated `value` (up to `value_high` for a range) where
    the source gives no counts, or a `symbol` where it gives no number at all. A `breaks`
    figure is the first after a change of recording or definition. A `published` one may be
    seen by anyone, because its source is public.
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
