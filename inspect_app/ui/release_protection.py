"""What a release withholds and why, for those who check it: nothing of it is ever published."""

import streamlit as st

from inspect_app.services import release
from inspect_app.signed_in import SignedIn
from inspect_app.ui.markup import show, table, tag
from inspect_app.ui.page import refusals
from metrics.disclosure import Report


def draw(release_id: int, me: SignedIn) -> None:
    """Draw the button that works it out, and then what was withheld, why, and what it cost."""
    with st.expander("What is withheld, and why"):
        st.caption("Worked out from what is recorded now. The public reads one mark, c, for all.")
        if st.button("Work it out", key=f"protection-{release_id}"):
            with refusals(), st.spinner("Protecting every table again, and counting the cost"):
                _shown(release.protection(release_id, by=me))


def _shown(told: Report) -> None:
    if not told.withheld:
        show(tag("p", "Nothing of it has to be withheld."))
        return
    reasons = [(why.value, str(number)) for why, number in told.by_reason.items()]
    cells = [(each.cell, each.why.value) for each in told.withheld]
    show(
        tag("p", cost_in_words(told)),
        table("Cells withheld, by reason", ["Reason", "Cells"], reasons),
        table("Every cell that is withheld", ["Cell", "Why"], cells),
    )


def cost_in_words(told: Report) -> str:
    """Return in a sentence what protection cost a reader, and whether it could cost less."""
    cost = told.cost
    of_counts = f" and {cost.counts:,} of {cost.of_counts:,} counted in them"
    least = (
        "No safe choice of cells would lose less."
        if cost.optimal
        else f"No safe choice could lose less than {cost.bound / cost.loss:.0%} of it."
    )
    return f"Withheld: {cost.cells:,} of {cost.of_cells:,} cells{of_counts}. {least}"
