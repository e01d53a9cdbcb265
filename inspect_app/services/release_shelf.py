"""The shelf of published releases: brought up to date from the records, held against the trail."""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import AuditEvent, Release
from data_model.records.trail import BEGINNING
from data_model.sight import Task
from data_model.vocabulary import ReleaseStatus
from inspect_app.access import Permission
from inspect_app.errors import Refusal
from inspect_app.publishing import shelf
from inspect_app.publishing.shelf import Due
from inspect_app.publishing.shelf_entries import Entry, Withdrawal, read_entries
from inspect_app.services.release_store import mark_of, references, thaw
from inspect_app.services.trail import first_broken
from inspect_app.signed_in import SignedIn

Say = Callable[[str], None]


def bring(*, by: SignedIn, say: Say = lambda _: None) -> tuple[Entry, ...]:
    """Bring the shelf up to date with what was published, and return what stands on it."""
    by.need(Permission.MAKE_RELEASES)
    with by.reading() as session:
        due = [_due(session, held) for held in _published(session)]
        return shelf.bring(by.database.shelf, due, references(session), say)


def behind(*, by: SignedIn) -> bool:
    """Whether something was published or withdrawn that the shelf does not show yet."""
    by.need(Permission.READ_RELEASES)
    with by.reading() as session:
        recorded = {held.number: held.status for held in _published(session)}
    shown = {each.number: each.status for each in read_entries(by.database.shelf)}
    return recorded != shown


def _published(session: Session) -> Sequence[Release]:
    """Return the releases whose content is kept; what was made before that is not on the shelf."""
    numbered = select(Release).where(Release.number.is_not(None), Release.content.is_not(None))
    return session.scalars(numbered.order_by(Release.number)).all()


def _due(session: Session, held: Release) -> Due:
    withdrawn = held.withdrawn_at and Withdrawal(
        held.withdrawn_at.date(), held.withdrawn_why or "", held.withdrawn_why_welsh
    )
    return Due(
        held.number or 0, lambda: mark_of(session, held), lambda: thaw(held), withdrawn or None
    )


def against_trail(entries: Sequence[Entry], *, by: SignedIn) -> int:
    """Hold releases against the records and their trail; return how many heads were found.

    Raises Refusal where the trail does not hold, or lacks the head that a release prints, and
    where a release is not the one that was recorded or stands otherwise.
    """
    by.need(Permission.READ_RELEASES)
    with by.reading(Task.CHAINING) as session:
        hashes = {BEGINNING, *session.scalars(select(AuditEvent.hash))}
        recorded = {held.number: held for held in _published(session)}
        for entry in entries:
            _compare(entry, recorded.get(entry.number), hashes)
        broken = first_broken(session)
        if broken is not None:
            raise _differs(f"The trail is broken at event {broken}.")
        return len(entries)


def all_there(entries: Sequence[Entry], *, by: SignedIn) -> None:
    """Raise Refusal where a release was recorded as published and is not on the shelf."""
    with by.reading() as session:
        recorded = {held.number or 0 for held in _published(session)}
    missing = sorted(recorded - {entry.number for entry in entries})
    if missing:
        raise _differs(f"Release {missing[0]} is not on the shelf.")


def _compare(entry: Entry, held: Release | None, hashes: set[str]) -> None:
    if held is None:
        raise _differs(f"Release {entry.number} is not in the database.")
    if held.content_hash != entry.content_hash or held.trail_head != entry.trail_head:
        raise _differs(f"Release {entry.number} is not the one that was recorded.")
    if entry.trail_head not in hashes:
        raise _differs(f"The trail lacks the head that release {entry.number} prints.")
    withdrawn = ReleaseStatus.WITHDRAWN in {held.status, entry.status}
    if withdrawn and held.status is not entry.status:
        raise _differs(
            f"Release {entry.number} is {entry.status.english.lower()} on the shelf and "
            f"{held.status.english.lower()} in the database."
        )


def _differs(summary: str) -> Refusal:
    return Refusal(summary, "Ask whoever keeps the database which of the two is to be believed.")
