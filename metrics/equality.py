"""Whom the response reaches: boys, disabled children (D.3, D.4)."""

import narwhals as nw

from data_model.vocabulary import Better
from metrics.indicator import Group, Indicator, Reported

MALE_SHARE = Reported(
    code="male-share",
    title="Share male",
    numerator="boys and young men in the population named in the subject",
    denominator="everyone in that population",
    unit="percent",
    source="D.3 para 43",
    better=Better.NEITHER,
    group=Group.EQUALITY,
)

MALES_ON_TRACKER = Reported(
    code="males-on-tracker",
    title="Boys on the vulnerability tracker",
    numerator="boys and young men at risk of sexual exploitation on the tracker",
    denominator=None,
    unit="children",
    source="D.3 para 43.1",
    better=Better.NEITHER,
    group=Group.EQUALITY,
)

SEND_SHARE = Reported(
    code="send-share",
    title="Exploitation cases with special educational needs or disabilities",
    numerator="cases with identified special educational needs or disabilities",
    denominator="child exploitation cases triaged in the tracker",
    unit="percent",
    source="D.4 para 56",
    better=Better.NEITHER,
    group=Group.EQUALITY,
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
)
