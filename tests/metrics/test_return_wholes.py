"""Every indicator is taken apart, or says why not."""

import pytest

from metrics import BY_CODE, INDICATORS
from metrics.indicator import CHILDREN, Indicator, Reported
from metrics.return_wholes import WHY_WHOLE, why_whole


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: each.code)
def test_an_indicator_that_is_not_taken_apart_says_why(indicator: Indicator | Reported) -> None:
    why = why_whole(indicator)
    assert indicator.apart or why
    assert not why.endswith(".")
    assert not why or why[0].islower()


def test_a_reason_is_of_an_indicator_that_is_whole_or_apart_by_care_alone() -> None:
    for code in WHY_WHOLE:
        assert len(BY_CODE[code].apart) <= 1
        assert set(BY_CODE[code].apart) <= set(CHILDREN)


@pytest.mark.parametrize("code", WHY_WHOLE)
def test_a_reason_that_sends_elsewhere_names_what_is_taken_apart(code: str) -> None:
    named = [word.strip(",;.") for word in WHY_WHOLE[code].split()]
    for elsewhere in (word for word in named if word in BY_CODE):
        assert BY_CODE[elsewhere].apart
