"""What the board's view is narrowed to: asked on the page, kept while it is left, and shared.

The page's address says it as the address of the list of answers does, so that a number leads to
the rows that it counts.
"""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from data_model.vocabulary import RecommendationKind
from inspect_app.services import recommendation_list
from inspect_app.services.recommendation_list import Wanted
from inspect_app.signed_in import SignedIn
from inspect_app.ui.links import asked, link

FIELDS = ("area", "body", "theme", "kind", "inspection")
NOTHING: Mapping[str, str | None] = dict.fromkeys(FIELDS)
KEPT, WRITTEN = "progress-kept", "progress-written"
Offered = Mapping[str, Mapping[str, str]]


def ask(me: SignedIn) -> Wanted:
    """Draw what the page can be narrowed by, and return what it is narrowed to."""
    offered = _offered(me)
    _recall(offered)
    held = _fields(offered)
    if held != NOTHING:
        st.button(
            "Show all again", icon=":material/filter_alt_off:", on_click=partial(_set, NOTHING)
        )
    _remember(held)
    kind = RecommendationKind(held["kind"]) if held["kind"] else None
    return Wanted(
        area=held["area"],
        body=held["body"],
        theme=held["theme"],
        kind=kind,
        inspection=held["inspection"],
    )


def rows_behind(label: str, wanted: Wanted) -> None:
    """Draw a link to the list of answers that are wanted, in their order.

    Somebody whose body answers finds their own first in that list; a number here counts all.
    """
    held = {name: str(value) for name in FIELDS if (value := getattr(wanted, name))}
    said = {"stands": wanted.stands.name.lower(), "order": wanted.order.name.lower(), "own": "no"}
    link(label, "recommendations", **said, **held)


def _offered(me: SignedIn) -> Offered:
    found = recommendation_list.choices(by=me)
    return {
        "area": found.areas,
        "body": found.bodies,
        "theme": found.themes,
        "kind": {kind.value: kind.english for kind in RecommendationKind},
        "inspection": found.inspections,
    }


def _recall(offered: Offered) -> None:
    """Fill the boxes: with what the address asks for anew, or with what was chosen last."""
    said = {name: text for name in FIELDS if (text := asked(name))}
    kept = st.session_state.get(KEPT, NOTHING)
    if said and said != st.session_state.get(WRITTEN):
        known = {name: text for name, text in said.items() if text in offered[name]}
        _set({**NOTHING, **known})
        return
    _set({name: st.session_state.get(_key(name), kept[name]) for name in FIELDS})


def _set(held: Mapping[str, str | None]) -> None:
    for name, code in held.items():
        st.session_state[_key(name)] = code


def _key(name: str) -> str:
    return f"progress-{name}"


def _fields(offered: Offered) -> dict[str, str | None]:
    chosen = any(st.session_state[_key(name)] for name in FIELDS)
    with st.expander("Narrow by area, body, theme, kind or inspection", expanded=chosen):
        columns = [*st.columns(2), *st.columns(2), st.container()]
        return {
            name: columns[place].selectbox(
                name.capitalize(),
                sorted(offered[name], key=offered[name].__getitem__),
                index=None,
                format_func=offered[name].__getitem__,
                key=_key(name),
                placeholder="All",
            )
            for place, name in enumerate(FIELDS)
        }


def _remember(held: Mapping[str, str | None]) -> None:
    """Keep what is chosen for when the person is back, and say it in the address."""
    said = {name: code for name, code in held.items() if code}
    st.session_state[KEPT], st.session_state[WRITTEN] = dict(held), said
    if said != st.query_params.to_dict():
        st.query_params.from_dict(said)
