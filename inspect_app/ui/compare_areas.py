"""Authorities side by side on the screen: a funnel, every figure by name, and regions pooled."""

from collections.abc import Sequence

import streamlit as st

from inspect_app.services import comparing, comparing_areas, comparing_over_time, comparing_regions
from inspect_app.services.comparing import Material, Measure, Period
from inspect_app.services.comparing_areas import Among, AreasCompared, Row
from inspect_app.services.comparing_over_time import Panel
from inspect_app.services.comparing_regions import RegionRow
from inspect_app.services.reference import AreaValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import charts_funnel, charts_panels
from inspect_app.ui.compare_choice import chosen
from inspect_app.ui.figures import figure
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, items, plain, show, table, tag, together
from inspect_app.ui.places import chosen_area
from metrics import funnel
from metrics.figures import value_in_words
from metrics.funnel import Funnel
from metrics.neighbours import Bounds
from metrics.outcome import NoNumber, Outcome, Rate, Share

NOTHING = (
    "No indicator has a figure of several authorities here that you may see, so there is nothing "
    "to compare {area} with. Its own figures stand on its scorecard."
)
BY_NAME = (
    "Areas are listed by name, never in an order of their figures: chance alone would change it. "
    "The interval is what chance alone gives the area's own count."
)
OF_CHANCE = (
    "The interval of this difference is of chance alone; areas differ for other reasons too, "
    "recording among them, which the funnel's wider limits allow for and this interval does not."
)
RETURNED = "From a return; not published yet."
WIDE, LONG = 640, 14
"""Pixels of the list before it scrolls, and rows from which it does."""


def draw(me: SignedIn) -> None:
    """Ask for an authority, an indicator, a period and a group, and draw them side by side."""
    area = chosen_area(me)
    if area is None:
        st.info("Choose an authority: it is shown among the others.")
        return
    held = comparing.material(area, by=me)
    offered = {measure.key: measure for measure in comparing.measures(held)}
    if not offered:
        st.info(NOTHING.format(area=plain(held.area.label)))
        link("Scorecard", "scorecard", area=held.area.code)
        return
    measure, period, among = _asked(held, offered)
    found = comparing_areas.compared(held, measure, period, among)
    st.header(plain(f"{measure.title}: {period.label}"))
    show(tag("p", measure.declared.better.english, ".", css="small"))
    _notes(found.notes)
    _funnel(found)
    _table(found)
    _traced(found.rows, period)
    _regions(held, measure, period)
    _over_time(held, measure, me)


def _asked(held: Material, offered: dict[str, Measure]) -> tuple[Measure, Period, Among]:
    names = {key: _called(measure) for key, measure in offered.items()}
    most = max(offered.values(), key=lambda each: each.periods[0].counted)
    key = chosen("Indicator", "indicator", names, first=most.key) or most.key
    periods = {period.key: period for period in offered[key].periods}
    left, right = st.columns(2)
    with left:
        labels = {each.key: f"{each.label} ({each.counted} areas)" for each in periods.values()}
        end = chosen("Period", "period", labels, first=next(iter(periods))) or ""
    with right:
        groups = {among.value: said for among, said in comparing_areas.choices(held).items()}
        among = chosen("Compared with", "among", groups, first=Among.NATION.value)
    return offered[key], periods[end], Among(among)


def _called(measure: Measure) -> str:
    return f"{measure.title}, of {measure.subject}" if measure.subject else measure.title


def _notes(notes: Sequence[str]) -> None:
    if notes:
        show(tag("p", tag("strong", "Before you compare")), items(*notes))


def _funnel(found: AreasCompared) -> None:
    """Draw the funnel where there is one, with what it says, its source and n; else say why not."""
    show(tag("p", found.said, css="label"))
    if found.beside:
        show(tag("p", found.beside), tag("p", OF_CHANCE, css="small"))
    if not isinstance(found.funnel, Funnel):
        show(tag("p", found.funnel.why), tag("p", _caption(found), css="small"))
        return
    said = funnel.in_words(found.funnel)
    st.plotly_chart(
        charts_funnel.chart(found, found.funnel),
        theme=None,
        config={"displayModeBar": False},
        alt=charts_funnel.in_text(found, said),
        key="funnel",
    )
    show(
        tag("p", said),
        tag("p", _chance(found.funnel), _spread(found.funnel)),
        tag("p", charts_funnel.MARKS, " ", _caption(found), css="small"),
    )


def _chance(drawn: Funnel) -> str:
    at_95, at_998 = funnel.outside_by_chance(drawn)
    return (
        f"Many areas are looked at together: if nothing but chance were at work, up to "
        f"{at_95:.2g} of these {len(drawn.areas)} would lie outside the 95% limits and up to "
        f"{at_998:.2g} outside the 99.8% limits."
    )


def _spread(drawn: Funnel) -> str:
    if not drawn.widened:
        return ""
    return (
        f" Areas differ far more than chance alone would have it (φ = {drawn.spread:.1f}, where 1 "
        f"is chance alone), because of need, practice and recording alike. The limits are "
        f"widened for that, {drawn.wider:.1f} times as far from the line. Inside them "
        "means like the others, not that nothing differs."
    )


def _caption(found: AreasCompared) -> str:
    """Return source, n, and how many stand there without a number and why."""
    without = "; ".join(f"{mark.lower()}: {number}" for mark, number in found.missing)
    gaps = f" Without: {without}." if without else " None is without."
    return (
        f"{found.called}. n: {found.with_figure} of {len(found.rows)} authorities have a number "
        f"that can be compared.{gaps} Source: {'; '.join(found.sources)}."
    )


def _table(found: AreasCompared) -> None:
    show(tag("h3", f"Every authority, by name ({len(found.rows)})"), tag("p", BY_NAME, css="small"))
    with st.container(height=WIDE if len(found.rows) > LONG else "content", border=False):
        headings = [
            "Area",
            "Count and what it is out of",
            "Share or rate",
            "Interval",
            "The funnel says",
        ]
        show(table("Every authority, by name", headings, map(_row, found.rows), fixed=True))


def _row(row: Row) -> list[object]:
    first, rest = figure(row.outcome)
    name = f"{row.area.label} (chosen)" if row.own else row.area.label
    said = (row.remark, RETURNED if row.returned else None)
    remarks = (tag("p", remark, css="small") for remark in said if remark)
    heading = tag("strong", name) if row.own else tag("span", name)
    says = tag("strong", row.says) if row.outside else tag("span", row.says)
    return [together(heading, *remarks), first, rest, bounds(row.bounds, row.outcome), says]


def bounds(held: Bounds | None, outcome: Outcome) -> str:
    """Return what chance alone gives a figure, with the method; or that there is no interval."""
    if held is None or not isinstance(outcome, Share | Rate):
        return "none"
    high = "any" if held.high is None else value_in_words(held.high, outcome)
    low = value_in_words(held.low, outcome).partition(" per ")[0]
    return f"{low} to {high} ({held.method})"


def _traced(rows: Sequence[Row], period: Period) -> None:
    """Lead from a number to the scorecard that has it: the chosen area's, or another's."""
    own = next((row.area for row in rows if row.own), None)
    places = {row.area.code: row.area for row in rows}
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        code = chosen(
            "Trace a number to its scorecard",
            "trace",
            {code: area.label for code, area in places.items()},
            first=own.code if own else None,
        )
    with right:
        if code:
            _scorecard(places[code], period)


def _scorecard(area: AreaValue, period: Period) -> None:
    label = f"Scorecard of {area.label} with the figures to {period.end:%B %Y}"
    link(label, "scorecard", area=area.code, quarter=period.quarter)


def _regions(held: Material, measure: Measure, period: Period) -> None:
    found = comparing_regions.compared(held, measure, period)
    if found is None:
        return
    headings = [
        "Region",
        "Its authorities together",
        "Share or rate",
        "Interval",
        "As published for the region",
    ]
    show(
        tag("h3", "Regions"),
        tag("p", found.said, css="label"),
        tag("p", OF_CHANCE, css="small"),
        tag(
            "p",
            "A region is the sum of its authorities, and only where every one of them has a "
            "number; else those that are missing are named. Published totals of a region may be "
            "rounded. Regions are by name.",
            css="small",
        ),
        table("Regions, by name", headings, map(_region, found.rows), fixed=True),
    )


def _region(row: RegionRow) -> list[object]:
    name = tag("strong", row.region.name, " (its own)") if row.own else tag("span", row.region.name)
    published = " · ".join(part for part in figure(row.published) if part) if row.published else ""
    if row.pooled is None:
        return [name, _without(row), "", "none", published or "Not published here"]
    first, rest = figure(row.pooled)
    counted = f"{first} ({row.authorities} authorities)"
    return [name, counted, rest, bounds(row.bounds, row.pooled), published or "Not published here"]


def _without(row: RegionRow) -> Markup:
    names = "; ".join(f"{label} ({mark})" for label, mark in row.missing)
    said = f"Not added up: without a number {len(row.missing)} of {row.authorities}: {names}."
    return tag("span", said, css="small")


def _over_time(held: Material, measure: Measure, me: SignedIn) -> None:
    """Offer the indicator over time in the area and its neighbours; reckoned once it is opened."""
    if not held.neighbours:
        return
    st.subheader("Over time, here and in each neighbour")
    box = st.expander(
        f"{plain(held.area.label)} and its statistical neighbours, a small chart each",
        key=f"panels-{held.area.code}-{measure.key}",
        on_change="rerun",
    )
    if box.open:
        with box:
            _panels(comparing_over_time.panels(held, measure, by=me), measure)


def _panels(found: Sequence[Panel], measure: Measure) -> None:
    drawn = [panel for panel in found if panel.series]
    names = ", ".join(panel.area.label for panel in found)
    st.plotly_chart(
        charts_panels.chart(found),
        theme=None,
        config={"displayModeBar": False},
        alt=f"{measure.title} over time, a small chart each on one axis: {names}. The table under "
        "the charts has every figure.",
        key="panels",
    )
    breaks = dict.fromkeys(each.why for p in drawn if p.series for each in p.series.breaks)
    notes = dict.fromkeys(note for panel in found for note in panel.notes)
    show(
        tag("p", f"{_drawn_in_words(found)} Source: {'; '.join(_sources(drawn))}.", css="small"),
        tag("p", tag("strong", "Why lines are broken")) if breaks else None,
        items(*breaks),
        tag("p", tag("strong", "Reorganised authorities")) if notes else None,
        items(*notes),
        _every_figure(drawn),
    )


def _drawn_in_words(found: Sequence[Panel]) -> str:
    drawn = sum(panel.series is not None for panel in found)
    unit = charts_panels.unit(found)
    return (
        f"{unit}. n: {drawn} of {len(found)} areas have two figures or more. The same upright "
        "axis for all; a line joins nothing across a break (dashed) or a gap (cross). Areas by "
        "name after the chosen one."
    )


def _sources(drawn: Sequence[Panel]) -> list[str]:
    points = (point for panel in drawn if panel.series for point in panel.series.points)
    return list(dict.fromkeys(point.source for point in points if point.source))


def _every_figure(drawn: Sequence[Panel]) -> Markup:
    """Return a row for every area and a column for every period."""
    periods = {p.end: p.period for each in drawn if each.series for p in each.series.points}
    ends = sorted(periods)
    rows = []
    for panel in drawn:
        held = {p.end: p.outcome for p in panel.series.points} if panel.series else {}
        name = tag("strong", panel.area.label) if panel.own else panel.area.label
        rows.append([name, *(_cell(held.get(end)) for end in ends)])
    return table("The same figures as a table", ["Area", *(periods[end] for end in ends)], rows)


def _cell(outcome: Outcome | None) -> Markup:
    if outcome is None:
        return tag("span", "No figure", css="small")
    first, rest = figure(outcome)
    counted = isinstance(outcome, Share | Rate)
    return together(
        tag("p", first, css="" if isinstance(outcome, NoNumber) else "number"),
        tag("p", rest, css="small number") if counted else None,
    )
