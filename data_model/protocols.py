"""What each kind of exercise records of a case: its sections, its questions, how often.

Declared as data: the form, the checks before a submission and the workbook read it. A section
that a kind of case does not need is neither shown nor asked for; what was entered in it stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from data_model.shipped import rows
from data_model.vocabulary import (
    AgencyRisk,
    Answer,
    CaseKind,
    InspectionKind,
    Perpetrators,
    Word,
)


class Section(Word):
    """A part of the case form, in the order in which a file is read."""

    FILE = "file", "The file", "Y ffeil"
    CHILD = "child", "The child", "Y plentyn"
    HARM = "harm", "Risk and harm", "Risg a niwed"
    NETWORK = "network", "Network and flags", "Rhwydwaith a baneri"
    PERPETRATORS = "perpetrators", "Perpetrators", "Cyflawnwyr"
    MISSING = "missing", "Missing", "Ar goll"
    DISRUPTION = "disruption", "Disruption", "Amharu"
    LANGUAGE = "language", "Language", "Iaith"
    VOICE = "voice", "The child's voice", "Llais y plentyn"
    SANCTIONS = "sanctions", "Sanctions on the child", "Sancsiynau ar y plentyn"
    QUESTIONS = "questions", "Questions", "Cwestiynau"
    FINDINGS = "findings", "Findings", "Canfyddiadau"


FIELDS: dict[Section, tuple[str, ...]] = {
    Section.FILE: ("reference", "kind", "lead_agency", "practice_from", "practice_to", "summary"),
    Section.CHILD: (
        "age_band",
        "sex",
        "ethnicity",
        "disability",
        "disability_kinds",
        "in_care",
        "placement",
    ),
    Section.HARM: (
        "harm_indicators",
        "harm_category",
        "harm_confirmed_reason",
        "agency_risk",
        "agency_risk_number",
    ),
    Section.NETWORK: ("network", "flagged", "meets_definition", "criminal_exploitation"),
    Section.PERPETRATORS: ("perpetrators_known", "perpetrator_count", "perpetrators"),
    Section.MISSING: ("went_missing", "trigger_plan", "episodes"),
    Section.DISRUPTION: ("disrupted", "disruptions", "notice_on_child"),
    Section.LANGUAGE: ("blaming_language", "blaming_terms", "language_challenged"),
    Section.VOICE: ("voice_recorded", "voice_about_exploitation", "voice_acted_on"),
    Section.SANCTIONS: ("child_charged",),
    Section.QUESTIONS: ("answers",),
    Section.FINDINGS: ("findings",),
}

MAY_BE_EMPTY = frozenset(
    {"summary", "disability_kinds", "harm_indicators", "harm_confirmed_reason", "findings"}
)
"""Fields that a submission does not ask for by themselves."""

WHEN: dict[str, tuple[str, Word]] = {
    "disability_kinds": ("disability", Answer.YES),
    "agency_risk_number": ("agency_risk", AgencyRisk.NUMBER),
    "perpetrator_count": ("perpetrators_known", Perpetrators.KNOWN),
    "perpetrators": ("perpetrators_known", Perpetrators.KNOWN),
    "trigger_plan": ("went_missing", Answer.YES),
    "episodes": ("went_missing", Answer.YES),
    "disruptions": ("disrupted", Answer.YES),
    "blaming_terms": ("blaming_language", Answer.YES),
    "language_challenged": ("blaming_language", Answer.YES),
    "voice_about_exploitation": ("voice_recorded", Answer.YES),
    "voice_acted_on": ("voice_recorded", Answer.YES),
    "interview_accepted": ("interview_offered", Answer.YES),
    "interview_held": ("interview_accepted", Answer.YES),
    "interview_timing": ("interview_held", Answer.YES),
    "interview_hours": ("interview_held", Answer.YES),
    "interview_by": ("interview_held", Answer.YES),
    "interview_independent": ("interview_held", Answer.YES),
    "learning_shared": ("interview_held", Answer.YES),
}
"""A field that is asked only once another holds a value: that other field, and the value."""

LINE_MAY_BE_EMPTY = frozenset({"reported_on", "returned_on", "interview_hours", "used_on"})
"""Fields of a line that the agency may not have dated or timed."""

EXPLOITATION = frozenset({Section.NETWORK, Section.PERPETRATORS, Section.DISRUPTION})
"""Sections that a case read for going missing alone does not need."""

WELSH_EPISODES = 3
"""In Wales an interview is expected once a child has been missing this often (G.5 25)."""


@dataclass(frozen=True)
class Question:
    """One question of a short form, in one version."""

    code: str
    version: int
    text: str
    text_welsh: str
    source: str


@dataclass(frozen=True)
class Protocol:
    """What one kind of exercise records of each case.

    `every_months` says that each open case is due again after so many months, and
    `several_bodies` that readers of several bodies record findings on one case.
    """

    kind: InspectionKind
    sections: tuple[Section, ...]
    questions: tuple[Question, ...] = ()
    every_months: int | None = None
    several_bodies: bool = False

    def needs(self, field: str, held: Mapping[str, object]) -> bool:
        """Return whether a submission needs a field, given what the others hold."""
        without = MAY_BE_EMPTY | QUICK.get(self.kind, frozenset())
        return field not in without and asked(field, held)

    def sections_for(self, kind: CaseKind) -> tuple[Section, ...]:
        """Return the sections that a case of this kind needs, in reading order."""
        unneeded = set(EXPLOITATION if kind is CaseKind.MISSING else ())
        if kind not in {CaseKind.MISSING, CaseKind.BOTH}:
            unneeded.add(Section.MISSING)
        return tuple(section for section in self.sections if section not in unneeded)

    @property
    def graded(self) -> bool:
        """Whether themes are graded at all."""
        return Section.FINDINGS in self.sections


WHOLE = tuple(section for section in Section if section is not Section.QUESTIONS)
QUICK: dict[InspectionKind, frozenset[str]] = {
    InspectionKind.TWO_MINUTE: frozenset({"lead_agency", "practice_from", "practice_to"})
}
"""What an exercise of minutes does without."""

SHORT: dict[InspectionKind, tuple[Section, ...]] = {
    InspectionKind.TWO_MINUTE: (Section.FILE, Section.QUESTIONS),
    InspectionKind.LANGUAGE: (Section.FILE, Section.LANGUAGE, Section.VOICE, Section.QUESTIONS),
    InspectionKind.DIP_SAMPLE: (
        Section.FILE,
        Section.CHILD,
        Section.HARM,
        Section.LANGUAGE,
        Section.VOICE,
        Section.QUESTIONS,
        Section.FINDINGS,
    ),
}
EVERY_MONTHS = {InspectionKind.TWO_MINUTE: 3}
SEVERAL_BODIES = frozenset({InspectionKind.MULTI_AUDIT})


@cache
def protocol(kind: InspectionKind) -> Protocol:
    """Return the declaration for a kind of exercise; what is not short records everything."""
    return Protocol(
        kind,
        SHORT.get(kind, WHOLE),
        _questions(kind),
        EVERY_MONTHS.get(kind),
        kind in SEVERAL_BODIES,
    )


def asked(field: str, held: Mapping[str, object]) -> bool:
    """Return whether a field is asked, given what the others of its form hold."""
    condition = WHEN.get(field)
    return condition is None or held.get(condition[0]) == condition[1]


def _questions(kind: InspectionKind) -> tuple[Question, ...]:
    return tuple(
        Question(row["code"], int(row["version"]), row["text"], row["text_welsh"], row["source"])
        for row in rows("data_model", "reference", "questions.csv")
        if row["protocol"] == kind
    )
