"""A workbook out and back in: pack an inspection's drafts, look at a file first, take it in."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import looks
from data_model.database import Database
from data_model.records import CaseFile, Inspection, Intake
from data_model.vocabulary import CaseStatus
from inspect_app.access import Permission
from inspect_app.errors import Refusal
from inspect_app.services import intake_new, intake_packs, keeping, trail, upload_limits
from inspect_app.services.case_access import being_read, reading_form
from inspect_app.services.case_filling import fill, flat
from inspect_app.services.intake_choices import choices_of
from inspect_app.services.intake_compare import Choose, DraftPlan, FileRow, Terms, plan_draft
from inspect_app.services.intake_earlier import Earlier, earlier
from inspect_app.services.intake_file import FileRead, read_file
from inspect_app.services.intake_lines import has_numbers, lines_of, standing
from inspect_app.services.intake_new import NewCases, new_cases
from inspect_app.services.intake_sorting import Sorting, known_cases, sort
from inspect_app.services.intake_values import Became, Report, SheetCount, Side, Words
from inspect_app.services.intake_wording import words_of
from inspect_app.services.readings import subject
from inspect_app.services.reference import person_name
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.identity import Identity, field_hash
from inspect_app.workbooks.layout import layout
from inspect_app.workbooks.limits import check_size
from inspect_app.workbooks.pack import Pack, pack_bytes
from inspect_app.workbooks.reading import open_pack
from inspect_app.workbooks.returning import problems_bytes
from inspect_app.workbooks.rows import ROW

Picked = Mapping[str, str]
"""Changes for which the file's text was chosen, by id, each with the hash of what stood here."""


@dataclass(frozen=True)
class Plan:
    """What a file would do, worked out whole before anything is kept."""

    held: Inspection
    file_hash: str
    file: FileRead
    earlier: Earlier
    new: NewCases
    drafts: tuple[DraftPlan, ...]
    words: Words


def pack(inspection: str, *, by: SignedIn) -> bytes:
    """Return a workbook with the person's own drafts in an inspection, as they stand now.

    Text that is typed and not saved yet is in it. That it was packed, and for whom, is kept
    and noted in the trail. Raises Refusal for somebody who does not
    read in the inspection, or when its cases are closed.
    """
    by.need(Permission.WRITE_CASES)
    with by.recording() as session:
        held = being_read(session, inspection, by)
        choices = choices_of(session, held)
        sheets = layout(choices)
        rows: dict[str, list[dict[str, str]]] = {sheet.holds: [] for sheet in sheets}
        # A line that was taken out stays as an empty one here, and is no row.
        numbered = {sheet.holds for sheet in sheets if has_numbers(sheet)}
        hashes: dict[tuple[str, str, str], dict[str, str]] = {}
        for case in _drafts(session, held, by):
            looks.at_case(session, case.id)
            for (holds, line), said in lines_of(_now(session, case, by), sheets).items():
                if holds not in numbered or any(said.values()):
                    rows[holds].append(_packed_row(case.reference, holds, line, said))
                    hashes[holds, case.reference, line] = {
                        name: field_hash(text) for name, text in said.items()
                    }
        kept = intake_packs.made(session, held.code, by)
        identity = Identity(kept.token, hashes)
        return pack_bytes(Pack(identity, choices, by.name, kept.packed_at, sheets, rows))


def _drafts(session: Session, held: Inspection, by: SignedIn) -> Iterator[CaseFile]:
    query = select(CaseFile).where(
        CaseFile.inspection == held.code,
        CaseFile.read_by == by.person,
        CaseFile.status == CaseStatus.DRAFT,
    )
    yield from session.scalars(query.order_by(CaseFile.reference))


def _now(session: Session, case: CaseFile, by: SignedIn) -> dict[str, Any]:
    typed = keeping.typed_in(session, case.id, by.person)
    return standing(reading_form(case, by.person), typed)


def _packed_row(reference: str, holds: str, line: str, said: Mapping[str, str]) -> dict[str, str]:
    theme, _slash, number = line.rpartition("/")
    if holds == "findings":
        theme, number = line, ""
    return {"case": reference, "theme": theme, "number": number, **said}


def read(file: Path) -> bytes:
    """Return a file's bytes; raises Refusal for one that is not there or far too large."""
    if not file.is_file():
        raise Refusal(f"There is no file {file}.", "Check the name and the folder.")
    check_size(file.name, file.stat().st_size)
    return file.read_bytes()


def is_pack(name: str, data: bytes) -> bool:
    """Whether a file is a pack, of this installation or another."""
    try:
        open_pack(name, data)
    except Refusal:
        return False
    return True


def packed_for(name: str, data: bytes, database: Database) -> str:
    """Return the code of the person whom a file was packed for, as it is recorded here."""
    identity = open_pack(name, data).identity
    with database.reading() as session:
        return intake_packs.known(session, name, identity).packed_for


def preview(name: str, data: bytes, *, by: SignedIn, prefer: Side = Side.HERE) -> Report:
    """Return what taking a file in would do; nothing is kept.

    Raises Refusal for a file that cannot be read at all, saying why.
    """
    by = by.with_file(data)
    _came(data, by)
    with by.reading() as session:
        plan = _plan(session, name, data, by, _prefer(prefer, {}))
        for draft in plan.drafts:
            looks.at_case(session, draft.case.id)
        return _report(session, plan)


def take(
    name: str,
    data: bytes,
    *,
    by: SignedIn,
    prefer: Side = Side.HERE,
    picked: Picked | None = None,
    all_or_nothing: bool = False,
) -> Report:
    """Take a file in, in one transaction, and return what became of every row.

    Where both sides were changed, what is here stays, unless the file is preferred or was
    picked for that field. With `all_or_nothing`, nothing is kept when a row is refused.
    """
    by = by.with_file(data)
    _came(data, by)
    with by.recording() as session:
        plan = _plan(session, name, data, by, _prefer(prefer, picked or {}))
        report = _report(session, plan)
        if all_or_nothing and report.problems:
            return replace(report, held_back=True)
        if not report.brings:
            return report
        _keep(session, plan, by)
        return replace(report, number=_note(session, plan, report, by))


def _came(data: bytes, by: SignedIn) -> None:
    by.need(Permission.WRITE_CASES)
    upload_limits.count(data, by=by)


def _prefer(prefer: Side, picked: Picked) -> Choose:
    return lambda change, seen: Side.FILE if picked.get(change) == seen else prefer


def _plan(session: Session, name: str, data: bytes, by: SignedIn, choose: Choose) -> Plan:
    file_hash = hashlib.sha256(data).hexdigest()
    file = read_file(session, name, data, by)
    held = file.held
    before = earlier(session, held.code, file.workbook.identity.pack, file_hash)
    known = known_cases(session, held, by)
    sorting = sort(file.sheets, held.code, file.workbook.identity, known)
    terms = Terms(file.layouts, file.workbook.identity, before, choose)
    drafts = tuple(
        plan_draft(session, session.get_one(CaseFile, number), rows, terms, by)
        for number, rows in _rows_of_drafts(file, sorting).items()
    )
    new = new_cases(file.sheets, sorting)
    words = words_of(session, held, drafts, new)
    return Plan(held, file_hash, file, before, new, drafts, words)


def _rows_of_drafts(file: FileRead, sorting: Sorting) -> dict[int, list[FileRow]]:
    found: dict[int, list[FileRow]] = {}
    for rows in file.sheets:
        for row in rows.taken_of(sorting.known.drafts):
            number = sorting.known.drafts[str(row["case"])]
            given = {n: v for n, v in row.items() if n in rows.given or n == "number"}
            said = {name: str(value) for name, value in given.items()}
            found.setdefault(number, []).append(FileRow(rows, int(row[ROW]), said))
    return found


def _keep(session: Session, plan: Plan, by: SignedIn) -> None:
    for draft in plan.drafts:
        if draft.changed:
            fill(session, draft.case, draft.form, plan.held)
            keeping.hold(session, draft.case.id, draft.typed, by)
            before, after = flat(draft.before), flat(reading_form(draft.case, by.person))
            trail.note(session, by, "case.saved", subject(draft.case), before=before, after=after)
    intake_new.keep(session, plan.new, plan.held.code, by)


def _note(session: Session, plan: Plan, report: Report, by: SignedIn) -> int:
    """Keep what became of the file, and note it; return the number of the intake."""
    agreed = plan.new.hashes()
    brought = dict(agreed) | {d.reference: d.agreed for d in plan.drafts if d.changed}
    agreed |= {draft.reference: draft.agreed for draft in plan.drafts if draft.agreed}
    lines = plan.new.lines()
    for draft in plan.drafts:
        lines |= draft.numbers
    counted = [{"sheet": c.sheet, "read": c.read, **c.rows} for c in report.sheets]
    intake = Intake(
        inspection=plan.held.code,
        file_hash=plan.file_hash,
        taken_at=by.clock(),
        taken_by=by.person,
        report={
            "pack": plan.file.workbook.identity.pack,
            "sheets": counted,
            "refused": [[p.sheet, p.row, p.cell] for p in report.problems],
            "cases": agreed,
            "taken": sorted(brought),
            "lines": lines,
        },
    )
    session.add(intake)
    session.flush()
    after = {"file_hash": plan.file_hash, "cases": brought, "rows": counted}
    trail.note(session, by, "intake.taken", f"inspection {plan.held.code}", after=after)
    return intake.number


def _report(session: Session, plan: Plan) -> Report:
    file = plan.file
    problems = tuple(p for rows in file.sheets for found in rows.problems.values() for p in found)
    problems = (*problems, *file.problems)
    return Report(
        file=file.workbook.name,
        file_hash=plan.file_hash,
        inspection=plan.held.code,
        packed_for=person_name(session, file.pack.packed_for),
        packed_at=file.pack.packed_at,
        sheets=(*_counts(plan), *file.unread),
        new_cases=plan.new.references,
        changes=tuple(change for draft in plan.drafts for change in draft.changes),
        conflicts=tuple(change for draft in plan.drafts for change in draft.conflicts),
        stays=tuple(change for draft in plan.drafts for change in draft.stays),
        problems=problems,
        notes=file.notes(),
        words=plan.words,
        taken_before=plan.earlier.at,
        problems_file=partial(problems_bytes, file.workbook, problems) if problems else None,
    )


def _counts(plan: Plan) -> Iterator[SheetCount]:
    for rows in plan.file.sheets:
        became: Counter[Became] = Counter(
            row.became
            for draft in plan.drafts
            for row in draft.rows
            if row.rows is rows and row.became is not Became.REFUSED
        )
        became[Became.NEW] += plan.new.counts.get(rows.name, 0)
        became[Became.REFUSED], became[Became.EMPTY] = len(rows.problems), rows.empty
        yield SheetCount(
            rows.name, len(rows.frame) + rows.empty, {each: became[each] for each in Became}
        )
