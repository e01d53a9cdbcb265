"""Named streets, and named schools, homes and hotels, among the capitalised words of a text."""

from collections.abc import Iterator

from data_model.wording.details import reasons
from data_model.wording.kinds import Found, Kind
from data_model.wording.name_words import Words, beside, ordinary
from data_model.wording.reading import Text

FURTHEST = 4
PLAIN_STREETS = frozenset(
    {"high", "downing", "every", "main", "road", "the", "great", "no", "fawr"}
)
WELSH_STREETS = frozenset({"heol", "stryd", "ffordd", "rhodfa"})
WELSH_SCHOOL = "ysgol"
BETWEEN_WELSH = frozenset({"y", "yr", "gynradd", "uwchradd", "gyfun"})


class Places:
    """Finds the named places in one text; `aside` numbers words that name something public."""

    def __init__(self, text: Text, words: Words, aside: frozenset[int]) -> None:
        """Keep the text with its words."""
        self.text, self.words, self.aside = text, words, aside

    def __iter__(self) -> Iterator[Found]:
        """Yield each named street, school, home or hotel."""
        for place in self.words.telling:
            word = self.words[place]
            if word.plain in beside()["street"] and self._ends_a_name(place):
                yield from self._street(place)
            if word.plain in beside()["named_place"] and self._ends_a_name(place):
                yield from self._named(place)
            if word.plain in WELSH_STREETS or word.plain == WELSH_SCHOOL:
                yield from self._welsh(place)

    def _found(self, kind: Kind, first: int, last: int) -> Found:
        return Found(kind, self.words[first].start, self.words[last].end, reasons()[kind])

    def _joined(self, first: int) -> bool:
        """Return whether a word and the next stand in one name, both with a capital."""
        here, there = self.words[first], self.words[first + 1]
        between = self.text.folded[here.end : there.start]
        return here.capital and there.capital and between in {" ", "'s ", ". "}

    def _ends_a_name(self, place: int) -> bool:
        follows = place + 1 < len(self.words) and self._joined(place)
        return place > 0 and self._joined(place - 1) and not follows

    def _first(self, last: int) -> int:
        """Return where the capitalised words that end at `last` start."""
        first = last
        while first > 0 and last - first < FURTHEST and self._joined(first - 1):
            first -= 1
        return first

    def _street(self, last: int) -> Iterator[Found]:
        first = self._first(last)
        before = self.words[first - 1].plain if first else ""
        named = self.words[last - 1].plain not in PLAIN_STREETS | ordinary()
        if named or (before in beside()["street_before"] and self._proper(last - 1)):
            yield self._found(Kind.ADDRESS, last - 1, last)

    def _proper(self, place: int) -> bool:
        return self.words[place].plain not in PLAIN_STREETS and place not in self.aside

    def _named(self, last: int) -> Iterator[Found]:
        first = self._first(last)
        own = [at for at in range(first, last) if self._own_name(at)]
        if own:
            start = own[0] - 1 if own[0] > first and self._saint(own[0] - 1) else own[0]
            yield self._found(Kind.NAMED_PLACE, start, last)

    def _own_name(self, place: int) -> bool:
        word = self.words[place]
        return place not in self.aside and word.plain not in ordinary() and len(word.text) > 1

    def _saint(self, place: int) -> bool:
        return self.words[place].plain in {"st", "saint"}

    def _welsh(self, place: int) -> Iterator[Found]:
        last = place + 1
        while last < len(self.words) and self.words[last].plain in BETWEEN_WELSH:
            last += 1
        if last >= len(self.words) or not self.words[last].capital or not self._proper(last):
            return
        while last + 1 < len(self.words) and last - place < FURTHEST and self._joined(last):
            last += 1
        school = self.words[place].plain == WELSH_SCHOOL
        yield self._found(Kind.NAMED_PLACE if school else Kind.ADDRESS, place, last)
