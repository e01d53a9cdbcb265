"""The least that must be withheld: set covering with an attacker's cuts.

Fischetti and Salazar, Models and algorithms for the 2-dimensional cell suppression problem in
statistical disclosure control (1999), and for linked tables (Management Science 47, 2001). A master
programme chooses the lines to withhold at least loss. A second programme attacks the choice: where
a withheld cell is left too narrow a range, linear programming's duality says which cells, of those
shown, would have to move; that is a cut, and the master chooses again. Where whole numbers leave
less than real ones do, the cut says no more than that this choice and all within it fail.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from time import perf_counter

import numpy as np

from metrics.disclosure.programme import Answer, Programme, Row, Vector, are_whole
from metrics.disclosure.puzzle import Puzzle

ENOUGH = 1e-6
ROUNDS = 400


@dataclass(frozen=True)
class Choice:
    """The lines to withhold, and the least that any safe choice loses; `optimal` if it is this."""

    withheld: frozenset[int]
    bound: float
    optimal: bool


@dataclass(frozen=True)
class Aim:
    """A cell whose range must be so wide, to somebody who knows the cell `known` exactly."""

    cell: int
    width: float
    known: int | None = None


@dataclass
class Master:
    """The choice of lines: a binary column each, and one for each cell that several lines show."""

    puzzle: Puzzle
    programme: Programme = field(init=False)
    columns: dict[int, int | None] = field(init=False)

    def __post_init__(self) -> None:
        lines = len(self.puzzle.lines)
        several = [at for at, by in enumerate(self.puzzle.shown_by) if by and len(by) > 1]
        self.columns = {at: lines + n for n, at in enumerate(several)}
        for at, by in enumerate(self.puzzle.shown_by):
            if by is not None and len(by) < 2:
                self.columns[at] = by[0] if by else None
        lows = [float(at in self.puzzle.forced) for at in range(lines)] + [0.0] * len(several)
        highs = [float(at not in self.puzzle.fixed_lines) for at in range(lines)]
        rows = [row for at in several for row in self._together(at)]
        self.programme = Programme(lows, highs + [1.0] * len(several), rows)

    def _together(self, at: int) -> Iterator[Row]:
        """A cell that several lines show moves where all of them are withheld, and only there."""
        by, column = self.puzzle.shown_by[at] or (), self.columns[at]
        assert column is not None  # noqa: S101 - it has a column of its own
        yield from (Row([(column, 1.0), (line, -1.0)], -inf, 0.0) for line in by)
        yield Row([(column, 1.0), *((line, -1.0) for line in by)], 1.0 - len(by), inf)

    def require(self, pulls: Iterable[tuple[int, float]], aim: Aim) -> None:
        """Require that the cells that move give the aim its width, if it is withheld at all."""
        total: dict[int, float] = {}
        always = 0.0
        for cell, pull in pulls:
            column, capped = self.columns.get(cell), min(pull, aim.width)
            if column is None:
                always += capped * (cell in self.columns)
            else:
                total[column] = total.get(column, 0.0) + capped
        own = self.columns[aim.cell]
        needed = aim.width - always
        if own is not None:
            total[own] = total.get(own, 0.0) - aim.width
            needed = -always
        self.programme.add(Row(list(total.items()), needed, inf))

    def exclude(self, withheld: frozenset[int]) -> None:
        """Require a line beyond these: a choice within one that fails fails as well."""
        others = [at for at in range(len(self.puzzle.lines)) if at not in withheld]
        self.programme.add(Row([(at, 1.0) for at in others], 1.0, inf))

    def choose(self) -> tuple[frozenset[int], float] | None:
        """Return the choice of least loss so far, and its loss; None where none is left."""
        costs = dict(enumerate(self.puzzle.costs))
        found = self.programme.least(costs, whole=range(len(costs)))
        if found is None:
            return None
        return frozenset(at for at in costs if found.point[at] > 0.5), found.value


def aims(puzzle: Puzzle, withheld: frozenset[int]) -> Iterator[Aim]:
    """Yield what must hold where these lines are withheld: a range for each, and to each child
    who is a count of 1, that no other withheld cell is known exactly."""
    moving = puzzle.moving(withheld)
    for cell, (moves, width) in enumerate(zip(moving, puzzle.needs, strict=True)):
        if moves and width:
            yield Aim(cell, float(width))
            if not puzzle.cells[cell].hidden:
                yield from (Aim(cell, 1.0, known) for known in puzzle.singles_beside(cell))


@dataclass
class Attack:
    """The movements that a choice leaves, asked for the range of each cell."""

    puzzle: Puzzle
    programme: Programme = field(init=False)
    reached: list[Vector] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.programme = self.puzzle.programme()

    def allow(self, withheld: frozenset[int]) -> None:
        """Let the cells of these lines move, and no others."""
        self.reached = [np.zeros(len(self.puzzle.cells))]
        ends = zip(self.puzzle.moving(withheld), self.puzzle.down, self.puzzle.up, strict=True)
        self.programme.bound(
            {at: (-down, up) if moves else (0.0, 0.0) for at, (moves, down, up) in enumerate(ends)}
        )

    def shows(self, aim: Aim) -> bool:
        """Return whether the whole movements seen so far give the aim its width already."""
        seen = np.stack(self.reached)
        able = seen[seen[:, aim.known] == 0] if aim.known is not None else seen
        return bool(np.ptp(able[:, aim.cell]) >= aim.width)

    def ends(self, aim: Aim, *, whole: bool = False) -> list[Answer]:
        """Return how far down and up a cell can go, knowing what the aim's attacker knows."""
        columns = range(len(self.puzzle.cells)) if whole else ()
        if aim.known is not None:
            self.programme.bound({aim.known: (0.0, 0.0)})
        found = [self.programme.least({aim.cell: sign}, whole=columns) for sign in (1.0, -1.0)]
        if aim.known is not None:
            self.programme.bound({aim.known: self._ends(aim.known)})
        ends = [each for each in found if each is not None]
        self.reached += [np.rint(each.point) for each in ends if are_whole(each.point)]
        return ends

    def _ends(self, cell: int) -> tuple[float, float]:
        return -self.puzzle.down[cell], self.puzzle.up[cell]


def width(ends: Sequence[Answer]) -> float:
    """Return how far apart two ends are: both are least values, one of the cell turned over."""
    return -sum(each.value for each in ends)


def pulls(puzzle: Puzzle, ends: Sequence[Answer], known: int | None) -> Iterator[tuple[int, float]]:
    """Yield what each cell's movement would add to a range, from the worth of its bounds.

    Of each answer the least value is the sum of each bound times its worth, so a bound that is
    opened widens the range by no more than that.
    """
    for cell, (down, up, by) in enumerate(
        zip(puzzle.down, puzzle.up, puzzle.shown_by, strict=True)
    ):
        if by is None or cell == known:
            continue
        worths = [float(each.worth[cell]) for each in ends]
        pull = sum(down * worth if worth > ENOUGH else 0.0 for worth in worths)
        pull += sum(up * -worth if worth < -ENOUGH else 0.0 for worth in worths)
        if pull:
            yield cell, pull


def optimum(puzzle: Puzzle, *, seconds: float = inf) -> Choice | None:
    """Return the choice of least loss that is safe; a bound alone when time is up before.

    A choice that is not optimal withholds what was last tried and is not safe by itself. None
    means that no choice is safe, because too much stands already.
    """
    master, attack = Master(puzzle), Attack(puzzle)
    until = perf_counter() + seconds
    _bridges(puzzle, master)
    withheld, bound = puzzle.forced, 0.0
    for _ in range(ROUNDS):
        chosen = master.choose()
        if chosen is None:
            return None
        withheld, bound = chosen
        attack.allow(withheld)
        if not _cut(puzzle, master, attack, withheld):
            return Choice(withheld, bound, optimal=True)
        if perf_counter() > until:
            break
    return Choice(withheld, bound, optimal=False)


def _bridges(puzzle: Puzzle, master: Master) -> None:
    """Require for each whole and its parts that no cell is withheld alone."""
    for row in puzzle.rows:
        cells = [at for at, _ in row.terms if puzzle.shown_by[at] is not None]
        if row.low or row.high or any(not puzzle.shown_by[at] for at in cells):
            continue
        for at in (at for at in cells if puzzle.needs[at]):
            master.require(((other, 1.0) for other in cells if other != at), Aim(at, 1.0))


def _cut(puzzle: Puzzle, master: Master, attack: Attack, withheld: frozenset[int]) -> bool:
    """Add a cut for each cell that is left too narrow a range; return whether there was one."""
    before = False
    for aim in aims(puzzle, withheld):
        if attack.shows(aim):
            continue
        ends = attack.ends(aim)
        if width(ends) < aim.width - ENOUGH:
            master.require(pulls(puzzle, ends, aim.known), aim)
            before = True
    return before or _cut_whole(puzzle, master, attack, withheld)


def _cut_whole(puzzle: Puzzle, master: Master, attack: Attack, withheld: frozenset[int]) -> bool:
    for aim in aims(puzzle, withheld):
        if not attack.shows(aim) and width(attack.ends(aim, whole=True)) < aim.width - ENOUGH:
            master.exclude(withheld)
            return True
    return False
