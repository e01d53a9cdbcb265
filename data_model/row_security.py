"""The role that the application connects to PostgreSQL as: it owns nothing and is above nothing.

Row-level security holds for it because it neither owns the tables nor may pass the policies by.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import URL

KEPT_FOR_EVER = ("audit_event", "case_read")
"""Tables whose rows the application adds and never changes, but to erase what they say."""
ERASED = ("before", "after", "changed", "reason", "salt", "erased_in")
"""What goes of an event when it is erased; a trigger lets nothing else happen to it."""
READ_ONLY = ("alembic_version",)


@dataclass(frozen=True)
class Loose:
    """What lets the role of the application past the policies, and what to do about it."""

    what: str
    advice: str


def grant(owner: Engine, application: URL) -> None:
    """Let the role of the application's address read and write rows, and nothing else."""
    with owner.begin() as connection:
        role = connection.dialect.identifier_preparer.quote(application.username or "")
        home = connection.scalar(text("SELECT current_schema()"))
        for statement in _grants(role, str(home), connection):
            connection.exec_driver_sql(statement)


def _grants(role: str, home: str, connection: Connection) -> Iterator[str]:
    held = text("SELECT tablename FROM pg_tables WHERE schemaname = :home")
    tables = {str(name) for name in connection.scalars(held, {"home": home})}
    yield f"GRANT USAGE ON SCHEMA {home} TO {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {home} TO {role}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {home} TO {role}"
    for name in sorted(tables.intersection(KEPT_FOR_EVER)):
        yield f"REVOKE UPDATE, DELETE ON {name} FROM {role}"
    if "trail_head" in tables:
        yield f"GRANT UPDATE ({', '.join(ERASED)}) ON audit_event TO {role}"
    for name in sorted(tables.intersection(READ_ONLY)):
        yield f"REVOKE INSERT, UPDATE, DELETE ON {name} FROM {role}"
    if connection.scalar(text("SELECT to_regnamespace('sight') IS NOT NULL")):
        yield f"GRANT USAGE ON SCHEMA sight TO {role}"
        yield "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA sight FROM PUBLIC"
        yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sight TO {role}"


LOOSE = {
    "is a superuser": ("rolsuper", "Connect as a role that is none."),
    "may pass row-level security by": ("rolbypassrls", "Take BYPASSRLS from it."),
    "may make roles": ("rolcreaterole", "Take CREATEROLE from it."),
    "owns the tables": (
        "pg_has_role(oid, (SELECT relowner FROM pg_class WHERE oid = 'case_file'::regclass), "
        "'MEMBER')",
        "Set INSPECT_APP_DATABASE_OWNER to the owner's address and connect as another role.",
    ),
}


def loose(engine: Engine) -> tuple[Loose, ...]:
    """Return what lets the role that an engine connects as past the policies; nothing on SQLite."""
    if engine.dialect.name != "postgresql":
        return ()
    asked = ", ".join(expression for expression, _advice in LOOSE.values())
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            f"SELECT {asked} FROM pg_roles WHERE rolname = current_user"  # noqa: S608 - our words
        ).one()
    held = zip(LOOSE.items(), found, strict=True)
    return tuple(Loose(what, advice) for (what, (_sql, advice)), holds in held if holds)
