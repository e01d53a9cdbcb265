"""A database that is full, read only, away or busy is said in a sentence; a bug stays a bug."""

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from data_model.troubles import AWAY, BUSY, DISK, FULL, IN_POSTGRES, READ_ONLY, in_words
from inspect_app.errors import NotNow


def from_sqlite(code: int) -> OperationalError:
    problem = sqlite3.OperationalError("what SQLite says")
    problem.sqlite_errorcode = code
    return OperationalError("INSERT", {}, problem)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (sqlite3.SQLITE_FULL, FULL),
        (sqlite3.SQLITE_READONLY, READ_ONLY),
        (sqlite3.SQLITE_READONLY_DBMOVED, READ_ONLY),
        (sqlite3.SQLITE_IOERR_WRITE, DISK),
        (sqlite3.SQLITE_CANTOPEN, DISK),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, BUSY),
    ],
)
def test_what_sqlite_says_becomes_a_sentence(code: int, said: tuple[str, str]) -> None:
    with pytest.raises(NotNow) as told, in_words():
        raise from_sqlite(code)
    assert (told.value.summary, told.value.advice) == said


@pytest.mark.parametrize(("state", "said"), [*IN_POSTGRES.items(), ("08006", AWAY), (None, AWAY)])
def test_what_postgresql_says_becomes_a_sentence(state: str | None, said: tuple[str, str]) -> None:
    problem = psycopg.errors.lookup(state)() if state else psycopg.OperationalError("refused")
    with pytest.raises(NotNow) as told, in_words():
        raise OperationalError("INSERT", {}, problem)
    assert (told.value.summary, told.value.advice) == said


def test_no_free_connection_is_too_many_people() -> None:
    with pytest.raises(NotNow, match="Too many people"), in_words():
        raise NoConnectionFree("QueuePool limit reached")


def test_a_bug_stays_a_bug() -> None:
    with pytest.raises(IntegrityError), in_words():
        raise IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed"))
    with pytest.raises(OperationalError, match="no such table"), in_words():
        raise OperationalError("SELECT", {}, sqlite3.OperationalError("no such table: nothing"))
