"""What a cell of an agency's list says, in the words of the vocabulary, whatever its faults.

A cell that is there and says nothing is *not recorded by the agency*; a cell that says
something nobody here understands is too, and the report counts it as unread.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeVar

from data_model.vocabulary import AgeBand, Answer, Ethnicity, Sex, Word

WordType = TypeVar("WordType", bound=Word)

PREFIX = re.compile(r"^[a-z]{1,2}\)\s*")
SPACE = re.compile(r"\s+")
QUOTES = str.maketrans("‘’“”–", "''\"\"-")
SAYS_NOTHING = frozenset(
    {
        "",
        "-",
        "#n/a",
        "#ref!",
        "#value!",
        "#div/0!",
        "#name?",
        "#null!",
        "#num!",
        "n/a",
        "na",
        "none",
        "null",
        "not known",
        "not recorded",
        "not stated",
        "not stated/recorded",
        "not stated / recorded",
        "not obtained",
        "refused",
        "information not yet obtained",
        "not_recorded",
        "not recorded by the agency",
        "unknown",
        "u",
        "unborn",
        "not stated/recorded (or unborn)",
    }
)
SEXES = {
    "female": Sex.FEMALE,
    "f": Sex.FEMALE,
    "girl": Sex.FEMALE,
    "2": Sex.FEMALE,
    "male": Sex.MALE,
    "m": Sex.MALE,
    "boy": Sex.MALE,
    "1": Sex.MALE,
}
ANSWERS = {
    "yes": Answer.YES,
    "y": Answer.YES,
    "true": Answer.YES,
    "1": Answer.YES,
    "no": Answer.NO,
    "n": Answer.NO,
    "false": Answer.NO,
    "0": Answer.NO,
}
ADULT = 18
BAND = re.compile(r"([0-9]{1,3})(\+| ?-| to | or | and )")
OLDEST = 120
AGES = ((10, AgeBand.UNDER_10), (13, AgeBand.FROM_10_TO_12), (16, AgeBand.FROM_13_TO_15))
ETHNIC_CODES: dict[str, Ethnicity] = {
    **dict.fromkeys(("WBRI", "WIRI", "WIRT", "WROM", "WOTH"), Ethnicity.WHITE),
    **dict.fromkeys(("MWBC", "MWBA", "MWAS", "MOTH"), Ethnicity.MIXED),
    **dict.fromkeys(("AIND", "APKN", "ABAN", "AOTH", "CHNE"), Ethnicity.ASIAN),
    **dict.fromkeys(("BCRB", "BAFR", "BOTH"), Ethnicity.BLACK),
    "OOTH": Ethnicity.OTHER,
    **dict.fromkeys(("REFU", "NOBT"), Ethnicity.NOT_RECORDED),
}
"""The Department for Education's codes, by the five broad groups of the 2021 census."""

ETHNIC_WORDS = (
    ("mixed", Ethnicity.MIXED),
    ("white and ", Ethnicity.MIXED),
    ("white", Ethnicity.WHITE),
    ("gypsy", Ethnicity.WHITE),
    ("black", Ethnicity.BLACK),
    ("african", Ethnicity.BLACK),
    ("caribbean", Ethnicity.BLACK),
    ("asian", Ethnicity.ASIAN),
    ("bangladeshi", Ethnicity.ASIAN),
    ("chinese", Ethnicity.ASIAN),
    ("indian", Ethnicity.ASIAN),
    ("pakistani", Ethnicity.ASIAN),
    ("arab", Ethnicity.OTHER),
    ("ethnic group", Ethnicity.OTHER),
)
"""How a group begins where an agency writes it in words, after any *any other*."""

OTHER = re.compile(r"^(any )?other:? ?")
DATES = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d %B %Y",
    "%d-%b-%Y",
    "%Y%m%d",
)
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
SERIALS_FROM = date(1899, 12, 30)
MOST_EPISODES = 999


class Unread(ValueError):
    """A cell says something that is not understood; what it says is never repeated."""


def plain(value: object) -> str:
    """Return a cell as text in small letters: no odd spaces, no `b)` before it, no `.0`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", str(value)).translate(QUOTES)
    return PREFIX.sub("", SPACE.sub(" ", text).strip().casefold())


def says_nothing(value: object) -> bool:
    """Return whether a cell is empty, or says in so many words that nothing is recorded."""
    return value is None or plain(value) in SAYS_NOTHING


def sex(value: object) -> Sex:
    """Return the sex a cell says."""
    return _word(value, Sex.NOT_RECORDED, SEXES.get)


def answer(value: object) -> Answer:
    """Return the yes or no a cell says."""
    return _word(value, Answer.NOT_RECORDED, ANSWERS.get)


def disability(value: object) -> Answer:
    """Return whether a cell says the child is disabled; `NONE` is a code for no disability."""
    return Answer.NO if value is not None and plain(value) == "none" else answer(value)


def ethnicity(value: object) -> Ethnicity:
    """Return the broad group of a code such as `k) APKN`, or of words."""
    return _word(value, Ethnicity.NOT_RECORDED, _group)


def _group(text: str) -> Ethnicity | None:
    code = text.split(" ")[0].strip("-:,").upper()
    if code in ETHNIC_CODES:
        return ETHNIC_CODES[code]
    said = OTHER.sub("", text)
    found = next((group for begins, group in ETHNIC_WORDS if said.startswith(begins)), None)
    return Ethnicity.OTHER if not said else found


def _word(value: object, nothing: WordType, find: Callable[[str], WordType | None]) -> WordType:
    """Return the word a cell says; raises Unread for one that is not understood."""
    if says_nothing(value):
        return nothing
    text = plain(value)
    found = find(text) or _as_listed(text, type(nothing))
    if found is None:
        raise Unread
    return found


def _as_listed(text: str, words: type[WordType]) -> WordType | None:
    """Return the member that is written out as our own list has it, by code or in words."""
    return next((w for w in words if text in {str(w), w.english.casefold()}), None)


def age(value: object) -> int | None:
    """Return an age in whole years, from a number such as 13.79; None where nothing is said."""
    if says_nothing(value):
        return None
    years = _number(value)
    if not 0 <= years <= OLDEST:
        raise Unread
    return int(years)


def age_band(years: int | None) -> AgeBand:
    """Return the band of an age below 18."""
    if years is None:
        return AgeBand.NOT_RECORDED
    return next((band for below, band in AGES if years < below), AgeBand.FROM_16_TO_17)


def band(value: object) -> AgeBand | int:
    """Return the band that a cell names as our own list has it, or else an age in years."""
    if says_nothing(value):
        return AgeBand.NOT_RECORDED
    text = plain(value)
    named = _as_listed(text.replace(" - ", " to ").replace("-", " to "), AgeBand)
    return named or _years(text)


def _years(text: str) -> int:
    """Return the age that stands there, or the first of a band of grown-ups such as `18+`."""
    band = BAND.match(text)
    if band and int(band[1]) >= ADULT:
        return int(band[1])
    return age(text) or 0


def count(value: object) -> int | None:
    """Return a number of episodes; None where nothing is said."""
    if says_nothing(value):
        return None
    number = _number(value)
    if not 0 <= number <= MOST_EPISODES or number != int(number):
        raise Unread
    return int(number)


def _number(value: object) -> float:
    try:
        return float(str(value).strip().replace(",", "."))
    except ValueError:
        raise Unread from None


def day(value: object) -> date | None:
    """Return a day from a date, a text in one of the usual forms, or a spreadsheet's number."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if says_nothing(value):
        return None
    return _serial(value) if isinstance(value, int | float) else _written(plain(value))


def _serial(value: float) -> date:
    if not FIRST_SERIAL <= value <= LAST_SERIAL:
        raise Unread
    return SERIALS_FROM + timedelta(days=int(value))


def _written(text: str) -> date:
    """Read a written day; a time of day after it is left out."""
    for form in DATES:
        for candidate in (text, text.replace("t", " ").split(" ")[0]):
            try:
                return datetime.strptime(candidate, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
    raise Unread
