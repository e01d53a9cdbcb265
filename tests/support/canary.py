"""A text that would show itself wherever it is taken for HTML, Markdown, LaTeX or a formula."""

import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

from sqlalchemy import JSON, Column, String, Text

from data_model.records import Record
from data_model.records.base import WordColumn, WordsColumn

ATTACKER = "attacker.example"
CANARY = (
    "=1+1 <img src=//attacker.example/a.png onerror=document.body.dataset.ran=1> "
    "$x^2$ :red[loud] **bold** `code` [go](//attacker.example/b) "
    "![p](//attacker.example/p.png) :material/home: <a href=//attacker.example/c>c</a> #strong[t]"
)
SHORT = (
    "=1 <img src=//attacker.example/a onerror=a()> $x$ :red[l] **bold** [go](//attacker.example)"
)
"""For a field of few characters."""
MARKS = ("<img", "$x", ":red[", "**bold", "`code", "[go]", "![p]", ":material/", "<a ", "#strong")
"""What of it stands out where it is not shown as it is typed."""

CODES = {
    "area": {"old_code"},
    "board_decision": {"quarter", "indicator"},
    "case_file": {"reference"},
    "check_answer": {"check_code", "found"},
    "counted_version": {"version"},
    "figure": {"indicator", "period_label", "breakdown", "category", "paragraph"},
    "intake": {"report"},
    "action": {"indicator"},
    "judgement": {"grade", "topic"},
    "finding": {"grade"},
    "moderation": {"grade"},
    "published_grade": {"grades"},
    "case_answer": {"question"},
    "drawn_case": {"stratum"},
    "frame_entry": {"sheet"},
    "release": {"scope", "inspections_asked", "area_asked", "trail_head"},
    "recommendation_step": {"axis", "before", "after"},
    "return_explanation": {"found"},
    "area_succession": {"kind"},
    "area_neighbour": {"closeness"},
    "statement": {"direction"},
    "agency_return": {"quarter"},
    "draw": {"seed"},
    "pack": {"token"},
    "theme": {"parts"},
    "frame": {"dropped"},
    "evidence_file": {"media_type", "sha256"},
}
"""Columns of text that nobody writes freely: the program reads them as codes."""

WHOLE = {
    "audit_event",
    "case_read",
    "trail_head",
    "working_copy",
    "release_acknowledgement",
    "scale_grade",
}
"""Tables that hold what the program itself wrote, or words of a published scale."""

OF_FEW_CHARACTERS = {"evidence_pointer.locator"}


def free_text() -> list[Column[object]]:
    """Return every column in which somebody's own words are kept."""
    return [
        column
        for table in Record.metadata.sorted_tables
        if table.name not in WHOLE
        for column in table.columns
        if _is_text(column) and not _is_code(column)
    ]


def _is_text(column: Column[object]) -> bool:
    words = isinstance(column.type, WordColumn | WordsColumn | JSON)
    keyed = column.primary_key or column.foreign_keys
    return isinstance(column.type, String | Text) and not words and not keyed


def _is_code(column: Column[object]) -> bool:
    by_person = column.name.endswith(("_by", "_hash"))
    return by_person or column.name in CODES.get(column.table.name, set())


def put_everywhere(file: Path) -> int:
    """Put the canary behind every free text of an SQLite file; return how many there were."""
    changed = 0
    with closing(sqlite3.connect(file)) as held:
        for column in free_text():
            short = f"{column.table.name}.{column.name}" in OF_FEW_CHARACTERS
            says = "?" if short else f"? || ' ' || {column.name}"
            change = f"UPDATE {column.table.name} SET {column.name} = {says}"  # noqa: S608 - ours
            put = [SHORT if short else CANARY]
            changed += held.execute(f"{change} WHERE {column.name} <> ''", put).rowcount
        held.commit()
    return changed


def shown_in_markdown(text: str) -> list[str]:
    """Return the parts of the canary that Markdown would not show as they are typed."""
    return _marks(re.sub(r"\\[!-/:-@[-`{-~]", "", text))


def shown_in_html(text: str) -> list[str]:
    """Return the parts of the canary that are elements in HTML."""
    return [mark for mark in ("<img src=//", "<a href=//") if mark in text]


def as_typed(text: str) -> bool:
    """Whether HTML shows the canary whole."""
    return " ".join(CANARY.split()) in " ".join(unescape(re.sub("<[^>]+>", "", text)).split())


def _marks(text: str) -> list[str]:
    return [mark for mark in MARKS if mark in text]
