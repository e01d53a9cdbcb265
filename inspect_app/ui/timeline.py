"""Everything inspected in one place, newest first, with the bodies that inspected side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
import streamlit as st

from data_model.vocabulary import Basis, CaseKind, InspectionStatus
from inspect_app.services.areas import Entry
from inspect_app.services.inspection_values import JudgementValue, QuotationValue, StatementValue
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, day, items, more, show, table, tag, together
from metrics.counts import ALL, NOT_GRADED, NOT_STATED

FACING_MONTHS = 18
ABREAST = 3
OTHERS = "Other bodies"
NAMELESS = {OTHERS: "other bodies"}
NOTHING_BEHIND = "No graded case stands behind what it says."
DIRECTIONS = {"positive": "Positive", "negative": "Negative", "mixed": "Mixed"}
CASES: dict[str, tuple[str, str]] = {
    CaseKind.CSE: ("child sexual exploitation case", "child sexual exploitation cases"),
    CaseKind.MISSING: ("missing child case", "missing child cases"),
    CaseKind.BOTH: (
        "case of exploitation and going missing",
        "cases of exploitation and going missing",
    ),
    CaseKind.OTHER: (
        "other case mentioning exploitation",
        "other cases mentioning exploitation",
    ),
}


@dataclass(frozen=True)
class Row:
    """Inspections that stand facing each other: within eighteen months, each by another body."""

    entries: tuple[Entry, ...]

    @property
    def when(self) -> str:
        """The periods of its inspections in their own words, earliest first."""
        periods = (entry.inspection.period for entry in reversed(self.entries))
        said = " · ".join(dict.fromkeys(periods))
        return f"{said[:1].upper()}{said[1:]}"


def rows(timeline: Iterable[Entry]) -> list[Row]:
    """Return the timeline as rows, newest first.

    An inspection joins the row above it while that row holds none of the same body's and
    nothing more than eighteen months later: those are the ones a contradiction is looked
    for between.
    """
    found: list[list[Entry]] = []
    for entry in timeline:
        if found and _faces(entry, found[-1]):
            found[-1].append(entry)
        else:
            found.append([entry])
    return [Row(tuple(entries)) for entries in found]


def _faces(entry: Entry, row: Sequence[Entry]) -> bool:
    bodies = {held.inspection.inspecting for held in row}
    newest, mine = row[0].inspection.started_on, entry.inspection.started_on
    if newest is None or mine is None or entry.inspection.inspecting in bodies:
        return False
    return _months(newest) - _months(mine) <= FACING_MONTHS


def _months(on: date) -> int:
    return on.year * 12 + on.month


def columns(timeline: Iterable[Entry]) -> list[str]:
    """Return the bodies that get a column of their own, those with most graded cases first.

    Where there are more than fit, the last column holds all the other bodies.
    """
    weight: dict[str, tuple[int, int]] = {}
    for entry in timeline:
        graded, times = weight.get(body(entry), (0, 0))
        weight[body(entry)] = (graded + entry.graded_cases, times + 1)
    ordered = sorted(weight, key=lambda name: (-weight[name][1], -weight[name][0], name))
    return ordered if len(ordered) <= ABREAST else [*ordered[: ABREAST - 1], OTHERS]


def body(entry: Entry) -> str:
    """Return who read, as a heading."""
    return " with ".join(entry.inspection.inspecting) or "Reader not stated"


def short(name: str) -> str:
    """Return a body's name without what stands in brackets, unless that says it is invented."""
    return name if name.endswith("(invented)") else name.partition(" (")[0]


def _full(name: str) -> Markup | None:
    rest = name.removeprefix(short(name)).strip(" ()")
    return tag("p", rest, css="small") if rest else None


def draw(timeline: Sequence[Entry], themes: Mapping[str, str]) -> None:
    """Draw the timeline, one row of cards at a time."""
    bodies = columns(timeline)
    for row in rows(timeline):
        show(tag("h3", row.when))
        for column, name in zip(st.columns(len(bodies)), bodies, strict=True):
            mine = [e for e in row.entries if _stands_under(e, name, bodies)]
            with column:
                for entry in mine:
                    _card(entry, themes)
                if not mine:
                    show(tag("p", f"Nothing by {NAMELESS.get(name, short(name))}", css="small"))


def _stands_under(entry: Entry, name: str, bodies: Sequence[str]) -> bool:
    return name == (body(entry) if body(entry) in bodies else OTHERS)


def _card(entry: Entry, themes: Mapping[str, str]) -> None:
    held = entry.inspection
    with st.container(border=True):
        if _says_little(entry):
            show(*_in_short(entry))
        else:
            show(*at_length(entry, themes))
        link(f"Inspection {held.code}", "inspections", inspection=held.code)


def _says_little(entry: Entry) -> bool:
    """Whether only judgements on the whole service are known of it."""
    counted = entry.evidence.get_column("cases_read").count()
    return bool(entry.judgements) and not entry.statements and not counted


def _in_short(entry: Entry) -> list[Markup | None]:
    first = entry.judgements[0]
    return [
        tag("h4", short(body(entry)), ", ", entry.inspection.period),
        tag("p", f"{first.topic}: ", tag("strong", first.grade), "."),
        tag("p", *counts_in_words(entry), f" {NOTHING_BEHIND}"),
        *_marks(entry),
        more("All judgements, and notes", _judged(entry.judgements), *_behind(entry)),
    ]


def at_length(entry: Entry, themes: Mapping[str, str]) -> list[Markup | None]:
    """Return everything that is known of an inspection, as markup."""
    held = entry.inspection
    return [
        tag("h4", short(body(entry)), ", ", held.period),
        _full(body(entry)),
        tag("p", held.kind.english, ". ", held.title, css="small"),
        *_marks(entry),
        *(tag("p", tag("strong", said)) for said in counts_in_words(entry)),
        tag("p", NOTHING_BEHIND, css="loud") if _says_without_grades(entry) else None,
        _by_theme(entry, themes),
        *(_statement(statement) for statement in entry.statements),
        more("Judgements on the whole service", _judged(entry.judgements)),
        more("The words these counts rest on, and notes", *_behind(entry)),
    ]


def _marks(entry: Entry) -> list[Markup]:
    held = entry.inspection
    said = []
    if held.whole_force:
        said.append("Of the whole police force area, not this area alone")
    if len(held.area_codes) > 1 and not held.whole_force:
        said.append("Of several areas together; its cases are not counted by area")
    if held.status is InspectionStatus.READING:
        said.append("Cases are being read; nothing counts yet")
    if held.invented:
        said.append("Invented")
    return [tag("p", tag("span", text, css="mark")) for text in said]


def _says_without_grades(entry: Entry) -> bool:
    says = entry.statements or entry.judgements
    return bool(says) and not entry.graded_cases and entry.inspection.recorded_here is False


def counts_in_words(entry: Entry) -> list[str]:
    """Return how many cases of each kind were read and how they were graded, a sentence each."""
    if entry.evidence.is_empty():
        return []
    if entry.inspection.recorded_here:
        return [_recorded(entry.evidence)]
    groups = entry.evidence.partition_by("case_kind", "theme", maintain_order=True)
    return [_published(rows.to_dicts(), dict(entry.grades)) for rows in groups]


def _recorded(evidence: pl.DataFrame) -> str:
    found = evidence.filter((pl.col("grade") == ALL) & (pl.col("cases") > 0))
    kinds = found.sort("cases", descending=True).select("case_kind", "cases").iter_rows()
    read = evidence.item(0, "cases_read")
    return f"{read} cases read: {', '.join(_cases(kind, number) for kind, number in kinds)}."


def _cases(kind: str, number: int) -> str:
    one, several = CASES[kind]
    return f"{number} {one if number == 1 else several}"


def _published(rows: Sequence[Mapping[str, object]], grades: Mapping[str, str]) -> str:
    kind, read = str(rows[0]["case_kind"]), rows[0]["cases_read"]
    if rows[0]["basis"] == Basis.PUBLISHED_WITHOUT_GRADES:
        if not isinstance(read, int):
            return f"Number of {CASES[kind][1]} read: not published."
        return f"{_cases(kind, read)} read; grades not published."
    counts = ", ".join(_graded(row, grades) for row in rows)
    number = _cases(kind, read) if isinstance(read, int) else f"{CASES[kind][1].capitalize()}"
    return f"{number}: {counts}."


def _graded(row: Mapping[str, object], grades: Mapping[str, str]) -> str:
    codes = str(row["grade"]).split("|")
    if codes == [NOT_STATED]:
        return f"{row['cases']!s} with no grade stated"
    words = " or ".join(grades.get(code, code).lower() for code in codes)
    return f"{row['cases']!s} {words}{', not split' if len(codes) > 1 else ''}"


def _by_theme(entry: Entry, themes: Mapping[str, str]) -> Markup | None:
    if not entry.inspection.recorded_here or entry.evidence.is_empty():
        return None
    grades = {**dict(entry.grades), NOT_GRADED: "Not graded"}
    held = entry.evidence.filter(pl.col("theme") != ALL)
    rows = [
        [themes.get(str(part.item(0, "theme")), ""), *_counts(part, grades)]
        for part in held.partition_by("theme", maintain_order=True)
    ]
    return table("Cases by theme and grade", ["Theme", *grades.values()], rows)


def _counts(part: pl.DataFrame, grades: Mapping[str, str]) -> list[object]:
    by_grade = dict(part.select("grade", "cases").iter_rows())
    return [by_grade.get(code, 0) for code in grades]


def _statement(held: StatementValue) -> Markup:
    direction = DIRECTIONS.get(held.direction, "Said")
    return together(
        tag("p", tag("strong", f"{direction} finding"), _where(held.paragraph)),
        tag("blockquote", held.statement),
        tag("p", tag("strong", "The Inquiry's comment: "), held.comment) if held.comment else None,
    )


def _where(paragraph: str | None) -> str:
    return f" ({paragraph})" if paragraph else ""


def _judged(held: Sequence[JudgementValue]) -> Markup | None:
    said = (tag("span", f"{j.topic}: ", tag("strong", j.grade), _quote(j)) for j in held)
    return items(*said)


def _quote(held: JudgementValue) -> str:
    return f". “{held.quotation}”{_where(held.paragraph)}" if held.quotation else ""


def _behind(entry: Entry) -> list[Markup]:
    held = entry.inspection
    quoted = dict.fromkeys(_quoted(quotation) for quotation in entry.quotations)
    notes = dict.fromkeys([*(q.note for q in entry.quotations), held.note, held.summary])
    published = f"Published on {day(held.published_on)}." if held.published_on else None
    sampling = f"How cases were chosen: {held.sampling.english.lower()}."
    available = f"Cases available: {held.cases_available}." if held.cases_available else None
    source = f"Source: {held.source}." if held.source else None
    facts = [*notes, sampling, available, published, source]
    return [
        *(quotation for quotation in quoted if quotation),
        *(tag("p", fact, css="small") for fact in facts if fact),
    ]


def _quoted(held: QuotationValue) -> Markup | None:
    if not held.quotation:
        return None
    where = ", ".join(part for part in (held.paragraph, held.evidence_id) if part)
    return tag("blockquote", held.quotation, f" ({where})" if where else "")
