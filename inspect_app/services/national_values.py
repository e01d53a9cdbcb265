"""What becomes of a national publication's figures, and which release they come from."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from inspect_app.errors import Refusal
from inspect_app.workbooks.cells import MONTHS
from inspect_app.workbooks.problem import Problem

DATED = re.compile(r"(?:(\d{1,2}) )?([A-Za-z]+) ((?:19|20)\d\d)\b")
A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LONGEST_NAME = 100
BETWEEN = "; "
"""Stands in a source between where a number is from and where what it is out of is from."""


class Became(StrEnum):
    """What becomes of one figure of a publication."""

    NEW = "new"
    REVISED = "revised"
    SAME = "same as here"
    OLDER = "older than what is here"
    BLANK = "blank in the file, and what stood stands"
    NOT_HERE = "not an area here"
    REFUSED = "refused"


@dataclass(frozen=True)
class Line:
    """What becomes of one figure; `before` and `after` are it in words, such as 263 of 99,092.

    `row` is the row of the file, from 1; `period` is what the figure is of. `says` is what a
    person has to know of it besides.
    """

    row: int
    area: str
    place: str
    period: str
    indicator: str
    became: Became
    before: str = ""
    after: str = ""
    says: str = ""


@dataclass(frozen=True)
class NationalReport:
    """What taking a publication in does, figure by figure; `taken` says whether it was done.

    `read` counts the rows of the file, `left_out` those of something that is not asked for.
    """

    file: str
    file_hash: str
    publication: str
    release: str
    read: int
    left_out: int
    lines: tuple[Line, ...] = field(repr=False)
    problems: tuple[Problem, ...]
    taken: bool = False

    def total(self, became: Became) -> int:
        """Return of how many figures this became."""
        if became is Became.REFUSED:
            return len(self.problems)
        return sum(line.became is became for line in self.lines)

    @property
    def revisions(self) -> tuple[Line, ...]:
        """The figures that an earlier release gave otherwise."""
        return tuple(line for line in self.lines if line.became is Became.REVISED)

    @property
    def areas(self) -> tuple[str, ...]:
        """The codes of the areas whose figures change."""
        changed = {Became.NEW, Became.REVISED}
        return tuple(sorted({line.area for line in self.lines if line.became in changed}))


def check_release(release: str) -> None:
    """Raise Refusal for a release without a name, or without the month it was published in."""
    named = DATED.sub("", release).strip(" ,") and len(release) <= LONGEST_NAME
    if not named or BETWEEN in release or _dated(release) is None:
        raise Refusal(
            f"The release “{release[:60]}” does not say what it is and when it was published.",
            "Say both, without a semicolon, such as: Children in need 2025, published "
            "30 October 2025.",
            release=release,
        )


def published_on(source: str) -> date | None:
    """Return when a source was published; its year's first day where it says only the year."""
    years = A_YEAR.findall(source)
    return _dated(source) or (date(int(years[-1]), 1, 1) if years else None)


def named_years(release: str) -> list[str]:
    """Return the years that a release's name says, apart from when it was published."""
    dates = [found for found in DATED.finditer(release) if found[2].lower() in MONTHS]
    for found in reversed(dates):
        release = release[: found.start()] + release[found.end() :]
    return A_YEAR.findall(release)


def _dated(text: str) -> date | None:
    """Return the last day or month in a text; a month is its first day."""
    for day, month, year in reversed(DATED.findall(text)):
        number = MONTHS.get(month.lower())
        if number is not None:
            try:
                return date(int(year), number, int(day or 1))
            except ValueError:
                return None
    return None
