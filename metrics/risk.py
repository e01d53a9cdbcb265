"""Assessments of risk and of harm (Part F)."""

import narwhals as nw

from data_model.vocabulary import Better
from metrics.indicator import Group, Indicator, Reported

ASSESSMENTS_IN_TIME = Reported(
    code="assessments-in-time",
    title="Risk assessments completed within three months",
    numerator="risk assessments completed within three months",
    denominator="risk assessments due",
    unit="percent",
    source="F.4 para 30",
    better=Better.HIGHER,
    group=Group.RISK,
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
)
