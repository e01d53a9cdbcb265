"""Quarterly returns: packed, sent, looked at in stages, explained, approved, published, reopened.

The body sends, somebody of the area's partnership who did not send it approves, a publisher
publishes. An approved quarter is locked; opening it again needs a reason and keeps what it said.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import counted
from data_model.records import Area, Organisation, Return, ReturnExplanation
from data_model.vocabulary import ReturnStatus, Verdict
from inspect_app.access import Permission
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import trail, upload_limits
from inspect_app.services.reference import (
    area_value,
    find_area,
    organisation_name,
    person_name,
)
from inspect_app.services.return_figures import SENT, held_by, kept, subject, supersede
from inspect_app.services.return_looks import looks_at, rows_to_fill
from inspect_app.services.scorecards import parse_quarter
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.problem import Problem
from inspect_app.workbooks.returns import ReturnFile, read_return, return_bytes
from inspect_app.workflow import Axis, Need, Offer, Part, check_move, keep_apart
from metrics.return_values import Found


@dataclass(frozen=True)
class ReturnValue:
    """A quarterly return as it stands: what it says, what was found in it, who did what when.

    `found` holds every look at it; `open` are those to be mended or explained and not yet
    explained. `version` is what a step sends back.
    """

    id: int
    version: int
    area: str
    area_label: str
    quarter: str
    organisation: str
    body: str
    status: ReturnStatus
    figures: int
    entered_at: datetime
    entered_by: str
    approved_at: datetime | None
    approved_by: str | None
    found: tuple[Found, ...]
    explained: dict[str, str]

    @property
    def open(self) -> tuple[Found, ...]:
        """What was found and is neither mended nor explained."""
        return tuple(
            each
            for each in self.found
            if each.looked is Verdict.FOUND and each.key not in self.explained
        )


@dataclass(frozen=True)
class Sent:
    """What came of a file: the return it became, or None, and the rows that cannot be read."""

    held: int | None
    figures: int
    changed: int
    problems: tuple[Problem, ...]


def pack(area: str, quarter: str, organisation: str, *, by: SignedIn) -> bytes:
    """Return the workbook of a body's return for an area and a quarter, with what is there."""
    by.need(Permission.SEND_RETURNS)
    asked = parse_quarter(quarter)
    with by.reading() as session:
        held = find_area(session, area)
        _check_sender(session, held, organisation, by)
        body = organisation_name(session, organisation)
        rows = rows_to_fill(session, held.code, str(asked), organisation)
        return return_bytes(f"{body}: return for {area_value(held).label}, {asked.label}", rows)


def send(name: str, data: bytes, *, by: SignedIn) -> Sent:
    """Take a return in, whole or not at all; what an earlier file said is kept, superseded.

    Raises Refusal for a file that is none, a quarter that is not over, and one that is
    approved; NotAllowed for anybody but the body itself.
    """
    by.need(Permission.SEND_RETURNS)
    by = by.with_file(data)
    upload_limits.count(data, by=by)
    file = read_return(name, data)
    if file.problems:
        return Sent(None, len(file.rows), 0, file.problems)
    quarter = parse_quarter(file.quarter)
    if quarter.end >= by.today:
        raise Refusal(
            f"{quarter.label} is not over.", "Send its return after its last day.", quarter=quarter
        )
    with by.recording() as session:
        area = find_area(session, file.area)
        _check_sender(session, area, file.body, by)
        held = _return(session, area, str(quarter), file, data, by)
        changed = supersede(session, held, file, quarter, by)
        trail.note(
            session,
            by,
            SENT,
            subject(held),
            after={"file_hash": held.file_hash, "figures": len(file.rows), "changed": changed},
        )
        return Sent(held.id, len(file.rows), changed, ())


def _return(
    session: Session, area: Area, quarter: str, file: ReturnFile, data: bytes, by: SignedIn
) -> Return:
    held = session.scalars(
        select(Return).where(
            Return.area_code == area.code,
            Return.quarter == quarter,
            Return.organisation == file.body,
        )
    ).first()
    if held is not None and held.status is not ReturnStatus.ENTERED:
        raise Refusal(
            f"The return of {file.body} for {quarter} is {held.status.english.lower()}, so its "
            "quarter is locked.",
            "Ask the partnership to open it again, with a reason.",
        )
    if held is None:
        held = Return(area_code=area.code, quarter=quarter, organisation=file.body)
        session.add(held)
    held.file_hash = hashlib.sha256(data).hexdigest()
    held.entered_at, held.entered_by = by.clock(), by.person
    session.flush()
    return held


def _check_sender(session: Session, area: Area, organisation: str, by: SignedIn) -> None:
    body = session.get(Organisation, organisation)
    own = by.standing.organisation == organisation
    if body is None or not own or body.area_code not in {area.code, area.force_code}:
        raise NotAllowed(
            f"The return of {organisation} for {area.name} is not yours to send.",
            "A body's director sends its own return, for an area that it serves.",
        )


def listed(*, by: SignedIn) -> tuple[ReturnValue, ...]:
    """Return the returns in the person's sight, newest quarter first.

    Only those that are not approved are looked at: `found` is empty for the others.
    """
    by.need(Permission.READ_SCORECARDS)
    with by.reading() as session:
        query = select(Return).order_by(Return.quarter.desc(), Return.area_code)
        held = [each for each in session.scalars(query) if _sees(each, by)]
        return tuple(
            _value(session, each, looked=each.status is ReturnStatus.ENTERED) for each in held
        )


def view(return_id: int, *, by: SignedIn) -> ReturnValue:
    """Return one return; raises NotFound when there is none that the person may see."""
    with by.reading() as session:
        return _value(session, find(session, return_id, by))


def _sees(held: Return, by: SignedIn) -> bool:
    """Whether a return is theirs: sent by their body, about their area, or theirs to publish."""
    concerned = held.organisation == by.standing.organisation or (
        held.area_code == by.standing.area and by.may(Permission.APPROVE_RETURNS)
    )
    ready = held.status is not ReturnStatus.ENTERED and by.may(Permission.MAKE_RELEASES)
    return by.may(Permission.READ_SCORECARDS) and (concerned or ready)


def find(session: Session, return_id: int, by: SignedIn) -> Return:
    held = session.get(Return, return_id)
    if held is None or not _sees(held, by):
        raise NotFound(
            f"There is no return {return_id} that you may see.", "Choose one from the list."
        )
    return held


def _value(session: Session, held: Return, *, looked: bool = True) -> ReturnValue:
    return ReturnValue(
        id=held.id,
        version=held.version,
        area=held.area_code,
        area_label=area_value(session.get_one(Area, held.area_code)).label,
        quarter=held.quarter,
        organisation=held.organisation,
        body=organisation_name(session, held.organisation),
        status=held.status,
        figures=len(kept(held)),
        entered_at=held.entered_at,
        entered_by=person_name(session, held.entered_by),
        approved_at=held.approved_at,
        approved_by=person_name(session, held.approved_by) if held.approved_by else None,
        found=looks_at(session, held) if looked else (),
        explained={each.found: each.text for each in held.explanations},
    )


def explain(return_id: int, found: str, text: str, *, by: SignedIn) -> None:
    """Explain in writing something that was found; the body that sent the return does."""
    by.need(Permission.SEND_RETURNS)
    with by.recording() as session:
        held = find(session, return_id, by)
        if held.organisation != by.standing.organisation:
            raise NotAllowed("Only the body that sent a return explains it.", "Ask its director.")
        _check_open(held)
        keys = [each.key for each in looks_at(session, held) if each.looked is Verdict.FOUND]
        if found not in keys:
            raise Refusal(
                f"Nothing was found under “{found}”.", f"Choose one of: {'; '.join(keys)}."
            )
        if len(text.strip()) < SHORTEST:
            raise Refusal("The explanation says too little.", "Say in a sentence why it is so.")
        held.explanations.append(
            ReturnExplanation(
                found=found, text=text.strip(), explained_at=by.clock(), explained_by=by.person
            )
        )
        trail.note(session, by, "return.explained", subject(held), after={"found": found})


SHORTEST = 10


def _check_open(held: Return) -> None:
    if held.status is not ReturnStatus.ENTERED:
        raise Refusal(
            f"This return is {held.status.english.lower()}, so its quarter is locked.",
            "Ask the partnership to open it again, with a reason.",
        )


def approve(return_id: int, version: int | None = None, *, by: SignedIn) -> None:
    """Approve a return: its figures count from now on, and its quarter is locked.

    Raises Refusal while something found is neither mended nor explained, and NotAllowed for
    whoever sent it or is not of the area's partnership.
    """
    with by.recording() as session:
        held = _theirs_to_approve(session, return_id, by)
        _check_version(held, version)
        unsettled = _value(session, held).open
        met = frozenset[Need]() if unsettled else frozenset({Need.EXPLAINED})
        thing = f"{subject(held)} ({' '.join(each.says for each in unsettled)})"
        _move(session, held, ReturnStatus.APPROVED, Offer(met=met), by, thing)


def publish(return_id: int, version: int | None = None, *, by: SignedIn) -> None:
    """Publish an approved return: anyone may see its figures, and releases hold them."""
    by.need(Permission.MAKE_RELEASES)
    with by.recording() as session:
        held = find(session, return_id, by)
        _check_version(held, version)
        _move(session, held, ReturnStatus.PUBLISHED, Offer(), by)


def reopen(return_id: int, reason: str, *, by: SignedIn) -> None:
    """Open a locked quarter again, with a reason; its figures count no longer until approved."""
    with by.recording() as session:
        held = _theirs_to_approve(session, return_id, by)
        _move(session, held, ReturnStatus.ENTERED, Offer(reason=reason), by)


OF_THE_AREA = "Somebody else of the area's partnership approves it."


def _theirs_to_approve(session: Session, return_id: int, by: SignedIn) -> Return:
    by.need(Permission.APPROVE_RETURNS)
    held = find(session, return_id, by)
    parts = [Part.SENDER] if held.entered_by == by.person else []
    keep_apart(Part.APPROVER, parts, OF_THE_AREA)
    if held.area_code != by.standing.area:
        raise NotAllowed("This return is of another area.", OF_THE_AREA)
    return held


def _check_version(held: Return, version: int | None) -> None:
    if version is not None and version != held.version:
        raise Conflict(
            "This return was changed by somebody else since you looked at it.",
            "Nothing was changed. Look at it again.",
            version=held.version,
        )


def _move(
    session: Session,
    held: Return,
    to: ReturnStatus,
    offer: Offer,
    by: SignedIn,
    thing: str | None = None,
) -> None:
    before = held.status
    check_move(Axis.RETURN, before, to, offer, thing=thing or subject(held))
    held.status = to
    now = (by.clock(), by.person)
    if to is ReturnStatus.APPROVED:
        held.approved_at, held.approved_by = now
    elif to is ReturnStatus.PUBLISHED:
        held.published_at, held.published_by = now
    else:
        held.approved_at = held.approved_by = held.published_at = held.published_by = None
    for figure in held_by(held):
        figure.published = to is ReturnStatus.PUBLISHED
    event = trail.note(
        session,
        by,
        f"return.{to}",
        subject(held),
        before={"status": before},
        after={"status": to},
        reason=offer.reason,
    )
    counted.move(session, held.area_code, event)
