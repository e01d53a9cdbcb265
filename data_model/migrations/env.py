"""How Alembic reaches the database: through the engine it is handed, one transaction a step."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from sqlalchemy import Connection

from data_model.records import Record


def run() -> None:
    """Run the migrations asked for on the engine in the configuration's attributes."""
    engine = context.config.attributes["engine"]
    with engine.connect() as connection, _foreign_keys_at_rest(connection):
        context.configure(
            connection=connection,
            target_metadata=Record.metadata,
            render_as_batch=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


@contextmanager
def _foreign_keys_at_rest(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table that others point at, and check every pointer afterwards."""
    if connection.dialect.name != "sqlite":
        yield
        return
    file: Any = connection.connection.driver_connection
    file.execute("PRAGMA foreign_keys=OFF")
    yield
    lost = file.execute("PRAGMA foreign_key_check").fetchall()
    file.execute("PRAGMA foreign_keys=ON")
    if lost:
        message = f"the migration left rows that point nowhere: {lost[:5]}"
        raise RuntimeError(message)


run()
