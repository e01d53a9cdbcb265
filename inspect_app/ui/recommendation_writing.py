"""The forms that bring a recommendation in: written on findings, or entered from a publication."""

import streamlit as st

from data_model.forms import EnteredForm, RecommendationForm, checked
from data_model.vocabulary import RecommendationKind
from inspect_app.access import Permission
from inspect_app.services import (
    recommendation_drafts,
    recommendation_list,
    recommendations,
    reference,
)
from inspect_app.services.recommendation_drafts import Candidate, Draft
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.links import go
from inspect_app.ui.markup import plain
from inspect_app.ui.page import refusals

ENTERED = "entered"
NOT_LEADING = (
    "You lead no inspection. Whoever starts one leads it, and writes its recommendations once "
    "its findings are agreed."
)


def may_bring_in(me: SignedIn) -> bool:
    """Return whether the person may write a recommendation or enter a published one."""
    return me.may(Permission.WRITE_RECOMMENDATIONS) or me.may(Permission.ENTER_PUBLISHED)


def draw(me: SignedIn) -> None:
    """Draw what the person may bring a recommendation in with."""
    if me.may(Permission.WRITE_RECOMMENDATIONS):
        with st.expander("Write a recommendation", expanded=True):
            _on_findings(me)
    if me.may(Permission.ENTER_PUBLISHED):
        with st.expander("Enter a recommendation that is published elsewhere"):
            _published(me)


def _on_findings(me: SignedIn) -> None:
    led = recommendation_drafts.led(by=me)
    if not led:
        st.info(NOT_LEADING)
        return
    code = st.selectbox("Inspection", list(led), format_func=lambda c: f"{led[c]} ({c})")
    names = {theme.code: theme.name for theme in reference.themes(by=me)}
    themes = st.multiselect(
        "Themes", list(names), format_func=names.__getitem__, placeholder="Choose"
    )
    if themes:
        _write(recommendation_drafts.draft(code, by=me), {t: names[t] for t in themes}, me)
    else:
        st.caption("Choose at least one theme. The findings under it are then offered.")


def _write(draft: Draft, themes: dict[str, str], me: SignedIn) -> None:
    kept = {"code": f"{draft.prefix}-R", "kind": RecommendationKind.RECOMMENDATION}
    key = forms.fresh_key(f"write-{draft.inspection}")
    fields = Fields(RecommendationForm, key, {**kept, "made_on": me.today})
    with st.form(fields.key, border=False):
        sent = {
            "inspection": draft.inspection,
            "themes": tuple(themes),
            "code": fields.ask("code"),
            "title": fields.ask("title"),
            "text": fields.ask("text", long=True),
            "kind": fields.ask("kind"),
            "bodies": fields.ask("bodies", draft.bodies),
            "findings": _findings(draft, themes, fields.key),
            "reason": fields.ask("reason", long=True),
            "made_on": fields.ask("made_on"),
            "response_due_on": fields.ask("response_due_on"),
        }
        if st.form_submit_button("Write the recommendation", type="primary"):
            with refusals():
                written = recommendations.write(checked(RecommendationForm, given(sent)), by=me)
                forms.done(f"write-{draft.inspection}")
                session.say(f"Recommendation {written} is written. It is a draft of yours.")
                go("recommendations", recommendation=written)


def _findings(draft: Draft, themes: dict[str, str], key: str) -> tuple[int, ...]:
    chosen: list[int] = []
    st.markdown("**Findings that justify it**")
    for theme, name in themes.items():
        groups = _by_grade([found for found in draft.findings if found.theme == theme])
        if not groups:
            st.caption(f"{plain(name)}: no counted finding has a grade.")
        for grade, names in groups.items():
            chosen += st.multiselect(
                f"{plain(name)}: {grade.lower()} ({len(names)})",
                list(names),
                format_func=names.__getitem__,
                key=f"{key}-{theme}-{grade}",
                placeholder="Choose",
            )
    return tuple(chosen)


def _by_grade(found: list[Candidate]) -> dict[str, dict[int, str]]:
    groups: dict[str, dict[int, str]] = {}
    for each in found:
        groups.setdefault(each.grade, {})[each.finding] = each.reference
    return groups


def _published(me: SignedIn) -> None:
    offered = reference.choices(by=me)
    inspections = recommendation_list.choices(by=me).inspections
    key = forms.fresh_key(ENTERED)
    fields = Fields(EnteredForm, key, {"kind": RecommendationKind.RECOMMENDATION})
    with st.form(fields.key, border=False):
        sent = {
            "code": fields.ask("code"),
            "title": fields.ask("title"),
            "text": fields.ask("text", long=True),
            "quotation": fields.ask("quotation", long=True),
            "source": fields.ask("source"),
            "paragraph": fields.ask("paragraph"),
            "kind": fields.ask("kind"),
            "themes": fields.ask("themes", offered.themes),
            "bodies": fields.ask("bodies", offered.organisations),
            "inspection": fields.ask("inspection", inspections),
            "published_on": fields.ask("published_on"),
            "response_due_on": fields.ask("response_due_on"),
            "followed_here": _followed(key),
        }
        if st.form_submit_button("Enter the recommendation", type="primary"):
            with refusals():
                entered = recommendations.enter(checked(EnteredForm, given(sent)), by=me)
                forms.done(ENTERED)
                session.say(f"Recommendation {entered} is entered.")
                go("recommendations", recommendation=entered)


def _followed(key: str) -> bool:
    field = EnteredForm.model_fields["followed_here"]
    return st.checkbox(
        f"{field.title}: {plain(field.description or '')}",
        value=True,
        key=f"{key}-followed",
        persist_state="session",
        wrap=True,
    )
