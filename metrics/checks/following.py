"""Checks of what became of recommendations: claims on paper, closings untested, themes again."""

import narwhals as nw

from data_model.vocabulary import Assurance, Evidence, Severity
from metrics.check import Check
from metrics.checks.evidence import BOTH_SAID

CLAIMED_ON_PAPER = Check(
    code="claimed-on-paper",
    title="Claimed complete on a promise or a policy",
    looks_at="claims that a recommendation is complete",
    needs="a record of the evidence sent in",
    says=(
        "{body} claimed {recommendation} complete on {claimed_on}. The strongest evidence until "
        "a verifier looked, or until today: {strongest}."
    ),
    asks="What shows that anything is done differently, and for which children?",
    why=(
        "Auditing has to ensure that policies and procedures are actually implemented in practice; "
        "a form or a plan shows an intention."
    ),
    source="K.1 para 2",
    severity=Severity.SERIOUS,
    rows="completions",
    about=~nw.col("recommendation").is_null(),
    known=~nw.col("strongest").is_null(),
    found=nw.col("strongest").is_in(["none", str(Evidence.E0), str(Evidence.E1)]),
    example="""
        claim | recommendation | strongest | verdict
        A     | one            | E1        | found
        B     | two            | E0        | found
        C     | three          | none      | found
        D     | four           | E2        | nothing
        E     | five           |           | not_checked
        F     |                | E1        | left out
    """,
)

CLOSED_UNTESTED = Check(
    code="closed-untested",
    title="Closed without a re-audit",
    looks_at="closed answers to recommendations",
    needs="a record of its re-audits",
    says="{body}: {recommendation} is closed. Re-audits whose findings are agreed: {reaudits}.",
    asks="When will somebody read cases to see whether it made a difference?",
    why=(
        "Audits and reviews focused more on processes than on outcomes; only cases read again "
        "showed what had improved and what had not."
    ),
    source="K.4 para 28",
    severity=Severity.CONCERN,
    rows="answers",
    about=nw.col("closed") == "yes",
    known=~nw.col("reaudits").is_null(),
    found=nw.col("reaudits") == 0,
    example="""
        answer | closed | reaudits | verdict
        A      | yes    | 0        | found
        B      | yes    | 1        | nothing
        C      | yes    |          | not_checked
        D      | no     | 0        | left out
    """,
)

RECOMMENDED_AGAIN = Check(
    code="recommended-again",
    title="What a recommendation was about went wrong again",
    looks_at="answers to recommendations",
    needs="a record of how each stands",
    says=(
        "{body}: {recommendation} stands as “{assurance}”; later recommendations that ask for "
        "the same: {repeats}."
    ),
    asks="Why did what was done the first time not hold?",
    why="How far criticism by inspectorates has driven improvement is mixed.",
    source="K.3 para 16",
    severity=Severity.SERIOUS,
    rows="answers",
    about=~nw.col("recommendation").is_null(),
    known=~nw.col("assurance").is_null(),
    found=(nw.col("assurance") == str(Assurance.REGRESSED)) | (nw.col("repeats") > 0),
    example="""
        answer | recommendation | assurance    | repeats | verdict
        A      | one            | regressed    | 0       | found
        B      | two            | implemented  | 1       | found
        C      | three          | effect_shown | 0       | nothing
        D      | four           |              | 0       | not_checked
        E      |                | regressed    | 0       | left out
    """,
)

WANTING_AGAIN = Check(
    code="wanting-again",
    title="A theme found wanting again",
    looks_at="findings on one subject and place, each with the next one after it",
    needs="a clear finding on both sides",
    says=(
        "{place}, {about}: not good in {first_title} ({first_words}) and again in {second_title} "
        "({second_words})."
    ),
    asks="What was done in between, and who looked whether it reached children?",
    why=(
        "Internal audit found weaknesses that an inspectorate had named before; being told of a "
        "weakness is not the same as acting on it."
    ),
    source="K.3 paras 16–18",
    severity=Severity.SERIOUS,
    rows="pairs",
    about=(nw.col("days") > 0) & (nw.col("between") == "no"),
    known=BOTH_SAID,
    found=(nw.col("first_found") == "not good") & (nw.col("second_found") == "not good"),
    example="""
        pair | first_found | second_found | days | between | verdict
        A    | not good    | not good     | 570  | no      | found
        B    | not good    | good         | 570  | no      | nothing
        C    | good        | not good     | 570  | no      | nothing
        D    | mixed       | not good     | 570  | no      | not_checked
        E    | not good    | too few      | 570  | no      | not_checked
        F    | not good    | not good     | 570  | yes     | left out
        G    | not good    | not good     | 0    | no      | left out
    """,
)
