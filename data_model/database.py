"""Open the database, read from it, record in it; a change without an audit event is refused."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from data_model import chain, portable, row_security, sight
from data_model.connecting import (
    cannot_open,
    check_file,
    connect_patiently,
    engine_of,
    parsed,
    write_ahead,
)
from data_model.replica import Replica
from data_model.sight import Sight
from data_model.troubles import in_words
from data_model.versions import (
    MIGRATIONS,
    known_versions,
    newest_version,
    version,
    versions_until,
    wrong_version,
)
from inspect_app import monitoring, settings
from inspect_app.errors import Refusal

WRITERS_LOCK = 7_130_422
READERS_LOCK = 7_130_423


class UnrecordedChangeError(RuntimeError):
    """A transaction changed a record and wrote no audit event: a bug in the caller."""


@dataclass(frozen=True)
class Database:
    """One database, SQLite or PostgreSQL, with an engine for writing and one for reading."""

    url: URL
    writing: Engine
    plain: Engine
    replica: Replica | None = None

    @contextmanager
    def reading(self, who: Sight | None = None, *, counted: bool = False) -> Iterator[Session]:
        """Give a session that sees one moment; it cannot be committed, so it keeps nothing.

        Without saying who acts, it sees on PostgreSQL what is everybody's and no case. What is
        `counted` may be read from the replica, if there is one and it has followed. Raises NotNow
        where the database cannot be read at this moment.
        """
        elsewhere = counted and self.replica is not None and self.replica.may_serve()
        engine = self.replica.engine if self.replica and elsewhere else self.plain
        with in_words(), Session(engine, expire_on_commit=False) as session:
            event.listen(session, "before_commit", _refuse_commit)
            session.info["reads"] = True
            if who:
                sight.tell(session, who)
            yield session

    @contextmanager
    def recording(self, who: Sight | None = None) -> Iterator[Session]:
        """Give a session for one transaction, kept whole or not at all.

        Writers queue: SQLite begins immediately, PostgreSQL takes one advisory lock, so
        the audit chain has one order. Raises UnrecordedChangeError at the end if records
        changed and no audit event was added, NotNow where the database or its disk cannot.
        """
        with in_words(), Session(self.writing, expire_on_commit=False, autoflush=True) as session:
            event.listen(session, "after_flush", chain.remember)
            with session.begin():
                with monitoring.waiting_to_write():
                    self._queue(session, WRITERS_LOCK)
                if who:
                    sight.tell(session, who)
                yield session
                chain.finish(session)
                _refuse_unrecorded(session)
        if self.replica:
            self.replica.remember(self.writing)

    @contextmanager
    def accounting(self, who: Sight) -> Iterator[Session]:
        """Give a session for one short transaction that keeps who looked at a case.

        Readers queue among themselves: in PostgreSQL they wait for no writer.
        """
        with (
            in_words(),
            Session(self.writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            self._queue(session, READERS_LOCK)
            sight.tell(session, who)
            yield session

    def _queue(self, session: Session, lock: int) -> None:
        if self.url.get_backend_name() == "postgresql":
            session.execute(text(f"SELECT pg_advisory_xact_lock({lock})"))

    def compact(self) -> None:
        """Leave nothing on the disk of what was deleted in an SQLite file.

        PostgreSQL overwrites it in its own time; see `docs/audit-trail.md`.
        """
        if self.url.get_backend_name() == "sqlite":
            with closing(self.plain.raw_connection()) as connection:
                for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    connection.cursor().execute(statement).fetchall()

    def close(self) -> None:
        """Let go of every connection."""
        self.writing.dispose()
        self.plain.dispose()
        if self.replica:
            self.replica.engine.dispose()

    @property
    def snapshots(self) -> Path:
        """The folder for snapshots of counted evidence; they can always be written again."""
        return self._beside("counted")

    @property
    def shelf(self) -> Path:
        """The folder of published releases, for a web server to serve; it can be drawn again."""
        named = settings.SHELF.read()
        return Path(named) if named else self._beside("shelf")

    def _beside(self, what: str) -> Path:
        if self.url.get_backend_name() == "sqlite":
            return Path(f"{Path(self.url.database or '').resolve()}.{what}")
        name = hashlib.sha256(self.url.render_as_string().encode()).hexdigest()[:16]
        folder = settings.FILES.read() or tempfile.gettempdir()
        return Path(folder) / f"inspection-evidence-{name}.{what}"


def open_database(address: str) -> Database:
    """Open an existing database of the current version; never creates anything.

    Raises Refusal when the address is not one, nothing is there, or its version differs.
    """
    database = _connect(address)
    found, expected = _version(database), newest_version()
    if found != expected:
        database.close()
        raise wrong_version(database.url, found, expected)
    elsewhere = settings.DATABASE_READING.read()
    if elsewhere and database.url.get_backend_name() == "postgresql":
        return replace(database, replica=Replica(engine_of(parsed(elsewhere), writes=False)))
    return database


def create_database(address: str) -> Database:
    """Open the database, creating an SQLite file where there is none, and migrate it.

    The folder of an SQLite file must exist. Raises Refusal as `open_database` does, and
    where another program keeps its tables.
    """
    database = _connect(address, create=True)
    found = _version(database)
    if found not in known_versions() or (found is None and _holds_tables(database)):
        database.close()
        raise wrong_version(database.url, found, newest_version())
    write_ahead(database.writing)
    migrate(database)
    return database


def empty_database(address: str, to: str = "head") -> Database:
    """Open a database that holds nothing, with the tables of a version, the newest if not said.

    Raises Refusal as `create_database` does, where records are there already, and for a version
    that this program does not know; what is there is then left as it is.
    """
    database = _connect(address, create=True)
    try:
        _check_empty(database, to)
        write_ahead(database.writing)
        migrate(database)
        if to not in {"head", newest_version()}:
            migrate(database, to)
    except BaseException:
        database.close()
        raise
    return database


def _check_empty(database: Database, to: str) -> None:
    found = _version(database)
    if to not in {"head", *known_versions()}:
        raise wrong_version(database.url, to, newest_version())
    with database.plain.connect() as connection:
        if not portable.is_empty(connection, portable.tables(connection)):
            raise _not_empty(database.url)
    if found not in known_versions() or (found is None and _holds_tables(database)):
        raise wrong_version(database.url, found, newest_version())


def _not_empty(url: URL) -> Refusal:
    shown = url.render_as_string(hide_password=True)
    return Refusal(
        f"The database {shown} holds records already.",
        "Give the address of an empty database, or of a file that is not there. "
        "Nothing was changed.",
        database=shown,
    )


def migrate(database: Database, to: str = "head") -> None:
    """Bring the database's tables to a version; every step is one transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with owned(database) as owner:
        config.attributes["engine"] = owner
        if to in {"base", *versions_until(_version(database))}:
            command.downgrade(config, to)
        else:
            command.upgrade(config, to)
        if owner is not database.writing:
            row_security.grant(owner, database.url)


@contextmanager
def owned(database: Database) -> Iterator[Engine]:
    """Give an engine that may change the tables: the owner's, where another role is named as it.

    Of the owner's address only the role and its password are used: it is of the same database.
    """
    named = settings.DATABASE_OWNER.read()
    if database.url.get_backend_name() == "sqlite" or not named:
        yield database.writing
        return
    owner = parsed(named)
    address = database.url.set(username=owner.username, password=owner.password)
    engine = create_engine(address, hide_parameters=True)
    try:
        yield engine
    finally:
        engine.dispose()


def _connect(address: str, *, create: bool = False) -> Database:
    url = parsed(address)
    if url.get_backend_name() == "sqlite":
        check_file(url, create=create)
    writing, plain = engine_of(url, writes=True), engine_of(url, writes=False)
    database = Database(url, writing, plain)
    try:
        with plain.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as problem:
        database.close()
        raise cannot_open(url, str(problem.__cause__ or problem).strip().splitlines()[0]) from None
    if url.get_backend_name() == "postgresql":
        # Only from now on: an address that is wrong is said at once.
        for engine in (writing, plain):
            event.listen(engine, "do_connect", connect_patiently)
    return database


def _version(database: Database) -> str | None:
    try:
        with database.plain.connect() as connection:
            return version(connection)
    except SQLAlchemyError as problem:
        database.close()
        raise cannot_open(database.url, str(problem.__cause__ or problem)) from None


def _holds_tables(database: Database) -> bool:
    return bool(inspect(database.plain).get_table_names())


def _refuse_commit(_session: Session) -> None:
    message = "a reading session keeps nothing: change records in a recording one"
    raise UnrecordedChangeError(message)


def _refuse_unrecorded(session: Session) -> None:
    if session.info.get("changed") and not session.info.get("audited"):
        message = "this transaction changes records and adds no audit event"
        raise UnrecordedChangeError(message)
