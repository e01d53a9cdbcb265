"""The last look at a file that somebody takes away: no reference to a case may stand in it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import CaseFile
from data_model.sight import Task, widened
from inspect_app.errors import Refusal
from inspect_app.publishing.guard import refuse_references


def references(session: Session) -> frozenset[str]:
    """Return the reference of every case, which is for its readers alone."""
    with widened(session, Task.GUARDING):
        return frozenset(session.scalars(select(CaseFile.reference).distinct()))


def refuse_cases(said: Mapping[str, str], references: frozenset[str]) -> None:
    """Raise Refusal where a text, by what it is a text of, holds a case's reference."""
    try:
        refuse_references({what: each.encode() for what, each in said.items()}, references)
    except Refusal as refused:
        raise Refusal(
            f"It was not written: {refused.facts['file']} would hold the reference of a child's "
            "case.",
            "Take the reference out of the action, note, answer, decision or evidence that holds "
            "it, and try again.",
        ) from None
