"""Moves on an answer: who may, what each needs, one or many, and nobody for themselves."""

from datetime import date
from typing import Any

import pytest

from data_model.forms import StepForm, checked
from data_model.vocabulary import Assurance, Closing, Delivery, Response
from inspect_app.errors import Conflict, NotAllowed, Refusal
from inspect_app.services import steps
from inspect_app.services.steps import Which
from inspect_app.workflow import Axis
from tests.support.recommending import (
    COUNCIL,
    PLAN,
    POLICE,
    SignIn,
    accepted,
    evidence,
    owner,
    published,
    step,
)


def test_accepting_needs_steps_a_role_and_a_date(signed_in: SignIn) -> None:
    published(signed_in)
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
    published(signed_in)
    with pytest.raises(NotAllowed, match="Only the body"):
        step(signed_in("desmond-director"), Axis.RESPONSE, COUNCIL, **PLAN)
    step(signed_in("desmond-director"), Axis.RESPONSE, POLICE, **PLAN)
    assert owner(signed_in, COUNCIL).response is Response.AWAITING
    assert owner(signed_in, POLICE).response is Response.ACCEPTED


def test_a_later_date_is_a_slip_and_the_original_date_never_changes(signed_in: SignIn) -> None:
    published(signed_in)
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
    published(signed_in)
    with pytest.raises(Refusal, match="accept the recommendation first"):
        step(signed_in("joanna-director"), Axis.DELIVERY, to="in_progress")


def test_implemented_needs_a_record_that_it_happened(signed_in: SignIn) -> None:
    published(signed_in)
    director, verifier = signed_in("joanna-director"), signed_in("ruth-verifier")
    evidence(director, "E1")
    assert owner(signed_in).assurance is Assurance.SUBMITTED
    with pytest.raises(Refusal, match=r"record that it happened \(E2\)"):
        step(verifier, Axis.ASSURANCE, to="implemented")
    evidence(director, "E2")
    step(verifier, Axis.ASSURANCE, to="implemented")
    with pytest.raises(Refusal, match="put forward a re-audit"):
        step(verifier, Axis.ASSURANCE, to="effect_shown")
    evidence(director, "E3")
    with pytest.raises(Refusal, match="put forward a re-audit"):
        step(verifier, Axis.ASSURANCE, to="effect_shown")
    assert owner(signed_in).assurance is Assurance.IMPLEMENTED
    assert owner(signed_in).shown_on is None


def test_an_outcome_that_another_body_gathered_shows_the_effect(signed_in: SignIn) -> None:
    accepted(signed_in)
    verifier = signed_in("ruth-verifier")
    evidence(signed_in("joanna-director"), "E4", gathered_by="aldermere-health")
    step(verifier, Axis.ASSURANCE, to="effect_shown")
    held = owner(signed_in)
    assert held.assurance is Assurance.EFFECT_SHOWN
    assert held.shown_on == verifier.today
    with pytest.raises(Refusal, match="say why"):
        step(verifier, Axis.ASSURANCE, to="sustained")


def test_the_owner_cannot_verify(signed_in: SignIn) -> None:
    published(signed_in)
    director = signed_in("joanna-director")
    evidence(director, "E2")
    with pytest.raises(NotAllowed, match="does not allow"):
        step(director, Axis.ASSURANCE, to="implemented")
    assert owner(signed_in).assurance is Assurance.SUBMITTED


def test_evidence_that_was_found_insufficient_is_not_judged_again(signed_in: SignIn) -> None:
    published(signed_in)
    director, verifier = signed_in("joanna-director"), signed_in("ruth-verifier")
    evidence(director, "E3")
    step(verifier, Axis.ASSURANCE, to="insufficient", reason="The sample was chosen by the owner.")
    evidence(director, "E0")
    for verdict in ("implemented", "effect_shown"):
        with pytest.raises(Refusal, match="yet"):
            step(verifier, Axis.ASSURANCE, to=verdict)
    assert owner(signed_in).assurance is Assurance.SUBMITTED


def test_a_body_that_accepts_in_part_is_overdue_from_the_first_date_it_gives(
    signed_in: SignIn,
) -> None:
    published(signed_in)
    director = signed_in("joanna-director")
    step(director, Axis.RESPONSE, to="partly", reason="One half of it.")
    step(director, Axis.DELIVERY, to="in_progress")
    for due in ("2096-03-01", "2096-06-01"):
        step(director, Axis.DELIVERY, to="in_progress", due_on=due, reason="Planned now.")
    held = owner(signed_in)
    assert (held.original_due_on, held.due_on) == (date(2096, 3, 1), date(2096, 6, 1))
    assert held.overdue_on(date(2096, 4, 1))


def test_a_promise_for_a_day_that_has_passed_is_refused(signed_in: SignIn) -> None:
    published(signed_in)
    with pytest.raises(Refusal, match="has passed already"):
        step(signed_in("joanna-director"), Axis.RESPONSE, **{**PLAN, "due_on": "2025-07-01"})
    assert owner(signed_in).response is Response.AWAITING


@pytest.mark.parametrize("status", ["submitted", "regressed"])
def test_what_the_product_sets_nobody_sets_by_hand(signed_in: SignIn, status: str) -> None:
    accepted(signed_in)
    by = signed_in("joanna-director" if status == "submitted" else "ruth-verifier")
    with pytest.raises(Refusal, match="by hand"):
        step(by, Axis.ASSURANCE, to=status, reason="By hand.")


def test_a_rejection_gives_its_reason_and_a_redirection_its_body(signed_in: SignIn) -> None:
    published(signed_in)
    director = signed_in("joanna-director")
    with pytest.raises(Refusal, match="say why"):
        step(director, Axis.RESPONSE, to="rejected")
    with pytest.raises(Refusal, match="name the body"):
        step(director, Axis.RESPONSE, to="redirected", reason="Theirs.")
    for nobody in ("no-such-body", COUNCIL):
        with pytest.raises(Refusal, match="no other body that is known here"):
            step(director, Axis.RESPONSE, to="redirected", reason="Theirs.", other=nobody)
    step(director, Axis.RESPONSE, to="redirected", reason="Theirs.", other=POLICE)
    assert owner(signed_in).response is Response.REDIRECTED
    assert owner(signed_in).redirected_to == "Mere and Bracken Police (invented)"


def test_it_is_superseded_by_another_to_the_same_body_and_never_in_a_circle(
    signed_in: SignIn,
) -> None:
    first, second = accepted(signed_in), accepted(signed_in, code="ALD-2025-R10")
    director = signed_in("joanna-director")
    wrong: dict[str, Any] = {"to": "superseded", "reason": "One plan for both."}
    with pytest.raises(Refusal, match="name the recommendation that takes its place"):
        step(director, Axis.DELIVERY, **wrong)
    for other in ("NO-SUCH", "ALD-2025-R5"):
        with pytest.raises(Refusal, match=f"no recommendation '{other}' to the same body"):
            step(director, Axis.DELIVERY, **wrong, other=other)
    with pytest.raises(Refusal, match="in a circle"):
        step(director, Axis.DELIVERY, **wrong, other=first)
    step(director, Axis.DELIVERY, **wrong, other=second)
    with pytest.raises(Refusal, match=f"{second} → {first} → {second}"):
        step(director, Axis.DELIVERY, code=second, **wrong, other=first)
    assert owner(signed_in).superseded_by == second
    assert owner(signed_in, code=second).delivery is Delivery.IN_PROGRESS


def test_a_date_before_publication_is_refused(signed_in: SignIn) -> None:
    published(signed_in)
    with pytest.raises(Refusal, match="is before ALD-2025-R9 was published, 2025-06-02"):
        step(signed_in("joanna-director"), Axis.RESPONSE, **{**PLAN, "due_on": "2025-06-01"})


def test_what_somebody_moved_meanwhile_is_not_moved_unseen(signed_in: SignIn) -> None:
    published(signed_in)
    director, seen = signed_in("joanna-director"), owner(signed_in).version
    step(director, Axis.RESPONSE, to="partly", reason="One half of it.", version=seen)
    with pytest.raises(Conflict, match="response: awaiting to partly"):
        step(director, Axis.RESPONSE, to="rejected", reason="None of it.", version=seen)
    assert owner(signed_in).response is Response.PARTLY


def test_closing_needs_a_reason_and_says_what_was_not_tested(signed_in: SignIn) -> None:
    accepted(signed_in)
    director, verifier = signed_in("joanna-director"), signed_in("ruth-verifier")
    step(director, Axis.DELIVERY, to="claimed")
    with pytest.raises(NotAllowed):
        step(director, Axis.CLOSING, to="closed", reason="Done.")
    with pytest.raises(Refusal, match="say why"):
        step(verifier, Axis.CLOSING, to="closed")
    step(verifier, Axis.CLOSING, to="closed", reason="The service it concerned has ended.")
    held = owner(signed_in)
    assert held.closed
    assert held.assurance is Assurance.UNTESTED
    assert f"{verifier.today:%Y}, effect not tested." in held.label
    assert "Council says complete" in held.label


def test_nothing_is_added_to_what_is_closed_until_it_is_open_again(signed_in: SignIn) -> None:
    accepted(signed_in)
    director, verifier = signed_in("joanna-director"), signed_in("ruth-verifier")
    step(verifier, Axis.CLOSING, to="closed", reason="The service it concerned has ended.")
    assert set(steps.open_moves(owner(signed_in), by=director).values()) == {()}
    with pytest.raises(Refusal, match="is closed for aldermere-council"):
        step(director, Axis.DELIVERY, to="claimed")
    with pytest.raises(Refusal, match="is closed for aldermere-council"):
        evidence(director, "E2")
    step(verifier, Axis.CLOSING, to="open", reason="It was closed by mistake.")
    evidence(director, "E2")
    assert owner(signed_in).closing is Closing.OPEN


def test_several_are_moved_together_or_none_is(signed_in: SignIn) -> None:
    codes = [published(signed_in), published(signed_in, code="ALD-2025-R10")]
    director = signed_in("joanna-director")
    both = [Which(code, COUNCIL, owner(signed_in, code=code).version) for code in codes]
    form = checked(StepForm, PLAN)
    step(director, Axis.RESPONSE, code=codes[1], **PLAN)
    with pytest.raises(Refusal, match="1 of 2 cannot be moved") as refusal:
        steps.step_all(both, Axis.RESPONSE, form, by=director)
    assert "was changed by somebody else" in str(refusal.value.facts["problems"])
    assert owner(signed_in, code=codes[0]).response is Response.AWAITING
    step(director, Axis.DELIVERY, code=codes[1], to="in_progress")
    steps.step_all([Which(codes[0], COUNCIL)], Axis.RESPONSE, form, by=director)
    started = checked(StepForm, {"to": "in_progress"})
    with pytest.raises(Refusal, match="1 of 2 cannot be moved: ALD-2025-R10, delivery,"):
        steps.step_all(
            [Which(code, COUNCIL) for code in codes], Axis.DELIVERY, started, by=director
        )
    assert owner(signed_in, code=codes[0]).delivery is Delivery.NOT_STARTED


def test_none_chosen_is_said(signed_in: SignIn) -> None:
    with pytest.raises(Refusal, match="No recommendation is chosen"):
        steps.step_all([], Axis.RESPONSE, checked(StepForm, PLAN), by=signed_in("joanna-director"))


def test_every_step_is_kept_with_who_when_and_why(signed_in: SignIn) -> None:
    accepted(signed_in)
    director = signed_in("joanna-director")
    step(director, Axis.DELIVERY, to="paused", reason="Staff left.")
    axes = [(kept.axis, kept.before, kept.after) for kept in owner(signed_in).history]
    assert axes == [
        ("response", "Awaiting a response", "Accepted"),
        ("delivery", "Not started", "In progress"),
        ("delivery", "In progress", "Paused"),
    ]
    last = owner(signed_in).history[-1]
    assert (last.by, last.reason) == (director.name, "Staff left.")
