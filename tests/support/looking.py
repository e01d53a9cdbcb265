"""Look at, and tamper with, any row of a test's database, as its server's master."""

from dataclasses import replace

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from data_model.database import Database

MASTER = "postgres"


def every_row_of(database: Database) -> Database:
    """Give the same database past its row-level security; SQLite has none."""
    if database.url.get_backend_name() == "sqlite":
        return database
    url = database.url.set(username=MASTER)
    writing = create_engine(url, poolclass=NullPool)
    plain = writing.execution_options(isolation_level="REPEATABLE READ")
    return replace(database, url=url, writing=writing, plain=plain)
