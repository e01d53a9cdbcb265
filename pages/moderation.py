"""Moderation: cases read a second time, differences decided, cases locked, agreement shown."""

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import moderation_views
from inspect_app.services.moderation_views import Desk
from inspect_app.signed_in import SignedIn
from inspect_app.ui import moderation as view
from inspect_app.ui import moderation_agreement
from inspect_app.ui.links import asked, link
from inspect_app.ui.markup import show, tag
from inspect_app.ui.page import page


@page("Moderation", icon="balance", path="moderation", needs=Permission.READ_CASES)
def moderation(me: SignedIn) -> None:
    """Show what waits in one inspection that is being read, and how far readers agree."""
    show(tag("p", view.HOW))
    desks = {desk.inspection: desk for desk in moderation_views.desks(by=me)}
    if desks:
        _desk(_chosen(desks), me)
    else:
        st.info("None of your inspections is being read now.")
    st.subheader("How far readers agree, over the inspections you may see it of", anchor=False)
    moderation_agreement.across(me)


def _chosen(desks: dict[str, Desk]) -> Desk:
    codes = list(desks)
    if len(codes) == 1:
        return desks[codes[0]]
    wanted = asked("inspection")
    code = st.selectbox(
        "Inspection",
        codes,
        index=codes.index(wanted) if wanted in codes else 0,
        format_func=lambda code: desks[code].title,
    )
    return desks[code]


def _desk(desk: Desk, me: SignedIn) -> None:
    show(tag("h2", desk.title))
    link("The inspection", "inspections", icon="grid_on", inspection=desk.inspection)
    if desk.leading is None:
        view.reader(desk, me)
        return
    view.lead(desk, desk.leading, me)
    st.subheader("How far its readers agree", anchor=False)
    moderation_agreement.of_inspection(desk.inspection, me)
