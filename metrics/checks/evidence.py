"""Checks of what was published on which cases: sentences, judgements, grades, samples, readers."""

import narwhals as nw

from data_model.vocabulary import Severity
from metrics.check import Check
from metrics.checks.pairs import FAR
from metrics.comparison import MINIMUM

POSITIVE = nw.col("direction") == "positive"
ENOUGH = nw.col("graded") >= MINIMUM
MOSTLY_NOT_GOOD = nw.col("not_good") * 2 > nw.col("graded")
NONE_GRADED = nw.col("graded") == 0
BOTH_SAID = nw.col("first_found").is_in(["good", "not good"]) & nw.col("second_found").is_in(
    ["good", "not good"]
)
"""In days: findings further apart may both have been right in their time."""

CLAIM_WITHOUT_GRADES = Check(
    code="claim-without-grades",
    title="Praise without graded cases behind it",
    looks_at="positive sentences of published reports",
    needs="any account of the cases behind them",
    says=(
        "{title}: “{said}” ({paragraph}) Cases read: {cases_read}; with a grade anybody can "
        "see: {graded}."
    ),
    asks="Which cases is this praise based on, and how many of them were good?",
    why=(
        "A positive report without a detailed evidence base cannot be interrogated or compared, "
        "and can give rise to false reassurance and complacency."
    ),
    source="K.3 paras 10–14",
    severity=Severity.SERIOUS,
    rows="claims",
    about=POSITIVE,
    known=~nw.col("graded").is_null(),
    found=NONE_GRADED,
    example="""
        sentence | direction | graded | verdict
        A        | positive  | 0      | found
        B        | positive  | 9      | nothing
        C        | positive  |        | not_checked
        D        | negative  | 0      | left out
    """,
)

CLAIM_AGAINST_GRADES = Check(
    code="claim-against-grades",
    title="Praise that the cases do not bear out",
    looks_at="positive sentences of published reports",
    needs=f"{MINIMUM} graded cases of the same inspection and subject",
    says="{title}: “{said}” ({paragraph}) Of {graded} graded cases, {not_good} were not good.",
    asks="Why does the report praise what most of its own cases did not show?",
    why="Findings drive improvement only if they are accurate and rest on the cases read.",
    source="K.3 para 10",
    severity=Severity.SERIOUS,
    rows="claims",
    about=POSITIVE,
    known=ENOUGH,
    found=MOSTLY_NOT_GOOD,
    example="""
        sentence | direction | graded | not_good | verdict
        A        | positive  | 9      | 8        | found
        B        | positive  | 9      | 4        | nothing
        C        | positive  | 4      | 4        | not_checked
        D        | positive  |        |          | not_checked
        E        | negative  | 9      | 8        | left out
    """,
)

CLAIM_BESIDE_JUDGEMENT = Check(
    code="claim-beside-judgement",
    title="Praise beside a judgement that is not good",
    looks_at="positive sentences of published reports",
    needs="an overall judgement on the same service",
    says="{title} praises: “{said}” ({paragraph}) Its overall judgement was “{judgement}”.",
    asks="How did the weaknesses judged in the whole service touch these children?",
    why=(
        "Without more detail it is difficult to understand a positive finding beside wider "
        "failings; that can hinder learning and give rise to complacency."
    ),
    source="K.3 paras 11 and 13–14",
    severity=Severity.CONCERN,
    rows="claims",
    about=POSITIVE,
    known=nw.col("judged").is_in(["good", "not good"]),
    found=nw.col("judged") == "not good",
    example="""
        sentence | direction | judged   | verdict
        A        | positive  | not good | found
        B        | positive  | good     | nothing
        C        | positive  |          | not_checked
        D        | negative  | not good | left out
    """,
)

FINDINGS_CONTRADICT = Check(
    code="findings-contradict",
    title="Two bodies found the opposite",
    looks_at="pairs of findings by different bodies on one subject and place within 18 months",
    needs="dates, readers and a clear finding on both sides",
    says=(
        "{place}, {about}: {first_title} found it {first_found} ({first_words}); {second_title} "
        "found it {second_found} ({second_words}). Days between them: {days}."
    ),
    asks="Which of the two describes what children met, and how do we know?",
    why=(
        "One inspectorate praised the response to missing children; six months later another "
        "graded six of nine such cases inadequate. The lack of detail in the first makes it "
        "difficult to understand the difference."
    ),
    source="K.3 paras 11–12",
    severity=Severity.SERIOUS,
    rows="pairs",
    about=(nw.col("bodies") != "same") & ((nw.col("days") <= FAR) | nw.col("days").is_null()),
    known=BOTH_SAID & (nw.col("bodies") == "different") & ~nw.col("days").is_null(),
    found=nw.col("first_found") != nw.col("second_found"),
    example="""
        pair | first_found | second_found | bodies    | days | verdict
        A    | good        | not good     | different | 175  | found
        B    | not good    | good         | different | 548  | found
        C    | not good    | not good     | different | 175  | nothing
        D    | good        | mixed        | different | 175  | not_checked
        E    | too few     | not good     | different | 175  | not_checked
        F    | good        | not good     | not known | 175  | not_checked
        G    | good        | not good     | different |      | not_checked
        H    | good        | not good     | different | 549  | left out
        I    | good        | not good     | same      | 175  | left out
    """,
)

JUDGEMENT_ABOVE_GRADES = Check(
    code="judgement-above-grades",
    title="A judgement better than the cases",
    looks_at="overall judgements of good or better",
    needs=f"{MINIMUM} graded cases of the same inspection",
    says=(
        "{title} judged “{topic}” “{judgement}”. Of {graded} graded cases, {not_good} were "
        "below good on their own scale."
    ),
    asks="What weighed more than the cases that were read?",
    why="Reports must be accurate and evidence-based; a judgement above its cases reassures.",
    source="K.3 para 10",
    severity=Severity.SERIOUS,
    rows="judgements",
    about=nw.col("judged") == "good",
    known=ENOUGH,
    found=MOSTLY_NOT_GOOD,
    example="""
        judgement | judged   | graded | not_good | verdict
        A         | good     | 12     | 7        | found
        B         | good     | 12     | 6        | nothing
        C         | good     |        |          | not_checked
        D         | not good | 12     | 7        | left out
    """,
)

THEME_WITHOUT_GRADE = Check(
    code="theme-without-grade",
    title="A theme in scope with no case graded",
    looks_at="themes in an inspection's scope",
    needs="a number of cases read for the theme",
    says="{title}: “{about}” was in scope. Cases read for it: {cases_read}; graded: {graded}.",
    asks="Is nothing wrong here, or was nobody in a position to find it?",
    why=(
        "A theme that is named and not read looks covered. Boys and young men and disabled "
        "children are the ones most often overlooked."
    ),
    source="L.1 paras 18–19",
    severity=Severity.CONCERN,
    rows="themes",
    about=~nw.col("theme").is_null(),
    known=~nw.col("graded").is_null(),
    found=NONE_GRADED,
    example="""
        case | theme | graded | verdict
        A    | T5    | 0      | found
        B    | T4    | 12     | nothing
        C    | T6    |        | not_checked
        D    |       | 0      | left out
    """,
)

CASES_NOT_GRADED = Check(
    code="cases-not-graded",
    title="Cases read and no grade published",
    looks_at="inspections",
    needs="a number of cases read",
    says="{title}: cases read: {cases_read}; with a grade anybody can see: {graded}.",
    asks="How many of these cases were good, and what would the body say if asked?",
    why=(
        "Where numbers and grades of cases are published the evidence base is transparent; "
        "where they are not, nobody can tell how good practice was in the cases read."
    ),
    source="K.3 paras 8–9",
    severity=Severity.CONCERN,
    rows="inspections",
    about=~nw.col("inspection").is_null(),
    known=(nw.col("cases_read") > 0) & ~nw.col("graded").is_null(),
    found=NONE_GRADED,
    example="""
        case | inspection | cases_read | graded | verdict
        A    | one        | 18         | 0      | found
        B    | two        | 9          | 9      | nothing
        C    | three      |            | 0      | not_checked
        D    | four       | 0          | 0      | not_checked
        E    | five       | 7          |        | not_checked
        F    |            | 18         | 0      | left out
    """,
)

NUMBER_NOT_PUBLISHED = Check(
    code="number-not-published",
    title="How many cases were read is not published",
    looks_at="inspections",
    needs="a record of where its cases are kept",
    says="{title}: no number of cases read stands in what is held here of it.",
    asks="How many sexually exploited and missing children's cases did the inspectors read?",
    why="An inspectorate that does not report how many cases it reviews cannot be interrogated.",
    source="K.3 para 9",
    severity=Severity.NOTE,
    rows="inspections",
    about=~nw.col("inspection").is_null(),
    known=~nw.col("recorded").is_null(),
    found=(nw.col("recorded") == "elsewhere") & nw.col("cases_read").is_null(),
    example="""
        case | inspection | recorded  | cases_read | verdict
        A    | one        | elsewhere |            | found
        B    | two        | elsewhere | 18         | nothing
        C    | three      | here      |            | nothing
        D    | four       |           |            | not_checked
        E    |            | elsewhere |            | left out
    """,
)

SAMPLE_LEAVES_OUT = Check(
    code="sample-leaves-out",
    title="A sample that leaves a group of children out",
    looks_at="boys, disabled children and children in care on the lists that cases came from",
    needs="a list that records it and was kept here",
    says="{title}: on the list were {listed} {who}; case files of theirs read: {read}.",
    asks="What would we have learned from the children nobody read about?",
    why=(
        "Children in care, boys and young men and disabled children are at heightened risk or "
        "often overlooked; a sample without them says nothing about them."
    ),
    source="L.1 paras 17–19",
    severity=Severity.CONCERN,
    rows="groups",
    about=~nw.col("who").is_null(),
    known=~nw.col("listed").is_null() & ~nw.col("read").is_null(),
    found=(nw.col("listed") > 0) & (nw.col("read") == 0),
    example="""
        case | who               | listed | read | verdict
        A    | boys              | 6      | 0    | found
        B    | boys              | 6      | 2    | nothing
        C    | children in care  | 0      | 0    | nothing
        D    | disabled children |        | 0    | not_checked
        E    | disabled children | 3      |      | not_checked
        F    |                   | 6      | 0    | left out
    """,
)

ONE_READER = Check(
    code="one-reader",
    title="One person gave all the grades",
    looks_at="inspections",
    needs="a record of who read its cases, or more than one case",
    says="{title}: cases read: {cases_read}, all of them first read by one person.",
    asks="Would anybody else have graded these cases the same?",
    why="Findings must be accurate; what one person alone decides, nobody can check by it.",
    source="K.3 para 10",
    severity=Severity.CONCERN,
    rows="inspections",
    about=~nw.col("inspection").is_null(),
    known=(nw.col("readers") > 0) & (nw.col("cases_read") > 1),
    found=nw.col("readers") == 1,
    example="""
        case | inspection | cases_read | readers | verdict
        A    | one        | 12         | 1       | found
        B    | two        | 12         | 3       | nothing
        C    | three      | 1          | 1       | not_checked
        D    | four       | 18         |         | not_checked
        E    |            | 12         | 1       | left out
    """,
)

NO_SECOND_READING = Check(
    code="no-second-reading",
    title="No case was read twice",
    looks_at="inspections",
    needs="a record of second readings",
    says="{title}: cases read: {cases_read}; read again by somebody else: {read_twice}.",
    asks="What shows that the grades do not depend on who happened to read the case?",
    why="Findings must be accurate and rest on evidence that third parties can interrogate.",
    source="K.3 para 10",
    severity=Severity.CONCERN,
    rows="inspections",
    about=~nw.col("inspection").is_null(),
    known=~nw.col("read_twice").is_null(),
    found=nw.col("read_twice") == 0,
    example="""
        case | inspection | read_twice | verdict
        A    | one        | 0          | found
        B    | two        | 6          | nothing
        C    | three      |            | not_checked
        D    |            | 0          | left out
    """,
)

AGREEMENT_BY_CHANCE = Check(
    code="agreement-by-chance",
    title="Readers agree no better than chance would",
    looks_at="inspections",
    needs="second readings that gave more than one grade",
    says=(
        "{title}: of {pairs} grades given twice, {agreed} were the same. Agreement beyond chance "
        "(Krippendorff's alpha) may be as low as {lowest}."
    ),
    asks="What do these grades say, if another reader might have given others?",
    why="A count of grades is no better than the readers' agreement on what a grade means.",
    source="K.3 para 10",
    severity=Severity.SERIOUS,
    rows="inspections",
    about=~nw.col("inspection").is_null(),
    known=~nw.col("lowest").is_null(),
    found=nw.col("lowest") <= 0,
    example="""
        case | inspection | lowest | verdict
        A    | one        | -0.12  | found
        B    | two        | 0.61   | nothing
        C    | three      |        | not_checked
        D    |            | -0.12  | left out
    """,
)
