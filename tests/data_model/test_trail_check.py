"""A thousand times at random somebody rewrites the trail straight in the database: always found.

The triggers that refuse it are dropped first, as an insider with the database would.
"""

import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.orm import Session

from data_model import looks
from data_model.database import Database, create_database, migrate
from data_model.looks import Looker
from data_model.records import AuditEvent, Organisation, TrailHead
from data_model.records.trail import CHANGES
from data_model.sight import Sight
from data_model.trail_check import Fault, Kind, check
from data_model.vocabulary import OrganisationKind
from inspect_app.services import people, trail
from inspect_app.settings import TRAIL_KEY
from tests.support.looking import every_row_of
from tests.support.trails import unguard

EVENTS, TIMES = 25, {"sqlite": 1000, "postgresql": 60}
TABLES = {"changes": "audit_event", "reads": "case_read"}
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def trailed(database_url: str) -> Iterator[Database]:
    """A database with a trail of twenty-five changes and as many looks, one after the other."""
    opened = create_database(database_url)
    database = every_row_of(opened)
    by = people.operator(database).through("page test")
    for turn in range(1, EVENTS + 1):
        with database.recording() as session:
            code = f"body-{turn}"
            session.add(Organisation(code=code, name=code, kind=OrganisationKind.COUNCIL))
            after = {"name": code, "turn": turn}
            trail.note(session, by, "test.changed", code, after=after, reason="Because.")
        with database.reading() as session:
            looks.at_case(session, turn)
            now = MORNING + timedelta(minutes=turn)
            looks.keep(
                database,
                session,
                Looker("somebody", "inspector", "page test", now, Sight("somebody")),
            )
    yield database
    database.close()
    opened.close()


class Insider:
    """Somebody with the database who does one thing to the trail, and knows where."""

    def __init__(self, connection: Connection, chance: random.Random) -> None:
        self.connection = connection
        self.chance = chance
        self.chain = chance.choice(list(TABLES))
        self.table = TABLES[self.chain]
        self.columns = [each["name"] for each in inspect(connection).get_columns(self.table)]

    def do(self, statement: str, **values: object) -> None:
        """Run one statement."""
        self.connection.execute(text(statement), values)

    def delete(self) -> tuple[int, set[Kind]]:
        """Delete one event; the numbers after it may be closed up."""
        number = self.chance.randint(1, EVENTS - 1)
        self.do(f"DELETE FROM {self.table} WHERE number = :n", n=number)  # noqa: S608
        if self.chance.random() < 0.5:
            self._shift(number, -1)
        return number, {Kind.DELETED}

    def alter(self) -> tuple[int, set[Kind]]:
        """Alter any one column of one event."""
        number = self.chance.randint(1, EVENTS)
        column = self.chance.choice([name for name in self.columns if name != "number"])
        self.do(
            f"UPDATE {self.table} SET {column} = :v WHERE number = :n",  # noqa: S608
            v=self._another(column, number),
            n=number,
        )
        return number, {Kind.ALTERED}

    def swap(self) -> tuple[int, set[Kind]]:
        """Swap two events."""
        first, second = sorted(self.chance.sample(range(1, EVENTS + 1), 2))
        for old, new in ((first, -1), (second, first), (-1, second)):
            self._renumber(old, new)
        return first, {Kind.MOVED}

    def move(self) -> tuple[int, set[Kind]]:
        """Put one event behind all the others."""
        number = self.chance.randint(1, EVENTS)
        self._renumber(number, number + 1000)
        return number, {Kind.MOVED}

    def cut_off(self) -> tuple[int, set[Kind]]:
        """Delete an event and everything after it."""
        number = self.chance.randint(2, EVENTS)
        self.do(f"DELETE FROM {self.table} WHERE number >= :n", n=number)  # noqa: S608
        return number, {Kind.CUT_OFF}

    def insert(self) -> tuple[int, set[Kind]]:
        """Put an event in, at the end or in the middle, like another one or well linked."""
        number = self.chance.randint(2, EVENTS + 1)
        if number <= EVENTS:
            self._shift(number, 1)
        names = [name for name in self.columns if name not in {"number", "hash"}]
        listed = ", ".join(names)
        self.do(
            f"INSERT INTO {self.table} (number, hash, {listed}) "  # noqa: S608
            f"SELECT :n, :hash, {listed} FROM {self.table} WHERE number = :like",
            n=number,
            hash=f"{self.chance.getrandbits(256):064x}",
            like=self.chance.randint(1, number - 1),
        )
        if self.chance.random() < 0.5:
            self.do(
                f"UPDATE {self.table} SET previous_hash = "  # noqa: S608
                f"(SELECT p.hash FROM {self.table} p WHERE p.number = :p) WHERE number = :n",
                p=number - 1,
                n=number,
            )
        return number, {Kind.INSERTED}

    def _shift(self, first: int, by: int) -> None:
        numbers = range(EVENTS, first - 1, -1) if by > 0 else range(first + 1, EVENTS + 1)
        for number in numbers:
            self._renumber(number, number + by)

    def _renumber(self, old: int, new: int) -> None:
        self.do(f"UPDATE {self.table} SET number = :new WHERE number = :old", old=old, new=new)  # noqa: S608

    def _another(self, column: str, number: int) -> object:
        """Return another value for a column, of its kind."""
        if column in {"before", "after", "changed"}:
            return json.dumps({"name": f"somebody {self.chance.random()}"})
        if column == "happened_at":
            return datetime(2020, 1, 1, tzinfo=UTC).isoformat(sep=" ")
        if column in {"form", "reads_number", "event_number", "erased_in"}:
            return 1 if column == "form" else number + 500
        return f"{self.chance.getrandbits(64):x}"


DEEDS: list[Callable[[Insider], tuple[int, set[Kind]]]] = [
    Insider.delete,
    Insider.alter,
    Insider.alter,
    Insider.swap,
    Insider.move,
    Insider.cut_off,
    Insider.insert,
]


def test_a_thousand_rewritings_at_random_are_all_found_and_located(trailed: Database) -> None:
    chance = random.Random(20260302)  # noqa: S311 - an insider is no cipher
    kind = trailed.url.get_backend_name()
    with trailed.writing.connect() as connection:
        unguard(connection)
        with Session(connection) as session:
            assert check(session).holds
        for turn in range(TIMES[kind]):
            deed = chance.choice(DEEDS)
            with connection.begin_nested() as undone:
                insider = Insider(connection, chance)
                number, kinds = deed(insider)
                with Session(connection) as session:
                    first = check(session).faults[:1]
                undone.rollback()
            at = (turn, deed.__name__, insider.chain, number)
            assert first, at
            assert (first[0].chain, first[0].number) == (insider.chain, number), (at, first)
            assert first[0].kind in kinds, (at, first)
        connection.rollback()


def test_a_trail_that_is_rewritten_to_its_end_differs_from_the_head_that_was_sealed(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRAIL_KEY.name, "a key that is not in the database")
    opened = create_database(database_url)
    database = every_row_of(opened)
    by = people.operator(database)
    for code in ("first", "second", "third"):
        with database.recording() as session:
            session.add(Organisation(code=code, name=code, kind=OrganisationKind.COUNCIL))
            trail.note(session, by, "test.changed", code)
    with database.reading() as session:
        known = trail.head(session)
        assert check(session, [known]).holds
    with Session(database.writing) as session:
        unguard(session.connection())
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
        previous = events[0].hash
        for event in events[1:]:
            event.happened_by, event.previous_hash = "somebody-else", previous
            previous = event.hash = event.expected_hash()
        head = session.get_one(TrailHead, CHANGES)
        head.hash = previous
        session.commit()
    with database.reading() as session:
        assert check(session).faults == (Fault(CHANGES, 3, Kind.UNSEALED),)
        monkeypatch.delenv(TRAIL_KEY.name)
        assert check(session).holds
        assert check(session, [known]).faults == (Fault(CHANGES, 4, Kind.CUT_OFF),)
    database.close()
    opened.close()


def test_a_trail_holds_after_the_way_down_and_up_again(trailed: Database) -> None:
    with trailed.reading() as session:
        before = check(session)
    migrate(trailed, "0007")
    migrate(trailed)
    with trailed.reading() as session:
        assert check(session) == before
    assert (before.events, before.reads, before.holds) == (EVENTS, EVENTS, True)
