"""What the lead does with a sample: send the list in, leave cases out, draw, exchange."""

from typing import Any

import streamlit as st

from data_model.forms import DrawForm, FrameForm, NumberForm, checked
from data_model.forms.sampling import CHOSEN, SEEDED
from data_model.vocabulary import SamplingMethod
from inspect_app.services import sampling
from inspect_app.services.sampling_values import SampleValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.markup import items, show, tag
from inspect_app.ui.page import refusals
from inspect_app.workbooks import agency_lists

REPORT = "sample-report"
MEGABYTES = 50
METHODS: dict[str, str] = {
    method: method.english for method in SamplingMethod if method is not SamplingMethod.NOT_STATED
}
WHAT_IS_TAKEN = (
    "Ofsted's Annex A workbook, an extract of missing episodes from the Standard Safeguarding "
    "Dataset, or any table with headings such as Age, Sex, Ethnicity, Disability, In care and "
    "Missing episodes. Names, dates of birth and identifiers are dropped before anything is kept."
)


def report() -> None:
    """Draw once what became of a list that was just sent in, row by row."""
    lines = st.session_state.pop(REPORT, None)
    if lines:
        with st.container(border=True):
            show(tag("h4", "What became of the list"), items(*lines))


def send(held: SampleValue, me: SignedIn) -> None:
    """Draw the form that sends a list in; what identifies a child goes no further than here."""
    name = f"list-{held.inspection}"
    with st.expander(
        "Send the list in" if held.frame is None else "Replace the list", expanded=not held.frame
    ):
        st.markdown(WHAT_IS_TAKEN)
        sent = st.file_uploader(
            "The list (.xlsx or .csv)",
            type=["xlsx", "csv"],
            key=f"{forms.fresh_key(name)}-file",
            max_upload_size=MEGABYTES,
        )
        if sent is None:
            return
        with refusals():
            _take(held, sent.getvalue(), name, me)


def _take(held: SampleValue, content: bytes, name: str, me: SignedIn) -> None:
    kind = agency_lists.kind_in(content)
    st.markdown(f"**{kind.english}**")
    fields = Fields(FrameForm, forms.fresh_key(name), {})
    about: dict[str, Any] = {"source": fields.ask("source"), "dated_on": fields.ask("dated_on")}
    offered = agency_lists.offered(content)
    if offered:
        lists = {str(offer.listing): offer.label for offer in offered}
        about["lists"] = fields.ask("lists", lists)
        st.caption(FrameForm.model_fields["lists"].description or "")
    if offered and about["lists"]:
        about["only_missing"] = st.checkbox(
            "Only children with a missing episode",
            key=f"{fields.key}-only-missing",
            persist_state="session",
        )
    if held.frame:
        about["reason"] = fields.ask("reason", long=True)
    if st.button("Keep the list", type="primary", key=f"{fields.key}-keep"):
        done = sampling.list_from(held.inspection, content, checked(FrameForm, given(about)), by=me)
        st.session_state[REPORT] = done.lines
        forms.done(name)
        session.say("The list is kept." if done.changed else "It is the list already.")
        st.rerun()


def leave_out(held: SampleValue, me: SignedIn) -> None:
    """Draw the form that excludes a case before the draw, or takes an exclusion back."""
    if held.frame is None or held.draw:
        return
    with st.expander("Exclude a case, or take an exclusion back"):
        name = f"exclude-{held.inspection}"
        fields = Fields(NumberForm, forms.fresh_key(name), {}, line=True)
        sent = {"number": fields.ask("number"), "reason": fields.ask("reason")}
        with st.container(horizontal=True):
            out = st.button("Exclude it", key=f"{fields.key}-out")
            back = st.button("Take the exclusion back", key=f"{fields.key}-back")
        if out or back:
            with refusals():
                act = sampling.exclude if out else sampling.include
                act(held.inspection, checked(NumberForm, given(sent)), by=me)
                forms.done(name)
                session.say(f"Number {sent['number']} {'is excluded' if out else 'counts again'}.")
                st.rerun()


def draw(held: SampleValue, me: SignedIn) -> None:
    """Draw the form that draws the sample; it asks only what the method needs."""
    name = f"draw-{held.inspection}"
    with st.expander("Draw again" if held.draw else "Draw the sample", expanded=held.draw is None):
        seed = st.session_state.setdefault(
            f"{forms.fresh_key(name)}-offered", sampling.offered_seed(held.inspection, by=me)
        )
        kept = {"method": SamplingMethod.RANDOM, "seed": seed, "reserves": 0}
        fields = Fields(DrawForm, forms.fresh_key(name), kept)
        sent = _asked(fields)
        if held.draw or sent["method"] in CHOSEN:
            sent["reason"] = fields.ask("reason", long=True)
        if st.button("Draw the sample", type="primary", key=f"{fields.key}-go"):
            with refusals():
                many = sampling.draw(held.inspection, checked(DrawForm, given(sent)), by=me)
                forms.done(name)
                session.say(f"{many} case{'' if many == 1 else 's'} drawn.")
                st.rerun()


def _asked(fields: Fields) -> dict[str, Any]:
    sent: dict[str, Any] = {"method": fields.ask("method", METHODS)}
    if sent["method"] == SamplingMethod.STRATIFIED:
        sent["divided_by"] = fields.ask("divided_by")
    if sent["method"] in SEEDED:
        left, right = st.columns(2)
        with left:
            sent["size"] = fields.ask("size")
        with right:
            sent["reserves"] = fields.ask("reserves")
        sent["seed"] = fields.ask("seed")
        st.caption(
            "Settle the seed before anybody looks at the list; best with the inspected body."
        )
    if sent["method"] in CHOSEN:
        sent["numbers"] = fields.ask("numbers")
    return sent


def exchange(held: SampleValue, me: SignedIn) -> None:
    """Draw the form that takes a case out of the sample, for the next in reserve."""
    if held.draw is None or not held.draw.sample:
        return
    with st.expander("Exchange a case that cannot be read"):
        name = f"exchange-{held.inspection}"
        fields = Fields(NumberForm, forms.fresh_key(name), {}, line=True)
        open_ones = {c.number: f"{c.number} ({c.entry.where})" for c in held.draw.sample}
        number = st.selectbox(
            "Case of the sample",
            list(open_ones),
            index=None,
            format_func=open_ones.__getitem__,
            key=f"{fields.key}-number",
            placeholder=forms.CHOOSE,
            persist_state="session",
        )
        sent = {"number": number, "reason": fields.ask("reason")}
        if st.button("Take it out", key=f"{fields.key}-go"):
            with refusals():
                spare = sampling.replace(held.inspection, checked(NumberForm, given(sent)), by=me)
                forms.done(name)
                session.say(_exchanged(sent["number"], spare))
                st.rerun()


def _exchanged(out: object, spare: int | None) -> str:
    if spare is None:
        return f"Number {out} is out of the sample. None was left in reserve to take its place."
    return f"Number {out} is out of the sample, and number {spare} takes its place."
