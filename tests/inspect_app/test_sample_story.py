"""The invented story shows the whole of "closed by evidence": nobody changes it here."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from data_model.database import Database, open_database
from data_model.records import AuditEvent, Milestone, RecommendationStep
from data_model.vocabulary import (
    Assurance,
    Change,
    Closing,
    Delivery,
    Evidence,
    NoteKind,
    Response,
)
from inspect_app.errors import NotFound
from inspect_app.services import (
    people,
    reaudits,
    recommendation_list,
    recommendations,
    repeats,
    waiting_answers,
)
from inspect_app.services.actions import ActionValue
from inspect_app.services.recommendation_list import Wanted
from inspect_app.services.recommendation_stands import Stands
from inspect_app.services.recommendation_values import OwnerValue
from inspect_app.signed_in import SignedIn
from tests.support.cast import EVERYONE_ELSE
from tests.support.looking import every_row_of

REAUDIT, AGREED_ON = "ALD-2026-REAUDIT", date(2026, 10, 9)
COUNCIL, POLICE, ELSEWHERE = "aldermere-council", "mere-and-bracken-police", "brackenshire-council"
TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
Told = Callable[[str], SignedIn]


@pytest.fixture(scope="module", params=["sqlite_samples", "postgres_samples"])
def story(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The samples themselves, to be read only, on each kind of database that we support."""
    database = open_database(request.getfixturevalue(request.param).url)
    yield database
    database.close()


@pytest.fixture
def told(story: Database) -> Told:
    """Sign a person of the samples in on the story's newest day."""
    return lambda code: replace(people.sign_in(code, story), clock=lambda: TODAY)


def answer(told: Told, code: str, body: str, person: str = "priya-lead") -> OwnerValue:
    """Return one body's answer as a person sees it."""
    held = recommendations.view(code, by=told(person))
    return next(owner for owner in held.owners if owner.organisation == body)


def actions(told: Told) -> Iterator[tuple[str, ActionValue]]:
    """Yield every action of the story, with its recommendation."""
    listed = recommendation_list.page_of(Wanted(), by=told("priya-lead"), size=200)
    for code in dict.fromkeys(line.code for line in listed.lines):
        for owner in recommendations.view(code, by=told("priya-lead")).owners:
            yield from ((code, action) for action in owner.actions)


def codes(told: Told, stands: Stands) -> set[tuple[str, str]]:
    """Return the answers that stand so on the story's newest day: recommendation and body."""
    found = recommendation_list.page_of(Wanted(stands), by=told("priya-lead"), size=200)
    return {(line.code, line.organisation) for line in found.lines}


@pytest.mark.parametrize("body", [COUNCIL, POLICE])
def test_the_re_audit_shows_that_missing_children_are_looked_for(told: Told, body: str) -> None:
    shown = reaudits.comparison("ALD-2025-R2", body, REAUDIT, by=told("priya-lead"))
    assert shown.verdict is Change.IMPROVED
    assert shown.comparison
    assert shown.comparison.first.counts == (3, 4, 6)
    assert shown.comparison.second.counts == (8, 3, 1)


def test_the_re_audit_shows_no_change_in_what_assessments_say(told: Told) -> None:
    shown = reaudits.comparison("ALD-2025-R1", COUNCIL, REAUDIT, by=told("priya-lead"))
    assert shown.verdict is Change.NONE_SHOWN
    assert shown.comparison
    assert shown.comparison.second.counts == (5, 5, 4)


def test_an_answer_that_was_closed_untested_is_open_again_with_a_new_clock(
    told: Told, story: Database
) -> None:
    again = answer(told, "ALD-2025-R1", COUNCIL)
    stands = (again.response, again.delivery, again.assurance, again.closed)
    assert stands == (Response.AWAITING, Delivery.NOT_STARTED, Assurance.REGRESSED, False)
    assert (again.restarted_on, again.response_due_on) == (AGREED_ON, date(2027, 4, 9))
    assert again.original_due_on == date(2026, 1, 31)
    with every_row_of(story).reading() as session:
        steps = session.scalars(
            select(RecommendationStep)
            .where(RecommendationStep.reason.startswith(f"Inspection {REAUDIT}"))
            .order_by(RecommendationStep.id)
        ).all()
        moved = [(step.before, step.after) for step in steps]
        event = session.scalars(
            select(AuditEvent).where(
                AuditEvent.action == "inspection.agreed", AuditEvent.subject == REAUDIT
            )
        ).one()
    assert (Closing.CLOSED, Closing.OPEN) in moved
    assert (Assurance.IMPLEMENTED, Assurance.REGRESSED) in moved
    assert "ALD-2025-R1 aldermere-council" in str(event.after)


def test_what_was_shown_is_closed_with_its_effect_shown(told: Told) -> None:
    shown = answer(told, "ALD-2025-R2", POLICE)
    assert (shown.assurance, shown.closed) == (Assurance.EFFECT_SHOWN, True)
    assert [item.rung for item in shown.evidence] == [Evidence.E1, Evidence.E2, Evidence.E3]
    assert shown.evidence[-1].reaudit == REAUDIT


def test_one_answer_is_closed_with_its_effect_not_tested(told: Told) -> None:
    assert codes(told, Stands.UNTESTED_CLOSED) == {("BRK-2025-R1", ELSEWHERE)}
    assert "effect not tested" in answer(told, "BRK-2025-R1", ELSEWHERE).label


def test_the_verifier_finds_an_outcome_that_another_body_gathered(told: Told) -> None:
    (pile,) = waiting_answers.verifying(told("ruth-verifier"))
    assert "ALD-2025-R2" in {item.code for item in pile.items}
    outcome = answer(told, "ALD-2025-R2", COUNCIL, "ruth-verifier").evidence[-1]
    assert outcome.rung is Evidence.E4
    assert outcome.gathered_by == "Aldermere Safeguarding Children Partnership (invented)"


def test_the_draft_is_for_its_lead_only(told: Told) -> None:
    assert recommendations.view("ALD-2026-R2", by=told("priya-lead")).published_on is None
    for person in EVERYONE_ELSE:
        if person != "priya-lead":
            with pytest.raises(NotFound):
                recommendations.view("ALD-2026-R2", by=told(person))


def test_one_answer_is_superseded_by_a_recommendation_entered_from_a_publication(
    told: Told,
) -> None:
    superseded = answer(told, "ALD-2025-R4", COUNCIL)
    assert superseded.delivery is Delivery.SUPERSEDED
    assert superseded.superseded_by == "JIS-2026-R2"
    entered = recommendations.view("JIS-2026-R2", by=told("meilin-director"))
    assert entered.quotation
    assert entered.followed_here


def test_the_entered_one_has_a_response_that_is_late_and_one_that_came_late(told: Told) -> None:
    assert ("JIS-2026-R2", "aldermere-health") in codes(told, Stands.LATE)
    council = answer(told, "JIS-2026-R2", COUNCIL)
    accepted = next(step for step in council.history if step.axis == "response")
    assert council.response_due_on
    assert accepted.at.date() > council.response_due_on


def test_what_is_asked_again_is_counted_on_what_was_asked_first(told: Told) -> None:
    assert repeats.found_again("ALD-2025-R1", by=told("patrick-board")) == ("ALD-2026-R1",)


def test_actions_are_put_back_blocked_and_freed_again(told: Told) -> None:
    held = list(actions(told))
    assert {code for code, action in held if action.blocked and not action.done_on} == {
        "ALD-2025-R3",
        "BRK-2025-R2",
        "BRK-2025-R3",
    }
    freed = [a for _c, a in held if NoteKind.LIFTED in {note.kind for note in a.notes}]
    assert [action.blocked for action in freed] == [False]
    assert max(action.slips for _code, action in held) == 2
    for _code, action in held:
        back = [note for note in action.notes if note.text.startswith("Put back from")]
        assert len(back) == action.slips
        assert action.due_on >= action.original_due_on


def test_plans_say_what_they_are_to_move_and_have_points_on_the_way(
    told: Told, story: Database
) -> None:
    held = [action for _code, action in actions(told)]
    assert sum(bool(action.theme and action.by_how_much) for action in held) >= 8
    assert sum(action.indicator is not None for action in held) >= 4
    with every_row_of(story).reading() as session:
        reached = [point.done_on is not None for point in session.scalars(select(Milestone))]
    assert {True, False} == set(reached)


def test_most_recommendations_say_what_would_test_them(told: Told) -> None:
    held = [
        recommendations.view(code, by=told("priya-lead"))
        for code in ("ALD-2025-R1", "ALD-2025-R2", "ALD-2025-R3", "BRK-2025-R1", "ALD-2026-R1")
    ]
    assert all(each.retest is not None for each in held)
    assert ("BRK-2025-R1", POLICE) in codes(told, Stands.TO_REAUDIT)


@pytest.mark.parametrize(
    ("person", "stands"),
    [
        ("joanna-director", Stands.REGRESSED),
        ("joanna-director", Stands.SENT_BACK),
        ("desmond-director", Stands.SENT_BACK),
        ("desmond-director", Stands.TO_REAUDIT),
        ("meilin-director", Stands.LATE),
        ("harpreet-director", Stands.OVERDUE),
    ],
)
def test_each_director_finds_something_of_their_own(
    told: Told, person: str, stands: Stands
) -> None:
    assert recommendation_list.page_of(Wanted(stands, own=True), by=told(person)).total > 0
