"""The list cases are chosen from, how they were drawn from it, and who was exchanged and why."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_model.records.base import Instant, Record, WordColumn
from data_model.vocabulary import (
    AgeBand,
    Answer,
    Division,
    DrawPlace,
    Ethnicity,
    FrameKind,
    SamplingMethod,
    Sex,
)


class Frame(Record):
    """The list of every case that could be chosen, as the inspected body sent it.

    Names, dates of birth and identifiers are dropped before anything is kept; `dropped` says
    which columns. An entry leads back to the body's own list by its sheet and row alone, and
    `file_hash` says which file that was.
    """

    __tablename__ = "frame"

    inspection: Mapped[str] = mapped_column(ForeignKey("inspection.code"), primary_key=True)
    kind: Mapped[FrameKind] = mapped_column(WordColumn(FrameKind))
    source: Mapped[str]
    dated_on: Mapped[date]
    file_hash: Mapped[str | None] = mapped_column(String(64))
    dropped: Mapped[str | None] = mapped_column(Text)
    listed_at: Mapped[datetime] = mapped_column(Instant)
    listed_by: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)

    entries: Mapped[list["FrameEntry"]] = relationship(order_by="FrameEntry.number")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class FrameEntry(Record):
    """One case of the list, by its number there; an empty column is not in the body's list."""

    __tablename__ = "frame_entry"

    inspection: Mapped[str] = mapped_column(ForeignKey("frame.inspection"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sheet: Mapped[str | None]
    row: Mapped[int | None]
    age_band: Mapped[AgeBand | None] = mapped_column(WordColumn(AgeBand))
    sex: Mapped[Sex | None] = mapped_column(WordColumn(Sex))
    ethnicity: Mapped[Ethnicity | None] = mapped_column(WordColumn(Ethnicity))
    disability: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    in_care: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    episodes: Mapped[int | None]
    excluded_because: Mapped[str | None] = mapped_column(Text)


class FrameEpisode(Record):
    """One missing episode of a case of the list, as the body's extract has it.

    It fills the case that is begun from the list in; an empty column is not in the extract.
    """

    __tablename__ = "frame_episode"
    __table_args__ = (
        ForeignKeyConstraint(
            ["inspection", "number"], ["frame_entry.inspection", "frame_entry.number"]
        ),
    )

    inspection: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    reported_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    interview_offered: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    interview_accepted: Mapped[Answer | None] = mapped_column(WordColumn(Answer))


class Draw(Record):
    """One draw: the method, the seed and the sizes from which anybody can repeat it."""

    __tablename__ = "draw"
    __table_args__ = (CheckConstraint("size >= 0 AND reserves >= 0", name="sizes"),)

    inspection: Mapped[str] = mapped_column(ForeignKey("frame.inspection"), primary_key=True)
    method: Mapped[SamplingMethod] = mapped_column(WordColumn(SamplingMethod))
    divided_by: Mapped[Division | None] = mapped_column(WordColumn(Division))
    seed: Mapped[str | None] = mapped_column(String(80))
    size: Mapped[int]
    reserves: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)
    drawn_at: Mapped[datetime] = mapped_column(Instant)
    drawn_by: Mapped[str]

    cases: Mapped[list["DrawnCase"]] = relationship(order_by="DrawnCase.position")


class DrawnCase(Record):
    """A case of the sample or in reserve; one that was exchanged says by whom and why."""

    __tablename__ = "drawn_case"
    __table_args__ = (
        ForeignKeyConstraint(
            ["inspection", "number"], ["frame_entry.inspection", "frame_entry.number"]
        ),
        CheckConstraint("(replaced_at IS NULL) = (replaced_by IS NULL)", name="replaced_pair"),
    )

    inspection: Mapped[str] = mapped_column(ForeignKey("draw.inspection"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    place: Mapped[DrawPlace] = mapped_column(WordColumn(DrawPlace))
    stratum: Mapped[str | None]
    replaced_at: Mapped[datetime | None] = mapped_column(Instant)
    replaced_by: Mapped[str | None]
    replaced_because: Mapped[str | None] = mapped_column(Text)
    stands_in_for: Mapped[int | None]
