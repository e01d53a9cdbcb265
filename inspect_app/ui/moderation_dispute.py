"""A disputed case on the screen: every reading side by side, and the lead's decision by theme."""

import streamlit as st

from data_model.forms import DecisionForm, checked
from data_model.vocabulary import NotGraded
from inspect_app.services import moderation, moderation_views
from inspect_app.services.case_sheet import NOT_ENTERED
from inspect_app.services.moderation_views import Dispute, DisputedTheme, OneReading
from inspect_app.services.reference import ThemeValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session, tables
from inspect_app.ui.forms import given
from inspect_app.ui.links import link
from inspect_app.ui.markup import show, tag
from inspect_app.ui.page import refusals

OWN_CASE = (
    "You read this case first yourself. Decide on what stands in the file, and say in the reason "
    "what that is; that you were one of its readers stays on the record."
)
SHOWN = ("Criterion", "Reason", "Strengths", "Weaknesses", "Evidence pointers")


def draw(case_id: int, me: SignedIn) -> None:
    """Draw a case whose readings differ, theme by theme."""
    held = moderation_views.dispute(case_id, by=me)
    show(tag("h3", f"Case {held.case.reference}, {held.case.kind}"))
    if held.led_by_reader:
        st.warning(OWN_CASE)
    if held.agreed_on:
        show(tag("p", f"The readings agree on: {', '.join(held.agreed_on)}.", css="small"))
    for theme in held.themes:
        with st.container(border=True):
            _theme(theme, held, me)
    link("Open the whole case", "case-review", icon="rate_review", case=str(case_id))


def _theme(theme: DisputedTheme, held: Dispute, me: SignedIn) -> None:
    show(tag("h4", f"{theme.theme} {theme.name}"))
    columns = st.columns(len(theme.readings))
    for column, reading in zip(columns, theme.readings, strict=True):
        with column:
            _reading(reading, held)
    if theme.decided:
        show(
            tag("p", tag("strong", "Your decision")),
            tag(
                "div",
                tables.grade(theme.decided, held.sheet.scale),
                tag("p", theme.why, css="asis"),
                css="finding",
            ),
        )
    with st.expander("Decide otherwise" if theme.decided else "Decide", expanded=not theme.decided):
        _decide(theme, held, me)


def _reading(reading: OneReading, held: Dispute) -> None:
    which = "first reader" if reading.first else "read it without seeing the first reading"
    whose = f", for {reading.body}" if reading.body else ""
    texts = [
        tag("p", tag("strong", f"{title}. "), words, css="asis")
        for title, words in reading.said.items()
        if title in SHOWN and words != NOT_ENTERED
    ]
    show(
        tag("p", tag("strong", reading.name), f"{whose}, {which}"),
        tag("div", tables.grade(reading.grade, held.sheet.scale), *texts, css="finding"),
    )


def _decide(theme: DisputedTheme, held: Dispute, me: SignedIn) -> None:
    key = f"decide-{held.case.id}-{held.case.edition}-{theme.theme}"
    with st.form(key, border=False):
        sent = {"theme": theme.theme, **_verdict(key, held), **_criterion(key, theme, held)}
        sent["reason"] = st.text_area(
            "Why", key=f"{key}-why", help=DecisionForm.model_fields["reason"].description
        )
        if st.form_submit_button("Decide this theme", type="primary"):
            with refusals():
                form = checked(DecisionForm, given(sent))
                moderation.decide(held.case.id, form, by=me)
                session.say(f"Case {held.case.reference}: {theme.name} is decided.")
                st.rerun()


def _verdict(key: str, held: Dispute) -> dict[str, object]:
    """Ask for what counts, a grade or why there is none, as one question."""
    grades = dict(held.sheet.scale.grades)
    words = {**grades, **{str(why): f"Not graded: {why.english.lower()}" for why in NotGraded}}
    chosen = st.radio(
        "What counts", list(words), index=None, format_func=words.__getitem__, key=f"{key}-verdict"
    )
    return {"grade" if chosen in grades else "not_graded": chosen}


def _criterion(key: str, theme: DisputedTheme, held: Dispute) -> dict[str, object]:
    texts = _criteria(theme.theme, held.sheet.themes)
    chosen = st.selectbox(
        "Criterion, where you give a grade",
        list(texts),
        index=None,
        format_func=texts.__getitem__,
        placeholder="Choose",
        key=f"{key}-criterion",
    )
    return {"criterion": chosen}


def _criteria(theme: str, themes: tuple[ThemeValue, ...]) -> dict[str, str]:
    return {
        criterion.code: f"{criterion.code} {criterion.text}"
        for held in themes
        if held.code == theme
        for criterion in held.criteria
    }
