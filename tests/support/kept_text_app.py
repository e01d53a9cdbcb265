"""A page of kept texts without sign-in, whose server a journey may end at any moment."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from inspect_app.errors import Refusal
from inspect_app.ui.kept_text import Kept, Note, forget, kept_text

OWNER = "an-inspector"
TABLE = "CREATE TABLE IF NOT EXISTS texts (key TEXT PRIMARY KEY, text TEXT NOT NULL)"
LONGEST = 2000


@contextmanager
def store() -> Iterator[sqlite3.Connection]:
    """Give the file that outlives the server, locked while it is read and written."""
    opened = sqlite3.connect(os.environ["KEPT_TEXT_FILE"], timeout=30, isolation_level=None)
    opened.execute(TABLE)
    opened.execute("BEGIN IMMEDIATE")
    yield opened
    opened.execute("COMMIT")
    opened.close()


def read(opened: sqlite3.Connection, key: str) -> str:
    """Return the text under a key."""
    row = opened.execute("SELECT text FROM texts WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def keep(key: str, text: str, seen: str) -> Kept:
    """Keep a text without the blanks around it, unless another was kept since `seen` was."""
    if len(text) > LONGEST:
        raise Refusal("The text is too long.", f"Write at most {LONGEST} characters.")
    kept = text.strip()
    with store() as opened:
        there = read(opened, key)
        if there not in (seen, kept):
            return Kept(there, None, clash=there)
        opened.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (key, kept))
    return Kept(kept, datetime.now(UTC))


def notes(text: str) -> list[Note]:
    """Point out one phrase, and say so where it stands in quotation marks."""
    said = "lifestyle choice"
    if said not in text:
        return []
    why = "A child cannot choose to be exploited."
    return [Note(said, why, "Say what was done to the child.", quoted=f"“{said}”" in text)]


def field(name: str, key: str) -> str:
    """Draw one text area, and return what is held of it."""
    with store() as opened:
        kept = read(opened, key)
    return kept_text(
        name,
        key=key,
        kept=kept,
        keep=partial(keep, key),
        help="What the file shows, and where it shows it.",
        owner=OWNER,
        notes=notes,
    )


def draw() -> None:
    """Draw the case that the address names, submitted if the address says so."""
    case = st.query_params.get("case", "1")
    st.session_state["drawn"] = st.session_state.get("drawn", 0) + 1
    if "submitted" in st.query_params:
        forget(OWNER, f"case-{case}-")
    else:
        for name in ("Reason", "Strengths"):
            held = field(name, f"case-{case}-{name.lower()}")
            st.write(f"{name}: {len(held)} characters held")
    st.button("Draw again")
    st.write(f"Drawn {st.session_state['drawn']} times")


st.title("Kept texts")
draw()
