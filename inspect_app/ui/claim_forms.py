"""The forms for claims: write one, reword or link it, take it out, answer for it."""

from collections.abc import Sequence

import streamlit as st

from data_model.forms import ClaimAnswerForm, ClaimForm, checked
from data_model.vocabulary import Better
from inspect_app.services import claims, recommendation_drafts
from inspect_app.services.claim_values import ClaimValue
from inspect_app.services.claims import Narrative
from inspect_app.services.recommendation_drafts import Candidate
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.page import refusals
from metrics import INDICATORS
from metrics.indicator import Reported

SERIES = {
    each.code: each.title
    for each in INDICATORS
    if isinstance(each, Reported) and each.better is not Better.NEITHER
}
"""Indicators that can bear a claim out: reported, and one direction of them is better."""


def findings(held: Narrative, me: SignedIn) -> tuple[Candidate, ...]:
    """Return the findings that the person can choose from; those of its lead, once they count."""
    if not (held.may_write and held.agreed):
        return ()
    return recommendation_drafts.draft(held.inspection, by=me).findings


def write(held: Narrative, offered: Sequence[Candidate], me: SignedIn) -> None:
    """Draw the form for one more claim."""
    name = f"claim-{held.inspection}"
    with (
        st.expander("Write a claim", expanded=not held.claims),
        st.form(forms.fresh_key(name), border=False),
    ):
        sent = _asked(forms.fresh_key(name), {}, held, offered)
        if st.form_submit_button("Add the claim", type="primary"):
            with refusals():
                code = claims.write(held.inspection, checked(ClaimForm, given(sent)), by=me)
                forms.done(name)
                session.say(f"Claim {code} is added.")
                st.rerun()


def change(held: ClaimValue, place: Narrative, offered: Sequence[Candidate], me: SignedIn) -> None:
    """Draw what the person may do with a claim, folded away under it."""
    if place.may_answer and held.to_answer:
        what = "Answer for" if held.outstanding else "Change the answer for"
        with st.expander(f"{what} claim {held.position}", expanded=held.outstanding):
            _answer(held, me)
    if place.may_reword:
        with st.expander(f"Reword or link claim {held.position}"):
            _reword(held, place, offered, me)


def _answer(held: ClaimValue, me: SignedIn) -> None:
    key = f"answer-{held.code}-{held.version}"
    fields = Fields(
        ClaimAnswerForm, key, {"answer": held.answer, "answer_welsh": held.answer_welsh}
    )
    with st.form(key, border=False):
        sent = {
            "answer": fields.ask("answer", long=True),
            "answer_welsh": fields.ask("answer_welsh", long=True),
            "kept_because": fields.ask("kept_because"),
        }
        if st.form_submit_button("Answer in writing", type="primary"):
            with refusals():
                form = checked(ClaimAnswerForm, given(sent))
                claims.answer(held.code, form, held.version, by=me)
                session.say(f"Claim {held.code} is answered.")
                st.rerun()


def _reword(held: ClaimValue, place: Narrative, offered: Sequence[Candidate], me: SignedIn) -> None:
    key = f"reword-{held.code}-{held.version}"
    kept = {name: getattr(held, name) for name in ("text", "text_welsh", "direction")}
    links = {name: getattr(held, name) for name in ("themes", "findings", "indicators")}
    with st.form(key, border=False):
        sent = _asked(key, {**kept, **links}, place, offered)
        if held.answer:
            st.caption("Its answer ends when it is changed.")
        changed = st.form_submit_button("Save the claim", type="primary")
        out = place.may_write and st.form_submit_button("Take it out")
    with refusals():
        if changed:
            form = checked(ClaimForm, given(sent))
            claims.reword(held.code, form, held.version, by=me)
            session.say(f"Claim {held.code} is changed.")
            st.rerun()
        if out:
            claims.take_out(held.code, held.version, by=me)
            session.say(f"Claim {held.code} is taken out.")
            st.rerun()


def _asked(
    key: str, kept: dict[str, object], place: Narrative, offered: Sequence[Candidate]
) -> dict[str, object]:
    fields = Fields(ClaimForm, key, kept)
    return {
        "text": fields.ask("text", long=True),
        "text_welsh": fields.ask("text_welsh", long=True),
        "direction": fields.ask("direction"),
        "themes": fields.ask("themes", place.themes),
        "findings": _chosen(fields, place, offered, kept.get("findings", ())),
        "indicators": fields.ask("indicators", SERIES),
        "kept_because": fields.ask("kept_because"),
    }


def _chosen(fields: Fields, place: Narrative, offered: Sequence[Candidate], kept: object) -> object:
    """Ask for findings; who may not choose among them leaves those that are chosen."""
    if not offered:
        return kept
    labels = {
        each.finding: f"{place.themes.get(each.theme, each.theme)}: {each.reference}, {each.grade}"
        for each in offered
    }
    return fields.ask("findings", labels)  # type: ignore[arg-type]
