"""The steps of a release: checked, handed to a second person, approved, published, withdrawn."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Release, ReleaseAcknowledgement
from data_model.vocabulary import ChecklistItem, ReleaseStatus
from inspect_app.access import Permission
from inspect_app.errors import NotFound, Refusal
from inspect_app.publishing import shelf
from inspect_app.services import release_shelf, trail
from inspect_app.services.release import has_moved
from inspect_app.services.release_overlap import check_not_overtaken
from inspect_app.services.release_store import (
    PUBLIC,
    check_version,
    find,
    is_time,
    last_published,
    move,
    next_number,
    subject,
    thaw,
)
from inspect_app.services.release_values import CheckedItem, checklist, clear, in_the_way
from inspect_app.services.release_writers import parts
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Need, Part, keep_apart

Say = Callable[[str], None]


def start_checks(release_id: int, version: int | None = None, *, by: SignedIn) -> None:
    """Begin the checks of a draft that says what is recorded now."""
    by.need(Permission.MAKE_RELEASES)
    with by.recording() as session:
        held = _find(session, release_id, version, by)
        move(session, held, ReleaseStatus.CHECKS, by, *_current(session, held, by))


def hand_over(release_id: int, version: int | None = None, *, by: SignedIn) -> None:
    """Hand a checked draft to a second approver; nothing may stand in its way."""
    by.need(Permission.MAKE_RELEASES)
    with by.recording() as session:
        held = _find(session, release_id, version, by)
        _go(session, held, ReleaseStatus.SECOND_APPROVER, by, *_current(session, held, by))


def approve(release_id: int, version: int | None = None, *, by: SignedIn) -> None:
    """Approve a release: by somebody who neither drew it up nor wrote anything in it."""
    by.need(Permission.APPROVE_RELEASES)
    with by.recording() as session:
        held = _find(session, release_id, version, by)
        held_parts = parts(session, held, thaw(held), by.person)
        keep_apart(Part.SECOND_APPROVER, held_parts, "Somebody else with this role approves it.")
        _go(session, held, ReleaseStatus.APPROVED, by)


def send_back(release_id: int, reason: str, version: int | None = None, *, by: SignedIn) -> None:
    """Send a release back, with a reason: the approver to the draft, the publisher one step.

    A publisher takes back what waits for approval to the checks, and what is approved and not
    published to the draft.
    """
    by.need(Permission.CHECK_RELEASES)
    with by.recording() as session:
        held = _find(session, release_id, version, by)
        waits = held.status is ReleaseStatus.SECOND_APPROVER
        own = waits and not by.may(Permission.APPROVE_RELEASES)
        to = ReleaseStatus.CHECKS if own else ReleaseStatus.DRAFT
        move(session, held, to, by, reason=reason)


def acknowledge(
    release_id: int, item: ChecklistItem, key: str, reason: str, *, by: SignedIn
) -> None:
    """Acknowledge a warning of a release's checklist, with a reason; it holds for its words."""
    by.need(Permission.MAKE_RELEASES)
    if not reason.strip():
        raise Refusal("It is not said why the warning may stand.", "Say why, in a sentence.")
    with by.recording() as session:
        held = find(session, release_id, by)
        items = {each.item.code: each for each in checklist(session, held, thaw(held), by)}
        _check_warning(items[item].item.blocks, {w.outstanding.key for w in items[item].found}, key)
        known = {(each.item, each.warning): each for each in held.acknowledged}
        again = known.get((item, key))
        if again is not None:
            held.acknowledged.remove(again)
            session.flush()
        held.acknowledged.append(
            ReleaseAcknowledgement(
                item=item,
                warning=key,
                reason=reason.strip(),
                acknowledged_at=by.clock(),
                acknowledged_by=by.person,
            )
        )
        after = {"item": item, "warning": key}
        trail.note(session, by, "release.acknowledged", subject(held), after=after, reason=reason)


def _check_warning(blocks: bool, keys: set[str], key: str) -> None:  # noqa: FBT001
    if blocks:
        raise Refusal(
            "This item stops the release, so it cannot be acknowledged.",
            "Settle what stands in the way.",
        )
    if key not in keys:
        raise NotFound("There is no such warning now.", "Look at the checklist again.")


def publish(
    release_id: int,
    version: int | None = None,
    *,
    by: SignedIn,
    say: Say = lambda _: None,
) -> int:
    """Publish an approved release and bring the shelf up to date; return its number.

    First it is recorded, then its files are drawn; whatever is interrupted is finished by asking
    again. Nothing is recorded where the shelf cannot be written to.
    """
    by.need(Permission.MAKE_RELEASES)
    shelf.check(by.database.shelf)
    with by.recording() as session:
        held = find(session, release_id, by)
        if held.status not in PUBLIC:
            check_version(held, version)
            _publish(session, held, by)
        number = held.number or 0
    release_shelf.bring(by=by, say=say)
    return number


def _publish(session: Session, held: Release, by: SignedIn) -> None:
    """Give a release its number and its place in the chain, and record that it is published."""
    check_not_overtaken(session, held)
    items = checklist(session, held, thaw(held), by)
    last, number, head = last_published(session), next_number(session), trail.head(session)
    corrected = session.get(Release, held.corrects) if held.corrects else None
    thing = _named(held, items)
    met = {Need.ITS_TIME} if is_time(held, by) else set[Need]()
    said = {"number": number, "scope": held.scope, "content_hash": held.content_hash}
    with session.no_autoflush:
        held.number, held.trail_head = number, head
        held.previous_hash = last.content_hash if last else None
        to = ReleaseStatus.PUBLISHED
        move(session, held, to, by, *met, *clear(items), after=said, thing=thing)
    if corrected is not None:
        by_this = {"corrected_by": number}
        move(session, corrected, ReleaseStatus.CORRECTED, by, Need.REPLACED, after=by_this)


def withdraw(
    number: int,
    why: str,
    why_welsh: str | None = None,
    *,
    by: SignedIn,
    say: Say = lambda _: None,
) -> None:
    """Withdraw a published release: its files go, and a tombstone says when and why."""
    by.need(Permission.MAKE_RELEASES)
    shelf.check(by.database.shelf)
    with by.recording() as session:
        held = session.scalars(select(Release).where(Release.number == number)).first()
        if held is None:
            raise NotFound(f"There is no release {number}.", "Give the number of a release.")
        if held.status is not ReleaseStatus.WITHDRAWN:
            move(session, held, ReleaseStatus.WITHDRAWN, by, reason=why)
            held.withdrawn_why = why.strip()
            held.withdrawn_why_welsh = (why_welsh or "").strip() or None
    release_shelf.bring(by=by, say=say)


def _find(session: Session, release_id: int, version: int | None, by: SignedIn) -> Release:
    held = find(session, release_id, by)
    check_version(held, version)
    return held


def _current(session: Session, held: Release, by: SignedIn) -> frozenset[Need]:
    moved = has_moved(session, held, by)
    return frozenset[Need]() if moved else frozenset({Need.CURRENT})


def _go(session: Session, held: Release, to: ReleaseStatus, by: SignedIn, *met: Need) -> None:
    """Make a move that nothing on the checklist may stand in the way of."""
    check_not_overtaken(session, held)
    items = checklist(session, held, thaw(held), by)
    move(session, held, to, by, *met, *clear(items), thing=_named(held, items))


def _named(held: Release, items: tuple[CheckedItem, ...]) -> str:
    """Return how a refusal names a release: with what stands in its way."""
    way = in_the_way(items)
    return f"{subject(held).capitalize()}{f' ({way})' if way else ''}"
