"""Recommendations: those in sight, one with everything that hangs on it, and writing a new one."""

from collections.abc import Callable

import streamlit as st

from data_model.vocabulary import Assurance, Response
from inspect_app.access import Permission
from inspect_app.services import recommendations as kept
from inspect_app.services.recommendation_values import RecommendationValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import recommendation, recommendation_forms
from inspect_app.ui.links import link
from inspect_app.ui.page import page

EVERYWHERE = "Every area"
Choice = Callable[[RecommendationValue, SignedIn], bool]
STANDING: dict[str, Choice] = {
    "All": lambda _held, _me: True,
    "Response awaited": lambda held, _me: _any(held, Response.AWAITING),
    "Response late": lambda held, me: held.response_late_on(me.today),
    "Overdue by the original date": lambda held, me: held.overdue_on(me.today),
    "Evidence waiting to be tested": lambda held, _me: _any(held, Assurance.SUBMITTED),
    "Not followed here": lambda held, _me: not held.followed_here,
}


def _any(held: RecommendationValue, status: Response | Assurance) -> bool:
    standing = {word for owner in held.owners for word in (owner.response, owner.assurance)}
    return held.followed_here and status in standing


@page(
    "Recommendations",
    icon="task_alt",
    path="recommendations",
    needs=Permission.READ_RECOMMENDATIONS,
)
def recommendations(me: SignedIn) -> None:
    """Show the recommendation that the address asks for, or the list."""
    asked = st.query_params.get("recommendation")
    if asked:
        link("All recommendations", "recommendations", icon="arrow_back")
        recommendation.draw(kept.view(asked, by=me), me)
        return
    recommendation_forms.write(me)
    _list(kept.listed(by=me), me)


def _list(held: list[RecommendationValue], me: SignedIn) -> None:
    chosen = _chosen(held, me)
    st.caption(f"{len(chosen)} of the {len(held)} recommendations that you may see, newest first.")
    for each in chosen:
        recommendation.card(each, me)


def _chosen(held: list[RecommendationValue], me: SignedIn) -> list[RecommendationValue]:
    left, middle, right = st.columns([2, 2, 2], vertical_alignment="bottom")
    areas = sorted({each.area_label for each in held if each.area_label})
    area = left.selectbox("Area", [EVERYWHERE, *areas])
    standing = middle.selectbox("Where it stands", list(STANDING))
    mine = right.checkbox("Only those addressed to my organisation")
    return [
        each
        for each in held
        if area in {EVERYWHERE, each.area_label}
        and STANDING[standing](each, me)
        and (not mine or each.owned_by(me.standing.organisation))
    ]
