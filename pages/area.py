"""Placeholder, to be replaced by this page's helper."""

from inspect_app.access import Permission
from inspect_app.signed_in import SignedIn
from inspect_app.ui.page import page


@page("Area", icon="map", path="area", needs=Permission.READ_INSPECTIONS)
def area(me: SignedIn) -> None:
    """Show nothing yet."""
