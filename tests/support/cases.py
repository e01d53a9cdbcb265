"""A case with everything a submission needs, for tests to change one thing in."""

from collections.abc import Callable
from typing import Any

from data_model.forms import CaseForm, checked
from inspect_app.services import cases, inspections
from inspect_app.signed_in import SignedIn

SignIn = Callable[[str], SignedIn]
INSPECTION = "CWM-2026-NCPI"
READER = "gwenllian-elsewhere"
LEAD = "priya-lead"
COMPLETE: dict[str, Any] = {
    "reference": "CWM-C40",
    "kind": "both",
    "lead_agency": "cwm-helyg-council",
    "practice_from": "2026-01-01",
    "practice_to": "2026-06-30",
    "age_band": "13_15",
    "sex": "male",
    "ethnicity": "not_recorded",
    "disability": "no",
    "in_care": "no",
    "placement": "home",
    "harm_category": "experienced",
    "harm_indicators": ["sti"],
    "agency_risk": "medium",
    "network": "suspected",
    "flagged": "no",
    "meets_definition": "yes",
    "criminal_exploitation": "no",
    "perpetrators_known": "known",
    "perpetrator_count": 1,
    "perpetrators": [{"sex": "male", "ethnicity": "not_recorded", "disability": "not_recorded"}],
    "went_missing": "yes",
    "trigger_plan": "no",
    "episodes": [
        {
            "reported_on": "2026-02-03",
            "returned_on": "2026-02-04",
            "reported_to_police": "yes",
            "referred": "yes",
            "police_grade": "medium",
            "repeat": "no",
            "from_care": "no",
            "interview_offered": "yes",
            "interview_accepted": "yes",
            "interview_held": "yes",
            "interview_timing": "within",
            "interview_hours": 40,
            "interview_by": "independent",
            "interview_independent": "yes",
            "learning_shared": "no",
        }
    ],
    "disrupted": "yes",
    "disruptions": [
        {
            "tactic": "cawn",
            "aimed_at": "suspect",
            "used_on": "2026-03-01",
            "outcome": "breached",
            "reviewed": "no",
        }
    ],
    "notice_on_child": "no",
    "blaming_language": "yes",
    "blaming_terms": ["placing_at_risk"],
    "language_challenged": "no",
    "voice_recorded": "yes",
    "voice_about_exploitation": "yes",
    "voice_acted_on": "no",
    "child_charged": "no",
}


def findings(scope: list[str], grade: str = "good") -> list[dict[str, Any]]:
    """Return a finding a theme, each with this grade."""
    return [
        {
            "theme": theme,
            "criterion": f"{theme}.1",
            "grade": grade,
            "reason": "Seen in the plan.",
            "strengths": "The plan was kept.",
            "weaknesses": "It came late.",
            "pointers": [{"document": "plan", "dated": "2026-02-01", "locator": "page 2"}],
        }
        for theme in scope
    ]


def complete(by: SignedIn, inspection: str = INSPECTION, **changes: Any) -> CaseForm:
    """Return a form with everything a submission needs."""
    scope = list(inspections.workspace(inspection, by=by).themes)
    return checked(CaseForm, {**COMPLETE, "findings": findings(scope), **changes})


def begun(by: SignedIn, **changes: Any) -> int:
    """Begin a complete case and return its id."""
    return cases.begin(INSPECTION, complete(by, **changes), by=by)


def submitted(by: SignedIn, **changes: Any) -> int:
    """Begin a complete case, submit it, and return its id."""
    case = begun(by, **changes)
    cases.submit(case, cases.view(case, by=by).version, by=by)
    return case
