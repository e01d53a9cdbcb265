"""What is sent to write a recommendation, and to answer, act on, evidence or judge one."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from data_model.forms.base import Form, Several, Text, once_each
from data_model.vocabulary import Evidence, RecommendationKind

Findings = Annotated[tuple[int, ...], AfterValidator(once_each)]


class RecommendationForm(Form):
    """A recommendation hangs on findings, or on a reason that says why it has none."""

    code: str = Field(title="Code", min_length=3, max_length=60)
    title: str = Field(title="Title", min_length=5)
    text: str = Field(title="Wording", min_length=10)
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
        description="Six months after publication, or sooner.",
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


class StepForm(Form):
    """A move on one of the three axes."""

    to: str = Field(title="New status")
    reason: Text = Field(default=None, title="Reason")
    steps: Text = Field(default=None, title="Steps", description="What will be done.")
    role_named: Text = Field(default=None, title="Responsible role")
    due_on: date | None = Field(default=None, title="Date")


class ActionForm(Form):
    """A step of the owner's plan."""

    action: str = Field(title="Action", min_length=5)
    owner_role: str = Field(title="Responsible role", min_length=3)
    due_on: date = Field(title="Date")
    done_on: date | None = Field(default=None, title="Done on")


class EvidenceForm(Form):
    """Something that shows what was done, on the evidence ladder."""

    rung: Evidence = Field(title="Kind of evidence")
    description: str = Field(title="What it is", min_length=5)
    dated_on: date = Field(title="Its date")
