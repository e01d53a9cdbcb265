"""What a reader records of one case and of each theme in it."""

import re
from datetime import date
from typing import Self

from pydantic import Field, model_validator

from data_model.forms.base import Form, Text
from data_model.vocabulary import (
    AgeBand,
    AgencyRisk,
    Answer,
    CaseKind,
    DisabilityKind,
    DocumentKind,
    Ethnicity,
    HarmCategory,
    HarmIndicator,
    Network,
    NotGraded,
    Placement,
    Sex,
)

BIRTH_DATE = re.compile(r"\d{1,4}[./ -]\d{1,2}[./ -]\d{1,4}|\d{6,}")
WORD_LIKE_A_NAME = re.compile(r"[A-Za-z][a-z]{2,}|\s")


def reference_problem(reference: str, inspection: str) -> str | None:
    """Return what is wrong with a pseudonymous reference, or None.

    A reference is the inspection's own prefix, a dash, at most one letter and at most four
    digits (`ALD-C07` in inspection `ALD-2025-JTAI`): there is no room in it for a name, a
    date of birth or an agency's system number.
    """
    prefix = inspection.split("-")[0]
    expected = f"a reference made up for this inspection, such as {prefix}-C07"
    if BIRTH_DATE.search(reference):
        return f"{reference!r} looks like a date of birth or a system number; expected {expected}"
    if WORD_LIKE_A_NAME.search(reference):
        return f"{reference!r} looks like a name; expected {expected}"
    if reference in inspection:
        return f"{reference!r} is part of the inspection's own code; expected {expected}"
    if not re.fullmatch(rf"{re.escape(prefix)}-[A-Z]?[0-9]{{1,4}}", reference):
        return f"{reference!r} is not {expected}"
    return None


class PointerForm(Form):
    """Which record supports a finding; never a name."""

    document: DocumentKind = Field(title="Kind of record")
    dated: date | None = Field(default=None, title="Its date")
    locator: Text = Field(default=None, title="Where in it", max_length=120)


class FindingForm(Form):
    """One theme of the case: a grade with its reason, or why there is none."""

    theme: str = Field(title="Theme")
    criterion: Text = Field(default=None, title="Criterion")
    grade: Text = Field(default=None, title="Grade")
    not_graded: NotGraded | None = Field(default=None, title="Why not graded")
    reason: Text = Field(
        default=None, title="Reason", description="What in the file leads to this grade."
    )
    strengths: Text = Field(default=None, title="Strengths")
    weaknesses: Text = Field(default=None, title="Weaknesses")
    pointers: tuple[PointerForm, ...] = Field(default=(), title="Evidence pointers")

    @model_validator(mode="after")
    def graded_or_not(self) -> Self:
        """A finding is graded or not graded, never both; a grade names its criterion."""
        if self.grade and self.not_graded:
            message = f"{self.theme} has a grade and a reason for having none; keep one of them"
            raise ValueError(message)
        if self.grade and not self.criterion:
            message = (
                f"{self.theme} has a grade and no criterion; choose what it was judged against"
            )
            raise ValueError(message)
        return self


class CaseForm(Form):
    """A case file as the reader has it so far; an empty field is not entered yet."""

    reference: str = Field(
        title="Reference",
        max_length=40,
        description="Made up for this inspection: no name, date of birth or system number.",
    )
    kind: CaseKind = Field(title="Kind of case")
    lead_agency: Text = Field(default=None, title="Lead agency")
    practice_from: date | None = Field(default=None, title="Practice read from")
    practice_to: date | None = Field(default=None, title="Practice read to")
    age_band: AgeBand | None = Field(
        default=None, title="Age", description="When the period of practice began."
    )
    sex: Sex | None = Field(default=None, title="Sex")
    ethnicity: Ethnicity | None = Field(
        default=None,
        title="Ethnicity",
        description="As the agency recorded it. If it did not, say so: that is a finding (H.4).",
    )
    disability: Answer | None = Field(default=None, title="Disabled")
    disability_kinds: tuple[DisabilityKind, ...] = Field(default=(), title="Kinds of disability")
    in_care: Answer | None = Field(default=None, title="In care")
    placement: Placement | None = Field(default=None, title="Where the child lives")
    harm_category: HarmCategory | None = Field(
        default=None,
        title="Risk and harm",
        description="Your reading of the file, not the agency's label (recommendation 4).",
    )
    harm_indicators: tuple[HarmIndicator, ...] = Field(
        default=(),
        title="Signs in the file that harm has happened",
        description="Signs of harm are never merely risk (F.3 12 to 14).",
    )
    harm_confirmed_reason: Text = Field(
        default=None, title="Why “at risk” is right although signs of harm are recorded"
    )
    agency_risk: AgencyRisk | None = Field(
        default=None, title="What the agency wrote", description="Its own label, as it stands."
    )
    agency_risk_number: int | None = Field(default=None, title="The agency's number", ge=0, le=999)
    network: Network | None = Field(
        default=None,
        title="Network",
        description="Two or more connected individuals (C.3 21).",
    )
    flagged: Answer | None = Field(default=None, title="Flagged as exploitation on the system")
    meets_definition: Answer | None = Field(default=None, title="Meets the definition")
    summary: Text = Field(default=None, title="Summary of the case")
    findings: tuple[FindingForm, ...] = Field(default=(), title="Findings")

    @model_validator(mode="after")
    def in_order(self) -> Self:
        """The period of practice runs forwards, and each theme stands once."""
        if self.practice_from and self.practice_to and self.practice_to < self.practice_from:
            message = (
                f"practice read to {self.practice_to} is before practice read from "
                f"{self.practice_from}; put the earlier date first"
            )
            raise ValueError(message)
        themes = [finding.theme for finding in self.findings]
        repeated = sorted({theme for theme in themes if themes.count(theme) > 1})
        if repeated:
            message = f"{', '.join(repeated)} has more than one finding; keep one a theme"
            raise ValueError(message)
        return self
