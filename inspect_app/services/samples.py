"""Set up a database: reference data, real published facts, and then the invented inspections."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import counted
from data_model.database import Database
from data_model.records import (
    AuditEvent,
    CaseFile,
    ChildPopulation,
    Figure,
    Inspection,
    InspectionArea,
    InspectionBody,
    InspectionTheme,
    Judgement,
    Person,
    PersonRole,
    PublishedEvidence,
    PublishedGrade,
    Recommendation,
    RecommendationOwner,
    RecommendationTheme,
    RecommendationWording,
    Statement,
)
from data_model.shipped import Row, record, rows, several
from data_model.sight import Task
from data_model.vocabulary import BodyRole, InspectionStatus, Role, Symbol
from inspect_app.access import Standing
from inspect_app.errors import Refusal
from inspect_app.services import reference_shipped, sample_story, trail
from inspect_app.services.demonstration import LOADED, SAMPLES
from inspect_app.services.inspections import ENGLAND_AND_WALES
from inspect_app.signed_in import SignedIn, now
from inspect_app.workbooks.national import CHILD_POPULATION

BEGUN = "samples.begun"
FIRST_DAY = datetime(2023, 1, 3, 9, 0, tzinfo=UTC)
ONS_ESTIMATES = "ONS mid-year estimates"
DFE_FACTORS = f"Department for Education, Children in need 2025, table C3; {ONS_ESTIMATES}"
DFE_MISSING = "Department for Education, Children looked after in England 2024"
CRIMINAL_EXPLOITATION_ADDED = 2022
BREAK_NOTE = (
    "Criminal exploitation became a factor of its own this year, and fewer assessments "
    "carried sexual exploitation from then on: do not read across it."
)
SYMBOLS = {"k": Symbol.ROUNDS_TO_ZERO}


@dataclass(frozen=True)
class Loaded:
    """What loading did: nothing, if the samples were there already.

    `reference` counts the rows of reference data that an older database lacked, all tables
    together.
    """

    changed: bool
    inspections: int
    cases: int
    figures: int
    reference: int = 0


def load(database: Database) -> Loaded:
    """Load reference data and samples once; a second call changes nothing.

    A database of an earlier version gets the reference data that came since.
    """
    by = replace(_setter(database), clock=now)
    with by.reading(Task.CHAINING) as session:
        there = session.scalars(select(AuditEvent).where(AuditEvent.action == LOADED)).first()
        begun = session.scalars(select(AuditEvent).where(AuditEvent.action == BEGUN)).first()
    if there is None and begun is not None:
        raise Refusal(
            "Loading the samples into this database was interrupted, so it holds only some.",
            "Delete the database (for an SQLite file, delete the file) and load them again.",
        )
    brought = 0
    if there is None:
        _load_real(database)
        sample_story.tell(database)
        _say_loaded(database)
    else:
        brought = sum(reference_shipped.bring(database, by=by).values())
    with by.reading(Task.COUNTING, Task.GUARDING) as session:
        counted.snapshot(session, database.snapshots)
        return Loaded(
            there is None,
            _count(session, Inspection.code),
            _count(session, CaseFile.id),
            _count(session, Figure.id),
            brought,
        )


def _say_loaded(database: Database) -> None:
    """Note, last of all, that every sample is there."""
    with _setter(database).recording(Task.CHAINING) as session:
        last = session.scalars(
            select(AuditEvent.happened_at).order_by(AuditEvent.number.desc()).limit(1)
        ).one()
        by = replace(_setter(database), clock=lambda: last)
        trail.note(session, by, LOADED, SAMPLES)


def _count(session: Session, column: object) -> int:
    return len(session.scalars(select(column)).all())  # type: ignore[call-overload]


def _setter(database: Database) -> SignedIn:
    """Return whoever sets a database up, at the samples' first moment."""
    standing = Standing("set-up", "set-up", None, frozenset({Role.ADMINISTRATOR}))
    return SignedIn("Set-up", "this installation", standing, database, clock=lambda: FIRST_DAY)


def _load_real(database: Database) -> None:
    by = _setter(database)
    with by.recording(Task.COUNTING) as session:
        reference_shipped.add_all(session)
        _add_people(session)
        areas = {*_add_inspections(session), *_add_figures(session)}
        _add_published_recommendations(session, by)
        session.flush()
        event = trail.note(session, by, BEGUN, "samples", after={"areas": len(areas)})
        for area in sorted(areas):
            counted.move(session, area, event)


def _add_people(session: Session) -> None:
    for row in rows("sample_inspections", "invented", "people.csv"):
        person = record(Person, row, demonstration=True)
        person.roles = [PersonRole(role=Role(role)) for role in several(row["roles"])]
        session.add(person)


def _by(name: str, key: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows("sample_inspections", "real", f"{name}.csv"):
        grouped[row[key]].append(row)
    return grouped


def _add_inspections(session: Session) -> Iterator[str]:
    """Add the real inspections; yield the area each one counts under."""
    evidence, grades = (
        _by("published_evidence", "inspection"),
        _by("published_grades", "inspection"),
    )
    judgements, statements = _by("judgements", "inspection"), _by("statements", "inspection")
    for row in rows("sample_inspections", "real", "inspections.csv"):
        held = _inspection(row)
        held.published = [_evidence(e, grades[row["code"]]) for e in evidence[row["code"]]]
        held.judgements = [record(Judgement, j) for j in judgements[row["code"]]]
        held.statements = [record(Statement, s) for s in statements[row["code"]]]
        session.add(held)
        yield held.area_code


def _inspection(row: Row) -> Inspection:
    areas = several(row["areas"])
    held = record(
        Inspection,
        row,
        status=InspectionStatus.PUBLISHED_ELSEWHERE,
        area_code=areas[0] if len(areas) == 1 else ENGLAND_AND_WALES,
        areas=[InspectionArea(area_code=code) for code in areas],
        themes=[InspectionTheme(theme=code) for code in several(row["themes"])],
    )
    held.bodies = [
        InspectionBody(organisation=code, role=role)
        for role in BodyRole
        for code in several(row[str(role)])
    ]
    return held


def _evidence(row: Row, grades: Iterable[Row]) -> PublishedEvidence:
    kept = record(PublishedEvidence, row)
    kept.grades = [
        PublishedGrade(grades=grade["grades"], cases=int(grade["cases"]))
        for grade in grades
        if grade["case_kind"] == row["case_kind"]
    ]
    return kept


def _add_published_recommendations(session: Session, by: SignedIn) -> None:
    for row in rows("sample_inspections", "real", "recommendations.csv"):
        held = record(Recommendation, row, followed_here=False)
        held.quotation, held.published_on = held.text, held.made_on
        held.published_at, held.published_by = by.clock(), by.person
        held.themes = [RecommendationTheme(theme=code) for code in several(row["themes"])]
        held.owners = [
            RecommendationOwner(organisation=code, response_due_on=held.response_due_on)
            for code in several(row["bodies"])
        ]
        held.wordings = [
            RecommendationWording(
                edition=1,
                title=held.title,
                text=held.text,
                worded_at=by.clock(),
                worded_by=by.person,
            )
        ]
        session.add(held)


def _add_figures(session: Session) -> Iterator[str]:
    """Add every figure; yield the area each one is about."""
    stated = [
        record(Figure, row, published=True)
        for row in rows("sample_inspections", "real", "figures.csv")
    ]
    invented = [
        record(Figure, row, source="Invented quarterly return", breaks=_breaks(row))
        for row in rows("sample_inspections", "invented", "figures.csv")
    ]
    factors = [
        figure
        for row in rows("sample_inspections", "real", "dfe_factors.csv")
        for figure in _factor_figures(row)
    ]
    missing = [
        figure
        for row in rows("sample_inspections", "real", "dfe_missing.csv")
        for figure in _missing_figures(row)
    ]
    for figure in (*stated, *invented, *factors, *missing):
        session.add(figure)
        yield figure.area_code
    session.add_all(map(_population, rows("sample_inspections", "real", "dfe_factors.csv")))


def _breaks(row: Row) -> bool:
    return row["note"].startswith("Recording change")


def _population(row: Row) -> ChildPopulation:
    """Return the children of the year before, on whom the rates of a row are reckoned."""
    said = row["population"]
    return ChildPopulation(
        area_code=row["area_code"],
        year=int(row["year"]) - CHILD_POPULATION.ahead,
        number=int(said) if said.isdigit() else None,
        symbol=None if said.isdigit() else Symbol(said),
        source=ONS_ESTIMATES,
    )


def _factor_figures(row: Row) -> Iterator[Figure]:
    added = int(row["year"]) == CRIMINAL_EXPLOITATION_ADDED
    sexual = ("cse-assessments-dfe", row["cse_assessments"], row["population"])
    yield _yearly(row, *sexual, DFE_FACTORS, note=BREAK_NOTE if added else None)
    yield _yearly(
        row, "missing-assessments-dfe", row["going_missing"], row["population"], DFE_FACTORS
    )


def _missing_figures(row: Row) -> Iterator[Figure]:
    children, incidents = row["had_missing_incident"], row["missing_incidents"]
    yield _yearly(row, "looked-after-missing-dfe", children, row["looked_after"], DFE_MISSING)
    yield _yearly(row, "looked-after-missing-incidents-dfe", incidents, "", DFE_MISSING)
    repeat = row["missing_more_than_once"]
    yield _yearly(row, "looked-after-missing-repeat-dfe", repeat, children, DFE_MISSING)


def _yearly(
    row: Row,
    indicator: str,
    numerator: str,
    denominator: str,
    source: str,
    note: str | None = None,
) -> Figure:
    """Return a figure of a year to 31 March; a published symbol is kept as one, never as zero."""
    year = int(row["year"])
    symbol = None if numerator.isdigit() else SYMBOLS.get(numerator) or Symbol(numerator)
    return Figure(
        indicator=indicator,
        area_code=row["area_code"],
        period_start=date(year - 1, 4, 1),
        period_end=date(year, 3, 31),
        period_label=f"Year to 31 March {year}",
        numerator=int(numerator) if symbol is None else None,
        denominator=int(denominator) if denominator.isdigit() and symbol is None else None,
        symbol=symbol,
        published=True,
        breaks=note is not None,
        source=source,
        note=note,
    )
