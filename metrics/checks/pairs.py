"""Pairs of inspections that found something on one subject in one place, the earlier first."""

from typing import Protocol

import polars as pl

from metrics.checks.frames import PAIRS
from metrics.checks.subjects import OTHER, of_sentences
from metrics.comparison import MINIMUM

FAR = 548
"""In days, eighteen months: as far as findings of two bodies are held against each other."""

POSITION = {
    ("positive",): ("good", "in words, without grades"),
    ("negative",): ("not good", "in words"),
}
"""What sentences of one direction alone come to; of several directions they are mixed."""


class Told(Protocol):
    """What pairs are made of: the frames of `Material` that say who found what, where and when."""

    @property
    def held(self) -> pl.DataFrame:
        """The inspections."""

    @property
    def places(self) -> pl.DataFrame:
        """The places that they are about."""

    @property
    def statements(self) -> pl.DataFrame:
        """The sentences that they published."""

    @property
    def subjects(self) -> pl.DataFrame:
        """The names of subjects."""


def pairs(material: Told, grades: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `pairs`: two inspections that said something of the same.

    Grades go before words: an inspection that published both is held to its grades. Two further
    apart than `FAR` are a pair only where nothing was said in between.
    """
    dated = material.held.select(
        "inspection", "title", "bodies", "started_on", until=pl.coalesce("ended_on", "started_on")
    )
    said = (
        _positions(material, grades)
        .join(dated, on="inspection")
        .join(material.places, on="inspection")
    )
    both = said.join(said, on=["place", "subject"], suffix="_later").filter(_in_order())
    named = both.join(material.subjects, on="subject", how="left").with_columns(
        days=_days(), bodies=_bodies()
    )
    named = named.with_columns(between=_between())
    near = (pl.col("between") == "no") | (pl.col("days") <= FAR) | pl.col("days").is_null()
    return _shaped(_widest_place(named.filter(near))).sort("area", "subject", "first", "second")


def _positions(material: Told, grades: pl.DataFrame) -> pl.DataFrame:
    """Return inspection, subject, found and words; what says nothing has no row."""
    graded = _from_grades(grades)
    worded = _from_words(material.statements)
    return pl.concat([graded, worded.join(graded, on=["inspection", "subject"], how="anti")])


def _from_grades(grades: pl.DataFrame) -> pl.DataFrame:
    """Say good where half or more are, not good where more than half are not."""
    found = (
        pl.when(pl.col("graded") < MINIMUM)
        .then(pl.lit("too few"))
        .when(pl.col("not_good") * 2 > pl.col("graded"))
        .then(pl.lit("not good"))
        .when(pl.col("good") * 2 >= pl.col("graded"))
        .then(pl.lit("good"))
        .otherwise(pl.lit("mixed"))
    )
    words = pl.format("good in {} of {} graded cases, not good in {}", "good", "graded", "not_good")
    mine = grades.filter((pl.col("graded") > 0) & (pl.col("subject") != OTHER))
    return mine.select("inspection", "subject", found=found, words=words)


def _from_words(statements: pl.DataFrame) -> pl.DataFrame:
    held = (
        of_sentences(statements).group_by("inspection", "subject").agg(pl.col("direction").unique())
    )
    rows = [
        (
            row["inspection"],
            row["subject"],
            *POSITION.get(tuple(row["direction"]), ("mixed", "in words")),
        )
        for row in held.iter_rows(named=True)
    ]
    schema = dict.fromkeys(("inspection", "subject", "found", "words"), pl.String)
    return pl.DataFrame(rows, schema, orient="row")


def _in_order() -> pl.Expr:
    """Keep each two once: the one that began first, undated ones last and by their codes."""
    began, later = pl.col("started_on"), pl.col("started_on_later")
    by_code = pl.col("inspection") < pl.col("inspection_later")
    return (
        pl.when(began.eq_missing(later))
        .then(by_code)
        .when(began.is_null() | later.is_null())
        .then(later.is_null())
        .otherwise(began < later)
    )


def _days() -> pl.Expr:
    """Return the days from the end of the first to the start of the second, at least 0."""
    return (pl.col("started_on_later") - pl.col("until")).dt.total_days().clip(lower_bound=0)


def _between() -> pl.Expr:
    """Say whether another clear finding lies between the two; undated ones lie nowhere."""
    clear = pl.col("found_later").is_in(["good", "not good"])
    after = pl.when((pl.col("days") > 0) & clear).then("started_on_later")
    soonest = after.min().over("place", "subject", "inspection")
    return pl.when(pl.col("started_on_later") > soonest).then(pl.lit("yes")).otherwise(pl.lit("no"))


def _bodies() -> pl.Expr:
    mine, other = pl.col("bodies"), pl.col("bodies_later")
    unknown = (mine == "") | (other == "")
    shared = mine.str.split(";").list.set_intersection(other.str.split(";")).list.len() > 0
    return (
        pl.when(unknown)
        .then(pl.lit("not known"))
        .when(shared)
        .then(pl.lit("same"))
        .otherwise(pl.lit("different"))
    )


def _widest_place(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep what two inspections of a whole force say under the force, not under each area too."""
    pair = ["inspection", "inspection_later", "subject"]
    whole = rows.select(*pair, within="place")
    return rows.join(whole, on=[*pair, "within"], how="anti", maintain_order="left")


def _shaped(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        area="place",
        place="name",
        subject="subject",
        about="about",
        first="inspection",
        second="inspection_later",
        first_title="title",
        second_title="title_later",
        first_found="found",
        second_found="found_later",
        first_words="words",
        second_words="words_later",
        bodies="bodies",
        days="days",
        between="between",
    ).cast(PAIRS)
