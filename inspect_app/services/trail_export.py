"""Part of the trail for a data subject or an inquiry, with what anybody needs to verify it.

An export holds the events that were asked for whole, and of every other event up to the head the
hash of what it says and nothing more: whoever has the file can walk the chain to a head that a
release prints. What was written about a case is in it only where whoever exports it may see it.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.chain import head_of
from data_model.records import AuditEvent, CaseFile, CaseRead
from data_model.records.trail import CHANGES, PLAIN, READS
from data_model.sight import Task
from inspect_app.access import Permission
from inspect_app.errors import NotFound, Refusal
from inspect_app.publishing.csv_cells import cell
from inspect_app.services import trail
from inspect_app.services.trail import ABOUT_A_CASE, TrailLine, Wanted, narrowed
from inspect_app.signed_in import SignedIn

SHORTEST_REASON = 10
WITHHELD = "withheld"


@dataclass(frozen=True)
class Asked:
    """Which part: of one case by its inspection and reference, one person, or one inspection."""

    case: str = ""
    person: str = ""
    inspection: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def says(self) -> str:
        """What is asked for, for the trail; a case is not named by its reference."""
        return f"person {self.person}" if self.person else f"inspection {self.inspection}"


def export(asked: Asked, reason: str, *, by: SignedIn) -> dict[str, Any]:
    """Return part of the trail with its proof, and note that it was exported and why.

    Raises NotFound for a case, or to a lead for anything, of an inspection that they do not lead;
    Refusal without a reason.
    """
    by.need(Permission.EXPORT_TRAIL)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal("The reason is too short.", "Say who asked for it and why it is given.")
    with by.recording(Task.CHAINING, Task.GUARDING) as session:
        subjects, case = _subjects(session, asked, by)
        events = _found(session, AuditEvent, asked, subjects)
        looks = _found(session, CaseRead, asked, subjects)
        whole = _led_subjects(session, by)
        found = {
            "asked": {"case": asked.case, "person": asked.person, "inspection": asked.inspection},
            "changes": _part(session, CHANGES, [_event(each, whole) for each in events]),
            "looks": _part(session, READS, [_look(each) for each in looks]),
        }
        after = {"changes": len(events), "looks": len(looks), "case": case}
        trail.note(session, by, "trail.exported", asked.says, after=after, reason=reason)
        return found


def lines_as_csv(lines: Iterable[TrailLine]) -> bytes:
    """Return events as the trail page shows them, as CSV."""
    rows = [
        [e.number, e.at.isoformat(), e.by, e.acted_as, e.via, e.action, e.subject, e.reason or ""]
        for e in lines
    ]
    return _csv(["number", "at", "by", "as", "via", "action", "subject", "reason"], rows)


def as_csv(exported: Mapping[str, Any]) -> bytes:
    """Return an export as CSV, one row a field that an event changed; its proof is in the JSON."""
    names = ["chain", "number", "at", "by", "as", "via", "action", "subject", "reason"]
    rows: list[list[object]] = []
    for chain in ("changes", "looks"):
        for event in exported[chain]["events"]:
            head = [chain, *(event.get(name) or "" for name in names[1:])]
            rows += [[*head, *field, event["hash"]] for field in _fields(event)]
    return _csv([*names, "field", "before", "after", "hash"], rows)


def _fields(event: Mapping[str, Any]) -> list[list[object]]:
    if event.get("said") == WITHHELD:
        return [[WITHHELD, "", ""]]
    before, after = event.get("before") or {}, event.get("after") or {}
    names = list({**before, **after})
    return [[name, before.get(name, ""), after.get(name, "")] for name in names] or [["", "", ""]]


def _csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([[cell(_text(value)) for value in row] for row in rows])
    return out.getvalue().encode()


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _subjects(session: Session, asked: Asked, by: SignedIn) -> tuple[set[str], int | None]:
    """Return what events must be about, and the number of the case that is asked for."""
    if asked.case:
        query = select(CaseFile.id).where(
            CaseFile.inspection == asked.inspection, CaseFile.reference == asked.case
        )
        case = session.scalars(query).first()
        if case is None or asked.inspection not in by.standing.leads:
            raise NotFound(
                "There is no such case of an inspection that you lead.",
                "Give --inspection and --case; its lead inspector exports what a case says.",
            )
        return {f"case {case}"}, case
    if asked.inspection not in by.standing.leads and not by.may(Permission.READ_TRAIL):
        raise NotFound(
            "There is nothing of that in the trail which you may export.",
            "A lead exports what is about an inspection they lead, an administrator anything.",
        )
    if asked.person:
        return set(), None
    cases = session.scalars(select(CaseFile.id).where(CaseFile.inspection == asked.inspection))
    code = asked.inspection
    return {code, f"inspection {code}", f"erasure {code}", *(f"case {c}" for c in cases)}, None


def _found(session: Session, kind: Any, asked: Asked, subjects: set[str]) -> list[Any]:
    wanted = Wanted(person=asked.person, since=asked.since, until=asked.until)
    query = narrowed(select(kind), wanted, kind).order_by(kind.number)
    return [each for each in session.scalars(query) if not subjects or each.subject in subjects]


def _led_subjects(session: Session, by: SignedIn) -> set[str]:
    """Return the subjects of events whose words the person may see: those of what they lead."""
    query = select(CaseFile.id).where(CaseFile.inspection.in_(by.standing.leads))
    led = {f"inspection {code}" for code in by.standing.leads} | set(by.standing.leads)
    return led | {f"case {case}" for case in session.scalars(query)}


def _event(event: AuditEvent, whole: set[str]) -> dict[str, Any]:
    said = {
        "form": event.form,
        "number": event.number,
        "at": event.happened_at.isoformat(),
        "by": event.happened_by,
        "as": event.happened_as,
        "via": event.via,
        "action": event.action,
        "subject": event.subject,
        "said_hash": event.said_hash,
        "reads": [event.reads_number, event.reads_hash],
        "previous": event.previous_hash,
        "hash": event.hash,
    }
    if event.erased_in is not None:
        return {**said, "said": "erased"}
    if event.action.startswith(ABOUT_A_CASE) and event.subject not in whole:
        return {**said, "said": WITHHELD}
    values = {name: getattr(event, name) for name in ("before", "after", "reason", "changed")}
    return {**said, **values, "salt": event.salt, "said": "whole"}


def _look(look: CaseRead) -> dict[str, Any]:
    return {
        "number": look.number,
        "at": look.happened_at.isoformat(),
        "by": look.happened_by,
        "as": look.happened_as,
        "via": look.via,
        "action": look.action,
        "subject": look.subject,
        "event": [look.event_number, look.event_hash],
        "previous": look.previous_hash,
        "hash": look.hash,
        "said": "whole",
    }


def _part(session: Session, chain: str, events: list[dict[str, Any]]) -> dict[str, Any]:
    """Return events with the steps from the first of them to the head of their chain."""
    number, head = head_of(session, chain)
    if not events:
        return {"events": [], "steps": [], "from": None, "head": head, "head_number": number}
    first = events[0]
    kind: Any = AuditEvent if chain == CHANGES else CaseRead
    query = select(kind).where(kind.number >= first["number"]).order_by(kind.number)
    steps = [_step(each) for each in session.scalars(query)]
    return {
        "events": events,
        "from": first["previous"],
        "steps": steps,
        "head": head,
        "head_number": number,
    }


def _step(event: AuditEvent | CaseRead) -> list[object]:
    """Return an event as a step of the chain: what it says as a hash, or its own if it is old."""
    if isinstance(event, AuditEvent) and event.form == PLAIN:
        return [event.number, None, event.hash]
    return [event.number, event.content_hash(), event.hash]
