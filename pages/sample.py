"""The sample: from which list an inspection's cases are drawn, how, and whom they leave out."""

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import sampling
from inspect_app.services.sampling_values import SampleValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import sample, sample_forms
from inspect_app.ui.links import asked, link
from inspect_app.ui.page import page


@page("Sample", icon="casino", path="sample", needs=Permission.READ_CASES)
def sample_page(me: SignedIn) -> None:
    """Show the sample of the inspection that is asked for, or the inspections to choose from."""
    code = asked("inspection")
    if code is None:
        _choose(me)
        return
    with st.container(horizontal=True):
        link("All samples", "sample", icon="arrow_back")
        link("The inspection", "inspections", icon="grid_on", inspection=code)
    held = sampling.view(code, by=me)
    sample.heading(held)
    sample_forms.report()
    if held.every_months:
        sample.due(held, me)
    _register(held, me)
    if held.frame:
        _drawn(held, me)
        sample.coverage(held)


def _choose(me: SignedIn) -> None:
    mine = sampling.listed(by=me)
    if not mine:
        st.info("You read cases in no inspection. A lead inspector adds you to one.")
    for title, being_read in (("Being read", True), ("Agreed", False)):
        lines = [line for line in mine if line.open is being_read]
        if lines:
            st.subheader(title, anchor=False)
        for line in lines:
            link(f"{line.title}: {line.says}", "sample", icon="casino", inspection=line.inspection)


def _register(held: SampleValue, me: SignedIn) -> None:
    st.subheader("The list", anchor=False)
    sample.register(held)
    if held.leads and held.open and not held.begun:
        sample_forms.send(held, me)
        sample_forms.leave_out(held, me)


def _drawn(held: SampleValue, me: SignedIn) -> None:
    st.subheader("The sample", anchor=False)
    sample.drawn(held, me)
    if held.leads and held.open:
        sample_forms.exchange(held, me)
        if not held.begun:
            sample_forms.draw(held, me)
