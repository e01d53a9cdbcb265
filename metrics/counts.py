"""Evidence bases as counts: what was read, how it was graded, and where the counts come from.

The four kinds of basis are kept apart: recorded here, published counts, published without
grades, and published unsplit. A split that was not published is never invented (K.8, K.9).
"""

from collections.abc import Sequence

import polars as pl

from data_model.vocabulary import Basis, CaseKind

ALL = "all"
NOT_GRADED = "not graded"
NOT_PUBLISHED = "not published"
NOT_STATED = "not stated"

EVIDENCE = pl.Schema(
    {
        "inspection": pl.String,
        "case_kind": pl.String,
        "theme": pl.String,
        "grade": pl.String,
        "cases": pl.Int64,
        "cases_read": pl.Int64,
        "basis": pl.String,
    }
)
"""One row a count; an empty `cases` means the number is not published, never zero."""


def theme_counts(
    findings: pl.DataFrame, themes: Sequence[str], grades: Sequence[str]
) -> pl.DataFrame:
    """Return counts of cases by theme and grade, zeros and not graded included.

    `findings` is the findings frame of one inspection; `themes` is its scope and `grades`
    its scale, best first. The result has columns theme, grade, cases, one row a pair.
    """
    given = findings.select("theme", grade=pl.col("grade").fill_null(NOT_GRADED))
    held = given.group_by("theme", "grade").agg(cases=pl.len().cast(pl.Int64))
    every = pl.DataFrame({"theme": list(themes)}, {"theme": pl.String}).join(
        pl.DataFrame({"grade": [*grades, NOT_GRADED]}), how="cross"
    )
    return every.join(held, on=["theme", "grade"], how="left", maintain_order="left").with_columns(
        pl.col("cases").fill_null(0)
    )


def not_graded_reasons(findings: pl.DataFrame) -> pl.DataFrame:
    """Return why themes were not graded: columns theme, reason, cases, one row a pair that is."""
    return (
        findings.filter(pl.col("not_graded").is_not_null())
        .group_by("theme", reason="not_graded")
        .agg(cases=pl.len().cast(pl.Int64))
        .sort("theme", "reason")
    )


def recorded_evidence(
    inspection: str,
    cases: pl.DataFrame,
    findings: pl.DataFrame,
    themes: Sequence[str],
    grades: Sequence[str],
) -> pl.DataFrame:
    """Return the evidence rows of one inspection recorded here: by kind of case, and by theme."""
    read = cases.height
    held = cases.group_by("case_kind").agg(cases=pl.len().cast(pl.Int64))
    every = pl.DataFrame({"case_kind": [str(kind) for kind in CaseKind]})
    kinds = every.join(held, on="case_kind", how="left", maintain_order="left").with_columns(
        pl.col("cases").fill_null(0), theme=pl.lit(ALL), grade=pl.lit(ALL)
    )
    by_theme = theme_counts(findings, themes, grades).with_columns(case_kind=pl.lit(ALL))
    both = pl.concat([kinds, by_theme], how="diagonal").with_columns(
        inspection=pl.lit(inspection),
        cases_read=pl.lit(read, pl.Int64),
        basis=pl.lit(str(Basis.RECORDED_HERE)),
    )
    return both.select(EVIDENCE.names()).cast(EVIDENCE)


def published_evidence(published: pl.DataFrame) -> pl.DataFrame:
    """Return the evidence rows of inspections entered from publications, as they were published.

    A count without grades stands under `not published`; a number nobody published is empty.
    """
    without = pl.col("basis") == str(Basis.PUBLISHED_WITHOUT_GRADES)
    grade = (
        pl.when(without)
        .then(pl.lit(NOT_PUBLISHED))
        .when(pl.col("grades").fill_null("") == "")
        .then(pl.lit(NOT_STATED))
        .otherwise(pl.col("grades"))
    )
    return published.select(
        "inspection",
        "case_kind",
        theme=pl.col("theme").fill_null(ALL),
        grade=grade,
        cases=pl.when(without).then(pl.col("cases_read")).otherwise(pl.col("cases")),
        cases_read="cases_read",
        basis="basis",
    ).cast(EVIDENCE)


def themes_without_a_grade(evidence: pl.DataFrame, themes: Sequence[str]) -> list[str]:
    """Return the themes in scope of one inspection recorded here under which no case was graded."""
    graded = evidence.filter(
        (pl.col("theme") != ALL) & (pl.col("grade") != NOT_GRADED) & (pl.col("cases") > 0)
    )
    found = set(graded.get_column("theme").to_list())
    return [theme for theme in themes if theme not in found]
