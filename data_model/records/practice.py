"""What the agencies did in a case, line by line: missing episodes, perpetrators, disruption."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from data_model.records.base import Record, WordColumn
from data_model.vocabulary import (
    AimedAt,
    Answer,
    Ethnicity,
    Interviewer,
    PoliceGrade,
    Sex,
    Tactic,
    TacticOutcome,
    Timing,
)


class MissingEpisode(Record):
    """One episode of going missing, and the return home interview after it (G.4–G.5).

    `interview_hours` are the whole hours from the child's return to the interview.
    """

    __tablename__ = "missing_episode"
    __table_args__ = (
        CheckConstraint("interview_hours IS NULL OR interview_hours >= 0", name="hours_forward"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    reported_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    reported_to_police: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    referred: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    police_grade: Mapped[PoliceGrade | None] = mapped_column(WordColumn(PoliceGrade))
    repeat: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    from_care: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    interview_offered: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    interview_accepted: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    interview_held: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    interview_timing: Mapped[Timing | None] = mapped_column(WordColumn(Timing))
    interview_hours: Mapped[int | None]
    interview_by: Mapped[Interviewer | None] = mapped_column(WordColumn(Interviewer))
    interview_independent: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
    learning_shared: Mapped[Answer | None] = mapped_column(WordColumn(Answer))


class Perpetrator(Record):
    """A known or suspected perpetrator, by what the agency recorded (recommendation 5)."""

    __tablename__ = "perpetrator"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    sex: Mapped[Sex | None] = mapped_column(WordColumn(Sex))
    ethnicity: Mapped[Ethnicity | None] = mapped_column(WordColumn(Ethnicity))
    disability: Mapped[Answer | None] = mapped_column(WordColumn(Answer))


class Disruption(Record):
    """A tactic against a suspect, an associate or a place; never against the child (I.2 25)."""

    __tablename__ = "disruption"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    tactic: Mapped[Tactic | None] = mapped_column(WordColumn(Tactic))
    aimed_at: Mapped[AimedAt | None] = mapped_column(WordColumn(AimedAt))
    used_on: Mapped[date | None]
    outcome: Mapped[TacticOutcome | None] = mapped_column(WordColumn(TacticOutcome))
    reviewed: Mapped[Answer | None] = mapped_column(WordColumn(Answer))


class CaseAnswer(Record):
    """The answer to one question of a short form (K.4), under the question's own code."""

    __tablename__ = "case_answer"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(12))
    answer: Mapped[Answer | None] = mapped_column(WordColumn(Answer))
