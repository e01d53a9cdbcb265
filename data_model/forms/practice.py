"""What a reader records of the agencies' practice, line by line."""

from datetime import date

from pydantic import Field, ValidationInfo, field_validator

from data_model.forms.base import Form
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

HOURS_EXPECTED = 72


class EpisodeForm(Form):
    """One episode of going missing; an empty field is not entered yet."""

    reported_on: date | None = Field(default=None, title="Reported missing on")
    returned_on: date | None = Field(default=None, title="Returned on")
    reported_to_police: Answer | None = Field(default=None, title="Reported to the police")
    referred: Answer | None = Field(
        default=None,
        title="Referred to the council",
        description="Episodes reported and episodes referred are two denominators (G.5 31.1).",
    )
    police_grade: PoliceGrade | None = Field(default=None, title="The police graded it")
    repeat: Answer | None = Field(default=None, title="The child had been missing before")
    from_care: Answer | None = Field(default=None, title="Missing from care")
    interview_offered: Answer | None = Field(
        default=None,
        title="Return home interview offered",
        description=(
            "England: after every episode. Wales: expected once a child has been missing "
            "three times (G.5 25)."
        ),
    )
    interview_accepted: Answer | None = Field(default=None, title="Interview accepted")
    interview_held: Answer | None = Field(default=None, title="Interview held")
    interview_timing: Timing | None = Field(
        default=None,
        title="When it was held",
        description="England expects it within 72 hours of the child's return (G.5 25).",
    )
    interview_hours: int | None = Field(
        default=None, title="Hours from return to interview, if recorded", ge=0, le=9999
    )
    interview_by: Interviewer | None = Field(default=None, title="Held by")
    interview_independent: Answer | None = Field(
        default=None, title="Independent of the child's care"
    )
    learning_shared: Answer | None = Field(default=None, title="What was learned was shared")

    @field_validator("returned_on")
    @classmethod
    def after_the_report(cls, returned: date | None, info: ValidationInfo) -> date | None:
        """A child returns on the day of the report or later."""
        reported = info.data.get("reported_on")
        if reported and returned and returned < reported:
            message = f"{returned} is before the report on {reported}; put the earlier date first"
            raise ValueError(message)
        return returned

    @field_validator("interview_hours")
    @classmethod
    def hours_fit(cls, hours: int | None, info: ValidationInfo) -> int | None:
        """Hours and the answer about the 72 hours say the same."""
        timing = info.data.get("interview_timing")
        fits = Timing.WITHIN if hours is not None and hours <= HOURS_EXPECTED else Timing.LATER
        if hours is not None and timing is not None and timing is not fits:
            message = f"{hours} hours is “{fits.english}”, not “{timing.english}”; keep one of them"
            raise ValueError(message)
        return hours


class PerpetratorForm(Form):
    """A known or suspected perpetrator as the agency recorded them; never a name."""

    sex: Sex | None = Field(default=None, title="Sex")
    ethnicity: Ethnicity | None = Field(default=None, title="Ethnicity")
    disability: Answer | None = Field(default=None, title="Disabled")


class DisruptionForm(Form):
    """A tactic against a suspect, an associate or a place."""

    tactic: Tactic | None = Field(default=None, title="Tactic")
    aimed_at: AimedAt | None = Field(
        default=None,
        title="Aimed at",
        description="A notice on the child is not a tactic: it is recorded below (I.2 25).",
    )
    used_on: date | None = Field(default=None, title="Date")
    outcome: TacticOutcome | None = Field(default=None, title="Outcome")
    reviewed: Answer | None = Field(default=None, title="Reviewed for its effect")


class AnswerForm(Form):
    """The answer to one question of a short form."""

    question: str = Field(title="Question", max_length=12)
    answer: Answer | None = Field(default=None, title="Answer")
