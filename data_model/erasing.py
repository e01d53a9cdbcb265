"""What goes of a case when it is erased, and what stays: exactly what the counted frames hold.

Each column of a case that frames do not read is named here as one that is emptied, or belongs to
a record that goes whole; a house test finds a column that is named nowhere.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from data_model.records import (
    AuditEvent,
    CaseAnswer,
    CaseFile,
    CaseReceipt,
    Disruption,
    Draw,
    DrawnCase,
    EvidencePointer,
    Finding,
    Frame,
    FrameEntry,
    FrameEpisode,
    Intake,
    MissingEpisode,
    Moderation,
    Record,
    WordingAnswer,
    WorkingCopy,
)

GONE = "Erased."
WHOLE: tuple[type[Record], ...] = (WorkingCopy, WordingAnswer, Disruption, CaseAnswer)
"""Records of a case that go whole: no frame holds anything of them."""

EMPTIED: dict[type[Record], dict[str, Any]] = {
    CaseFile: {
        "lead_agency": None,
        "practice_from": None,
        "practice_to": None,
        "disability_kinds": (),
        "harm_indicators": (),
        "harm_confirmed_reason": None,
        "agency_risk_number": None,
        "perpetrator_count": None,
        "blaming_terms": (),
        "summary": None,
    },
    Finding: {"reason": None, "strengths": None, "weaknesses": None},
    Moderation: {"reason": GONE},
    MissingEpisode: {
        "interview_hours": None,
        "interview_by": None,
        "interview_independent": None,
        "learning_shared": None,
    },
    CaseReceipt: {"content": {}},
    Frame: {"source": GONE, "dropped": None, "file_hash": None},
    FrameEntry: {"sheet": None, "row": None},
    Draw: {"reason": None},
}
"""What each column is left with that no frame holds; a reference is dealt with by itself."""

OF_CASES = ("case.", "reading.", "wording.", "sample.", "intake.", "pack.")
"""Events about cases: what they say is erased with the cases."""

OF_INTAKE: dict[str, Any] = {"cases": {}, "taken": [], "lines": {}, "refused": []}


def erase(session: Session, inspection: str, number: int) -> dict[str, str]:
    """Erase every case of an inspection; `number` is that of the event that says so.

    Returns by the number of each event whose values went the hash of what is left of it.
    """
    cases = list(session.scalars(select(CaseFile).where(CaseFile.inspection == inspection)))
    for case in cases:
        _erase_case(session, case)
    _empty(session, _of(Frame, inspection), _of(Draw, inspection), _of(FrameEntry, inspection))
    _say_gone(session.scalars(_of(FrameEntry, inspection)), "excluded_because")
    _say_gone(session.scalars(_of(DrawnCase, inspection)), "replaced_because")
    for episode in session.scalars(_of(FrameEpisode, inspection)):
        session.delete(episode)
    for intake in session.scalars(_of(Intake, inspection)):
        intake.report = {**intake.report, **OF_INTAKE}
    session.flush()
    return _erase_events(session, inspection, [case.id for case in cases], number)


def reference_of_erased(case_id: int) -> str:
    """Return what stands for the reference of an erased case."""
    return f"erased-{case_id}"


def _of(kind: Any, inspection: str) -> Select[Any]:
    return select(kind).where(kind.inspection == inspection)


def _of_case(kind: Any, case_id: int) -> Select[Any]:
    return select(kind).where(kind.case_id == case_id)


def _erase_case(session: Session, case: CaseFile) -> None:
    case.reference = reference_of_erased(case.id)
    for name, value in EMPTIED[CaseFile].items():
        setattr(case, name, value)
    _empty(session, *(_of_case(kind, case.id) for kind in (Finding, Moderation, MissingEpisode)))
    _empty(session, _of_case(CaseReceipt, case.id))
    pointers = select(EvidencePointer).join(Finding).where(Finding.case_id == case.id)
    gone = [pointers, *(_of_case(kind, case.id) for kind in WHOLE)]
    for record in [each for query in gone for each in session.scalars(query)]:
        session.delete(record)


def _empty(session: Session, *queries: Select[Any]) -> None:
    for query in queries:
        for record in session.scalars(query):
            for name, value in EMPTIED[type(record)].items():
                setattr(record, name, value)


def _say_gone(records: Iterable[Any], name: str) -> None:
    """Keep that a reason was given, and not which: it decides who is counted."""
    for record in records:
        if getattr(record, name) is not None:
            setattr(record, name, GONE)


def _erase_events(
    session: Session, inspection: str, cases: list[int], number: int
) -> dict[str, str]:
    subjects = {f"case {case}" for case in cases} | {inspection, f"inspection {inspection}"}
    left: dict[str, str] = {}
    query = select(AuditEvent).where(
        AuditEvent.subject.in_(subjects), AuditEvent.erased_in.is_(None)
    )
    for event in session.scalars(query):
        if event.action.startswith(OF_CASES):
            left[str(event.number)] = event.left()
            event.before, event.after, event.changed = {}, {}, {}
            event.reason, event.salt, event.erased_in = None, None, number
    return left
