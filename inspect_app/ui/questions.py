"""Questions a board should ask on the screen: what was found, why it matters, what was answered."""

from itertools import groupby

import streamlit as st

from data_model.vocabulary import Verdict
from inspect_app.access import Permission
from inspect_app.services import boards
from inspect_app.services.board_concerns import Asked, Raised
from inspect_app.services.board_reading import BoardReading
from inspect_app.services.board_words import ABOUT_QUESTIONS, came_out, looked_until
from inspect_app.services.boards import AnswerValue
from inspect_app.services.checks import Found, Question
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, session
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, day, more, plain, show, tag
from inspect_app.ui.page import refusals

MANY = 6


def draw(held: BoardReading, me: SignedIn) -> None:
    """Draw what the checks of an area came to, gravest first, with the answers in writing."""
    asked = held.asked
    st.caption(f"{ABOUT_QUESTIONS} {looked_until(held)}")
    if asked.said:
        st.info(plain(asked.said))
    for severity, raised in groupby(asked.raised, key=lambda each: each.severity):
        st.markdown(f"**{severity.english}**")
        for question in raised:
            _question(held, question, me)
    _others(asked)


def _question(held: BoardReading, raised: Raised, me: SignedIn) -> None:
    answers, area = held.asked.answers, held.card.area.code
    open_ones = sum(each.key not in answers for each in raised.found)
    waits = f"{open_ones} without an answer" if open_ones else "all answered"
    found = f"{raised.titles}: found {len(raised.found)}, {waits}"
    with st.expander(plain(f"{raised.asks} ({found})")):
        show(*(tag("p", why) for why in raised.why), tag("p", raised.in_words, css="small"))
        for each in raised.found[:MANY]:
            _found(each, answers.get(each.key))
        rest = raised.found[MANY:]
        show(more(f"{len(rest)} more", *(_said(each, answers.get(each.key)) for each in rest)))
        if me.may(Permission.DECIDE) and me.standing.area == area:
            _answer(held, raised, me)


def _found(found: Found, answer: AnswerValue | None) -> None:
    show(_said(found, answer))
    for code in found.inspections:
        link(f"Inspection {code}", "inspections", inspection=code)
    if found.recommendation:
        title = f"Recommendation {found.recommendation}"
        link(title, "recommendations", recommendation=found.recommendation)


def _said(found: Found, answer: AnswerValue | None) -> Markup:
    said = tag("p", found.says)
    if answer is None:
        return said
    by = tag("p", f"{answer.by}, {day(answer.at.date())}", css="small")
    return Markup(said + tag("blockquote", tag("p", answer.text, css="asis"), by))


def _answer(held: BoardReading, raised: Raised, me: SignedIn) -> None:
    area, quarter = held.card.area.code, held.card.quarter
    says = {each.key: each.says for each in raised.found}
    checks = {each.key: check.check for check in raised.checks for each in check.found}
    name = f"answer-{area}-{raised.checks[0].check}"
    key = forms.fresh_key(name)
    with st.form(key, border=False):
        found = next(iter(says))
        if len(says) > 1:
            found = st.selectbox(
                "To what", list(says), format_func=lambda each: plain(says[each]), key=f"{key}-to"
            )
        text = st.text_area("What the board found out", key=f"{key}-text")
        if st.form_submit_button("Keep the answer", key=f"{key}-send"):
            with refusals():
                until = str(quarter) if quarter else None
                boards.answer(area, checks[found], found, text, quarter=until, by=me)
                forms.done(name)
                session.say("The answer is kept and stands beside what was found.")
                st.rerun()


def _others(held: Asked) -> None:
    nothing, unseen = held.of(Verdict.NOTHING), held.of(Verdict.NOT_CHECKED)
    show(
        more(came_out(Verdict.NOT_CHECKED, unseen), *map(_in_words, unseen)),
        more(came_out(Verdict.NOTHING, nothing), *map(_in_words, nothing)),
    )


def _in_words(question: Question) -> Markup:
    return tag("p", tag("strong", f"{question.title}. "), question.in_words)
