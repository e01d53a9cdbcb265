"""No line of a return that says too much of few people is shown, nor one that gives it away."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.disclosure import POLICY
from metrics.return_disclosure import withheld
from metrics.return_parts import SUMS
from metrics.return_values import Figure
from metrics.returned import RETURN

KNOWN, AT_RISK = "cse-children-known", "cse-children-at-risk"
HARMED, BOTH = "cse-children-experienced", "cse-children-experienced-at-risk"
QUARTER = {
    KNOWN: Figure(92),
    AT_RISK: Figure(31, 92),
    HARMED: Figure(44, 92),
    BOTH: Figure(17, 92),
    "male-share": Figure(20, 92),
    "tracker-children": Figure(40),
    "tracker-added": Figure(9),
    "tracker-removed": Figure(7),
}


def of(figures: Mapping[str, Figure]) -> set[str]:
    """Return the lines of one quarter that are withheld."""
    return {code for _quarter, code in withheld({"Q": figures})}


def test_a_return_without_small_numbers_is_shown_whole() -> None:
    assert of(QUARTER) == set()


@pytest.mark.parametrize(
    "figure",
    [
        Figure(1),
        Figure(2),
        Figure(1, 30),
        Figure(28, 30),
        Figure(30, 30),
        Figure(0, 30),
        Figure(1, 2),
    ],
)
def test_a_small_number_or_a_small_rest_withholds_its_line(figure: Figure) -> None:
    assert of({**QUARTER, "disabled-share": figure}) == {"disabled-share"}


@pytest.mark.parametrize(
    "figure", [Figure(0), Figure(3), Figure(3, 30), Figure(0, 0), Figure(None, mark="x")]
)
def test_what_says_nothing_of_few_is_shown(figure: Figure) -> None:
    assert of({**QUARTER, "cse-referrals": figure}) == set()


def test_the_parts_of_a_sum_are_withheld_together_and_a_large_whole_stands() -> None:
    small = {**QUARTER, AT_RISK: Figure(1, 92), HARMED: Figure(74, 92)}
    assert of(small) == {AT_RISK, HARMED, BOTH}


def test_a_whole_that_says_too_much_of_its_parts_is_withheld_with_all_that_is_out_of_it() -> None:
    few = {
        KNOWN: Figure(3),
        AT_RISK: Figure(3, 3),
        HARMED: Figure(0, 3),
        BOTH: Figure(0, 3),
        "network-not-recorded": Figure(0, 3),
        "cse-referrals": Figure(9),
    }
    assert of(few) == set(few) - {"cse-referrals"}


def test_a_number_withheld_is_not_what_another_line_is_out_of() -> None:
    figures = {
        "missing-incidents": Figure(30),
        "missing-referred": Figure(29, 30),
        "rhi-offered-of-referred": Figure(20, 29),
    }
    assert of(figures) == {"missing-referred", "rhi-offered-of-referred"}


def test_a_number_within_another_that_leaves_one_out_is_withheld() -> None:
    figures = {"missing-children": Figure(10), "missing-incidents": Figure(11)}
    assert of(figures) == {"missing-children"}


def test_the_running_list_is_withheld_in_every_quarter_where_a_change_of_it_is() -> None:
    quarters = {"Q1": {**QUARTER, "tracker-added": Figure(1)}, "Q2": QUARTER}
    assert withheld(quarters) == {
        ("Q1", "tracker-added"),
        ("Q1", "tracker-children"),
        ("Q2", "tracker-children"),
    }


def test_a_line_without_a_number_keeps_its_mark() -> None:
    marked = Figure(None, mark="x")
    figures = {**QUARTER, AT_RISK: Figure(1, 92), BOTH: marked}
    quarters = {"Q1": figures, "Q2": {"tracker-children": marked, "tracker-added": Figure(1)}}
    assert withheld(quarters) == {
        ("Q1", AT_RISK),
        ("Q1", HARMED),
        ("Q1", "tracker-children"),
        ("Q2", "tracker-added"),
    }


@given(
    st.dictionaries(
        st.sampled_from([line.code for line in RETURN]),
        st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda pair: Figure(*pair)),
    )
)
def test_nothing_small_is_ever_shown_and_no_part_of_a_sum_alone(
    figures: dict[str, Figure],
) -> None:
    shown = figures.keys() - of(figures)
    numbers = [n for code in shown for n in (figures[code].numerator, figures[code].denominator)]
    assert not {n for n in numbers if n is not None and 0 < n < POLICY.threshold}
    for rule in SUMS:
        parts = {side.code for side in rule.parts} & figures.keys()
        assert not parts & shown or parts <= shown
