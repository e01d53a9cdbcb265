"""Quarters of a calendar year: every day lies in exactly one."""

from datetime import MAXYEAR, date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.indicator import Quarter, quarter_of

YEARS = st.integers(1, MAXYEAR)
QUARTERS = st.builds(Quarter, YEARS, st.integers(1, 4))


@pytest.mark.parametrize(
    ("quarter", "start", "end", "label", "written"),
    [
        (Quarter(2020, 1), "2020-01-01", "2020-03-31", "January to March 2020", "2020-Q1"),
        (Quarter(2020, 2), "2020-04-01", "2020-06-30", "April to June 2020", "2020-Q2"),
        (Quarter(2021, 3), "2021-07-01", "2021-09-30", "July to September 2021", "2021-Q3"),
        (Quarter(2026, 4), "2026-10-01", "2026-12-31", "October to December 2026", "2026-Q4"),
    ],
)
def test_a_quarter_is_three_months_in_words_and_dates(
    quarter: Quarter, start: str, end: str, label: str, written: str
) -> None:
    assert (quarter.start.isoformat(), quarter.end.isoformat()) == (start, end)
    assert (quarter.label, str(quarter)) == (label, written)


@given(st.dates())
def test_every_day_lies_in_exactly_its_quarter(day: date) -> None:
    around = [Quarter(day.year, number) for number in range(1, 5)]
    assert [q for q in around if q.start <= day <= q.end] == [quarter_of(day)]


@given(st.integers(1, MAXYEAR - 1))
def test_quarters_follow_each_other_without_a_gap(year: int) -> None:
    quarters = [*(Quarter(year, number) for number in range(1, 5)), Quarter(year + 1, 1)]
    for earlier, later in pairwise(quarters):
        assert earlier.end + timedelta(days=1) == later.start


@given(QUARTERS)
def test_a_quarter_holds_its_own_first_and_last_day(quarter: Quarter) -> None:
    assert quarter_of(quarter.start) == quarter_of(quarter.end) == quarter
