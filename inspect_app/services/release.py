"""Releases: put one together, make it, list what was made; the same content is the same release."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import CaseFile, Inspection, Release
from data_model.vocabulary import Basis, InspectionStatus, Symbol
from inspect_app.access import Permission
from inspect_app.errors import NotFound, Refusal
from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.folder import write
from inspect_app.publishing.release_json import content_hash
from inspect_app.services import trail
from inspect_app.services.claims import check_answered
from inspect_app.services.inspection_values import in_sight, is_about
from inspect_app.services.reference import find_area, person_name
from inspect_app.services.release_content import build, pages
from inspect_app.services.return_figures import FROM_RETURN
from inspect_app.signed_in import SignedIn


@dataclass(frozen=True)
class Scope:
    """What a release covers: some inspections, one area, or everything where neither is given."""

    inspections: tuple[str, ...] = ()
    area: str | None = None


@dataclass(frozen=True)
class Made:
    """A release that was made, or made before with the very same content."""

    number: int
    made_on: date
    inspections: int
    areas: int
    new: bool


@dataclass(frozen=True)
class ReleaseLine:
    """A release in the list; `kept` says whether the product has its files."""

    number: int
    made_on: date
    made_by: str
    scope: str
    content_hash: str
    inspections: int
    areas: int
    kept: bool


@dataclass(frozen=True)
class Preview:
    """What a release would publish: inspections, texts by inspection or area, cells withheld."""

    inspections: tuple[str, ...]
    areas: int
    texts: tuple[tuple[str, str], ...]
    withheld: int


def content(session: Session, scope: Scope, by: SignedIn) -> ReleaseContent:
    """Return what a release of this scope says now.

    Raises NotFound for what is not there and Refusal for an inspection still being read, or with
    a claim that the evidence does not bear out and nobody has answered for.
    """
    ready = [held for held in in_sight(session, by) if _may_be_published(held)]
    if scope.inspections:
        held = [_chosen(session, code, ready) for code in dict.fromkeys(scope.inspections)]
        codes = {entry.area_code for inspection in held for entry in inspection.areas}
        named = ", ".join(sorted(i.code for i in held))
        check_answered(session, held, by)
        return build(session, f"inspection {named}", held, codes, national=False, by=by)
    if scope.area:
        area = find_area(session, scope.area)
        held = [inspection for inspection in ready if is_about(inspection, area)]
        check_answered(session, held, by)
        return build(session, f"area {area.code}", held, [area.code], national=False, by=by)
    check_answered(session, ready, by)
    return build(session, "all", ready, pages(session, ready), national=True, by=by)


def _may_be_published(held: Inspection) -> bool:
    return held.status is not InspectionStatus.READING


def _chosen(session: Session, code: str, ready: list[Inspection]) -> Inspection:
    found = next((held for held in ready if held.code == code), None)
    if found:
        return found
    held = session.get(Inspection, code)
    if held is None:
        raise NotFound(
            f"There is no inspection {code!r}.", "Check its code in the list of inspections."
        )
    raise Refusal(
        f"The cases of inspection {code} are still being read, so it cannot be released.",
        "Its lead inspector agrees the findings first; then its counts stand.",
        inspection=code,
    )


def preview(scope: Scope, *, by: SignedIn) -> Preview:
    """Return what a release would publish, for the publisher to read before making it."""
    by.need(Permission.MAKE_RELEASES)
    with by.reading() as session:
        planned = content(session, scope, by)
    return Preview(
        tuple(inspection.code for inspection in planned.inspections),
        len(planned.areas),
        tuple(_texts(planned)),
        _withheld(planned),
    )


def _texts(planned: ReleaseContent) -> Iterator[tuple[str, str]]:
    """Yield the texts that somebody wrote here and that would be published as they stand."""
    here = {i.code for i in planned.inspections if Basis.RECORDED_HERE in i.basis}
    for inspection in planned.inspections:
        written = (inspection.summary, inspection.note) if inspection.code in here else ()
        yield from ((inspection.code, text) for text in written if text)
    for held in planned.recommendations:
        if held.inspection in here:
            yield held.code, f"{held.title}. {held.text}"
    for area in planned.areas:
        noted = (x for x in area.figures if x.note and x.source.startswith(FROM_RETURN))
        yield from ((area.code, f"{x.title}, {x.period}: {x.note}") for x in noted)


def _withheld(planned: ReleaseContent) -> int:
    cells = [row.cases for inspection in planned.inspections for row in inspection.evidence]
    cells += [figure.numerator for area in planned.areas for figure in area.figures]
    return sum(cell is Symbol.WITHHELD for cell in cells)


def make(scope: Scope, out: Path, *, by: SignedIn) -> Made:
    """Write a release into a folder and record that it was made.

    Content that has not changed since the last release of its scope is that release again:
    the same number and date, and by the same program the same bytes. Nothing is recorded if
    it cannot be written.
    """
    by.need(Permission.MAKE_RELEASES)
    with by.reading() as session:
        planned = content(session, scope, by)
        references = frozenset(session.scalars(select(CaseFile.reference)))
        held = _same(session, planned)
    if held is not None:
        write(planned, _mark(held), out, forbidden=references)
        return _made(held, new=False)
    with by.recording() as session:
        held = _record(session, planned, by)
        write(planned, _mark(held), out, forbidden=references)
    return _made(held, new=True)


def _same(session: Session, planned: ReleaseContent) -> Release | None:
    """Return the newest release of this scope if it said the very same."""
    newest = session.scalars(
        select(Release).where(Release.scope == planned.scope).order_by(Release.number.desc())
    ).first()
    return newest if newest and newest.content_hash == content_hash(planned) else None


def _record(session: Session, planned: ReleaseContent, by: SignedIn) -> Release:
    last = session.scalars(select(Release).order_by(Release.number.desc()).limit(1)).first()
    held = Release(
        number=(last.number if last else 0) + 1,
        scope=planned.scope,
        content_hash=content_hash(planned),
        trail_head=trail.head(session),
        previous_hash=last.content_hash if last else None,
        inspections=len(planned.inspections),
        areas=len(planned.areas),
        made_at=by.clock(),
        made_by=by.person,
    )
    session.add(held)
    made = {"scope": held.scope, "content_hash": held.content_hash}
    trail.note(session, by, trail.MADE, f"release {held.number}", after=made)
    return held


def _mark(held: Release) -> ReleaseMark:
    return ReleaseMark(
        held.number,
        held.made_at.date(),
        held.content_hash,
        held.trail_head,
        held.previous_hash,
    )


def _made(held: Release, *, new: bool) -> Made:
    return Made(held.number, held.made_at.date(), held.inspections, held.areas, new)


def make_kept(scope: Scope, *, by: SignedIn) -> Made:
    """Make a release whose files the product keeps, for people to download."""
    by.database.releases.mkdir(parents=True, exist_ok=True)
    made = make(scope, by.database.releases / "latest", by=by)
    place = _place(by, made.number)
    latest = by.database.releases / "latest"
    if not place.exists():
        latest.rename(place)
    return made


def listed(*, by: SignedIn) -> list[ReleaseLine]:
    """Return the releases that were made, newest first."""
    by.need(Permission.READ_RELEASES)
    with by.reading() as session:
        held = session.scalars(select(Release).order_by(Release.number.desc())).all()
        return [
            ReleaseLine(
                r.number,
                r.made_at.date(),
                person_name(session, r.made_by),
                r.scope,
                r.content_hash,
                r.inspections,
                r.areas,
                _place(by, r.number).is_dir(),
            )
            for r in held
        ]


def archive(number: int, *, by: SignedIn) -> bytes:
    """Return a kept release as a ZIP file; raises NotFound where its files lie elsewhere."""
    by.need(Permission.READ_RELEASES)
    place = _place(by, number)
    if not place.is_dir():
        raise NotFound(
            f"The files of release {number} are not kept here.",
            "It was made on the command line; its files are in the folder given there.",
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for file in sorted(path for path in place.rglob("*") if path.is_file()):
            bundle.write(file, f"release-{number:04d}/{file.relative_to(place).as_posix()}")
    return packed.getvalue()


def _place(by: SignedIn, number: int) -> Path:
    return by.database.releases / f"{number:04d}"
