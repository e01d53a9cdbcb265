"""Releases as they are listed and looked at: where each stands and what stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Organisation, Person, Release
from data_model.vocabulary import ChangeKind, ReleaseStatus
from inspect_app.access import Permission
from inspect_app.publishing.content import FileChange, ReleaseContent
from inspect_app.publishing.manifest import MANIFEST
from inspect_app.publishing.shelf_entries import RELEASES
from inspect_app.services.reference import body_name, person_name
from inspect_app.services.release import has_moved, withheld
from inspect_app.services.release_checks import Item, Outstanding, look
from inspect_app.services.release_store import (
    find,
    is_time,
    mark_of,
    may_see_early,
    sees,
    thaw,
)
from inspect_app.services.release_writers import parts
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis, Move, Need, Part, barred, next_moves


@dataclass(frozen=True)
class ReleaseLine:
    """A release in the list; `number` is None until it is published."""

    id: int
    version: int
    number: int | None
    status: ReleaseStatus
    scope: str
    content_hash: str
    inspections: int
    areas: int
    drawn_at: datetime
    drawn_by: str
    made_at: datetime | None
    made_by: str | None
    approved_by: str | None
    publish_on: date | None
    due: bool
    corrects: int | None
    corrected_by: int | None
    change_kind: ChangeKind | None
    why: str | None
    withdrawn_why: str | None
    kept: bool
    open_early: bool


@dataclass(frozen=True)
class Warned:
    """Something outstanding under an item; a warning may be acknowledged with a reason."""

    outstanding: Outstanding
    reason: str | None
    acknowledged_by: str | None


@dataclass(frozen=True)
class CheckedItem:
    """An item of the checklist with what is outstanding under it."""

    item: Item
    found: tuple[Warned, ...]

    @property
    def settled(self) -> bool:
        """Whether nothing of it stands in the way."""
        return not self.found or (
            not self.item.blocks and all(each.reason is not None for each in self.found)
        )


@dataclass(frozen=True)
class EarlyName:
    """Somebody who may see a release before it is published."""

    person: str
    name: str
    organisation: str


@dataclass(frozen=True)
class ReleaseView:
    """One unpublished release as those who check it see it.

    `moved` says that it would say something else if drawn up again, `barred` why this person
    may not approve it, and `moves` what they may do next.
    """

    line: ReleaseLine
    inspections: tuple[str, ...]
    withheld: int
    moved: bool
    checklist: tuple[CheckedItem, ...]
    early_readers: tuple[EarlyName, ...]
    changes: tuple[FileChange, ...]
    barred: str | None
    moves: tuple[Move, ...]


def listed(*, by: SignedIn) -> tuple[ReleaseLine, ...]:
    """Return the releases in the person's sight: unpublished ones first, then newest first."""
    by.need(Permission.READ_RELEASES)
    with by.reading() as session:
        held = [each for each in session.scalars(select(Release)) if sees(each, by)]
        ordered = sorted(held, key=lambda r: (r.number is not None, -(r.number or 0), -r.id))
        numbers = {each.id: each.number for each in held}
        replaced = {each.corrects: each.number for each in held if each.corrects and each.number}
        return tuple(_line(session, each, numbers, replaced, by) for each in ordered)


def _line(
    session: Session,
    held: Release,
    numbers: Mapping[int, int | None],
    replaced: Mapping[int, int],
    by: SignedIn,
) -> ReleaseLine:
    def name(code: str | None) -> str | None:
        return person_name(session, code) if code else None

    return ReleaseLine(
        id=held.id,
        version=held.version,
        number=held.number,
        status=held.status,
        scope=held.scope,
        content_hash=held.content_hash,
        inspections=held.inspections,
        areas=held.areas,
        drawn_at=held.drawn_at,
        drawn_by=person_name(session, held.drawn_by),
        made_at=held.made_at,
        made_by=name(held.made_by),
        approved_by=name(held.approved_by),
        publish_on=held.publish_on,
        due=is_time(held, by),
        corrects=numbers.get(held.corrects) if held.corrects else None,
        corrected_by=replaced.get(held.id),
        change_kind=held.change_kind,
        why=held.why,
        withdrawn_why=held.withdrawn_why,
        kept=bool(held.number) and on_shelf(by, held.number or 0),
        open_early=may_see_early(held, by),
    )


def place_of(by: SignedIn, number: int) -> Path:
    """Return where the files of a published release stand on the shelf."""
    return by.database.shelf / RELEASES / f"{number:04d}"


def on_shelf(by: SignedIn, number: int) -> bool:
    """Whether the files of a release stand on the shelf, and not a tombstone."""
    return (place_of(by, number) / MANIFEST).is_file()


def view(release_id: int, *, by: SignedIn) -> ReleaseView:
    """Return one release that is not published yet, for those who check it."""
    by.need(Permission.CHECK_RELEASES)
    with by.reading() as session:
        held = find(session, release_id, by)
        said = thaw(held)
        numbers = {r.id: r.number for r in session.scalars(select(Release))}
        return ReleaseView(
            line=_line(session, held, numbers, {}, by),
            inspections=tuple(each.code for each in said.inspections),
            withheld=withheld(said),
            moved=has_moved(session, held, by),
            checklist=checklist(session, held, said, by),
            early_readers=_early(session, held),
            changes=mark_of(session, held).changes,
            barred=barred(Part.SECOND_APPROVER, parts(session, held, said, by.person)),
            moves=tuple(
                each
                for each in next_moves(Axis.RELEASE, held.status)
                if by.may(each.who) and not each.follows
            ),
        )


def checklist(
    session: Session, held: Release, said: ReleaseContent, by: SignedIn
) -> tuple[CheckedItem, ...]:
    """Return the checklist of a release with what was acknowledged."""
    known = {(each.item, each.warning): each for each in held.acknowledged}

    def warned(item: Item, found: Outstanding) -> Warned:
        seen = known.get((item.code, found.key))
        who = person_name(session, seen.acknowledged_by) if seen else None
        return Warned(found, seen.reason if seen else None, who)

    return tuple(
        CheckedItem(each.item, tuple(warned(each.item, found) for found in each.outstanding))
        for each in look(session, said, by)
    )


def clear(items: tuple[CheckedItem, ...]) -> frozenset[Need]:
    """Return which needs of a move a checklist meets."""
    blocks = any(not each.settled for each in items if each.item.blocks)
    open_warnings = any(not each.settled for each in items if not each.item.blocks)
    met = [(Need.NOTHING_BLOCKS, blocks), (Need.ACKNOWLEDGED, open_warnings)]
    return frozenset(need for need, lacking in met if not lacking)


def in_the_way(items: tuple[CheckedItem, ...]) -> str:
    """Return in words what stands in the way, item by item."""
    open_items = [each for each in items if not each.settled]
    return "; ".join(f"{each.item.code.english}: {len(each.found)}" for each in open_items)


def _early(session: Session, held: Release) -> tuple[EarlyName, ...]:
    people = [session.get_one(Person, each.person) for each in held.early_readers]
    return tuple(
        EarlyName(
            person.code,
            person.name,
            body_name(session.get_one(Organisation, person.organisation)),
        )
        for person in people
    )
