"""A sample within a transaction: who may see it, who may change it, and the records of it."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import CaseFile, Draw, Frame, FrameEntry, Inspection
from data_model.sight import Task, widened
from inspect_app.access import Permission, sees_cases
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services.case_access import being_read
from inspect_app.services.inspection_values import seen
from inspect_app.signed_in import SignedIn


def read_in(session: Session, code: str, by: SignedIn) -> Inspection:
    """Return an inspection the person reads cases in; raises NotAllowed for another."""
    by.need(Permission.READ_CASES)
    held = seen(session, code, by)
    if not sees_cases(by.standing, code):
        raise NotAllowed(
            f"The sample of inspection {code} is for its readers.",
            "Ask its lead inspector to add you.",
        )
    return held


def led(session: Session, code: str, by: SignedIn) -> Inspection:
    """Return an inspection whose sample the person may change: its lead, while it is read."""
    by.need(Permission.START_INSPECTIONS)
    held = being_read(session, code, by)
    if code not in by.standing.leads:
        raise NotAllowed(
            f"You do not lead inspection {code}.", "Ask its lead inspector to do this."
        )
    return held


def frame_of(session: Session, code: str) -> Frame:
    """Return the list of an inspection; raises Refusal where none has been sent in."""
    frame = session.get(Frame, code)
    if frame is None:
        raise Refusal(
            f"Inspection {code} has no list of cases.",
            "Send in the list that the inspected body gave first.",
        )
    return frame


def draw_of(session: Session, code: str) -> Draw:
    """Return the draw of an inspection; raises Refusal where there is none."""
    draw = session.get(Draw, code)
    if draw is None:
        raise Refusal(f"No sample of inspection {code} has been drawn.", "Draw it first.")
    return draw


def entry_of(session: Session, code: str, number: int) -> FrameEntry:
    """Return a case of the list by its number; raises Refusal for a number that is not in it."""
    entries = {entry.number: entry for entry in frame_of(session, code).entries}
    if number not in entries:
        raise Refusal(
            f"The list of inspection {code} has no number {number}.",
            f"Its numbers run from {min(entries)} to {max(entries)}.",
        )
    return entries[number]


def begun_in(session: Session, code: str) -> dict[int, Sequence[CaseFile]]:
    """Return the cases begun from the list, by their number in it."""
    query = select(CaseFile).where(CaseFile.inspection == code, CaseFile.frame_number.is_not(None))
    found: dict[int, list[CaseFile]] = defaultdict(list)
    with widened(session, Task.MODERATING):
        cases = session.scalars(query.order_by(CaseFile.id)).all()
    for case in cases:
        found[case.frame_number or 0].append(case)
    return dict(found)


def check_none_begun(session: Session, code: str) -> None:
    """Raise Refusal once a case has been begun from the list: what it was drawn from stands."""
    begun = begun_in(session, code)
    if begun:
        references = ", ".join(case.reference for cases in begun.values() for case in cases)
        raise Refusal(
            f"Cases have been begun from the sample of inspection {code}: {references}.",
            "The list and the draw stand now; exchange single cases, with a reason.",
        )
