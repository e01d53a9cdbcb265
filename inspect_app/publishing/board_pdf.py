"""A board paper as a tagged PDF (PDF/UA-1), and its drawings as PNG, drawn by Typst.

Typst brings its own fonts, so that the same paper looks the same wherever it is drawn.
"""

import json
import re
import unicodedata
from datetime import UTC, datetime, time
from functools import singledispatch
from importlib.resources import files
from typing import Any, Literal

import typst

from inspect_app.publishing.marking import later
from inspect_app.publishing.paper import (
    Heading,
    Items,
    Paper,
    Paragraph,
    Picture,
    Table,
    Text,
    runs,
)
from inspect_app.workbooks.plain_text import visible

Run = tuple[str, str]
"""Words, and the code of their language where it is not the paper's."""

TEMPLATE = ("templates", "board_paper.typ")
PICTURE = b"""#set page(width: 17cm, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""
SHARP = 150.0
"""Points to the inch of a drawing in a Word file."""

PAGE_OF = later("page %(page)s of %(pages)s")
NUMBER = "\0"
"""Where Typst puts a number of its own into a sentence of ours."""

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
    page = paper.language.say(PAGE_OF, page=NUMBER, pages=NUMBER)
    return {
        "title": _runs(paper.title),
        "author": drawable(paper.prepared_by),
        "language": paper.language.code,
        "page": page.split(NUMBER),
        "blocks": [_block(each) for each in paper.blocks],
    }


@singledispatch
def _block(block: object) -> dict[str, Any]:
    raise TypeError(block)


@_block.register
def _heading(block: Heading) -> dict[str, Any]:
    said = _runs(block.text)
    return {"is": "heading", "level": block.level, "new_page": block.new_page, "text": said}


@_block.register
def _paragraph(block: Paragraph) -> dict[str, Any]:
    return {"is": "paragraph", "kind": block.kind, "lines": _lines(block.text)}


@_block.register
def _items(block: Items) -> dict[str, Any]:
    return {"is": "items", "texts": [_runs(each) for each in block.texts]}


@_block.register
def _table(block: Table) -> dict[str, Any]:
    return {
        "is": "table",
        "widths": block.widths,
        "headings": [_runs(each) for each in block.headings],
        "cells": [_runs(each) for row in block.rows for each in row],
    }


@_block.register
def _picture(block: Picture) -> dict[str, Any]:
    return {"is": "picture", "svg": block.svg, "instead": drawable(block.instead)}


def _runs(text: Text) -> list[Run]:
    """Return a text as runs that no font lacks a sign for, each with its language."""
    return [(drawable(words), lang) for words, lang in runs(text) if words]


def _lines(text: Text) -> list[list[Run]]:
    """Return the lines of a text, empty ones left out."""
    lines: list[list[Run]] = [[]]
    for words, lang in _runs(text):
        first, *others = words.split("\n")
        lines[-1].append((first, lang))
        lines += [[(each, lang)] for each in others]
    return [line for line in lines if any(words.strip() for words, _ in line)]


def drawable(text: str) -> str:
    """Return a text with [?] in the place of what no font has a sign for; its edges stay."""
    spaced = re.sub(r"[^\S\n]", " ", visible(unicodedata.normalize("NFC", text)))
    return _NO_SIGN.sub(UNKNOWN, spaced)
