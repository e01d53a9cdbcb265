"""Questions a board should ask on the screen: what was found, why it matters, what was answered."""

from collections.abc import Mapping
from itertools import groupby

import streamlit as st

from data_model.vocabulary import Verdict
from inspect_app.access import Permission
from inspect_app.services import boards
from inspect_app.services.board_concerns import Asked
from inspect_app.services.board_words import ABOUT_QUESTIONS
from inspect_app.services.boards import AnswerValue
from inspect_app.services.checks import Found, Question
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, session
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, day, more, plain, show, tag
from inspect_app.ui.page import refusals

MANY = 6


def draw(area: str, held: Asked, me: SignedIn) -> None:
    """Draw what the checks of an area came to, gravest first, with the answers in writing."""
    st.caption(ABOUT_QUESTIONS)
    if held.said:
        st.info(held.said)
    found = held.of(Verdict.FOUND)
    for severity, asked in groupby(found, key=lambda each: each.severity):
        st.markdown(f"**{severity.english}**")
        for question in asked:
            _question(area, question, held.answers, me)
    _others(held)


def _question(
    area: str, question: Question, answers: Mapping[str, AnswerValue], me: SignedIn
) -> None:
    open_ones = sum(each.key not in answers for each in question.found)
    waits = f"{open_ones} without an answer" if open_ones else "all answered"
    found = f"{question.title}: found {len(question.found)}, {waits}"
    with st.expander(plain(f"{question.asks} ({found})")):
        show(
            tag("p", question.why), tag("p", f"{question.in_words} {question.source}", css="small")
        )
        for each in question.found[:MANY]:
            _found(each, answers.get(each.key))
        rest = question.found[MANY:]
        show(more(f"{len(rest)} more", *(_said(each, answers.get(each.key)) for each in rest)))
        if me.may(Permission.DECIDE) and me.standing.area == area:
            _answer(area, question, me)


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


def _answer(area: str, question: Question, me: SignedIn) -> None:
    says = {each.key: each.says for each in question.found}
    name = f"answer-{area}-{question.check}"
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
                boards.answer(area, question.check, found, text, by=me)
                forms.done(name)
                session.say("The answer is kept and stands beside what was found.")
                st.rerun()


def _others(held: Asked) -> None:
    nothing, unseen = held.of(Verdict.NOTHING), held.of(Verdict.NOT_CHECKED)
    show(
        more(f"Could not be checked ({len(unseen)})", *map(_in_words, unseen)),
        more(f"Looked and found nothing ({len(nothing)})", *map(_in_words, nothing)),
    )


def _in_words(question: Question) -> Markup:
    return tag("p", tag("strong", f"{question.title}. "), question.in_words)
