"""Disruption of those who exploit children (I.2)."""

import narwhals as nw

from data_model.vocabulary import Better
from metrics.indicator import Group, Indicator, Reported

CAWN = Reported(
    code="cawn",
    title="Child Abduction Warning Notices issued",
    numerator="notices issued",
    denominator=None,
    unit="notices",
    source="I.2 para 17",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
)

CAWN_FROM_MISSING = Reported(
    code="cawn-from-missing",
    title="Child Abduction Warning Notices from missing episodes",
    numerator="notices issued",
    denominator="episodes of children going missing",
    unit="percent",
    source="I.2 para 20",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
)

DISRUPTION_ARRESTS = Reported(
    code="disruption-arrests",
    title="Arrests from disruption",
    numerator="arrests",
    denominator=None,
    unit="arrests",
    source="I.2 para 32",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
)

DISRUPTION_SUSPECTS_MANAGED = Reported(
    code="disruption-suspects-managed",
    title="Suspects assessed and managed by disruption",
    numerator="suspects assessed and managed",
    denominator=None,
    unit="suspects",
    source="I.2 para 32",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
)

SEXUAL_HARM_PREVENTION_ORDERS = Reported(
    code="sexual-harm-prevention-orders",
    title="Sexual harm prevention orders applied for",
    numerator="orders applied for",
    denominator=None,
    unit="applications",
    source="I.2 para 20",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
)

SEXUAL_RISK_ORDERS = Reported(
    code="sexual-risk-orders",
    title="Sexual risk orders applied for",
    numerator="orders applied for",
    denominator=None,
    unit="applications",
    source="I.2 para 20",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
)


NOTICE_ON_CHILD = Indicator(
    code="case-notice-on-child",
    title="Notices or orders used against the child",
    asks=(
        "Of the cases read, in how many was a notice or order used against the "
        "child who was exploited?"
    ),
    source="I.2 para 25",
    better=Better.LOWER,
    group=Group.DISRUPTION,
    rows="cases",
    out_of=~nw.col("notice_on_child").is_null(),
    counts=nw.col("notice_on_child") == "yes",
    example="""
        case | notice_on_child | counted
        A    | yes             | yes
        B    | no              | no
        C    |                 | left out
    """,
)
