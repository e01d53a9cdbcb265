"""What audits and inspections found in case files (Part K, E.3, E.4)."""

import narwhals as nw

from data_model.vocabulary import Better, SamplingMethod
from metrics.indicator import AS_STATED, CASES_READ, QUARTER, Group, Indicator, Reported
from metrics.intervals import NO_INTERVAL

HOW_CHOSEN = NO_INTERVAL[SamplingMethod.NOT_STATED]
"""A return does not say how an agency chose the cases that it audited."""

AUDIT_CASES_GOOD = Reported(
    code="audit-cases-good",
    title="Cases graded good by the agencies' own audits",
    numerator="cases of exploited or missing children graded good",
    denominator="cases of exploited or missing children graded by the agencies' own audits",
    unit="percent",
    period=QUARTER,
    source="K.4 paras 32 and 33",
    better=Better.HIGHER,
    group=Group.AUDIT,
    why_no_interval=HOW_CHOSEN,
    example="""
        figure | number | out of | comes to
        A      | 6      | 19     | 6 of 19 (31.6%)
        None   | 0      | 0      | Not applicable
    """,
)

AUDIT_CASES_REQUIRES_IMPROVEMENT = Reported(
    code="audit-cases-requires-improvement",
    title="Cases graded requires improvement by the agencies' own audits",
    numerator="cases of exploited or missing children graded requires improvement",
    denominator="cases of exploited or missing children graded by the agencies' own audits",
    unit="percent",
    period=QUARTER,
    source="K.4 paras 32 and 33",
    better=Better.NEITHER,
    group=Group.AUDIT,
    why_no_interval=HOW_CHOSEN,
    example="""
        figure | number | out of | comes to
        A      | 9      | 19     | 9 of 19 (47.4%)
        None   | 0      | 0      | Not applicable
    """,
)

AUDIT_CASES_INADEQUATE = Reported(
    code="audit-cases-inadequate",
    title="Cases graded inadequate by the agencies' own audits",
    numerator="cases of exploited or missing children graded inadequate",
    denominator="cases of exploited or missing children graded by the agencies' own audits",
    unit="percent",
    period=QUARTER,
    source="K.4 paras 32 and 33",
    better=Better.LOWER,
    group=Group.AUDIT,
    why_no_interval=HOW_CHOSEN,
    example="""
        figure | number | out of | comes to
        A      | 4      | 19     | 4 of 19 (21.1%)
        None   | 0      | 0      | Not applicable
    """,
)

AUDIT_GOOD_SHARE = Reported(
    code="audit-good-share",
    title="Audited referrals that were good",
    numerator="referrals considered good",
    denominator="referrals reviewed",
    unit="percent",
    period=AS_STATED,
    source="K.3 para 18",
    better=Better.HIGHER,
    group=Group.AUDIT,
    why_no_interval=HOW_CHOSEN,
    example="""
        figure    | number | out of | stated | comes to
        St Helens |        |        | 16     | 16% (as stated; counts not published)
        None      | 0      | 0      |        | Not applicable
    """,
)

AUDIT_LANGUAGE_EXAMPLES = Reported(
    code="audit-language-examples",
    title="Examples of inappropriate language found by audit",
    numerator="examples found",
    denominator=None,
    unit="examples",
    period=AS_STATED,
    source="E.3 para 22",
    better=Better.LOWER,
    group=Group.AUDIT,
    example="""
        figure    | number | comes to
        St Helens | 1      | 1
    """,
)

AUDIT_LANGUAGE_SHARE = Reported(
    code="audit-language-share",
    title="Files with unacceptable language",
    numerator="children's files with some evidence of unacceptable language",
    denominator="children's files audited",
    unit="percent",
    period=QUARTER,
    source="E.3 para 22",
    better=Better.LOWER,
    group=Group.AUDIT,
    why_no_interval=HOW_CHOSEN,
    example="""
        figure    | number | out of | stated | comes to
        St Helens |        |        | 16     | 16% (as stated; counts not published)
        A quarter | 3      | 19     |        | 3 of 19 (15.8%)
        None      | 0      | 0      |        | Not applicable
    """,
)

AUDIT_VIEWS_SHARE = Reported(
    code="audit-views-share",
    title="Cases with the child's views taken into account",
    numerator="cases with evidence that the child's views had been taken into account",
    denominator="cases audited",
    unit="percent",
    period=QUARTER,
    source="E.4 para 25",
    better=Better.HIGHER,
    group=Group.AUDIT,
    why_no_interval=HOW_CHOSEN,
    example="""
        figure    | number | out of | stated | comes to
        St Helens |        | 8      | 87.5   | 87.5% of 8 (as stated; counts not published)
        A quarter | 15     | 18     |        | 15 of 18 (83.3%)
        None      | 0      | 0      |        | Not applicable
    """,
)

CASE_LANGUAGE = Indicator(
    code="case-language-blames",
    title="Files whose language blames the child",
    asks="Of the cases read, in how many does the file use language that blames the child?",
    source="E.3 para 22",
    better=Better.LOWER,
    group=Group.AUDIT,
    rows="cases",
    out_of=~nw.col("blaming_language").is_null(),
    counts=nw.col("blaming_language") == "yes",
    example="""
        case | blaming_language | counted
        A    | yes              | yes
        B    | no               | no
        C    |                  | left out
    """,
    apart=CASES_READ,
)

CASE_VOICE = Indicator(
    code="case-voice-recorded",
    title="Files that hold the child's own words or views",
    asks="Of the cases read, in how many are the child's own words or views recorded?",
    source="E.4 para 25",
    better=Better.HIGHER,
    group=Group.AUDIT,
    rows="cases",
    out_of=~nw.col("voice_recorded").is_null(),
    counts=nw.col("voice_recorded") == "yes",
    example="""
        case | voice_recorded | counted
        A    | yes            | yes
        B    | no             | no
        C    | not_recorded   | no
        D    |                | left out
    """,
    apart=CASES_READ,
)

CASE_VOICE_ACTED_ON = Indicator(
    code="case-voice-acted-on",
    title="The child's views were acted on",
    asks="Of the files that hold the child's own words or views, in how many were they acted on?",
    source="E.4 para 25",
    better=Better.HIGHER,
    group=Group.AUDIT,
    rows="cases",
    out_of=nw.col("voice_recorded") == "yes",
    counts=nw.col("voice_acted_on") == "yes",
    example="""
        case | voice_recorded | voice_acted_on | counted
        A    | yes            | yes            | yes
        B    | yes            | no             | no
        C    | yes            | not_recorded   | no
        D    | no             |                | left out
    """,
    apart=CASES_READ,
)

FINDINGS_GOOD = Indicator(
    code="findings-good",
    title="Findings graded good",
    asks="Of the findings graded in case files, over all themes, how many are good?",
    source="K.3 paras 8 and 12",
    better=Better.HIGHER,
    group=Group.AUDIT,
    rows="findings",
    out_of=~nw.col("grade").is_null(),
    counts=nw.col("grade") == "good",
    example="""
        finding | grade                | counted
        A       | good                 | yes
        B       | requires_improvement | no
        C       | inadequate           | no
        D       |                      | left out
    """,
)

FINDINGS_REQUIRES_IMPROVEMENT = Indicator(
    code="findings-requires-improvement",
    title="Findings graded requires improvement",
    asks=(
        "Of the findings graded in case files, over all themes, how many are requires improvement?"
    ),
    source="K.3 paras 8 and 12",
    better=Better.NEITHER,
    group=Group.AUDIT,
    rows="findings",
    out_of=~nw.col("grade").is_null(),
    counts=nw.col("grade") == "requires_improvement",
    example="""
        finding | grade                | counted
        A       | good                 | no
        B       | requires_improvement | yes
        C       | inadequate           | no
        D       |                      | left out
    """,
)

FINDINGS_INADEQUATE = Indicator(
    code="findings-inadequate",
    title="Findings graded inadequate",
    asks="Of the findings graded in case files, over all themes, how many are inadequate?",
    source="K.3 paras 8 and 12",
    better=Better.LOWER,
    group=Group.AUDIT,
    rows="findings",
    out_of=~nw.col("grade").is_null(),
    counts=nw.col("grade") == "inadequate",
    example="""
        finding | grade                | counted
        A       | good                 | no
        B       | requires_improvement | no
        C       | inadequate           | yes
        D       |                      | left out
    """,
)
