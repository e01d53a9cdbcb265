"""The manifest of a release: what it is, and the size and SHA-256 of every file in it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import babel
from pydantic import TypeAdapter, ValidationError

from data_model import vocabulary
from data_model.vocabulary import ChangeKind
from inspect_app.errors import Refusal
from inspect_app.publishing.content import EarlyReader, FileChange, ReleaseMark
from inspect_app.publishing.release_json import FORMAT, VERSION

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class FileEntry:
    """A file's SHA-256 in hexadecimal, and its size."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class Manifest:
    """What `manifest.json` says.

    `files` holds every file but the manifest and the list of sums, by path; `made_with`
    is the fingerprint of the templates and words that its pages were drawn with. The rest is
    the release's mark.
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


def manifest_of(files: Files, mark: ReleaseMark) -> Manifest:
    """Return the manifest of these files (path to bytes) as the release that the mark says."""
    return Manifest(
        format=FORMAT,
        version=VERSION,
        made_with=fingerprint(),
        files={path: entry_of(files[path]) for path in sorted(files)},
        **_named(mark),
    )


def _named(mark: ReleaseMark) -> dict[str, Any]:
    """Return what a mark says, by the names that a manifest has for it."""
    named = {field.name: getattr(mark, field.name) for field in fields(mark)}
    return {"release": named.pop("number"), **named}


def entry_of(data: bytes) -> FileEntry:
    """Return the size and hash of some bytes."""
    return FileEntry(hashlib.sha256(data).hexdigest(), len(data))


def manifest_file(manifest: Manifest) -> bytes:
    """Return the bytes of `manifest.json`."""
    plain = _MANIFEST.dump_python(manifest, mode="json")
    return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()


def sums_file(manifest: Manifest) -> bytes:
    """Return the bytes of `SHA256SUMS`, which `sha256sum -c` reads; the manifest is in it."""
    every = {**manifest.files, MANIFEST: entry_of(manifest_file(manifest))}
    return "".join(f"{every[path].sha256}  {path}\n" for path in sorted(every)).encode()


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
    """Return the SHA-256 of all that decides how a page looks: this folder, words and names."""
    here = Path(__file__).parent
    drawn = [path for kind in ("py", "j2", "css", "js", "po") for path in here.rglob(f"*.{kind}")]
    # Dates, numbers and plurals come from Babel, so that another version may draw another page.
    whole = hashlib.sha256(babel.__version__.encode())
    words = Path(vocabulary.__file__).parent.glob("*.py")
    names = (Path(vocabulary.__file__).parents[1] / "reference").glob("*.csv")
    for path in [*sorted(drawn), *sorted(words), *sorted(names)]:
        # Read as text, so that a checkout with other line ends makes the same release.
        whole.update(f"{path.name}\0{path.read_text(encoding='utf-8')}\0".encode())
    return whole.hexdigest()


def _not_a_release(folder: Path) -> Refusal:
    return Refusal(
        f"{folder} is not a release of Inspection Evidence.",
        f"Choose the folder that holds {MANIFEST}, index.html and the folder data.",
        folder=str(folder),
    )
