"""Home: what waits for the person who signed in."""

import streamlit as st

from inspect_app.services import waiting
from inspect_app.services.waiting_values import About, Item, Pile
from inspect_app.signed_in import SignedIn
from inspect_app.ui.links import link
from inspect_app.ui.markup import show, tag
from inspect_app.ui.page import page

PLACES = {
    About.CASE: ("case-review", "case", "Case review"),
    About.MODERATION: ("moderation", "inspection", "Moderation"),
    About.INSPECTION: ("inspections", "inspection", "Inspections"),
    About.RECOMMENDATION: ("recommendations", "recommendation", "Recommendations"),
    About.SCORECARD: ("scorecard", "area", "Scorecard"),
    About.AREA: ("area", "area", "Area"),
    About.RETURN: ("returns", "return", "Returns"),
    About.APPROVAL: ("releases", "release", "Releases"),
    About.RELEASE: ("releases", "inspection", "Releases"),
    About.TRAIL: ("trail", "event", "Trail"),
}


@page("Home", icon="home", path="home", needs=None)
def home(me: SignedIn) -> None:
    """Show what waits, a box for each kind of thing."""
    show(tag("p", f"{me.name}, {me.organisation_name}. This is what waits for you."))
    columns = st.columns(2, gap="medium")
    for place, pile in enumerate(waiting.piles(by=me)):
        with columns[place % len(columns)], st.container(border=True, gap="xsmall"):
            _pile(pile)


def _pile(pile: Pile) -> None:
    path, _asks, title = PLACES[pile.about]
    show(tag("h2", pile.heading, css="box"))
    if not pile.items:
        show(tag("p", pile.empty))
    for item in pile.shown:
        _item(item, pile.about)
    if pile.more:
        show(tag("p", f"And {pile.more} more.", css="small"))
    link(f"Open {title}", path, icon="arrow_forward")


def _item(item: Item, about: About) -> None:
    path, asks, _title = PLACES[about]
    if not item.code:
        show(tag("p", tag("strong", item.name), tag("br"), item.says))
        return
    link(item.name, path, **{asks: item.code})
    show(tag("p", item.says, css="small"))
