"""Set up a database: reference data, the real published facts, and the invented inspections.

The invented part is walked through the real services, in the order it is said to have
happened, so the samples obey every rule and their trail is true to life.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import counted
from data_model.database import Database
from data_model.forms import (
    ActionForm,
    CaseForm,
    EvidenceForm,
    InspectionForm,
    RecommendationForm,
    StepForm,
    checked,
)
from data_model.records import (
    Area,
    AreaSuccession,
    AuditEvent,
    CaseFile,
    Criterion,
    Figure,
    Finding,
    Framework,
    Inspection,
    InspectionArea,
    InspectionBody,
    InspectionTheme,
    Judgement,
    Organisation,
    Person,
    PersonRole,
    PublishedEvidence,
    PublishedGrade,
    Recommendation,
    RecommendationOwner,
    RecommendationTheme,
    Record,
    Scale,
    ScaleGrade,
    Statement,
    Theme,
)
from data_model.shipped import Row, record, rows, several
from data_model.vocabulary import BodyRole, CaseStatus, InspectionStatus, Role, Symbol
from inspect_app.access import Standing
from inspect_app.services import cases, inspections, people, recommendations, trail
from inspect_app.services.inspections import ENGLAND_AND_WALES
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis

REFERENCE: tuple[tuple[str, type[Record]], ...] = (
    ("areas", Area),
    ("area_successions", AreaSuccession),
    ("organisations", Organisation),
    ("frameworks", Framework),
    ("scales", Scale),
    ("scale_grades", ScaleGrade),
    ("themes", Theme),
    ("criteria", Criterion),
)
LOADED = "samples.loaded"
FIRST_DAY = datetime(2024, 1, 2, 9, 0, tzinfo=UTC)
DFE_FACTORS = "Department for Education, Children in need 2025, table C3; ONS mid-year estimates"
DFE_MISSING = "Department for Education, Children looked after in England 2024"
CRIMINAL_EXPLOITATION_ADDED = 2022
BREAK_NOTE = (
    "Criminal exploitation became a factor of its own this year, and fewer assessments "
    "carried sexual exploitation from then on: do not read across it."
)
SYMBOLS = {"k": Symbol.ROUNDS_TO_ZERO}


@dataclass(frozen=True)
class Loaded:
    """What loading did: nothing, if the samples were there already."""

    changed: bool
    inspections: int
    cases: int
    figures: int


def load(database: Database) -> Loaded:
    """Load reference data and samples once; a second call changes nothing."""
    with database.reading() as session:
        there = session.scalars(select(AuditEvent).where(AuditEvent.action == LOADED)).first()
    if there is None:
        _load_real(database)
        _load_invented(database)
    with database.reading() as session:
        counted.snapshot(session, database.snapshots)
        return Loaded(
            there is None,
            _count(session, Inspection.code),
            _count(session, CaseFile.id),
            _count(session, Figure.id),
        )


def _count(session: Session, column: object) -> int:
    return len(session.scalars(select(column)).all())  # type: ignore[call-overload]


def _setter(database: Database) -> SignedIn:
    """Return whoever sets a database up, at the samples' first moment."""
    standing = Standing("set-up", "set-up", None, frozenset({Role.ADMINISTRATOR}))
    return SignedIn("Set-up", "this installation", standing, database, clock=lambda: FIRST_DAY)


def _load_real(database: Database) -> None:
    by = _setter(database)
    with database.recording() as session:
        _add_reference(session, "data_model", "reference")
        _add_reference(session, "sample_inspections", "invented")
        _add_people(session)
        areas = {*_add_inspections(session), *_add_figures(session)}
        _add_published_recommendations(session)
        session.flush()
        event = trail.note(session, by, LOADED, "samples", after={"areas": len(areas)})
        for area in sorted(areas):
            counted.move(session, area, event)


def _add_reference(session: Session, package: str, folder: str) -> None:
    """Add the reference tables of a folder, places before the places that lie in them."""
    for name, kind in REFERENCE:
        if package == "sample_inspections" and name not in {"areas", "organisations"}:
            continue
        made = [record(kind, row) for row in rows(package, folder, f"{name}.csv")]
        if kind is Area:
            made.sort(key=lambda area: bool(area.region_code or area.force_code))  # type: ignore[attr-defined]
            session.add_all([area for area in made if not _lies_somewhere(area)])
            session.flush()
        session.add_all(made)
        session.flush()


def _lies_somewhere(area: Record) -> bool:
    return isinstance(area, Area) and bool(area.region_code or area.force_code)


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


def _add_published_recommendations(session: Session) -> None:
    for row in rows("sample_inspections", "real", "recommendations.csv"):
        held = record(Recommendation, row, followed_here=False)
        held.themes = [RecommendationTheme(theme=code) for code in several(row["themes"])]
        held.owners = [RecommendationOwner(organisation=code) for code in several(row["bodies"])]
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


def _breaks(row: Row) -> bool:
    return row["note"].startswith("Recording change")


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


@dataclass(frozen=True)
class Deed:
    """Something somebody did at a moment of the invented story."""

    at: datetime
    order: int
    do: Callable[[datetime], None]


def _load_invented(database: Database) -> None:
    """Do everything in the order it is said to have happened."""
    story = _Story(database)
    deeds = [*story.inspections(), *story.cases(), *story.recommendations(), *story.progress()]
    for deed in sorted(deeds, key=lambda deed: (deed.at, deed.order)):
        deed.do(deed.at)


class _Story:
    """The invented inspections, told by the people who are in them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.cases_by_reference: dict[str, int] = {}

    def by(self, code: str, at: datetime) -> SignedIn:
        """Return a person of the samples, acting at a moment."""
        return replace(people.sign_in(code, self.database), clock=lambda: at)

    def inspections(self) -> Iterator[Deed]:
        """Each inspection is started by its lead, and agreed two weeks after it ended."""
        readers = _grouped("readers", "inspection")
        for row in _invented("inspections"):
            team = readers[row["code"]]
            lead = next(entry["person"] for entry in team if entry["role"] == "lead")
            others = tuple(entry["person"] for entry in team if entry["role"] != "lead")
            yield Deed(_noon(row["started_on"], hour=8), 0, self._start(row, lead, others))
            if row["status"] == InspectionStatus.AGREED:
                agreed = _noon(row["ended_on"]) + timedelta(days=14)
                yield Deed(agreed, 3, self._agree(row["code"], lead))

    def _start(self, row: Row, lead: str, others: tuple[str, ...]) -> Callable[[datetime], None]:
        lists = {
            name: several(row[name]) for name in ("areas", "inspecting", "inspected", "themes")
        }
        sent = {**_given(row, drop=("status",)), **lists, "readers": others}
        form = checked(InspectionForm, sent)

        def do(at: datetime) -> None:
            inspections.start(form, by=self.by(lead, at))

        return do

    def _agree(self, code: str, lead: str) -> Callable[[datetime], None]:
        return lambda at: inspections.agree(code, by=self.by(lead, at))

    def cases(self) -> Iterator[Deed]:
        """Each case is kept as a draft, and submitted if it is said to have been."""
        findings, pointers = _grouped("findings", "reference"), _grouped("pointers", "reference")
        started = {row["code"]: row["started_on"] for row in _invented("inspections")}
        for row in _invented("cases"):
            reference = row["reference"]
            said = row["submitted_at"]
            at = _instant(said) if said else _noon(started[row["inspection"]], hour=17)
            form = _case_form(row, findings[reference], pointers[reference])
            yield Deed(at, 1, self._record(row, form))

    def _record(self, row: Row, form: CaseForm) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            by = self.by(row["read_by"], at)
            case = cases.begin(row["inspection"], form, by=by)
            self.cases_by_reference[row["reference"]] = case
            if row["status"] == CaseStatus.SUBMITTED:
                cases.submit(case, cases.view(case, by=by).version, by=by)

        return do

    def recommendations(self) -> Iterator[Deed]:
        """Each recommendation is written by the lead inspector on the findings behind it."""
        behind = _grouped("recommendation_findings", "recommendation")
        bodies = _grouped("recommendation_bodies", "recommendation")
        leads = {r["inspection"]: r["person"] for r in _invented("readers") if r["role"] == "lead"}
        for row in _invented("recommendations"):
            to = [entry["organisation"] for entry in bodies[row["code"]]]
            lead = leads[row["inspection"]]
            yield Deed(_noon(row["made_on"]), 4, self._write(row, to, behind[row["code"]], lead))

    def _write(
        self, row: Row, bodies: list[str], behind: list[Row], lead: str
    ) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            ids = [self._finding(entry["reference"], entry["theme"]) for entry in behind]
            lists = {"themes": several(row["themes"]), "bodies": bodies, "findings": ids}
            form = checked(RecommendationForm, {**_given(row), **lists})
            recommendations.write(form, by=self.by(lead, at))

        return do

    def _finding(self, reference: str, theme: str) -> int:
        with self.database.reading() as session:
            return session.scalars(
                select(Finding.id).where(
                    Finding.case_id == self.cases_by_reference[reference], Finding.theme == theme
                )
            ).one()

    def progress(self) -> Iterator[Deed]:
        """Owners respond, plan, submit evidence and report; a verifier judges."""
        for row in _invented("recommendation_steps"):
            if row["to"] != "submitted":
                yield Deed(_noon(row["on"]), 6, self._step(row))
        for row in _invented("evidence"):
            yield Deed(_instant(row["submitted_at"]), 7, self._evidence(row))
        accepted = {
            (row["recommendation"], row["organisation"]): row
            for row in _invented("recommendation_steps")
            if row["axis"] == Axis.RESPONSE
        }
        for row in _invented("actions"):
            answer = accepted[row["recommendation"], row["organisation"]]
            yield Deed(_noon(answer["on"], hour=13), 8, self._action(row, answer["by"]))

    def _step(self, row: Row) -> Callable[[datetime], None]:
        sent = {**row, "reason": row["reason"] or row["claim"]}
        form = checked(StepForm, _given(sent, only=tuple(StepForm.model_fields)))
        axis = Axis(row["axis"])
        code, body = row["recommendation"], row["organisation"]
        return lambda at: recommendations.step(code, body, axis, form, by=self.by(row["by"], at))

    def _evidence(self, row: Row) -> Callable[[datetime], None]:
        form = checked(EvidenceForm, _given(row, only=tuple(EvidenceForm.model_fields)))
        code, body = row["recommendation"], row["organisation"]
        return lambda at: recommendations.add_evidence(
            code, body, form, by=self.by(row["submitted_by"], at)
        )

    def _action(self, row: Row, person: str) -> Callable[[datetime], None]:
        form = checked(ActionForm, _given(row, only=tuple(ActionForm.model_fields)))
        code, body = row["recommendation"], row["organisation"]
        return lambda at: recommendations.add_action(code, body, form, by=self.by(person, at))


def _case_form(row: Row, findings: list[Row], pointers: list[Row]) -> CaseForm:
    lists = {name: several(row[name]) for name in ("disability_kinds", "harm_indicators")}
    themes = sorted(findings, key=lambda finding: finding["theme"])
    sent = [
        {
            **_given(finding, drop=("inspection", "reference")),
            "pointers": [
                _given(pointer, drop=("inspection", "reference", "theme"))
                for pointer in pointers
                if pointer["theme"] == finding["theme"]
            ],
        }
        for finding in themes
    ]
    drop = ("inspection", "read_by", "status", "submitted_at")
    return checked(CaseForm, {**_given(row, drop=drop), **lists, "findings": sent})


def _invented(name: str) -> Iterator[Row]:
    return rows("sample_inspections", "invented", f"{name}.csv")


def _grouped(name: str, key: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in _invented(name):
        grouped[row[key]].append(row)
    return grouped


def _given(
    row: Row, *, only: tuple[str, ...] = (), drop: tuple[str, ...] = ()
) -> dict[str, object]:
    """Return the cells of a row that say something."""
    return {
        name: text
        for name, text in row.items()
        if text and name not in drop and (not only or name in only)
    }


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _noon(day: str, *, hour: int = 12) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), tzinfo=UTC)
