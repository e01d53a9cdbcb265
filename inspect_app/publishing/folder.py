"""A release as a folder of files: drawn, put in its place whole, or not at all."""

import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath

from inspect_app.errors import Refusal
from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.data_files import data_files
from inspect_app.publishing.guard import refuse_references
from inspect_app.publishing.manifest import (
    MANIFEST,
    SUMS,
    Manifest,
    manifest_file,
    manifest_of,
    read_manifest,
    sums_file,
)
from inspect_app.publishing.plan import pages
from inspect_app.publishing.release_json import content_hash, settled
from inspect_app.publishing.stamp import stamped


def write(
    content: ReleaseContent, mark: ReleaseMark, out: Path, forbidden: Collection[str] = ()
) -> Manifest:
    """Write the release into the folder `out`, whole or not at all, and return its manifest.

    The same content and mark give the same bytes. An earlier release in `out` is replaced.
    Raises Refusal, with nothing written, where `out` holds anything else, where the mark is
    of other content, or where any of the `forbidden` references would be published.
    """
    target = out.resolve()
    _refuse_other_content(content, mark)
    _refuse_occupied(target)
    drawn = draw(content, mark)
    refuse_references(drawn, forbidden)
    manifest = manifest_of(drawn, mark)
    try:
        put({**drawn, MANIFEST: manifest_file(manifest), SUMS: sums_file(manifest)}, target)
    except OSError as problem:
        raise Refusal(
            f"The release could not be written to {target}: {problem.strerror or problem}.",
            "Choose a folder that you may write to, on a disk with room.",
            folder=str(target),
        ) from problem
    return manifest


def draw(content: ReleaseContent, mark: ReleaseMark) -> dict[str, bytes]:
    """Return every file of the release but its manifest and sums: path to bytes."""
    same = settled(content)
    return {**stamped(pages(same, mark), mark), **data_files(same, mark)}


def put(files: Mapping[str, bytes], target: Path) -> None:
    """Put files (path to bytes) where `target` is, in one move from a folder beside it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        for path, data in files.items():
            place = new / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        _swap(new, target, old)


def _swap(new: Path, target: Path, old: Path) -> None:
    if not target.exists():
        new.rename(target)
        return
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise


def _refuse_other_content(content: ReleaseContent, mark: ReleaseMark) -> None:
    found = content_hash(content)
    if found != mark.content_hash:
        raise Refusal(
            f"The content of release {mark.number} is not what its mark was made for.",
            "Make the mark from the content that is to be released.",
            expected=mark.content_hash,
            found=found,
        )


def _refuse_occupied(target: Path) -> None:
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not _holds_only_a_release(target):
        raise Refusal(
            f"{target} holds something that is not part of a release, so nothing was written.",
            "Choose an empty or a new folder, or one that holds an earlier release and no more.",
            folder=str(target),
        )


def _holds_only_a_release(target: Path) -> bool:
    """Return whether a folder holds the files its manifest names, and nothing of anybody else's."""
    try:
        named = {*read_manifest(target).files, MANIFEST, SUMS}
    except Refusal:
        return False
    held = {f.relative_to(target).as_posix() for f in target.rglob("*") if not f.is_dir()}
    folders = {f.relative_to(target).as_posix() for f in target.rglob("*") if f.is_dir()}
    parents = {parent.as_posix() for name in named for parent in PurePosixPath(name).parents}
    return held <= named and folders <= parents
