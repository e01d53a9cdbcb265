"""Stated figures as checks read them: in order, each with what it comes to."""

from typing import Any

import polars as pl

from metrics.checks.material import Material
from metrics.outcome import Count, Outcome, Rate, Share, Stated

Figure = dict[str, Any]


def ordered(material: Material) -> list[Figure]:
    """Return the figures in order; of several for one period the last one entered."""
    kept = material.figures.sort("area", "indicator", "period_end", "id", nulls_last=True).unique(
        ["area", "indicator", "subject", "period_start", "period_end"], keep="last"
    )
    by_series = kept.sort("area", "indicator", "subject", "period_end", "id", nulls_last=False)
    return list(by_series.iter_rows(named=True))


def number(came_to: Outcome) -> float | None:
    """Return what falls and rises: a percentage, or a count, also of a rate."""
    match came_to:
        case Share():
            return 100 * came_to.share
        case Rate() | Count():
            return float(came_to.count)
        case Stated():
            return came_to.value
        case _:
            return None


def of_cases(rows: pl.DataFrame, material: Material) -> pl.DataFrame:
    """Say of rows that count the cases of an inspection where they are from."""
    titles = material.held.select("inspection", "area", place="title", period=pl.lit("cases read"))
    return rows.join(titles, on="inspection", maintain_order="left")
