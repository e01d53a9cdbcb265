"""A board paper as a tagged PDF (PDF/UA-1), and its drawings as PNG, drawn by Typst.

Typst brings its own fonts, so that the same paper looks the same wherever it is drawn.
"""

import json
import re
import unicodedata
from dataclasses import asdict
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import Any, Literal

import typst

from inspect_app.publishing.paper import Paper
from inspect_app.workbooks.plain_text import cleaned

TEMPLATE = ("templates", "board_paper.typ")
PICTURE = b"""#set page(width: 17cm, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""
SHARP = 150.0
"""Points to the inch of a drawing in a Word file."""

PAGE_OF = {"en": ["page", "of"], "cy": ["tudalen", "o"]}
"""The words of a footer around its two numbers, by language."""

SIGNS = (
    ("\n", "\n"),
    (" ", "~"),
    ("\xa1", "\xac"),
    ("\xae", "\u024f"),
    ("\u0391", "\u03a1"),
    ("\u03a3", "\u045f"),
    ("\u1e00", "\u1eff"),
    ("\u2010", "\u2027"),
    ("\u2030", "\u203f"),
    ("\u20a0", "\u20bf"),
    ("\u2190", "\u226f"),
)
"""The first and last of each run of signs that Typst's fonts have; it refuses other texts."""

UNKNOWN = "[?]"
_NO_SIGN = re.compile(f"[^{''.join(f'{first}-{last}' for first, last in SIGNS)}]")

STANDARD: Literal["ua-1"] = "ua-1"


def pdf(paper: Paper) -> bytes:
    """Return the paper as a PDF; the same paper gives the same bytes, wherever it is drawn."""
    template = files("inspect_app.publishing").joinpath(*TEMPLATE).read_bytes()
    drawn = typst.compile(
        template,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_content(paper))},
        pdf_standards=STANDARD,
        timestamp=datetime.combine(paper.as_of, time.min, UTC),
    )
    assert isinstance(drawn, bytes)  # noqa: S101 - one file is asked for
    return drawn


def png(svg: str) -> bytes:
    """Return a drawing as a PNG as wide as a page's text; the same drawing gives the same bytes."""
    drawn = typst.compile(
        PICTURE, format="png", ppi=SHARP, ignore_system_fonts=True, sys_inputs={"svg": svg}
    )
    assert isinstance(drawn, bytes)  # noqa: S101 - one page is asked for
    return drawn


def _content(paper: Paper) -> dict[str, Any]:
    return {
        "title": drawable(paper.title),
        "author": drawable(paper.prepared_by),
        "language": paper.language,
        "page": PAGE_OF[paper.language],
        "blocks": [_plain({"is": type(b).__name__, **asdict(b)}) for b in paper.blocks],
    }


def _plain(value: Any) -> Any:
    """Return values as JSON holds them, texts without what no font has a sign for."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return drawable(value) if isinstance(value, str) else value


def drawable(text: str) -> str:
    """Return a text with [?] in the place of what no font has a sign for."""
    spaced = re.sub(r"[^\S\n]", " ", cleaned(unicodedata.normalize("NFC", text)))
    return _NO_SIGN.sub(UNKNOWN, spaced)
