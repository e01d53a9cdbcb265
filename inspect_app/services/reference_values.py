"""What becomes of a look-up table that is taken in, row by row, and which release it is."""

from dataclasses import dataclass, field
from enum import StrEnum

from inspect_app.services.national_values import named_years, published_on
from inspect_app.workbooks.problem import Problem


class Became(StrEnum):
    """What becomes of one row of a look-up table."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same as here"
    OLDER = "older than what is here"
    LEFT_OUT = "not a place of its own"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LookupLine:
    """What becomes of one row; `before` and `after` are what is said of the place, in words.

    `row` is the row of the file, from 1. `says` is what a person has to know of it besides.
    """

    row: int
    area: str
    place: str
    became: Became
    before: str = ""
    after: str = ""
    says: str = ""


@dataclass(frozen=True)
class LookupReport:
    """What taking a look-up table in does; `taken` says whether it was done.

    `about` is what the table says of places, with the year where a model of neighbours has one.
    A table with a problem is not taken in at all, so that none is ever there by half.
    """

    file: str
    file_hash: str
    title: str
    about: str
    release: str
    read: int
    left_out: int
    lines: tuple[LookupLine, ...] = field(repr=False)
    problems: tuple[Problem, ...]
    taken: bool = False

    def total(self, became: Became) -> int:
        """Return of how many rows this became."""
        if became is Became.UNKNOWN:
            return len(self.problems)
        return sum(line.became is became for line in self.lines)

    @property
    def brings(self) -> tuple[LookupLine, ...]:
        """The rows that are new or say otherwise than what is here."""
        return tuple(each for each in self.lines if each.became in {Became.NEW, Became.CHANGED})


def edition(release: str) -> str:
    """Return the year that a model is called by: in its release's name, else of its publication.

    >>> edition("Statistical neighbours 2026, published 14 May 2027")
    '2026'
    """
    named = named_years(release)
    if named:
        return named[-1]
    published = published_on(release)
    return str(published.year) if published else ""
