"""Found not good again: the product itself takes back what was tested, and the clock restarts."""

import pytest

from data_model.vocabulary import Assurance, Closing, Delivery, Response
from inspect_app.services import inspections, recommendation_list, trail
from inspect_app.services.answers import six_months_after
from inspect_app.services.recommendation_list import Wanted
from inspect_app.services.recommendation_stands import Stands
from inspect_app.workflow import Axis
from tests.support.recommending import (
    CODE,
    COUNCIL,
    PLAN,
    POLICE,
    SignIn,
    accepted,
    evidence,
    owner,
    read_and_agreed,
    step,
)

LATER = "TWO-2026-READ"
ABOUT = {"themes": ["T2"], "bodies": [COUNCIL]}


def implemented(signed_in: SignIn) -> None:
    """Bring the council's answer to implemented."""
    accepted(signed_in, **ABOUT)
    step(signed_in("joanna-director"), Axis.DELIVERY, to="claimed")
    evidence(signed_in("joanna-director"), "E2")
    step(signed_in("ruth-verifier"), Axis.ASSURANCE, to="implemented")


def test_a_theme_found_not_good_later_regresses_and_its_clock_restarts_visible_to_all(
    signed_in: SignIn,
) -> None:
    implemented(signed_in)
    before = owner(signed_in)
    read_and_agreed(signed_in, LATER, "2026-02-02", "grrii")
    held, lead = owner(signed_in), signed_in("priya-lead")
    assert (held.assurance, held.response, held.delivery) == (
        Assurance.REGRESSED,
        Response.AWAITING,
        Delivery.NOT_STARTED,
    )
    assert held.restarted_on == lead.today
    assert held.response_due_on == six_months_after(lead.today)
    assert (held.original_due_on, held.slips) == (before.original_due_on, before.slips)
    assert held.claimed_on is None
    assert "the clock began again" in held.label
    reason = held.history[-1].reason or ""
    assert f"Inspection {LATER}" in reason
    assert "1 of 5 cases good" in reason
    for person in ("joanna-director", "patrick-board", "samira-publisher"):
        wanted = Wanted(Stands.REGRESSED)
        lines = recommendation_list.every(wanted, by=signed_in(person))
        assert CODE in {line.code for line in lines}
    agreed = next(
        e
        for e in trail.latest(by=signed_in("ben-administrator"), limit=50)
        if e.action == "inspection.agreed"
    )
    assert agreed.subject == LATER


@pytest.mark.parametrize("grades", ["gggrr", "rrri"])
def test_a_good_theme_and_too_few_cases_take_nothing_back(signed_in: SignIn, grades: str) -> None:
    implemented(signed_in)
    read_and_agreed(signed_in, LATER, "2026-02-02", grades)
    assert owner(signed_in).assurance is Assurance.IMPLEMENTED


def test_what_was_closed_opens_again(signed_in: SignIn) -> None:
    accepted(signed_in, **ABOUT)
    step(signed_in("ruth-verifier"), Axis.CLOSING, to="closed", reason="Its service ended.")
    read_and_agreed(signed_in, LATER, "2026-02-02", "rrrri")
    held = owner(signed_in)
    assert held.closing is Closing.OPEN
    assert held.assurance is Assurance.REGRESSED


def test_what_was_never_tested_is_not_said_to_have_gone_back(signed_in: SignIn) -> None:
    accepted(signed_in, **ABOUT)
    step(signed_in("joanna-director"), Axis.DELIVERY, to="claimed")
    read_and_agreed(signed_in, LATER, "2026-02-02", "rrrri")
    held = owner(signed_in)
    assert (held.assurance, held.delivery) == (Assurance.UNTESTED, Delivery.CLAIMED)


def test_an_inspection_from_before_the_recommendation_takes_nothing_back(
    signed_in: SignIn,
) -> None:
    implemented(signed_in)
    read_and_agreed(signed_in, LATER, "2025-01-06", "rrrri")
    assert owner(signed_in).assurance is Assurance.IMPLEMENTED


def test_an_inspection_of_another_place_takes_nothing_back_of_a_body_that_serves_both(
    signed_in: SignIn,
) -> None:
    accepted(signed_in, themes=["T2"], bodies=[POLICE, COUNCIL])
    force = signed_in("desmond-director")
    step(force, Axis.RESPONSE, POLICE, **PLAN)
    evidence(force, "E2", POLICE)
    step(signed_in("ruth-verifier"), Axis.ASSURANCE, POLICE, to="implemented")
    elsewhere = {"areas": ["X06000002"], "inspected": [POLICE]}
    read_and_agreed(signed_in, LATER, "2026-02-02", "rrrri", **elsewhere)
    assert owner(signed_in, POLICE).assurance is Assurance.IMPLEMENTED
    read_and_agreed(signed_in, "HER-2026", "2026-02-02", "rrrri", inspected=[POLICE])
    assert owner(signed_in, POLICE).assurance is Assurance.REGRESSED


def test_an_inspection_without_a_day_of_its_own_counts_from_when_it_is_agreed(
    signed_in: SignIn,
) -> None:
    implemented(signed_in)
    read_and_agreed(signed_in, LATER, None, "rrrri")
    assert owner(signed_in).assurance is Assurance.REGRESSED


def test_the_same_inspection_agreed_again_takes_back_once(signed_in: SignIn) -> None:
    implemented(signed_in)
    read_and_agreed(signed_in, LATER, "2026-02-02", "rrrri")
    steps_taken = len(owner(signed_in).history)
    inspections.reopen(LATER, "One case to read again.", by=signed_in("priya-lead"))
    inspections.agree(LATER, by=signed_in("priya-lead"))
    assert len(owner(signed_in).history) == steps_taken
