"""Choices that the page's address holds: what it asks for is shown, what is chosen is written."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from inspect_app.ui.markup import plain

NOT_OFFERED = "The address asks for “{asked}”, which is not offered here; this is shown instead."


def chosen(
    label: str,
    name: str,
    options: Mapping[str, str],
    *,
    first: str | None = None,
    placeholder: str = "Choose",
) -> str | None:
    """Offer these, by what the address says; return the one asked for, or else the first one.

    `first` is what is shown where nothing is asked; where it is None, nothing is chosen then.
    """
    return _drawn(
        name,
        list(options),
        first,
        partial(
            st.selectbox,
            label,
            list(options),
            format_func=lambda key: options[key],
            placeholder=placeholder,
        ),
    )


def one_of(label: str, name: str, options: Mapping[str, str]) -> str:
    """Offer these side by side; return the one asked for, or else the first."""
    first = next(iter(options))
    draw = partial(
        st.radio, label, list(options), format_func=lambda key: plain(options[key]), horizontal=True
    )
    return _drawn(name, list(options), first, draw) or first


def _drawn(
    name: str, options: Sequence[str], first: str | None, draw: Callable[..., Any]
) -> str | None:
    asked = st.query_params.get(name)
    known = asked in options
    key = f"compare-{name}"
    st.session_state[key] = asked if known else first
    draw(key=key, on_change=_keep, args=(name, key))
    if asked and not known:
        st.caption(NOT_OFFERED.format(asked=plain(asked)))
    found = asked if known else first
    if found is not None:
        st.query_params[name] = found
    return found


def _keep(name: str, key: str) -> None:
    picked = st.session_state[key]
    if picked is not None:
        st.query_params[name] = picked
