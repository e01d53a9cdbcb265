"""Missing children and return home interviews (Part G)."""

import narwhals as nw

from data_model.vocabulary import Better
from metrics.indicator import Group, Indicator, Reported

MISSING_CHILDREN = Reported(
    code="missing-children",
    title="Children who went missing",
    numerator="children who went missing at least once",
    denominator=None,
    unit="children",
    source="G.1 para 2",
    better=Better.NEITHER,
    group=Group.MISSING,
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
    source="G.4 para 24",
    better=Better.NEITHER,
    group=Group.MISSING,
)

MISSING_INCIDENTS = Reported(
    code="missing-incidents",
    title="Incidents of children going missing",
    numerator="incidents",
    denominator=None,
    unit="incidents",
    source="G.1 para 2",
    better=Better.NEITHER,
    group=Group.MISSING,
)

MISSING_OVER_50_TIMES = Reported(
    code="missing-over-50-times",
    title="Flagged children missing more than 50 times",
    numerator="children missing more than 50 times each in the period",
    denominator=None,
    unit="children",
    source="G.4 para 24.1",
    better=Better.NEITHER,
    group=Group.MISSING,
)

MISSING_OVER_70_TIMES = Reported(
    code="missing-over-70-times",
    title="Flagged children missing more than 70 times",
    numerator="children missing more than 70 times each in the period",
    denominator=None,
    unit="children",
    source="G.4 para 24.3",
    better=Better.NEITHER,
    group=Group.MISSING,
)

RHI_ACCEPTED = Reported(
    code="rhi-accepted",
    title="Return home interviews accepted, of those offered",
    numerator="children who accepted a return home interview",
    denominator="children offered one",
    unit="percent",
    source="G.5 para 31.4",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
)

RHI_ACCEPTED_OF_MISSING = Reported(
    code="rhi-accepted-of-missing",
    title="Return home interviews accepted, of children who went missing",
    numerator="children who accepted a return home interview",
    denominator="children who went missing",
    unit="percent",
    source="G.5 para 31.4",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
)

RHI_OFFERED = Reported(
    code="rhi-offered",
    title="Return home interviews offered",
    numerator="children offered a return home interview",
    denominator="children eligible for one",
    unit="percent",
    source="G.5 para 31.4",
    better=Better.HIGHER,
    group=Group.INTERVIEWS,
)

MISSING_ASSESSMENTS_DFE = Reported(
    code="missing-assessments-dfe",
    title="Assessments with going missing as a factor (national statistics)",
    numerator="assessments in the year that found going missing as a factor",
    denominator="children aged 0 to 17, mid-year estimate of the year before",
    unit="per 10,000 children",
    source="G.1 para 2",
    better=Better.NEITHER,
    group=Group.MISSING,
    per=10_000,
)

LOOKED_AFTER_MISSING_DFE = Reported(
    code="looked-after-missing-dfe",
    title="Looked-after children who had a missing incident (national statistics)",
    numerator="children looked after in the year who had a missing incident",
    denominator="children looked after at any time in the year",
    unit="percent",
    source="G.1 para 3",
    better=Better.NEITHER,
    group=Group.MISSING,
)

LOOKED_AFTER_MISSING_INCIDENTS_DFE = Reported(
    code="looked-after-missing-incidents-dfe",
    title="Missing incidents of looked-after children (national statistics)",
    numerator="missing incidents in the year",
    denominator=None,
    unit="incidents",
    source="G.1 para 3",
    better=Better.NEITHER,
    group=Group.MISSING,
)

LOOKED_AFTER_MISSING_REPEAT_DFE = Reported(
    code="looked-after-missing-repeat-dfe",
    title="Looked-after children missing more than once (national statistics)",
    numerator="children who went missing more than once in the year",
    denominator="looked-after children who had a missing incident",
    unit="percent",
    source="G.4 para 24",
    better=Better.NEITHER,
    group=Group.MISSING,
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
)
