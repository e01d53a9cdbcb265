"""Values of a release in words a reader knows: numbers, dates, kinds of case, grades."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from data_model.vocabulary import Basis, CaseKind, Symbol
from inspect_app.publishing.content import Number, PublishedInspection
from inspect_app.publishing.language import ANY, ENGLISH, Language, Passage
from inspect_app.publishing.marking import later, later_count
from metrics.counts import ALL, NOT_GRADED, NOT_PUBLISHED, NOT_STATED

Text = TypeVar("Text", str, Passage)

COUNTED: dict[str, tuple[str, str]] = {
    CaseKind.CSE: later_count(
        "%(count)s child sexual exploitation case", "%(count)s child sexual exploitation cases"
    ),
    CaseKind.MISSING: later_count("%(count)s missing child case", "%(count)s missing child cases"),
    CaseKind.BOTH: later_count(
        "%(count)s child sexual exploitation and missing child case",
        "%(count)s child sexual exploitation and missing child cases",
    ),
    CaseKind.OTHER: later_count("%(count)s other case", "%(count)s other cases"),
    ALL: later_count("%(count)s case", "%(count)s cases"),
}
"""A number of cases of each kind."""

NAMED: dict[str, str] = {
    CaseKind.CSE: later("child sexual exploitation cases"),
    CaseKind.MISSING: later("missing child cases"),
    CaseKind.BOTH: later("child sexual exploitation and missing child cases"),
    CaseKind.OTHER: later("other cases"),
    ALL: later("all cases"),
}
"""The cases of each kind."""

NO_GRADE = {
    NOT_GRADED: later("not graded"),
    NOT_PUBLISHED: later("grades not published"),
    NOT_STATED: later("grade not stated"),
}

INSTEAD = {
    Symbol.WITHHELD: later("number withheld to protect children"),
    Symbol.NOT_AVAILABLE: later("number not published"),
    Symbol.NOT_APPLICABLE: later("no number applies"),
    Symbol.UNRELIABLE: later("number too unreliable to give"),
    Symbol.ROUNDS_TO_ZERO: later("fewer than the rounding shows, but not zero"),
    Symbol.BLANK: later("left blank by the source"),
}
"""What a sentence says where a table would show a mark."""

COMPARATORS = {
    "": "%(value)s",
    "at_least": later("at least %(value)s"),
    "at_most": later("at most %(value)s"),
    "less_than": later("less than %(value)s"),
    "more_than": later("more than %(value)s"),
    "approx": later("about %(value)s"),
}
"""How a source qualified a number that it stated."""

UNITS = (
    later("percent"),
    later("per 10,000 children"),
    later("children"),
    later("incidents"),
    later("offences"),
)
"""The units that stand on many pages; a rare one stays in English, marked as such."""

SUBJECTS = (later("Child sexual exploitation"), later("England and Wales"))
"""Names that stand in no list and no table of reference data."""


def number(value: Number, language: Language = ENGLISH) -> str:
    """Return a number with thousands marked, or the mark that stands for it."""
    return value.value if isinstance(value, Symbol) else language.number(value)


def decimal(value: float, language: Language = ENGLISH) -> str:
    """Return a value as it was stated: one decimal place at most, thousands marked."""
    return language.one_decimal(value).removesuffix(".0")


def exact(value: float) -> str:
    """Return a value with every digit it has, as a data file holds it."""
    return repr(float(value)).removesuffix(".0")


def day(value: date) -> str:
    """Return a date as it is said in English: 9 September 2019."""
    return ENGLISH.day(value)


def cases(kind: str, count: Number, language: Language = ENGLISH) -> str:
    """Return a number of cases of one kind: `9 missing child cases`, or why there is none."""
    if not isinstance(count, Symbol):
        return language.count(COUNTED[kind], count)
    why = language.gettext(INSTEAD[count])
    return why if kind == ALL else f"{why} ({language.gettext(NAMED[kind])})"


def case_kind(kind: str, language: Language = ENGLISH) -> str:
    """Return the kind of case as the heading of a row."""
    return sentence(language.gettext(NAMED[kind]))


def basis(code: str, language: Language = ENGLISH) -> str:
    """Return a kind of evidence base in words."""
    return language.word(Basis(code).english)


def grade(code: str, inspection: PublishedInspection, language: Language = ENGLISH) -> str:
    """Return a grade, or several that were not split, in the words of the inspection's scale."""
    if code in NO_GRADE:
        return language.gettext(NO_GRADE[code])
    names = dict(inspection.grade_names)
    parts = [names.get(part, part.replace("_", " ")) for part in code.split("|")]
    return language.listed([language.word(part).lower() for part in parts], ANY)


def qualified(comparator: str, value: str, language: Language = ENGLISH) -> str:
    """Return a stated value with what its source said of how exact it is."""
    said = COMPARATORS.get(comparator)
    return f"{comparator} {value}" if said is None else language.say(said, value=value)


def sentence(text: Text) -> Text:
    """Return the text with a capital first letter, the rest as it was."""
    if isinstance(text, Passage):
        return replace(text, words=sentence(text.words))
    return text[:1].upper() + text[1:]
