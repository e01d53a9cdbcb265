"""The words of a text as a reader of names sees them: capitals, initials, what each can be."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from data_model.shipped import rows
from data_model.wording.pattern import PACKAGE
from data_model.wording.reading import Text

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SPACE = re.compile(r"[.]? {1,2}")
GAP = re.compile(r"[ ,;:(.\"“‘'-]{1,3}")
# Second capitals that names have: McDonald, O'Neill, Lily-Mae.
INNER = re.compile(r"(?:^(?:Mc|Mac|O['’])|-)[A-Z]")
APOSTROPHE = re.compile("['’]")
COMMON = 5

Phrases = dict[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Word:
    """A word and its place, without a possessive ending; `plain` is in small letters."""

    text: str
    plain: str
    start: int
    end: int
    possessive: bool
    touching: bool

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[0].isupper()

    @property
    def initial(self) -> bool:
        """Whether it is one capital letter, as in “K. Jones”."""
        return len(self.text) == 1 and self.capital and not self.touching


@cache
def people() -> dict[str, frozenset[str]]:
    """Return the shipped names by use: first name, first name or word, surname."""
    found: dict[str, set[str]] = {}
    for row in rows(PACKAGE, "people_names.csv"):
        found.setdefault(row["use"], set()).add(row["name"])
    return {use: frozenset(names) for use, names in found.items()}


@cache
def beside() -> dict[str, frozenset[str]]:
    """Return, by use, the words that stand beside people, streets and organisations."""
    return {
        row["use"]: frozenset(row["words"].split()) for row in rows(PACKAGE, "person_words.csv")
    }


@cache
def ordinary() -> frozenset[str]:
    """Return the words that are no names even with a capital."""
    return frozenset(row["word"] for row in rows(PACKAGE, "ordinary_words.csv"))


def first_name(word: Word) -> bool:
    """Return whether a word is a first name and nothing else."""
    if word.touching or (word.text.isupper() and len(word.text) < COMMON):
        return False
    names = people()["first name"]
    if word.plain in names:
        return True
    parts = word.plain.split("-")
    return len(parts) > 1 and word.capital and all(_could_be_first(part) for part in parts)


def _could_be_first(part: str) -> bool:
    return part in people()["first name"] or part in people()["first name or word"]


def name_or_word(word: Word) -> bool:
    """Return whether a capitalised word is a first name that is also a word, month or place."""
    return word.capital and not word.touching and word.plain in people()["first name or word"]


def surname(word: Word) -> bool:
    """Return whether a capitalised word is a common surname."""
    return word.capital and not word.touching and word.plain in people()["surname"]


def unlisted(word: Word) -> bool:
    """Return whether a capitalised word is in no list and written as a name is."""
    if not word.capital or word.touching or len(word.text) == 1:
        return False
    if not word.text[1:].islower() and not INNER.search(word.text):
        return False
    return not all(part in ordinary() or part in beside()["title"] for part in _parts(word.plain))


def _parts(plain: str) -> list[str]:
    return [plain] if plain in ordinary() else [part for part in plain.split("-") if part]


class Words:
    """The words of a text by number, each looked at only when it is asked for."""

    def __init__(self, text: Text) -> None:
        """Find where the words stand."""
        self.text = text
        self._found = list(WORD.finditer(text.written))
        self._seen: dict[int, Word] = {}

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._found)

    def __getitem__(self, number: int) -> Word:
        """Return one word; raises IndexError past the end."""
        if number not in self._seen:
            self._seen[number] = _word(self._found[number], self.text)
        return self._seen[number]

    @cached_property
    def telling(self) -> list[int]:
        """The numbers of the words that have a capital or are a first name in small letters."""
        small = people()["first name"].intersection(word for word, _start in self.text.tokens)
        return [
            number
            for number, each in enumerate(self._found)
            if each[0][0].isupper() or (small and APOSTROPHE.split(each[0], 1)[0] in small)
        ]


def _word(each: re.Match[str], text: Text) -> Word:
    start, end = each.span()
    plain = text.folded[start:end]
    possessive = plain.endswith("'s") and len(plain) > len("'s")
    if possessive:
        plain, end = plain[:-2], end - 2
    around = text.folded[max(0, start - 1) : start] + text.folded[each.end() : each.end() + 1]
    touching = any(sign.isdigit() or sign in "_@/" for sign in around)
    return Word(text.written[start:end], plain, start, end, possessive, touching)


def no_people(known: Collection[str]) -> Phrases:
    """Return names that are no people's, by first word: areas, organisations, services, `known`."""
    return _phrases(frozenset(known))


@lru_cache(maxsize=64)
def _phrases(known: frozenset[str]) -> Phrases:
    found: dict[str, set[tuple[str, ...]]] = {}
    for name in (*_shipped(), *known):
        plain = tuple(_plain(each[0]) for each in WORD.finditer(name))
        if plain:
            found.setdefault(plain[0], set()).add(plain)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s")


def _shipped() -> Iterator[str]:
    for table in ("areas.csv", "organisations.csv"):
        for row in rows("data_model", "reference", table):
            for name in (row["name"], row["name_welsh"]):
                yield name.split(" (")[0]
                yield name.split(",")[0]
    yield from (row["words"] for row in rows(PACKAGE, "not_people.csv"))


def set_aside(words: Words, phrases: Phrases) -> frozenset[int]:
    """Return the numbers of the words that belong to a name that is no person's."""
    aside: set[int] = set()
    for number in words.telling:
        for phrase in phrases.get(words[number].plain, ()) if words[number].capital else ():
            if _stands_at(words, number, phrase):
                aside.update(range(number, number + len(phrase)))
                break
    return frozenset(aside)


def _stands_at(words: Words, number: int, phrase: tuple[str, ...]) -> bool:
    if number + len(phrase) > len(words):
        return False
    return all(words[number + place].plain == part for place, part in enumerate(phrase))
