"""Claims: the sentences of an inspection's narrative, each beside what stands behind it."""

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import claims as service
from inspect_app.signed_in import SignedIn
from inspect_app.ui import claim_forms, claim_view, welsh
from inspect_app.ui.links import asked, link
from inspect_app.ui.page import page


@page("Claims", icon="format_quote", path="claims", needs=Permission.READ_INSPECTIONS)
def claims(me: SignedIn) -> None:
    """Show the claims of the inspection that is asked for, or the inspections to choose from."""
    code = asked("inspection")
    if code:
        _narrative(code, me)
    else:
        claim_view.overview(service.told(by=me))


def _narrative(code: str, me: SignedIn) -> None:
    held = service.narrative(code, by=me)
    link("All claims", "claims", icon="arrow_back")
    link("The inspection and its evidence base", "inspections", inspection=code)
    claim_view.heading(held)
    offered = claim_forms.findings(held, me)
    for each in held.claims:
        with st.container(border=True):
            claim_view.claim(each, held.themes, agreed=held.agreed)
            claim_forms.change(each, held, offered, me)
    if held.may_write:
        claim_forms.write(held, offered, me)
    welsh.of_inspection(code, me, may_write=held.may_reword)
