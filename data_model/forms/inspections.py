"""What is sent to start an inspection, or to enter an evidence base published elsewhere."""

import re
from datetime import date
from itertools import pairwise
from typing import Self

from pydantic import Field, field_validator, model_validator

from data_model.forms.base import Form, Several, Text
from data_model.vocabulary import Basis, CaseKind, InspectionKind, SamplingMethod

CODE = re.compile(r"[A-Z]{2,12}(-[A-Z0-9]{1,12}){1,4}")


class PublishedGradeForm(Form):
    """A published count under one grade, several that were not split, or none that was stated."""

    grades: Several = Field(default=(), title="Grades")
    cases: int = Field(title="Cases", ge=0)


class PublishedEvidenceForm(Form):
    """How many cases of one kind a publication says were read, and how they were graded."""

    case_kind: CaseKind = Field(title="Kind of case")
    theme: Text = Field(default=None, title="Theme")
    cases_read: int | None = Field(
        default=None, title="Cases read", ge=0, description="Leave empty if it is not published."
    )
    grades: tuple[PublishedGradeForm, ...] = Field(default=(), title="Counts by grade")
    quotation: Text = Field(default=None, title="Quotation")
    paragraph: Text = Field(default=None, title="Paragraph")
    evidence_id: Text = Field(default=None, title="Evidence reference")
    note: Text = Field(default=None, title="Note")

    @property
    def basis(self) -> Basis:
        """What kind of evidence base these counts are; a split is never invented."""
        if not self.grades:
            return Basis.PUBLISHED_WITHOUT_GRADES
        whole = all(len(count.grades) == 1 for count in self.grades)
        return Basis.PUBLISHED_COUNTS if whole else Basis.PUBLISHED_UNSPLIT

    @model_validator(mode="after")
    def adds_up(self) -> Self:
        """Graded cases are never more than the cases read."""
        graded = sum(count.cases for count in self.grades)
        if self.cases_read is not None and graded > self.cases_read:
            message = (
                f"{graded} graded cases are more than the {self.cases_read} read; "
                "check both numbers against the publication"
            )
            raise ValueError(message)
        return self


class InspectionForm(Form):
    """An inspection: who reads whose practice, where, about what, and how cases are chosen."""

    code: str = Field(
        title="Code",
        max_length=60,
        description="Short and in capitals, such as ALD-2026-AUDIT; case references begin like it.",
    )
    title: str = Field(title="Title", min_length=5)
    kind: InspectionKind = Field(title="Kind")
    framework: str = Field(title="Framework")
    scale: str = Field(title="Scale of grades")
    areas: Several = Field(title="Areas", min_length=1)
    inspecting: Several = Field(title="Inspecting bodies", min_length=1)
    inspected: Several = Field(title="Inspected bodies", min_length=1)
    themes: Several = Field(default=(), title="Themes in scope")
    started_on: date | None = Field(default=None, title="Started on")
    ended_on: date | None = Field(default=None, title="Ended on")
    period_label: Text = Field(default=None, title="Period in words")
    published_on: date | None = Field(default=None, title="Published on")
    sampling: SamplingMethod = Field(
        default=SamplingMethod.NOT_STATED, title="How cases were chosen"
    )
    cases_available: int | None = Field(
        default=None,
        title="Cases available",
        ge=0,
        description="How many cases could have been chosen.",
    )
    second_read_percent: int = Field(
        default=20,
        title="Share read twice, in percent",
        ge=0,
        le=100,
        description=(
            "Of cases without the lowest grade; those with it are all read twice. Readers do not "
            "see the share: with none, waiting would say what the first reader found."
        ),
    )
    source: Text = Field(default=None, title="Source")
    summary: Text = Field(
        default=None,
        title="Summary of findings",
        description="Published with the counts; say what was found, never about one child.",
    )
    note: Text = Field(default=None, title="Note")
    readers: Several = Field(default=(), title="Other readers")
    published: tuple[PublishedEvidenceForm, ...] = Field(
        default=(), title="Evidence base as published"
    )

    @field_validator("code")
    @classmethod
    def code_is_short(cls, code: str) -> str:
        """A code is capitals, digits and dashes, and begins with letters."""
        if not CODE.fullmatch(code):
            message = (
                f"{code!r} is not a code; expected capitals, digits and dashes like ALD-2026-AUDIT"
            )
            raise ValueError(message)
        return code

    @model_validator(mode="after")
    def dates_in_order(self) -> Self:
        """An inspection ends after it starts and is published after it ends."""
        dates = [
            (title, day)
            for title, day in (
                ("started on", self.started_on),
                ("ended on", self.ended_on),
                ("published on", self.published_on),
            )
            if day
        ]
        for (earlier, first), (later, second) in pairwise(dates):
            if second < first:
                message = f"{later} {second} is before {earlier} {first}; put the dates in order"
                raise ValueError(message)
        return self
