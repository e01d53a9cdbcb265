"""Releases on the screen: what is published is seen before it is made; making is a publisher's."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from tests.support.cast import CAST
from tests.support.screen import Opener
from tests.support.whole_page import everything, labels

PUBLISHER = "samira-publisher"


@pytest.mark.parametrize("person", CAST)
def test_the_list_opens_for_everyone_and_only_publishers_are_offered_to_make(
    open_page: Opener, person: str
) -> None:
    text = everything(open_page("releases", person))
    assert "A release is numbered and never changes." in text
    assert ("Make a release" in text) is (person == PUBLISHER)


def _previewed(open_page: Opener) -> AppTest:
    app = open_page("releases", PUBLISHER)
    app.radio[0].set_value("One area").run()
    return next(box for box in app.selectbox if box.label == "Area").select("X06000001").run()


def _make(app: AppTest) -> Button:
    return next(button for button in app.main.button if button.label == "Make the release")


def test_texts_and_what_is_withheld_are_shown_before_a_release_is_made(open_page: Opener) -> None:
    app = _previewed(open_page)
    text = everything(app)
    assert "Cells withheld to protect children:" in text
    assert "Staff knew many of the children well" in text


def test_no_release_is_made_before_its_texts_are_said_to_have_been_read(open_page: Opener) -> None:
    app = _previewed(open_page)
    assert _make(app).disabled


def test_a_release_is_made_listed_and_can_be_downloaded(
    open_page: Opener, sample_address: str
) -> None:
    app = _previewed(open_page)
    app.checkbox[0].check().run()
    _make(app).click().run()
    text = everything(app)
    assert "Release 1 of" in text
    assert "Area X06000001" in text
    for_board = everything(open_page("releases", "patrick-board"))
    assert "Download release 1 (ZIP)" in for_board
    assert "Content hash" in for_board


def test_the_same_content_is_the_same_release(open_page: Opener) -> None:
    app = _previewed(open_page)
    for _ in range(2):
        app.checkbox[0].check().run()
        _make(app).click().run()
    assert "says the very same, so no new one was made" in everything(app)


def test_everything_can_be_released_together(open_page: Opener) -> None:
    app = open_page("releases", PUBLISHER)
    app.radio[0].set_value("Everything").run()
    assert "What it would publish" in everything(app)
    assert "Make the release" in labels(app)


def test_an_inspection_still_being_read_is_not_offered(open_page: Opener) -> None:
    app = open_page("releases", PUBLISHER)
    app.radio[0].set_value("Some inspections").run()
    offered = next(box for box in app.multiselect if box.label == "Inspections").options
    assert any("ALD-2025-JTAI" in each for each in offered)
    assert not any("CWM-2026-NCPI" in each for each in offered)
