"""Placeholder, to be replaced by this page's helper."""

from inspect_app.access import Permission
from inspect_app.signed_in import SignedIn
from inspect_app.ui.page import page


@page("Releases", icon="inventory_2", path="releases", needs=Permission.READ_RELEASES)
def releases(me: SignedIn) -> None:
    """Show nothing yet."""
