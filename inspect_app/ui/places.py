"""Choosing an area: searchable, and kept in the address so that it can be linked to."""

import streamlit as st

from inspect_app.services import reference
from inspect_app.signed_in import SignedIn


def chosen_area(me: SignedIn) -> str | None:
    """Offer every area; return the code of the one chosen, asked for, or the person's own."""
    labels = {area.code: area.label for area in reference.areas(by=me)}
    asked = st.query_params.get("area") or me.standing.area
    codes = list(labels)
    chosen = st.selectbox(
        "Area",
        codes,
        index=codes.index(asked) if asked in labels else None,
        format_func=lambda code: f"{labels[code]} · {code}",
        placeholder="Type a name or a code, such as County Durham",
    )
    if chosen is None:
        return asked
    st.query_params["area"] = chosen
    return chosen
