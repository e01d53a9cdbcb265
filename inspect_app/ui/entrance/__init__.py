"""The way in: sign-in with the provider, the demonstration, and what who is not let in is told."""

from pathlib import Path

import streamlit as st

from inspect_app.errors import NotAdmitted, Refusal, SignInAgain
from inspect_app.services import people
from inspect_app.signed_in import SignedIn
from inspect_app.ui import markup, provider, session
from inspect_app.ui.page import refusals

SCRIPT = (Path(__file__).parent / "address.js").read_text(encoding="utf-8")
TITLE = "Inspection Evidence"
SOON = 10
"""Minutes before the end of a sign-in at which it is told."""

_address = st.components.v2.component("address_asked_for", js=SCRIPT)


def opened() -> None:
    """Open the address that somebody asked for before they signed in, if they came that way."""
    if provider.settings() is not None:
        _address(key="address-opened", data={"waits": False})


def until(me: SignedIn) -> str:
    """Say when a sign-in ends, while there is time to finish; one without an end is for show."""
    if me.until is None:
        return " (demonstration)"
    left = int((me.until - me.clock()).total_seconds() // 60)
    return f". Your sign-in ends in {max(left, 1)} min." if left < SOON else ""


def draw() -> None:
    """Draw the page on which somebody signs in."""
    st.title(TITLE, anchor=False)
    if provider.settings() is None:
        _demonstration()
        return
    st.markdown("Inspections, recommendations and scorecards, for those who work on them.")
    _with_provider("Sign in with your organisation's account")


def again(over: SignInAgain) -> None:
    """Draw the page of somebody whose sign-in is over, in place of the one they were on."""
    st.title("Sign in again", anchor=False)
    st.warning(f"**{markup.plain(over.summary)}** {markup.plain(over.advice)}")
    _with_provider("Sign in again")


def turned_away(why: Refusal) -> None:
    """Draw the page of somebody who is not let in: whom to ask, and nothing else."""
    st.title("No access", anchor=False)
    st.error(f"**{markup.plain(why.summary)}**\n\n{markup.plain(why.advice)}")
    subject = why.facts.get("subject")
    if subject:
        st.markdown("They need to know what your provider calls you:")
        st.code(str(subject), language=None)
    if isinstance(why, NotAdmitted):
        st.button("Use another account", on_click=session.sign_out)


def _with_provider(label: str) -> None:
    _address(key="address-waits", data={"waits": True})
    if st.button(label, type="primary"):
        with refusals():
            session.go_to_provider()


def _demonstration() -> None:
    sample = people.sample_people(session.database())
    st.info(
        "**Demonstration.** Choose one of the people of the samples. Nobody needs a password, "
        "so this works on this machine only; each person sees what their role and organisation "
        "allow. Places whose codes begin with X, their cases and these people are invented."
    )
    roles = {p.code: ", ".join(role.english.lower() for role in p.roles) for p in sample}
    names = {p.code: markup.plain(f"{p.name} — {roles[p.code]}, {p.organisation}") for p in sample}
    with st.form("sign-in", border=False):
        chosen = st.radio("Sign in as", list(names), format_func=names.__getitem__)
        if st.form_submit_button("Sign in", type="primary"):
            with refusals():
                session.sign_in(chosen)
                st.rerun()
