"""The snapshot of counted evidence: Parquet files by area, rewritten only where it changed."""

import hashlib
import io
import shutil
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.frames import FRAMES
from data_model.reading import counted_frames
from data_model.records import AuditEvent, CountedVersion
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
    """Say that this event changed what counts of an area."""
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
    frames = counted_frames(session, area)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=place.parent, prefix="new-"))
        _fill(fresh, frames, place)
    except OSError as problem:
        raise NotNow(
            "The counted evidence could not be laid out for reading: "
            f"{problem.strerror or problem}.",
            f"The folder {place.parent} needs room, and the right to write there. Nothing that "
            "was recorded is lost; ask again once that is mended.",
            folder=str(place.parent),
        ) from problem
    _drop_older(place.parent)


def _fill(fresh: Path, frames: Mapping[str, pl.DataFrame], place: Path) -> None:
    """Write frames into a folder and move it to its place; somebody else may have been first."""
    try:
        for name, frame in frames.items():
            # Polars says in words of its own that a disk is full; the file system says OSError.
            data = io.BytesIO()
            frame.write_parquet(data)
            (fresh / f"{name}.parquet").write_bytes(data.getvalue())
        if not place.is_dir():
            fresh.rename(place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _drop_older(folder: Path) -> None:
    """Keep an area's newest folders: somebody may still be reading the last but one."""
    finished = [kept for kept in folder.iterdir() if not kept.name.startswith("new-")]
    newest_first = sorted(finished, key=lambda kept: kept.stat().st_mtime, reverse=True)
    for kept in newest_first[VERSIONS_KEPT:]:
        shutil.rmtree(kept, ignore_errors=True)
