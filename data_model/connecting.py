"""Where a database is and how it is reached: addresses, and the engines that connect to them."""

import re
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Dialect, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError

from inspect_app import monitoring
from inspect_app.errors import Refusal

BUSY_MILLISECONDS = 30_000
PATIENCE = 3
"""For how many seconds a server that was there is asked again before a person is told."""

OVERFLOW = 15
"""With the pool's five, 20 connections for reading and 20 for writing: two processes of the app
stay under the 100 that PostgreSQL allows where nobody said otherwise."""

PASSWORD = re.compile(r":[^:/@]*@")
DRIVERS = {"sqlite", "postgresql", "postgresql+psycopg"}


def parsed(address: str) -> URL:
    """Return an address as SQLAlchemy has it; raises Refusal where it is none of ours."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise _not_an_address(PASSWORD.sub(":***@", address)) from None
    if url.drivername not in DRIVERS:
        raise _not_an_address(url.render_as_string())
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _not_an_address(address: str) -> Refusal:
    return Refusal(
        f"{address!r} is not the address of a database this product can use.",
        "Give sqlite:///FILE for an embedded file, or postgresql://USER@HOST/NAME.",
        address=address,
    )


def check_file(url: URL, *, create: bool) -> None:
    """Raise Refusal where an SQLite file cannot be opened, or created if it is to be."""
    file = Path(url.database or "")
    if not url.database or url.database == ":memory:":
        raise cannot_open(url, "an embedded database needs a file name")
    if file.is_dir():
        raise cannot_open(url, "that is a folder, not a file")
    if not create and not file.is_file():
        raise cannot_open(url, "there is no such file")
    if create and not file.resolve().parent.is_dir():
        raise cannot_open(url, f"there is no folder {file.parent}")


def cannot_open(url: URL, why: str) -> Refusal:
    """Return the refusal of a database that cannot be opened, with the reason."""
    shown = url.render_as_string(hide_password=True)
    return Refusal(
        f"The database {shown} could not be opened: {why}.",
        "Check the address given with --database or INSPECT_APP_DATABASE; "
        "`inspect-app samples` creates an embedded database with the samples. "
        "Nothing was created.",
        database=shown,
    )


def engine_of(url: URL, *, writes: bool) -> Engine:
    """Return an engine for writing, or for reading one moment at a time."""
    if url.get_backend_name() != "sqlite":
        # A reading session sees one moment, as it does in SQLite.
        level = "READ COMMITTED" if writes else "REPEATABLE READ"
        engine = create_engine(url, pool_pre_ping=True, max_overflow=OVERFLOW, hide_parameters=True)
        event.listen(engine, "handle_error", _count_error)
        return engine.execution_options(isolation_level=level)
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "handle_error", _count_error)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate if writes else _begin_deferred)
    return engine


def connect_patiently(
    dialect: Dialect, _record: object, given: tuple[Any, ...], named: dict[str, Any]
) -> Any:
    """Connect again to a server that is being started again, before anybody is told anything."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return dialect.connect(*given, **named)
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    with monitoring.waiting_to_write():
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


def _count_error(context: ExceptionContext) -> None:
    monitoring.DATABASE_ERRORS.labels(type(context.original_exception).__name__).inc()


def write_ahead(engine: Engine) -> None:
    """Let an SQLite file be read while it is written; the file remembers it."""
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA journal_mode=WAL").fetchall()
