"""Children whom partners follow together (B.4, J.2)."""

from data_model.vocabulary import Better
from metrics.indicator import Group, Reported

PROTOCOL_CHILDREN = Reported(
    code="protocol-children",
    title="Children monitored on the child sexual exploitation protocol",
    numerator="children monitored",
    denominator=None,
    unit="children",
    source="B.4 para 37.2",
    better=Better.NEITHER,
    group=Group.TRACKER,
)

TRACKER_CHILDREN = Reported(
    code="tracker-children",
    title="Children on the vulnerability tracker",
    numerator="children at risk of sexual exploitation on the tracker",
    denominator=None,
    unit="children",
    source="B.4 para 37.1",
    better=Better.NEITHER,
    group=Group.TRACKER,
)
