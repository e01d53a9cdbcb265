"""Values of a release in words a reader knows: numbers, dates, kinds of case, grades."""

from collections.abc import Sequence
from datetime import date

from data_model.vocabulary import (
    AreaKind,
    CaseKind,
    InspectionKind,
    RecommendationKind,
    Symbol,
    Word,
)
from inspect_app.publishing.content import Number, PublishedInspection
from metrics.counts import ALL, NOT_GRADED, NOT_PUBLISHED, NOT_STATED

# The program's locale must not reach a page, so the months are written here.
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

CASES = {
    CaseKind.CSE: "child sexual exploitation",
    CaseKind.MISSING: "missing child",
    CaseKind.BOTH: "child sexual exploitation and missing child",
    CaseKind.OTHER: "other",
    ALL: "",
}
"""The word or words that stand before `case` for each kind of case."""

NO_GRADE = {
    NOT_GRADED: "not graded",
    NOT_PUBLISHED: "grades not published",
    NOT_STATED: "grade not stated",
}

INSTEAD = {
    Symbol.WITHHELD: "number withheld to protect children",
    Symbol.NOT_AVAILABLE: "number not published",
    Symbol.NOT_APPLICABLE: "no number applies",
    Symbol.UNRELIABLE: "number too unreliable to give",
    Symbol.ROUNDS_TO_ZERO: "fewer than the rounding shows, but not zero",
    Symbol.BLANK: "left blank by the source",
}
"""What a sentence says where a table would show a mark."""


def number(value: Number) -> str:
    """Return a number with thousands marked, or the mark that stands for it."""
    return value.value if isinstance(value, Symbol) else f"{value:,}"


def decimal(value: float) -> str:
    """Return a value as it was stated: one decimal place at most, thousands marked."""
    return one_decimal(value).removesuffix(".0")


def one_decimal(value: float) -> str:
    """Return a value that was worked out, with one decimal place, thousands marked."""
    return f"{value:,.1f}"


def exact(value: float) -> str:
    """Return a value with every digit it has, as a data file holds it."""
    return repr(float(value)).removesuffix(".0")


def day(value: date) -> str:
    """Return a date as it is said in English: 9 September 2019."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """Return the month of a date: September 2019."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return items as a list in a sentence: `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def english(code: str, words: type[Word]) -> str:
    """Return the English for a stored code, or the text itself where it is words already."""
    return words(code).english if code in set(words) else code


def inspection_kind(code: str) -> str:
    """Return the kind of inspection in words."""
    return english(code, InspectionKind)


def area_kind(code: str) -> str:
    """Return the level of place in words."""
    return english(code, AreaKind)


def recommendation_kind(code: str) -> str:
    """Return what the publication calls the recommendation."""
    return english(code, RecommendationKind)


def cases(kind: str, count: Number) -> str:
    """Return a number of cases of one kind: `9 missing child cases`, or why there is none."""
    noun = "case" if count == 1 else "cases"
    name = " ".join(word for word in (CASES.get(kind, kind), noun) if word)
    if isinstance(count, Symbol):
        return f"{INSTEAD[count]} ({name})" if kind != ALL else INSTEAD[count]
    return f"{count:,} {name}"


def case_kind(kind: str) -> str:
    """Return the kind of case as the heading of a row."""
    return "All cases" if kind == ALL else sentence(cases(kind, 2).removeprefix("2 "))


def grade(code: str, inspection: PublishedInspection) -> str:
    """Return a grade, or several that were not split, in the words of the inspection's scale."""
    if code in NO_GRADE:
        return NO_GRADE[code]
    names = dict(inspection.grade_names)
    parts = code.split("|")
    return listed([names.get(part, part.replace("_", " ")).lower() for part in parts], "or")


def sentence(text: str) -> str:
    """Return the text with a capital first letter, the rest as it was."""
    return text[:1].upper() + text[1:]


def instead(mark: Symbol) -> str:
    """Return what a mark means, as a label beside it."""
    return mark.english
