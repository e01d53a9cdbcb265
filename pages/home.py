"""Placeholder, to be replaced by this page's helper."""

from inspect_app.access import Permission
from inspect_app.signed_in import SignedIn
from inspect_app.ui.page import page


@page("Home", icon="home", path="home", needs=None)
def home(me: SignedIn) -> None:
    """Show nothing yet."""
