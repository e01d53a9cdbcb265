"""Look at, and tamper with, any row of a test's database, as its server's master."""

from dataclasses import replace

from sqlalchemy import create_engine, insert, text
from sqlalchemy.pool import NullPool

from data_model.database import Database
from data_model.records import PersonRole
from data_model.vocabulary import Role
from inspect_app.signed_in import SignedIn

MASTER = "postgres"


def every_row_of(database: Database) -> Database:
    """Give the same database past its row-level security; SQLite has none."""
    if database.url.get_backend_name() == "sqlite":
        return database
    url = database.url.set(username=MASTER)
    writing = create_engine(url, poolclass=NullPool)
    plain = writing.execution_options(isolation_level="REPEATABLE READ")
    return replace(database, url=url, writing=writing, plain=plain)


def with_roles(by: SignedIn, roles: frozenset[Role]) -> SignedIn:
    """Give somebody with these roles as well, of which the database knows."""
    with every_row_of(by.database).writing.begin() as connection:
        for role in roles - by.standing.roles:
            connection.execute(insert(PersonRole), {"person": by.person, "role": role})
    return replace(by, standing=replace(by.standing, roles=by.standing.roles | roles))


def moved_to(by: SignedIn, organisation: str, area: str) -> SignedIn:
    """Give somebody of another organisation, of which the database knows."""
    with every_row_of(by.database).writing.begin() as connection:
        connection.execute(
            text("UPDATE person SET organisation = :organisation WHERE code = :person"),
            {"organisation": organisation, "person": by.person},
        )
    return replace(by, standing=replace(by.standing, organisation=organisation, area=area))
