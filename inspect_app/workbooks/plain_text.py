"""Text as it is compared: the same words are the same text, whichever program saved them."""

import re

LONGEST = 32_767
"""The most characters that a spreadsheet's cell holds."""

EDGES = " \t\n\r\u00a0\u200b\u200c\u200d\u2060\ufeff\u202f\u3000" + "".join(
    chr(each) for each in range(0x2000, 0x200B)
)
"""What may stand before or after words unseen."""

CONTROLS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]"
ENDS_OF_LINES = r"\r\n?"
_controls, _ends = re.compile(CONTROLS), re.compile(ENDS_OF_LINES)
_unseen = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_quotes = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_HAS_SURROGATE = re.compile("[\ud800-\udfff]")


def cleaned(text: str) -> str:
    """Return text without what no cell can hold, its lines ended alike and its edges trimmed."""
    return visible(text).strip(EDGES)


def visible(text: str) -> str:
    """Return text without what no cell can hold and its lines ended alike, edges as they are."""
    whole = _HAS_SURROGATE.sub("\ufffd", text)
    return _ends.sub("\n", _controls.sub("", whole))


def alike(words: str) -> str:
    """Return words as they are looked up: without case, curly quotes or doubled spaces."""
    return " ".join(_unseen.sub("", words).translate(_quotes).lower().split())
