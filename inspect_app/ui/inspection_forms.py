"""The forms that start an inspection, or enter an evidence base published elsewhere."""

from typing import Any

import streamlit as st

from data_model.forms import InspectionForm, PublishedEvidenceForm, PublishedGradeForm, checked
from data_model.vocabulary import SamplingMethod
from inspect_app.services import inspections, reference
from inspect_app.services.reference import Choices
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.links import go
from inspect_app.ui.page import refusals

START, PUBLISHED = "recorded", "published"
AT_MOST = 12
KEPT = {"sampling": SamplingMethod.NOT_STATED}


def start(me: SignedIn) -> None:
    """Draw the form that starts an inspection whose cases are recorded here."""
    st.subheader("Start an inspection", anchor=False)
    offered = reference.choices(by=me)
    fields = Fields(InspectionForm, forms.fresh_key(START), KEPT)
    sent = _what(fields, offered) | _where(fields, offered) | _when(fields) | _sample(fields)
    sent["readers"] = fields.ask("readers", offered.readers)
    sent["note"] = fields.ask("note", long=True)
    if st.button("Start the inspection", type="primary"):
        with refusals():
            code = inspections.start(checked(InspectionForm, given(sent)), by=me)
            forms.done(START)
            session.say("The inspection is started. You lead it.")
            go("inspections", inspection=code)


def enter_published(me: SignedIn) -> None:
    """Draw the form that enters an inspection and its evidence base from a publication."""
    st.subheader("Enter an evidence base published elsewhere", anchor=False)
    offered = reference.choices(by=me)
    fields = Fields(InspectionForm, forms.fresh_key(PUBLISHED), KEPT)
    sent = _what(fields, offered) | _where(fields, offered) | _when(fields) | _sample(fields)
    published_on, source = st.columns([1, 2])
    with published_on:
        sent["published_on"] = fields.ask("published_on")
    with source:
        sent["source"] = fields.ask("source")
    sent |= {name: fields.ask(name, long=True) for name in ("summary", "note")}
    sent["published"] = _evidence(fields.key, offered, str(sent["scale"]), me)
    if st.button("Enter it", type="primary"):
        with refusals():
            code = inspections.enter_published(checked(InspectionForm, given(sent)), by=me)
            forms.done(PUBLISHED)
            session.say("The evidence base is entered and counts from now on.")
            go("inspections", inspection=code)


def _what(fields: Fields, offered: Choices) -> dict[str, Any]:
    left, right = st.columns([1, 2])
    with left:
        held = {"code": fields.ask("code")}
    with right:
        held["title"] = fields.ask("title")
    kind, framework, scale = st.columns(3)
    with kind:
        held["kind"] = fields.ask("kind")
    with framework:
        held["framework"] = fields.ask("framework", offered.frameworks)
    with scale:
        held["scale"] = fields.ask("scale", offered.scales)
    held["themes"] = fields.ask("themes", offered.themes)
    return held


def _where(fields: Fields, offered: Choices) -> dict[str, Any]:
    held = {"areas": fields.ask("areas", offered.areas)}
    left, right = st.columns(2)
    with left:
        held["inspecting"] = fields.ask("inspecting", offered.organisations)
    with right:
        held["inspected"] = fields.ask("inspected", offered.organisations)
    return held


def _when(fields: Fields) -> dict[str, Any]:
    names = ("started_on", "ended_on", "period_label")
    held = {}
    for name, column in zip(names, st.columns(3), strict=True):
        with column:
            held[name] = fields.ask(name)
    return held


def _sample(fields: Fields) -> dict[str, Any]:
    left, right = st.columns([2, 1])
    with left:
        held = {"sampling": fields.ask("sampling")}
    with right:
        held["cases_available"] = fields.ask("cases_available")
    return held


def _evidence(key: str, offered: Choices, scale: str, me: SignedIn) -> list[dict[str, Any]]:
    """One box for each kind of case the publication speaks of, and always one more."""
    st.subheader("Evidence base as published", anchor=False)
    st.caption(
        "One box for each kind of case. If the number of cases read is not published, choose "
        "the kind of case and leave the number empty: the page will say so."
    )
    grades = reference.grades(scale, by=me)
    found: list[dict[str, Any]] = []
    for place in range(AT_MOST):
        with st.container(border=True):
            entry = _entry(f"{key}-evidence-{place}", offered, grades)
        if not any(entry.values()):
            break
        found.append(entry)
    return found


def _entry(key: str, offered: Choices, grades: dict[str, str]) -> dict[str, Any]:
    fields = Fields(PublishedEvidenceForm, key, {}, line=True)
    held = {"case_kind": fields.ask("case_kind")}
    left, right = st.columns([2, 1])
    with left:
        held["theme"] = fields.ask("theme", offered.themes)
    with right:
        held["cases_read"] = fields.ask("cases_read")
    held["grades"] = _counts(key, grades)
    held["quotation"] = fields.ask("quotation", long=True)
    for name, column in zip(("paragraph", "evidence_id", "note"), st.columns(3), strict=True):
        with column:
            held[name] = fields.ask(name)
    return held


def _counts(key: str, grades: dict[str, str]) -> tuple[dict[str, Any], ...]:
    """A line for each published number; several grades in one line are never split."""
    if not grades:
        st.caption("Choose a scale with grades above to enter counts by grade.")
        return ()
    found: list[dict[str, Any]] = []
    for place in range(AT_MOST):
        fields = Fields(PublishedGradeForm, f"{key}-grade-{place}", {}, line=True)
        left, right = st.columns([2, 1])
        with left:
            count = {"grades": fields.ask("grades", grades)}
        with right:
            count["cases"] = fields.ask("cases")
        if not count["grades"] and count["cases"] is None:
            break
        found.append(count)
    return tuple(found)
