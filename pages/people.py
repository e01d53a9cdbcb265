"""People: who may sign in, as what, and for which organisation; for administrators."""

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import people_keeping
from inspect_app.signed_in import SignedIn
from inspect_app.ui import people_view
from inspect_app.ui.links import asked, link
from inspect_app.ui.page import page

ADD = "add"


@page("People", icon="group", path="people", needs=Permission.MANAGE_PEOPLE)
def people(me: SignedIn) -> None:
    """List everybody, or show one account to change, or the form for somebody new."""
    accounts = people_keeping.listed(by=me)
    chosen = asked("account")
    if asked(ADD):
        link("Everybody", "people", icon="arrow_back")
        people_view.add(me)
        return
    if chosen:
        link("Everybody", "people", icon="arrow_back")
        people_view.one(people_view.find(chosen, accounts), me)
        return
    st.markdown(
        "Roles and organisation are decided here and nowhere else: a provider only says who "
        "somebody is. Who reads in an inspection, its lead inspector decides."
    )
    link("Add somebody", "people", icon="person_add", **{ADD: "yes"})
    people_view.everybody(accounts)
