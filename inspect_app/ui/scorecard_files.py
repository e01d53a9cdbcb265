"""The files of a scorecard: a board paper in Word or PDF, and its tables in Excel."""

from collections.abc import Mapping

import streamlit as st

from inspect_app.services import scorecard_files
from inspect_app.signed_in import SignedIn
from inspect_app.ui.page import refusals
from inspect_app.ui.recommendation_files import OFFICE, Kind

KINDS: Mapping[str, Kind] = {
    "Board paper (Word)": Kind("docx", f"{OFFICE}.wordprocessingml.document", scorecard_files.word),
    "Board paper (PDF)": Kind("pdf", "application/pdf", scorecard_files.pdf),
    "Workbook (Excel)": Kind("xlsx", f"{OFFICE}.spreadsheetml.sheet", scorecard_files.excel),
}


def offer(area: str, quarter: str | None, me: SignedIn) -> None:
    """Offer the scorecard in each kind of file, made only when it is asked for."""
    with st.container(horizontal=True, gap="small"):
        asked = [
            kind
            for name, kind in KINDS.items()
            if st.button(name, key=f"scorecard-{kind.suffix}", icon=":material/description:")
        ]
    for kind in asked:
        with refusals():
            _made(kind, area, quarter, me)


def _made(kind: Kind, area: str, quarter: str | None, me: SignedIn) -> None:
    with st.spinner("Preparing the file"):
        data = kind.made(area, quarter, by=me)
    file = scorecard_files.file_name(area, quarter, kind.suffix, by=me)
    st.download_button(
        f"Download {file}",
        data=data,
        file_name=file,
        mime=kind.mime,
        key="scorecard-file",
        on_click="ignore",
        icon=":material/download:",
        type="primary",
    )
