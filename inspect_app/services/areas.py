"""Areas: everything inspected in one place on one timeline, inspectorates side by side."""

from dataclasses import dataclass

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import counted
from data_model.counted import Snapshot
from data_model.records import Area, AreaSuccession, Inspection, Recommendation
from inspect_app.access import Permission
from inspect_app.services.inspection_values import (
    InspectionValue,
    JudgementValue,
    QuotationValue,
    StatementValue,
    about,
    evidence_base,
    in_sight,
    judgements,
    quotations,
    statements,
    value,
)
from inspect_app.services.recommendation_values import RecommendationValue, values
from inspect_app.services.reference import AreaValue, area_value, find_area, scale_value
from inspect_app.signed_in import SignedIn


@dataclass(frozen=True)
class Entry:
    """One inspection on an area's timeline, with what it said and the counts behind it.

    `evidence` has the columns of `metrics.counts.EVIDENCE`; it is empty while cases are read.
    """

    inspection: InspectionValue
    evidence: pl.DataFrame
    grades: tuple[tuple[str, str], ...]
    quotations: tuple[QuotationValue, ...]
    statements: tuple[StatementValue, ...]
    judgements: tuple[JudgementValue, ...]

    @property
    def graded_cases(self) -> int:
        """How many cases have a published or recorded grade; 0 means nothing stands behind it."""
        held = self.evidence.filter(
            ~pl.col("grade").is_in(["all", "not published", "not stated", "not graded"])
        )
        return int(held.get_column("cases").fill_null(0).sum())


@dataclass(frozen=True)
class AreaView:
    """A place, what came before and after it, and everything the person may see about it."""

    area: AreaValue
    region: AreaValue | None
    force: AreaValue | None
    predecessors: tuple[AreaValue, ...]
    successors: tuple[AreaValue, ...]
    timeline: tuple[Entry, ...]
    recommendations: tuple[RecommendationValue, ...]


def view(area: str, *, by: SignedIn) -> AreaView:
    """Return an area's page, newest inspection first; raises NotFound for an unknown area.

    An inspection of the whole police force area stands on the page of each of its areas.
    """
    by.need(Permission.READ_INSPECTIONS)
    with by.reading() as session:
        held = find_area(session, area)
        found = in_sight(session, by, about(held))
        codes = {inspection.code for inspection in found}
        snapshot = counted.snapshot(session, by.database.snapshots)
        mine = values(session, by, Recommendation.inspection.in_(sorted(codes)))
        return AreaView(
            area_value(held),
            _place(session, held.region_code),
            _place(session, held.force_code),
            _linked(session, held, before=True),
            _linked(session, held, before=False),
            tuple(_entry(session, inspection, snapshot) for inspection in _newest_first(found)),
            tuple(mine),
        )


def _newest_first(about: list[Inspection]) -> list[Inspection]:
    dated = sorted(
        (i for i in about if i.started_on), key=lambda i: (i.started_on, i.code), reverse=True
    )
    return [*dated, *(i for i in about if not i.started_on)]


def _place(session: Session, code: str | None) -> AreaValue | None:
    return area_value(session.get_one(Area, code)) if code else None


def _linked(session: Session, held: Area, *, before: bool) -> tuple[AreaValue, ...]:
    mine, other = AreaSuccession.successor, AreaSuccession.predecessor
    if not before:
        mine, other = other, mine
    codes = session.scalars(select(other).where(mine == held.code).order_by(other))
    return tuple(area_value(session.get_one(Area, code)) for code in codes)


def _entry(session: Session, held: Inspection, snapshot: Snapshot) -> Entry:
    scale = scale_value(session, held.scale)
    return Entry(
        value(session, held),
        evidence_base(held, scale, snapshot),
        scale.grades,
        quotations(held),
        statements(held),
        judgements(session, held),
    )
