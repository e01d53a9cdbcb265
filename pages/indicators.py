"""The data dictionary: what each indicator counts, out of what, by which rule and since when."""

import streamlit as st

from inspect_app.access import Permission
from inspect_app.signed_in import SignedIn
from inspect_app.ui.examples import example
from inspect_app.ui.markup import Markup, more, show, table, tag
from inspect_app.ui.page import page
from metrics import BY_CODE, dictionary
from metrics.dictionary import HEADINGS, Entry

ABOUT = (
    "Every indicator, with what is counted, what it is out of, its period, its source, the changes "
    "of recording or definition across which nothing is compared, and a worked example."
)
TITLED = frozenset({"code", "title", "group"})


@page("Indicators", icon="menu_book", path="indicators", needs=Permission.READ_SCORECARDS)
def indicators(_me: SignedIn) -> None:
    """Show the dictionary, narrowed by the words that are searched for, and offer it as CSV."""
    st.markdown(ABOUT)
    words = st.text_input("Search", key="dictionary-words", type="search").casefold().split()
    entries = dictionary.entries()
    found = [each for each in entries if all(word in _text(each) for word in words)]
    st.caption(f"{len(found)} of {len(entries)} indicators.")
    st.download_button(
        "Download the dictionary as CSV",
        data=dictionary.as_csv(found).encode("utf-8-sig"),
        file_name="data-dictionary.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
    for group in dict.fromkeys(each.group for each in found):
        st.subheader(group)
        show(*(_entry(each) for each in found if each.group == group))


def _text(entry: Entry) -> str:
    return " ".join(vars(entry).values()).casefold()


def _entry(entry: Entry) -> Markup | None:
    rows = [
        (title, getattr(entry, name))
        for name, title in HEADINGS.items()
        if name not in TITLED and getattr(entry, name)
    ]
    code = tag("p", entry.code, css="small")
    held = table(entry.title, ["What", "Answer"], rows)
    return more(entry.title, code, held, example(BY_CODE[entry.code]))
