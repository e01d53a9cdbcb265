"""What checks are made from: facts about inspections, figures and answers, as flat frames."""

from dataclasses import dataclass

import polars as pl

from data_model.vocabulary import Nation

HELD = pl.Schema(
    {
        "inspection": pl.String,
        "title": pl.String,
        "area": pl.String,
        "recorded": pl.String,
        "scale": pl.String,
        "started_on": pl.Date,
        "ended_on": pl.Date,
        "bodies": pl.String,
    }
)
"""One row an inspection, recorded *here* or *elsewhere*; `bodies` read its cases, `;` between."""

PLACES = pl.Schema(
    {"inspection": pl.String, "place": pl.String, "name": pl.String, "within": pl.String}
)
"""One row a place an inspection is about; one of a whole force has its areas too, `within` it."""

STATEMENTS = pl.Schema(
    {
        "inspection": pl.String,
        "statement": pl.Int64,
        "said": pl.String,
        "paragraph": pl.String,
        "direction": pl.String,
    }
)
"""One row a sentence of a published report: *positive*, *negative* or *mixed*."""

JUDGED = pl.Schema(
    {"inspection": pl.String, "topic": pl.String, "judgement": pl.String, "good": pl.Boolean}
)
"""One row an overall judgement, and whether it is good or better on its own scale."""

LINES = pl.Schema({"scale": pl.String, "grade": pl.String, "good": pl.Boolean})
"""One row a grade of a scale that has the grade *good*, and whether it is that or better."""

SUBJECTS = pl.Schema({"subject": pl.String, "about": pl.String})
"""What findings are about, and its name: a theme's code, `cse`, or `other`."""

SCOPES = pl.Schema({"inspection": pl.String, "theme": pl.String})
LISTED = pl.Schema({"inspection": pl.String, "who": pl.String, "listed": pl.Int64})


@dataclass(frozen=True)
class Material:
    """The facts that a check's rows are made of, limited to what one person may see.

    `readers`, `twice`, `published`, `figures` and `parts` have the columns of
    `data_model.frames`; `graded`, `children` and `perpetrators` those of `metrics.checks.summed`.
    `names`, `nations` and `forces` are those of areas by code; `completions` and `answers` are
    already the rows of their checks.
    """

    held: pl.DataFrame
    places: pl.DataFrame
    statements: pl.DataFrame
    judged: pl.DataFrame
    lines: pl.DataFrame
    subjects: pl.DataFrame
    scopes: pl.DataFrame
    listed: pl.DataFrame
    readers: pl.DataFrame
    twice: pl.DataFrame
    published: pl.DataFrame
    graded: pl.DataFrame
    children: pl.DataFrame
    perpetrators: pl.DataFrame
    figures: pl.DataFrame
    parts: pl.DataFrame
    completions: pl.DataFrame
    answers: pl.DataFrame
    names: dict[str, str]
    nations: dict[str, Nation]
    forces: dict[str, str]
