"""The evidence base of one inspection in a release: its lines, protected, and what they lack."""

from collections.abc import Sequence

import polars as pl

from data_model.counted import Snapshot
from data_model.records import Inspection
from data_model.vocabulary import Basis, NotGraded, Symbol
from inspect_app.publishing.content import (
    EvidenceRow,
    NotGradedReason,
    Number,
)
from inspect_app.services.inspection_values import InspectionValue
from inspect_app.services.release_figures import (
    or_unknown,
)
from metrics import counts
from metrics.disclosure import POLICY, must_withhold, total_may_stand

ABOUT_A_GROUP = frozenset({"T5", "T6"})
"""Male victims and disabled children: why such a theme was not graded says who the children are."""


def _lines(evidence: Sequence[EvidenceRow]) -> dict[str, dict[str, int]]:
    """Return the lines by theme that may be shown: their counts by grade."""
    lines: dict[str, dict[str, int]] = {}
    for row in evidence:
        if row.theme != counts.ALL and isinstance(row.cases, int):
            lines.setdefault(row.theme, {})[row.grade] = row.cases
    return lines


def without_a_grade(evidence: Sequence[EvidenceRow]) -> tuple[str, ...]:
    """Return the themes under which no case was graded, as far as their lines may be shown."""
    return tuple(
        theme
        for theme, line in _lines(evidence).items()
        if not sum(cases for grade, cases in line.items() if grade != counts.NOT_GRADED)
    )


def not_graded(
    snapshot: Snapshot, held: Inspection, evidence: Sequence[EvidenceRow]
) -> tuple[NotGradedReason, ...]:
    """Return why cases were not graded, under the themes whose lines may be shown."""
    frame = snapshot.frame("findings", [held.area_code])
    why = counts.not_graded_reasons(frame.filter(pl.col("inspection") == held.code))
    found = {(theme, reason): cases for theme, reason, cases in why.iter_rows()}
    return tuple(
        NotGradedReason(theme, reason.english, cases)
        for theme, line in _lines(evidence).items()
        if line[counts.NOT_GRADED] and theme not in ABOUT_A_GROUP
        for reason, cases in _safe_reasons([found.get((theme, str(r)), 0) for r in NotGraded])
    )


def _safe_reasons(line: Sequence[int]) -> list[tuple[NotGraded, Number]]:
    """Withhold reasons that hold a small count, or whose total is too small to hide one."""
    every = len(NotGraded)
    safe = total_may_stand(sum(line), every, neutral=every)
    withheld = not safe or must_withhold(line, neutral=every)
    shown: list[Number] = [Symbol.WITHHELD if withheld else cases for cases in line]
    return list(zip(NotGraded, shown, strict=True))


def evidence_rows(shown: InspectionValue, frame: pl.DataFrame) -> tuple[EvidenceRow, ...]:
    """Return an inspection's evidence rows; lines of cases recorded here are protected first."""
    lines = frame.group_by("theme", maintain_order=True)
    recorded = str(Basis.RECORDED_HERE)
    rows: list[EvidenceRow] = []
    for _theme, line in lines:
        here = line.get_column("basis").first() == recorded
        protect = _protected if here else _as_published
        rows += [_row(shown, row, *cells) for row, cells in protect(line)]
    return tuple(rows)


Cells = tuple[Number, Number]


def _as_published(line: pl.DataFrame) -> list[tuple[dict[str, object], Cells]]:
    return [
        (row, (or_unknown(row["cases"]), or_unknown(row["cases_read"])))
        for row in line.iter_rows(named=True)
    ]


def _protected(line: pl.DataFrame) -> list[tuple[dict[str, object], Cells]]:
    """Withhold a line that holds a small count, and its total where that would give it away.

    A count by kind of case says nothing about a child, and neither does *not graded*.
    """
    numbers = line.get_column("cases").to_list()
    by_kind = line.get_column("theme").first() == counts.ALL
    neutral = len(numbers) if by_kind else 1
    withheld = must_withhold(numbers, neutral=neutral)
    stands = not withheld or total_may_stand(sum(numbers), len(numbers), neutral=neutral)
    return [
        (
            row,
            (
                Symbol.WITHHELD if withheld else row["cases"],
                row["cases_read"] if stands else Symbol.WITHHELD,
            ),
        )
        for row in line.iter_rows(named=True)
    ]


def _row(
    shown: InspectionValue, row: dict[str, object], cases: Number, cases_read: Number
) -> EvidenceRow:
    return EvidenceRow(
        inspection=shown.code,
        inspecting_body="; ".join(shown.inspecting),
        inspected_body="; ".join(shown.inspected),
        area_code=shown.area.code,
        area_name=shown.area.label,
        period_start=shown.started_on,
        period_end=shown.ended_on or shown.started_on,
        case_kind=str(row["case_kind"]),
        theme=str(row["theme"]),
        grade=str(row["grade"]),
        cases=cases,
        cases_read=cases_read,
        basis=str(row["basis"]),
        source=shown.source or "Recorded in this product",
    )


def cases_read(evidence: Sequence[EvidenceRow]) -> tuple[tuple[str, Number], ...]:
    """Return how many cases of each kind were read; one entry a kind, and one for all kinds."""
    found: dict[str, Number] = {}
    for row in evidence:
        if row.basis != Basis.RECORDED_HERE:
            found.setdefault(row.case_kind, row.cases_read)
        elif row.grade == counts.ALL:
            found[row.case_kind] = row.cases
        else:
            found.setdefault(counts.ALL, row.cases_read)
    return tuple(found.items())


def available(cases: int | None, evidence: Sequence[EvidenceRow]) -> Number:
    """Return how many cases could be chosen; withheld where it would say what is withheld."""
    if cases is None:
        return Symbol.NOT_AVAILABLE
    hidden = any(row.cases_read is Symbol.WITHHELD for row in evidence)
    return Symbol.WITHHELD if hidden or 0 < cases < POLICY.threshold else cases
