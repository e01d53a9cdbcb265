"""What a board sends: a decision or an action about a figure, and what came of it."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from data_model.forms.base import Form, Text


class BoardDecisionForm(Form):
    """A decision; with a responsible role and a date it is an action."""

    text: str = Field(title="What the board decided", min_length=10)
    role_named: Text = Field(default=None, title="Responsible role")
    due_on: date | None = Field(default=None, title="By when")

    @model_validator(mode="after")
    def whole(self) -> Self:
        """An action has both a role and a date."""
        if (self.role_named is None) != (self.due_on is None):
            message = "an action has a responsible role and a date; a decision has neither"
            raise ValueError(message)
        return self


class OutcomeForm(Form):
    """What came of a decision."""

    outcome: str = Field(title="What came of it", min_length=5)
