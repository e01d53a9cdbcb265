"""One draft held against its rows in a file: who has changed what since the pack was made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from data_model.forms import CaseForm
from data_model.records import CaseFile
from inspect_app.services import keeping
from inspect_app.services.case_access import reading_form
from inspect_app.services.case_filling import flat
from inspect_app.services.intake_earlier import Earlier, group_of
from inspect_app.services.intake_lines import (
    Lines,
    flat_fields,
    has_numbers,
    hash_of_lines,
    lines_of,
    put,
)
from inspect_app.services.intake_values import Became, Change, Side
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.identity import Identity, field_hash
from inspect_app.workbooks.layout import NUMBER, THEME, Kind, SheetLayout
from inspect_app.workbooks.rows import Rows
from inspect_app.workbooks.writing import TOO_LONG

Choose = Callable[[str, str], Side]
"""Given a change's id and the hash of what stands here: which side's text stands."""


@dataclass(frozen=True)
class Terms:
    """What a file is compared by: its layouts, what it remembers, earlier intakes, the choices."""

    layouts: tuple[SheetLayout, ...]
    identity: Identity
    earlier: Earlier
    choose: Choose


@dataclass
class FileRow:
    """A row of the file for a draft: which line it is, what it says, and what becomes of it."""

    rows: Rows
    row: int
    said: Mapping[str, str]
    line: str = ""
    takes: dict[str, str] = field(default_factory=dict)
    became: Became = Became.UNCHANGED


@dataclass
class DraftPlan:
    """What becomes of one draft: the form to keep, what stays typed beside it, the differences."""

    case: CaseFile
    reference: str
    before: CaseForm
    now: Mapping[str, Any]
    rows: list[FileRow]
    form: CaseForm
    typed: Mapping[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    stays: list[Change] = field(default_factory=list)
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)
    agreed: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything of the file is to be kept."""
        return any(row.takes for row in self.rows)


def plan_draft(
    session: Session, case: CaseFile, rows: list[FileRow], terms: Terms, by: SignedIn
) -> DraftPlan:
    """Return what a file would do to a draft; typed text that is not saved yet counts as here."""
    before = reading_form(case, by.person)
    typed = keeping.typed_in(session, case.id, by.person)
    now = {**flat(before), **typed}
    plan = DraftPlan(case, case.reference, before, now, rows, before)
    here = lines_of(now, terms.layouts)
    agreed = terms.earlier.agreed.get(case.reference) == hash_of_lines(here)
    _find_lines(plan, here, terms)
    for row in rows:
        _compare(plan, row, here.get((row.rows.layout.holds, row.line)), terms, agreed=agreed)
    _settle(plan)
    if not (plan.conflicts or plan.stays or any(row.became is Became.REFUSED for row in rows)):
        plan.agreed = hash_of_lines(lines_of({**flat(plan.form), **plan.typed}, terms.layouts))
    return plan


def _find_lines(plan: DraftPlan, here: Lines, terms: Terms) -> None:
    """Say of each row which line of the draft it is; a number that is new here comes last."""
    for row in sorted(plan.rows, key=lambda each: int(each.said.get(NUMBER) or 0)):
        theme = row.said.get(THEME, "")
        if not has_numbers(row.rows.layout):
            row.line = theme
            continue
        holds, number = row.rows.layout.holds, row.said[NUMBER]
        group = group_of(holds, plan.reference, theme)
        place = _place(plan, here, terms, (holds, theme, number))
        if str(place) != number:
            plan.numbers.setdefault(group, {})[number] = place
        row.line = f"{theme}/{place}" if theme else str(place)


def _place(plan: DraftPlan, here: Lines, terms: Terms, wanted: tuple[str, str, str]) -> int:
    holds, theme, number = wanted
    group = group_of(holds, plan.reference, theme)
    moved = {**terms.earlier.lines.get(group, {}), **plan.numbers.get(group, {})}
    start = f"{theme}/" if theme else ""
    if number in moved:
        return moved[number]
    packed = (holds, plan.reference, f"{start}{number}") in terms.identity.rows
    came_from_it = plan.reference in terms.earlier.taken and int(number) not in moved.values()
    if packed or (came_from_it and (holds, f"{start}{number}") in here):
        return int(number)
    return _next_free(plan, here, holds, theme)


def _next_free(plan: DraftPlan, here: Lines, holds: str, theme: str) -> int:
    start = f"{theme}/" if theme else ""
    taken = [line for held, line in here if held == holds]
    taken += [row.line for row in plan.rows if row.rows.layout.holds == holds and row.line]
    numbers = [int(line.removeprefix(start)) for line in taken if _in_group(line, theme)]
    return max(numbers, default=0) + 1


def _in_group(line: str, theme: str) -> bool:
    return line.rpartition("/")[0] == theme


def _compare(
    plan: DraftPlan, row: FileRow, here: Mapping[str, str] | None, terms: Terms, *, agreed: bool
) -> None:
    layout = row.rows.layout
    place = (layout.holds, plan.reference, row.line)
    base = terms.identity.rows.get(place)
    before = len(plan.conflicts)
    for column in layout.columns:
        file, now = row.said.get(column.field), (here or {}).get(column.field, "")
        if file is None or file in (now, TOO_LONG):
            continue
        change = _change(plan, row, column.field, now, file)
        side = _side(file, now, base.get(column.field) if base else None, agreed=agreed)
        if side is None:
            side = terms.choose(change.id, change.seen)
            if side is Side.HERE:
                plan.conflicts.append(change)
                continue
        if side is Side.HERE:
            plan.stays.append(change)
        else:
            plan.changes.append(change)
            row.takes[column.field] = file
    if here is None and base is None:
        row.takes = {**{column.field: "" for column in layout.columns}, **row.takes}
    row.became = _became(row, new=here is None, conflict=len(plan.conflicts) > before)


def _side(file: str, now: str, base: str | None, *, agreed: bool) -> Side | None:
    """Return whose text stands, or None where both were changed since the pack was made."""
    if base is not None and base == field_hash(file):
        return Side.HERE
    if agreed or (base is not None and base == field_hash(now)):
        return Side.FILE
    if base is None and "" in (file, now):
        return Side.HERE if file == "" else Side.FILE
    return None


def _became(row: FileRow, *, new: bool, conflict: bool) -> Became:
    if conflict:
        return Became.CONFLICT
    if not row.takes:
        return Became.UNCHANGED
    return Became.NEW if new else Became.CHANGED


def _change(plan: DraftPlan, row: FileRow, name: str, now: str, file: str) -> Change:
    layout = row.rows.layout
    column = layout.column(name)
    return Change(
        id="|".join((plan.reference, layout.holds, row.line, name)),
        reference=plan.reference,
        sheet=row.rows.name,
        row=row.row,
        place=_place_in_words(layout, row.line),
        title=column.title,
        here=_in_words(layout, name, now),
        file=_in_words(layout, name, file),
        seen=field_hash(now),
    )


def _place_in_words(layout: SheetLayout, line: str) -> str:
    theme, _slash, number = line.rpartition("/") if has_numbers(layout) else (line, "", "")
    named = layout.column(THEME).words.get(theme, theme) if theme else ""
    return ", ".join(part for part in (named, f"number {number}" if number else "") if part)


def _in_words(layout: SheetLayout, name: str, said: str) -> str:
    column = layout.column(name)
    if column.kind not in {Kind.CHOICE, Kind.CHOICES} or not said:
        return said
    return "; ".join(column.words.get(code, code) for code in said.split(";"))


def _settle(plan: DraftPlan) -> None:
    """Put together what is taken and what is here; rows that do not fit with it are refused."""
    while True:
        now = _put_together(plan)
        kept = flat(plan.before)
        sent = {name: value for name, value in now.items() if kept.get(name) != value}
        settled = keeping.settle(plan.before, sent)
        unfit = [row for row in plan.rows if row.takes and _in(row, settled.problems)]
        if not unfit:
            break
        for row in unfit:
            _refuse(plan, row, settled.problems)
    plan.form = settled.form
    plan.typed = {name: sent[name] for name in settled.problems}


def _put_together(plan: DraftPlan) -> dict[str, Any]:
    """Return the draft with what is taken, and note which lines stand under another number."""
    now = dict(plan.now)
    plan.numbers = {}
    for row in sorted(plan.rows, key=_number):
        if row.takes:
            place = put(now, row.rows.layout, row.line, row.takes)
            if place and str(place) != row.said[NUMBER]:
                theme = row.said.get(THEME, "")
                group = group_of(row.rows.layout.holds, plan.reference, theme)
                plan.numbers.setdefault(group, {})[row.said[NUMBER]] = place
    return now


def _number(row: FileRow) -> int:
    return int(row.line.rpartition("/")[2]) if has_numbers(row.rows.layout) else 0


def _in(row: FileRow, problems: Iterable[str]) -> bool:
    return bool(flat_fields(row.rows.layout, row.line, row.takes) & set(problems))


def _refuse(plan: DraftPlan, row: FileRow, problems: Mapping[str, str]) -> None:
    layout = row.rows.layout
    found = flat_fields(layout, row.line, row.takes) & set(problems)
    names = [name for name in row.takes if found & flat_fields(layout, row.line, [name])]
    column = layout.column(names[0])
    says = f"this does not fit with what is here: {problems[next(iter(found))]}"
    row.rows.refuse(row.row, column, says, "Correct it here or in the app.", row.takes[names[0]])
    row.takes, row.became = {}, Became.REFUSED
    where = (row.rows.name, row.row)
    plan.changes = [change for change in plan.changes if (change.sheet, change.row) != where]
    plan.conflicts = [change for change in plan.conflicts if (change.sheet, change.row) != where]
