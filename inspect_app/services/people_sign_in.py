"""Signing in with the organisation's provider: it says who somebody is, we say what they may.

Of a provider's claims only the identity is believed. Roles, organisation and whether somebody
still belongs here come from our own records, which are read again each time.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model.database import Database
from data_model.records import Person, PersonIdentity
from inspect_app.errors import NotAdmitted
from inspect_app.services import people, people_attempts, trail
from inspect_app.services.people_attempts import Whom
from inspect_app.services.people_claims import Identity, checked
from inspect_app.sign_in_settings import SignInSettings
from inspect_app.signed_in import SignedIn, now, over

Claims = Mapping[str, object]


@dataclass(frozen=True)
class Door:
    """Where people come in: the provider they come from, our records, and the clock."""

    settings: SignInSettings
    database: Database
    clock: Callable[[], datetime] = now


def begin(asker: str | None, door: Door) -> None:
    """Count that somebody at an address sets out to sign in; NotAdmitted after too many."""
    whom = [people_attempts.address(asker, door.settings.tries)]
    people_attempts.check(whom, door.database, door.clock())
    people_attempts.count(whom, door.database, door.clock())


def admit(claims: Claims, asker: str | None, door: Door) -> SignedIn:
    """Return who comes from the provider, signed in; for the first look at these claims.

    Somebody invited is linked to the identity they come with. Raises NotAdmitted for who is not
    known, is one of us no longer, comes too often or with claims that do not do, and SignInAgain
    where the claims hold no longer.
    """
    at = people_attempts.address(asker, door.settings.tries)
    with _counted(door, at):
        identity = checked(claims, door.settings, door.clock())
    with _counted(door, at, people_attempts.person(identity.issuer, identity.subject)):
        me = _linked(identity, door)
    if _note(identity, me):
        people_attempts.take_off(at, door.database)
    return me


@contextmanager
def _counted(door: Door, *whom: Whom) -> Iterator[None]:
    """Count whoever is turned away; who was turned away too often is not looked at."""
    people_attempts.check(whom, door.database, door.clock())
    try:
        yield
    except NotAdmitted:
        people_attempts.count(whom, door.database, door.clock())
        raise


def still(claims: Claims, door: Door) -> SignedIn:
    """Return who was admitted with these claims, with the standing they have at this moment.

    Writes nothing. Raises as `admit` does, also for who was ended or unlinked meanwhile.
    """
    identity = checked(claims, door.settings, door.clock())
    with door.database.reading() as session:
        held = _find(session, identity)
        if held is None:
            raise _unknown(identity, door)
        return _as_person(session, held, identity, door)


def sign_out(claims: Claims, door: Door, *, by: SignedIn) -> None:
    """End what the provider said up to now: in every window, and for whoever copied a cookie."""
    identity = checked(claims, door.settings, by.clock())
    with by.recording() as session:
        held = _find(session, identity)
        if held is not None and (held.over_until or 0) < identity.issued:
            held.over_until = identity.issued
            trail.note(session, by, "person.signed_out", f"person {by.person}")


def _linked(identity: Identity, door: Door) -> SignedIn:
    with door.database.reading() as session:
        held = _find(session, identity)
        if held is not None:
            return _as_person(session, held, identity, door)
        invited = _invited(session, identity, door)
        me = people.signed_in(session, invited, door.database)
    return _link(identity, door, replace(me, clock=door.clock, until=identity.until))


def _link(identity: Identity, door: Door, me: SignedIn) -> SignedIn:
    """Link the invited person, unless the invitation was taken up or back meanwhile."""
    with me.recording() as session:
        invited = _invited(session, identity, door)
        if invited.code != me.person:
            raise _unknown(identity, door)
        invited.identity = PersonIdentity(
            issuer=identity.issuer,
            subject=identity.subject,
            linked_at=me.clock(),
            linked_by=me.person,
        )
        invited.invited_at = invited.invited_by = None
        after = {"issuer": identity.issuer, "subject": identity.subject, "by": "verified e-mail"}
        trail.note(session, me, "person.linked", f"person {me.person}", after=after)
    return me


def _note(identity: Identity, me: SignedIn) -> bool:
    """Note a sign-in once, however many windows it opens; return whether it is a new one."""
    with me.reading() as session:
        held = _find(session, identity)
        if held is None or (held.last_issued or 0) >= identity.issued:
            return False
    with me.recording() as session:
        held = _find(session, identity)
        if held is None or (held.last_issued or 0) >= identity.issued:
            return False
        held.last_issued = identity.issued
        trail.note(session, me, "person.signed_in", f"person {me.person}")
    return True


def _find(session: Session, identity: Identity) -> PersonIdentity | None:
    query = select(PersonIdentity).where(
        PersonIdentity.issuer == identity.issuer, PersonIdentity.subject == identity.subject
    )
    return session.scalars(query).first()


def _as_person(session: Session, held: PersonIdentity, identity: Identity, door: Door) -> SignedIn:
    person = session.get_one(Person, held.person)
    if person.ended_at is not None:
        raise NotAdmitted(
            "Your account here has ended.",
            f"If you should still have one, ask {door.settings.whom_to_ask}.",
        )
    if identity.issued <= (held.over_until or 0):
        raise over("Your sign-in is over: you signed out.")
    return replace(
        people.signed_in(session, person, door.database), clock=door.clock, until=identity.until
    )


def _invited(session: Session, identity: Identity, door: Door) -> Person:
    """Return the one person who is invited under the identity's verified address."""
    if identity.mail is None:
        raise _unknown(identity, door)
    query = select(Person).where(
        func.lower(Person.mail) == identity.mail.lower(), Person.invited_at.is_not(None)
    )
    found = session.scalars(query).all()
    if len(found) != 1:
        raise _unknown(identity, door)
    return found[0]


def _unknown(identity: Identity, door: Door) -> NotAdmitted:
    """Say that somebody is not known here, and what an administrator needs to know them."""
    why = (
        " Your provider does not say that your e-mail address is verified, so it cannot be used "
        "to recognise you."
        if identity.unverified_mail
        else ""
    )
    return NotAdmitted(
        f"Your organisation's sign-in worked, but you have no account here.{why}",
        f"Ask {door.settings.whom_to_ask} for one.",
        subject=identity.subject,
    )
