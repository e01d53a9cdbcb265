"""The exact interval of a count agrees with print and with other people's programs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.rates import confint_poisson

from metrics.outcome import GARWOOD, Rate, in_words
from metrics.poisson import LEVEL, garwood

TAIL = (1 - LEVEL) / 2


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        # Garwood (1936), Biometrika 28:437, as printed in Pearson and Hartley's table 40.
        (0, 0.0, 3.69),
        (1, 0.0253, 5.57),
        (4, 1.09, 10.24),
        (10, 4.80, 18.39),
        (30, 20.24, 42.83),
    ],
)
def test_garwoods_published_limits_come_out(count: int, low: float, high: float) -> None:
    assert garwood(count) == pytest.approx((low, high), abs=0.006)
    held = Rate(count, 10_000, 10_000).interval
    assert (held.low, held.high) == garwood(count)
    assert held.method == GARWOOD


@settings(deadline=None)
@given(st.integers(0, 3_000), st.integers(1, 400_000))
def test_statsmodels_gives_the_same_interval_of_a_rate(count: int, out_of: int) -> None:
    theirs = confint_poisson(count, out_of, method="exact-c")
    held = Rate(count, out_of, 1).interval
    assert (held.low, held.high) == pytest.approx(theirs, rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 40, 400])
def test_at_either_bound_scipy_gives_the_count_a_tail_of_a_fortieth(count: int) -> None:
    low, high = garwood(count)
    assert stats.poisson.cdf(count, high) == pytest.approx(TAIL)
    if count:
        assert stats.poisson.sf(count - 1, low) == pytest.approx(TAIL)


def test_an_interval_of_a_rate_is_in_the_unit_of_the_rate() -> None:
    held = Rate(10, 5_000, 10_000)
    assert (held.interval.low, held.interval.high) == pytest.approx((9.591, 36.781), abs=0.001)
    assert in_words(held) == "20.0 per 10,000 (10 in 5,000; 9.6 to 36.8)"


def test_a_count_below_nought_has_no_interval() -> None:
    with pytest.raises(ValueError, match="-1 is not a count"):
        garwood(-1)
