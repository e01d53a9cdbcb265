"""What a partnership's board writes: answers to what checks found, decisions about a figure."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data_model.records.base import Instant, Record


class CheckAnswer(Record):
    """An answer in writing to something that a check found; the newest of a `found` stands.

    `found` is the key of what was found: another once its figures are of another period.
    """

    __tablename__ = "check_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    check_code: Mapped[str] = mapped_column(String(60))
    found: Mapped[str] = mapped_column(String(64), index=True)
    text: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(Instant)
    answered_by: Mapped[str]


class BoardDecision(Record):
    """A decision or an action that a board took for its area in a quarter.

    `indicator` holds what it is about: an indicator's code, a check's, or a recommendation's.
    """

    __tablename__ = "board_decision"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done_pair"),
        CheckConstraint("(role_named IS NULL) = (due_on IS NULL)", name="action_has_both"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    quarter: Mapped[str] = mapped_column(String(7))
    indicator: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    role_named: Mapped[str | None]
    due_on: Mapped[date | None]
    decided_at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[str]
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[str | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
