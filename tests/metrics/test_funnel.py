"""Funnels agree with print, with SciPy's exact tests, and treat all areas alike."""

from collections.abc import Sequence
from fractions import Fraction
from math import comb, exp, factorial, sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from data_model.vocabulary import SamplingMethod, Symbol
from metrics.figures import STANDS_ALONE
from metrics.funnel import (
    MINIMUM,
    TAIL_95,
    TAIL_998,
    Funnel,
    NoFunnel,
    Place,
    _bands,
    area_in_words,
    funnel,
    in_words,
    outside_by_chance,
)
from metrics.intervals import NO_INTERVAL
from metrics.outcome import NoNumber, Rate, Share, TooFew

WITHHELD = NoNumber(Symbol.WITHHELD)
HIGH, LOW = (Place.HIGH_95, Place.HIGH_998), (Place.LOW_95, Place.LOW_998)


def shares(counts: Sequence[tuple[int, int]]) -> dict[str, Share]:
    return {f"Area {i}": Share(*pair, None) for i, pair in enumerate(counts)}


def rates(counts: Sequence[tuple[int, int]], per: int = 10_000) -> dict[str, Rate]:
    return {f"Area {i}": Rate(*pair, per) for i, pair in enumerate(counts)}


def drawn(outcomes: dict[str, Share] | dict[str, Rate]) -> Funnel:
    found = funnel({**outcomes})
    assert isinstance(found, Funnel)
    return found


@pytest.mark.parametrize(
    ("above", "up_to", "below_low", "above_high"),
    [
        # Seaton and Manktelow (2012), BMC Med. Res. Methodol. 12:98, table 1: median, least and
        # greatest chance of an area as expected lying outside its 95 % prediction limits.
        (0.99, 50, (0.0186, 0.0, 0.0250), (0.0201, 0.0052, 0.0250)),
        (50, 100, (0.0215, 0.0172, 0.0250), None),
        (100, 500, (0.0233, 0.0194, 0.0250), None),
    ],
)
def test_published_chances_of_lying_outside_come_out(
    above: float,
    up_to: int,
    below_low: tuple[float, ...],
    above_high: tuple[float, ...] | None,
) -> None:
    # One in a hundred is counted, so a population of 100 E has E expected.
    sizes = list(range(round(100 * above) + 1, 100 * up_to + 1))
    expected = np.array(sizes) / 100
    bands = _bands(Rate(1, 100, 100), sizes, TAIL_95, 1.0)
    low, high = (expected * [getattr(b, side) for b in bands] for side in ("low", "high"))
    outside = (
        stats.poisson.cdf(np.ceil(low - 1e-9) - 1, expected),
        stats.poisson.sf(np.floor(high + 1e-9), expected),
    )
    for chances, printed in zip(outside, (below_low, above_high), strict=True):
        if printed is not None:
            found = (np.median(chances), chances.min(), chances.max())
            assert found == pytest.approx(printed, abs=0.00006)


def exact_tails(count: int, out_of: int, rate: Fraction) -> tuple[Fraction, Fraction]:
    """Return the chance of so few and of so many, added up term by term."""
    terms = [comb(out_of, k) * rate**k * (1 - rate) ** (out_of - k) for k in range(out_of + 1)]
    return sum(terms[: count + 1], Fraction(0)), sum(terms[count:], Fraction(0))


small = st.lists(
    st.integers(1, 25).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=MINIMUM,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(small)
def test_a_share_is_outside_where_exact_chance_is_no_more_than_the_tail(
    counts: list[tuple[int, int]],
) -> None:
    whole = Fraction(sum(x for x, _ in counts), sum(n for _, n in counts))
    assume(0 < whole < 1)
    found = drawn(shares(counts))
    assume(not found.widened)
    for placed in found.areas:
        few, many = exact_tails(placed.figure.count, placed.figure.out_of, whole)
        assert (placed.place in LOW) == (few <= Fraction(1, 40))
        assert (placed.place in HIGH) == (many <= Fraction(1, 40))
        assert (placed.place is Place.LOW_998) == (few <= Fraction(1, 1000))
        assert (placed.place is Place.HIGH_998) == (many <= Fraction(1, 1000))


@settings(max_examples=60, deadline=None)
@given(small)
def test_a_rate_is_outside_where_the_exact_chance_is_no_more_than_the_tail(
    counts: list[tuple[int, int]],
) -> None:
    found = drawn(rates([(x, 1_000 * n) for x, n in counts])) if any(x for x, _ in counts) else None
    assume(found is not None and not found.widened)
    assert found is not None
    for placed in found.areas:
        expected = placed.figure.out_of * found.target.count / found.target.out_of
        terms = [exp(-expected) * expected**k / factorial(k) for k in range(placed.figure.count)]
        few = stats.poisson.cdf(placed.figure.count, expected)
        assert (placed.place in LOW) == (few <= TAIL_95)
        assert (placed.place in HIGH) == (1 - sum(terms) <= TAIL_95)


def spiegelhalter(rate: float, out_of: int, tail: float) -> float:
    """Return the limit of Spiegelhalter (2005), appendix A.1.1, for either tail, by his formula."""
    chance = stats.binom(out_of, rate)
    r = next(k for k in range(out_of + 1) if chance.cdf(k) > tail)
    before = chance.cdf(r - 1) if r else 0.0
    alpha = (chance.cdf(r) - tail) / (chance.cdf(r) - before)
    return float(max(r - alpha, 0) / out_of)


@pytest.mark.parametrize("tail", [TAIL_95, TAIL_998])
def test_limits_are_spiegelhalters_from_below_and_his_of_the_others_from_above(
    tail: float,
) -> None:
    target = Share(37, 100, None)
    for out_of in (1, 2, 5, 9, 20, 58, 151, 400):
        (band,) = _bands(target, [out_of], tail, 1.0)
        assert band.low == pytest.approx(spiegelhalter(0.37, out_of, tail), abs=1e-9)
        assert band.high == pytest.approx(1 - spiegelhalter(0.63, out_of, tail), abs=1e-9)
        # His own upper limit never lies farther out, and within one case of this one.
        his = spiegelhalter(0.37, out_of, 1 - tail)
        assert 0 <= band.high - his <= 1 / out_of + 1e-9


def test_for_large_denominators_limits_come_near_the_normal_approximation() -> None:
    (band,) = _bands(Share(93, 1000, None), [100_000], TAIL_95, 1.0)
    reach = 1.959964 * sqrt(0.093 * 0.907 / 100_000)
    assert (band.low, band.high) == pytest.approx((0.093 - reach, 0.093 + reach), abs=2e-5)
    (rate,) = _bands(Rate(93, 1000, 100), [100_000], TAIL_998, 1.0)
    reach = 100 * 3.090232 * sqrt(0.093 / 100_000)
    assert (rate.low, rate.high) == pytest.approx((9.3 - reach, 9.3 + reach), abs=3e-3)


def phi(counts: Sequence[tuple[int, int]]) -> float:
    """Return the winsorised dispersion of shares, one z-score at a time."""
    p = sum(x for x, _ in counts) / sum(n for _, n in counts)
    z = sorted((x / n - p) / sqrt(p * (1 - p) / n) for x, n in counts)
    low, high = (float(stats.mstats.mquantiles(z, q, 1, 1)[0]) for q in (0.1, 0.9))
    return sum(min(max(one, low), high) ** 2 for one in z) / len(z)


ALIKE = [(18 + i % 5, 100) for i in range(20)]
APART = [(13 + 14 * (i % 2), 100) for i in range(20)]


def test_dispersion_is_the_mean_square_of_winsorised_z_scores() -> None:
    for counts in (ALIKE, APART, [(x, 50 + 10 * i) for i, x in enumerate(range(5, 25))]):
        assert drawn(shares(counts)).spread == pytest.approx(phi(counts))


def test_limits_are_widened_only_where_areas_differ_by_more_than_chance_explains() -> None:
    alike, apart = drawn(shares(ALIKE)), drawn(shares(APART))
    threshold = 1 + 2 * sqrt(2 / 20)
    assert alike.spread < threshold < apart.spread
    assert (alike.widened, apart.widened) == (False, True)
    assert alike.areas[0].limits_95 == _bands(alike.target, [100], TAIL_95, 1.0)[0]
    plain, wide = _bands(apart.target, [100], TAIL_95, 1.0)[0], apart.areas[0].limits_95
    assert wide.high - 0.2 == pytest.approx(sqrt(apart.spread) * (plain.high - 0.2))
    assert wide.low - 0.2 == pytest.approx(sqrt(apart.spread) * (plain.low - 0.2))
    assert apart.band(100, TAIL_95) == wide
    assert "limits are widened because areas differ" in in_words(apart)


def test_one_outlier_does_not_widen_the_limits_that_show_it() -> None:
    found = drawn(shares([*ALIKE, (60, 100)]))
    assert not found.widened
    assert found.areas[-1].place is Place.HIGH_998


def test_widened_limits_stay_within_what_a_share_can_be() -> None:
    found = drawn(shares([(0, 10), (10, 10)] * 6))
    assert found.widened
    assert all(0 <= a.limits_998.low <= a.limits_998.high <= 1 for a in found.areas)


def test_areas_without_a_figure_stay_out_and_are_listed() -> None:
    marks = {f"Gap {symbol}": NoNumber(symbol) for symbol in Symbol}
    found = funnel({**shares(ALIKE), **marks, "Nobody": Share(0, 0, None)})
    assert isinstance(found, Funnel)
    assert found.areas == drawn(shares(ALIKE)).areas
    assert dict(found.left_out) == {**marks, "Nobody": TooFew(0)}
    assert in_words(found).endswith(f"; {len(marks) + 1} without a figure are left out.")


def test_an_area_with_all_or_none_stays_in_and_is_counted() -> None:
    found = drawn(shares([*ALIKE, (0, 60), (3, 3)]))
    assert found.all_or_none == 2
    assert found.areas[-2].place is Place.LOW_998
    assert drawn(rates([(5, 900), (9, 900), (7, 900), (0, 900), (900, 900)])).all_or_none == 1


@pytest.mark.parametrize("figures", range(MINIMUM))
def test_fewer_than_five_areas_make_no_funnel(figures: int) -> None:
    found = funnel({**shares(ALIKE[:figures]), "Withheld": WITHHELD})
    assert found == NoFunnel(
        f"Too few areas to say: {figures} of {figures + 1} areas have a figure, and it takes 5.",
        (("Withheld", WITHHELD),),
    )
    assert in_words(found) == found.why


@pytest.mark.parametrize("count", [0, 9])
def test_where_all_areas_together_have_all_or_none_there_is_no_funnel(count: int) -> None:
    found = funnel({**shares([(count, 9)] * 6)})
    assert found == NoFunnel(f"The areas cannot be told apart: together {6 * count} of 54.", ())


def test_ties_all_lie_inside_and_in_the_same_place() -> None:
    found = drawn(shares([(4, 12)] * 8))
    assert {area.place for area in found.areas} == {Place.INSIDE}
    assert found.spread == 0
    assert found.target == Share(32, 96, None)


def test_an_area_whose_cases_were_chosen_is_left_out() -> None:
    chosen = Share(1, 9, None, NO_INTERVAL[SamplingMethod.PURPOSIVE])
    found = funnel({**shares(ALIKE), "Chosen": chosen})
    assert found.left_out == (("Chosen", STANDS_ALONE),)


def test_areas_that_were_measured_otherwise_are_an_error() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        funnel({**shares(ALIKE), "Rate": Rate(1, 9, 100)})


many = st.lists(
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=MINIMUM,
    max_size=25,
)
MIRRORED = {
    Place.INSIDE: Place.INSIDE,
    Place.HIGH_95: Place.LOW_95,
    Place.HIGH_998: Place.LOW_998,
    Place.LOW_95: Place.HIGH_95,
    Place.LOW_998: Place.HIGH_998,
}


@settings(deadline=None)
@given(many)
def test_it_does_not_matter_whether_those_held_or_those_not_held_are_counted(
    counts: list[tuple[int, int]],
) -> None:
    held, missed = (
        funnel({**shares(pairs)}) for pairs in (counts, [(n - x, n) for x, n in counts])
    )
    if isinstance(held, Funnel):
        assert isinstance(missed, Funnel)
        assert missed.spread == pytest.approx(held.spread)
        for one, other in zip(held.areas, missed.areas, strict=True):
            assert MIRRORED[one.place] is other.place
            assert other.limits_95.low == pytest.approx(1 - one.limits_95.high, abs=1e-9)


@settings(deadline=None)
@given(many)
def test_the_order_of_the_areas_changes_nothing(counts: list[tuple[int, int]]) -> None:
    outcomes = shares(counts)
    found = funnel({**outcomes})
    turned = funnel(dict(reversed(outcomes.items())))
    if isinstance(found, Funnel):
        assert isinstance(turned, Funnel)
        assert turned.target == found.target
        assert [a.place for a in turned.areas[::-1]] == [a.place for a in found.areas]


@settings(deadline=None)
@given(many, st.sampled_from([10, 10_000]))
def test_the_unit_of_a_rate_moves_no_area(counts: list[tuple[int, int]], per: int) -> None:
    one, other = funnel({**rates(counts, 1_000)}), funnel({**rates(counts, per)})
    if isinstance(one, Funnel):
        assert isinstance(other, Funnel)
        assert [a.place for a in one.areas] == [a.place for a in other.areas]


@settings(deadline=None)
@given(many)
def test_the_998_limits_hold_the_95_limits_and_these_the_target(
    counts: list[tuple[int, int]],
) -> None:
    found = funnel({**rates(counts)})
    if isinstance(found, Funnel):
        for area in found.areas:
            near, far = area.limits_95, area.limits_998
            assert 0 <= far.low <= near.low <= found.target.count / found.target.out_of * 10_000
            assert near.high <= far.high + 1e-9


def test_the_words_count_those_outside_and_say_how_many_chance_puts_there() -> None:
    found = drawn(shares([*ALIKE, (60, 100), (11, 100)]))
    assert in_words(found) == (
        "Of 22 areas, 21.4% over all, 1 above and 1 below the 95% limits, 1 of them beyond the "
        "99.8% limits; chance alone puts up to 1 in 20 outside."
    )
    assert area_in_words(found.areas[-2]).startswith(
        "Area 20: 60 of 100 (60.0%) is above the 99.8% limits, "
    )
    assert area_in_words(found.areas[-1]).startswith(
        "Area 21: 11 of 100 (11.0%) is below the 95% limits, "
    )
    assert area_in_words(found.areas[0]).startswith(
        "Area 0: 18 of 100 (18.0%) is within the 95% limits, "
    )
    rate = drawn(rates([(5, 900), (9, 900), (7, 900), (6, 900), (8, 900)]))
    assert "7 of 900 (77.8 per 10,000) is within the 95% limits" in area_in_words(rate.areas[2])


def test_chance_alone_puts_no_more_outside_than_is_said() -> None:
    rng = np.random.default_rng(1997)
    sizes = rng.integers(40, 4_000, 150)
    outside = []
    for _each in range(40):
        counts = rng.binomial(sizes, 0.2)
        found = drawn(shares([(int(x), int(n)) for x, n in zip(counts, sizes, strict=True)]))
        at_95, at_998 = outside_by_chance(found)
        assert (at_95, at_998) == pytest.approx((7.5, 0.3))
        outside.append(sum(area.place is not Place.INSIDE for area in found.areas))
    assert 3 < np.mean(outside) <= 7.5


def test_how_much_wider_the_limits_were_drawn_is_told() -> None:
    alike = drawn(shares([(20, 100)] * 12))
    assert (alike.widened, alike.wider) == (False, 1.0)
    apart = drawn(shares([(10, 200)] * 6 + [(100, 200)] * 6))
    assert apart.widened
    assert apart.wider == pytest.approx(sqrt(apart.spread))


def test_limits_for_several_denominators_are_those_for_each() -> None:
    found = drawn(rates([(12, 4_000), (30, 9_000), (3, 2_000), (80, 20_000), (9, 4_000)]))
    sizes = [500, 4_000, 60_000]
    assert found.bands(sizes, TAIL_95) == [found.band(size, TAIL_95) for size in sizes]
