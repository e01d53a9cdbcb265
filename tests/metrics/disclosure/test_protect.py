"""What is protected survives the attack, at the least loss where that can be found."""

import random
from itertools import combinations

import pytest

from metrics.disclosure import (
    POLICY,
    Cell,
    Key,
    Policy,
    Tables,
    Unprotectable,
    Why,
    adds_up,
    attack,
    protect,
)
from metrics.disclosure.heuristic import heuristic
from metrics.disclosure.optimum import Attack, Choice, aims, optimum, width
from metrics.disclosure.policy import THRESHOLDS
from metrics.disclosure.primary import primary
from metrics.disclosure.puzzle import Puzzle, puzzles
from tests.metrics.disclosure.tables import (
    ZEROS_SHOWN,
    counts,
    linked,
    publish,
    random_linked,
    random_table,
    singles,
    table,
)

SEEDS = range(4)
EACH = 12
POLICIES = [
    POLICY,
    ZEROS_SHOWN,
    Policy(5, "a test"),
    Policy(3, "a test", zeros_shown=True, groups=False, singletons=False),
]


@pytest.mark.parametrize("policy", POLICIES, ids=["grades", "zeros shown", "five", "no singles"])
@pytest.mark.parametrize("seed", SEEDS)
def test_linked_tables_survive_the_attack(policy: Policy, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(EACH):
        tables = chance.choice([random_linked, random_table])(chance)
        held = protect(tables, policy, cache={})
        small = {c.key for c in tables.cells if policy.is_small(c.count)}
        assert small <= held.withheld.keys()
        own = singles(tables) if policy.singletons else []
        assert attack(publish(tables, held.withheld), policy, singles=own).exposed == ()


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_every_threshold_leaves_its_own_range(threshold: int) -> None:
    policy = Policy(threshold, "a test")
    tables = linked([[1, 20, 14, 5], [12, 20, 4, 4]])
    held = protect(tables, policy, cache={})
    assert attack(publish(tables, held.withheld), policy).exposed == ()
    assert all(n not in range(1, threshold) for n in counts(tables, shown(tables, held.withheld)))


def shown(tables: Tables, withheld: object) -> list[Key]:
    """Return the cells that are not withheld."""
    assert isinstance(withheld, dict)
    return [cell.key for cell in tables.cells if cell.key not in withheld]


def pieces(tables: Tables, policy: Policy = POLICY) -> list[Puzzle]:
    """Return the components of some tables that need protection."""
    return [p for p in puzzles(primary(tables, policy), policy) if p.forced or p.unknown]


def loss(piece: Puzzle, lines: frozenset[int]) -> float:
    return sum(piece.costs[line] for line in lines)


@pytest.mark.parametrize("rows", [[[1, 9, 0, 3]], [[2, 2, 0, 4]], [[0, 7, 0, 0]], [[1, 0, 4, 5]]])
def test_the_optimum_is_the_least_of_all_safe_choices(rows: list[list[int]]) -> None:
    tables = linked(rows)
    keys = [cell.key for cell in tables.cells]
    (piece,) = pieces(tables)
    best = min(
        loss(piece, frozenset(piece.lines.index((key,)) for key in chosen))
        for size in range(len(keys) + 1)
        for chosen in combinations(keys, size)
        if {key for key in keys if POLICY.is_small(counts(tables, [key])[0])} <= set(chosen)
        and not attack(publish(tables, set(chosen)), POLICY, singles=singles(tables)).exposed
    )
    found = optimum(piece)
    assert found is not None
    assert found.optimal
    assert loss(piece, found.withheld) == pytest.approx(best)
    assert found.bound == pytest.approx(best)


def test_the_heuristic_is_safe_and_loses_no_less_than_the_optimum() -> None:
    chance = random.Random(5)  # noqa: S311
    ratios = []
    for _ in range(20):
        for piece in pieces(random_table(chance), ZEROS_SHOWN):
            best, found = optimum(piece), heuristic(piece)
            assert best is not None
            assert found is not None
            assert loss(piece, found.withheld) >= best.bound - 1e-6
            ratios.append(loss(piece, found.withheld) / loss(piece, best.withheld))
    assert sum(ratios) / len(ratios) < 1.25


def test_where_time_is_up_the_heuristic_goes_on_from_what_was_tried_and_is_safe() -> None:
    chance, mended = random.Random(6), 0  # noqa: S311
    for _ in range(20):
        for piece in pieces(random_table(chance), ZEROS_SHOWN):
            tried = optimum(piece, seconds=0)
            assert tried is not None
            found = heuristic(piece, tried.withheld)
            assert found is not None
            assert tried.withheld <= found.withheld
            assert every_aim_is_met(piece, found.withheld)
            mended += not every_aim_is_met(piece, tried.withheld)
    assert mended > 3


def every_aim_is_met(piece: Puzzle, withheld: frozenset[int]) -> bool:
    """Return whether each withheld cell keeps its range, in real numbers."""
    attacker = Attack(piece)
    attacker.allow(withheld)
    return all(width(attacker.ends(aim)) >= aim.width - 1e-6 for aim in aims(piece, withheld))


def test_a_table_without_small_counts_is_shown_whole() -> None:
    assert protect(linked([[5, 4, 3, 0], [3, 6, 0, 3]])).withheld == {}


def test_the_reason_is_kept_for_the_publisher() -> None:
    held = protect(linked([[2, 9, 4, 0]]), cache={})
    assert held.withheld[(0, 0)] is Why.SMALL
    assert set(held.withheld.values()) == {Why.SMALL, Why.PROTECTS}


def test_what_it_cost_is_counted() -> None:
    tables = linked([[2, 9, 4, 0]])
    cost = protect(tables, cache={}).cost
    assert (cost.of_cells, cost.of_counts) == (5, 30)
    assert cost.cells == len(protect(tables, cache={}).withheld)
    assert cost.loss == pytest.approx(cost.bound)
    assert cost.optimal


def test_a_count_that_stands_already_is_not_withheld_and_protects_nothing() -> None:
    whole = adds_up("total", ["one", "other"], "a total of two")
    cells = Cell("one", 1), Cell("other", 6, stands=True), Cell("total", 7, stands=True)
    with pytest.raises(Unprotectable, match="one"):
        protect(Tables(cells, (whole,)), cache={})


def test_cells_that_tables_share_are_one_cell() -> None:
    other = Tables(
        (Cell((0, 3), 3), Cell("a", 1), Cell("b", 2)), (adds_up((0, 3), "ab", "reasons"),)
    )
    both = linked([[4, 5, 4, 3]]) + other
    held = protect(both, cache={})
    assert {"a", "b"} <= held.withheld.keys()
    assert attack(publish(both, held.withheld), singles=["a"]).exposed == ()
    with pytest.raises(ValueError, match="is 3 in one table, 4"):
        linked([[4, 5, 4, 3]]) + Tables((Cell((0, 3), 4),))


def test_what_did_not_change_is_not_solved_again() -> None:
    cache: dict[tuple[object, ...], Choice | None] = {}
    first = protect(table([[1, 5], [6, 9]]), ZEROS_SHOWN, cache=cache)
    solved = dict(cache)
    assert len(solved) == 1
    assert protect(table([[1, 5], [6, 9]]), ZEROS_SHOWN, cache=cache).withheld == first.withheld
    assert cache == solved
    protect(table([[1, 5], [7, 9]]), ZEROS_SHOWN, cache=cache)
    assert len(cache) == 2


def test_a_policy_says_where_it_comes_from_and_what_it_cannot_do() -> None:
    assert POLICY.source
    assert POLICY.width == 3
    with pytest.raises(ValueError, match="not 4"):
        Policy(4, "a test")
    with pytest.raises(ValueError, match="shares a grade"):
        Policy(3, "a test", zeros_shown=True)
