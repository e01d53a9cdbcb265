"""What is published gives no child away, to an attacker who knows every rule."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.disclosure import POLICY, Policy, attack, must_withhold, total_may_stand

LARGEST = 10
SAFE = 3
Line = tuple[int, ...]
Said = tuple[tuple[int | None, ...], int | None]
# Lines of grades, of grades with *not graded* at the end, and of headings that say nothing.
SHAPES = [(cells, neutral) for cells in (2, 3, 4) for neutral in (0, 1, cells)]


def published(line: Line, policy: Policy, neutral: int) -> Said:
    """Return what a reader of a release sees of a line: its cells and its total."""
    if not must_withhold(line, policy, neutral=neutral):
        return line, sum(line)
    stands = total_may_stand(sum(line), len(line), policy, neutral=neutral)
    return (None,) * len(line), sum(line) if stands else None


def every_line(cells: int, largest: int) -> list[Line]:
    """Return every line of that many counts whose total is at most the largest."""
    held = product(range(largest + 1), repeat=cells)
    return [line for line in held if sum(line) <= largest]


def narrowest(cells: int, largest: int, policy: Policy, neutral: int) -> dict[Said, int]:
    """Attack every withheld line: list all lines that look the same and compare their cells."""
    alike: dict[Said, list[Line]] = defaultdict(list)
    for line in every_line(cells, largest):
        alike[published(line, policy, neutral)].append(line)
    return {
        said: min(max(column) - min(column) for column in zip(*lines, strict=True))
        for said, lines in alike.items()
        if None in said[0]
    }


@pytest.mark.parametrize(("cells", "neutral"), SHAPES)
def test_an_attacker_who_knows_every_rule_is_left_a_range_of_three(
    cells: int, neutral: int
) -> None:
    ranges = narrowest(cells, LARGEST, POLICY, neutral)
    assert ranges
    assert {said: width for said, width in ranges.items() if width < SAFE} == {}


@pytest.mark.parametrize("threshold", [3, 5])
@pytest.mark.parametrize("neutral", [0, 1, 3])
def test_a_higher_threshold_leaves_a_wider_range(threshold: int, neutral: int) -> None:
    ranges = narrowest(3, 12, Policy(threshold, "a test"), neutral)
    assert min(ranges.values()) >= threshold


@pytest.mark.parametrize(("cells", "neutral"), SHAPES)
def test_our_own_attacker_finds_what_listing_every_line_finds(cells: int, neutral: int) -> None:
    held = every_line(cells, LARGEST)
    for total in range(LARGEST + 1):
        alike = [line for line in held if sum(line) == total]
        withheld = [line for line in alike if None in published(line, POLICY, neutral)[0]]
        expected = tuple((min(column), max(column)) for column in zip(*withheld, strict=True))
        assert attack(total, cells, POLICY, neutral) == expected


LINES = st.lists(st.integers(0, 12), min_size=2, max_size=5).map(tuple)


@given(LINES, st.integers(0, 5))
def test_a_line_is_withheld_for_a_small_count_or_for_saying_it_of_everyone(
    line: Line, neutral: int
) -> None:
    grades = line[: len(line) - neutral] if neutral < len(line) else ()
    small = bool({1, 2} & set(line))
    of_everyone = sum(line) > 0 and sum(line) in grades
    assert must_withhold(line, neutral=min(neutral, len(line))) == (small or of_everyone)


@pytest.mark.parametrize("line", [(0, 5, 9), (0, 0, 3, 4), (0, 0, 0)])
def test_zeros_are_shown_as_zeros(line: Line) -> None:
    assert published(line, POLICY, 0) == (line, sum(line))


@pytest.mark.parametrize("line", [(9, 0, 0), (0, 0, 12, 0), (0, 40)])
def test_a_group_that_shares_one_grade_is_withheld(line: Line) -> None:
    # Everyone in the group would be known to have that grade.
    assert must_withhold(line)
    assert must_withhold((*line, 0), neutral=1)


def test_a_group_that_nobody_graded_is_shown() -> None:
    assert not must_withhold((0, 0, 0, 9), neutral=1)
    assert must_withhold((0, 0, 0, 2), neutral=1)


@pytest.mark.parametrize(("cells", "neutral"), SHAPES)
def test_a_total_that_stands_goes_on_standing_as_it_grows(cells: int, neutral: int) -> None:
    stands = [total_may_stand(total, cells, neutral=neutral) for total in range(60)]
    assert stands == sorted(stands)
    assert stands[LARGEST]
    assert not any(stands[: SAFE + 1])


def test_the_total_of_a_single_withheld_count_never_stands() -> None:
    assert not any(total_may_stand(total, 1, neutral=1) for total in range(60))


def test_a_policy_says_where_it_comes_from() -> None:
    assert POLICY.threshold == SAFE
    assert POLICY.source
