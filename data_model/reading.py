"""From records to frames: what counts of one area, flat, without names or references."""

from collections.abc import Callable
from typing import Any, TypeVarTuple

import polars as pl
from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    case,
    cast,
    extract,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from data_model.frames import FRAMES
from data_model.records import (
    CaseFile,
    Figure,
    Finding,
    Inspection,
    MissingEpisode,
    Moderation,
    Perpetrator,
    PublishedEvidence,
    PublishedGrade,
    Reading,
    Return,
)
from data_model.vocabulary import CaseStatus, InspectionStatus, ReadingPurpose, ReturnStatus

Ts = TypeVarTuple("Ts")
FIRST, SECOND = aliased(Finding), aliased(Finding)
"""What the first and the second reader of a case gave, in a query that `read_twice` has joined."""


def counted_frames(session: Session, area: str) -> dict[str, pl.DataFrame]:
    """Return the frames of one area's counted evidence, empty ones left out.

    Counted are locked cases of inspections whose findings are agreed, evidence bases
    entered from publications, and stated figures.
    """
    frames = {name: _frame(session, name, area) for name in FRAMES}
    return {name: frame for name, frame in frames.items() if frame.height}


def _frame(session: Session, name: str, area: str) -> pl.DataFrame:
    rows = session.execute(QUERIES[name](area)).all()
    return pl.DataFrame([tuple(map(_plain, row)) for row in rows], FRAMES[name], orient="row")


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def _inspections(area: str) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Inspection.code,
            Inspection.area_code,
            _quarter(),
            Inspection.ended_on,
            Inspection.sampling,
            Inspection.cases_available,
        )
        .where(Inspection.area_code == area, Inspection.status == InspectionStatus.AGREED)
        .order_by(Inspection.code)
    )


def _quarter() -> ColumnElement[str]:
    """The quarter in which an inspection's reading ended, as 2025-Q4."""
    year, month = (cast(extract(part, Inspection.ended_on), Integer) for part in ("year", "month"))
    return cast(year, String) + "-Q" + cast((month + 2) // 3, String)


def _counted_cases(area: str) -> Select[*tuple[Any, ...]]:
    return (
        select()
        .join_from(CaseFile, Inspection, CaseFile.inspection == Inspection.code)
        .where(
            Inspection.area_code == area,
            Inspection.status == InspectionStatus.AGREED,
            CaseFile.status == CaseStatus.COUNTED,
        )
        .order_by(CaseFile.id)
    )


def standing(column: str) -> ColumnElement[Any]:
    """Return what stands of a finding: as the lead decided it, else as its reader gave it.

    For `grade`, `not_graded` and `reason`, in a query that `with_decisions` has joined.
    """
    decided = Moderation.case_id.is_not(None)
    return case((decided, getattr(Moderation, column)), else_=getattr(Finding, column))


def with_decisions(findings: Select[*Ts]) -> Select[*Ts]:
    """Return a query of cases and findings joined to what the lead decided about each.

    It keeps the first reader's findings only: what others gave is for the lead to weigh, and
    never counts by itself.
    """
    same = (Moderation.case_id == Finding.case_id) & (Moderation.theme == Finding.theme)
    return findings.outerjoin(Moderation, same).where(Finding.reader == CaseFile.read_by)


def _findings(area: str) -> Select[*tuple[Any, ...]]:
    return with_decisions(
        _counted_cases(area)
        .join(Finding, Finding.case_id == CaseFile.id)
        .add_columns(
            CaseFile.inspection,
            Inspection.area_code,
            _quarter(),
            CaseFile.id,
            CaseFile.kind,
            Finding.theme,
            standing("grade"),
            standing("not_graded"),
        )
        .order_by(Finding.theme)
    )


def _cases(area: str) -> Select[*tuple[Any, ...]]:
    return _counted_cases(area).add_columns(
        CaseFile.inspection,
        Inspection.area_code,
        _quarter(),
        CaseFile.id,
        CaseFile.kind,
        CaseFile.age_band,
        CaseFile.sex,
        CaseFile.ethnicity,
        CaseFile.disability,
        CaseFile.in_care,
        CaseFile.placement,
        CaseFile.harm_category,
        CaseFile.agency_risk,
        CaseFile.network,
        CaseFile.flagged,
        CaseFile.meets_definition,
        CaseFile.criminal_exploitation,
        CaseFile.perpetrators_known,
        CaseFile.went_missing,
        CaseFile.trigger_plan,
        CaseFile.disrupted,
        CaseFile.notice_on_child,
        CaseFile.blaming_language,
        CaseFile.language_challenged,
        CaseFile.voice_recorded,
        CaseFile.voice_about_exploitation,
        CaseFile.voice_acted_on,
        CaseFile.child_charged,
    )


def _episodes(area: str) -> Select[*tuple[Any, ...]]:
    return (
        _counted_cases(area)
        .join(MissingEpisode)
        .add_columns(
            CaseFile.inspection,
            Inspection.area_code,
            _quarter(),
            CaseFile.id,
            CaseFile.age_band,
            CaseFile.sex,
            CaseFile.ethnicity,
            CaseFile.disability,
            MissingEpisode.reported_on,
            MissingEpisode.returned_on,
            MissingEpisode.reported_to_police,
            MissingEpisode.referred,
            MissingEpisode.police_grade,
            MissingEpisode.repeat,
            MissingEpisode.from_care,
            MissingEpisode.interview_offered,
            MissingEpisode.interview_accepted,
            MissingEpisode.interview_held,
            MissingEpisode.interview_timing,
        )
        .order_by(MissingEpisode.position)
    )


def _perpetrators(area: str) -> Select[*tuple[Any, ...]]:
    return (
        _counted_cases(area)
        .join(Perpetrator)
        .add_columns(
            CaseFile.inspection,
            Inspection.area_code,
            _quarter(),
            CaseFile.id,
            Perpetrator.sex,
            Perpetrator.ethnicity,
            Perpetrator.disability,
        )
        .order_by(Perpetrator.position)
    )


def is_second() -> ColumnElement[bool]:
    """Whether a reading is a second one that is in."""
    return (Reading.purpose == ReadingPurpose.SECOND) & Reading.submitted_at.is_not(None)


def read_twice(cases: Select[*Ts]) -> Select[*Ts]:
    """Return a query of cases joined to their second reading and to both readers' findings.

    One row a theme that both looked at. Cases that were opened again are left out: their first
    reader had seen the other's grades.
    """
    by_first = (FIRST.case_id == CaseFile.id) & (FIRST.reader == CaseFile.read_by)
    by_second = (SECOND.case_id == CaseFile.id) & (SECOND.reader == Reading.reader)
    return (
        cases.join(Reading, Reading.case_id == CaseFile.id)
        .join(FIRST, by_first)
        .join(SECOND, by_second & (SECOND.theme == FIRST.theme))
        .where(is_second(), CaseFile.edition == 1)
    )


def _readers(area: str) -> Select[*tuple[Any, ...]]:
    return (
        _counted_cases(area)
        .outerjoin(Reading, (Reading.case_id == CaseFile.id) & is_second())
        .add_columns(
            CaseFile.inspection,
            Inspection.area_code,
            func.count(CaseFile.read_by.distinct()),
            func.count(Reading.case_id.distinct()),
        )
        .group_by(CaseFile.inspection, Inspection.area_code)
        .order_by(None)
        .order_by(CaseFile.inspection)
    )


def _twice(area: str) -> Select[*tuple[Any, ...]]:
    given = (CaseFile.inspection, Inspection.area_code, FIRST.grade, SECOND.grade)
    return (
        read_twice(_counted_cases(area))
        .add_columns(*given, func.count())
        .group_by(*given)
        .order_by(None)
        .order_by(*given)
    )


def _published(area: str) -> Select[*tuple[Any, ...]]:
    return (
        select(
            PublishedEvidence.inspection,
            Inspection.area_code,
            PublishedEvidence.case_kind,
            PublishedEvidence.theme,
            PublishedEvidence.basis,
            PublishedGrade.grades,
            PublishedGrade.cases,
            PublishedEvidence.cases_read,
        )
        .join_from(PublishedEvidence, Inspection)
        .outerjoin(PublishedGrade)
        .where(Inspection.area_code == area)
        .order_by(PublishedEvidence.id, PublishedGrade.id)
    )


def _figures(area: str) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Figure.id,
            Figure.indicator,
            Figure.area_code,
            Figure.period_start,
            Figure.period_end,
            Figure.period_label,
            Figure.numerator,
            Figure.denominator,
            Figure.value,
            Figure.value_high,
            Figure.comparator,
            Figure.symbol,
            Figure.subject,
            Figure.whole_force,
            Figure.breaks,
            Figure.published,
            Figure.paragraph,
            Figure.source,
            Figure.note,
        )
        .where(Figure.area_code == area, Figure.breakdown.is_(None), _counts())
        .order_by(Figure.indicator, Figure.period_end, Figure.id)
    )


def _parts(area: str) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Figure.indicator,
            Figure.area_code,
            Figure.period_start,
            Figure.period_end,
            Figure.breakdown,
            Figure.category,
            Figure.numerator,
            Figure.symbol,
            Figure.published,
        )
        .where(Figure.area_code == area, Figure.breakdown.is_not(None), _counts())
        .order_by(Figure.indicator, Figure.period_end, Figure.id)
    )


def _counts() -> ColumnElement[bool]:
    """A figure counts until it is superseded; one of a return once that is approved."""
    locked = select(Return.id).where(Return.status != ReturnStatus.ENTERED)
    of_none = Figure.agency_return.is_(None)
    return Figure.superseded_at.is_(None) & or_(of_none, Figure.agency_return.in_(locked))


QUERIES: dict[str, Callable[[str], Select[*tuple[Any, ...]]]] = {
    "inspections": _inspections,
    "findings": _findings,
    "cases": _cases,
    "episodes": _episodes,
    "perpetrators": _perpetrators,
    "readers": _readers,
    "twice": _twice,
    "published": _published,
    "figures": _figures,
    "parts": _parts,
}
