"""How an indicator of recorded cases is counted: its declared example, and the rows behind it."""

import polars as pl
import streamlit as st

from data_model.vocabulary import (
    AgencyRisk,
    Answer,
    CaseKind,
    Ethnicity,
    HarmCategory,
    Network,
    NotGraded,
    Placement,
    Sex,
    Word,
)
from inspect_app.access import sees_cases
from inspect_app.services import reference, scorecards
from inspect_app.services.scorecards import Line
from inspect_app.signed_in import SignedIn
from inspect_app.ui.markup import Markup, show, table, tag
from metrics import BY_CODE
from metrics.indicator import Indicator

WORDS: dict[str, type[Word]] = {
    "case_kind": CaseKind,
    "sex": Sex,
    "ethnicity": Ethnicity,
    "disability": Answer,
    "in_care": Answer,
    "placement": Placement,
    "harm_category": HarmCategory,
    "agency_risk": AgencyRisk,
    "network": Network,
    "flagged": Answer,
    "meets_definition": Answer,
    "not_graded": NotGraded,
}
READERS_ONLY = (
    "The rows behind this number are case files. Only the readers of that inspection see them."
)


def explained(line: Line, me: SignedIn) -> None:
    """Show how an indicator is counted, and to readers the cases that it sorted."""
    declared = BY_CODE[line.indicator]
    if not isinstance(declared, Indicator) or line.inspection is None:
        return
    show(
        tag("h4", "How this is counted"),
        tag("p", declared.asks, f" Source: {declared.source}."),
        _example(declared),
    )
    if not sees_cases(me.standing, line.inspection):
        st.caption(READERS_ONLY)
        return
    rows = scorecards.rows_behind(line.inspection, line.indicator, by=me)
    with st.expander("The cases behind it, for the readers of this inspection"):
        show(_rows(rows, _columns(declared), me))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _example(declared: Indicator) -> Markup:
    head, *rows = [_cells(line) for line in declared.example.strip().splitlines()]
    said = ([_said(name, cell) for name, cell in zip(head, row, strict=True)] for row in rows)
    return table("An example, with made-up rows", [_heading(name) for name in head], said)


def _columns(declared: Indicator) -> list[str]:
    """Return the columns that the example names: those that the definition looks at."""
    return _cells(declared.example.strip().splitlines()[0])


def _rows(rows: pl.DataFrame, looked_at: list[str], me: SignedIn) -> Markup:
    themes = {theme.code: theme.short_name for theme in reference.themes(by=me)}
    columns = ["reference", *(n for n in looked_at if n in rows.columns and n != "reference")]
    held = rows.select(columns).sort("reference").iter_rows(named=True)
    said = ([themes.get(c, _said(n, c)) for n, c in row.items()] for row in held)
    return table("Every case and how it was sorted", [_heading(name) for name in columns], said)


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _said(name: str, cell: object) -> str:
    if cell is None or cell == "":
        return "Not entered"
    words = WORDS.get(name)
    if words is not None and str(cell) in set(words):
        return words(str(cell)).english
    return str(cell).replace("_", " ")
