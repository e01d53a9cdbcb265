"""National statistics as published, and as a later release might give them."""

import csv
import io
import lzma
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "data" / "national"
FACTORS, MISSING, POPULATION = (
    "c3_factors_extract.csv",
    "cla_missing_extract.csv",
    "ons_population_extract.csv",
)
NEIGHBOURS, GROUPINGS = "sn_model_2025_wide.csv", "sn_groupings_april_2021.csv"
FORCES, COUNTIES = "lad23_csp23_pfa23_lookup.csv", "ltla23_utla23_lookup.csv"
REGIONS, THE_FORCES = "region_la_hierarchy.csv", "police-force-areas.csv"
Change = Callable[[dict[str, str]], dict[str, str] | None]


def extract(name: str) -> bytes:
    """Return one of the extracts, as it is."""
    return (FOLDER / name).read_bytes()


def whole_factors() -> bytes:
    """Return the whole file of factors, 2018 to 2025, as it was published."""
    return lzma.decompress((FOLDER / "c3_factors_2018_to_2025.csv.xz").read_bytes())


def rows_of(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a published file by their headings, read by nothing of ours."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def changed(data: bytes, change: Change) -> bytes:
    """Return a published file with its rows changed; None leaves one out."""
    rows = rows_of(data)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in map(change, rows) if row is not None)
    return out.getvalue().encode()


def with_cell(data: bytes, code: str, year: int, **cells: str) -> bytes:
    """Return a published file with cells of one authority's row of a year changed."""

    def change(row: dict[str, str]) -> dict[str, str]:
        there = row["new_la_code"] == code and row["time_period"] == str(year)
        return {**row, **cells} if there else row

    return changed(data, change)
