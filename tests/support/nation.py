"""Made-up evidence written as a nation's snapshot, the way the product writes one."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from data_model import national
from data_model.counted import Snapshot
from data_model.national import National

VERSION = "made-up"


def write_nation(frames: Mapping[str, pl.DataFrame], folder: Path) -> National:
    """Write frames area by area, bring a snapshot up to date with them, and read its list."""
    folders: dict[str, Path] = {}
    for name, frame in frames.items():
        for (area,), rows in frame.partition_by("area", as_dict=True).items():
            place = folders.setdefault(area, folder / "areas" / area / VERSION)
            place.mkdir(parents=True, exist_ok=True)
            rows.write_parquet(place / f"{name}.parquet")
    national.write(Snapshot(VERSION, folders), str(folder / "nation"))
    return national.read(str(folder / "nation"))
