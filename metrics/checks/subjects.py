"""What a published finding is about, so that findings can be held against each other.

A case is about what it was read for; a sentence is about what its own words name. A sentence
that names none of these subjects is held against all cases of its inspection.
"""

import polars as pl

EXPLOITATION, OTHER = "cse", "other"
OF_KIND = {"missing": "T4", "cse": EXPLOITATION, "both": EXPLOITATION, "other": OTHER}
WORDS = {
    "T4": r"missing|return home|\bRHI",
    "T5": r"\bboys?\b|young m[ae]n\b|\bmales?\b",
    "T6": r"disab",
    EXPLOITATION: r"exploit",
}
"""By which words a sentence names a subject, in small letters or capitals."""

MORE_SUBJECTS = {EXPLOITATION: "Child sexual exploitation", OTHER: "Other cases"}


def of_sentences(statements: pl.DataFrame) -> pl.DataFrame:
    """Return one row a sentence and subject that it names, with a column `subject`."""
    named = [
        statements.filter(pl.col("said").str.contains(f"(?i){words}")).with_columns(
            subject=pl.lit(subject)
        )
        for subject, words in WORDS.items()
    ]
    return pl.concat(named)
