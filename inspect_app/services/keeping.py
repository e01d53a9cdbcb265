"""Nothing typed is lost: what a reader has typed and not saved is kept beside the case.

Each field is kept by itself, against the text its writer last saw there. If another tab or
person has put something else there since, nothing is overwritten and both texts come back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from data_model.forms import CaseForm, checked
from data_model.records import WorkingCopy
from inspect_app.errors import Refusal
from inspect_app.services.case_access import reading_form, writable
from inspect_app.services.case_tree import overlaid, same, sent_from, tree_of, value_at
from inspect_app.signed_in import SignedIn

Typed = Mapping[str, Any]
TOGETHER = {"practice_to": "practice_from"}
"""A field whose fault may lie in another: both are kept apart until they fit."""


@dataclass(frozen=True)
class Kept:
    """What stands in a field on the server; `clash` when it is not what was sent."""

    value: Any
    at: datetime
    clash: bool = False


@dataclass(frozen=True)
class Settled:
    """A case with what is typed in it as far as it fits, and why the rest does not."""

    form: CaseForm
    problems: Mapping[str, str]


def keep(case_id: int, path: str, value: Any, seen: Any, *, by: SignedIn) -> Kept:
    """Keep what is typed in one field, named as in `case_tree`.

    `value` and `seen` are as JSON has them; `seen` is what the writer last knew to be there.
    """
    return keep_all(case_id, {path: (seen, value)}, by=by)[path]


def keep_all(
    case_id: int, changes: Mapping[str, tuple[Any, Any]], *, by: SignedIn
) -> dict[str, Kept]:
    """Keep several fields at once, each from what was seen to what is typed."""
    with by.recording() as session:
        case = writable(session, case_id, by)
        typed = dict(typed_in(session, case.id, by.person))
        form = reading_form(case, by.person)
        said = tree_of(form)
        kept: dict[str, Kept] = {}
        for path, (seen, value) in changes.items():
            now = value_at(overlaid(form, typed), path)
            clash = not (same(now, seen) or same(now, value))
            kept[path] = Kept(now if clash else value, by.clock(), clash)
            if not clash:
                _put(typed, path, value, value_at(said, path))
        hold(session, case.id, typed, by)
        return kept


def _put(typed: dict[str, Any], path: str, value: Any, said: Any) -> None:
    """Only what differs from the case is kept beside it; a whole list goes over its lines."""
    for line in [held for held in typed if held.startswith(f"{path}.")]:
        del typed[line]
    within = any(path.startswith(f"{held}.") for held in typed)
    if same(value, said) and not within:
        typed.pop(path, None)
    else:
        typed[path] = value


def typed_in(session: Session, case_id: int, reader: str) -> Typed:
    """Return what a reader has typed in a case and not saved, by field."""
    copy = session.get(WorkingCopy, (case_id, reader))
    return copy.typed if copy else {}


def hold(session: Session, case_id: int, typed: Typed, by: SignedIn) -> None:
    """Keep what is typed beside a case; nothing typed leaves nothing behind."""
    copy = session.get(WorkingCopy, (case_id, by.person))
    if not typed:
        if copy is not None:
            session.delete(copy)
            session.flush()
        return
    if copy is None:
        copy = WorkingCopy(case_id=case_id, reader=by.person)
        session.add(copy)
    copy.typed, copy.kept_at, copy.kept_by = dict(typed), by.clock(), by.person


def settle(form: CaseForm, typed: Typed) -> Settled:
    """Put what is typed into a form as far as it fits; say of each other field why it does not."""
    fitting, problems = dict(typed), dict[str, str]()
    while True:
        sent = sent_from(overlaid(form, fitting))
        try:
            return Settled(CaseForm.model_validate(sent), problems)
        except ValidationError as wrong:
            bad = _at_fault(sent, wrong, fitting)
        said = _said_of(sent)
        problems |= dict.fromkeys(bad, said)
        fitting = {path: value for path, value in fitting.items() if path not in bad}


def _said_of(sent: Mapping[str, Any]) -> str:
    """Return in words what is wrong with a form."""
    try:
        checked(CaseForm, sent)
    except Refusal as refusal:
        return refusal.summary
    return ""


def _at_fault(sent: Mapping[str, Any], wrong: ValidationError, typed: Typed) -> set[str]:
    """Return the typed fields that do not fit; what contradicts itself goes as a whole."""
    found: set[str] = set()
    for error in wrong.errors():
        path = _path(sent, list(error["loc"]))
        while path and not _typed_under(path, typed):
            path = path.rpartition(".")[0]
        found |= _typed_under(path, typed) | ({TOGETHER.get(path, "")} & set(typed))
    return found or set(typed)


def _typed_under(path: str, typed: Typed) -> set[str]:
    return {held for held in typed if held == path or held.startswith(f"{path}.")}


def _path(sent: Mapping[str, Any], place: list[str | int]) -> str:
    """Return the path of a field that pydantic names by its place in what was sent."""
    if place[:1] == ["findings"] and len(place) > 1:
        place = [sent["findings"][place[1]]["theme"], *place[2:]]
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
