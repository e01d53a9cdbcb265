"""One body's answer on the screen: what it says, and forms that keep what is typed when refused."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data_model.forms import (
    ActionForm,
    MilestoneForm,
    NoteForm,
    ProgressForm,
    WordingForm,
    checked,
)
from data_model.vocabulary import Evidence, NoteKind
from inspect_app.services import actions, attached_files, recommendations
from inspect_app.services.actions import ActionValue
from inspect_app.workflow import Axis
from tests.support.recommending import (
    CODE,
    COUNCIL,
    SignIn,
    accepted,
    drafted,
    evidence,
    owner,
    published,
    step,
)
from tests.support.screen import Opener, labelled
from tests.support.whole_page import everything, labels

DIRECTOR, VERIFIER, BOARD, LEAD = "joanna-director", "ruth-verifier", "patrick-board", "priya-lead"
PDF = b"%PDF-1.7\n"
ACTION = {
    "action": "Read each open case again.",
    "owner_role": "Head of service",
    "due_on": "2096-06-30",
}


def shown(open_page: Opener, person: str) -> AppTest:
    """Open the recommendation of these tests as somebody."""
    return open_page("recommendations", person, recommendation=CODE)


def field(app: AppTest, form: str, name: str) -> Any:
    """Return a widget by the form it stands in and the field it asks for."""
    widgets = (*app.text_input, *app.text_area, *app.radio, *app.selectbox)
    held = (widget for widget in widgets if widget.key)
    return next(w for w in held if w.key.startswith(f"{form}-") and w.key.endswith(f"-{name}"))


def fill(app: AppTest, form: str, **said: object) -> None:
    """Type or choose in the fields of a form."""
    for name, value in said.items():
        field(app, form, name).set_value(value)


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    labelled(app.main.button, label).click()
    return app.run()


def planned(signed_in: SignIn) -> ActionValue:
    """Accept the recommendation and add an action by the services; return it."""
    accepted(signed_in)
    form = checked(ActionForm, ACTION)
    actions.add(CODE, COUNCIL, form, by=signed_in(DIRECTOR))
    return owner(signed_in).actions[0]


def test_three_answers_stand_apart_under_one_honest_label(
    open_page: Opener, signed_in: SignIn
) -> None:
    accepted(signed_in)
    text = everything(shown(open_page, BOARD))
    assert "Council says in progress. Not yet tested." in text
    assert "Response The owner says Accepted Responsible role: Head of exploitation service" in text
    assert "Delivery The owner claims In progress" in text
    assert "Original date: 31 December 2096. Latest date: 31 December 2096." in text
    assert "Assurance An independent verifier says Not tested No evidence has been put" in text
    assert "response: Awaiting a response → Accepted, to be done by 31 December 2096" in text
    assert "Police: no response" in text


def test_nothing_is_offered_to_who_only_reads(open_page: Opener, signed_in: SignIn) -> None:
    planned(signed_in)
    evidence(signed_in(DIRECTOR), "E2")
    app = shown(open_page, BOARD)
    assert "Read each open case again." in everything(app)
    assert labels(app) == []


def test_a_director_adds_an_action_and_what_was_typed_stays_until_it_is_taken(
    open_page: Opener, signed_in: SignIn
) -> None:
    accepted(signed_in)
    app = shown(open_page, DIRECTOR)
    fill(app, "action", **{**ACTION, "due_on": "2025-01-31"})
    app = press(app, "Add the action")
    assert "31 January 2025, is before ALD-2025-R9 was published" in everything(app)
    assert field(app, "action", "action").value == ACTION["action"]
    fill(app, "action", due_on=ACTION["due_on"], by_how_much="From 40 % to 80 %")
    app = press(app, "Add the action")
    text = everything(app)
    assert "The action is in the plan." in text
    assert "Read each open case again. Responsible role Head of service Date 30 June 2096" in text
    assert "Done on, the owner says Not yet Meant to move: From 40 % to 80 %" in text
    assert field(app, "action", "action").value == ""


def test_a_later_date_needs_a_reason_and_the_first_one_stays_in_sight(
    open_page: Opener, signed_in: SignIn
) -> None:
    planned(signed_in)
    app = shown(open_page, DIRECTOR)
    fill(app, "progress", due_on="2096-09-30")
    app = press(app, "Keep the dates")
    assert "Put back from 30 June 2096 to 30 September 2096" in everything(app)
    assert field(app, "progress", "due_on").value == "2096-09-30"
    fill(app, "progress", reason="Nobody applied.")
    text = everything(press(app, "Keep the dates"))
    assert "30 September 2096; first promised for 30 June 2096, put back once" in text
    assert "Put back from 30 June 2096 to 30 September 2096. Nobody applied." in text


def test_who_saw_an_older_date_sees_both_and_sends_theirs_again_knowingly(
    open_page: Opener, signed_in: SignIn
) -> None:
    action = planned(signed_in)
    app = shown(open_page, DIRECTOR)
    earlier = checked(ProgressForm, {"due_on": "2096-05-31"})
    actions.progress(action.id, earlier, action.version, by=signed_in(DIRECTOR))
    fill(app, "progress", due_on="2096-06-15", reason="Agreed with the partners.")
    app = press(app, "Keep the dates")
    text = everything(app)
    assert "was changed by somebody else while you were writing" in text
    assert "Date 31 May 2096 15 June 2096" in text
    assert owner(signed_in).actions[0].slips == 0
    assert field(app, "progress", "reason").value == "Agreed with the partners."
    assert "The dates are kept" in everything(press(app, "Keep the dates"))
    held = owner(signed_in).actions[0]
    assert (str(held.due_on), held.slips) == ("2096-06-15", 1)


def test_notes_and_milestones_stand_with_their_action(open_page: Opener, signed_in: SignIn) -> None:
    action = planned(signed_in)
    director = signed_in(DIRECTOR)
    blocker = {"kind": NoteKind.BLOCKER, "text": "The supplier is late."}
    actions.note(action.id, checked(NoteForm, blocker), by=director)
    half = {"title": "Half of them are read", "due_on": "2096-03-31"}
    actions.add_milestone(action.id, checked(MilestoneForm, half), by=director)
    app = shown(open_page, DIRECTOR)
    text = everything(app)
    assert "Something stands in the way" in text
    assert "Half of them are read, by 31 March 2096: not reached yet" in text
    app = press(app, "Milestone reached today: Half of them are read")
    assert "Half of them are read, by 31 March 2096: reached on" in everything(app)
    fill(app, "note", kind=NoteKind.LIFTED, text="It has delivered.")
    text = everything(press(app, "Add the note"))
    assert "The note stands with the action." in text
    assert "Something stands in the way" not in text


def test_a_director_puts_evidence_forward_that_waits_to_be_tested(
    open_page: Opener, signed_in: SignIn
) -> None:
    accepted(signed_in)
    app = shown(open_page, DIRECTOR)
    said = {"description": "What children said.", "dated_on": "2026-01-31", "pointer": "Report 4"}
    fill(app, "evidence", rung=Evidence.E4, **said)
    app = press(app, "Add the evidence")
    assert "Name the other body that gathered it" in everything(app)
    assert field(app, "evidence", "description").value == "What children said."
    fill(app, "evidence", gathered_by="aldermere-health")
    text = everything(press(app, "Add the evidence"))
    assert "The evidence is kept. An independent verifier can now test it." in text
    assert "E4 Outcome, or children's and families' account. Waiting to be tested" in text
    assert "Council says in progress. Evidence is waiting to be tested." in text


def test_evidence_is_offered_once_the_body_has_answered(
    open_page: Opener, signed_in: SignIn
) -> None:
    published(signed_in)
    assert "Add the evidence" not in labels(shown(open_page, DIRECTOR))
    step(signed_in(DIRECTOR), Axis.RESPONSE, to="rejected", reason="We do so already.")
    offered = labels(shown(open_page, DIRECTOR))
    assert "Add the evidence" in offered
    assert "Add the action" not in offered


def test_a_verifier_judges_and_what_was_judged_waits_no_longer(
    open_page: Opener, signed_in: SignIn
) -> None:
    accepted(signed_in)
    evidence(signed_in(DIRECTOR), "E1")
    app = shown(open_page, VERIFIER)
    assert labels(app).count("Verify") == 1
    field(app, "assurance", "submitted").set_value(judging(app, "Implemented"))
    app = press(app, "Verify")
    assert "add a record that it happened (E2) or stronger evidence" in everything(app)
    evidence(signed_in(DIRECTOR), "E2")
    app = shown(open_page, VERIFIER)
    field(app, "assurance", "submitted").set_value(judging(app, "Implemented"))
    text = everything(press(app, "Verify"))
    assert "Assurance is now “Implemented”." in text
    assert "Found implemented; effect not yet shown." in text
    assert "It happened. Whether it changed anything for children is not shown." in text
    assert "Waiting to be tested" not in text


def judging(app: AppTest, words: str) -> str:
    """Return an offered verdict, by how it begins."""
    offered: list[str] = field(app, "assurance", "submitted").options
    return next(option for option in offered if option.startswith(words))


def test_a_verifier_who_has_not_seen_the_newest_evidence_is_told_and_loses_nothing(
    open_page: Opener, signed_in: SignIn
) -> None:
    accepted(signed_in)
    evidence(signed_in(DIRECTOR), "E1")
    app = shown(open_page, VERIFIER)
    evidence(signed_in(DIRECTOR), "E2", description="The duty log of May.")
    fill(app, "assurance", reason="A plan shows nothing done.")
    app = press(app, "Verify")
    text = everything(app)
    assert "was changed by somebody else while you were writing" in text
    assert "The duty log of May." in text
    assert field(app, "assurance", "reason").value == "A plan shows nothing done."
    assert "Assurance is now “Evidence insufficient”." in everything(press(app, "Verify"))


def test_a_step_made_elsewhere_is_not_overtaken_and_the_text_stays(
    open_page: Opener, signed_in: SignIn
) -> None:
    accepted(signed_in)
    app = shown(open_page, DIRECTOR)
    step(signed_in(DIRECTOR), Axis.DELIVERY, to="claimed")
    fill(app, "delivery", reason="The post is not filled.")
    app = press(app, "Say how delivery stands")
    assert "was changed by somebody else while you were writing" in everything(app)
    assert field(app, "delivery", "reason").value == "The post is not filled."
    assert str(owner(signed_in).delivery) == "claimed"


def test_a_closed_answer_can_only_be_opened_again(open_page: Opener, signed_in: SignIn) -> None:
    planned(signed_in)
    app = shown(open_page, VERIFIER)
    app = press(app, "Close it")
    assert "say why, in a sentence" in everything(app)
    fill(app, "closing", reason="Overtaken by the new service.")
    app = press(app, "Close it")
    assert "effect not tested. Council says in progress." in everything(app)
    assert "Overtaken by the new service." in everything(app)
    assert "Open it again" in labels(app)
    assert labels(shown(open_page, DIRECTOR)) == []


def test_documents_are_handed_to_who_may_open_them_and_counted_for_others(
    open_page: Opener, signed_in: SignIn
) -> None:
    accepted(signed_in)
    director = signed_in(DIRECTOR)
    item = evidence(director, "E2")
    kept = attached_files.attach(item, "Duty log_of Elm House.pdf", PDF, by=director)
    for person in (DIRECTOR, VERIFIER, LEAD):
        (button,) = shown(open_page, person).get("download_button")
        assert button.proto.label == "Duty log\\_of Elm House.pdf, edition 1"
        assert kept.sha256 in button.proto.help
        assert "not scanned" in button.proto.help
    app = shown(open_page, BOARD)
    assert not app.get("download_button")
    assert "1 document attached" in everything(app)
    assert "Elm House" not in everything(app)


def test_attaching_asks_for_a_document_and_takes_one(open_page: Opener, signed_in: SignIn) -> None:
    accepted(signed_in)
    evidence(signed_in(DIRECTOR), "E2")
    app = press(shown(open_page, DIRECTOR), "Attach it")
    assert "No document is chosen." in everything(app)
    app.file_uploader[0].set_value(("Duty log.pdf", b"MZ\x90", "application/pdf"))
    app = press(app, "Attach it")
    assert "ends like a PDF document and is none inside" in everything(app)
    app.file_uploader[0].set_value(("Duty log.pdf", PDF, "application/pdf"))
    app = press(app, "Attach it")
    assert "Duty log.pdf is attached, edition 1." in everything(app)
    assert owner(signed_in).evidence[0].file_count == 1


def test_a_draft_reworded_elsewhere_shows_both_wordings(
    open_page: Opener, signed_in: SignIn
) -> None:
    drafted(signed_in)
    app = shown(open_page, LEAD)
    theirs = {"title": "Look at every case once more", "text": "Look at every case, and say why."}
    version = recommendations.view(CODE, by=signed_in(LEAD)).version
    recommendations.reword(CODE, checked(WordingForm, theirs), version, by=signed_in(LEAD))
    fill(app, "reword", title="Look at all the cases")
    app = press(app, "Keep this wording")
    text = everything(app)
    assert "was changed by somebody else while you were writing" in text
    assert "Look at every case once more Look at all the cases" in text
    assert field(app, "reword", "title").value == "Look at all the cases"
    assert "The new wording is kept" in everything(press(app, "Keep this wording"))


@pytest.mark.parametrize("person", [DIRECTOR, BOARD, VERIFIER])
def test_a_draft_is_its_leads_alone(open_page: Opener, signed_in: SignIn, person: str) -> None:
    drafted(signed_in)
    assert "There is no recommendation 'ALD-2025-R9'" in everything(shown(open_page, person))
