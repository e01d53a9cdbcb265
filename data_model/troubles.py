"""The database cannot, for now: full, read only, out of reach, too busy; said so one can act.

A trouble is never caught to go on as if nothing had been: the transaction is undone, and the
person is told in a sentence. Everything that is not one of these is a bug and stays one.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from inspect_app.errors import NotNow

AGAIN = "What you typed is still here. Wait a moment, then try again."
FULL = (
    "The disk of the database is full, so nothing was kept just now.",
    "Tell whoever looks after this installation. What was saved before is safe, and what you "
    "typed is still here: try again once there is room.",
)
READ_ONLY = (
    "The database can be read and not written at this moment, so nothing was kept just now.",
    "Tell whoever looks after this installation. What was saved before is safe, and what you "
    "typed is still here.",
)
DISK = (
    "The disk of the database could not be read or written just now.",
    "Tell whoever looks after this installation. What was saved before is on the disk; look "
    "whether your last step was kept before you repeat it.",
)
AWAY = (
    "The database could not be reached just now.",
    f"{AGAIN} If it was cut off while it was saving, look first whether your last step was kept.",
)
BUSY = ("Too many people are saving at this moment, so nothing was kept just now.", AGAIN)

Said = tuple[str, str]

IN_SQLITE: dict[int, Said] = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_IOERR: DISK,
    sqlite3.SQLITE_CANTOPEN: DISK,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
}
PRIMARY = 0xFF
"""The part of an SQLite error code that says what kind it is."""

IN_POSTGRES: dict[str, Said] = {
    "53100": FULL,
    "25006": READ_ONLY,
    "58030": DISK,
    "53200": BUSY,
    "53300": BUSY,
    "55P03": BUSY,
    "57P01": AWAY,
    "57P02": AWAY,
    "57P03": AWAY,
    "57P05": AWAY,
}
"""By SQLSTATE, from appendix A of PostgreSQL's documentation; class 08 is a lost connection."""


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what a database says when it cannot into a NotNow; let everything else through."""
    try:
        yield
    except SQLAlchemyError as problem:
        said = _said(problem)
        if said is None:
            raise
        raise NotNow(*said) from problem


def _said(problem: SQLAlchemyError) -> Said | None:
    if isinstance(problem, NoConnectionFree):
        return BUSY
    original = problem.orig if isinstance(problem, DBAPIError) else None
    if isinstance(original, sqlite3.Error):
        return IN_SQLITE.get(getattr(original, "sqlite_errorcode", 0) & PRIMARY)
    if isinstance(original, psycopg.OperationalError) and not original.sqlstate:
        return AWAY
    state = (original.sqlstate or "") if isinstance(original, psycopg.Error) else ""
    return AWAY if state.startswith("08") else IN_POSTGRES.get(state)
