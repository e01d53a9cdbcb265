"""A nation's counted evidence as files: one folder a frame and area, rewritten where it changed.

A list beside them (`snapshot.json`) says which files count. It is replaced in one step, and files
that are no longer on it stay for one more turn, so that nobody reads half of a change. The folder
is a path, or the address of an object store that Arrow knows (`s3://`, `gs://`, `hdfs://`).
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join

from pyarrow import fs

from data_model.counted import Snapshot
from data_model.frames import FRAMES
from inspect_app.errors import Refusal

LIST = "snapshot.json"
LAYOUT = 1
SPARKS_OWN = "s3a://"
"""How Spark calls what Arrow calls `s3://`."""


@dataclass(frozen=True)
class National:
    """The files that count, by frame and area; `versions` says of which version each area is."""

    folder: str
    versions: dict[str, str]
    files: dict[str, dict[str, str]]

    def of(self, frame: str, areas: Collection[str] | None = None) -> list[str]:
        """Return the addresses of a frame's files, for these areas or for all."""
        held = self.files.get(frame, {})
        return [
            join(self.folder, held[area]) for area in sorted(held) if areas is None or area in areas
        ]


@dataclass(frozen=True)
class Written:
    """How many areas were written anew, how many were there as they are, and how many went."""

    written: int
    same: int
    gone: int


def read(folder: str) -> National:
    """Return what a folder holds; raises Refusal where there is no snapshot of this layout."""
    store, root = _store(folder)
    try:
        with store.open_input_stream(join(root, LIST)) as opened:
            held = json.loads(opened.read())
    except FileNotFoundError as error:
        raise Refusal(
            f"There is no snapshot in {folder}.",
            f"Write one with `inspect-app snapshot {folder}`, or name the folder that holds "
            f"{LIST}.",
            folder=folder,
        ) from error
    if held.get("layout") != LAYOUT:
        raise Refusal(
            f"The snapshot in {folder} is of layout {held.get('layout')}; layout {LAYOUT} is read.",
            "Write it again with this version of the product.",
            folder=folder,
        )
    return National(folder.rstrip("/"), held["versions"], held["files"])


def write(snapshot: Snapshot, folder: str) -> Written:
    """Bring a folder up to date with a snapshot: areas whose version it has are left alone."""
    store, root = _store(folder)
    before = read(folder) if _is_file(store, join(root, LIST)) else National(folder, {}, {})
    versions = {area: place.name for area, place in snapshot.folders.items()}
    files = {name: _files(snapshot, name) for name in FRAMES}
    fresh = {area for area, version in versions.items() if before.versions.get(area) != version}
    for name, held in files.items():
        for area in fresh & set(held):
            _copy(snapshot.folders[area] / f"{name}.parquet", store, join(root, held[area]))
    _replace(store, root, {"layout": LAYOUT, "versions": versions, "files": files})
    _drop_all_but(_paths(before.files) | _paths(files), store, root)
    return Written(
        len(fresh), len(versions) - len(fresh), len(set(before.versions) - set(versions))
    )


def _files(snapshot: Snapshot, name: str) -> dict[str, str]:
    """Return where an area's frame lies, for each area that has rows in it."""
    return {
        area: f"{name}/{area}/{place.name}.parquet"
        for area, place in snapshot.folders.items()
        if (place / f"{name}.parquet").exists()
    }


def _paths(files: dict[str, dict[str, str]]) -> set[str]:
    return {path for held in files.values() for path in held.values()}


def _store(folder: str) -> tuple[fs.FileSystem, str]:
    address = folder.replace(SPARKS_OWN, "s3://", 1)
    found, root = fs.FileSystem.from_uri(
        address if "://" in address else Path(address).absolute().as_uri()
    )
    return found, root


def _is_file(store: fs.FileSystem, path: str) -> bool:
    return bool(store.get_file_info(path).type == fs.FileType.File)


def _copy(source: Path, store: fs.FileSystem, target: str) -> None:
    store.create_dir(dirname(target), recursive=True)
    with store.open_output_stream(target) as opened:
        opened.write(source.read_bytes())


def _replace(store: fs.FileSystem, root: str, held: dict[str, object]) -> None:
    """Write the list beside its place and move it in whole."""
    store.create_dir(root, recursive=True)
    with store.open_output_stream(join(root, f"{LIST}.new")) as opened:
        opened.write(json.dumps(held, indent=1, sort_keys=True).encode())
    store.move(join(root, f"{LIST}.new"), join(root, LIST))


def _drop_all_but(kept: set[str], store: fs.FileSystem, root: str) -> None:
    for name in FRAMES:
        place = fs.FileSelector(join(root, name), allow_not_found=True, recursive=True)
        for found in store.get_file_info(place):
            if found.is_file and found.path.removeprefix(f"{root}/") not in kept:
                store.delete_file(found.path)
