"""Links to pages inside the app: a plain address would load it anew and sign people out."""

from typing import NoReturn

import streamlit as st


def link(label: str, path: str, *, icon: str | None = None, **asked: str) -> None:
    """Draw a link to the page at this address, with what it is asked."""
    shown = f":material/{icon}:" if icon else None
    st.page_link(_target(path), label=label, icon=shown, query_params=asked or None)


def go(path: str, **asked: str) -> NoReturn:
    """Open the page at this address now, with what it is asked."""
    st.switch_page(_target(path), query_params=asked or None)


def _target(path: str) -> st.Page:
    """Streamlit knows a page by its address alone; the one registered there is drawn."""
    return st.Page(_nothing, title=path, url_path=path)


def _nothing() -> None:
    """Stand for a page that the entry script has registered."""
