"""The snapshot of counted evidence: Parquet files by area, rewritten only where it changed."""

import hashlib
import io
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import chain
from data_model.frames import FRAMES
from data_model.reading import counted_frames
from data_model.records import AuditEvent, CountedVersion
from data_model.sight import Task, widened
from inspect_app.errors import NotNow, Refusal

VERSIONS_KEPT = 3
COLUMNS = hashlib.sha256(repr(FRAMES).encode()).hexdigest()[:8]
"""What the frames look like: a program whose frames have other columns writes files of its own."""


@dataclass(frozen=True)
class Snapshot:
    """The counted evidence at one version; `folders` holds one folder an area."""

    version: str
    folders: dict[str, Path]

    def frame(self, name: str, areas: Collection[str] | None = None) -> pl.DataFrame:
        """Return one frame of `data_model.frames` for these areas, or for all of them."""
        wanted = self.folders if areas is None else set(areas) & set(self.folders)
        places = [self.folders[area] for area in sorted(wanted)]
        found = [place / f"{name}.parquet" for place in places if _holds(place, name)]
        return pl.read_parquet(found) if found else pl.DataFrame(schema=FRAMES[name])


def move(session: Session, area: str, event: AuditEvent) -> None:
    """Say that this event changed what counts of an area, once its hash is known."""
    chain.once_chained(session, lambda: _moved(session, area, event))


def _moved(session: Session, area: str, event: AuditEvent) -> None:
    held = session.get(CountedVersion, area)
    if held is None:
        session.add(CountedVersion(area_code=area, version=event.hash))
    else:
        held.version = event.hash


def version(session: Session) -> str:
    """Return the version of all counted evidence; it moves when any area's does."""
    return _digest(_versions(session))


def snapshot(session: Session, folder: Path) -> Snapshot:
    """Return the snapshot of the database's counted evidence, writing what is not there yet."""
    versions = _versions(session)
    folders = {area: folder / area / f"{held[:24]}-{COLUMNS}" for area, held in versions.items()}
    for area, place in folders.items():
        if not place.is_dir():
            _write(session, area, place)
    return Snapshot(_digest(versions), folders)


def _versions(session: Session) -> dict[str, str]:
    rows = session.execute(
        select(CountedVersion.area_code, CountedVersion.version).order_by(CountedVersion.area_code)
    )
    return {area: held for area, held in rows}  # noqa: C416 - rows are not pairs to mypy


def _digest(versions: dict[str, str]) -> str:
    text = "\n".join(f"{area} {held}" for area, held in versions.items())
    return hashlib.sha256(text.encode()).hexdigest()


def _holds(place: Path, name: str) -> bool:
    """Return whether an area has rows in a frame; a folder that is gone never looks empty."""
    if (place / f"{name}.parquet").exists():
        return True
    if not place.is_dir():
        raise Refusal(
            "The counted evidence changed while it was being read.",
            "Ask again; nothing was lost.",
            folder=str(place),
        )
    return False


def _write(session: Session, area: str, place: Path) -> None:
    """Write one area's frames beside their place and move them in whole."""
    with widened(session, Task.COUNTING):
        frames = counted_frames(session, area)
    with _room(place.parent):
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=place.parent, prefix="new-"))
        try:
            for name, frame in frames.items():
                (fresh / f"{name}.parquet").write_bytes(_parquet(frame))
            if not place.is_dir():
                fresh.rename(place)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    _drop_older(place.parent)


def put_beside(frame: pl.DataFrame, place: Path) -> None:
    """Write what was worked out from a snapshot into it, whole or not at all."""
    with _room(place.parent):
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as fresh:
            fresh.write(_parquet(frame))
        Path(fresh.name).rename(place)


def _parquet(frame: pl.DataFrame) -> bytes:
    """Return a frame as a Parquet file.

    Where Polars itself writes to a full disk, it raises an error of its own and no OSError.
    """
    data = io.BytesIO()
    frame.write_parquet(data)
    return data.getvalue()


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    """Say in a sentence that a folder of snapshots cannot be written."""
    try:
        yield
    except OSError as problem:
        raise NotNow(
            "The counted evidence could not be laid out for reading: "
            f"{problem.strerror or problem}.",
            f"The folder {folder} needs room, and the right to write there. Nothing that was "
            "recorded is lost; ask again once that is mended.",
            folder=str(folder),
        ) from problem


def _drop_older(folder: Path) -> None:
    """Keep an area's newest folders: somebody may still be reading the last but one."""
    finished = [kept for kept in folder.iterdir() if not kept.name.startswith("new-")]
    newest_first = sorted(finished, key=lambda kept: kept.stat().st_mtime, reverse=True)
    for kept in newest_first[VERSIONS_KEPT:]:
        shutil.rmtree(kept, ignore_errors=True)
