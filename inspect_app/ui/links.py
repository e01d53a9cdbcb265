"""Links to pages inside the app: a plain address would load it anew and sign people out."""

from typing import NoReturn

import streamlit as st

from inspect_app.ui.markup import plain

DIGITS = 12


def link(label: str, path: str, *, icon: str | None = None, **query: str) -> None:
    """Draw a link to the page at this address, with what it is asked; its label is plain text."""
    shown = f":material/{icon}:" if icon else None
    st.page_link(_target(path), label=plain(label), icon=shown, query_params=query or None)


def go(path: str, **query: str) -> NoReturn:
    """Open the page at this address now, with what it is asked."""
    st.switch_page(_target(path), query_params=query or None)


def asked(name: str) -> str | None:
    """Return what the page's address asks for under this name, or None."""
    return st.query_params.get(name)


def keep_address() -> None:
    """Write what is asked into the browser's address.

    A link from a page to itself changes what is asked and not the address, so that the next
    rerun would forget it, or remember what is no longer asked.
    """
    st.query_params.from_dict(st.query_params.to_dict())


def asked_number(name: str) -> int | None:
    """Return the number that the page's address asks for; 0, which nothing has, for no number."""
    text = asked(name)
    if text is None:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0


def _target(path: str) -> st.Page:
    """Streamlit knows a page by its address alone; the one registered there is drawn."""
    return st.Page(_nothing, title=path, url_path=path)


def _nothing() -> None:
    """Stand for a page that the entry script has registered."""
