"""Made-up counted evidence of any size: frames as they are kept, every word drawn at random."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data_model.frames import FRAMES
from data_model.records import CaseFile, Finding, MissingEpisode, Perpetrator
from data_model.vocabulary import SamplingMethod

RECORDS = {
    "cases": CaseFile,
    "findings": Finding,
    "episodes": MissingEpisode,
    "perpetrators": Perpetrator,
}
NAMED_ELSEWHERE = {"case_kind": "kind"}
OF_THE_CASE = ("inspection", "area", "quarter", "case")
GRADES = ("good", "requires_improvement", "inadequate", None)
FIRST_YEAR = 2016


@dataclass(frozen=True)
class Extent:
    """How much of it: areas, quarters from the first of 2016 on, and rows of each frame."""

    areas: int
    quarters: int
    cases: int
    findings: int
    episodes: int
    perpetrators: int


def frames(extent: Extent, seed: int = 1) -> dict[str, pl.DataFrame]:
    """Return the frames of an inspection in every area and quarter, the same for a seed."""
    random = np.random.default_rng(seed)
    inspections = _inspections(extent)
    cases = _cases(extent, inspections, random)
    held = {"inspections": inspections, "cases": cases}
    for name in ("findings", "episodes", "perpetrators"):
        held[name] = _rows(name, getattr(extent, name), cases, random)
    return held


def _inspections(extent: Extent) -> pl.DataFrame:
    areas = pl.DataFrame({"area": [f"X{90_000_000 + n}" for n in range(extent.areas)]})
    quarters = pl.DataFrame({"at": range(extent.quarters)}).with_columns(
        year=FIRST_YEAR + pl.col("at") // 4, number=pl.col("at") % 4 + 1
    )
    return (
        areas.join(quarters, how="cross")
        .with_columns(
            quarter=pl.format("{}-Q{}", "year", "number"),
            ended_on=pl.date("year", 3 * pl.col("number"), 15),
            sampling=pl.lit(str(SamplingMethod.RANDOM)),
            available=pl.lit(None, pl.Int64),
        )
        .with_columns(inspection=pl.format("{}-{}", "area", "quarter"))
        .select(FRAMES["inspections"].names())
    )


def _cases(extent: Extent, held: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    of = np.sort(random.integers(0, held.height, extent.cases))
    drawn = held.select("inspection", "area", "quarter")[of].with_columns(
        case=pl.int_range(extent.cases, dtype=pl.Int64)
    )
    return _filled("cases", drawn, random)


def _rows(name: str, rows: int, cases: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    shared = [c for c in FRAMES[name] if c in (*OF_THE_CASE, "case_kind", "age_band")]
    child = [c for c in ("sex", "ethnicity", "disability") if name == "episodes"]
    of = np.sort(random.integers(0, cases.height, rows))
    return _filled(name, cases.select(*shared, *child)[of], random)


def _filled(name: str, held: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """Fill the columns of words that are still missing; dates and the like stay empty."""
    for column, kind in FRAMES[name].items():
        if column not in held.columns:
            values = pl.Series(column, words(name, column) or [None], kind)
            held = held.with_columns(values.gather(random.integers(0, len(values), held.height)))
    return held.select(FRAMES[name].names())


def words(name: str, column: str) -> list[str | None]:
    """Return every word a column of a frame may hold, and none at all."""
    if column == "grade":
        return list(GRADES)
    if column == "theme":
        return ["risk", "missing", "care", "disruption", "partnership"]
    table = RECORDS[name].__table__
    found = table.columns.get(NAMED_ELSEWHERE.get(column, column))
    listed = getattr(getattr(found, "type", None), "words", ())
    return [*(str(word) for word in listed), None] if listed else []
