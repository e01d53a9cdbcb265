"""When a set of linked tables is too large for the optimum: protect one cell after another.

For each withheld cell that nobody has protected yet, the cheapest movement of counts is sought
that takes this cell as far as it must be able to go (Kelly, Golden and Assad 1992; Fischetti and
Salazar's own starting point). Whatever has to move for it is withheld too. Totals over the widest
places are protected first, and stay still as long as narrower ones can make up for a movement.
Every movement is one of whole children, so that what is withheld is safe from those who know that.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heapify, heappop, heappush

import numpy as np

from metrics.disclosure.movement import ENOUGH, Move, Patch, as_move
from metrics.disclosure.optimum import Choice
from metrics.disclosure.programme import Vector
from metrics.disclosure.puzzle import Puzzle, above
from metrics.disclosure.threads import CHOICES, Block, Threads, by_block

FREE = 1e-3
"""A cell that is withheld already costs next to nothing to move, and shorter ways are better."""
MANY = 2 * CHOICES + 1
"""Patches of more blocks than a few threads have are kept: they serve many cells."""


@dataclass
class Search:
    """What is withheld so far, how far each cell is known to be able to go, and by which moves.

    `loss` is what it would cost to move each cell: the lines that show it now and then would not.
    """

    puzzle: Puzzle
    withheld: set[int] = field(default_factory=set)
    moves: dict[int, Move] = field(default_factory=dict)
    touching: dict[int, set[int]] = field(default_factory=dict)
    patches: dict[frozenset[Block], Patch] = field(default_factory=dict)
    still: frozenset[int] = frozenset()
    count: int = 0

    @cached_property
    def loss(self) -> Vector:
        shown = (by or () for by in self.puzzle.shown_by)
        return np.array([sum(self.puzzle.costs[line] for line in by) for by in shown])

    @cached_property
    def threads(self) -> Threads:
        """The blocks of the tables, and what ties the cells that may move."""
        puzzle = self.puzzle
        free = [at for at, by in enumerate(puzzle.shown_by) if by is not None]
        ties = [[at for at, _ in r.terms if puzzle.shown_by[at] is not None] for r in puzzle.rows]
        blocks = [cell.block for cell in puzzle.cells]
        return Threads(blocks, puzzle.rows_of, ties, by_block({at: blocks[at] for at in free}))

    @cached_property
    def deepest(self) -> int:
        """Return of how many places the narrowest blocks are named."""
        return max(map(len, self.threads.blocks))

    def around(self, cell: int, by: float) -> Iterator[Patch]:
        """Yield where a movement may be found, from the narrowest to everything.

        What is withheld of wider places may move with it.
        """
        every = self.everything
        for blocks in self.threads.around(cell, lambda other: self._ease(other, by)):
            if len(blocks) == len(self.threads.inside):
                break
            yield self._kept(blocks)
        yield every

    def beside(self, cell: int) -> Patch:
        """Return all of the place that a cell's block is part of, which stands still itself."""
        return self._kept(frozenset(self.threads.beside(cell)))

    @cached_property
    def everything(self) -> Patch:
        return self._kept(frozenset(self.threads.inside))

    def _kept(self, blocks: frozenset[Block]) -> Patch:
        """Return a patch; one of many blocks is kept for the next cell."""
        if blocks in self.patches:
            return self.patches[blocks]
        own = min(map(len, blocks))
        inside = self.threads.inside
        wide = {at for b, cells in inside.items() if len(b) < own for at in cells}
        moving = {at for at in wide if self.loss[at] <= 0}
        patch = Patch(self.puzzle, tuple(sorted({*self.threads.within(blocks), *moving})))
        if len(blocks) > MANY:
            self.patches[blocks] = patch
        return patch

    def _ease(self, cell: int, by: float) -> tuple[bool, float]:
        """Return how readily a cell moves: if it can go as far down first, then the cheapest."""
        return self.puzzle.down[cell] < abs(by), float(self.loss[cell])

    def withhold(self, lines: Iterable[int], *, turn: int = 1) -> list[int]:
        """Withhold lines; return the cells that nothing shows any more. `turn` -1 shows them."""
        puzzle, gone = self.puzzle, []
        for line in lines:
            (self.withheld.add if turn > 0 else self.withheld.remove)(line)
            cells = [puzzle.place[key] for key in puzzle.lines[line]]
            self.loss[cells] -= turn * puzzle.costs[line]
            gone += [c for c in cells if self.withheld.issuperset(puzzle.shown_by[c] or ())]
        return gone

    def gone(self) -> list[int]:
        """Return the cells that nothing shows any more, and those that must be uncertain."""
        puzzle = self.puzzle
        moving = enumerate(puzzle.moving(frozenset(self.withheld)))
        return [at for at, moves in moving if moves and puzzle.needs[at]]

    def lines(self, move: Move) -> set[int]:
        """Return the lines that a move would withhold and that are shown now."""
        return {n for cell in move for n in self.puzzle.shown_by[cell] or ()} - self.withheld

    def price(self, moves: Iterable[Move]) -> float:
        """Return what reader would lose by some moves."""
        return sum(self.puzzle.costs[n] for n in {n for move in moves for n in self.lines(move)})

    def take(self, move: Move) -> None:
        """Keep a move as a proof for all that it moves."""
        self.moves[self.count] = move
        for cell in move:
            self.touching.setdefault(cell, set()).add(self.count)
        self.count += 1

    def drop(self, number: int) -> Move:
        """Forget a move."""
        move = self.moves.pop(number)
        for cell in move:
            self.touching[cell].remove(number)
        return move

    def ends(self, cell: int) -> tuple[float, float]:
        """Return how far down and up a cell is known to be able to go."""
        found = [self.moves[number][cell] for number in self.touching.get(cell, ())]
        return min([0, *found]), max([0, *found])

    def missing(self, lack: "Lack") -> tuple[float, float, float]:
        """Return how far down and up a cell goes, and by how much more its range must widen."""
        if lack.known is not None:
            return 0.0, 0.0, 1.0
        low, high = self.ends(lack.cell)
        return low, high, self.puzzle.needs[lack.cell] - (high - low)

    def apart(self, cell: int, known: int) -> bool:
        """Return whether a cell is known to move while another stays as it is."""
        return not self.touching.get(cell, set()) <= self.touching.get(known, set())


@dataclass(frozen=True)
class Lack:
    """What a withheld cell has no proof of yet: a range, or that it moves while `known` stays."""

    cell: int
    known: int | None = None


def heuristic(puzzle: Puzzle) -> Choice | None:
    """Return a choice that leaves each withheld cell its range; None where there is none."""
    search = Search(puzzle)
    first = search.withhold(sorted(puzzle.forced | _of_wider_places(puzzle)))
    first += [at for at, cell in enumerate(puzzle.cells) if cell.key in puzzle.unknown]
    protect_together(search, first)
    sweep(search, search.gone())
    left = protect_nearby(search, search.gone())
    left = sweep(search, left)
    if not protect_all(search, left):
        return None
    return Choice(frozenset(search.withheld), 0.0, optimal=False)


def _of_wider_places(puzzle: Puzzle) -> frozenset[int]:
    """Return what is withheld of wider places where they are protected as if they stood alone."""
    wider = above(puzzle)
    found = heuristic(wider) if wider else None
    if wider is None or found is None:
        return frozenset()
    lines = {line: at for at, line in enumerate(puzzle.lines)}
    return frozenset(lines[wider.lines[at]] for at in found.withheld)


def protect_together(search: Search, cells: Iterable[int]) -> None:
    """Protect one cell of each narrowest block of a place at a time, as far as that goes."""
    waiting: dict[Block, dict[Block, deque[int]]] = {}
    _await(search, waiting, dict.fromkeys(cells))
    for inside in waiting.values():
        while batch := [found for cells in inside.values() for found in _next(search, cells)]:
            _await(search, waiting, _together(search, batch))


def _await(
    search: Search, waiting: dict[Block, dict[Block, deque[int]]], cells: Iterable[int]
) -> None:
    """Put cells of narrowest blocks where they wait: by place, then by block."""
    blocks = search.threads.blocks
    for cell in cells:
        block = blocks[cell]
        if block and len(block) == search.deepest:
            waiting.setdefault(block[:-1], {}).setdefault(block, deque()).append(cell)


def _next(search: Search, waiting: deque[int]) -> list[int]:
    """Return the next cell of a block that lacks its range, if any."""
    while waiting:
        cell = waiting.popleft()
        if any(ranges(search, cell)):
            return [cell]
    return []


def _together(search: Search, cells: Sequence[int]) -> list[int]:
    """Withhold what takes all of these cells as far as they must go, or halves of them."""
    lacking = [cell for cell in cells if any(ranges(search, cell))]
    if not lacking:
        return []
    patch = search.beside(lacking[0])
    steps = {cell: sum(search.missing(Lack(cell))[1:]) for cell in lacking}
    move = patch.cheapest(steps, search.loss + FREE)
    if move is not None:
        return taken(search, [move])
    half = len(lacking) // 2
    if not half:
        return []
    return _together(search, lacking[:half]) + _together(search, lacking[half:])


def protect_nearby(search: Search, cells: Iterable[int]) -> list[int]:
    """Protect what can be protected near where it is, without moving what wider places show."""
    waiting, left = deque(dict.fromkeys(cells)), []
    while waiting:
        cell = waiting.popleft()
        if len(search.threads.blocks[cell]) < search.deepest:
            left.append(cell)
            continue
        for lack in lacks(search, cell):
            moves = remedy(search, lack, nearby=True)
            if moves is None:
                left.append(cell)
            else:
                waiting += taken(search, moves)
    return left


def sweep(search: Search, cells: Sequence[int]) -> list[int]:
    """Look for movements of what is withheld that prove many cells at a time."""
    signs = np.random.default_rng(len(cells))
    programme = search.puzzle.programme(frozenset(search.withheld))
    left = [cell for cell in cells if any(lacks(search, cell))]
    before = len(left) + 5
    while left and before - len(left) > 4:
        before = len(left)
        costs = dict(zip(left, signs.choice([-1.0, 1.0], len(left)), strict=True))
        for turn in (1.0, -1.0):
            found = programme.least({c: turn * by for c, by in costs.items()})
            if found is not None:
                search.take(as_move(found.point, range(len(search.puzzle.cells))))
        left = [cell for cell in left if any(lacks(search, cell))]
    return left


def protect_all(search: Search, cells: Iterable[int]) -> bool:
    """Withhold what protects these cells, widest totals first, and what protects that in turn."""
    waiting = [(-search.puzzle.cells[cell].worth, cell) for cell in dict.fromkeys(cells)]
    heapify(waiting)
    while waiting:
        _, cell = heappop(waiting)
        for lack in lacks(search, cell):
            moves = remedy(search, lack)
            if moves is None:
                return False
            for each in taken(search, moves):
                heappush(waiting, (-search.puzzle.cells[each].worth, each))
    return True


def taken(search: Search, moves: Sequence[Move]) -> list[int]:
    """Withhold what some moves take along; return the cells that nothing shows any more."""
    found = []
    for move in moves:
        found += search.withhold(sorted(search.lines(move)))
        search.take(move)
    return found


def ranges(search: Search, cell: int) -> Iterator[Lack]:
    """Yield that a cell's range is not known to be wide enough, if so."""
    low, high = search.ends(cell)
    if high - low < search.puzzle.needs[cell] - ENOUGH:
        yield Lack(cell)


def lacks(search: Search, cell: int) -> Iterator[Lack]:
    """Yield what a withheld cell still lacks, one after the other is mended."""
    yield from ranges(search, cell)
    puzzle = search.puzzle
    if not puzzle.singles:
        return
    near = {at for row in puzzle.rows_of[cell] for at, _ in puzzle.rows[row].terms}
    for other in sorted(near - {cell}):
        for one, known in ((cell, other), (other, cell)):
            if _must_stay_apart(search, one, known) and not search.apart(one, known):
                yield Lack(one, known)


def _must_stay_apart(search: Search, cell: int, known: int) -> bool:
    puzzle = search.puzzle
    shown = [puzzle.shown_by[at] for at in (cell, known)]
    return (
        known in puzzle.singles
        and puzzle.same[known] != puzzle.same[cell]
        and all(by and search.withheld.issuperset(by) for by in shown)
    )


def remedy(search: Search, lack: Lack, *, nearby: bool = False) -> Sequence[Move] | None:
    """Return the cheapest moves that mend a lack, in the narrowest patch that has any."""
    for patch in search.around(lack.cell, search.puzzle.needs[lack.cell]):
        if nearby and patch is search.everything:
            return None
        if found := _in_patch(search, patch, lack):
            return found
    return None


def _in_patch(search: Search, patch: Patch, lack: Lack) -> Sequence[Move] | None:
    """Return moves that widen a range by what is missing: up, or else down and the rest up."""
    cell, costs = lack.cell, search.loss + FREE
    low, high, missing = search.missing(lack)
    still = search.still | ({lack.known} if lack.known is not None else set())
    farthest = min(missing, search.puzzle.down[cell] + low)
    for down in dict.fromkeys((0.0, farthest)):
        steps = [high + missing - down] * (down < missing) + [low - down] * (down > 0)
        moves = [patch.cheapest({cell: step}, costs, still) for step in steps]
        if all(moves):
            return [move for move in moves if move]
    return None
