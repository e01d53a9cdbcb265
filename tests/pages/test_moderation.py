"""Moderation on the screen: readers take cases, the lead decides and locks, nothing leaks."""

import pytest
from streamlit.testing.v1 import AppTest

from data_model.vocabulary import CaseStatus
from inspect_app.services import inspections, moderation_views
from inspect_app.services.moderation_views import LeadsDesk
from tests.support.readings import agree_through, lead_of, lock_through
from tests.support.screen import Opener, SignIn, labelled, links, said

READ = "CWM-2026-NCPI"
LEAD, FIRST, SECOND = "priya-lead", "gwenllian-elsewhere", "rhodri-inspector"


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    labelled(app.button, label).click()
    return app.run()


def leading(signed_in: SignIn) -> LeadsDesk:
    """Return what the lead sees of the inspection that is being read."""
    desks = moderation_views.desks(by=signed_in(LEAD))
    held = next(desk for desk in desks if desk.inspection == READ).leading
    assert held is not None
    return held


@pytest.mark.parametrize("person", [LEAD, FIRST, SECOND, "marcus-inspector", "ellen-inspector"])
def test_it_opens_for_those_who_read_cases(open_page: Opener, person: str) -> None:
    app = open_page("moderation", person)
    assert not app.exception
    assert not app.error
    assert "does not see what the first one found" in said(app)


@pytest.mark.parametrize("person", ["samira-publisher", "patrick-board", "ben-administrator"])
def test_it_does_not_open_for_anybody_else(open_page: Opener, person: str) -> None:
    app = open_page("moderation", person)
    assert "does not allow you to read case files" in app.error[0].value
    assert "CWM-" not in said(app)


def test_a_reader_takes_a_case_and_finds_it_among_their_readings(
    open_page: Opener, signed_in: SignIn
) -> None:
    waiting = leading(signed_in).waiting[0].case
    app = open_page("moderation", SECOND)
    press(app, f"Take {waiting.reference}")
    assert "it stands among your readings" in said(app)
    assert f"case-review?case={waiting.id}" in links(app).values()
    assert waiting.id not in {one.case.id for one in leading(signed_in).waiting}


def test_a_reader_sees_no_grade_and_no_reason_why_a_case_is_read_twice(open_page: Opener) -> None:
    text = said(open_page("moderation", SECOND))
    for word in ("Inadequate", "lowest", "Requires improvement", "asked: "):
        assert word not in text


def test_in_the_matrix_a_case_one_may_read_second_is_blind_and_says_why(
    open_page: Opener, signed_in: SignIn
) -> None:
    rows = inspections.workspace(READ, by=signed_in(SECOND)).matrix or ()
    hidden = [row for row in rows if row.hidden]
    assert hidden
    app = open_page("inspections", SECOND, inspection=READ)
    text = said(app)
    assert text.count("Blind") == len(hidden) * len(hidden[0].cells) + 1
    assert "you may still be asked to read this case second" in text
    assert "Read twice" in text
    closed = {row.reference for row in hidden if not row.opens}
    assert closed
    assert not closed & set(links(app))
    assert "Blind" not in said(open_page("inspections", FIRST, inspection=READ))


def test_the_lead_sees_both_readings_and_decides_with_a_reason(
    open_page: Opener, signed_in: SignIn
) -> None:
    case = leading(signed_in).disputed[0]
    app = open_page("moderation", LEAD, inspection=READ, case=str(case.id))
    text = said(app)
    assert "Gwenllian Prys , first reader" in text
    assert "Rhodri Bowen , read it without seeing the first reading" in text
    app = press(app, "Decide this theme")
    assert "nothing was given, and it is needed" in said(app) or app.error
    while leading(signed_in).disputed:
        labelled(app.radio, "What counts").set_value("requires_improvement")
        criterion = labelled(app.selectbox, "Criterion, where you give a grade")
        criterion.select_index(0)
        labelled(app.text_area, "Why").set_value("The interview plan shows it on page two.")
        app = press(app, "Decide this theme")
        assert "is decided." in said(app)
    assert case in leading(signed_in).decided
    assert "it can be changed until the case is locked" in " ".join(links(app))


def test_the_lead_locks_what_is_ready_and_opens_one_again_with_a_reason(
    open_page: Opener, signed_in: SignIn
) -> None:
    ready = leading(signed_in).ready
    app = open_page("moderation", LEAD, inspection=READ)
    press(app, "Lock this one")
    assert len(leading(signed_in).locked) == 1
    press(app, f"Lock all {len(ready) - 1}")
    assert {case.id for case in leading(signed_in).locked} == {case.id for case in ready}
    press(app, "Open it again")
    assert "say why" in app.error[0].value
    labelled(app.text_area, "Why it is opened again").set_value("A page was missed.")
    press(app, "Open it again")
    assert "is a draft again, edition 2" in said(app)
    (again,) = leading(signed_in).opened_again
    app = open_page("moderation", LEAD, inspection=READ, editions=str(again.id))
    assert "Edition 1, submitted by Gwenllian Prys" in said(app)


def test_the_lead_asks_a_reader_by_name_lets_them_off_and_adds_one(
    open_page: Opener, signed_in: SignIn
) -> None:
    before = len(leading(signed_in).asked)
    app = open_page("moderation", LEAD, inspection=READ)
    press(app, "Ask this reader")
    assert "is asked to read" in said(app)
    assert len(leading(signed_in).asked) == before + 1
    press(app, "Withdraw it")
    assert "No reason was given" in app.error[0].value
    labelled(app.text_area, "Why they are let off").set_value("Away for a month.")
    press(app, "Withdraw it")
    assert len(leading(signed_in).asked) == before
    labelled(app.selectbox, "New reader").set_value("ellen-inspector")
    press(app, "Add this reader")
    assert "Ellen Hardcastle reads in this inspection from now on." in said(app)


def test_agreement_shows_counts_first_and_says_in_words_what_is_not_defined(
    open_page: Opener,
) -> None:
    text = said(open_page("moderation", LEAD, inspection=READ))
    assert "cases were read twice; in" in text
    assert "Not defined" in text
    assert "Nothing is said about two readers below 20 cases" in text
    assert "nan" not in text
    assert "None" not in text


def test_the_workspace_says_what_stands_between_it_and_agreement(
    open_page: Opener, signed_in: SignIn
) -> None:
    text = said(open_page("inspections", LEAD, inspection=READ))
    assert "Every case has to be locked first. Not locked yet:" in text
    assert "still drafts : CWM-C09, CWM-C10, CWM-C11, CWM-C12." in text
    held = leading(signed_in)
    assert f"{len(held.ready)} ready to be locked" in text
    inspections.reopen("ALD-2025-JTAI", "A file was missed.", by=signed_in(LEAD))
    agree_through("ALD-2025-JTAI", signed_in)
    agreed = said(open_page("inspections", LEAD, inspection="ALD-2025-JTAI"))
    assert "with the lowest grade (asked: all)" in agreed
    assert "decided by the lead" in agreed


def test_everything_that_waits_is_done_by_walking_the_services(signed_in: SignIn) -> None:
    assert lead_of(READ, signed_in) == LEAD
    lock_through(READ, signed_in)
    held = leading(signed_in)
    assert not held.waiting
    assert not held.disputed
    rows = inspections.workspace(READ, by=signed_in(LEAD)).matrix or ()
    assert {row.status for row in rows} == {CaseStatus.LOCKED, CaseStatus.DRAFT}
