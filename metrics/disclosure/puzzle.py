"""One linked set of tables in numbers: how far each count may move while all relations hold.

An attacker's other tables differ from the true one by movements that every relation adds up to
nothing. A cell that is shown cannot move. So protecting is choosing which cells may move.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf, log2

from metrics.disclosure.model import Cell, Key, Relation
from metrics.disclosure.policy import Policy
from metrics.disclosure.primary import Guarded, Why
from metrics.disclosure.programme import Programme, Row

FAR = 20
"""No withheld cell is thought to move by more than so many times the width that it needs."""
FARTHER = 1_000
"""A hidden cell moves with several others, so it is given so many times as far."""


@dataclass(frozen=True)
class Puzzle:
    """The cells of one component by place, and the lines that show them, which are withheld whole.

    `shown_by` holds the lines that show a cell, None for one that stands; a hidden cell has none
    and always moves. `needs` is how wide the range of a cell that moves must be.
    """

    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...]
    lines: tuple[tuple[Key, ...], ...]
    withheld: Mapping[Key, Why]
    unknown: frozenset[Key]
    policy: Policy

    @cached_property
    def place(self) -> dict[Key, int]:
        return {cell.key: at for at, cell in enumerate(self.cells)}

    @cached_property
    def shown_by(self) -> tuple[tuple[int, ...] | None, ...]:
        found: dict[Key, list[int]] = {cell.key: [] for cell in self.cells}
        for at, line in enumerate(self.lines):
            for key in line:
                found[key].append(at)
        return tuple(None if self._fixed(c) else tuple(found[c.key]) for c in self.cells)

    def _fixed(self, cell: Cell) -> bool:
        return cell.stands or (self.policy.zeros_shown and not cell.count and not cell.hidden)

    @cached_property
    def needs(self) -> tuple[int, ...]:
        return tuple(
            self.policy.width if not cell.hidden or cell.key in self.unknown else 0
            for cell in self.cells
        )

    @cached_property
    def singles(self) -> tuple[int, ...]:
        """Return the places of counts of 1 whose child knows them."""
        if not self.policy.singletons:
            return ()
        return tuple(
            at
            for at, cell in enumerate(self.cells)
            if cell.count == 1 and not cell.hidden and self.shown_by[at]
        )

    def singles_beside(self, cell: int) -> list[int]:
        """Return the counts of 1 whose child could tell another cell: not one that is the same."""
        return [at for at in self.singles if self.same[at] != self.same[cell]]

    @cached_property
    def same(self) -> tuple[Key, ...]:
        """Return for each cell one that everybody knows to be the same, itself if there is none.

        A single child under a subtotal is the subtotal: whoever knows one knows both, and they
        are about nobody else.
        """
        found: dict[Key, Key] = {cell.key: cell.key for cell in self.cells}
        for relation in self.relations:
            open_terms = [
                (k, by) for k, by in relation.terms if self.shown_by[self.place[k]] is not None
            ]
            if len(open_terms) == 2 and not sum(by for _, by in open_terms):
                join(found, *(key for key, _ in open_terms))
        return tuple(root(found, cell.key) for cell in self.cells)

    @cached_property
    def forced(self) -> frozenset[int]:
        """Return the lines that must be withheld."""
        return frozenset(
            line for key in self.withheld for line in (self.shown_by[self.place[key]] or ())
        )

    @cached_property
    def fixed_lines(self) -> frozenset[int]:
        """Return the lines that cannot be withheld: they lead with a cell that stands."""
        return frozenset(
            at
            for at, line in enumerate(self.lines)
            if self.shown_by[self.place[line[0]]] is None and at not in self.forced
        )

    @cached_property
    def costs(self) -> tuple[float, ...]:
        """Return what withholding each line loses: its count's binary logarithm, by its worth.

        A reader loses more with a total than with a nought. The last term makes the least loss
        the same choice every time.
        """
        first = [self.cells[self.place[line[0]]] for line in self.lines]
        return tuple(
            cell.worth * log2(2 + cell.count) + 1e-4 * at / len(first)
            for at, cell in enumerate(first)
        )

    def moving(self, withheld: frozenset[int]) -> list[bool]:
        """Return which cells may move where these lines are withheld."""
        return [by is not None and withheld.issuperset(by) for by in self.shown_by]

    @cached_property
    def down(self) -> tuple[float, ...]:
        """Return how far each cell can move down: to 0, or to 1 where every zero is shown."""
        least = int(self.policy.zeros_shown)
        return tuple(
            float(cell.count) if cell.hidden else max(0.0, float(cell.count - least))
            for cell in self.cells
        )

    @cached_property
    def up(self) -> tuple[float, ...]:
        far = float(FAR * self.policy.width)
        return tuple(FARTHER * far if cell.hidden else far for cell in self.cells)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Return the relations as movements: each adds up to nothing, or stays in its limits."""
        return tuple(self._row(relation) for relation in self.relations)

    @cached_property
    def rows_of(self) -> tuple[tuple[int, ...], ...]:
        """Return the relations that each cell stands in."""
        found: list[list[int]] = [[] for _ in self.cells]
        for number, relation in enumerate(self.relations):
            for key, _ in relation.terms:
                found[self.place[key]].append(number)
        return tuple(map(tuple, found))

    def _row(self, relation: Relation) -> Row:
        stands = sum(self.cells[self.place[key]].count * times for key, times in relation.terms)
        low = -inf if relation.low is None else float(relation.low - stands)
        high = inf if relation.high is None else float(relation.high - stands)
        return Row([(self.place[key], float(times)) for key, times in relation.terms], low, high)

    def programme(self, withheld: frozenset[int] = frozenset()) -> Programme:
        """Return the movements that are possible where these lines are withheld."""
        free = self.moving(withheld)
        lows = [-down if moves else 0.0 for moves, down in zip(free, self.down, strict=True)]
        highs = [up if moves else 0.0 for moves, up in zip(free, self.up, strict=True)]
        return Programme(lows, highs, self.rows)


def puzzles(guarded: Guarded, policy: Policy) -> list[Puzzle]:
    """Return the components of what is guarded: sets of cells that no relation or line links."""
    tables = guarded.tables
    inner = {key for line in tables.shown for key in line}
    alone = [(c.key,) for c in tables.cells if not c.hidden and c.key not in inner]
    lines = (*tables.shown, *alone)
    root = _roots(guarded, lines)
    found: dict[Key, tuple[list[Cell], list[Relation], list[tuple[Key, ...]]]] = {}
    for cell in tables.cells:
        found.setdefault(root[cell.key], ([], [], []))[0].append(cell)
    for relation in tables.relations:
        found[root[relation.terms[0][0]]][1].append(relation)
    for line in lines:
        found[root[line[0]]][2].append(line)
    return [
        Puzzle(
            tuple(cells),
            tuple(relations),
            tuple(shown),
            {c.key: guarded.withheld[c.key] for c in cells if c.key in guarded.withheld},
            guarded.unknown & {c.key for c in cells},
            policy,
        )
        for cells, relations, shown in found.values()
    ]


def _roots(guarded: Guarded, lines: tuple[tuple[Key, ...], ...]) -> dict[Key, Key]:
    """Return one cell for each cell that stands for all that it is linked with."""
    found: dict[Key, Key] = {cell.key: cell.key for cell in guarded.tables.cells}
    for relation in guarded.tables.relations:
        join(found, *(key for key, _ in relation.terms))
    for line in lines:
        join(found, *line)
    return {key: root(found, key) for key in found}


def join(found: dict[Key, Key], first: Key, *others: Key) -> None:
    """Make all of these lead to the same one."""
    for other in others:
        found[root(found, other)] = root(found, first)


def root(found: dict[Key, Key], key: Key) -> Key:
    """Return the one that a cell leads to."""
    while found[key] != key:
        found[key] = found[found[key]]
        key = found[key]
    return key
