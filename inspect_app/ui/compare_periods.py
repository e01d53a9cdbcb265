"""Two periods of one area on the screen, side by side; not compared where recording changed."""

import streamlit as st

from inspect_app.services import comparing_periods
from inspect_app.services.comparing_periods import PeriodsCompared, Side
from inspect_app.services.series import Series
from inspect_app.signed_in import SignedIn
from inspect_app.ui import charts_sides
from inspect_app.ui.compare_areas import bounds
from inspect_app.ui.compare_choice import chosen
from inspect_app.ui.figures import figure
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, items, plain, show, table, tag
from inspect_app.ui.places import chosen_area
from metrics.outcome import in_words

NOTHING = (
    "No indicator of this area has figures for two periods of the same length, so no two can be "
    "compared."
)
EACH = (
    "The interval of each is what chance alone gives its count, as of events that do not depend "
    "on each other; the same children may be in both periods."
)


def draw(me: SignedIn) -> None:
    """Ask for an area, an indicator and two periods, and draw them side by side."""
    area = chosen_area(me)
    if area is None:
        st.info("Choose an area.")
        return
    offered = {
        comparing_periods.written(held): held for held in comparing_periods.offered(area, by=me)
    }
    if not offered:
        st.info(NOTHING)
        link("Scorecard", "scorecard", area=area)
        return
    names = {key: _called(held, area) for key, held in offered.items()}
    key = chosen("Indicator", "series", names, first=next(iter(offered)))
    held = offered[key or next(iter(offered))]
    ends = {str(point.end): point.period for point in held.points}
    left, right = st.columns(2)
    with left:
        before = chosen("One period", "before", ends, first=list(ends)[-2])
    with right:
        after = chosen("Another period", "after", ends, first=list(ends)[-1])
    _draw(comparing_periods.compared(held, before or "", after or ""))


def _called(held: Series, area: str) -> str:
    of = f", of {held.key.subject}" if held.key.subject else ""
    force = f" · {held.area.label}" if held.area.code != area else ""
    return f"{held.title}{of} · {held.figures} {held.key.rhythm.plural}{force}"


def _draw(found: PeriodsCompared) -> None:
    st.header(plain(found.series.title))
    show(tag("p", f"{found.series.area.label}. {found.series.better.english}.", css="small"))
    show(
        tag("p", found.verdict, css="loud" if found.breaks else "label"),
        items(*(f"{each.why}{_source(each.source)}" for each in found.breaks)),
        tag("p", _difference(found)) if found.difference else None,
        tag("p", found.note) if found.note else None,
    )
    st.plotly_chart(
        charts_sides.periods(found),
        theme=None,
        config={"displayModeBar": False},
        alt=_in_text(found),
        key="periods",
    )
    show(
        tag("p", _caption(found), css="small"),
        _table(found),
        tag("p", found.caution),
        tag("p", "All periods together: ", found.series.said),
    )
    for side in (found.before, found.after):
        label = f"Scorecard with the figures of {side.period}"
        link(label, "scorecard", area=found.series.area.code, quarter=side.quarter)


def _source(source: str | None) -> str:
    return f" ({source})" if source else ""


def _difference(found: PeriodsCompared) -> str:
    method = found.found.bounds.method if found.found and found.found.bounds else ""
    return f"{found.before.period}, then {found.after.period}: {found.difference}, {method}."


def _in_text(found: PeriodsCompared) -> str:
    said = " ".join(
        f"{side.period}: {in_words(side.outcome)}." for side in (found.before, found.after)
    )
    return f"{found.series.title}, {found.series.area.label}. {said} {found.verdict}"


def _caption(found: PeriodsCompared) -> str:
    sources = dict.fromkeys(s.source for s in (found.before, found.after) if s.source)
    return f"n: two of {found.series.figures} figures. {EACH} Source: {'; '.join(sources)}."


def _table(found: PeriodsCompared) -> Markup:
    headings = ["Period", "Count and what it is out of", "Share or rate", "Interval"]
    return table("The two periods", headings, map(_row, (found.before, found.after)))


def _row(side: Side) -> list[object]:
    return [side.period, *figure(side.outcome), bounds(side.bounds, side.outcome)]
