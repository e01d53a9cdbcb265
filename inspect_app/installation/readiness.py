"""Whether this process can do its work now: each part is asked for real, and says what is wrong."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from data_model.closing import is_closed
from data_model.database import Database, open_database
from data_model.records import AuditEvent
from data_model.row_security import loose
from inspect_app import settings
from inspect_app.errors import Refusal

FINE = "ok"


@dataclass(frozen=True)
class Part:
    """A part that was asked: its name, and `ok` or the kind of what is wrong with it."""

    name: str
    says: str

    @property
    def works(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.says == FINE


def asked(address: str) -> tuple[Part, ...]:
    """Ask every part this process needs; a part is not asked where the database is not there."""
    try:
        database = open_database(address)
    except Refusal:
        return (Part("database", "not there, or of another version"),)
    try:
        return tuple(Part(name, _says(ask, database)) for name, ask in PARTS.items())
    finally:
        database.close()


def _says(ask: Callable[[Database], str | None], database: Database) -> str:
    """Ask a part; what goes wrong is told by its class, for words may hold values."""
    try:
        return ask(database) or FINE
    except (OSError, SQLAlchemyError) as problem:
        return type(problem).__name__


def _database(database: Database) -> str | None:
    with database.plain.connect() as connection:
        connection.execute(select(AuditEvent.number).limit(1)).all()
        return "closed: it was moved" if is_closed(connection) else None


def _row_security(database: Database) -> str | None:
    """Where the tables have an owner of their own, nothing may let this role past the policies."""
    if not settings.DATABASE_OWNER.read():
        return None
    return "; ".join(f"this role {each.what}" for each in loose(database.plain)) or None


def _disk(database: Database) -> None:
    """Write where this process writes: beside an SQLite file, or in the folder for files."""
    folder = database.snapshots.parent
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".ready-") as file:
        file.write(b"ready")
        file.flush()
        os.fsync(file.fileno())


def _snapshots(database: Database) -> str | None:
    return _readable(database.snapshots)


def _shelf(database: Database) -> str | None:
    return _readable(database.shelf)


def _readable(folder: Path) -> str | None:
    """A folder that is not there yet is made when it is needed; one that is there must be read."""
    if folder.exists():
        with os.scandir(folder) as held:
            next(held, None)
        return None if os.access(folder, os.R_OK | os.W_OK | os.X_OK) else "not to be written in"
    return None


PARTS: dict[str, Callable[[Database], str | None]] = {
    "database": _database,
    "row security": _row_security,
    "disk": _disk,
    "snapshots": _snapshots,
    "shelf": _shelf,
}
