"""A case as the rows of a workbook: each line's fields as text, and back again."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from inspect_app.services.case_filling import LINES
from inspect_app.workbooks.layout import NUMBER, Column, Kind, SheetLayout
from inspect_app.workbooks.plain_text import cleaned

Place = tuple[str, str]
"""What a row holds, and which line of the case it is: a number, a theme, `T3/1`, or nothing."""

Lines = dict[Place, dict[str, str]]


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
        yield "", {said["question"]: said["answer"] for said in now.get("answers") or ()}
    elif holds in LINES:
        yield from ((str(n), line) for n, line in enumerate(now.get(holds) or (), start=1))
    else:
        for theme in sorted({name.split(".")[0] for name in now if "." in name}):
            if holds == "findings":
                yield theme, _finding(now, theme)
            else:
                pointers = now.get(f"{theme}.pointers") or ()
                yield from ((f"{theme}/{n}", p) for n, p in enumerate(pointers, start=1))


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


def put(now: dict[str, Any], layout: SheetLayout, line: str, changes: Mapping[str, str]) -> int:
    """Put changes of one line into a flat case; return which line it is, if lines have numbers."""
    sent = {name: value_from(layout.column(name), said) for name, said in changes.items()}
    if layout.holds == "case":
        now.update(sent)
    elif layout.holds == "answers":
        now["answers"] = _answered(now, sent)
    elif layout.holds == "findings":
        now.update({f"{line}.{name}": value for name, value in sent.items()})
    else:
        theme, _slash, number = line.rpartition("/")
        field = f"{theme}.pointers" if theme else layout.holds
        return _put_line(now, field, layout, int(number), sent)
    return 0


def _answered(now: Mapping[str, Any], sent: Mapping[str, Any]) -> list[dict[str, Any]]:
    held = {said["question"]: said["answer"] for said in now.get("answers") or ()} | dict(sent)
    return [{"question": question, "answer": answer} for question, answer in held.items()]


def _put_line(
    now: dict[str, Any], field: str, layout: SheetLayout, number: int, sent: Mapping[str, Any]
) -> int:
    lines = list(now.get(field) or ())
    if number > len(lines):
        lines.append({column.field: None for column in layout.columns})
        number = len(lines)
    lines[number - 1] = {**lines[number - 1], **sent}
    now[field] = lines
    return number


def flat_fields(layout: SheetLayout, line: str, names: Iterable[str]) -> set[str]:
    """Return the fields of a flat case that a line's fields are in."""
    if layout.holds == "case":
        return set(names)
    if layout.holds == "findings":
        return {f"{line}.{name}" for name in names}
    theme = line.rpartition("/")[0]
    return {f"{theme}.pointers" if theme else layout.holds}


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
