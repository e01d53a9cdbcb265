"""Children in care and where they live (D.2)."""

import narwhals as nw

from data_model.vocabulary import Better, Breakdown
from metrics.indicator import AS_STATED, LAST_DAY, VICTIMS, Group, Indicator, Reported
from metrics.known_breaks import DEFINITIONS, UNREGULATED_UNDER_16

LOOKED_AFTER = Reported(
    code="looked-after",
    title="Children in care",
    numerator="children in care on the date",
    denominator=None,
    unit="children",
    period=LAST_DAY,
    source="A.2 Table 1",
    better=Better.NEITHER,
    group=Group.CARE,
    apart=(*VICTIMS, Breakdown.AGE_BAND),
    example="""
        figure  | number | comes to
        Bristol | 623    | 623
    """,
)

LOOKED_AFTER_RATE = Reported(
    code="looked-after-rate",
    title="Children in care per 10,000 children",
    numerator="children in care on the date",
    denominator="children, in ten thousands",
    unit="per 10,000 children",
    period=AS_STATED,
    source="A.2 Table 1",
    better=Better.NEITHER,
    group=Group.CARE,
    example="""
        figure  | stated | comes to
        Bristol | 66     | 66 per 10,000 children (as stated; counts not published)
    """,
)

CARE_AT_RISK = Reported(
    code="care-at-risk",
    title="Children in care at risk of, or harmed by, sexual exploitation",
    numerator="children in care identified as at risk of, or experiencing, sexual exploitation",
    denominator="children in care in the area",
    unit="percent",
    period=LAST_DAY,
    source="D.2 para 6",
    better=Better.NEITHER,
    group=Group.CARE,
    apart=(*VICTIMS, Breakdown.AGE_BAND),
    breaks=DEFINITIONS,
    example="""
        figure  | number | out of | comes to
        Bristol | 37     | 617    | 37 of 617 (6.0%, 4.4% to 8.2%)
        None    | 0      | 0      | Not applicable
    """,
)

CARE_AT_RISK_EPISODES = Reported(
    code="care-at-risk-episodes",
    title="Episodes in which children in care were considered at risk",
    numerator="episodes resulting in a child protection strategy meeting",
    denominator=None,
    unit="episodes",
    period=AS_STATED,
    source="D.2 para 6",
    better=Better.NEITHER,
    group=Group.CARE,
    example="""
        figure        | number | comes to
        Tower Hamlets | 69     | 69
    """,
)

CARE_REFERRED = Reported(
    code="care-referred",
    title="Children in care referred to the child sexual exploitation team",
    numerator="children in care referred",
    denominator="children in care in the area",
    unit="percent",
    period=AS_STATED,
    source="D.2 para 6",
    better=Better.NEITHER,
    group=Group.CARE,
    apart=VICTIMS,
    example="""
        figure  | number | out of | comes to
        Swansea | 23     | 555    | 23 of 555 (4.1%, 2.8% to 6.1%)
        None    | 0      | 0      | Not applicable
    """,
)

OUT_OF_AREA = Reported(
    code="out-of-area",
    title="Sexually exploited children placed out of area",
    numerator="sexually exploited children placed outside their home area",
    denominator=None,
    unit="children",
    period=LAST_DAY,
    source="D.2 para 20",
    better=Better.NEITHER,
    group=Group.CARE,
    apart=(*VICTIMS, Breakdown.AGE_BAND),
    example="""
        figure  | number | comes to
        Bristol | 14     | 14
    """,
)

CARE_OVER_20_MILES = Reported(
    code="care-exploited-over-20-miles",
    title="Sexually exploited children placed more than 20 miles away",
    numerator="sexually exploited children placed more than 20 miles outside their home area",
    denominator="sexually exploited children placed outside their home area",
    unit="percent",
    period=LAST_DAY,
    source="D.2 paras 20 and 23",
    better=Better.NEITHER,
    group=Group.CARE,
    apart=VICTIMS,
    example="""
        figure | number | out of | comes to
        A      | 7      | 14     | 7 of 14 (50.0%, 26.8% to 73.2%)
        None   | 0      | 0      | Not applicable
    """,
)

OUT_OF_AREA_ALL = Reported(
    code="out-of-area-all",
    title="Children placed out of the borough",
    numerator="children placed out of the borough",
    denominator=None,
    unit="children",
    period=AS_STATED,
    source="D.2 para 20",
    better=Better.NEITHER,
    group=Group.CARE,
    example="""
        figure        | number | comes to
        Tower Hamlets | 130    | 130
    """,
)

OUT_OF_AREA_SHARE = Reported(
    code="out-of-area-share",
    title="Children in care placed out of area",
    numerator="children in care placed out of area",
    denominator="children in care",
    unit="percent",
    period=AS_STATED,
    source="D.2 para 16",
    better=Better.NEITHER,
    group=Group.CARE,
    example="""
        figure  | number | out of | stated | comes to
        England |        |        | 37     | 37% (as stated; counts not published)
        None    | 0      | 0      |        | Not applicable
    """,
)

OVER_20_MILES = Reported(
    code="over-20-miles",
    title="Out-of-area children placed more than 20 miles away",
    numerator="children placed more than 20 miles away",
    denominator="children placed out of the area",
    unit="percent",
    period=AS_STATED,
    source="D.2 para 20",
    better=Better.NEITHER,
    group=Group.CARE,
    example="""
        figure        | number | out of | comes to
        Tower Hamlets | 13     | 130    | 13 of 130 (10.0%, 5.9% to 16.4%)
        None          | 0      | 0      | Not applicable
    """,
)

OVER_30_MILES = Reported(
    code="over-30-miles",
    title="Exploited children placed more than 30 miles away",
    numerator="children placed more than 30 miles away",
    denominator=None,
    unit="children",
    period=AS_STATED,
    source="D.2 para 20",
    better=Better.NEITHER,
    group=Group.CARE,
    example="""
        figure    | number | comes to
        St Helens | 7      | 7
    """,
)

UNREGULATED = Reported(
    code="unregulated",
    title="Children at risk in unregulated placements",
    numerator=(
        "children at risk of sexual exploitation in unregulated placements outside the area"
    ),
    denominator=None,
    unit="children",
    period=AS_STATED,
    source="D.2 para 20",
    better=Better.LOWER,
    group=Group.CARE,
    apart=VICTIMS,
    breaks=(UNREGULATED_UNDER_16,),
    example="""
        figure | number | comes to
        Durham | 7      | 7
    """,
)

UNREGULATED_16_17 = Reported(
    code="unregulated-16-17",
    title="Exploited children aged 16 or 17 in unregulated placements",
    numerator=(
        "children aged 16 or 17, exploited or at heightened risk of it, in semi-independent "
        "or independent settings"
    ),
    denominator="children in care aged 16 or 17 who are exploited or at heightened risk of it",
    unit="percent",
    period=LAST_DAY,
    source="D.2 para 32; recommendation 6",
    better=Better.LOWER,
    group=Group.CARE,
    apart=VICTIMS,
    example="""
        figure | number | out of | comes to
        A      | 2      | 11     | 2 of 11 (18.2%, 5.1% to 47.7%)
        None   | 0      | 0      | Not applicable
    """,
)

CASE_OUT_OVER_20 = Indicator(
    code="case-over-20-miles",
    title="Children in care placed over 20 miles away, in cases read",
    asks="Of the children in care whose cases were read, how many live over 20 miles out of area?",
    source="D.2 para 20",
    better=Better.NEITHER,
    group=Group.CARE,
    rows="cases",
    out_of=nw.col("in_care") == "yes",
    counts=nw.col("placement") == "out_over_20",
    example="""
        case | in_care      | placement     | counted
        A    | yes          | out_over_20   | yes
        B    | yes          | out_within_20 | no
        C    | yes          | not_recorded  | no
        D    | no           | home          | left out
        E    | not_recorded | home          | left out
    """,
    apart=(*VICTIMS, Breakdown.AGE_BAND),
)
