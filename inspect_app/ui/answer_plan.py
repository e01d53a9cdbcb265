"""The action plan of one body's answer on the screen: actions, milestones, notes, and forms."""

from collections.abc import Iterable
from typing import NoReturn

import streamlit as st

from data_model.forms import ActionForm, MilestoneForm, NoteForm, ProgressForm, checked
from data_model.vocabulary import NoteKind
from inspect_app.access import Permission
from inspect_app.services import actions, reference, steps
from inspect_app.services.actions import ActionValue, MilestoneValue, NoteValue
from inspect_app.services.recommendation_values import OwnerValue, RecommendationValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, seen, session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.markup import Markup, day, items, plain, show, tag, together
from inspect_app.ui.page import refusals
from inspect_app.ui.tables import facts
from metrics import INDICATORS

NONE = "No action stands in a plan."
PAST, BLOCKED = "Past its original date", "Something stands in the way"


def draw(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    """Draw the plan, and for the body itself the forms that change it."""
    show(tag("h4", "Action plan"), *_plan(owner, me))
    planning = owner.accepted and not owner.closed
    if not (planning and steps.may_make(Permission.RESPOND, owner, by=me)):
        return
    with st.expander("Add an action to the plan"):
        _add(held, owner, me)
    if owner.actions:
        with st.expander("Say how an action stands"):
            _change(owner, me)


def _plan(owner: OwnerValue, me: SignedIn) -> list[Markup]:
    return [_card(action, me) for action in owner.actions] or [tag("p", NONE)]


def _card(action: ActionValue, me: SignedIn) -> Markup:
    holds = {PAST: action.overdue_on(me.today), BLOCKED: action.blocked}
    marks = [tag("span", words, css="mark") for words, so in holds.items() if so]
    pairs = {
        "Responsible role": action.owner_role,
        "Date": _dates(action),
        "Done on, the owner says": day(action.done_on) if action.done_on else "Not yet",
    }
    return tag(
        "div",
        tag("p", tag("strong", action.action), css="asis"),
        tag("p", *marks) if marks else None,
        facts(pairs.items()),
        tag("p", f"Meant to move: {_moves(action)}"),
        _under("Milestones", map(_milestone, action.milestones)),
        _under("Notes", map(_note, action.notes)),
        css="boxed",
    )


def _under(title: str, entries: Iterable[str]) -> Markup | None:
    listed = items(*entries)
    return together(tag("p", title, css="small"), listed) if listed else None


def _milestone(milestone: MilestoneValue) -> str:
    reached = f"reached on {day(milestone.done_on)}" if milestone.done_on else "not reached yet"
    return f"{milestone.title}, by {day(milestone.due_on)}: {reached}"


def _note(note: NoteValue) -> Markup:
    when = f"{note.kind.english}, {day(note.at.date())}, {note.author}: "
    return tag("span", tag("strong", when), note.text, css="asis")


def _dates(action: ActionValue) -> str:
    if not action.slips:
        return day(action.due_on)
    times = "once" if action.slips == 1 else f"{action.slips} times"
    return (
        f"{day(action.due_on)}; first promised for {day(action.original_due_on)}, put back {times}"
    )


def _moves(action: ActionValue) -> str:
    parts = [part for part in (action.theme, action.indicator, action.by_how_much) if part]
    return "; ".join(parts) or "not said"


def _add(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    name = f"action-{owner.id}"
    key = forms.fresh_key(name)
    fields = Fields(ActionForm, key, {})
    themes = {theme.code: theme.name for theme in reference.themes(by=me)}
    with st.form(key, border=False):
        sent = {
            "action": fields.ask("action", long=True),
            "owner_role": fields.ask("owner_role"),
            "starts_on": fields.ask("starts_on"),
            "due_on": fields.ask("due_on"),
            "theme": fields.ask("theme", {code: themes[code] for code in held.themes}),
            "indicator": fields.ask("indicator", {i.code: i.title for i in INDICATORS}),
            "by_how_much": fields.ask("by_how_much"),
        }
        if st.form_submit_button("Add the action", type="primary"):
            with refusals():
                form = checked(ActionForm, given(sent))
                actions.add(held.code, owner.organisation, form, by=me)
                _done(name, "The action is in the plan.")


def _change(owner: OwnerValue, me: SignedIn) -> None:
    known = {action.id: action for action in owner.actions}
    chosen = st.selectbox(
        "Action", list(known), format_func=lambda code: known[code].action, key=f"of-{owner.id}"
    )
    action = known[chosen]
    _progress(action, me)
    _note_it(action, me)
    _add_milestone(action, me)
    for milestone in action.milestones:
        if milestone.done_on is None:
            _reach(milestone, me)


def _progress(action: ActionValue, me: SignedIn) -> None:
    name = f"progress-{action.id}"
    key = forms.fresh_key(name)
    version = seen.filled(key, action.version)
    kept = {"due_on": action.due_on, "done_on": action.done_on}
    fields = Fields(ProgressForm, key, kept)
    with st.form(key):
        sent = {name: fields.ask(name) for name in ("due_on", "done_on", "reason")}
        if st.form_submit_button("Keep the dates", type="primary"):
            with refusals(), seen.told(key):
                form = checked(ProgressForm, given(sent))
                actions.progress(action.id, form, version, by=me)
                _done(name, "The dates are kept; the original date stays as it was.")


def _note_it(action: ActionValue, me: SignedIn) -> None:
    name = f"note-{action.id}"
    key = forms.fresh_key(name)
    fields = Fields(NoteForm, key, {"kind": NoteKind.PROGRESS})
    with st.form(key):
        sent = {"kind": fields.ask("kind"), "text": fields.ask("text", long=True)}
        if st.form_submit_button("Add the note"):
            with refusals():
                actions.note(action.id, checked(NoteForm, given(sent)), by=me)
                _done(name, "The note stands with the action.")


def _add_milestone(action: ActionValue, me: SignedIn) -> None:
    name = f"milestone-{action.id}"
    key = forms.fresh_key(name)
    fields = Fields(MilestoneForm, key, {})
    with st.form(key):
        sent = {"title": fields.ask("title"), "due_on": fields.ask("due_on")}
        if st.form_submit_button("Add the milestone"):
            with refusals():
                actions.add_milestone(action.id, checked(MilestoneForm, given(sent)), by=me)
                _done(name, "The milestone stands with the action.")


def _reach(milestone: MilestoneValue, me: SignedIn) -> None:
    title = plain(milestone.title)
    if st.button(f"Milestone reached today: {title}", key=f"reach-{milestone.id}"):
        with refusals():
            actions.reach(milestone.id, me.today, by=me)
            _done(f"milestone-{milestone.id}-reached", "The milestone is reached.")


def _done(name: str, notice: str) -> NoReturn:
    forms.done(name)
    session.say(notice)
    st.rerun()
