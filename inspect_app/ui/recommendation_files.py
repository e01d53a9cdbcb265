"""The files of a list of answers: CSV, a workbook, and a board paper in Word or PDF."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from inspect_app.services import answers_file, board_papers
from inspect_app.services.recommendation_list import Wanted
from inspect_app.signed_in import SignedIn
from inspect_app.ui.page import refusals


@dataclass(frozen=True)
class Kind:
    """A kind of file: how its name ends, what it is to a browser, and what makes it."""

    suffix: str
    mime: str
    made: Callable[..., bytes]


OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: Mapping[str, Kind] = {
    "Board paper (Word)": Kind("docx", f"{OFFICE}.wordprocessingml.document", board_papers.word),
    "Board paper (PDF)": Kind("pdf", "application/pdf", board_papers.pdf),
    "Workbook (Excel)": Kind("xlsx", f"{OFFICE}.spreadsheetml.sheet", board_papers.excel),
}


def offer(wanted: Wanted, me: SignedIn) -> None:
    """Offer files of everything that the list is narrowed to, made only when asked for."""
    with st.expander("Download this list"):
        st.caption("Every line that the list is narrowed to, not only this page.")
        _csv(wanted, me)
        name = st.radio("Board paper or workbook", list(KINDS), horizontal=True, key="paper-kind")
        if st.button("Prepare the file", key="prepare-paper"):
            with refusals():
                _paper(KINDS[name], wanted, me)


def _csv(wanted: Wanted, me: SignedIn) -> None:
    st.download_button(
        "Download as CSV",
        data=partial(answers_file.as_csv, wanted, by=me),
        file_name=board_papers.file_name(wanted, "csv", by=me),
        mime="text/csv",
        key="list-csv",
        on_click="ignore",
        icon=":material/download:",
    )


def offer_dates(me: SignedIn) -> None:
    """Offer all the dates that the person's body still has to meet as CSV."""
    st.download_button(
        "Download the dates as CSV",
        data=partial(answers_file.dates_as_csv, by=me),
        file_name=f"dates-{me.today}.csv",
        mime="text/csv",
        key="dates-csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _paper(kind: Kind, wanted: Wanted, me: SignedIn) -> None:
    with st.spinner("Preparing the file"):
        data = kind.made(wanted, by=me)
    file = board_papers.file_name(wanted, kind.suffix, by=me)
    st.download_button(
        f"Download {file}",
        data=data,
        file_name=file,
        mime=kind.mime,
        key="list-paper",
        on_click="ignore",
        icon=":material/download:",
        type="primary",
    )
