"""How Alembic reaches the database: through the engine it is handed, one transaction a step."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from data_model.records import Record


def run() -> None:
    """Run the migrations asked for on the engine in the configuration's attributes."""
    engine = context.config.attributes["engine"]
    with engine.connect() as connection, _foreign_keys_at_rest(connection):
        _see_every_row(connection)
        context.configure(
            connection=connection,
            target_metadata=Record.metadata,
            render_as_batch=True,
            transaction_per_migration=True,
            on_version_apply=_check_pointers,
        )
        with context.begin_transaction():
            context.run_migrations()


def _see_every_row(connection: Connection) -> None:
    """Let the owner, and nobody else, see every row of tables that are secured row by row."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT set_config('inspect.tasks', 'owner', false)")
        connection.commit()


@contextmanager
def _foreign_keys_at_rest(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table that others point at; each step checks every pointer."""
    if connection.dialect.name != "sqlite":
        yield
        return
    file: Any = connection.connection.driver_connection
    file.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        file.execute("PRAGMA foreign_keys=ON")


def _check_pointers(ctx: MigrationContext, *_step: Any, **_named: Any) -> None:
    """Fail a step within its transaction if it left rows that point nowhere."""
    connection = ctx.connection
    if connection is None or connection.dialect.name != "sqlite":
        return
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if lost:
        message = f"the migration left rows that point nowhere: {lost[:5]}"
        raise RuntimeError(message)


run()
