"""Progress: what bodies claim beside what was shown, and figures that count the open ones."""

from collections.abc import Callable, Mapping

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services.recommendation_list import Wanted
from inspect_app.signed_in import SignedIn
from inspect_app.ui import progress_board, progress_figures, progress_narrowing
from inspect_app.ui.page import page

Draw = Callable[[Wanted, SignedIn], None]
BOARD = "Board"
VIEWS: Mapping[str, Draw] = {BOARD: progress_board.draw, "Figures": progress_figures.draw}


@page("Progress", icon="flag", path="progress", needs=Permission.READ_RECOMMENDATIONS)
def progress(me: SignedIn) -> None:
    """Show the board or the figures of what the person narrows them to."""
    wanted = progress_narrowing.ask(me)
    chosen = st.segmented_control(
        "View",
        list(VIEWS),
        default=BOARD,
        required=True,
        key="progress-view",
        label_visibility="collapsed",
        persist_state="session",
    )
    VIEWS[chosen or BOARD](wanted, me)
