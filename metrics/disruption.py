"""Disruption of those who exploit children (I.2)."""

import narwhals as nw

from data_model.vocabulary import Better
from metrics.indicator import (
    AS_STATED,
    CASES_READ,
    PERPETRATORS,
    QUARTER,
    Group,
    Indicator,
    Reported,
)

CAWN = Reported(
    code="cawn",
    title="Child Abduction Warning Notices issued",
    numerator="notices issued",
    denominator=None,
    unit="notices",
    period=QUARTER,
    source="I.2 para 17",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
    example="""
        figure       | number | comes to
        Warwickshire | 15     | 15
    """,
)

CAWN_ON_CHILDREN = Reported(
    code="cawn-on-children",
    title="Child Abduction Warning Notices against a child who is exploited",
    numerator="notices issued against a child who is a victim of exploitation",
    denominator="Child Abduction Warning Notices issued",
    unit="percent",
    period=QUARTER,
    source="I.2 para 25",
    better=Better.LOWER,
    group=Group.DISRUPTION,
    example="""
        figure | number | out of | comes to
        A      | 1      | 15     | 1 of 15 (6.7%, 1.2% to 29.8%)
        None   | 0      | 0      | Not applicable
    """,
)

CAWN_FROM_MISSING = Reported(
    code="cawn-from-missing",
    title="Child Abduction Warning Notices from missing episodes",
    numerator="notices issued",
    denominator="episodes of children going missing",
    unit="percent",
    period=AS_STATED,
    source="I.2 para 20",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
    example="""
        figure    | number | out of | comes to
        St Helens | 2      | 253    | 2 of 253 (0.8%, 0.2% to 2.8%)
        None      | 0      | 0      | Not applicable
    """,
)

SEXUAL_RISK_ORDERS = Reported(
    code="sexual-risk-orders",
    title="Sexual risk orders applied for",
    numerator="orders applied for",
    denominator=None,
    unit="applications",
    period=QUARTER,
    source="I.2 para 20",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
    example="""
        figure     | number | comes to
        Merseyside | 3      | 3
    """,
)

SEXUAL_HARM_PREVENTION_ORDERS = Reported(
    code="sexual-harm-prevention-orders",
    title="Sexual harm prevention orders applied for",
    numerator="orders applied for",
    denominator=None,
    unit="applications",
    period=QUARTER,
    source="I.2 para 20",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
    example="""
        figure     | number | comes to
        Merseyside | 1      | 1
    """,
)

RECOVERY_ORDERS = Reported(
    code="recovery-orders",
    title="Recovery orders applied for",
    numerator="orders applied for, by the police or the council",
    denominator=None,
    unit="applications",
    period=QUARTER,
    source="I.2 para 18",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
    example="""
        figure | number | comes to
        A      | 2      | 2
        B      | 0      | 0
    """,
)

SECTION_49_PROSECUTIONS = Reported(
    code="section-49-prosecutions",
    title="Prosecutions under section 49 for taking a child from care",
    numerator="people charged under section 49 of the Children Act 1989",
    denominator=None,
    unit="people",
    period=QUARTER,
    source="I.2 para 33",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
    apart=PERPETRATORS,
    example="""
        figure | number | comes to
        A      | 1      | 1
        B      | 0      | 0
    """,
)

WARNING_LETTERS = Reported(
    code="warning-letters",
    title="Child sexual exploitation warning letters sent",
    numerator="letters sent",
    denominator=None,
    unit="letters",
    period=QUARTER,
    source="I.2 para 29",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
    example="""
        figure | number | comes to
        A      | 6      | 6
        B      | 0      | 0
    """,
)

HOTEL_NOTICES = Reported(
    code="hotel-notices",
    title="Hotel notices issued",
    numerator="notices issued to hotels",
    denominator=None,
    unit="notices",
    period=QUARTER,
    source="I.2 para 17",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
    example="""
        figure | number | comes to
        A      | 5      | 5
        B      | 0      | 0
    """,
)

LICENSING_ACTIONS = Reported(
    code="licensing-actions",
    title="Licences suspended, refused or reviewed because of sexual exploitation",
    numerator="licences of premises, vehicles or drivers suspended, refused or reviewed",
    denominator=None,
    unit="licences",
    period=QUARTER,
    source="K.4 para 31",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
    example="""
        figure | number | comes to
        A      | 1      | 1
        B      | 0      | 0
    """,
)

DISRUPTION_ARRESTS = Reported(
    code="disruption-arrests",
    title="Arrests from disruption",
    numerator="arrests",
    denominator=None,
    unit="arrests",
    period=QUARTER,
    source="I.2 para 32",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
    apart=PERPETRATORS,
    example="""
        figure  | number | comes to
        Bristol | 13     | 13
    """,
)

DISRUPTION_SUSPECTS_MANAGED = Reported(
    code="disruption-suspects-managed",
    title="Suspects assessed and managed by disruption",
    numerator="suspects assessed and managed",
    denominator=None,
    unit="suspects",
    period=AS_STATED,
    source="I.2 para 32",
    better=Better.NEITHER,
    group=Group.DISRUPTION,
    apart=PERPETRATORS,
    example="""
        figure            | number | comes to
        Avon and Somerset | 160    | 160
    """,
)

DISRUPTION_REVIEWED = Reported(
    code="disruption-reviewed",
    title="Notices and orders reviewed for their effect",
    numerator=(
        "notices and orders whose effect on the exploitation was reviewed by the end of the quarter"
    ),
    denominator="notices and orders of any kind in force at any time in the quarter",
    unit="percent",
    period=QUARTER,
    source="I.2 paras 7 and 8",
    better=Better.HIGHER,
    group=Group.DISRUPTION,
    example="""
        figure | number | out of | comes to
        A      | 8      | 23     | 8 of 23 (34.8%, 18.8% to 55.1%)
        None   | 0      | 0      | Not applicable
    """,
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
    apart=CASES_READ,
)
