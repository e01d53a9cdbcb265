"""Back up an installation while it is used: one moment of it, in one file, for either database.

The file holds every row, the documents attached to evidence among them, and the shelf. Snapshots of
counted evidence are left out: they are worked out again. SQLite and PostgreSQL write the same file.
"""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, Table

from data_model import portable
from data_model.closing import is_closed
from data_model.database import Database, open_database
from data_model.versions import version
from inspect_app.errors import Refusal
from inspect_app.installation import archive, folders, sealed, whole
from inspect_app.installation.archive import Counting, FilePart, Manifest, TablePart

OWN_EYES = 0o600


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds: rows, files of the shelf, and the trail as it was at its moment."""

    rows: int
    files: int
    trail: whole.Chain
    encrypted: bool


def back_up(address: str, file: Path, phrase: str | None = None) -> BackedUp:
    """Write a backup of an installation that may be in use; with a pass phrase, encrypted.

    It holds everything that was acknowledged before it began. Raises Refusal where the file is
    there already or cannot be written; a backup that fails leaves none.
    """
    with closing(open_database(address)) as database, _new(file) as out:
        with tempfile.TemporaryFile(dir=file.parent) as plain:
            with whole.one_moment(database) as reading:
                manifest = _write(reading, database, plain, whole.chain(reading))
            archive.stamp(plain)
            plain.seek(0)
            if phrase:
                sealed.seal(plain, out, phrase)
            else:
                shutil.copyfileobj(plain, out)
        _note(database, manifest)
    rows = sum(part.rows for part in manifest.tables)
    trail = whole.Chain(manifest.events, manifest.head, manifest.first_broken)
    return BackedUp(rows, len(manifest.shelf), trail, bool(phrase))


def _note(database: Database, manifest: Manifest) -> None:
    """Say in the trail that everything was read; one that is closed to writing says no more."""
    with database.recording() as session:
        if not is_closed(session.connection()):
            whole.note(session, database, "installation.backed-up", manifest.head)


@contextmanager
def _new(file: Path) -> Iterator[BinaryIO]:
    """Give a file, for its owner's eyes only, that is there once it is whole."""
    if file.exists():
        raise Refusal(f"{file} is there already.", "Name a new file: no backup is written over.")
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWN_EYES)
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        unfinished.rename(file)
    except OSError as problem:
        raise Refusal(
            f"{file} could not be written: {problem.strerror or problem}.",
            "Make room, or name a folder that you may write in.",
        ) from None
    finally:
        unfinished.unlink(missing_ok=True)


def _write(reading: Connection, database: Database, out: BinaryIO, trail: whole.Chain) -> Manifest:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as packed:
        tables = [_table(packed, reading, held) for held in portable.tables(reading)]
        shelf = [_file(packed, *each) for each in folders.files(database.shelf)]
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        of, checked = version(reading) or "", (trail.events, trail.head, trail.first_broken)
        manifest = Manifest(of, made_at, *checked, tables, shelf)
        archive.finish(packed, manifest)
    return manifest


def _table(packed: zipfile.ZipFile, reading: Connection, held: Table) -> TablePart:
    columns = portable.names(held)
    part = TablePart(held.name, columns, 0, "")

    def put(out: Counting) -> None:
        for row in portable.rows(reading, held, columns):
            out.write(portable.line(row))

    done = archive.written(packed, part.place, put)
    return TablePart(held.name, columns, done.lines, done.sha256)


def _file(packed: zipfile.ZipFile, path: str, file: Path) -> FilePart:
    place = FilePart(path, 0, "").place

    def put(out: Counting) -> None:
        with file.open("rb") as held:
            for chunk in iter(partial(held.read, archive.CHUNK), b""):
                out.write(chunk)

    done = archive.written(packed, place, put)
    return FilePart(path, done.size, done.sha256)
