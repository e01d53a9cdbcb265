"""A nation's counted evidence as files: one folder a frame and area, rewritten where it changed.

A list beside them (`snapshot.json`) says which files count. It is replaced in one step, and files
that are no longer on it stay for one more turn, so that nobody reads half of a change. Nothing is
ever deleted that was not on a list. The folder is a path, or the address of an object store that
Arrow knows (`s3://`, `gs://`, `hdfs://`).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join
from typing import Annotated, Literal

from pyarrow import fs
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from data_model.counted import Snapshot
from data_model.frames import FRAMES
from inspect_app.errors import Refusal

LIST = "snapshot.json"
SPARKS_OWN = "s3a://"
"""How Spark calls what Arrow calls `s3://`."""

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{8}$")]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]+$")]
Place = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[A-Z][0-9]{8}/[0-9A-Za-z-]+\.parquet$")]


class Listed(BaseModel):
    """What a list says: each area's version, which areas a frame has, and files that leave next."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layout: Literal[1] = 1
    versions: dict[Code, Version] = {}
    frames: dict[str, tuple[Code, ...]] = {}
    leaving: tuple[Place, ...] = ()

    def places(self) -> set[str]:
        """Return where each file that counts lies within the folder."""
        return {self.place(name, area) for name, areas in self.frames.items() for area in areas}

    def place(self, name: str, area: str) -> str:
        """Return where the file of a frame and an area lies within the folder."""
        return f"{name}/{area}/{self.versions[area]}.parquet"


@dataclass(frozen=True)
class National:
    """A folder and its list."""

    folder: str
    listed: Listed

    def of(self, frame: str, areas: Collection[str] | None = None) -> list[str]:
        """Return the addresses of a frame's files, for these areas or for all."""
        held = sorted(self.listed.frames.get(frame, ()))
        wanted = [area for area in held if areas is None or area in areas]
        return [join(self.folder, self.listed.place(frame, area)) for area in wanted]


@dataclass(frozen=True)
class Written:
    """How many areas were written anew, how many were there as they are, and how many went."""

    written: int
    same: int
    gone: int


def read(folder: str) -> National:
    """Return what a folder holds; raises Refusal where there is no snapshot of this layout."""
    with _refusing(folder):
        found = _Folder(folder)
        if not found.holds(LIST):
            raise Refusal(
                f"There is no snapshot in {folder}.",
                f"Write one with `inspect-app snapshot {folder}`, or name the folder that holds "
                f"{LIST}.",
                folder=folder,
            )
        return National(folder.rstrip("/"), found.listed())


def write(snapshot: Snapshot, folder: str) -> Written:
    """Bring a folder up to date with a snapshot: areas whose version it has are left alone.

    Raises Refusal for a folder that holds other things, or cannot be written to, or that
    somebody else wrote to meanwhile.
    """
    with _refusing(folder):
        found = _Folder(folder)
        before = found.to_write_in()
        versions = {area: place.name for area, place in snapshot.folders.items()}
        frames = {name: _areas(snapshot, name) for name in FRAMES}
        after = Listed(versions=versions, frames=frames)
        for place in after.places() - before.places():
            found.copy(_source(snapshot, place), place)
        leaving = tuple(sorted(before.places() - after.places()))
        found.replace(before, after.model_copy(update={"leaving": leaving}))
        found.drop(set(before.leaving) - after.places())
    changed = {area for area in versions if before.versions.get(area) != versions[area]}
    gone = set(before.versions) - set(versions)
    return Written(len(changed), len(versions) - len(changed), len(gone))


@contextmanager
def _refusing(folder: str) -> Iterator[None]:
    """Say in plain words what is wrong with a folder, its store, or its list."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise Refusal(
            f"The snapshot in {folder} cannot be used: {str(error).splitlines()[0]}",
            "Name a folder, or an address such as s3://bucket/folder with its settings in the "
            "environment; a list that is damaged is written again into an empty folder.",
            folder=folder,
        ) from error


def _areas(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """Return the areas that have rows in a frame."""
    held = snapshot.folders.items()
    return tuple(area for area, place in held if (place / f"{name}.parquet").exists())


def _source(snapshot: Snapshot, place: str) -> Path:
    name, area, _version = place.split("/")
    return snapshot.folders[area] / f"{name}.parquet"


class _Folder:
    """A folder in whichever store its address names."""

    def __init__(self, folder: str) -> None:
        if "?" in folder:
            raise ValueError("an address takes no settings after a question mark")
        address = folder.replace(SPARKS_OWN, "s3://", 1)
        uri = address if "://" in address else Path(address).absolute().as_uri()
        self.address = folder
        self.store, self.root = fs.FileSystem.from_uri(uri)

    def holds(self, name: str) -> bool:
        found = self.store.get_file_info(join(self.root, name))
        return bool(found.type == fs.FileType.File)

    def listed(self) -> Listed:
        with self.store.open_input_stream(join(self.root, LIST)) as opened:
            said = opened.read()
        try:
            return Listed.model_validate_json(said)
        except ValidationError as error:
            message = f"its {LIST} is damaged, or of a layout that this version does not know"
            raise ValueError(message) from error

    def to_write_in(self) -> Listed:
        """Return the list that is there; a folder that is new or empty is given an empty one."""
        if self.holds(LIST):
            return self.listed()
        place = fs.FileSelector(self.root, allow_not_found=True)
        if self.store.get_file_info(place):
            raise Refusal(
                f"{self.address} holds other things, and no snapshot.",
                "Name a folder that is new or empty, or one that a snapshot was written to.",
                folder=self.address,
            )
        self.replace(Listed(), Listed())
        return Listed()

    def copy(self, source: Path, place: str) -> None:
        self.store.create_dir(dirname(join(self.root, place)), recursive=True)
        with self.store.open_output_stream(join(self.root, place)) as opened:
            opened.write(source.read_bytes())

    def replace(self, before: Listed, after: Listed) -> None:
        """Write the list beside its place and move it in whole, unless another came first."""
        self.store.create_dir(self.root, recursive=True)
        with self.store.open_output_stream(join(self.root, f"{LIST}.new")) as opened:
            opened.write(after.model_dump_json(indent=1).encode())
        if before != (self.listed() if self.holds(LIST) else Listed()):
            raise Refusal(
                f"Somebody else wrote to {self.address} meanwhile.",
                "Ask again; what they wrote stands.",
                folder=self.address,
            )
        self.store.move(join(self.root, f"{LIST}.new"), join(self.root, LIST))

    def drop(self, places: Collection[str]) -> None:
        """Delete files that left the list the turn before, unless they are gone already."""
        for place in places:
            if self.holds(place):
                self.store.delete_file(join(self.root, place))
