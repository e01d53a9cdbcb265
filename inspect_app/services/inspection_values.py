"""Inspections as values: what a person may see of one, and its evidence base."""

from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session, selectinload

from data_model.counted import Snapshot
from data_model.records import (
    Area,
    Inspection,
    InspectionArea,
)
from data_model.vocabulary import (
    Basis,
    BodyRole,
    InspectionKind,
    InspectionStatus,
    SamplingMethod,
)
from inspect_app.access import Permission, sees_inspection
from inspect_app.errors import NotFound
from inspect_app.services.reference import (
    AreaValue,
    ScaleValue,
    area_value,
    organisation_name,
    scale_value,
)
from inspect_app.signed_in import SignedIn
from metrics import counts


@dataclass(frozen=True)
class InspectionValue:
    """An inspection as it is listed and headed."""

    code: str
    title: str
    kind: InspectionKind
    status: InspectionStatus
    framework: str
    scale: str
    area: AreaValue
    area_codes: tuple[str, ...]
    inspecting: tuple[str, ...]
    inspected: tuple[str, ...]
    started_on: date | None
    ended_on: date | None
    period: str
    published_on: date | None
    sampling: SamplingMethod
    cases_available: int | None
    whole_force: bool
    summary: str | None
    source: str | None
    note: str | None

    @property
    def invented(self) -> bool:
        """Whether it belongs to the samples' invented places."""
        return self.area.invented

    @property
    def recorded_here(self) -> bool:
        """Whether its cases are recorded in this product."""
        return self.status is not InspectionStatus.PUBLISHED_ELSEWHERE


@dataclass(frozen=True)
class JudgementValue:
    """A judgement on the whole service."""

    topic: str
    grade: str
    quotation: str | None
    paragraph: str | None


@dataclass(frozen=True)
class StatementValue:
    """A sentence of a published report and what was said of it."""

    statement: str
    direction: str
    paragraph: str | None
    comment: str | None


@dataclass(frozen=True)
class QuotationValue:
    """The words a published count rests on."""

    case_kind: str
    basis: Basis
    cases_read: int | None
    quotation: str | None
    paragraph: str | None
    evidence_id: str | None
    note: str | None


def in_sight(
    session: Session, by: SignedIn, among: ColumnElement[bool] | None = None
) -> list[Inspection]:
    """Return the inspection records the person may see, newest first; `among` narrows them."""
    query = (
        select(Inspection)
        .where(true() if among is None else among)
        .options(selectinload(Inspection.areas), selectinload(Inspection.bodies))
        .order_by(Inspection.started_on.desc().nulls_last(), Inspection.code)
    )
    seen = [held for held in session.scalars(query) if sees(by, held)]
    return sorted(seen, key=lambda held: held.status is not InspectionStatus.READING)


def about(area: Area) -> ColumnElement[bool]:
    """The inspections that are about an area, by itself or through its police force."""
    return Inspection.areas.any(InspectionArea.area_code.in_(_with_force(area)))


def ended_by(until: date | None) -> ColumnElement[bool]:
    """The inspections that had ended by a day; of some only a start or a publication is known."""
    if until is None:
        return true()
    ended = func.coalesce(Inspection.ended_on, Inspection.started_on, Inspection.published_on)
    return or_(ended.is_(None), ended <= until)


def is_about(held: Inspection, area: Area) -> bool:
    """Return whether an inspection in hand is one of those that `about` asks for."""
    return any(entry.area_code in _with_force(area) for entry in held.areas)


def _with_force(area: Area) -> list[str]:
    return [code for code in (area.code, area.force_code) if code]


def sees(by: SignedIn, held: Inspection) -> bool:
    return sees_inspection(
        by.standing,
        held.code,
        held.status,
        {entry.area_code for entry in held.areas},
        {entry.organisation for entry in held.bodies},
    )


def seen(session: Session, code: str, by: SignedIn) -> Inspection:
    """Return an inspection record; raises NotFound when there is none that the person may see."""
    by.need(Permission.READ_INSPECTIONS)
    held = session.get(Inspection, code)
    if held is None or not sees(by, held):
        raise NotFound(
            f"There is no inspection {code!r} that you may see.",
            "Choose one from the list of inspections.",
            inspection=code,
        )
    return held


def value(session: Session, held: Inspection) -> InspectionValue:
    """Return an inspection record as a value."""
    return InspectionValue(
        code=held.code,
        title=titled(session, held),
        kind=held.kind,
        status=held.status,
        framework=held.framework,
        scale=held.scale,
        area=area_value(session.get_one(Area, held.area_code)),
        area_codes=tuple(entry.area_code for entry in held.areas),
        inspecting=_bodies(session, held, BodyRole.INSPECTING),
        inspected=_bodies(session, held, BodyRole.INSPECTED),
        started_on=held.started_on,
        ended_on=held.ended_on,
        period=held.period_label,
        published_on=held.published_on,
        sampling=held.sampling,
        cases_available=held.cases_available,
        whole_force=held.whole_force,
        summary=held.summary,
        source=held.source,
        note=held.note,
    )


def _bodies(session: Session, held: Inspection, role: BodyRole) -> tuple[str, ...]:
    codes = [entry.organisation for entry in held.bodies if entry.role is role]
    return tuple(organisation_name(session, code) for code in codes)


def evidence_base(held: Inspection, scale: ScaleValue, snapshot: Snapshot) -> pl.DataFrame:
    """Return the evidence rows of one inspection (columns of `metrics.counts.EVIDENCE`).

    Agreed and published evidence is read from the snapshot. While cases are being read,
    nothing counts yet and the frame is empty.
    """
    mine = pl.col("inspection") == held.code
    if held.status is InspectionStatus.PUBLISHED_ELSEWHERE:
        return counts.published_evidence(snapshot.frame("published", [held.area_code]).filter(mine))
    if held.status is InspectionStatus.READING:
        return pl.DataFrame(schema=counts.EVIDENCE)
    return counts.recorded_evidence(
        held.code,
        snapshot.frame("cases", [held.area_code]).filter(mine),
        snapshot.frame("findings", [held.area_code]).filter(mine),
        [entry.theme for entry in held.themes],
        scale.codes,
    )


def titled(session: Session, held: Inspection) -> str:
    """Return an inspection's title as it is shown; one of an invented place says so."""
    invented = session.get_one(Area, held.area_code).invented
    return f"{held.title} (invented)" if invented else held.title


def quotations(held: Inspection) -> tuple[QuotationValue, ...]:
    """Return the words that an inspection's published counts rest on."""
    return tuple(
        QuotationValue(
            row.case_kind.english,
            row.basis,
            row.cases_read,
            row.quotation,
            row.paragraph,
            row.evidence_id,
            row.note,
        )
        for row in held.published
    )


def judgements(session: Session, held: Inspection) -> tuple[JudgementValue, ...]:
    """Return an inspection's judgements, in the words of its own scale."""
    words = dict(scale_value(session, held.scale).grades)
    return tuple(
        JudgementValue(row.topic, words.get(row.grade, row.grade), row.quotation, row.paragraph)
        for row in held.judgements
    )


def statements(held: Inspection) -> tuple[StatementValue, ...]:
    """Return the sentences of an inspection's report that are kept here."""
    return tuple(
        StatementValue(row.statement, row.direction, row.paragraph, row.comment)
        for row in held.statements
    )
