"""The sample on screen: a list sent in, a draw, whom it leaves out, exchanges and the due list."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from inspect_app.services import sampling
from tests.support.sampling import DIP, EXTRACT, JOINT, QUICK, begun, drawn, send, start, table
from tests.support.screen import Opener, SignIn, labelled, links, said
from tests.support.whole_page import everything

ANNEX_A = Path(__file__).parents[1] / "data" / "annex_a" / "Annex_A.xlsx"


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    labelled(app.button, label).click()
    return app.run()


def fill(app: AppTest, **typed: str) -> None:
    """Type into the text fields and areas with these labels; an underscore is a space."""
    for label, text in typed.items():
        labelled([*app.text_area, *app.text_input], label.replace("_", " ")).set_value(text)


@pytest.mark.parametrize("person", ["priya-lead", "marcus-inspector", "ellen-inspector"])
def test_the_page_opens_for_those_who_read_cases(open_page: Opener, person: str) -> None:
    app = open_page("sample", person)
    assert not app.exception
    assert "no list of cases" in " ".join(links(app))


@pytest.mark.parametrize("person", ["ben-administrator", "samira-publisher", "patrick-board"])
def test_it_opens_for_nobody_else(open_page: Opener, person: str) -> None:
    assert "does not allow you to read case files" in said(open_page("sample", person))


def test_a_reader_of_another_inspection_is_told_whom_to_ask(
    open_page: Opener, signed_in: SignIn
) -> None:
    start(signed_in("priya-lead"))
    app = open_page("sample", "ellen-inspector", inspection=DIP)
    assert "no inspection" in said(app)
    assert "Send the list in" not in everything(app)


def test_the_lead_sends_a_workbook_in_and_sees_what_became_of_every_row(
    open_page: Opener, signed_in: SignIn
) -> None:
    start(signed_in("priya-lead"))
    app = open_page("sample", "priya-lead", inspection=DIP)
    assert "No list has been sent in" in said(app)
    app.file_uploader[0].set_value(("Annex_A.xlsx", ANNEX_A.read_bytes(), "application/xlsx"))
    app.run()
    assert "Ofsted's Annex A workbook" in said(app)
    fill(app, Where_the_list_is_from="The council, Annex A", The_list_is_of="2021-03-16")
    press(app, "Keep the list")
    assert "Choose the lists to sample from" in said(app)
    labelled(app.multiselect, "Lists of the workbook").set_value(["4", "8"])
    app.run()
    press(app, "Keep the list")
    text = said(app)
    assert "10 rows read" in text
    assert "2 cases excluded: 18 or older" in text
    assert "Columns not kept The child's identifier, date of birth" in text
    assert "1761444" not in everything(app)
    assert not app.error


def test_the_lead_draws_and_is_told_whom_the_sample_leaves_out(
    open_page: Opener, signed_in: SignIn
) -> None:
    lead = signed_in("priya-lead")
    start(lead)
    send(signed_in("priya-lead"), table())
    app = open_page("sample", "priya-lead", inspection=DIP)
    seed = labelled(app.text_input, "Seed").value
    assert re.fullmatch(rf"{DIP} \d{{4}}-\d\d-\d\d [0-9a-f]{{8}}", seed)
    labelled(app.number_input, "Cases in the sample").set_value(3)
    labelled(app.number_input, "Cases in reserve").set_value(2)
    press(app, "Draw the sample")
    text = said(app)
    assert "3 cases drawn." in text
    assert seed in text
    assert "the same cases in the same order" in text
    assert "sha256sum" in everything(app)
    labelled(app.selectbox, "How the cases are chosen").set_value("purposive").run()
    fill(app, Numbers_chosen="5, 6", Why="The two longest episodes")
    press(app, "Draw the sample")
    assert "The list has 4 boys; none is in the sample." in said(app)
    held = sampling.view(DIP, by=signed_in("priya-lead")).draw
    assert held is not None
    assert [case.number for case in held.sample] == [5, 6]


def test_the_lead_exchanges_a_case_and_readers_see_why(
    open_page: Opener, signed_in: SignIn
) -> None:
    start(signed_in("priya-lead"))
    lead = signed_in("priya-lead")
    send(lead, table())
    numbers = drawn(lead)
    app = open_page("sample", "priya-lead", inspection=DIP)
    labelled(app.selectbox, "Case of the sample").set_value(numbers[0])
    areas = [field for field in app.text_input if field.label == "Why"]
    areas[0].set_value("The file is held elsewhere")
    press(app, "Take it out")
    assert f"number {numbers[4]} takes its place" in said(app)
    text = said(open_page("sample", "marcus-inspector", inspection=DIP))
    assert "The file is held elsewhere" in text
    assert f"In the sample, in place of number {numbers[0]}" in text


def test_a_reader_sees_everything_and_changes_nothing(open_page: Opener, signed_in: SignIn) -> None:
    start(signed_in("priya-lead"))
    lead = signed_in("priya-lead")
    send(lead, EXTRACT, JOINT)
    drawn(lead, JOINT, method="all_eligible")
    begun(lead, 1, "ALD-C01", JOINT)
    app = open_page("sample", "marcus-inspector", inspection=JOINT)
    text = said(app)
    assert "Begun: draft, Priya Raman" in text
    assert "ALD-C01" not in text
    assert "90010001" not in everything(app)
    assert [button.label for button in app.main.button] == []
    assert "Begin a case of the sample" in links(app)


def test_a_two_minute_audit_has_a_due_list(open_page: Opener, signed_in: SignIn) -> None:
    start(signed_in("priya-lead"))
    lead = signed_in("priya-lead")
    send(lead, table(boys=1, girls=1), QUICK, dated_on="2025-01-31")
    text = said(open_page("sample", "marcus-inspector", inspection=QUICK))
    assert "Every open case is audited every 3 calendar months" in text
    assert "2 of 2 overdue." in text
    assert "30 April 2025" in text
    assert "Due list" not in said(open_page("sample", "marcus-inspector", inspection=DIP))
