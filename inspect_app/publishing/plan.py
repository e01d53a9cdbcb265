"""Every page of a release and what it is drawn from, ready to be drawn one at a time."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from inspect_app.errors import Refusal
from inspect_app.publishing import area_view, theme_view
from inspect_app.publishing.comparison_view import pairs
from inspect_app.publishing.content import PublishedArea, PublishedInspection
from inspect_app.publishing.language import LANGUAGES, Language
from inspect_app.publishing.manifest import Since
from inspect_app.publishing.page import Address, Fixed, Said, Sheet, Values, View, as_they_are
from inspect_app.publishing.papers import has_paper
from inspect_app.publishing.site import Place, Site, by_letter

Drawn = Sheet | Fixed
Plan = Mapping[str, Drawn]
FIXED = ("style.css", "filter.js")
Page = tuple[str, str, Values, View]
"""The place of a page, its template, what it is drawn from, and what it works out."""

Title = tuple[str, str | None]
"""The title of an inspection, and its Welsh where it has one."""

Beside = tuple[str, Title, str]
"""The page where another inspection stands beside one, and the other's title and period."""


def plan(site: Site) -> Plan:
    """Return every page, style sheet and script of a release by path; called, each is drawn.

    Each has `drawn_from`, a digest of all it depends on, and says that it changed in this
    release. Raises Refusal where two pages would have one address.
    """
    found: dict[str, Drawn] = {name: Fixed(name) for name in FIXED}
    seen = {name.casefold() for name in FIXED}
    for sheet in _sheets(site):
        path = sheet.address.path
        if path.casefold() in seen:
            raise _two_at_one_address(path)
        seen.add(path.casefold())
        found[path] = sheet
    return found


def _sheets(site: Site) -> Iterator[Sheet]:
    kinds = (_lists, _areas, _inspections, _comparisons, _themes)
    naming = ((page, site.mark) for page in _naming_the_release(site))
    others = ((page, None) for kind in kinds for page in kind(site))
    now = Since(site.mark.number, site.mark.made_on)
    for (place, template, values, view), mark in (*naming, *others):
        said = Said(values)
        for language in LANGUAGES:
            yield Sheet(Address(place, language), template, said, view, now, mark)


def _naming_the_release(site: Site) -> Iterator[Page]:
    """Yield the only pages that say which release this is: they change with every release."""
    examples = tuple((each, site.pairs[each.first, each.second]) for each in site.contradictions)
    front = {
        "tally": site.tally,
        "places": tuple(site.places.values()),
        "examples": examples,
        "areas": {each.area: site.places[each.area] for each in site.contradictions},
    }
    yield "index.html", "index", front, _front
    files = {
        "open_files": tuple((x.path, x.meta_path, x.table.title) for x in site.open_files),
        "papers": tuple((x.code, x.title, x.title_welsh, x.invented) for x in site.papers),
    }
    yield "data.html", "data", files, as_they_are
    about = {
        "scope": site.content.scope,
        "protection": site.content.protection,
        "attributions": site.content.attributions,
    }
    yield "about.html", "about", about, as_they_are


def _front(values: Any, language: Language) -> Values:
    places: tuple[Place, ...] = values["places"]
    return {
        **values,
        "letters": by_letter((each for each in places if not each.invented), language),
        "invented": [each for each in places if each.invented],
    }


def _lists(site: Site) -> Iterator[Page]:
    held = {"real": site.real_inspections, "invented": site.invented_inspections}
    codes = [each.area_code for each in site.inspections.values()]
    listed = {**held, "places": site.some_places(*codes)}
    yield "inspections.html", "inspections", listed, as_they_are
    written = tuple(site.recommendations.values())
    asked = {
        "recommendations": written,
        "places": site.some_places(*(each.area_code for each in written)),
        "titles": _titles(site, (each.inspection for each in written)),
        "themes": dict(site.content.themes),
    }
    yield "recommendations.html", "recommendations", asked, as_they_are
    yield "indicators.html", "indicators", {"indicators": site.indicators}, as_they_are
    themes = {
        "themes": tuple(
            (code, name, sum(not x.invented for x in site.looked_at[code]))
            for code, name in site.content.themes
        )
    }
    yield "themes.html", "themes", themes, as_they_are


def _titles(site: Site, codes: Iterable[str | None]) -> dict[str, Title]:
    held = site.inspections
    return {code: _title(held[code]) for code in codes if code and code in held}


def _title(of: PublishedInspection) -> Title:
    return of.title, of.title_welsh


def _areas(site: Site) -> Iterator[Page]:
    for area in site.areas.values():
        yield f"areas/{area.code}.html", "area", _of_area(site, area), _area


def _of_area(site: Site, area: PublishedArea) -> Values:
    linked = (area.force_code, area.region_code, *area.predecessors, *area.successors)
    held = site.held(area)
    opposed = tuple(each for each in site.contradictions if each.area == area.code)
    return {
        "area": area,
        "inspections": held,
        "recommendations": site.written(area.recommendations),
        "places": site.some_places(*linked),
        "opposed": opposed,
    }


def _area(values: Any, language: Language) -> Values:
    held = values["inspections"]
    return {
        **values,
        "timeline": area_view.timeline(held, language),
        "facing": area_view.facing(held, language),
        "judgement_tables": area_view.judgement_tables(held, language),
        "figure_tables": area_view.figure_tables(values["area"].figures),
        "pairs": tuple(pairs(held)),
    }


def _inspections(site: Site) -> Iterator[Page]:
    beside: dict[str, list[Beside]] = {}
    for pair in site.pairs.values():
        for one, other in (pair.both, pair.both[::-1]):
            told = (pair.name, _title(other), other.period)
            beside.setdefault(one.code, []).append(told)
    for each in site.inspections.values():
        values = {
            "inspection": each,
            "recommendations": site.written(each.recommendations),
            "places": site.some_places(each.area_code, *each.area_codes),
            "themes": dict(site.content.themes),
            "others": tuple(beside.get(each.code, ())),
            "has_paper": has_paper(each),
        }
        yield f"inspections/{each.code}.html", "inspection", values, as_they_are


def _comparisons(site: Site) -> Iterator[Page]:
    for codes_of_two, pair in site.pairs.items():
        codes = (each.area_code for each in pair.both)
        opposed = tuple(x for x in site.contradictions if (x.first, x.second) == codes_of_two)
        values = {"pair": pair, "places": site.some_places(*codes), "opposed": opposed}
        yield f"compare/{pair.name}.html", "compare", values, as_they_are


def _themes(site: Site) -> Iterator[Page]:
    for code, name in site.content.themes:
        held = tuple(theme_view.told(code, each) for each in site.looked_at[code])
        values = {
            "code": code,
            "name": name,
            "inspections": held,
            "places": site.some_places(*(each.area_code for each in held)),
            "recommendations": tuple(
                (each.code, each.title, each.title_welsh, each.invented)
                for each in site.recommendations.values()
                if code in each.themes
            ),
        }
        yield f"themes/{code}.html", "theme", values, _theme


def _theme(values: Any, language: Language) -> Values:
    entries = [theme_view.entry(each, language) for each in values["inspections"]]
    groups = [
        (invented, [x for x in entries if x.inspection.invented == invented])
        for invented in (False, True)
    ]
    return {**values, "groups": [(invented, held) for invented, held in groups if held]}


def _two_at_one_address(path: str) -> Refusal:
    return Refusal(
        f"Two pages of the release would have one address: {path}.",
        "Give inspections codes without two hyphens side by side.",
        path=path,
    )
