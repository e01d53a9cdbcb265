"""Checking a release that somebody holds: every byte against its manifest and its content."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from inspect_app.errors import Refusal
from inspect_app.publishing import release_json
from inspect_app.publishing.content import ReleaseContent
from inspect_app.publishing.data_files import tables
from inspect_app.publishing.manifest import (
    MANIFEST,
    SUMS,
    Files,
    Manifest,
    fingerprint,
    is_as_listed,
    manifest_file,
    read_manifest,
    says_the_same,
    sums_file,
)
from inspect_app.publishing.planned import Planned, known_to
from inspect_app.publishing.release_json import ReleaseDocument

ADVICE = "Get the release again from where it was published, and compare its content hash."


@dataclass(frozen=True)
class Verified:
    """A release that is as it was made.

    `files` is how many were checked. `pages_redrawn` says whether the pages were drawn
    again and compared; a release made by another version of this program has its pages
    checked by hash only, its data always both ways.
    """

    manifest: Manifest
    content: ReleaseContent
    files: int
    pages_redrawn: bool


def verify(folder: Path) -> Verified:
    """Check a release: no file missing, added or changed, and all of it from its content.

    Raises Refusal where the folder is not a release, or naming the first file that differs
    and, where it can be drawn again, the first byte (fact `offset`, from 0).
    """
    manifest = read_manifest(folder)
    held = _held(folder, manifest)
    _refuse_changed(held, manifest)
    document = release_json.read(held[release_json.PATH])
    _refuse_other_mark(document, manifest)
    redrawn = manifest.made_with == fingerprint()
    drawn = _drawn(document, manifest)
    if redrawn:
        _refuse_other_sources(document, manifest)
        _refuse_other_paths(set(held), {*drawn, MANIFEST, SUMS})
    _refuse_different(held, drawn)
    return Verified(manifest, document.content, len(held), redrawn)


def _held(folder: Path, manifest: Manifest) -> dict[str, bytes]:
    """Return every file in the folder, path to bytes, if they are those the manifest lists."""
    found = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    _refuse_other_paths(set(found), {*manifest.files, MANIFEST, SUMS})
    for path in sorted(found):
        if found[path].is_symlink() or not found[path].is_file():
            raise _refusal(f"{path} is a link, not a file of the release.", path)
    return {path: found[path].read_bytes() for path in sorted(found)}


def _refuse_other_paths(found: Set[str], expected: Set[str]) -> None:
    if release_json.PATH not in expected:
        raise _refusal(f"{MANIFEST} does not list {release_json.PATH}.", MANIFEST)
    for path in sorted(expected - found):
        raise _refusal(f"{path} is missing from the release.", path)
    for path in sorted(found - expected):
        raise _refusal(f"{path} does not belong to the release.", path)


def _refuse_changed(held: Files, manifest: Manifest) -> None:
    changed = sorted(path for path in manifest.files if not _as_listed(path, held, manifest))
    if release_json.PATH not in changed:
        _refuse_where(held, changed, manifest)
    for path in changed:
        raise _refusal(f"{path} is not the file that was released: its hash differs.", path)
    _refuse_different(held, {MANIFEST: manifest_file(manifest), SUMS: sums_file(manifest)})


def _as_listed(path: str, held: Files, manifest: Manifest) -> bool:
    return is_as_listed(held[path], manifest.files[path])


def _refuse_where(held: Files, changed: list[str], manifest: Manifest) -> None:
    """Say at which byte a changed file differs, where it can be drawn again from the content."""
    if changed:
        drawn = _drawn(release_json.read(held[release_json.PATH]), manifest)
        _refuse_different(held, {path: drawn[path] for path in changed if path in drawn})


def _drawn(document: ReleaseDocument, manifest: Manifest) -> Mapping[str, bytes]:
    if manifest.made_with == fingerprint():
        return Planned(document.content, document.mark, known_to(manifest)).draw()
    return tables(document.content, document.mark)


def _refuse_other_sources(document: ReleaseDocument, manifest: Manifest) -> None:
    """Refuse a manifest that says a file is drawn from what it is not drawn from."""
    drawn_from = Planned(document.content, document.mark, {}).drawn_from
    for path, entry in sorted(manifest.files.items()):
        if drawn_from.get(path, entry.drawn_from) != entry.drawn_from:
            raise _refusal(
                f"What {MANIFEST} says of {path} is not what it is drawn from.", MANIFEST
            )


def _refuse_other_mark(document: ReleaseDocument, manifest: Manifest) -> None:
    if release_json.content_hash(document.content) != manifest.content_hash:
        raise _refusal(
            f"{release_json.PATH} does not hold the content that {MANIFEST} names: "
            "the content hash differs.",
            release_json.PATH,
        )
    if not says_the_same(manifest, document.mark) or manifest.covers != document.content.scope:
        raise _refusal(f"{MANIFEST} and {release_json.PATH} name different releases.", MANIFEST)


def _refuse_different(held: Files, drawn: Files) -> None:
    for path in sorted(drawn):
        if path not in held:
            raise _refusal(f"{path} is missing from the release.", path)
        if held[path] != drawn[path]:
            offset = first_difference(held[path], drawn[path])
            raise _refusal(
                f"{path} is not the file that was released: it first differs at byte {offset}.",
                path,
                offset,
            )


def first_difference(one: bytes, other: bytes) -> int:
    """Return the first place, from 0, where two runs of bytes differ."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _refusal(summary: str, path: str, offset: int | None = None) -> Refusal:
    return Refusal(summary, ADVICE, file=path, offset=offset)
