"""What a transaction tells PostgreSQL of whoever acts, so that it shows them their rows only.

The settings end with the transaction, so a pooled connection carries nobody's sight on to the next
person, and a transaction that names nobody sees no case. SQLite has no such thing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import text
from sqlalchemy.orm import Session

NAMED = text(
    "SELECT set_config('inspect.person', :person, true), "
    "set_config('inspect.office', :office, true), set_config('inspect.tasks', :tasks, true)"
)
SET = text("SELECT set_config('inspect.tasks', :tasks, true)")
TASKS = "tasks in sight"
OWNER = "owner"
"""What the owner of the tables says to see every row; it is nothing to any other role."""


class Task(StrEnum):
    """Work that needs rows which the person who asks for it may not see; `WHY` says which and why.

    The policies of the database hold each to its rows.
    """

    COUNTING = "counting"
    WEIGHING = "weighing"
    MODERATING = "moderating"
    GUARDING = "guarding"
    NUMBERING = "numbering"
    CHAINING = "chaining"
    KEEPING_APART = "keeping_apart"
    ERASING = "erasing"


WHY = {
    Task.COUNTING: "counted cases of agreed inspections, returns and lists, for the counts",
    Task.WEIGHING: "findings chosen for a recommendation or a claim, for how they stand",
    Task.MODERATING: "all readings of the inspections the person reads in, for moderation",
    Task.GUARDING: "references of cases and tokens of packs, so that none leaves unseen",
    Task.NUMBERING: "receipts of cases, so that no number is given twice",
    Task.KEEPING_APART: "who read what, so that nobody approves what they wrote",
    Task.ERASING: "cases whose time has come, to count and to erase them",
    Task.CHAINING: "events of the trail, to chain the next, and for the history of a record",
}


@dataclass(frozen=True)
class Sight:
    """Who acts in a transaction, and for which tasks beside what they may see themselves.

    `office` is the role of whoever has no record as a person: the command line and the set-up.
    """

    person: str
    office: str = ""
    tasks: tuple[Task, ...] = ()


def tell(session: Session, sight: Sight) -> None:
    """Say who acts, until the transaction ends."""
    if _knows(session):
        tasks = " ".join(sight.tasks)
        session.info[TASKS] = sight.tasks
        session.execute(NAMED, {"person": sight.person, "office": sight.office, "tasks": tasks})


def see_every_row(session: Session) -> None:
    """Let the owner of the tables see every row, until the transaction ends."""
    if _knows(session):
        _set(session, (OWNER,))


@contextmanager
def widened(session: Session, *tasks: Task) -> Iterator[None]:
    """See what the tasks need as well, until the end of the block.

    After an error the wider sight is left to end with the transaction, which may be beyond asking.
    """
    before = session.info.get(TASKS, ())
    if not _knows(session) or set(tasks) <= set(before):
        yield
        return
    _set(session, (*before, *tasks))
    yield
    _set(session, before)


def _set(session: Session, tasks: tuple[str, ...]) -> None:
    session.info[TASKS] = tasks
    session.execute(SET, {"tasks": " ".join(tasks)})


def _knows(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
