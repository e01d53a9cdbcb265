"""What waits about quarterly returns: for the body that sends, its partnership, a publisher."""

from data_model.vocabulary import ReturnStatus, Verdict
from inspect_app.services import returns
from inspect_app.services.returns import ReturnValue
from inspect_app.services.scorecards import last_quarters, parse_quarter
from inspect_app.services.waiting_values import About, Item, Pile
from inspect_app.signed_in import SignedIn
from metrics.returned import due_on


def sending(by: SignedIn) -> list[Pile]:
    """Return what a body's director has to explain, and whether the last quarter is here."""
    own = [r for r in returns.listed(by=by) if r.organisation == by.standing.organisation]
    to_explain = [each for each in own if each.open]
    return [
        Pile(
            "Returns with something to mend or explain",
            About.RETURN,
            tuple(_item(r, f"To be mended or explained: {len(r.open)}.") for r in to_explain),
            _last(own, by),
        )
    ]


def _last(own: list[ReturnValue], by: SignedIn) -> str:
    (last,) = last_quarters(by.today, 1)
    if any(each.quarter == last for each in own):
        return f"Your return for {last} is here, and nothing in it waits for you."
    due = due_on(parse_quarter(last))
    when = f"{'was' if by.today > due else 'is'} due on {due.day} {due:%B %Y}"
    return f"Your return for {last} {when} and is not here. Take its workbook on the page Returns."


def approving(by: SignedIn) -> list[Pile]:
    """Return the returns of the area that wait for its partnership."""
    entered = [r for r in returns.listed(by=by) if r.status is ReturnStatus.ENTERED]
    return [
        Pile(
            "Returns to approve",
            About.RETURN,
            tuple(_item(each, _found(each)) for each in entered),
            "No return of your area waits to be approved.",
        )
    ]


def publishing(by: SignedIn) -> list[Pile]:
    """Return the approved returns that are not published."""
    approved = [r for r in returns.listed(by=by) if r.status is ReturnStatus.APPROVED]
    return [
        Pile(
            "Approved returns to publish",
            About.RETURN,
            tuple(_item(each, "Its figures count.") for each in approved),
            "No approved return waits to be published.",
        )
    ]


def _item(held: ReturnValue, says: str) -> Item:
    return Item(f"{held.body}, {held.area_label}, {held.quarter}", says, str(held.id))


def _found(held: ReturnValue) -> str:
    unseen = sum(each.looked is Verdict.NOT_CHECKED for each in held.found)
    return f"Neither mended nor explained: {len(held.open)}. Could not be checked: {unseen}."
