"""What a published table is, said once: its name, what one row is, and every column of it.

CSV, metadata, data package, workbook and data page all draw from these words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.language import WELSH, Language
from inspect_app.publishing.marking import later

Record = Mapping[str, object]


class Holds(Enum):
    """What stands in the cells of a column."""

    TEXT = "text"
    CODE = "code"
    LIST = "list"
    DATE = "date"
    COUNT = "count"
    MEASURE = "measure"
    YES_NO = "yes_no"


NUMBERS = frozenset({Holds.COUNT, Holds.MEASURE})
"""Kinds of column where a mark may stand in the place of a number."""


@dataclass(frozen=True)
class Said:
    """Words in English and in Welsh."""

    english: str
    welsh: str

    def to(self, language: Language) -> str:
        """Return the words in a language."""
        return self.welsh if language is WELSH else self.english


@dataclass(frozen=True)
class Column:
    """A column: its name, what it means, what its cells hold, and the unit of its numbers."""

    name: str
    meaning: Said
    holds: Holds = Holds.TEXT
    unit: Said | None = None


@dataclass(frozen=True)
class Table:
    """A published table, and how it gets its rows; `short` is its title on the tab of a sheet.

    `draws_on` names the parts of the content that its rows come from; where these say the
    same, so does the table.
    """

    name: str
    short: Said
    title: Said
    row: Said
    fields: tuple[Column, ...]
    records: Callable[[ReleaseContent, ReleaseMark], Iterable[Record]]
    draws_on: tuple[str, ...]
    notes: tuple[Said, ...] = ()

    @property
    def path(self) -> str:
        """Where its CSV stands in the release."""
        return f"data/{self.name}.csv"


def heading(column: Column, beside: Iterable[Column], language: Language) -> str:
    """Return what stands at the head of a column for a reader: what it means, in short."""
    told = {each.name: each for each in beside}
    base = told.get(column.name.removesuffix("_welsh"))
    if base is not None and base is not column:
        return f"{heading(base, (), language)} ({language.gettext(IN_WELSH)})"
    # A cell says yes or no in the language of its reader; “yes” is what the CSV holds.
    said = column.meaning.to(language).partition(";")[0].removeprefix("yes ")
    return f"{said[:1].upper()}{said[1:]}"


IN_WELSH = later("in Welsh")


def text(name: str, english: str, welsh: str) -> Column:
    """Return a column of text."""
    return Column(name, Said(english, welsh))


def code(name: str, english: str, welsh: str) -> Column:
    """Return a column of codes."""
    return Column(name, Said(english, welsh), Holds.CODE)


def several(name: str, english: str, welsh: str) -> Column:
    """Return a column whose cells hold several values, joined with `; `."""
    return Column(name, Said(english, welsh), Holds.LIST)


def day(name: str, english: str, welsh: str) -> Column:
    """Return a column of dates."""
    return Column(name, Said(english, welsh), Holds.DATE)


def count(name: str, english: str, welsh: str, unit: Said | None = None) -> Column:
    """Return a column of whole numbers, or marks."""
    return Column(name, Said(english, welsh), Holds.COUNT, unit)


def measure(name: str, english: str, welsh: str) -> Column:
    """Return a column of numbers that are worked out or stated, or marks."""
    return Column(name, Said(english, welsh), Holds.MEASURE)


def yes_no(name: str, english: str, welsh: str) -> Column:
    """Return a column of yes or no."""
    return Column(name, Said(english, welsh), Holds.YES_NO)
