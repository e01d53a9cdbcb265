"""The Streamlit entry script: sign in, draw the menu, run the page."""

import gc

import streamlit as st

from data_model.wording import concerns
from inspect_app.errors import Refusal
from inspect_app.services import people
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session
from inspect_app.ui.markup import plain
from inspect_app.ui.page import STYLE, Page, refusals
from pages import PAGES


@st.cache_resource(show_spinner=False)
def _settled() -> bool:
    """Put everything loaded so far out of the collector's way, once: it never goes away."""
    concerns("")  # reads its tables now, and not while somebody types
    gc.collect()
    gc.freeze()
    return True


def _sign_in_page() -> None:
    st.title("Inspection Evidence")
    st.info(
        "**Demonstration.** Choose one of the people of the samples. Nobody needs a password, "
        "so this works on this machine only; each person sees what their role and organisation "
        "allow. Places whose codes begin with X, their cases and these people are invented."
    )
    sample = people.sample_people(session.database())
    roles = {p.code: ", ".join(role.english.lower() for role in p.roles) for p in sample}
    names = {p.code: plain(f"{p.name} — {roles[p.code]}, {p.organisation}") for p in sample}
    with st.form("sign-in", border=False):
        chosen = st.radio("Sign in as", list(names), format_func=names.__getitem__)
        if st.form_submit_button("Sign in", type="primary"):
            with refusals():
                session.sign_in(chosen)
                st.rerun()


def _registered(page: Page, me: SignedIn) -> st.Page:
    """A page that is not for the person has no place in the menu; its address says why not."""
    return st.Page(
        page.show,
        title=page.title,
        url_path=page.path,
        visibility="visible" if page.open_for(me) else "hidden",
    )


def _run() -> None:
    # No icon here or on a page: the browser would fetch it from somebody else's host.
    st.set_page_config(page_title="Inspection Evidence", layout="wide")
    _settled()
    st.html(STYLE)
    me = session.me()
    if me is None:
        # At every address, so that a deep link still leads where it says after signing in.
        everywhere = [st.Page(_sign_in_page, title=p.title, url_path=p.path) for p in PAGES]
        st.navigation(everywhere, position="hidden").run()
        return
    registered = {page.path: _registered(page, me) for page in PAGES}
    chosen = st.navigation(list(registered.values()), position="hidden")
    with st.sidebar:
        # Links and not Streamlit's menu, whose entry for the page one is on does nothing.
        for page in PAGES:
            if page.open_for(me):
                here = page.title == chosen.title
                label = f"**{page.title}**" if here else page.title
                st.page_link(registered[page.path], label=label, icon=f":material/{page.icon}:")
        st.divider()
        name, body = plain(me.name), plain(me.organisation_name)
        st.caption(f"Signed in as **{name}**, {body} (demonstration)")
        st.button("Sign out", on_click=session.sign_out)
    chosen.run()


try:
    _run()
except Refusal as problem:
    st.error(f"**{plain(problem.summary)}**\n\n{plain(problem.advice)}")
