"""What a board writes: answers to what checks found, and decisions that show next quarter."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.forms import BoardDecisionForm, OutcomeForm
from data_model.records import BoardDecision, CheckAnswer, Recommendation
from inspect_app.access import Permission
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import checks, trail
from inspect_app.services.recommendation_list import Wanted, every
from inspect_app.services.reference import find_area, person_name
from inspect_app.services.scorecards import parse_quarter
from inspect_app.signed_in import SignedIn
from metrics import BY_CODE
from metrics import checks as checks_declared

SHORTEST = 10


@dataclass(frozen=True)
class AnswerValue:
    """An answer in writing to something that was found; `by` is a name."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class DecisionValue:
    """A decision or an action on a line, with what came of it once that is said.

    `line` is the code of an indicator, of a check whose question it is about, or of a
    recommendation, and `title` what that is called.
    """

    id: int
    version: int
    quarter: str
    line: str
    title: str
    text: str
    role_named: str | None
    due_on: date | None
    by: str
    at: datetime
    done_on: date | None
    outcome: str | None

    def overdue_on(self, day: date) -> bool:
        """Whether it is an action past its date, with nothing said of what came of it."""
        return self.due_on is not None and self.due_on < day and self.done_on is None


def answers(area: str, *, by: SignedIn) -> dict[str, AnswerValue]:
    """Return the newest answer to each thing found in an area, by the key of what was found.

    They are for everybody who may see what was found.
    """
    by.need(Permission.READ_SCORECARDS)
    with by.reading() as session:
        code = find_area(session, area).code
        query = select(CheckAnswer).where(CheckAnswer.area_code == code).order_by(CheckAnswer.id)
        return {
            each.found: AnswerValue(
                each.text, person_name(session, each.answered_by), each.answered_at
            )
            for each in session.scalars(query)
        }


def answer(
    area: str, check: str, found: str, text: str, *, quarter: str | None = None, by: SignedIn
) -> None:
    """Answer in writing something that a check found; the board of that area does.

    With a quarter, what was found of it. Raises Refusal where nothing of this key is found there
    now, or the answer says too little.
    """
    with by.recording() as session:
        code = _own_area(session, area, by)
        keys = [
            each.key
            for question in checks.of_area(code, quarter=quarter, by=by)
            if question.check == check
            for each in question.found
        ]
        if found not in keys:
            raise Refusal(
                f"The check {check} finds nothing of this kind in the area now.",
                "Look at the questions again; what was found may have changed.",
            )
        if len(text.strip()) < SHORTEST:
            raise Refusal("The answer says too little.", "Write what the board found out.")
        session.add(
            CheckAnswer(
                area_code=code,
                check_code=check,
                found=found,
                text=text.strip(),
                answered_at=by.clock(),
                answered_by=by.person,
            )
        )
        trail.note(session, by, "check.answered", f"{code} {check}", after={"found": found})


def decisions(area: str, *, by: SignedIn) -> tuple[DecisionValue, ...]:
    """Return what an area's board decided, newest first, for those who may see its returns."""
    by.need(Permission.READ_SCORECARDS)
    with by.reading() as session:
        code = find_area(session, area).code
        query = select(BoardDecision).where(BoardDecision.area_code == code)
        held = session.scalars(query.order_by(BoardDecision.id.desc())).all()
        return tuple(_value(session, each) for each in held if _sees(code, by))


def _sees(area: str, by: SignedIn) -> bool:
    return by.standing.area == area


def _value(session: Session, held: BoardDecision) -> DecisionValue:
    return DecisionValue(
        id=held.id,
        version=held.version,
        quarter=held.quarter,
        line=held.indicator,
        title=_title(session, held.indicator) or held.indicator,
        text=held.text,
        role_named=held.role_named,
        due_on=held.due_on,
        by=person_name(session, held.decided_by),
        at=held.decided_at,
        done_on=held.done_at.date() if held.done_at else None,
        outcome=held.outcome,
    )


def _title(session: Session, line: str) -> str | None:
    """Return what a line is called that a decision can be about; None where there is none."""
    if line in BY_CODE:
        return BY_CODE[line].title
    if line in checks_declared.BY_CODE:
        return checks_declared.BY_CODE[line].asks
    held = session.get(Recommendation, line)
    return f"{held.code} {held.title}" if held else None


def decide(area: str, quarter: str, line: str, form: BoardDecisionForm, *, by: SignedIn) -> int:
    """Record a decision or an action on a line of the person's own area; return its id.

    A line is an indicator, a check, whose question or contradiction is meant, or a recommendation
    about the area, each by its code. Raises NotFound for any other.
    """
    asked = parse_quarter(quarter)
    with by.recording() as session:
        code = _own_area(session, area, by)
        _find_line(code, line, by)
        if form.due_on and form.due_on < by.today:
            raise Refusal(f"{form.due_on} has passed already.", "Give a day that is to come.")
        held = BoardDecision(
            **form.model_dump(),
            area_code=code,
            quarter=str(asked),
            indicator=line,
            decided_at=by.clock(),
            decided_by=by.person,
        )
        session.add(held)
        session.flush()
        said = {"decision": held.id, "line": line, **form.model_dump(exclude_none=True)}
        trail.note(session, by, "board.decided", f"{code} {quarter}", after=said)
        return held.id


def _find_line(area: str, line: str, by: SignedIn) -> None:
    """Refuse a line that the scorecard of an area cannot have."""
    about = {each.code for each in every(Wanted(area=area), by=by) if not each.draft}
    declared = line in BY_CODE or line in checks_declared.BY_CODE
    if not declared and line not in about:
        raise NotFound(
            f"There is no line {line!r} on this scorecard.",
            "Choose an indicator, a question, or a recommendation about the area.",
        )


def finish(decision: int, form: OutcomeForm, version: int | None = None, *, by: SignedIn) -> None:
    """Say what came of a decision; raises Conflict where somebody said so meanwhile."""
    with by.recording() as session:
        held = session.get(BoardDecision, decision)
        if held is None or not _sees(held.area_code, by):
            raise NotFound(f"There is no decision {decision} that you may see.", "Choose another.")
        _own_area(session, held.area_code, by)
        if version is not None and version != held.version:
            raise Conflict(
                "Somebody else said what came of this meanwhile.",
                "Nothing was overwritten. Look at it again.",
                version=held.version,
            )
        before = {"outcome": held.outcome}
        held.outcome, held.done_at, held.done_by = form.outcome, by.clock(), by.person
        trail.note(
            session,
            by,
            "board.finished",
            f"{held.area_code} {held.quarter}",
            before=before,
            after={"decision": decision, "outcome": form.outcome},
        )


def _own_area(session: Session, area: str, by: SignedIn) -> str:
    by.need(Permission.DECIDE)
    code = find_area(session, area).code
    if by.standing.area != code:
        raise NotAllowed(
            "Only the board of an area answers and decides for it.", "Ask somebody of that board."
        )
    return code
