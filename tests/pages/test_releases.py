"""Releases on the screen: each role sees its part, and the way to publication is walked."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from data_model.records import Release
from data_model.vocabulary import ChecklistItem
from inspect_app.services import (
    inspections,
    release,
    release_early,
    release_shelf,
    release_steps,
    release_texts,
)
from inspect_app.services.release_store import thaw
from inspect_app.signed_in import SignedIn, now
from tests.support.cast import CAST
from tests.support.releasing import AUDIT, JOINT, SAMPLE, published_sample
from tests.support.screen import Opener, SignIn, labelled
from tests.support.whole_page import everything, labels

PUBLISHER, APPROVER, BOARD = "samira-publisher", "eleri-approver", "patrick-board"


def press(app: AppTest, label: str) -> AppTest:
    return _button(app, label).click().run()


def _button(app: AppTest, label: str) -> Button:
    return next(button for button in app.main.button if button.label == label)


@pytest.mark.parametrize("person", CAST)
def test_the_list_opens_for_everyone_and_shows_each_their_part(
    open_page: Opener, person: str
) -> None:
    text = everything(open_page("releases", person))
    assert "A release is numbered and never changes." in text
    assert "No release has been published yet." in text
    assert ("In preparation" in text) is (person in {PUBLISHER, APPROVER})
    assert ("Draw up a release" in text) is (person == PUBLISHER)
    assert ("It waits for you" in text) is (person == APPROVER)


@pytest.mark.parametrize("person", [BOARD, "priya-lead", "ben-administrator"])
def test_a_draft_opens_for_nobody_who_does_not_check_releases(
    open_page: Opener, person: str
) -> None:
    text = everything(open_page("releases", person, release=str(SAMPLE)))
    assert "BRK-2025-AUDIT" not in text


def _previewed(open_page: Opener) -> AppTest:
    app = open_page("releases", PUBLISHER)
    app.radio[0].set_value("One area").run()
    return next(box for box in app.selectbox if box.label == "Area").select("X06000001").run()


def test_what_is_withheld_is_shown_before_a_release_is_drawn_up(open_page: Opener) -> None:
    text = everything(_previewed(open_page))
    assert "Cells withheld to protect children:" in text
    assert "Texts that somebody wrote here:" in text


def test_a_release_is_drawn_up_and_its_texts_wait_to_be_read(open_page: Opener) -> None:
    press(_previewed(open_page), "Draw it up")
    app = open_page("releases", PUBLISHER, release="2")
    text = everything(app)
    assert "Draft 2: Area X06000001" in text
    assert "Staff knew many of the children well" in text
    assert "I have read it, and it is right to publish it" in labels(app)
    assert "Start the checks" in labels(app)


def test_what_is_withheld_and_why_is_told_to_those_who_check(open_page: Opener) -> None:
    app = press(open_page("releases", APPROVER, release=str(SAMPLE)), "Work it out")
    text = everything(app)
    assert "No safe choice of cells would lose less." in text
    assert "Cells withheld to protect children: 11." in text
    assert "Withheld: 11 of 49 cells" in text
    assert "response of Brackenshire County Council (invented)" in text
    assert "a count of so few" in text
    assert "others could be worked out from it" in text


def test_an_inspection_still_being_read_is_not_offered(open_page: Opener) -> None:
    app = open_page("releases", PUBLISHER)
    app.radio[0].set_value("Some inspections").run()
    offered = next(box for box in app.multiselect if box.label == "Inspections").options
    assert any("ALD-2025-JTAI" in each for each in offered)
    assert not any("CWM-2026-NCPI" in each for each in offered)


def test_a_text_that_was_read_is_read_by_name(open_page: Opener, signed_in: SignIn) -> None:
    held = release.draw_up(JOINT, by=signed_in(PUBLISHER))
    release_steps.start_checks(held, by=signed_in(PUBLISHER))
    app = open_page("releases", PUBLISHER, release=str(held))
    assert "Read: 0 of" in everything(app)
    app = press(app, "I have read it, and it is right to publish it")
    text = everything(app)
    assert "Read: 1 of" in text
    assert "Read by Samira Haddad" in text


def test_what_stands_in_the_way_is_named_when_it_is_handed_over(
    open_page: Opener, signed_in: SignIn
) -> None:
    held = release.draw_up(JOINT, by=signed_in(PUBLISHER))
    release_steps.start_checks(held, by=signed_in(PUBLISHER))
    app = press(open_page("releases", PUBLISHER, release=str(held)), "Hand it to a second approver")
    text = everything(app)
    with signed_in(PUBLISHER).reading() as session:
        texts = release_texts.unread(session, thaw(session.get_one(Release, held)))
    assert len(texts) > 12
    assert f"{ChecklistItem.UNREAD_TEXTS.english}: {len(texts)}" in text
    assert "settle what stands in the way" in text


def test_the_second_approver_sees_the_checklist_and_approves(open_page: Opener) -> None:
    app = open_page("releases", APPROVER, release=str(SAMPLE))
    text = everything(app)
    assert "With the second approver (now)" in text
    assert "Samira Haddad: It is said in the release itself" in text
    assert "Publish it" not in labels(app)
    app = press(app, "Approve it")
    assert "It is approved. What is published is what you approved" in everything(app)


def test_the_second_approver_sends_it_back_with_a_reason(open_page: Opener) -> None:
    app = open_page("releases", APPROVER, release=str(SAMPLE))
    app = press(app, "Send it back")
    assert "say why, in a sentence" in everything(app)
    labelled(app.text_area, "Reason, in a sentence").set_value("A word is missing.")
    assert "It went back, with your reason." in everything(press(app, "Send it back"))


def test_the_publisher_is_offered_no_approval(open_page: Opener) -> None:
    app = open_page("releases", PUBLISHER, release=str(SAMPLE))
    assert "Approve it" not in labels(app)
    assert "Send it back" in labels(app)


def test_an_approved_release_is_published_and_anybody_can_take_it_away(
    open_page: Opener, signed_in: SignIn
) -> None:
    release_steps.approve(SAMPLE, by=signed_in(APPROVER))
    app = press(open_page("releases", PUBLISHER, release=str(SAMPLE)), "Publish it")
    assert not app.exception
    text = everything(open_page("releases", BOARD))
    assert "Release 1," in text
    assert "Download release 1 (ZIP)" in text
    assert "Content hash" in text


def test_a_day_and_early_readers_are_planned_and_a_wrong_day_is_refused(
    open_page: Opener,
) -> None:
    app = open_page("releases", PUBLISHER, release=str(SAMPLE))
    labelled(app.text_input, "Day of publication").set_value("soon")
    app = press(app, "Keep the plan")
    assert "'soon' is not a date." in everything(app)
    labelled(app.text_input, "Day of publication").set_value("2099-01-05")
    labelled(app.multiselect, "Who may see it before").set_value([BOARD])
    app = press(app, "Keep the plan")
    text = everything(app)
    assert "The plan is kept." in text
    assert "To be published on 5 January 2099 at 9.30." in text


def test_who_was_named_finds_the_draft_on_the_list_and_nobody_else_does(
    open_page: Opener, signed_in: SignIn
) -> None:
    publisher = signed_in(PUBLISHER)
    day = (now() + timedelta(days=2)).date()
    release_early.plan(SAMPLE, day, [BOARD], by=publisher)
    release_steps.approve(SAMPLE, by=signed_in(APPROVER))
    release_early.open_early(SAMPLE, by=publisher)
    assert "You were named to see it early." in everything(open_page("releases", BOARD))
    assert "named to see it" not in everything(open_page("releases", "joanna-director"))


def test_a_moved_draft_says_so_and_is_drawn_up_again(open_page: Opener, signed_in: SignIn) -> None:
    held = release.draw_up(JOINT, by=signed_in(PUBLISHER))
    _reworded(signed_in("priya-lead"), "ALD-2025-JTAI")
    app = open_page("releases", PUBLISHER, release=str(held))
    assert "has changed since it was drawn up" in everything(app)
    text = everything(press(app, "Draw it up again"))
    assert "It was drawn up again from what is recorded now." in text
    assert "has changed since it was drawn up" not in text


def _reworded(lead: SignedIn, code: str) -> None:
    inspections.reopen(code, "The summary was unclear.", by=lead)
    inspections.summarise(code, "Partners met and recorded little.", by=lead)
    inspections.agree(code, by=lead)


def test_a_published_release_is_corrected_by_a_draft_that_counts_what_changed(
    open_page: Opener, signed_in: SignIn
) -> None:
    published_sample(signed_in(PUBLISHER), signed_in(APPROVER))
    _reworded(signed_in("priya-lead"), "BRK-2025-AUDIT")
    app = open_page("releases", PUBLISHER, published="1")
    labelled(app.text_area, "Why, in English").set_value("The summary was wrong.")
    draw = "Draw up the release that takes its place"
    assert "what kind of change" in everything(press(app, draw))
    labelled(app.radio, "Kind").set_value(labelled(app.radio, "Kind").options[1])
    labelled(app.text_area, "Why, in Welsh").set_value("Roedd yn anghywir.")
    press(app, draw)
    text = everything(open_page("releases", PUBLISHER, release="2"))
    assert "What changes from release 1" in text
    assert "It takes the place of release 1." in text


def test_a_withdrawn_release_stays_on_the_list_with_the_reason(
    open_page: Opener, signed_in: SignIn
) -> None:
    published_sample(signed_in(PUBLISHER), signed_in(APPROVER))
    app = open_page("releases", PUBLISHER, published="1")
    app.text_area(key="withdraw-1-why").set_value("A sentence named a place.")
    assert "not said that you are sure" in everything(press(app, "Withdraw it"))
    app.checkbox[0].check()
    press(app, "Withdraw it")
    text = everything(open_page("releases", BOARD))
    assert "Withdrawn. Approved by Eleri Vaughan. A sentence named a place." in text
    assert "Download release 1" not in text


def test_an_interrupted_publication_can_be_finished(
    open_page: Opener, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_steps.approve(SAMPLE, by=signed_in(APPROVER))
    with monkeypatch.context() as dying:
        dying.setattr(release_shelf, "bring", lambda **_: None)
        release_steps.publish(SAMPLE, by=signed_in(PUBLISHER))
    app = open_page("releases", PUBLISHER)
    assert "Publishing was interrupted" in everything(app)
    text = everything(press(app, "Finish publishing"))
    assert "The public folder shows everything that was published." in text
    assert "Publishing was interrupted" not in text


def test_home_tells_the_second_approver_what_waits(open_page: Opener) -> None:
    text = everything(open_page("home", APPROVER))
    assert "Releases to approve (1)" in text
    assert f"Draft release {SAMPLE}: {release_scope()}" in text


def release_scope() -> str:
    return f"inspection {AUDIT.inspections[0]}"
