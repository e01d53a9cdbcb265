"""A case as it stands: read only, for its inspection's readers and once it is submitted."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_model.forms import CaseForm, FindingForm
from data_model.vocabulary import CaseStatus
from inspect_app.services import cases
from inspect_app.services.case_sheet import (
    NONE_ENTERED,
    NOT_ENTERED,
    Sheet,
    case_in_words,
    finding_in_words,
)
from inspect_app.services.cases import CaseLine, CaseValue
from inspect_app.services.reference import ThemeValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import drafts, session, tables
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, show, tag
from inspect_app.ui.page import refusals

SECTIONS = {
    "The file": ("kind", "lead_agency", "practice_from", "practice_to"),
    "The child": (
        "age_band",
        "sex",
        "ethnicity",
        "disability",
        "disability_kinds",
        "in_care",
        "placement",
    ),
    "What the reader read in the file": (
        "harm_category",
        "harm_indicators",
        "harm_confirmed_reason",
    ),
    "What the agency wrote": ("agency_risk", "agency_risk_number"),
    "Network and flag": ("network", "flagged", "meets_definition"),
}


def heading(case: CaseValue, sheet: Sheet) -> None:
    """Draw whose case it is, of which inspection, and where it stands."""
    whose = "you" if case.mine else case.reader
    show(
        tag("h2", f"Case {case.form.reference} "),
        tag("p", tag("span", case.status.english, css="mark"), f" Read by {whose}. ", sheet.title),
    )


def read_only(case: CaseValue, sheet: Sheet) -> None:
    """Draw everything a case says, in the order of the sheet."""
    said = case_in_words(case.form, sheet)
    show(*(_section(title, names, said, case) for title, names in SECTIONS.items()))
    show(tag("h3", "Summary of the case"), tag("p", said["Summary of the case"], css="asis"))
    given = {finding.theme: finding for finding in case.form.findings}
    show(tag("h3", "Findings"), *(_finding(theme, given, sheet) for theme in sheet.themes))


def _section(
    title: str, names: Sequence[str], said: Mapping[str, str], case: CaseValue
) -> Markup | None:
    titles = [CaseForm.model_fields[name].title or name for name in names]
    facts = [(name, said[name]) for name in titles if _to_show(said[name], case)]
    return tag("div", tag("h4", title), tables.facts(facts), css="boxed") if facts else None


def _to_show(words: str, case: CaseValue) -> bool:
    """A draft shows its gaps; what a submitted case leaves out was not needed."""
    return case.status is CaseStatus.DRAFT or words not in {NOT_ENTERED, NONE_ENTERED}


def _finding(theme: ThemeValue, given: dict[str, FindingForm], sheet: Sheet) -> Markup:
    finding = given.get(theme.code)
    code = (finding.grade or finding.not_graded) if finding else None
    cell = tables.grade(code, sheet.scale)
    said = finding_in_words(finding, sheet) if finding else {}
    texts = [
        tag("p", tag("strong", f"{title}. "), words, css="asis")
        for title, words in said.items()
        if title not in {"Grade", "Why not graded"} and words not in {NOT_ENTERED, NONE_ENTERED}
    ]
    return tag("div", tag("h4", f"{theme.code} {theme.name}"), cell, *texts, css="finding")


def standing(case: CaseValue, typed: dict[str, object], wide: DeltaGenerator, me: SignedIn) -> None:
    """Draw, beside the sheet, what is saved, what still stands in the way, and the buttons.

    Where somebody saved in between, both texts are shown in `wide`.
    """
    with st.container(border=True, key="standing"):
        top = st.empty()
        _save(case, typed, wide, me)
        _submit(case, typed, wide, me)
        # Read again: a save may have succeeded before the submission was refused.
        now = cases.view(case.id, by=me)
        draft = drafts.compare(now, typed)
        top.markdown("**You have changes that are not saved.**" if draft.unsaved else _saved(draft))
        _outstanding(now)
        if draft.unsaved and st.button("Drop what is not saved", type="tertiary", key="drop"):
            drafts.drop(now)
            st.rerun()


def _save(case: CaseValue, typed: dict[str, object], wide: DeltaGenerator, me: SignedIn) -> None:
    if st.button("Save draft", type="primary", key="save", width="stretch"):
        with refusals(wide):
            drafts.save(case, typed, by=me)
            st.rerun()


def _submit(case: CaseValue, typed: dict[str, object], wide: DeltaGenerator, me: SignedIn) -> None:
    if st.button("Submit", key="submit", width="stretch"):
        with refusals(wide):
            cases.submit(case.id, drafts.save(case, typed, by=me), by=me)
            session.say(f"Case {case.form.reference} is submitted.")
            st.rerun()


def _saved(draft: drafts.Draft) -> str:
    return draft.said or "Everything here is saved."


def _outstanding(case: CaseValue) -> None:
    if not case.outstanding:
        show(tag("p", tag("strong", "As last saved, nothing stands in the way of submitting.")))
        return
    stands = (tag("li", f"{reason[0].upper()}{reason[1:]}.") for reason in case.outstanding)
    show(
        tag("p", tag("strong", "As last saved, this stands in the way of submitting:")),
        tag("ul", *stands),
    )


def take_back(case: CaseValue, me: SignedIn) -> None:
    """Draw how a reader takes a submitted case back."""
    with st.form(f"take-back-{case.id}", border=True):
        st.markdown("**Take it back**")
        reason = st.text_area("Why you take it back", key=f"take-back-reason-{case.id}")
        if st.form_submit_button("Take the case back"):
            with refusals():
                cases.take_back(case.id, reason, by=me)
                session.say(f"Case {case.form.reference} is a draft again.")
                st.rerun()


def listing(mine: list[CaseLine], status: CaseStatus, empty: str) -> None:
    """Draw links to the person's cases of one status."""
    lines = [line for line in mine if line.status is status]
    if not lines:
        st.info(empty)
    for line in lines:
        link(
            f"{line.reference}: {line.kind}, {line.inspection}",
            "case-review",
            icon="edit_note" if status is CaseStatus.DRAFT else "task",
            case=str(line.id),
        )
