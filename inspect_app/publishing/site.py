"""The pages of a release: plain HTML that needs no script, no network and no server."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from inspect_app.errors import Refusal
from inspect_app.publishing import area_view, evidence_view, theme_view
from inspect_app.publishing.alphabet import ALPHABET, ELSEWHERE, initial, order
from inspect_app.publishing.comparison_view import Pair, pairs
from inspect_app.publishing.content import (
    PublishedArea,
    PublishedFigure,
    PublishedInspection,
    PublishedRecommendation,
    ReleaseContent,
    ReleaseMark,
)
from inspect_app.publishing.contradictions import Contradiction, contradictions
from inspect_app.publishing.evidence_view import Openness
from inspect_app.publishing.language import WELSH, Language
from inspect_app.publishing.open_data import OpenFile
from inspect_app.publishing.papers import has_paper

SAFE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


@dataclass(frozen=True)
class Place:
    """What a page that links to an area says of it."""

    code: str
    name: str
    name_welsh: str | None
    kind: str
    invented: bool
    ended_on: date | None
    inspections: int


@dataclass(frozen=True)
class IndicatorUsed:
    """An indicator of the release: its definition, and how much of it there is."""

    first: PublishedFigure
    areas: int
    figures: int
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """How much of what the release holds; invented samples are only in `invented`."""

    graded: int
    counted: int
    neither: int
    invented: int
    areas: int
    recommendations: int
    figures: int


@dataclass(frozen=True)
class Site:
    """The content and mark of a release with what its pages look up.

    `open_files` are those of its data files that depend on what there is to say.
    """

    content: ReleaseContent
    mark: ReleaseMark
    open_files: tuple[OpenFile, ...] = ()

    def __post_init__(self) -> None:
        """Refuse codes that cannot be the name of a file, or that differ in capitals only."""
        _refuse_unsafe(each.code for each in self.content.areas)
        _refuse_unsafe(each.code for each in self.content.inspections)
        _refuse_unsafe(code for code, _name in self.content.themes)

    @cached_property
    def areas(self) -> Mapping[str, PublishedArea]:
        """Areas with a page, by code."""
        return {each.code: each for each in _by_code(self.content.areas)}

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """What is said of areas where they are linked to, by code."""
        return {code: _place(area) for code, area in self.areas.items()}

    @cached_property
    def inspections(self) -> Mapping[str, PublishedInspection]:
        """Inspections with a page, by code."""
        return {each.code: each for each in _by_code(self.content.inspections)}

    @cached_property
    def recommendations(self) -> Mapping[str, PublishedRecommendation]:
        """Recommendations by code, the invented ones last."""
        ordered = sorted(self.content.recommendations, key=lambda each: (each.invented, each.code))
        return {each.code: each for each in ordered}

    @cached_property
    def real_inspections(self) -> tuple[PublishedInspection, ...]:
        """Inspections that took place, newest first."""
        return _newest(x for x in self.content.inspections if not x.invented)

    @cached_property
    def invented_inspections(self) -> tuple[PublishedInspection, ...]:
        """Invented inspections, newest first."""
        return _newest(x for x in self.content.inspections if x.invented)

    @cached_property
    def papers(self) -> tuple[PublishedInspection, ...]:
        """Inspections of which there is a paper, newest first, the invented ones last."""
        return tuple(
            x for x in (*self.real_inspections, *self.invented_inspections) if has_paper(x)
        )

    @cached_property
    def pairs(self) -> Mapping[tuple[str, str], Pair]:
        """Inspections that stand side by side, by their codes, the earlier first; each two once."""
        held = (pair for area in self.areas.values() for pair in pairs(self.held(area)))
        return {(pair.first.code, pair.second.code): pair for pair in held}

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Where two bodies found the opposite, and the two have a page side by side."""
        found = contradictions(self.content)
        return tuple(each for each in found if (each.first, each.second) in self.pairs)

    @cached_property
    def looked_at(self) -> Mapping[str, Sequence[PublishedInspection]]:
        """The inspections that looked at each theme, by its code."""
        held = self.inspections.values()
        return {code: theme_view.looked_at(code, held) for code, _name in self.content.themes}

    @cached_property
    def tally(self) -> Tally:
        """How many inspections published what, and how much else there is."""
        openness = [evidence_view.openness(each) for each in self.real_inspections]
        real = [area for area in self.content.areas if not area.invented]
        return Tally(
            graded=openness.count(Openness.GRADED),
            counted=openness.count(Openness.COUNTED),
            neither=openness.count(Openness.NEITHER),
            invented=len(self.invented_inspections),
            areas=len(real),
            recommendations=sum(not x.invented for x in self.content.recommendations),
            figures=sum(len(area.figures) for area in real),
        )

    @cached_property
    def indicators(self) -> tuple[IndicatorUsed, ...]:
        """The indicators that have a figure, by title."""
        found: dict[str, list[PublishedFigure]] = {}
        for area in self.areas.values():
            for figure in area.figures:
                found.setdefault(figure.indicator, []).append(figure)
        return tuple(sorted((_used(each) for each in found.values()), key=lambda x: x.first.title))

    def held(self, area: PublishedArea) -> tuple[PublishedInspection, ...]:
        """Return the inspections of an area that have a page."""
        return tuple(self.inspections[x] for x in area.inspections if x in self.inspections)

    def written(self, codes: Iterable[str]) -> tuple[PublishedRecommendation, ...]:
        """Return the recommendations of these codes that are in the release."""
        return tuple(self.recommendations[x] for x in codes if x in self.recommendations)

    def some_places(self, *codes: str | None) -> dict[str, Place]:
        """Return the places of these codes that have a page: all that one page may link to."""
        return {code: self.places[code] for code in codes if code and code in self.places}


def by_letter(places: Iterable[Place], language: Language) -> list[tuple[str, tuple[Place, ...]]]:
    """Return places by the first letter of their name in a language, empty letters left out.

    A place without a name in Welsh stands under its English name.
    """
    called = {place: _called(place, language) for place in places}
    held: dict[str, list[Place]] = {}
    for place in sorted(called, key=lambda each: (called[each].place, each.code)):
        held.setdefault(called[place].letter, []).append(place)
    return [(letter, tuple(held[letter])) for letter in (*ALPHABET, ELSEWHERE) if letter in held]


@dataclass(frozen=True)
class _Called:
    letter: str
    place: list[int]


def _called(place: Place, language: Language) -> _Called:
    welsh = place.name_welsh if language is WELSH else None
    name = welsh or place.name
    return _Called(initial(name, welsh=bool(welsh)), order(name, welsh=bool(welsh)))


def _place(area: PublishedArea) -> Place:
    return Place(
        area.code,
        area.name,
        area.name_welsh,
        area.kind,
        area.invented,
        area.ended_on,
        len(area.inspections),
    )


def _refuse_unsafe(codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if not SAFE.fullmatch(code) or code.casefold() in seen:
            raise Refusal(
                f"The code {code!r} cannot be the address of a page.",
                "Use letters, digits, dots and hyphens, and give no code twice.",
                code=code,
            )
        seen.add(code.casefold())


def _used(figures: Sequence[PublishedFigure]) -> IndicatorUsed:
    areas = {figure.area_code for figure in figures}
    sources = tuple(sorted({figure.source for figure in figures}))
    return IndicatorUsed(figures[0], len(areas), len(figures), sources)


def _by_code(of: Iterable[Any]) -> list[Any]:
    return sorted(of, key=lambda each: each.code)


def _newest(of: Iterable[PublishedInspection]) -> tuple[PublishedInspection, ...]:
    ordered = area_view.in_order(of)[::-1]
    return tuple(sorted(ordered, key=lambda each: area_view.began(each) == date.max))
