"""Checking a whole shelf offline: each release, their chain, and what is said of them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath

from inspect_app.errors import Refusal
from inspect_app.publishing import shelf_pages
from inspect_app.publishing.manifest import fingerprint
from inspect_app.publishing.shelf_entries import (
    RELEASES,
    TOMBSTONE,
    Entry,
    read_entries,
    read_tombstone,
)
from inspect_app.publishing.verification import first_difference, verify

ADVICE = "Get the shelf again from where it was published, and compare the content hashes."


@dataclass(frozen=True)
class ShelfVerified:
    """A shelf that is as it was published: its entries, and how many files were checked.

    `begins_after` is the number of the release before its first, if that is not on it.
    """

    entries: tuple[Entry, ...]
    files: int
    begins_after: int | None


def is_shelf(folder: Path) -> bool:
    """Return whether a folder is a shelf, and not one release."""
    return (folder / shelf_pages.STATE).is_file()


def verify_shelf(folder: Path) -> ShelfVerified:
    """Check a shelf: its releases and tombstones, their chain, its pages, feed and `shelf.json`.

    Raises Refusal naming the first file that differs and, where it can be drawn again, the
    first byte (facts `file` and `offset`, from 0).
    """
    made_with, hashes = shelf_pages.noted_files(folder)
    redrawn = made_with == fingerprint()
    entries = read_entries(folder)
    checked = sum(_check_place(folder, entry) for entry in entries)
    _check_chain(entries)
    pages = shelf_pages.pages(entries)
    listed = set(pages) if redrawn else {*hashes, shelf_pages.STATE}
    _refuse_other_files(folder, listed)
    _check_pages(folder, pages if redrawn else {}, hashes)
    first = entries[0].number if entries else 1
    return ShelfVerified(entries, checked + len(listed), first - 1 if first > 1 else None)


def _check_place(folder: Path, entry: Entry) -> int:
    """Check one release or tombstone, and return how many files that was."""
    place = folder / RELEASES / entry.name
    if entry.withdrawal:
        return _check_tombstone(place)
    try:
        checked = verify(place)
    except Refusal as refused:
        raise _inside(place.name, refused) from refused
    if checked.manifest.draft:
        raise _refusal(f"Release {entry.number} was never approved.", f"{RELEASES}/{place.name}")
    if checked.manifest.release != int(place.name):
        raise _refusal(
            f"The folder {place.name} holds release {checked.manifest.release}.",
            f"{RELEASES}/{place.name}",
        )
    return checked.files


def _inside(name: str, refused: Refusal) -> Refusal:
    """Return the refusal of one release as one of the shelf, with the file's place on it."""
    facts = refused.facts
    if "file" in facts:
        facts = {**facts, "file": f"{RELEASES}/{name}/{facts['file']}"}
    return Refusal(f"Release {int(name)}: {refused.summary}", refused.advice, **facts)


def _check_tombstone(place: Path) -> int:
    """Check that nothing else is left there; its page is one of the shelf's own."""
    prefix = f"{RELEASES}/{place.name}"
    held = {path.relative_to(place).as_posix() for path in place.rglob("*") if not path.is_dir()}
    left = read_tombstone(place)
    for path in sorted(held - set(shelf_pages.tombstone_files(left))):
        raise _refusal(f"{prefix}/{path} is still there: its release was withdrawn.", path)
    expected = shelf_pages.tombstone_file(left)
    _compare(f"{prefix}/{TOMBSTONE}", (place / TOMBSTONE).read_bytes(), expected)
    return 1


def _check_chain(entries: Sequence[Entry]) -> None:
    """Refuse a gap in the numbers, a hash that does not follow, a correction of nothing."""
    for before, after in pairwise(entries):
        where = f"{RELEASES}/{after.name}"
        if after.number != before.number + 1:
            raise _refusal(f"Release {before.number + 1} is missing from the shelf.", where)
        if after.previous_hash != before.content_hash:
            raise _refusal(
                f"Release {after.number} does not follow on from release {before.number}: "
                "the hash of the release before it differs.",
                where,
            )
    numbers = {entry.number for entry in entries}
    for entry in entries:
        if entry.number == 1 and entry.previous_hash:
            raise _refusal("Release 1 follows on from another.", f"{RELEASES}/{entry.name}")
        if entry.corrects and entry.corrects >= min(numbers) and entry.corrects not in numbers:
            raise _refusal(f"Release {entry.number} corrects none.", f"{RELEASES}/{entry.name}")


def _refuse_other_files(folder: Path, pages: set[str]) -> None:
    """Refuse a page that is missing, and anything that is neither a page nor in a release."""
    held = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    for path in sorted(pages - held):
        raise _refusal(f"{path} is missing from the shelf.", path)
    for path in sorted(held - pages):
        if not _in_a_release(PurePosixPath(path)):
            raise _refusal(f"{path} does not belong to the shelf.", path)


def _in_a_release(path: PurePosixPath) -> bool:
    """Whether a path lies in the folder of a release, where that release has been checked."""
    within = 2
    return len(path.parts) > within and path.parts[0] == RELEASES and path.parts[1].isdigit()


def _check_pages(folder: Path, pages: Mapping[str, bytes], hashes: Mapping[str, str]) -> None:
    """Compare the pages with what they must say; those of another version by their hashes."""
    for path in sorted(pages):
        _compare(path, (folder / path).read_bytes(), pages[path])
    for path in sorted(set(hashes) - set(pages)):
        if hashlib.sha256((folder / path).read_bytes()).hexdigest() != hashes[path]:
            raise _refusal(f"{path} is not the file that was published: its hash differs.", path)


def _compare(path: str, held: bytes, expected: bytes) -> None:
    if held != expected:
        offset = first_difference(held, expected)
        raise _refusal(
            f"{path} does not say what the releases say: it first differs at byte {offset}.",
            path,
            offset,
        )


def _refusal(summary: str, path: str, offset: int | None = None) -> Refusal:
    return Refusal(summary, ADVICE, file=path, offset=offset)
