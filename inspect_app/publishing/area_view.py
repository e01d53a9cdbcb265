"""An area as its page shows it: who looked when, side by side, and what stood behind their words.

Bodies that looked within eighteen months of each other are set facing each other, because
there findings on the same children can contradict (K.3 11 and 12: Durham, 2019 and 2020).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from data_model.vocabulary import AreaKind, Better, Symbol
from inspect_app.publishing import words
from inspect_app.publishing.content import (
    PublishedArea,
    PublishedFigure,
    PublishedInspection,
    PublishedJudgement,
    Quotation,
)
from inspect_app.publishing.evidence_view import marks_among

EIGHTEEN_MONTHS = 548
UNDATED = "Undated"

SIDES = (
    ("positive", "What was said in its favour"),
    ("negative", "What was found wanting"),
)
MIXED = ("mixed", "What was said both ways")
OTHER = ("", "What else was said")


@dataclass(frozen=True)
class Year:
    """One row of the timeline: a year, and the inspections under each inspecting body."""

    label: str
    columns: tuple[tuple[PublishedInspection, ...], ...]


@dataclass(frozen=True)
class Timeline:
    """Inspecting bodies across, years down, oldest first."""

    bodies: tuple[str, ...]
    years: tuple[Year, ...]


@dataclass(frozen=True)
class Said:
    """What one inspection said on one side, in its own words."""

    inspection: PublishedInspection
    statements: tuple[Quotation, ...]


@dataclass(frozen=True)
class Facing:
    """Statements of inspections close in time: sides facing each other, then the rest."""

    title: str
    bodies: int
    sides: tuple[tuple[str, tuple[Said, ...]], ...]
    others: tuple[tuple[str, tuple[Said, ...]], ...]


@dataclass(frozen=True)
class JudgementTable:
    """Judgements of one body on one scale: topics down, inspections across."""

    body: str
    scale: str
    inspections: tuple[PublishedInspection, ...]
    rows: tuple[tuple[str, tuple[PublishedJudgement | None, ...]], ...]


@dataclass(frozen=True)
class FigureTable:
    """The figures of one indicator about one subject, oldest first."""

    indicator: str
    title: str
    subject: str
    unit: str
    better: Better
    counts: str
    out_of: str
    figures: tuple[PublishedFigure, ...]
    marks: tuple[Symbol, ...]

    @property
    def has_out_of(self) -> bool:
        """Whether any figure is out of something."""
        return _any_out_of(self.figures)

    @property
    def has_value(self) -> bool:
        """Whether any figure has a percentage, a rate or another value."""
        return _any_value(self.figures)

    @property
    def has_interval(self) -> bool:
        """Whether any figure has an interval."""
        return bool(self.intervals)

    @property
    def intervals(self) -> tuple[str, ...]:
        """Which intervals these are, each once."""
        return tuple(dict.fromkeys(x.interval for x in self.figures if x.low is not None))

    @property
    def source(self) -> str | None:
        """The source of every figure, where they share one."""
        sources = {x.source for x in self.figures}
        return self.figures[0].source if len(sources) == 1 else None

    @property
    def has_note(self) -> bool:
        """Whether any figure needs a note, or its own source."""
        return self.source is None or any(x.note for x in self.figures)

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return 2 + self.has_out_of + self.has_value + self.has_interval + self.has_note


def kind_after_name(area: PublishedArea) -> str:
    """Return what stands after the name of a place that is not a local authority, or nothing."""
    kind = words.area_kind(area.kind)
    return "" if kind == AreaKind.LOCAL_AUTHORITY.english else f"({kind.lower()})"


def label(area: PublishedArea) -> str:
    """Return the name of a place so that it is not taken for another: `Durham (region)`."""
    return f"{area.name} {kind_after_name(area)}".strip()


def began(inspection: PublishedInspection) -> date:
    """Return the first date known of an inspection; the far future where there is none."""
    return inspection.period_start or inspection.published_on or inspection.period_end or date.max


def in_order(inspections: Iterable[PublishedInspection]) -> list[PublishedInspection]:
    """Return inspections oldest first, undated ones last."""
    return sorted(inspections, key=lambda each: (began(each), each.code))


def inspecting(inspection: PublishedInspection) -> str:
    """Return who inspected, as one heading."""
    return words.listed(inspection.inspecting) or "Not stated"


def timeline(inspections: Iterable[PublishedInspection]) -> Timeline:
    """Return the inspections of an area as bodies across and years down."""
    ordered = in_order(inspections)
    bodies = tuple(sorted({inspecting(each) for each in ordered}))
    years = tuple(
        Year(label, _columns(list(group), bodies)) for label, group in groupby(ordered, key=_year)
    )
    return Timeline(bodies, years)


def facing(inspections: Iterable[PublishedInspection]) -> tuple[Facing, ...]:
    """Return what was said of an area, inspections close in time together."""
    speaking = [each for each in in_order(inspections) if each.statements]
    return tuple(_facing(group) for group in _close_in_time(speaking))


def judgement_tables(inspections: Iterable[PublishedInspection]) -> tuple[JudgementTable, ...]:
    """Return the judgements of an area, one table for each body and scale; no scale is mixed."""
    judged = [each for each in in_order(inspections) if each.judgements]
    keys = sorted({(inspecting(each), each.scale) for each in judged})
    return tuple(
        _judgements(body, scale, [x for x in judged if (inspecting(x), x.scale) == (body, scale)])
        for body, scale in keys
    )


def figure_tables(figures: Iterable[PublishedFigure]) -> tuple[FigureTable, ...]:
    """Return the figures of an area by indicator; different subjects and units stay apart."""
    kinds: dict[tuple[str, str, str], list[PublishedFigure]] = {}
    for figure in figures:
        kinds.setdefault((figure.indicator, figure.subject, figure.unit), []).append(figure)
    return tuple(_figures(group) for group in kinds.values())


def _columns(
    group: Sequence[PublishedInspection], bodies: Sequence[str]
) -> tuple[tuple[PublishedInspection, ...], ...]:
    return tuple(tuple(each for each in group if inspecting(each) == body) for body in bodies)


def _year(inspection: PublishedInspection) -> str:
    start = began(inspection)
    end = inspection.period_end or start
    if start == date.max:
        return UNDATED
    return str(start.year) if end.year <= start.year else f"{start.year} to {end.year}"


def _close_in_time(
    inspections: Sequence[PublishedInspection],
) -> Iterator[list[PublishedInspection]]:
    group: list[PublishedInspection] = []
    for each in inspections:
        if group and (began(each) - began(group[0])).days > EIGHTEEN_MONTHS:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _facing(group: Sequence[PublishedInspection]) -> Facing:
    periods = list(dict.fromkeys((group[0].period, group[-1].period)))
    sides = tuple((title, _said(group, direction)) for direction, title in SIDES)
    others = tuple((title, _said(group, direction)) for direction, title in (MIXED, OTHER))
    bodies = len({inspecting(each) for each in group})
    spoken = tuple((title, said) for title, said in others if said)
    return Facing(" to ".join(periods), bodies, sides, spoken)


def by_side(statements: Sequence[Quotation]) -> list[tuple[str, tuple[Quotation, ...]]]:
    """Return statements under the title of the side they are on, empty sides left out."""
    found = [
        (title, tuple(each for each in statements if _side(each) == direction))
        for direction, title in (*SIDES, MIXED, OTHER)
    ]
    return [(title, said) for title, said in found if said]


def _said(group: Sequence[PublishedInspection], direction: str) -> tuple[Said, ...]:
    found = (
        Said(each, tuple(x for x in each.statements if _side(x) == direction)) for each in group
    )
    return tuple(said for said in found if said.statements)


def _side(statement: Quotation) -> str:
    known = {code for code, _ in (*SIDES, MIXED)}
    return statement.direction if statement.direction in known else ""


def _judgements(body: str, scale: str, held: list[PublishedInspection]) -> JudgementTable:
    topics = dict.fromkeys(each.topic for inspection in held for each in inspection.judgements)
    rows = tuple((topic, tuple(_judgement(each, topic) for each in held)) for topic in topics)
    return JudgementTable(body, scale, tuple(held), rows)


def _judgement(inspection: PublishedInspection, topic: str) -> PublishedJudgement | None:
    return next((each for each in inspection.judgements if each.topic == topic), None)


def _figures(group: Sequence[PublishedFigure]) -> FigureTable:
    first = group[0]
    ordered = tuple(sorted(group, key=lambda each: (each.period_start or date.max, each.period)))
    return FigureTable(
        indicator=first.indicator,
        title=first.title,
        subject=first.subject,
        unit=first.unit,
        better=first.better,
        counts=first.numerator_means,
        out_of=first.denominator_means,
        figures=ordered,
        marks=_figure_marks(ordered),
    )


def shown_value(figure: PublishedFigure) -> str:
    """Return a value in words: one decimal where we worked it out, as stated where we did not."""
    show = words.one_decimal if isinstance(figure.numerator, int) else words.decimal
    ends = [show(end) for end in (figure.value, figure.value_high) if end is not None]
    return f"{figure.comparator} {' to '.join(ends)}".strip()


def no_value(figure: PublishedFigure) -> Symbol:
    """Return the mark for a value that is not there: it shares the fate of its count."""
    return figure.numerator if isinstance(figure.numerator, Symbol) else Symbol.NOT_APPLICABLE


def _figure_marks(figures: Sequence[PublishedFigure]) -> tuple[Symbol, ...]:
    counts = [x.numerator for x in figures]
    out_of = [x.denominator for x in figures]
    values = [no_value(x) for x in figures if x.value is None]
    shown = (counts, out_of if _any_out_of(figures) else [], values if _any_value(figures) else [])
    return marks_among(each for column in shown for each in column)


def _any_out_of(figures: Iterable[PublishedFigure]) -> bool:
    return any(each.denominator is not Symbol.NOT_APPLICABLE for each in figures)


def _any_value(figures: Iterable[PublishedFigure]) -> bool:
    return any(each.value is not None for each in figures)
