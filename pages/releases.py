"""Releases: what has been published, to download; and for publishers, making the next one."""

from functools import partial

import streamlit as st

from data_model.vocabulary import InspectionStatus
from inspect_app.access import Permission
from inspect_app.services import inspections, release
from inspect_app.services.inspection_values import InspectionValue
from inspect_app.services.release import Made, Preview, ReleaseLine, Scope
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session
from inspect_app.ui.markup import day, more, show, table, tag
from inspect_app.ui.page import page, refusals
from inspect_app.ui.places import labelled_areas

EVERYTHING, ONE_AREA, SOME = "Everything", "One area", "Some inspections"


@page("Releases", icon="publish", path="releases", needs=Permission.READ_RELEASES)
def releases(me: SignedIn) -> None:
    """Show what was released, and to publishers how to release."""
    st.markdown(
        "A release is numbered and never changes. Another release corrects it and says why. "
        "Its content hash lets anybody check that a copy is the one that was published."
    )
    held = release.listed(by=me)
    if not held:
        st.info("No release has been made yet.")
    for line in held:
        _line(line, me)
    if me.may(Permission.MAKE_RELEASES):
        _make(me)


def _line(line: ReleaseLine, me: SignedIn) -> None:
    with st.container(border=True):
        show(
            tag("h3", f"Release {line.number}, {day(line.made_on)}"),
            tag("p", f"{_scope(line.scope)}: {_size(line.inspections, line.areas)}."),
            tag("p", f"Made by {line.made_by}. Content hash {line.content_hash}", css="small"),
        )
        if not line.kept:
            st.caption("It was made on the command line; its files are not kept here.")
            return
        st.download_button(
            f"Download release {line.number} (ZIP)",
            partial(release.archive, line.number, by=me),
            file_name=f"release-{line.number:04d}.zip",
            mime="application/zip",
            on_click="ignore",
            key=f"download-{line.number}",
        )


def _scope(scope: str) -> str:
    return EVERYTHING if scope == "all" else f"{scope[:1].upper()}{scope[1:]}"


def _size(inspected: int, areas: int) -> str:
    return f"inspections: {inspected:,}; areas: {areas:,}"


def _make(me: SignedIn) -> None:
    st.header("Make a release")
    scope = _chosen_scope(me)
    if scope is None:
        st.caption("Choose what it covers. What it would publish is then shown before it is made.")
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
        tag("p", f"{_size(len(planned.inspections), planned.areas)}.".capitalize()),
        tag("p", f"Cells withheld to protect children: {planned.withheld}."),
        more("The inspections in it", ", ".join(planned.inspections)),
    )
    if planned.texts:
        show(table("Texts that would be published as they stand", ["About", "Text"], planned.texts))
        read = st.checkbox("I have read every text above, and it is right to publish them.")
    else:
        show(tag("p", "No text that somebody wrote here would be published."))
        read = True
    if st.button("Make the release", type="primary", disabled=not read):
        _say(release.make_kept(scope, by=me))
        st.rerun()


def _say(made: Made) -> None:
    what = f"Release {made.number} of {day(made.made_on)}"
    if made.new:
        session.say(f"{what} is made: {_size(made.inspections, made.areas)}.")
    else:
        session.say(f"{what} says the very same, so no new one was made.")
