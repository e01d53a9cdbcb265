"""The facts that checks are made from, read at once and within one person's sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from data_model.counted import Snapshot
from data_model.records import (
    Area,
    FrameEntry,
    Inspection,
    InspectionTheme,
    Judgement,
    ScaleGrade,
    Statement,
    Theme,
)
from data_model.records.places import INVENTED_PREFIX
from data_model.sight import Task, widened
from data_model.vocabulary import (
    Answer,
    BodyRole,
    InspectionStatus,
    Sex,
)
from inspect_app.access import sees_returns
from inspect_app.services.beside import beside
from inspect_app.services.check_answers import answers, completions
from inspect_app.services.reference import area_value
from inspect_app.signed_in import SignedIn
from metrics.checks import material as schemas
from metrics.checks.material import Material
from metrics.checks.subjects import MORE_SUBJECTS
from metrics.checks.summed import SUMS, definitions

GOOD = "good"
OVERALL = "Overall"
"""How the topic of a judgement on the whole service begins."""


@dataclass(frozen=True)
class Extent:
    """What is looked at: inspections in sight, the areas whose figures count, whose answers.

    `figures` of None are those of every area, up to a day where one is said; with `all_answers`
    also those to recommendations that arose from no inspection.
    """

    inspections: Sequence[Inspection]
    figures: Sequence[str] | None
    until: date | None = None
    all_answers: bool = False

    @property
    def codes(self) -> list[str]:
        """The inspections' codes; while cases are read nothing counts, so none of those."""
        return sorted(i.code for i in self.inspections if i.status is not InspectionStatus.READING)


def gathered(session: Session, extent: Extent, snapshot: Snapshot, by: SignedIn) -> Material:
    """Return the facts within an extent; a fixed number of queries, however much there is."""
    places = list(session.scalars(select(Area)))
    counting = [held for held in extent.inspections if held.code in set(extent.codes)]
    codes = [held.code for held in counting]
    agreed = [held.code for held in counting if held.status is InspectionStatus.AGREED]
    counts = {name: _of(snapshot, name, counting) for name in ("published", "readers", "twice")}
    sums = {name: _summed(snapshot, name, counting) for name in SUMS}
    return Material(
        held=_held(counting),
        places=_places(counting, places),
        statements=_frame(session, _statements(codes), schemas.STATEMENTS),
        judged=_frame(session, _judged(codes), schemas.JUDGED),
        lines=_frame(session, _lines(), schemas.LINES),
        subjects=_subjects(session),
        scopes=_frame(session, _scopes(codes), schemas.SCOPES),
        listed=_listed(session, agreed),
        figures=_figures(snapshot, "figures", extent, by),
        parts=_figures(snapshot, "parts", extent, by),
        completions=completions(session, extent.codes, every=extent.all_answers, by=by),
        answers=answers(session, extent.codes, every=extent.all_answers, by=by),
        names={area.code: area_value(area).label for area in places},
        nations={area.code: area.nation for area in places if area.nation},
        forces={area.code: area.force_code for area in places if area.force_code},
        **counts,
        **sums,
    )


def _of(snapshot: Snapshot, name: str, held: Sequence[Inspection]) -> pl.DataFrame:
    """Return one frame of the counted evidence of these inspections."""
    return _among(held, snapshot.frame(name, _areas(held)))


def _summed(snapshot: Snapshot, name: str, held: Sequence[Inspection]) -> pl.DataFrame:
    """Return one kind of sum over the case rows of these inspections."""
    areas = sorted(_areas(held) & set(snapshot.folders))
    if not areas:
        return _added_up(snapshot, name, [])
    return _among(held, pl.read_parquet([_kept(snapshot, name, area) for area in areas]))


def _kept(snapshot: Snapshot, name: str, area: str) -> Path:
    reckon = partial(_added_up, snapshot, name, [area])
    return beside(snapshot, area, name, definitions(), reckon)


def _added_up(snapshot: Snapshot, name: str, areas: Sequence[str]) -> pl.DataFrame:
    rows, added_up = SUMS[name]
    return added_up(snapshot.frame(rows, areas))


def _areas(held: Sequence[Inspection]) -> set[str]:
    return {inspection.area_code for inspection in held}


def _among(held: Sequence[Inspection], frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("inspection").is_in([inspection.code for inspection in held]))


def _figures(snapshot: Snapshot, name: str, extent: Extent, by: SignedIn) -> pl.DataFrame:
    """Return the figures, or parts, that are published or of an area whose returns they see."""
    frame = snapshot.frame(name, extent.figures)
    if extent.until:
        frame = frame.filter(
            pl.col("period_end").is_null() | (pl.col("period_end") <= extent.until)
        )
    areas = frame.get_column("area").unique().to_list()
    own = [area for area in areas if sees_returns(by.standing, area)]
    return frame.filter(pl.col("published") | pl.col("area").is_in(own))


def _frame(session: Session, query: Select[*tuple[Any, ...]], schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame([tuple(row) for row in session.execute(query)], schema, orient="row")


def _held(inspections: Sequence[Inspection]) -> pl.DataFrame:
    rows = [
        (
            held.code,
            f"{held.title} (invented)"
            if held.area_code.startswith(INVENTED_PREFIX)
            else held.title,
            held.area_code,
            "here" if held.status is InspectionStatus.AGREED else "elsewhere",
            held.scale,
            held.started_on,
            held.ended_on,
            ";".join(b.organisation for b in held.bodies if b.role is BodyRole.INSPECTING),
        )
        for held in inspections
    ]
    return pl.DataFrame(rows, schemas.HELD, orient="row")


def _places(inspections: Sequence[Inspection], areas: Sequence[Area]) -> pl.DataFrame:
    """Return the places each inspection is about; one of a force is about each area in it."""
    known = {area.code: area for area in areas}
    within: dict[str, list[str]] = {}
    for area in areas:
        within.setdefault(area.force_code or "", []).append(area.code)
    rows = [
        (held.code, place, area_value(known[place]).label, known[place].force_code)
        for held in inspections
        for entry in held.areas
        for place in (entry.area_code, *within.get(entry.area_code, ()))
    ]
    return pl.DataFrame(rows, schemas.PLACES, orient="row").unique(maintain_order=True)


def _subjects(session: Session) -> pl.DataFrame:
    named = dict(session.execute(select(Theme.code, Theme.short_name)).all()) | MORE_SUBJECTS
    return pl.DataFrame(list(named.items()), schemas.SUBJECTS, orient="row")


def _statements(codes: Sequence[str]) -> Select[*tuple[Any, ...]]:
    columns = (Statement.id, Statement.statement, Statement.paragraph, Statement.direction)
    mine = Statement.inspection.in_(codes)
    return select(Statement.inspection, *columns).where(mine).order_by(Statement.id)


def _lines() -> Select[*tuple[Any, ...]]:
    """Return every grade of the scales that have a line for good, best first."""
    line = aliased(ScaleGrade)
    return (
        select(ScaleGrade.scale, ScaleGrade.grade, ScaleGrade.position <= line.position)
        .join(line, (line.scale == ScaleGrade.scale) & (line.grade == GOOD))
        .order_by(ScaleGrade.scale, ScaleGrade.position)
    )


def _judged(codes: Sequence[str]) -> Select[*tuple[Any, ...]]:
    line = aliased(ScaleGrade)
    return (
        select(
            Judgement.inspection,
            Judgement.topic,
            ScaleGrade.name,
            ScaleGrade.position <= line.position,
        )
        .join(Inspection, Inspection.code == Judgement.inspection)
        .join(
            ScaleGrade,
            (ScaleGrade.scale == Inspection.scale) & (ScaleGrade.grade == Judgement.grade),
        )
        .join(line, (line.scale == Inspection.scale) & (line.grade == GOOD))
        .where(Judgement.inspection.in_(codes), Judgement.topic.startswith(OVERALL))
        .order_by(Judgement.id)
    )


def _scopes(codes: Sequence[str]) -> Select[*tuple[Any, ...]]:
    scope = InspectionTheme
    query = select(scope.inspection, scope.theme).where(scope.inspection.in_(codes))
    return query.order_by(scope.inspection, scope.theme)


def _listed(session: Session, agreed: Sequence[str]) -> pl.DataFrame:
    """Count each group on the lists cases came from; one the list does not record is empty."""
    listed = FrameEntry
    columns = {
        "boys": (listed.sex, Sex.MALE),
        "disabled children": (listed.disability, Answer.YES),
        "children in care": (listed.in_care, Answer.YES),
    }
    counts = [
        each
        for column, word in columns.values()
        for each in (func.count(column), func.count().filter(column == word))
    ]
    query = (
        select(listed.inspection, *counts)
        .where(listed.inspection.in_(agreed), listed.excluded_because.is_(None))
        .group_by(listed.inspection)
    )
    with widened(session, Task.COUNTING):
        found = session.execute(query).all()
    rows = [
        (code, who, numbers[2 * place + 1] if numbers[2 * place] else None)
        for code, *numbers in found
        for place, who in enumerate(columns)
    ]
    return pl.DataFrame(rows, schemas.LISTED, orient="row")
