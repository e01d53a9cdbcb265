"""One move on several answers at once: chosen in the list, asked once, made on all or on none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from data_model.forms import StepForm, checked
from data_model.vocabulary import Closing, Word
from inspect_app.access import Permission
from inspect_app.services import steps
from inspect_app.services.recommendation_list import AnswerLine
from inspect_app.services.steps import Which
from inspect_app.signed_in import SignedIn
from inspect_app.ui import answer_forms, forms, session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.markup import plain
from inspect_app.ui.page import refusals
from inspect_app.workflow import ACCEPTANCES, Axis, Move, Need, next_moves

NAME, SEEN = "several", "several-seen"
START = "Update several at once"
HOW = (
    "Tick answers in the list below; what becomes of them is asked once, under the list. "
    "Either all of them are moved or none is."
)
CHANGED = (
    "Somebody else changed one of the answers you chose while you were writing. Nothing was "
    "moved. Look at them again below, and choose anew."
)
NOT_ALIKE = "No one move is open for all of these. Choose answers that stand alike."
Step = tuple[Axis, Word]
Moves = dict[Step, Move]


@dataclass
class Bulk:
    """What is being chosen among the lines of a page, and the form for all of it."""

    me: SignedIn
    key: str
    open: dict[Which, Moves]
    chosen: list[AnswerLine] = field(default_factory=list)

    def choose(self, line: AnswerLine) -> None:
        """Draw the box that chooses a line, where there is a move for this person to make."""
        if which_of(line) not in self.open:
            return
        label = f"Choose {line.code}, {line.body}"
        if st.checkbox(plain(label), key=f"{self.key}-{line.code}-{line.organisation}"):
            self.chosen.append(line)

    def draw(self) -> None:
        """Draw the form for what was chosen, and make the move when it is sent."""
        with st.container(border=True):
            st.subheader(f"What becomes of the {len(self.chosen)} chosen", anchor=False)
            common = self._common()
            if not self.chosen:
                st.caption("Tick answers in the list above first.")
            elif not common:
                st.info(NOT_ALIKE)
            else:
                self._form(common)
        if st.session_state.pop(SEEN, None):
            st.warning(CHANGED)

    def _common(self) -> dict[Step, list[Move]]:
        """Return the steps that are open for everything that is chosen, with each one's move."""
        opened = [self.open[which_of(line)] for line in self.chosen]
        first = opened[0] if opened else {}
        return {
            step: [moves[step] for moves in opened]
            for step in first
            if all(step in moves for moves in opened)
        }

    def _form(self, common: dict[Step, list[Move]]) -> None:
        axis, to = st.selectbox(
            "New status",
            list(common),
            format_func=partial(_in_words, common=common),
            key=f"{self.key}-to",
        )
        needs = {need for move in common[axis, to] for need in move.needs}
        fields = Fields(StepForm, f"{self.key}-{axis}-{to}", {})
        with st.form(f"{self.key}-form", border=False):
            sent = {"to": to, **answer_forms.asked(fields, needs, self.me)}
            seen = tuple(which_of(line) for line in self.chosen)
            pressed = st.form_submit_button(
                f"Move all {len(seen)}",
                type="primary",
                key=f"{self.key}-send",
                on_click=partial(_saw, seen),
            )
        if pressed:
            with refusals():
                _send(axis, to, sent, self.me)


def begin(lines: Sequence[AnswerLine], me: SignedIn) -> Bulk | None:
    """Offer to choose several of these lines; return what they are chosen with, if it is taken."""
    if not (me.may(Permission.RESPOND) or me.may(Permission.VERIFY)):
        return None
    opened = {which_of(line): moves for line in lines if (moves := _moves(line, me))}
    if not opened or not st.toggle(START, key="update-several", persist_state="session"):
        return None
    st.caption(HOW)
    return Bulk(me, forms.fresh_key(NAME), opened)


def which_of(line: AnswerLine) -> Which:
    """Return which answer a line shows, in the version it shows."""
    return Which(line.code, line.organisation, line.version)


def _moves(line: AnswerLine, me: SignedIn) -> Moves:
    if line.draft or not line.followed:
        return {}
    return {(move.axis, move.after): move for move in _next(line) if _hers(move, line, me)}


def _next(line: AnswerLine) -> Iterator[Move]:
    closing = Closing.CLOSED if line.closed else Closing.OPEN
    standing: dict[Axis, Word] = {
        Axis.RESPONSE: line.response,
        Axis.DELIVERY: line.delivery,
        Axis.ASSURANCE: line.assurance,
        Axis.CLOSING: closing,
    }
    for axis in (Axis.CLOSING,) if line.closed else standing:
        yield from next_moves(axis, standing[axis])


def _hers(move: Move, line: AnswerLine, me: SignedIn) -> bool:
    """Whether a move is this person's to choose, as far as a list can know."""
    own = line.organisation == me.standing.organisation
    unmet = Need.ACCEPTED in move.needs and line.response not in ACCEPTANCES
    side = own is (move.who is not Permission.VERIFY)
    return me.may(move.who) and side and not (move.follows or unmet)


def _in_words(step: Step, common: dict[Step, list[Move]]) -> str:
    axis, _to = step
    said = answer_forms.in_words(common[step][0], {Need.ACCEPTED})
    return f"{axis.capitalize()}: {said}"


def _saw(seen: tuple[Which, ...]) -> None:
    """Keep what was on the screen when the button was pressed: the versions that are sent."""
    st.session_state[SEEN] = seen


def _send(axis: Axis, to: Word, sent: dict[str, object], me: SignedIn) -> None:
    seen = st.session_state.pop(SEEN)
    steps.step_all(seen, axis, checked(StepForm, given(sent)), by=me)
    forms.done(NAME)
    session.say(f"{axis.capitalize()} is now “{to.english}” for all {len(seen)}.")
    st.rerun()
