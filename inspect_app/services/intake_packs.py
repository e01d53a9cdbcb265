"""Which packs were made here, and for whom: kept under a token, and never read from a file."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Pack
from data_model.sight import Task, widened
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services import trail
from inspect_app.services.reference import person_name
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.identity import Identity


def made(session: Session, inspection: str, by: SignedIn) -> Pack:
    """Record that a pack of an inspection is made for the person, and note it in the trail."""
    now = by.clock()
    pack = Pack(
        token=secrets.token_hex(32),
        inspection=inspection,
        packed_for=by.person,
        packed_at=now,
        packed_by=by.person,
    )
    session.add(pack)
    session.flush()
    after = {"pack": pack.number, "packed_for": by.person}
    trail.note(session, by, "pack.made", f"inspection {inspection}", after=after)
    return pack


def known(session: Session, name: str, identity: Identity) -> Pack:
    """Return the pack that a file is of; raises Refusal for one that was not made here."""
    with widened(session, Task.GUARDING):
        pack = session.scalars(select(Pack).where(Pack.token == identity.pack)).first()
    if pack is None:
        raise Refusal(
            f"{name} was not packed by this installation, so it is not known whose it is.",
            "Pack the inspection here, copy your rows into that workbook, and take that one in.",
            file=name,
        )
    return pack


def check_taker(session: Session, name: str, pack: Pack, by: SignedIn) -> None:
    """Raise NotAllowed for anybody but the person for whom a pack was made."""
    if pack.packed_for != by.person:
        raise NotAllowed(
            f"{name} was packed for {person_name(session, pack.packed_for)}, and only they "
            "can take it in.",
            "Ask them to, or pack the inspection for yourself and copy your rows into that.",
            file=name,
        )
