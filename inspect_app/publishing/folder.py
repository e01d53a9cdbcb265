"""A release as a folder of files: drawn, put in its place whole, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from inspect_app.errors import Refusal
from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.guard import refuse_references
from inspect_app.publishing.manifest import (
    MANIFEST,
    SUMS,
    Manifest,
    fingerprint,
    is_as_listed,
    manifest_file,
    manifest_of,
    read_manifest,
    sums_file,
)
from inspect_app.publishing.planned import Planned, known_to
from inspect_app.publishing.release_json import settled, settled_hash


def write(
    content: ReleaseContent,
    mark: ReleaseMark,
    out: Path,
    forbidden: Collection[str] = (),
    previous: Path | None = None,
) -> Manifest:
    """Write the release into the folder `out`, whole or not at all, and return its manifest.

    The same content, mark and predecessor give the same bytes. What says the same as in the
    release in the folder `previous` is not drawn again: it is that file, under a second name
    where the disk allows it. An earlier release in `out` is replaced.
    Raises Refusal, with nothing written, where `out` holds anything else, where the mark is
    of other content, or where any of the `forbidden` references would be published.
    """
    target, same = out.resolve(), settled(content)
    _refuse_other_content(same, mark)
    _refuse_occupied(target)
    before = _before(previous, mark) if previous else None
    planned = Planned(same, mark, known_to(before))
    kept = _unchanged(planned, previous, before) if previous and before else {}
    drawn = {path: draw() for path, draw in planned.drawings.items() if path not in kept}
    refuse_references({**kept, **drawn}, forbidden)
    manifest = manifest_of({**kept, **drawn}, mark, planned.known)
    listed = {MANIFEST: manifest_file(manifest), SUMS: sums_file(manifest)}
    _put_or_refuse({**drawn, **listed}, target, {x: previous / x for x in kept} if previous else {})
    return manifest


def _put_or_refuse(files: Mapping[str, bytes], target: Path, held: Mapping[str, Path]) -> None:
    try:
        put(files, target, held)
    except OSError as problem:
        raise Refusal(
            f"The release could not be written to {target}: {problem.strerror or problem}.",
            "Choose a folder that you may write to, on a disk with room.",
            folder=str(target),
        ) from problem


def _before(previous: Path, mark: ReleaseMark) -> Manifest:
    """Return the manifest of the release before; one that came later is not before this one."""
    before = read_manifest(previous)
    if before.release > mark.number:
        raise Refusal(
            f"{previous} holds release {before.release}, which came after release {mark.number}.",
            "Choose the folder of the release that this one follows.",
            folder=str(previous),
        )
    return before


def _unchanged(planned: Planned, previous: Path, before: Manifest) -> dict[str, bytes]:
    """Return the files of the release before that say the same still and are as they were made."""
    if before.made_with != fingerprint():
        return {}
    said = {path for path, known in known_to(before).items() if planned.known.get(path) == known}
    held = {path: (previous / path).read_bytes() for path in said if _is_file(previous / path)}
    return {path: data for path, data in held.items() if is_as_listed(data, before.files[path])}


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def put(
    files: Mapping[str, bytes], target: Path, held: Mapping[str, Path] = MappingProxyType({})
) -> None:
    """Put files where `target` is, in one move from a folder beside it.

    `files` are new (path to bytes); `held` stand somewhere already (path to where).
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        for folder in {(new / path).parent for path in (*files, *held)}:
            folder.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            (new / path).write_bytes(data)
        for path, where in held.items():
            _name_again(where, new / path)
        _swap(new, target, old)


def _name_again(where: Path, path: Path) -> None:
    """Give a file a second name; where the disk cannot, it is copied."""
    try:
        os.link(where, path)
    except OSError:
        shutil.copyfile(where, path)


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


def _refuse_other_content(same: ReleaseContent, mark: ReleaseMark) -> None:
    found = settled_hash(same)
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
