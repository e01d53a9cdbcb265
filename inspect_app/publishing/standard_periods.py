"""How the Department for Education's standard names a period, from its first and its last day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
QUARTERS = ("Financial year Q1", "Financial year Q2", "Financial year Q3", "Financial year Q4")

KINDS: Mapping[str, tuple[str, ...]] = {
    "calendar_years": ("Calendar year",),
    "financial_years": ("Financial year",),
    "academic_years": ("Academic year",),
    "reporting_years": ("Reporting year",),
    "financial_quarters": QUARTERS,
    "months": MONTHS,
}
"""The kinds of period that have a file of their own: name to the standard's identifiers."""

FOUR_DIGITS = frozenset({"Calendar year", "Reporting year", *MONTHS})
SIX_DIGITS = frozenset({"Financial year", "Academic year", *QUARTERS})


@dataclass(frozen=True)
class Period:
    """A period in the standard's words: `202324` and `Financial year Q1`; its kind has a file."""

    time_period: str
    time_identifier: str
    kind: str


def period_of(start: date | None, end: date | None) -> Period | None:
    """Return the period from one day to another, or None where the standard has no name for it.

    The standard has no quarters of a calendar year: January to March 2020 is the fourth quarter
    of the financial year 2019/20, which is the same three months. A count on 31 March alone is
    that day's reporting year.
    """
    if start is None:
        return None
    last = end or start
    if start == last:
        ends_a_year = (last.month, last.day) == (3, 31)
        return Period(f"{last:%Y}", "Reporting year", "reporting_years") if ends_a_year else None
    if start.day != 1 or (last + timedelta(days=1)).day != 1:
        return None
    return _whole_months(start, (last.year - start.year) * 12 + last.month - start.month + 1)


def _whole_months(start: date, months: int) -> Period | None:
    if months == 1:
        return Period(f"{start:%Y}", MONTHS[start.month - 1], "months")
    if months == 3 and start.month % 3 == 1:
        quarter = QUARTERS[(start.month - 4) % 12 // 3]
        return Period(_over_two(start, 4), quarter, "financial_quarters")
    return _YEARS[start.month](start) if months == 12 and start.month in _YEARS else None


def _over_two(start: date, first_month: int) -> str:
    """Return a year that begins in one calendar year and ends in the next: `202324`."""
    began = start.year if start.month >= first_month else start.year - 1
    return f"{began}{(began + 1) % 100:02}"


_YEARS = {
    1: lambda start: Period(f"{start:%Y}", "Calendar year", "calendar_years"),
    4: lambda start: Period(_over_two(start, 4), "Financial year", "financial_years"),
    9: lambda start: Period(_over_two(start, 9), "Academic year", "academic_years"),
}
