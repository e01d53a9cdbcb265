"""Releases: drawn up, checked, approved by a second person, published; and there to download."""

import streamlit as st

from data_model.vocabulary import InspectionStatus
from inspect_app.access import Permission
from inspect_app.services import inspections, release, release_values
from inspect_app.services.inspection_values import InspectionValue
from inspect_app.services.release import Preview, Scope
from inspect_app.signed_in import SignedIn
from inspect_app.ui import release_desk, release_list, release_plan, session
from inspect_app.ui.links import asked_number, go
from inspect_app.ui.markup import more, show, tag
from inspect_app.ui.page import page, refusals
from inspect_app.ui.places import labelled_areas
from inspect_app.ui.release_list import EVERYTHING, size

ONE_AREA, SOME = "One area", "Some inspections"


@page("Releases", icon="publish", path="releases", needs=Permission.READ_RELEASES)
def releases(me: SignedIn) -> None:
    """Show the release that the address asks for, or the list and how to draw one up."""
    draft, published = asked_number("release"), asked_number("published")
    if draft is not None and me.may(Permission.CHECK_RELEASES):
        release_desk.draw(draft, me)
    elif published is not None and me.may(Permission.MAKE_RELEASES):
        release_plan.draw_published(published, me)
    else:
        _list(me)


def _list(me: SignedIn) -> None:
    st.markdown(
        "A release is numbered and never changes. Another release corrects it and says why. "
        "Its content hash lets anybody check that a copy is the one that was published."
    )
    release_list.draw(release_values.listed(by=me), me)
    if me.may(Permission.MAKE_RELEASES):
        _draw_up(me)


def _draw_up(me: SignedIn) -> None:
    st.header("Draw up a release")
    scope = _chosen_scope(me)
    if scope is None:
        st.caption("Choose what it covers. What it would publish is then shown first.")
        return
    with refusals():
        _review(release.preview(scope, by=me), scope, me)


def _chosen_scope(me: SignedIn) -> Scope | None:
    covers = st.radio("What it covers", [EVERYTHING, ONE_AREA, SOME], index=None, horizontal=True)
    if covers == EVERYTHING:
        return Scope()
    if covers == ONE_AREA:
        labels = labelled_areas(me)
        area = st.selectbox("Area", list(labels), index=None, format_func=labels.__getitem__)
        return Scope(area=area) if area else None
    if covers == SOME:
        ready = {held.code: _named(held) for held in inspections.listed(by=me) if _countable(held)}
        codes = st.multiselect("Inspections", list(ready), format_func=ready.__getitem__)
        return Scope(inspections=tuple(codes)) if codes else None
    return None


def _countable(held: InspectionValue) -> bool:
    return held.status is not InspectionStatus.READING


def _named(held: InspectionValue) -> str:
    return f"{held.title} ({held.code})"


def _review(planned: Preview, scope: Scope, me: SignedIn) -> None:
    show(
        tag("h3", "What it would publish"),
        tag("p", f"{size(len(planned.inspections), planned.areas)}.".capitalize()),
        tag("p", f"Cells withheld to protect children: {planned.withheld}."),
        tag("p", f"Texts that somebody wrote here: {len(planned.texts)}. Each is read by a "
                 "person before it is published."),
        more("The inspections in it", ", ".join(planned.inspections)),
    )  # fmt: skip
    if st.button("Draw it up", type="primary"):
        with st.spinner("Freezing what it says"):
            draft = release.draw_up(scope, by=me)
        session.say(f"Draft {draft} is drawn up: what it says is frozen now.")
        go("releases", release=str(draft))
