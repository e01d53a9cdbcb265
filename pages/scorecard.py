"""The scorecard: an area's indicators for a quarter, with everything needed to doubt them."""

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import scorecards
from inspect_app.services.scorecards import Line, Scorecard, parse_quarter
from inspect_app.signed_in import SignedIn
from inspect_app.ui import charts, counting, figures
from inspect_app.ui.links import link
from inspect_app.ui.page import page
from inspect_app.ui.places import chosen_area

READ_ME = (
    "The count and what it is out of stand beside every share. A rise or fall is not good or bad "
    "news by itself: counts follow recording. Figures of different definitions are not compared."
)


@page("Scorecard", icon="table_chart", path="scorecard", needs=Permission.READ_SCORECARDS)
def scorecard(me: SignedIn) -> None:
    """Show the scorecard of the area and quarter chosen, and one indicator more closely."""
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
    st.markdown(READ_ME)
    figures.scorecard(held)
    _closer(held, me)


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


def _closer(held: Scorecard, me: SignedIn) -> None:
    st.header("Look closer")
    line = st.selectbox("Indicator", held.lines, format_func=_named)
    if line.inspection:
        counting.explained(line, me)
        return
    charts.series(scorecards.series(line.area.code, line.indicator, by=me), line)


def _named(line: Line) -> str:
    of = f", of {line.subject}" if line.subject else ""
    return f"{line.title}{of} · {line.area.label}"
