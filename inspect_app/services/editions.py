"""Editions of a case: every submission stays readable as it was, whatever was changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.forms import CaseForm
from data_model.records import AuditEvent, CaseFile, CaseReceipt, Inspection
from data_model.sight import Task, widened
from inspect_app.access import Permission
from inspect_app.services import receipts
from inspect_app.services.case_access import find, sees_others
from inspect_app.services.case_sheet import Sheet, all_in_words, sheet_of
from inspect_app.services.readings import subject
from inspect_app.services.reference import all_themes, person_name
from inspect_app.signed_in import SignedIn


@dataclass(frozen=True)
class Edition:
    """One submission of a case: which edition, when, by whom, its hash, and all it said.

    `decided` holds what the lead had decided when the edition was opened again.
    """

    number: int
    at: datetime
    by: str
    content_hash: str
    said: Mapping[str, str]
    decided: Mapping[str, str]


def editions(case_id: int, *, by: SignedIn) -> list[Edition]:
    """Return every submission of a case that the person may see, oldest first."""
    by.need(Permission.READ_CASES)
    with by.reading() as session:
        case = find(session, case_id, by)
        held = session.get_one(Inspection, case.inspection)
        sheet = sheet_of(session, held, all_themes(session))
        decided = _decided(session, case) if sees_others(case, by) else {}
        query = select(CaseReceipt).where(CaseReceipt.case_id == case_id)
        return [
            _edition(session, receipt, sheet, decided.get(receipt.edition, {}))
            for receipt in session.scalars(query.order_by(CaseReceipt.number))
            if receipts.sees(case, receipt, by)
        ]


def _edition(
    session: Session, receipt: CaseReceipt, sheet: Sheet, decided: Mapping[str, str]
) -> Edition:
    return Edition(
        receipt.edition,
        receipt.submitted_at,
        person_name(session, receipt.submitted_by),
        receipt.content_hash,
        all_in_words(_form(receipt.content["fields"]), sheet),
        decided,
    )


def _form(fields: Mapping[str, object]) -> CaseForm:
    """Return what was submitted as a form again: a finding's fields are named for its theme."""
    findings: dict[str, dict[str, object]] = {}
    sent: dict[str, object] = {}
    for field, value in fields.items():
        theme, dot, name = field.partition(".")
        if dot:
            findings.setdefault(theme, {"theme": theme})[name] = value
        else:
            sent[field] = value
    return CaseForm.model_validate({**sent, "findings": list(findings.values())})


def _decided(session: Session, case: CaseFile) -> dict[int, dict[str, str]]:
    """Return by edition what the lead had decided before it was opened again, from the trail."""
    query = select(AuditEvent).where(
        AuditEvent.subject == subject(case), AuditEvent.action == "case.unlocked"
    )
    with widened(session, Task.CHAINING):
        events = session.scalars(query).all()
    return {
        event.before["edition"]: {n: v for n, v in event.before.items() if n != "edition"}
        for event in events
    }
