"""Forms that move an answer: offered only to whoever may send them; they keep what is typed."""

from functools import partial
from typing import Any

import streamlit as st

from data_model.forms import StepForm, checked
from data_model.vocabulary import Closing, Delivery, Response
from inspect_app.services import reference, steps
from inspect_app.services.recommendation_values import OwnerValue, RecommendationValue
from inspect_app.services.steps import Which
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, seen, session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.page import refusals
from inspect_app.workflow import Axis, Move, Need

ASKS = {
    Axis.RESPONSE: "Respond",
    Axis.DELIVERY: "Say how delivery stands",
    Axis.ASSURANCE: "Verify",
}
"""What a form is called, by what it moves; closing is called by where it leads."""
CLOSING = {
    Closing.CLOSED: "Close it",
    Closing.OPEN: "Open it again",
}
CLOSED = (
    "Closing says that it is followed no longer. What was tested, and what was not, is published "
    "in its label."
)

POINTING = {Response.REDIRECTED, Delivery.SUPERSEDED}


def draw(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    """Draw a form for each question that this person may answer now."""
    for axis, moves in steps.open_moves(owner, by=me).items():
        if moves:
            with st.expander(_called(moves)):
                if moves[0].after is Closing.CLOSED:
                    st.caption(CLOSED)
                _step(held, owner, axis, moves, me)


def _called(moves: tuple[Move, ...]) -> str:
    first = moves[0]
    return ASKS.get(first.axis) or CLOSING[Closing(first.after)]


def _step(
    held: RecommendationValue,
    owner: OwnerValue,
    axis: Axis,
    moves: tuple[Move, ...],
    me: SignedIn,
) -> None:
    name = f"{axis}-{owner.id}"
    key, version = forms.fresh_key(name), seen.shown(name, owner.version)
    met = {Need.ACCEPTED} if owner.accepted else set[Need]()
    needs = {need for move in moves for need in move.needs} - met
    fields = Fields(StepForm, key, {})
    with st.form(key, border=False):
        says = partial(in_words, met=met)
        to = st.radio("New status", moves, format_func=says, key=f"{key}-{moves[0].before}")
        sent = {"to": to.after, **asked(fields, needs, me)}
        if to.after not in POINTING:
            sent.pop("other", None)
        if st.form_submit_button(_called(moves), type="primary"):
            with refusals():
                which = Which(held.code, owner.organisation, version)
                steps.step(which, axis, checked(StepForm, given(sent)), by=me)
                forms.done(name)
                session.say(f"{axis.capitalize()} is now “{to.after.english}”.")
                st.rerun()


def asked(fields: Fields, needs: set[Need], me: SignedIn) -> dict[str, Any]:
    """Draw the fields that these moves need between them, and return what they hold."""
    sent: dict[str, Any] = {}
    if Need.PLAN in needs:
        sent["steps"] = fields.ask("steps", long=True)
        sent["role_named"] = fields.ask("role_named")
    if needs & {Need.PLAN, Need.NEW_DATE}:
        sent["due_on"] = fields.ask("due_on")
    if Need.SUCCESSOR in needs:
        sent["other"] = st.text_input(
            "Code of the recommendation that takes its place, if it is superseded",
            key=f"{fields.key}-successor",
            persist_state="session",
        ).strip()
    if Need.BODY in needs:
        bodies = reference.organisations(by=me)
        sent["other"] = st.selectbox(
            "Body it should go to, if it is redirected",
            list(bodies),
            index=None,
            format_func=bodies.__getitem__,
            key=f"{fields.key}-body",
            placeholder="Choose",
            persist_state="session",
        )
    if Need.REASON in needs:
        sent["reason"] = fields.ask("reason", long=True)
    return sent


def in_words(move: Move, met: set[Need]) -> str:
    """Return a move as somebody chooses it: where it leads, and what it needs."""
    same = move.before == move.after
    to = f"{move.after.english}, with a new date" if same else move.after.english
    needs = [need for need in move.needs if need not in met]
    return f"{to}: {'; '.join(needs)}" if needs else to
