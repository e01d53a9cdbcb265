"""Missing children and return home interviews (Part G)."""

from data_model.vocabulary import Better
from metrics.indicator import Group, Reported

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
