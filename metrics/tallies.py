"""Tallies: every indicator from recorded cases counted at once, whole and taken apart.

A frame's rows are sorted for all its indicators in one pass and added up by any keys: by
inspection for a scorecard, by area and quarter for a nation. The same declarations run on every
engine Narwhals speaks to, and come to the same whole numbers on each.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import narwhals as nw
import polars as pl

from data_model.vocabulary import Breakdown, SamplingMethod
from metrics import INDICATORS
from metrics.indicator import APART_BY, Indicator
from metrics.intervals import share_of_cases
from metrics.outcome import Outcome, Share, TooFew

NOT_INDEPENDENT = (
    "several rows may stem from one case, so they are not independent and get no interval"
)
ROWS = "rows"
CATEGORY = "category"
FROM_CASES = tuple(each for each in INDICATORS if isinstance(each, Indicator))
FRAMES = tuple(dict.fromkeys(each.rows for each in FROM_CASES))
"""The frames that indicators count the rows of."""

LINE = pl.Schema(
    {
        "indicator": pl.String,
        "breakdown": pl.String,
        "category": pl.String,
        "counted": pl.Int64,
        "out_of": pl.Int64,
        "rows": pl.Int64,
    }
)
"""One row an indicator and part; the whole has no breakdown, what was not entered no category."""

Lazy: TypeAlias = nw.LazyFrame[Any]


@dataclass(frozen=True)
class Tally:
    """How many of some rows an indicator counts, out of how many, and how many rows there are."""

    counted: int
    out_of: int
    rows: int


@dataclass(frozen=True)
class Cut:
    """One way of adding up: the rows of one frame, as a whole or taken apart in one way."""

    rows: str
    breakdown: Breakdown | None

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that are added up in this way."""
        mine = (each for each in FROM_CASES if each.rows == self.rows)
        return tuple(i for i in mine if self.breakdown is None or self.breakdown in i.apart)


def cuts(rows: str) -> tuple[Cut, ...]:
    """Return every way in which the rows of a frame are added up, the whole first."""
    parts = (Cut(rows, breakdown) for breakdown in APART_BY[rows])
    return Cut(rows, None), *(cut for cut in parts if cut.indicators)


def counted_in(indicator: Indicator) -> str:
    """Return the column that says how many rows an indicator counts."""
    return f"{indicator.code} counted"


def out_of_in(indicator: Indicator) -> str:
    """Return the column that says out of how many rows."""
    return f"{indicator.code} out of"


def tallies(frames: Mapping[str, Lazy], keys: Sequence[str]) -> dict[Cut, Lazy]:
    """Return a frame for each cut of these frames: the keys, the sums, and `rows`.

    Keys are columns that all frames share, such as area and quarter. One row holds two sums an
    indicator (columns `counted_in` and `out_of_in`); in a part it also has `category`, which is
    empty where nothing was entered. Nothing is run yet.
    """
    return {cut: table for rows in frames for cut, table in _of(rows, frames[rows], keys)}


def _of(rows: str, frame: Lazy, keys: Sequence[str]) -> list[tuple[Cut, Lazy]]:
    sums = _sums(rows)
    apart = {APART_BY[rows][cut.breakdown] for cut in cuts(rows) if cut.breakdown}
    verdicts = frame.select(
        *keys,
        *(nw.col(column).alias(_apart(column)) for column in sorted(apart)),
        *(expression.cast(nw.Int32).alias(name) for name, expression in sums.values()),
    )
    return [(cut, _added_up(cut, verdicts, keys, sums)) for cut in cuts(rows)]


Sums: TypeAlias = dict[str, tuple[str, nw.Expr]]
"""A name and an expression, by what the expression says: what two indicators share is one sum."""


def _sums(rows: str) -> Sums:
    said = {str(e): e for i in Cut(rows, None).indicators for e in _expressions(i).values()}
    return {words: (f"sum {place}", e) for place, (words, e) in enumerate(said.items())}


def _expressions(indicator: Indicator) -> dict[str, nw.Expr]:
    """Return what an indicator's two columns add up: yes and no, with nothing else beside them."""
    inside = indicator.out_of.fill_null(value=False)
    return {
        counted_in(indicator): inside & indicator.counts.fill_null(value=False),
        out_of_in(indicator): inside,
    }


def _apart(column: str) -> str:
    """Return the name under which rows are taken apart by a column that is also a sum's."""
    return f"apart by {column}"


def _added_up(cut: Cut, verdicts: Lazy, keys: Sequence[str], sums: Sums) -> Lazy:
    """Return one cut of the sorted rows, each indicator with two columns of its own."""
    columns = {name: e for i in cut.indicators for name, e in _expressions(i).items()}
    sum_of = {name: sums[str(e)][0] for name, e in columns.items()}
    category = [_apart(APART_BY[cut.rows][cut.breakdown])] if cut.breakdown else []
    added = verdicts.group_by(*keys, *category).agg(
        *(nw.col(name).sum() for name in sorted(set(sum_of.values()))), nw.len().alias(ROWS)
    )
    return added.select(
        *keys,
        *(nw.col(name).alias(CATEGORY) for name in category),
        ROWS,
        *(nw.col(name).alias(column) for column, name in sum_of.items()),
    )


def listed(tables: Mapping[Cut, pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    """Return cuts' frames, from whatever engine, as one list: the keys, then `LINE`, in order."""
    lines = [_listed(cut, table, keys) for cut, table in tables.items()]
    schema = pl.Schema({**dict.fromkeys(keys, pl.String()), **LINE})
    every = pl.concat([pl.DataFrame(schema=schema), *lines], how="vertical_relaxed").cast(schema)
    return every.sort(*keys, "indicator", "breakdown", "category")


def _listed(cut: Cut, table: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    breakdown = None if cut.breakdown is None else str(cut.breakdown)
    held = table if cut.breakdown else table.with_columns(pl.lit(None).alias(CATEGORY))
    lines = [
        held.select(
            *keys,
            indicator=pl.lit(each.code),
            breakdown=pl.lit(breakdown, pl.String),
            category=CATEGORY,
            counted=counted_in(each),
            out_of=out_of_in(each),
            rows=ROWS,
        )
        for each in cut.indicators
    ]
    return pl.concat(lines)


def tally(indicator: Indicator, frame: pl.DataFrame) -> Tally:
    """Return what one indicator counts of a frame's rows, all of them together."""
    sums = [e.cast(nw.Int64).sum().alias(name) for name, e in _expressions(indicator).items()]
    counted, out_of = nw.from_native(frame).select(*sums).row(0)
    return Tally(counted, out_of, frame.height)


def measure(
    indicator: Indicator, held: Tally, sampling: SamplingMethod, available: int | None
) -> Outcome:
    """Return what an indicator comes to over one inspection's rows.

    `available` is the size of the frame the cases were drawn from, or None. How many of the
    frame belong to a part of it is not known, so a part of the cases gets no finite frame.
    """
    if not held.out_of:
        return TooFew(0)
    if indicator.rows != "cases":
        return Share(held.counted, held.out_of, None, NOT_INDEPENDENT)
    whole = held.out_of == held.rows
    return share_of_cases(held.counted, held.out_of, sampling, available if whole else None)


def definitions(indicators: Sequence[Indicator] = FROM_CASES) -> str:
    """Return a digest of declarations, which moves when the definition of any of them does."""
    said = (f"{i.code} {i.rows} {i.out_of} {i.counts} {i.apart}" for i in indicators)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
