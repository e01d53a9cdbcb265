"""What a reader records of one case and of each theme in it."""

import re
from datetime import date
from typing import Any, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from data_model.forms.base import Form, Text
from data_model.forms.practice import AnswerForm, DisruptionForm, EpisodeForm, PerpetratorForm
from data_model.vocabulary import (
    AgeBand,
    AgencyRisk,
    Answer,
    BlamingTerm,
    CaseKind,
    DisabilityKind,
    DocumentKind,
    Ethnicity,
    HarmCategory,
    HarmIndicator,
    Network,
    NotGraded,
    Perpetrators,
    Placement,
    Sex,
)

LONGEST_TEXT = 20_000
"""Characters of one free text: some seven pages."""

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

    document: DocumentKind | None = Field(default=None, title="Kind of record")
    dated: date | None = Field(default=None, title="Its date")
    locator: Text = Field(default=None, title="Where in it", max_length=120)


def _check_grade(said: Any, *, needed: bool = False) -> None:
    """Raise ValueError when what is said of a theme contradicts itself."""
    if said.grade and said.not_graded:
        message = f"{said.theme} has a grade and a reason for having none; keep one of them"
        raise ValueError(message)
    if said.grade and not said.criterion:
        message = f"{said.theme} has a grade and no criterion; choose what it was judged against"
        raise ValueError(message)
    if needed and not (said.grade or said.not_graded):
        message = f"{said.theme} is not decided; choose a grade, or why there is none"
        raise ValueError(message)


class FindingForm(Form):
    """One theme of the case: a grade with its reason, or why there is none."""

    theme: str = Field(title="Theme")
    criterion: Text = Field(default=None, title="Criterion")
    grade: Text = Field(default=None, title="Grade")
    not_graded: NotGraded | None = Field(default=None, title="Why not graded")
    reason: Text = Field(
        default=None,
        title="Reason",
        max_length=LONGEST_TEXT,
        description="What in the file leads to this grade.",
    )
    strengths: Text = Field(default=None, title="Strengths", max_length=LONGEST_TEXT)
    weaknesses: Text = Field(default=None, title="Weaknesses", max_length=LONGEST_TEXT)
    pointers: tuple[PointerForm, ...] = Field(default=(), title="Evidence pointers")

    @model_validator(mode="after")
    def graded_or_not(self) -> Self:
        """A finding is graded or not graded, never both; a grade names its criterion."""
        _check_grade(self)
        return self


class DecisionForm(Form):
    """What the lead decides on a theme where the readings of a case differ."""

    theme: str = Field(title="Theme")
    criterion: Text = Field(default=None, title="Criterion")
    grade: Text = Field(default=None, title="Grade")
    not_graded: NotGraded | None = Field(default=None, title="Why not graded")
    reason: str = Field(
        title="Why",
        min_length=10,
        description="What in the file decides it, so that both readers can follow.",
    )

    @model_validator(mode="after")
    def decided(self) -> Self:
        """A decision is a grade under a criterion, or a reason why there is none."""
        _check_grade(self, needed=True)
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
        default=None,
        title="Why “at risk” is right although signs of harm are recorded",
        max_length=LONGEST_TEXT,
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
    meets_definition: Answer | None = Field(
        default=None,
        title="Meets the definition",
        description=(
            "A child was controlled, coerced, manipulated or deceived into sexual activity, "
            "whether or not anything was exchanged (L.1 10; recommendation 3)."
        ),
    )
    criminal_exploitation: Answer | None = Field(
        default=None,
        title="Also flagged as criminal exploitation",
        description="A flag of its own, never in place of sexual exploitation (C.2 19).",
    )
    perpetrators_known: Perpetrators | None = Field(
        default=None,
        title="Perpetrators",
        description="Whether the file says who exploited the child (recommendation 5).",
    )
    perpetrator_count: int | None = Field(
        default=None, title="How many are known or suspected", ge=1, le=999
    )
    perpetrators: tuple[PerpetratorForm, ...] = Field(default=(), title="Each perpetrator")
    went_missing: Answer | None = Field(
        default=None, title="Went missing in the period of practice"
    )
    trigger_plan: Answer | None = Field(
        default=None,
        title="There was a trigger plan",
        description="What to do when the child is next missing (G.4 15).",
    )
    episodes: tuple[EpisodeForm, ...] = Field(default=(), title="Missing episodes")
    disrupted: Answer | None = Field(default=None, title="Disruption was tried")
    disruptions: tuple[DisruptionForm, ...] = Field(default=(), title="Disruption")
    notice_on_child: Answer | None = Field(
        default=None,
        title="A notice or order was used against the child",
        description="A warning notice aimed at a victim is a finding, not a tactic (I.2 25).",
    )
    blaming_language: Answer | None = Field(
        default=None, title="Language in the file blames the child", description="E.3."
    )
    blaming_terms: tuple[BlamingTerm, ...] = Field(default=(), title="Terms seen")
    language_challenged: Answer | None = Field(default=None, title="Somebody challenged it")
    voice_recorded: Answer | None = Field(
        default=None, title="The child's own words or views are recorded", description="E.4."
    )
    voice_about_exploitation: Answer | None = Field(
        default=None, title="They are about the exploitation"
    )
    voice_acted_on: Answer | None = Field(default=None, title="They were acted on")
    child_charged: Answer | None = Field(
        default=None,
        title="The child was charged with an offence linked to the exploitation",
        description="E.2.",
    )
    summary: Text = Field(default=None, title="Summary of the case", max_length=LONGEST_TEXT)
    answers: tuple[AnswerForm, ...] = Field(default=(), title="Questions")
    findings: tuple[FindingForm, ...] = Field(default=(), title="Findings")

    @field_validator("practice_to")
    @classmethod
    def runs_forwards(cls, until: date | None, info: ValidationInfo) -> date | None:
        """The period of practice runs forwards."""
        since = info.data.get("practice_from")
        if since and until and until < since:
            message = f"{until} is before practice read from {since}; put the earlier date first"
            raise ValueError(message)
        return until

    @model_validator(mode="after")
    def one_finding_a_theme(self) -> Self:
        """Each theme stands once."""
        themes = [finding.theme for finding in self.findings]
        repeated = sorted({theme for theme in themes if themes.count(theme) > 1})
        if repeated:
            message = f"{', '.join(repeated)} has more than one finding; keep one a theme"
            raise ValueError(message)
        return self
