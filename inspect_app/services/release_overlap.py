"""Releases that tell of the same: each is held against those that were published before it.

What a draft withholds was worked out against the releases there were when it was drawn up. One
that was published since and tells of the same has to be held against it too.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Release
from data_model.vocabulary import Basis
from inspect_app.errors import Refusal
from inspect_app.publishing.content import ReleaseContent
from inspect_app.services.release_store import subject, thaw
from inspect_app.services.return_figures import FROM_RETURN


def check_not_overtaken(session: Session, held: Release) -> None:
    """Raise Refusal where a release published since a draft was drawn up tells of the same."""
    since = select(Release).where(Release.made_at > held.drawn_at, Release.content.is_not(None))
    mine: frozenset[str] | None = None
    for other in session.scalars(since.order_by(Release.number)):
        mine = _protected_in(thaw(held)) if mine is None else mine
        both = mine & _protected_in(thaw(other))
        if both and other.id != held.id:
            raise _overtaken(held, other, sorted(both))


def _protected_in(content: ReleaseContent) -> frozenset[str]:
    """Return the inspections and areas of a release that something may be withheld of."""
    read = {held.code for held in content.inspections if Basis.RECORDED_HERE in held.basis}
    returned = {
        area.code
        for area in content.areas
        if any(figure.source.startswith(FROM_RETURN) for figure in area.figures)
    }
    return frozenset(read | returned)


def _overtaken(held: Release, other: Release, both: list[str]) -> Refusal:
    return Refusal(
        f"Release {other.number} was published since {subject(held)} was drawn up, and tells of "
        f"the same: {', '.join(both)}.",
        "Draw it up again, so that nothing can be worked out from the two together.",
        release=other.number,
        both=both,
    )
