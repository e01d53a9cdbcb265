"""Children in care and where they live (D.2)."""

import narwhals as nw

from data_model.vocabulary import Better
from metrics.indicator import Group, Indicator, Reported

CARE_AT_RISK = Reported(
    code="care-at-risk",
    title="Children in care at risk of, or harmed by, sexual exploitation",
    numerator="children in care identified as at risk of, or experiencing, sexual exploitation",
    denominator="children in care in the area",
    unit="percent",
    source="D.2 para 6",
    better=Better.NEITHER,
    group=Group.CARE,
)

CARE_AT_RISK_EPISODES = Reported(
    code="care-at-risk-episodes",
    title="Episodes in which children in care were considered at risk",
    numerator="episodes resulting in a child protection strategy meeting",
    denominator=None,
    unit="episodes",
    source="D.2 para 6",
    better=Better.NEITHER,
    group=Group.CARE,
)

CARE_REFERRED = Reported(
    code="care-referred",
    title="Children in care referred to the child sexual exploitation team",
    numerator="children in care referred",
    denominator="children in care in the area",
    unit="percent",
    source="D.2 para 6",
    better=Better.NEITHER,
    group=Group.CARE,
)

LOOKED_AFTER = Reported(
    code="looked-after",
    title="Children in care",
    numerator="children in care on the date",
    denominator=None,
    unit="children",
    source="A.2 Table 1",
    better=Better.NEITHER,
    group=Group.CARE,
)

LOOKED_AFTER_RATE = Reported(
    code="looked-after-rate",
    title="Children in care per 10,000 children",
    numerator="children in care on the date",
    denominator="children, in ten thousands",
    unit="per 10,000 children",
    source="A.2 Table 1",
    better=Better.NEITHER,
    group=Group.CARE,
)

OUT_OF_AREA = Reported(
    code="out-of-area",
    title="Sexually exploited children placed out of area",
    numerator="sexually exploited children placed outside their home area",
    denominator=None,
    unit="children",
    source="D.2 para 20",
    better=Better.NEITHER,
    group=Group.CARE,
)

OUT_OF_AREA_ALL = Reported(
    code="out-of-area-all",
    title="Children placed out of the borough",
    numerator="children placed out of the borough",
    denominator=None,
    unit="children",
    source="D.2 para 20",
    better=Better.NEITHER,
    group=Group.CARE,
)

OUT_OF_AREA_SHARE = Reported(
    code="out-of-area-share",
    title="Children in care placed out of area",
    numerator="children in care placed out of area",
    denominator="children in care",
    unit="percent",
    source="D.2 para 16",
    better=Better.NEITHER,
    group=Group.CARE,
)

OVER_20_MILES = Reported(
    code="over-20-miles",
    title="Out-of-area children placed more than 20 miles away",
    numerator="children placed more than 20 miles away",
    denominator="children placed out of the area",
    unit="percent",
    source="D.2 para 20",
    better=Better.NEITHER,
    group=Group.CARE,
)

OVER_30_MILES = Reported(
    code="over-30-miles",
    title="Exploited children placed more than 30 miles away",
    numerator="children placed more than 30 miles away",
    denominator=None,
    unit="children",
    source="D.2 para 20",
    better=Better.NEITHER,
    group=Group.CARE,
)

UNREGULATED = Reported(
    code="unregulated",
    title="Children at risk in unregulated placements",
    numerator=(
        "children at risk of sexual exploitation in unregulated placements outside the area"
    ),
    denominator=None,
    unit="children",
    source="D.2 para 20",
    better=Better.LOWER,
    group=Group.CARE,
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
)
