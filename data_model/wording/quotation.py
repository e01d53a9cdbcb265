"""Which parts of a text stand inside quotation marks, as words taken from the file.

“…”, "…" and ‘…’ count, and '…' where it cannot be an apostrophe; a quotation ends with its
paragraph, and marks that are not closed mark nothing.
"""

import re
from bisect import bisect_right

MARKS = "“\"‘'"
# A closing single mark is not an apostrophe: no letter follows, and no later one closes better.
QUOTED = re.compile(
    r"“[^“”\n]*”|\"[^\"\n]*\""
    r"|‘(?:[^’‘\n]|(?<=\w)’(?=\w)|(?<=s)’(?= \w[^’‘\n]{0,200}’(?!\w)))*’(?!\w)"
    r"|(?<![\w.])'(?=\w)(?:[^'\n]|(?<=\w)'(?=\w))*'(?!\w)"
)


def quotations(text: str) -> list[tuple[int, int]]:
    """Return where each quotation starts and ends, marks included, in order."""
    if not any(mark in text for mark in MARKS):
        return []
    return [each.span() for each in QUOTED.finditer(text)]


def inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether `start` to `end` lies within one of the ordered spans."""
    number = bisect_right(spans, (start, end)) - 1
    return number >= 0 and end <= spans[number][1]
