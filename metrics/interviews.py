"""Return home interviews, out of what the police report and out of what they refer (G.5)."""

from datetime import date

import narwhals as nw

from data_model.vocabulary import Better, Breakdown, Nation
from metrics.indicator import (
    AS_STATED,
    CHILDREN,
    QUARTER,
    VICTIMS,
    Group,
    Indicator,
    NationRule,
    Reported,
    Target,
)
from metrics.known_breaks import DURHAM_EVERY_EPISODE

INTERVIEW_RULES = (
    NationRule(
        nation=Nation.ENGLAND,
        says=(
            "Offered after every episode and held within 72 hours of the return; the child need "
            "not take part."
        ),
        source="G.5 para 25",
    ),
    NationRule(
        nation=Nation.WALES,
        says="Not statutory; expected to be offered after a child's third episode.",
        source="G.5 para 25",
    ),
)
"""When a return home interview is due; the two nations are never put in one series."""

GUIDANCE = date(2014, 1, 1)
"""The statutory guidance on children who go missing is of January 2014 (footnote 465)."""

EVERY_ONE_OFFERED = Target(
    value=100,
    whose="set by statutory guidance in England",
    says="An interview is to be offered whenever a child is found",
    since=GUIDANCE,
    source="G.5 para 25",
    nation=Nation.ENGLAND,
)
EVERY_ONE_IN_TIME = Target(
    value=100,
    whose="set by statutory guidance in England",
    says=(
        "An interview is to be held within 72 hours of each return. The child need not take part, "
        "so that every one may be out of reach"
    ),
    since=GUIDANCE,
    source="G.5 para 25",
    nation=Nation.ENGLAND,
)

RHI_OFFERED = Reported(
    code="rhi-offered",
    title="Return home interviews offered",
    numerator="children offered a return home interview",
    denominator="children eligible for one",
    unit="percent",
    period=QUARTER,
    source="G.5 para 31.4",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    apart=(*VICTIMS, Breakdown.CARE),
    breaks=(DURHAM_EVERY_EPISODE,),
    rules=INTERVIEW_RULES,
    target=EVERY_ONE_OFFERED,
    example="""
        figure    | number | out of | stated | comes to
        Bristol   |        | 114    | 92     | 92% of 114 (as stated; counts not published)
        A quarter | 61     | 94     |        | 61 of 94 (64.9%, 54.8% to 73.8%)
        None      | 0      | 0      |        | Not applicable
    """,
)

RHI_ACCEPTED = Reported(
    code="rhi-accepted",
    title="Return home interviews accepted, of those offered",
    numerator="children who accepted a return home interview",
    denominator="children offered one",
    unit="percent",
    period=QUARTER,
    source="G.5 para 31.4",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    apart=(*VICTIMS, Breakdown.CARE),
    rules=INTERVIEW_RULES,
    example="""
        figure    | number | out of | stated | comes to
        Bristol   |        |        | 52     | 52% (as stated; counts not published)
        A quarter | 32     | 61     |        | 32 of 61 (52.5%, 40.2% to 64.5%)
        None      | 0      | 0      |        | Not applicable
    """,
)

RHI_ACCEPTED_OF_MISSING = Reported(
    code="rhi-accepted-of-missing",
    title="Return home interviews accepted, of children who went missing",
    numerator="children who accepted a return home interview",
    denominator="children who went missing",
    unit="percent",
    period=AS_STATED,
    source="G.5 para 31.4",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    apart=VICTIMS,
    breaks=(DURHAM_EVERY_EPISODE,),
    rules=INTERVIEW_RULES,
    example="""
        figure  | number | out of | stated | comes to
        Bristol |        |        | 29     | 29% (as stated; counts not published)
        None    | 0      | 0      |        | Not applicable
    """,
)

RHI_OFFERED_OF_REPORTED = Reported(
    code="rhi-offered-of-reported",
    title="Return home interviews offered, of episodes reported to the police",
    numerator="episodes after which a return home interview was offered",
    denominator="missing episodes reported to the police",
    unit="percent",
    period=QUARTER,
    source="G.5 para 31.1",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    apart=(Breakdown.CARE,),
    breaks=(DURHAM_EVERY_EPISODE,),
    rules=INTERVIEW_RULES,
    target=EVERY_ONE_OFFERED,
    example="""
        figure | number | out of | comes to
        A      | 90     | 118    | 90 of 118 (76.3%, 67.8% to 83.0%)
        None   | 0      | 0      | Not applicable
    """,
)

RHI_ACCEPTED_OF_REPORTED = Reported(
    code="rhi-accepted-of-reported",
    title="Return home interviews accepted, of episodes reported to the police",
    numerator="episodes after which the child accepted a return home interview",
    denominator="missing episodes reported to the police",
    unit="percent",
    period=QUARTER,
    source="G.5 paras 31.1 and 31.4",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    apart=(Breakdown.CARE,),
    breaks=(DURHAM_EVERY_EPISODE,),
    rules=INTERVIEW_RULES,
    example="""
        figure | number | out of | comes to
        A      | 52     | 118    | 52 of 118 (44.1%, 35.4% to 53.1%)
        None   | 0      | 0      | Not applicable
    """,
)

RHI_IN_TIME_OF_REPORTED = Reported(
    code="rhi-in-time-of-reported",
    title="Return home interviews held in 72 hours, of episodes reported to the police",
    numerator="episodes after which an interview was held within 72 hours of the child's return",
    denominator="missing episodes reported to the police",
    unit="percent",
    period=QUARTER,
    source="G.5 paras 25 and 31.1",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    apart=(Breakdown.CARE,),
    breaks=(DURHAM_EVERY_EPISODE,),
    rules=INTERVIEW_RULES,
    target=EVERY_ONE_IN_TIME,
    example="""
        figure | number | out of | comes to
        A      | 38     | 118    | 38 of 118 (32.2%, 24.4% to 41.1%)
        None   | 0      | 0      | Not applicable
    """,
)

RHI_OFFERED_OF_REFERRED = Reported(
    code="rhi-offered-of-referred",
    title="Return home interviews offered, of episodes referred to the council",
    numerator="episodes after which a return home interview was offered",
    denominator="missing episodes referred to the council",
    unit="percent",
    period=QUARTER,
    source="G.5 para 31.1",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    apart=(Breakdown.CARE,),
    breaks=(DURHAM_EVERY_EPISODE,),
    rules=INTERVIEW_RULES,
    target=EVERY_ONE_OFFERED,
    example="""
        figure | number | out of | comes to
        A      | 90     | 96     | 90 of 96 (93.8%, 87.0% to 97.1%)
        None   | 0      | 0      | Not applicable
    """,
)

RHI_ACCEPTED_OF_REFERRED = Reported(
    code="rhi-accepted-of-referred",
    title="Return home interviews accepted, of episodes referred to the council",
    numerator="episodes after which the child accepted a return home interview",
    denominator="missing episodes referred to the council",
    unit="percent",
    period=QUARTER,
    source="G.5 paras 31.1 and 31.4",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    apart=(Breakdown.CARE,),
    breaks=(DURHAM_EVERY_EPISODE,),
    rules=INTERVIEW_RULES,
    example="""
        figure | number | out of | comes to
        A      | 52     | 96     | 52 of 96 (54.2%, 44.2% to 63.8%)
        None   | 0      | 0      | Not applicable
    """,
)

RHI_IN_TIME_OF_REFERRED = Reported(
    code="rhi-in-time-of-referred",
    title="Return home interviews held in 72 hours, of episodes referred to the council",
    numerator="episodes after which an interview was held within 72 hours of the child's return",
    denominator="missing episodes referred to the council",
    unit="percent",
    period=QUARTER,
    source="G.5 paras 25 and 31.1",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    apart=(Breakdown.CARE,),
    breaks=(DURHAM_EVERY_EPISODE,),
    rules=INTERVIEW_RULES,
    target=EVERY_ONE_IN_TIME,
    example="""
        figure | number | out of | comes to
        A      | 38     | 96     | 38 of 96 (39.6%, 30.4% to 49.6%)
        None   | 0      | 0      | Not applicable
    """,
)

EPISODE_OFFERED_OF_REPORTED = Indicator(
    code="episode-offered-of-reported",
    title="Interviews offered, of episodes reported to the police",
    asks=(
        "Of the missing episodes reported to the police, after how many was an interview offered?"
    ),
    source="G.5 para 31.1",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    rows="episodes",
    out_of=nw.col("reported_to_police") == "yes",
    counts=nw.col("interview_offered") == "yes",
    example="""
        episode | reported_to_police | interview_offered | counted
        A       | yes | yes          | yes
        B       | yes | no           | no
        C       | yes | not_recorded | no
        D       | no  | yes          | left out
        E       |     | yes          | left out
    """,
    apart=CHILDREN,
    rules=INTERVIEW_RULES,
)

EPISODE_HELD_OF_REPORTED = Indicator(
    code="episode-in-time-of-reported",
    title="Interviews held in 72 hours, of episodes reported to the police",
    asks=(
        "Of the missing episodes reported to the police, after how many was an "
        "interview held within 72 hours?"
    ),
    source="G.5 para 31.1",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    rows="episodes",
    out_of=nw.col("reported_to_police") == "yes",
    counts=nw.col("interview_timing") == "within",
    example="""
        episode | reported_to_police | interview_timing | counted
        A       | yes | within       | yes
        B       | yes | later        | no
        C       | yes | not_recorded | no
        D       | yes |              | no
        E       | no  | within       | left out
    """,
    apart=CHILDREN,
    rules=INTERVIEW_RULES,
)

EPISODE_OFFERED_OF_REFERRED = Indicator(
    code="episode-offered-of-referred",
    title="Interviews offered, of episodes referred to the council",
    asks=(
        "Of the missing episodes referred to the council, after how many was an interview offered?"
    ),
    source="G.5 para 31.1",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    rows="episodes",
    out_of=nw.col("referred") == "yes",
    counts=nw.col("interview_offered") == "yes",
    example="""
        episode | referred | interview_offered | counted
        A       | yes | yes          | yes
        B       | yes | no           | no
        C       | yes | not_recorded | no
        D       | no  | yes          | left out
        E       |     | yes          | left out
    """,
    apart=CHILDREN,
    rules=INTERVIEW_RULES,
)

EPISODE_HELD_OF_REFERRED = Indicator(
    code="episode-in-time-of-referred",
    title="Interviews held in 72 hours, of episodes referred to the council",
    asks=(
        "Of the missing episodes referred to the council, after how many was "
        "an interview held within 72 hours?"
    ),
    source="G.5 para 31.1",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
    rows="episodes",
    out_of=nw.col("referred") == "yes",
    counts=nw.col("interview_timing") == "within",
    example="""
        episode | referred | interview_timing | counted
        A       | yes | within       | yes
        B       | yes | later        | no
        C       | yes | not_recorded | no
        D       | yes |              | no
        E       | no  | within       | left out
    """,
    apart=CHILDREN,
    rules=INTERVIEW_RULES,
)
