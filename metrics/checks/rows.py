"""From facts to the rows of checks on evidence: what stands behind each sentence and grade."""

from collections.abc import Sequence

import polars as pl

from metrics.agreement import Agreement, Coefficient, agreement
from metrics.checks.frames import CLAIMS, GROUPS, INSPECTIONS, JUDGEMENTS, THEMES
from metrics.checks.material import Material
from metrics.checks.subjects import OF_KIND, of_sentences
from metrics.checks.summed import GROUPS as GROUPS_READ

ELSEWHERE = pl.col("recorded") == "elsewhere"
NUMBERS = ("cases_read", "graded", "good", "not_good")


def grades_behind(material: Material) -> pl.DataFrame:
    """Return inspection, subject, cases_read, graded, good and not_good, one row a subject.

    `graded` counts cases with a grade, also where several grades were not split; those are
    good or not good only where every grade they might have says so on its own scale.
    """
    return pl.concat([_published(material), _recorded(material)], how="diagonal_relaxed")


def _published(material: Material) -> pl.DataFrame:
    key = ["inspection", "case_kind", "theme"]
    scales = material.held.select("inspection", "scale")
    rows = material.published.join(scales, on="inspection").with_columns(
        stated=pl.col("grades").fill_null("") != ""
    )
    read = rows.group_by(key, maintain_order=True).agg(pl.col("cases_read").first())
    counted = rows.filter("stated").join(_splits(rows, material.lines), on=["scale", "grades"])
    sums = counted.group_by(key).agg(
        graded=pl.col("cases").sum(),
        good=pl.col("cases").filter("all_good").sum(),
        not_good=pl.col("cases").filter("none_good").sum(),
    )
    whole = read.join(sums, on=key, how="left", nulls_equal=True).with_columns(
        subject=pl.coalesce("theme", pl.col("case_kind").replace_strict(OF_KIND)),
    )
    return _by_subject(whole)


def _by_subject(rows: pl.DataFrame) -> pl.DataFrame:
    """Add up by subject; a number of cases that nobody published stays empty."""
    known = pl.col("cases_read").is_not_null().any()
    return rows.group_by("inspection", "subject", maintain_order=True).agg(
        pl.when(known).then(pl.col("cases_read").sum()).alias("cases_read"),
        *(pl.col(name).sum() for name in NUMBERS[1:]),
    )


def _splits(rows: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Return, for each published grade or unsplit several, whether all or none of it is good."""
    each = rows.filter("stated").select("scale", "grades").unique()
    split = each.with_columns(grade=pl.col("grades").str.split("|")).explode("grade")
    known = split.join(lines, on=["scale", "grade"])
    return known.group_by("scale", "grades").agg(
        all_good=pl.col("good").all(), none_good=~pl.col("good").any()
    )


def _recorded(material: Material) -> pl.DataFrame:
    scales = material.held.select("inspection", "scale")
    rows = material.graded.join(scales, on="inspection", maintain_order="left").join(
        material.lines.rename({"good": "is_good"}),
        on=["scale", "grade"],
        how="left",
        maintain_order="left",
    )
    return rows.group_by("inspection", subject="theme", maintain_order=True).agg(
        cases_read=pl.col("cases").sum(),
        graded=pl.col("cases").filter(pl.col("grade").is_not_null()).sum(),
        good=pl.col("cases").filter("is_good").sum(),
        not_good=pl.col("cases").filter(~pl.col("is_good")).sum(),
    )


def claims(material: Material, grades: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `claims`: each sentence with the grades of the cases it is about."""
    named = of_sentences(material.statements).select("inspection", "statement", "subject")
    subjects = grades.select("inspection", "subject")
    naming_none = material.statements.join(named, on="statement", how="anti")
    every = naming_none.select("inspection", "statement").join(subjects, on="inspection")
    about = pl.concat([named, every]).join(grades, on=["inspection", "subject"])
    sums = about.group_by("statement").agg(_sum("cases_read"), _sum("graded"), _sum("not_good"))
    rows = material.statements.join(sums, on="statement", how="left", maintain_order="left")
    return _shaped(_judged(_titled(_nothing_graded(rows, grades), material), material), CLAIMS)


def _sum(column: str) -> pl.Expr:
    return pl.when(pl.col(column).is_not_null().any()).then(pl.col(column).sum()).alias(column)


def _nothing_graded(rows: pl.DataFrame, grades: pl.DataFrame) -> pl.DataFrame:
    """Fill in 0 grades where the inspection's evidence is held and has none on the subject."""
    held = pl.col("inspection").is_in(grades.get_column("inspection").unique().to_list())
    return rows.with_columns(
        pl.when(pl.col(name).is_null() & held).then(0).otherwise(pl.col(name)).alias(name)
        for name in ("graded", "not_good")
    )


def _titled(rows: pl.DataFrame, material: Material) -> pl.DataFrame:
    named = material.held.select("inspection", "title", "area", "recorded")
    return rows.join(named, on="inspection", maintain_order="left")


def _judged(rows: pl.DataFrame, material: Material) -> pl.DataFrame:
    word = pl.when("good").then(pl.lit("good")).otherwise(pl.lit("not good"))
    judged = material.judged.select("inspection", "judgement", judged=word).unique("inspection")
    return rows.join(judged, on="inspection", how="left", maintain_order="left")


def _shaped(rows: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    return rows.select(schema.names()).cast(schema)


def totals(grades: pl.DataFrame) -> pl.DataFrame:
    """Return the grades of each inspection over all its subjects."""
    return grades.group_by("inspection").agg(*map(_sum, NUMBERS))


def judgements(material: Material, grades: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `judgements`: each overall judgement and the grades behind it."""
    word = pl.when("good").then(pl.lit("good")).otherwise(pl.lit("not good"))
    rows = material.judged.with_columns(judged=word).drop("good")
    with_grades = rows.join(totals(grades), on="inspection", how="left", maintain_order="left")
    return _shaped(_titled(with_grades, material), JUDGEMENTS)


def themes(material: Material, grades: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `themes`: each theme in scope; one read here without a case has 0."""
    rows = _titled(material.scopes.with_columns(subject="theme"), material)
    counted = rows.join(grades, on=["inspection", "subject"], how="left", maintain_order="left")
    named = counted.join(material.subjects, on="subject", how="left", maintain_order="left")
    return _shaped(_none_where_here(named, ("cases_read", "graded")), THEMES)


def _none_where_here(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Say 0 for what was recorded here and is not there; elsewhere it is not known."""
    return rows.with_columns(
        pl.when(~ELSEWHERE).then(pl.col(name).fill_null(0)).otherwise(pl.col(name)).alias(name)
        for name in columns
    )


def inspections(material: Material, grades: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `inspections`: cases, readers and second readings of each."""
    read = material.children.select("inspection", counted="people")
    readers = material.readers.drop("area")
    rows = _titled(material.held.select("inspection"), material)
    for more in (totals(grades), read, readers, _agreements(material)):
        rows = rows.join(more, on="inspection", how="left", maintain_order="left")
    known = pl.when(ELSEWHERE).then(pl.col("cases_read")).otherwise(pl.col("counted"))
    return _shaped(_none_where_here(rows.with_columns(cases_read=known), NUMBERS[:2]), INSPECTIONS)


def _agreements(material: Material) -> pl.DataFrame:
    scales = dict(material.held.select("inspection", "scale").iter_rows())
    rows = [
        (str(code), *_agreed(given, grades))
        for (code,), given in material.twice.group_by("inspection", maintain_order=True)
        if len(grades := _grades(material, scales[str(code)])) > 1
    ]
    columns = ("inspection", "pairs", "agreed", "lowest")
    return pl.DataFrame(rows, {name: INSPECTIONS[name] for name in columns}, orient="row")


def _grades(material: Material, scale: str) -> list[str]:
    return material.lines.filter(pl.col("scale") == scale).get_column("grade").to_list()


def _agreed(given: pl.DataFrame, grades: list[str]) -> tuple[int, int, float | None]:
    pairs = given.select(pl.col("first", "second").repeat_by("times").explode())
    found: Agreement = agreement(list(pairs.iter_rows()), grades)
    if not isinstance(found.alpha, Coefficient):
        return found.pairs, found.agreed, None
    low = found.alpha.low
    return found.pairs, found.agreed, round(found.alpha.value if low is None else low, 2)


def groups(material: Material) -> pl.DataFrame:
    """Return the rows of `groups` for inspections recorded here; no list leaves it not known."""
    rows = material.children.unpivot(
        list(GROUPS_READ), index="inspection", variable_name="who", value_name="read"
    )
    listed = rows.join(material.listed, on=["inspection", "who"], how="left", maintain_order="left")
    return _shaped(_titled(listed, material), GROUPS)
