"""Counts by grade as bars: each part has a pattern and a number, and its word stands in the key.

A count that is withheld, joined with another or has no grade is drawn as what it is, never as a
length that it does not have. Widths are percentages, so that numbers keep their size on a phone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from data_model.vocabulary import Symbol
from inspect_app.publishing import words
from inspect_app.publishing.evidence_view import Column, GradeTable, Row
from inspect_app.publishing.grade_looks import LOOKS
from inspect_app.publishing.language import Language
from inspect_app.publishing.marking import later

HEIGHT, ROOM = 34, 4.0
"""How high a bar is, and how many percent of its width a number needs."""

UNSPLIT, NONE, WITHHELD, OTHER = "unsplit", "none", "withheld", "other"
REST = later("no grade published")
ALL_WITHHELD = later("withheld to protect children")


@dataclass(frozen=True)
class Part:
    """One part of a bar: its look, its words, and its count, which may be a mark."""

    look: str
    says: str
    count: int | Symbol


@dataclass(frozen=True)
class Bar:
    """A row of a table as a drawing, with what it is about."""

    heading: str
    svg: Markup


@dataclass(frozen=True)
class Bars:
    """The rows of a table that can be drawn, and the key to their parts."""

    bars: tuple[Bar, ...]
    key: tuple[tuple[str, str], ...]


def grade_bars(table: GradeTable, language: Language) -> Bars:
    """Return a bar for each row of a table that counts anything, and the key to all of them."""
    rows = [(row, _parts(row, table.columns, language)) for row in table.rows]
    drawn = [(row, parts) for row, parts in rows if parts]
    key = dict.fromkeys((part.look, part.says) for _, parts in drawn for part in parts)
    bars = (Bar(row.heading, _svg(row.heading, parts, language)) for row, parts in drawn)
    return Bars(tuple(bars), tuple(key))


def _parts(row: Row, columns: Sequence[Column], language: Language) -> list[Part]:
    shown = [cell for cell in row.cells if cell.count is not Symbol.NOT_AVAILABLE]
    if any(isinstance(cell.count, Symbol) for cell in shown):
        return [Part(WITHHELD, language.gettext(ALL_WITHHELD), Symbol.WITHHELD)]
    parts = [part for part in _graded(row, columns) if part.count]
    rest = _rest(row, parts)
    return [*parts, *([Part(NONE, language.gettext(REST), rest)] if rest and parts else [])]


def _graded(row: Row, columns: Sequence[Column]) -> Iterable[Part]:
    at = 0
    for cell in row.cells:
        column = columns[at]
        at += cell.span
        if isinstance(cell.count, Symbol):
            continue
        look = UNSPLIT if cell.says else _look(column)
        yield Part(look, cell.says or column.name, cell.count)


def _look(column: Column) -> str:
    if not column.place:
        return UNSPLIT if "|" in column.code else NONE
    return LOOKS.get(column.code, OTHER)


def _rest(row: Row, parts: Iterable[Part]) -> int:
    """Return how many of the cases read have no published count, where that is known."""
    counted = sum(part.count for part in parts if isinstance(part.count, int))
    return max(row.cases_read - counted, 0) if isinstance(row.cases_read, int) else 0


def _svg(heading: str, parts: Sequence[Part], language: Language) -> Markup:
    said = "; ".join(f"{words.number(part.count, language)} {part.says}" for part in parts)
    drawn = Markup("").join(_drawn(parts, language))
    held = Markup('<svg class="bar" role="img" width="100%" height="{}"><title>{}</title>{}</svg>')
    return held.format(HEIGHT, f"{heading}: {said}", drawn)


def _drawn(parts: Sequence[Part], language: Language) -> Iterable[Markup]:
    sizes = [part.count if isinstance(part.count, int) else 1 for part in parts]
    whole, start = sum(sizes), 0.0
    for part, size in zip(parts, sizes, strict=True):
        width = 100 * size / whole
        yield _rect(part.look, start, width)
        if width >= ROOM:
            yield _number(words.number(part.count, language), start + width / 2)
        start += width


def _rect(look: str, start: float, width: float) -> Markup:
    held = Markup(
        '<rect class="b-{0}" fill="url(#p-{0})" x="{1}%" y="1" width="{2}%" height="{3}"/>'
    )
    return held.format(look, f"{start:.4g}", f"{width:.4g}", HEIGHT - 2)


def _number(shown: str, middle: float) -> Markup:
    held = Markup('<text x="{}%" y="{}">{}</text>')
    return held.format(f"{middle:.4g}", HEIGHT / 2 + 6, shown)
