"""Choosing an area: searchable, and kept in the address so that it can be linked to."""

import streamlit as st

from inspect_app.services import reference
from inspect_app.signed_in import SignedIn


def labelled_areas(me: SignedIn) -> dict[str, str]:
    """Return every area as it is offered, by code."""
    return {area.code: f"{area.label} · {area.code}" for area in reference.areas(by=me)}


def chosen_area(me: SignedIn) -> str | None:
    """Offer every area; return the code of the one chosen, asked for, or the person's own."""
    labels = labelled_areas(me)
    asked = st.query_params.get("area") or me.standing.area
    codes = list(labels)
    chosen = st.selectbox(
        "Area",
        codes,
        index=codes.index(asked) if asked in labels else None,
        format_func=labels.__getitem__,
        placeholder="Type a name or a code, such as County Durham",
    )
    if chosen is None:
        return asked
    st.query_params["area"] = chosen
    return chosen
