"""The standard quarterly return: what each body is asked for, and what must agree with what.

The report asks for one standard set of indicators, separate for sexual exploitation, at the
level of the council as well as the police force, taken apart by the sex, ethnicity and
disability of victims and of perpetrators (B.6 49; recommendation 5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data_model.vocabulary import Breakdown, Nation, OrganisationKind, Part
from metrics.indicator import CHILDREN, PERPETRATORS, VICTIMS, Quarter

COUNCIL, POLICE = OrganisationKind.COUNCIL, OrganisationKind.POLICE
ENGLAND = Nation.ENGLAND
CARE, AGE = Breakdown.CARE, Breakdown.AGE_BAND
SEX, ETHNICITY = Breakdown.VICTIM_SEX, Breakdown.VICTIM_ETHNICITY
NUMBER, OUT_OF = Part.NUMERATOR, Part.DENOMINATOR


@dataclass(frozen=True)
class DueRule:
    """So many days after the last day of a quarter its returns are due, and where that is from."""

    days: int
    says: str
    source: str


DUE = DueRule(
    days=30,
    says="A return is due 30 days after the last day of its quarter.",
    source=(
        "This product's own rule: the report asks for a scorecard every quarter and names no day "
        "(K.4 para 25)."
    ),
)


def due_on(quarter: Quarter) -> date:
    """Return the last day on which a return of a quarter is not late."""
    return quarter.end + timedelta(days=DUE.days)


@dataclass(frozen=True)
class Returned:
    """One line of the return: a reported indicator, who sends it, and by what it is taken apart.

    `nation` is set where only one nation's rules give the figure a meaning.
    """

    code: str
    sent_by: OrganisationKind
    apart: tuple[Breakdown, ...] = ()
    nation: Nation | None = None


@dataclass(frozen=True)
class Side:
    """One of the two numbers of an indicator in one return."""

    code: str
    part: Part


@dataclass(frozen=True)
class Rule:
    """How two numbers for one area and quarter stand to one another, and the sentence that says so.

    In `WITHIN` the first is never above the second; in `SAME` they are the same number.
    """

    first: Side
    second: Side
    says: str


RETURN: tuple[Returned, ...] = (
    Returned("cse-children-known", COUNCIL, CHILDREN),
    Returned("cse-children-at-risk", COUNCIL, VICTIMS),
    Returned("cse-children-experienced", COUNCIL, VICTIMS),
    Returned("cse-children-experienced-at-risk", COUNCIL, VICTIMS),
    Returned("cse-children-network", COUNCIL, VICTIMS),
    Returned("cse-assessments", COUNCIL, CHILDREN),
    Returned("cse-meetings-held", COUNCIL),
    Returned("cse-referrals", COUNCIL, CHILDREN),
    Returned("cse-flags", POLICE, (*VICTIMS, *PERPETRATORS)),
    Returned("flags-meeting-definition", POLICE),
    Returned("unflagged-meeting-definition", POLICE),
    Returned("cse-perpetrators-known", POLICE, PERPETRATORS),
    Returned("cse-suspects-sanctioned", POLICE, PERPETRATORS),
    Returned("network-investigations", POLICE),
    Returned("assessments-in-time", COUNCIL, VICTIMS),
    Returned("removed-still-at-risk", COUNCIL, VICTIMS),
    Returned("missing-children", POLICE, CHILDREN),
    Returned("missing-incidents", POLICE, (CARE,)),
    Returned("missing-more-than-once", POLICE, CHILDREN),
    Returned("missing-from-care", POLICE, (*VICTIMS, AGE)),
    Returned("missing-flagged", POLICE, CHILDREN),
    Returned("missing-no-apparent-risk", POLICE, (CARE,)),
    Returned("missing-referred", POLICE, (CARE,)),
    Returned("rhi-offered", COUNCIL, (*VICTIMS, CARE)),
    Returned("rhi-accepted", COUNCIL, (*VICTIMS, CARE)),
    Returned("rhi-offered-of-reported", COUNCIL, (CARE,), nation=ENGLAND),
    Returned("rhi-accepted-of-reported", COUNCIL, (CARE,), nation=ENGLAND),
    Returned("rhi-in-time-of-reported", COUNCIL, (CARE,), nation=ENGLAND),
    Returned("rhi-offered-of-referred", COUNCIL, (CARE,), nation=ENGLAND),
    Returned("rhi-accepted-of-referred", COUNCIL, (CARE,), nation=ENGLAND),
    Returned("rhi-in-time-of-referred", COUNCIL, (CARE,), nation=ENGLAND),
    Returned("tracker-children", COUNCIL, VICTIMS),
    Returned("tracker-discussed", COUNCIL, VICTIMS),
    Returned("tracker-added", COUNCIL, VICTIMS),
    Returned("tracker-removed", COUNCIL, VICTIMS),
    Returned("tracker-discussed-again", COUNCIL, VICTIMS),
    Returned("looked-after", COUNCIL, (*VICTIMS, AGE)),
    Returned("care-at-risk", COUNCIL, (*VICTIMS, AGE)),
    Returned("out-of-area", COUNCIL, (*VICTIMS, AGE)),
    Returned("care-exploited-over-20-miles", COUNCIL, VICTIMS),
    Returned("unregulated-16-17", COUNCIL, VICTIMS, nation=ENGLAND),
    Returned("cawn", POLICE),
    Returned("cawn-on-children", POLICE),
    Returned("sexual-risk-orders", POLICE),
    Returned("sexual-harm-prevention-orders", POLICE),
    Returned("recovery-orders", POLICE),
    Returned("section-49-prosecutions", POLICE, PERPETRATORS),
    Returned("warning-letters", POLICE),
    Returned("hotel-notices", POLICE),
    Returned("licensing-actions", COUNCIL),
    Returned("disruption-arrests", POLICE, PERPETRATORS),
    Returned("disruption-reviewed", POLICE),
    Returned("male-share", COUNCIL, VICTIMS[1:]),
    Returned("disabled-share", COUNCIL, (SEX, ETHNICITY, CARE, AGE)),
    Returned("perpetrators-male-share", POLICE, PERPETRATORS[1:]),
    Returned("perpetrators-disabled-share", POLICE, PERPETRATORS[:2]),
    Returned("sex-not-recorded-victims", COUNCIL),
    Returned("ethnicity-not-recorded-victims", COUNCIL),
    Returned("disability-not-recorded-victims", COUNCIL),
    Returned("sex-not-recorded-perpetrators", POLICE),
    Returned("ethnicity-not-recorded-perpetrators", POLICE),
    Returned("disability-not-recorded-perpetrators", POLICE),
    Returned("network-not-recorded", COUNCIL, VICTIMS),
    Returned("audit-cases-good", COUNCIL),
    Returned("audit-cases-requires-improvement", COUNCIL),
    Returned("audit-cases-inadequate", COUNCIL),
    Returned("audit-language-share", COUNCIL),
    Returned("audit-views-share", COUNCIL),
)
"""Every line of the return, in the order of a scorecard."""


def asked(nation: Nation, sent_by: OrganisationKind | None = None) -> tuple[Returned, ...]:
    """Return the lines asked for in a nation, of one kind of body or of all."""
    return tuple(
        line for line in RETURN if line.nation in (None, nation) and sent_by in (None, line.sent_by)
    )


def _out_of(whole: str, says: str, *codes: str) -> tuple[Rule, ...]:
    """Return the rules that these indicators are all out of the number of another."""
    return tuple(Rule(Side(code, OUT_OF), Side(whole, NUMBER), says) for code in codes)


def _number_within(part: str, whole: str, says: str) -> Rule:
    return Rule(Side(part, NUMBER), Side(whole, NUMBER), says)


SAME: tuple[Rule, ...] = (
    *_out_of(
        "cse-children-known",
        "It is out of the children known or suspected to be exploited, all of them.",
        "cse-children-at-risk",
        "cse-children-experienced",
        "cse-children-experienced-at-risk",
        "cse-children-network",
        "male-share",
        "disabled-share",
        "sex-not-recorded-victims",
        "ethnicity-not-recorded-victims",
        "disability-not-recorded-victims",
        "network-not-recorded",
    ),
    *_out_of(
        "cse-perpetrators-known",
        "It is out of the known or suspected perpetrators, all of them.",
        "perpetrators-male-share",
        "perpetrators-disabled-share",
        "sex-not-recorded-perpetrators",
        "ethnicity-not-recorded-perpetrators",
        "disability-not-recorded-perpetrators",
    ),
    *_out_of(
        "tracker-removed",
        "It is out of the children removed from the multi-agency list, all of them.",
        "removed-still-at-risk",
    ),
    *_out_of(
        "missing-children",
        "It is out of the children who went missing, all of them.",
        "missing-more-than-once",
        "missing-from-care",
        "missing-flagged",
    ),
    *_out_of(
        "missing-incidents",
        "It is out of the missing episodes that the police recorded, all of them.",
        "missing-no-apparent-risk",
        "missing-referred",
        "rhi-offered-of-reported",
        "rhi-accepted-of-reported",
        "rhi-in-time-of-reported",
    ),
    *_out_of(
        "missing-referred",
        "It is out of the missing episodes that the police say they referred, all of them.",
        "rhi-offered-of-referred",
        "rhi-accepted-of-referred",
        "rhi-in-time-of-referred",
    ),
    *_out_of(
        "rhi-offered",
        "Interviews accepted are out of the children who were offered one.",
        "rhi-accepted",
    ),
    *_out_of(
        "tracker-discussed",
        "Children discussed more than once are out of the children discussed.",
        "tracker-discussed-again",
    ),
    *_out_of(
        "looked-after",
        "Children in care at risk of exploitation are out of all children in care.",
        "care-at-risk",
    ),
    *_out_of(
        "out-of-area",
        "Children placed over 20 miles away are out of the exploited children placed out of area.",
        "care-exploited-over-20-miles",
    ),
    *_out_of(
        "cawn",
        "Notices against children are out of all warning notices issued.",
        "cawn-on-children",
    ),
    *(
        Rule(
            Side(code, OUT_OF),
            Side("audit-cases-good", OUT_OF),
            "The three grades are out of the same cases.",
        )
        for code in ("audit-cases-requires-improvement", "audit-cases-inadequate")
    ),
)
"""Numbers that must be the same wherever they stand, also when two bodies send them."""

WITHIN: tuple[Rule, ...] = (
    Rule(
        Side("flags-meeting-definition", OUT_OF),
        Side("cse-flags", NUMBER),
        "No more flagged crimes can be reviewed than were flagged.",
    ),
    _number_within(
        "missing-children",
        "missing-incidents",
        "A child who went missing has at least one episode.",
    ),
    Rule(
        Side("rhi-offered", OUT_OF),
        Side("missing-children", NUMBER),
        "Only a child who went missing can be eligible for a return home interview.",
    ),
    _number_within(
        "rhi-accepted-of-reported",
        "rhi-offered-of-reported",
        "Only an interview that was offered can be accepted.",
    ),
    _number_within(
        "rhi-in-time-of-reported",
        "rhi-accepted-of-reported",
        "Only an interview that was accepted can be held.",
    ),
    _number_within(
        "rhi-accepted-of-referred",
        "rhi-offered-of-referred",
        "Only an interview that was offered can be accepted.",
    ),
    _number_within(
        "rhi-in-time-of-referred",
        "rhi-accepted-of-referred",
        "Only an interview that was accepted can be held.",
    ),
    *(
        _number_within(
            f"{what}-of-referred",
            f"{what}-of-reported",
            "Episodes referred to the council are among those reported to the police.",
        )
        for what in ("rhi-offered", "rhi-accepted", "rhi-in-time")
    ),
    _number_within(
        "tracker-discussed",
        "cse-children-known",
        "A child discussed because of sexual exploitation is a child known.",
    ),
    _number_within(
        "care-at-risk",
        "cse-children-known",
        "A child in care at risk of sexual exploitation is a child known.",
    ),
    _number_within(
        "out-of-area",
        "care-at-risk",
        "An exploited child placed out of area is an exploited child in care.",
    ),
    Rule(
        Side("unregulated-16-17", OUT_OF),
        Side("care-at-risk", NUMBER),
        "An exploited child in care aged 16 or 17 is an exploited child in care.",
    ),
    Rule(
        Side("cawn", NUMBER),
        Side("disruption-reviewed", OUT_OF),
        "A notice issued in the quarter was in force in the quarter.",
    ),
)
"""Numbers never above another; that none is above its own denominator goes without a rule."""


def rules_among(rules: Sequence[Rule], codes: frozenset[str]) -> tuple[Rule, ...]:
    """Return the rules both of whose indicators are among these codes."""
    return tuple(rule for rule in rules if {rule.first.code, rule.second.code} <= codes)
