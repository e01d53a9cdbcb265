"""How long cases are kept, and their erasing once that is over: asked for by one, done by another.

What was counted stays, in the records, the snapshots and the releases; references, texts and
whatever no frame holds go, in the trail too, whose hashes still hold.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model import erasing, shipped
from data_model.records import CaseFile, Erasure, Inspection
from data_model.sight import Task
from data_model.trail_check import ERASED
from data_model.vocabulary import BodyRole, InspectionStatus
from inspect_app.access import Permission
from inspect_app.errors import NotFound, Refusal
from inspect_app.services import trail
from inspect_app.services.reference import person_name
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Part, keep_apart

SHORTEST_REASON = 10


@dataclass(frozen=True)
class Rule:
    """How many years cases are kept after their findings were agreed, and who says so."""

    years: int
    source: str


@dataclass(frozen=True)
class Kept:
    """The cases of one inspection: how many, agreed when, to be kept until when, and what is asked.

    It names no case.
    """

    inspection: str
    cases: int
    agreed_on: date
    until: date
    due: bool
    rule: Rule
    asked_by: str | None
    asked_on: date | None
    erased_on: date | None


def rules() -> dict[str, Rule]:
    """Return the rule of each body that has one, and under the empty code that of all others."""
    rows = shipped.rows("data_model", "reference", "retention.csv")
    return {row["organisation"]: Rule(int(row["years"]), row["source"]) for row in rows}


def listed(*, by: SignedIn) -> list[Kept]:
    """Return every inspection with cases that the person may erase, those that are due first."""
    by.need(Permission.ERASE_CASES)
    with by.reading(Task.ERASING) as session:
        query = select(Inspection).where(Inspection.status == InspectionStatus.AGREED)
        found = [_kept(session, held, by) for held in session.scalars(query) if _in_sight(held, by)]
        return sorted((each for each in found if each.cases), key=lambda each: each.until)


def ask(inspection: str, reason: str, *, by: SignedIn) -> None:
    """Ask for the cases of an inspection to be erased, with a reason; another person does it."""
    by.need(Permission.ERASE_CASES)
    with by.recording(Task.ERASING) as session:
        held = _due(session, inspection, by)
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refusal("The reason is too short.", "Say why these cases are erased now.")
        if session.get(Erasure, held.inspection) is not None:
            raise Refusal(
                f"It has been asked already to erase the cases of {held.inspection}.",
                "Another person erases them.",
            )
        rule = f"{held.rule.years} years. {held.rule.source}"
        session.add(
            Erasure(
                inspection=held.inspection,
                reason=reason,
                rule=rule,
                asked_at=by.clock(),
                asked_by=by.person,
            )
        )
        said = {"cases": held.cases, "rule": rule, "kept_until": held.until}
        what = f"erasure {held.inspection}"
        trail.note(session, by, "erasure.asked", what, after=said, reason=reason)


def erase(inspection: str, *, by: SignedIn) -> int:
    """Erase the cases of an inspection as somebody else asked; return how many there were.

    Raises NotAllowed for whoever asked. In an SQLite file nothing is left of them on the disk.
    """
    by.need(Permission.ERASE_CASES)
    with by.recording(Task.ERASING) as session:
        held = _due(session, inspection, by)
        asked = session.get(Erasure, inspection)
        if asked is None:
            raise Refusal(
                f"Nobody asked for the cases of {inspection} to be erased.",
                "One person asks for it, with a reason; another does it.",
            )
        _check_apart(asked, by)
        session.info["erases"] = True
        asked.erased_at, asked.erased_by = by.clock(), by.person
        event = trail.note(session, by, ERASED, f"erasure {inspection}", reason=asked.reason)
        left = erasing.erase(session, inspection, event.number)
        event.after = {"cases": held.cases, "rule": asked.rule, "events": left}
    by.database.compact()
    return held.cases


def _check_apart(asked: Erasure, by: SignedIn) -> None:
    parts = {Part.ASKER} if asked.asked_by == by.person else set[Part]()
    keep_apart(Part.ERASER, parts, "Ask a colleague whose role allows it.")


def _due(session: Session, inspection: str, by: SignedIn) -> Kept:
    """Return the cases of an inspection that may be erased now; every refusal says why not."""
    held = session.get(Inspection, inspection)
    if held is None or held.status is not InspectionStatus.AGREED or not _in_sight(held, by):
        raise NotFound(
            f"There is no inspection {inspection} whose cases you may erase.",
            "Cases are erased once findings are agreed; `retention list` names them.",
        )
    kept = _kept(session, held, by)
    if kept.erased_on:
        raise Refusal(f"The cases of {inspection} were erased on {kept.erased_on}.", "It is done.")
    if not kept.due:
        raise Refusal(
            f"The cases of {inspection} are kept until {kept.until}.",
            f"The rule is {kept.rule.years} years after {kept.agreed_on}: {kept.rule.source}",
        )
    return kept


def _in_sight(held: Inspection, by: SignedIn) -> bool:
    """Whether an inspection is the person's to decide about: its lead's, or an administrator's."""
    return held.code in by.standing.leads or by.may(Permission.READ_TRAIL)


def _kept(session: Session, held: Inspection, by: SignedIn) -> Kept:
    rule = _rule_of(held)
    agreed_on = held.agreed_at.date() if held.agreed_at else by.today
    until = _years_later(agreed_on, rule.years)
    cases = select(func.count()).where(CaseFile.inspection == held.code)
    asked = session.get(Erasure, held.code)
    return Kept(
        held.code,
        session.scalar(cases) or 0,
        agreed_on,
        until,
        until <= by.today and (asked is None or asked.erased_at is None),
        rule,
        person_name(session, asked.asked_by) if asked else None,
        asked.asked_at.date() if asked else None,
        asked.erased_at.date() if asked and asked.erased_at else None,
    )


def _rule_of(held: Inspection) -> Rule:
    """Return the longest rule of the bodies that read; the general one where none has its own."""
    known = rules()
    reading = [b.organisation for b in held.bodies if b.role is BodyRole.INSPECTING]
    own = [known[code] for code in reading if code in known]
    return max(own, key=lambda rule: rule.years, default=known[""])


def _years_later(day: date, years: int) -> date:
    """Return the same day years later; the last of February stays that."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
