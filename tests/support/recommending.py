"""A recommendation of the invented inspection of Aldermere, brought to a state by the services."""

from collections.abc import Callable
from datetime import date
from typing import Any

from data_model.forms import EvidenceForm, RecommendationForm, StepForm, checked
from inspect_app.services import cases, recommendation_drafts, recommendations, steps
from inspect_app.services import evidence as kept_evidence
from inspect_app.services.recommendation_values import OwnerValue
from inspect_app.services.steps import Which
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis
from tests.support import readings

SignIn = Callable[[str], SignedIn]
CODE, COUNCIL, POLICE = "ALD-2025-R9", "aldermere-council", "mere-and-bracken-police"
PUBLISHED_ON = date(2025, 6, 2)
GRADES = {"g": "good", "r": "requires_improvement", "i": "inadequate"}
WRITTEN: dict[str, Any] = {
    "code": CODE,
    "title": "Look at every case again",
    "text": "The council should look at every case again and say what has changed.",
    "inspection": "ALD-2025-JTAI",
    "themes": ["T3"],
    "bodies": [COUNCIL, POLICE],
    "made_on": "2025-06-01",
    "response_due_on": "2025-12-01",
}
PLAN: dict[str, Any] = {
    "to": "accepted",
    "steps": "Read each case with the social worker.",
    "role_named": "Head of exploitation service",
    "due_on": "2096-12-31",
}


def candidates(inspection: str, by: SignedIn) -> list[int]:
    """Return the findings a recommendation of an inspection could hang on."""
    return [chosen.finding for chosen in recommendation_drafts.draft(inspection, by=by).findings]


def drafted(signed_in: SignIn, **other: object) -> str:
    """Write a draft on three findings, as the lead inspector."""
    lead = signed_in("priya-lead")
    chosen = candidates("ALD-2025-JTAI", lead)[:3]
    form = checked(RecommendationForm, {**WRITTEN, "findings": chosen, **other})
    return recommendations.write(form, by=lead)


def published(signed_in: SignIn, **other: object) -> str:
    """Write a recommendation and publish it."""
    code = drafted(signed_in, **other)
    recommendations.publish(code, PUBLISHED_ON, by=signed_in("priya-lead"))
    return code


def accepted(signed_in: SignIn, **other: object) -> str:
    """Publish a recommendation that the council accepts and works on."""
    code = published(signed_in, **other)
    director = signed_in("joanna-director")
    step(director, Axis.RESPONSE, code=code, **PLAN)
    step(director, Axis.DELIVERY, code=code, to="in_progress")
    return code


def owner(signed_in: SignIn, body: str = COUNCIL, code: str = CODE) -> OwnerValue:
    """Return one body's answer, as the lead inspector sees it."""
    view = recommendations.view(code, by=signed_in("priya-lead"))
    return next(owner for owner in view.owners if owner.organisation == body)


def step(
    by: SignedIn,
    axis: Axis,
    body: str = COUNCIL,
    code: str = CODE,
    version: int | None = None,
    **sent: object,
) -> None:
    """Make a move on one axis."""
    steps.step(Which(code, body, version), axis, checked(StepForm, sent), by=by)


def evidence(by: SignedIn, rung: str, body: str = COUNCIL, code: str = CODE, **sent: object) -> int:
    """Put evidence of a rung forward."""
    said = {"rung": rung, "description": "What was done, and when.", "dated_on": "2026-01-05"}
    return kept_evidence.add(code, body, checked(EvidenceForm, {**said, **sent}), by=by)


def read_and_agreed(
    signed_in: SignIn, code: str, started_on: str | None, grades: str, **changes: object
) -> str:
    """Have an inspection of the council read and agreed, a case for each letter of `grades`.

    `g` is good, `r` requires improvement and `i` inadequate, on theme T2; T4 is graded alike.
    """
    readings.started(signed_in, code=code, started_on=started_on, **changes)
    reader = signed_in(readings.FIRST)
    for place, letter in enumerate(grades, start=1):
        form = readings.written(GRADES[letter], f"{code[:3]}-C{place:02}")
        case = cases.begin(code, form, by=reader)
        cases.submit(case, cases.view(case, by=reader).version, by=reader)
    readings.agree_through(code, signed_in)
    return code
