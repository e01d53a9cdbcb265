"""Inspections: found, opened at their address, started, entered, agreed and reopened on screen."""

import pytest
from streamlit.testing.v1 import AppTest

from data_model.forms import FindingForm
from data_model.vocabulary import CaseKind, CaseStatus, InspectionKind, InspectionStatus, NotGraded
from inspect_app.services import cases, inspections
from inspect_app.ui import provider
from tests.support.screen import Opener, SignIn, labelled, links, said

READ, AGREED = "CWM-2026-NCPI", "ALD-2025-JTAI"
SCOPE = ("T2", "T3", "T4", "T6", "T7")
READERS = [
    "priya-lead",
    "marcus-inspector",
    "ellen-inspector",
    "gwenllian-elsewhere",
    "rhodri-inspector",
]
OTHERS = ["samira-publisher", "ruth-verifier", "patrick-board", "joanna-director"]


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    labelled(app.button, label).click()
    return app.run()


@pytest.mark.parametrize("person", [*READERS, *OTHERS])
def test_the_list_opens_for_those_who_read_inspections(open_page: Opener, person: str) -> None:
    app = open_page("inspections", person)
    assert not app.exception
    assert not app.error
    assert "that you may see" in said(app)


def test_the_list_does_not_open_for_an_administrator(open_page: Opener) -> None:
    app = open_page("inspections", "ben-administrator")
    assert "does not allow you to read inspections" in said(app)
    assert set(links(app)) == {"Home", "People", "Releases", "Trail"}


def test_a_deep_link_right_after_the_start_leads_to_the_sign_in(open_page: Opener) -> None:
    app = open_page("inspections", inspection=AGREED)
    assert [title.value for title in app.title] == ["Inspection Evidence"]
    assert "Aldermere" not in said(app)


def test_after_signing_in_a_deep_link_leads_where_it_says(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    # AppTest has no browser, so nothing that asks has an address.
    monkeypatch.setattr(provider, "this_machine_only", lambda: True)
    app = open_page("inspections", inspection=AGREED)
    labelled(app.radio, "Sign in as").set_value("priya-lead")
    press(app, "Sign in")
    assert "Cases and their grades" in said(app)


def test_inspections_being_read_come_first(open_page: Opener) -> None:
    app = open_page("inspections", "priya-lead")
    assert next(iter(links(app).values())) == "inspections?new=recorded"
    assert next(code for code in links(app).values() if "inspection=" in code).endswith(READ)


def test_the_list_is_searched_by_words_area_and_where_the_evidence_comes_from(
    open_page: Opener,
) -> None:
    app = open_page("inspections", "priya-lead")
    labelled(app.text_input, "Search").set_value("durham september 2019").run()
    assert [code for code in links(app).values() if "inspection=" in code] == [
        "inspections?inspection=OFSTED-2019-09-E06000047"
    ]
    labelled(app.text_input, "Search").set_value("")
    labelled(app.radio, "Evidence").set_value("Recorded here").run()
    assert "4 found" in said(app)
    labelled(app.selectbox, "Area").set_value("X06000001").run()
    assert "2 found" in said(app)
    labelled(app.text_input, "Search").set_value("nowhere at all").run()
    assert "No inspection fits." in said(app)


def test_the_lead_sees_every_case_with_its_grades_in_words(
    open_page: Opener, signed_in: SignIn
) -> None:
    rows = inspections.workspace(READ, by=signed_in("priya-lead")).matrix or ()
    draft = next(row.case_id for row in rows if row.reference == "CWM-C09")
    app = open_page("inspections", "priya-lead", inspection=READ)
    text = said(app)
    assert links(app)["CWM-C09"] == f"case-review?case={draft}"
    assert len([label for label in links(app) if label.startswith("CWM-C")]) == 12
    for words in ("Requires improvement", "Not entered yet", "Does not apply to this child"):
        assert words in text
    assert "requires_improvement" not in text


def test_somebody_who_does_not_read_in_it_sees_counts_and_no_case(open_page: Opener) -> None:
    for person in ("patrick-board", "joanna-director", "samira-publisher"):
        app = open_page("inspections", person, inspection=AGREED)
        assert "Cases by theme and grade, of 16 cases read" in said(app)
        assert not [label for label in links(app) if label.startswith("ALD-C")]
        assert "ALD-C0" not in said(app)


@pytest.mark.parametrize("person", ["marcus-inspector", "patrick-board", "samira-publisher"])
def test_an_inspection_being_read_is_for_its_readers(open_page: Opener, person: str) -> None:
    text = said(open_page("inspections", person, inspection=READ))
    assert "There is no inspection" in text
    assert "Cwm Helyg" not in text


def test_a_submitted_case_changes_the_matrix(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in("gwenllian-elsewhere")
    draft = next(line for line in cases.mine(by=reader) if line.reference == "CWM-C12")
    before = said(open_page("inspections", "priya-lead", inspection=READ))
    held = cases.view(draft.id, by=reader)
    given = {finding.theme: finding for finding in held.form.findings}
    early = {theme: FindingForm(theme=theme, not_graded=NotGraded.TOO_EARLY) for theme in SCOPE}
    graded = {theme: finding for theme, finding in given.items() if finding.grade}
    findings = tuple((early | graded).values())
    settled = held.form.model_copy(update={"findings": findings})
    cases.submit(draft.id, cases.save(draft.id, held.version, settled, by=reader), by=reader)
    after = said(open_page("inspections", "priya-lead", inspection=READ))
    assert before.count("Too early to judge") == 0
    assert after.count("Too early to judge") == 2
    assert before.count("Draft") - after.count("Draft") == 1


def test_a_number_of_cases_that_was_not_published_is_said_loudly(open_page: Opener) -> None:
    app = open_page("inspections", "patrick-board", inspection="OFSTED-2025-03-E06000047")
    assert "The number of cases read is not published." in app.error[0].value
    assert "Number not published" in said(app)


def test_grades_published_as_one_number_are_never_split(open_page: Opener) -> None:
    text = said(open_page("inspections", "patrick-board", inspection="HMIC-2016-E23000001"))
    assert "Requires improvement or Inadequate, published as one number 36" in text
    assert "36 of the 38 missing cases inspected" in text
    assert "K.3 para 20" in text


def test_judgements_stand_in_the_words_of_their_own_scale(open_page: Opener) -> None:
    text = said(open_page("inspections", "patrick-board", inspection="OFSTED-2019-09-E06000047"))
    assert "Requires improvement to be good" in text
    assert "In the words of: ILACS judgements" in text


def test_a_theme_in_scope_without_a_graded_case_is_pointed_out(open_page: Opener) -> None:
    app = open_page("inspections", "priya-lead", inspection="BRK-2025-AUDIT")
    assert "no case was graded: male victims" in app.warning[0].value


def test_the_recommendations_that_hang_on_an_inspection_are_linked(open_page: Opener) -> None:
    held = links(open_page("inspections", "joanna-director", inspection=AGREED))
    assert "recommendations?recommendation=ALD-2025-R1" in held.values()


def test_only_the_lead_gets_the_leads_actions(open_page: Opener) -> None:
    assert "For you as its lead inspector" in said(
        open_page("inspections", "priya-lead", inspection=READ)
    )
    assert "lead inspector" not in said(
        open_page("inspections", "gwenllian-elsewhere", inspection=READ)
    ).replace("(lead)", "")


def test_findings_cannot_be_agreed_while_cases_are_drafts(open_page: Opener) -> None:
    app = open_page("inspections", "priya-lead", inspection=READ)
    assert "4 still drafts : CWM-C09, CWM-C10, CWM-C11, CWM-C12." in said(app)
    press(app, "Agree the findings")
    assert "have every case locked" in app.error[0].value


def test_an_agreed_inspection_is_reopened_only_with_a_reason(
    open_page: Opener, signed_in: SignIn
) -> None:
    app = open_page("inspections", "priya-lead", inspection=AGREED)
    press(app, "Reopen")
    assert "say why" in app.error[0].value
    labelled(app.text_area, "Why it is reopened").set_value("A file was read twice.")
    press(app, "Reopen")
    assert "The inspection is open again." in said(app)
    held = inspections.workspace(AGREED, by=signed_in("priya-lead"))
    assert held.inspection.status is InspectionStatus.READING
    assert all(row.status is CaseStatus.LOCKED for row in held.matrix or ())
    press(app, "Agree the findings")
    assert "The findings are agreed" in said(app)


def test_the_lead_writes_the_summary(open_page: Opener, signed_in: SignIn) -> None:
    app = open_page("inspections", "priya-lead", inspection=READ)
    labelled(app.text_area, "Summary of findings").set_value("Interviews come late.")
    press(app, "Save the summary")
    assert "The summary is saved." in said(app)
    held = inspections.workspace(READ, by=signed_in("priya-lead"))
    assert held.inspection.summary == "Interviews come late."


def test_only_those_who_may_get_the_forms(open_page: Opener) -> None:
    for person, new in (
        ("samira-publisher", "recorded"),
        ("marcus-inspector", "recorded"),
        ("marcus-inspector", "published"),
        ("patrick-board", "published"),
    ):
        app = open_page("inspections", person, new=new)
        assert "does not allow you to" in app.error[0].value
        assert not app.text_input


def _fill(app: AppTest) -> None:
    labelled(app.text_input, "Code").set_value("ALD-2026-AUDIT")
    labelled(app.text_input, "Title").set_value("Aldermere: audit of return home interviews")
    labelled(app.selectbox, "Kind").set_value(InspectionKind.MULTI_AUDIT)
    labelled(app.selectbox, "Framework").set_value("audit")
    labelled(app.selectbox, "Scale of grades").set_value("ncpi-case")
    labelled(app.multiselect, "Areas").set_value(["X06000001"])
    labelled(app.multiselect, "Inspecting bodies").set_value(["aldermere-partnership"])
    labelled(app.multiselect, "Inspected bodies").set_value(["aldermere-council"])
    labelled(app.text_input, "Started on").set_value("2026-11-02")


def test_an_inspection_is_started_and_what_was_typed_stays_until_it_is_right(
    open_page: Opener,
) -> None:
    app = open_page("inspections", "priya-lead", new="recorded")
    press(app, "Start the inspection")
    assert "Areas: nothing was given, and it is needed" in said(app)
    assert "tuple" not in said(app)
    _fill(app)
    labelled(app.text_input, "Started on").set_value("2 November")
    press(app, "Start the inspection")
    assert "Started on: expected a date written as year, month and day" in said(app)
    assert labelled(app.text_input, "Title").value == "Aldermere: audit of return home interviews"
    labelled(app.text_input, "Started on").set_value("2026-11-02")
    press(app, "Start the inspection")
    assert "has no theme in scope" in app.error[0].value
    assert labelled(app.text_input, "Started on").value == "2026-11-02"
    labelled(app.multiselect, "Themes in scope").set_value(["T4"])
    press(app, "Start the inspection")
    assert "You lead it." in said(app)
    assert "No case has been begun." in said(app)


def test_an_evidence_base_is_entered_with_grades_that_were_not_split(open_page: Opener) -> None:
    app = open_page("inspections", "samira-publisher", new="published")
    _fill(app)
    press(app, "Enter it")
    assert "brings no evidence base" in app.error[0].value
    labelled(app.radio, "Kind of case").set_value(CaseKind.MISSING).run()
    labelled(app.number_input, "Cases read").set_value(10)
    labelled(app.multiselect, "Grades").set_value(["requires_improvement", "inadequate"])
    labelled(app.number_input, "Cases").set_value(12)
    press(app, "Enter it")
    assert "12 graded cases are more than the 10 read" in app.error[0].value
    labelled(app.number_input, "Cases").set_value(9)
    labelled(app.text_area, "Quotation").set_value("nine of ten <b>fell short</b>")
    press(app, "Enter it")
    text = said(app)
    assert "The evidence base is entered" in text
    assert "Requires improvement or Inadequate, published as one number 9" in text
    assert "nine of ten <b>fell short</b>" not in "".join(h.proto.body for h in app.get("html"))
    assert "fell short" in text


def test_invented_places_say_so_in_every_list_of_choices(open_page: Opener) -> None:
    app = open_page("inspections", "priya-lead", new="recorded")
    for label, name in (
        ("Areas", "Aldermere"),
        ("Inspected bodies", "Aldermere Council"),
        ("Inspecting bodies", "Joint Inspectorate of the sample"),
    ):
        offered = labelled(app.multiselect, label).options
        assert f"{name} (invented)" in offered
        assert name not in offered
