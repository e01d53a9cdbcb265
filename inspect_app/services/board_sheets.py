"""The sheets of a workbook on recommendations: answers, actions, notes, evidence and history."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from data_model.vocabulary import NoteKind
from inspect_app.publishing.board_paper import NOT_KNOWN, Answer
from inspect_app.services.actions import ActionValue
from inspect_app.services.recommendation_list import AnswerLine
from inspect_app.services.recommendation_values import OwnerValue, RecommendationValue
from inspect_app.workbooks.board_plan import dated, number, text


@dataclass(frozen=True)
class Selected:
    """The answers that a paper is about, with their recommendations, in the list's order."""

    lines: tuple[AnswerLine, ...]
    held: Mapping[str, RecommendationValue]
    references: frozenset[str]

    def owner(self, line: AnswerLine) -> OwnerValue:
        """Return the whole answer of a line."""
        owners = self.held[line.code].owners
        return next(owner for owner in owners if owner.organisation == line.organisation)

    def actions(self) -> Iterator[tuple[AnswerLine, ActionValue]]:
        """Yield every action of these answers."""
        return ((line, action) for line in self.lines for action in self.owner(line).actions)


def answer_of(line: AnswerLine) -> Answer:
    """Return an answer as a paper and a workbook say it."""
    return Answer(
        body=line.body,
        label=line.label,
        followed=line.followed,
        response=line.response.english if line.followed else "Not followed here",
        delivery=line.delivery.english if line.followed else NOT_KNOWN,
        assurance=line.assurance.english if line.followed else NOT_KNOWN,
        claimed_on=line.claimed_on,
        shown_on=line.shown_on,
        days=line.days_to_effect,
        original_due_on=line.original_due_on,
        due_on=line.due_on,
        slips=line.slips,
    )


Rows = Iterator[Mapping[str, Any]]


def _key(line: AnswerLine) -> dict[str, Any]:
    return {"code": line.code, "title": line.title, "body": line.body}


def _answers(chosen: Selected) -> Rows:
    for line in chosen.lines:
        answer = answer_of(line)
        yield (
            _key(line)
            | vars(answer)
            | {
                "kind": line.kind.english,
                "themes": "; ".join(line.themes),
                "made_on": line.made_on,
                "closed": _closing(line),
                "response_due_on": line.response_due_on,
            }
        )


def _closing(line: AnswerLine) -> str:
    if not line.followed:
        return NOT_KNOWN
    return "Closed" if line.closed else "Open"


def _actions(chosen: Selected) -> Rows:
    for line, action in chosen.actions():
        progress = [note.text for note in action.notes if note.kind is NoteKind.PROGRESS]
        held = {name: getattr(action, name) for name in AS_KEPT}
        yield _key(line) | held | {"progress": progress[-1] if progress else None}


AS_KEPT = (
    "action",
    "owner_role",
    "starts_on",
    "original_due_on",
    "due_on",
    "slips",
    "done_on",
    "theme",
    "indicator",
    "by_how_much",
)
"""What a row of the sheet of actions says just as the action does."""


def _notes(chosen: Selected) -> Rows:
    for line, action in chosen.actions():
        for note in action.notes:
            yield _key(line) | {
                "about": action.action,
                "kind": note.kind.english,
                "text": note.text,
                "at": note.at.date(),
                "author": note.author,
            }


def _evidence(chosen: Selected) -> Rows:
    for line in chosen.lines:
        for item in chosen.owner(line).evidence:
            yield _key(line) | {
                "rung": item.rung.english,
                "description": item.description,
                "dated_on": item.dated_on,
                "gathered_by": item.gathered_by,
                "pointer": item.pointer,
                "files": item.file_count,
                "submitted_on": item.submitted_at.date(),
                "author": item.author,
            }


def _history(chosen: Selected) -> Rows:
    for line in chosen.lines:
        for step in chosen.owner(line).history:
            yield _key(line) | {
                "axis": step.axis.capitalize(),
                "before": step.before,
                "after": step.after,
                "on": step.at.date(),
                "by": step.by,
                "reason": step.reason,
                "due_on": step.due_on,
            }


KEY = (
    text("code", "Recommendation number"),
    text("title", "Title"),
    text("body", "Addressed to"),
)
SHEETS = (
    (
        "Recommendations",
        "one row for each body's answer, with its honest label.",
        (
            *KEY,
            text("kind", "Kind"),
            text("themes", "Themes"),
            dated("made_on", "Made on"),
            text("label", "How it stands"),
            text("response", "Response"),
            text("delivery", "Delivery claimed"),
            text("assurance", "Assurance"),
            text("closed", "Closing"),
            dated("response_due_on", "Response due on"),
            dated("original_due_on", "Original date"),
            dated("due_on", "Latest date"),
            number("slips", "Times put back"),
            dated("claimed_on", "Claimed complete on"),
            dated("shown_on", "Effect shown on"),
            number("days", "Days from claim to effect, or so far"),
        ),
        _answers,
    ),
    (
        "Actions",
        "the plans, one row an action; this table can be taken in again.",
        (
            *KEY,
            text("action", "Action"),
            text("owner_role", "Responsible role"),
            dated("starts_on", "Starts on"),
            dated("original_due_on", "Date", "The original one, which never changes."),
            dated("due_on", "Latest date"),
            number("slips", "Times put back"),
            dated("done_on", "Done on"),
            text("theme", "Theme"),
            text("indicator", "Indicator"),
            text("by_how_much", "By how much"),
            text("progress", "Progress"),
        ),
        _actions,
    ),
    (
        "Notes",
        "what was written about actions: progress, and what stands in the way.",
        (
            *KEY,
            text("about", "On the action"),
            text("kind", "Kind"),
            text("text", "Note"),
            dated("at", "Noted on"),
            text("author", "Noted by"),
        ),
        _notes,
    ),
    (
        "Evidence",
        "what was put forward, on the ladder E0 to E4; no document is in it.",
        (
            *KEY,
            text("rung", "Kind of evidence"),
            text("description", "What it is"),
            dated("dated_on", "Its date"),
            text("gathered_by", "Gathered by"),
            text("pointer", "Where it is"),
            number("files", "Documents attached"),
            dated("submitted_on", "Put forward on"),
            text("author", "Put forward by"),
        ),
        _evidence,
    ),
    (
        "History",
        "every change of status, and by whom.",
        (
            *KEY,
            text("axis", "Question"),
            text("before", "Before"),
            text("after", "After"),
            dated("on", "On"),
            text("by", "By"),
            text("reason", "Reason"),
            dated("due_on", "Date promised"),
        ),
        _history,
    ),
)
"""The sheets of the workbook: name, what it holds, columns, and what makes its rows."""
