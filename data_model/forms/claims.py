"""What is sent to write a claim, to answer for one, or to give a text in Welsh."""

from typing import Annotated

from pydantic import AfterValidator, Field

from data_model.forms.base import Form, Several, Text, once_each
from data_model.vocabulary import ClaimDirection

KEPT = Field(
    default=None,
    title="Why words that are pointed out stand",
    description="Needed where words that blame a child or could identify somebody are to stay.",
)


class ClaimForm(Form):
    """A sentence of the narrative, what it says of practice, and what it is linked to."""

    text: str = Field(
        title="Sentence",
        min_length=10,
        max_length=1000,
        description="One thing that was found, as it will be published; never about one child.",
    )
    text_welsh: Text = Field(
        default=None, title="Sentence in Welsh", description="Empty: not yet translated."
    )
    direction: ClaimDirection = Field(title="Says of practice")
    themes: Several = Field(
        default=(), title="Themes", description="Whose findings this sentence rests on."
    )
    findings: Annotated[tuple[int, ...], AfterValidator(once_each)] = Field(
        default=(),
        title="Chosen findings",
        description="Only where it is about fewer than all cases of a theme.",
    )
    indicators: Several = Field(
        default=(),
        title="Indicators of the area",
        description=(
            "They bear a sentence out by a change beyond chance, or against a target that a "
            "source states."
        ),
    )
    kept_because: Text = KEPT


class ClaimAnswerForm(Form):
    """Why a sentence is published although the evidence does not bear it out."""

    answer: str = Field(
        title="Answer",
        min_length=10,
        max_length=1000,
        description="Printed beside the sentence: why it is published as it stands.",
    )
    answer_welsh: Text = Field(
        default=None, title="Answer in Welsh", description="Empty: not yet translated."
    )
    kept_because: Text = KEPT


class WelshForm(Form):
    """A text in Welsh; left empty it is not yet translated."""

    welsh: Text = Field(default=None, title="In Welsh")
    kept_because: Text = KEPT
