"""The list of releases: those in preparation for who checks them, those published for everybody."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from data_model.vocabulary import ReleaseStatus
from inspect_app.access import Permission
from inspect_app.services import release_early, release_shelf
from inspect_app.services.release_store import PUBLIC
from inspect_app.services.release_values import ReleaseLine
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, day, show, tag
from inspect_app.ui.page import refusals

EVERYTHING = "Everything"
NOTHING_YET = "No release has been published yet."
TO_DRAW = "Nothing is in preparation. Draw up a release below: it freezes what it would say."
TO_APPROVE = "Nothing is in preparation. A publisher draws up a release; then it comes to you."


def scope_in_words(scope: str) -> str:
    """Return what a release covers, as a person says it."""
    return EVERYTHING if scope == "all" else f"{scope[:1].upper()}{scope[1:]}"


def size(inspected: int, areas: int) -> str:
    """Return how much a release holds."""
    return f"inspections: {inspected:,}; areas: {areas:,}"


def draw(held: Sequence[ReleaseLine], me: SignedIn) -> None:
    """Draw what is in preparation, as far as it is in sight, and what was published."""
    preparing = [each for each in held if each.status not in PUBLIC]
    published = [each for each in held if each.status in PUBLIC]
    checks = me.may(Permission.CHECK_RELEASES)
    if checks:
        st.header("In preparation")
        if not preparing:
            st.info(TO_DRAW if me.may(Permission.MAKE_RELEASES) else TO_APPROVE)
    elif preparing:
        st.header("Open to you before publication")
    for line in preparing:
        _preparing(line, me) if checks else _early(line, me)
    st.header("Published")
    _finish(me)
    if not published:
        st.info(NOTHING_YET)
    for line in published:
        _published(line, me)


def _preparing(line: ReleaseLine, me: SignedIn) -> None:
    with st.container(border=True, gap="xsmall"):
        title = f"Draft {line.id}: {scope_in_words(line.scope)}"
        link(title, "releases", release=str(line.id))
        show(tag("p", standing(line)), tag("p", drawn(line), css="small"))
        if line.status is ReleaseStatus.SECOND_APPROVER and me.may(Permission.APPROVE_RELEASES):
            show(tag("p", "It waits for you, or for another second approver.", css="loud"))


def standing(line: ReleaseLine) -> Markup:
    """Return where a release stands, and by whom."""
    said = [f"{line.status.english}."]
    if line.approved_by:
        said.append(f"Approved by {line.approved_by}.")
    if line.publish_on and line.status not in PUBLIC:
        said.append(f"To be published on {day(line.publish_on)} at 9.30.")
    if line.corrects:
        kind = line.change_kind.english if line.change_kind else ""
        said.append(f"It takes the place of release {line.corrects}. {kind}. {line.why}")
    if line.corrected_by:
        said.append(f"Release {line.corrected_by} takes its place.")
    if line.withdrawn_why:
        said.append(line.withdrawn_why)
    return tag("span", " ".join(said))


def drawn(line: ReleaseLine) -> str:
    """Return who drew a release up when, and how much it holds."""
    held = size(line.inspections, line.areas).capitalize()
    return f"Drawn up by {line.drawn_by} on {day(line.drawn_at.date())}. {held}."


def _early(line: ReleaseLine, me: SignedIn) -> None:
    with st.container(border=True, gap="xsmall"):
        show(
            tag("h3", scope_in_words(line.scope)),
            tag("p", standing(line)),
            tag(
                "p",
                "You were named to see it early. It may change, and may not be passed on. "
                "Each time you open it is recorded.",
                css="loud",
            ),
        )
        download_draft(line.id, me)


def download_draft(release_id: int, me: SignedIn) -> None:
    """Offer the site of a release that is not published yet."""
    st.download_button(
        f"Open draft {release_id} as a site (ZIP)",
        partial(release_early.draft_site, release_id, by=me),
        file_name=f"draft-{release_id}.zip",
        mime="application/zip",
        on_click="ignore",
        key=f"draft-site-{release_id}",
        icon=":material/download:",
    )


def _finish(me: SignedIn) -> None:
    """Offer to finish what was interrupted: published in the records, not on the shelf yet."""
    if not (me.may(Permission.MAKE_RELEASES) and release_shelf.behind(by=me)):
        return
    st.warning("Publishing was interrupted: the public folder does not show everything yet.")
    if st.button("Finish publishing", type="primary"):
        with refusals(), st.status("Bringing the public folder up to date") as status:
            release_shelf.bring(by=me, say=status.write)
        session.say("The public folder shows everything that was published.")
        st.rerun()


def _published(line: ReleaseLine, me: SignedIn) -> None:
    made = line.made_at.date() if line.made_at else None
    with st.container(border=True, gap="xsmall"):
        show(
            tag("h3", f"Release {line.number}, {day(made)}"),
            tag("p", f"{scope_in_words(line.scope)}: {size(line.inspections, line.areas)}."),
            tag("p", standing(line), css="loud" if line.status is not ReleaseStatus.PUBLISHED
                else ""),
            tag("p", f"Published by {line.made_by}. Content hash {line.content_hash}", css="small"),
        )  # fmt: skip
        if me.may(Permission.MAKE_RELEASES) and line.status is not ReleaseStatus.WITHDRAWN:
            link("Correct or withdraw it", "releases", published=str(line.number))
        if line.status is not ReleaseStatus.WITHDRAWN:
            _download(line, me)


def _download(line: ReleaseLine, me: SignedIn) -> None:
    if not line.kept:
        st.caption("Its files are not kept here.")
        return
    st.download_button(
        f"Download release {line.number} (ZIP)",
        partial(release_early.archive, line.number or 0, by=me),
        file_name=f"release-{line.number:04d}.zip",
        mime="application/zip",
        on_click="ignore",
        key=f"download-{line.number}",
    )
