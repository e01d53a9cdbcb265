"""The snapshot of counted evidence: Parquet files by area, rewritten only where it changed."""

import hashlib
import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.frames import FRAMES
from data_model.reading import counted_frames
from data_model.records import AuditEvent, CountedVersion


@dataclass(frozen=True)
class Snapshot:
    """The counted evidence at one version; `folders` holds one folder an area."""

    version: str
    folders: dict[str, Path]

    def frame(self, name: str, areas: Collection[str] | None = None) -> pl.DataFrame:
        """Return one frame of `data_model.frames` for these areas, or for all of them."""
        wanted = self.folders if areas is None else set(areas) & set(self.folders)
        files = [self.folders[area] / f"{name}.parquet" for area in sorted(wanted)]
        found = [file for file in files if file.exists()]
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
    folders = {area: folder / area / held[:24] for area, held in versions.items()}
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


def _write(session: Session, area: str, place: Path) -> None:
    """Write one area's frames beside their place and move them in whole; drop older ones."""
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=place.parent, prefix="new-"))
    for name, frame in counted_frames(session, area).items():
        frame.write_parquet(fresh / f"{name}.parquet")
    older = [kept for kept in place.parent.iterdir() if kept not in {fresh, place}]
    try:
        fresh.rename(place)
    except OSError:
        shutil.rmtree(fresh)
    for kept in older:
        if not kept.name.startswith("new-"):
            shutil.rmtree(kept, ignore_errors=True)
