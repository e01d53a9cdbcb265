"""What a list of answers is narrowed to: asked on the page, kept while it is left, and shared.

The page's address says it in plain words, so that a copied address opens the same list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from data_model.vocabulary import RecommendationKind
from inspect_app.access import Permission
from inspect_app.services import recommendation_list
from inspect_app.services.recommendation_list import Choices, Wanted
from inspect_app.services.recommendation_stands import Order, Stands
from inspect_app.signed_in import SignedIn
from inspect_app.ui.links import asked

NOTHING: dict[str, Any] = {
    "stands": Stands.ALL,
    "own": False,
    "words": "",
    "order": Order.NEWEST,
    "area": None,
    "inspection": None,
    "theme": None,
    "kind": None,
    "body": None,
}
"""What narrows a list, and what of it narrows nothing."""

SAID: dict[str, dict[str, Any]] = {
    "stands": {each.name.lower(): each for each in Stands},
    "order": {each.name.lower(): each for each in Order},
    "kind": {each.value: each for each in RecommendationKind},
    "own": {"yes": True, "no": False},
}
"""How the address says what is not said in codes or words already."""

FOLDED = ("area", "inspection", "theme", "kind", "body")
OWN = "Only my organisation's"
KEPT, WRITTEN = "list-kept", "list-written"


def ask(me: SignedIn) -> Wanted:
    """Draw what the list can be narrowed by, and return what it is narrowed to, first page."""
    offered = recommendation_list.choices(by=me)
    owns = owns_answers(me)
    first = NOTHING | {"own": owns and me.may(Permission.RESPOND)}
    _recall(first, offered)
    ways = st.container()
    held = _line(owns=owns) | _folded(offered)
    with ways:
        held["stands"] = _stands(Wanted(**held), me)
    if held != first:
        st.button("Show all again", icon=":material/filter_alt_off:", on_click=partial(_set, first))
    _remember(held, first)
    return Wanted(**held)


def owns_answers(me: SignedIn) -> bool:
    """Return whether the person's organisation answers for any recommendation."""
    own = recommendation_list.page_of(Wanted(own=True), by=me, size=1)
    return bool(own.lines)


def page_asked(wanted: Wanted) -> Wanted:
    """Return the same on the page of it that is chosen."""
    return replace(wanted, page=st.session_state.get(page_key(wanted), 1))


def page_key(wanted: Wanted) -> str:
    """Return the key of what turns the pages: another one for another narrowing."""
    return f"list-page-{replace(wanted, page=1)}"


def _recall(first: Mapping[str, Any], offered: Choices) -> None:
    """Fill the widgets: with what the address asks for anew, or with what was chosen last."""
    kept = _from_address(first, offered) or {
        name: st.session_state.get(_key(name), kept)
        for name, kept in st.session_state.get(KEPT, first).items()
    }
    _set(kept)


def _from_address(first: Mapping[str, Any], offered: Choices) -> dict[str, Any] | None:
    said = {name: text for name in NOTHING if (text := asked(name))}
    if not said or said == st.session_state.get(WRITTEN):
        return None
    known = SAID | {
        "area": _themselves(offered.areas),
        "inspection": _themselves(offered.inspections),
        "theme": _themselves(offered.themes),
        "body": _themselves(offered.bodies),
        "words": _themselves(said.values()),
    }
    return dict(first) | {name: known[name].get(text, first[name]) for name, text in said.items()}


def _themselves(codes: Iterable[str]) -> dict[str, Any]:
    return {code: code for code in codes}


def _set(held: Mapping[str, Any]) -> None:
    for name, value in held.items():
        st.session_state[_key(name)] = value


def _remember(held: Mapping[str, Any], first: Mapping[str, Any]) -> None:
    """Keep what is chosen for when the person is back, and say it in the address."""
    st.session_state[KEPT] = dict(held)
    said = {
        name: _in_address(name, value)
        for name, value in held.items()
        if value is True or value != first[name]
    }
    if said != st.query_params.to_dict():
        st.query_params.from_dict(said)
    st.session_state[WRITTEN] = said


def _in_address(name: str, value: Any) -> str:
    names = {meant: said for said, meant in SAID.get(name, {}).items()}
    return str(names.get(value, value))


def _key(name: str) -> str:
    return f"list-{name}"


def _stands(wanted: Wanted, me: SignedIn) -> Stands:
    """Ask how the answers stand, of the ways in which any does."""
    numbers = recommendation_list.counts(wanted, by=me)
    chosen = st.session_state[_key("stands")]
    offered = [each for each in Stands if numbers[each] or each in {chosen, Stands.ALL}]
    picked: Stands = (
        st.pills(
            "How it stands",
            offered,
            format_func=lambda each: f"{each} ({numbers[each]})",
            key=_key("stands"),
            required=True,
        )
        or Stands.ALL
    )
    return picked


def _line(*, owns: bool) -> dict[str, Any]:
    words, order = st.columns([3, 2], vertical_alignment="bottom")
    held = {
        "words": words.text_input("Search", key=_key("words"), type="search").strip(),
        "order": order.selectbox("Order", list(Order), key=_key("order")),
        "own": False,
    }
    if owns:
        held["own"] = st.checkbox(OWN, key=_key("own"))
    return held


def _folded(offered: Choices) -> dict[str, Any]:
    kinds: dict[str, str] = {kind: kind.english for kind in RecommendationKind}
    names = (offered.areas, offered.inspections, offered.themes, kinds, offered.bodies)
    chosen = any(st.session_state[_key(name)] for name in FOLDED)
    with st.expander("Narrow by area, inspection, theme, kind or body", expanded=chosen):
        columns = [*st.columns(2), *st.columns(2), st.container()]
        return {
            name: columns[place].selectbox(
                name.capitalize(),
                sorted(words, key=words.__getitem__),
                index=None,
                format_func=words.__getitem__,
                key=_key(name),
                placeholder="All",
            )
            for place, (name, words) in enumerate(zip(FOLDED, names, strict=True))
        }
