"""The person who is signed in, the clock they act by, and the database they act on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from data_model.database import Database
from inspect_app.access import Permission, Standing
from inspect_app.errors import NotAllowed


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class SignedIn:
    """Somebody acting: every service function takes one as `by`."""

    name: str
    organisation_name: str
    standing: Standing
    database: Database
    clock: Callable[[], datetime] = now

    @property
    def person(self) -> str:
        """The person's code."""
        return self.standing.person

    @property
    def today(self) -> date:
        """The date, by the person's clock."""
        return self.clock().date()

    def may(self, permission: Permission) -> bool:
        """Return whether the person's roles allow this at all."""
        return self.standing.may(permission)

    def need(self, permission: Permission) -> None:
        """Raise NotAllowed unless the person's roles allow this."""
        if not self.may(permission):
            roles = ", ".join(sorted(role.english.lower() for role in self.standing.roles))
            raise NotAllowed(
                f"You are signed in as {roles or 'nobody in particular'}, which does not allow "
                f"you to {permission}.",
                "Ask a colleague whose role allows it, or your administrator.",
                permission=permission,
            )

    @contextmanager
    def reading(self, *, counted: bool = False) -> Iterator[Session]:
        """Give a session for reading; what is `counted` may come from a replica."""
        with self.database.reading(counted=counted) as session:
            yield session

    @contextmanager
    def recording(self) -> Iterator[Session]:
        """Give a session for one transaction, which must add an audit event."""
        with self.database.recording() as session:
            yield session
