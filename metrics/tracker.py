"""Children whom partners follow together (B.4, F.4, K.4)."""

from data_model.vocabulary import Better
from metrics.indicator import AS_STATED, LAST_DAY, QUARTER, VICTIMS, Group, Reported
from metrics.known_breaks import PRACTICE_GUIDE_WALES, TRACKING

PROTOCOL_CHILDREN = Reported(
    code="protocol-children",
    title="Children monitored on the child sexual exploitation protocol",
    numerator="children monitored",
    denominator=None,
    unit="children",
    period=AS_STATED,
    source="B.4 para 37.2",
    better=Better.NEITHER,
    group=Group.TRACKER,
    apart=VICTIMS,
    breaks=(PRACTICE_GUIDE_WALES,),
    example="""
        figure  | number | comes to
        Swansea | 57     | 57
    """,
)

TRACKER_CHILDREN = Reported(
    code="tracker-children",
    title="Children on the vulnerability tracker",
    numerator="children at risk of sexual exploitation on the tracker",
    denominator=None,
    unit="children",
    period=LAST_DAY,
    source="B.4 para 37.1",
    better=Better.NEITHER,
    group=Group.TRACKER,
    apart=VICTIMS,
    breaks=TRACKING,
    example="""
        figure | number | comes to
        Durham | 17     | 17
    """,
)

TRACKER_DISCUSSED = Reported(
    code="tracker-discussed",
    title="Children discussed at the meeting that keeps the multi-agency list",
    numerator=(
        "children discussed because of sexual exploitation at the meeting that keeps the list"
    ),
    denominator=None,
    unit="children",
    period=QUARTER,
    source="K.4 para 25",
    better=Better.NEITHER,
    group=Group.TRACKER,
    apart=VICTIMS,
    breaks=TRACKING,
    example="""
        figure | number | comes to
        A      | 28     | 28
        B      | 0      | 0
    """,
)

TRACKER_ADDED = Reported(
    code="tracker-added",
    title="Children added to the multi-agency list",
    numerator="children added because of sexual exploitation",
    denominator=None,
    unit="children",
    period=QUARTER,
    source="F.4 paras 26 and 27",
    better=Better.NEITHER,
    group=Group.TRACKER,
    apart=VICTIMS,
    breaks=TRACKING,
    example="""
        figure | number | comes to
        A      | 9      | 9
        B      | 0      | 0
    """,
)

TRACKER_REMOVED = Reported(
    code="tracker-removed",
    title="Children removed from the multi-agency list",
    numerator="children removed who were on it because of sexual exploitation",
    denominator=None,
    unit="children",
    period=QUARTER,
    source="F.4 paras 24 and 25",
    better=Better.NEITHER,
    group=Group.TRACKER,
    apart=VICTIMS,
    breaks=TRACKING,
    example="""
        figure | number | comes to
        A      | 7      | 7
        B      | 0      | 0
    """,
)

TRACKER_DISCUSSED_AGAIN = Reported(
    code="tracker-discussed-again",
    title="Children discussed more than once",
    numerator="children discussed at more than one meeting in the quarter",
    denominator="children discussed at the meeting that keeps the list",
    unit="percent",
    period=QUARTER,
    source="K.4 para 25",
    better=Better.NEITHER,
    group=Group.TRACKER,
    apart=VICTIMS,
    breaks=TRACKING,
    example="""
        figure | number | out of | comes to
        A      | 12     | 28     | 12 of 28 (42.9%, 26.5% to 60.9%)
        None   | 0      | 0      | Not applicable
    """,
)
