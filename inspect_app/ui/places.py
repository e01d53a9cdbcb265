"""Choosing an area: searchable, and kept in the address so that it can be linked to."""

import streamlit as st

from inspect_app.services import reference
from inspect_app.signed_in import SignedIn

ASKED, CHOSEN = "area", "chosen-area"


def labelled_areas(me: SignedIn) -> dict[str, str]:
    """Return every area as it is offered, by code."""
    return {area.code: f"{area.label} · {area.code}" for area in reference.areas(by=me)}


def chosen_area(me: SignedIn) -> str | None:
    """Offer every area; return the code of the one chosen, asked for, or the person's own.

    What the address says is what is shown: a choice is written there before anything is drawn.
    """
    labels = labelled_areas(me)
    asked = st.query_params.get(ASKED) or me.standing.area
    st.session_state[CHOSEN] = asked if asked in labels else None
    st.selectbox(
        "Area",
        list(labels),
        format_func=labels.__getitem__,
        placeholder="Type a name or a code, such as County Durham",
        key=CHOSEN,
        on_change=_keep_choice,
    )
    if asked in labels:
        st.query_params[ASKED] = asked
    return asked


def _keep_choice() -> None:
    chosen = st.session_state[CHOSEN]
    if chosen:
        st.query_params[ASKED] = chosen
