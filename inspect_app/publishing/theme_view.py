"""One theme across areas: who looked at it, how the cases were chosen, and what was found.

Inspections stand by the name of their place, never by how they were graded: samples differ in
how they were chosen, so that no order of them would mean anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from inspect_app.publishing.area_view import began
from inspect_app.publishing.content import EvidenceRow, PublishedInspection
from inspect_app.publishing.evidence_view import (
    GradeTable,
    Line,
    grade_tables,
    lines_by_count,
    nothing_graded,
)
from inspect_app.publishing.language import Language
from metrics.checks.subjects import OF_KIND
from metrics.counts import ALL


@dataclass(frozen=True)
class Entry:
    """An inspection under one theme: its counts as lines and tables, and whether in its scope."""

    inspection: PublishedInspection
    lines: tuple[Line, ...]
    tables: tuple[GradeTable, ...]
    graded: bool
    by_kind: bool


def looked_at(theme: str, inspections: Iterable[PublishedInspection]) -> list[PublishedInspection]:
    """Return the inspections that looked at a theme, by place and date, the invented ones last."""
    found = [each for each in inspections if _looked(theme, each)]
    return sorted(found, key=lambda x: (x.invented, x.area_name.casefold(), began(x), x.code))


def told(theme: str, inspection: PublishedInspection) -> PublishedInspection:
    """Return an inspection with no more than a theme's page shows of it.

    So the page is drawn again where this changes, and not with every word of the inspection.
    """
    return replace(
        inspection,
        evidence=tuple(row for row in inspection.evidence if _about(theme, row)),
        claims=tuple(each for each in inspection.claims if theme in each.themes),
        without_a_grade=tuple(code for code in inspection.without_a_grade if code == theme),
        summary=None,
        summary_welsh=None,
        note=None,
        quotations=(),
        statements=(),
        judgements=(),
        recommendations=(),
    )


def entry(inspection: PublishedInspection, language: Language) -> Entry:
    """Return what an inspection, as `told` under a theme, published under it."""
    rows = inspection.evidence
    narrowed = replace(inspection, basis=tuple(dict.fromkeys(row.basis for row in rows)))
    return Entry(
        inspection,
        lines_by_count(narrowed, language),
        grade_tables(narrowed, language),
        graded=not nothing_graded(narrowed),
        by_kind=bool(rows) and all(row.theme == ALL for row in rows),
    )


def _looked(theme: str, inspection: PublishedInspection) -> bool:
    scope = {code for code, _ in inspection.themes}
    linked = {code for claim in inspection.claims for code in claim.themes}
    return theme in scope | linked or any(_about(theme, row) for row in inspection.evidence)


def _about(theme: str, row: EvidenceRow) -> bool:
    """Return whether a count is about a theme: by name, or because all cases of a kind are."""
    return row.theme == theme or (row.theme == ALL and OF_KIND.get(row.case_kind) == theme)
