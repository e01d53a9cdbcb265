"""Checks of figures: falls across a change of recording, denominators, flags, what is missing."""

import narwhals as nw

from data_model.vocabulary import Severity
from metrics.check import Check

TWO_NUMBERS = ~nw.col("first_number").is_null() & ~nw.col("last_number").is_null()
HALF, MANY = 50.0, 10.0
MORE_THAN_HALF = (nw.col("share") > HALF) | (
    (nw.col("share") == HALF) & (nw.col("bound") == "more_than")
)
STEP = nw.col("later_number") - nw.col("earlier_number")
BOTH = nw.col("later_number") + nw.col("earlier_number")
MOVED = (STEP * STEP > 9 * BOTH) & (
    (nw.col("later_number") * 3 > nw.col("earlier_number") * 4)
    | (nw.col("later_number") * 4 < nw.col("earlier_number") * 3)
)
"""By a quarter down or a third up, and by more than three times what chance moves a count."""

FALL_ACROSS_CHANGE = Check(
    code="fall-across-change",
    title="A fall across a change of recording",
    looks_at="series of figures",
    needs="numbers of two periods of like length",
    says=(
        "{place}, {title}: {first_words} in “{first_period}”, {last_words} in “{last_period}”. "
        "What is counted changed in between ({changed}), so this fall is no trend."
    ),
    asks="How many children would be counted today under the earlier rules?",
    why=(
        "Recording sexual exploitation within criminal exploitation hides it; differences "
        "between years are likely to come from data collection, not from fewer children harmed."
    ),
    source="B.4 paras 27–28 and 36",
    severity=Severity.SERIOUS,
    rows="series",
    about=~nw.col("indicator").is_null(),
    known=TWO_NUMBERS,
    found=(nw.col("changes") > 0) & (nw.col("last_number") < nw.col("first_number")),
    example="""
        series | indicator | first_number | last_number | changes | verdict
        A      | one       | 20000        | 12400       | 1       | found
        B      | two       | 20000        | 12400       | 0       | nothing
        C      | three     | 12400        | 20000       | 1       | nothing
        D      | four      | 20000        |             | 1       | not_checked
        E      | five      |              | 12400       | 1       | not_checked
        F      |           | 20000        | 12400       | 1       | left out
    """,
)

DENOMINATOR_CHANGED = Check(
    code="denominator-changed",
    title="A share or rate of something else than before",
    looks_at="periods of a share or rate and those before them",
    needs="the same wording, or both denominators",
    says=(
        "{place}, {title}: {earlier_words} of {earlier_of} in “{earlier}”; {later_words} of "
        "{later_of} in “{later}”. Denominators: {earlier_number}, then {later_number}."
    ),
    asks="What would both periods come to, counted of the same children?",
    why=(
        "Acceptance of return home interviews was given as 29 percent of children who went "
        "missing and then as 52 percent of those offered one: that is not like for like."
    ),
    source="G.5 para 31.4",
    severity=Severity.CONCERN,
    rows="rates",
    about=~nw.col("indicator").is_null(),
    known=(nw.col("earlier_of") != nw.col("later_of"))
    | (~nw.col("earlier_number").is_null() & ~nw.col("later_number").is_null()),
    found=(nw.col("earlier_of") != nw.col("later_of")) | MOVED,
    example="""
        pair | indicator | earlier_of | later_of   | earlier_number | later_number | verdict
        A    | one       | who missed | who agreed |                |              | found
        B    | two       | victims    | victims    | 400            | 250          | found
        C    | three     | victims    | victims    | 250            | 400          | found
        D    | four      | victims    | victims    | 28             | 17           | nothing
        E    | five      | children   | children   | 99092          | 98000        | nothing
        F    | six       | victims    | victims    |                | 250          | not_checked
        G    | seven     | victims    | victims    | 250            |              | not_checked
        H    |           | who missed | who agreed |                |              | left out
    """,
)

FLAGS_DO_NOT_RECONCILE = Check(
    code="flags-do-not-reconcile",
    title="Flags that do not match the definition",
    looks_at="reviews of which cases or offences were flagged",
    needs="a count of those that meet the definition",
    says=(
        "{place} ({period}): flagged {flagged}; of those, meeting the definition: {meeting}; "
        "meeting it and not flagged: {missed}."
    ),
    asks="Which children do our figures leave out, and whom do they count in error?",
    why=(
        "A manual review found that of 464 offences flagged only 276 met the definition, and "
        "that 177 others had not been flagged. Profiles built on flags are then inaccurate."
    ),
    source="H.3 para 7.4",
    severity=Severity.SERIOUS,
    rows="flags",
    about=~nw.col("area").is_null(),
    known=(~nw.col("flagged").is_null() & ~nw.col("meeting").is_null())
    | ~nw.col("missed").is_null(),
    found=(nw.col("meeting") < nw.col("flagged")) | (nw.col("missed") > 0),
    example="""
        review | area | flagged | meeting | missed | verdict
        A      | one  | 464     | 276     | 177    | found
        B      | one  | 10      | 1       |        | found
        C      | one  |         |         | 3      | found
        D      | one  | 12      | 12      | 0      | nothing
        E      | one  | 12      |         |        | not_checked
        F      |      | 464     | 276     | 177    | left out
    """,
)

MOSTLY_NOT_RECORDED = Check(
    code="mostly-not-recorded",
    title="Not recorded for most",
    looks_at="counts of what was recorded of children and perpetrators",
    needs="a published or counted share",
    says="{place} ({period}): {what} of {whose} not recorded: {words}.",
    asks="Whom does our response not reach, and how would we know?",
    why=(
        "There were widespread failures to record ethnicity; without it agencies cannot identify "
        "local patterns or offer services that suit the child."
    ),
    source="H.4 paras 8 and 10; recommendation 5",
    severity=Severity.SERIOUS,
    rows="recording",
    about=~nw.col("what").is_null(),
    known=~nw.col("share").is_null(),
    found=MORE_THAN_HALF,
    example="""
        count | what      | bound     | share | verdict
        A     | ethnicity | exactly   | 86    | found
        B     | ethnicity | more_than | 50    | found
        C     | ethnicity | exactly   | 50    | nothing
        D     | ethnicity | exactly   |       | not_checked
        E     |           | exactly   | 86    | left out
    """,
)

OFTEN_NOT_RECORDED = Check(
    code="often-not-recorded",
    title="Not recorded for more than one in ten",
    looks_at="counts of what was recorded of children and perpetrators",
    needs="a published or counted share",
    says=MOSTLY_NOT_RECORDED.says,
    asks=MOSTLY_NOT_RECORDED.asks,
    why=(
        "The Inquiry counts 14 percent of victims without a recorded ethnicity among the "
        "failures to record. That one in ten is too many is our rule, not the report's."
    ),
    source="H.4 para 8",
    severity=Severity.CONCERN,
    rows="recording",
    about=~nw.col("what").is_null(),
    known=~nw.col("share").is_null(),
    found=(nw.col("share") > MANY) & ~MORE_THAN_HALF,
    example="""
        count | what      | bound     | share | verdict
        A     | ethnicity | exactly   | 14    | found
        B     | ethnicity | exactly   | 50    | found
        C     | ethnicity | exactly   | 10    | nothing
        D     | ethnicity | exactly   | 86    | nothing
        E     | ethnicity | more_than | 50    | nothing
        F     | ethnicity | exactly   |       | not_checked
        G     |           | exactly   | 14    | left out
    """,
)
