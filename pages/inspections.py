"""Inspections: find one, open its workspace, start one, enter one that was published elsewhere."""

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import history as told
from inspect_app.services import inspections as service
from inspect_app.services import recommendation_list
from inspect_app.services.recommendation_list import Wanted
from inspect_app.signed_in import SignedIn
from inspect_app.ui import history, inspection_forms, inspection_list, inspection_view
from inspect_app.ui.inspection_forms import PUBLISHED, START
from inspect_app.ui.links import asked, link
from inspect_app.ui.page import page


@page("Inspections", icon="folder_open", path="inspections", needs=Permission.READ_INSPECTIONS)
def inspections(me: SignedIn) -> None:
    """Show the inspection that is asked for, a form for a new one, or the list."""
    code, new = asked("inspection"), asked("new")
    if code:
        _workspace(code, me)
    elif new in {START, PUBLISHED}:
        _new(new, me)
    else:
        _list(me)


def _list(me: SignedIn) -> None:
    with st.container(horizontal=True):
        if me.may(Permission.START_INSPECTIONS):
            link("Start an inspection", "inspections", icon="add", new=START)
        if me.may(Permission.ENTER_PUBLISHED):
            link("Enter one published elsewhere", "inspections", icon="post_add", new=PUBLISHED)
    inspection_list.draw(service.listed(by=me))


def _new(kind: str, me: SignedIn) -> None:
    link("All inspections", "inspections", icon="arrow_back")
    if kind == START:
        me.need(Permission.START_INSPECTIONS)
        inspection_forms.start(me)
    else:
        me.need(Permission.ENTER_PUBLISHED)
        inspection_forms.enter_published(me)


def _workspace(code: str, me: SignedIn) -> None:
    link("All inspections", "inspections", icon="arrow_back")
    place = service.workspace(code, by=me)
    inspection_view.heading(place)
    inspection_view.summary(place)
    if place.inspection.recorded_here:
        inspection_view.cases(place)
    inspection_view.evidence(place)
    inspection_view.said(place)
    inspection_view.following(recommendation_list.every(Wanted(inspection=code), by=me))
    if place.may_agree:
        inspection_view.leading(place, me)
    history.draw(told.of_inspection, code, me)
