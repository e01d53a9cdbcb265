"""Restore a backup into an empty installation, and hold every row against what was written down.

A backup of an earlier version is restored as it was and then brought up to date, as that database
would have been.
"""

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, Table

from data_model import portable
from data_model.database import Database, empty_database, migrate
from data_model.versions import newest_version
from inspect_app.errors import Refusal
from inspect_app.installation import archive, folders, sealed, whole
from inspect_app.installation.archive import Manifest, TablePart


@dataclass(frozen=True)
class Restored:
    """What was restored and verified; `brought_up` is the version it came from, if an earlier."""

    rows: int
    files: int
    trail: whole.Chain
    brought_up: str | None


def restore(file: Path, address: str, phrase: str | None = None) -> Restored:
    """Restore a backup into an installation that is empty, of either kind of database.

    Raises Refusal where the backup is damaged, naming the part, or of a newer program, where the
    installation is not empty, and where a row did not arrive as it was; nothing is then kept.
    """
    with ExitStack() as held:
        plain = held.enter_context(_plain(file, phrase))
        packed, manifest = archive.opened(plain)
        held.enter_context(packed)
        database = held.enter_context(closing(empty_database(address, manifest.version)))
        folders.check_free(database.shelf)
        rows = _keep(packed, manifest, database)
        migrate(database)
        with database.recording() as session:
            whole.note(session, database, "installation.restored", manifest.head)
        newest = newest_version()
    brought_up = None if manifest.version == newest else manifest.version
    trail = whole.Chain(manifest.events, manifest.head, manifest.first_broken)
    return Restored(rows, len(manifest.shelf), trail, brought_up)


@contextmanager
def _plain(file: Path, phrase: str | None) -> Iterator[BinaryIO]:
    """Give the file's bytes, opened with the pass phrase if it is sealed."""
    if not file.is_file():
        raise Refusal(f"There is no file {file}.", "Give the file of a backup.")
    with file.open("rb") as held:
        if not sealed.is_sealed(held):
            yield held
            return
        if not phrase:
            raise Refusal(
                f"{file} is encrypted.",
                "Set INSPECT_APP_BACKUP_PASSPHRASE to the phrase that it was made with.",
            )
        with tempfile.TemporaryFile() as plain:
            sealed.unseal(held, plain, phrase)
            yield plain


def _keep(packed: zipfile.ZipFile, manifest: Manifest, database: Database) -> int:
    """Put everything in its place in one transaction, having compared it."""
    with folders.prepared(database.shelf) as shelf, whole.changing(database) as writing:
        for file in manifest.shelf:
            _unpack(packed, file.place, shelf / file.path)
        pairs = _paired(writing, manifest)
        _fill(packed, writing, pairs)
        for held, part in pairs:
            _compare(writing, held, part)
        _check_trail(writing, manifest)
    return sum(part.rows for part in manifest.tables)


def _fill(
    packed: zipfile.ZipFile, writing: Connection, pairs: Sequence[tuple[Table, TablePart]]
) -> None:
    targets = [held for held, _part in pairs]
    portable.wait_with_pointers(writing, targets)
    for held, part in pairs:
        with whole.kept_there(part.name):
            new = map(portable.read_line, archive.lines(packed, part))
            portable.fill(writing, held, part.columns, new)
    with whole.kept_there("some table"):
        portable.check_pointers(writing, targets)


def _unpack(packed: zipfile.ZipFile, place: str, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(place) as held, to.open("wb") as out:
        shutil.copyfileobj(held, out)


def _paired(writing: Connection, manifest: Manifest) -> list[tuple[Table, TablePart]]:
    held = {part.name: part for part in manifest.tables}
    there = portable.tables(writing)
    if {each.name: portable.names(each) for each in there} != {
        name: part.columns for name, part in held.items()
    }:
        raise Refusal(
            "The backup does not have the tables of its version.",
            "It was made by another program, or its list was changed. Nothing was restored.",
        )
    return [(each, held[each.name]) for each in there]


def _compare(writing: Connection, held: Table, part: TablePart) -> None:
    """Hold the rows that are there now against the digest of those that were backed up."""
    digest, count = hashlib.sha256(), 0
    for row in portable.rows(writing, held, part.columns):
        digest.update(portable.line(row))
        count += 1
    if (digest.hexdigest(), count) != (part.sha256, part.rows):
        raise Refusal(
            f"The rows of {part.name} are not those of the backup.", "Nothing was restored."
        )


def _check_trail(writing: Connection, manifest: Manifest) -> None:
    """Check the trail that arrived; that of an earlier version has rules of its own."""
    if manifest.version != newest_version():
        return
    found = whole.chain(writing)
    if found != whole.Chain(manifest.events, manifest.head, manifest.first_broken):
        raise Refusal("The trail is not that of the backup.", "Nothing was restored.")
