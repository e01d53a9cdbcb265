"""Moderation on the screen: what a reader can read second, and what the lead has to do."""

from collections.abc import Sequence

import streamlit as st

from data_model.vocabulary import ReadingPurpose
from inspect_app.services import editions, inspections, moderation
from inspect_app.services.moderation_views import Askable, Asked, CaseName, Desk, LeadsDesk
from inspect_app.signed_in import SignedIn
from inspect_app.ui import moderation_dispute, session
from inspect_app.ui.links import asked_number, link
from inspect_app.ui.markup import day, items, more, show, table, tag, together
from inspect_app.ui.moderation_words import share_in_words
from inspect_app.ui.page import refusals

HOW = (
    "Some cases are read by a second reader who does not see what the first one found. Where both "
    "readings agree, the case is agreed; where they differ, the lead decides, with a reason. "
    "Every grade is kept. Nobody but the lead is told why a case is read twice."
)


def reader(desk: Desk, me: SignedIn) -> None:
    """Draw a reader's own second readings and the cases they could take."""
    st.subheader("Your readings of other people's cases", anchor=False)
    if not desk.mine:
        show(tag("p", "You were asked for none, and have taken none."))
    for mine in desk.mine:
        state = "Submitted" if mine.done else "To do" if mine.open else "Waits for its first reader"
        link(
            f"{mine.case.reference}: {mine.case.kind}",
            "case-review",
            icon="task" if mine.done else "edit_note",
            case=str(mine.case.id),
        )
        show(tag("p", tag("span", state, css="mark"), mine.purpose.english, css="small"))
    st.subheader("Cases that wait for a second reader", anchor=False)
    if not desk.takeable:
        show(tag("p", "There is none that you could read."))
    for case in desk.takeable:
        _take(case, me)


def _take(case: CaseName, me: SignedIn) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        show(tag("p", tag("strong", case.reference), f" {case.kind}"))
        if st.button(f"Take {case.reference}", key=f"take-{case.id}"):
            with refusals():
                moderation.take(case.id, by=me)
                session.say(
                    f"Case {case.reference} is yours to read; it stands among your readings."
                )
                st.rerun()


def lead(desk: Desk, held: LeadsDesk, me: SignedIn) -> None:
    """Draw everything its lead does with an inspection's readings, most urgent first."""
    _numbers(held)
    _disputes(desk, held, me)
    _waiting(held)
    _ask(held, me)
    _underway(held, me)
    _join(desk, held, me)
    _lock(desk, held, me)
    _unlock(held, me)
    _editions(desk, held, me)


def _numbers(held: LeadsDesk) -> None:
    numbers = {
        "Read twice so far": share_in_words(held.share) if held.share else "Nothing is graded here",
        "Drafts": held.drafts,
        "Waiting for a second reader": len(held.waiting),
        "Being read by somebody else too": len(held.asked),
        "In dispute": len(held.disputed),
        "Ready to be locked": len(held.ready),
        "Locked": len(held.locked),
    }
    show(table("Where its cases stand", ("What", "Cases"), list(numbers.items())))


def _disputes(desk: Desk, held: LeadsDesk, me: SignedIn) -> None:
    st.subheader(f"Disputes to decide ({len(held.disputed)})", anchor=False)
    cases = [*held.disputed, *held.decided]
    if not cases:
        show(tag("p", "No two readings of a case differ."))
        return
    for case in cases:
        decided = " (decided; it can be changed until the case is locked)"
        label = case.reference + (decided if case in held.decided else "")
        link(label, "moderation", icon="balance", inspection=desk.inspection, case=str(case.id))
    numbers = {case.id for case in cases}
    chosen = asked_number("case")
    if chosen in numbers:
        moderation_dispute.draw(chosen or 0, me)
    elif held.disputed:
        moderation_dispute.draw(held.disputed[0].id, me)


def _waiting(held: LeadsDesk) -> None:
    st.subheader(f"Waiting for a second reader ({len(held.waiting)})", anchor=False)
    if not held.waiting:
        show(tag("p", "No submitted case needs a second reader whom nobody has asked."))
        return
    rows = [(one.case.reference, one.case.kind, _who(one)) for one in held.waiting]
    show(table("Cases that need a second reader", ("Case", "Kind", "Who could read it"), rows))


def _who(one: Askable) -> str:
    return ", ".join(one.could.values()) or "Nobody yet: add a reader below."


def _ask(held: LeadsDesk, me: SignedIn) -> None:
    if not held.askable:
        return
    ordered = sorted(held.askable, key=lambda one: not one.needed)
    choices = {f"{one.case.id}-{one.purpose}": one for one in ordered}
    with st.expander("Ask a reader by name"):
        chosen = choices[
            st.selectbox("Case", list(choices), format_func=lambda c: _said(choices[c]))
        ]
        reader = st.selectbox("Reader", list(chosen.could), format_func=chosen.could.__getitem__)
        if st.button("Ask this reader", key="ask"):
            with refusals():
                moderation.ask(chosen.case.id, reader, chosen.purpose, by=me)
                session.say(f"{chosen.could[reader]} is asked to read {chosen.case.reference}.")
                st.rerun()


def _said(one: Askable) -> str:
    body = ", for another body" if one.purpose is ReadingPurpose.BODY else ""
    return f"{one.case.reference}{body}{'' if one.needed else ' (not needed; you may ask)'}"


def _underway(held: LeadsDesk, me: SignedIn) -> None:
    if not held.asked:
        return
    st.subheader(f"Being read by somebody else too ({len(held.asked)})", anchor=False)
    rows = [
        (one.case.reference, one.name, one.purpose.english, day(one.at.date()))
        for one in held.asked
    ]
    show(table("Readings that are not in", ("Case", "Reader", "What", "Since"), rows))
    _withdraw(held.asked, me)


def _withdraw(asked: Sequence[Asked], me: SignedIn) -> None:
    choices = {f"{one.case.id}-{one.reader}": one for one in asked}
    with st.expander("Let somebody off a reading"), st.form("withdraw", border=False):
        key = st.selectbox(
            "Reading",
            list(choices),
            format_func=lambda k: f"{choices[k].case.reference}, {choices[k].name}",
        )
        reason = st.text_area("Why they are let off", key="withdraw-reason")
        if st.form_submit_button("Withdraw it"):
            with refusals():
                one = choices[key]
                moderation.withdraw(one.case.id, one.reader, reason, by=me)
                session.say(f"{one.name} no longer reads {one.case.reference}.")
                st.rerun()


def _join(desk: Desk, held: LeadsDesk, me: SignedIn) -> None:
    if not held.could_join:
        return
    with st.expander("Add a reader to this inspection"):
        person = st.selectbox(
            "New reader", list(held.could_join), format_func=held.could_join.__getitem__
        )
        if st.button("Add this reader", key="join"):
            with refusals():
                inspections.add_reader(desk.inspection, person, by=me)
                session.say(f"{held.could_join[person]} reads in this inspection from now on.")
                st.rerun()


def _lock(desk: Desk, held: LeadsDesk, me: SignedIn) -> None:
    st.subheader(f"Ready to be locked ({len(held.ready)})", anchor=False)
    if not held.ready:
        show(tag("p", "None. A case is ready once it has been read as often as it must be."))
        return
    show(tag("p", ", ".join(case.reference for case in held.ready), "."))
    if st.button(f"Lock all {len(held.ready)}", type="primary", key="lock-all"):
        with refusals():
            done = moderation.lock_ready(desk.inspection, by=me)
            session.say(f"Locked: {done}. Its readers may read them now; nobody may change them.")
            st.rerun()
    with st.expander("Lock one"):
        one = _choose("Case to lock", held.ready, "lock-which")
        if st.button("Lock this one", key="lock-one"):
            with refusals():
                moderation.lock(one.id, by=me)
                session.say(f"Case {one.reference} is locked.")
                st.rerun()


def _choose(label: str, cases: Sequence[CaseName], key: str) -> CaseName:
    by_id = {case.id: case for case in cases}
    chosen = st.selectbox(label, list(by_id), format_func=lambda c: by_id[c].reference, key=key)
    return by_id[chosen]


def _unlock(held: LeadsDesk, me: SignedIn) -> None:
    if not held.locked:
        return
    st.subheader(f"Locked ({len(held.locked)})", anchor=False)
    show(tag("p", ", ".join(case.reference for case in held.locked), "."))
    with st.expander("Open one again"), st.form("unlock", border=False):
        show(
            tag(
                "p",
                "It becomes its first reader's draft again, as its next edition. What was "
                "submitted stays as it was; other readings stay; decisions are made anew.",
            )
        )
        one = _choose("Case to open", held.locked, "unlock-which")
        reason = st.text_area("Why it is opened again", key="unlock-reason")
        if st.form_submit_button("Open it again"):
            with refusals():
                moderation.unlock(one.id, reason, by=me)
                session.say(f"Case {one.reference} is a draft again, edition {one.edition + 1}.")
                st.rerun()


def _editions(desk: Desk, held: LeadsDesk, me: SignedIn) -> None:
    if not held.opened_again:
        return
    st.subheader("Opened again", anchor=False)
    for case in held.opened_again:
        link(
            f"{case.reference}, edition {case.edition}: what was submitted before",
            "moderation",
            inspection=desk.inspection,
            editions=str(case.id),
        )
    chosen = asked_number("editions")
    if chosen in {case.id for case in held.opened_again}:
        _show_editions(chosen or 0, me)


def _show_editions(case_id: int, me: SignedIn) -> None:
    for held in editions.editions(case_id, by=me):
        when = f"{held.at.day} {held.at:%B %Y at %H:%M} UTC"
        heading = f"Edition {held.number}, submitted by {held.by} on {when}"
        decided = items(
            *(together(tag("strong", n), f": {said}") for n, said in held.decided.items())
        )
        show(
            more(
                heading,
                tag("p", f"Receipt {held.content_hash}", css="small"),
                tag("p", "Decided by the lead before it was opened again:") if decided else None,
                decided,
                table(heading, ("Field", "What it said"), list(held.said.items())),
            )
        )
