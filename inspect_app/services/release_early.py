"""Who may see a release early: named people, from its opening until 9.30 on its day."""

import io
import tempfile
import zipfile
from collections.abc import Collection
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from data_model.records import Person, Release, ReleaseEarlyReader
from data_model.vocabulary import ReleaseStatus
from inspect_app.access import Permission
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.publishing.folder import write
from inspect_app.services import trail
from inspect_app.services.release_overlap import check_not_overtaken
from inspect_app.services.release_store import (
    PUBLIC,
    check_version,
    find,
    is_time,
    mark_of,
    may_see_early,
    moment,
    move,
    references,
    subject,
    thaw,
)
from inspect_app.services.release_values import checklist, clear, on_shelf, place_of
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Need


def plan(
    release_id: int,
    publish_on: date | None,
    people: Collection[str] = (),
    version: int | None = None,
    *,
    by: SignedIn,
) -> None:
    """Say on which day a release is published, and who may see it before.

    The people named take the place of those named before. Raises Refusal for a moment that has
    passed, NotFound for somebody unknown.
    """
    by.need(Permission.MAKE_RELEASES)
    with by.recording() as session:
        held = find(session, release_id, by)
        check_version(held, version)
        _check_plan(session, held, publish_on, people, by)
        before = {"publish_on": held.publish_on, "people": _codes(held)}
        held.publish_on = publish_on
        _name(held, people, by)
        after = {"publish_on": publish_on, "people": _codes(held)}
        trail.note(session, by, "release.planned", subject(held), before=before, after=after)


def _codes(held: Release) -> list[str]:
    return sorted(each.person for each in held.early_readers)


def _name(held: Release, people: Collection[str], by: SignedIn) -> None:
    held.early_readers = [
        *(each for each in held.early_readers if each.person in set(people)),
        *(
            ReleaseEarlyReader(person=code, named_at=by.clock(), named_by=by.person)
            for code in sorted(set(people) - set(_codes(held)))
        ),
    ]


def _check_plan(
    session: Session,
    held: Release,
    publish_on: date | None,
    people: Collection[str],
    by: SignedIn,
) -> None:
    if held.status in PUBLIC:
        raise Refusal(
            f"{subject(held).capitalize()} is {held.status.english.lower()}.",
            "Its day and its early readers are settled.",
        )
    if publish_on and moment(publish_on) <= by.clock():
        raise Refusal(
            f"9.30 on {publish_on} has passed.", "Give a day whose half past nine is still to come."
        )
    if people and publish_on is None:
        raise Refusal(
            "People are named and no day is given.",
            "Give the day: what they may see early ends at 9.30 on it.",
        )
    unknown = sorted(code for code in people if session.get(Person, code) is None)
    if unknown:
        raise NotFound(f"There is no person {unknown[0]!r}.", "Choose people from the list.")


def open_early(release_id: int, version: int | None = None, *, by: SignedIn) -> None:
    """Open an approved release to the people who were named for it, until 9.30 on its day."""
    by.need(Permission.MAKE_RELEASES)
    with by.recording() as session:
        held = find(session, release_id, by)
        check_version(held, version)
        check_not_overtaken(session, held)
        still = held.publish_on is not None and not is_time(held, by)
        named = {Need.NAMED} if still and held.early_readers else set[Need]()
        met = clear(checklist(session, held, thaw(held), by))
        people = {"people": _codes(held), "publish_on": held.publish_on}
        move(session, held, ReleaseStatus.PRE_RELEASE, by, *met, *named, after=people)


def draft_site(release_id: int, *, by: SignedIn) -> bytes:
    """Return the site of an unpublished release as a ZIP file; each opening goes on the trail.

    For those who check releases, and for those named for this one until their time is up.
    """
    with by.recording() as session:
        held = _to_open(session, release_id, by)
        trail.note(session, by, "release.seen_early", subject(held), after={"by": by.person})
        said, mark, forbidden = thaw(held), mark_of(session, held), references(session)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "draft"
        write(said, mark, place, forbidden)
        return zipped(place, f"draft-{release_id}")


def _to_open(session: Session, release_id: int, by: SignedIn) -> Release:
    held = session.get(Release, release_id)
    if held is not None and held.status not in PUBLIC:
        if by.may(Permission.CHECK_RELEASES) or may_see_early(held, by):
            return held
        if by.person in {each.person for each in held.early_readers}:
            raise NotAllowed(
                f"{subject(held).capitalize()} is not open to you at this moment.",
                "Early access begins when the publisher opens it and ends at 9.30 on its day.",
            )
    raise NotFound(
        f"There is no release {release_id} that you may see before it is published.",
        "The publisher names who may.",
    )


def archive(number: int, *, by: SignedIn) -> bytes:
    """Return a published release as a ZIP file; raises NotFound where its files are not kept."""
    by.need(Permission.READ_RELEASES)
    if not on_shelf(by, number):
        raise NotFound(
            f"The files of release {number} are not on the shelf.",
            "A publisher brings the shelf up to date; what was withdrawn has no files.",
        )
    return zipped(place_of(by, number), f"release-{number:04d}")


def zipped(place: Path, name: str) -> bytes:
    """Return a folder as a ZIP file, under a name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for file in sorted(path for path in place.rglob("*") if path.is_file()):
            bundle.write(file, f"{name}/{file.relative_to(place).as_posix()}")
    return packed.getvalue()
