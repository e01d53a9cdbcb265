"""A case as the rows of a workbook: each line's fields as text, and back again."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from data_model.forms import CaseForm
from inspect_app.services.case_filling import LINES
from inspect_app.services.case_tree import overlaid
from inspect_app.workbooks.layout import NUMBER, Column, Kind, SheetLayout
from inspect_app.workbooks.plain_text import cleaned

Place = tuple[str, str]
"""What a row holds, and which line of the case it is: a number, a theme, `T3/1`, or nothing."""

Lines = dict[Place, dict[str, str]]


def standing(form: CaseForm, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return a case flat as it stands: what is typed, down to single cells, over what is kept."""
    flat: dict[str, Any] = {}
    for name, value in overlaid(form, typed).items():
        within = value.items() if isinstance(value, dict) else ()
        flat |= {f"{name}.{field}": held for field, held in within} or {name: value}
    return flat


def lines_of(now: Mapping[str, Any], layouts: Iterable[SheetLayout]) -> Lines:
    """Return every line of a case, given flat as JSON has it, that these sheets have rows for."""
    return {
        (layout.holds, line): {
            column.field: text_of(column, held.get(column.field)) for column in layout.columns
        }
        for layout in layouts
        for line, held in _held(now, layout.holds)
    }


def _held(now: Mapping[str, Any], holds: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if holds == "case":
        yield "", now
    elif holds == "answers":
        yield "", _answers(now)
    elif holds in LINES:
        yield from _numbered(now, holds)
    else:
        for theme in sorted({name.split(".")[0] for name in now if "." in name}):
            if holds == "findings":
                yield theme, _finding(now, theme)
            else:
                lines = _numbered(now, f"{theme}.pointers")
                yield from ((f"{theme}/{number}", line) for number, line in lines)


def _numbered(now: Mapping[str, Any], field: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield lines under their numbers; one that was taken out is empty and keeps its own."""
    for number, line in enumerate(now.get(field) or (), start=1):
        yield str(number), line or {}


def _finding(now: Mapping[str, Any], theme: str) -> dict[str, Any]:
    start = f"{theme}."
    return {name.removeprefix(start): v for name, v in now.items() if name.startswith(start)}


def text_of(column: Column, value: Any) -> str:
    """Return a value as text: codes in the list's order, text without unseen edges."""
    if value is None:
        return ""
    if column.kind is Kind.CHOICES:
        chosen = set(value)
        return ";".join(choice.code for choice in column.offered if choice.code in chosen)
    return cleaned(value) if isinstance(value, str) else str(value)


def value_from(column: Column, said: str) -> Any:
    """Return the value, as JSON has it, that a text stands for."""
    if column.kind is Kind.CHOICES:
        return said.split(";") if said else []
    if not said:
        return None
    return int(said) if column.kind is Kind.NUMBER else said


def put(
    typed: dict[str, Any],
    now: Mapping[str, Any],
    layout: SheetLayout,
    line: str,
    changes: Mapping[str, str],
) -> None:
    """Put changes of one line over what is typed, each under its field's path."""
    sent = {name: value_from(layout.column(name), said) for name, said in changes.items()}
    if layout.holds != "answers":
        typed.update({path_of(layout, line, name): value for name, value in sent.items()})
        return
    for path in [path for path in typed if path.startswith("answers.")]:
        del typed[path]
    held = _answers(now) | sent
    typed["answers"] = [{"question": code, "answer": given} for code, given in held.items()]


def _answers(now: Mapping[str, Any]) -> dict[str, Any]:
    given = (said for said in now.get("answers") or () if said.get("question"))
    return {said["question"]: said.get("answer") for said in given}


def path_of(layout: SheetLayout, line: str, name: str) -> str:
    """Return the path of a line's field, as in `case_tree`; answers are one field together."""
    if layout.holds == "answers":
        return "answers"
    if has_numbers(layout):
        theme, _slash, number = line.rpartition("/")
        return ".".join(part for part in (theme, layout.holds, number, name) if part)
    return f"{line}.{name}" if line else name


def row_text(holds: str, line: str, said: Iterable[str]) -> str:
    """Return a line as it is hashed."""
    return "\x1f".join((holds, line, *said))


def case_hash(rows: Iterable[str]) -> str:
    """Return the SHA-256 of a case's lines, in whatever order they stand."""
    return hashlib.sha256("\x1e".join(sorted(rows)).encode()).hexdigest()


def hash_of_lines(lines: Lines) -> str:
    """Return the hash of a case; a line in which nothing stands does not count."""
    return case_hash(
        row_text(holds, line, said.values())
        for (holds, line), said in lines.items()
        if holds == "case" or any(said.values())
    )


def has_numbers(layout: SheetLayout) -> bool:
    """Return whether a sheet's rows are lines with numbers."""
    return any(column.field == NUMBER for column in layout.key)
