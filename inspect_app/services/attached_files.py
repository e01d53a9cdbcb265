"""Documents attached to evidence: checked, hashed, kept by edition, and only ever downloaded.

They may hold what was written about children, so they are for the owning body, the verifiers and
the lead of the recommendation's inspection; everybody else is told how many there are.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from data_model.records import EvidenceFile, EvidenceItem, Recommendation, RecommendationOwner
from data_model.sight import Task, widened
from inspect_app.access import Permission
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import trail, upload_limits
from inspect_app.services.answers import check_open, check_side, find_answer, untested
from inspect_app.services.attached_kinds import MOST_DOCUMENTS, Kind, examined, plain_name
from inspect_app.services.reference import person_name
from inspect_app.services.virus_scanner import scanned
from inspect_app.signed_in import SignedIn

DOWNLOAD = "application/octet-stream"
"""What every document is handed out as, so that no browser opens it by itself."""


@dataclass(frozen=True)
class FileValue:
    """A document attached to evidence, without its bytes; `size` is in bytes.

    `scanned_by` is the scanner that found nothing in it, None where it was not scanned.
    """

    id: int
    name: str
    edition: int
    media_type: str
    size: int
    sha256: str
    scanned_by: str | None
    added_at: datetime
    author: str


@dataclass(frozen=True)
class FileContent:
    """A document to download: its bytes are those that were attached, by their hash."""

    name: str
    media_type: str
    content: bytes
    sha256: str


def file_values(
    session: Session, owner: RecommendationOwner, item: EvidenceItem, by: SignedIn
) -> tuple[FileValue, ...]:
    """Return, within a session, the documents of an item, as far as the person may open them."""
    if not item.files or not may_open(session, owner, by):
        return ()
    return tuple(_value(session, file) for file in item.files)


def may_open(session: Session, owner: RecommendationOwner, by: SignedIn) -> bool:
    """Return whether the person may open what is attached to evidence for this answer."""
    own = by.standing.organisation == owner.organisation
    if own or by.may(Permission.VERIFY):
        return True
    held = session.get_one(Recommendation, owner.recommendation)
    return held.inspection in by.standing.leads


def _value(session: Session, file: EvidenceFile) -> FileValue:
    return FileValue(
        id=file.id,
        name=file.name,
        edition=file.edition,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        scanned_by=file.scanned_by,
        added_at=file.added_at,
        author=person_name(session, file.added_by),
    )


def attach(item_id: int, name: str, content: bytes, *, by: SignedIn) -> FileValue:
    """Attach a document to evidence of the person's own body; a name again is a new edition.

    At most 20 documents an item, editions counted, of the kinds and sizes of `attached_kinds`.
    Raises Refusal once the answer is closed or a verifier has judged the evidence, and for a
    document that is not what it says, that a scanner objects to, or that is there already.
    """
    with by.reading() as session:
        _open_item(session, item_id, by)
    upload_limits.count(content, by=by)
    plain = plain_name(name)
    kind = examined(plain, content)
    # The scanner may take a minute, in which nobody else should have to wait to write.
    scanner = scanned(plain, content)
    with by.recording() as session:
        item, owner = _open_item(session, item_id, by)
        file = _file(item, plain, kind, content)
        file.scanned_by = scanner
        file.added_at, file.added_by = by.clock(), by.person
        item.files.append(file)
        # Whoever is judging what was there before is told, and judges nothing unread.
        flag_modified(owner, "assurance")
        session.flush()
        said = {each: getattr(file, each) for each in ("name", "edition", "size", "sha256")}
        trail.note(
            session, by, "evidence.attached", _subject(owner, item),
            after={"file": file.id, **said, "scanned_by": scanner},
        )  # fmt: skip
        return _value(session, file)


def _file(item: EvidenceItem, name: str, kind: Kind, content: bytes) -> EvidenceFile:
    """Return the next edition of a document; raises Refusal where it is there already."""
    sha256 = hashlib.sha256(content).hexdigest()
    earlier = [file for file in item.files if file.name.casefold() == name.casefold()]
    same = next((file for file in earlier if file.sha256 == sha256), None)
    if same:
        raise Refusal(
            f"{name} is attached already, as edition {same.edition}, with the same content.",
            "Nothing more is needed; a newer edition differs.",
            file=same.id,
        )
    return EvidenceFile(
        name=name,
        edition=max((file.edition for file in earlier), default=0) + 1,
        media_type=kind.media_type,
        size=len(content),
        sha256=sha256,
        content=content,
    )


def content(file_id: int, *, by: SignedIn) -> FileContent:
    """Return a document to download, if it is still what was attached.

    Raises NotAllowed for who may see the evidence and not open it, and Refusal where the bytes
    kept are not those that were attached.
    """
    with by.reading() as session:
        with widened(session, Task.COUNTING):
            file = session.get(EvidenceFile, file_id)
        if file is None:
            raise _not_found("document", file_id)
        _item, owner = _seen_item(session, file.item, by, "document", file_id)
        if not may_open(session, owner, by):
            raise NotAllowed(
                "What is attached to evidence may be written about children; it is for the owning "
                "body, the verifiers and the lead inspector.",
                "Ask one of them what it shows.",
            )
        _check_whole(file)
        return FileContent(file.name, DOWNLOAD, file.content, file.sha256)


def _check_whole(file: EvidenceFile) -> None:
    if hashlib.sha256(file.content).hexdigest() != file.sha256:
        raise Refusal(
            f"{file.name}, edition {file.edition}, is not what was attached: its hash differs.",
            "It is not handed out. Tell your administrator; the body that attached it has the "
            "document itself.",
            file=file.id,
        )


def _open_item(
    session: Session, item_id: int, by: SignedIn
) -> tuple[EvidenceItem, RecommendationOwner]:
    """Return evidence that the person may attach to now, and the answer it is for."""
    item, owner = _seen_item(session, item_id, by, "evidence", item_id)
    check_side(owner, Permission.RESPOND, by)
    check_open(owner)
    if item not in untested(owner):
        raise Refusal(
            "A verifier has judged this evidence; what was judged stays as it was.",
            "Put new evidence forward and attach the document to that.",
            evidence=item.id,
        )
    if len(item.files) >= MOST_DOCUMENTS:
        raise Refusal(
            f"This evidence has {len(item.files)} documents already, as many as it can hold.",
            "Put further evidence forward and attach it there.",
            evidence=item.id,
        )
    return item, owner


def _seen_item(
    session: Session, item_id: int, by: SignedIn, what: str, number: int
) -> tuple[EvidenceItem, RecommendationOwner]:
    item = session.get(EvidenceItem, item_id)
    if item is None:
        raise _not_found(what, number)
    held = session.get_one(RecommendationOwner, item.owner)
    try:
        return item, find_answer(session, held.recommendation, held.organisation, by)
    except NotFound:
        raise _not_found(what, number) from None


def _not_found(what: str, number: int) -> NotFound:
    return NotFound(
        f"There is no {what} {number} that you may see.", "Choose one from the recommendation."
    )


def _subject(owner: RecommendationOwner, item: EvidenceItem) -> str:
    return f"{owner.recommendation} {owner.organisation} evidence {item.id}"
