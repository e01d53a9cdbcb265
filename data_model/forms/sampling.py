"""What is sent to keep a list of cases, to draw a sample from it, and to change either."""

import re
from datetime import date
from typing import Self

from pydantic import Field, field_validator, model_validator

from data_model.forms.base import Form, Several, Text
from data_model.vocabulary import Division, SamplingMethod

WHY_LENGTH = 10
SEED = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:/-]{3,79}")
SEEDED = frozenset({SamplingMethod.RANDOM, SamplingMethod.STRATIFIED})
CHOSEN = frozenset({SamplingMethod.PURPOSIVE, SamplingMethod.SELF_SELECTED})


class FrameForm(Form):
    """A list of every case that could be chosen: where it is from and what is taken of it."""

    source: str = Field(
        title="Where the list is from",
        min_length=5,
        max_length=200,
        description="Who sent it, and what it lists; never the name of a child.",
    )
    dated_on: date = Field(
        title="The list is of", description="The day it was true; ages are worked out on it."
    )
    lists: Several = Field(
        default=(),
        title="Lists of the workbook",
        description="Left empty: children of List 8 with a missing episode.",
    )
    only_missing: bool = Field(default=False, title="Only children with a missing episode")
    reason: Text = Field(default=None, title="Why the list is replaced")


class DrawForm(Form):
    """How the sample is drawn; only what the method needs is given."""

    method: SamplingMethod = Field(title="How the cases are chosen")
    size: int | None = Field(
        default=None, title="Cases in the sample", ge=1, description="How many are to be read."
    )
    reserves: int = Field(
        default=0,
        title="Cases in reserve",
        ge=0,
        le=999,
        description="Taken in their order where a case of the sample cannot be read.",
    )
    seed: Text = Field(
        default=None,
        title="Seed",
        description="The draw follows from it: whoever has it and the list can repeat the draw.",
    )
    divided_by: Division | None = Field(
        default=None,
        title="Divided by",
        description="Each group gets its share of the sample, and at least one case if it can.",
    )
    numbers: Text = Field(
        default=None, title="Numbers chosen", description="From the list, such as 3, 7, 12."
    )
    reason: Text = Field(
        default=None, title="Why", description="Needed to choose cases, and to draw again."
    )

    @field_validator("method")
    @classmethod
    def method_is_stated(cls, method: SamplingMethod) -> SamplingMethod:
        """A draw says how it was made."""
        if method is SamplingMethod.NOT_STATED:
            message = "“not stated” is no way to choose; say how the cases are chosen"
            raise ValueError(message)
        return method

    @field_validator("seed")
    @classmethod
    def seed_is_plain(cls, seed: str | None) -> str | None:
        """A seed is letters, digits and simple signs, so that it can be typed anywhere."""
        if seed is not None and not SEED.fullmatch(seed):
            message = "expected 4 to 80 letters, digits, spaces and the signs . _ : / -"
            raise ValueError(message)
        return seed

    @field_validator("numbers")
    @classmethod
    def numbers_are_numbers(cls, numbers: str | None) -> str | None:
        """Numbers stand with commas or spaces between them, each once."""
        if numbers is None:
            return None
        said = numbers.replace(",", " ").split()
        if not all(one.isascii() and one.isdigit() for one in said):
            message = f"expected whole numbers such as 3, 7, 12; it said {numbers!r}"
            raise ValueError(message)
        if len({int(one) for one in said}) < len(said):
            message = "a number stands twice; keep each once"
            raise ValueError(message)
        return numbers

    @property
    def chosen(self) -> tuple[int, ...]:
        """The numbers chosen, in the order they were given."""
        return tuple(int(one) for one in (self.numbers or "").replace(",", " ").split())

    @model_validator(mode="after")
    def fits_its_method(self) -> Self:
        """A random draw has a size and a seed, a divided one a division, a choice its numbers."""
        lacking = [
            what
            for what, needed in (
                ("its size", self.method in SEEDED and self.size is None),
                ("a seed", self.method in SEEDED and self.seed is None),
                (
                    "what it is divided by",
                    self.method is SamplingMethod.STRATIFIED and self.divided_by is None,
                ),
                ("the numbers chosen", self.method in CHOSEN and not self.chosen),
                ("why they were chosen", self.method in CHOSEN and self.too_short),
            )
            if needed
        ]
        if lacking:
            message = f"“{self.method.english}” needs {', '.join(lacking)}"
            raise ValueError(message)
        return self

    @property
    def too_short(self) -> bool:
        """Whether the reason says too little."""
        return len(self.reason or "") < WHY_LENGTH


class NumberForm(Form):
    """A case of the list that is not to be read, and why."""

    number: int = Field(title="Number in the list", ge=1)
    reason: str = Field(
        title="Why", min_length=WHY_LENGTH, description="Never anything that leads to a child."
    )
