"""The Streamlit entry script: sign in, draw the menu, run the page."""

import gc
from collections.abc import Callable
from functools import partial

import streamlit as st

from data_model.wording import concerns
from inspect_app.errors import NotAdmitted, SignInAgain
from inspect_app.signed_in import SignedIn
from inspect_app.ui import entrance, session
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
    try:
        me = session.me()
    except SignInAgain as over:
        _everywhere(partial(entrance.again, over))
        return
    except NotAdmitted as why:
        _everywhere(partial(entrance.turned_away, why))
        return
    if me is None:
        _everywhere(entrance.draw)
    else:
        _pages(me)


def _everywhere(draw: Callable[[], None]) -> None:
    """Draw one thing at every address, so that a deep link leads where it says afterwards."""
    pages = [st.Page(draw, title=page.title, url_path=page.path) for page in PAGES]
    st.navigation(pages, position="hidden").run()


def _pages(me: SignedIn) -> None:
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
        st.caption(f"Signed in as **{name}**, {body}{entrance.until(me)}")
        st.button("Sign out", on_click=session.sign_out)
    entrance.opened()
    chosen.run()


with refusals():
    _run()
