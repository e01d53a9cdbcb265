"""Registers and plans of action in: shown first, then taken in one transaction, nothing lost."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import RegisterEntry
from inspect_app.access import Permission
from inspect_app.errors import Refusal
from inspect_app.services import register_entering as entering
from inspect_app.services import register_plans as plans
from inspect_app.services import trail, upload_limits
from inspect_app.services.answers import find_recommendation
from inspect_app.services.register_values import (
    AsPlan,
    AsRegister,
    AsWhat,
    Became,
    EntryValue,
    RegisterReport,
    UnknownBody,
)
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.registers import Field, Register, known_as, meaning, read_register

TAKEN = "register.taken"
LONGEST_NAME = 200


def preview(
    name: str,
    data: bytes,
    as_what: AsWhat,
    *,
    by: SignedIn,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> RegisterReport:
    """Return what taking a file in would do, row by row; nothing is kept.

    `columns` holds fields by heading where a person matched them, and `sheet` names one of
    several. Raises Refusal for a file that cannot be read at all, NotAllowed for somebody who
    may enter neither.
    """
    register = _read(name, data, as_what, by, columns, sheet)
    with by.reading() as session:
        return _held_against(session, register, data, as_what, by)[0]


def take(
    name: str,
    data: bytes,
    as_what: AsWhat,
    *,
    by: SignedIn,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
    all_or_nothing: bool = False,
) -> RegisterReport:
    """Take a register or a plan in, in one transaction, and return what became of every row.

    Refused rows stay out and say why; with `all_or_nothing` nothing is kept when one is
    refused. Taking the same file again changes nothing. Raises as `preview` does.
    """
    register = _read(name, data, as_what, by, columns, sheet)
    by = by.with_file(data)
    with by.recording() as session:
        report, entries = _held_against(session, register, data, as_what, by)
        if all_or_nothing and report.refused:
            return replace(report, held_back=True)
        if not report.brings:
            return report
        _keep(session, entries, as_what, by)
        trail.note(session, by, TAKEN, f"register {report.register}", after=_counted(report))
    return replace(report, taken=True)


def entries(code: str, *, by: SignedIn) -> list[EntryValue]:
    """Return the rows of registers that a recommendation came from, cell by cell.

    Raises NotFound for a recommendation that the person may not see.
    """
    with by.reading() as session:
        held = find_recommendation(session, code, by)
        query = select(RegisterEntry).where(RegisterEntry.recommendation == held.code)
        return [_entry_value(each) for each in session.scalars(query.order_by(RegisterEntry.id))]


def _entry_value(entry: RegisterEntry) -> EntryValue:
    said = {heading: str(cell) for heading, cell in entry.said.items()}
    status = next((cell for h, cell in said.items() if known_as(h) is Field.STATUS), "").strip()
    found = meaning(entry.register, status)
    return EntryValue(entry.register, entry.line, said, status, found, entry.unmapped)


def _read(
    name: str,
    data: bytes,
    as_what: AsWhat,
    by: SignedIn,
    columns: Mapping[str, str] | None,
    sheet: str | None,
) -> Register:
    by.need(
        Permission.RESPOND if isinstance(as_what, AsPlan) else Permission.ENTER_PUBLISHED,
    )
    if not 0 < len(as_what.register.strip()) <= LONGEST_NAME:
        raise Refusal(
            f"{name} has no name that it goes by here.",
            "Say what the register or the plan is called, such as: Improvement plan 2026.",
        )
    upload_limits.count(data, by=by)
    return read_register(name, data, sheet=sheet, columns=columns)


Entries = list[entering.Entry] | list[plans.PlanEntry]


def _held_against(
    session: Session, register: Register, data: bytes, as_what: AsWhat, by: SignedIn
) -> tuple[RegisterReport, Entries]:
    found: Entries
    unknown: tuple[UnknownBody, ...] = ()
    if isinstance(as_what, AsPlan):
        found = plans.held_against(session, register, as_what, by)
    else:
        work = entering.entering(session, register, as_what, by)
        found = work.entries()
        unknown = work.bodies.unknown(work.unknown)
    report = RegisterReport(
        file=register.file,
        file_hash=hashlib.sha256(data).hexdigest(),
        register=as_what.register,
        sheet=register.sheet,
        sheets=register.sheets,
        columns=register.columns,
        rows=tuple(each.report for each in found),
        unknown_bodies=unknown,
    )
    return report, found


KEPT = {Became.NEW, Became.REPEATED}


def _keep(session: Session, found: Entries, as_what: AsWhat, by: SignedIn) -> None:
    kept = [entry for entry in found if entry.report.became in KEPT]
    if isinstance(as_what, AsRegister):
        rows = [entry for entry in kept if isinstance(entry, entering.Entry)]
        entering.keep(session, rows, as_what, by)
    for entry in kept:
        if isinstance(entry, plans.PlanEntry):
            plans.keep(entry, by)


def _counted(report: RegisterReport) -> dict[str, object]:
    new = [row.code for row in report.rows if row.became is Became.NEW]
    return {
        "file_hash": report.file_hash,
        "rows": {str(became): report.total(became) for became in Became},
        "recommendations": sorted({code for code in new if code}),
    }
