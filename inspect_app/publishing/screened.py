"""A file as the screener sees it: read again from its bytes, never from what wrote it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

Cells = Sequence[str]


@dataclass(frozen=True)
class Screened:
    """A CSV and its metadata: bytes, headings, and rows as texts."""

    name: str
    raw: bytes
    head: Cells
    rows: Sequence[Cells]
    meta_head: Cells
    meta_rows: Sequence[Cells]

    @cached_property
    def meta(self) -> tuple[dict[str, str], ...]:
        """The metadata's rows by the names of its columns."""
        return tuple(dict(zip(self.meta_head, row, strict=False)) for row in self.meta_rows)

    @cached_property
    def filters(self) -> tuple[str, ...]:
        """The names of its filters that are in the file."""
        return self._of_type("Filter")

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """The names of its indicators that are in the file."""
        return self._of_type("Indicator")

    def column(self, name: str) -> Cells:
        """Return the cells of a column; none where it is not there."""
        if name not in self.head:
            return ()
        place = self.head.index(name)
        return [row[place] for row in self.rows]

    def _of_type(self, kind: str) -> tuple[str, ...]:
        named = (row.get("col_name", "") for row in self.meta if row.get("col_type") == kind)
        return tuple(name for name in named if name in self.head)


def read(name: str, data: bytes, meta: bytes) -> Screened:
    """Return a file and its metadata as they are read; a byte that is no UTF-8 stays seen."""
    head, rows = _table(data)
    return Screened(name, data, head, rows, *_table(meta))


def _table(data: bytes) -> tuple[Cells, Sequence[Cells]]:
    rows = list(csv.reader(io.StringIO(data.decode(errors="replace"), newline="")))
    return (rows[0], rows[1:]) if rows else ((), ())
