"""What the police record, whom they suspect and what comes of it (B.4, H.5, I.2)."""

from data_model.vocabulary import Better
from metrics.indicator import AS_STATED, LAST_DAY, PERPETRATORS, QUARTER, Group, Reported

CSE_DIRECT_CONTACT_INVESTIGATED = Reported(
    code="cse-direct-contact-investigated",
    title="Direct contact offences investigated",
    numerator="direct contact offences investigated",
    denominator=None,
    unit="offences",
    period=AS_STATED,
    source="B.4 para 37.2",
    better=Better.NEITHER,
    group=Group.CSE,
    example="""
        figure  | number | comes to
        Swansea | 4      | 4
    """,
)

CSE_INCIDENTS = Reported(
    code="cse-incidents",
    title="Child sexual exploitation incidents recorded by the police",
    numerator="incidents recorded",
    denominator=None,
    unit="incidents",
    period=AS_STATED,
    source="B.4 para 37.1",
    better=Better.NEITHER,
    group=Group.CSE,
    example="""
        figure | number | comes to
        Durham | 39     | 39
    """,
)

CSE_INCIDENTS_INVESTIGATIONS = Reported(
    code="cse-incidents-investigations",
    title="Child sexual exploitation incidents and investigations",
    numerator="incidents and investigations",
    denominator=None,
    unit="incidents and investigations",
    period=AS_STATED,
    source="B.4 para 37.3",
    better=Better.NEITHER,
    group=Group.CSE,
    example="""
        figure       | number | comes to
        Warwickshire | 303    | 303
    """,
)

CSE_REPORTS_POLICE = Reported(
    code="cse-reports-police",
    title="Reports of child sexual exploitation recorded by the police",
    numerator="reports recorded",
    denominator=None,
    unit="reports",
    period=AS_STATED,
    source="B.4 para 37.5",
    better=Better.NEITHER,
    group=Group.CSE,
    example="""
        figure        | number | comes to
        Tower Hamlets | 102    | 102
    """,
)

CSE_PERPETRATORS_KNOWN = Reported(
    code="cse-perpetrators-known",
    title="Known or suspected perpetrators of child sexual exploitation",
    numerator=(
        "people known or suspected to have exploited a child sexually, recorded in the quarter"
    ),
    denominator=None,
    unit="perpetrators",
    period=QUARTER,
    source="B.4 para 19; recommendation 5",
    better=Better.NEITHER,
    group=Group.CSE,
    apart=PERPETRATORS,
    example="""
        figure | number | comes to
        A      | 40     | 40
        B      | 0      | 0
    """,
)

CSE_SUSPECTS_SANCTIONED = Reported(
    code="cse-suspects-sanctioned",
    title="Suspects charged or otherwise sanctioned",
    numerator="suspects charged, cautioned or otherwise sanctioned",
    denominator="suspects of child sexual exploitation whose investigation ended in the quarter",
    unit="percent",
    period=QUARTER,
    source="I.2 para 32",
    better=Better.HIGHER,
    group=Group.CSE,
    apart=PERPETRATORS,
    example="""
        figure | number | out of | comes to
        A      | 5      | 13     | 5 of 13 (38.5%, 17.7% to 64.5%)
        None   | 0      | 0      | Not applicable
    """,
)

NETWORK_INVESTIGATIONS = Reported(
    code="network-investigations",
    title="Live investigations of exploitation by organised networks",
    numerator="live investigations",
    denominator=None,
    unit="investigations",
    period=LAST_DAY,
    source="H.5 para 15",
    better=Better.NEITHER,
    group=Group.CSE,
    example="""
        figure    | number | comes to
        St Helens | 3      | 3
    """,
)

ORGANISED_CRIME_GROUPS = Reported(
    code="organised-crime-groups",
    title="Organised crime groups with child sexual exploitation as a crime type",
    numerator="groups",
    denominator=None,
    unit="groups",
    period=AS_STATED,
    source="H.5 para 15",
    better=Better.NEITHER,
    group=Group.CSE,
    example="""
        figure     | number | comes to
        Merseyside | 11     | 11
    """,
)

REPORTS_LINKED_TO_GROUPS = Reported(
    code="reports-linked-to-groups",
    title="Reports linked to gangs or organised groups",
    numerator="child sexual exploitation reports that showed links to gangs or organised groups",
    denominator="child sexual exploitation reports",
    unit="percent",
    period=AS_STATED,
    source="H.5 para 16",
    better=Better.NEITHER,
    group=Group.CSE,
    example="""
        figure        | number | out of | stated | comes to
        Tower Hamlets |        |        | 9      | 9% (as stated; counts not published)
        None          | 0      | 0      |        | Not applicable
    """,
)
