"""What a board decided on its figures on the screen: kept, shown next quarter, and its outcome."""

from collections.abc import Mapping

import streamlit as st

from data_model.forms import BoardDecisionForm, OutcomeForm, checked
from inspect_app.access import Permission
from inspect_app.services import board_words, boards
from inspect_app.services.board_concerns import Decided
from inspect_app.services.boards import DecisionValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, seen, session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.markup import Markup, day, more, plain, show, tag, together
from inspect_app.ui.page import refusals


def draw(area: str, quarter: str, held: Decided, lines: Mapping[str, str], me: SignedIn) -> None:
    """Draw an area's decisions, newest first, and for its board the form for a new one.

    `lines` are what a decision can be about, by code: figures, questions, recommendations.
    """
    for each in held.shown:
        _decision(each, me)
    show(
        tag("p", held.said) if held.said else None,
        more(f"{len(held.older)} older, done", *(_done(each) for each in held.older)),
    )
    if me.may(Permission.DECIDE) and me.standing.area == area and lines:
        with st.expander("Record a decision or an action"):
            _decide(area, quarter, lines, me)


def _decision(held: DecisionValue, me: SignedIn) -> None:
    with st.container(border=True, gap="xsmall"):
        show(_about(held), tag("p", held.text, css="asis"), _action(held, me), _outcome(held))
        if held.outcome is None and me.may(Permission.DECIDE):
            _finish(held, me)


def _done(held: DecisionValue) -> Markup:
    return together(_about(held), tag("p", held.text, css="asis"), _outcome(held))


def _about(held: DecisionValue) -> Markup:
    when = tag("p", board_words.about(held), css="small")
    return together(tag("p", tag("strong", held.title)), when)


def _action(held: DecisionValue, me: SignedIn) -> Markup | None:
    if held.due_on is None:
        return None
    late = held.overdue_on(me.today)
    said = board_words.action(held)
    return tag("p", f"Overdue: {said}" if late else said, css="loud" if late else "")


def _outcome(held: DecisionValue) -> Markup | None:
    if held.outcome is None or held.done_on is None:
        return None
    return tag("p", tag("strong", f"What came of it, {day(held.done_on)}: "), held.outcome)


def _finish(held: DecisionValue, me: SignedIn) -> None:
    name = f"finish-{held.id}"
    version = seen.shown(name, held.version)
    with st.expander("Say what came of it"), st.form(name, border=False):
        fields = Fields(OutcomeForm, name, {})
        sent = {"outcome": fields.ask("outcome", long=True)}
        if st.form_submit_button("Keep it"):
            with refusals():
                boards.finish(held.id, checked(OutcomeForm, given(sent)), version, by=me)
                session.say("What came of it is kept.")
                st.rerun()


def _decide(area: str, quarter: str, lines: Mapping[str, str], me: SignedIn) -> None:
    name = f"decide-{area}-{quarter}"
    fields = Fields(BoardDecisionForm, forms.fresh_key(name), {})
    with st.form(fields.key, border=False):
        about = st.selectbox(
            "On which line",
            list(lines),
            format_func=lambda code: plain(lines[code]),
            key=f"{fields.key}-line",
        )
        sent = {
            "text": fields.ask("text", long=True),
            "role_named": fields.ask("role_named"),
            "due_on": fields.ask("due_on"),
        }
        if st.form_submit_button("Keep the decision", type="primary"):
            with refusals():
                form = checked(BoardDecisionForm, given(sent))
                boards.decide(area, quarter, about, form, by=me)
                forms.done(name)
                session.say("The decision is kept and shows next quarter.")
                st.rerun()
