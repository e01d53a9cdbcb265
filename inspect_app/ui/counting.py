"""How an indicator of recorded cases is counted: its declared example, and the rows behind it."""

import polars as pl
import streamlit as st

from inspect_app.access import sees_cases
from inspect_app.services import board_parts, reference, scorecards
from inspect_app.services.scorecards import Line
from inspect_app.signed_in import SignedIn
from inspect_app.ui.examples import cell_in_words, cells, example, heading
from inspect_app.ui.figures import figure
from inspect_app.ui.markup import Markup, show, table, tag
from metrics import BY_CODE
from metrics.indicator import Indicator

PARTS_ARE_FEW = (
    "Parts of a small number are smaller still: each stands with its interval, and a difference "
    "between two of them is seldom more than chance."
)
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
        example(declared),
    )
    _parts(line, me)
    if not sees_cases(me.standing, line.inspection):
        st.caption(READERS_ONLY)
        return
    rows = scorecards.rows_behind(line.inspection, line.indicator, by=me)
    with st.expander("The cases behind it, for the readers of this inspection"):
        show(_rows(rows, _columns(declared), me))


def _parts(line: Line, me: SignedIn) -> None:
    """Show who the cases are about, with those nobody recorded and what was not entered."""
    held = board_parts.all_of([line], by=me)
    if not held:
        return
    rows = (
        [each.breakdown.english, part.name, *figure(part.outcome)]
        for each in held
        for part in each.parts
    )
    show(
        tag("h4", "The same, taken apart"),
        tag("p", PARTS_ARE_FEW, css="small"),
        table(
            "The count by who the child is",
            ["By", "Part", "Count and what it is out of", "Share"],
            rows,
        ),
    )


def _columns(declared: Indicator) -> list[str]:
    """Return the columns that the example names: those that the definition looks at."""
    return cells(declared.example.strip().splitlines()[0])


def _rows(rows: pl.DataFrame, looked_at: list[str], me: SignedIn) -> Markup:
    themes = {theme.code: theme.short_name for theme in reference.themes(by=me)}
    columns = ["reference", *(n for n in looked_at if n in rows.columns and n != "reference")]
    held = rows.select(columns).sort("reference").iter_rows(named=True)
    said = ([themes.get(c, cell_in_words(n, c)) for n, c in row.items()] for row in held)
    return table("Every case and how it was sorted", [heading(name) for name in columns], said)
