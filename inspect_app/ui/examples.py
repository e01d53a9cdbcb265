"""Worked examples of indicators in words, and how a column and a cell of one are said."""

from data_model.vocabulary import (
    AgeBand,
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
from inspect_app.ui.markup import Markup, table
from metrics.indicator import Indicator, Reported

WORDS: dict[str, type[Word]] = {
    "case_kind": CaseKind,
    "age_band": AgeBand,
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


def example(declared: Indicator | Reported) -> Markup:
    """Return an indicator's worked example as a table; a gap of made-up rows is said as one."""
    head, *rows = [cells(line) for line in declared.example.strip().splitlines()]
    if isinstance(declared, Reported):
        return table("Worked examples", [heading(name) for name in head], rows)
    said = ([cell_in_words(n, c) for n, c in zip(head, row, strict=True)] for row in rows)
    return table("An example, with made-up rows", [heading(name) for name in head], said)


def cells(line: str) -> list[str]:
    """Return the cells of one line of an example."""
    return [cell.strip() for cell in line.split("|")]


def heading(name: str) -> str:
    """Return a column's name as it heads a table."""
    return name.replace("_", " ").capitalize()


def cell_in_words(name: str, cell: object) -> str:
    """Return what a cell of a column says; an empty one was not entered."""
    if cell is None or cell == "":
        return "Not entered"
    words = WORDS.get(name)
    if words is not None and str(cell) in set(words):
        return words(str(cell)).english
    return str(cell).replace("_", " ")
