"""Quarterly returns: taken away, sent, looked at in stages, explained, approved and published."""

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import history as told
from inspect_app.services import returns as kept
from inspect_app.signed_in import SignedIn
from inspect_app.ui import history, return_view, returns_due
from inspect_app.ui.links import asked, link
from inspect_app.ui.page import page

NONE = (
    "No return is here that is yours to see. A body's director sends one; the area's partnership "
    "approves it; a publisher publishes what was approved."
)


@page("Returns", icon="inbox", path="returns", needs=Permission.READ_SCORECARDS)
def returns(me: SignedIn) -> None:
    """Show the return that the address asks for, or the list and the ways to send one."""
    code = asked("return")
    if code and code.isdigit():
        link("All returns", "returns", icon="arrow_back")
        return_view.draw(kept.view(int(code), by=me), me)
        history.draw(told.of_return, int(code), me)
        return
    if me.may(Permission.SEND_RETURNS):
        return_view.offer_sending(me)
    held = kept.listed(by=me)
    if not held:
        st.info(NONE)
    return_view.listing(held)
    returns_due.draw(me)
