"""What is sent to write a recommendation, and to answer, act on, evidence or judge one."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from data_model.forms.base import Form, Several, Text, once_each
from data_model.vocabulary import Evidence, NoteKind, RecommendationKind, SamplingMethod

Findings = Annotated[tuple[int, ...], AfterValidator(once_each)]


class WordingForm(Form):
    """What a recommendation says; it can change until it is published."""

    title: str = Field(title="Title", min_length=5)
    text: str = Field(title="Wording", min_length=10)


class RecommendationForm(WordingForm):
    """A recommendation hangs on findings, or on a reason that says why it has none."""

    code: str = Field(title="Code", min_length=3, max_length=60)
    kind: RecommendationKind = Field(default=RecommendationKind.RECOMMENDATION, title="Kind")
    inspection: str = Field(title="Inspection")
    themes: Several = Field(title="Themes", min_length=1)
    bodies: Several = Field(title="Addressed to", min_length=1)
    findings: Findings = Field(default=(), title="Findings that justify it")
    reason: Text = Field(
        default=None,
        title="Reason",
        description="Needed where no finding of this inspection justifies it.",
    )
    made_on: date = Field(title="Made on")
    response_due_on: date | None = Field(
        default=None,
        title="Response due on",
        description="Leave empty for six months after publication.",
    )

    @model_validator(mode="after")
    def justified(self) -> Self:
        """There is a finding or a reason, and the response is due after it was made."""
        if not self.findings and not self.reason:
            message = (
                f"{self.code} hangs on no finding and gives no reason; "
                "choose the findings that justify it, or write why it needs none"
            )
            raise ValueError(message)
        if self.response_due_on and self.response_due_on < self.made_on:
            message = (
                f"a response due on {self.response_due_on} is before it was made, {self.made_on}"
            )
            raise ValueError(message)
        return self


class PublishForm(Form):
    """The day on which a draft is published."""

    published_on: date = Field(title="Published on")


class EnteredForm(WordingForm):
    """A recommendation that stands in a publication, entered with its quotation."""

    code: str = Field(title="Code", min_length=3, max_length=60)
    kind: RecommendationKind = Field(default=RecommendationKind.RECOMMENDATION, title="Kind")
    inspection: Text = Field(
        default=None, title="Inspection", description="If it comes from one that is recorded here."
    )
    themes: Several = Field(title="Themes", min_length=1)
    bodies: Several = Field(title="Addressed to", min_length=1)
    source: str = Field(title="Publication", min_length=5)
    paragraph: Text = Field(default=None, title="Page or paragraph")
    quotation: str = Field(
        title="Quotation", min_length=10, description="Its own words, as they are published."
    )
    published_on: date = Field(title="Published on")
    response_due_on: date | None = Field(
        default=None,
        title="Response due on",
        description="Leave empty for six months after publication.",
    )
    followed_here: bool = Field(
        default=True,
        title="Followed here",
        description="Its bodies answer in this product; otherwise its state is not known here.",
    )

    @model_validator(mode="after")
    def in_order(self) -> Self:
        """The response is due after publication."""
        if self.response_due_on and self.response_due_on < self.published_on:
            message = (
                f"a response due on {self.response_due_on} is before its publication, "
                f"{self.published_on}"
            )
            raise ValueError(message)
        return self


class RegisterForm(Form):
    """What has to be known about a published register before its rows are taken in."""

    name: str = Field(title="Name of the register", min_length=3, max_length=200)
    source: str = Field(
        title="Publication", min_length=5, description="Its title, with its address."
    )
    dated_on: date = Field(
        title="Its date", description="It stands for the day of a row that gives none."
    )
    themes: Several = Field(
        title="Themes", min_length=1, description="For rows whose own theme is none of ours."
    )
    days_to_answer: int | None = Field(
        default=None, title="Days to answer", ge=1, le=3650, description="If not six months."
    )
    wording: Text = Field(
        default=None,
        title="What every row asks",
        description="If the register has no column that says it.",
    )


class RetestForm(Form):
    """What would test a recommendation: a theme, perhaps a criterion, a sample, and by when."""

    theme: str = Field(title="Theme")
    criterion: Text = Field(default=None, title="Criterion")
    sample: int = Field(title="Cases to read", ge=1, le=10_000)
    sampling: SamplingMethod = Field(title="How they are chosen")
    by: date = Field(title="By when")


class ReauditForm(Form):
    """Which inspection tests one body's answer, and on which theme."""

    inspection: str = Field(title="Inspection")
    theme: str = Field(title="Theme")


class StepForm(Form):
    """A move on one of the axes; `other` names the body or the recommendation it points to."""

    to: str = Field(title="New status")
    reason: Text = Field(default=None, title="Reason")
    steps: Text = Field(default=None, title="Steps", description="What will be done.")
    role_named: Text = Field(default=None, title="Responsible role")
    due_on: date | None = Field(default=None, title="Date")
    other: Text = Field(default=None, title="To whom, or by what")


class ActionForm(Form):
    """A step of the owner's plan, and what it is meant to move."""

    action: str = Field(title="Action", min_length=5)
    owner_role: str = Field(title="Responsible role", min_length=3)
    starts_on: date | None = Field(default=None, title="Starts on")
    due_on: date = Field(title="Date")
    done_on: date | None = Field(default=None, title="Done on")
    theme: Text = Field(default=None, title="Theme it is meant to move")
    indicator: Text = Field(default=None, title="Indicator it is meant to move")
    by_how_much: Text = Field(
        default=None, title="By how much", description="Such as: from 40 % to 80 % in a year."
    )

    @model_validator(mode="after")
    def in_order(self) -> Self:
        """It starts before it is due."""
        if self.starts_on and self.starts_on > self.due_on:
            message = f"an action that starts on {self.starts_on} cannot be due on {self.due_on}"
            raise ValueError(message)
        return self


class ProgressForm(Form):
    """How an action stands now: done, or put back with a reason."""

    due_on: date = Field(title="Date")
    done_on: date | None = Field(default=None, title="Done on")
    reason: Text = Field(
        default=None, title="Reason", description="Needed where the date is put back."
    )


class MilestoneForm(Form):
    """A point on the way to an action's end."""

    title: str = Field(title="Milestone", min_length=3)
    due_on: date = Field(title="Date")
    done_on: date | None = Field(default=None, title="Reached on")


class NoteForm(Form):
    """What is noted about an action."""

    kind: NoteKind = Field(title="What it is about")
    text: str = Field(title="Note", min_length=3)


class EvidenceForm(Form):
    """Something that shows what was done, on the evidence ladder."""

    rung: Evidence = Field(title="Kind of evidence")
    description: str = Field(title="What it is", min_length=5)
    dated_on: date = Field(title="Its date")
    gathered_by: Text = Field(
        default=None,
        title="Gathered by",
        description="The body that gathered it; an outcome (E4) needs one that is not the owner.",
    )
    pointer: Text = Field(
        default=None, title="Where it is", description="A file reference or an address."
    )
    reaudit: Text = Field(
        default=None,
        title="Re-audit",
        description="The inspection whose sampled cases show it (E3).",
    )
