"""What is worked out from an area's counted evidence, kept as a file beside it.

It is worked out once for a version of the evidence and of the definitions, so that what a page
costs does not grow with how many case files were ever read.
"""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from data_model.counted import Snapshot, put_beside


def beside(
    snapshot: Snapshot, area: str, name: str, definitions: str, reckon: Callable[[], pl.DataFrame]
) -> Path:
    """Return the Parquet file of what `reckon` comes to, writing it where it is not there yet.

    `definitions` is a digest that moves when what `reckon` does is changed.
    """
    place = snapshot.folders[area] / f"{name}-{definitions[:16]}.parquet"
    if not place.exists():
        put_beside(reckon(), place)
    return place
