"""What earlier releases said is held against this one: nothing is given away by the difference."""

from collections.abc import Hashable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.disclosure import POLICY, Exposed, Key, Published, Tables, Why, protect, standing
from metrics.disclosure.differencing import Reader
from metrics.disclosure.protect import Unprotectable
from tests.metrics.disclosure.tables import linked, publish

FIRST = [[5, 3, 4, 0], [6, 2, 4, 0]]


def theme(key: Key) -> Hashable:
    """Return the theme of a cell, and the cases read by themselves."""
    return key[0] if isinstance(key, tuple) else key


def is_grade(key: Key) -> bool:
    return isinstance(key, tuple) and key[1] != 3


READER = Reader(theme, is_grade)


def release(tables: Tables, *earlier: Published) -> tuple[Published, Mapping[Key, Why]]:
    """Return what a release says after earlier ones, and why each cell is withheld."""
    said = [each.said for each in earlier]
    held = standing(tables, said, theme, POLICY, moved=is_grade)
    withheld = protect(held.tables, POLICY, held.also, cache={}).withheld
    return publish(tables, withheld.keys()), withheld


def attacked(tables: Tables, now: Published, *earlier: Published) -> tuple[Exposed, ...]:
    return READER.attack(now, earlier, {c.key: c.count for c in tables.cells}).exposed


def still_true(earlier: Published, tables: Tables) -> bool:
    return all(
        earlier.said[c.key] in {None, c.count} for c in tables.cells if c.key in earlier.said
    )


def test_an_unchanged_table_is_withheld_as_it_was() -> None:
    first, _ = release(linked(FIRST))
    again, withheld = release(linked(FIRST), first)
    assert again == first
    assert Why.EARLIER not in withheld.values()
    assert attacked(linked(FIRST), again, first) == ()


def test_withholding_other_cells_of_an_unchanged_table_is_found() -> None:
    tables = linked([[6, 2, 4, 5]])
    first, other = publish(tables, {(0, 0), (0, 1)}), publish(tables, {(0, 1), (0, 2)})
    assert attacked(tables, first) == attacked(tables, other) == ()
    found = {each.key: (each.low, each.high) for each in attacked(tables, other, first)}
    assert found == {(0, 1): (2, 2)}


def test_a_correction_that_moves_one_case_does_not_show_which() -> None:
    before, after = linked([[5, 3, 4, 0]]), linked([[4, 4, 4, 0]])
    first, _ = release(before)
    assert not first.withheld
    second, withheld = release(after, first)
    assert {withheld[(0, 0)], withheld[(0, 1)]} == {Why.CHANGED}
    assert attacked(after, second, first) == ()
    careless = publish(after, ())
    assert {each.key for each in attacked(after, careless, first)} == {(0, 0), (0, 1)}


def test_a_case_that_is_added_does_not_show_its_grade() -> None:
    before, after = linked([[5, 3, 4, 0]]), linked([[5, 4, 4, 0]])
    first, _ = release(before)
    second, withheld = release(after, first)
    assert withheld[(0, 1)] is Why.CHANGED
    assert attacked(after, second, first) == ()


def test_a_table_that_changed_much_may_be_shown() -> None:
    first, _ = release(linked([[5, 3, 4, 0]]))
    second, withheld = release(linked([[9, 7, 8, 0]]), first)
    assert withheld == {}
    assert attacked(linked([[9, 7, 8, 0]]), second, first) == ()


def test_what_was_withheld_stays_withheld_when_its_table_changes() -> None:
    first, _ = release(linked([[2, 5, 5, 0]]))
    after = linked([[4, 8, 8, 0]])
    second, withheld = release(after, first)
    assert withheld[(0, 0)] is Why.EARLIER
    assert attacked(after, second, first) == ()


def test_the_cells_of_an_earlier_release_must_stay_unknown_too() -> None:
    # Whoever takes out none of twelve cases but adds three says how the first were graded.
    first = publish(linked([[2, 5, 5, 0]]), {(0, 0), (0, 1), (0, 2)})
    after = linked([[2, 8, 5, 0]])
    found = attacked(after, publish(after, {(0, 0), (0, 3)}), first)
    assert {each.key for each in found} >= {(0, 0)}


def test_what_a_grade_lost_does_not_show_in_the_cases_that_were_not_graded() -> None:
    first, _ = release(linked([[0, 4, 0, 3]]))
    after = linked([[0, 3, 0, 4]])
    second, withheld = release(after, first)
    assert {withheld[(0, 1)], withheld[(0, 3)]} == {Why.CHANGED}
    assert attacked(after, second, first) == ()


def test_a_child_who_has_become_a_count_of_1_is_not_told_the_other_count() -> None:
    # Everything that was published is still so, and cannot be taken back.
    first, _ = release(linked([[7, 2, 2, 9]]))
    with pytest.raises(Unprotectable):
        release(linked([[7, 3, 1, 9]]), first)


LINE = st.lists(st.integers(0, 9), min_size=4, max_size=4)


@given(LINE, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=3))
def test_releases_after_corrections_survive_the_attack_or_are_refused(
    line: list[int], moves: list[tuple[int, int]]
) -> None:
    said: list[Published] = []
    tables = linked([line])
    for given_up, taken in [(0, 0), *moves]:
        if line[given_up]:
            line[given_up] -= 1
            line[taken] += 1
        tables = linked([line])
        try:
            now, _ = release(tables, *said)
        except Unprotectable:
            assert any(still_true(each, tables) for each in said)
            return
        assert attacked(tables, now, *said) == ()
        said.append(now)
