"""How the cells of a release are named for its publisher, who reads why each is withheld."""

from collections.abc import Hashable, Mapping

from data_model.vocabulary import Part
from metrics import BY_CODE
from metrics.disclosure import Key

SIDES = {Part.NUMERATOR.name: "", Part.DENOMINATOR.name: ", what it is out of"}
WORDS: Mapping[str, str] = {
    "cases read": "{}: how many cases were read",
    "cases available": "{}: how many cases could be chosen",
    "kind": "{}: cases read, {}",
    "grade": "{}: {}, {}",
    "why not graded": "{}: {}, not graded because “{}”",
    "findings": "{}: findings behind {}",
}


def named(key: Key) -> str:
    """Return a cell's name in words: its inspection or area, its line, and its heading."""
    if not isinstance(key, tuple):
        return str(key)
    kind, *rest = key
    if kind in SIDES:
        area, quarter, code = rest
        return _figure(area, quarter, code) + SIDES[kind]
    if kind in WORDS:
        return WORDS[kind].format(*rest)
    # A cell of an earlier release goes by that release's number and the cell's own name.
    return f"{kind}: {named(rest[0])}" if rest else str(kind)


def _figure(area: str, quarter: Hashable, code: str) -> str:
    title = BY_CODE[code].title if code in BY_CODE else code
    return f"{area}: {title}, quarter to {quarter}"
