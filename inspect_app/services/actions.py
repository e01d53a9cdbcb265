"""A body's plan: its actions with their dates, milestones, notes, and what they are to move.

The owner plans while its answer is an acceptance and is open. An action's original date never
changes: a later one is a slip, with a reason that stands among its notes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from data_model.forms import ActionForm, MilestoneForm, NoteForm, ProgressForm
from data_model.records import (
    Action,
    ActionNote,
    Milestone,
    Recommendation,
    RecommendationOwner,
    Theme,
)
from data_model.vocabulary import NoteKind
from inspect_app.access import Permission
from inspect_app.errors import Conflict, NotFound, Refusal
from inspect_app.services import trail
from inspect_app.services.answers import check_open, check_side, find_answer
from inspect_app.services.case_filling import differences
from inspect_app.services.reference import check_known, person_name
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import ACCEPTANCES
from metrics import BY_CODE

IN_THE_WAY = (NoteKind.BLOCKER, NoteKind.LIFTED)
"""Notes that say whether something stands in an action's way; the latest of them holds."""


@dataclass(frozen=True)
class MilestoneValue:
    """A point on the way to an action's end."""

    id: int
    title: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True)
class NoteValue:
    """What somebody wrote about an action; `author` is their name."""

    kind: NoteKind
    text: str
    at: datetime
    author: str


@dataclass(frozen=True)
class ActionValue:
    """An action of a plan; `version` is what `progress` sends back.

    `theme` and `indicator` are named as people read them. `slips` counts how often the date was
    put back. `blocked` says whether the latest thing in its way is still there.
    """

    id: int
    version: int
    action: str
    owner_role: str
    starts_on: date | None
    original_due_on: date
    due_on: date
    slips: int
    done_on: date | None
    theme: str | None
    indicator: str | None
    by_how_much: str | None
    milestones: tuple[MilestoneValue, ...]
    notes: tuple[NoteValue, ...]
    blocked: bool

    def overdue_on(self, day: date) -> bool:
        """Whether it is not done and past its original date, wherever that was put back to."""
        return self.done_on is None and self.original_due_on < day


def action_values(session: Session, owner: RecommendationOwner) -> tuple[ActionValue, ...]:
    """Return, within a session, the actions of one body's plan as they were added."""
    return tuple(_value(session, action) for action in owner.actions)


def _value(session: Session, action: Action) -> ActionValue:
    return ActionValue(
        id=action.id,
        version=action.version,
        action=action.action,
        owner_role=action.owner_role,
        starts_on=action.starts_on,
        original_due_on=action.original_due_on,
        due_on=action.due_on,
        slips=action.slips,
        done_on=action.done_on,
        theme=session.get_one(Theme, action.theme).short_name if action.theme else None,
        indicator=_indicator_title(action.indicator),
        by_how_much=action.by_how_much,
        milestones=tuple(
            MilestoneValue(m.id, m.title, m.due_on, m.done_on) for m in action.milestones
        ),
        notes=tuple(_note_value(session, note) for note in action.notes),
        blocked=_blocked(action),
    )


def _note_value(session: Session, note: ActionNote) -> NoteValue:
    return NoteValue(note.kind, note.text, note.noted_at, person_name(session, note.noted_by))


def _indicator_title(code: str | None) -> str | None:
    """Return an indicator's title; a plan that came from a spreadsheet may name one of its own."""
    held = BY_CODE.get(code or "")
    return held.title if held else code


def _blocked(action: Action) -> bool:
    kinds = [note.kind for note in action.notes if note.kind in IN_THE_WAY]
    return kinds[-1:] == [NoteKind.BLOCKER]


def add(code: str, organisation: str, form: ActionForm, *, by: SignedIn) -> int:
    """Add an action to the plan of the person's own body; return its id.

    Raises Refusal unless the answer is an acceptance and open, for a date before publication, a
    day done that is still to come, and for a theme or an indicator that is not known.
    """
    with by.recording() as session:
        owner = _planning(find_answer(session, code, organisation, by), by)
        _check_days(session, owner, form.model_dump(include={"starts_on", "due_on"}))
        _check_done(session, owner, form.done_on, by)
        _check_moves(session, form)
        action = Action(**form.model_dump(), owner=owner.id, original_due_on=form.due_on)
        session.add(action)
        session.flush()
        said = {"action": action.id, **form.model_dump(exclude_none=True, exclude={"action"})}
        trail.note(session, by, "action.added", _subject(owner), after=said | {"says": form.action})
        return action.id


def progress(action_id: int, form: ProgressForm, version: int, *, by: SignedIn) -> None:
    """Say how an action stands: its date, and the day on which it was done or none.

    A later date is a slip; that, and an action that is not done after all, need a reason. Raises
    Conflict with both accounts, field by field, where somebody changed it since `version`.
    """
    with by.recording() as session:
        action, owner = _planned(session, action_id, by)
        before = _stand(action)
        sent = form.model_dump(include=set(before))
        _check_version(action, version, before, sent)
        _check_differs(before, sent)
        _check_days(session, owner, {"due_on": form.due_on})
        _check_done(session, owner, form.done_on, by)
        said = _explained(action, form)
        action.slips += form.due_on > action.due_on
        action.due_on, action.done_on = form.due_on, form.done_on
        if form.reason:
            action.notes.append(_noted(NoteKind.PROGRESS, " ".join([*said, form.reason]), by))
        trail.note(
            session, by, "action.progress", _numbered(owner, action),
            before=before, after=_stand(action), reason=form.reason,
        )  # fmt: skip


def _stand(action: Action) -> dict[str, date | None]:
    return {"due_on": action.due_on, "done_on": action.done_on}


def _explained(action: Action, form: ProgressForm) -> list[str]:
    """Return what changes that needs explaining; raises Refusal where no reason is given."""
    said = []
    if form.due_on > action.due_on:
        said.append(f"Put back from {_day(action.due_on)} to {_day(form.due_on)}.")
    if action.done_on and not form.done_on:
        said.append(f"Not done after all; it was said to be on {_day(action.done_on)}.")
    if said and not form.reason:
        raise Refusal(
            f"Why is not said: {' '.join(said)}",
            "Give the reason; the original date stays, and each later one is counted.",
        )
    return said


def _check_version(
    action: Action, version: int, kept: dict[str, date | None], sent: dict[str, date | None]
) -> None:
    if version == action.version:
        return
    stands = ", ".join(f"{name.lower()} {on}" for name, on in _said(kept).items())
    raise Conflict(
        f"Action {action.id} was changed by somebody else while you were writing. It says now: "
        f"{stands}.",
        "Nothing was overwritten. Compare both and send yours again if it still holds.",
        both=differences(kept, sent),
        in_words=differences(_said(kept), _said(sent)),
        version=action.version,
    )


def _said(days: dict[str, date | None]) -> dict[str, str]:
    return {FIELDS[name].capitalize(): _day(on) for name, on in days.items()}


def _check_differs(before: dict[str, date | None], sent: dict[str, date | None]) -> None:
    if before == sent:
        raise Refusal(
            "Neither the date nor the day on which it was done is different.",
            "Change one of them, or write a note on the action.",
        )


def add_milestone(action_id: int, form: MilestoneForm, *, by: SignedIn) -> int:
    """Add a point on the way to an action's end; return its id."""
    with by.recording() as session:
        action, owner = _planned(session, action_id, by)
        _check_on_the_way(session, owner, action, form)
        _check_done(session, owner, form.done_on, by)
        milestone = Milestone(**form.model_dump(), action=action.id)
        session.add(milestone)
        session.flush()
        said = {"milestone": milestone.id, **form.model_dump(exclude_none=True)}
        trail.note(session, by, "action.milestone", _numbered(owner, action), after=said)
        return milestone.id


def reach(milestone_id: int, on: date | None, reason: str | None = None, *, by: SignedIn) -> None:
    """Say on which day a milestone was reached; None, with a reason, says that it was not.

    What it promised, and by when, stays. Raises Refusal where somebody said the same already.
    """
    with by.recording() as session:
        milestone, action, owner = _on_the_way(session, milestone_id, by)
        before = milestone.done_on
        if bool(on) == bool(before):
            stands = f"was reached on {_day(before)}" if before else "is not reached"
            raise Refusal(f"“{milestone.title}” {stands} already.", "Nothing was changed.")
        _check_done(session, owner, on, by)
        if before:
            action.notes.append(_noted(NoteKind.PROGRESS, _taken_back(milestone, reason), by))
        milestone.done_on = on
        trail.note(
            session, by, "action.milestone", f"{_numbered(owner, action)} milestone {milestone_id}",
            before={"done_on": before}, after={"done_on": on}, reason=reason,
        )  # fmt: skip


def _taken_back(milestone: Milestone, reason: str | None) -> str:
    said = f"“{milestone.title}” was not reached on {_day(milestone.done_on)} after all."
    if not (reason or "").strip():
        raise Refusal(f"Why is not said: {said}", "Give the reason.")
    return f"{said} {reason}"


def _on_the_way(
    session: Session, milestone_id: int, by: SignedIn
) -> tuple[Milestone, Action, RecommendationOwner]:
    milestone = session.get(Milestone, milestone_id)
    if milestone is None:
        raise _not_found("milestone", milestone_id)
    try:
        return milestone, *_planned(session, milestone.action, by)
    except NotFound:
        raise _not_found("milestone", milestone_id) from None


def _check_on_the_way(
    session: Session, owner: RecommendationOwner, action: Action, form: MilestoneForm
) -> None:
    _check_days(session, owner, {"due_on": form.due_on})
    if form.due_on > action.due_on:
        raise Refusal(
            f"The milestone is due on {_day(form.due_on)}, after its action, "
            f"{_day(action.due_on)}.",
            "Give a day on the way to it, or put the action's date back first, with a reason.",
        )


def note(action_id: int, form: NoteForm, *, by: SignedIn) -> None:
    """Note progress on an action, what stands in its way, or that it does so no longer."""
    with by.recording() as session:
        action, owner = _planned(session, action_id, by)
        if form.kind is NoteKind.LIFTED and not _blocked(action):
            raise Refusal(
                f"Nothing is noted that stands in the way of action {action_id}.",
                "Note it as progress.",
            )
        action.notes.append(_noted(form.kind, form.text, by))
        trail.note(session, by, "action.note", _numbered(owner, action), after=form.model_dump())


def _noted(kind: NoteKind, text: str, by: SignedIn) -> ActionNote:
    return ActionNote(kind=kind, text=text, noted_at=by.clock(), noted_by=by.person)


def _planned(session: Session, action_id: int, by: SignedIn) -> tuple[Action, RecommendationOwner]:
    """Return an action the person may plan with, and the answer that it belongs to."""
    action = session.get(Action, action_id)
    if action is None:
        raise _not_found("action", action_id)
    held = session.get_one(RecommendationOwner, action.owner)
    try:
        owner = find_answer(session, held.recommendation, held.organisation, by)
    except NotFound:
        raise _not_found("action", action_id) from None
    return action, _planning(owner, by)


def _planning(owner: RecommendationOwner, by: SignedIn) -> RecommendationOwner:
    """Return the answer if the person may plan on it now."""
    check_side(owner, Permission.RESPOND, by)
    check_open(owner)
    if owner.response not in ACCEPTANCES:
        raise Refusal(
            f"{owner.recommendation} is “{owner.response.english.lower()}” for "
            f"{owner.organisation}; a plan belongs to one that is accepted.",
            "Accept it first, wholly, in principle or in part.",
            response=str(owner.response),
        )
    return owner


def _not_found(what: str, number: int) -> NotFound:
    return NotFound(
        f"There is no {what} {number} that you may see.", "Choose one from the recommendation."
    )


FIELDS = {"starts_on": "start", "due_on": "date", "done_on": "day done"}
"""How a date of an action is called where it is refused."""


def _check_days(session: Session, owner: RecommendationOwner, days: dict[str, date | None]) -> None:
    """Raise Refusal for a day before the recommendation was published."""
    published = session.get_one(Recommendation, owner.recommendation).published_on
    for name, on in _given(days):
        if published and on < published:
            raise Refusal(
                f"The {FIELDS[name]}, {_day(on)}, is before {owner.recommendation} was published, "
                f"{_day(published)}.",
                "A plan answers a recommendation: give a day on or after its publication.",
                **{name: on},
            )


def _given(days: dict[str, date | None]) -> Iterator[tuple[str, date]]:
    yield from ((name, on) for name, on in days.items() if on is not None)


def _check_done(
    session: Session, owner: RecommendationOwner, done_on: date | None, by: SignedIn
) -> None:
    _check_days(session, owner, {"done_on": done_on})
    if done_on and done_on > by.today:
        raise Refusal(
            f"The day done, {_day(done_on)}, is still to come.",
            "Say that it is done once it is; until then leave the day empty.",
            done_on=done_on,
        )


def _check_moves(session: Session, form: ActionForm) -> None:
    """Raise Refusal unless what an action is meant to move is known."""
    check_known(session, Theme, [form.theme] if form.theme else [], "Theme")
    if form.indicator and form.indicator not in BY_CODE:
        raise Refusal(
            f"There is no indicator {form.indicator!r}.",
            f"Choose one of {', '.join(BY_CODE)}, or leave it empty and name the theme.",
            indicator=form.indicator,
        )


def _subject(owner: RecommendationOwner) -> str:
    return f"{owner.recommendation} {owner.organisation}"


def _numbered(owner: RecommendationOwner, action: Action) -> str:
    return f"{_subject(owner)} action {action.id}"


def _day(on: date | None) -> str:
    return f"{on.day} {on:%B %Y}" if on else "none"
