"""A body's plan: only its own, only once accepted; first dates stay, and slips are counted."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from data_model.database import Database
from data_model.forms import ActionForm, MilestoneForm, NoteForm, ProgressForm, checked
from data_model.records import AuditEvent
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import actions
from inspect_app.services.actions import ActionValue
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis
from metrics import INDICATORS
from tests.support.looking import every_row_of
from tests.support.recommending import (
    CODE,
    COUNCIL,
    POLICE,
    SignIn,
    accepted,
    owner,
    published,
    step,
)

Change = Callable[[], object]
DIRECTOR, VERIFIER = "joanna-director", "ruth-verifier"
ACTION = {
    "action": "Read each open case again.",
    "owner_role": "Head of exploitation service",
    "due_on": "2096-06-30",
}


def added(by: SignedIn, **other: object) -> int:
    """Add an action to the council's plan; return its id."""
    return actions.add(CODE, COUNCIL, checked(ActionForm, {**ACTION, **other}), by=by)


def progress(by: SignedIn, action: int, version: int = 1, **sent: object) -> None:
    """Say how an action stands."""
    said = {"due_on": "2096-06-30", **sent}
    actions.progress(action, checked(ProgressForm, said), version, by=by)


def milestone(by: SignedIn, action: int, **other: object) -> int:
    """Add a milestone to an action; return its id."""
    said = {"title": "Half of them are read", "due_on": "2096-03-31", **other}
    return actions.add_milestone(action, checked(MilestoneForm, said), by=by)


def note(by: SignedIn, action: int, kind: str, text: str = "As the team says.") -> None:
    """Write a note on an action."""
    actions.note(action, checked(NoteForm, {"kind": kind, "text": text}), by=by)


def planned(signed_in: SignIn) -> tuple[SignedIn, int]:
    """Accept a recommendation and add one action; return the director and the action."""
    accepted(signed_in)
    director = signed_in(DIRECTOR)
    return director, added(director)


def held(signed_in: SignIn) -> ActionValue:
    """Return the one action of the council's plan."""
    (action,) = owner(signed_in).actions
    return action


def newest(database: Database) -> tuple[int, AuditEvent]:
    """Return how many audit events there are, and the newest of them."""
    with every_row_of(database).reading() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
        assert last is not None
        return session.scalar(select(func.count()).select_from(AuditEvent)) or 0, last


def test_an_action_stands_in_the_plan_with_all_it_says(signed_in: SignIn) -> None:
    accepted(signed_in)
    indicator = INDICATORS[0]
    moves = {"theme": "T3", "indicator": indicator.code, "by_how_much": "from 40 % to 80 %"}
    number = added(signed_in(DIRECTOR), starts_on="2096-01-01", **moves)
    action = held(signed_in)
    assert (action.id, action.action, action.owner_role) == (
        number,
        "Read each open case again.",
        "Head of exploitation service",
    )
    assert (action.starts_on, action.due_on) == (date(2096, 1, 1), date(2096, 6, 30))
    assert (action.original_due_on, action.slips, action.done_on) == (action.due_on, 0, None)
    assert (action.indicator, action.by_how_much) == (indicator.title, "from 40 % to 80 %")
    assert action.theme
    assert action.theme != "T3"


def test_only_the_body_itself_plans(signed_in: SignIn) -> None:
    director, number = planned(signed_in)
    mark = milestone(director, number)
    for person in ("desmond-director", VERIFIER, "priya-lead", "patrick-board"):
        other = signed_in(person)
        for change in (
            lambda by=other: added(by),
            lambda by=other: progress(by, number, done_on="2025-07-01"),
            lambda by=other: milestone(by, number),
            lambda by=other: actions.reach(mark, date(2025, 7, 1), by=by),
            lambda by=other: note(by, number, "progress"),
        ):
            with pytest.raises(NotAllowed):
                change()
    action = held(signed_in)
    assert (action.version, action.notes, len(action.milestones)) == (1, (), 1)


def test_whoever_does_not_see_the_recommendation_is_told_there_is_no_such_action(
    signed_in: SignIn,
) -> None:
    director, number = planned(signed_in)
    mark = milestone(director, number)
    stranger = signed_in("harpreet-director")
    for wanted in (number, 999_999):
        with pytest.raises(NotFound, match=f"There is no action {wanted} that you may see"):
            progress(stranger, wanted, done_on="2025-07-01")
    with pytest.raises(NotFound, match=f"There is no milestone {mark} that you may see"):
        actions.reach(mark, date(2025, 7, 1), by=stranger)
    with pytest.raises(NotFound, match="There is no milestone 999999 that you may see"):
        actions.reach(999_999, date(2025, 7, 1), by=director)


@pytest.mark.parametrize("to", ["awaiting", "rejected"])
def test_there_is_no_plan_before_acceptance(signed_in: SignIn, to: str) -> None:
    published(signed_in)
    director = signed_in(DIRECTOR)
    if to != "awaiting":
        step(director, Axis.RESPONSE, to=to, reason="We see it otherwise.")
    with pytest.raises(Refusal, match="a plan belongs to one that is accepted"):
        added(director)


def test_nothing_is_planned_once_the_answer_is_closed(signed_in: SignIn) -> None:
    director, number = planned(signed_in)
    step(signed_in(VERIFIER), Axis.CLOSING, to="closed", reason="Overtaken by the new service.")
    for change in (
        lambda: added(director),
        lambda: progress(director, number, done_on="2025-07-01"),
        lambda: milestone(director, number),
        lambda: note(director, number, "progress"),
    ):
        with pytest.raises(Refusal, match="Ask a verifier to open it again"):
            change()


def test_the_original_date_never_changes_and_each_later_one_is_a_counted_slip(
    signed_in: SignIn,
) -> None:
    director, number = planned(signed_in)
    with pytest.raises(Refusal, match="Put back from 30 June 2096 to 30 September 2096"):
        progress(director, number, due_on="2096-09-30")
    assert held(signed_in).due_on == date(2096, 6, 30)
    progress(director, number, due_on="2096-09-30", reason="The post is not filled.")
    progress(director, number, 2, due_on="2096-12-31", reason="Nobody applied.")
    action = held(signed_in)
    assert (action.original_due_on, action.due_on) == (date(2096, 6, 30), date(2096, 12, 31))
    assert action.slips == 2
    said = [entry.text for entry in action.notes]
    assert said == [
        "Put back from 30 June 2096 to 30 September 2096. The post is not filled.",
        "Put back from 30 September 2096 to 31 December 2096. Nobody applied.",
    ]
    assert {entry.author for entry in action.notes} == {"Joanna Kowalczyk"}


def test_an_earlier_date_is_no_slip_and_needs_no_reason(signed_in: SignIn) -> None:
    director, number = planned(signed_in)
    progress(director, number, due_on="2096-05-31")
    action = held(signed_in)
    assert (action.due_on, action.slips, action.notes) == (date(2096, 5, 31), 0, ())
    assert action.original_due_on == date(2096, 6, 30)


def test_it_is_overdue_by_the_original_date_until_it_is_done(signed_in: SignIn) -> None:
    director, number = planned(signed_in)
    progress(director, number, due_on="2096-12-31", reason="Nobody applied.")
    action = held(signed_in)
    assert not action.overdue_on(date(2096, 6, 30))
    assert action.overdue_on(date(2096, 7, 1))
    progress(director, number, 2, due_on="2096-12-31", done_on="2025-07-01")
    assert not held(signed_in).overdue_on(date(2096, 7, 1))


def test_not_done_after_all_needs_a_reason_that_stands_among_the_notes(signed_in: SignIn) -> None:
    director, number = planned(signed_in)
    progress(director, number, done_on="2025-07-01")
    with pytest.raises(Refusal, match="Not done after all; it was said to be on 1 July 2025"):
        progress(director, number, 2)
    assert held(signed_in).done_on == date(2025, 7, 1)
    progress(director, number, 2, reason="Two teams were left out.")
    action = held(signed_in)
    assert (action.done_on, action.slips) == (None, 0)
    assert action.notes[0].text.endswith("on 1 July 2025. Two teams were left out.")


def test_where_nothing_is_different_nothing_is_kept(signed_in: SignIn) -> None:
    director, number = planned(signed_in)
    with pytest.raises(Refusal, match="Neither the date nor the day"):
        progress(director, number, reason="Going well.")
    assert held(signed_in).notes == ()


def test_who_saw_an_older_state_gets_both_accounts_and_overwrites_nothing(
    signed_in: SignIn,
) -> None:
    director, number = planned(signed_in)
    progress(director, number, done_on="2025-07-01")
    with pytest.raises(Conflict) as met:
        progress(director, number, due_on="2096-09-30", reason="The post is not filled.")
    assert "date 30 June 2096, day done 1 July 2025" in met.value.summary
    assert met.value.facts["both"] == {
        "due_on": {"kept": date(2096, 6, 30), "yours": date(2096, 9, 30)},
        "done_on": {"kept": date(2025, 7, 1), "yours": None},
    }
    assert met.value.facts["in_words"] == {
        "Date": {"kept": "30 June 2096", "yours": "30 September 2096"},
        "Day done": {"kept": "1 July 2025", "yours": "none"},
    }
    action = held(signed_in)
    assert (action.done_on, action.slips, action.version) == (date(2025, 7, 1), 0, 2)
    assert met.value.facts["version"] == action.version


@pytest.mark.parametrize("name", ["starts_on", "due_on", "done_on"])
def test_no_day_of_an_action_is_before_the_recommendation_was_published(
    signed_in: SignIn, name: str
) -> None:
    accepted(signed_in)
    with pytest.raises(Refusal, match="is before ALD-2025-R9 was published, 2 June 2025"):
        added(signed_in(DIRECTOR), **{name: "2025-06-01"})
    assert owner(signed_in).actions == ()


def test_nothing_is_done_or_reached_on_a_day_that_is_still_to_come(signed_in: SignIn) -> None:
    director, number = planned(signed_in)
    later: dict[str, Any] = {"done_on": "2096-02-01"}
    mark = milestone(director, number)
    for change in (
        lambda: added(director, **later),
        lambda: progress(director, number, **later),
        lambda: milestone(director, number, **later),
        lambda: actions.reach(mark, date(2096, 2, 1), by=director),
    ):
        with pytest.raises(Refusal, match="1 February 2096, is still to come"):
            change()


def test_what_an_action_is_meant_to_move_is_known(signed_in: SignIn) -> None:
    accepted(signed_in)
    director = signed_in(DIRECTOR)
    with pytest.raises(Refusal, match="Theme 'T99' is not known"):
        added(director, theme="T99")
    with pytest.raises(Refusal, match="There is no indicator 'happiness'") as met:
        added(director, indicator="happiness")
    assert INDICATORS[0].code in met.value.advice
    with pytest.raises(Refusal, match="cannot be due on 2096-06-30"):
        added(director, starts_on="2096-07-01")


def test_what_stands_in_the_way_stands_there_until_it_is_lifted(signed_in: SignIn) -> None:
    director, number = planned(signed_in)
    with pytest.raises(Refusal, match="Nothing is noted that stands in the way"):
        note(director, number, "lifted")
    note(director, number, "blocker", "The supplier is late.")
    note(director, number, "progress", "Half of them are read.")
    assert held(signed_in).blocked
    note(director, number, "lifted", "The supplier has delivered.")
    action = held(signed_in)
    assert not action.blocked
    assert [entry.text for entry in action.notes] == [
        "The supplier is late.",
        "Half of them are read.",
        "The supplier has delivered.",
    ]
    with pytest.raises(Refusal, match="Nothing is noted that stands in the way"):
        note(director, number, "lifted")


def test_a_milestone_lies_on_the_way(signed_in: SignIn) -> None:
    director, number = planned(signed_in)
    milestone(director, number, title="All of them are read", due_on="2096-06-30")
    milestone(director, number)
    with pytest.raises(Refusal, match="after its action, 30 June 2096"):
        milestone(director, number, due_on="2096-07-01")
    with pytest.raises(Refusal, match="is before ALD-2025-R9 was published"):
        milestone(director, number, due_on="2025-06-01")
    titles = [mark.title for mark in held(signed_in).milestones]
    assert titles == ["Half of them are read", "All of them are read"]


def test_a_milestone_is_reached_once_and_taken_back_with_a_reason(signed_in: SignIn) -> None:
    director, number = planned(signed_in)
    mark = milestone(director, number)
    with pytest.raises(Refusal, match="is not reached already"):
        actions.reach(mark, None, "A slip of the hand.", by=director)
    actions.reach(mark, date(2025, 7, 1), by=director)
    with pytest.raises(Refusal, match="was reached on 1 July 2025 already"):
        actions.reach(mark, date(2025, 7, 2), by=director)
    with pytest.raises(Refusal, match="Give the reason"):
        actions.reach(mark, None, " ", by=director)
    assert held(signed_in).milestones[0].done_on == date(2025, 7, 1)
    actions.reach(mark, None, "It was another list.", by=director)
    action = held(signed_in)
    assert action.milestones[0].done_on is None
    assert action.milestones[0].due_on == date(2096, 3, 31)
    assert action.notes[0].text == (
        "“Half of them are read” was not reached on 1 July 2025 after all. It was another list."
    )


def test_every_change_of_a_plan_writes_one_event(signed_in: SignIn, database: Database) -> None:
    accepted(signed_in)
    director = signed_in(DIRECTOR)
    number = added(director)
    mark = milestone(director, number)
    changes: dict[str, Change] = {
        "action.added": lambda: added(director, action="Brief every team."),
        "action.progress": lambda: progress(
            director, number, due_on="2096-09-30", reason="Nobody applied."
        ),
        "action.milestone": lambda: actions.reach(mark, date(2025, 7, 1), by=director),
        "action.note": lambda: note(director, number, "blocker", "The supplier is late."),
    }
    written: dict[str, AuditEvent] = {}
    for name, change in changes.items():
        before, _last = newest(database)
        change()
        after, written[name] = newest(database)
        assert after - before == 1
    assert [event.action for event in written.values()] == list(changes)
    assert {event.happened_by for event in written.values()} == {DIRECTOR}
    assert all(event.subject.startswith(f"{CODE} {COUNCIL}") for event in written.values())
    slip = written["action.progress"]
    assert (slip.before, slip.after) == ({"due_on": "2096-06-30"}, {"due_on": "2096-09-30"})
    assert slip.reason == "Nobody applied."
    assert written["action.added"].after["says"] == "Brief every team."
    assert written["action.note"].after == {"kind": "blocker", "text": "The supplier is late."}


def test_a_refused_change_writes_no_event(signed_in: SignIn, database: Database) -> None:
    director, number = planned(signed_in)
    before, _last = newest(database)
    with pytest.raises(Refusal):
        progress(director, number, due_on="2096-09-30")
    assert newest(database)[0] == before


def test_two_bodies_plan_apart(signed_in: SignIn) -> None:
    planned(signed_in)
    police = signed_in("desmond-director")
    step(
        police, Axis.RESPONSE, POLICE, to="accepted",
        steps="Brief each team.", role_named="Superintendent", due_on="2096-12-31",
    )  # fmt: skip
    actions.add(
        CODE, POLICE, checked(ActionForm, {**ACTION, "action": "Brief officers."}), by=police
    )
    assert [action.action for action in owner(signed_in, POLICE).actions] == ["Brief officers."]
    assert held(signed_in).action == "Read each open case again."
