"""Grades and counts as tables: every cell says its grade in words; colour and pattern only help."""

from collections.abc import Callable, Iterable, Sequence

import polars as pl
import streamlit as st

from data_model.vocabulary import Basis, CaseKind, NotGraded
from inspect_app.publishing.grade_looks import LOOKS
from inspect_app.services.inspection_values import QuotationValue
from inspect_app.services.inspections import Workspace
from inspect_app.services.matrix import MatrixRow
from inspect_app.services.reference import ScaleValue
from inspect_app.ui.markup import Markup, show, table, tag, together
from metrics import counts

NOT_ENTERED = "Not entered yet"
BLIND = "Blind"
WHY_BLIND = (
    "Blind: you may still be asked to read this case second, so nobody shows you what its first "
    "reader found. You see it once your readings have been compared, or the case counts."
)
SHORT = {
    CaseKind.CSE: "CSE",
    CaseKind.MISSING: "Missing",
    CaseKind.BOTH: "CSE and missing",
    CaseKind.OTHER: "Other",
}


def facts(pairs: Iterable[tuple[str, object]]) -> Markup:
    """Return headed facts, side by side where there is room."""
    held = (tag("div", tag("dt", name), tag("dd", said)) for name, said in pairs)
    return tag("dl", *held, css="factlist")


def grade(code: str | None, scale: ScaleValue, decided: str | None = None) -> Markup:
    """Return a cell of the matrix: a grade of the scale, why there is none, or not entered yet.

    `decided` says who has decided it, where readers differed.
    """
    words = dict(scale.grades)
    if code is None:
        return tag("span", NOT_ENTERED, css="grade grade-unentered")
    rest = together(tag("br"), tag("em", f"({decided})")) if decided else None
    if code in words:
        return tag("span", words[code], rest, css=f"grade {_look(code)}")
    why = NotGraded(code).english
    unseen = tag("span", "Not graded: ", css="unseen")
    return tag("span", unseen, why, rest, css="grade grade-none")


def _look(code: str) -> str:
    return f"grade-{LOOKS.get(code, 'other')}"


def legend(scale: ScaleValue) -> Markup:
    """Return what the cells look like, best grade first."""
    marks = [tag("span", words, css=f"grade {_look(code)}") for code, words in scale.grades]
    marks.append(tag("span", "Not graded: the reason stands there", css="grade grade-none"))
    marks.append(tag("span", NOT_ENTERED, css="grade grade-unentered"))
    return tag("div", *marks, css="legend")


def matrix(place: Workspace, opens: Callable[[MatrixRow], None]) -> None:
    """Draw the grades, a case a row; `opens` draws the link that opens a row's case."""
    show(legend(place.scale), _about_rows(place.matrix or ()))
    with st.container(gap="xsmall"):
        _matrix_line(lambda: show(tag("strong", "Case")), _heads(place))
        for row in place.matrix or ():
            _matrix_line(lambda row=row: opens(row), _cells(row, place))  # type: ignore[misc]


def _matrix_line(draws: Callable[[], None], cells: Markup) -> None:
    first, rest = st.columns([1, 10], vertical_alignment="center", gap="small")
    with first:
        draws()
    with rest:
        show(cells)


def _grid(place: Workspace, *cells: Markup, **said: str) -> Markup:
    return tag("ul", *cells, css="grades", style=f"--themes: {len(place.themes)}", **said)


def _heads(place: Workspace) -> Markup:
    names = ["Read for, and by", *place.themes.values()]
    heads = (tag("li", name, css="head") for name in names)
    return _grid(place, *heads, **{"aria-hidden": "true"})


def _about_rows(rows: Sequence[MatrixRow]) -> Markup:
    """Return how many cases there are, how many were read twice, and why some are blind."""
    twice = sum(row.twice for row in rows)
    read = f"{len(rows)} cases, {twice or 'none'} of them read twice."
    why = tag("p", WHY_BLIND, css="small") if any(row.hidden for row in rows) else None
    return together(tag("p", tag("strong", read)), why)


def _cells(row: MatrixRow, place: Workspace) -> Markup:
    marks: list[object] = [tag("br"), tag("span", row.status.english, css="mark")]
    if row.twice:
        marks += [tag("br"), "Read twice"]
    about = tag("li", tag("div", SHORT[row.kind], tag("br"), row.reader, *marks, css="case"))
    given = (
        tag("li", tag("span", f"{name}: ", css="unseen"), _cell(row, code, place.scale))
        for code, name in place.themes.items()
    )
    return _grid(place, about, *given)


def _cell(row: MatrixRow, theme: str, scale: ScaleValue) -> Markup:
    if row.hidden:
        return tag("span", BLIND, css="grade grade-none")
    decided = "decided by the lead" if theme in row.decided else None
    return grade(row.cells[theme], scale, decided)


def grade_counts(place: Workspace) -> Markup:
    """Return how the cases recorded here were graded, a theme a row, as counts and as a bar."""
    codes = [*place.scale.codes, counts.NOT_GRADED]
    words = {**dict(place.scale.grades), counts.NOT_GRADED: "Not graded"}
    held = {
        (row["theme"], row["grade"]): int(row["cases"])
        for row in place.evidence.filter(pl.col("theme") != counts.ALL).iter_rows(named=True)
    }
    rows = [
        [name, *(held[code, given] for given in codes), _bar(held, code, codes)]
        for code, name in place.themes.items()
    ]
    headings = ["Theme", *(words[code] for code in codes), "As a picture"]
    caption = f"Cases by theme and grade, of {place.cases_read} cases read"
    return table(caption, headings, rows)


def _bar(held: dict[tuple[str, str], int], theme: str, codes: Sequence[str]) -> Markup:
    """A bar whose pieces are as wide as their counts; hidden from readers aloud, who have those."""
    pieces = (
        tag("span", css=f"grade {_piece(code)}", style=f"flex: {held[theme, code]}")
        for code in codes
        if held[theme, code]
    )
    return tag("div", *pieces, css="bar", **{"aria-hidden": "true"})


def _piece(code: str) -> str:
    return "grade-none" if code == counts.NOT_GRADED else _look(code)


def case_kinds(place: Workspace) -> Markup:
    """Return how many cases of each kind were read."""
    kinds = place.evidence.filter((pl.col("theme") == counts.ALL) & pl.col("cases").is_not_null())
    rows = [(CaseKind(r["case_kind"]).english, r["cases"]) for r in kinds.iter_rows(named=True)]
    return table("Cases read, by what they were read for", ("Kind of case", "Cases"), rows)


def published_counts(place: Workspace, basis: Basis) -> Markup:
    """Return the counts a publication gives on one basis; a split it does not give is not made."""
    held = place.evidence.filter(pl.col("basis") == str(basis))
    rows = [
        (
            CaseKind(row["case_kind"]).english,
            "All themes" if row["theme"] == counts.ALL else place.themes.get(row["theme"]),
            _published_grade(row["grade"], place.scale),
            _number(row["cases"]),
            _number(row["cases_read"]),
        )
        for row in held.iter_rows(named=True)
    ]
    headings = ("Kind of case", "Theme", "Grade", "Cases", "Cases of this kind read")
    return table("Cases as published", headings, rows)


def _published_grade(said: str, scale: ScaleValue) -> Markup:
    words = dict(scale.grades)
    codes = said.split("|")
    if any(code not in words for code in codes):
        unknown = {counts.NOT_PUBLISHED: "Grades not published", counts.NOT_STATED: "Not stated"}
        return tag("span", unknown.get(said, said), css="grade grade-none")
    together_said = " or ".join(words[code] for code in codes)
    if len(codes) == 1:
        return tag("span", together_said, css=f"grade {_look(said)}")
    return tag("span", f"{together_said}, published as one number", css="grade grade-other")


def _number(number: int | None) -> object:
    return tag("strong", "Number not published") if number is None else number


def quotation(said: QuotationValue) -> Markup:
    """Return the words that a published count rests on, with their paragraph."""
    if not said.quotation:
        return tag("p", "No words are quoted for this count.", css="small")
    where = ", ".join(part for part in (said.paragraph, said.evidence_id) if part)
    source = tag("span", f" ({where})", css="small") if where else None
    return tag("blockquote", f"“{said.quotation}”", source)
