"""How many files a person may bring in a while: enough for work, too few to wear the server out.

The count is kept in the database, so that all processes share it. The same file again is not
another one: a page looks at a file each time it is drawn.
"""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Upload
from inspect_app import settings
from inspect_app.errors import Refusal
from inspect_app.signed_in import SignedIn

MOST_FILES = 120
WINDOW = timedelta(minutes=10)


def count(data: bytes, *, by: SignedIn) -> None:
    """Count a file that somebody brings, before anything looks into it.

    Raises Refusal for one more than 120 in ten minutes, or than INSPECT_APP_UPLOADS says, with
    the time at which the next may come.
    """
    file_hash = hashlib.sha256(data).hexdigest()
    with by.reading() as session:
        if file_hash in {held.file_hash for held in _lately(session, by)}:
            return
    with by.recording() as session:
        held = _lately(session, by)
        if len(held) >= _most():
            raise _too_many(len(held), held[0], by)
        _forget(session, by)
        session.add(
            Upload(file_hash=file_hash, size=len(data), came_at=by.clock(), came_by=by.person)
        )


def _lately(session: Session, by: SignedIn) -> Sequence[Upload]:
    """Return what the person brought within the window, the first first."""
    after = by.clock() - WINDOW
    query = select(Upload).where(Upload.came_by == by.person, Upload.came_at > after)
    return session.scalars(query.order_by(Upload.came_at, Upload.id)).all()


def _forget(session: Session, by: SignedIn) -> None:
    """Let go of what counts against nobody any more."""
    for old in session.scalars(select(Upload).where(Upload.came_at <= by.clock() - WINDOW)):
        session.delete(old)


def _most() -> int:
    said = settings.UPLOADS.read()
    return int(said) if said and settings.UPLOADS.check(said) is None else MOST_FILES


def _too_many(many: int, first: Upload, by: SignedIn) -> Refusal:
    on = first.came_at + WINDOW
    minutes = max(1, -(-(on - by.clock()).seconds // 60))
    return Refusal(
        f"You have brought {many} files in the last {WINDOW.seconds // 60} minutes, as many as "
        "are read in that time.",
        f"Nothing was taken in. Go on at {on:%H:%M} UTC, in {minutes} "
        f"minute{'' if minutes == 1 else 's'}.",
        on=on,
    )
