"""Figures are kept apart from marks, and what cannot be reckoned with is refused by name."""

import pytest

from data_model.vocabulary import SamplingMethod, Symbol
from metrics.figures import STANDS_ALONE, between_breaks, by_area, counted, direction, pooled
from metrics.intervals import EVERY_RETURN, NO_INTERVAL
from metrics.outcome import NoNumber, Rate, Share, TooFew

WITHHELD = NoNumber(Symbol.WITHHELD)


def test_a_break_starts_a_new_group_at_its_position() -> None:
    assert between_breaks("abcdef", {4, 2}) == ("ab", "cd", "ef")
    assert between_breaks("abc", ()) == between_breaks("abc", {0}) == ("abc",)


@pytest.mark.parametrize("wrong", [-1, 3, 7])
def test_a_break_outside_the_series_is_an_error(wrong: int) -> None:
    with pytest.raises(ValueError, match=f"a break at {wrong} is not within a series of 3 periods"):
        between_breaks("abc", {wrong})


def test_a_value_on_a_line_but_for_rounding_is_on_it() -> None:
    assert direction(0.1 + 0.2, 0.3) == 0
    assert (direction(0.31, 0.3), direction(0.29, 0.3)) == (1, -1)


def test_a_denominator_of_zero_is_nothing_to_count_and_no_number() -> None:
    assert counted(Share(0, 0, None)) == counted(Rate(0, 0, 100)) == TooFew(0)
    assert counted(WITHHELD) is WITHHELD


@pytest.mark.parametrize(
    "wrong", [Share(3, 2, None), Share(-1, 2, None), Share(1, 0, None), Rate(1, 0, 10)]
)
def test_counts_that_make_no_share_and_no_rate_are_an_error(wrong: Share | Rate) -> None:
    with pytest.raises(ValueError, match=f"{wrong.count} of {wrong.out_of} is neither"):
        counted(wrong)


@pytest.mark.parametrize("sampling", SamplingMethod)
def test_cases_that_stand_for_themselves_only_are_not_held_against_anything(
    sampling: SamplingMethod,
) -> None:
    share = Share(1, 9, None, NO_INTERVAL.get(sampling))
    if sampling in (SamplingMethod.RANDOM, SamplingMethod.ALL_ELIGIBLE):
        assert counted(share) is share
    else:
        assert counted(share) == STANDS_ALONE


def test_a_complete_count_may_be_held_against_others() -> None:
    late = Share(1, 3, None, EVERY_RETURN)
    assert counted(late) is late


def test_areas_without_a_figure_are_left_out_with_their_mark() -> None:
    one, nothing = Share(1, 4, None), Share(0, 0, None)
    figures, left_out = by_area({"A": one, "B": WITHHELD, "C": nothing})
    assert figures == {"A": one}
    assert left_out == {"B": WITHHELD, "C": TooFew(0)}


@pytest.mark.parametrize("other", [Rate(1, 4, 100), Rate(1, 4, 1_000)])
def test_areas_measured_in_different_ways_are_not_compared(other: Rate) -> None:
    first = Share(1, 4, None) if other.per == 100 else Rate(1, 4, 100)
    with pytest.raises(ValueError, match="cannot be compared"):
        by_area({"A": first, "B": other})


def test_areas_are_pooled_by_their_counts_and_not_by_their_shares() -> None:
    assert pooled([Share(1, 2, None), Share(0, 98, None)]) == Share(1, 100, None)
    assert pooled([Rate(1, 2, 10), Rate(3, 8, 10)]) == Rate(4, 10, 10)
