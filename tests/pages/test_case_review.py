"""Case review: what a reader types is kept, said back, refused or submitted, and never mixed up."""

import pytest
from streamlit.testing.v1 import AppTest

from data_model.forms import CaseForm
from data_model.vocabulary import (
    Answer,
    CaseKind,
    CaseStatus,
    DocumentKind,
    HarmCategory,
    NotGraded,
)
from inspect_app.services import cases, inspections
from inspect_app.services.cases import CaseValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session
from tests.support.screen import Opener, SignIn, labelled, links, said

READER = "gwenllian-elsewhere"
READ = "CWM-2026-NCPI"


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    labelled(app.button, label).click()
    return app.run()


def number(reference: str, by: SignedIn) -> str:
    """Return the id of the reader's case with this reference, as an address holds it."""
    return str(next(line.id for line in cases.mine(by=by) if line.reference == reference))


def case(reference: str, by: SignedIn) -> CaseValue:
    """Return the reader's case with this reference."""
    return cases.view(int(number(reference, by)), by=by)


@pytest.mark.parametrize("person", ["priya-lead", "marcus-inspector", "ellen-inspector", READER])
def test_case_review_opens_for_those_who_read_cases(open_page: Opener, person: str) -> None:
    app = open_page("case-review", person)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize(
    "person", ["samira-publisher", "ruth-verifier", "patrick-board", "ben-administrator"]
)
def test_case_review_does_not_open_for_anyone_else(open_page: Opener, person: str) -> None:
    app = open_page("case-review", person, case="1")
    assert "does not allow you to read case files" in app.error[0].value
    assert "ALD-C" not in said(app)


def test_a_deep_link_to_a_case_right_after_the_start_leads_to_the_sign_in(
    open_page: Opener,
) -> None:
    app = open_page("case-review", case="30")
    assert [title.value for title in app.title] == ["Inspection Evidence"]
    assert "CWM" not in said(app)


@pytest.mark.parametrize("asked", ["30", "99999", "-1", "x", "9" * 30])
def test_a_case_that_somebody_may_not_see_is_not_there(open_page: Opener, asked: str) -> None:
    app = open_page("case-review", "marcus-inspector", case=asked)
    assert "There is no such case that you may see." in app.error[0].value
    assert not app.exception


def test_a_reader_finds_drafts_and_submitted_cases(open_page: Opener, signed_in: SignIn) -> None:
    app = open_page("case-review", READER)
    reader = signed_in(READER)
    held = links(app)
    assert held[f"CWM-C09: Child sexual exploitation and missing, {READ}"].endswith(
        f"case={number('CWM-C09', reader)}"
    )
    assert len([label for label in held if label.startswith("CWM-C")]) == 12


def test_a_case_is_begun_with_a_reference_that_leads_to_no_child(
    open_page: Opener, signed_in: SignIn
) -> None:
    app = open_page("case-review", READER)
    assert labelled(app.text_input, "Reference").value == "CWM-C13"
    labelled(app.text_input, "Reference").set_value("Alice Smith")
    labelled(app.radio, "Kind of case").set_value(CaseKind.MISSING)
    press(app, "Begin")
    assert "looks like a name" in app.error[0].value
    assert labelled(app.text_input, "Reference").value == "Alice Smith"
    labelled(app.text_input, "Reference").set_value("CWM-C13")
    press(app, "Begin")
    assert case("CWM-C13", signed_in(READER)).status is CaseStatus.DRAFT
    assert "Case CWM-C13" in said(app)


def test_a_draft_is_saved_and_said_to_be(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in(READER)
    app = open_page("case-review", READER, case=number("CWM-C09", reader))
    assert "Everything here is saved." in said(app)
    labelled(app.text_area, "Summary of the case").set_value("She was <b>not</b> looked for.").run()
    assert "You have changes that are not saved." in said(app)
    press(app, "Save draft")
    assert "Draft saved." in said(app)
    assert case("CWM-C09", reader).form.summary == "She was <b>not</b> looked for."


def test_what_still_stands_in_the_way_is_always_listed(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    app = open_page("case-review", READER, case=number("CWM-C09", reader))
    assert "Not entered yet: disabled, network, meets the definition." in said(app)
    labelled(app.radio, "Disabled").set_value(Answer.NOT_RECORDED)
    press(app, "Save draft")
    assert "Not entered yet: network, meets the definition." in said(app)
    press(app, "Submit")
    assert "cannot be submitted yet" in app.error[0].value
    assert case("CWM-C09", reader).status is CaseStatus.DRAFT


def test_a_wrong_date_is_explained_and_everything_typed_stays(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    app = open_page("case-review", READER, case=number("CWM-C09", reader))
    labelled(app.text_input, "Practice read to").set_value("31/10/2026")
    labelled(app.text_area, "Summary of the case").set_value("Typed before the mistake.")
    press(app, "Save draft")
    assert "Practice read to: expected a date written as year" in said(app)
    assert labelled(app.text_input, "Practice read to").value == "31/10/2026"
    assert labelled(app.text_area, "Summary of the case").value == "Typed before the mistake."
    assert "You have changes that are not saved." in said(app)


def test_the_reason_for_at_risk_is_asked_for_only_beside_signs_of_harm(
    open_page: Opener, signed_in: SignIn
) -> None:
    why = "Why “at risk” is right although signs of harm are recorded"
    app = open_page("case-review", READER, case=number("CWM-C09", signed_in(READER)))
    assert why not in [area.label for area in app.text_area]
    labelled(app.radio, "Risk and harm").set_value(HarmCategory.AT_RISK).run()
    assert why in [area.label for area in app.text_area]
    labelled(app.checkbox, "Found overnight with unknown adults").uncheck().run()
    assert why not in [area.label for area in app.text_area]


def test_not_recorded_by_the_agency_differs_from_not_entered_yet(
    open_page: Opener, signed_in: SignIn
) -> None:
    app = open_page("case-review", READER, case=number("CWM-C09", signed_in(READER)))
    for label in ("Sex", "Disabled", "In care", "Network"):
        offered = labelled(app.radio, label).options
        assert {"Not entered yet", "Not recorded by the agency"} <= set(offered)


def test_every_criterion_stands_in_full_beside_the_grade(
    open_page: Opener, signed_in: SignIn
) -> None:
    app = open_page("case-review", READER, case=number("CWM-C09", signed_in(READER)))
    offered = labelled(app.radio, "Criterion it is judged against").options
    assert offered[0].startswith("**T2.1** Nothing in the file places responsibility")
    assert labelled(app.radio, "Grade").options == [
        "Not entered yet",
        "Good",
        "Requires improvement",
        "Inadequate",
        "Not graded",
    ]


def test_a_finding_is_recorded_with_its_evidence(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in(READER)
    app = open_page("case-review", READER, case=number("CWM-C11", reader))
    labelled(app.radio, "Criterion it is judged against").set_value("T2.3")
    labelled(app.radio, "Grade").set_value("good")
    labelled(app.text_area, "Reason").set_value("Her own words open the plan.")
    labelled(app.selectbox, "Kind of record").set_value(DocumentKind.PLAN)
    labelled(app.text_input, "Its date").set_value("2026-10-01")
    labelled(app.text_input, "Where in it").set_value("page 1")
    before = len([box for box in app.selectbox if box.label == "Kind of record"])
    press(app, "Save draft")
    assert not app.error
    assert len([box for box in app.selectbox if box.label == "Kind of record"]) == before + 1
    finding = next(f for f in case("CWM-C11", reader).form.findings if f.theme == "T2")
    assert (finding.grade, finding.criterion) == ("good", "T2.3")
    assert [(p.document, f"{p.dated}", p.locator) for p in finding.pointers] == [
        ("plan", "2026-10-01", "page 1")
    ]


def test_an_evidence_pointer_is_taken_away_by_emptying_it(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    held = case("CWM-C09", reader)
    assert any(finding.pointers for finding in held.form.findings)
    app = open_page("case-review", READER, case=str(held.id))
    box = next(b for b in app.selectbox if b.label == "Kind of record" and b.value)
    box.select_index(0)
    for label in ("Its date", "Where in it"):
        next(i for i in app.text_input if i.label == label and i.value).set_value("")
    press(app, "Save draft")
    assert not app.error
    assert not any(finding.pointers for finding in case("CWM-C09", reader).form.findings)


def test_a_theme_that_is_not_graded_says_why(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in(READER)
    app = open_page("case-review", READER, case=number("CWM-C11", reader))
    labelled(app.radio, "Grade").set_value("not graded").run()
    labelled(app.radio, "Why not graded").set_value(NotGraded.NOT_ENOUGH)
    press(app, "Save draft")
    finding = next(f for f in case("CWM-C11", reader).form.findings if f.theme == "T2")
    assert (finding.grade, finding.not_graded) == (None, "not_enough")


def test_a_case_saved_elsewhere_shows_both_texts_and_keeps_what_was_typed(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    app = open_page("case-review", READER, case=number("CWM-C09", reader))
    labelled(app.text_area, "Summary of the case").set_value("Written here.").run()
    held = case("CWM-C09", reader)
    elsewhere = held.form.model_copy(update={"summary": "Written elsewhere."})
    cases.save(held.id, held.version, CaseForm.model_validate(elsewhere), by=reader)
    press(app, "Save draft")
    assert "saved elsewhere while you were writing" in app.error[0].value
    assert "Summary of the case Written elsewhere. Written here." in said(app)
    assert labelled(app.text_area, "Summary of the case").value == "Written here."
    assert case("CWM-C09", reader).form.summary == "Written elsewhere."
    press(app, "Save draft")
    assert "Draft saved." in said(app)
    assert case("CWM-C09", reader).form.summary == "Written here."


def test_what_is_not_saved_can_be_dropped(open_page: Opener, signed_in: SignIn) -> None:
    app = open_page("case-review", READER, case=number("CWM-C09", signed_in(READER)))
    before = labelled(app.text_area, "Summary of the case").value
    labelled(app.text_area, "Summary of the case").set_value("A slip.").run()
    press(app, "Drop what is not saved")
    assert labelled(app.text_area, "Summary of the case").value == before


def test_two_cases_never_mix_their_text(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in(READER)
    app = open_page("case-review", READER, case=number("CWM-C09", reader))
    labelled(app.text_area, "Summary of the case").set_value("Only of the ninth.").run()
    app.query_params["case"] = number("CWM-C10", reader)
    app.run()
    other = case("CWM-C10", reader)
    assert labelled(app.text_area, "Summary of the case").value == other.form.summary
    press(app, "Save draft")
    assert case("CWM-C10", reader).form == other.form
    app.query_params["case"] = number("CWM-C09", reader)
    app.run()
    assert labelled(app.text_area, "Summary of the case").value == "Only of the ninth."


def test_signing_out_forgets_what_was_typed(open_page: Opener, signed_in: SignIn) -> None:
    app = open_page("case-review", READER, case=number("CWM-C09", signed_in(READER)))
    before = labelled(app.text_area, "Summary of the case").value
    labelled(app.text_area, "Summary of the case").set_value("Not for the next person.").run()
    press(app, "Sign out")
    assert not app.text_area
    app.session_state[session.PERSON] = READER
    app.run()
    assert labelled(app.text_area, "Summary of the case").value == before


def test_opening_and_saving_a_draft_changes_nothing(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in(READER)
    for reference in ("CWM-C09", "CWM-C10", "CWM-C11", "CWM-C12"):
        before = case(reference, reader)
        press(open_page("case-review", READER, case=str(before.id)), "Save draft")
        assert case(reference, reader) == before


def test_a_complete_case_is_submitted_and_taken_back_with_a_reason(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    app = open_page("case-review", READER, case=number("CWM-C12", reader))
    unsettled = [box for box in app.radio if box.label == "Grade" and box.value is None]
    for box in unsettled:
        box.set_value("not graded")
    app.run()
    for box in app.radio:
        if box.label == "Why not graded":
            box.set_value(NotGraded.TOO_EARLY)
    press(app, "Submit")
    assert case("CWM-C12", reader).status is CaseStatus.SUBMITTED
    assert "Case CWM-C12 is submitted." in said(app)
    assert not [button for button in app.button if button.label == "Save draft"]
    press(app, "Take the case back")
    assert "say why" in app.error[0].value
    labelled(app.text_area, "Why you take it back").set_value("One record was missed.")
    press(app, "Take the case back")
    assert case("CWM-C12", reader).status is CaseStatus.DRAFT
    assert [button for button in app.button if button.label == "Save draft"]


def test_somebody_elses_submitted_case_is_read_only(open_page: Opener) -> None:
    app = open_page("case-review", "ellen-inspector", case="1")
    text = said(app)
    assert "Read by Marcus Adeyemi." in text
    assert "What the agency wrote" in text
    assert HarmCategory.EXPERIENCED_AT_RISK.english in text
    assert not [button for button in app.button if button.label != "Sign out"]
    assert not app.text_area


def test_the_lead_watches_over_a_draft_and_cannot_write_in_it(
    open_page: Opener, signed_in: SignIn
) -> None:
    lead = signed_in("priya-lead")
    row = next(
        row
        for row in inspections.workspace(READ, by=lead).matrix or ()
        if row.reference == "CWM-C09"
    )
    app = open_page("case-review", "priya-lead", case=str(row.case_id))
    assert "Draft Read by Gwenllian Prys." in said(app)
    assert "Not entered yet" in said(app)
    assert not app.text_area
