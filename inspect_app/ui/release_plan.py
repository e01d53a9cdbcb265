"""When a release is published, and who may see it before; and how one is corrected or withdrawn."""

from datetime import date

import streamlit as st

from data_model.vocabulary import ChangeKind
from inspect_app.errors import Refusal
from inspect_app.services import people, release, release_early, release_steps
from inspect_app.services.release import Correction
from inspect_app.services.release_values import ReleaseView
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session
from inspect_app.ui.forms import DATE
from inspect_app.ui.links import go, link
from inspect_app.ui.markup import show, tag
from inspect_app.ui.page import refusals


def draw(held: ReleaseView, version: int, me: SignedIn) -> None:
    """Draw the plan of a release, for the publisher to change until it is published."""
    st.subheader("Day of publication, and who may see it before")
    show(tag("p", "Releases are published at 9.30 in the morning. Who is named may see this one "
                  "from when you open it until then, and is listed in it."))  # fmt: skip
    everybody = {each.code: each for each in people.sample_people(me.database)}
    named = [each.person for each in held.early_readers]
    with st.form(f"plan-{held.line.id}"):
        on = st.text_input(
            "Day of publication",
            held.line.publish_on.isoformat() if held.line.publish_on else "",
            placeholder=DATE,
            help="Leave it empty to publish as soon as it is approved.",
        )
        chosen = st.multiselect(
            "Who may see it before",
            list(everybody),
            default=[code for code in named if code in everybody],
            format_func=lambda code: f"{everybody[code].name}, {everybody[code].organisation}",
            placeholder="Nobody",
        )
        if st.form_submit_button("Keep the plan"):
            with refusals():
                release_early.plan(held.line.id, _day(on), chosen, version, by=me)
                session.say("The plan is kept.")
                st.rerun()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Refusal(
            f"{text!r} is not a date.", f"Write it as {DATE}, such as 2026-12-10."
        ) from None


def draw_published(number: int, me: SignedIn) -> None:
    """Draw what a publisher can do with a published release: correct it, or withdraw it."""
    link("All releases", "releases", icon="arrow_back")
    st.header(f"Release {number}")
    show(tag("p", "Nothing of a published release is ever changed. Another one takes its place "
                  "and says why, or it is withdrawn and leaves a tombstone."))  # fmt: skip
    _correct(number, me)
    _withdraw(number, me)


def _correct(number: int, me: SignedIn) -> None:
    st.subheader("Correct it")
    show(tag("p", "The new release is drawn up from what is recorded now: mend that first. What "
                  "changed is counted and printed in it."))  # fmt: skip
    with st.form(f"correct-{number}"):
        kind = st.radio("Kind", list(ChangeKind), index=None, format_func=lambda k: k.english)
        why = st.text_area("Why, in English", key=f"correct-{number}-why")
        why_welsh = st.text_area("Why, in Welsh", key=f"correct-{number}-cy")
        if st.form_submit_button("Draw up the release that takes its place"):
            with refusals(), st.spinner("Drawing it up from what is recorded now"):
                correction = Correction(number, _kind(kind), why, why_welsh)
                draft = release.correct(correction, by=me)
                session.say(f"Draft {draft} takes the place of release {number}.")
                go("releases", release=str(draft))


def _kind(kind: ChangeKind | None) -> ChangeKind:
    if kind is None:
        raise Refusal("It is not said what kind of change this is.", "Choose one of the two.")
    return kind


def _withdraw(number: int, me: SignedIn) -> None:
    st.subheader("Withdraw it")
    with st.form(f"withdraw-{number}"):
        why = st.text_area("Why, in English", key=f"withdraw-{number}-why")
        why_welsh = st.text_area("Why, in Welsh", key=f"withdraw-{number}-cy")
        sure = st.checkbox(f"Its files go, and stay gone: withdraw release {number}")
        if st.form_submit_button("Withdraw it"):
            with refusals():
                if not sure:
                    raise Refusal("It is not said that you are sure.", "Tick the box.")
                release_steps.withdraw(number, why, why_welsh, by=me)
                session.say(f"Release {number} is withdrawn, and a tombstone stands in its place.")
                go("releases")
