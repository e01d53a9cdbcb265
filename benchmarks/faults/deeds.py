"""What people do again and again: each turn leaves a number in every place that it touches.

So what stands afterwards is the work of whole turns or it is not, and which turn was the last.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model.database import Database
from data_model.forms import StepForm, checked
from data_model.records import (
    AuditEvent,
    CaseFile,
    Intake,
    RecommendationOwner,
    RecommendationStep,
    WorkingCopy,
)
from data_model.sight import Sight
from data_model.vocabulary import Delivery, ReadingPurpose
from inspect_app.services import cases, intake, keeping, moderation, people, steps
from inspect_app.services.readings import subject
from inspect_app.services.steps import Which
from inspect_app.signed_in import SignedIn, now
from inspect_app.workflow import Axis
from tests.support import packs
from tests.support.cases import INSPECTION, LEAD, READER, begun, complete, findings, submitted
from tests.support.looking import every_row_of
from tests.support.recommending import CODE, COUNCIL, accepted

Clock = Callable[[], datetime]
TYPED, SAVED, ASKED, *FILED = (f"CWM-F{number}" for number in range(1, 7))
SECOND, DIRECTOR = "rhodri-inspector", "joanna-director"
ANSWER = f"{CODE} {COUNCIL}"
DELIVERY = (Delivery.IN_PROGRESS, Delivery.PAUSED)


class HalfAppliedError(AssertionError):
    """What one turn leaves in several places does not agree."""


@dataclass(frozen=True)
class Deed:
    """Something that is done turn after turn, and how to see which turn was the last."""

    name: str
    act: Callable[..., object]
    stands: Callable[[Session], int]


def turn(number: int) -> str:
    """Return what a turn writes."""
    return f"Turn {number}."


def prepare(address: str) -> None:
    """Put a database of the samples where every deed can begin with its turn 1."""
    from data_model.database import open_database

    database = open_database(address)
    reader = _by(READER, database)
    for reference in (TYPED, SAVED, *FILED):
        begun(reader, reference=reference, **written(reader, 0))
    submitted(reader, reference=ASKED)
    accepted(lambda code: _by(code, database))
    database.close()


def _by(code: str, database: Database, clock: Clock = now) -> SignedIn:
    return replace(people.acting(code, database), clock=clock)


def written(by: SignedIn, number: int) -> dict[str, Any]:
    """Return the parts of a case in which a turn is written."""
    scope = [found["theme"] for found in complete(by).model_dump(mode="json")["findings"]]
    said = {name: turn(number) for name in ("reason", "strengths", "weaknesses")}
    held = [
        {**found, **said, "pointers": [{"document": "plan", "locator": turn(number)}]}
        for found in findings(scope)
    ]
    return {"summary": turn(number), "findings": held}


def _case(session: Session, reference: str) -> CaseFile:
    held = select(CaseFile).where(
        CaseFile.inspection == INSPECTION, CaseFile.reference == reference
    )
    return session.scalars(held).one()


def case_id(database: Database, reference: str) -> int:
    """Return the number of a case, all of which are the reader's."""
    with database.reading(Sight(READER)) as session:
        return _case(session, reference).id


def _one(name: str, said: set[str]) -> int:
    """Return the turn that every place names; raises HalfAppliedError where they differ."""
    if len(said) != 1:
        raise HalfAppliedError(f"{name}: {sorted(said)}")
    return turn_of(said.pop())


def turn_of(text: str | None) -> int:
    """Return the turn that a text names."""
    return int((text or turn(0)).split()[1].removesuffix("."))


def _type(database: Database, number: int, clock: Clock = now) -> None:
    case = case_id(database, TYPED)
    kept = keeping.keep_all(
        case,
        {path: (turn(number - 1), turn(number)) for path in ("summary", "T2.reason")},
        by=_by(READER, database, clock),
    )
    if any(each.clash for each in kept.values()):
        raise HalfAppliedError(f"a text that was kept is not there: {kept}")


def _typed(session: Session) -> int:
    held = session.get(WorkingCopy, (_case(session, TYPED).id, READER))
    said = {held.typed[path] for path in ("summary", "T2.reason")} if held else {turn(0)}
    return _one("typing", said)


def _save(database: Database, number: int, clock: Clock = now) -> None:
    by = _by(READER, database, clock)
    case = cases.view(case_id(database, SAVED), by=by)
    form = complete(by, reference=SAVED, **written(by, number))
    cases.save(case.id, case.version, form, by=by)


def _saved(session: Session) -> int:
    case = _case(session, SAVED)
    said = {case.summary or ""}
    for found in case.findings:
        said |= {found.reason or "", found.strengths or "", found.weaknesses or ""}
        said |= {pointer.locator or "" for pointer in found.pointers}
    noted = _noted(session, "case.saved", subject(case))
    return _one("saving", said | {str(event.after["summary"]) for event in noted[-1:]})


def _noted(session: Session, action: str, about: str) -> list[AuditEvent]:
    held = select(AuditEvent).where(AuditEvent.action == action, AuditEvent.subject == about)
    return list(session.scalars(held.order_by(AuditEvent.number)))


def _count(session: Session, action: str, reference: str) -> int:
    return len(_noted(session, action, subject(_case(session, reference))))


def _moderate(database: Database, number: int, clock: Clock = now) -> None:
    case, lead = case_id(database, ASKED), _by(LEAD, database, clock)
    if number % 2:
        moderation.ask(case, SECOND, ReadingPurpose.SECOND, by=lead)
    else:
        moderation.withdraw(case, SECOND, turn(number), by=lead)


def _moderated(session: Session) -> int:
    asked = _count(session, "reading.asked", ASKED)
    done = asked + _count(session, "case.reading_withdrawn", ASKED)
    reading = any(one.reader == SECOND for one in _case(session, ASKED).readings)
    if done % 2 != int(reading):
        raise HalfAppliedError(f"moderation: {done} moves are noted, reading asked: {reading}")
    return done


def _step(database: Database, number: int, clock: Clock = now) -> None:
    sent = {"to": DELIVERY[number % 2], "reason": turn(number)}
    which = Which(CODE, COUNCIL)
    steps.step(which, Axis.DELIVERY, checked(StepForm, sent), by=_by(DIRECTOR, database, clock))


def _stepped(session: Session) -> int:
    owner = session.scalars(
        select(RecommendationOwner).where(
            RecommendationOwner.recommendation == CODE, RecommendationOwner.organisation == COUNCIL
        )
    ).one()
    steps_of = select(RecommendationStep).where(RecommendationStep.owner == owner.id)
    made = session.scalars(steps_of).all()
    number = sum(step.axis == Axis.DELIVERY for step in made) - 1
    noted = [n for axis in Axis for n in _noted(session, f"recommendation.{axis}", ANSWER)]
    if owner.delivery != DELIVERY[number % 2] or len(noted) != len(made):
        raise HalfAppliedError(
            f"recommendation: {len(made)} steps, {len(noted)} noted, {owner.delivery}"
        )
    return number


def filled(database: Database, number: int, clock: Clock = now) -> bytes:
    """Return a workbook of the reader's drafts with a turn written into three of them."""
    book = packs.opened(intake.pack(INSPECTION, by=_by(READER, database, clock)))
    for reference in FILED:
        row = packs.row_of(book, "Cases", reference)
        packs.write(book, "Cases", row, Summary_of_the_case=turn(number))
    return packs.saved(book)


def _file(database: Database, number: int, clock: Clock = now) -> None:
    data = filled(database, number, clock)
    intake.take("pack.xlsx", data, by=_by(READER, database, clock), all_or_nothing=True)


def _filed(session: Session) -> int:
    number = _one("intake", {_case(session, each).summary or "" for each in FILED})
    taken = session.scalar(select(func.count()).select_from(Intake).where(_by_reader()))
    noted = sum(_count(session, "case.saved", each) for each in FILED)
    if taken != number or noted != number * len(FILED):
        raise HalfAppliedError(f"intake: {number} turns, {taken} kept, {noted} noted")
    return number


def _by_reader() -> Any:
    return (Intake.taken_by == READER) & (Intake.inspection == INSPECTION)


DEEDS = {
    deed.name: deed
    for deed in (
        Deed("typing", _type, _typed),
        Deed("saving", _save, _saved),
        Deed("moderation", _moderate, _moderated),
        Deed("recommendation", _step, _stepped),
        Deed("intake", _file, _filed),
    )
}
WRITES = ("typing", "saving", "moderation", "recommendation")


def stand(database: Database) -> dict[str, int]:
    """Return the last turn of each deed; raises HalfAppliedError where a turn is half there."""
    with every_row_of(database).reading() as session:
        return {name: deed.stands(session) for name, deed in DEEDS.items()}
