"""The manifest of a release: what it is, every file in it, and when each last changed."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from data_model import vocabulary
from data_model.vocabulary import ChangeKind
from inspect_app import workbooks
from inspect_app.errors import Refusal
from inspect_app.publishing.content import EarlyReader, FileChange, ReleaseMark
from inspect_app.publishing.release_json import FORMAT, VERSION

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"

Files = Mapping[str, bytes]
Known = tuple[str, "Since"]
"""What a file is drawn from, as a hash, and the release in which it last changed."""


DRAWN_WITH = ("py", "j2", "css", "js", "typ", "po")
DRAWN_BY = ("babel", "jinja2", "openpyxl", "pydantic", "typst")
"""Packages on which the bytes of a file depend beside our own program."""


@dataclass(frozen=True)
class Since:
    """The release in which a file last changed, and the day that release was made."""

    release: int
    made_on: date

    @property
    def number(self) -> int:
        """The number of that release, by the name it has in a release's mark."""
        return self.release


@dataclass(frozen=True)
class FileEntry:
    """A file's SHA-256 in hexadecimal, its size, and when it last changed.

    `drawn_from` is the SHA-256 of what the file says, whatever it looks like.
    """

    sha256: str
    bytes: int
    drawn_from: str
    since: Since


@dataclass(frozen=True)
class Manifest:
    """What `manifest.json` says.

    `files` holds every file but the manifest and the list of sums, by path; `made_with`
    is the fingerprint of the programs, templates and words that its files were drawn with. The
    rest is the release's mark.
    """

    format: str
    version: int
    made_with: str
    release: int
    made_on: date
    content_hash: str
    trail_head: str
    previous_hash: str | None
    corrects: int | None
    correction: str | None
    correction_welsh: str | None
    change_kind: ChangeKind | None
    changes: tuple[FileChange, ...]
    covers: str
    draft: bool
    approved_on: date | None
    early_readers: tuple[EarlyReader, ...]
    files: dict[str, FileEntry]


_MANIFEST = TypeAdapter(Manifest)


def manifest_of(files: Files, mark: ReleaseMark, known: Mapping[str, Known]) -> Manifest:
    """Return the manifest of these files (path to bytes) as the release that the mark says.

    `known` holds, by path, what each file is drawn from and since when.
    """
    return Manifest(
        format=FORMAT,
        version=VERSION,
        made_with=fingerprint(),
        files={path: _entry(files[path], known[path]) for path in sorted(files)},
        **_named(mark),
    )


def _named(mark: ReleaseMark) -> dict[str, Any]:
    """Return what a mark says, by the names that a manifest has for it."""
    named = {field.name: getattr(mark, field.name) for field in fields(mark)}
    return {"release": named.pop("number"), **named}


def _entry(data: bytes, known: Known) -> FileEntry:
    return FileEntry(sha256_of(data), len(data), *known)


def is_as_listed(data: bytes, entry: FileEntry) -> bool:
    """Return whether some bytes have the size and the hash that an entry gives."""
    return len(data) == entry.bytes and sha256_of(data) == entry.sha256


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def manifest_file(manifest: Manifest) -> bytes:
    """Return the bytes of `manifest.json`."""
    plain = _MANIFEST.dump_python(manifest, mode="json")
    return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()


def sums_file(manifest: Manifest) -> bytes:
    """Return the bytes of `SHA256SUMS`, which `sha256sum -c` reads; the manifest is in it."""
    every = {path: entry.sha256 for path, entry in manifest.files.items()}
    every[MANIFEST] = sha256_of(manifest_file(manifest))
    return "".join(f"{every[path]}  {path}\n" for path in sorted(every)).encode()


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the release in a folder.

    Raises Refusal where the folder holds no release of ours, or one in another version.
    """
    try:
        manifest = _MANIFEST.validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as problem:
        raise _not_a_release(folder) from problem
    if manifest.format != FORMAT:
        raise _not_a_release(folder)
    if manifest.version != VERSION:
        raise Refusal(
            f"{folder} holds a release in version {manifest.version} of its format.",
            f"This program reads version {VERSION}: use the one that made the release.",
            version=manifest.version,
        )
    return manifest


def says_the_same(manifest: Manifest, mark: ReleaseMark) -> bool:
    """Return whether the manifest and the mark inside `release.json` name one release."""
    return all(getattr(manifest, name) == value for name, value in _named(mark).items())


@cache
def fingerprint() -> str:
    """Return the SHA-256 of all that decides how a file looks: programs, templates and words."""
    here, ours = Path(__file__).parent, Path(vocabulary.__file__).parents[1]
    drawn = [path for kind in DRAWN_WITH for path in here.rglob(f"*.{kind}")]
    sheets = Path(workbooks.__file__).parent.glob("*.py")
    words, names = (ours / "vocabulary").glob("*.py"), (ours / "reference").glob("*.csv")
    packages = [f"{name} {version(name)}" for name in DRAWN_BY]
    whole = hashlib.sha256("\n".join([*packages, zlib.ZLIB_RUNTIME_VERSION]).encode())
    for path in [*sorted(drawn), *sorted(sheets), *sorted(words), *sorted(names)]:
        # Read as text, so that a checkout with other line ends makes the same release.
        whole.update(f"{path.name}\0{path.read_text(encoding='utf-8')}\0".encode())
    return whole.hexdigest()


def _not_a_release(folder: Path) -> Refusal:
    return Refusal(
        f"{folder} is not a release of Inspection Evidence.",
        f"Choose the folder that holds {MANIFEST}, index.html and the folder data.",
        folder=str(folder),
    )
