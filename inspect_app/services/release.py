"""Releases: put one together, freeze what it says, write it out, list what was published."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import AuditEvent, Inspection, Release
from data_model.sight import Task, widened
from data_model.vocabulary import ChangeKind, InspectionStatus, ReleaseStatus, Symbol
from inspect_app.access import Permission
from inspect_app.errors import NotFound, Refusal
from inspect_app.publishing.content import ReleaseContent
from inspect_app.publishing.folder import write
from inspect_app.publishing.release_json import content_hash
from inspect_app.services import people, trail
from inspect_app.services.inspection_values import in_sight, is_about
from inspect_app.services.reference import find_area
from inspect_app.services.release_content import build, pages, protection_report
from inspect_app.services.release_store import (
    check_version,
    find,
    freeze,
    mark_of,
    move,
    next_number,
    references,
    subject,
    thaw,
)
from inspect_app.services.release_texts import FreeText, texts
from inspect_app.signed_in import SignedIn
from metrics.disclosure import Report

ABOUT_RELEASES = ("release.", "text.")
"""How actions on the trail begin that change nothing a release is drawn from."""


@dataclass(frozen=True)
class Scope:
    """What a release covers: some inspections, one area, or everything where neither is given."""

    inspections: tuple[str, ...] = ()
    area: str | None = None


@dataclass(frozen=True)
class Correction:
    """Why a release takes the place of another: which number, of what kind, and why."""

    number: int
    kind: ChangeKind
    why: str
    why_welsh: str


@dataclass(frozen=True)
class Made:
    """A release written into a folder: a draft that nobody approved, or one that is published.

    The number and date of a draft are those it would get next, and `id` is what it is kept under.
    """

    id: int
    number: int
    made_at: datetime
    inspections: int
    areas: int
    new: bool
    draft: bool


@dataclass(frozen=True)
class Preview:
    """What a release would publish: inspections, areas, texts, and how many cells are withheld."""

    inspections: tuple[str, ...]
    areas: int
    texts: tuple[FreeText, ...]
    withheld: int


@dataclass(frozen=True)
class _Covered:
    """What a scope comes to: its name, inspections and areas, and whether it is everything."""

    name: str
    inspections: tuple[Inspection, ...]
    areas: tuple[str, ...]
    national: bool


def _covered(session: Session, scope: Scope, by: SignedIn) -> _Covered:
    ready = [held for held in in_sight(session, by) if _may_be_published(held)]
    if scope.inspections:
        held = [_chosen(session, code, ready) for code in dict.fromkeys(scope.inspections)]
        codes = {entry.area_code for inspection in held for entry in inspection.areas}
        named = ", ".join(sorted(i.code for i in held))
        return _Covered(f"inspection {named}", tuple(held), tuple(codes), national=False)
    if scope.area:
        area = find_area(session, scope.area)
        about = tuple(inspection for inspection in ready if is_about(inspection, area))
        return _Covered(f"area {area.code}", about, (area.code,), national=False)
    return _Covered("all", tuple(ready), tuple(pages(session, ready)), national=True)


def content(session: Session, scope: Scope, by: SignedIn) -> ReleaseContent:
    """Return what a release of this scope says at the person's moment.

    It is held against every release published before that moment. Raises NotFound for what is
    not there, and Refusal for an inspection still being read and where a withheld count could be
    worked out.
    """
    told = _covered(session, scope, by)
    earlier = tuple(earlier_contents(session, by.clock()))
    return build(
        session,
        told.name,
        told.inspections,
        told.areas,
        national=told.national,
        by=by,
        earlier=earlier,
    )


def protection(release_id: int, *, by: SignedIn) -> Report:
    """Return what a draft withholds as it would be drawn up now, why, and what that costs.

    For those who check releases: nothing of it is ever published.
    """
    by.need(Permission.CHECK_RELEASES)
    with by.reading() as session:
        held = find(session, release_id, by)
        publisher = replace(people.operator(by.database), clock=lambda: held.drawn_at)
        told = _covered(session, asked_of(held), publisher)
        return protection_report(
            session,
            told.name,
            told.inspections,
            told.areas,
            national=told.national,
            by=publisher,
            earlier=tuple(earlier_contents(session, held.drawn_at)),
        )


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


def _seen_by_publishers(
    session: Session, scope: Scope, at: datetime, by: SignedIn
) -> ReleaseContent:
    """Return what a release says as any publisher would draw it up at a moment."""
    return content(session, scope, replace(people.operator(by.database), clock=lambda: at))


def preview(scope: Scope, *, by: SignedIn) -> Preview:
    """Return what a release would publish, for the publisher to see before drawing it up."""
    by.need(Permission.MAKE_RELEASES)
    with by.reading() as session:
        planned = _seen_by_publishers(session, scope, by.clock(), by)
    codes = tuple(inspection.code for inspection in planned.inspections)
    return Preview(codes, len(planned.areas), texts(planned), withheld(planned))


def withheld(planned: ReleaseContent) -> int:
    """Return how many cells of evidence, recommendations and figures a release withholds."""
    cells = [row.cases for inspection in planned.inspections for row in inspection.evidence]
    cells += [why.cases for inspection in planned.inspections for why in inspection.not_graded]
    cells += [inspection.cases_available for inspection in planned.inspections]
    cells += [recommendation.findings for recommendation in planned.recommendations]
    cells += [figure.numerator for area in planned.areas for figure in area.figures]
    return sum(cell is Symbol.WITHHELD for cell in cells)


def draw_up(scope: Scope, *, by: SignedIn, correction: Correction | None = None) -> int:
    """Draw up a draft, which freezes what it says, and return what it is kept under.

    A draft of the same scope that says the very same is that draft again. Raises Refusal where
    a published release says the very same already.
    """
    by.need(Permission.MAKE_RELEASES)
    with by.reading() as session:
        at = by.clock()
        planned = _seen_by_publishers(session, scope, at, by)
        corrects = _corrected(session, correction) if correction else None
        same = _same(session, planned, corrects)
    if same is not None and same.status is ReleaseStatus.DRAFT:
        return same.id
    if same is not None:
        raise Refusal(
            f"{subject(same).capitalize()} says the very same, so no draft was made.",
            "Draw one up when what it is drawn from has changed.",
            release=same.number,
        )
    with by.recording() as session:
        return _draft(session, scope, planned, at, by, correction, corrects).id


def _corrected(session: Session, correction: Correction) -> Release:
    held = session.scalars(select(Release).where(Release.number == correction.number)).first()
    if held is None:
        raise NotFound(f"There is no release {correction.number}.", "Give its number.")
    if held.status is not ReleaseStatus.PUBLISHED:
        raise Refusal(
            f"Release {held.number} is {held.status.english.lower()}, so it cannot be corrected.",
            "Correct the newest release that took its place.",
        )
    if not (correction.why.strip() and correction.why_welsh.strip()):
        raise Refusal(
            "It is not said, in both languages, why the release is corrected.",
            "Say in a sentence each, in English and in Welsh, what was wrong or is now known.",
        )
    return held


def _same(session: Session, planned: ReleaseContent, corrects: Release | None) -> Release | None:
    """Return the newest release of this scope if it says the very same and is not settled."""
    standing = {ReleaseStatus.CORRECTED, ReleaseStatus.WITHDRAWN}
    of_scope = select(Release).where(Release.scope == planned.scope)
    newest = next(
        (
            held
            for held in session.scalars(of_scope.order_by(Release.id.desc()))
            if held.status not in standing
        ),
        None,
    )
    if newest is None or newest.content_hash != content_hash(planned):
        return None
    other_reason = newest.status is ReleaseStatus.DRAFT and newest.corrects != (
        corrects.id if corrects else None
    )
    return None if other_reason else newest


def _draft(
    session: Session,
    scope: Scope,
    planned: ReleaseContent,
    at: datetime,
    by: SignedIn,
    correction: Correction | None,
    corrects: Release | None,
) -> Release:
    held = Release(
        status=ReleaseStatus.DRAFT,
        scope=planned.scope,
        inspections_asked=list(scope.inspections),
        area_asked=scope.area,
        corrects=corrects.id if corrects else None,
        change_kind=correction.kind if correction else None,
        why=correction.why.strip() if correction else None,
        why_welsh=correction.why_welsh.strip() if correction else None,
    )
    _fill(session, held, planned, at, by)
    session.add(held)
    session.flush()
    _note_drawn(session, held, by)
    return held


def _fill(
    session: Session, held: Release, planned: ReleaseContent, at: datetime, by: SignedIn
) -> None:
    freeze(held, planned, session)
    held.content_hash, held.trail_head = content_hash(planned), trail.head(session)
    held.drawn_at, held.drawn_by = at, by.person


def _note_drawn(session: Session, held: Release, by: SignedIn) -> None:
    drawn = {"scope": held.scope, "content_hash": held.content_hash, "corrects": held.corrects}
    trail.note(session, by, "release.drawn_up", subject(held), after=drawn)


def correct(correction: Correction, *, by: SignedIn) -> int:
    """Draw up the release that takes the place of a published one, of the same scope."""
    by.need(Permission.MAKE_RELEASES)
    with by.reading() as session:
        scope = asked_of(_corrected(session, correction))
    return draw_up(scope, by=by, correction=correction)


def asked_of(held: Release) -> Scope:
    """Return the scope that a release was drawn up for."""
    return Scope(tuple(held.inspections_asked), held.area_asked)


def draw_again(release_id: int, version: int | None = None, *, by: SignedIn) -> None:
    """Draw a draft up again from what is recorded now; it goes back to be a draft."""
    by.need(Permission.MAKE_RELEASES)
    with by.recording() as session:
        held = find(session, release_id, by)
        check_version(held, version)
        if held.status is not ReleaseStatus.DRAFT:
            move(session, held, ReleaseStatus.DRAFT, by)
        at = by.clock()
        _fill(session, held, _seen_by_publishers(session, asked_of(held), at, by), at, by)
        _note_drawn(session, held, by)


def has_moved(session: Session, held: Release, by: SignedIn) -> bool:
    """Whether a draft would say something else if it were drawn up again at its moment.

    Where nothing was recorded since but steps of releases, it need not be drawn to know.
    """
    if held.number or held.content is None or _quiet_since(session, held):
        return False
    again = _seen_by_publishers(session, asked_of(held), held.drawn_at, by)
    return content_hash(again) != held.content_hash


def _quiet_since(session: Session, held: Release) -> bool:
    drawn = select(AuditEvent.number).where(AuditEvent.hash == held.trail_head).scalar_subquery()
    since = select(AuditEvent.action).where(AuditEvent.number > drawn).distinct()
    with widened(session, Task.CHAINING):
        return all(action.startswith(ABOUT_RELEASES) for action in session.scalars(since))


def make(scope: Scope, out: Path, *, by: SignedIn) -> Made:
    """Write a release of this scope into a folder.

    Where a published release says the very same, that one is written, byte for byte; otherwise
    a draft is drawn up and written, and says in its manifest and on every page that nobody has
    approved it. Nothing is recorded if it cannot be written.
    """
    by.need(Permission.MAKE_RELEASES)
    with by.reading() as session:
        at = by.clock()
        planned = _seen_by_publishers(session, scope, at, by)
        held = _same(session, planned, None)
        if held is not None:
            write(planned, mark_of(session, held), out, references(session))
            return _made(session, held, new=False)
    with by.recording() as session:
        held = _draft(session, scope, planned, at, by, None, None)
        write(planned, mark_of(session, held), out, references(session))
        return _made(session, held, new=True)


def _made(session: Session, held: Release, *, new: bool) -> Made:
    return Made(
        held.id,
        held.number or next_number(session),
        held.made_at or held.drawn_at,
        held.inspections,
        held.areas,
        new,
        held.number is None,
    )


def earlier_contents(session: Session, until: datetime) -> Iterator[ReleaseContent]:
    """Yield what every release published by a moment says, oldest first, as far as it is kept.

    What was withdrawn was seen all the same, so it is among them.
    """
    numbered = select(Release).where(Release.made_at <= until, Release.content.is_not(None))
    yield from (thaw(held) for held in session.scalars(numbered.order_by(Release.number)))
