"""One draft held against its rows in a file: who has changed what since the pack was made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from data_model.forms import CaseForm
from data_model.records import CaseFile
from inspect_app.services import keeping
from inspect_app.services.case_access import reading_form
from inspect_app.services.intake_earlier import Earlier, group_of
from inspect_app.services.intake_lines import (
    Lines,
    has_numbers,
    hash_of_lines,
    lines_of,
    path_of,
    put,
    standing,
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

    @cached_property
    def last(self) -> Mapping[str, int]:
        """The highest number that a packed line has or that a line of this pack was given."""
        found: dict[str, int] = {}
        for holds, reference, line in self.identity.rows:
            theme, _slash, number = line.rpartition("/")
            if number.isdigit():
                group = group_of(holds, reference, theme)
                found[group] = max(found.get(group, 0), int(number))
        for group, places in self.earlier.lines.items():
            found[group] = max(found.get(group, 0), *places.values())
        return found


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
    """What becomes of one draft: the form to keep, what stays typed beside it, the differences.

    `here` is what is typed and not saved, by path, and `now` the case flat with it.
    """

    case: CaseFile
    reference: str
    before: CaseForm
    here: Mapping[str, Any]
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
    now = standing(before, typed)
    plan = DraftPlan(case, case.reference, before, typed, now, rows, before)
    here = lines_of(now, terms.layouts)
    agreed = terms.earlier.agreed.get(case.reference) == hash_of_lines(here)
    _find_lines(plan, here, terms)
    for row in rows:
        _compare(plan, row, here.get((row.rows.layout.holds, row.line)), terms, agreed=agreed)
    _settle(plan)
    if not (plan.conflicts or plan.stays or any(row.became is Became.REFUSED for row in rows)):
        plan.agreed = hash_of_lines(lines_of(standing(plan.form, plan.typed), terms.layouts))
    return plan


def _find_lines(plan: DraftPlan, here: Lines, terms: Terms) -> None:
    """Say of each row which line of the draft it is; a number that is new here comes last."""
    for row in sorted(plan.rows, key=lambda each: int(each.said.get(NUMBER) or 0)):
        theme = row.said.get(THEME, "")
        if not has_numbers(row.rows.layout):
            row.line = theme
            continue
        place = _place(plan, here, terms, (row.rows.layout.holds, theme, row.said[NUMBER]))
        row.line = f"{theme}/{place}" if theme else str(place)


def _place(plan: DraftPlan, here: Lines, terms: Terms, wanted: tuple[str, str, str]) -> int:
    holds, theme, number = wanted
    group = group_of(holds, plan.reference, theme)
    came = terms.earlier.lines.get(group, {})
    if number in came:
        return came[number]
    packed = (holds, plan.reference, f"{theme}/{number}" if theme else number)
    if packed in terms.identity.rows:
        return int(number)
    return max(_last_here(plan, here, holds, theme), terms.last.get(group, 0)) + 1


def _last_here(plan: DraftPlan, here: Lines, holds: str, theme: str) -> int:
    start = f"{theme}/" if theme else ""
    taken = [line for held, line in here if held == holds]
    taken += [row.line for row in plan.rows if row.rows.layout.holds == holds and row.line]
    numbers = [int(line.removeprefix(start)) for line in taken if _in_group(line, theme)]
    return max(numbers, default=0)


def _in_group(line: str, theme: str) -> bool:
    return line.rpartition("/")[0] == theme


def _compare(
    plan: DraftPlan, row: FileRow, here: Mapping[str, str] | None, terms: Terms, *, agreed: bool
) -> None:
    layout = row.rows.layout
    base = terms.identity.rows.get((layout.holds, plan.reference, row.line))
    whole = _whole(plan, row, here or {}, terms) if has_numbers(layout) and not agreed else None
    before = len(plan.conflicts)
    for column in layout.columns:
        file, now = row.said.get(column.field), (here or {}).get(column.field, "")
        if file is None or file in (now, TOO_LONG):
            continue
        change = _change(plan, row, column.field, now, file)
        held = base.get(column.field) if base else None
        side = whole.side if whole else _side(file, now, held, agreed=agreed)
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
    new = here is None and base is None and whole is None
    if new and (row.takes or not has_numbers(layout)):
        row.takes = {**{column.field: "" for column in layout.columns}, **row.takes}
    row.became = _became(row, new=new, conflict=len(plan.conflicts) > before)


@dataclass(frozen=True)
class Whole:
    """A line of which every field goes one way: nothing of it lands in what stands there now."""

    side: Side | None


def _whole(plan: DraftPlan, row: FileRow, here: Mapping[str, str], terms: Terms) -> Whole | None:
    """Say which side a line stands on that is not here any more, or not known to be the same.

    A packed line was taken out if nothing of it is as it was. What the file has not changed
    stays out; what it has changed is asked about, field by field.
    """
    base = terms.identity.rows.get((row.rows.layout.holds, plan.reference, row.line))
    theme = row.said.get(THEME, "")
    if base is not None:
        filled = {name: held for name, held in base.items() if held != NO_TEXT}
        if any(field_hash(here.get(name, "")) == held for name, held in filled.items()):
            return None
        said = {name: field_hash(row.said.get(name, "")) for name in filled if name in row.said}
        same = said.items() <= filled.items() and _adds_nothing(row, filled)
        return Whole(Side.HERE if same else None) if filled else None
    came = terms.earlier.lines.get(group_of(row.rows.layout.holds, plan.reference, theme), {})
    if row.said[NUMBER] not in came:
        return None
    return Whole(Side.HERE if terms.earlier.at else None)


def _adds_nothing(row: FileRow, filled: Mapping[str, str]) -> bool:
    names = [column.field for column in row.rows.layout.columns if column.field not in filled]
    return not any(row.said.get(name) for name in names)


NO_TEXT = field_hash("")


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
        sent = _put_together(plan)
        settled = keeping.settle(plan.before, sent)
        unfit = [row for row in plan.rows if row.takes and _paths(row) & set(settled.problems)]
        if not unfit:
            break
        for row in unfit:
            _refuse(plan, row, settled.problems)
    plan.form = settled.form
    plan.typed = {path: sent[path] for path in settled.problems}


def _put_together(plan: DraftPlan) -> dict[str, Any]:
    """Return what is typed here with what is taken over it, and note where new lines stand."""
    sent = dict(plan.here)
    plan.numbers = {}
    for row in plan.rows:
        if row.takes:
            put(sent, plan.now, row.rows.layout, row.line, row.takes)
            if row.became is Became.NEW and has_numbers(row.rows.layout):
                theme, _slash, place = row.line.rpartition("/")
                group = group_of(row.rows.layout.holds, plan.reference, theme)
                plan.numbers.setdefault(group, {})[row.said[NUMBER]] = int(place)
    return sent


def _paths(row: FileRow) -> set[str]:
    return {path_of(row.rows.layout, row.line, name) for name in row.takes}


def _refuse(plan: DraftPlan, row: FileRow, problems: Mapping[str, str]) -> None:
    layout = row.rows.layout
    name = next(name for name in row.takes if path_of(layout, row.line, name) in problems)
    says = f"this does not fit with what is here: {problems[path_of(layout, row.line, name)]}"
    column, said = layout.column(name), row.takes[name]
    row.rows.refuse(row.row, column, says, "Correct it here or in the app.", said)
    row.takes, row.became = {}, Became.REFUSED
    where = (row.rows.name, row.row)
    plan.changes = [change for change in plan.changes if (change.sheet, change.row) != where]
    plan.conflicts = [change for change in plan.conflicts if (change.sheet, change.row) != where]
