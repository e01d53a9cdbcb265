"""The file of a backup: a ZIP of tables and folders with a manifest that says what is in it.

Its last 64 bytes, the ZIP's comment, are the SHA-256 of all the bytes before them, so that a change
of any byte is noticed; the manifest says which part it was in.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from inspect_app.errors import Refusal

FORMAT = 1
MANIFEST = "manifest.json"
COMMENT = 64
CHUNK = 2**20
DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class TablePart:
    """One table: its columns, how many rows, and the SHA-256 of their lines."""

    name: str
    columns: list[str]
    rows: int
    sha256: str

    @property
    def place(self) -> str:
        """Where it is in the file."""
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class FilePart:
    """One file of the shelf: its path within it, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str

    @property
    def place(self) -> str:
        """Where it is in the file."""
        return f"shelf/{self.path}"


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: of which version of the tables, made when, with which trail."""

    version: str
    made_at: str
    events: int
    head: str
    first_broken: int | None
    tables: list[TablePart]
    shelf: list[FilePart]
    format: int = FORMAT


Part = TablePart | FilePart


class Counting:
    """A file of the archive that is being written, and the digest of what went into it."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        self.size = 0
        self.lines = 0

    def write(self, data: bytes) -> None:
        """Write some bytes."""
        self._out.write(data)
        self._digest.update(data)
        self.size += len(data)
        self.lines += 1

    @property
    def sha256(self) -> str:
        """The digest of everything that was written."""
        return self._digest.hexdigest()


def written(archive: zipfile.ZipFile, place: str, put: Callable[[Counting], None]) -> Counting:
    """Write one file of the archive with `put`, and return what it came to."""
    with archive.open(place, "w", force_zip64=True) as out:
        counting = Counting(out)
        put(counting)
    return counting


def finish(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write the manifest, with room at the end for the digest of the whole."""
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    archive.comment = b"0" * COMMENT


def stamp(file: BinaryIO) -> None:
    """Put the digest of everything before it at the end of a finished archive."""
    end = file.seek(0, 2) - COMMENT
    digest = _digest(file, end)
    file.seek(end)
    file.write(digest.encode())
    file.flush()


def _digest(file: BinaryIO, end: int) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    left = end
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()


def opened(file: BinaryIO) -> tuple[zipfile.ZipFile, Manifest]:
    """Return a backup and its manifest, once every byte was checked.

    Raises Refusal where the file is none, is cut short, or a byte differs, naming the part.
    """
    try:
        archive = zipfile.ZipFile(file)
        manifest = read_manifest(archive)
    except Exception:  # noqa: BLE001 - a damaged file fails in whatever way its bytes say
        raise _damaged("it is no backup, was cut short, or its list of parts is damaged") from None
    parts: list[Part] = [*manifest.tables, *manifest.shelf]
    for part in parts:
        if not _is_whole(archive, part):
            raise _damaged(f"{part.place} is not what was written", part.place)
    end = file.seek(0, 2) - COMMENT
    file.seek(end)
    if file.read() != _digest(file, end).encode():
        raise _damaged("a byte between its parts was changed")
    return archive, manifest


def _damaged(why: str, place: str | None = None) -> Refusal:
    return Refusal(
        f"The backup cannot be used: {why}.",
        "Take another backup. Nothing was restored.",
        part=place,
    )


def _is_whole(archive: zipfile.ZipFile, part: Part) -> bool:
    digest = hashlib.sha256()
    try:
        with archive.open(part.place) as held:
            while chunk := held.read(CHUNK):
                digest.update(chunk)
    except Exception:  # noqa: BLE001 - a damaged file fails in whatever way its bytes say
        return False
    return digest.hexdigest() == part.sha256


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return what the manifest says; raises ValueError, KeyError or TypeError where it is none."""
    said = json.loads(archive.read(MANIFEST))
    if said["format"] != FORMAT:
        raise ValueError("another format")
    tables = [TablePart(**each) for each in said.pop("tables")]
    shelf = [FilePart(**each) for each in said.pop("shelf")]
    parts: list[Part] = [*tables, *shelf]
    for part in parts:
        _check_place(part.place)
    return Manifest(tables=tables, shelf=shelf, **said)


def _check_place(place: str) -> None:
    """Refuse a path that would lead out of its folder."""
    parts = PurePosixPath(place).parts
    if ".." in parts or "\\" in place or ":" in place or PurePosixPath(place).is_absolute():
        raise ValueError("a path that leads elsewhere")


def lines(archive: zipfile.ZipFile, part: TablePart) -> Iterator[bytes]:
    """Yield each line of a table."""
    with archive.open(part.place) as held:
        yield from held
