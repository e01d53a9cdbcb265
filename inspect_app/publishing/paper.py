"""A paper laid out as headings, paragraphs, lists, tables and pictures, which every writer draws.

The Word file and the PDF say the same. What a picture shows stands in words or a table after it.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Heading:
    """A heading; the paper's title has level 0. An annex begins on a new page."""

    level: int
    text: str
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `kind` is empty, or it is a `label` or a `note`, or `leads` to a table.

    A label and what leads to a table stand on one page with what follows.
    """

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """A table under a row of headings; `widths` are shares of the page's width."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Items:
    """A list, one text to an item."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG without any words in it, and what stands for it where it is not seen."""

    svg: str
    instead: str


Block = Heading | Paragraph | Items | Table | Picture


@dataclass(frozen=True)
class Paper:
    """A paper as it is drawn: its title, what it is about, by whom, of which day, its blocks.

    `language` is `en` or `cy`.
    """

    title: str
    about: str
    prepared_by: str
    as_of: date
    blocks: tuple[Block, ...]
    language: str = "en"

    @property
    def said(self) -> str:
        """Every text of it."""
        return "\n".join(text for block in self.blocks for text in words_in(block))


def words_in(block: Block) -> tuple[str, ...]:
    """Return every text that a block shows or says."""
    if isinstance(block, Table):
        return (block.caption, *block.headings, *(cell for row in block.rows for cell in row))
    if isinstance(block, Items):
        return block.texts
    return (block.instead,) if isinstance(block, Picture) else (block.text,)
