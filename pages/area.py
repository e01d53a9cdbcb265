"""An area: what it is, and everything inspected in it, the inspecting bodies side by side."""

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import areas, reference
from inspect_app.services.areas import AreaView
from inspect_app.services.reference import AreaValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import recommendation, timeline
from inspect_app.ui.links import link
from inspect_app.ui.markup import day, items, plain, show, tag
from inspect_app.ui.page import page
from inspect_app.ui.places import chosen_area

INVENTED = (
    "This place, its agencies and everything inspected in it are invented, so that the product "
    "can be tried without a single real child's case."
)


@page("Area", icon="map", path="area", needs=Permission.READ_INSPECTIONS)
def area(me: SignedIn) -> None:
    """Show the area chosen, its timeline and its recommendations."""
    code = chosen_area(me)
    if code is None:
        st.info("Choose an area to see everything inspected in it.")
        return
    held = areas.view(code, by=me)
    st.header(plain(held.area.label))
    _facts(held)
    if me.may(Permission.READ_SCORECARDS):
        link(f"Scorecard of {held.area.label}", "scorecard", area=held.area.code)
    _timeline(held, me)
    _recommendations(held)


def _facts(held: AreaView) -> None:
    nation = held.area.nation.english if held.area.nation else "England and Wales"
    facts = [
        f"{held.area.kind.english} {held.area.code}, {nation}.",
        f"Region: {held.region.label}." if held.region else None,
        f"Police force area: {held.force.name}." if held.force else None,
        _lasted(held.area),
        _linked("Before it", held.predecessors),
        _linked("After it", held.successors),
    ]
    show(
        tag("p", tag("strong", INVENTED)) if held.area.invented else None,
        items(*(fact for fact in facts if fact)),
    )


def _lasted(held: AreaValue) -> str | None:
    if not held.started_on:
        return None
    until = f" until {day(held.ended_on)}" if held.ended_on else ", and still there"
    return f"In this form since {day(held.started_on)}{until}."


def _linked(when: str, others: tuple[AreaValue, ...]) -> str | None:
    return f"{when}: {', '.join(f'{o.label} {o.code}' for o in others)}." if others else None


def _timeline(held: AreaView, me: SignedIn) -> None:
    st.header("Everything inspected here")
    if not held.timeline:
        st.info("Nothing inspected in this area is kept here.")
        return
    st.markdown(
        "Newest first, one column for each inspecting body. Inspections by different bodies "
        f"within {timeline.FACING_MONTHS} months of each other stand in one row, so that what "
        "one said can be read against what another counted."
    )
    themes = {theme.code: theme.short_name for theme in reference.themes(by=me)}
    timeline.draw(held.timeline, themes)


def _recommendations(held: AreaView) -> None:
    st.header("Recommendations")
    if not held.recommendations:
        st.info("No recommendation from these inspections is kept here.")
    for each in held.recommendations:
        recommendation.card(each)
