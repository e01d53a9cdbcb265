"""The scorecard: what a board reads of an area and a quarter, and all it takes to doubt it."""

from collections.abc import Sequence

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import board_words, scorecards
from inspect_app.services.board_reading import NO_LINES, READ_ME, BoardReading, Entry, reading
from inspect_app.services.scorecards import parse_quarter
from inspect_app.signed_in import SignedIn
from inspect_app.ui import (
    board_decisions,
    questions,
    scorecard_closer,
    scorecard_files,
    scorecard_lines,
    scorecard_parts,
    scorecard_summary,
)
from inspect_app.ui.links import link
from inspect_app.ui.markup import plain, show, tag
from inspect_app.ui.page import page
from inspect_app.ui.places import chosen_area
from inspect_app.ui.scorecard_closer import Behind
from metrics.indicator import Group


@page("Scorecard", icon="table_chart", path="scorecard", needs=Permission.READ_SCORECARDS)
def scorecard(me: SignedIn) -> None:
    """Show what a board reads of an area, in its order, and one indicator more closely."""
    left, right = st.columns(2)
    with left:
        area = chosen_area(me)
    if area is None:
        st.info("Choose an area to see its scorecard.")
        return
    with right:
        quarter = _chosen_quarter(area, me)
    held = reading(area, quarter, by=me)
    st.header(plain(held.card.area.label))
    scorecard_summary.draw(held)
    scorecard_files.offer(held.card.area.code, quarter, me)
    link(f"Everything inspected in {held.card.area.label}", "area", area=held.card.area.code)
    link("Compare with other areas and periods", "compare", area=held.card.area.code)
    st.header(board_words.QUESTIONS)
    questions.draw(held, me)
    st.header(board_words.DECIDED)
    _decisions(held, quarter, me)
    st.header(board_words.EVERY)
    _entries(held, me)


def _decisions(held: BoardReading, quarter: str | None, me: SignedIn) -> None:
    of = quarter or scorecards.last_quarters(me.today, 1)[0]
    st.caption(board_words.stands(held))
    board_decisions.draw(held.card.area.code, of, held.decided, board_words.lines(held), me)


def _entries(held: BoardReading, me: SignedIn) -> None:
    if not held.entries:
        st.info(NO_LINES)
        return
    notes = (held.signs, *held.notes)
    show(tag("p", READ_ME), *(tag("p", note, css="small") for note in notes))
    behind = Behind(held.history, held.series, held.beside, held.apart)
    groups = {group: [e for e in held.entries if e.line.group is group] for group in Group}
    filled = [group for group in groups if groups[group]]
    for group in filled:
        _group(group, groups[group], behind, me, opened=group is filled[0])
    _closer(held, behind, me)


def _group(
    group: Group, entries: Sequence[Entry], behind: Behind, me: SignedIn, *, opened: bool
) -> None:
    """Draw one group, the first open: a board that looks for one figure need not pass all."""
    with st.expander(plain(scorecard_lines.named(group, entries)), expanded=opened):
        scorecard_lines.draw(group, entries)
        if group is Group.EQUALITY:
            scorecard_parts.people(behind.apart)
        scorecard_closer.expanders([entry.line for entry in entries], behind, me)


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


def _closer(held: BoardReading, behind: Behind, me: SignedIn) -> None:
    st.header("Look closer")
    entry = st.selectbox(
        "Indicator",
        held.entries,
        index=None,
        format_func=_named,
        placeholder="Choose an indicator to see how it is counted and what stands behind it",
    )
    if entry:
        scorecard_closer.draw(entry.line, behind, me, "closer")


def _named(entry: Entry) -> str:
    return f"{entry.name} · {entry.line.area.label}"
