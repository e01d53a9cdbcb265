"""The findings behind recommendations: what stands of each now, and for whom it has words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from data_model.reading import standing, with_decisions
from data_model.records import (
    CaseFile,
    Finding,
    Inspection,
    Recommendation,
    RecommendationFinding,
    Theme,
)
from data_model.sight import Task, widened
from data_model.vocabulary import CaseStatus, NotGraded
from inspect_app.services.case_access import sees_whole
from inspect_app.services.reference import scale_value
from inspect_app.signed_in import SignedIn

OPEN_AGAIN = "not counted while its case is open again"
"""What is said of a finding instead of its grade."""

Grades = tuple[dict[str, int], int]
"""How many findings behind a recommendation count, by grade, and how many do not now."""


@dataclass(frozen=True)
class FindingValue:
    """A finding behind a recommendation, in words; `reference` only for its readers."""

    theme: str
    grade: str
    reason: str | None
    reference: str | None
    case_id: int | None


def findings_query(code: str) -> Select[*tuple[Any, ...]]:
    """Return the findings behind a recommendation, each with what stands of it, by theme."""
    return (
        with_decisions(
            select(
                CaseFile,
                Finding.theme,
                standing("grade").label("grade"),
                standing("not_graded").label("not_graded"),
                standing("reason").label("reason"),
            )
            .join(Finding, Finding.case_id == CaseFile.id)
            .join(RecommendationFinding, RecommendationFinding.finding == Finding.id)
        )
        .where(RecommendationFinding.recommendation == code)
        .order_by(Finding.theme, CaseFile.reference)
    )


def finding_value(
    session: Session,
    row: Row[*tuple[Any, ...]],
    words: dict[str, str],
    by: SignedIn,
    *,
    reads: bool,
) -> FindingValue:
    """Return a finding in words; one whose case is open again only for those who may see it."""
    theme = session.get_one(Theme, row.theme).short_name
    held: CaseFile = row.CaseFile
    if held.status is not CaseStatus.COUNTED and not sees_whole(held, by):
        return FindingValue(theme, OPEN_AGAIN.capitalize(), None, None, None)
    none = NotGraded(row.not_graded).english if row.not_graded else ""
    grade = words.get(row.grade or "", none)
    if not reads:
        return FindingValue(theme, grade, None, None, None)
    return FindingValue(theme, grade, row.reason, held.reference, held.id)


def grade_words(session: Session, held: Recommendation) -> dict[str, str]:
    """Return the grades of the inspection's own scale, best first."""
    if held.inspection is None:
        return {}
    return dict(scale_value(session, session.get_one(Inspection, held.inspection).scale).grades)


def grades_behind(session: Session, codes: Sequence[str]) -> dict[str, Grades]:
    """Return what stands behind each of these recommendations, with one query for all."""
    query = with_decisions(
        select(
            RecommendationFinding.recommendation,
            standing("grade"),
            CaseFile.status,
        )
        .join_from(CaseFile, Finding, Finding.case_id == CaseFile.id)
        .join(RecommendationFinding, RecommendationFinding.finding == Finding.id)
    ).where(RecommendationFinding.recommendation.in_(codes))
    with widened(session, Task.WEIGHING):
        rows = session.execute(query).all()
    behind: dict[str, list[tuple[str | None, bool]]] = {code: [] for code in codes}
    for code, grade, status in rows:
        behind[code].append((grade, status is CaseStatus.COUNTED))
    return {code: _counted(found) for code, found in behind.items()}


def _counted(found: Sequence[tuple[str | None, bool]]) -> Grades:
    grades = [grade for grade, counts in found if counts and grade]
    open_again = sum(1 for _grade, counts in found if not counts)
    return {grade: grades.count(grade) for grade in sorted(set(grades))}, open_again
