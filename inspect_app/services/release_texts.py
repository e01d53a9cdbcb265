"""The texts that somebody wrote here and a release would publish: each is read by a person first.

No free text is published that has not been read and released by a person. What was read is kept
by its wording, so words that change are unread again and words that stay need no second reading.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import TextRead
from data_model.vocabulary import Basis
from data_model.wording import Concern, concerns
from inspect_app.access import Permission
from inspect_app.errors import NotFound
from inspect_app.publishing.content import (
    PublishedArea,
    PublishedInspection,
    PublishedRecommendation,
    ReleaseContent,
)
from inspect_app.services import trail
from inspect_app.services.reference import person_name
from inspect_app.services.release_store import find, subject, thaw
from inspect_app.services.return_figures import FROM_RETURN
from inspect_app.signed_in import SignedIn


@dataclass(frozen=True)
class FreeText:
    """A text and what it is about, by code; `what` says what kind of text it is."""

    about: str
    what: str
    text: str

    @property
    def in_a_sentence(self) -> str:
        """The kind of text as it stands inside a sentence; names keep their capitals."""
        return self.what[:1].lower() + self.what[1:]

    @property
    def wording(self) -> str:
        """The SHA-256 of its words."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class TextLine:
    """A text with who read it when, or nobody yet; and what its wording may give away."""

    text: FreeText
    read_by: str | None
    read_at: datetime | None
    concerns: tuple[Concern, ...]


def texts(content: ReleaseContent) -> tuple[FreeText, ...]:
    """Return every text of a release that was written here, each once, in the release's order."""
    return tuple(dict.fromkeys(_texts(content)))


def _texts(content: ReleaseContent) -> Iterator[FreeText]:
    here = {i.code for i in content.inspections if Basis.RECORDED_HERE in i.basis}
    for inspection in content.inspections:
        if inspection.code in here:
            yield from _of_inspection(inspection)
    for recommendation in content.recommendations:
        if recommendation.inspection in here:
            yield from _of_recommendation(recommendation)
    for area in content.areas:
        yield from _of_area(area)


Given = Sequence[tuple[str, str | None]]


def _given(about: str, given: Given) -> Iterator[FreeText]:
    yield from (FreeText(about, what, text) for what, text in given if text)


def _of_inspection(held: PublishedInspection) -> Iterator[FreeText]:
    yield from _given(
        held.code,
        [
            ("Title", held.title),
            ("Title in Welsh", held.title_welsh),
            ("Summary", held.summary),
            ("Summary in Welsh", held.summary_welsh),
            ("Note", held.note),
        ],
    )
    for claim in held.claims:
        yield from _given(
            claim.code,
            [
                ("Claim", claim.text),
                ("Claim in Welsh", claim.text_welsh),
                ("Answer to a claim", claim.answer),
                ("Answer to a claim in Welsh", claim.answer_welsh),
            ],
        )


def _of_recommendation(held: PublishedRecommendation) -> Iterator[FreeText]:
    yield from _given(
        held.code,
        [
            ("Title", held.title),
            ("Title in Welsh", held.title_welsh),
            ("Recommendation", held.text),
            ("Recommendation in Welsh", held.text_welsh),
        ],
    )
    for owner in held.owners:
        yield from _given(
            held.code,
            [
                (f"Response of {owner.body}", owner.response_text),
                (f"Response of {owner.body} in Welsh", owner.response_text_welsh),
            ],
        )


def _of_area(held: PublishedArea) -> Iterator[FreeText]:
    for figure in held.figures:
        if figure.source.startswith(FROM_RETURN):
            yield from _given(held.code, [(f"{figure.title}, {figure.period}", figure.note)])


def unread(session: Session, content: ReleaseContent) -> tuple[FreeText, ...]:
    """Return the texts that nobody has read at their present wording."""
    read = _read(session, content)
    return tuple(each for each in texts(content) if (each.about, each.wording) not in read)


def _read(session: Session, content: ReleaseContent) -> dict[tuple[str, str], TextRead]:
    about = {each.about for each in texts(content)}
    held = session.scalars(select(TextRead).where(TextRead.about.in_(sorted(about))))
    return {(each.about, each.wording): each for each in held}


def listed(release_id: int, *, by: SignedIn) -> tuple[TextLine, ...]:
    """Return the texts of a release with who has read each."""
    by.need(Permission.CHECK_RELEASES)
    with by.reading() as session:
        content = thaw(find(session, release_id, by))
        read = _read(session, content)
        return tuple(
            _line(session, each, read.get((each.about, each.wording))) for each in texts(content)
        )


def _line(session: Session, text: FreeText, read: TextRead | None) -> TextLine:
    reader = person_name(session, read.read_by) if read else None
    return TextLine(text, reader, read.read_at if read else None, concerns(text.text))


def mark_read(release_id: int, about: str, wording: str, *, by: SignedIn) -> None:
    """Say that a text of a release was read at this wording and may be published.

    Raises NotFound where the release holds no such text, or its words have changed since.
    """
    by.need(Permission.CHECK_RELEASES)
    with by.recording() as session:
        held = find(session, release_id, by)
        if (about, wording) not in {(each.about, each.wording) for each in texts(thaw(held))}:
            raise NotFound(
                f"{subject(held).capitalize()} holds no such text about {about}.",
                "Its words may have changed: look at the list again.",
            )
        if session.get(TextRead, (about, wording)) is None:
            session.add(
                TextRead(about=about, wording=wording, read_at=by.clock(), read_by=by.person)
            )
            trail.note(session, by, "text.read", about, after={"wording": wording})
