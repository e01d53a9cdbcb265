"""Tallies kept beside an area's counted evidence, so that no page counts case rows again.

They are read for one inspection at a time.
"""

from dataclasses import dataclass
from functools import partial

import narwhals as nw
import polars as pl

from data_model.counted import Snapshot
from data_model.vocabulary import Breakdown
from inspect_app.services.beside import beside
from metrics import tallies
from metrics.indicator import Indicator
from metrics.tallies import Tally

KEY = "inspection"
NOTHING = Tally(0, 0, 0)


@dataclass(frozen=True)
class Tallied:
    """What every indicator counts of one inspection, by indicator and part; None is the whole."""

    held: dict[tuple[str, str | None], dict[str | None, Tally]]

    def whole(self, indicator: Indicator) -> Tally:
        """Return an indicator's tally over all rows; nothing of nothing where there are none."""
        return self.held.get((indicator.code, None), {}).get(None, NOTHING)

    def parts(self, indicator: Indicator, breakdown: Breakdown) -> dict[str | None, Tally]:
        """Return an indicator's tally by category; None is where nothing was entered."""
        return self.held.get((indicator.code, str(breakdown)), {})


def of_inspection(snapshot: Snapshot, area: str, inspection: str) -> Tallied:
    """Return the tallies of one inspection; an area's are written when first asked for."""
    place = beside(
        snapshot, area, "tallies", tallies.definitions(), partial(_reckoned, snapshot, area)
    )
    rows = pl.scan_parquet(place).filter(pl.col(KEY) == inspection).collect()
    held: dict[tuple[str, str | None], dict[str | None, Tally]] = {}
    for _key, indicator, breakdown, category, *sums in rows.iter_rows():
        held.setdefault((indicator, breakdown), {})[category] = Tally(*sums)
    return Tallied(held)


def _reckoned(snapshot: Snapshot, area: str) -> pl.DataFrame:
    """Return the tallies of all of an area's inspections."""
    frames = {name: nw.from_native(snapshot.frame(name, [area]).lazy()) for name in tallies.FRAMES}
    asked = tallies.tallies(frames, [KEY])
    tables = pl.collect_all([table.to_native() for table in asked.values()])
    return tallies.listed(dict(zip(asked, tables, strict=True)), [KEY])
