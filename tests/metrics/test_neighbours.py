"""An area against others agrees with print and with other programs, and never counts itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from data_model.vocabulary import SamplingMethod, Symbol
from metrics.intervals import NO_INTERVAL
from metrics.neighbours import (
    Against,
    Apart,
    NotAgainst,
    against,
    by_chance,
    estimate_in_words,
    in_words,
)
from metrics.outcome import Interval, NoNumber, Rate, Share, TooFew

WITHHELD = NoNumber(Symbol.WITHHELD)


def of_shares(own: tuple[int, int], *others: tuple[int, int]) -> Against:
    named = {f"N{i}": Share(*pair, None) for i, pair in enumerate(others)}
    found = against("A", list(named), {"A": Share(*own, None), **named})
    assert isinstance(found, Against)
    return found


def of_rates(own: tuple[int, int], *others: tuple[int, int]) -> Against:
    named = {f"N{i}": Rate(*pair, 10_000) for i, pair in enumerate(others)}
    found = against("A", list(named), {"A": Rate(*own, 10_000), **named})
    assert isinstance(found, Against)
    return found


def bounds(found: Against) -> tuple[float, float]:
    assert found.bounds is not None
    assert found.bounds.high is not None
    return found.bounds.low, found.bounds.high


@pytest.mark.parametrize(
    ("own", "others", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:873, table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombes_published_intervals_come_out(
    own: tuple[int, int], others: tuple[int, int], low: float, high: float
) -> None:
    assert bounds(of_shares(own, others)) == pytest.approx((low, high), abs=0.00006)


pair = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None)
@given(pair, pair)
def test_statsmodels_gives_the_same_interval_of_a_difference(
    own: tuple[int, int], others: tuple[int, int]
) -> None:
    theirs = confint_proportions_2indep(*own, *others, method="newcomb", compare="diff")
    assert bounds(of_shares(own, others)) == pytest.approx(theirs, abs=1e-8)


def test_the_published_ratio_of_rates_comes_out() -> None:
    # R's documentation of poisson.test: eba1977, Fredericia against three other cities.
    found = of_rates((11, 800), (6, 1083), (8, 1050), (7, 878))
    assert found.estimate == pytest.approx(1.971488, abs=1e-6)
    assert bounds(found) == pytest.approx((0.8584264, 4.2772659), abs=1e-6)
    assert found.verdict is Apart.NOT_APART


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(1, 60), st.integers(1, 9), st.integers(1, 9))
def test_scipys_exact_binomial_interval_gives_the_same_ratio(
    own: int, others: int, size: int, their_size: int
) -> None:
    found = of_rates((own, 1000 * size), (others, 1000 * their_size))
    part = stats.binomtest(own, own + others).proportion_ci(0.95, "exact")
    scale = their_size / size
    low, high = bounds(found)
    assert low == pytest.approx(scale * part.low / (1 - part.low), rel=1e-6, abs=1e-9)
    assert high == pytest.approx(scale * part.high / (1 - part.high), rel=1e-6)


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(1, 40))
def test_a_rate_is_told_apart_where_the_exact_test_says_so(own: int, others: int) -> None:
    apart = of_rates((own, 1000), (others, 1000)).verdict
    tail = min(
        stats.binomtest(own, own + others, 0.5, alternative="less").pvalue,
        stats.binomtest(own, own + others, 0.5, alternative="greater").pvalue,
    )
    assert (apart is not Apart.NOT_APART) == (tail < 0.025)


def test_an_area_is_never_among_the_others() -> None:
    outcomes = {"A": Share(9, 10, None), "B": Share(1, 10, None), "C": Share(2, 10, None)}
    with_itself = against("A", ["A", "B", "C"], outcomes)
    assert with_itself == against("A", ["B", "C"], outcomes)
    assert isinstance(with_itself, Against)
    assert with_itself.others == Share(3, 20, None)
    assert with_itself.with_figure == ("B", "C")


def test_a_neighbour_named_twice_counts_once() -> None:
    outcomes = {"A": Share(9, 10, None), "B": Share(1, 10, None)}
    assert against("A", ["B", "B"], outcomes) == against("A", ["B"], outcomes)


def test_others_without_a_figure_are_left_out_and_named() -> None:
    outcomes: dict[str, Share | NoNumber] = {
        "A": Share(9, 10, None),
        "B": Share(1, 10, None),
        "C": WITHHELD,
        "D": Share(0, 0, None),
    }
    found = against("A", ["B", "C", "D", "E"], outcomes)
    assert isinstance(found, Against)
    assert found.others == Share(1, 10, None)
    assert dict(found.left_out) == {
        "C": WITHHELD,
        "D": TooFew(0),
        "E": NoNumber(Symbol.NOT_AVAILABLE),
    }
    assert "pooled from 1 of 4 others" in in_words(found)


def test_an_area_without_a_figure_is_not_held_against_anything() -> None:
    outcomes: dict[str, Share | NoNumber] = {"A": WITHHELD, "B": Share(1, 10, None)}
    found = against("A", ["B"], outcomes)
    assert found == NotAgainst("A has no figure (withheld to protect children).")
    assert in_words(found) == "A has no figure (withheld to protect children)."
    assert against("Z", ["B"], outcomes) == NotAgainst("Z has no figure (not available).")
    nothing = against("A", ["B"], {"A": Rate(0, 0, 100), "B": Rate(1, 9, 100)})
    assert nothing == NotAgainst("A has no figure (no case to count).")


@pytest.mark.parametrize("others", [[], ["A"], ["B"], ["B", "C"]])
def test_without_any_other_figure_there_is_nothing_to_hold_it_against(others: list[str]) -> None:
    found = against("A", others, {"A": Share(1, 10, None), "B": WITHHELD})
    named = len(set(others) - {"A"})
    assert found == NotAgainst(f"None of the {named} others has a figure.")


def test_a_single_case_is_too_few_to_say_as_neither_outcome_could_be_told_apart() -> None:
    assert of_shares((0, 1), (20, 40)).verdict is Apart.TOO_FEW
    assert of_shares((1, 1), (20, 40)).verdict is Apart.TOO_FEW
    assert of_shares((6, 12), (20, 40)).verdict is Apart.NOT_APART
    assert of_shares((0, 12), (20, 40)).verdict is Apart.LOWER
    assert of_shares((12, 12), (20, 40)).verdict is Apart.HIGHER


def test_all_or_none_on_both_sides_cannot_be_told_apart_however_many() -> None:
    assert of_shares((0, 60), (0, 600)).verdict is Apart.NOT_APART
    assert of_shares((60, 60), (600, 600)).verdict is Apart.NOT_APART


def test_rates_without_a_case_on_either_side_are_too_few_and_have_no_ratio() -> None:
    found = of_rates((0, 900), (0, 4_000), (0, 500))
    assert (found.estimate, found.bounds, found.verdict) == (None, None, Apart.TOO_FEW)
    assert in_words(found).endswith("pooled from 2 of 2 others: there are too few to say.")


def test_a_rate_over_none_has_a_lower_bound_and_no_upper() -> None:
    found = of_rates((11, 800), (0, 900))
    assert found.estimate is None
    assert found.bounds is not None
    assert found.bounds.high is None
    assert found.verdict is Apart.HIGHER
    assert "at least 2.82 times as high, so higher by more than chance" in in_words(found)
    assert of_rates((1, 800), (0, 900)).verdict is Apart.NOT_APART


def test_no_case_against_some_is_a_ratio_of_zero() -> None:
    found = of_rates((0, 900), (11, 800))
    assert found.estimate == 0
    assert bounds(found)[0] == 0
    assert found.verdict is Apart.LOWER


def test_areas_that_were_measured_otherwise_are_an_error() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        against("A", ["B"], {"A": Rate(1, 9, 10), "B": Rate(1, 9, 100)})


@settings(deadline=None)
@given(pair, pair)
def test_counting_the_others_turns_a_difference_round(
    own: tuple[int, int], others: tuple[int, int]
) -> None:
    turned = {Apart.HIGHER: Apart.LOWER, Apart.LOWER: Apart.HIGHER}
    found = of_shares(own, others)
    missed = of_shares((own[1] - own[0], own[1]), (others[1] - others[0], others[1]))
    assert missed.verdict is turned.get(found.verdict, found.verdict)
    low, high = bounds(found)
    assert bounds(missed) == pytest.approx((-high, -low), abs=1e-9)
    assert low - 1e-9 <= (found.estimate or 0) <= high + 1e-9


@settings(deadline=None)
@given(pair, st.lists(pair, min_size=1, max_size=6))
def test_only_what_the_others_come_to_together_counts(
    own: tuple[int, int], others: list[tuple[int, int]]
) -> None:
    together = (sum(x for x, _ in others), sum(n for _, n in others))
    split, whole = of_shares(own, *others), of_shares(own, together)
    assert (split.estimate, split.bounds, split.verdict) == (
        whole.estimate,
        whole.bounds,
        whole.verdict,
    )


def test_the_words_give_both_counts_the_interval_and_never_call_areas_alike() -> None:
    found = of_shares((12, 40), (100, 260), (110, 240))
    assert in_words(found, "statistical neighbours") == (
        "12 of 40 (30.0%) against 210 of 500 (42.0%), pooled from 2 of 2 statistical neighbours: "
        "-12.0 points (-24.7 to +4.0), so they cannot be told apart."
    )
    rate = in_words(of_rates((30, 8_000), (21, 30_110)))
    assert rate.startswith("30 of 8,000 (37.5 per 10,000) against 21 of 30,110 (7.0 per 10,000)")
    assert rate.endswith("so higher by more than chance alone explains.")
    none = in_words(of_shares((3, 30), (10, 100)))
    assert ": 0.0 points (" in none
    for said in (in_words(found), rate, none):
        assert "no different" not in said
        assert "rank" not in said
        assert said.count(". ") == 0


@settings(deadline=None)
@given(pair)
def test_a_share_by_itself_has_wilsons_interval(own: tuple[int, int]) -> None:
    found = by_chance(Share(*own, None))
    assert found is not None
    theirs = proportion_confint(*own, method="wilson")
    assert (found.low, found.high) == pytest.approx(theirs, abs=1e-9)


def test_an_estimate_is_told_by_itself_and_only_where_there_is_one() -> None:
    assert estimate_in_words(of_shares((56, 70), (48, 80))) == "+20.0 points (+5.2 to +33.4)"
    ratio = estimate_in_words(of_rates((11, 800), (6, 1083), (8, 1050), (7, 878)))
    assert ratio == "1.97 times as high (0.86 to 4.28)"
    assert estimate_in_words(of_rates((11, 800), (0, 900))) == "at least 2.82 times as high"
    assert estimate_in_words(of_rates((0, 900), (0, 4_000))) is None


def test_a_rate_by_itself_has_its_own_interval_on_every_screen() -> None:
    rate = Rate(10, 5_000, 10_000)
    found = by_chance(rate)
    assert found is not None
    assert Interval(found.low, found.high or 0, found.method) == rate.interval


def test_cases_that_stand_for_themselves_have_no_interval_and_are_held_against_nothing() -> None:
    chosen = Share(6, 19, None, NO_INTERVAL[SamplingMethod.NOT_STATED])
    assert by_chance(chosen) is None
    found = against("A", ["B"], {"A": chosen, "B": Share(1, 9, None)})
    assert isinstance(found, NotAgainst)
    assert found.why.startswith("A is held against nothing: how the cases were chosen is not")
    others = against("B", ["A"], {"A": chosen, "B": Share(1, 9, None)})
    assert isinstance(others, NotAgainst)
