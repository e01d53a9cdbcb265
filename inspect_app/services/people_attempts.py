"""Sign-ins that came to nothing are counted, so that nobody can go on trying.

The count is in the database, because several processes share it. A sign-in that succeeds is taken
off again: a whole office behind one address is not locked out by arriving in the morning.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.database import Database
from data_model.records import SignInAttempt
from inspect_app.errors import NotAdmitted

WINDOW = 15 * 60
"""Seconds after which a count begins anew."""
BY_PERSON = 10
"""How often one identity may be turned away in that time."""
SWEPT = 50
"""How many counts whose time is over go with each new one, so that they never pile up."""
IPV6_NETWORK = 64
"""One household or office has so many bits of address to itself."""


@dataclass(frozen=True)
class Whom:
    """Somebody who tries: the digest they are counted under, and how often they may."""

    digest: str
    most: int


def address(asker: str | None, most: int) -> Whom:
    """Return whoever comes from a network address; None is this machine itself."""
    return Whom(_digest("address", _network(asker or "this machine")), most)


def person(issuer: str, subject: str) -> Whom:
    """Return whoever has an identity, known here or not."""
    return Whom(_digest("person", issuer, subject), BY_PERSON)


def check(those: Sequence[Whom], database: Database, at: datetime) -> None:
    """Raise NotAdmitted where any of those has tried too often; nothing is written."""
    now = int(at.timestamp())
    with database.reading() as session:
        for whom in those:
            held = session.get(SignInAttempt, whom.digest)
            if held is not None and not _over(held, now) and held.tries >= whom.most:
                raise _too_many(held.begun + WINDOW - now)


def count(those: Sequence[Whom], database: Database, at: datetime) -> None:
    """Count one more try for each of those."""
    now = int(at.timestamp())
    with database.recording() as session:
        _sweep(session, now)
        for whom in those:
            held = session.get(SignInAttempt, whom.digest)
            if held is None:
                session.add(SignInAttempt(whom=whom.digest, begun=now, tries=1))
            elif _over(held, now):
                held.begun, held.tries = now, 1
            else:
                held.tries += 1


def take_off(whom: Whom, database: Database) -> None:
    """Take one try off again, because it succeeded."""
    with database.recording() as session:
        held = session.get(SignInAttempt, whom.digest)
        if held is not None and held.tries > 0:
            held.tries -= 1


def _sweep(session: Session, now: int) -> None:
    old = select(SignInAttempt).where(SignInAttempt.begun <= now - WINDOW).limit(SWEPT)
    for each in session.scalars(old).all():
        session.delete(each)
    session.flush()


def _over(held: SignInAttempt, now: int) -> bool:
    """Whether a count's time is over, or it was begun by a clock that has been set back since."""
    return not 0 <= now - held.begun < WINDOW


def _too_many(seconds: int) -> NotAdmitted:
    minutes = max(1, ceil(seconds / 60))
    return NotAdmitted(
        "There were too many attempts to sign in.",
        f"Wait {minutes} {'minute' if minutes == 1 else 'minutes'} and try again. Nobody is "
        "locked out for longer.",
        seconds=seconds,
    )


def _network(asker: str) -> str:
    try:
        found = ipaddress.ip_address(asker)
    except ValueError:
        return asker
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, IPV6_NETWORK), strict=False))


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
