"""The top of a scorecard: what changed beyond noise, is missing, is contradicted, is overdue."""

from collections.abc import Sequence

import streamlit as st

from inspect_app.services import board_words
from inspect_app.services.board_changes import Change, Changes, Gap
from inspect_app.services.board_concerns import Contradiction, Contradictions
from inspect_app.services.board_parts import NOT_RECORDED
from inspect_app.services.board_periods import period
from inspect_app.services.board_reading import BoardReading
from inspect_app.services.recommendation_list import Wanted
from inspect_app.ui import progress_narrowing, scorecard_bars
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, items, more, show, tag, together
from inspect_app.ui.scorecard_bars import Bar

CHANGES, FEW = 2, 3
"""How many changes, and how many gaps, stand open, so that the top of the page is seen at once."""


def draw(held: BoardReading) -> None:
    """Draw what a board reads first, two beside each other where there is room.

    What is overdue stands as it is today, which it says, whatever the quarter.
    """
    left, right = st.columns(2, gap="large")
    with left:
        _changed(held.changed)
    with right:
        _missing(held)
    left, right = st.columns(2, gap="large")
    with left:
        _contradicted(held.contradicted)
    with right:
        _overdue(held)


def _changed(held: Changes) -> None:
    st.subheader(board_words.CHANGED)
    few, rest = held.found[:CHANGES], held.found[CHANGES:]
    show(
        items(*(_change(each) for each in few)),
        more(f"{len(rest)} more", items(*(_change(each) for each in rest))),
        tag("p", held.said, css="small" if held.found else ""),
    )


def _change(held: Change) -> Markup:
    return together(tag("strong", held.name), ": ", tag("span", held.says, css="small"))


def _missing(reading: BoardReading) -> None:
    held = reading.missing
    st.subheader(board_words.MISSING)
    drawn = [gap for gap in held.found if gap.share][:FEW]
    listed = [gap for gap in held.found if not gap.share][: FEW - len(drawn)]
    rest = len(held.found) - len(drawn) - len(listed)
    if drawn:
        _bars(drawn)
    show(
        tag("p", held.said) if held.said else None,
        items(*(_gap(each) for each in listed)),
        more(
            f"The same in words, and {rest} more",
            items(*(_gap(each) for each in held.found if each not in listed)),
        ),
        *(more(heading, items(*said)) for heading, said in board_words.named(reading)),
        *(tag("p", other, css="small") for other in held.others),
    )


def _bars(drawn: Sequence[Gap]) -> None:
    held = [_bar(each) for each in drawn]
    sources = dict.fromkeys(f"{gap.line.source}, {period(gap.line)}" for gap in drawn)
    numbers = ", ".join(f"{gap.share.out_of:,}" for gap in drawn if gap.share)
    caption = f"Each bar is its whole; n from the top: {numbers}. Source: {'; '.join(sources)}."
    scorecard_bars.draw(held, caption, "not-recorded")


def _bar(gap: Gap) -> Bar:
    share = gap.share
    count, out_of = (share.count, share.out_of) if share else (0, 0)
    called = gap.line.title.replace(" not recorded", "")
    parts = (("Recorded", out_of - count), (NOT_RECORDED, count))
    return Bar(f"{called}: {count:,} of {out_of:,} not recorded", parts)


def _gap(gap: Gap) -> Markup:
    return together(tag("strong", gap.says), tag("span", f"; {gap.about}", css="small"))


def _contradicted(held: Contradictions) -> None:
    st.subheader(board_words.CONTRADICTED)
    for each in held.found[:1]:
        _contradiction(each)
    rest = held.found[1:]
    if rest:
        with st.expander(f"{len(rest)} more"):
            for each in rest:
                _contradiction(each)
    show(tag("p", held.said, css="small" if held.found else ""))


def _contradiction(held: Contradiction) -> None:
    show(tag("p", held.found.says, css="small"), _answer(held))
    with st.container(gap="xxsmall"):
        for code in held.found.inspections:
            link(f"Inspection {code}", "inspections", inspection=code)


def _answer(held: Contradiction) -> Markup | None:
    return tag("p", board_words.answer(held.answer), css="small") if held.answer else None


def _overdue(reading: BoardReading) -> None:
    held = reading.overdue
    st.subheader(board_words.OVERDUE)
    for each in held.late:
        label = board_words.late(each, held.listed)
        wanted = Wanted(area=reading.card.area.code, stands=each.stands)
        progress_narrowing.rows_behind(label, wanted)
    show(
        items(*board_words.late_actions(held)),
        tag("p", held.said),
        tag("p", board_words.stands(reading), css="small"),
    )
