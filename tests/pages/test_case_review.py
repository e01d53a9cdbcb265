"""Case review: what a reader types is kept, said back, refused or submitted, and never mixed up."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from data_model.forms import CaseForm
from data_model.vocabulary import (
    Answer,
    CaseKind,
    CaseStatus,
    HarmCategory,
    InspectionKind,
    NotGraded,
    WordingReply,
)
from inspect_app.services import case_sheet, cases, inspections, keeping
from inspect_app.services.cases import CaseValue
from inspect_app.signed_in import SignedIn
from tests.support.cases import begun, submitted
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


def opened(app: AppTest, case_id: int | str, section: str, theme: str | None = None) -> AppTest:
    """Open a part of the sheet, as its tab does."""
    app.session_state[f"case-{case_id}-sections"] = section
    if theme is not None:
        app.session_state[f"case-{case_id}-themes"] = theme
    return app.run()


def test_a_reader_finds_what_is_to_do_and_what_is_submitted(
    open_page: Opener, signed_in: SignIn
) -> None:
    app = open_page("case-review", READER)
    reader = signed_in(READER)
    held = links(app)
    draft = f"CWM-C09: Child sexual exploitation and missing, {READ}. Draft"
    assert held[draft].endswith(f"case={number('CWM-C09', reader)}")
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


def test_a_choice_is_kept_as_it_is_made(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in(READER)
    app = open_page("case-review", READER, case=number("CWM-C09", reader))
    assert "There is nothing to save." in said(app)
    labelled(app.radio, "Lead agency").set_value("cwm-helyg-health").run()
    assert case("CWM-C09", reader).form.lead_agency == "cwm-helyg-health"


def test_what_still_stands_in_the_way_is_always_listed(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    app = open_page("case-review", READER, case=number("CWM-C09", reader))
    assert "Not entered yet: disabled." in said(app)
    opened(app, number("CWM-C09", reader), "The child")
    labelled(app.radio, "Disabled").set_value(Answer.NOT_RECORDED).run()
    assert "Not entered yet: disabled." not in said(app)
    press(app, "Submit")
    assert "cannot be submitted yet" in app.error[0].value
    assert case("CWM-C09", reader).status is CaseStatus.DRAFT


def test_text_that_was_typed_and_not_saved_is_there_when_the_case_is_opened_again(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    held = case("CWM-C09", reader)
    keeping.keep(held.id, "summary", "Half a sen", held.form.summary, by=reader)
    app = open_page("case-review", READER, case=str(held.id))
    texts = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json]
    assert "Half a sen" in [one.get("kept") for one in texts]


def test_a_wrong_date_stands_in_the_way_and_stays_as_it_was_typed(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    held = case("CWM-C09", reader)
    keeping.keep(held.id, "practice_to", "31/10/2026", "2026-10-31", by=reader)
    app = open_page("case-review", READER, case=str(held.id))
    assert "Practice read to: expected a date written as year" in said(app)
    assert case("CWM-C09", reader).typed == {"practice_to": "31/10/2026"}


def test_only_what_the_kind_of_case_needs_is_shown(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in(READER)
    app = open_page("case-review", READER, case=number("CWM-C09", reader))
    assert {"Missing", "Disruption"} <= {tab.label for tab in app.tabs}
    labelled(app.radio, "Kind of case").set_value(CaseKind.MISSING).run()
    shown = {tab.label for tab in app.tabs}
    assert "Missing" in shown
    assert not shown & {"Disruption", "Perpetrators", "Network and flags"}


def test_a_question_that_hangs_on_another_is_asked_once_that_is_answered(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    held = case("CWM-C09", reader)
    app = opened(open_page("case-review", READER, case=str(held.id)), held.id, "Language")
    asked = "Somebody challenged it"
    for answer, shown in ((Answer.YES, True), (Answer.NO, False)):
        labelled(app.radio, "Language in the file blames the child").set_value(answer).run()
        assert (asked in [radio.label for radio in app.radio]) is shown


def test_the_reason_for_at_risk_is_asked_for_only_beside_signs_of_harm(
    open_page: Opener, signed_in: SignIn
) -> None:
    held = case("CWM-C09", signed_in(READER))
    app = opened(open_page("case-review", READER, case=str(held.id)), held.id, "Risk and harm")
    assert not app.warning
    labelled(app.radio, "Risk and harm").set_value(HarmCategory.AT_RISK).run()
    assert "Signs of harm are never merely risk" in app.warning[0].value
    labelled(app.checkbox, "Found overnight with unknown adults").uncheck().run()
    assert not app.warning


def test_not_recorded_by_the_agency_differs_from_not_entered_yet(
    open_page: Opener, signed_in: SignIn
) -> None:
    held = case("CWM-C09", signed_in(READER))
    app = opened(open_page("case-review", READER, case=str(held.id)), held.id, "The child")
    for label in ("Sex", "Disabled", "In care"):
        offered = labelled(app.radio, label).options
        assert {"Not entered yet", "Not recorded by the agency"} <= set(offered)


def test_every_criterion_stands_in_full_beside_the_grade(
    open_page: Opener, signed_in: SignIn
) -> None:
    held = case("CWM-C09", signed_in(READER))
    app = opened(open_page("case-review", READER, case=str(held.id)), held.id, "Findings")
    offered = labelled(app.radio, "Criterion it is judged against").options
    assert offered[0].startswith("**T2.1** Nothing in the file places responsibility")
    assert labelled(app.radio, "Grade").options == [
        "Not entered yet",
        "Good",
        "Requires improvement",
        "Inadequate",
        "Not graded: does not apply to this child",
        "Not graded: the file does not show enough to judge",
        "Not graded: too early to judge",
    ]


def test_a_finding_is_recorded_and_a_grade_without_a_criterion_waits_for_one(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    held = case("CWM-C11", reader)
    app = opened(open_page("case-review", READER, case=str(held.id)), held.id, "Findings")
    labelled(app.radio, "Grade").set_value("good").run()
    assert "has a grade and no criterion" in said(app)
    assert case("CWM-C11", reader).typed == {"T2.grade": "good"}
    labelled(app.radio, "Criterion it is judged against").set_value("T2.3").run()
    after = case("CWM-C11", reader)
    finding = next(f for f in after.form.findings if f.theme == "T2")
    assert (finding.grade, finding.criterion, after.typed) == ("good", "T2.3", {})


def test_a_theme_that_is_not_graded_says_why_in_one_choice(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    held = case("CWM-C11", reader)
    app = opened(open_page("case-review", READER, case=str(held.id)), held.id, "Findings")
    labelled(app.radio, "Grade").set_value(f"no grade: {NotGraded.NOT_ENOUGH}").run()
    finding = next(f for f in case("CWM-C11", reader).form.findings if f.theme == "T2")
    assert (finding.grade, finding.not_graded) == (None, "not_enough")


def test_a_missing_episode_is_added_and_taken_out(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in(READER)
    held = case("CWM-C11", reader)
    with_kind = held.form.model_copy(update={"kind": CaseKind.BOTH, "went_missing": Answer.YES})
    cases.save(held.id, held.version, with_kind, by=reader)
    app = opened(open_page("case-review", READER, case=str(held.id)), held.id, "Missing")
    labelled(app.selectbox, "Reported to the police").set_value("yes").run()
    press(app, "Add a missing episode")
    assert "Missing episode 2" in said(app)
    assert [line.reported_to_police for line in case("CWM-C11", reader).form.episodes] == ["yes"]
    press(app, "Take missing episode 1 out")
    assert case("CWM-C11", reader).form.episodes == ()


def test_a_choice_made_elsewhere_meanwhile_is_shown_beside_ones_own(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    held = case("CWM-C09", reader)
    app = open_page("case-review", READER, case=str(held.id))
    elsewhere = held.form.model_copy(update={"lead_agency": "helyg-valleys-police"})
    cases.save(held.id, held.version, CaseForm.model_validate(elsewhere), by=reader)
    labelled(app.radio, "Lead agency").set_value("cwm-helyg-health").run()
    assert "changed elsewhere while you were in the case" in app.warning[0].value
    assert case("CWM-C09", reader).form.lead_agency == "helyg-valleys-police"
    press(app, "Keep mine")
    assert case("CWM-C09", reader).form.lead_agency == "cwm-helyg-health"
    assert not app.warning


def test_what_was_changed_elsewhere_shows_when_nothing_was_changed_here(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    held = case("CWM-C09", reader)
    app = open_page("case-review", READER, case=str(held.id))
    elsewhere = held.form.model_copy(update={"lead_agency": "helyg-valleys-police"})
    cases.save(held.id, held.version, CaseForm.model_validate(elsewhere), by=reader)
    app.run()
    assert labelled(app.radio, "Lead agency").value == "helyg-valleys-police"
    assert not app.warning


def test_a_choice_that_is_offered_no_longer_stays_until_somebody_changes_it(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    held = case("CWM-C09", reader)
    elsewhere = held.form.model_copy(update={"lead_agency": "aldermere-council"})
    cases.save(held.id, held.version, CaseForm.model_validate(elsewhere), by=reader)
    app = open_page("case-review", READER, case=str(held.id))
    app.run()
    assert case("CWM-C09", reader).form.lead_agency == "aldermere-council"
    assert labelled(app.radio, "Lead agency").options[-1] == "aldermere-council (not offered now)"


def test_a_half_typed_reference_shuts_nobody_out(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in(READER)
    held = case("CWM-C09", reader)
    keeping.keep(held.id, "reference", "CWM-", "CWM-C09", by=reader)
    app = open_page("case-review", READER, case=str(held.id))
    labelled(app.radio, "Lead agency").set_value("cwm-helyg-health").run()
    assert not app.error
    assert case("CWM-C09", reader).form.lead_agency == "cwm-helyg-health"
    assert "expected a reference made up for this inspection" in said(app)


def test_two_cases_never_mix(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in(READER)
    app = open_page("case-review", READER, case=number("CWM-C09", reader))
    labelled(app.radio, "Lead agency").set_value("cwm-helyg-health").run()
    before = case("CWM-C10", reader)
    app.query_params["case"] = number("CWM-C10", reader)
    app.run()
    assert labelled(app.radio, "Lead agency").value == before.form.lead_agency
    assert case("CWM-C10", reader).form == before.form


def test_opening_a_draft_and_looking_through_it_changes_nothing(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    for reference in ("CWM-C09", "CWM-C11"):
        before = case(reference, reader)
        app = open_page("case-review", READER, case=str(before.id))
        for section in before.sections:
            opened(app, before.id, section.english)
            assert not app.exception
        assert case(reference, reader) == before


def test_words_that_are_pointed_out_are_answered_before_a_submission(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    case_id = begun(reader, summary="The plan says she was placing herself at risk.")
    app = open_page("case-review", READER, case=str(case_id))
    assert "is pointed out and not answered" in said(app)
    press(app, "Submit")
    assert cases.view(case_id, by=reader).status is CaseStatus.DRAFT
    labelled(app.radio, "Change the words above, or answer").set_value(WordingReply.QUOTATION)
    press(app, "Answer")
    assert "Nothing stands in the way" in said(app)
    press(app, "Submit")
    assert cases.view(case_id, by=reader).status is CaseStatus.SUBMITTED


def test_a_complete_case_is_submitted_with_a_receipt_and_taken_back_with_a_reason(
    open_page: Opener, signed_in: SignIn
) -> None:
    reader = signed_in(READER)
    case_id = begun(reader)
    app = open_page("case-review", READER, case=str(case_id))
    press(app, "Submit")
    (receipt,) = cases.view(case_id, by=reader).receipts
    assert receipt.content_hash in said(app)
    assert "Case CWM-C40 is submitted. Receipt" in said(app)
    press(app, "Take the case back")
    assert "say why" in app.error[0].value
    labelled(app.text_area, "Why you take it back").set_value("One record was missed.")
    press(app, "Take the case back")
    assert cases.view(case_id, by=reader).status is CaseStatus.DRAFT


def test_a_receipt_is_checked_by_its_first_characters(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case_id = submitted(reader)
    (receipt,) = cases.view(case_id, by=reader).receipts
    app = open_page("case-review", READER)
    field = labelled(app.text_input, "Its hash, or the first twelve characters of it")
    field.set_value(" ".join(re.findall("....", receipt.content_hash[:16])))
    press(app, "Check it")
    assert "is kept to the letter" in said(app)
    assert "Nothing in the case has changed since" in said(app)


def test_a_two_minute_audit_is_six_questions(open_page: Opener, signed_in: SignIn) -> None:
    auditor = signed_in("nadia-auditor")
    code = next(
        held.code
        for held in inspections.listed(by=auditor)
        if held.kind is InspectionKind.TWO_MINUTE
    )
    form = CaseForm(reference=case_sheet.sheet(code, by=auditor).first_free, kind=CaseKind.CSE)
    case_id = cases.begin(code, form, by=auditor)
    app = opened(open_page("case-review", "nadia-auditor", case=str(case_id)), case_id, "Questions")
    assert [tab.label for tab in app.tabs] == ["The file", "Questions"]
    questions = [radio.label for radio in app.radio if radio.label.endswith("?")]
    assert len(questions) == 6
    for question in questions:
        labelled(app.radio, question).set_value("no")
    app.run()
    press(app, "Submit")
    held = cases.view(case_id, by=auditor)
    assert held.status is CaseStatus.SUBMITTED
    assert [line.answer for line in held.form.answers] == ["no"] * 6


def test_a_second_reader_grades_the_case_and_sees_nothing_of_the_first(
    open_page: Opener, signed_in: SignIn
) -> None:
    first, second = signed_in(READER), signed_in("rhodri-inspector")
    held = case("CWM-C04", first)
    app = open_page("case-review", "rhodri-inspector", case=str(held.id))
    text = said(app)
    assert "without seeing what its first reader found" in text
    assert "What the agency wrote" not in text
    words = [finding.reason for finding in held.form.findings if finding.reason]
    assert words
    assert not [reason for reason in words if reason in f"{text} {app.get('bidi_component')}"]
    opened(app, held.id, "Findings", "T7 Partnership")
    labelled(app.radio, "Criterion it is judged against").set_value("T7.1").run()
    labelled(app.radio, "Grade").set_value("good").run()
    mine = cases.view(held.id, by=second).form.findings
    assert next(f.grade for f in mine if f.theme == "T7") == "good"
    assert case("CWM-C04", first).form == held.form


def test_somebody_elses_submitted_case_is_read_only(open_page: Opener) -> None:
    app = open_page("case-review", "ellen-inspector", case="1")
    text = said(app)
    assert "Read by Marcus Adeyemi." in text
    assert "What the agency wrote" in text
    assert "The child moved through three placements in six months" in text
    assert "Missing episodes" in text
    assert HarmCategory.EXPERIENCED_AT_RISK.english in text
    assert not [button for button in app.button if button.label != "Sign out"]


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
    assert not [button for button in app.button if button.label == "Submit"]
