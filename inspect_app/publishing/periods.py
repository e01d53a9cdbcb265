"""Labels of periods in Welsh, where the label is a date and nothing else."""

import re
from collections.abc import Callable
from datetime import date

from babel import Locale
from babel.dates import format_date, get_month_names

from inspect_app.publishing.marking import later
from inspect_app.publishing.mutations import mutated

MONTHS = tuple(str(get_month_names("wide", locale="en")[at]) for at in range(1, 13))
MONTH = "|".join(MONTHS)
DATED = re.compile(rf"(?:(\d{{1,2}}) )?({MONTH}) (\d{{4}})")
PLAIN = re.compile(r"\d{4}(?:/\d{2,4})?")
QUARTER = re.compile(r"(\d{4}/\d{2}) Q(\d)")
YEAR_TO = re.compile(r"[Yy]ear to (.+)")

FIRST_TO_LAST = later("%(first)s to %(last)s")
QUARTER_OF = later("Quarter %(quarter)s of %(year)s")
YEAR_ENDING = later("Year to %(day)s")
UNDATED = later("Undated")

Say = Callable[[str], str]


def translated(label: str, say: Say, locale: Locale) -> str | None:
    """Return a label such as `Year to 31 March 2024` in the language, or None for free text."""
    ends = label.split(" to ")
    both = _both(ends, say, locale) if len(ends) == 2 else None
    found = both or _one(label, say, locale)
    return found and mutated(found)


def is_dated(label: str) -> bool:
    """Return whether a label is a date, a year, a quarter or a time between two."""
    return translated(label, str, Locale.parse("cy")) is not None


def _both(ends: list[str], say: Say, locale: Locale) -> str | None:
    year = ends[1].rpartition(" ")[2]
    if ends[0] in MONTHS:  # January to December 2019
        ends = [f"{ends[0]} {year}", ends[1]]
    first, last = (_one(end, say, locale) for end in ends)
    if first is None or last is None:
        return None
    return say(FIRST_TO_LAST) % {"first": first, "last": last}


def _one(label: str, say: Say, locale: Locale) -> str | None:
    if PLAIN.fullmatch(label):
        return label
    if found := DATED.fullmatch(label):
        return _dated(found, locale)
    if found := QUARTER.fullmatch(label):
        return say(QUARTER_OF) % {"quarter": found[2], "year": found[1]}
    if found := YEAR_TO.fullmatch(label):
        end = _one(found[1], say, locale)
        return end and say(YEAR_ENDING) % {"day": end}
    return say(UNDATED) if label.casefold() == UNDATED.casefold() else None


def _dated(found: re.Match[str], locale: Locale) -> str | None:
    pattern = "d MMMM y" if found[1] else "MMMM y"
    try:
        on = date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1] or 1))
    except ValueError:
        return None
    return format_date(on, pattern, locale)
