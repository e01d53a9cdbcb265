"""A draft in this browser: which version it was opened at, and which one a save starts from.

The widgets of a draft are named for the version at which it was opened, so that two cases,
or two versions of one, never mix their text. What somebody has typed and not saved stays
as it is when the case is saved elsewhere; then the save is refused and shows both texts.
"""

from dataclasses import dataclass, replace

import streamlit as st

from data_model.forms import CaseForm, checked
from inspect_app.errors import Conflict, Refusal
from inspect_app.services import cases
from inspect_app.services.cases import CaseValue
from inspect_app.signed_in import SignedIn


@dataclass(frozen=True)
class Draft:
    """`mark` names the widgets, `base` is the version a save starts from."""

    mark: str
    base: int
    unsaved: bool = False
    said: str = ""


def of(case: CaseValue) -> Draft:
    """Return this browser's draft of a case; a new one where nothing unsaved stands in the way."""
    held = st.session_state.get(_key(case.id))
    if isinstance(held, Draft) and (held.unsaved or held.base == case.version):
        return held
    return _keep(case.id, Draft(f"{case.version}", case.version))


def compare(case: CaseValue, typed: dict[str, object]) -> Draft:
    """Note whether what is typed differs from what is kept, and return the draft."""
    held = of(case)
    try:
        unsaved = checked(CaseForm, typed) != case.form
    except Refusal:
        unsaved = True
    return _keep(case.id, replace(held, unsaved=unsaved, said="" if unsaved else held.said))


def save(case: CaseValue, typed: dict[str, object], *, by: SignedIn) -> int:
    """Save what is typed and return the new version.

    After a conflict, of which the person sees both texts, the next save is theirs to make.
    """
    held = of(case)
    try:
        version = cases.save(case.id, held.base, checked(CaseForm, typed), by=by)
    except Conflict as conflict:
        _keep(case.id, replace(held, base=int(str(conflict.facts["version"]))))
        raise
    _keep(case.id, replace(held, base=version, unsaved=False, said="Draft saved."))
    return version


def drop(case: CaseValue) -> None:
    """Forget what is typed and not saved: the widgets start again from what is kept."""
    held = of(case)
    _keep(case.id, Draft(f"{held.mark}.{case.version}", case.version))


def _keep(case: int, draft: Draft) -> Draft:
    st.session_state[_key(case)] = draft
    return draft


def _key(case: int) -> str:
    return f"draft-{case}"
