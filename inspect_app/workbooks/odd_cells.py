"""Cells that show something else than was typed: formulas, and results that are errors.

The reader gives the result that the spreadsheet kept with a formula, and that is what the
person saw, so it is taken. A formula without a kept result and an error both read as an empty
cell, which would be taken as *cleared*; so they are found here and refused.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import chain, pairwise

Odd = Mapping[tuple[int, int], str]
"""What stands in a cell, by its row and column, both counted from 1."""

# What stands between two signs never holds a third, so that no sign is looked at twice: a sheet
# made to be slow is as quick as any other.
_CELL = re.compile(rb"<(?:\w+:)?c(?=\s)")
_CLOSED = re.compile(rb"</(?:\w+:)?c>")
_ATTRIBUTES = re.compile(rb"[^<>]*")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)")
_RESULT = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]+)</")
_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_ANY = (re.compile(rb"<f[\s/>]"), re.compile(rb":f[\s/>]"), re.compile(rb"t=[\"']e[\"']"))
HUGE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>\s*[+-]?(?:\d{10}|\d*\.?\d*[eE]\+?\d|[iInN])")
_HUGE_CELL = re.compile(
    rb"<(?:\w+:)?c(?=\s)[^<>]*>(?:\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>))?\s*"
    + HUGE.pattern
)
_STYLE = re.compile(rb"\ss\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_PLACE = re.compile(rb"\br=[\"']([A-Z]+)(\d+)[\"']")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^<>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(r"(?<![\w:])([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")


def odd_cells(sheet: bytes) -> Odd:
    """Return the formulas without a result and the errors of a sheet's XML."""
    if not any(pattern.search(sheet) for pattern in _ANY):
        return {}
    found = (_odd(*cell) for cell in _cells(sheet))
    return dict(one for one in found if one is not None)


def _cells(sheet: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each cell's attributes, and what stands in it."""
    for start, after in pairwise(chain(_CELL.finditer(sheet), [None])):
        cell = sheet[start.end() : after.start() if after else None] if start else b""
        attributes = _ATTRIBUTES.match(cell)
        told = attributes[0] if attributes else b""
        empty = told.endswith(b"/")
        yield told, b"" if empty else _CLOSED.split(cell[len(told) :], maxsplit=1)[0]


def _odd(attributes: bytes, inside: bytes) -> tuple[tuple[int, int], str] | None:
    formula, result = _FORMULA.search(inside), _RESULT.search(inside)
    error = _ERROR.search(attributes) is not None
    place = _PLACE.search(attributes)
    if place is None or not (error or (formula and not result)):
        return None
    shown = result[1] if error and result else b"=" + (formula[1] or b"" if formula else b"")
    where = (int(place[2]), column_number(place[1].decode()))
    return where, unescape(shown.decode("utf-8", "replace"))


def without_dates(sheet: bytes) -> bytes:
    """Return a sheet's XML in which no huge number is shown as a date.

    No calendar reaches there, and the reader fails on such a cell; as a number it is refused
    in its place like any other that is not understood.
    """
    return _HUGE_CELL.sub(lambda cell: _STYLE.sub(b"", cell[0]), sheet)


def column_number(letters: str) -> int:
    """Return which column letters name: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def names_of(workbook: bytes, relations: bytes) -> dict[str, str]:
    """Return the member of the file that holds each sheet, by the sheet's name."""
    targets = {
        said.get("Id", ""): _member(said.get("Target", ""))
        for said in map(_attributes, _RELATION.findall(relations.decode("utf-8", "replace")))
    }
    sheets = map(_attributes, _SHEET.findall(workbook.decode("utf-8", "replace")))
    return {said.get("name", ""): targets.get(_relation(said), "") for said in sheets}


def _attributes(element: str) -> dict[str, str]:
    return {name: unescape(said) for name, said in _ATTRIBUTE.findall(element)}


def _relation(sheet: Mapping[str, str]) -> str:
    return next((said for name, said in sheet.items() if name.endswith(":id")), "")


def _member(target: str) -> str:
    """Return which member a relation means, as the reader takes it: three ways to say one."""
    if target.startswith("/"):
        return target.lstrip("/")
    return target if target.startswith("xl/") else f"xl/{target}"
