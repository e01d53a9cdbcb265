"""Crimes flagged as child sexual exploitation, rightly, wrongly or not at all (B.4, H.3)."""

import narwhals as nw

from data_model.vocabulary import Better
from metrics.indicator import (
    AS_STATED,
    CASES_READ,
    PERPETRATORS,
    QUARTER,
    VICTIMS,
    Group,
    Indicator,
    Reported,
)
from metrics.known_breaks import FLAGGING

CSE_FLAGS = Reported(
    code="cse-flags",
    title="Offences flagged as child sexual exploitation",
    numerator="offences (or cases) flagged by the police",
    denominator=None,
    unit="offences",
    period=QUARTER,
    source="B.4 paras 18 and 32",
    better=Better.NEITHER,
    group=Group.CSE,
    apart=(*VICTIMS, *PERPETRATORS),
    breaks=FLAGGING,
    example="""
        figure       | number | comes to
        Warwickshire | 250    | 250
    """,
)

CSE_FLAGS_DIRECT_CONTACT = Reported(
    code="cse-flags-direct-contact",
    title="Flagged crimes involving direct contact",
    numerator="crimes flagged for child sexual exploitation that involved direct contact",
    denominator=None,
    unit="offences",
    period=AS_STATED,
    source="B.4 para 37.4",
    better=Better.NEITHER,
    group=Group.CSE,
    breaks=FLAGGING,
    example="""
        figure    | number | comes to
        St Helens | 7      | 7
    """,
)

CSE_INCIDENTS_FLAGGED = Reported(
    code="cse-incidents-flagged",
    title="Incidents with a child sexual exploitation flag",
    numerator="incidents with the flag",
    denominator=None,
    unit="incidents",
    period=AS_STATED,
    source="B.4 para 37.2",
    better=Better.NEITHER,
    group=Group.CSE,
    breaks=FLAGGING,
    example="""
        figure  | number | comes to
        Swansea | 74     | 74
    """,
)

FLAGS_MEETING_DEFINITION = Reported(
    code="flags-meeting-definition",
    title="Flagged offences that meet the definition",
    numerator=(
        "flagged offences that a manual review found to meet the definition of child "
        "sexual exploitation"
    ),
    denominator="offences flagged as child sexual exploitation",
    unit="percent",
    period=QUARTER,
    source="H.3 para 7.4",
    better=Better.HIGHER,
    group=Group.CSE,
    breaks=FLAGGING,
    example="""
        figure            | number | out of | comes to
        Avon and Somerset | 276    | 464    | 276 of 464 (59.5%, 55.0% to 63.9%)
        None              | 0      | 0      | Not applicable
    """,
)

FLAGS_NOT_MEETING_DEFINITION = Reported(
    code="flags-not-meeting-definition",
    title="Crimes categorised as child sexual exploitation that were misrecorded",
    numerator="crimes misrecorded as child sexual exploitation",
    denominator="crimes categorised as child sexual exploitation",
    unit="percent",
    period=AS_STATED,
    source="H.8 para 28",
    better=Better.LOWER,
    group=Group.CSE,
    breaks=FLAGGING,
    example="""
        figure      | number | out of | comes to
        Dyfed-Powys | 9      | 10     | 9 of 10 (90.0%, 59.6% to 98.2%)
        None        | 0      | 0      | Not applicable
    """,
)

UNFLAGGED_MEETING_DEFINITION = Reported(
    code="unflagged-meeting-definition",
    title="Unflagged offences that meet the definition",
    numerator="offences involving child sexual exploitation that had not been flagged",
    denominator=None,
    unit="offences",
    period=QUARTER,
    source="H.3 para 7.4",
    better=Better.LOWER,
    group=Group.CSE,
    breaks=FLAGGING,
    example="""
        figure            | number | comes to
        Avon and Somerset | 177    | 177
    """,
)

CASE_FLAG_RIGHT = Indicator(
    code="case-flag-right",
    title="Flagged cases that meet the definition",
    asks="Of the cases flagged on the agency's system, how many meet the definition?",
    source="H.3 para 7.4",
    better=Better.HIGHER,
    group=Group.CSE,
    rows="cases",
    out_of=nw.col("flagged") == "yes",
    counts=nw.col("meets_definition") == "yes",
    example="""
        case | flagged      | meets_definition | counted
        A    | yes          | yes              | yes
        B    | yes          | no               | no
        C    | yes          | not_recorded     | no
        D    | no           | yes              | left out
        E    | not_recorded | yes              | left out
    """,
    apart=CASES_READ,
)

CASE_FLAG_MISSED = Indicator(
    code="case-flag-missed",
    title="Cases that meet the definition and were not flagged",
    asks="Of the cases that meet the definition, how many are not flagged on the agency's system?",
    source="H.3 para 7.4",
    better=Better.LOWER,
    group=Group.CSE,
    rows="cases",
    out_of=nw.col("meets_definition") == "yes",
    counts=nw.col("flagged") != "yes",
    example="""
        case | flagged      | meets_definition | counted
        A    | no           | yes              | yes
        B    | not_recorded | yes              | yes
        C    | yes          | yes              | no
        D    | no           | no               | left out
    """,
    apart=CASES_READ,
)
