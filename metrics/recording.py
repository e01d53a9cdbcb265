"""What is not recorded: the quality of the data themselves (H.4, H.6)."""

import narwhals as nw

from data_model.vocabulary import Better, Breakdown
from metrics.indicator import AS_STATED, CASES_READ, QUARTER, VICTIMS, Group, Indicator, Reported
from metrics.intervals import EVERY_RETURN
from metrics.known_breaks import DISABILITY

SEX_NOT_RECORDED_VICTIMS = Reported(
    code="sex-not-recorded-victims",
    title="Sex not recorded: victims",
    numerator="children whose sex is not recorded, unknown or not provided",
    denominator="children known or suspected to be sexually exploited, or at risk of it",
    unit="percent",
    period=QUARTER,
    source="B.4 para 19; recommendation 5",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    example="""
        figure | number | out of | comes to
        A      | 1      | 92     | 1 of 92 (1.1%, 0.2% to 5.9%)
        None   | 0      | 0      | Not applicable
    """,
)

ETHNICITY_NOT_RECORDED_VICTIMS = Reported(
    code="ethnicity-not-recorded-victims",
    title="Ethnicity not recorded: victims",
    numerator=(
        "victims (or children at risk, or incidents: see subject) whose ethnicity is not "
        "recorded, unknown or not provided"
    ),
    denominator="the victims, children or incidents named in the subject",
    unit="percent",
    period=QUARTER,
    source="H.4 para 8",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    example="""
        figure    | number | out of | stated | comes to
        Bristol   |        | 474    | 19     | 19% of 474 (as stated; counts not published)
        A quarter | 18     | 92     |        | 18 of 92 (19.6%, 12.7% to 28.8%)
        None      | 0      | 0      |        | Not applicable
    """,
)

DISABILITY_NOT_RECORDED_VICTIMS = Reported(
    code="disability-not-recorded-victims",
    title="Disability not recorded: victims",
    numerator="children whose disability is not recorded, unknown or not provided",
    denominator="children known or suspected to be sexually exploited, or at risk of it",
    unit="percent",
    period=QUARTER,
    source="D.4 para 58; recommendation 5",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    breaks=DISABILITY,
    example="""
        figure | number | out of | comes to
        A      | 24     | 92     | 24 of 92 (26.1%, 18.2% to 35.9%)
        None   | 0      | 0      | Not applicable
    """,
)

SEX_NOT_RECORDED_PERPETRATORS = Reported(
    code="sex-not-recorded-perpetrators",
    title="Sex not recorded: suspects and perpetrators",
    numerator="suspects or perpetrators whose sex is not recorded, unknown or not provided",
    denominator="known or suspected perpetrators of child sexual exploitation",
    unit="percent",
    period=QUARTER,
    source="B.4 para 19; recommendation 5",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    example="""
        figure | number | out of | comes to
        A      | 2      | 40     | 2 of 40 (5.0%, 1.4% to 16.5%)
        None   | 0      | 0      | Not applicable
    """,
)

ETHNICITY_NOT_RECORDED_PERPETRATORS = Reported(
    code="ethnicity-not-recorded-perpetrators",
    title="Ethnicity not recorded: suspects and perpetrators",
    numerator="suspects or perpetrators whose ethnicity is not recorded, unknown or not provided",
    denominator="the suspects, perpetrators or cases named in the subject",
    unit="percent",
    period=QUARTER,
    source="H.4 para 8",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    example="""
        figure    | number | out of | stated | comes to
        Bristol   |        | 137    | 28     | 28% of 137 (as stated; counts not published)
        A quarter | 12     | 40     |        | 12 of 40 (30.0%, 18.1% to 45.4%)
        None      | 0      | 0      |        | Not applicable
    """,
)

DISABILITY_NOT_RECORDED_PERPETRATORS = Reported(
    code="disability-not-recorded-perpetrators",
    title="Disability not recorded: suspects and perpetrators",
    numerator=(
        "suspects or perpetrators whose disability is not recorded, unknown or not provided"
    ),
    denominator="known or suspected perpetrators of child sexual exploitation",
    unit="percent",
    period=QUARTER,
    source="B.4 para 19; recommendation 5",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    example="""
        figure | number | out of | comes to
        A      | 31     | 40     | 31 of 40 (77.5%, 62.5% to 87.7%)
        None   | 0      | 0      | Not applicable
    """,
)

NETWORK_NOT_RECORDED = Reported(
    code="network-not-recorded",
    title="Network not recorded",
    numerator="children for whom it is not recorded whether connected individuals are involved",
    denominator="children known or suspected to be sexually exploited, or at risk of it",
    unit="percent",
    period=QUARTER,
    source="H.5 para 11; recommendation 5",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    apart=VICTIMS,
    example="""
        figure | number | out of | comes to
        A      | 20     | 92     | 20 of 92 (21.7%, 14.5% to 31.2%)
        None   | 0      | 0      | Not applicable
    """,
)

RISK_LEVEL_NOT_RECORDED = Reported(
    code="risk-level-not-recorded",
    title="Crime reports without the level of risk",
    numerator="crime reports missing the level of risk to the child",
    denominator="crime reports considered",
    unit="percent",
    period=AS_STATED,
    source="H.6 para 19.3",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    example="""
        figure              | number | out of | stated | comes to
        Metropolitan Police |        |        | 39     | 39% (as stated; counts not published)
        None                | 0      | 0      |        | Not applicable
    """,
)

TYPE_NOT_RECORDED = Reported(
    code="type-not-recorded",
    title="Reports without the type of exploitation",
    numerator="reports that did not specify the type of child sexual exploitation",
    denominator="reports of child sexual exploitation",
    unit="percent",
    period=AS_STATED,
    source="H.6 para 19.3",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    example="""
        figure              | number | out of | stated | comes to
        Metropolitan Police |        |        | 31     | 31% (as stated; counts not published)
        None                | 0      | 0      |        | Not applicable
    """,
)

RETURNS_LATE = Reported(
    code="returns-late",
    title="Quarterly returns that came late",
    numerator=(
        "bodies' returns for the quarter that were not here on the day they were due, 30 days "
        "after its end; what came later and what never came"
    ),
    denominator=(
        "bodies' returns due for the quarter: the council's and its police force's, of quarters "
        "due on or after the day on which the area's first return came"
    ),
    unit="percent",
    period=QUARTER,
    source="B.4 para 33",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    example="""
        figure | number | out of | comes to
        A      | 1      | 3      | 1 of 3 (33.3%)
        None   | 0      | 0      | Not applicable
    """,
    why_no_interval=EVERY_RETURN,
)

CASE_ETHNICITY_NOT_RECORDED = Indicator(
    code="case-ethnicity-not-recorded",
    title="Ethnicity not recorded, in cases read",
    asks="Of the cases read, in how many did the agency not record it?",
    source="H.4 para 8; recommendation 5",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    rows="cases",
    out_of=~nw.col("ethnicity").is_null(),
    counts=nw.col("ethnicity") == "not_recorded",
    example="""
        case | ethnicity    | counted
        A    | not_recorded | yes
        B    | white        | no
        C    |              | left out
    """,
    apart=(
        Breakdown.VICTIM_SEX,
        Breakdown.VICTIM_DISABILITY,
        Breakdown.CARE,
        Breakdown.AGE_BAND,
    ),
)

PERPETRATOR_ETHNICITY_NOT_RECORDED = Indicator(
    code="perpetrator-ethnicity-not-recorded",
    title="Ethnicity of perpetrators not recorded, in cases read",
    asks=(
        "Of the known or suspected perpetrators in the cases read, for how "
        "many did the agency not record it?"
    ),
    source="H.4 para 8; recommendation 5",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    rows="perpetrators",
    out_of=~nw.col("ethnicity").is_null(),
    counts=nw.col("ethnicity") == "not_recorded",
    example="""
        perpetrator | ethnicity    | counted
        A           | not_recorded | yes
        B           | white        | no
        C           |              | left out
    """,
    apart=(Breakdown.PERPETRATOR_SEX, Breakdown.PERPETRATOR_DISABILITY),
)

CASE_DISABILITY_NOT_RECORDED = Indicator(
    code="case-disability-not-recorded",
    title="Disability not recorded, in cases read",
    asks="Of the cases read, in how many did the agency not record it?",
    source="D.4 para 52; recommendation 5",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    rows="cases",
    out_of=~nw.col("disability").is_null(),
    counts=nw.col("disability") == "not_recorded",
    example="""
        case | disability   | counted
        A    | not_recorded | yes
        B    | no           | no
        C    |              | left out
    """,
    apart=(
        Breakdown.VICTIM_SEX,
        Breakdown.VICTIM_ETHNICITY,
        Breakdown.CARE,
        Breakdown.AGE_BAND,
    ),
)

CASE_NETWORK_NOT_RECORDED = Indicator(
    code="case-network-not-recorded",
    title="Network not recorded, in cases read",
    asks="Of the cases read, in how many did the agency not record it?",
    source="H.5 para 11; recommendation 5",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
    rows="cases",
    out_of=~nw.col("network").is_null(),
    counts=nw.col("network") == "not_recorded",
    example="""
        case | network      | counted
        A    | not_recorded | yes
        B    | no           | no
        C    |              | left out
    """,
    apart=CASES_READ,
)
