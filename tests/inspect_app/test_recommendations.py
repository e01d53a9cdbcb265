"""Recommendations: three questions, three answers, and nobody marks their own work."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from data_model.database import Database
from data_model.forms import ActionForm, EvidenceForm, RecommendationForm, StepForm, checked
from data_model.records import CaseFile, Moderation
from data_model.vocabulary import Assurance, Delivery, Evidence, Response
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import (
    inspections,
    recommendation_drafts,
    recommendations,
)
from inspect_app.services.recommendation_values import OwnerValue
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis

SignIn = Callable[[str], SignedIn]
CODE, COUNCIL, POLICE = "ALD-2025-R6", "aldermere-council", "mere-and-bracken-police"
WRITTEN = {
    "code": CODE,
    "title": "Look at every case again",
    "text": "The council should look at every case again and say what has changed.",
    "inspection": "ALD-2025-JTAI",
    "themes": ["T3"],
    "bodies": [COUNCIL, POLICE],
    "made_on": "2025-06-01",
    "response_due_on": "2025-12-01",
}
PLAN = {
    "to": "accepted",
    "steps": "Read each case with the social worker.",
    "role_named": "Head of exploitation service",
    "due_on": "2096-12-31",
}


def candidates(inspection: str, by: SignedIn) -> list[int]:
    """Return the findings a recommendation of an inspection could hang on."""
    return [chosen.finding for chosen in recommendation_drafts.draft(inspection, by=by).findings]


def written(signed_in: SignIn) -> str:
    """Write a recommendation on three findings, as the lead inspector."""
    lead = signed_in("priya-lead")
    chosen = candidates("ALD-2025-JTAI", lead)[:3]
    form = checked(RecommendationForm, {**WRITTEN, "findings": chosen})
    return recommendations.write(form, by=lead)


def owner(signed_in: SignIn, body: str = COUNCIL) -> OwnerValue:
    """Return one body's answer, as the lead inspector sees it."""
    view = recommendations.view(CODE, by=signed_in("priya-lead"))
    return next(owner for owner in view.owners if owner.organisation == body)


def step(by: SignedIn, axis: Axis, body: str = COUNCIL, **sent: object) -> None:
    """Make a move on one axis."""
    recommendations.step(CODE, body, axis, checked(StepForm, sent), by=by)


def evidence(by: SignedIn, rung: str) -> None:
    """Add evidence of a rung."""
    sent = {"rung": rung, "description": "What was done, and when.", "dated_on": "2026-01-05"}
    recommendations.add_evidence(CODE, COUNCIL, checked(EvidenceForm, sent), by=by)


def test_a_recommendation_hangs_on_countable_findings(signed_in: SignIn) -> None:
    written(signed_in)
    view = recommendations.view(CODE, by=signed_in("priya-lead"))
    assert view.findings_behind == 3
    behind = recommendations.findings_behind(CODE, by=signed_in("priya-lead"))
    assert {finding.reference is not None for finding in behind} == {True}
    assert sum(view.grades.values()) == len(behind)


def test_without_a_finding_or_a_reason_it_is_refused() -> None:
    with pytest.raises(Refusal, match="hangs on no finding and gives no reason"):
        checked(RecommendationForm, WRITTEN)


def test_findings_of_another_inspection_are_refused(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    other = candidates("BRK-2025-AUDIT", lead)[:1]
    form = checked(RecommendationForm, {**WRITTEN, "findings": other})
    with pytest.raises(Refusal, match="not counted findings of inspection ALD-2025-JTAI"):
        recommendations.write(form, by=lead)
    with pytest.raises(NotFound):
        recommendations.view(CODE, by=lead)


def test_only_the_inspections_lead_writes_one(signed_in: SignIn) -> None:
    form = checked(RecommendationForm, {**WRITTEN, "reason": "It follows from the whole."})
    with pytest.raises(NotAllowed):
        recommendations.write(form, by=signed_in("marcus-inspector"))


def test_references_behind_it_are_for_its_readers_only(signed_in: SignIn) -> None:
    written(signed_in)
    for person in ("joanna-director", "patrick-board", "samira-publisher"):
        behind = recommendations.findings_behind(CODE, by=signed_in(person))
        assert len(behind) == 3
        assert {(f.reference, f.case_id, f.reason) for f in behind} == {(None, None, None)}


def test_accepting_needs_steps_a_role_and_a_date(signed_in: SignIn) -> None:
    written(signed_in)
    director = signed_in("joanna-director")
    for missing in ("steps", "role_named", "due_on"):
        sent = {name: text for name, text in PLAN.items() if name != missing}
        with pytest.raises(Refusal, match="cannot become “Accepted” yet") as refusal:
            step(director, Axis.RESPONSE, **sent)
        assert "the steps, the role that is responsible and a date" in refusal.value.advice
    step(director, Axis.RESPONSE, **PLAN)
    assert owner(signed_in).response is Response.ACCEPTED
    assert owner(signed_in).original_due_on == date(2096, 12, 31)


def test_one_body_does_not_answer_for_another(signed_in: SignIn) -> None:
    written(signed_in)
    with pytest.raises(NotAllowed, match="Only the body"):
        step(signed_in("desmond-director"), Axis.RESPONSE, COUNCIL, **PLAN)
    step(signed_in("desmond-director"), Axis.RESPONSE, POLICE, **PLAN)
    assert owner(signed_in, COUNCIL).response is Response.AWAITING
    assert owner(signed_in, POLICE).response is Response.ACCEPTED


def test_a_later_date_is_a_slip_and_the_original_date_never_changes(signed_in: SignIn) -> None:
    written(signed_in)
    director = signed_in("joanna-director")
    step(director, Axis.RESPONSE, **PLAN)
    step(director, Axis.DELIVERY, to="in_progress")
    with pytest.raises(Refusal, match="cannot become"):
        step(director, Axis.DELIVERY, to="in_progress", due_on="2097-03-31")
    step(director, Axis.DELIVERY, to="in_progress", due_on="2097-03-31", reason="Staff left.")
    moved = owner(signed_in)
    assert (moved.original_due_on, moved.due_on) == (date(2096, 12, 31), date(2097, 3, 31))
    assert moved.slips == 1
    assert moved.overdue_on(date(2097, 1, 1))


def test_work_cannot_start_before_the_recommendation_is_accepted(signed_in: SignIn) -> None:
    written(signed_in)
    with pytest.raises(Refusal, match="accept the recommendation first"):
        step(signed_in("joanna-director"), Axis.DELIVERY, to="in_progress")


def test_implemented_needs_a_record_that_it_happened(signed_in: SignIn) -> None:
    written(signed_in)
    director, verifier = signed_in("joanna-director"), signed_in("ruth-verifier")
    evidence(director, "E1")
    assert owner(signed_in).assurance is Assurance.SUBMITTED
    with pytest.raises(Refusal, match=r"record that it happened \(E2\)"):
        step(verifier, Axis.ASSURANCE, to="implemented")
    evidence(director, "E2")
    step(verifier, Axis.ASSURANCE, to="implemented")
    with pytest.raises(Refusal, match="re-audit"):
        step(verifier, Axis.ASSURANCE, to="effect_shown")
    evidence(director, "E3")
    step(verifier, Axis.ASSURANCE, to="effect_shown")
    assert owner(signed_in).assurance is Assurance.EFFECT_SHOWN


def test_the_owner_cannot_verify(signed_in: SignIn) -> None:
    written(signed_in)
    director = signed_in("joanna-director")
    evidence(director, "E4")
    with pytest.raises(NotAllowed, match="does not allow"):
        step(director, Axis.ASSURANCE, to="implemented")
    assert owner(signed_in).assurance is Assurance.SUBMITTED


def test_evidence_and_actions_are_kept_with_their_authors(signed_in: SignIn) -> None:
    written(signed_in)
    director = signed_in("joanna-director")
    sent = {"action": "Read each case.", "owner_role": "Head of service", "due_on": "2026-05-01"}
    recommendations.add_action(CODE, COUNCIL, checked(ActionForm, sent), by=director)
    evidence(director, "E2")
    held = owner(signed_in)
    assert [action.owner_role for action in held.actions] == ["Head of service"]
    assert [(e.rung, e.submitted_by) for e in held.evidence] == [(Evidence.E2, "joanna-director")]


def test_evidence_from_the_future_is_refused(signed_in: SignIn) -> None:
    written(signed_in)
    sent = {"rung": "E2", "description": "To be done.", "dated_on": "2999-01-01"}
    with pytest.raises(Refusal, match="still to come"):
        recommendations.add_evidence(
            CODE, COUNCIL, checked(EvidenceForm, sent), by=signed_in("joanna-director")
        )


def test_what_a_publication_asked_is_not_followed_here_and_says_so(signed_in: SignIn) -> None:
    view = recommendations.view("IICSA-CSEN-R6", by=signed_in("joanna-director"))
    assert view.response_due_on == date(2022, 8, 1)
    assert not view.followed_here
    assert not view.response_late_on(date(2026, 1, 1))
    with pytest.raises(Refusal, match="is not followed here"):
        recommendations.step(
            "IICSA-CSEN-R6",
            "department-for-education",
            Axis.RESPONSE,
            checked(StepForm, PLAN),
            by=signed_in("joanna-director"),
        )


def test_someone_elsewhere_does_not_see_an_areas_recommendations(signed_in: SignIn) -> None:
    codes = {r.code for r in recommendations.listed(by=signed_in("harpreet-director"))}
    assert not {code for code in codes if code.startswith("ALD")}
    assert {code for code in codes if code.startswith("BRK")}
    with pytest.raises(NotFound):
        recommendations.view("ALD-2025-R1", by=signed_in("harpreet-director"))


def test_an_awaited_response_past_its_date_is_late(signed_in: SignIn) -> None:
    written(signed_in)
    view = recommendations.view(CODE, by=signed_in("priya-lead"))
    assert view.response_late_on(date(2025, 12, 2))
    assert not view.response_late_on(date(2025, 12, 1))
    assert owner(signed_in).delivery is Delivery.NOT_STARTED


def test_a_lead_of_nothing_has_no_findings_to_choose(signed_in: SignIn) -> None:
    by = signed_in("priya-lead")
    assert not set(candidates("ALD-2025-JTAI", by)) & set(candidates("BRK-2025-AUDIT", by))
    with pytest.raises(NotFound):
        inspections.workspace("NONE-1", by=by)


def test_evidence_that_was_found_insufficient_is_not_judged_again(signed_in: SignIn) -> None:
    written(signed_in)
    director, verifier = signed_in("joanna-director"), signed_in("ruth-verifier")
    evidence(director, "E3")
    step(verifier, Axis.ASSURANCE, to="insufficient", reason="The sample was chosen by the owner.")
    evidence(director, "E0")
    for verdict in ("implemented", "effect_shown"):
        with pytest.raises(Refusal, match="yet"):
            step(verifier, Axis.ASSURANCE, to=verdict)
    assert owner(signed_in).assurance is Assurance.SUBMITTED


def test_nothing_is_recommended_before_findings_are_agreed(signed_in: SignIn) -> None:
    sent = {**WRITTEN, "inspection": "CWM-2026-NCPI", "reason": "From the whole."}
    with pytest.raises(Refusal, match="are not agreed yet"):
        recommendations.write(checked(RecommendationForm, sent), by=signed_in("priya-lead"))


def test_an_invented_recommendation_never_goes_to_a_real_body(signed_in: SignIn) -> None:
    sent = {**WRITTEN, "bodies": ["council-e06000047"], "reason": "From the whole."}
    with pytest.raises(Refusal, match="real and invented"):
        recommendations.write(checked(RecommendationForm, sent), by=signed_in("priya-lead"))


def test_a_body_that_accepts_in_part_is_overdue_from_the_first_date_it_gives(
    signed_in: SignIn,
) -> None:
    written(signed_in)
    director = signed_in("joanna-director")
    step(director, Axis.RESPONSE, to="partly", reason="One half of it.")
    step(director, Axis.DELIVERY, to="in_progress")
    for due in ("2096-03-01", "2096-06-01"):
        step(director, Axis.DELIVERY, to="in_progress", due_on=due, reason="Planned now.")
    held = owner(signed_in)
    assert (held.original_due_on, held.due_on) == (date(2096, 3, 1), date(2096, 6, 1))
    assert held.overdue_on(date(2096, 4, 1))


def test_a_body_named_twice_is_one_owner(signed_in: SignIn) -> None:
    sent = {**WRITTEN, "bodies": [COUNCIL, COUNCIL], "themes": ["T3", "T3"], "reason": "Whole."}
    recommendations.write(checked(RecommendationForm, sent), by=signed_in("priya-lead"))
    assert len(recommendations.view(CODE, by=signed_in("priya-lead")).owners) == 1


def test_a_promise_for_a_day_that_has_passed_is_refused(signed_in: SignIn) -> None:
    written(signed_in)
    with pytest.raises(Refusal, match="has passed already"):
        step(signed_in("joanna-director"), Axis.RESPONSE, **{**PLAN, "due_on": "2020-01-01"})
    assert owner(signed_in).response is Response.AWAITING


def test_a_recommendation_hangs_on_the_grade_that_counts_and_on_no_second_reading(
    database: Database, signed_in: SignIn
) -> None:
    lead = signed_in("priya-lead")
    with database.reading() as session:
        decided = session.scalars(select(Moderation)).first()
        assert decided is not None
        case = session.get_one(CaseFile, decided.case_id)
        inspection, findings = case.inspection, list(case.findings)
    of_theme = [finding for finding in findings if finding.theme == decided.theme]
    first = next(finding for finding in of_theme if finding.reader == case.read_by)
    others = {finding.id for finding in findings if finding.reader != case.read_by}
    offered = recommendation_drafts.draft(inspection, by=lead).findings
    words = {"good": "Good", "requires_improvement": "Requires improvement"}
    words["inadequate"] = "Inadequate"
    by_id = {one.finding: one.grade for one in offered}
    assert by_id[first.id] == words[decided.grade or ""]
    assert others
    assert not others & set(by_id)
    sent = {**WRITTEN, "inspection": inspection, "findings": sorted(others)[:1]}
    with pytest.raises(Refusal, match="are not counted findings"):
        recommendations.write(checked(RecommendationForm, sent), by=lead)
    hung = checked(
        RecommendationForm, {**WRITTEN, "inspection": inspection, "findings": [first.id]}
    )
    recommendations.write(hung, by=lead)
    assert recommendations.view(CODE, by=lead).grades == {decided.grade: 1}
    behind = recommendations.findings_behind(CODE, by=lead)
    assert [(one.grade, one.reason) for one in behind] == [(by_id[first.id], decided.reason)]
