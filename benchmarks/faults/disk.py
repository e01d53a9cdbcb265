"""Is a full disk, or one that can only be read, refused with a sentence, and nothing harmed?

On Linux a small file system of its own is mounted for the database; that needs root. On SQLite
the file stands on it, on PostgreSQL everything the server keeps.
"""

import contextlib
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.deeds import DEEDS, WRITES, stand
from benchmarks.faults.kills import LostError, check_trail
from data_model.database import Database, open_database
from inspect_app.errors import NotNow

MEGABYTE = 1 << 20
DEEDS_TRIED = (*WRITES, "intake")


@dataclass(frozen=True)
class Tried:
    """What came of the deeds tried on a disk that says no: how each was refused, and then."""

    fault: str
    refused: dict[str, str]
    before: dict[str, int]
    after: dict[str, int]


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """Give a folder on a file system of its own of this size."""
    folder = Path(tempfile.mkdtemp(prefix="disk-"))
    _mount("-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607
        folder.rmdir()


def _mount(*given: str) -> None:
    subprocess.run(["mount", *given], check=True)  # noqa: S603, S607


def mountable() -> bool:
    """Whether this machine lets us mount a file system."""
    try:
        with small_disk(1):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Fill a file system to the last byte, and empty it again."""
    filling = folder / "filling"
    with contextlib.suppress(OSError), filling.open("wb", buffering=0) as file:
        for size in (MEGABYTE, 4096, 1):
            with contextlib.suppress(OSError):
                while file.write(b"x" * size):
                    pass
    try:
        yield
    finally:
        filling.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let a file system only be read, and be written again."""
    _mount("-o", "remount,ro", str(folder))
    try:
        yield
    finally:
        _mount("-o", "remount,rw", str(folder))


FAULTS = {"full": full, "read only": read_only}


def try_all(
    database: Database, turns: dict[str, int], names: Sequence[str] = DEEDS_TRIED, most: int = 400
) -> dict[str, str]:
    """Do every deed until it is refused, and return how it was; raises what is no refusal.

    A full disk may have a page or two left over for the first few.
    """
    refused = {}
    for name in names:
        for _time in range(most):
            try:
                DEEDS[name].act(database, turns[name] + 1)
            except NotNow as said:
                refused[name] = said.summary
                break
            turns[name] += 1
        else:
            raise LostError(f"{name} was never refused")
    return refused


def with_sqlite(template: Path, fault: str) -> Tried:
    """Put a copy of a database file on a small disk, let the disk say no, and look."""
    with small_disk(60) as folder:
        file = folder / "samples.db"
        shutil.copy(template, file)
        address = f"sqlite:///{file}"
        with closing(open_database(address)) as database:
            before = stand(database)
            turns = dict(before)
            if fault == "read only":
                # A disk cannot be made read only under an open file: connections are made anew.
                database.close()
            with FAULTS[fault](folder):
                refused = try_all(database, turns)
            return Tried(fault, refused, before, whole_again(database, turns))


def whole_again(database: Database, turns: dict[str, int]) -> dict[str, int]:
    """Look that nothing acknowledged is lost, that all works again, and that the trail holds."""
    if stand(database) != turns:
        raise LostError(f"{turns} were acknowledged, {stand(database)} stand")
    for name in WRITES:
        DEEDS[name].act(database, turns[name] + 1)
    address = database.url.render_as_string(hide_password=False)
    check_trail(address)
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(database.url.database or "")) as file:
            (said,) = file.execute("PRAGMA integrity_check").fetchone()
            if said != "ok":
                raise LostError(said)
    return stand(database)
