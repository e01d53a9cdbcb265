"""A database that was moved elsewhere is closed to writing, so that nothing is written to be lost.

Every change adds an event to the trail, or is somebody's own notes: closing those tables closes
the whole, for every process that still has the old address.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text

from data_model.records import Record

TRIGGER = "moved_away"
CHANGES = ("INSERT", "UPDATE", "DELETE")
TRAIL = "audit_event"
MESSAGE = "this database was moved: it is closed to writing"


def close(connection: Connection) -> None:
    """Refuse every later write, within the caller's transaction."""
    _run(connection, _closing(connection))


def reopen(connection: Connection) -> None:
    """Take what `close` did back, within the caller's transaction."""
    _run(connection, _reopening(connection))


def is_closed(connection: Connection) -> bool:
    """Return whether the database was closed to writing."""
    catalogue, column = (
        ("sqlite_master", "name")
        if connection.dialect.name == "sqlite"
        else ("pg_trigger", "tgname")
    )
    found = text(f"SELECT 1 FROM {catalogue} WHERE {column} LIKE :name")  # noqa: S608
    return connection.execute(found, {"name": f"{TRIGGER}%"}).first() is not None


def _run(connection: Connection, statements: Iterator[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


def _tables(connection: Connection) -> list[str]:
    notes = [
        mapper.class_.__tablename__
        for mapper in Record.registry.mappers
        if getattr(mapper.class_, "__own_notes__", False)
    ]
    there = set(inspect(connection).get_table_names())
    return sorted({TRAIL, *map(str, notes)} & there)


def _closing(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for table in _tables(connection):
            for change in CHANGES:
                yield (
                    f"CREATE TRIGGER {TRIGGER}_{table}_{change.lower()} BEFORE {change} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                )
        return
    yield (
        f"CREATE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    for table in _tables(connection):
        yield (
            f"CREATE TRIGGER {TRIGGER} BEFORE {' OR '.join(CHANGES)} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {TRIGGER}()"
        )


def _reopening(connection: Connection) -> Iterator[str]:
    for table in _tables(connection):
        if connection.dialect.name == "sqlite":
            for change in CHANGES:
                yield f"DROP TRIGGER IF EXISTS {TRIGGER}_{table}_{change.lower()}"
        else:
            yield f"DROP TRIGGER IF EXISTS {TRIGGER} ON {table}"
    if connection.dialect.name != "sqlite":
        yield f"DROP FUNCTION IF EXISTS {TRIGGER}()"
