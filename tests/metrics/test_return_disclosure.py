"""No line of a return that says too much of few people is shown, nor one that gives it away."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import return_disclosure as returns
from metrics.disclosure import POLICY, Published, attack, exactly, protect
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
Quarters = Mapping[str, Mapping[str, Figure]]


def withheld(quarters: Quarters) -> set[tuple[str, str]]:
    """Return the lines of one area that are withheld, by quarter and indicator."""
    few = returns.small_wholes("A", quarters, POLICY)
    found = protect(returns.tables("A", quarters), POLICY, few, cache={}).withheld
    return {key[2:] for key in found if isinstance(key, tuple)}


def of(figures: Mapping[str, Figure]) -> set[str]:
    """Return the lines of one quarter that are withheld."""
    return {code for _quarter, code in withheld({"Q": figures})}


def published(quarters: Quarters) -> Published:
    """Return what a stranger sees of an area's returns."""
    hidden = withheld(quarters)
    tables = returns.tables("A", quarters)
    known, marks = {}, set()
    for quarter, figures in returns.with_numbers(quarters).items():
        for code, figure in figures.items():
            number = returns.number("A", quarter, code)
            if (quarter, code) in hidden:
                marks.add(number)
                continue
            known[number] = figure.numerator or 0
            if figure.denominator is not None:
                known[returns.out_of("A", quarter, code)] = figure.denominator
    cells = {cell.key for cell in tables.cells}
    derived = frozenset(cells - known.keys() - marks)
    return Published(exactly(known), frozenset(marks), tables.relations, tables.groups, derived)


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
    assert of({**QUARTER, "hotel-notices": figure}) == {"hotel-notices"}


@pytest.mark.parametrize(
    "figure", [Figure(0), Figure(3), Figure(3, 30), Figure(0, 0), Figure(None, mark="x")]
)
def test_what_says_nothing_of_few_is_shown(figure: Figure) -> None:
    assert of({**QUARTER, "cse-referrals": figure}) == set()


def test_a_part_of_a_sum_is_withheld_with_no_more_than_it_takes() -> None:
    small = {**QUARTER, AT_RISK: Figure(2, 92), HARMED: Figure(73, 92)}
    assert of(small) == {AT_RISK, BOTH}


def test_the_child_who_is_the_count_of_one_learns_no_other_part() -> None:
    single = {**QUARTER, AT_RISK: Figure(1, 92), HARMED: Figure(74, 92)}
    assert of(single) == {AT_RISK, HARMED, BOTH}


def test_a_whole_that_says_too_much_of_its_parts_is_withheld_with_all_that_is_out_of_it() -> None:
    few = {
        KNOWN: Figure(2),
        AT_RISK: Figure(2, 2),
        HARMED: Figure(0, 2),
        BOTH: Figure(0, 2),
        "network-not-recorded": Figure(0, 2),
        "cse-referrals": Figure(9),
    }
    assert of(few) >= {KNOWN, AT_RISK, "network-not-recorded"}
    assert "cse-referrals" not in of(few)
    assert attack(published({"Q": few})).exposed == ()


def test_a_number_withheld_is_not_what_another_line_is_out_of() -> None:
    figures = {
        "missing-incidents": Figure(30),
        "missing-referred": Figure(29, 30),
        "rhi-offered-of-referred": Figure(20, 29),
    }
    assert of(figures) == {"missing-referred", "rhi-offered-of-referred"}


def test_a_number_within_another_that_leaves_one_out_is_withheld() -> None:
    figures = {"missing-children": Figure(10), "missing-incidents": Figure(11)}
    assert len(of(figures)) == 1


def test_the_list_that_runs_on_does_not_give_a_change_away() -> None:
    last = {**QUARTER, "tracker-children": Figure(48), "tracker-added": Figure(10)}
    last["tracker-removed"] = Figure(2)
    quarters = {"Q1": QUARTER, "Q2": last}
    hidden = withheld(quarters)
    assert ("Q2", "tracker-removed") in hidden
    assert len(hidden) == 2
    assert attack(published(quarters)).exposed == ()


def test_a_list_that_does_not_carry_over_says_nothing() -> None:
    quarters = {"Q1": {**QUARTER, "tracker-added": Figure(1)}, "Q2": QUARTER}
    assert withheld(quarters) == {("Q1", "tracker-added")}


def test_a_line_without_a_number_keeps_its_mark() -> None:
    marked = Figure(None, mark="x")
    figures = {**QUARTER, AT_RISK: Figure(1, 92), BOTH: marked}
    assert of(figures) == {AT_RISK}


LINES = st.dictionaries(
    st.sampled_from([line.code for line in RETURN]),
    st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda pair: Figure(*pair)),
)


@given(LINES)
def test_nothing_small_is_ever_shown_and_nothing_gives_it_away(figures: dict[str, Figure]) -> None:
    shown = figures.keys() - of(figures)
    numbers = [n for code in shown for n in (figures[code].numerator, figures[code].denominator)]
    assert not {n for n in numbers if n is not None and 0 < n < POLICY.threshold}
    assert attack(published({"Q": figures})).exposed == ()


def test_every_sum_of_a_return_is_a_relation() -> None:
    shape = {"Q": {line.code: True for line in RETURN}}
    says = {relation.says for relation in returns.relations("A", shape)}
    assert {f"Q: {whole.says}" for whole in SUMS} <= says
