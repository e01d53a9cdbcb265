"""Whom the response reaches, and who exploits: boys, disabled children (D.3, D.4)."""

import narwhals as nw

from data_model.vocabulary import Better, Breakdown
from metrics.indicator import AS_STATED, QUARTER, Group, Indicator, Reported
from metrics.known_breaks import DEFINITIONS, DISABILITY, DURHAM_DISABILITY, TRACKING

MALE_SHARE = Reported(
    code="male-share",
    title="Share male",
    numerator="boys and young men in the population named in the subject",
    denominator="everyone in that population",
    unit="percent",
    period=QUARTER,
    source="D.3 para 43",
    better=Better.NEITHER,
    group=Group.EQUALITY,
    apart=(Breakdown.VICTIM_ETHNICITY, Breakdown.VICTIM_DISABILITY),
    breaks=DEFINITIONS,
    example="""
        figure        | number | out of | stated | comes to
        Tower Hamlets |        |        | 43     | 43% (as stated; counts not published)
        A quarter     | 22     | 92     |        | 22 of 92 (23.9%, 16.4% to 33.6%)
        None          | 0      | 0      |        | Not applicable
    """,
)

DISABLED_SHARE = Reported(
    code="disabled-share",
    title="Disabled children, of those known or suspected to be exploited",
    numerator="children recorded as disabled",
    denominator="children known or suspected to be sexually exploited, or at risk of it",
    unit="percent",
    period=QUARTER,
    source="D.4 para 64; recommendation 5",
    better=Better.NEITHER,
    group=Group.EQUALITY,
    apart=(Breakdown.VICTIM_SEX, Breakdown.VICTIM_ETHNICITY, Breakdown.CARE, Breakdown.AGE_BAND),
    breaks=DISABILITY,
    example="""
        figure | number | out of | comes to
        A      | 17     | 92     | 17 of 92 (18.5%, 11.9% to 27.6%)
        None   | 0      | 0      | Not applicable
    """,
)

MALES_ON_TRACKER = Reported(
    code="males-on-tracker",
    title="Boys on the vulnerability tracker",
    numerator="boys and young men at risk of sexual exploitation on the tracker",
    denominator=None,
    unit="children",
    period=AS_STATED,
    source="D.3 para 43.1",
    better=Better.NEITHER,
    group=Group.EQUALITY,
    breaks=TRACKING,
    example="""
        figure | number | comes to
        Durham | 2      | 2
    """,
)

SEND_SHARE = Reported(
    code="send-share",
    title="Exploitation cases with special educational needs or disabilities",
    numerator="cases with identified special educational needs or disabilities",
    denominator="child exploitation cases triaged in the tracker",
    unit="percent",
    period=AS_STATED,
    source="D.4 para 56",
    better=Better.NEITHER,
    group=Group.EQUALITY,
    breaks=(DURHAM_DISABILITY,),
    example="""
        figure | number | out of | stated | comes to
        Durham |        | 57     | 43     | 43% of 57 (as stated; counts not published)
        None   | 0      | 0      |        | Not applicable
    """,
)

PERPETRATORS_MALE_SHARE = Reported(
    code="perpetrators-male-share",
    title="Male perpetrators",
    numerator="known or suspected perpetrators who are male",
    denominator="known or suspected perpetrators of child sexual exploitation",
    unit="percent",
    period=QUARTER,
    source="B.4 para 19; recommendation 5",
    better=Better.NEITHER,
    group=Group.EQUALITY,
    apart=(Breakdown.PERPETRATOR_ETHNICITY, Breakdown.PERPETRATOR_DISABILITY),
    example="""
        figure | number | out of | comes to
        A      | 36     | 40     | 36 of 40 (90.0%, 76.9% to 96.0%)
        None   | 0      | 0      | Not applicable
    """,
)

PERPETRATORS_DISABLED_SHARE = Reported(
    code="perpetrators-disabled-share",
    title="Disabled perpetrators",
    numerator="known or suspected perpetrators recorded as disabled",
    denominator="known or suspected perpetrators of child sexual exploitation",
    unit="percent",
    period=QUARTER,
    source="B.4 para 19; recommendation 5",
    better=Better.NEITHER,
    group=Group.EQUALITY,
    apart=(Breakdown.PERPETRATOR_SEX, Breakdown.PERPETRATOR_ETHNICITY),
    example="""
        figure | number | out of | comes to
        A      | 3      | 40     | 3 of 40 (7.5%, 2.6% to 19.9%)
        None   | 0      | 0      | Not applicable
    """,
)

CASE_MALE_SHARE = Indicator(
    code="case-male-share",
    title="Boys, in cases read",
    asks="Of the cases read, how many are about a boy?",
    source="D.3 para 43; recommendation 5",
    better=Better.NEITHER,
    group=Group.EQUALITY,
    rows="cases",
    out_of=~nw.col("sex").is_null(),
    counts=nw.col("sex") == "male",
    example="""
        case | sex          | counted
        A    | male         | yes
        B    | female       | no
        C    | not_recorded | no
        D    |              | left out
    """,
    apart=(
        Breakdown.VICTIM_ETHNICITY,
        Breakdown.VICTIM_DISABILITY,
        Breakdown.CARE,
        Breakdown.AGE_BAND,
    ),
)

CASE_DISABLED_SHARE = Indicator(
    code="case-disabled-share",
    title="Disabled children, in cases read",
    asks="Of the cases read, how many are about a child recorded as disabled?",
    source="D.4 para 64; recommendation 5",
    better=Better.NEITHER,
    group=Group.EQUALITY,
    rows="cases",
    out_of=~nw.col("disability").is_null(),
    counts=nw.col("disability") == "yes",
    example="""
        case | disability   | counted
        A    | yes          | yes
        B    | no           | no
        C    | not_recorded | no
        D    |              | left out
    """,
    apart=(Breakdown.VICTIM_SEX, Breakdown.VICTIM_ETHNICITY, Breakdown.CARE, Breakdown.AGE_BAND),
)
