"""Prove that withheld cells cannot be known, by tables that agree with everything and differ.

The widest ranges are looked for first, many cells at a time and within one block of the tables,
such as an authority; only what is then not proven is asked for cell by cell and over everything.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from metrics.disclosure.model import Key
from metrics.disclosure.programme import Programme, Row
from metrics.disclosure.surroundings import Block, by_block
from metrics.disclosure.system import Contradiction, Table, Unknowns, table_of

LARGE = 400
"""Above so many unknowns blocks are searched first, and of a single its neighbours alone."""
FEW = 4
"""So few unknowns are asked for one by one; and so few that a sweep proves end the sweeps."""


@dataclass
class Patch:
    """The unknowns of one block; all others stay as they are in the first table."""

    unknowns: Unknowns
    first: Table
    cells: tuple[int, ...]

    @cached_property
    def place(self) -> dict[int, int]:
        return {cell: at for at, cell in enumerate(self.cells)}

    @cached_property
    def programme(self) -> Programme:
        if len(self.cells) == len(self.unknowns.keys):
            return self.unknowns.programme()
        lows = [self.unknowns.lows[cell] for cell in self.cells]
        highs = [self.unknowns.highs[cell] for cell in self.cells]
        return Programme(lows, highs, list(self._rows()))

    def _rows(self) -> Iterator[Row]:
        for number in sorted({r for cell in self.cells for r in self.unknowns.rows_of[cell]}):
            row = self.unknowns.rows[number]
            inside = [(self.place[at], by) for at, by in row.terms if at in self.place]
            outside = sum(self.first[at] * by for at, by in row.terms if at not in self.place)
            yield Row(inside, row.low - outside, row.high - outside)

    def table(self, costs: Mapping[int, float], known: int | None = None) -> Table | None:
        """Return a table that agrees with everything and makes the sum of the costs least.

        `known` is a cell that is 1. None where no table does.
        """
        held = {} if known is None else {self.place[known]: (1.0, 1.0)}
        before = {at: self.programme.ends(at) for at in held}
        self.programme.bound(held)
        given = {self.place[cell]: cost for cell, cost in costs.items()}
        answer = self.programme.least(given, whole=range(len(self.cells)))
        self.programme.bound(before)
        if answer is None:
            return None
        table = self.first.copy()
        table[list(self.cells)] = table_of(answer)
        return table if self.unknowns.agrees(table) else None


@dataclass
class Proof:
    """The tables found so far, as the lowest and the highest of each unknown among them."""

    unknowns: Unknowns
    blocks: Sequence[tuple[str, ...]]
    start: Mapping[Key, int] | None = None
    low: Table = field(init=False)
    high: Table = field(init=False)
    patches: dict[frozenset[Block], Patch] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.low, self.high = self.first.copy(), self.first.copy()

    @cached_property
    def first(self) -> Table:
        """Return one table that agrees with everything: the one given, or one that is found."""
        keys = self.unknowns.keys
        if self.start is not None and all(key in self.start for key in keys):
            given = np.array([self.start[key] for key in keys], np.int64)
            if self.unknowns.agrees(given):
                return given
        answer = self.unknowns.programme().least({}, whole=range(len(keys)))
        if answer is None or not self.unknowns.agrees(table_of(answer)):
            raise Contradiction(self.unknowns.says)
        return table_of(answer)

    @cached_property
    def inside(self) -> dict[Block, list[int]]:
        """The unknowns of each block."""
        return by_block(self.blocks)

    @property
    def everything(self) -> Patch:
        return self._kept(frozenset(self.inside))

    def _kept(self, blocks: frozenset[Block]) -> Patch:
        if blocks not in self.patches:
            cells = sorted(cell for block in blocks for cell in self.inside[block])
            self.patches[blocks] = Patch(self.unknowns, self.first, tuple(cells))
        return self.patches[blocks]

    def narrow(self, cells: Iterable[int], width: int) -> list[int]:
        """Return the cells whose range is less wide than that, however it is looked for."""
        left = self._unproven(cells, width)
        if len(self.unknowns.keys) > LARGE:
            left = self._nearby(left, width)
        self._sweep(self.everything, left, width)
        return self._unproven(left, width)

    def _nearby(self, cells: Sequence[int], width: int) -> list[int]:
        """Look for tables that differ in one block, then for such as differ in all of them."""
        grouped: dict[Block, list[int]] = {}
        for cell in cells:
            grouped.setdefault(self.blocks[cell], []).append(cell)
        for block, inside in grouped.items():
            self._sweep(self._kept(frozenset({block})), inside, width)
        return self._across(self._unproven(cells, width), width)

    def _across(self, cells: Sequence[int], width: int) -> list[int]:
        """Look over everything for tables that take a few cells of every block apart at a time."""
        waiting, signs = list(cells), np.random.default_rng(len(cells))
        while waiting:
            grouped: dict[Block, list[int]] = {}
            for cell in waiting:
                grouped.setdefault(self.blocks[cell], []).append(cell)
            tried = [cell for inside in grouped.values() for cell in inside[:FEW]]
            costs = dict(zip(tried, signs.choice([-1.0, 1.0], len(tried)), strict=True))
            for turn in (1.0, -1.0):
                self._add(self.everything.table({c: turn * cost for c, cost in costs.items()}))
            waiting = self._unproven([c for c in waiting if c not in costs], width)
        return self._unproven(cells, width)

    def _unproven(self, cells: Iterable[int], width: int) -> list[int]:
        return [cell for cell in cells if self.high[cell] - self.low[cell] < width]

    def _sweep(self, patch: Patch, cells: Sequence[int], width: int) -> None:
        """Look for tables that take many cells apart, then for the two ends of each cell left."""
        signs = np.random.default_rng(len(cells))
        before = len(cells) + FEW + 1
        while before - len(cells) > FEW and len(cells) > FEW:
            before = len(cells)
            costs = dict(zip(cells, signs.choice([-1.0, 1.0], len(cells)), strict=True))
            for turn in (1.0, -1.0):
                self._add(patch.table({cell: turn * cost for cell, cost in costs.items()}))
            cells = self._unproven(cells, width)
        for cell in cells:
            self._alone(patch, cell, width)

    def _alone(self, patch: Patch, cell: int, width: int) -> None:
        """Look for the two ends of one cell, unless its range is wide enough by now."""
        for sign in (1.0, -1.0):
            if self.high[cell] - self.low[cell] < width:
                self._add(patch.table({cell: sign}))

    def _add(self, table: Table | None) -> None:
        if table is not None:
            np.minimum(self.low, table, out=self.low)
            np.maximum(self.high, table, out=self.high)

    def ends(self, cell: int) -> tuple[int, int]:
        """Return the lowest and the highest that an unknown can be."""
        for sign in (1.0, -1.0):
            self._add(self.everything.table({cell: sign}))
        return int(self.low[cell]), int(self.high[cell])

    def near(self, known: int, cells: Sequence[int]) -> list[int]:
        """Return those of the cells that somebody who knows one could hope to tell from it."""
        if len(self.unknowns.keys) <= LARGE:
            return list(cells)
        wanted = set(cells)
        rows = (self.unknowns.rows[row].terms for row in self.unknowns.rows_of[known])
        return sorted({at for row in rows for at, _ in row} & wanted)

    def exact_beside(self, known: int, cells: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the cells that are one number to somebody who knows that another is 1."""
        left = list(cells)
        if len(self.unknowns.keys) > LARGE:
            left = list(self._exact(self._kept(frozenset({self.blocks[known]})), known, left))
        left = list(self._exact(self.everything, known, left))
        yield from ((c, self._one(known, c)) for c in left if not self._same_children(known, c))

    def _same_children(self, known: int, cell: int) -> bool:
        """Return whether two cells are always the same, as a single child and its subtotal are."""
        tables = [self.everything.table({cell: by, known: -by}) for by in (1.0, -1.0)]
        return all(table is not None and table[cell] == table[known] for table in tables)

    def _exact(self, patch: Patch, known: int, cells: Sequence[int]) -> Iterator[int]:
        left = [cell for cell in cells if cell in patch.place]
        yield from (cell for cell in cells if cell not in patch.place)
        tables: list[Table] = []
        for cell in left:
            for sign in (1.0, -1.0):
                if _same(tables, cell):
                    found = patch.table({cell: sign}, known)
                    tables += [] if found is None else [found]
            if _same(tables, cell):
                yield cell

    def _one(self, known: int, cell: int) -> int:
        found = self.everything.table({cell: 1.0}, known)
        if found is None:
            raise Contradiction(self.unknowns.says)
        return int(found[cell])


def _same(tables: Sequence[Table], cell: int) -> bool:
    return len({int(table[cell]) for table in tables}) < 2
