"""Missing children (Part G)."""

from data_model.vocabulary import Better, Breakdown
from metrics.indicator import AS_STATED, CHILDREN, QUARTER, VICTIMS, YEAR_TO_MARCH, Group, Reported
from metrics.known_breaks import FLAGGING

MISSING_CHILDREN = Reported(
    code="missing-children",
    title="Children who went missing",
    numerator="children who went missing at least once",
    denominator=None,
    unit="children",
    period=QUARTER,
    source="G.1 para 2",
    better=Better.NEITHER,
    group=Group.MISSING,
    apart=CHILDREN,
    example="""
        figure            | number | comes to
        England and Wales | 51408  | 51,408
    """,
)

MISSING_INCIDENTS = Reported(
    code="missing-incidents",
    title="Incidents of children going missing",
    numerator="incidents",
    denominator=None,
    unit="incidents",
    period=QUARTER,
    source="G.1 para 2",
    better=Better.NEITHER,
    group=Group.MISSING,
    apart=(Breakdown.CARE,),
    example="""
        figure            | number | comes to
        England and Wales | 143453 | 143,453
    """,
)

MISSING_MORE_THAN_ONCE = Reported(
    code="missing-more-than-once",
    title="Children who went missing more than once",
    numerator="children missing more than once in the quarter",
    denominator="children who went missing at least once",
    unit="percent",
    period=QUARTER,
    source="G.1 para 4",
    better=Better.NEITHER,
    group=Group.MISSING,
    apart=CHILDREN,
    example="""
        figure | number | out of | comes to
        A      | 23     | 61     | 23 of 61 (37.7%, 26.6% to 50.3%)
        None   | 0      | 0      | Not applicable
    """,
)

MISSING_FROM_CARE = Reported(
    code="missing-from-care",
    title="Children who went missing from care",
    numerator="children missing at least once from where they were in care",
    denominator="children who went missing at least once",
    unit="percent",
    period=QUARTER,
    source="G.1 para 3",
    better=Better.NEITHER,
    group=Group.MISSING,
    apart=(*VICTIMS, Breakdown.AGE_BAND),
    example="""
        figure | number | out of | comes to
        A      | 12     | 61     | 12 of 61 (19.7%, 11.6% to 31.3%)
        None   | 0      | 0      | Not applicable
    """,
)

MISSING_FLAGGED = Reported(
    code="missing-flagged",
    title="Children already flagged for sexual exploitation when they went missing",
    numerator=(
        "children flagged as at risk of or harmed by sexual exploitation before they went missing"
    ),
    denominator="children who went missing at least once",
    unit="percent",
    period=QUARTER,
    source="G.4 para 24",
    better=Better.NEITHER,
    group=Group.MISSING,
    apart=CHILDREN,
    breaks=FLAGGING,
    example="""
        figure | number | out of | comes to
        A      | 9      | 61     | 9 of 61 (14.8%, 8.0% to 25.7%)
        None   | 0      | 0      | Not applicable
    """,
)

MISSING_NO_APPARENT_RISK = Reported(
    code="missing-no-apparent-risk",
    title="Missing episodes graded no apparent risk, or absent",
    numerator="episodes that the police graded no apparent risk, or absent",
    denominator="incidents of children going missing",
    unit="percent",
    period=QUARTER,
    source="G.3 paras 19.3, 20 and 21",
    better=Better.LOWER,
    group=Group.MISSING,
    apart=(Breakdown.CARE,),
    example="""
        figure | number | out of | comes to
        A      | 14     | 118    | 14 of 118 (11.9%, 7.2% to 18.9%)
        None   | 0      | 0      | Not applicable
    """,
)

MISSING_REFERRED = Reported(
    code="missing-referred",
    title="Missing episodes referred to the council",
    numerator=("episodes that the police referred to the council because of concern for the child"),
    denominator="incidents of children going missing",
    unit="percent",
    period=QUARTER,
    source="G.3 para 16",
    better=Better.NEITHER,
    group=Group.MISSING,
    apart=(Breakdown.CARE,),
    example="""
        figure | number | out of | comes to
        A      | 96     | 118    | 96 of 118 (81.4%, 73.4% to 87.4%)
        None   | 0      | 0      | Not applicable
    """,
)

MISSING_FLAGGED_OCCASIONS = Reported(
    code="missing-flagged-occasions",
    title="Occasions on which flagged children were missing",
    numerator=(
        "occasions on which children flagged as at risk of sexual exploitation were "
        "recorded as missing"
    ),
    denominator=None,
    unit="occasions",
    period=AS_STATED,
    source="G.4 para 24",
    better=Better.NEITHER,
    group=Group.MISSING,
    example="""
        figure            | number | comes to
        Avon and Somerset | 1829   | 1,829
    """,
)

MISSING_OVER_50_TIMES = Reported(
    code="missing-over-50-times",
    title="Flagged children missing more than 50 times",
    numerator="children missing more than 50 times each in the period",
    denominator=None,
    unit="children",
    period=AS_STATED,
    source="G.4 para 24.1",
    better=Better.NEITHER,
    group=Group.MISSING,
    example="""
        figure      | number | comes to
        South Wales | 10     | 10
    """,
)

MISSING_OVER_70_TIMES = Reported(
    code="missing-over-70-times",
    title="Flagged children missing more than 70 times",
    numerator="children missing more than 70 times each in the period",
    denominator=None,
    unit="children",
    period=AS_STATED,
    source="G.4 para 24.3",
    better=Better.NEITHER,
    group=Group.MISSING,
    example="""
        figure            | number | comes to
        Avon and Somerset | 5      | 5
    """,
)

MISSING_ASSESSMENTS_DFE = Reported(
    code="missing-assessments-dfe",
    title="Assessments with going missing as a factor (national statistics)",
    numerator="assessments in the year that found going missing as a factor",
    denominator="children aged 0 to 17, mid-year estimate of the year before",
    unit="per 10,000 children",
    period=YEAR_TO_MARCH,
    source="G.1 para 2",
    better=Better.NEITHER,
    group=Group.MISSING,
    per=10_000,
    example="""
        figure  | number | out of   | comes to
        England | 16940  | 12183016 | 13.9 per 10,000 (16,940 in 12,183,016; 13.7 to 14.1)
        None    | 0      | 0        | Not applicable
    """,
)

LOOKED_AFTER_MISSING_DFE = Reported(
    code="looked-after-missing-dfe",
    title="Looked-after children who had a missing incident (national statistics)",
    numerator="children looked after in the year who had a missing incident",
    denominator="children looked after at any time in the year",
    unit="percent",
    period=YEAR_TO_MARCH,
    source="G.1 para 3",
    better=Better.NEITHER,
    group=Group.MISSING,
    example="""
        figure  | number | out of | comes to
        England | 13010  | 116420 | 13010 of 116420 (11.2%, 11.0% to 11.4%)
        None    | 0      | 0      | Not applicable
    """,
)

LOOKED_AFTER_MISSING_INCIDENTS_DFE = Reported(
    code="looked-after-missing-incidents-dfe",
    title="Missing incidents of looked-after children (national statistics)",
    numerator="missing incidents in the year",
    denominator=None,
    unit="incidents",
    period=YEAR_TO_MARCH,
    source="G.1 para 3",
    better=Better.NEITHER,
    group=Group.MISSING,
    example="""
        figure  | number | comes to
        England | 83920  | 83,920
    """,
)

LOOKED_AFTER_MISSING_REPEAT_DFE = Reported(
    code="looked-after-missing-repeat-dfe",
    title="Looked-after children missing more than once (national statistics)",
    numerator="children who went missing more than once in the year",
    denominator="looked-after children who had a missing incident",
    unit="percent",
    period=YEAR_TO_MARCH,
    source="G.4 para 24",
    better=Better.NEITHER,
    group=Group.MISSING,
    example="""
        figure  | number | out of | comes to
        England | 8210   | 13010  | 8210 of 13010 (63.1%, 62.3% to 63.9%)
        None    | 0      | 0      | Not applicable
    """,
)
