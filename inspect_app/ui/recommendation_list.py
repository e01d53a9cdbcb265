"""The list of answers to recommendations, and the dates that a body still has to meet."""

from collections.abc import Iterator
from itertools import groupby

import streamlit as st

from inspect_app.services import answer_dates, recommendation_list
from inspect_app.services.answer_dates import Dated
from inspect_app.services.recommendation_list import AnswerLine, AnswerPage, Wanted
from inspect_app.signed_in import SignedIn
from inspect_app.ui import recommendation_bulk, recommendation_files
from inspect_app.ui import recommendation_narrowing as narrowing
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, day, show, tag
from inspect_app.ui.tables import facts

DATES_ON_A_PAGE, DATES_PAGE = 40, "dates-page"
NOBODY = "No recommendation fits. Choose “All”, use fewer words, or press “Show all again”."
NONE_YET = (
    "There is no recommendation that you may see yet. One appears here when an inspection that "
    "concerns you publishes it, or when a published one is entered."
)
NO_DATES = (
    "Your organisation has no dates ahead. They come from what is due in answer, from the dates "
    "in a plan, and from when somebody says a re-audit should be."
)


def draw(me: SignedIn) -> None:
    """Draw what the list is narrowed by and, page by page, what it is narrowed to."""
    wanted = narrowing.ask(me)
    found = recommendation_list.page_of(narrowing.page_asked(wanted), by=me)
    if not found.lines:
        st.info(NONE_YET if wanted == Wanted() else NOBODY)
        return
    st.caption(_how_many(found))
    recommendation_files.offer(wanted, me)
    bulk = recommendation_bulk.begin(found.lines, me)
    with st.container(gap="small"):
        for line in found.lines:
            _card(line, bulk)
    if found.pages > 1:
        st.pagination(found.pages, key=narrowing.page_key(wanted), persist_state="session")
    if bulk:
        bulk.draw()


def _how_many(found: AnswerPage) -> str:
    answers = "answer" if found.total == 1 else "answers"
    of = "recommendation" if found.recommendations == 1 else "recommendations"
    where = f" Page {found.page} of {found.pages}." if found.pages > 1 else ""
    return f"{found.total} {answers} of {found.recommendations} {of}.{where}"


def _card(line: AnswerLine, bulk: recommendation_bulk.Bulk | None) -> None:
    with st.container(border=True, gap="xsmall"):
        link(f"{line.title} ({line.code})", "recommendations", recommendation=line.code)
        show(_mark(line), tag("p", tag("strong", f"{line.body}. "), line.label), _facts(line))
        if bulk:
            bulk.choose(line)


def _mark(line: AnswerLine) -> Markup | None:
    marks = {"Draft": line.draft, "Closed": line.closed, "Not followed here": not line.followed}
    said = [tag("span", name, css="mark") for name, on in marks.items() if on]
    return tag("p", *said) if said else None


def _facts(line: AnswerLine) -> Markup:
    about = {
        "Kind": line.kind.english,
        "Inspection": line.inspection_title,
        "Area": line.area,
        "Themes": "; ".join(line.themes),
        "Response due": _answer_due(line),
        "Original date": line.original_due_on and day(line.original_due_on),
        "Latest date": line.due_on and day(line.due_on) if line.slips else None,
        "Times put back": line.slips or None,
        "Claimed": line.claimed_on and day(line.claimed_on),
        "Effect shown": _shown(line),
    }
    return facts([(name, said) for name, said in about.items() if said])


def _answer_due(line: AnswerLine) -> str | None:
    waits = line.followed and line.response_due_on and not line.original_due_on
    return day(line.response_due_on) if waits else None


def _shown(line: AnswerLine) -> str | None:
    """When the effect was shown beside the claim, with the days between."""
    if line.claimed_on is None:
        return day(line.shown_on) if line.shown_on else None
    if line.shown_on is None:
        return f"Not shown, {line.days_to_effect} days after the claim"
    return f"{day(line.shown_on)}, {line.days_to_effect} days after the claim"


def dates_ahead(me: SignedIn) -> None:
    """Draw what the person's body still has to meet, month by month, the earliest first."""
    asked = st.session_state.get(DATES_PAGE, 1)
    held = answer_dates.page_of(asked, DATES_ON_A_PAGE, by=me)
    if not held.lines:
        st.info(NO_DATES)
        return
    st.caption(
        f"{held.total} dates that your organisation has still to meet, {held.past} of them past."
    )
    recommendation_files.offer_dates(me)
    for month, dated in _by_month(held.lines):
        st.subheader(month, anchor=False)
        for each in dated:
            _dated(each, me)
    if held.pages > 1:
        st.pagination(held.pages, key=DATES_PAGE, persist_state="session")


def _by_month(dated: tuple[Dated, ...]) -> Iterator[tuple[str, list[Dated]]]:
    for month, each in groupby(dated, key=lambda one: f"{one.on:%B %Y}"):
        yield month, list(each)


def _dated(each: Dated, me: SignedIn) -> None:
    when, what = st.columns([1, 3], gap="small")
    late = tag("span", "Past", css="mark") if each.on < me.today else None
    first = None
    if each.original and each.original != each.on:
        first = tag("p", f"First promised for {day(each.original)}", css="small")
    with when:
        show(tag("p", tag("strong", day(each.on)), " ", late), first)
    with what, st.container(gap="xsmall"):
        said = each.what if each.text == each.title else f"{each.what}: {each.text}"
        show(tag("p", said))
        link(f"{each.title} ({each.code})", "recommendations", recommendation=each.code)
