"""Every row of a database in a form that is the same on SQLite and PostgreSQL, out and in again.

Tables are looked up in the database itself, so that a database of an earlier version is read as it
is. A row is a list of plain values in the order of its columns' names: moments in UTC, documents
as base64, JSON as the text that is kept. Rows come in the order of their keys, byte by byte.
"""

import base64
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnClause,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    cast,
    column,
    literal_column,
    select,
    table,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import TypeEngine

from data_model.records.base import Instant

Row = list[Any]
VERSIONS = "alembic_version"
NOT_KEPT = (SQLAlchemyError, psycopg.Error)
"""What is raised where a value cannot be kept; its message may hold the value."""
AT_ONCE = 2_000
DOCUMENTS_AT_ONCE = 4


def tables(connection: Connection) -> list[Table]:
    """Return every table, those that are pointed at before those that point."""
    there = MetaData()
    there.reflect(connection)
    return [held for held in there.sorted_tables if held.name != VERSIONS]


def names(held: Table) -> list[str]:
    """Return the names of a table's columns, in the order that a row has them."""
    return sorted(each.name for each in held.columns)


def is_empty(connection: Connection, held: Sequence[Table]) -> bool:
    """Return whether no table holds a row."""
    one: ColumnClause[int] = literal_column("1")
    return not any(connection.execute(select(one).select_from(t).limit(1)).all() for t in held)


def rows(connection: Connection, held: Table, wanted: Sequence[str]) -> Generator[Row, None, None]:
    """Yield each row, with these columns, a few at a time; close it where not all are taken."""
    columns = [held.columns[name] for name in wanted]
    query = (
        select(*map(_as_kept, columns))
        .order_by(*(_byte_by_byte(each, connection) for each in held.primary_key.columns))
        .execution_options(yield_per=_at_once(held))
    )
    plain = [_plain(each.type) for each in columns]
    with connection.execute(query) as result:
        for found in result:
            yield [
                value if value is None else turned(value)
                for value, turned in zip(found, plain, strict=True)
            ]


def line(row: Row) -> bytes:
    """Return a row as a line of JSON: two rows are the same if their lines are."""
    return f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def read_line(said: bytes) -> Row:
    """Return the row that a line holds; raises ValueError where it holds none."""
    row = json.loads(said)
    if not isinstance(row, list):
        raise ValueError("a line holds no row")  # noqa: TRY004 - it is what was read that is wrong
    return row


def fill(connection: Connection, held: Table, given: Sequence[str], new: Iterable[Row]) -> int:
    """Put rows into an empty table within the caller's transaction; return how many."""
    kept = [_kept(held.columns[name].type) for name in given]
    back = (
        tuple(
            value if value is None else turned(value)
            for value, turned in zip(row, kept, strict=True)
        )
        for row in new
    )
    put = _put_into_file if connection.dialect.name == "sqlite" else _put_into_server
    count = put(connection, held, given, back)
    if connection.dialect.name == "postgresql":
        _go_on_counting(connection, held)
    return count


def _put_into_file(
    connection: Connection, held: Table, given: Sequence[str], new: Iterator[tuple[Any, ...]]
) -> int:
    light = table(held.name, *(column(name, _type(held.columns[name])) for name in given))
    count = 0
    while batch := list(islice(new, _at_once(held))):
        values = [dict(zip(given, row, strict=True)) for row in batch]
        connection.execute(light.insert(), values)
        count += len(batch)
    return count


def _put_into_server(
    connection: Connection, held: Table, given: Sequence[str], new: Iterator[tuple[Any, ...]]
) -> int:
    """Put them in by COPY, which took a quarter of the time that inserting them one by one took."""
    driver: Any = connection.connection.driver_connection
    columns = sql.SQL(", ").join(map(sql.Identifier, given))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(held.name), columns)
    count = 0
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        for row in new:
            copy.write_row(row)
            count += 1
    return count


def _go_on_counting(connection: Connection, held: Table) -> None:
    """Let PostgreSQL give out numbers after those that are there, as SQLite does by itself."""
    quoted = connection.dialect.identifier_preparer.quote
    for each in held.primary_key.columns:
        place = f"pg_get_serial_sequence('{quoted(held.name)}', '{each.name}')"
        highest = f"(SELECT MAX({quoted(each.name)}) FROM {quoted(held.name)})"  # noqa: S608
        if each.type.python_type is int:
            connection.exec_driver_sql(
                f"SELECT setval({place}, COALESCE({highest}, 0) + 1, false) "
                f"WHERE {place} IS NOT NULL"
            )


def wait_with_pointers(connection: Connection, held: Sequence[Table]) -> None:
    """Check pointers when all rows are in: an area may point at one that comes after it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        return
    _alter_own_pointers(connection, held, "DEFERRABLE INITIALLY DEFERRED")
    _hold_owner_to_policies(connection, held, "NO FORCE")


def check_pointers(connection: Connection, held: Sequence[Table]) -> None:
    """Check them now, and from now on with each statement; raises IntegrityError."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        _alter_own_pointers(connection, held, "NOT DEFERRABLE")
        _hold_owner_to_policies(connection, held, "FORCE")


def _hold_owner_to_policies(connection: Connection, held: Sequence[Table], how: str) -> None:
    """Let the owner of secured tables fill them by COPY, which no policy allows, or no longer."""
    secured = connection.exec_driver_sql(
        "SELECT relname FROM pg_class WHERE relrowsecurity "
        "AND relnamespace = current_schema()::regnamespace"
    )
    quoted = connection.dialect.identifier_preparer.quote
    for name in {each.name for each in held}.intersection(secured.scalars()):
        connection.exec_driver_sql(f"ALTER TABLE {quoted(name)} {how} ROW LEVEL SECURITY")


def _alter_own_pointers(connection: Connection, held: Sequence[Table], how: str) -> None:
    quoted = connection.dialect.identifier_preparer.quote
    for each in held:
        for pointer in each.foreign_key_constraints:
            if pointer.referred_table is each:
                named = quoted(str(pointer.name))
                altered = f"ALTER TABLE {quoted(each.name)} ALTER CONSTRAINT {named} {how}"
                connection.exec_driver_sql(altered)


def _as_kept(each: Column[Any]) -> Any:
    """Ask for JSON as the text that is kept: what was hashed stays what it was, byte by byte."""
    return cast(each, Text) if isinstance(each.type, JSON) else each


def _byte_by_byte(each: Column[Any], connection: Connection) -> Any:
    server = connection.dialect.name == "postgresql"
    return each.collate("C") if server and isinstance(each.type, String) else each


def _at_once(held: Table) -> int:
    documents = any(isinstance(each.type, LargeBinary) for each in held.columns)
    return DOCUMENTS_AT_ONCE if documents else AT_ONCE


def _type(each: Column[Any]) -> TypeEngine[Any]:
    if isinstance(each.type, JSON):
        return Text()
    return Instant() if isinstance(each.type, DateTime) else each.type


def _same(value: Any) -> Any:
    return value


def _moment(value: datetime) -> str:
    aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return aware.isoformat(timespec="microseconds")


def _text_of(document: bytes) -> str:
    return base64.b64encode(document).decode("ascii")


FORMS: Sequence[tuple[type[TypeEngine[Any]], Callable[[Any], Any], Callable[[Any], Any]]] = (
    (DateTime, _moment, datetime.fromisoformat),
    (Date, date.isoformat, date.fromisoformat),
    (LargeBinary, _text_of, base64.b64decode),
    (Boolean, bool, bool),
)
"""For a kind of column, how its value becomes plain, and back."""


def _plain(kind: TypeEngine[Any]) -> Callable[[Any], Any]:
    return next((out for form, out, _back in FORMS if isinstance(kind, form)), _same)


def _kept(kind: TypeEngine[Any]) -> Callable[[Any], Any]:
    return next((back for form, _out, back in FORMS if isinstance(kind, form)), _same)
