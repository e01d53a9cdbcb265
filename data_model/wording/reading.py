"""A text made ready for looking: small letters, plain signs, and where words and sentences are."""

import re
from bisect import bisect_right
from functools import cached_property

from data_model.wording.quotation import quotations

WORD = re.compile(r"\w+")
ENDING = re.compile(r"[.!?:][\"”’')]{0,2}\s+(?=[\"“‘'(]?[A-Z0-9])|\n+")
SPACES = "\n\r\t\f\v\u00a0\u2002\u2003\u2009"
SIGNS = {"’": "'", "‘": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-"}
PLAIN = str.maketrans(dict.fromkeys(SPACES, " ") | SIGNS)
# A sentence is read this far before the words found and twice as far after.
REACH = 200


class Text:
    """A text and what is read off it: `folded` has the same length and the same places."""

    def __init__(self, written: str) -> None:
        """Keep the text as it was written."""
        self.written = written
        self.folded = _small(written).translate(PLAIN)

    @cached_property
    def tokens(self) -> list[tuple[str, int]]:
        """Every run of letters and digits in small letters, and where it starts, in order."""
        return [(each[0], each.start()) for each in WORD.finditer(self.folded)]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(each.end() for each in ENDING.finditer(self.written))]

    def sentence(self, place: int) -> tuple[int, int]:
        """Return where the sentence or quotation around a place starts and ends."""
        number = bisect_right(self._starts, place)
        end = self._starts[number] if number < len(self._starts) else len(self.written)
        first, last = max(self._starts[number - 1], place - REACH), min(end, place + 2 * REACH)
        return max(first, self.opening_mark(place)), last

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """Where each quotation starts and ends, in order."""
        return quotations(self.written)

    def opening_mark(self, place: int) -> int:
        """Return where the words of the quotation around a place start; 0 when there is none."""
        number = bisect_right(self.quotations, (place, len(self.written))) - 1
        quoted = number >= 0 and place < self.quotations[number][1]
        return self.quotations[number][0] + 1 if quoted else 0

    def starts_sentence(self, place: int) -> bool:
        """Whether a sentence starts here, opening marks apart."""
        return not self.folded[self.sentence(place)[0] : place].strip(" \"'“(-–•*")


def _small(text: str) -> str:
    small = text.lower()
    if len(small) == len(text):
        return small
    # A few letters are two in small (İ), and every place would shift.
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
