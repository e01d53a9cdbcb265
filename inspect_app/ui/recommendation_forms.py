"""Forms on recommendations: offered only to whoever may send them; they keep what is typed."""

from datetime import date
from typing import TypeVar

import streamlit as st

from data_model.forms import ActionForm, EvidenceForm, RecommendationForm, StepForm, checked
from data_model.vocabulary import Evidence, RecommendationKind, Word
from inspect_app.access import Permission
from inspect_app.services import recommendations, reference
from inspect_app.services.recommendations import Candidate, Draft, OwnerValue, RecommendationValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session
from inspect_app.ui.links import go
from inspect_app.ui.markup import plain
from inspect_app.ui.page import refusals
from inspect_app.workflow import ACCEPTANCES, Axis, Move, Need

Choice = TypeVar("Choice", int, str)

ASKS = {
    Axis.RESPONSE: "Respond",
    Axis.DELIVERY: "Say how delivery stands",
    Axis.ASSURANCE: "Verify",
}


def offered(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    """Draw the forms that this person may send about one owner."""
    for axis, moves in recommendations.open_moves(owner, by=me).items():
        if moves:
            with st.expander(ASKS[axis]):
                _step(held, owner, axis, moves, me)
    accepted = owner.response in ACCEPTANCES
    if accepted and recommendations.may_make(Permission.RESPOND, owner, by=me):
        with st.expander("Add an action to the plan"):
            _action(held, owner, me)
        with st.expander("Add evidence"):
            _evidence(held, owner, me)


def _step(
    held: RecommendationValue,
    owner: OwnerValue,
    axis: Axis,
    moves: tuple[Move, ...],
    me: SignedIn,
) -> None:
    key = f"{axis}-{owner.id}-{len(owner.history)}"
    needs = {need for move in moves for need in move.needs}
    with st.form(key, border=False):
        to = st.selectbox("New status", moves, format_func=_move_in_words, key=f"{key}-to")
        reason = _long("Reason", key) if Need.REASON in needs else None
        steps = _long("Steps", key, "What will be done.") if Need.PLAN in needs else None
        role = st.text_input("Responsible role", key=f"{key}-role") if steps is not None else None
        dated = bool(needs & {Need.PLAN, Need.NEW_DATE})
        due = _day("Date", key, "By when it will be done.") if dated else None
        if st.form_submit_button(ASKS[axis], type="primary"):
            sent = {"to": to.after, "reason": reason, "steps": steps, "role_named": role}
            with refusals():
                form = checked(StepForm, {**sent, "due_on": due})
                recommendations.step(held.code, owner.organisation, axis, form, by=me)
                _done(f"{axis.capitalize()} is now “{to.after.english}”.")


def _move_in_words(move: Move) -> str:
    same = move.before == move.after
    to = f"{move.after.english}, with a new date" if same else move.after.english
    return f"{to}: {'; '.join(move.needs)}" if move.needs else to


def _action(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    key = f"action-{owner.id}-{len(owner.actions)}"
    with st.form(key, border=False):
        sent = {
            "action": _long("Action", key),
            "owner_role": st.text_input("Responsible role", key=f"{key}-role"),
            "due_on": _day("Date", key, "By when it will be done."),
            "done_on": _day("Done on", f"{key}-done", "Leave empty while it is not done."),
        }
        if st.form_submit_button("Add the action", type="primary"):
            with refusals():
                form = checked(ActionForm, sent)
                recommendations.add_action(held.code, owner.organisation, form, by=me)
                _done("The action is in the plan.")


def _evidence(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    key = f"evidence-{owner.id}-{len(owner.evidence)}"
    with st.form(key, border=False):
        sent = {
            "rung": st.selectbox(
                "Kind of evidence", Evidence, format_func=_english, key=f"{key}-rung"
            ),
            "description": _long("What it is", key, "Never a child's name or anything about one."),
            "dated_on": _day("Its date", key, "The date that it bears."),
        }
        if st.form_submit_button("Add the evidence", type="primary"):
            with refusals():
                form = checked(EvidenceForm, sent)
                recommendations.add_evidence(held.code, owner.organisation, form, by=me)
                _done("The evidence is kept. An independent verifier can now test it.")


def write(me: SignedIn) -> None:
    """Draw the form for a new recommendation, for those who lead an inspection."""
    led = recommendations.led(by=me)
    if not led:
        return
    with st.expander("Write a recommendation"):
        code = st.selectbox("Inspection", list(led), format_func=lambda c: f"{led[c]} ({c})")
        names = {theme.code: theme.name for theme in reference.themes(by=me)}
        themes = st.multiselect(
            "Themes",
            list(names),
            format_func=names.__getitem__,
            help="The findings under them are then offered.",
        )
        if themes:
            _write(recommendations.draft(code, by=me), {t: names[t] for t in themes}, me)
        else:
            st.caption("Choose at least one theme. The findings under it are then offered.")


def _write(draft: Draft, themes: dict[str, str], me: SignedIn) -> None:
    key = f"write-{draft.inspection}"
    with st.form(key, border=False):
        sent = {
            "inspection": draft.inspection,
            "themes": tuple(themes),
            "code": st.text_input("Code", placeholder=f"{draft.prefix}-R9", key=f"{key}-code"),
            "title": st.text_input("Title", key=f"{key}-title"),
            "text": _long("Wording", key),
            "kind": st.selectbox(
                "Kind", RecommendationKind, format_func=_english, key=f"{key}-kind"
            ),
            "bodies": _several("Addressed to", draft.bodies, f"{key}-bodies"),
            "findings": _findings(draft, themes, key),
            "reason": _long("Reason", key, "Needed only where no finding justifies it."),
            "made_on": _day("Made on", f"{key}-made", "", me.today),
            "response_due_on": _day(
                "Response due on", f"{key}-due", "Six months after publication, or sooner."
            ),
        }
        if st.form_submit_button("Write the recommendation", type="primary"):
            with refusals():
                written = recommendations.write(checked(RecommendationForm, sent), by=me)
                session.say(f"Recommendation {written} is written.")
                go("recommendations", recommendation=written)


def _findings(draft: Draft, themes: dict[str, str], key: str) -> tuple[int, ...]:
    chosen: list[int] = []
    st.markdown("**Findings that justify it**")
    for theme, name in themes.items():
        groups = _by_grade([found for found in draft.findings if found.theme == theme])
        if not groups:
            st.caption(f"{plain(name)}: no submitted finding has a grade.")
        for grade, offered_here in groups.items():
            label = f"{name}: {grade.lower()} ({len(offered_here)})"
            chosen += _several(label, offered_here, f"{key}-{theme}-{grade}")
    return tuple(chosen)


def _by_grade(found: list[Candidate]) -> dict[str, dict[int, str]]:
    groups: dict[str, dict[int, str]] = {}
    for each in found:
        groups.setdefault(each.grade, {})[each.finding] = each.reference
    return groups


def _several(label: str, names: dict[Choice, str], key: str) -> tuple[Choice, ...]:
    return tuple(st.multiselect(label, list(names), format_func=names.__getitem__, key=key))


def _long(label: str, key: str, about: str | None = None) -> str:
    return st.text_area(label, key=f"{key}-{label}", help=about, height=100)


def _day(label: str, key: str, about: str, value: date | None = None) -> str | None:
    written = st.text_input(
        label,
        value.isoformat() if value else "",
        key=f"{key}-{label}",
        placeholder="2026-03-31",
        help=f"Year, month and day, such as 2026-03-31. {about}".strip(),
    )
    return written.strip() or None


def _english(word: Word) -> str:
    return word.english


def _done(notice: str) -> None:
    session.say(notice)
    st.rerun()
