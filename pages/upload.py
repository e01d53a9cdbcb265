"""Upload a workbook: pack an inspection for work without a network, and bring the work back."""

import streamlit as st

from data_model.vocabulary import InspectionStatus
from inspect_app.access import Permission
from inspect_app.services import inspections
from inspect_app.signed_in import SignedIn
from inspect_app.ui import upload_view
from inspect_app.ui.page import page, refusals


@page("Upload a workbook", icon="upload_file", path="upload", needs=Permission.WRITE_CASES)
def upload(me: SignedIn) -> None:
    """Offer a pack to take away, and show what a file that came back would change."""
    st.markdown(
        "Work where there is no network: take a workbook with you, write in it, and bring it "
        "back. You see what would change before anything does."
    )
    st.subheader("Take a workbook with you", anchor=False)
    being_read = {
        held.code: held.title
        for held in inspections.listed(by=me)
        if held.status is InspectionStatus.READING and held.code in me.standing.reads
    }
    upload_view.offer_pack(being_read, me)
    st.subheader("Bring it back", anchor=False)
    for file in upload_view.files():
        with refusals():
            upload_view.look_and_take(file, me)
