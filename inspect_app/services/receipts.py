"""Receipts: the proof, for whoever submitted a case, of what exactly was submitted and when."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model.records import CaseFile, CaseReceipt
from data_model.sight import Task, widened
from inspect_app.access import Permission
from inspect_app.errors import NotFound
from inspect_app.services.case_access import find, reading_form, sees_others, sees_whole
from inspect_app.services.case_filling import differences, flat
from inspect_app.services.reference import person_name
from inspect_app.signed_in import SignedIn

SHORTEST = 12


@dataclass(frozen=True)
class ReceiptValue:
    """A submission: of which case and edition, when, by whom, and the hash of its content."""

    number: int
    case_id: int
    reference: str
    edition: int
    at: datetime
    by: str
    content_hash: str


@dataclass(frozen=True)
class Checked:
    """A receipt held against what is kept now.

    `kept_whole` says that what was submitted is still kept to the letter; `changed` names the
    fields that have been changed since, each on the record.
    """

    receipt: ReceiptValue
    kept_whole: bool
    changed: tuple[str, ...]


def give(session: Session, case: CaseFile, by: SignedIn) -> ReceiptValue:
    """Keep a receipt of the person's own reading of a case as it stands, and return it."""
    content = content_of(case, by.person)
    with widened(session, Task.NUMBERING):
        last = session.scalar(select(func.max(CaseReceipt.number))) or 0
    receipt = CaseReceipt(
        number=last + 1,
        case_id=case.id,
        edition=case.edition,
        submitted_at=by.clock(),
        submitted_by=by.person,
        content_hash=hash_of(content),
        content=content,
    )
    session.add(receipt)
    session.flush()
    return _value(session, receipt, case)


def content_of(case: CaseFile, reader: str) -> dict[str, Any]:
    """Return what one reader has recorded of a case, as it is hashed."""
    return {
        "inspection": case.inspection,
        "edition": case.edition,
        "reader": reader,
        "fields": dict(flat(reading_form(case, reader))),
    }


def hash_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a submission: UTF-8 JSON, keys sorted, no spaces."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def of(session: Session, case: CaseFile, by: SignedIn) -> tuple[ReceiptValue, ...]:
    """Return the receipts of a case that the person may see, oldest first."""
    query = select(CaseReceipt).where(CaseReceipt.case_id == case.id).order_by(CaseReceipt.number)
    return tuple(
        _value(session, receipt, case)
        for receipt in session.scalars(query)
        if sees(case, receipt, by)
    )


def check(content_hash: str, *, by: SignedIn) -> Checked:
    """Hold a receipt, by its hash or the first characters of it, against what is kept now."""
    by.need(Permission.READ_CASES)
    with by.reading() as session:
        receipt, case = _found(session, content_hash.strip().lower(), by)
        now = content_of(case, receipt.submitted_by)["fields"]
        changed = differences(receipt.content["fields"], now)
        return Checked(
            _value(session, receipt, case),
            hash_of(receipt.content) == receipt.content_hash,
            tuple(changed),
        )


def _found(session: Session, said: str, by: SignedIn) -> tuple[CaseReceipt, CaseFile]:
    hexadecimal = len(said) >= SHORTEST and set(said) <= set("0123456789abcdef")
    query = select(CaseReceipt).where(CaseReceipt.content_hash.startswith(said))
    for receipt in session.scalars(query) if hexadecimal else ():
        case = find(session, receipt.case_id, by)
        if sees(case, receipt, by):
            return receipt, case
    raise NotFound(
        "There is no such receipt of a case that you may see.",
        f"Give the content hash on the receipt, at least its first {SHORTEST} characters.",
    )


def sees(case: CaseFile, receipt: CaseReceipt, by: SignedIn) -> bool:
    """Whether a receipt may be opened: one's own, the first reader's, or where nothing is blind."""
    if receipt.submitted_by == by.person:
        return True
    whole = sees_whole(case, by)
    return whole and (receipt.submitted_by == case.read_by or sees_others(case, by))


def _value(session: Session, receipt: CaseReceipt, case: CaseFile) -> ReceiptValue:
    return ReceiptValue(
        receipt.number,
        receipt.case_id,
        case.reference,
        receipt.edition,
        receipt.submitted_at,
        person_name(session, receipt.submitted_by),
        receipt.content_hash,
    )
