"""Two inspections side by side on the screen: their grades, and what may be said of the two."""

from collections.abc import Sequence

import streamlit as st

from inspect_app.services import comparing_inspections, reference
from inspect_app.services.comparing_inspections import InspectionsCompared, Listed, Side
from inspect_app.signed_in import SignedIn
from inspect_app.ui import charts_sides
from inspect_app.ui.compare_choice import chosen
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, items, show, table, tag
from inspect_app.ui.timeline import short
from metrics.comparison import GOOD, Comparison
from metrics.outcome import Share

EVERYWHERE = "all"
CHOOSE = (
    "Choose two inspections. Those whose cases have grades stand first; of most inspections no "
    "grade of a case was ever published."
)
TESTED = (
    "Tested are the cases that have a grade. The exact test lists every way in which chance could "
    "have dealt out the same grades to two readings of these sizes."
)


def draw(me: SignedIn) -> None:
    """Ask for a place and two inspections, and draw the grades they have on one topic."""
    every = comparing_inspections.listed(by=me)
    offered = _narrowed(every, me)
    labels = {each.code: _label(each) for each in offered}
    first = chosen("One inspection", "first", labels)
    second = chosen("Another inspection", "second", labels)
    if first is None or second is None:
        st.info(CHOOSE)
        _with_grades(offered)
        return
    found = comparing_inspections.compared(first, second, st.query_params.get("topic"), by=me)
    topics = dict(found.topics)
    if topics:
        chosen("Topic", "topic", topics, first=found.topic)
    _draw(found)


def _narrowed(every: Sequence[Listed], me: SignedIn) -> list[Listed]:
    """Ask of which place inspections are offered; those of the whole police force area are in."""
    force = {area.code: area.force_code for area in reference.areas(by=me)}
    about = {code for each in every for code in each.areas}
    places = {
        area.code: area.label
        for area in reference.areas(by=me)
        if area.code in about or area.force_code in about
    }
    options = {EVERYWHERE: "Anywhere", **places}
    where = chosen("Inspections of", "where", options, first=EVERYWHERE) or EVERYWHERE
    wanted = {where, force.get(where)}
    return [each for each in every if where == EVERYWHERE or wanted & set(each.areas)]


def _label(each: Listed) -> str:
    bodies = " with ".join(short(name) for name in each.bodies) or "reader not stated"
    has = "cases with grades" if each.graded else "no grades of cases"
    return f"{each.area} · {bodies} · {each.period} · {has} · {each.code}"


def _with_grades(offered: Sequence[Listed]) -> None:
    graded = [each for each in offered if each.graded]
    if not graded:
        show(tag("p", f"None of these {len(offered)} inspections has grades of cases."))
        return
    rows = (
        [each.code, each.area, " with ".join(short(name) for name in each.bodies), each.period]
        for each in graded
    )
    said = f"Inspections whose cases have grades ({len(graded)} of {len(offered)})"
    show(table(said, ["Inspection", "Where", "Who read", "When"], rows))


def _draw(found: InspectionsCompared) -> None:
    alike = found.first.topic == found.second.topic
    sides = [(_named(side, alike), side) for side in (found.first, found.second)]
    st.header("Grades side by side")
    drawn = [(name, side) for name, side in sides if side.parts]
    if drawn:
        st.plotly_chart(
            charts_sides.grades(drawn),
            theme=None,
            config={"displayModeBar": False},
            alt=f"{' '.join(_in_text(name, side) for name, side in drawn)} {found.verdict}.",
            key="grades",
        )
    show(tag("p", _caption(found), css="small"), _counts(found))
    _said(found)
    for side in (found.first, found.second):
        link(f"Inspection {side.inspection.code}", "inspections", inspection=side.inspection.code)
    _judgements(found)


def _named(side: Side, alike: bool) -> str:  # noqa: FBT001
    held = side.inspection
    bodies = " with ".join(short(name) for name in held.inspecting) or "reader not stated"
    topic = "" if alike else f" · {side.topic}"
    return f"<b>{held.area.label}</b>, {bodies}, {held.period}{topic}"


def _in_text(name: str, side: Side) -> str:
    said = ", ".join(f"{part.name} {_number(part.cases)}" for part in side.parts)
    return f"{name.replace('<b>', '').replace('</b>', '')}: {said}."


def _number(cases: int | None) -> str:
    return "not published" if cases is None else f"{cases:,}"


def _caption(found: InspectionsCompared) -> str:
    said = (
        f"{side.inspection.code}: n {_number(_whole(side))}, on the scale “{side.scale.name}”, "
        f"cases chosen: {side.inspection.sampling.english.lower()}"
        for side in (found.first, found.second)
    )
    sources = dict.fromkeys(
        side.inspection.source for side in (found.first, found.second) if side.inspection.source
    )
    source = f" Source: {'; '.join(sources)}." if sources else ""
    return f"{'. '.join(said)}.{source}"


def _whole(side: Side) -> int | None:
    known = [part.cases for part in side.parts if part.cases is not None]
    return sum(known) if len(known) == len(side.parts) and known else None


def _counts(found: InspectionsCompared) -> Markup:
    sides = (found.first, found.second)
    names = dict.fromkeys(part.name for side in sides for part in side.parts)
    rows: list[list[object]] = [[name, *(_count(name, side) for side in sides)] for name in names]
    rows.append(["How cases were chosen", *(_chosen(side) for side in sides)])
    headings = ["Grade", *(f"{side.inspection.code}: {side.topic}" for side in sides)]
    return table("Cases by grade", headings, rows)


def _count(name: str, side: Side) -> str:
    absent = "not published" if side.why else "none"
    held = {part.name: _number(part.cases) for part in side.parts}
    return held.get(name, absent)


def _chosen(side: Side) -> str:
    available = side.inspection.cases_available
    of = f", of {available} available" if available else ""
    return f"{side.inspection.sampling.english}{of}"


def _said(found: InspectionsCompared) -> None:
    """Say what the two show together, or why they are not compared; and what else may be why."""
    if found.comparison is None:
        reasons = (tag("p", reason, css="loud") for reason in found.refused)
        show(tag("h3", found.verdict), *reasons, items(*found.beside))
        return
    show(
        tag("h3", "What may be said"),
        tag("p", found.verdict, css="label"),
        tag("p", found.says),
        tag("p", found.pairs, " ", _p_value(found.comparison)),
        items(*found.beside),
        _intervals(found.comparison, found),
        tag("p", TESTED, css="small"),
    )


def _p_value(held: Comparison) -> str:
    return f"Rank-sum test, {held.test.method}: p = {held.test.p_value:.3f}."


def _intervals(held: Comparison, found: InspectionsCompared) -> Markup:
    rows = [
        [_good(found.first), _share(held.good.first), _share(held.good.second)],
        [found.first.scale.grades[-1][1], _share(held.worst.first), _share(held.worst.second)],
    ]
    codes = [side.inspection.code for side in (found.first, found.second)]
    return table("Shares with their intervals", ["Share", *codes], rows)


def _good(side: Side) -> str:
    best = side.scale.grades[0]
    return best[1] if best[0] == GOOD else "Good or better"


def _share(held: Share) -> str:
    said = f"{held.count} of {held.out_of} ({held.share:.0%})"
    if held.interval is None:
        return f"{said}; no interval: {held.why_no_interval}"
    return f"{said}; {held.interval.low:.0%} to {held.interval.high:.0%} ({held.interval.method})"


def _judgements(found: InspectionsCompared) -> None:
    sides = (found.first, found.second)
    topics = dict.fromkeys(each.topic for side in sides for each in side.judgements)
    if not topics:
        return
    held = [{each.topic: each.grade for each in side.judgements} for side in sides]
    rows = ([topic, *(grades.get(topic, "None") for grades in held)] for topic in topics)
    headings = [
        "Judgement",
        *(f"{side.inspection.code} ({side.scale.name})" for side in sides),
    ]
    show(
        tag("h3", "Judgements on the whole service"),
        tag(
            "p",
            "One grade each and no distribution: nothing is tested, and words of two scales are "
            "not the same words.",
            css="small",
        ),
        table("Judgements side by side", headings, rows),
    )
