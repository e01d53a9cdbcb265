"""Withhold the least that keeps every small count unknown, and say what that cost.

Components, the sets of cells that nothing links, are solved apart. One whose cells, counts and
relations are those of an earlier time is not solved again: its answer is taken from the cache.
"""

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass

from metrics.disclosure.heuristic import heuristic
from metrics.disclosure.model import Key, Tables
from metrics.disclosure.optimum import Choice, optimum
from metrics.disclosure.policy import POLICY, Policy
from metrics.disclosure.primary import Guarded, Why, primary
from metrics.disclosure.puzzle import Puzzle, puzzles

SMALL_ENOUGH = 4_000
"""Up to so many cells that may be withheld a component is solved to the optimum."""
SECONDS = 60.0
"""So long the optimum is looked for; then the heuristic goes on from there, with the bound."""

NAMED = 5

Solved = Choice | None
Cache = MutableMapping[tuple[object, ...], Solved]
_CACHE: dict[tuple[object, ...], Solved] = {}


class Unprotectable(ValueError):
    """No choice protects these cells: too much of what would give them away stands already."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self.keys = tuple(keys)
        named = ", ".join(map(str, self.keys[:NAMED])) + (" …" if len(self.keys) > NAMED else "")
        super().__init__(f"Nothing that may still be withheld protects {named}")


@dataclass(frozen=True)
class Cost:
    """What protection cost: cells withheld and how many count as children's, of how many.

    `loss` is what the programme made least, `bound` the least that any safe choice loses, and
    `optimal` whether they are known to be the same.
    """

    cells: int
    of_cells: int
    counts: int
    of_counts: int
    loss: float
    bound: float
    optimal: bool


@dataclass(frozen=True)
class Protection:
    """Which cells are withheld, each with its reason, for the publisher alone; and what it cost."""

    withheld: Mapping[Key, Why]
    cost: Cost


def protect(
    tables: Tables,
    policy: Policy = POLICY,
    also: Mapping[Key, Why] | None = None,
    *,
    cache: Cache | None = None,
) -> Protection:
    """Return what to withhold; `also` names cells that must be, for reasons beyond their counts.

    Raises Unprotectable where too much stands already.
    """
    guarded = primary(tables, policy, also)
    held = _CACHE if cache is None else cache
    pieces = [each for each in puzzles(guarded, policy) if each.forced or each.unknown]
    choices = [_solved(piece, held) for piece in pieces]
    withheld: dict[Key, Why] = {}
    for piece, choice in zip(pieces, choices, strict=True):
        withheld |= _reasons(piece, choice)
    return Protection(withheld, _cost(guarded, withheld, pieces, choices))


def _solved(piece: Puzzle, cache: Cache) -> Choice:
    """Return the answer for a component, from the cache where it is there."""
    known = (piece.cells, piece.relations, piece.lines, *map(frozenset, _own(piece)), piece.policy)
    if known not in cache:
        cache[known] = _solve(piece)
    found = cache[known]
    if found is None:
        raise Unprotectable([*piece.withheld, *piece.unknown])
    return found


def _own(piece: Puzzle) -> tuple[Iterable[object], Iterable[object]]:
    return piece.withheld.items(), piece.unknown


def _solve(piece: Puzzle) -> Choice | None:
    if len(piece.lines) - len(piece.fixed_lines) > SMALL_ENOUGH:
        return heuristic(piece)
    best = optimum(piece, seconds=SECONDS)
    if best is None or best.optimal:
        return best
    found = heuristic(piece, best.withheld)
    return found and Choice(found.withheld, best.bound, optimal=False)


def _reasons(piece: Puzzle, choice: Choice) -> dict[Key, Why]:
    """Return the cells that nothing shows any more, with the reason of each."""
    moving = zip(piece.cells, piece.moving(choice.withheld), strict=True)
    gone = [cell.key for cell, moves in moving if moves and not cell.hidden]
    return {key: piece.withheld.get(key, Why.PROTECTS) for key in gone}


def _cost(
    guarded: Guarded,
    withheld: Mapping[Key, Why],
    pieces: list[Puzzle],
    choices: list[Choice],
) -> Cost:
    cells = [cell for cell in guarded.tables.cells if not cell.hidden]
    losses = [
        sum(piece.costs[line] for line in choice.withheld)
        for piece, choice in zip(pieces, choices, strict=True)
    ]
    return Cost(
        cells=len(withheld),
        of_cells=len(cells),
        counts=sum(cell.count for cell in cells if cell.key in withheld),
        of_counts=sum(cell.count for cell in cells),
        loss=sum(losses),
        bound=sum(choice.bound for choice in choices),
        optimal=all(choice.optimal for choice in choices),
    )
