"""What is typed is kept field by field; nothing is lost, nothing is overwritten unseen."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from data_model.database import Database
from data_model.forms import CaseForm, checked
from data_model.forms.cases import LONGEST_TEXT
from data_model.protocols import Section
from data_model.records import AuditEvent, WorkingCopy
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import cases, keeping
from inspect_app.services.case_tree import overlaid, put, same, sent_from, tree_of, value_at
from tests.support.cases import COMPLETE, LEAD, READER, SignIn, begun, findings, submitted
from tests.support.looking import every_row_of

FORM = checked(CaseForm, {**COMPLETE, "findings": findings(["T2", "T4"])})


def test_what_is_typed_comes_back_exactly_and_is_not_part_of_the_case_yet(
    signed_in: SignIn,
) -> None:
    reader = signed_in(READER)
    case = begun(reader, summary="Kept before.")
    keeping.keep(case, "summary", "  Half a sen", "Kept before.", by=reader)
    held = cases.view(case, by=reader)
    assert held.form.summary == "Kept before."
    assert value_at(held.now, "summary") == "  Half a sen"


def test_what_is_typed_is_nobody_elses_to_see(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    keeping.keep(case, "summary", "Not said yet.", None, by=reader)
    seen = cases.view(case, by=signed_in(LEAD))
    assert "Not said yet." not in str(seen)
    with pytest.raises(NotAllowed):
        keeping.keep(case, "summary", "The lead's words.", None, by=signed_in(LEAD))
    with pytest.raises(NotFound):
        keeping.keep(case, "summary", "A stranger's.", None, by=signed_in("marcus-inspector"))


def test_two_tabs_in_one_field_see_both_texts_and_nothing_is_overwritten(
    signed_in: SignIn,
) -> None:
    reader = signed_in(READER)
    case = begun(reader, summary="As both tabs saw it.")
    first = keeping.keep(case, "summary", "One.", "As both tabs saw it.", by=reader)
    second = keeping.keep(case, "summary", "Two.", "As both tabs saw it.", by=reader)
    assert (first.clash, second.clash) == (False, True)
    assert second.value == "One."
    assert value_at(cases.view(case, by=reader).now, "summary") == "One."
    chosen = keeping.keep(case, "summary", "Two.", "One.", by=reader)
    assert not chosen.clash


def test_two_tabs_in_two_fields_do_not_meet(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    assert not keeping.keep(case, "T2.reason", "First tab.", "Seen in the plan.", by=reader).clash
    assert not keeping.keep(case, "T3.reason", "Second tab.", "Seen in the plan.", by=reader).clash
    now = cases.settle(case, by=reader)
    reasons = {finding.theme: finding.reason for finding in now.form.findings}
    assert (reasons["T2"], reasons["T3"]) == ("First tab.", "Second tab.")


def test_sending_the_same_text_again_is_no_clash(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    keeping.keep(case, "summary", "Sent.", None, by=reader)
    assert not keeping.keep(case, "summary", "Sent.", None, by=reader).clash


def test_a_line_and_a_pointer_are_kept_cell_by_cell(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    keeping.keep(case, "episodes.2.reported_on", "2026-04-05", None, by=reader)
    keeping.keep(case, "T2.pointers.1.locator", "page 9", "page 2", by=reader)
    now = cases.settle(case, by=reader)
    assert [str(line.reported_on) for line in now.form.episodes] == ["2026-02-03", "2026-04-05"]
    assert now.form.findings[0].pointers[0].locator == "page 9"
    assert now.typed == {}


def test_what_does_not_fit_stays_beside_the_case_and_says_why(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    keeping.keep(case, "practice_to", "2026-13-", "2026-06-30", by=reader)
    keeping.keep(case, "summary", "This fits.", None, by=reader)
    keeping.keep(case, "T2.grade", None, "good", by=reader)
    now = cases.settle(case, by=reader)
    assert now.form.summary == "This fits."
    assert str(now.form.practice_to) == "2026-06-30"
    assert now.typed == {"practice_to": "2026-13-"}
    assert "expected a date" in now.problems["practice_to"]
    with pytest.raises(Refusal, match="expected a date"):
        cases.submit(case, now.version, by=reader)
    assert cases.view(case, by=reader).typed == {"practice_to": "2026-13-"}


def test_a_period_that_runs_backwards_is_kept_until_it_is_put_right(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    keeping.keep(case, "practice_from", "2026-12-01", "2026-01-01", by=reader)
    now = cases.settle(case, by=reader)
    assert now.typed == {"practice_from": "2026-12-01"}
    keeping.keep(case, "practice_to", "2026-12-31", "2026-06-30", by=reader)
    settled = cases.settle(case, by=reader)
    assert settled.typed == {}
    assert str(settled.form.practice_to) == "2026-12-31"


def test_a_submission_takes_what_is_typed_with_it_and_leaves_nothing_behind(
    signed_in: SignIn, database: Database
) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    keeping.keep(case, "summary", "Typed a moment ago.", None, by=reader)
    cases.submit(case, cases.view(case, by=reader).version, by=reader)
    assert cases.view(case, by=reader).form.summary == "Typed a moment ago."
    with every_row_of(database).reading() as session:
        assert session.scalars(select(WorkingCopy).where(WorkingCopy.case_id == case)).all() == []


def test_nothing_is_kept_in_a_submitted_case(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = submitted(reader)
    with pytest.raises(Refusal, match="has been submitted"):
        keeping.keep(case, "summary", "Too late.", None, by=reader)


def test_typing_writes_no_event_and_saving_writes_one_with_what_changed(
    signed_in: SignIn, database: Database
) -> None:
    reader = signed_in(READER)
    case = begun(reader, summary="Before.")
    with every_row_of(database).reading() as session:
        before = len(session.scalars(select(AuditEvent.number)).all())
    keeping.keep(case, "summary", "Aft", "Before.", by=reader)
    keeping.keep(case, "summary", "After.", "Aft", by=reader)
    cases.settle(case, by=reader)
    with every_row_of(database).reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()[before:]
    (event,) = events
    assert (event.action, event.before, event.after) == (
        "case.saved",
        {"summary": "Before."},
        {"summary": "After."},
    )


PATHS = ("sex", "summary", "episodes.1.repeat", "episodes.3.repeat", "T2.reason", "T5.reason")
VALUES = st.one_of(st.none(), st.text(max_size=8))
CELLS = st.dictionaries(st.sampled_from(PATHS), VALUES)


@given(typed=CELLS)
def test_every_typed_cell_stands_in_the_tree_where_it_was_typed(typed: dict[str, Any]) -> None:
    tree = overlaid(FORM, typed)
    assert {path: value_at(tree, path) for path in typed} == typed
    untouched = set(PATHS) - set(typed)
    before = tree_of(FORM)
    assert all(same(value_at(tree, path), value_at(before, path)) for path in untouched)


@given(typed=CELLS)
def test_settling_takes_or_keeps_every_typed_cell(typed: dict[str, Any]) -> None:
    settled = keeping.settle(FORM, typed)
    tree = tree_of(settled.form)
    for path, value in typed.items():
        text = value.strip() or None if isinstance(value, str) else value
        taken = same(value_at(tree, path), text)
        assert taken or path in settled.problems


def test_a_form_is_sent_from_its_own_tree_unchanged() -> None:
    assert CaseForm.model_validate(sent_from(tree_of(FORM))) == FORM


def test_putting_at_a_line_that_is_not_there_makes_the_lines_before_it() -> None:
    tree: dict[str, Any] = {}
    put(tree, "T3.pointers.2.locator", "page 4")
    assert tree == {"T3": {"pointers": [{}, {"locator": "page 4"}]}}


def test_a_reference_that_is_half_typed_stays_beside_the_case_and_shuts_nobody_out(
    signed_in: SignIn,
) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    keeping.keep(case, "reference", "CWM-", "CWM-C40", by=reader)
    now = cases.settle(case, by=reader)
    assert now.form.reference == "CWM-C40"
    assert now.typed == {"reference": "CWM-"}
    assert any("a reference made up for this inspection" in one.says for one in now.outstanding)


def test_a_line_taken_out_in_one_tab_moves_no_other_line_in_another(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    first = dict(COMPLETE["episodes"][0])
    days = ("2026-02-03", "2026-03-03", "2026-04-03")
    lines = [{**first, "reported_on": day, "returned_on": None} for day in days]
    case = begun(reader, episodes=lines)
    keeping.keep(case, "episodes.1", dict.fromkeys(first), lines[0], by=reader)
    keeping.keep(case, "episodes.2.returned_on", "2026-03-05", None, by=reader)
    now = cases.settle(case, by=reader)
    entered = [line for line in now.form.episodes if line.reported_on]
    said = [(str(line.reported_on), str(line.returned_on)) for line in entered]
    assert said == [("2026-03-03", "2026-03-05"), ("2026-04-03", "None")]
    cases.submit(case, now.version, by=reader)
    assert cases.view(case, by=reader).form.episodes == tuple(entered)


def test_fields_that_say_one_thing_clash_together(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    keeping.keep(case, "T2.grade", "inadequate", "good", by=reader)
    chosen = {"T2.grade": ("good", None), "T2.not_graded": (None, "not_applicable")}
    groups = [("T2.grade", "T2.not_graded")]
    kept = keeping.keep_all(case, chosen, by=reader, together=groups)
    assert all(one.clash for one in kept.values())
    finding = cases.settle(case, by=reader).form.findings[0]
    assert (finding.grade, finding.not_graded) == ("inadequate", None)


def test_each_thing_that_does_not_fit_says_its_own_fault_and_holds_up_nothing_else(
    signed_in: SignIn,
) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    keeping.keep(case, "practice_from", "2026-12-01", "2026-01-01", by=reader)
    keeping.keep(case, "perpetrator_count", "several", "1", by=reader)
    keeping.keep(case, "summary", "This fits.", None, by=reader)
    now = cases.settle(case, by=reader)
    assert now.form.summary == "This fits."
    assert set(now.problems) == {"practice_from", "perpetrator_count"}
    assert "put the earlier date first" in now.problems["practice_from"]
    assert now.problems["perpetrator_count"].startswith("How many")


def test_a_part_with_something_to_mend_is_shown_though_the_kind_does_not_need_it(
    signed_in: SignIn,
) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    keeping.keep(case, "episodes.1.reported_on", "31/3/2026", "2026-02-03", by=reader)
    keeping.keep(case, "kind", "cse", "both", by=reader)
    now = cases.settle(case, by=reader)
    assert Section.MISSING in now.sections
    assert now.problems.keys() == {"episodes.1.reported_on"}


@pytest.mark.parametrize(
    "path",
    [
        "nonsense",
        "findings",
        "T9.reason",
        "T2.theme",
        "T2.pointers.0.locator",
        "episodes.2000000.repeat",
        "episodes.1.case_id",
        "episodes.1.repeat.more",
        "sex.1",
        "",
    ],
)
def test_what_is_no_field_of_a_case_is_a_bug_and_keeps_nothing(
    signed_in: SignIn, path: str
) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    with pytest.raises(ValueError, match="is no field of a case"):
        keeping.keep(case, path, "x", None, by=reader)
    assert cases.view(case, by=reader).typed == {}


def test_a_text_that_is_too_long_is_refused_and_what_was_kept_stays(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    with pytest.raises(Refusal, match="too long"):
        keeping.keep(case, "summary", "x" * (LONGEST_TEXT + 1), None, by=reader)
    assert not keeping.keep(case, "summary", "x" * LONGEST_TEXT, None, by=reader).clash
