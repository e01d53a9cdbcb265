"""Assessments of risk and of harm (Part F)."""

from datetime import date

import narwhals as nw

from data_model.vocabulary import Better
from metrics.indicator import CASES_READ, QUARTER, VICTIMS, Group, Indicator, Reported, Target
from metrics.known_breaks import DURHAM_HIGH_RISK_ONLY, PRACTICE_GUIDE_WALES

ASSESSMENTS_IN_TIME = Reported(
    code="assessments-in-time",
    title="Risk assessments completed within three months",
    numerator="risk assessments completed within three months",
    denominator="risk assessments due",
    unit="percent",
    period=QUARTER,
    source="F.4 para 30",
    better=Better.HIGHER,
    group=Group.RISK,
    apart=VICTIMS,
    breaks=(PRACTICE_GUIDE_WALES,),
    target=Target(
        value=90,
        whose="set by Tower Hamlets for itself",
        says=(
            "Tower Hamlets set itself 90 to 95% within three months, and stated how it did from "
            "June 2018. It is the only target stated, and binds no other area; 90% is its lower end"
        ),
        since=date(2018, 6, 1),
        source="F.4 para 30",
    ),
    example="""
        figure    | number | out of | stated | up to | comes to
        A range   |        |        | 27     | 87    | 27 to 87% (as stated; counts not published)
        A quarter | 26     | 34     |        |       | 26 of 34 (76.5%, 60.0% to 87.6%)
        None      | 0      | 0      |        |       | Not applicable
    """,
)

REMOVED_STILL_AT_RISK = Reported(
    code="removed-still-at-risk",
    title="Children removed from the multi-agency list while still at significant risk",
    numerator=(
        "children who were still at significant risk, or were being harmed, when they were removed"
    ),
    denominator="children removed from the multi-agency list",
    unit="percent",
    period=QUARTER,
    source="F.4 paras 24, 25 and 29",
    better=Better.LOWER,
    group=Group.RISK,
    apart=VICTIMS,
    breaks=(DURHAM_HIGH_RISK_ONLY,),
    example="""
        figure | number | out of | comes to
        A      | 2      | 7      | 2 of 7 (28.6%, 8.2% to 64.1%)
        None   | 0      | 0      | Not applicable
    """,
)

HARM_CALLED_RISK = Indicator(
    code="harm-called-risk",
    title="Harmed children whom the agency called at risk",
    asks=(
        "Of the children who the reader found had been or were being exploited, how many had "
        "only a level of risk in the agency's own words?"
    ),
    source="F.3 paras 12 to 14; recommendation 4",
    better=Better.LOWER,
    group=Group.RISK,
    rows="cases",
    out_of=nw.col("harm_category").is_in(["experienced", "experienced_at_risk"]),
    counts=nw.col("agency_risk").is_in(["high", "medium", "low", "number"]),
    example="""
        case | harm_category       | agency_risk | counted
        A    | experienced         | medium      | yes
        B    | experienced_at_risk | nothing     | no
        C    | experienced         |             | no
        D    | at_risk             | high        | left out
        E    |                     | high        | left out
    """,
    apart=CASES_READ,
)
