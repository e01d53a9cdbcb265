"""Why an indicator is not taken apart, or not further: what stands in the dictionary beside it.

Parts are asked for where people are counted, and each once (recommendation 5). Where meetings,
episodes, crimes, orders or case files are counted, a body would fill in numbers that say nothing
of a child, and a return is long enough.
"""

from collections.abc import Iterable

from metrics.indicator import Indicator, Reported
from metrics.recording import RETURNS_LATE
from metrics.returned import RETURN

AS_PUBLISHED = "figures stand whole, as their publication states them"
OF_EPISODES = (
    "by care alone: episodes are counted, and a child may have several; the children are taken "
    "apart under {}"
)
OF_ORDERS = "of notices and orders, so few that a part would be one person"
KNOWN, SUSPECTS = "cse-children-known", "cse-perpetrators-known"


def _each(codes: Iterable[str], why: str) -> dict[str, str]:
    return dict.fromkeys(codes, why)


WHY_WHOLE: dict[str, str] = {
    "cse-meetings-held": (
        "of meetings, not of children; the children discussed are taken apart under "
        "tracker-discussed"
    ),
    **_each(
        ("flags-meeting-definition", "unflagged-meeting-definition"),
        "of crimes in a review; flagged crimes are taken apart by child and perpetrator under "
        "cse-flags",
    ),
    "network-investigations": "of investigations, not of people",
    **_each(
        ("missing-incidents", "missing-no-apparent-risk", "missing-referred"),
        OF_EPISODES.format("missing-children"),
    ),
    **_each(
        (
            f"rhi-{what}-of-{whom}"
            for what in ("offered", "accepted", "in-time")
            for whom in ("reported", "referred")
        ),
        OF_EPISODES.format("rhi-offered and rhi-accepted"),
    ),
    **_each(
        (
            "cawn",
            "cawn-on-children",
            "sexual-risk-orders",
            "sexual-harm-prevention-orders",
            "recovery-orders",
            "warning-letters",
        ),
        OF_ORDERS,
    ),
    "hotel-notices": "of notices to hotels, not of people",
    "licensing-actions": "of licences, not of people",
    "disruption-reviewed": "of notices and orders, not of people",
    **_each(
        (f"{what}-not-recorded-victims" for what in ("sex", "ethnicity", "disability")),
        f"it is itself a part of {KNOWN}",
    ),
    **_each(
        (f"{what}-not-recorded-perpetrators" for what in ("sex", "ethnicity", "disability")),
        f"it is itself a part of {SUSPECTS}",
    ),
    RETURNS_LATE.code: "of returns, not of people",
    **_each(
        (
            "audit-cases-good",
            "audit-cases-requires-improvement",
            "audit-cases-inadequate",
            "audit-language-share",
            "audit-views-share",
        ),
        "of files that a body chose and read itself, too few for parts; cases recorded here are "
        "taken apart",
    ),
    **_each(
        (f"findings-{grade}" for grade in ("good", "requires-improvement", "inadequate")),
        "of findings: a case has one under each theme, so its child would be counted several times",
    ),
}
"""The reason, by indicator; those of publications alone have the same one."""

RETURNED = frozenset(line.code for line in RETURN)


def why_whole(declared: Indicator | Reported) -> str:
    """Return why an indicator is not taken apart, or not further; empty where it is, by all."""
    if declared.code in WHY_WHOLE:
        return WHY_WHOLE[declared.code]
    published = isinstance(declared, Reported) and declared.code not in RETURNED
    return AS_PUBLISHED if published and not declared.apart else ""
