"""How much a sheet would be once read: the reader makes a cell of every place up to the last.

A single cell far down and far to the right is a few bytes in the file and millions of cells in
the memory, and a merged area is as many as it covers.
"""

import re
from dataclasses import dataclass

from inspect_app.workbooks.odd_cells import column_number

_PLACE = rb"([A-Z]{1,3})(\d{1,7})"
_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']" + _PLACE)
# As every spreadsheet program writes a cell, which is found in half the time.
_USUAL = re.compile(rb"<c r=\"" + _PLACE)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?\bref=[\"']" + _PLACE + b":" + _PLACE)
_CLOSING, _MERGES = b"</", b"mergeCell "
_PER_CELL = 2


@dataclass(frozen=True)
class Extent:
    """How much there is: cells that the file holds, places up to the last, places merged."""

    held: int = 0
    places: int = 0
    merges: int = 0
    merged: int = 0

    def __add__(self, other: "Extent") -> "Extent":
        """Return how much there is in both."""
        return Extent(
            self.held + other.held,
            self.places + other.places,
            self.merges + other.merges,
            self.merged + other.merged,
        )


def extent(sheet: bytes, *, usual: bool) -> Extent:
    """Return how much a sheet's XML would be; one that holds nothing has no extent.

    In a `usual` one every cell is written as spreadsheet programs write it.
    """
    columns, rows = set(), set()
    for found in (_USUAL if usual else _CELL).finditer(sheet):
        column, row = found.groups()
        columns.add(column)
        rows.add(row)
    last = max(map(int, rows), default=0)
    wide = max((column_number(each.decode()) for each in columns), default=0)
    held, merges = sheet.count(_CLOSING) // _PER_CELL, sheet.count(_MERGES)
    merged = sum(_area(*found.groups()) for found in _MERGED.finditer(sheet)) if merges else 0
    return Extent(held, last * wide, merges, merged)


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    columns = column_number(right.decode()) - column_number(left.decode()) + 1
    return max(columns, 1) * max(int(bottom) - int(top) + 1, 1)
