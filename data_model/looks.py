"""Who looked at a case: kept before anything of it is handed back, and not at every redraw.

A page is drawn again at every key, so a look is one event for each person, case and screen in a
quarter of an hour. Looks stand in a chain of their own: in PostgreSQL whoever reads waits for no
writer, and each chain says how far the other was.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.chain import head_of, keep_head
from data_model.records import CaseRead
from data_model.records.trail import CHANGES, READS
from data_model.sight import Sight

if TYPE_CHECKING:
    from data_model.database import Database

ONE_LOOK = timedelta(minutes=15)
OPENED = "case.opened"
LISTED = "cases.listed"
TOGETHER = 500

Look = tuple[str, str]
"""What was done, and what was looked at: `case.opened` and `case 12`."""


@dataclass(frozen=True)
class Looker:
    """Who looks: their code, their roles, from where, when, and what the database is told."""

    person: str
    roles: str
    via: str | None
    now: datetime
    sight: Sight


def at_case(session: Session, case_id: int) -> None:
    """Say that a session reads what is in a case."""
    _say(session, OPENED, f"case {case_id}")


def at_cases_of(session: Session, inspection: str) -> None:
    """Say that a session reads the list of an inspection's cases with what was found in each."""
    _say(session, LISTED, f"inspection {inspection}")


def _say(session: Session, action: str, subject: str) -> None:
    session.info.setdefault("looks", set()).add((action, subject))


def keep(database: "Database", session: Session, who: Looker) -> None:
    """Keep what a session looked at, unless the person did so a moment ago from the same place."""
    asked: set[Look] = session.info.pop("looks", set())
    if not asked:
        return
    with database.reading(who.sight) as fresh:
        looks = sorted(asked - _lately(fresh, asked, who))
    if looks:
        with database.accounting(who.sight) as writing:
            _add(writing, looks, who)


def _lately(session: Session, asked: set[Look], who: Looker) -> set[Look]:
    """Return at which of these the person looked in the last quarter of an hour, from here."""
    subjects = sorted(subject for _action, subject in asked)
    found: set[Look] = set()
    for first in range(0, len(subjects), TOGETHER):
        query = select(CaseRead.action, CaseRead.subject).where(
            CaseRead.happened_by == who.person,
            CaseRead.subject.in_(subjects[first : first + TOGETHER]),
            CaseRead.happened_at > who.now - ONE_LOOK,
            CaseRead.happened_at <= who.now,
            CaseRead.happened_as == who.roles,
            CaseRead.via == who.via if who.via else CaseRead.via.is_(None),
        )
        found |= {(row.action, row.subject) for row in session.execute(query)}
    return found


def _add(session: Session, looks: list[Look], who: Looker) -> None:
    number, previous = head_of(session, READS)
    event_number, event_hash = head_of(session, CHANGES)
    for action, subject in looks:
        number += 1
        look = CaseRead(
            number=number,
            happened_at=who.now,
            happened_by=who.person,
            happened_as=who.roles,
            via=who.via,
            action=action,
            subject=subject,
            event_number=event_number,
            event_hash=event_hash,
            previous_hash=previous,
        )
        previous = look.hash = look.expected_hash()
        session.add(look)
    keep_head(session, READS, number, previous)
