"""The versions that the tables have had, and what is said of a database of another one."""

from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import URL

from inspect_app.errors import Refusal

MIGRATIONS = Path(__file__).parent / "migrations"


def version(connection: Connection) -> str | None:
    """Return the version of the tables that a connection sees, None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_version() -> str | None:
    """Return the version of the tables that this program needs."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def versions_until(found: str | None) -> list[str]:
    """Return the versions that the tables went through to come to this one, the oldest first."""
    steps = ScriptDirectory(str(MIGRATIONS)).walk_revisions(head=found) if found else ()
    return [step.revision for step in steps][::-1]


def known_versions() -> set[str | None]:
    """Return every version the tables have had; None stands for no tables yet."""
    return {None, *(step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions())}


def wrong_version(url: URL, found: str | None, expected: str | None) -> Refusal:
    """Return the refusal of a database of another version than is needed, or of none."""
    shown = url.render_as_string(hide_password=True)
    holds = "is not a database of this product" if found is None else f"is of version {found}"
    return Refusal(
        f"The database {shown} {holds}; this program needs version {expected}.",
        f"{_mend(found)}, or check the address.",
        found=found,
        expected=expected,
    )


def _mend(found: str | None) -> str:
    """Return what to do about a database of another version: an older one, a newer one, or none."""
    if found is None:
        return "Run `inspect-app samples` to set up a new one"
    if found in known_versions():
        return "Run `inspect-app samples` to bring it up to date with everything in it"
    return "It was made by a newer program: use that one"
