"""What stands on the shelf, read from the releases and tombstones themselves."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from data_model.vocabulary import ChangeKind, ReleaseStatus
from inspect_app.errors import Refusal
from inspect_app.publishing.content import FileChange
from inspect_app.publishing.manifest import MANIFEST, Manifest, read_manifest

TOMBSTONE = "withdrawn.json"
RELEASES = "releases"


@dataclass(frozen=True)
class Withdrawal:
    """When a release was withdrawn, and why; a Welsh reason of None is not yet translated."""

    withdrawn_on: date
    why: str
    why_welsh: str | None


@dataclass(frozen=True)
class Entry:
    """One release as the shelf lists it, whether its files are there or withdrawn.

    `manifest_sha256` is the SHA-256 of its manifest, which holds that of every file.
    `corrected_by` is the number of the newest release that takes its place.
    """

    number: int
    made_on: date
    covers: str
    content_hash: str
    trail_head: str
    previous_hash: str | None
    manifest_sha256: str | None
    corrects: int | None
    change_kind: ChangeKind | None
    correction: str | None
    correction_welsh: str | None
    changes: tuple[FileChange, ...]
    withdrawal: Withdrawal | None = None
    corrected_by: int | None = None

    @property
    def status(self) -> ReleaseStatus:
        """Where it stands: withdrawn weighs more than corrected."""
        if self.withdrawal:
            return ReleaseStatus.WITHDRAWN
        return ReleaseStatus.CORRECTED if self.corrected_by else ReleaseStatus.PUBLISHED

    @property
    def name(self) -> str:
        """The name of its folder: four digits, so that they sort."""
        return f"{self.number:04d}"

    @property
    def last_changed(self) -> date:
        """The day on which it was published, or withdrawn."""
        return self.withdrawal.withdrawn_on if self.withdrawal else self.made_on


_ENTRY = TypeAdapter(Entry)


def entry_of(manifest: Manifest, manifest_data: bytes) -> Entry:
    """Return the entry of a release that is on the shelf."""
    said: dict[str, Any] = {
        field.name: getattr(manifest, field.name, None) for field in fields(Entry)
    }
    said |= {
        "number": manifest.release,
        "manifest_sha256": hashlib.sha256(manifest_data).hexdigest(),
        "withdrawal": None,
        "corrected_by": None,
    }
    return Entry(**said)


def tombstone(entry: Entry, withdrawal: Withdrawal) -> Entry:
    """Return what is left of a release: its number, date, hashes and the reason."""
    return replace(entry, withdrawal=withdrawal, corrected_by=None)


def plain(entry: Entry) -> Any:
    """Return an entry as JSON holds it."""
    return _ENTRY.dump_python(entry, mode="json")


def read_entries(shelf: Path) -> tuple[Entry, ...]:
    """Return every release on the shelf by number, each knowing what corrects it.

    Raises Refusal where a folder is neither a release nor a tombstone.
    """
    found = sorted((_read(place) for place in _places(shelf)), key=lambda entry: entry.number)
    by = {entry.corrects: entry.number for entry in found if entry.corrects}
    return tuple(replace(entry, corrected_by=by.get(entry.number)) for entry in found)


def _places(shelf: Path) -> Iterator[Path]:
    folder = shelf / RELEASES
    if folder.is_dir():
        yield from (place for place in sorted(folder.iterdir()) if is_release(place))


def is_release(place: Path) -> bool:
    """Return whether a place has the name and kind of a release's folder."""
    return place.is_dir() and place.name.isdigit()


def _read(place: Path) -> Entry:
    if (place / TOMBSTONE).is_file():
        return read_tombstone(place)
    manifest = read_manifest(place)
    return entry_of(manifest, (place / MANIFEST).read_bytes())


def read_tombstone(place: Path) -> Entry:
    """Return what a tombstone says; raises Refusal where it is damaged."""
    try:
        entry = _ENTRY.validate_json((place / TOMBSTONE).read_bytes())
    except (OSError, ValidationError) as problem:
        raise _damaged(place) from problem
    if entry.withdrawal is None:
        raise _damaged(place)
    return entry


def _damaged(place: Path) -> Refusal:
    path = f"{RELEASES}/{place.name}/{TOMBSTONE}"
    return Refusal(
        f"{path} cannot be read as what is left of a withdrawn release.",
        "Get the shelf again from where it was published.",
        file=path,
    )


def newest(entries: Iterable[Entry]) -> Entry | None:
    """Return the newest release whose files are there."""
    return max(
        (entry for entry in entries if not entry.withdrawal),
        key=lambda entry: entry.number,
        default=None,
    )
