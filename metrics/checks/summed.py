"""What checks count of case rows, added up once for each inspection.

A check reads a few sums however many cases were read. They are kept beside the counted evidence,
under `definitions()`.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

import polars as pl

GRADED = pl.Schema(
    {"inspection": pl.String, "theme": pl.String, "grade": pl.String, "cases": pl.Int64}
)
"""One row a theme of an inspection and a grade; cases that were not graded have an empty one."""

CHILDREN = pl.Schema(
    {
        "inspection": pl.String,
        "people": pl.Int64,
        "ethnicity": pl.Int64,
        "disability": pl.Int64,
        "boys": pl.Int64,
        "disabled children": pl.Int64,
        "children in care": pl.Int64,
        "reconciled": pl.Int64,
        "flagged": pl.Int64,
        "meeting": pl.Int64,
        "missed": pl.Int64,
    }
)
"""One row an inspection: the children whose cases were read.

`ethnicity` and `disability` count those of whom the agency did not record it; an empty cell is
one that a reader has not entered. `reconciled` are cases of exploitation of which it is known
both whether they were flagged and whether they meet the definition; the last three are of those.
"""

PERPETRATORS = pl.Schema(
    {"inspection": pl.String, "people": pl.Int64, "ethnicity": pl.Int64, "disability": pl.Int64}
)
"""One row an inspection: the known or suspected perpetrators in the cases read."""

GROUPS = {
    "boys": pl.col("sex") == "male",
    "disabled children": pl.col("disability") == "yes",
    "children in care": pl.col("in_care") == "yes",
}
"""The groups that a sample is held against its list by."""

FLAGGED, MEETS = pl.col("flagged") == "yes", pl.col("meets_definition") == "yes"
RECONCILED = (
    pl.col("case_kind").is_in(["cse", "both"])
    & pl.col("flagged").is_not_null()
    & pl.col("meets_definition").is_not_null()
)


def graded(findings: pl.DataFrame) -> pl.DataFrame:
    """Return `GRADED` of rows of `data_model.frames.FINDINGS`."""
    sums = findings.group_by("inspection", "theme", "grade", maintain_order=True)
    return sums.agg(cases=pl.len()).cast(GRADED)


def children(cases: pl.DataFrame) -> pl.DataFrame:
    """Return `CHILDREN` of rows of `data_model.frames.CASES`."""
    flags = {"flagged": FLAGGED, "meeting": FLAGGED & MEETS, "missed": MEETS & ~FLAGGED}
    return _people(
        cases,
        CHILDREN,
        **GROUPS,
        reconciled=RECONCILED,
        **{name: RECONCILED & yes for name, yes in flags.items()},
    )


def perpetrators(known: pl.DataFrame) -> pl.DataFrame:
    """Return `PERPETRATORS` of rows of `data_model.frames.PERPETRATORS`."""
    return _people(known, PERPETRATORS)


def _people(rows: pl.DataFrame, schema: pl.Schema, **sums: pl.Expr) -> pl.DataFrame:
    gaps = {name: pl.col(name) == "not_recorded" for name in ("ethnicity", "disability")}
    added = rows.group_by("inspection", maintain_order=True).agg(
        people=pl.len(), **{name: yes.sum() for name, yes in (gaps | sums).items()}
    )
    return added.select(schema.names()).cast(schema)


SUMS: dict[str, tuple[str, Callable[[pl.DataFrame], pl.DataFrame]]] = {
    "graded": ("findings", graded),
    "children": ("cases", children),
    "perpetrators": ("perpetrators", perpetrators),
}
"""Each kind of sum, with the frame it is of and how it is added up."""


def definitions() -> str:
    """Return a digest that moves when anything here is changed."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
