"""A paper laid out as headings, paragraphs, lists, tables and pictures, which every writer draws.

The Word file and the PDF say the same. What a picture shows stands in words or a table after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from inspect_app.publishing.language import ENGLISH, Language, Passage

Text = str | Passage | tuple[str | Passage, ...]
"""What stands in one place: words, or runs of them where some are in another language."""


def runs(text: Text) -> Iterator[tuple[str, str]]:
    """Yield the words of a text in their order, each run with its language if that is another."""
    for part in text if isinstance(text, tuple) else (text,):
        if isinstance(part, Passage):
            yield part.words, part.lang
            yield part.after + (f" {part.note}" if part.note else ""), ""
        else:
            yield part, ""


def plain(text: Text) -> str:
    """Return the words of a text and no more."""
    return "".join(words for words, _lang in runs(text))


@dataclass(frozen=True)
class Heading:
    """A heading; the paper's title has level 0. An annex begins on a new page."""

    level: int
    text: Text
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `kind` is empty, or it is a `label` or a `note`, or `leads` to a table.

    A label and what leads to a table stand on one page with what follows.
    """

    text: Text
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """A table under a row of headings; `widths` are shares of the page's width."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Items:
    """A list, one text to an item."""

    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG without any words in it, and what stands for it where it is not seen."""

    svg: str
    instead: str


Block = Heading | Paragraph | Items | Table | Picture


@dataclass(frozen=True)
class Paper:
    """A paper as it is drawn: its title, what it is about, by whom, of which day, its blocks."""

    title: Text
    about: str
    prepared_by: str
    as_of: date
    blocks: tuple[Block, ...]
    language: Language = ENGLISH

    @property
    def said(self) -> str:
        """Every text of it."""
        return "\n".join(text for block in self.blocks for text in words_in(block))


def words_in(block: Block) -> tuple[str, ...]:
    """Return every text that a block shows or says."""
    if isinstance(block, Table):
        cells = (plain(cell) for row in block.rows for cell in row)
        return (block.caption, *block.headings, *cells)
    if isinstance(block, Items):
        return tuple(plain(each) for each in block.texts)
    return (block.instead if isinstance(block, Picture) else plain(block.text),)
