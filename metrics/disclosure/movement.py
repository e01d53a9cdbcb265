"""A movement takes some counts up and others down so that every published relation still holds.

It is a proof: the true table and the moved one agree with everything that is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from metrics.disclosure.programme import Programme, Rows, Vector
from metrics.disclosure.puzzle import Puzzle

NEAR = 0.5
"""A movement in whole numbers may cost so much more, as a share, than the cheapest."""

WHOLE = 500
"""Up to so many cells a movement of whole numbers is insisted on; above, one is hoped for."""
ENOUGH = 1e-6

Move = dict[int, float]
"""How far each cell goes, up or down; cells that stay are left out."""


@dataclass(frozen=True)
class Patch:
    """Cells that may move among themselves while all others stand still."""

    puzzle: Puzzle
    cells: tuple[int, ...]

    @cached_property
    def place(self) -> dict[int, int]:
        return {cell: at for at, cell in enumerate(self.cells)}

    @cached_property
    def programme(self) -> Programme:
        """Each cell has two columns: how far up, and how far down."""
        cells = list(self.cells)
        ups, downs = np.array(self.puzzle.up)[cells], np.array(self.puzzle.down)[cells]
        return Programme(np.zeros(2 * len(cells)), [*ups, *downs], self._rows(), gap=NEAR)

    def _rows(self) -> Rows:
        every = self.puzzle.matrix
        inside = every.matrix[:, list(self.cells)]
        touched = np.unique(inside.indices)
        part = inside[touched]
        both = sparse.hstack([part, -part], format="csc")
        return Rows(both, every.low[touched], every.high[touched])

    def cheapest(
        self, steps: Mapping[int, float], costs: Vector, still: Iterable[int] = ()
    ) -> Move | None:
        """Return the cheapest movement that takes cells up (or down) by so much, if any does.

        `costs` are those of each cell of the puzzle, for each step; `still` are cells that stay.
        """
        size = len(self.cells)
        held = self._held(steps, still)
        before = {place: self.programme.ends(place) for place in held}
        if any(low > before[place][1] for place, (low, _) in held.items()):
            return None
        self.programme.bound(held)
        given = np.tile(costs[list(self.cells)], 2)
        whole = range(2 * size) if size <= WHOLE else ()
        found = self.programme.least(dict(enumerate(given)), whole=whole)
        self.programme.bound(before)
        if found is None:
            return None
        return as_move(found.point[:size] - found.point[size:], self.cells)

    def _held(
        self, steps: Mapping[int, float], still: Iterable[int]
    ) -> dict[int, tuple[float, float]]:
        """Return the bounds of the columns of cells that go so far, or stay."""
        size = len(self.cells)
        every = {**steps, **dict.fromkeys((c for c in still if c in self.place), 0.0)}
        held = {}
        for cell, by in every.items():
            up, down = self.place[cell], self.place[cell] + size
            held[up] = (max(by, 0.0),) * 2
            held[down] = (max(-by, 0.0),) * 2
        return held


def as_move(moved: Vector, cells: Sequence[int]) -> Move:
    """Return how far each of the cells goes that goes anywhere."""
    nearest = np.rint(moved)
    exact = np.where(np.abs(moved - nearest) < ENOUGH, nearest, moved)
    return {cells[int(n)]: float(exact[n]) for n in np.flatnonzero(exact)}
