"""A draft of a recommendation on the screen: reword it, and publish it, which fixes its words."""

from typing import NoReturn

import streamlit as st

from data_model.forms import PublishForm, WordingForm, checked
from inspect_app.access import Permission
from inspect_app.services import recommendations
from inspect_app.services.recommendation_values import RecommendationValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, seen, session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.markup import show, tag
from inspect_app.ui.page import refusals

DRAFT = (
    "This is a draft: only the lead of its inspection sees it, and its words can change. Once it "
    "is published they are fixed, and every body it is addressed to has six months to answer."
)


def draw(held: RecommendationValue, me: SignedIn) -> None:
    """Draw what its lead can do with a draft."""
    show(tag("p", DRAFT, css="loud"))
    if not me.may(Permission.WRITE_RECOMMENDATIONS):
        return
    with st.expander("Reword it"):
        _reword(held, me)
    with st.expander("Publish it"):
        _publish(held, me)


def _reword(held: RecommendationValue, me: SignedIn) -> None:
    name = f"reword-{held.code}"
    key = forms.fresh_key(name)
    version = seen.filled(key, held.version)
    fields = Fields(WordingForm, key, {"title": held.title, "text": held.text})
    with st.form(key, border=False):
        sent = {"title": fields.ask("title"), "text": fields.ask("text", long=True)}
        if st.form_submit_button("Keep this wording", type="primary"):
            with refusals(), seen.told(key):
                form = checked(WordingForm, given(sent))
                recommendations.reword(held.code, form, version, by=me)
                forms.done(name)
                _done("The new wording is kept, and the older one beside it.")


def _publish(held: RecommendationValue, me: SignedIn) -> None:
    key = f"publish-{held.code}"
    version = seen.shown(key, held.version)
    fields = Fields(PublishForm, key, {"published_on": me.today})
    with st.form(key, border=False):
        sent = {"published_on": fields.ask("published_on")}
        if st.form_submit_button("Publish it and fix its words", type="primary"):
            with refusals():
                on = checked(PublishForm, given(sent)).published_on
                recommendations.publish(held.code, on, version, by=me)
                _done(f"{held.code} is published. Its bodies can answer it now.")


def _done(notice: str) -> NoReturn:
    session.say(notice)
    st.rerun()
