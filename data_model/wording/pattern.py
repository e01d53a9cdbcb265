"""How a phrase of the shipped tables becomes a pattern, and which words it can open with.

A phrase is written in small letters as a regular expression with two conveniences: `{name}`
stands for the words that `macros.csv` gives for it, and one space for up to three. Phrases
are tried only where one of their opening words stands, which is what makes looking quick; no
phrase repeats anything without a bound, so no text can make it slow.
"""

import re
from collections.abc import Iterator
from functools import cache

from data_model.shipped import rows

PACKAGE = "data_model.wording"
MACRO = re.compile(r"\{([a-z]\w*)\}")
SPACE = re.compile(r"\[[^\]]*\]| (?![{?])")
JOINED = re.compile(r"(?<=[\w)])-(?=[a-z({])")
OPENING = re.compile(r"\w+")


@cache
def macros() -> dict[str, str]:
    """Return the words that each `{name}` stands for."""
    return {row["name"]: row["words"] for row in rows(PACKAGE, "macros.csv")}


def expanded(phrase: str) -> str:
    """Return the phrase with each `{name}` replaced; raises KeyError for one that is not there."""
    while MACRO.search(phrase):
        phrase = MACRO.sub(lambda name: macros()[name[1]], phrase)
    return phrase


def compiled(phrase: str) -> re.Pattern[str]:
    """Return the pattern of a phrase, which ends where a word ends."""
    spaced = SPACE.sub(lambda part: " {1,3}" if part[0] == " " else part[0], expanded(phrase))
    return re.compile(f"(?:{spaced})(?!\\w)")


def hyphens_or_spaces(phrase: str) -> str:
    """Return the phrase with each hyphen between words also met as a space or as nothing."""
    return JOINED.sub("[- ]?", phrase)


def openings(phrase: str) -> set[str]:
    """Return every word that a match of the expanded phrase can begin with.

    Raises ValueError when that cannot be told from how the phrase is written.
    """
    if not phrase.startswith("("):
        return _first_word(phrase)
    end = _closing(phrase)
    found = set[str]().union(*(openings(part) for part in _alternatives(phrase[1:end])))
    optional = phrase[end + 1 : end + 2] == "?"
    return found | openings(phrase[end + 2 :].lstrip(" ?")) if optional else found


def _first_word(phrase: str) -> set[str]:
    word = OPENING.match(phrase)
    if word is None:
        message = f"no opening word in “{phrase}”"
        raise ValueError(message)
    # `risks?` opens with either word.
    optional = phrase[word.end() : word.end() + 1] == "?"
    return {word[0], word[0][:-1]} if optional else {word[0]}


def _closing(phrase: str) -> int:
    depth = 0
    for place, sign in enumerate(phrase):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth == 0:
            return place
    message = f"a bracket is not closed in “{phrase}”"
    raise ValueError(message)


def _alternatives(inside: str) -> Iterator[str]:
    depth, part = 0, ""
    for sign in inside:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "|" and depth == 0:
            yield part
            part = ""
        else:
            part += sign
    yield part
