"""A whole installation as something to copy: its rows held still, its chain, its folders."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from data_model import portable, sight
from data_model.chain import finish
from data_model.database import WRITERS_LOCK, Database, owned
from data_model.sight import Sight
from inspect_app.access import Standing
from inspect_app.errors import Refusal
from inspect_app.services import trail
from inspect_app.services.people import OPERATOR
from inspect_app.signed_in import SignedIn


@dataclass(frozen=True)
class Chain:
    """The audit trail as it was copied: its events, the newest's hash, the first that broke."""

    events: int
    head: str
    first_broken: int | None


def chain(connection: Connection) -> Chain:
    """Check the trail from its beginning, within the caller's transaction."""
    with Session(bind=connection, join_transaction_mode="create_savepoint") as session:
        sight.see_every_row(session)
        events = session.scalar(text("SELECT COUNT(*) FROM audit_event")) or 0
        return Chain(int(events), trail.head(session), trail.first_broken(session))


@contextmanager
def one_moment(database: Database) -> Iterator[Connection]:
    """Give a connection that sees one moment, while others go on writing."""
    if database.url.get_backend_name() == "sqlite":
        with database.plain.begin() as connection:
            yield connection
        return
    with owned(database) as owner:
        still = owner.execution_options(isolation_level="REPEATABLE READ")
        with still.begin() as connection:
            _see_every_row(connection)
            yield connection


@contextmanager
def changing(database: Database) -> Iterator[Connection]:
    """Give a connection that sees and may change everything, in one transaction."""
    with owned(database) as owner, owner.begin() as connection:
        _see_every_row(connection)
        yield connection


@contextmanager
def held_still(database: Database) -> Iterator[Connection]:
    """Give a connection to everything that is there, while every writer waits."""
    if database.url.get_backend_name() == "sqlite":
        with database.writing.begin() as connection:
            yield connection
        return
    # Locked on another connection: a snapshot is taken with the first statement, and must not
    # be older than the lock.
    with database.writing.connect() as lock:
        lock.execute(text(f"SELECT pg_advisory_lock({WRITERS_LOCK})"))
        lock.commit()
        try:
            with one_moment(database) as connection:
                yield connection
        finally:
            lock.rollback()
            lock.execute(text(f"SELECT pg_advisory_unlock({WRITERS_LOCK})"))
            lock.commit()


def _see_every_row(connection: Connection) -> None:
    """See what only the owner of the tables may; every other role still sees its own rows only."""
    if connection.dialect.name == "postgresql":
        connection.execute(sight.SET, {"tasks": sight.OWNER})


@contextmanager
def kept_there(name: str) -> Iterator[None]:
    """Refuse a value that one kind of database takes and the other does not, without its words."""
    try:
        yield
    except portable.NOT_KEPT as problem:
        raise Refusal(
            f"A row of {name} cannot be kept in the new database ({type(problem).__name__}).",
            "Nothing was kept there, and where it came from is as it was.",
            table=name,
        ) from None


def shown(database: Database) -> str:
    """Return the address of a database for a person to read, without its password."""
    return database.url.render_as_string(hide_password=True)


def note(session: Session, database: Database, action: str, subject: str) -> None:
    """Add what was done to the whole installation to its trail, in the caller's transaction."""
    sight.tell(session, Sight(OPERATOR))
    standing = Standing(OPERATOR, OPERATOR, None, frozenset())
    by = SignedIn("Command line", "this installation", standing, database)
    trail.note(session, by, action, subject)
    finish(session)
