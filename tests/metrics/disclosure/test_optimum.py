"""What is called the least loss is the least: by listing, and by a solver started cold."""

import random
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from metrics.disclosure import POLICY, Policy, Tables, attack
from metrics.disclosure.optimum import optimum
from metrics.disclosure.primary import primary
from metrics.disclosure.programme import Programme, Row
from metrics.disclosure.puzzle import Puzzle, puzzles
from tests.metrics.disclosure.tables import ZEROS_SHOWN, publish, random_table, singles, table

QUESTIONS = 25
NO_SINGLES = Policy(3, "a test", singletons=False)
"""With singles the optimum is careful: cells that a choice makes one child are kept apart."""


def small_table(chance: random.Random) -> Tables:
    """Return two rows of two, with all totals: nine cells."""
    return table([[chance.choice((0, 1, 2, 3, 5, 9)) for _ in range(2)] for _ in range(2)])


def least_by_listing(tables: Tables, piece: Puzzle, policy: Policy) -> float:
    """Return the least loss of all choices that survive the attack, cheapest tried first."""
    others = sorted(set(range(len(piece.lines))) - piece.forced - piece.fixed_lines)
    choices = (
        piece.forced | set(some) for n in range(len(others) + 1) for some in combinations(others, n)
    )
    own = singles(tables) if policy.singletons else []
    for choice in sorted(choices, key=lambda lines: loss(piece, lines)):
        hidden = {key for line in choice for key in piece.lines[line]}
        if not attack(publish(tables, hidden), policy, singles=own).exposed:
            return loss(piece, choice)
    raise AssertionError("Withholding everything is safe for tables whose totals are not small.")


def loss(piece: Puzzle, lines: frozenset[int]) -> float:
    return sum(piece.costs[line] for line in lines)


@pytest.mark.parametrize("policy", [NO_SINGLES, ZEROS_SHOWN], ids=["policy", "zeros shown"])
@pytest.mark.parametrize("seed", range(3))
def test_nothing_cheaper_survives_the_attack(policy: Policy, seed: int) -> None:
    chance, compared = random.Random(seed), 0  # noqa: S311
    while compared < 3:
        tables = small_table(chance)
        for piece in puzzles(primary(tables, policy), policy):
            found = optimum(piece) if piece.forced else None
            if found is not None:
                assert found.optimal
                least = least_by_listing(tables, piece, policy)
                assert loss(piece, found.withheld) == pytest.approx(least)
                compared += 1


@pytest.mark.parametrize("seed", range(6))
def test_a_solver_kept_warm_answers_as_one_started_cold(seed: int) -> None:
    draw = np.random.default_rng(seed)
    pieces = puzzles(primary(random_table(random.Random(seed)), POLICY), POLICY)  # noqa: S311
    (piece,) = pieces
    columns = range(len(piece.cells))
    warm = piece.programme(frozenset(range(len(piece.lines))))
    for number in range(QUESTIONS):
        costs = draw.integers(-3, 4, len(columns)).astype(float)
        found = warm.least(dict(enumerate(costs)), whole=columns if number % 2 else ())
        cold = _cold(piece, costs, whole=bool(number % 2))
        assert found is not None
        assert found.value == pytest.approx(cold)


def _cold(piece: Puzzle, costs: np.ndarray, *, whole: bool) -> float:
    matrix = np.zeros((len(piece.rows), len(costs)))
    for number, row in enumerate(piece.rows):
        for at, times in row.terms:
            matrix[number, at] += times
    limits = [row.low for row in piece.rows], [row.high for row in piece.rows]
    found = milp(
        costs,
        integrality=np.full(len(costs), int(whole)),
        bounds=Bounds([-down for down in piece.down], list(piece.up)),
        constraints=LinearConstraint(matrix, *limits),
    )
    return float(found.fun)


@pytest.mark.parametrize("seed", range(20))
def test_a_covering_to_which_rows_are_added_stays_the_least(seed: int) -> None:
    draw = np.random.default_rng(seed)
    costs = draw.uniform(1, 9, 9)
    programme, rows = Programme([0.0] * 9, [1.0] * 9, []), []
    for _ in range(12):
        row = draw.integers(0, 3, 9).astype(float)
        needed = min(2.0, float(row.sum()))
        rows.append((row, needed))
        programme.add(Row(list(enumerate(row)), needed, np.inf))
        found = programme.least(dict(enumerate(costs)), whole=range(9))
        assert found is not None
        assert found.value == pytest.approx(_least_cover(costs, rows))


def _least_cover(costs: np.ndarray, rows: list[tuple[np.ndarray, float]]) -> float:
    """Return the least cost of all 512 choices of nine that satisfy every row."""
    every = np.array(np.meshgrid(*[[0.0, 1.0]] * 9)).reshape(9, -1).T
    safe = np.all([every @ row >= needed for row, needed in rows], axis=0)
    return float((every[safe] @ costs).min())
