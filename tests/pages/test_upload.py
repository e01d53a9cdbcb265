"""Upload a workbook: a pack to take away, a look before anything is kept, and a receipt."""

import pytest
from streamlit.testing.v1 import AppTest

from inspect_app.services import cases, intake
from tests.inspect_app.test_intake import case, draft, whole_case
from tests.support.packs import INSPECTION, READER, opened, row_of, saved, write
from tests.support.screen import Opener, SignIn, labelled, said

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(app: AppTest, data: bytes, name: str = "pack.xlsx") -> AppTest:
    """Bring a file back."""
    app.file_uploader[0].upload(name, data, XLSX)
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    labelled(app.button, label).click()
    return app.run()


@pytest.mark.parametrize("person", ["priya-lead", READER])
def test_the_page_opens_for_those_who_record_cases(open_page: Opener, person: str) -> None:
    app = open_page("upload", person)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("person", ["samira-publisher", "patrick-board", "ben-administrator"])
def test_the_page_does_not_open_for_anyone_else(open_page: Opener, person: str) -> None:
    assert "does not allow you to record case files" in open_page("upload", person).error[0].value


def test_a_file_is_looked_at_before_it_is_taken_in_and_a_receipt_says_what_came(
    open_page: Opener, signed_in: SignIn
) -> None:
    by = signed_in(READER)
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    write(book, "Episodes", None, Case="CWM-X1", Reported_missing_on="31/02/2026")
    app = upload(open_page("upload", READER), saved(book))
    assert not app.exception
    assert "To be taken in" in said(app)
    assert "1 row cannot be taken in" in said(app)
    assert "CWM-X1" not in [line.reference for line in cases.mine(by=by)]
    app = press(app, "Take it in")
    assert "Taken in as intake 1" in said(app)
    assert "SHA-256 of the file" in said(app)
    assert "31/02/2026" in said(app)
    assert len(case("CWM-X1", by).form.episodes) == 2


def test_where_both_sides_were_changed_the_person_chooses(
    open_page: Opener, signed_in: SignIn
) -> None:
    by = signed_in(READER)
    book = opened(intake.pack(INSPECTION, by=by))
    write(book, "Cases", row_of(book, "Cases", draft(by)), Summary_of_the_case="On the train.")
    held = case(draft(by), by)
    cases.save(held.id, held.version, held.form.model_copy(update={"summary": "Here."}), by=by)
    app = upload(open_page("upload", READER), saved(book))
    assert "Changed on both sides" in said(app)
    assert not [button for button in app.button if button.label == "Take it in"]
    choice = next(radio for radio in app.radio if radio.label.startswith("Which stands"))
    choice.set_value("As in the file")
    app = press(app.run(), "Take it in")
    assert "Taken in as intake 1" in said(app)
    assert case(draft(by), by).form.summary == "On the train."


def test_a_file_that_is_no_pack_is_refused_in_words(open_page: Opener) -> None:
    app = upload(open_page("upload", READER), b"not a workbook")
    assert "is not an Excel workbook" in app.error[0].value
    assert not app.exception
