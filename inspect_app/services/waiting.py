"""What waits for a person, by role: what is theirs to do next, and what to do when nothing is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Release
from data_model.vocabulary import Assurance, CaseStatus, InspectionStatus, Response, Role
from inspect_app.services import (
    areas,
    cases,
    inspections,
    moderation_views,
    recommendations,
    trail,
)
from inspect_app.services.cases import CaseLine
from inspect_app.services.inspection_values import InspectionValue, in_sight, value
from inspect_app.services.moderation_views import Desk
from inspect_app.services.recommendation_values import OwnerValue, RecommendationValue
from inspect_app.services.trail import TrailLine
from inspect_app.signed_in import SignedIn

SHOWN = 6


class About(StrEnum):
    """What kind of thing waits, so that a screen knows where to send the person."""

    CASE = "case"
    MODERATION = "moderation"
    INSPECTION = "inspection"
    RECOMMENDATION = "recommendation"
    SCORECARD = "scorecard"
    AREA = "area"
    RELEASE = "release"
    TRAIL = "trail"


@dataclass(frozen=True)
class Item:
    """One thing: its name, what is to be said of it, and its code."""

    name: str
    says: str
    code: str


@dataclass(frozen=True)
class Pile:
    """Things of one kind that wait; `empty` says what to do next when there is none."""

    title: str
    about: About
    items: tuple[Item, ...]
    empty: str
    counted: bool = True

    @property
    def heading(self) -> str:
        """The title, with how many wait."""
        return f"{self.title} ({len(self.items)})" if self.items and self.counted else self.title

    @property
    def shown(self) -> tuple[Item, ...]:
        """The first few of them."""
        return self.items[:SHOWN]

    @property
    def more(self) -> int:
        """How many stand behind those."""
        return len(self.items[SHOWN:])


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
    written = [r.inspection for r in recommendations.listed(by=by)]
    return [
        *_moderating(moderation_views.desks(by=by)),
        Pile(
            "Waiting for you to agree the findings",
            About.INSPECTION,
            tuple(_to_agree(held, by) for held in reading),
            "No inspection that you lead is being read. Start one in Inspections.",
        ),
        Pile(
            "Recommendations of inspections you lead",
            About.RECOMMENDATION,
            tuple(_named(held, _written(written.count(held.code))) for held in agreed),
            "Once you agree an inspection's findings, its recommendations are written here.",
        ),
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


def _written(number: int) -> str:
    return f"Written so far: {number}." if number else "None written yet."


def _directing(by: SignedIn) -> list[Pile]:
    owned = [
        (held, owner)
        for held in recommendations.listed(by=by)
        for owner in held.owners
        if held.followed_here and owner.organisation == by.standing.organisation
    ]
    awaited = [(r, o) for r, o in owned if o.response is Response.AWAITING]
    late = [(r, o) for r, o in owned if o.overdue_on(by.today)]
    back = [
        (r, o) for r, o in owned if o.assurance in {Assurance.INSUFFICIENT, Assurance.REGRESSED}
    ]
    return [
        Pile(
            "Awaiting your organisation's response",
            About.RECOMMENDATION,
            tuple(_to_answer(r, by) for r, _owner in awaited),
            "Your organisation has answered every recommendation made to it.",
        ),
        Pile(
            "Past the original date",
            About.RECOMMENDATION,
            tuple(_overdue(r, o) for r, o in late),
            "Nothing your organisation accepted is past its original date.",
        ),
        Pile(
            "Sent back by the verifier",
            About.RECOMMENDATION,
            tuple(_recommended(r, f"{o.assurance.english}.") for r, o in back),
            "No evidence has been sent back. Add evidence when something was done.",
        ),
    ]


def _recommended(held: RecommendationValue, says: str) -> Item:
    return Item(f"{held.code}: {held.title}", says, held.code)


def _to_answer(held: RecommendationValue, by: SignedIn) -> Item:
    due = held.response_due_on
    if due is None:
        return _recommended(held, "No date was set for the response.")
    late = " That day has passed." if held.response_late_on(by.today) else ""
    return _recommended(held, f"Response due on {due.day} {due:%B %Y}.{late}")


def _overdue(held: RecommendationValue, owner: OwnerValue) -> Item:
    due = owner.original_due_on
    day = f"{due.day} {due:%B %Y}" if due else "not given"
    moved = f" The date was put back {_times(owner.slips)}." if owner.slips else ""
    return _recommended(held, f"{owner.delivery.english}. Original date: {day}.{moved}")


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _verifying(by: SignedIn) -> list[Pile]:
    waiting = [
        (held, owner)
        for held in recommendations.listed(by=by)
        for owner in held.owners
        if owner.assurance is Assurance.SUBMITTED
        and held.followed_here
        and owner.organisation != by.standing.organisation
    ]
    return [
        Pile(
            "Evidence waiting to be judged",
            About.RECOMMENDATION,
            tuple(_recommended(r, f"{o.name}: {_strongest(o)}.") for r, o in waiting),
            "No evidence is waiting. It appears here when an owner submits some.",
        )
    ]


def _strongest(owner: OwnerValue) -> str:
    if not owner.evidence:
        return "nothing shown"
    return f"strongest evidence {max(item.rung for item in owner.evidence).english}"


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


def _since_release(session: Session, by: SignedIn) -> list[InspectionValue]:
    last = session.scalars(select(Release.made_at).order_by(Release.number.desc()).limit(1)).first()
    agreed = [held for held in in_sight(session, by) if held.agreed_at]
    return [
        value(session, held)
        for held in agreed
        if last is None or (held.agreed_at and held.agreed_at > last)
    ]


def _on_board(by: SignedIn) -> list[Pile]:
    if by.standing.area is None:
        nowhere = "Your organisation is not tied to an area. Choose one on the Area page."
        return [Pile("Your area", About.AREA, (), nowhere)]
    seen = areas.view(by.standing.area, by=by)
    label = seen.area.label
    newest = [_named(e.inspection, f"{e.inspection.period}.") for e in seen.timeline[:SHOWN]]
    open_ones = [
        _recommended(r, f"{o.name}: {o.delivery.english.lower()}, {o.assurance.english.lower()}.")
        for r in seen.recommendations
        for o in r.owners
        if r.followed_here and o.assurance not in {Assurance.SUSTAINED, Assurance.EFFECT_SHOWN}
    ]
    card = Item(f"Scorecard of {label}", "Each figure with what it is out of.", seen.area.code)
    return [
        Pile("Your area's scorecard", About.SCORECARD, (card,), "", counted=False),
        Pile(
            "Newest inspections of your area",
            About.INSPECTION,
            tuple(newest),
            f"No inspection of {label} has been agreed or published yet.",
        ),
        Pile(
            "Recommendations without an effect shown yet",
            About.RECOMMENDATION,
            tuple(open_ones),
            "Every recommendation followed here has shown an effect, or there is none yet.",
        ),
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
    Role.DIRECTOR: _directing,
    Role.VERIFIER: _verifying,
    Role.PUBLISHER: _publishing,
    Role.BOARD_MEMBER: _on_board,
    Role.ADMINISTRATOR: _administering,
}
