"""The re-audits of one body's answer on the screen: both readings, what they show, and the next."""

import streamlit as st

from inspect_app.errors import Refusal
from inspect_app.services import reaudits
from inspect_app.services.reaudits import ReadingValue, ReauditValue
from inspect_app.services.recommendation_values import OwnerValue, RecommendationValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, day, show, table, tag
from inspect_app.ui.page import refusals

NONE = "No inspection has been named that tests this."
NO_FIRST = "No inspection recorded here came first."


def draw(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    """Draw what tested an answer, and for whoever may the form that names what will."""
    show(tag("h4", "Re-audits"))
    if not owner.reaudits:
        show(tag("p", NONE))
    for code in owner.reaudits:
        found = reaudits.comparison(held.code, owner.organisation, code, by=me)
        show(_verdict(found), _readings(found))
        if found.open_to_reader:
            link(f"Inspection {code}", "inspections", inspection=code)
    if not owner.closed:
        _arrange(held, owner, me)


def _verdict(found: ReauditValue) -> Markup:
    verdict = found.verdict.english if found.verdict else "Nothing to compare yet"
    return tag("p", tag("strong", f"{found.theme}: {verdict.lower()}. "), found.says)


def _readings(found: ReauditValue) -> Markup:
    """Return both readings side by side: a row a grade, with the number of cases."""
    first, second = found.first, found.second
    grades = [name for name, _count in (second.grades or (first.grades if first else ()))]
    rows = [[name, _count_of(first, name), _count_of(second, name)] for name in grades]
    rows.append(["How chosen", _chosen(first), _chosen(second)])
    headings = ["Grade", _heading("First reading", first), _heading("Re-audit", second)]
    return table(f"Cases by grade, {found.theme}", headings, rows)


def _heading(what: str, reading: ReadingValue | None) -> str:
    if reading is None:
        return what
    return (
        f"{what} ({reading.code}, {day(reading.started_on) if reading.started_on else 'undated'})"
    )


def _count_of(reading: ReadingValue | None, grade: str) -> str:
    if reading is None:
        return NO_FIRST
    return str(dict(reading.grades).get(grade, "Not counted here"))


def _chosen(reading: ReadingValue | None) -> str:
    if reading is None:
        return NO_FIRST
    of = f", of {reading.available} eligible" if reading.available else ""
    return f"{reading.sampling}{of}"


def _arrange(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    offered = {
        each.says: each.form for each in reaudits.offered(held.code, owner.organisation, by=me)
    }
    if not offered:
        return
    key = f"reaudit-{owner.id}-{len(owner.reaudits)}"
    with st.expander("Name the inspection that tests this"), st.form(key, border=False):
        says = st.selectbox(
            "Inspection and theme", list(offered), index=None, placeholder="Choose", key=f"{key}-in"
        )
        if st.form_submit_button("Name it as the re-audit", type="primary"):
            with refusals():
                if says is None:
                    raise Refusal("No inspection is chosen.", "Choose the one that tests this.")
                reaudits.arrange(held.code, owner.organisation, offered[says], by=me)
                session.say(f"{offered[says].inspection} now tests this answer.")
                st.rerun()
