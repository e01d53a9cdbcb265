"""The pages of a release: plain HTML that needs no script, no network and no server."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from data_model.vocabulary import Basis, Better, Nation, SamplingMethod, Symbol
from inspect_app.errors import Refusal
from inspect_app.publishing import area_view, evidence_view, words
from inspect_app.publishing.content import (
    PublishedArea,
    PublishedFigure,
    PublishedInspection,
    PublishedRecommendation,
    ReleaseContent,
    ReleaseMark,
)
from inspect_app.publishing.data_files import DATA_FILES
from inspect_app.publishing.evidence_view import Openness
from inspect_app.publishing.manifest import Since
from inspect_app.publishing.release_json import digest

HERE = Path(__file__).parent
SAFE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ELSEWHERE = "Other"

Page = dict[str, bytes]


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
    """The content and mark of a release with what its pages look up."""

    content: ReleaseContent
    mark: ReleaseMark
    marks: Mapping[str, Since] = field(default_factory=dict)

    def changed(self, path: str) -> Since:
        """Return the release in which a page last changed: this one, where nothing else is said."""
        return self.marks.get(path, Since(self.mark.number, self.mark.made_on))

    def linked(self, codes: Iterable[str | None]) -> list[object]:
        """Return what a page says of the places it links to; None where they have no page."""
        found = (self.areas.get(code or "") for code in codes)
        return [(each.name, each.kind) if each else None for each in found]

    def written(self, codes: Iterable[str]) -> list[PublishedRecommendation]:
        """Return the recommendations of these codes that are in the release."""
        return [self.recommendations[code] for code in codes if code in self.recommendations]

    @cached_property
    def areas(self) -> Mapping[str, PublishedArea]:
        """Areas with a page, by code."""
        return {each.code: each for each in _by_code(self.content.areas)}

    @cached_property
    def inspections(self) -> Mapping[str, PublishedInspection]:
        """Inspections with a page, by code."""
        return {each.code: each for each in _by_code(self.content.inspections)}

    @cached_property
    def recommendations(self) -> Mapping[str, PublishedRecommendation]:
        """Recommendations, by code."""
        return {each.code: each for each in _by_code(self.content.recommendations)}

    @cached_property
    def ordered_recommendations(self) -> Sequence[PublishedRecommendation]:
        """Recommendations by code, the invented ones last."""
        return sorted(self.recommendations.values(), key=lambda each: (each.invented, each.code))

    @cached_property
    def real_inspections(self) -> Sequence[PublishedInspection]:
        """Inspections that took place, newest first."""
        return _newest(x for x in self.content.inspections if not x.invented)

    @cached_property
    def invented_inspections(self) -> Sequence[PublishedInspection]:
        """Invented inspections, newest first."""
        return _newest(x for x in self.content.inspections if x.invented)

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
    def themes(self) -> Mapping[str, str]:
        """Names of themes, by code."""
        return dict(self.content.themes)

    @cached_property
    def letters(self) -> Sequence[tuple[str, tuple[PublishedArea, ...]]]:
        """Real areas by the letter they begin with, empty letters left out."""
        real = sorted((x for x in self.content.areas if not x.invented), key=_name)
        found = [(x, tuple(y for y in real if _letter(y) == x)) for x in (*LETTERS, ELSEWHERE)]
        return [(letter, areas) for letter, areas in found if areas]

    @cached_property
    def invented_areas(self) -> Sequence[PublishedArea]:
        """Invented areas, which are never mixed with real ones."""
        return sorted((each for each in self.content.areas if each.invented), key=_name)

    @cached_property
    def indicators(self) -> Sequence[IndicatorUsed]:
        """The indicators that have a figure, by title."""
        found: dict[str, list[PublishedFigure]] = {}
        for area in self.areas.values():
            for figure in area.figures:
                found.setdefault(figure.indicator, []).append(figure)
        return sorted((_used(each) for each in found.values()), key=lambda x: x.first.title)


@dataclass(frozen=True)
class Drawn:
    """A page or a file beside the pages: called, it is drawn.

    `drawn_from` is a hash of what it says, whatever it looks like.
    """

    draw: Callable[[], bytes]
    drawn_from: str

    def __call__(self) -> bytes:
        """Return its bytes."""
        return self.draw()


def plan(site: Site) -> dict[str, Drawn]:
    """Return every page of the release and its style sheet, by path.

    Raises Refusal where a code cannot be the name of a file, or two differ in capitals only.
    """
    _refuse_unsafe(site.content.areas)
    _refuse_unsafe(site.content.inspections)
    areas = {f"areas/{x.code}.html": _planned_area(site, x) for x in site.areas.values()}
    read = {
        f"inspections/{x.code}.html": _planned_inspection(site, x)
        for x in site.inspections.values()
    }
    return {"style.css": Drawn(_style, digest("style.css")), **_single(site), **areas, **read}


def pages(content: ReleaseContent, mark: ReleaseMark) -> Page:
    """Return every page of the release and its style sheet: path to bytes."""
    return {path: draw() for path, draw in plan(Site(content, mark)).items()}


def _planned_area(site: Site, area: PublishedArea) -> Drawn:
    read = [site.inspections[code] for code in area.inspections if code in site.inspections]
    beside = [area.force_code, *area.predecessors, *area.successors]
    linked = site.linked([*beside, *(code for each in read for code in each.area_codes)])
    says = digest(area, read, site.written(area.recommendations), linked, site.themes)
    return Drawn(partial(_area_page, site, area), says)


def _planned_inspection(site: Site, read: PublishedInspection) -> Drawn:
    linked = site.linked(read.area_codes)
    says = digest(read, site.written(read.recommendations), linked, site.themes)
    return Drawn(partial(_inspection_page, site, read), says)


def _style() -> bytes:
    return (HERE / "style.css").read_text(encoding="utf-8").encode()


def _single(site: Site) -> dict[str, Drawn]:
    names = ("index", "inspections", "recommendations", "indicators", "data", "about")
    return {
        f"{name}.html": Drawn(
            partial(_render, f"{name}.html.j2", site, ""), digest(name, site.mark)
        )
        for name in names
    }


def _area_page(site: Site, area: PublishedArea) -> bytes:
    read = [site.inspections[code] for code in area.inspections if code in site.inspections]
    return _render(
        "area.html.j2",
        site,
        "../",
        path=f"areas/{area.code}.html",
        area=area,
        timeline=area_view.timeline(read),
        facing=area_view.facing(read),
        judgement_tables=area_view.judgement_tables(read),
        figure_tables=area_view.figure_tables(area.figures),
    )


def _inspection_page(site: Site, inspection: PublishedInspection) -> bytes:
    return _render(
        "inspection.html.j2",
        site,
        "../",
        path=f"inspections/{inspection.code}.html",
        inspection=inspection,
        lines=evidence_view.evidence_lines(inspection),
        tables=evidence_view.grade_tables(inspection),
    )


def _render(template: str, site: Site, root: str, path: str = "", **values: object) -> bytes:
    page = _environment().get_template(template)
    changed = site.changed(path) if path else None
    return page.render(site=site, mark=site.mark, root=root, changed=changed, **values).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
    )
    environment.filters.update(FILTERS)
    environment.globals.update(GLOBALS)
    return environment


FILTERS: dict[str, Callable[..., Any]] = {
    "area_label": area_view.label,
    "by_side": area_view.by_side,
    "case_kind": words.case_kind,
    "cases": words.cases,
    "day": words.day,
    "inspecting": area_view.inspecting,
    "inspection_kind": words.inspection_kind,
    "instead": words.instead,
    "listed": words.listed,
    "kind_after_name": area_view.kind_after_name,
    "lines": evidence_view.evidence_lines,
    "no_value": area_view.no_value,
    "number": words.number,
    "one_decimal": words.one_decimal,
    "nothing_graded": evidence_view.nothing_graded,
    "recommendation_kind": words.recommendation_kind,
    "sampling": lambda code: words.english(code, SamplingMethod),
    "area_kind": words.area_kind,
    "nation": lambda code: words.english(code, Nation),
    "basis": lambda code: words.english(code, Basis),
    "shown_value": area_view.shown_value,
    "sentence": words.sentence,
}
GLOBALS: dict[str, object] = {
    "Better": Better,
    "DATA_FILES": DATA_FILES,
    "SYMBOLS": tuple(Symbol),
    "in_order": area_view.in_order,
    "is_mark": lambda value: isinstance(value, Symbol),
}


def _refuse_unsafe(of: Iterable[PublishedArea | PublishedInspection]) -> None:
    seen: set[str] = set()
    for each in of:
        if not SAFE.fullmatch(each.code) or each.code.casefold() in seen:
            raise Refusal(
                f"The code {each.code!r} cannot be the address of a page.",
                "Use letters, digits, dots and hyphens, and give no code twice.",
                code=each.code,
            )
        seen.add(each.code.casefold())


def _used(figures: Sequence[PublishedFigure]) -> IndicatorUsed:
    areas = {figure.area_code for figure in figures}
    sources = tuple(sorted({figure.source for figure in figures}))
    return IndicatorUsed(figures[0], len(areas), len(figures), sources)


def _by_code(of: Iterable[Any]) -> list[Any]:
    return sorted(of, key=lambda each: each.code)


def _newest(of: Iterable[PublishedInspection]) -> list[PublishedInspection]:
    ordered = area_view.in_order(of)[::-1]
    return sorted(ordered, key=lambda each: area_view.began(each) == date.max)


def _name(area: PublishedArea) -> tuple[str, str]:
    return area.name.casefold(), area.code


def _letter(area: PublishedArea) -> str:
    first = area.name[:1].upper()
    return first if first in LETTERS and first else ELSEWHERE
