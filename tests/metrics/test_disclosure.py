"""What is published gives no child away, to an attacker who knows every rule."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.disclosure import POLICY, Policy, attack, must_withhold, protected, total_may_stand

LARGEST = 10
SAFE = 3
Line = tuple[int, ...]
Said = tuple[tuple[int | None, ...], int | None]


def published(line: Line, policy: Policy = POLICY) -> Said:
    """Return what a reader of a release sees of a line: its cells and its total."""
    cells = protected(line, policy)
    withheld = None in cells
    stands = not withheld or total_may_stand(sum(line), len(line), policy)
    return cells, sum(line) if stands else None


def every_line(cells: int, largest: int) -> list[Line]:
    """Return every line of that many counts whose total is at most the largest."""
    held = product(range(largest + 1), repeat=cells)
    return [line for line in held if sum(line) <= largest]


def narrowest(cells: int, largest: int, policy: Policy) -> dict[Said, int]:
    """Attack every withheld line: list all lines that look the same and compare their cells."""
    alike: dict[Said, list[Line]] = defaultdict(list)
    for line in every_line(cells, largest):
        alike[published(line, policy)].append(line)
    return {
        said: min(max(column) - min(column) for column in zip(*lines, strict=True))
        for said, lines in alike.items()
        if None in said[0]
    }


@pytest.mark.parametrize("cells", [2, 3, 4])
def test_an_attacker_who_knows_every_rule_is_left_a_range_of_three(cells: int) -> None:
    ranges = narrowest(cells, LARGEST, POLICY)
    assert ranges
    assert {said: width for said, width in ranges.items() if width < SAFE} == {}


@pytest.mark.parametrize("threshold", [3, 5, 8])
def test_a_higher_threshold_leaves_a_wider_range(threshold: int) -> None:
    ranges = narrowest(3, 14, Policy(threshold, "a test"))
    assert min(ranges.values()) >= threshold


@pytest.mark.parametrize("cells", [2, 3, 4])
def test_our_own_attacker_finds_what_listing_every_line_finds(cells: int) -> None:
    for total in range(LARGEST + 1):
        withheld = [
            line
            for line in every_line(cells, total)
            if sum(line) == total and None in published(line)[0]
        ]
        expected = tuple((min(column), max(column)) for column in zip(*withheld, strict=True))
        assert attack(total, cells, POLICY) == expected


LINES = st.lists(st.integers(0, 12), min_size=2, max_size=5).map(tuple)


@given(LINES)
def test_a_line_is_shown_whole_or_not_at_all(line: Line) -> None:
    assert protected(line) in {line, (None,) * len(line)}


@given(LINES)
def test_no_one_and_no_two_is_ever_shown(line: Line) -> None:
    shown = protected(line)
    assert not {1, 2} & set(shown)


@given(LINES)
def test_a_line_without_small_counts_and_with_several_grades_is_shown(line: Line) -> None:
    harmless = not {1, 2} & set(line) and len([count for count in line if count]) > 1
    if harmless:
        assert protected(line) == line


@pytest.mark.parametrize("line", [(0, 5, 9), (0, 0, 3, 4), (0, 0, 0)])
def test_zeros_are_shown_as_zeros(line: Line) -> None:
    assert protected(line) == line


@pytest.mark.parametrize("line", [(9, 0, 0), (0, 0, 12, 0), (0, 40)])
def test_a_group_that_shares_one_grade_is_withheld(line: Line) -> None:
    # Everyone in the group would be known to have that grade.
    assert must_withhold(line)
    assert protected(line) == (None,) * len(line)


def test_a_single_count_shares_nothing_with_anyone() -> None:
    assert protected((9,)) == (9,)
    assert protected((2,)) == (None,)


@pytest.mark.parametrize("cells", [2, 3, 4])
def test_a_total_that_stands_goes_on_standing_as_it_grows(cells: int) -> None:
    stands = [total_may_stand(total, cells) for total in range(40)]
    assert stands == sorted(stands)
    assert stands[-1]
    assert not any(stands[: SAFE + 1])
