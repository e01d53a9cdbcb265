"""The frames that checks read: one row a thing to look at, without names or case references.

The only free text is sentences of published reports. `area` is where a thing belongs; `KEYS`
say which columns tell one thing from another, so that an answer in writing can stay with it.
"""

import polars as pl

CLAIMS = pl.Schema(
    {
        "area": pl.String,
        "inspection": pl.String,
        "title": pl.String,
        "statement": pl.Int64,
        "said": pl.String,
        "paragraph": pl.String,
        "direction": pl.String,
        "judged": pl.String,
        "judgement": pl.String,
        "cases_read": pl.Int64,
        "graded": pl.Int64,
        "not_good": pl.Int64,
    }
)
"""One row a sentence of a published report and the grades of the cases it is about.

`judged` is *good* or *not good*: the same inspection's judgement on the whole service, held
against the line of its own scale. `graded` counts cases with a published or counted grade.
"""

PAIRS = pl.Schema(
    {
        "area": pl.String,
        "place": pl.String,
        "subject": pl.String,
        "about": pl.String,
        "first": pl.String,
        "second": pl.String,
        "first_title": pl.String,
        "second_title": pl.String,
        "first_found": pl.String,
        "second_found": pl.String,
        "first_words": pl.String,
        "second_words": pl.String,
        "bodies": pl.String,
        "days": pl.Int64,
        "between": pl.String,
    }
)
"""One row two inspections on the same subject in the same place, the earlier first.

Each found it *good*, *not good*, *mixed* or *too few*; `bodies` are *same* or *different*, and
`days` lie between the end of the first and the start of the second, 0 where they overlap.
`between` says whether another, clearly good or not, began after the first had ended and before
the second.
Those far apart with others in between are no rows: their number would grow with the square.
"""

JUDGEMENTS = pl.Schema(
    {
        "area": pl.String,
        "inspection": pl.String,
        "title": pl.String,
        "topic": pl.String,
        "judgement": pl.String,
        "judged": pl.String,
        "graded": pl.Int64,
        "not_good": pl.Int64,
    }
)
"""One row an inspection's overall judgement and all the case grades behind it."""

THEMES = pl.Schema(
    {
        "area": pl.String,
        "inspection": pl.String,
        "title": pl.String,
        "theme": pl.String,
        "about": pl.String,
        "cases_read": pl.Int64,
        "graded": pl.Int64,
    }
)
"""One row a theme in an inspection's scope; empty numbers are not published."""

INSPECTIONS = pl.Schema(
    {
        "area": pl.String,
        "inspection": pl.String,
        "title": pl.String,
        "recorded": pl.String,
        "cases_read": pl.Int64,
        "graded": pl.Int64,
        "readers": pl.Int64,
        "read_twice": pl.Int64,
        "pairs": pl.Int64,
        "agreed": pl.Int64,
        "lowest": pl.Float64,
    }
)
"""One row an inspection, recorded *here* or *elsewhere*: cases, first readers, second readings.

`pairs` are grades given by both of two readers, `agreed` the same ones; `lowest` is the lower
bound of Krippendorff's alpha, or alpha itself where there is no spread to bound it by.
"""

GROUPS = pl.Schema(
    {
        "area": pl.String,
        "inspection": pl.String,
        "title": pl.String,
        "who": pl.String,
        "listed": pl.Int64,
        "read": pl.Int64,
    }
)
"""One row an inspection and a group of children: on the list that cases came from, and read."""

SERIES = pl.Schema(
    {
        "area": pl.String,
        "place": pl.String,
        "indicator": pl.String,
        "title": pl.String,
        "subject": pl.String,
        "first_period": pl.String,
        "last_period": pl.String,
        "changed": pl.String,
        "first_words": pl.String,
        "last_words": pl.String,
        "first_number": pl.Float64,
        "last_number": pl.Float64,
        "changes": pl.Int64,
    }
)
"""One row a series of figures: its first and last number, and the recording changes between."""

RATES = pl.Schema(
    {
        "area": pl.String,
        "place": pl.String,
        "indicator": pl.String,
        "title": pl.String,
        "earlier": pl.String,
        "later": pl.String,
        "earlier_of": pl.String,
        "later_of": pl.String,
        "earlier_words": pl.String,
        "later_words": pl.String,
        "earlier_number": pl.Int64,
        "later_number": pl.Int64,
    }
)
"""One row two periods of one share or rate, one after the other: of whom, and of how many."""

FLAGS = pl.Schema(
    {
        "area": pl.String,
        "place": pl.String,
        "inspection": pl.String,
        "period": pl.String,
        "flagged": pl.Int64,
        "meeting": pl.Int64,
        "missed": pl.Int64,
    }
)
"""One row a review of flags: flagged, of those meeting the definition, and meeting it unflagged."""

RECORDING = pl.Schema(
    {
        "area": pl.String,
        "place": pl.String,
        "inspection": pl.String,
        "indicator": pl.String,
        "subject": pl.String,
        "period": pl.String,
        "what": pl.String,
        "whose": pl.String,
        "words": pl.String,
        "bound": pl.String,
        "share": pl.Float64,
        "out_of": pl.Int64,
    }
)
"""One row a characteristic of a group: `share` is the percentage of which it is not recorded.

`bound` is *exactly*, or how a source hedges it: *more_than*, *approx* and the like.
"""

COMPLETIONS = pl.Schema(
    {
        "area": pl.String,
        "inspection": pl.String,
        "recommendation": pl.String,
        "organisation": pl.String,
        "body": pl.String,
        "claimed_on": pl.Date,
        "strongest": pl.String,
    }
)
"""One row each time a body claimed a recommendation complete.

`strongest` is the highest rung of evidence sent in until a verifier first judged that claim, or
until today; *none* where nothing was.
"""

ANSWERS = pl.Schema(
    {
        "area": pl.String,
        "inspection": pl.String,
        "recommendation": pl.String,
        "organisation": pl.String,
        "body": pl.String,
        "closed": pl.String,
        "assurance": pl.String,
        "reaudits": pl.Int64,
        "repeats": pl.Int64,
    }
)
"""One row a body's answer to a recommendation: closed or not, how often re-audited or repeated."""

FRAMES = {
    "claims": CLAIMS,
    "pairs": PAIRS,
    "judgements": JUDGEMENTS,
    "themes": THEMES,
    "inspections": INSPECTIONS,
    "groups": GROUPS,
    "series": SERIES,
    "rates": RATES,
    "flags": FLAGS,
    "recording": RECORDING,
    "completions": COMPLETIONS,
    "answers": ANSWERS,
}

KEYS = {
    "claims": ("inspection", "statement"),
    "pairs": ("area", "subject", "first", "second"),
    "judgements": ("inspection", "topic"),
    "themes": ("inspection", "theme"),
    "inspections": ("inspection",),
    "groups": ("inspection", "who"),
    "series": ("area", "indicator", "subject", "last_period"),
    "rates": ("area", "indicator", "earlier", "later", "earlier_of", "later_of"),
    "flags": ("area", "inspection", "period"),
    "recording": ("area", "inspection", "indicator", "subject", "period", "what", "whose"),
    "completions": ("recommendation", "organisation", "claimed_on"),
    "answers": ("recommendation", "organisation"),
}
"""By which columns one row is told from another of its kind."""
