"""What claims can be held against: grades by subject, chosen findings, and published series.

Grades are counted as the checks against false reassurance count them, and only those that count:
nothing stands behind a claim while cases are being read. Series are of published figures alone,
as a release shows them, so that a claim gives away nothing about a figure that is withheld.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from data_model.counted import Snapshot
from data_model.reading import standing, with_decisions
from data_model.records import CaseFile, Claim, ClaimFinding, ClaimIndicator, Finding, Inspection
from data_model.sight import Task, widened
from data_model.vocabulary import CaseStatus
from inspect_app.publishing.content import ReleaseContent
from inspect_app.services.check_material import Extent, gathered
from inspect_app.services.reference import scale_value
from inspect_app.services.release_protection import Protector
from inspect_app.services.release_returns import protected
from inspect_app.services.scorecards import published_lines
from inspect_app.services.series import Series, all_of
from inspect_app.signed_in import SignedIn
from metrics.checks.rows import grades_behind
from metrics.claims import SILENT, Grades, Link, of_choice, of_series, of_theme
from metrics.comparison import GOOD

NONE_GRADED = Grades()
Choice = tuple[str, str]
"""A claim and a theme of which findings are chosen for it."""


@dataclass(frozen=True)
class Behind:
    """What stands behind the claims of one inspection.

    `subjects` holds the graded cases by theme, or by what published cases were read for;
    `choices` those chosen for a claim; `series` those of an indicator, newest stretch each.
    """

    subjects: dict[str, Grades] = field(default_factory=dict)
    choices: dict[Choice, Grades] = field(default_factory=dict)
    series: dict[str, tuple[Series, ...]] = field(default_factory=dict)

    def of_subject(self, subject: str) -> Link:
        """Return what all graded cases of a theme, or of another subject, say."""
        return of_theme(self.subjects.get(subject, NONE_GRADED))

    def of_theme(self, claim: str, theme: str) -> Link:
        """Return what a theme says for a claim: by the findings chosen for it, or by all."""
        chosen = self.choices.get((claim, theme))
        if chosen is None:
            return self.of_subject(theme)
        return of_choice(chosen, self.subjects.get(theme, NONE_GRADED))

    def of_indicator(self, indicator: str) -> Link:
        """Return what an indicator's series says; nothing unless there is exactly one."""
        held = self.series.get(indicator, ())
        return _said_by(held[0]) if len(held) == 1 else SILENT


def _said_by(series: Series) -> Link:
    chart = series.chart
    if chart is None or not series.limited:
        return SILENT
    return of_series(chart.variation, chart.against_target)


def behind(
    session: Session,
    inspections: Sequence[Inspection],
    snapshot: Snapshot,
    by: SignedIn,
    earlier: Sequence[ReleaseContent] = (),
) -> dict[str, Behind]:
    """Return by inspection what stands behind its claims; a fixed number of queries for grades.

    Figures are those that a release may show after `earlier` ones.
    """
    extent = Extent(inspections, figures=[])
    found = {held.code: Behind() for held in inspections}
    rows = grades_behind(gathered(session, extent, snapshot, by))
    for row in rows.iter_rows(named=True):
        counted = Grades(row["graded"] or 0, row["good"] or 0, row["not_good"] or 0)
        found[row["inspection"]].subjects[row["subject"]] = counted
    for held in inspections:
        found[held.code].choices.update(_choices(session, held))
        found[held.code].series.update(_series(session, held, snapshot, earlier))
    return found


def _choices(session: Session, held: Inspection) -> dict[Choice, Grades]:
    """Return the findings chosen for claims that count now, by claim and theme."""
    grade = standing("grade").label("grade")
    query = (
        select(ClaimFinding.claim, Finding.theme, grade, CaseFile.status)
        .join_from(CaseFile, Finding, Finding.case_id == CaseFile.id)
        .join(ClaimFinding, ClaimFinding.finding == Finding.id)
    )
    with widened(session, Task.WEIGHING):
        rows = session.execute(with_decisions(query).where(CaseFile.inspection == held.code)).all()
    good = _good(session, held)
    chosen: dict[Choice, list[str]] = {}
    for row in rows:
        chosen.setdefault((row.claim, row.theme), []).extend(_graded(row))
    return {key: _counted(given, good) for key, given in chosen.items()}


def _counted(given: Sequence[str], good: Sequence[str]) -> Grades:
    """Count grades by the line of their scale; one without a line says neither."""
    above = sum(grade in good for grade in given)
    return Grades(len(given), above, len(given) - above if good else 0)


def _graded(row: Row[*tuple[object, ...]]) -> list[str]:
    return [row.grade] if row.grade and row.status is CaseStatus.COUNTED else []


def _good(session: Session, held: Inspection) -> list[str]:
    codes = scale_value(session, held.scale).codes
    return codes[: codes.index(GOOD) + 1] if GOOD in codes else []


def _series(
    session: Session, held: Inspection, snapshot: Snapshot, earlier: Sequence[ReleaseContent]
) -> dict[str, tuple[Series, ...]]:
    """Return the published series of the inspection's area that its claims are linked to."""
    linked = set(
        session.scalars(
            select(ClaimIndicator.indicator)
            .join(Claim, Claim.code == ClaimIndicator.claim)
            .where(Claim.inspection == held.code, Claim.taken_out_at.is_(None))
        )
    )
    if not linked:
        return {}
    places = [held.area_code]
    lines = published_lines(session, snapshot, places)
    shown = protected(session, lines, places, Protector(earlier))
    found = all_of(line for line in shown if line.indicator in linked)
    return {code: tuple(s for s in found if s.key.indicator == code) for code in linked}
