"""The shelf: the folder that a web server serves, with every release at its permanent address.

`releases/0001/` is written once and never changed; a withdrawn one gives way to a tombstone.
Everything else is drawn from those folders. Each step is written beside and moved into place, so
whatever is interrupted is finished by asking again.
"""

import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from inspect_app.errors import Refusal
from inspect_app.publishing import shelf_pages
from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.feed import FEED
from inspect_app.publishing.folder import put, write
from inspect_app.publishing.manifest import MANIFEST, manifest_of, read_manifest
from inspect_app.publishing.shelf_entries import (
    RELEASES,
    TOMBSTONE,
    Entry,
    Withdrawal,
    entry_of,
    read_entries,
    tombstone,
)

Say = Callable[[str], None]


@dataclass(frozen=True)
class Due:
    """A release that belongs on the shelf; what it says is asked for only if it is not there."""

    number: int
    mark: Callable[[], ReleaseMark]
    content: Callable[[], ReleaseContent]
    withdrawal: Withdrawal | None = None

    @property
    def name(self) -> str:
        """The name of its folder."""
        return f"{self.number:04d}"


def bring(
    shelf: Path, due: Sequence[Due], forbidden: Collection[str] = (), say: Say = lambda _: None
) -> tuple[Entry, ...]:
    """Bring the shelf up to date with the releases that are due on it, and return its entries.

    Asking again changes nothing that is there already. `say` hears what is being done.
    Raises Refusal where the folder holds something else, cannot be written to, or is being
    written by somebody else at this moment.
    """
    try:
        with _alone(shelf):
            _refuse_occupied(shelf)
            _sweep(shelf)
            for each in sorted(due, key=lambda one: one.number):
                _place(shelf, each, forbidden, say)
            return _redraw(shelf, say)
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise _cannot_write(shelf, problem) from problem


def check(shelf: Path) -> None:
    """Raise Refusal unless the shelf can be written to: asked before anything is published."""
    try:
        with _alone(shelf):
            _refuse_occupied(shelf)
    except OSError as problem:
        raise _cannot_write(shelf, problem) from problem


@contextmanager
def _alone(shelf: Path) -> Iterator[None]:
    """Let nobody else write this shelf meanwhile; a process that dies lets go by itself."""
    shelf.mkdir(parents=True, exist_ok=True)
    with (shelf.parent / f".{shelf.name}.lock").open("a") as lock:
        try:
            _lock(lock.fileno())
        except OSError as problem:
            raise Refusal(
                f"Somebody else is publishing to {shelf} at this moment.",
                "Wait until they are done, then ask again: what is there is not done twice.",
                folder=str(shelf),
            ) from problem
        yield


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _refuse_occupied(shelf: Path) -> None:
    ours = {*(path.split("/")[0] for path in shelf_pages.pages(())), FEED, RELEASES}
    other = sorted(path.name for path in shelf.iterdir() if not _is_ours(path.name, ours))
    if other:
        raise Refusal(
            f"{shelf} holds {other[0]}, which is no part of a shelf, so nothing was written.",
            "Choose a new or empty folder, or one that is a shelf and nothing else.",
            folder=str(shelf),
        )


def _is_ours(name: str, ours: set[str]) -> bool:
    return name in ours or name.endswith(BESIDE)


BESIDE = ".beside"
"""How the name of a file ends that is not in its place yet."""


def _sweep(shelf: Path) -> None:
    """Clear away what an interrupted step left beside."""
    releases = shelf / RELEASES
    for left in [*shelf.rglob(f"*{BESIDE}"), *releases.glob(".*")]:
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def _place(shelf: Path, due: Due, forbidden: Collection[str], say: Say) -> None:
    place = shelf / RELEASES / due.name
    if due.withdrawal:
        if not (place / TOMBSTONE).is_file():
            say(f"Release {due.number}: its files give way to a tombstone")
            put(shelf_pages.tombstone_files(_left_of(place, due, due.withdrawal)), place)
    elif not place.exists():
        say(f"Release {due.number}: its files are drawn")
        write(due.content(), due.mark(), place, forbidden, _before(place, due.number))


def _before(place: Path, number: int) -> Path | None:
    """Return the folder of the newest release before this one whose files are there."""
    earlier = (place.with_name(f"{each:04d}") for each in range(number - 1, 0, -1))
    return next((folder for folder in earlier if (folder / MANIFEST).is_file()), None)


def _left_of(place: Path, due: Due, withdrawal: Withdrawal) -> Entry:
    """Return what is left of a release: what its manifest says, or else what the shelf noted."""
    manifest = place / MANIFEST
    if manifest.is_file():
        return tombstone(entry_of(read_manifest(place), manifest.read_bytes()), withdrawal)
    noted = {each.number: each for each in shelf_pages.noted(place.parents[1])}
    if due.number in noted:
        return tombstone(noted[due.number], withdrawal)
    never_there = entry_of(manifest_of({}, due.mark(), {}), b"")
    return tombstone(replace(never_there, manifest_sha256=None), withdrawal)


def _redraw(shelf: Path, say: Say) -> tuple[Entry, ...]:
    """Draw everything that follows from the releases; `shelf.json`, which lists it, comes last."""
    say("The list of releases, the feed and the newest release's address")
    entries = read_entries(shelf)
    for path, data in shelf_pages.pages(entries).items():
        _replace(shelf / path, data)
    return entries


def _replace(place: Path, data: bytes) -> None:
    if place.is_file() and place.read_bytes() == data:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f"{place.name}{BESIDE}")
    beside.write_bytes(data)
    beside.replace(place)


def _cannot_write(shelf: Path, problem: OSError) -> Refusal:
    return Refusal(
        f"The shelf {shelf} could not be written: {problem.strerror or problem}.",
        "Choose a folder that you may write to, on a disk with room, then ask again: what was "
        "begun is finished.",
        folder=str(shelf),
    )
