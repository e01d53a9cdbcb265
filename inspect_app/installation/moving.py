"""Move a live installation to another database: every row, verified one by one before it counts.

While rows are copied nobody can write to the old database, and once they are there it is closed
to writing, so that nothing is written where nobody will look. The new one is filled in a single
transaction: whatever goes wrong, it is left empty and the old one as it was.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy import Connection, Table
from sqlalchemy.orm import Session

from data_model import closing as closed
from data_model import portable
from data_model.database import Database, empty_database, open_database
from inspect_app.errors import Refusal
from inspect_app.installation import folders, whole

Say = Callable[[str], None]


@dataclass(frozen=True)
class Moved:
    """What was moved and verified: tables, rows, events of the trail, files of the folders."""

    tables: int
    rows: int
    events: int
    files: int


def move(source: str, target: str, say: Say) -> Moved:
    """Move everything from one address to the other, of either kind, and close the old one.

    Raises Refusal where the source is not a whole installation of this version, or was moved
    already, where the target is not empty, and where a row did not arrive as it was.
    """
    with ExitStack() as held:
        old = held.enter_context(closing(open_database(source)))
        new = held.enter_context(closing(empty_database(target)))
        for folder, other in ((new.shelf, old.shelf), (new.snapshots, old.snapshots)):
            folders.check_free(folder, other_than=other)
        with whole.held_still(old) as reading:
            _check_open(reading, old)
            moved = _fill(reading, new, old, say)
            closed.close(reading)
    return moved


def reopen(address: str) -> None:
    """Let a database that was closed by a move be written again: the move is given up.

    Raises Refusal where it is not closed.
    """
    with closing(open_database(address)) as database, whole.changing(database) as connection:
        if not closed.is_closed(connection):
            raise Refusal(
                f"{whole.shown(database)} is not closed.", "It can be written to as it is."
            )
        closed.reopen(connection)


def _check_open(reading: Connection, old: Database) -> None:
    if closed.is_closed(reading):
        raise Refusal(
            f"{whole.shown(old)} was moved already, and is closed to writing.",
            "Move the database that is in use. To go back to this one and lose what was written "
            f"since, run: inspect-app move --reopen {whole.shown(old)}",
        )


def _whole_chain(reading: Connection, old: Database) -> whole.Chain:
    found = whole.chain(reading)
    if found.first_broken is not None:
        raise Refusal(
            f"The audit trail of {whole.shown(old)} is broken at event {found.first_broken}.",
            "Find out what happened before it is moved. Nothing was changed.",
            event=found.first_broken,
        )
    return found


def _fill(reading: Connection, new: Database, old: Database, say: Say) -> Moved:
    """Fill the target in one transaction, verify it, and keep it with the folders beside it."""
    with whole.changing(new) as writing:
        chain = _whole_chain(reading, old)
        pairs = paired(reading, writing)
        count = _copy(reading, writing, pairs, say)
        say(f"{count:,} rows copied; each is now compared with where it came from.")
        compare(reading, writing, pairs)
        if whole.chain(writing) != chain:
            raise Refusal("The trail did not arrive whole.", "Nothing was moved.")
        files = folders.copied(old.shelf, new.shelf)
        files += folders.copied(old.snapshots, new.snapshots)
        with Session(bind=writing, join_transaction_mode="create_savepoint") as session:
            route = f"from {_kind(old)} to {_kind(new)}"
            whole.note(session, new, "installation.moved", route)
            session.commit()
    return Moved(len(pairs), count, chain.events, files)


def _kind(database: Database) -> str:
    return database.url.get_backend_name()


def paired(reading: Connection, writing: Connection) -> list[tuple[Table, Table]]:
    """Return each table with its other self; raises Refusal where the two are not alike."""
    there = {held.name: held for held in portable.tables(writing)}
    here = portable.tables(reading)
    alike = {h.name: portable.names(h) for h in here} == {
        name: portable.names(held) for name, held in there.items()
    }
    if not alike:
        raise Refusal(
            "The two databases do not have the same tables.",
            "Give an empty database: this program sets its tables up. Nothing was moved.",
        )
    return [(held, there[held.name]) for held in here]


def _copy(
    reading: Connection, writing: Connection, pairs: Sequence[tuple[Table, Table]], say: Say
) -> int:
    targets = [there for _here, there in pairs]
    portable.wait_with_pointers(writing, targets)
    count = 0
    for here, there in pairs:
        columns = portable.names(here)
        with whole.kept_there(here.name), closing(portable.rows(reading, here, columns)) as rows:
            count += portable.fill(writing, there, columns, rows)
        say(f"{here.name}: copied")
    with whole.kept_there("some table"):
        portable.check_pointers(writing, targets)
    return count


def compare(reading: Connection, writing: Connection, pairs: Sequence[tuple[Table, Table]]) -> None:
    """Compare every row with its other self; raises Refusal for the first that differs."""
    for here, there in pairs:
        columns = portable.names(here)
        with (
            closing(portable.rows(reading, here, columns)) as ones,
            closing(portable.rows(writing, there, columns)) as others,
        ):
            _compare(here.name, ones, others)


def _compare(name: str, ones: Iterator[portable.Row], others: Iterator[portable.Row]) -> None:
    both: Iterator[tuple[portable.Row | None, portable.Row | None]] = zip_longest(ones, others)
    for number, (one, other) in enumerate(both, start=1):
        if one is None or other is None or portable.line(one) != portable.line(other):
            raise Refusal(
                f"Row {number} of {name} is not the same on both sides.",
                "Nothing was moved, and the old database is as it was.",
                table=name,
                row=number,
            )
