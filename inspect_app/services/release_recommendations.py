"""What a body wrote in response to a recommendation, in full, as a release prints it."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypedDict, TypeVar

from data_model.vocabulary import Response
from inspect_app.services.recommendation_values import OwnerValue
from inspect_app.workflow import Axis


class Step(Protocol):
    """A change of status, as it is kept or as a value."""

    @property
    def axis(self) -> str: ...
    @property
    def after(self) -> str: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def due_on(self) -> date | None: ...


AWAITED = frozenset({str(Response.AWAITING), Response.AWAITING.english})
StepType = TypeVar("StepType", bound=Step)


class Responded(TypedDict, total=False):
    """The day of a body's response, its own words, and their Welsh."""

    responded_on: date
    response_text: str | None
    response_text_welsh: str | None


def latest_response(history: Sequence[StepType]) -> StepType | None:
    """Return the step with which a body responded last, if it has.

    That a response is awaited again, because practice was found not good again, is none.
    """
    steps = [s for s in history if s.axis == Axis.RESPONSE and s.after not in AWAITED]
    return steps[-1] if steps else None


def response_text(step: Step, steps_planned: str | None) -> str | None:
    """Return what a body wrote: why it does not accept wholly, then the steps that it named."""
    planned = steps_planned if step.due_on else None
    said = dict.fromkeys(text for text in (step.reason, planned) if text)
    return "\n\n".join(said) or None


def responded(owner: OwnerValue) -> Responded:
    """Return a body's latest response as it wrote it; nothing where it has not responded."""
    step = latest_response(owner.history)
    if step is None:
        return {}
    return {
        "responded_on": step.at.date(),
        "response_text": response_text(step, owner.steps_planned),
        "response_text_welsh": step.text_welsh,
    }
