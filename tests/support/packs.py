"""Packs for tests: opened, written in as a person would, and damaged in every way."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

READER, INSPECTION = "gwenllian-elsewhere", "CWM-2026-NCPI"
Damage = Callable[[bytes], bytes]


def opened(data: bytes) -> Workbook:
    """Open a pack as Excel would."""
    return load_workbook(io.BytesIO(data))


def saved(book: Workbook) -> bytes:
    """Save it again."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def places(sheet: Worksheet) -> dict[str, int]:
    """Return the column of each heading, from 1."""
    return {str(cell.value).rstrip(" *"): at for at, cell in enumerate(sheet[1], start=1)}


def write(book: Workbook, sheet: str, row: int | None, **said: Any) -> int:
    """Write in a row, or in the next free one; spaces in headings are written as underscores."""
    drawn = book[sheet]
    number = row or drawn.max_row + 1
    named = {heading.replace(" ", "_"): place for heading, place in places(drawn).items()}
    for heading, value in said.items():
        cell = drawn.cell(number, named[heading], value)
        if isinstance(value, str):
            cell.data_type = "s"
    return number


def row_of(book: Workbook, sheet: str, *key: str) -> int:
    """Return the row that begins with these values."""
    rows = enumerate(book[sheet].iter_rows(values_only=True), start=1)
    return next(n for n, row in rows if tuple(str(v) for v in row[: len(key)]) == key)


def members(data: bytes) -> dict[str, bytes]:
    """Return the members of a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(held: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Put members together to a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return out.getvalue()


def altered(data: bytes, member: str, damage: Damage) -> bytes:
    """Return a file with one of its members changed."""
    held = members(data)
    return zipped({**held, member: damage(held.get(member, b""))})
