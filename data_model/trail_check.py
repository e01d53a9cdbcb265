"""Whether anybody rewrote the trail behind our back: which event, and what was done to it.

An event fits where its number follows the one before it, it carries that one's hash, and its own
hash is of what it says. Where one does not fit, the true one is looked for: it links to the event
before, wherever it stands now. What was cut off at the end is found by what is kept apart: the
heads, what each chain says of the other, and the heads printed in releases or given from outside.
"""

import hmac
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model.chain import head_of, seal_of
from data_model.records import AuditEvent, CaseRead, Release, TrailHead
from data_model.records.trail import BEGINNING, CHANGES, READS

ERASED, MADE = "cases.erased", "release.made"
MOST_FAULTS = 20
AT_ONCE = 1_000

Event = AuditEvent | CaseRead
Erasures = Mapping[int, tuple[int, str]]


class Kind(StrEnum):
    """What was done to an event of the trail."""

    ALTERED = "was altered"
    DELETED = "was deleted"
    MOVED = "was put elsewhere"
    INSERTED = "was put in"
    CUT_OFF = "and what followed it were cut off"
    UNSEALED = "is not the head that this installation sealed"


@dataclass(frozen=True)
class Fault:
    """The event of a chain that does not fit, by its number, and what was done to it."""

    chain: str
    number: int
    kind: Kind

    def __str__(self) -> str:
        """Return it as a person reads it."""
        what = "Change" if self.chain == CHANGES else "Look"
        return f"{what} {self.number} {self.kind}."


@dataclass(frozen=True)
class Checked:
    """How many events each chain has, its head, and every fault that was found, the first first."""

    events: int
    reads: int
    head: str
    reads_head: str
    sealed: bool
    faults: tuple[Fault, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether every event fits, and nothing is missing that is known to have been there."""
        return not self.faults


def check(session: Session, heads: Collection[str] = ()) -> Checked:
    """Check both chains; `heads` are hashes known from elsewhere that must stand in one of them."""
    erasures = _erasures(session)
    faults = [*_walk(session, CHANGES, erasures), *_walk(session, READS, erasures)]
    for chain in (CHANGES, READS):
        if not any(fault.chain == chain for fault in faults):
            faults += _against_the_rest(session, chain, heads)
    changes, reads = head_of(session, CHANGES), head_of(session, READS)
    held = session.get(TrailHead, CHANGES)
    sealed = held is not None and held.seal is not None
    return Checked(changes[0], reads[0], changes[1], reads[1], sealed, tuple(faults[:MOST_FAULTS]))


def _kind(chain: str) -> Any:
    """Return the record of a chain's events; both have what the walk asks for."""
    return AuditEvent if chain == CHANGES else CaseRead


def _erasures(session: Session) -> Erasures:
    """Return by event the one that erased it, with the hash of what that left of it."""
    found: dict[int, tuple[int, str]] = {}
    for event in session.scalars(select(AuditEvent).where(AuditEvent.action == ERASED)):
        left = event.after.get("events", {})
        found |= {int(number): (event.number, said) for number, said in left.items()}
    return found


def _walk(session: Session, chain: str, erasures: Erasures) -> Iterator[Fault]:
    """Walk a chain from its beginning and yield what does not fit."""
    kind = _kind(chain)
    previous, expected = BEGINNING, 1
    events = session.scalars(
        select(kind).order_by(kind.number).execution_options(yield_per=AT_ONCE)
    )
    for event in events:
        if (event.number, event.previous_hash) != (expected, previous) or not event.fits(erasures):
            place = _Place(session, chain, expected, previous, erasures)
            yield place.fault(event)
        if event.number >= expected:
            previous, expected = event.hash, event.number + 1


@dataclass(frozen=True)
class _Place:
    """A place in a chain: the number that is expected there, and the hash before it."""

    session: Session
    chain: str
    number: int
    previous: str
    erasures: Erasures

    def fault(self, found: Event) -> Fault:
        """Return what was done, given the event that stands here or is the next one after."""
        if found.number < self.number or self._is_beyond_the_head():
            return Fault(self.chain, min(found.number, self.number), Kind.INSERTED)
        true = self._true_one(found)
        if found.number > self.number:
            kind = Kind.MOVED if true is not None or self._belongs(found) else Kind.DELETED
            return Fault(self.chain, self.number, kind)
        if found.previous_hash == self.previous:
            put_in = true is not None and self._belongs(true)
            return Fault(self.chain, self.number, Kind.INSERTED if put_in else Kind.ALTERED)
        return self._misfit(found, true)

    def _misfit(self, found: Event, true: Event | None) -> Fault:
        """Return what was done where the event that stands here follows another one."""
        if found.expected_hash(previous=self.previous) == found.hash:
            return Fault(self.chain, self.number, Kind.ALTERED)
        if true is not None and self._belongs(true):
            kind = Kind.MOVED if self._is_followed(found) else Kind.INSERTED
            return Fault(self.chain, self.number, kind)
        if found.fits(self.erasures):
            # It is what it was: the one before it was given another content and another hash.
            return Fault(self.chain, self.number - 1, Kind.ALTERED)
        if found.expected_hash(number=self.number - 1) == found.hash:
            return Fault(self.chain, self.number - 1, Kind.INSERTED)
        return Fault(self.chain, self.number, Kind.DELETED)

    def _is_beyond_the_head(self) -> bool:
        held = self.session.get(TrailHead, self.chain)
        return held is not None and self.number > held.number

    def _belongs(self, event: Event) -> bool:
        """Whether an event is the one that was written at this place."""
        return event.expected_hash(number=self.number, previous=self.previous) == event.hash

    def _true_one(self, found: Event) -> Event | None:
        """Return another event that links to the one before this place, wherever it stands."""
        kind = _kind(self.chain)
        query = select(kind).where(kind.previous_hash == self.previous, kind.number != found.number)
        others: list[Event] = list(self.session.scalars(query))
        return next((one for one in others if self._belongs(one)), None) or next(iter(others), None)

    def _is_followed(self, event: Event) -> bool:
        """Whether some event, or the head, says that it came after this one."""
        kind = _kind(self.chain)
        held = self.session.get(TrailHead, self.chain)
        follows = select(kind.number).where(kind.previous_hash == event.hash).limit(1)
        is_head = held is not None and held.hash == event.hash
        return is_head or self.session.scalars(follows).first() is not None


def _against_the_rest(session: Session, chain: str, heads: Collection[str]) -> list[Fault]:
    """Hold a chain that fits in itself against what is kept of it elsewhere."""
    last, newest = head_of(session, chain)
    return [
        *_against_head(session, chain, last, newest),
        *_against_other(session, chain, last),
        *(_against_heads(session, last, heads) if chain == CHANGES else ()),
    ][:1]


def _against_head(session: Session, chain: str, last: int, newest: str) -> Iterator[Fault]:
    held = session.get(TrailHead, chain)
    number, hashed = (held.number, held.hash) if held else (0, BEGINNING)
    if number > last:
        yield Fault(chain, last + 1, Kind.CUT_OFF)
    elif number < last:
        yield Fault(chain, number + 1, Kind.INSERTED)
    elif hashed != newest:
        yield Fault(chain, last, Kind.ALTERED)
    elif held is not None and not _seal_fits(held):
        yield Fault(chain, last, Kind.UNSEALED)


def _seal_fits(held: TrailHead) -> bool:
    """Whether the head's seal is ours; where this installation has no key nobody can say."""
    ours = seal_of(held.chain, held.number, held.hash)
    return ours is None or (held.seal is not None and hmac.compare_digest(ours, held.seal))


def _against_other(session: Session, chain: str, last: int) -> Iterator[Fault]:
    """Yield where the other chain names an event of this one that is not there, or is another."""
    kind = _kind(chain)
    number: Any
    hashed: Any
    if chain == CHANGES:
        number, hashed = CaseRead.event_number, CaseRead.event_hash
    else:
        number, hashed = AuditEvent.reads_number, AuditEvent.reads_hash
    missing = (
        select(func.min(number))
        .outerjoin(kind, (kind.number == number) & (kind.hash == hashed))
        .where(number > 0, kind.number.is_(None))
    )
    first = session.scalar(missing)
    if first is not None:
        cut = first > last
        yield Fault(chain, last + 1 if cut else first, Kind.CUT_OFF if cut else Kind.ALTERED)


def _against_heads(session: Session, last: int, heads: Collection[str]) -> Iterator[Fault]:
    """Yield where a head that a release printed, or that is known from elsewhere, is not there."""
    printed = session.scalars(select(Release.trail_head).where(Release.number.is_not(None)))
    wanted = ({*printed, *heads}) - {BEGINNING}
    there = set(session.scalars(select(AuditEvent.hash).where(AuditEvent.hash.in_(wanted))))
    there |= set(session.scalars(select(CaseRead.hash).where(CaseRead.hash.in_(wanted))))
    if wanted - there or _unmade(session):
        yield Fault(CHANGES, last + 1, Kind.CUT_OFF)


def _unmade(session: Session) -> bool:
    """Whether the trail lacks the event by which a release was published."""
    made = set(session.scalars(select(AuditEvent.subject).where(AuditEvent.action == MADE)))
    numbers = session.scalars(select(Release.number).where(Release.number.is_not(None)))
    return bool({f"release {number}" for number in numbers} - made)
