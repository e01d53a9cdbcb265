"""The audit trail: who changed what and when, and whether anybody has rewritten it since."""

from datetime import date

import streamlit as st

from data_model.trail_check import Checked
from inspect_app.access import Permission
from inspect_app.services import trail as trails
from inspect_app.services import trail_export
from inspect_app.services.trail import TrailLine, Wanted
from inspect_app.services.trail_words import in_words
from inspect_app.signed_in import SignedIn
from inspect_app.ui import markup
from inspect_app.ui.page import page

SHOWN = 100


@page("Trail", icon="history", path="trail", needs=Permission.READ_TRAIL)
def trail(me: SignedIn) -> None:
    """Show the events that are asked for, and offer to check the chains they form."""
    st.markdown(
        "Every change, and every look at a case, is an event that carries the hash of the event "
        "before it. What was written in case files is not shown here."
    )
    if st.button("Check the whole trail"):
        _verdict(trails.chain(by=me))
    wanted = _wanted(me)
    events = trails.latest(by=me, limit=SHOWN, wanted=wanted)
    headings = ["Number", "When", "Who", "What", "About", "Reason given"]
    caption = f"The newest events of those asked for, at most {SHOWN}, newest first"
    markup.show(markup.table(caption, headings, (_row(event) for event in events)))
    st.download_button(
        "These events as a CSV file",
        trail_export.lines_as_csv(events),
        "trail.csv",
        "text/csv",
        on_click="ignore",
    )


def _wanted(me: SignedIn) -> Wanted:
    """Ask which events are to be shown."""
    offered = trails.offered(by=me)
    with st.container(horizontal=True):
        person = st.selectbox(
            "Who", ["", *offered.people], format_func=lambda code: offered.people.get(code, "All")
        )
        action = st.selectbox(
            "What", ["", *offered.actions], format_func=lambda a: in_words(a) if a else "All"
        )
        about = st.text_input("About", placeholder="its beginning, such as release")
        since = st.text_input("From the day", placeholder="2026-01-31")
        until = st.text_input("To the day", placeholder="2026-03-31")
    return Wanted(person, action, about.strip(), _day(since), _day(until))


def _day(said: str) -> date | None:
    """Return a day that was typed; nothing, and a word about it, where it is none."""
    try:
        return date.fromisoformat(said.strip()) if said.strip() else None
    except ValueError:
        st.warning(f"{markup.plain(said)} is not a day. Write it as 2026-01-31.")
        return None


def _verdict(checked: Checked) -> None:
    if checked.holds:
        st.success(
            f"The trail holds: {checked.events:,} changes and {checked.reads:,} looks at cases, "
            "each fitting the one before it."
        )
        st.caption(f"Hash of the newest change: {checked.head}")
        return
    said = " ".join(str(fault) for fault in checked.faults)
    st.error(
        f"**The trail does not hold.** {said} It was done outside this product. Compare the "
        "database with a backup and with the hashes printed in earlier releases."
    )


def _row(event: TrailLine) -> list[object]:
    day = markup.tag("span", markup.day(event.at.date()), css="number")
    when = _two(day, f"{event.at:%H:%M} UTC")
    acted = event.acted_as.replace(";", ", ").replace("_", " ") or "in a role not kept then"
    via = f"from {event.via}" if event.via else ""
    what, why = in_words(event.action), event.reason or "None shown"
    return [event.number, when, _two(event.by, acted), _two(what, via), event.subject, why]


def _two(first: object, second: str) -> markup.Markup:
    """Return a cell of two lines, the second smaller."""
    return markup.together(first, markup.tag("p", second, css="small") if second else None)
