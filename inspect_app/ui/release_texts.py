"""The texts of a release on the screen, each to be read by a person before it is published."""

import streamlit as st

from data_model.vocabulary import ReleaseStatus
from inspect_app.services import release_texts
from inspect_app.services.release_texts import TextLine
from inspect_app.services.release_values import ReleaseView
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session
from inspect_app.ui.markup import day, items, show, tag
from inspect_app.ui.page import refusals


def draw(held: ReleaseView, me: SignedIn) -> None:
    """Draw every text, those that nobody has read first."""
    st.subheader("Texts that would be published")
    lines = release_texts.listed(held.line.id, by=me)
    if not lines:
        st.info("No text that somebody wrote here would be published.")
        return
    unread = [line for line in lines if line.read_by is None]
    show(tag("p", f"Read: {len(lines) - len(unread)} of {len(lines)}. A text whose words change "
                  "is unread again."))  # fmt: skip
    for number, line in enumerate(unread):
        _text(line, number, held, me)
    approves = held.line.status is ReleaseStatus.SECOND_APPROVER
    with st.expander(f"Texts that were read ({len(lines) - len(unread)})", expanded=approves):
        for line in lines:
            if line.read_by and line.read_at:
                who = f"Read by {line.read_by} on {day(line.read_at.date())}."
                _show(line, who)


def _show(line: TextLine, who: str | None = None) -> None:
    concerns = [f"“{each.said}”: {each.why} {each.instead}" for each in line.concerns]
    show(
        tag("h4", f"{line.text.about}: {line.text.in_a_sentence}"),
        tag("blockquote", line.text.text, css="asis"),
        items(*concerns),
        tag("p", who, css="small") if who else None,
    )


def _text(line: TextLine, number: int, held: ReleaseView, me: SignedIn) -> None:
    with st.container(border=True, gap="xsmall"):
        _show(line)
        label = "I have read it, and it is right to publish it"
        if st.button(label, key=f"read-{held.line.id}-{number}-{line.text.wording[:12]}"):
            with refusals():
                text = line.text
                release_texts.mark_read(held.line.id, text.about, text.wording, by=me)
                session.say(f"Read: {text.about}, {text.in_a_sentence}.")
                st.rerun()
