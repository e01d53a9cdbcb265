"""Does what is protected survive the attack, what does it cost a reader, and how long does it take?

Prints, in parts that can be asked for by name: `random` (10,000 random linked tables, or as many as
are asked for), `loss` (against the optimum, on tables small enough to solve exactly), `solver`
(HiGHS kept warm against SciPy), `areas` (151 of them, 4 × 3) and `nation` (153 authorities × grades
× sex × ethnicity with all margins, regions and nation, protected and attacked).
"""

import argparse
import random
from collections.abc import Callable
from functools import partial
from itertools import product
from time import perf_counter, process_time

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from metrics.disclosure import Policy, Tables, attack, protect
from metrics.disclosure.heuristic import heuristic
from metrics.disclosure.optimum import optimum
from metrics.disclosure.primary import primary
from metrics.disclosure.puzzle import Puzzle, puzzles
from metrics.disclosure.tables import ALL, Dimension, frequency
from tests.metrics.disclosure.tables import (
    ZEROS_SHOWN,
    publish,
    random_linked,
    random_table,
    singles,
)

GRADES = Policy(3, "grades of case files")
COUNTS = Policy(3, "counts of children", zeros_shown=True, groups=False, singletons=False)
WHOLE_RANGE = Policy(3, "counts of children", groups=False, singletons=False)
SHARES = {
    "grade": (0.35, 0.3, 0.25, 0.1),
    "sex": (0.75, 0.2, 0.05),
    "ethnicity": (0.6, 0.12, 0.12, 0.08, 0.08),
}


def survive(tables: int) -> None:
    """Protect and attack random linked tables; print how many an attacker came too close to."""
    chance, exposed, cells = random.Random(1), 0, 0
    protecting = attacking = 0.0
    for _ in range(tables):
        held = chance.choice((random_linked, random_table))(chance)
        policy = chance.choice((GRADES, ZEROS_SHOWN, Policy(5, "five")))
        began = perf_counter()
        withheld = protect(held, policy, cache={}).withheld
        between = perf_counter()
        found = attack(publish(held, withheld.keys()), policy, singles=singles(held))
        protecting, attacking = protecting + between - began, attacking + perf_counter() - between
        exposed += bool(found.exposed)
        cells += found.cells
    print(f"{tables:,} random linked tables, {cells:,} withheld cells: {exposed} tables exposed")
    each, other = 1000 * protecting / tables, 1000 * attacking / tables
    print(f"  protect {each:.1f} ms, attack {other:.1f} ms each")


def loss() -> None:
    """Print what the heuristic loses, as a multiple of the optimum, on small tables."""
    chance, ratios = random.Random(2), []
    for _ in range(300):
        for piece in _pieces(random_table(chance), ZEROS_SHOWN):
            best, found = optimum(piece), heuristic(piece)
            if best and found:
                ratios.append(_loss(piece, found.withheld) / _loss(piece, best.withheld))
    print(
        f"loss of the heuristic against the optimum, {len(ratios)} tables: "
        f"mean {np.mean(ratios):.3f}, 95 % below {np.quantile(ratios, 0.95):.3f}, "
        f"equal in {np.mean(np.array(ratios) < 1.0001):.0%}"
    )


def _pieces(tables: Tables, policy: Policy) -> list[Puzzle]:
    return [p for p in puzzles(primary(tables, policy), policy) if p.forced or p.unknown]


def _loss(piece: Puzzle, lines: frozenset[int]) -> float:
    return sum(piece.costs[line] for line in lines)


def nation(authorities: int = 153, regions: int = 9, cases: int = 20) -> Tables:
    """Return a national table of invented counts: about so many cases an authority."""
    draw = np.random.default_rng(1)
    codes = [f"authority {n}" for n in range(authorities)]
    within = {f"region {r}": tuple(codes[r::regions]) for r in range(regions)}
    area = Dimension("area", tuple(codes), {**within, ALL: tuple(within)}, places=True)
    others = [
        Dimension(name, tuple(f"{name} {n}" for n in range(len(shares))))
        for name, shares in SHARES.items()
    ]
    counts: dict[tuple[str, ...], int] = {}
    for code in codes:
        for _ in range(draw.poisson(cases)):
            drawn = [draw.choice(len(s), p=s) for s in SHARES.values()]
            place = (code, *(d.categories[n] for d, n in zip(others, drawn, strict=True)))
            counts[place] = counts.get(place, 0) + 1
    return frequency("cases", (area, *others), counts)


def areas() -> None:
    """Print what is withheld of 151 areas in 9 regions by four headings and three."""
    draw = np.random.default_rng(1)
    codes = [f"area {n}" for n in range(151)]
    within = {f"region {r}": tuple(codes[r::9]) for r in range(9)}
    area = Dimension("area", tuple(codes), {**within, ALL: tuple(within)}, places=True)
    four = {f"grade {n}": share for n, share in enumerate((0.4, 0.3, 0.2, 0.1))}
    three = {f"kind {n}": share for n, share in enumerate((0.6, 0.3, 0.1))}
    counts: dict[tuple[str, ...], int] = {
        (code, one, other): int(draw.poisson(45 * four[one] * three[other]))
        for code, one, other in product(codes, four, three)
    }
    others = Dimension("grade", tuple(four)), Dimension("kind", tuple(three))
    tables = frequency("cases", (area, *others), counts)
    began = process_time()
    held = protect(tables, WHOLE_RANGE, cache={})
    small = sum(WHOLE_RANGE.is_small(cell.count) for cell in tables.cells)
    found = attack(publish(tables, held.withheld.keys()), WHOLE_RANGE)
    print(
        f"{len(tables.cells):,} cells, {small} small: {held.cost.cells - small} more withheld, "
        f"{process_time() - began:.1f} s of processor time, {len(found.exposed)} exposed"
    )


def national() -> None:
    """Protect and attack a national release; print seconds, and the ratio to one programme."""
    tables = nation()
    guarded = primary(tables, COUNTS)
    (piece,) = _pieces(tables, COUNTS)
    print(
        f"{len(tables.cells):,} cells, {len(tables.relations):,} equations, "
        f"{len(guarded.withheld):,} small counts"
    )
    sweep = seconds(lambda: _sweep(piece))
    working, began = process_time(), perf_counter()
    held = protect(tables, COUNTS, cache={})
    protecting = perf_counter() - began
    print(
        f"  protect {protecting:.1f} s: {held.cost.cells:,} of {held.cost.of_cells:,} cells "
        f"withheld, {held.cost.counts / held.cost.of_counts:.0%} of all that is counted"
    )
    truth = {cell.key: cell.count for cell in tables.cells}
    began = perf_counter()
    found = attack(publish(tables, held.withheld.keys()), COUNTS, start=truth)
    attacking = perf_counter() - began
    print(f"  attack {attacking:.1f} s: {len(found.exposed)} of {found.cells:,} cells exposed")
    together = protecting + attacking
    print(
        f"  together {together:.1f} s ({process_time() - working:.1f} s of processor time), "
        f"{together / sweep:.0f} times one programme over it by scipy.linprog ({sweep:.2f} s)"
    )


def seconds(work: Callable[[], object]) -> float:
    """Return how long something took."""
    began = perf_counter()
    work()
    return perf_counter() - began


def _sweep(piece: Puzzle) -> None:
    """Ask SciPy once how far one cell can go if every cell may move."""
    _linprog(piece, np.eye(1, len(piece.cells)).ravel())


def _linprog(piece: Puzzle, costs: np.ndarray) -> None:
    entries = [(r, at, by) for r, row in enumerate(piece.rows) for at, by in row.terms]
    at, places, times = zip(*entries, strict=True)
    matrix = csr_matrix((times, (at, places)), (len(piece.rows), len(piece.cells)))
    bounds = list(zip([-down for down in piece.down], piece.up, strict=True))
    linprog(costs, A_eq=matrix, b_eq=np.zeros(len(piece.rows)), bounds=bounds)


def solver() -> None:
    """Print what one question about one authority's table costs either way."""
    tables = nation(1, 1)
    (piece,) = _pieces(tables, COUNTS)
    programme = piece.programme(frozenset(range(len(piece.lines))))
    cells = range(0, len(piece.cells), 2)
    costs = [np.eye(1, len(piece.cells), cell).ravel() for cell in cells]
    warm = seconds(lambda: [programme.least({cell: 1.0}) for cell in cells])
    plain = sum(seconds(partial(_linprog, piece, each)) for each in costs)
    print(
        f"one question about {len(piece.cells)} cells: HiGHS kept warm "
        f"{1000 * warm / len(cells):.2f} ms, scipy.linprog {1000 * plain / len(cells):.2f} ms, "
        f"{plain / warm:.1f} times as long"
    )


def main() -> None:
    """Print the parts asked for, or all."""
    parts = {"solver": solver, "loss": loss, "areas": areas, "nation": national}
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", choices=[*parts, "random", []])
    asked.add_argument("--tables", type=int, default=10_000)
    given = asked.parse_args()
    for name, part in parts.items():
        if not given.parts or name in given.parts:
            part()
    if not given.parts or "random" in given.parts:
        survive(given.tables)


if __name__ == "__main__":
    main()
