"""When a set of linked tables is too large for the optimum: protect one cell after another.

For each withheld cell that nobody has protected yet, the cheapest movement of counts is sought
that takes this cell as far as it must be able to go (Kelly, Golden and Assad 1992; Fischetti and
Salazar's own starting point). Whatever has to move for it is withheld too. The movement is sought
first in the cell's own region, then in its region and another, and over everything only where
neither will do. Narrower than a region it is dear: an authority makes up for a count only through
its totals.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from metrics.disclosure.optimum import ENOUGH, Choice
from metrics.disclosure.programme import Programme, Row
from metrics.disclosure.puzzle import Puzzle
from metrics.disclosure.surroundings import Block, around, by_block

FREE = 1e-3
"""A cell that is withheld already costs next to nothing to move, and shorter ways are better."""

Move = dict[int, float]


@dataclass(frozen=True)
class Patch:
    """The cells of one block, which may move among themselves while all others stand still."""

    puzzle: Puzzle
    cells: tuple[int, ...]

    @cached_property
    def place(self) -> dict[int, int]:
        return {cell: at for at, cell in enumerate(self.cells)}

    @cached_property
    def programme(self) -> Programme:
        """Each cell has two columns: how far up, and how far down."""
        puzzle, size = self.puzzle, len(self.cells)
        stands = [puzzle.shown_by[cell] is None for cell in self.cells]
        ups = [0.0 if s else puzzle.up[c] for c, s in zip(self.cells, stands, strict=True)]
        downs = [0.0 if s else puzzle.down[c] for c, s in zip(self.cells, stands, strict=True)]
        return Programme([0.0] * 2 * size, [*ups, *downs], list(self._rows()))

    def _rows(self) -> Iterator[Row]:
        for number in sorted({r for cell in self.cells for r in self.puzzle.rows_of[cell]}):
            row = self.puzzle.rows[number]
            inside = [(self.place[at], by) for at, by in row.terms if at in self.place]
            other = [(at + len(self.cells), -by) for at, by in inside]
            yield Row([*inside, *other], row.low, row.high)

    def cheapest(
        self, cell: int, by: float, costs: dict[int, float], still: int | None = None
    ) -> Move | None:
        """Return the cheapest movement that takes a cell up (or down) by so much, if any does."""
        size, at = len(self.cells), self.place[cell]
        column, other = (at, at + size) if by > 0 else (at + size, at)
        held = {column: (abs(by), abs(by)), other: (0.0, 0.0)}
        if still is not None and still in self.place:
            held |= {self.place[still] + side: (0.0, 0.0) for side in (0, size)}
        before = {place: self.programme.ends(place) for place in held}
        if any(low > before[place][1] for place, (low, _) in held.items()):
            return None
        self.programme.bound(held)
        given = {self.place[c] + side: cost for c, cost in costs.items() for side in (0, size)}
        found = self.programme.least(given)
        self.programme.bound(before)
        if found is None:
            return None
        moved = found.point[:size] - found.point[size:]
        return {c: float(d) for c, d in zip(self.cells, moved, strict=True) if abs(d) > ENOUGH}


@dataclass
class Search:
    """What is withheld so far, how far each cell is known to be able to go, and by which moves."""

    puzzle: Puzzle
    withheld: set[int] = field(default_factory=set)
    low: dict[int, float] = field(default_factory=dict)
    high: dict[int, float] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    touching: dict[int, set[int]] = field(default_factory=dict)
    patches: dict[frozenset[Block], Patch] = field(default_factory=dict)

    @cached_property
    def blocks(self) -> dict[Block, list[int]]:
        """The cells of each block of the tables."""
        return by_block([cell.block for cell in self.puzzle.cells])

    def around(self, cell: int) -> Iterator[Patch]:
        """Yield where a movement may be found, the narrowest first."""
        for blocks in around(self.puzzle.cells[cell].block, self.blocks):
            if blocks not in self.patches:
                self.patches[blocks] = self._patch(blocks)
            yield self.patches[blocks]

    def _patch(self, blocks: frozenset[Block]) -> Patch:
        cells = sorted(cell for block in blocks for cell in self.blocks[block])
        return Patch(self.puzzle, tuple(cells))

    def take(self, move: Move) -> list[int]:
        """Withhold all that a move takes along; return the lines that were shown before."""
        for cell, by in move.items():
            self.low[cell] = min(self.low.get(cell, 0.0), by)
            self.high[cell] = max(self.high.get(cell, 0.0), by)
            self.touching.setdefault(cell, set()).add(len(self.moves))
        self.moves.append(move)
        lines = {line for cell in move for line in self.puzzle.shown_by[cell] or ()}
        return sorted(lines - self.withheld)

    def spread(self, cell: int) -> float:
        """Return how wide the range of a cell is known to be."""
        return self.high.get(cell, 0.0) - self.low.get(cell, 0.0)

    def apart(self, cell: int, known: int) -> bool:
        """Return whether a cell is known to move while another stays as it is."""
        return bool(self.touching.get(cell, set()) - self.touching.get(known, set()))

    def costs(self, patch: Patch) -> dict[int, float]:
        """Return what it costs to move each cell of a block: what is shown now and then not."""
        return {cell: FREE + self._loss(cell) for cell in patch.cells}

    def _loss(self, cell: int) -> float:
        lines = self.puzzle.shown_by[cell] or ()
        return sum(self.puzzle.costs[line] for line in lines if line not in self.withheld)


def heuristic(puzzle: Puzzle, start: frozenset[int] = frozenset()) -> Choice | None:
    """Return a choice that leaves each withheld cell its range; None where there is none.

    It begins with the lines of `start`, which need not be safe. The range is that of real
    numbers: whole ones are for the attack to try.
    """
    search = Search(puzzle)
    waiting: deque[int] = deque()
    _withhold(search, sorted(puzzle.forced | start), waiting)
    waiting.extend(at for at, cell in enumerate(puzzle.cells) if cell.key in puzzle.unknown)
    while waiting:
        cell = waiting.popleft()
        if not all(_withheld_along(search, move, waiting) for move in _needed(search, cell)):
            return None
    return Choice(frozenset(search.withheld), 0.0, optimal=False)


def _withhold(search: Search, lines: Iterable[int], waiting: deque[int]) -> None:
    puzzle = search.puzzle
    lines = list(lines)
    search.withheld.update(lines)
    for line in lines:
        cells = (puzzle.place[key] for key in puzzle.lines[line])
        waiting.extend(c for c in cells if search.withheld.issuperset(puzzle.shown_by[c] or ()))


def _withheld_along(search: Search, move: Move | None, waiting: deque[int]) -> bool:
    if move is None:
        return False
    _withhold(search, search.take(move), waiting)
    return True


def _needed(search: Search, cell: int) -> Iterator[Move | None]:
    """Yield the moves that a withheld cell still lacks; None where there is no such move."""
    puzzle = search.puzzle
    if search.spread(cell) < puzzle.needs[cell] - ENOUGH:
        yield _move(search, cell, float(puzzle.needs[cell]))
    near = {at for row in puzzle.rows_of[cell] for at, _ in puzzle.rows[row].terms}
    for other in sorted(near - {cell}):
        for one, known in ((cell, other), (other, cell)):
            if not search.apart(one, known) and _must_stay_apart(search, one, known):
                yield _move(search, one, 1.0, known)


def _must_stay_apart(search: Search, cell: int, known: int) -> bool:
    puzzle = search.puzzle
    shown = [puzzle.shown_by[at] for at in (cell, known)]
    return (
        known in puzzle.singles
        and puzzle.same[known] != puzzle.same[cell]
        and all(by and search.withheld.issuperset(by) for by in shown)
    )


def _move(search: Search, cell: int, by: float, still: int | None = None) -> Move | None:
    """Return the cheapest move in the narrowest block that has one: up, or else down."""
    for patch in search.around(cell):
        costs = search.costs(patch)
        for step in (by, -by):
            if move := patch.cheapest(cell, step, costs, still):
                return move
    return None
