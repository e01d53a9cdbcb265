"""Case review: record one child's file as it is read, theme by theme."""

import streamlit as st

from data_model.forms import CaseForm, checked
from data_model.vocabulary import CaseStatus, InspectionStatus
from inspect_app.access import Permission
from inspect_app.services import case_sheet, cases, inspections, sampling_begin
from inspect_app.services import history as told
from inspect_app.services.case_sheet import Sheet
from inspect_app.services.cases import CaseValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import case_form, case_standing, case_view, history, writing
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.kept_text import forget
from inspect_app.ui.links import asked_number, go, link
from inspect_app.ui.page import page, refusals
from inspect_app.ui.writing import Writing


@page("Case review", icon="rate_review", path="case-review", needs=Permission.READ_CASES)
def case_review(me: SignedIn) -> None:
    """Show the person's cases, or the one that is asked for."""
    case = asked_number("case")
    if case is None:
        _choose(me)
        return
    _review(cases.view(case, by=me), me)


def _choose(me: SignedIn) -> None:
    mine = cases.mine(by=me)
    st.subheader("To do", anchor=False)
    todo = [line for line in mine if not line.done]
    case_view.listing(todo, "You have no draft and no reading to do. Begin a case below.")
    st.subheader("Begin a case", anchor=False)
    _begin(me)
    st.subheader("Your submitted cases, while their inspection is being read", anchor=False)
    done = [line for line in mine if line.done]
    case_view.listing(done, "You have submitted no case yet.")
    case_standing.check_receipt(me)


def _begin(me: SignedIn) -> None:
    being_read = {
        held.code: held.title
        for held in inspections.listed(by=me)
        if held.status is InspectionStatus.READING and held.code in me.standing.reads
    }
    if not being_read:
        st.info("None of your inspections is being read now. Its lead inspector starts one.")
        return
    code = st.selectbox(
        "Inspection", list(being_read), format_func=being_read.__getitem__, key="begin-in"
    )
    offered = case_sheet.sheet(code, by=me)
    waiting = {
        entry.number: f"Number {entry.number} of the list ({entry.where})"
        for entry in sampling_begin.to_begin(code, by=me)
    }
    with st.form("begin", border=True):
        key = f"begin-{code}-{offered.first_free}"
        fields = Fields(CaseForm, key, {"reference": offered.first_free})
        sent = {"reference": fields.ask("reference"), "kind": fields.ask("kind")}
        number = _from_sample(waiting, key)
        if st.form_submit_button("Begin", type="primary"):
            with refusals():
                known = sampling_begin.prefill(code, number, by=me) if number else {}
                form = checked(CaseForm, {**known, **given(sent)})
                begun = cases.begin(code, form, by=me, from_sample=number)
                go("case-review", case=str(begun))


def _from_sample(waiting: dict[int, str], key: str) -> int | None:
    """Ask which case of the sample it is, where one was drawn; what its list says is filled in."""
    if not waiting:
        return None
    number: int | None = st.selectbox(
        "Which case of the sample",
        list(waiting),
        index=None,
        format_func=waiting.__getitem__,
        placeholder="Not one of the sample",
        key=f"{key}-number",
        help="What its list says of the child is filled in for you to check against the file.",
    )
    return number


def _review(case: CaseValue, me: SignedIn) -> None:
    sheet = case_sheet.sheet(case.inspection, by=me)
    with st.container(horizontal=True):
        link("All my cases", "case-review", icon="arrow_back")
        link("The inspection", "inspections", icon="grid_on", inspection=case.inspection)
    case_view.heading(case, sheet)
    if case.blind:
        case_view.blind(case, sheet)
    if case.writes:
        _write(writing.of(case, me), sheet, me)
        history.draw(told.of_case, case.id, me)
        return
    forget(me.person, f"case-{case.id}-")
    if not case.blind:
        case_view.read_only(case, sheet)
    case_standing.receipts(case)
    if case.mine and case.status is CaseStatus.SUBMITTED:
        case_view.take_back(case, me)
    history.draw(told.of_case, case.id, me)


def _write(tab: Writing, sheet: Sheet, me: SignedIn) -> None:
    tab.take_choices()
    form, beside = st.columns([7, 3], gap="medium")
    with form:
        case_standing.clashes(tab)
        case_form.draw(tab, sheet)
        case_standing.pointed_out(tab.case, me)
    with beside:
        case_standing.standing(tab.case.id, tab.case.version, me)
