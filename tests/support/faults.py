"""Databases that say no in a test, each by its own means: full, only to be read, cut off."""

from sqlalchemy import create_engine, event, text

from data_model.database import Database
from tests.support.looking import MASTER


def no_page_more(connection: object) -> None:
    """Let the file grow no more: SQLite then says what it says when a disk is full."""
    connection.exec_driver_sql("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]


def only_read(database: Database, on: str) -> None:
    """Let every connection from now on only read, or write again."""
    database.close()
    if database.url.get_backend_name() == "sqlite":
        listen = event.listen if on == "on" else event.remove
        listen(database.writing, "begin", ask_only)
        return
    name = database.url.database
    administer(database, f'ALTER DATABASE "{name}" SET default_transaction_read_only = {on}')


def administer(database: Database, statement: str, **values: object) -> None:
    """Have something done on the server by somebody else."""
    server = database.url.set(username=MASTER, database="postgres")
    other = create_engine(server, isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        connection.execute(text(statement), values)
    other.dispose()


def ask_only(connection: object) -> None:
    """Let a connection only read, which SQLite says as it does of a file that is read only."""
    connection.exec_driver_sql("PRAGMA query_only = on")  # type: ignore[attr-defined]


def cut(database: Database) -> None:
    """Cut every connection to a database, as a server does that is started again."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
    administer(database, others, name=database.url.database)


def away(database: Database, on: str) -> None:
    """Let nobody connect to a database on its server, or everybody again."""
    allowed = "false" if on == "on" else "true"
    administer(database, f'ALTER DATABASE "{database.url.database}" ALLOW_CONNECTIONS {allowed}')
    cut(database)
