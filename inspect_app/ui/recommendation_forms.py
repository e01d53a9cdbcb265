"""Forms on recommendations: offered only to whoever may send them; they keep what is typed."""

from functools import partial
from typing import NoReturn

import streamlit as st

from data_model.forms import ActionForm, EvidenceForm, RecommendationForm, StepForm, checked
from data_model.vocabulary import RecommendationKind
from inspect_app.access import Permission
from inspect_app.services import (
    recommendation_drafts,
    recommendations,
    reference,
)
from inspect_app.services.recommendation_drafts import Candidate, Draft
from inspect_app.services.recommendation_values import OwnerValue, RecommendationValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.links import go
from inspect_app.ui.markup import plain
from inspect_app.ui.page import refusals
from inspect_app.workflow import ACCEPTANCES, Axis, Move, Need

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
    met = {Need.ACCEPTED} if owner.response in ACCEPTANCES else set()
    needs = {need for move in moves for need in move.needs} - met
    fields = Fields(StepForm, key, {})
    with st.form(key, border=False):
        to = st.radio("New status", moves, format_func=partial(_in_words, met=met), key=f"{key}-to")
        sent = {"to": to.after}
        if Need.PLAN in needs:
            sent["steps"] = fields.ask("steps", long=True)
            sent["role_named"] = fields.ask("role_named")
        if needs & {Need.PLAN, Need.NEW_DATE}:
            sent["due_on"] = fields.ask("due_on")
        if Need.REASON in needs:
            sent["reason"] = fields.ask("reason", long=True)
        if st.form_submit_button(ASKS[axis], type="primary"):
            with refusals():
                form = checked(StepForm, given(sent))
                recommendations.step(held.code, owner.organisation, axis, form, by=me)
                _done(f"{axis.capitalize()} is now “{to.after.english}”.")


def _in_words(move: Move, met: set[Need]) -> str:
    same = move.before == move.after
    to = f"{move.after.english}, with a new date" if same else move.after.english
    needs = [need for need in move.needs if need not in met]
    return f"{to}: {'; '.join(needs)}" if needs else to


def _action(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    key = f"action-{owner.id}-{len(owner.actions)}"
    fields = Fields(ActionForm, key, {})
    with st.form(key, border=False):
        sent = {
            "action": fields.ask("action", long=True),
            "owner_role": fields.ask("owner_role"),
            "due_on": fields.ask("due_on"),
            "done_on": fields.ask("done_on"),
        }
        if st.form_submit_button("Add the action", type="primary"):
            with refusals():
                form = checked(ActionForm, given(sent))
                recommendations.add_action(held.code, owner.organisation, form, by=me)
                _done("The action is in the plan.")


def _evidence(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    key = f"evidence-{owner.id}-{len(owner.evidence)}"
    fields = Fields(EvidenceForm, key, {})
    with st.form(key, border=False):
        sent = {
            "rung": fields.ask("rung"),
            "description": fields.ask("description", long=True),
            "dated_on": fields.ask("dated_on"),
        }
        st.caption("Never a child's name, and nothing by which one child could be known.")
        if st.form_submit_button("Add the evidence", type="primary"):
            with refusals():
                form = checked(EvidenceForm, given(sent))
                recommendations.add_evidence(held.code, owner.organisation, form, by=me)
                _done("The evidence is kept. An independent verifier can now test it.")


def write(me: SignedIn) -> None:
    """Draw the form for a new recommendation, for those who lead an inspection."""
    led = recommendation_drafts.led(by=me)
    if not led:
        return
    with st.expander("Write a recommendation"):
        code = st.selectbox("Inspection", list(led), format_func=lambda c: f"{led[c]} ({c})")
        names = {theme.code: theme.name for theme in reference.themes(by=me)}
        themes = st.multiselect(
            "Themes", list(names), format_func=names.__getitem__, placeholder="Choose"
        )
        if themes:
            _write(recommendation_drafts.draft(code, by=me), {t: names[t] for t in themes}, me)
        else:
            st.caption("Choose at least one theme. The findings under it are then offered.")


def _write(draft: Draft, themes: dict[str, str], me: SignedIn) -> None:
    kept = {"code": f"{draft.prefix}-R", "kind": RecommendationKind.RECOMMENDATION}
    fields = Fields(RecommendationForm, f"write-{draft.inspection}", {**kept, "made_on": me.today})
    with st.form(fields.key, border=False):
        sent = {
            "inspection": draft.inspection,
            "themes": tuple(themes),
            "code": fields.ask("code"),
            "title": fields.ask("title"),
            "text": fields.ask("text", long=True),
            "kind": fields.ask("kind"),
            "bodies": fields.ask("bodies", draft.bodies),
            "findings": _findings(draft, themes, fields.key),
            "reason": fields.ask("reason", long=True),
            "made_on": fields.ask("made_on"),
            "response_due_on": fields.ask("response_due_on"),
        }
        if st.form_submit_button("Write the recommendation", type="primary"):
            with refusals():
                written = recommendations.write(checked(RecommendationForm, given(sent)), by=me)
                session.say(f"Recommendation {written} is written.")
                go("recommendations", recommendation=written)


def _findings(draft: Draft, themes: dict[str, str], key: str) -> tuple[int, ...]:
    chosen: list[int] = []
    st.markdown("**Findings that justify it**")
    for theme, name in themes.items():
        groups = _by_grade([found for found in draft.findings if found.theme == theme])
        if not groups:
            st.caption(f"{plain(name)}: no submitted finding has a grade.")
        for grade, names in groups.items():
            chosen += st.multiselect(
                f"{plain(name)}: {grade.lower()} ({len(names)})",
                list(names),
                format_func=names.__getitem__,
                key=f"{key}-{theme}-{grade}",
                placeholder="Choose",
            )
    return tuple(chosen)


def _by_grade(found: list[Candidate]) -> dict[str, dict[int, str]]:
    groups: dict[str, dict[int, str]] = {}
    for each in found:
        groups.setdefault(each.grade, {})[each.finding] = each.reference
    return groups


def _done(notice: str) -> NoReturn:
    session.say(notice)
    st.rerun()
