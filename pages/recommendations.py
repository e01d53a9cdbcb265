"""Recommendations: answers narrowed and listed, dates ahead, one recommendation, and new ones."""

from collections.abc import Callable

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import recommendations as kept
from inspect_app.signed_in import SignedIn
from inspect_app.ui import (
    plan_import,
    recommendation,
    recommendation_list,
    recommendation_narrowing,
    recommendation_writing,
)
from inspect_app.ui.links import asked, link
from inspect_app.ui.page import page

Draw = Callable[[SignedIn], None]
LIST = "List"
VIEWS: dict[str, tuple[Draw, Callable[[SignedIn], bool]]] = {
    LIST: (recommendation_list.draw, lambda _me: True),
    "Dates ahead": (recommendation_list.dates_ahead, recommendation_narrowing.owns_answers),
    "Import a plan": (plan_import.draw, plan_import.may_import),
    "Write": (recommendation_writing.draw, recommendation_writing.may_bring_in),
}
"""The views of the page when no recommendation is asked for, and who is offered each."""


@page(
    "Recommendations",
    icon="task_alt",
    path="recommendations",
    needs=Permission.READ_RECOMMENDATIONS,
)
def recommendations(me: SignedIn) -> None:
    """Show the recommendation that the address asks for, or the list."""
    code = asked("recommendation")
    if code:
        link("All recommendations", "recommendations", icon="arrow_back")
        recommendation.draw(kept.view(code, by=me), me)
        return
    draw, _offered = VIEWS[_view(me)]
    draw(me)


def _view(me: SignedIn) -> str:
    offered = [name for name, (_draw, may) in VIEWS.items() if may(me)]
    if offered == [LIST]:
        return LIST
    chosen: str = st.segmented_control(
        "View",
        offered,
        default=LIST,
        required=True,
        key="recommendations-view",
        label_visibility="collapsed",
        persist_state="session",
    ) or LIST  # fmt: skip
    return chosen
