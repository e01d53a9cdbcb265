"""HTML for the screen: every text is escaped on its way in, so no record can bring markup along."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

import streamlit as st

EMPTY = frozenset({"br", "hr", "img"})
SIGNS = frozenset("\\*_`[]<>$#~|:&")
"""What means something to Markdown wherever it stands, Streamlit's own signs among it."""
BEGINS = re.compile(r"^([^\S\n]*(?:\d{1,9}(?=[.)](?:\s|$)))?)([-+=.)])", re.MULTILINE)
"""What means something at the beginning of a line: a list, or a line under a heading."""
STYLE = """<style>
.evidence { line-height: 1.5; overflow-wrap: break-word; }
.evidence p { margin: 0 0 .45rem; }
.evidence h2, .evidence h3, .evidence h4 { margin: 0 0 .3rem; padding: 0; }
.evidence h4 { font-size: 1.05rem; }
.evidence table { border-collapse: collapse; width: 100%; margin: .2rem 0 .8rem; }
.evidence caption { text-align: left; font-weight: 600; padding: 0 0 .35rem; }
.evidence th, .evidence td { text-align: left; vertical-align: top; padding: .45rem .6rem;
  border-bottom: 1px solid #c9ced6; }
.evidence thead th { border-bottom: 2px solid #0b0c0c; }
.evidence tbody th { font-weight: 600; }
.evidence .number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.evidence .small { font-size: .875rem; color: #3a4149; font-weight: 400; }
.evidence .loud { font-weight: 600; border-left: 4px solid #0b0c0c; padding-left: .6rem; }
.evidence .label { font-size: 1.1rem; font-weight: 600; border-left: 4px solid #1d4f91;
  padding-left: .6rem; }
.evidence .status { font-size: 1.2rem; font-weight: 600; margin-bottom: .2rem; }
.evidence .mark { display: inline-block; border: 1px solid #0b0c0c; border-radius: 3px;
  padding: 0 .35rem; font-size: .875rem; font-weight: 600; }
.evidence .asis { white-space: pre-line; }
.evidence blockquote { margin: .1rem 0 .5rem; padding: .1rem 0 .1rem .7rem;
  border-left: 3px solid #6b7280; }
.evidence ul { margin: 0 0 .5rem; padding-left: 1.2rem; }
.evidence summary { cursor: pointer; text-decoration: underline; margin-bottom: .3rem; }
.evidence .wide { overflow-x: auto; }
.evidence .fixed table { table-layout: fixed; min-width: 50rem; }
.evidence .fixed th:nth-child(1), .evidence .fixed td:nth-child(5) { width: 25%; }
.evidence .fixed caption { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
[data-testid="stPageLink"] a { padding-left: 0; background: none; }
[data-testid="stPageLink"] a p { text-decoration: underline; color: #1d4f91; }
</style>"""


class Markup(str):
    """Text that is HTML already: made by the functions below only."""

    __slots__ = ()


def tag(name: str, *inside: object, css: str = "", **attributes: str) -> Markup:
    """Return an element around these; whatever is not Markup is escaped."""
    named = {"class": css, **attributes} if css else attributes
    written = "".join(f' {key}="{escape(value)}"' for key, value in named.items())
    opening = f"<{name}{written}>"
    return Markup(opening if name in EMPTY else f"{opening}{together(*inside)}</{name}>")


def together(*parts: object) -> Markup:
    """Return these one after the other, escaped where they are not Markup; None is nothing."""
    said = (part for part in parts if part is not None)
    return Markup("".join(p if isinstance(p, Markup) else escape(str(p)) for p in said))


def items(*entries: object) -> Markup | None:
    """Return a list of these, or None where there are none."""
    return tag("ul", *(tag("li", entry) for entry in entries)) if entries else None


def more(summary: str, *inside: object) -> Markup | None:
    """Return these folded away under a summary, or None where there is nothing in them."""
    held = together(*inside)
    return tag("details", tag("summary", summary), held) if held else None


def table(
    caption: str, headings: Sequence[str], rows: Iterable[Sequence[object]], *, fixed: bool = False
) -> Markup:
    """Return a table whose columns and rows are headed for those who hear it read.

    A fixed one has columns as wide as those of its neighbours, under a heading that says
    what its caption says.
    """
    head = tag("tr", *(tag("th", heading, scope="col") for heading in headings))
    body = (
        tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:]))
        for row in rows
    )
    held = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body))
    return tag(
        "div",
        held,
        css="wide fixed" if fixed else "wide",
        tabindex="0",
        role="region",
        **{"aria-label": caption},
    )


def show(*parts: object) -> None:
    """Draw these on the page."""
    st.html(STYLE + tag("div", *parts, css="evidence"))


def day(on: date | None) -> str:
    """Return a date as it is written here, such as 15 November 2025; or that there is none."""
    return f"{on.day} {on:%B %Y}" if on else "no date"


def plain(text: str) -> str:
    """Return text that a label or a paragraph, which reads Markdown, shows as it stands."""
    signs = "".join(f"\\{sign}" if sign in SIGNS else sign for sign in text)
    return BEGINS.sub(r"\1\\\2", signs)
