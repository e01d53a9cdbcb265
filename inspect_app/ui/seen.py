"""Which version somebody saw when they sent something: nothing is sent over what was not read.

A page is drawn anew before what was sent on it is looked at, so the version of then is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from inspect_app.errors import Conflict


def shown(name: str, version: int) -> int:
    """Return the version that the page showed when a button was pressed; this one is shown now."""
    key = f"{name}-shown"
    before: int = st.session_state.get(key, version)
    st.session_state[key] = version
    return before


def filled(name: str, version: int) -> int:
    """Return the version that a form was filled from: this one, where it is filled now."""
    kept: int = st.session_state.setdefault(_filled(name), version)
    return kept


@contextmanager
def told(name: str) -> Iterator[None]:
    """Let a filled form be sent again after a conflict, which shows both accounts."""
    try:
        yield
    except Conflict as met:
        st.session_state[_filled(name)] = met.facts["version"]
        raise


def _filled(name: str) -> str:
    return f"{name}-filled"
