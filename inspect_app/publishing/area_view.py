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
    PublishedFigure,
    PublishedInspection,
    PublishedJudgement,
    Quotation,
)
from inspect_app.publishing.evidence_view import marks_among
from inspect_app.publishing.language import ENGLISH, Language, Passage
from inspect_app.publishing.marking import later

EIGHTEEN_MONTHS = 548
UNDATED = later("Undated")
NOT_STATED = later("Not stated")
FIRST_TO_LAST = later("%(first)s to %(last)s")

SIDES = (
    ("positive", later("What was said in its favour")),
    ("negative", later("What was found wanting")),
)
MIXED = ("mixed", later("What was said both ways"))
OTHER = ("", later("What else was said"))


@dataclass(frozen=True)
class Year:
    """One row of the timeline: a year, and the inspections under each inspecting body."""

    label: str
    columns: tuple[tuple[PublishedInspection, ...], ...]


@dataclass(frozen=True)
class Timeline:
    """Inspecting bodies across, years down, oldest first."""

    bodies: tuple[Passage, ...]
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

    body: Passage
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


def kind_after_name(kind: str, language: Language = ENGLISH) -> str:
    """Return what stands after the name of a place that is not a local authority, or nothing."""
    plain = kind == AreaKind.LOCAL_AUTHORITY.english
    return "" if plain else f"({language.word(kind).lower()})"


def began(inspection: PublishedInspection) -> date:
    """Return the first date known of an inspection; the far future where there is none."""
    return inspection.period_start or inspection.published_on or inspection.period_end or date.max


def in_order(inspections: Iterable[PublishedInspection]) -> list[PublishedInspection]:
    """Return inspections oldest first, undated ones last."""
    return sorted(inspections, key=lambda each: (began(each), each.code))


def inspecting(inspection: PublishedInspection, language: Language = ENGLISH) -> Passage:
    """Return who inspected, as one heading; of several bodies it is a list in the language."""
    if len(inspection.inspecting) == 1:
        return language.name(inspection.inspecting[0])
    bodies = [language.word(body) for body in inspection.inspecting]
    return Passage(language.listed(bodies) or language.gettext(NOT_STATED))


def _words(body: Passage) -> str:
    return body.words


def timeline(inspections: Iterable[PublishedInspection], language: Language = ENGLISH) -> Timeline:
    """Return the inspections of an area as bodies across and years down."""
    ordered = in_order(inspections)
    bodies = tuple(sorted({inspecting(each, language) for each in ordered}, key=_words))
    years = groupby(ordered, key=lambda each: _year(each, language))
    return Timeline(
        bodies,
        tuple(Year(label, _columns(list(group), bodies, language)) for label, group in years),
    )


def facing(
    inspections: Iterable[PublishedInspection], language: Language = ENGLISH
) -> tuple[Facing, ...]:
    """Return what was said of an area, inspections close in time together."""
    speaking = [each for each in in_order(inspections) if each.statements]
    return tuple(_facing(group, language) for group in _close_in_time(speaking))


def judgement_tables(
    inspections: Iterable[PublishedInspection], language: Language = ENGLISH
) -> tuple[JudgementTable, ...]:
    """Return the judgements of an area, one table for each body and scale; no scale is mixed."""
    held: dict[tuple[Passage, str], list[PublishedInspection]] = {}
    for each in in_order(inspections):
        if each.judgements:
            held.setdefault((inspecting(each, language), each.scale), []).append(each)
    return tuple(
        _judgements(*key, held[key])
        for key in sorted(held, key=lambda key: (_words(key[0]), key[1]))
    )


def figure_tables(figures: Iterable[PublishedFigure]) -> tuple[FigureTable, ...]:
    """Return the figures of an area by indicator; different subjects and units stay apart."""
    kinds: dict[tuple[str, str, str], list[PublishedFigure]] = {}
    for figure in figures:
        kinds.setdefault((figure.indicator, figure.subject, figure.unit), []).append(figure)
    return tuple(_figures(group) for group in kinds.values())


def _columns(
    group: Sequence[PublishedInspection], bodies: Sequence[Passage], language: Language
) -> tuple[tuple[PublishedInspection, ...], ...]:
    return tuple(
        tuple(each for each in group if inspecting(each, language) == body) for body in bodies
    )


def _year(inspection: PublishedInspection, language: Language) -> str:
    start = began(inspection)
    end = inspection.period_end or start
    if start == date.max:
        return language.gettext(UNDATED)
    if end.year <= start.year:
        return str(start.year)
    return language.say(FIRST_TO_LAST, first=start.year, last=end.year)


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


def _time_of(group: Sequence[PublishedInspection], language: Language) -> str:
    """Return when inspections close in time took place, from the first to the last."""
    first, last = group[0], group[-1]
    if first.period == last.period:
        return language.period_text(first.period)
    # A time of several months has a “to” of its own: say from its first to its last month.
    ends = (began(first), last.period_end) if any(" to " in x.period for x in (first, last)) else ()
    said = [language.month(end) for end in ends if end and end != date.max]
    if len(said) < 2:
        said = [language.period_text(each.period) for each in (first, last)]
    return language.say(FIRST_TO_LAST, first=said[0], last=said[1])


def _facing(group: Sequence[PublishedInspection], language: Language) -> Facing:
    sides, others = (
        tuple((language.gettext(side), _said(group, direction)) for direction, side in these)
        for these in (SIDES, (MIXED, OTHER))
    )
    bodies = len({inspecting(each) for each in group})
    return Facing(
        _time_of(group, language),
        bodies,
        sides,
        tuple((side, said) for side, said in others if said),
    )


def by_side(
    statements: Sequence[Quotation], language: Language = ENGLISH
) -> list[tuple[str, tuple[Quotation, ...]]]:
    """Return statements under the title of the side they are on, empty sides left out."""
    found = [
        (language.gettext(title), tuple(each for each in statements if _side(each) == direction))
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


def _judgements(body: Passage, scale: str, held: list[PublishedInspection]) -> JudgementTable:
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


def shown_value(figure: PublishedFigure, language: Language = ENGLISH) -> str:
    """Return a value in words: one decimal where we worked it out, as stated where we did not."""
    counted = isinstance(figure.numerator, int)
    ends = [
        language.one_decimal(end) if counted else words.decimal(end, language)
        for end in (figure.value, figure.value_high)
        if end is not None
    ]
    said = language.say(FIRST_TO_LAST, first=ends[0], last=ends[1]) if len(ends) > 1 else ends[0]
    return words.qualified(figure.comparator, said, language)


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
