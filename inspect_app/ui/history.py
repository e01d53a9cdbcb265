"""The history of a record on its page: who did what and when, read once it is unfolded."""

from collections.abc import Callable, Sequence

import streamlit as st

from inspect_app.services.history import Changed, Happened
from inspect_app.signed_in import SignedIn
from inspect_app.ui import markup
from inspect_app.ui.markup import Markup, tag


def draw(tell: Callable[..., Sequence[Happened]], which: int | str, me: SignedIn) -> None:
    """Draw the history of a record, closed; what is in it is read when somebody opens it."""
    box = st.expander(
        "History", icon=":material/history:", on_change="rerun", key=f"history-{which}"
    )
    if not box.open:
        return
    told = tell(which, by=me)
    with box:
        if not told:
            st.info("Nothing that you may see has happened to it here.")
            return
        markup.show(
            markup.table(
                "What happened, newest first",
                ("When", "Who", "What", "Why", "From where", "Changed"),
                (_row(each) for each in told),
            )
        )


def _row(each: Happened) -> list[object]:
    when = f"{markup.day(each.at.date())}, {each.at:%H:%M} UTC"
    changed = [_changed(one) for one in each.fields]
    listed: object = tag("ul", *(tag("li", one) for one in changed)) if changed else "Nothing named"
    return [when, each.by, each.what, each.reason or "None given", each.via or "Unknown", listed]


def _changed(one: Changed) -> Markup | str:
    if not (one.before or one.after):
        return one.field
    return f"{one.field}: {one.before} → {one.after}"
