"""The scorecard: an area's indicators for a quarter, with everything needed to doubt them."""

from dataclasses import replace

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import neighbour_view, scorecards, series
from inspect_app.services.scorecards import Line, Scorecard, parse_quarter
from inspect_app.signed_in import SignedIn
from inspect_app.ui import (
    board_decisions,
    figures,
    questions,
    scorecard_closer,
    scorecard_summary,
)
from inspect_app.ui.links import link
from inspect_app.ui.page import page
from inspect_app.ui.places import chosen_area
from inspect_app.ui.scorecard_closer import Behind
from metrics.indicator import Group

READ_ME = (
    "The count and what it is out of stand beside every share. A rise or fall is not good or bad "
    "news by itself: counts follow recording. Figures of different definitions are not compared."
)


@page("Scorecard", icon="table_chart", path="scorecard", needs=Permission.READ_SCORECARDS)
def scorecard(me: SignedIn) -> None:
    """Show what matters first, then the area's indicators by group, and one more closely."""
    left, right = st.columns(2)
    with left:
        area = chosen_area(me)
    if area is None:
        st.info("Choose an area to see its scorecard.")
        return
    with right:
        quarter = _chosen_quarter(area, me)
    held = scorecards.scorecard(area, quarter, by=me)
    st.header(held.area.label)
    link(f"Everything inspected in {held.area.label}", "area", area=held.area.code)
    if not held.lines:
        st.info(
            "No figure of this area is kept here by this quarter, and no agreed reading of cases. "
            "Choose another area, or a later quarter if there is one."
        )
        return
    behind = _behind(held, quarter, me)
    scorecard_summary.changed(behind.series)
    scorecard_summary.missing(held)
    scorecard_summary.overdue(held.area.code, me)
    st.header("Questions the board should ask")
    questions.draw(held.area.code, me)
    st.header("What the board decided")
    titles = {line.indicator: line.title for line in held.lines}
    board_decisions.draw(held.area.code, quarter or _newest(me), titles, me)
    st.header("Every indicator")
    st.markdown(READ_ME)
    for group in Group:
        lines = tuple(line for line in held.lines if line.group is group)
        if lines:
            figures.scorecard(replace(held, lines=lines, missing=()))
            scorecard_closer.expanders(lines, behind, me)
    _closer(held, behind, me)


def _newest(me: SignedIn) -> str:
    return scorecards.last_quarters(me.today, 1)[0]


def _behind(held: Scorecard, quarter: str | None, me: SignedIn) -> Behind:
    history = scorecards.history(held.area.code, quarter, by=me)
    beside = neighbour_view.views(held.area.code, history, by=me)
    return Behind(history, series.all_of(history), beside)


def _chosen_quarter(area: str, me: SignedIn) -> str | None:
    asked = st.query_params.get("quarter")
    offered = scorecards.quarters(area, by=me)
    if asked and asked not in offered:
        offered = [str(parse_quarter(asked)), *offered]
    if not offered:
        return None
    chosen = st.selectbox(
        "Quarter",
        offered,
        index=offered.index(asked) if asked in offered else 0,
        format_func=lambda quarter: parse_quarter(quarter).label,
        key=f"quarter-{area}",
    )
    st.query_params["quarter"] = chosen
    return chosen


def _closer(held: Scorecard, behind: Behind, me: SignedIn) -> None:
    st.header("Look closer")
    line = st.selectbox(
        "Indicator",
        held.lines,
        index=None,
        format_func=_named,
        placeholder="Choose an indicator to see how it is counted and what stands behind it",
    )
    if line:
        scorecard_closer.draw(line, behind, me, "closer")


def _named(line: Line) -> str:
    of = f", of {line.subject}" if line.subject else ""
    return f"{line.title}{of} · {line.area.label}"
