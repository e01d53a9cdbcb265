"""What waits for a person, by role: what is theirs to do next, and what to do when nothing is."""

from collections.abc import Callable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model.records import Release
from data_model.vocabulary import CaseStatus, InspectionStatus, ReleaseStatus, Role
from inspect_app.services import (
    cases,
    inspections,
    moderation_views,
    trail,
    waiting_answers,
    waiting_returns,
)
from inspect_app.services.cases import CaseLine
from inspect_app.services.inspection_values import InspectionValue, in_sight, value
from inspect_app.services.moderation_views import Desk
from inspect_app.services.trail import TrailLine
from inspect_app.services.waiting_values import SHOWN, About, Item, Pile
from inspect_app.signed_in import SignedIn


def piles(*, by: SignedIn) -> list[Pile]:
    """Return what waits for the person, for each of their roles, most urgent first."""
    found = [pile for role in BY_ROLE if role in by.standing.roles for pile in BY_ROLE[role](by)]
    return list({pile.title: pile for pile in found}.values())


def _reading(by: SignedIn) -> list[Pile]:
    lines = cases.mine(by=by)
    drafts = [one for one in lines if one.status is CaseStatus.DRAFT and one.purpose is None]
    others = [one for one in lines if one.purpose is not None and not one.done]
    mine = [held for held in inspections.listed(by=by) if held.code in by.standing.reads]
    begin = any(held.status is InspectionStatus.READING for held in mine)
    advice = (
        "You have no draft. Begin the next case in Case review."
        if begin
        else "None of your inspections is being read now. A lead inspector who starts one "
        "names its readers."
    )
    return [
        Pile("Your drafts", About.CASE, _drafts(drafts, by), advice),
        Pile(
            "Second readings to do",
            About.CASE,
            tuple(_to_read(line) for line in others),
            "You were asked for no other reading. Cases that wait for one are in Moderation.",
        ),
        _second_readers(moderation_views.desks(by=by)),
        Pile(
            "Inspections you read in",
            About.INSPECTION,
            tuple(_named(held, held.status.english) for held in mine),
            "You are not a reader of any inspection. A lead inspector who starts one names its "
            "readers.",
        ),
    ]


def _drafts(lines: Sequence[CaseLine], by: SignedIn) -> tuple[Item, ...]:
    """Return the drafts; only of those that are shown is it worked out what they lack."""
    return tuple(
        _draft(line.id, by) if place < SHOWN else _case(line, "")
        for place, line in enumerate(lines)
    )


def _draft(case: int, by: SignedIn) -> Item:
    held = cases.view(case, by=by)
    parts = dict.fromkeys(one.section.english.lower() for one in held.outstanding)
    says = f"Still to do: {', '.join(parts)}." if parts else "Nothing stands in the way."
    return Item(f"{held.form.reference}, {held.inspection}", says, str(case))


def _case(line: CaseLine, says: str) -> Item:
    return Item(f"{line.reference}, {line.inspection}", says, str(line.id))


def _to_read(line: CaseLine) -> Item:
    return _case(line, f"{line.purpose.english}." if line.purpose else "")


def _second_readers(desks: Sequence[Desk]) -> Pile:
    """Cases that wait for a second reader: for the lead to find one, for a reader to take one."""
    items = [
        Item(desk.title, _waits(len(desk.leading.waiting), "Ask a reader."), desk.inspection)
        for desk in desks
        if desk.leading and desk.leading.waiting
    ]
    items += [
        Item(desk.title, _waits(len(desk.takeable), "Take one."), desk.inspection)
        for desk in desks
        if not desk.leading and desk.takeable
    ]
    return Pile(
        "Waiting for a second reader",
        About.MODERATION,
        tuple(items),
        "No case waits for a second reader that you could be or could ask.",
        counted=False,
    )


def _waits(number: int, what: str) -> str:
    return f"{number} {'case waits' if number == 1 else 'cases wait'}. {what}"


def _named(held: InspectionValue, says: str) -> Item:
    return Item(held.title, says, held.code)


def _leading(by: SignedIn) -> list[Pile]:
    led = [held for held in inspections.listed(by=by) if held.code in by.standing.leads]
    reading = [held for held in led if held.status is InspectionStatus.READING]
    agreed = [held for held in led if held.status is InspectionStatus.AGREED]
    return [
        *_moderating(moderation_views.desks(by=by)),
        Pile(
            "Waiting for you to agree the findings",
            About.INSPECTION,
            tuple(_to_agree(held, by) for held in reading),
            "No inspection that you lead is being read. Start one in Inspections.",
        ),
        *waiting_answers.leading(agreed, by),
        *(() if Role.INSPECTOR in by.standing.roles else _reading(by)),
    ]


def _moderating(desks: Sequence[Desk]) -> list[Pile]:
    led = [(desk, desk.leading) for desk in desks if desk.leading]
    disputes = [
        Item(f"{case.reference}, {desk.inspection}", "Its readings differ.", desk.inspection)
        for desk, leading in led
        for case in leading.disputed
    ]
    locks = [
        Item(desk.title, f"Cases ready to be locked: {len(leading.ready)}.", desk.inspection)
        for desk, leading in led
        if leading.ready
    ]
    return [
        Pile(
            "Disputes to decide",
            About.MODERATION,
            tuple(disputes),
            "No two readings of a case differ in the inspections you lead.",
        ),
        Pile(
            "Cases to lock",
            About.MODERATION,
            tuple(locks),
            "No case is ready to be locked. It is once it has been read often enough and every "
            "difference is decided.",
            counted=False,
        ),
    ]


def _to_agree(held: InspectionValue, by: SignedIn) -> Item:
    place = inspections.workspace(held.code, by=by)
    if place.ready_to_agree:
        return _named(held, "Every case is locked: the findings can be agreed.")
    steps = [f"{len(cases)} {what}" for what, cases in place.before_agreeing.items()]
    return _named(held, f"Cases: {', '.join(steps) or 'none begun yet'}.")


def _publishing(by: SignedIn) -> list[Pile]:
    with by.reading() as session:
        fresh = tuple(_named(held, "Findings agreed.") for held in _since_release(session, by))
    return [
        Pile(
            "Findings agreed since the last release",
            About.RELEASE,
            fresh,
            "Every agreed inspection was there when the last release was made.",
        )
    ]


def _approving(by: SignedIn) -> list[Pile]:
    """Return the releases that somebody else drew up and that wait for a second approver."""
    waits = select(Release).where(Release.status == ReleaseStatus.SECOND_APPROVER)
    with by.reading() as session:
        held = tuple(
            Item(f"Draft release {each.id}: {each.scope}", "It waits for approval.", str(each.id))
            for each in session.scalars(waits.order_by(Release.sent_at))
        )
    return [
        Pile("Releases to approve", About.APPROVAL, held, "No release waits for a second approver.")
    ]


def _since_release(session: Session, by: SignedIn) -> list[InspectionValue]:
    last = session.scalar(select(func.max(Release.made_at)))
    agreed = [held for held in in_sight(session, by) if held.agreed_at]
    return [
        value(session, held)
        for held in agreed
        if last is None or (held.agreed_at and held.agreed_at > last)
    ]


def _administering(by: SignedIn) -> list[Pile]:
    events = trail.latest(by=by, limit=SHOWN)
    return [
        Pile(
            "Newest events of the trail",
            About.TRAIL,
            tuple(Item(_event(e), f"{e.by}, {e.at:%d %B %Y at %H:%M} UTC", "") for e in events),
            "Nothing has been recorded yet.",
            counted=False,
        )
    ]


def _event(line: TrailLine) -> str:
    action = line.action.replace(".", " ").replace("_", " ")
    return f"{action[0].upper()}{action[1:]}: {line.subject}"


BY_ROLE: dict[Role, Callable[[SignedIn], list[Pile]]] = {
    Role.LEAD_INSPECTOR: _leading,
    Role.INSPECTOR: _reading,
    Role.DIRECTOR: lambda by: [*waiting_answers.directing(by), *waiting_returns.sending(by)],
    Role.VERIFIER: waiting_answers.verifying,
    Role.SECOND_APPROVER: _approving,
    Role.PUBLISHER: lambda by: [*_publishing(by), *waiting_returns.publishing(by)],
    Role.BOARD_MEMBER: lambda by: [*waiting_answers.on_board(by), *waiting_returns.approving(by)],
    Role.ADMINISTRATOR: _administering,
}
