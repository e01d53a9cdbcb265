"""Names in the order of an alphabet: in Welsh, Rh is a letter of its own that comes after R.

Only a name in Welsh is read by the letters of Welsh; `Cheshire` stands under C in either language.
"""

import re
from unicodedata import combining, normalize

ALPHABET = (
    *("A", "B", "C", "Ch", "D", "Dd", "E", "F", "Ff", "G", "Ng", "H", "I", "J", "K", "L", "Ll"),
    *("M", "N", "O", "P", "Ph", "Q", "R", "Rh", "S", "T", "Th", "U", "V", "W", "X", "Y", "Z"),
)
"""The letters of Welsh in their order, and beside them those that only other names have."""

ELSEWHERE = "#"
SIGNS = {True: re.compile(r"ch|dd|ff|ng|ll|ph|rh|th|.", re.IGNORECASE), False: re.compile(r".")}
"""What is read as one letter of a name, in Welsh and not."""


def initial(name: str, *, welsh: bool) -> str:
    """Return the letter that a name stands under, or `ELSEWHERE` where it begins with none."""
    first = next(iter(_letters(name, welsh=welsh)), "")
    return first if first in ALPHABET else ELSEWHERE


def order(name: str, *, welsh: bool) -> list[int]:
    """Return what puts a name in its place among others; spaces and signs come before letters."""
    places = {letter: at for at, letter in enumerate(ALPHABET)}
    return [places.get(letter, -1) for letter in _letters(name, welsh=welsh)]


def _letters(name: str, *, welsh: bool) -> list[str]:
    # What stands over a letter does not change its place: Môn is sorted as Mon.
    plain = "".join(sign for sign in normalize("NFD", name) if not combining(sign))
    return [letter.capitalize() for letter in SIGNS[welsh].findall(plain)]
