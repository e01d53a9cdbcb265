"""The top of a scorecard: what changed beyond noise, is missing, is contradicted, is overdue."""

from collections.abc import Sequence

import streamlit as st

from inspect_app.services import board_words
from inspect_app.services.board_changes import Change, Changes, Gap, Gaps
from inspect_app.services.board_concerns import Contradiction, Contradictions, Overdue
from inspect_app.services.board_reading import BoardReading
from inspect_app.services.checks import Question
from inspect_app.services.recommendation_list import Wanted
from inspect_app.ui import progress_narrowing
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, items, more, show, tag, together
from inspect_app.ui.scorecard_bars import NOT_RECORDED, Bar, bars

CHANGES, FEW = 2, 3
"""How many changes, and how many gaps, stand open, so that the top of the page is seen at once."""


def draw(held: BoardReading) -> None:
    """Draw what a board reads first, two beside each other where there is room."""
    left, right = st.columns(2, gap="large")
    with left:
        _changed(held.changed)
    with right:
        _missing(held.missing, held)
    left, right = st.columns(2, gap="large")
    with left:
        _contradicted(held.contradicted)
    with right:
        _overdue(held.overdue, held.card.area.code)


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


def _missing(held: Gaps, reading: BoardReading) -> None:
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
        more(board_words.marked(reading), items(*held.marks)),
        more(board_words.no_figure(reading), items(*held.no_figure)),
    )


def _bars(drawn: Sequence[Gap]) -> None:
    st.plotly_chart(
        bars([_bar(each) for each in drawn]),
        theme=None,
        config={"displayModeBar": False},
        alt="Not recorded: the list under the chart says the same.",
        key="not-recorded",
    )


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
    show(
        tag("p", held.said, css="small" if held.found else ""),
        more("What was looked at", items(*(_in_words(each) for each in held.looked))),
    )


def _contradiction(held: Contradiction) -> None:
    show(tag("p", held.found.says, css="small"), _answer(held))
    with st.container(gap="xxsmall"):
        for code in held.found.inspections:
            link(f"Inspection {code}", "inspections", inspection=code)


def _answer(held: Contradiction) -> Markup | None:
    return tag("p", board_words.answer(held.answer), css="small") if held.answer else None


def _in_words(question: Question) -> Markup:
    return together(tag("strong", f"{question.title}. "), question.in_words)


def _overdue(held: Overdue, area: str) -> None:
    st.subheader(board_words.OVERDUE)
    for each in held.late:
        label = board_words.late(each, held.listed)
        progress_narrowing.rows_behind(label, Wanted(area=area, stands=each.stands))
    show(items(*board_words.late_actions(held)), tag("p", held.said))
