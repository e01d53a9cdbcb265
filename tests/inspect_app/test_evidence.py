"""Evidence: put forward by the owner alone, for somebody who is neither its author nor of it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from data_model.database import Database
from data_model.forms import InspectionForm, ReauditForm, checked
from data_model.records import AuditEvent
from data_model.vocabulary import Assurance, Evidence, Role
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import inspections, reaudits, recommendations, steps
from inspect_app.services.recommendation_values import OwnerValue
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis
from tests.support import readings
from tests.support.looking import every_row_of
from tests.support.recommending import (
    CODE,
    COUNCIL,
    POLICE,
    SignIn,
    accepted,
    drafted,
    evidence,
    owner,
    published,
    step,
)

DIRECTOR, VERIFIER, LEAD = "joanna-director", "ruth-verifier", "priya-lead"
HEALTH = "aldermere-health"


def belonging(person: SignedIn, body: str, *roles: Role) -> SignedIn:
    """Return somebody as if they had moved to another body, and had these roles there."""
    standing = replace(person.standing, organisation=body, roles=frozenset(roles))
    return replace(person, standing=standing)


def test_evidence_says_what_it_is_by_whom_and_waits_to_be_tested(signed_in: SignIn) -> None:
    accepted(signed_in)
    number = evidence(
        signed_in(DIRECTOR),
        "E2",
        gathered_by=HEALTH,
        pointer="Minutes, 5 January",
        description="Duty log.",
    )
    held = owner(signed_in)
    (item,) = held.evidence
    assert (item.id, item.rung, item.description) == (number, Evidence.E2, "Duty log.")
    assert (item.submitted_by, item.author) == (DIRECTOR, "Joanna Kowalczyk")
    assert item.gathered_by == "Aldermere Community Health Trust (invented)"
    assert (item.pointer, item.reaudit, item.file_count) == ("Minutes, 5 January", None, 0)
    assert held.assurance is Assurance.SUBMITTED
    assert held.label.endswith("Evidence is waiting to be tested.")


def test_only_the_body_itself_puts_evidence_forward(signed_in: SignIn) -> None:
    accepted(signed_in)
    for person in ("desmond-director", VERIFIER, LEAD, "patrick-board", "nadia-auditor"):
        with pytest.raises(NotAllowed):
            evidence(signed_in(person), "E2")
    with pytest.raises(NotFound, match="that you may see"):
        evidence(signed_in("harpreet-director"), "E2")
    assert owner(signed_in).evidence == ()


def test_there_is_no_evidence_for_a_draft(signed_in: SignIn) -> None:
    drafted(signed_in)
    with pytest.raises(NotFound):
        evidence(signed_in(DIRECTOR), "E2")


def test_evidence_after_closing_is_refused_and_what_would_work_is_said(signed_in: SignIn) -> None:
    accepted(signed_in)
    director, verifier = signed_in(DIRECTOR), signed_in(VERIFIER)
    step(verifier, Axis.CLOSING, to="closed", reason="Overtaken by the new service.")
    with pytest.raises(Refusal, match="is closed for aldermere-council since") as met:
        evidence(director, "E2")
    assert "open it again" in met.value.advice
    assert owner(signed_in).evidence == ()
    step(verifier, Axis.CLOSING, to="open", reason="The service was not founded.")
    evidence(director, "E2")
    assert len(owner(signed_in).evidence) == 1


@pytest.mark.parametrize(
    ("dated_on", "says"),
    [
        ("2096-01-01", "is dated 2096-01-01, which is still to come"),
        ("2025-06-01", "before ALD-2025-R9 was published, 2025-06-02"),
    ],
)
def test_evidence_bears_a_date_from_publication_to_today(
    signed_in: SignIn, dated_on: str, says: str
) -> None:
    accepted(signed_in)
    with pytest.raises(Refusal, match=says):
        evidence(signed_in(DIRECTOR), "E2", dated_on=dated_on)
    evidence(signed_in(DIRECTOR), "E2", dated_on="2025-06-02")
    assert len(owner(signed_in).evidence) == 1


@pytest.mark.parametrize("gathered_by", [None, COUNCIL])
def test_an_outcome_was_gathered_by_another_body(
    signed_in: SignIn, gathered_by: str | None
) -> None:
    accepted(signed_in)
    director = signed_in(DIRECTOR)
    with pytest.raises(Refusal, match="Name the other body that gathered it"):
        evidence(director, "E4", gathered_by=gathered_by)
    evidence(director, "E2", gathered_by=gathered_by)
    evidence(director, "E4", gathered_by=HEALTH)
    assert [item.rung for item in owner(signed_in).evidence] == [Evidence.E2, Evidence.E4]


def test_who_gathered_it_is_known_and_of_the_same_world(signed_in: SignIn) -> None:
    accepted(signed_in)
    with pytest.raises(Refusal, match="Organisation 'nobody' is not known"):
        evidence(signed_in(DIRECTOR), "E4", gathered_by="nobody")
    with pytest.raises(Refusal, match="real and invented"):
        evidence(signed_in(DIRECTOR), "E4", gathered_by="ofsted")


def test_a_reaudit_is_arranged_first_and_shows_practice_in_cases(signed_in: SignIn) -> None:
    accepted(signed_in)
    director = signed_in(DIRECTOR)
    started = {**readings.STARTED, "themes": ["T3"], "started_on": "2026-02-02"}
    inspections.start(checked(InspectionForm, started), by=signed_in(LEAD))
    with pytest.raises(Refusal, match="Arranged are: none so far"):
        evidence(director, "E3", reaudit=readings.CODE)
    form = checked(ReauditForm, {"inspection": readings.CODE, "theme": "T3"})
    reaudits.arrange(CODE, COUNCIL, form, by=signed_in(LEAD))
    with pytest.raises(Refusal, match="Put it forward as E3"):
        evidence(director, "E2", reaudit=readings.CODE)
    with pytest.raises(Refusal, match=f"Arranged are: {readings.CODE}"):
        evidence(director, "E3", reaudit="BRK-2025-AUDIT")
    evidence(director, "E3", reaudit=readings.CODE)
    assert [item.reaudit for item in owner(signed_in).evidence] == [readings.CODE]


def test_evidence_after_a_verdict_waits_to_be_tested_again(signed_in: SignIn) -> None:
    accepted(signed_in)
    director, verifier = signed_in(DIRECTOR), signed_in(VERIFIER)
    evidence(director, "E1")
    step(verifier, Axis.ASSURANCE, to="insufficient", reason="A plan shows nothing done.")
    assert owner(signed_in).assurance is Assurance.INSUFFICIENT
    evidence(director, "E2")
    assert owner(signed_in).assurance is Assurance.SUBMITTED


def test_what_is_found_implemented_stays_so_while_stronger_evidence_is_added(
    signed_in: SignIn,
) -> None:
    accepted(signed_in)
    director, verifier = signed_in(DIRECTOR), signed_in(VERIFIER)
    evidence(director, "E2")
    step(verifier, Axis.ASSURANCE, to="implemented")
    evidence(director, "E4", gathered_by=HEALTH)
    assert owner(signed_in).assurance is Assurance.IMPLEMENTED
    step(verifier, Axis.ASSURANCE, to="effect_shown")
    assert owner(signed_in).assurance is Assurance.EFFECT_SHOWN


def test_a_verifier_judges_no_evidence_that_came_while_they_were_reading(
    signed_in: SignIn,
) -> None:
    accepted(signed_in)
    director, verifier = signed_in(DIRECTOR), signed_in(VERIFIER)
    evidence(director, "E1")
    seen = owner(signed_in).version
    evidence(director, "E2")
    judged = {"to": "insufficient", "reason": "A plan shows nothing done."}
    with pytest.raises(Conflict, match="by somebody else while you were writing"):
        step(verifier, Axis.ASSURANCE, version=seen, **judged)
    assert owner(signed_in).assurance is Assurance.SUBMITTED
    step(verifier, Axis.ASSURANCE, version=owner(signed_in).version, to="implemented")
    assert owner(signed_in).assurance is Assurance.IMPLEMENTED


@pytest.mark.parametrize("to", ["insufficient", "implemented"])
def test_nobody_of_the_owning_body_verifies_not_even_its_own_verifier(
    signed_in: SignIn, to: str
) -> None:
    accepted(signed_in)
    director = signed_in(DIRECTOR)
    evidence(director, "E2")
    deputies = [
        belonging(signed_in(VERIFIER), COUNCIL, Role.VERIFIER),
        belonging(director, COUNCIL, Role.DIRECTOR, Role.VERIFIER),
    ]
    for deputy in deputies:
        with pytest.raises(NotAllowed, match="nor can anybody else of the owning body") as met:
            step(deputy, Axis.ASSURANCE, to=to, reason="It is well done.")
        assert "Ask a verifier of another body" in met.value.advice
        with pytest.raises(NotAllowed):
            step(deputy, Axis.CLOSING, to="closed", reason="It is well done.")
        assert not any(steps.open_moves(seen_by(deputy), by=deputy)[axis] for axis in JUDGING)
    assert owner(signed_in).assurance is Assurance.SUBMITTED


JUDGING = (Axis.ASSURANCE, Axis.CLOSING)


def seen_by(person: SignedIn) -> OwnerValue:
    """Return the council's answer as this person sees it."""
    view = recommendations.view(CODE, by=person)
    return next(held for held in view.owners if held.organisation == COUNCIL)


def test_who_put_evidence_forward_cannot_judge_it_from_another_body(signed_in: SignIn) -> None:
    accepted(signed_in)
    evidence(signed_in(DIRECTOR), "E2")
    moved = belonging(signed_in(DIRECTOR), "invented-joint-inspectorate", Role.VERIFIER)
    with pytest.raises(NotAllowed, match="author of its evidence, cannot verify it"):
        step(moved, Axis.ASSURANCE, to="implemented")
    step(signed_in(VERIFIER), Axis.ASSURANCE, to="implemented")
    assert owner(signed_in).assurance is Assurance.IMPLEMENTED


def test_evidence_stands_for_one_body_only(signed_in: SignIn) -> None:
    published(signed_in)
    evidence(signed_in("desmond-director"), "E2", body=POLICE)
    assert len(owner(signed_in, POLICE).evidence) == 1
    assert owner(signed_in).evidence == ()
    assert owner(signed_in).assurance is Assurance.UNTESTED


def test_evidence_is_one_event_and_the_status_that_follows_another(
    signed_in: SignIn, database: Database
) -> None:
    accepted(signed_in)
    with every_row_of(database).reading() as session:
        before = len(session.scalars(select(AuditEvent.number)).all())
    number = evidence(signed_in(DIRECTOR), "E2")
    evidence(signed_in(DIRECTOR), "E1")
    with every_row_of(database).reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()[before:]
    actions = ["evidence.added", "recommendation.assurance", "evidence.added"]
    assert [event.action for event in events] == actions
    assert {event.subject for event in events} == {f"{CODE} {COUNCIL}"}
    assert events[0].after["evidence"] == number
    assert events[1].after == {"assurance": "submitted"}
