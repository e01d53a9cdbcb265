"""Nothing typed is lost: what a reader has typed and not saved is kept beside the case.

Each field is kept by itself, against the text its writer last saw there. If another tab or
person has put something else there since, nothing is overwritten and both texts come back.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from data_model.forms import CaseForm, checked
from data_model.forms.cases import LONGEST_TEXT
from data_model.records import Inspection, WorkingCopy
from inspect_app.errors import Refusal
from inspect_app.services.case_access import reading_form, writable
from inspect_app.services.case_tree import check_path, overlaid, same, sent_from, tree_of, value_at
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
    case_id: int,
    changes: Mapping[str, tuple[Any, Any]],
    *,
    by: SignedIn,
    together: Collection[tuple[str, ...]] = (),
) -> dict[str, Kept]:
    """Keep several fields at once, each from what was seen to what is typed.

    Fields that stand `together` say one thing: a clash in one is a clash in all of them.
    """
    for path, (_seen, value) in changes.items():
        _check_length(path, value)
    with by.recording() as session:
        case = writable(session, case_id, by)
        typed = dict(typed_in(session, case.id, by.person))
        form = reading_form(case, by.person)
        said = tree_of(form)
        held = session.get_one(Inspection, case.inspection)
        themes = {entry.theme for entry in held.themes}
        here = overlaid(form, typed)
        for path in changes:
            check_path(path, themes)
        clashing = {
            path
            for path, (seen, value) in changes.items()
            if not (same(value_at(here, path), seen) or same(value_at(here, path), value))
        }
        clashing |= {path for group in together if clashing & set(group) for path in group}
        kept: dict[str, Kept] = {}
        for path, (_seen, value) in changes.items():
            clash = path in clashing
            kept[path] = Kept(value_at(here, path) if clash else value, by.clock(), clash)
            if not clash:
                _put(typed, path, value, value_at(said, path))
        hold(session, case.id, typed, by)
        return kept


def _check_length(path: str, value: Any) -> None:
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise Refusal(
            f"The text is too long: {len(value):,} characters.",
            f"One field holds {LONGEST_TEXT:,}. Shorten it, or say part of it in another field.",
            field=path,
        )


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
            found = _faults(sent, wrong, fitting)
        problems |= found
        fitting = {path: value for path, value in fitting.items() if path not in found}


def _faults(sent: Mapping[str, Any], wrong: ValidationError, typed: Typed) -> dict[str, str]:
    """Return the typed fields that do not fit, each with why; a contradiction goes as a whole."""
    found: dict[str, str] = {}
    for error, said in zip(wrong.errors(), _said_of(sent), strict=True):
        path = _path(sent, list(error["loc"]))
        partner = TOGETHER.get(path, "")
        while path and not _typed_under(path, typed) and partner not in typed:
            path = path.rpartition(".")[0]
        found |= dict.fromkeys(_typed_under(path, typed) | ({partner} & set(typed)), said)
    return found or dict.fromkeys(typed, " ".join(_said_of(sent)))


def _said_of(sent: Mapping[str, Any]) -> list[str]:
    """Return in words each thing that is wrong with a form."""
    try:
        checked(CaseForm, sent)
    except Refusal as refusal:
        return [str(said) for said in refusal.facts["problems"]]  # type: ignore[attr-defined]
    return []


def _typed_under(path: str, typed: Typed) -> set[str]:
    return {held for held in typed if held == path or held.startswith(f"{path}.")}


def _path(sent: Mapping[str, Any], place: list[str | int]) -> str:
    """Return the path of a field that pydantic names by its place in what was sent."""
    if place[:1] == ["findings"] and len(place) > 1:
        place = [sent["findings"][place[1]]["theme"], *place[2:]]
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
