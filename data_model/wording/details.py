"""Numbers, dates, addresses and marks that could tell readers who somebody is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from data_model.shipped import rows
from data_model.wording.kinds import Found, Kind, Reason
from data_model.wording.pattern import PACKAGE, compiled, expanded, openings
from data_model.wording.reading import Text

SMALL_WORDS = frozenset({"y", "yr", "the", "of", "and", "on", "ar", "a"})
NOT_A_HOME = re.compile(
    r"\b(?:crown|family|youth|high|county|supreme|magistrates'?) court"
    r"|\b(?:children'?s|care|one|no|two|work|good|home|the) (?:way|place|end|view|point|house|st)$"
)
LETTER = re.compile(r"[^\W\d_]")
A_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def nhs_check(said: str) -> bool:
    """Return whether ten digits end in the NHS check digit (NHS Data Dictionary, modulus 11)."""
    digits = [int(sign) for sign in said if sign.isdecimal()]
    left = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(set(digits)) > 1 and left % 11 == digits[-1] and left != 10


def _digits(said: str) -> int:
    return sum(sign.isdecimal() for sign in said)


CHECKS: dict[str, Callable[[str], bool]] = {
    "": lambda _said: True,
    "nhs": nhs_check,
    "telephone": lambda said: _digits(said) in {10, 11},
    "address": lambda said: NOT_A_HOME.search(said) is None,
    "not_a_date": lambda said: A_DATE.fullmatch(said) is None,
}


def _capitals(said: str) -> bool:
    words = [word for word in re.findall(r"[^\W_]+", said) if LETTER.match(word)]
    named = [word for word in words if word.lower() not in SMALL_WORDS]
    return bool(named) and all(word[0].isupper() for word in named)


WRITTEN: dict[str, Callable[[str], bool]] = {
    "": lambda _said: True,
    "upper": lambda said: said == said.upper(),
    "capitals": _capitals,
}


@dataclass(frozen=True)
class Shape:
    """How a detail of one kind is written, and what else must hold of it."""

    kind: Kind
    pattern: re.Pattern[str]
    written: Callable[[str], bool]
    check: Callable[[str], bool]
    reason: Reason

    def at(self, text: Text, place: int) -> Iterator[Found]:
        """Yield the detail that starts at this place, if there is one."""
        said = self.pattern.match(text.folded, place)
        if said:
            yield from self._held(text, said)

    def anywhere(self, text: Text) -> Iterator[Found]:
        """Yield each such detail of the text."""
        for said in self.pattern.finditer(text.folded):
            yield from self._held(text, said)

    def _held(self, text: Text, said: re.Match[str]) -> Iterator[Found]:
        start, end = said.span()
        end = start + len(said[0].rstrip(" ,.-/*"))
        if self.written(text.written[start:end]) and self.check(text.folded[start:end]):
            yield Found(self.kind, start, end, self.reason)


@cache
def reasons() -> dict[Kind, Reason]:
    """Return why each kind of detail is pointed out."""
    return {
        Kind(row["kind"]): Reason(row["why"], row["instead"], row["source"])
        for row in rows(PACKAGE, "kinds.csv")
    }


@cache
def shapes() -> dict[str, list[tuple[str, Shape]]]:
    """Return the shipped shapes and how each is written, by where they start."""
    found: dict[str, list[tuple[str, Shape]]] = {}
    for row in rows(PACKAGE, "details.csv"):
        kind, phrase = Kind(row["kind"]), row["phrase"]
        shape = Shape(
            kind,
            compiled(phrase),
            WRITTEN[row["written"]],
            CHECKS[row["check"]],
            reasons()[kind],
        )
        found.setdefault(row["start"], []).append((phrase, shape))
    return found


@cache
def _by_opening() -> dict[str, list[Shape]]:
    found: dict[str, list[Shape]] = {}
    for phrase, shape in shapes()["words"]:
        for word in openings(expanded(phrase)):
            found.setdefault(word, []).append(shape)
    return found


def identifying_details(text: Text) -> Iterator[Found]:
    """Yield the identifying numbers, dates, addresses and marks of a text."""
    opening, numbers = _by_opening(), [shape for _phrase, shape in shapes()["number"]]
    for place, (word, start) in enumerate(text.tokens):
        for shape in opening.get(word, ()):
            yield from shape.at(text, start)
        if _near_a_number(text, place):
            for shape in numbers:
                yield from shape.at(text, start)
    if "@" in text.written:
        for _phrase, shape in shapes()["at"]:
            yield from shape.anywhere(text)


def _near_a_number(text: Text, place: int) -> bool:
    """Return whether a word holds a digit, or is two letters before a word that starts with one."""
    word, _start = text.tokens[place]
    if not word.isalpha():
        return True
    if len(word) != 2 or place + 1 == len(text.tokens):
        return False
    return text.tokens[place + 1][0][0].isdecimal()
