"""One release on its way: where it stands, what stands in its way, and what this person may do."""

import streamlit as st

from data_model.vocabulary import ReleaseStatus
from inspect_app.access import Permission
from inspect_app.services import history as told
from inspect_app.services import release, release_early, release_steps, release_values
from inspect_app.services.release_store import PUBLIC
from inspect_app.services.release_values import ReleaseView
from inspect_app.signed_in import SignedIn
from inspect_app.ui import (
    history,
    release_checklist,
    release_plan,
    release_protection,
    release_texts,
    seen,
    session,
)
from inspect_app.ui.links import go, link
from inspect_app.ui.markup import Markup, plain, show, table, tag, together
from inspect_app.ui.page import refusals
from inspect_app.ui.release_list import download_draft, drawn, scope_in_words, standing

WAY = (
    ReleaseStatus.DRAFT,
    ReleaseStatus.CHECKS,
    ReleaseStatus.SECOND_APPROVER,
    ReleaseStatus.APPROVED,
    ReleaseStatus.PRE_RELEASE,
    ReleaseStatus.PUBLISHED,
)
MOVED = (
    "What it is drawn from has changed since it was drawn up, so it no longer says what is "
    "recorded."
)
NEXT = {
    ReleaseStatus.DRAFT: "Look through what it would say, then start its checks.",
    ReleaseStatus.CHECKS: "Read its texts and settle its checklist, then hand it to a second "
    "approver.",
    ReleaseStatus.SECOND_APPROVER: "Somebody who neither drew it up nor wrote anything in it "
    "approves it, or sends it back.",
    ReleaseStatus.APPROVED: "Say when it is published and who may see it before, or publish it.",
    ReleaseStatus.PRE_RELEASE: "Those named may see it until 9.30 on its day. Then publish it.",
}


def draw(release_id: int, me: SignedIn) -> None:
    """Draw a release that is not published yet, for those who check it."""
    link("All releases", "releases", icon="arrow_back")
    held = release_values.view(release_id, by=me)
    if held.line.status in PUBLIC:
        st.info(f"It was published as release {held.line.number}.")
        return
    st.header(plain(f"Draft {release_id}: {scope_in_words(held.line.scope)}"))
    show(_way(held), tag("p", standing(held.line)), tag("p", NEXT[held.line.status], css="loud"))
    version = seen.shown(f"release-{release_id}", held.line.version)
    _about(held)
    _moved(held, version, me)
    release_checklist.draw(held, me)
    release_texts.draw(held, me)
    release_protection.draw(release_id, me)
    _steps(held, version, me)
    if me.may(Permission.MAKE_RELEASES):
        release_plan.draw(held, version, me)
    history.draw(told.of_release, release_id, me)


def _way(held: ReleaseView) -> Markup:
    """Return the way from draft to publication, with where it stands in bold."""
    now = held.line.status
    steps = [
        tag("strong", f"{step.english} (now)", **{"aria-current": "step"})
        if step is now
        else tag("span", step.english)
        for step in WAY
    ]
    joined = [part for step in steps for part in (step, " → ")][:-1]
    return tag("p", together(*joined))


def _about(held: ReleaseView) -> None:
    show(
        tag("p", drawn(held.line)),
        tag("p", f"Cells withheld to protect children: {held.withheld}."),
    )
    if held.changes:
        rows = [(c.path, f"{c.added:,}", f"{c.removed:,}", f"{c.changed:,}") for c in held.changes]
        show(
            table(
                f"What changes from release {held.line.corrects}",
                ["File", "Rows added", "Rows removed", "Rows changed"],
                rows,
            )
        )


def _moved(held: ReleaseView, version: int, me: SignedIn) -> None:
    early = held.line.status in {ReleaseStatus.DRAFT, ReleaseStatus.CHECKS}
    if held.moved:
        st.warning(f"{MOVED} {'Draw it up again.' if early else 'It stands as it was approved.'}")
    if early and me.may(Permission.MAKE_RELEASES) and st.button("Draw it up again"):
        with refusals(), st.spinner("Drawing it up from what is recorded now"):
            release.draw_again(held.line.id, version, by=me)
            _done("It was drawn up again from what is recorded now.")


def _steps(held: ReleaseView, version: int, me: SignedIn) -> None:
    st.subheader("Next step")
    if held.barred and me.may(Permission.APPROVE_RELEASES):
        st.info(f"{held.barred}. Somebody else with this role approves it.")
    following = {move.after for move in held.moves}
    for status, (label, _step, _notice) in STEPS.items():
        allowed = status in following and not (status is ReleaseStatus.APPROVED and held.barred)
        if allowed and st.button(label, type="primary", key=f"step-{status}"):
            with refusals():
                _take(held, status, version, me)
    if ReleaseStatus.PUBLISHED in following:
        _publish(held, version, me)
    if held.line.status not in {ReleaseStatus.DRAFT, ReleaseStatus.CHECKS} and following:
        _send_back(held, version, me)
    download_draft(held.line.id, me)


STEPS = {
    ReleaseStatus.CHECKS: (
        "Start the checks",
        release_steps.start_checks,
        "Its checks have begun.",
    ),
    ReleaseStatus.SECOND_APPROVER: (
        "Hand it to a second approver",
        release_steps.hand_over,
        "It waits for a second approver.",
    ),
    ReleaseStatus.APPROVED: (
        "Approve it",
        release_steps.approve,
        "It is approved. What is published is what you approved, byte for byte.",
    ),
    ReleaseStatus.PRE_RELEASE: (
        "Open it to those named",
        release_early.open_early,
        "Those named may see it until 9.30 on its day.",
    ),
}


def _take(held: ReleaseView, to: ReleaseStatus, version: int, me: SignedIn) -> None:
    _label, step, notice = STEPS[to]
    step(held.line.id, version, by=me)
    _done(notice)


def _publish(held: ReleaseView, version: int, me: SignedIn) -> None:
    if not held.line.due:
        show(tag("p", "It can be published from 9.30 on its day.", css="small"))
    if st.button("Publish it", type="primary", disabled=not held.line.due):
        with refusals(), st.status("Publishing", expanded=True) as status:
            number = release_steps.publish(held.line.id, version, by=me, say=status.write)
            session.say(f"Release {number} is published.")
            go("releases")


def _send_back(held: ReleaseView, version: int, me: SignedIn) -> None:
    with st.expander("Send it back"), st.form(f"back-{held.line.id}", border=False):
        reason = st.text_area("Reason, in a sentence", key=f"back-why-{held.line.id}")
        if st.form_submit_button("Send it back"):
            with refusals():
                release_steps.send_back(held.line.id, reason.strip(), version, by=me)
                _done("It went back, with your reason.")


def _done(notice: str) -> None:
    session.say(notice)
    st.rerun()
