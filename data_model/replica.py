"""A replica serves readings, but never to somebody who would miss there what they just saved.

PostgreSQL's replicas follow the primary by its log. This process remembers how far the log went
when it last saved; a replica that has not come as far is passed over, and so is one that does not
answer, or is no replica any more.
"""

from dataclasses import dataclass

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

FOLLOWED = text("SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= CAST(:saved AS pg_lsn)")
SAVED = text("SELECT pg_current_wal_lsn()")
BEGINNING = "0/0"


@dataclass
class Replica:
    """A server that follows another, and how far it must have come to be of use."""

    engine: Engine
    saved: str = BEGINNING

    def remember(self, primary: Engine) -> None:
        """Note how far the primary's log goes, after something was saved.

        What was saved is kept already: where the primary cannot say, the replica is passed over.
        """
        try:
            with primary.connect() as connection:
                self.saved = str(connection.scalar(SAVED))
        except SQLAlchemyError:
            self.saved = "FFFFFFFF/FFFFFFFF"

    def may_serve(self) -> bool:
        """Whether everything that this process saved can be read there."""
        try:
            with self.engine.connect() as connection:
                return bool(connection.scalar(FOLLOWED, {"saved": self.saved}))
        except SQLAlchemyError:
            return False
