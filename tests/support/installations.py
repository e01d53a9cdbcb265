"""Installations to move, back up and restore: the rows of one, and somebody who writes in it."""

import time
from dataclasses import dataclass, field
from threading import Event, Thread

from data_model import portable
from data_model.database import Database
from inspect_app.access import Standing
from inspect_app.services import trail
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of

Rows = dict[str, list[bytes]]
WROTE = "test.wrote"
PAUSE = 0.005


def address_of(database: Database) -> str:
    """Return the address by which a command reaches a database."""
    return database.url.render_as_string(hide_password=False)


def every_row(database: Database) -> Rows:
    """Return the lines of every table."""
    with every_row_of(database).plain.connect() as connection:
        return {
            held.name: [
                portable.line(row) for row in portable.rows(connection, held, portable.names(held))
            ]
            for held in portable.tables(connection)
        }


def is_same_but_for_one_event(rows: Rows, before: Rows) -> bool:
    """Return whether the newest event of the trail, to which its head moved, is all that is new."""
    heads = rows["trail_head"] != before["trail_head"]
    earlier = {"audit_event": rows["audit_event"][:-1], "trail_head": before["trail_head"]}
    return heads and {**rows, **earlier} == before


def write(database: Database, what: str) -> None:
    """Add one event to the trail, as any change does."""
    by = SignedIn("Somebody", "a test", Standing("x", "x", None, frozenset()), database)
    with by.recording() as session:
        trail.note(session, by, WROTE, what)


@dataclass
class Writer:
    """Somebody who writes on and on; `acknowledged` is what they were told is kept."""

    database: Database
    name: str
    acknowledged: list[str] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    _enough: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        """Make ready to begin."""
        self._thread = Thread(target=self._write)

    def __enter__(self) -> "Writer":
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        """End after what is being written."""
        self._enough.set()
        self._thread.join()

    def _write(self) -> None:
        while not self._enough.is_set():
            what = f"{self.name} {len(self.acknowledged)}"
            try:
                write(self.database, what)
            except Exception as problem:  # noqa: BLE001 - whatever it is, the test shows it
                self.errors.append(problem)
                return
            self.acknowledged.append(what)
            # A person pauses too; without, SQLite may let one writer wait for ever.
            time.sleep(PAUSE)

    def has_written(self, count: int) -> None:
        """Wait until so many changes are acknowledged."""
        while len(self.acknowledged) < count and not self.errors:
            time.sleep(PAUSE)
