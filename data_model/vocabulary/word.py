"""What a closed list is: members with a code that is stored and words that are shown."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A member of a closed list: its value is stored, its words are shown."""

    english: str
    welsh: str

    def __new__(cls, code: str, english: str = "", welsh: str = "") -> Self:
        """Make a member from its stored code and its words in both languages."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.english = english
        member.welsh = welsh
        return member
