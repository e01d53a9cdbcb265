"""A release as it is kept: its content frozen, its mark, and how it is found and moved."""

import zlib
from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model.records import CaseFile, Organisation, Person, Release
from data_model.trail_check import MADE
from data_model.vocabulary import ReleaseStatus
from inspect_app.access import Permission
from inspect_app.errors import Conflict, NotFound
from inspect_app.publishing.changes import changes
from inspect_app.publishing.content import EarlyReader, FileChange, ReleaseContent, ReleaseMark
from inspect_app.publishing.guard import refuse_references
from inspect_app.publishing.release_json import PATH, canonical, from_canonical
from inspect_app.services import trail
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis, Need, Offer, check_move

RELEASE_TIME = time(9, 30)
LONDON = ZoneInfo("Europe/London")
"""Official statistics are published at 9.30 (Code of Practice for Statistics 3.0)."""

PUBLIC = frozenset({ReleaseStatus.PUBLISHED, ReleaseStatus.CORRECTED, ReleaseStatus.WITHDRAWN})
STAMPS = {
    ReleaseStatus.SECOND_APPROVER: "sent",
    ReleaseStatus.APPROVED: "approved",
    ReleaseStatus.PRE_RELEASE: "opened",
    ReleaseStatus.PUBLISHED: "made",
    ReleaseStatus.WITHDRAWN: "withdrawn",
}
UNDONE = ("sent", "approved")
"""What is no longer so once a release goes back; who was let in early has seen it all the same."""


def freeze(held: Release, content: ReleaseContent, session: Session) -> None:
    """Keep what a release says; refuses the reference of any child's case."""
    plain = canonical(content)
    refuse_references({PATH: plain}, references(session))
    held.content = zlib.compress(plain, 9)
    held.inspections, held.areas = len(content.inspections), len(content.areas)


def references(session: Session) -> frozenset[str]:
    """Return every case reference: none may be in a release."""
    return frozenset(session.scalars(select(CaseFile.reference)))


def thaw(held: Release) -> ReleaseContent:
    """Return what a release says; raises NotFound for one made before contents were kept."""
    if held.content is None:
        raise NotFound(
            f"What {subject(held)} says is not kept here.",
            "It was made by an earlier version of this program; its files are where it put them.",
        )
    return from_canonical(zlib.decompress(held.content))


def subject(held: Release) -> str:
    """Return how the trail and refusals name a release."""
    return f"release {held.number}" if held.number else f"draft release {held.id}"


def find(session: Session, release_id: int, by: SignedIn) -> Release:
    """Return one release; raises NotFound where there is none that the person may see."""
    held = session.get(Release, release_id)
    if held is None or not sees(held, by):
        raise NotFound(
            f"There is no release {release_id} that you may see.", "Choose one from the list."
        )
    return held


def sees(held: Release, by: SignedIn) -> bool:
    """Whether a release is in sight: what was published, everybody's; a draft, its checkers'."""
    if held.status in PUBLIC:
        return by.may(Permission.READ_RELEASES)
    return by.may(Permission.CHECK_RELEASES) or may_see_early(held, by)


def may_see_early(held: Release, by: SignedIn) -> bool:
    """Whether the person was named, the release is open to those named, and its time is not up."""
    named = by.person in {each.person for each in held.early_readers}
    return named and held.status is ReleaseStatus.PRE_RELEASE and not is_time(held, by)


def moment(on: date) -> datetime:
    """Return the moment of a day at which a release may be published: 9.30 in London."""
    return datetime.combine(on, RELEASE_TIME, LONDON)


def is_time(held: Release, by: SignedIn) -> bool:
    """Whether a release's moment has come; one without a day may be published at once."""
    return held.publish_on is None or by.clock() >= moment(held.publish_on)


def check_version(held: Release, version: int | None) -> None:
    """Raise Conflict where somebody else changed the release since the person looked."""
    if version is not None and version != held.version:
        raise Conflict(
            f"Somebody else changed {subject(held)} since you looked at it.",
            "Nothing was changed. Look at it again.",
            version=held.version,
        )


def move(
    session: Session,
    held: Release,
    to: ReleaseStatus,
    by: SignedIn,
    *met: Need,
    reason: str | None = None,
    after: Mapping[str, object] | None = None,
    thing: str | None = None,
) -> None:
    """Make a move that the workflow allows, on the record; raises Refusal saying what it needs."""
    before = held.status
    offer = Offer(reason=reason, met=frozenset(met))
    made = check_move(Axis.RELEASE, before, to, offer, thing=thing or subject(held).capitalize())
    by.need(made.who)
    held.status = to
    _stamp(held, to, by)
    trail.note(
        session,
        by,
        MADE if to is ReleaseStatus.PUBLISHED else f"release.{to}",
        subject(held),
        before={"status": before},
        after={"status": to, **(after or {})},
        reason=reason,
    )


def _stamp(held: Release, to: ReleaseStatus, by: SignedIn) -> None:
    if to in {ReleaseStatus.DRAFT, ReleaseStatus.CHECKS}:
        for name in UNDONE:
            setattr(held, f"{name}_at", None)
            setattr(held, f"{name}_by", None)
    elif to in STAMPS:
        setattr(held, f"{STAMPS[to]}_at", by.clock())
        setattr(held, f"{STAMPS[to]}_by", by.person)


def next_number(session: Session) -> int:
    """Return the number that the next published release gets."""
    return (session.scalar(select(func.max(Release.number))) or 0) + 1


def last_published(session: Session) -> Release | None:
    """Return the release with the highest number."""
    numbered = select(Release).where(Release.number.is_not(None))
    return session.scalars(numbered.order_by(Release.number.desc()).limit(1)).first()


def mark_of(session: Session, held: Release) -> ReleaseMark:
    """Return the mark of a release: its own if it was published, else that of a draft copy."""
    last = last_published(session)
    corrected = session.get(Release, held.corrects) if held.corrects else None
    made_on = (held.made_at or held.drawn_at).date()
    approved = held.approved_at if held.number else None
    before = held.previous_hash if held.number else last.content_hash if last else None
    return ReleaseMark(
        number=held.number or next_number(session),
        made_on=made_on,
        content_hash=held.content_hash,
        trail_head=held.trail_head,
        previous_hash=before,
        corrects=corrected.number if corrected else None,
        correction=held.why,
        correction_welsh=held.why_welsh,
        change_kind=held.change_kind,
        changes=_changes(corrected, held),
        covers=held.scope,
        draft=held.number is None,
        approved_on=approved.date() if approved else None,
        early_readers=_early(session, held) if held.opened_at else (),
    )


def _changes(corrected: Release | None, held: Release) -> tuple[FileChange, ...]:
    """Return what changed since the release that is corrected, if what that said is kept."""
    if corrected is None or corrected.content is None:
        return ()
    return changes(thaw(corrected), thaw(held))


def _early(session: Session, held: Release) -> tuple[EarlyReader, ...]:
    people = [session.get_one(Person, each.person) for each in held.early_readers]
    return tuple(
        EarlyReader(person.name, session.get_one(Organisation, person.organisation).name)
        for person in sorted(people, key=lambda person: person.name)
    )
