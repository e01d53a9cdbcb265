"""Compare: areas, inspections or periods side by side, with what chance alone could have made."""

from collections.abc import Callable

import streamlit as st

from inspect_app.access import Permission
from inspect_app.signed_in import SignedIn
from inspect_app.ui import compare_areas, compare_inspections, compare_periods
from inspect_app.ui.compare_choice import one_of
from inspect_app.ui.page import page

ABOUT = (
    "Nothing here is a ranking. Every comparison says how far apart chance alone could have put "
    "the two, and is refused where they are not the same thing."
)
WAYS = {
    "areas": "Areas: one indicator, many authorities",
    "inspections": "Inspectorates: two inspections and their grades",
    "periods": "Periods: one area, two times",
}
DRAWN: dict[str, Callable[[SignedIn], None]] = {
    "areas": compare_areas.draw,
    "inspections": compare_inspections.draw,
    "periods": compare_periods.draw,
}


@page("Compare", icon="balance", path="compare", needs=Permission.READ_SCORECARDS)
def compare(me: SignedIn) -> None:
    """Ask what is compared, and draw that."""
    st.markdown(ABOUT)
    DRAWN[one_of("What do you compare?", "way", WAYS)](me)
