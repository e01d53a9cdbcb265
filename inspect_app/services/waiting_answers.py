"""What waits about recommendations: for a director, a verifier, a lead and a board."""

from collections.abc import Sequence

from inspect_app.services import areas, recommendation_list
from inspect_app.services.inspection_values import InspectionValue
from inspect_app.services.recommendation_list import Wanted
from inspect_app.services.recommendation_stands import Order, Stands
from inspect_app.services.waiting_values import SHOWN, About, Item, Pile
from inspect_app.signed_in import SignedIn


def directing(by: SignedIn) -> list[Pile]:
    """Return what waits for a body's director: answers, dates, evidence sent back, re-audits."""
    return [
        _pile(
            "Awaiting your organisation's response",
            Wanted(Stands.AWAITED, own=True, order=Order.RESPONSE),
            "Your organisation has answered every recommendation made to it.",
            by,
        ),
        _pile(
            "Past the original date",
            Wanted(Stands.OVERDUE, own=True, order=Order.ORIGINAL),
            "Nothing your organisation accepted is past its original date.",
            by,
        ),
        _pile(
            "Sent back by the verifier",
            Wanted(Stands.SENT_BACK, own=True),
            "No evidence of your organisation was sent back.",
            by,
        ),
        _pile(
            "Found not good again",
            Wanted(Stands.REGRESSED, own=True),
            "No later inspection found a theme of yours not good again.",
            by,
        ),
        _pile(
            "Re-audits to arrange",
            Wanted(Stands.TO_REAUDIT, own=True),
            "Everything your organisation says is complete has a re-audit, or nothing is yet.",
            by,
        ),
    ]


def verifying(by: SignedIn) -> list[Pile]:
    """Return the evidence of other bodies that waits for a verifier."""
    return [
        _pile(
            "Evidence waiting to be judged",
            Wanted(Stands.TO_VERIFY, others=True),
            "No evidence is waiting. It appears here when an owner submits some.",
            by,
        )
    ]


def leading(agreed: Sequence[InspectionValue], by: SignedIn) -> list[Pile]:
    """Return what waits for a lead: drafts, evidence not tested yet, recommendations to write."""
    written = recommendation_list.written(by=by)
    items = [Item(held.title, _written(written.get(held.code, 0)), held.code) for held in agreed]
    return [
        _pile(
            "Drafts of recommendations to publish",
            Wanted(Stands.DRAFT),
            "No recommendation of yours waits to be published.",
            by,
        ),
        _pile(
            "Evidence waiting to be tested, on inspections you lead",
            Wanted(Stands.TO_VERIFY, led=True),
            "No evidence put forward on your recommendations waits for a verifier.",
            by,
        ),
        Pile(
            "Recommendations of inspections you lead",
            About.INSPECTION,
            tuple(items),
            "Once you agree an inspection's findings, its recommendations are written here.",
        ),
    ]


def _written(number: int) -> str:
    return f"Written so far: {number}." if number else "None written yet."


def on_board(by: SignedIn) -> list[Pile]:
    """Return what a board member looks at first: the scorecard, inspections, and open promises."""
    if by.standing.area is None:
        nowhere = "Your organisation is not tied to an area. Choose one on the Area page."
        return [Pile("Your area", About.AREA, (), nowhere)]
    seen = areas.view(by.standing.area, by=by)
    label, code = seen.area.label, seen.area.code
    newest = [
        Item(e.inspection.title, f"{e.inspection.period}.", e.inspection.code)
        for e in seen.timeline[:SHOWN]
    ]
    card = Item(f"Scorecard of {label}", "Each figure with what it is out of.", code)
    return [
        Pile("Your area's scorecard", About.SCORECARD, (card,), "", counted=False),
        Pile(
            "Newest inspections of your area",
            About.INSPECTION,
            tuple(newest),
            f"No inspection of {label} has been agreed or published yet.",
        ),
        _pile(
            "Claimed complete, effect not shown",
            Wanted(Stands.CLAIMED, area=code),
            "Nothing is claimed complete without its effect shown.",
            by,
        ),
        _pile(
            "Past the original date",
            Wanted(Stands.OVERDUE, area=code, order=Order.ORIGINAL),
            "Nothing that was accepted here is past its original date.",
            by,
        ),
    ]


def _pile(title: str, wanted: Wanted, empty: str, by: SignedIn) -> Pile:
    held = recommendation_list.page_of(wanted, by=by, size=SHOWN)
    items = tuple(
        Item(line.title, line.label if wanted.own else f"{line.body}. {line.label}", line.code)
        for line in held.lines
    )
    return Pile(title, About.RECOMMENDATION, items, empty, total=held.total)
