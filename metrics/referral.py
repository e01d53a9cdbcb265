"""Referrals, assessments and meetings because of sexual exploitation (B.4)."""

from data_model.vocabulary import Better
from metrics.indicator import AS_STATED, CHILDREN, QUARTER, VICTIMS, YEAR_TO_MARCH, Group, Reported
from metrics.known_breaks import (
    CRIMINAL_EXPLOITATION_SPLIT,
    DEFINITION_ENGLAND,
    DEFINITIONS,
    DURHAM_HIGH_RISK_ONLY,
)

CSE_ASSESSMENT_RATE = Reported(
    code="cse-assessment-rate",
    title="Assessments with child sexual exploitation as a factor, per 10,000 children",
    numerator="assessments with the factor",
    denominator="children aged 0 to 17, in ten thousands",
    unit="per 10,000 children",
    period=AS_STATED,
    source="B.4 para 35",
    better=Better.NEITHER,
    group=Group.CSE,
    breaks=(DEFINITION_ENGLAND, CRIMINAL_EXPLOITATION_SPLIT),
    example="""
        figure  | stated | comes to
        Bristol | 11     | 11 per 10,000 children (as stated; counts not published)
    """,
)

CSE_ASSESSMENTS = Reported(
    code="cse-assessments",
    title="Assessments with child sexual exploitation as a factor",
    numerator=(
        "assessments with the factor; without a rate, because a quarter's would be read beside the "
        "year's per 10,000 children of the national statistics, and is a quarter of it"
    ),
    denominator=None,
    unit="assessments",
    period=QUARTER,
    source="B.4 paras 22 and 37",
    better=Better.NEITHER,
    group=Group.CSE,
    apart=CHILDREN,
    breaks=(*DEFINITIONS, CRIMINAL_EXPLOITATION_SPLIT),
    example="""
        figure | number | comes to
        Durham | 263    | 263
    """,
)

CSE_ASSESSMENTS_DFE = Reported(
    code="cse-assessments-dfe",
    title="Assessments with child sexual exploitation as a factor (national statistics)",
    numerator=(
        "assessments in the year that found child sexual exploitation as a factor; a "
        "child may have several"
    ),
    denominator="children aged 0 to 17, mid-year estimate of the year before",
    unit="per 10,000 children",
    period=YEAR_TO_MARCH,
    source="B.4 para 22",
    better=Better.NEITHER,
    group=Group.CSE,
    per=10_000,
    breaks=(CRIMINAL_EXPLOITATION_SPLIT,),
    example="""
        figure  | number | out of   | comes to
        England | 12400  | 12183016 | 10.2 per 10,000 (12,400 in 12,183,016; 10.0 to 10.4)
        None    | 0      | 0        | Not applicable
    """,
)

CSE_CHILDREN_AT_MEETINGS = Reported(
    code="cse-children-at-meetings",
    title="Children discussed at strategy or multi-agency meetings",
    numerator="children discussed",
    denominator=None,
    unit="children",
    period=AS_STATED,
    source="B.4 paras 37.2–37.4",
    better=Better.NEITHER,
    group=Group.CSE,
    apart=VICTIMS,
    breaks=(*DEFINITIONS, DURHAM_HIGH_RISK_ONLY),
    example="""
        figure    | number | comes to
        St Helens | 76     | 76
    """,
)

CSE_CHILDREN_REFERRED = Reported(
    code="cse-children-referred",
    title="Children referred because of sexual exploitation concerns",
    numerator="children referred",
    denominator=None,
    unit="children",
    period=AS_STATED,
    source="B.4 para 37.2",
    better=Better.NEITHER,
    group=Group.CSE,
    apart=VICTIMS,
    breaks=DEFINITIONS,
    example="""
        figure  | number | comes to
        Swansea | 106    | 106
    """,
)

CSE_MEETING_EPISODES = Reported(
    code="cse-meeting-episodes",
    title="Episodes of concern resulting in a strategy meeting",
    numerator="episodes",
    denominator=None,
    unit="episodes",
    period=AS_STATED,
    source="B.4 para 37.5",
    better=Better.NEITHER,
    group=Group.CSE,
    breaks=DEFINITIONS,
    example="""
        figure        | number | comes to
        Tower Hamlets | 374    | 374
    """,
)

CSE_MEETINGS_HELD = Reported(
    code="cse-meetings-held",
    title="Strategy or multi-agency meetings held because of sexual exploitation",
    numerator="strategy or multi-agency meetings held, however many children each discussed",
    denominator=None,
    unit="meetings",
    period=QUARTER,
    source="B.4 paras 37.2–37.4",
    better=Better.NEITHER,
    group=Group.CSE,
    example="""
        figure | number | comes to
        A      | 33     | 33
        B      | 0      | 0
    """,
)

CSE_REFERRALS = Reported(
    code="cse-referrals",
    title="Child sexual exploitation referrals",
    numerator="referrals",
    denominator=None,
    unit="referrals",
    period=QUARTER,
    source="B.4 paras 37.1 and 37.3",
    better=Better.NEITHER,
    group=Group.CSE,
    apart=CHILDREN,
    breaks=DEFINITIONS,
    example="""
        figure | number | comes to
        Durham | 115    | 115
    """,
)

ERASE_FORMS = Reported(
    code="erase-forms",
    title="Children with ERASE forms",
    numerator="children with a completed form",
    denominator=None,
    unit="children",
    period=AS_STATED,
    source="B.4 para 37.1",
    better=Better.NEITHER,
    group=Group.CSE,
    apart=VICTIMS,
    example="""
        figure | number | comes to
        Durham | 124    | 124
    """,
)

INFORMATION_REPORTS_HEALTH_EDUCATION = Reported(
    code="information-reports-health-education",
    title="Information reports from health and education",
    numerator="information reports from health and education",
    denominator="child exploitation information reports submitted",
    unit="percent",
    period=AS_STATED,
    source="J.5 para 22",
    better=Better.HIGHER,
    group=Group.CSE,
    example="""
        figure | number | out of | stated | comes to
        Durham |        | 649    | 5      | 5% of 649 (as stated; counts not published)
        None   | 0      | 0      |        | Not applicable
    """,
)

SAFEGUARDING_REFERRALS_POLICE = Reported(
    code="safeguarding-referrals-police",
    title="Children with safeguarding referrals to the police",
    numerator="children referred because of sexual exploitation concerns",
    denominator=None,
    unit="children",
    period=AS_STATED,
    source="B.4 para 37.1",
    better=Better.NEITHER,
    group=Group.CSE,
    apart=VICTIMS,
    example="""
        figure | number | comes to
        Durham | 238    | 238
    """,
)
