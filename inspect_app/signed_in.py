"""The person who is signed in, the clock they act by, and the database they act on."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from data_model import looks
from data_model.database import Database
from data_model.looks import Looker
from data_model.sight import Sight, Task
from inspect_app.access import Permission, Standing
from inspect_app.errors import NotAllowed, SignInAgain

FILE_HASH = 16


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def over(summary: str) -> SignInAgain:
    """Return the refusal of a sign-in that is over."""
    return SignInAgain(
        summary, "Sign in again to go on. What you typed in a case is kept and will be there."
    )


@dataclass(frozen=True)
class SignedIn:
    """Somebody acting: every service function takes one as `by`.

    `via` says from which screen, command or file they act, for the trail. `until` is when their
    sign-in ends, if it does: from then on nothing is read or recorded.
    """

    name: str
    organisation_name: str
    standing: Standing
    database: Database
    clock: Callable[[], datetime] = now
    via: str | None = None
    until: datetime | None = None

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

    def through(self, via: str) -> "SignedIn":
        """Return the same person acting from this screen, command or file."""
        return replace(self, via=via)

    def with_file(self, data: bytes) -> "SignedIn":
        """Return the same person acting by a file, which is named by the start of its SHA-256."""
        file = f"file {hashlib.sha256(data).hexdigest()[:FILE_HASH]}"
        return self.through(f"{self.via}, {file}" if self.via else file)

    def sight(self, *tasks: Task) -> Sight:
        """What the database is told of the person; a task shows it rows that are not theirs."""
        roles = self.standing.roles
        return Sight(self.person, str(next(iter(roles))) if len(roles) == 1 else "", tasks)

    @contextmanager
    def reading(self, *tasks: Task, counted: bool = False) -> Iterator[Session]:
        """Give a session for reading what the person may see, and what the tasks need.

        That a case was looked at is kept before this ends. What is `counted` may come from a
        replica. Raises SignInAgain once the sign-in has ended.
        """
        self._check_time()
        with self.database.reading(self.sight(*tasks), counted=counted) as session:
            yield session
        looks.keep(self.database, session, self._looker)

    @contextmanager
    def recording(self, *tasks: Task) -> Iterator[Session]:
        """Give a session for one transaction, which must add an audit event.

        Raises SignInAgain once the sign-in has ended.
        """
        self._check_time()
        with self.database.recording(self.sight(*tasks)) as session:
            yield session
        looks.keep(self.database, session, self._looker)

    @property
    def acting_as(self) -> str:
        """The codes of the roles the person acts under, with semicolons between them."""
        return ";".join(sorted(self.standing.roles))

    @property
    def _looker(self) -> Looker:
        return Looker(self.person, self.acting_as, self.via, self.clock(), self.sight())

    def _check_time(self) -> None:
        if self.until is not None and self.clock() >= self.until:
            raise over("Your sign-in has ended.")
