"""Months that change their first letter after a word of Welsh: `i Fawrth`, not `i Mawrth`.

Sentences are translated whole, so that every other mutation stands in the catalogue. A month comes
into a sentence from outside, and the catalogue cannot know which.
"""

import re

SOFT = {
    "Mawrth": "Fawrth",
    "Mai": "Fai",
    "Mehefin": "Fehefin",
    "Gorffennaf": "Orffennaf",
    "Medi": "Fedi",
    "Tachwedd": "Dachwedd",
    "Rhagfyr": "Ragfyr",
}
"""The months that soften; the other five begin with a letter that does not."""

SOFTENS = re.compile(rf"\b(i|o|am|ar|at|gan|tan|neu) ({'|'.join(SOFT)})\b")


def mutated(text: str) -> str:
    """Return a Welsh text in which each month follows the word before it."""
    return SOFTENS.sub(lambda found: f"{found[1]} {SOFT[found[2]]}", text)
