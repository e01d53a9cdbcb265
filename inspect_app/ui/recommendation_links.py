"""What a recommendation is tied to on the screen: what would test it, repeats, registers, words."""

import streamlit as st

from data_model.forms import RetestForm, checked
from inspect_app.services import reaudits, recommendations, reference, register_intake, repeats
from inspect_app.services.recommendation_values import RecommendationValue
from inspect_app.services.register_values import EntryValue
from inspect_app.services.repeats import Suggestion
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, seen, session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.links import link
from inspect_app.ui.markup import day, plain, show, table, tag
from inspect_app.ui.page import refusals

SUGGESTED = (
    "Made earlier to the same body, about the same theme, in words like these. Read it before "
    "you link it: a link counts as found wanting again."
)


def draw(held: RecommendationValue, me: SignedIn) -> None:
    """Draw what an earlier or later recommendation says of this one, and what would test it."""
    _repeats(held, me)
    _registers(held, me)
    _wordings(held, me)
    if reaudits.may_plan(held.inspection, me):
        with st.expander("Say what would test it"):
            _retest(held, me)


def _repeats(held: RecommendationValue, me: SignedIn) -> None:
    earlier = repeats.earlier(held.code, by=me)
    again = repeats.found_again(held.code, by=me)
    if earlier or again:
        st.subheader("Found wanting again")
    if again:
        show(tag("p", f"Asked again {_times(len(again))} since, most lately in {again[-1]}."))
    for code in again:
        link(f"Asked again in {code}", "recommendations", recommendation=code)
    may = repeats.may_link(held.inspection, me)
    for code in earlier:
        link(f"Repeats {code}", "recommendations", recommendation=code)
        if may and st.button(plain(f"Take back the link to {code}"), key=f"unlink-{code}"):
            with refusals():
                repeats.unlink(held.code, code, by=me)
                session.say(f"{held.code} is no longer linked to {code}.")
                st.rerun()
    if may:
        _suggestions(held, me)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _suggestions(held: RecommendationValue, me: SignedIn) -> None:
    found = repeats.suggested(held.code, by=me)
    if not found:
        return
    with st.expander(f"It may repeat earlier ones ({len(found)})"):
        st.caption(SUGGESTED)
        for each in found:
            _suggestion(held, each, me)


def _suggestion(held: RecommendationValue, each: Suggestion, me: SignedIn) -> None:
    link(f"{each.title} ({each.code})", "recommendations", recommendation=each.code)
    show(
        tag("p", f"Made on {day(each.made_on)}; likeness {each.likeness:.0f} of 100.", css="small")
    )
    if st.button(plain(f"It repeats {each.code}"), key=f"repeat-{each.code}"):
        with refusals():
            repeats.link(held.code, each.code, by=me)
            session.say(f"{held.code} now counts as a repeat of {each.code}.")
            st.rerun()


def _registers(held: RecommendationValue, me: SignedIn) -> None:
    for entry in register_intake.entries(held.code, by=me):
        with st.expander(plain(f"As it stands in {entry.register}, row {entry.line}")):
            show(tag("p", _means(entry)), table("The row", ["Column", "Cell"], entry.said.items()))


def _means(entry: EntryValue) -> str:
    meaning = entry.meaning
    words = "; ".join(meaning.words) if meaning else ""
    said = f"Its status there is “{entry.status}”" if entry.status else "It has no status there"
    parts = [f"{said}, which here means: {words}." if words else f"{said}.", entry.unmapped]
    return " ".join(part for part in parts if part)


def _wordings(held: RecommendationValue, me: SignedIn) -> None:
    kept = recommendations.wordings(held.code, by=me)
    if len(kept) < 2:
        return
    rows = [
        [
            str(w.edition),
            tag("span", w.title),
            tag("span", w.text, css="asis"),
            w.by,
            day(w.at.date()),
        ]
        for w in kept
    ]
    with st.expander(f"Every wording ({len(kept)})"):
        headings = ["Edition", "Title", "Wording", "Who", "When"]
        show(table("Wordings, the last is the one that stands", headings, rows))


def _retest(held: RecommendationValue, me: SignedIn) -> None:
    themes = {t.code: t for t in reference.themes(by=me) if t.code in held.themes}
    name = f"retest-{held.code}"
    key, version = forms.fresh_key(name), seen.shown(name, held.version)
    criteria = {c.code: f"{c.code} {c.text}" for t in themes.values() for c in t.criteria}
    fields = Fields(RetestForm, key, {"theme": held.themes[0]})
    with st.form(key, border=False):
        sent = {
            "theme": fields.ask("theme", {code: t.name for code, t in themes.items()}),
            "criterion": fields.ask("criterion", criteria),
            "sample": fields.ask("sample"),
            "sampling": fields.ask("sampling"),
            "by": fields.ask("by"),
        }
        if st.form_submit_button("Keep what would test it", type="primary"):
            with refusals():
                reaudits.plan(held.code, checked(RetestForm, given(sent)), version, by=me)
                forms.done(name)
                session.say("What would test it is kept.")
                st.rerun()
