"""What is not recorded: the quality of the data themselves (H.4, H.6)."""

import narwhals as nw

from data_model.vocabulary import Better
from metrics.indicator import Group, Indicator, Reported

ETHNICITY_NOT_RECORDED_PERPETRATORS = Reported(
    code="ethnicity-not-recorded-perpetrators",
    title="Ethnicity not recorded: suspects and perpetrators",
    numerator="suspects or perpetrators whose ethnicity is not recorded, unknown or not provided",
    denominator="the suspects, perpetrators or cases named in the subject",
    unit="percent",
    source="H.4 para 8",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
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
    source="H.4 para 8",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
)

RISK_LEVEL_NOT_RECORDED = Reported(
    code="risk-level-not-recorded",
    title="Crime reports without the level of risk",
    numerator="crime reports missing the level of risk to the child",
    denominator="crime reports considered",
    unit="percent",
    source="H.6 para 19.3",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
)

TYPE_NOT_RECORDED = Reported(
    code="type-not-recorded",
    title="Reports without the type of exploitation",
    numerator="reports that did not specify the type of child sexual exploitation",
    denominator="reports of child sexual exploitation",
    unit="percent",
    source="H.6 para 19.3",
    better=Better.LOWER,
    group=Group.DATA_QUALITY,
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
)
