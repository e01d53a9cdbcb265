"""Placeholder, to be replaced by this page's helper."""

from inspect_app.access import Permission
from inspect_app.signed_in import SignedIn
from inspect_app.ui.page import page


@page("Case review", icon="rate_review", path="case-review", needs=Permission.READ_CASES)
def case_review(me: SignedIn) -> None:
    """Show nothing yet."""
