"""Which row of a file belongs to which case: a new one, a draft of the person's own, or none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.forms import reference_problem
from data_model.records import CaseFile, Inspection
from data_model.sight import Task, widened
from data_model.vocabulary import CaseStatus
from inspect_app.services.intake_lines import has_numbers
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.identity import Identity
from inspect_app.workbooks.layout import CASE, NUMBER, THEME, Column
from inspect_app.workbooks.rows import ROW, Rows

Where = tuple[Rows, int]


@dataclass(frozen=True)
class Known:
    """The references of an inspection: drafts the person may write in, and why others are shut."""

    drafts: Mapping[str, int]
    shut: Mapping[str, tuple[str, str]]


@dataclass
class Sorting:
    """The cases that a file brings, and those whose rows cannot be taken, with the reason."""

    inspection: str
    known: Known
    new: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def belongs(self, reference: str) -> bool:
        """Whether rows of a case can be taken at all."""
        return reference in self.new or reference in self.known.drafts


def known_cases(session: Session, held: Inspection, by: SignedIn) -> Known:
    """Return what stands under each reference of an inspection, for this person."""
    drafts: dict[str, int] = {}
    shut: dict[str, tuple[str, str]] = {}
    query = select(CaseFile.reference, CaseFile.id, CaseFile.read_by, CaseFile.status)
    with widened(session, Task.MODERATING):
        there = session.execute(query.where(CaseFile.inspection == held.code)).all()
    for reference, number, reader, status in there:
        if reader != by.person:
            shut[reference] = ("this case is read by somebody else", "Use a reference of your own.")
        elif status is not CaseStatus.DRAFT:
            shut[reference] = (
                "this case has been submitted",
                "Take it back in the app, with a reason, to change it.",
            )
        else:
            drafts[reference] = number
    return Known(drafts, shut)


def sort(sheets: Iterable[Rows], inspection: str, identity: Identity, known: Known) -> Sorting:
    """Decide of every row where it belongs; what belongs nowhere is refused, with the reason."""
    held = list(sheets)
    sorting = Sorting(inspection, known)
    first = [rows for rows in held if rows.layout.holds == "case"]
    for rows in first:
        _sort_cases(rows, sorting)
    _refuse_repeated(first, [CASE])
    for rows in first:
        _leave_out_refused(rows, sorting)
    for rows in held:
        if rows.layout.holds != "case":
            _sort_lines(rows, sorting)
    _number(held, identity)
    for holds in dict.fromkeys(rows.layout.holds for rows in held):
        same = [rows for rows in held if rows.layout.holds == holds != "case"]
        _refuse_repeated(same, _keys(same[0]) if same else [])
    _refuse_evidence_of_refused(held)
    return sorting


def _keys(rows: Rows) -> list[str]:
    return [column.field for column in rows.layout.key]


def _references(rows: Rows) -> Iterator[tuple[int, str]]:
    for row, reference in rows.frame.select(ROW, CASE).iter_rows():
        if reference is not None:
            yield row, reference


def _case_column(rows: Rows) -> Column:
    return rows.layout.column(CASE)


def _sort_cases(rows: Rows, sorting: Sorting) -> None:
    missing = [c for c in rows.layout.every if c.needed and c.field not in rows.given]
    for row, reference in _references(rows):
        if reference in sorting.known.shut:
            says, mend = sorting.known.shut[reference]
            rows.refuse(row, _case_column(rows), says, mend, reference)
        elif reference not in sorting.known.drafts:
            wrong = reference_problem(reference, sorting.inspection)
            if wrong:
                rows.refuse(row, _case_column(rows), wrong, "Make another one up.", reference)
            for column in missing:
                rows.refuse(row, column, "a new case needs this column", "Add it and fill it in.")
            sorting.new[reference] = row


def _leave_out_refused(rows: Rows, sorting: Sorting) -> None:
    for row, reference in _references(rows):
        if row in rows.problems:
            sorting.new.pop(reference, None)
            sorting.refused[reference] = f"row {row} of the sheet {rows.name}"


def _sort_lines(rows: Rows, sorting: Sorting) -> None:
    column = _case_column(rows)
    for row, reference in _references(rows):
        if reference in sorting.refused:
            says = f"its case is refused: {sorting.refused[reference]}"
            rows.refuse(row, column, says, "Mend that row, then take both in.", reference)
        elif not sorting.belongs(reference):
            says, mend = sorting.known.shut.get(reference, NO_CASE)
            rows.refuse(row, column, says, mend, reference)


NO_CASE = (
    "there is no case with this reference, neither on the sheet Cases nor among your drafts",
    "Correct the reference, or add the case to the sheet Cases.",
)


def _number(held: Iterable[Rows], identity: Identity) -> None:
    """Number the lines that have no number, after those that have one and those packed."""
    last: dict[tuple[str, ...], int] = defaultdict(int)
    for holds, reference, line in identity.rows:
        theme, _slash, packed = line.rpartition("/")
        if packed.isdigit():
            last[holds, reference, theme] = max(last[holds, reference, theme], int(packed))
    numbered = [rows for rows in held if has_numbers(rows.layout)]
    for rows in numbered:
        for group, number in _groups(rows):
            last[group] = max(last[group], number or 0)
    for rows in numbered:
        rows.frame = rows.frame.with_columns(pl.Series(NUMBER, _numbers(rows, last), pl.Int64))


def _groups(rows: Rows) -> Iterator[tuple[tuple[str, ...], int | None]]:
    themes = rows.frame[THEME] if THEME in rows.frame.columns else [""] * len(rows.frame)
    holds = rows.layout.holds
    for case, theme, number in zip(rows.frame[CASE], themes, rows.frame[NUMBER], strict=True):
        yield (holds, case or "", theme or ""), number


def _numbers(rows: Rows, last: dict[tuple[str, ...], int]) -> Iterator[int]:
    for group, number in _groups(rows):
        if number is None:
            last[group] += 1
        yield number or last[group]


def _refuse_repeated(sheets: list[Rows], keys: list[str]) -> None:
    """Two rows under one key say two things of one thing: neither is taken before one goes."""
    found: dict[tuple[object, ...], list[Where]] = defaultdict(list)
    for rows in sheets:
        for row, *key in rows.frame.select(ROW, *keys).iter_rows():
            if None not in key:
                found[tuple(key)].append((rows, row))
    for places in found.values():
        if len(places) > 1:
            _refuse_all(places, keys[-1])


def _refuse_all(places: list[Where], last_key: str) -> None:
    where = " and ".join(f"row {row} of {rows.name}" for rows, row in places)
    for rows, row in places:
        column = rows.layout.column(last_key)
        rows.refuse(row, column, f"the same stands in {where}", "Keep one of them.")


def _refuse_evidence_of_refused(held: list[Rows]) -> None:
    refused = {
        (case, theme)
        for rows in held
        if rows.layout.holds == "findings"
        for row, case, theme in rows.frame.select(ROW, CASE, THEME).iter_rows()
        if row in rows.problems and theme is not None
    }
    for rows in held if refused else ():
        if rows.layout.holds == "pointers":
            for row, case, theme in rows.frame.select(ROW, CASE, THEME).iter_rows():
                if (case, theme) in refused:
                    says = "the finding that it supports is refused"
                    rows.refuse(row, rows.layout.column(THEME), says, "Mend the finding's row.")
