"""The evidence base of one inspection in a release: its counts, protected, and what they lack."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from data_model.counted import Snapshot
from data_model.records import Inspection
from data_model.vocabulary import Basis, NotGraded, SamplingMethod, Symbol
from inspect_app.publishing.content import EvidenceRow, NotGradedReason, Number
from inspect_app.services.inspection_values import InspectionValue
from inspect_app.services.release_figures import or_unknown
from metrics import counts
from metrics import evidence_tables as evidence
from metrics.disclosure import Key, Protection

Counts = dict[str, dict[str, int]]

RECORDED_HERE = "Recorded in this product"
"""What stands as the source of what has no publication."""


def recorded(
    snapshot: Snapshot, held: Inspection, frame: pl.DataFrame, findings: dict[str, int]
) -> evidence.Read | None:
    """Return the counts of an inspection whose cases were read here, before anything is withheld.

    `frame` is its evidence base, `findings` how many stand behind each of its recommendations.
    """
    here = frame.filter(pl.col("basis") == str(Basis.RECORDED_HERE))
    if not here.height:
        return None
    by_kind = here.filter(pl.col("theme") == counts.ALL)
    grades = _nested(here.filter(pl.col("theme") != counts.ALL).select("theme", "grade", "cases"))
    read = int(here.item(0, "cases_read"))
    return evidence.Read(
        inspection=held.code,
        read=read,
        kinds=dict(by_kind.select("case_kind", "cases").iter_rows()),
        grades=grades,
        reasons=_reasons(snapshot, held, grades),
        findings=findings,
        available=_possible(held.cases_available, read),
        all_read=held.sampling is SamplingMethod.ALL_ELIGIBLE,
    )


def _possible(available: int | None, read: int) -> int | None:
    """Return how many cases could be chosen; fewer than were read is no number of anything."""
    return None if available is None or available < read else available


def _nested(frame: pl.DataFrame) -> Counts:
    found: Counts = {}
    for theme, heading, cases in frame.iter_rows():
        found.setdefault(theme, {})[heading] = cases
    return found


def _reasons(snapshot: Snapshot, held: Inspection, grades: Counts) -> Counts:
    """Return why cases were not graded, under the themes where that says nothing of a group."""
    frame = snapshot.frame("findings", [held.area_code])
    why = _nested(counts.not_graded_reasons(frame.filter(pl.col("inspection") == held.code)))
    return {
        theme: {r.english: why.get(theme, {}).get(str(r), 0) for r in NotGraded}
        for theme in grades
        if theme not in evidence.ABOUT_A_GROUP
    }


def shown(number: int, key: Key, protection: Protection | None) -> Number:
    """Return a number, or the mark where it is withheld."""
    withheld = protection is not None and key in protection.withheld
    return Symbol.WITHHELD if withheld else number


def not_graded(
    held: evidence.Read | None, protection: Protection | None
) -> tuple[NotGradedReason, ...]:
    """Return why cases were not graded, under each theme that does not say that all were.

    Whether a theme is among them follows from what its line shows, so that it says no more.
    """
    return tuple(
        NotGradedReason(
            theme, why, shown(n, evidence.reason_key(held.inspection, theme, why), protection)
        )
        for theme, reasons in (held.reasons if held else {}).items()
        if held and shown(*_ungraded(held, theme), protection)
        for why, n in reasons.items()
    )


def _ungraded(held: evidence.Read, theme: str) -> tuple[int, Key]:
    key = evidence.grade_key(held.inspection, theme, counts.NOT_GRADED)
    return held.grades[theme][counts.NOT_GRADED], key


def available(
    held: Inspection, read: evidence.Read | None, protection: Protection | None
) -> Number:
    """Return how many cases could be chosen."""
    number = read.available if read else held.cases_available
    if number is None:
        return Symbol.NOT_AVAILABLE
    return shown(number, evidence.available_key(held.code), protection)


def without_a_grade(rows: Sequence[EvidenceRow]) -> tuple[str, ...]:
    """Return the themes under which no case was graded, as far as their grades are shown."""
    graded: dict[str, list[Number]] = {}
    for row in rows:
        if row.theme != counts.ALL and row.grade != counts.NOT_GRADED:
            graded.setdefault(row.theme, []).append(row.cases)
    return tuple(theme for theme, cases in graded.items() if not any(cases))


def evidence_rows(
    about: InspectionValue, frame: pl.DataFrame, protection: Protection | None
) -> tuple[EvidenceRow, ...]:
    """Return an inspection's evidence rows; what was published elsewhere stands as published."""
    return tuple(
        _row(about, row, *_cells(about.code, row, protection))
        for row in frame.iter_rows(named=True)
    )


def _cells(code: str, row: dict[str, Any], protection: Protection | None) -> tuple[Number, Number]:
    """Return how many cases a row counts and how many were read, as they may be shown."""
    if row["basis"] != str(Basis.RECORDED_HERE):
        return or_unknown(row["cases"]), or_unknown(row["cases_read"])
    key = (
        evidence.kind_key(code, row["case_kind"])
        if row["theme"] == counts.ALL
        else evidence.grade_key(code, row["theme"], row["grade"])
    )
    read = shown(row["cases_read"], evidence.read_key(code), protection)
    return shown(row["cases"], key, protection), read


def _row(
    about: InspectionValue, row: dict[str, object], cases: Number, cases_read: Number
) -> EvidenceRow:
    return EvidenceRow(
        inspection=about.code,
        inspecting_body="; ".join(about.inspecting),
        inspected_body="; ".join(about.inspected),
        area_code=about.area.code,
        area_name=about.area.label,
        period_start=about.started_on,
        period_end=about.ended_on or about.started_on,
        case_kind=str(row["case_kind"]),
        theme=str(row["theme"]),
        grade=str(row["grade"]),
        cases=cases,
        cases_read=cases_read,
        basis=str(row["basis"]),
        source=about.source or RECORDED_HERE,
    )


def cases_read(rows: Sequence[EvidenceRow]) -> tuple[tuple[str, Number], ...]:
    """Return how many cases of each kind were read; one entry a kind, and one for all kinds."""
    found: dict[str, Number] = {}
    for row in rows:
        if row.basis != Basis.RECORDED_HERE:
            found.setdefault(row.case_kind, row.cases_read)
        elif row.grade == counts.ALL:
            found[row.case_kind] = row.cases
        else:
            found.setdefault(counts.ALL, row.cases_read)
    return tuple(found.items())
