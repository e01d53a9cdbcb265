"""The attack finds what can be found: it must be able to say that a release is unsafe."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.disclosure import (
    Attacker,
    Contradiction,
    Key,
    Policy,
    Published,
    adds_up,
    at_least,
    attack,
    exactly,
    percentage,
    ranges,
    rounded,
)
from tests.metrics.disclosure.tables import ZEROS_SHOWN, linked, publish, table

OPEN = Policy(3, "a test", groups=False, singletons=False)


def exposed(published: Published, policy: Policy = OPEN) -> dict[Key, Attacker]:
    """Return the cells that an attacker knows too closely, and who does."""
    return {each.key: each.attacker for each in attack(published, policy).exposed}


def test_two_withheld_in_every_row_and_column_can_still_leave_one_exact() -> None:
    # A 4×4 pattern: rows 1 and 2 less columns 1 and 2 leave one cell.
    rows = [[20, 50, 10, 5], [8, 19, 22, 9], [17, 32, 12, 11], [6, 7, 14, 13]]
    hidden = {(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)}
    for way in (0, 1):
        assert {sum(cell[way] == at for cell in hidden) >= 2 for at in range(4)} == {True}
    found = attack(publish(table(rows), hidden), OPEN).exposed
    assert [(each.key, each.low, each.high, each.attacker) for each in found] == [
        ((1, 2), 22, 22, Attacker.LINEAR)
    ]
    assert {"0, all is a sum", "1, all is a sum"} <= set(found[0].says)


def test_a_year_less_its_quarters_gives_a_quarter_away() -> None:
    quarters = [("Q", n) for n in range(1, 5)]
    year = adds_up("year", quarters, "the year is its quarters")
    so_far = adds_up("to September", quarters[:2], "the year to date is its quarters")
    numbers = exactly({"year": 41, "to September": 20, ("Q", 1): 18, ("Q", 4): 11})
    published = Published(numbers, frozenset(quarters[1:3]), (year, so_far))
    assert exposed(published).keys() == set(quarters[1:3])


def test_overlapping_areas_give_away_what_lies_between_them() -> None:
    force = adds_up("force", ["Durham", "Darlington"], "the force is its councils")
    region = adds_up("region", ["Durham", "Darlington", "Hartlepool"], "the region is its councils")
    numbers = exactly({"force": 12, "region": 14, "Durham": 9})
    published = Published(numbers, frozenset({"Darlington", "Hartlepool"}), (force, region))
    assert exposed(published).keys() == {"Darlington", "Hartlepool"}


def test_a_percentage_of_a_known_total_is_the_count() -> None:
    says = percentage("good", "read", 11.1, 1, "11.1 % were good")
    published = Published(exactly({"read": 9}), frozenset({"good"}), tuple(says))
    assert ranges(published, OPEN)["good"] == (1, 1)
    (found,) = attack(published, OPEN).exposed
    assert found.says == ("11.1 % were good",)


@given(st.integers(1, 400), st.data())
def test_a_percentage_never_rules_out_the_true_count(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    places = data.draw(st.integers(0, 2))
    says = percentage("part", "whole", round(100 * part / whole, places), places, "a percentage")
    published = Published(exactly({"whole": whole}), frozenset({"part"}), tuple(says))
    low, high = ranges(published, OPEN)["part"]
    assert low <= part <= high


def test_a_sentence_that_compares_narrows_what_is_withheld() -> None:
    line = adds_up("graded", ["good", "not good"], "graded cases are good or not")
    published = Published(exactly({"graded": 7}), frozenset({"good", "not good"}), (line,))
    assert not exposed(published)
    says = at_least(["not good"], ["good"], "more were not good than good", by=3)
    narrowed = Published(published.known, published.withheld, (line, says))
    assert exposed(narrowed).keys() == {"good", "not good"}


def test_children_come_whole() -> None:
    # Twice the few is at most 7: three and a half children, or three.
    tens = adds_up("in tens", ["few"] * 2, "twice the few")
    published = Published({"in tens": (0, 7)}, frozenset({"few"}), (tens,))
    wide = ranges(published, OPEN, Attacker.LINEAR)["few"]
    assert list(wide) == [0, 3.5]
    assert ranges(published, OPEN, Attacker.WHOLE)["few"] == (0, 3)


def test_who_knows_that_zeros_are_shown_knows_more() -> None:
    pair = adds_up("total", ["one", "other"], "a total of two")
    published = Published(exactly({"total": 4}), frozenset({"one", "other"}), (pair,))
    assert not exposed(published)
    assert set(exposed(published, ZEROS_SHOWN).values()) == {Attacker.INFORMED}
    assert ranges(published, ZEROS_SHOWN)["one"] == (1, 3)


def test_a_single_child_under_a_subtotal_is_its_subtotal() -> None:
    pair = adds_up("total", ["one", "other"], "a total of two")
    published = Published(exactly({"total": 1, "other": 0}), frozenset({"one"}), (pair,))
    assert exposed(published) == {"one": Attacker.LINEAR}


def test_lines_that_come_to_nothing_hide_nothing() -> None:
    pair = adds_up("total", ["one", "other"], "a total of two")
    published = Published(exactly({"total": 0}), frozenset({"one", "other"}), (pair,))
    assert exposed(published).keys() == {"one", "other"}


def test_the_child_who_is_the_count_of_one_must_not_learn_the_other() -> None:
    tables = linked([[1, 6, 0, 3]])
    policy = Policy(3, "a test", groups=False)
    published = publish(tables, {(0, 0), (0, 1)})
    assert not attack(published, policy).exposed
    (found,) = attack(published, policy, singles=[(0, 0)]).exposed
    assert (found.key, found.low, found.attacker) == ((0, 1), 6, Attacker.INSIDER)


def test_that_everyone_shares_a_grade_must_not_show() -> None:
    tables = linked([[0, 0, 9, 0]])
    policy = Policy(3, "a test")
    assert {e.key for e in attack(publish(tables, ()), policy).exposed} == {(0, 2)}
    # The other headings are shown as noughts, so the whole line is the one that is withheld.
    found = attack(publish(tables, {(0, 2), "read"}), policy).exposed
    assert {each.key for each in found} == {(0, 2)}
    assert not attack(publish(tables, {(0, 2), (0, 0)}), policy).exposed


def test_a_group_that_nobody_graded_may_show() -> None:
    assert not attack(publish(linked([[0, 0, 0, 9]]), ()), Policy(3, "a test")).exposed


def test_rounded_counts_stand_for_all_that_they_may_be() -> None:
    for count, base in product(range(40), (3, 5, 10)):
        shown, (low, high) = rounded(count, base)
        assert high is not None
        alike = [n for n in range(60) if rounded(n, base)[0] == shown]
        assert (low, high) == (min(alike), max(alike))
        assert low <= count <= high


def test_rounded_parts_of_a_rounded_total_can_still_be_narrowed() -> None:
    pair = adds_up("total", ["one", "other"], "a total of two")
    known: dict[Key, tuple[int, int | None]] = {"total": (0, 2), "one": (3, 7)}
    with pytest.raises(Contradiction):
        attack(Published(known, frozenset({"other"}), (pair,)), OPEN)


def test_numbers_that_cannot_all_be_true_are_said_to_be_so() -> None:
    pair = adds_up("total", ["one", "other"], "the total")
    with pytest.raises(Contradiction, match="the total"):
        attack(Published(exactly({"total": 3, "one": 1, "other": 1}), frozenset(), (pair,)), OPEN)


SMALL = st.lists(
    st.lists(st.integers(0, 4), min_size=2, max_size=3), min_size=2, max_size=2
).filter(lambda rows: len({len(row) for row in rows}) == 1)


@given(SMALL, st.data())
def test_the_ranges_are_those_of_listing_every_table(
    rows: list[list[int]], data: st.DataObject
) -> None:
    tables = table(rows)
    inner = [(r, c) for r in range(2) for c in range(len(rows[0]))]
    hidden = data.draw(st.sets(st.sampled_from(inner), min_size=1))
    published = publish(tables, hidden)
    found = ranges(published, OPEN)
    for cell in hidden:
        values = {t[inner.index(cell)] for t in every_table(rows, hidden)}
        assert found[cell] == (min(values), max(values))
    narrow = {cell for cell, (low, high) in found.items() if high - low < OPEN.width}
    assert exposed(published).keys() == narrow


def every_table(rows: list[list[int]], hidden: set[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Return every table of whole numbers with the same totals and the same shown cells."""
    across = len(rows[0])
    inner = [(r, c) for r in range(2) for c in range(across)]
    sums = [sum(row) for row in rows], [rows[0][c] + rows[1][c] for c in range(across)]
    options = [range(9) if cell in hidden else [rows[cell[0]][cell[1]]] for cell in inner]
    return [
        t
        for t in product(*options)
        if [sum(t[:across]), sum(t[across:])] == sums[0]
        and [t[c] + t[across + c] for c in range(across)] == sums[1]
    ]
