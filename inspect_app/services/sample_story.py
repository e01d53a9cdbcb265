"""The invented inspections, walked through the real services in the order they happened.

So the samples obey every rule, and their trail is true to life.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

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
from data_model.records import Finding
from data_model.shipped import Row, rows, several
from data_model.vocabulary import CaseStatus, InspectionStatus
from inspect_app.services import cases, inspections, people, recommendations
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis


@dataclass(frozen=True)
class Deed:
    """Something somebody did at a moment of the invented story."""

    at: datetime
    order: int
    do: Callable[[datetime], None]


def tell(database: Database) -> None:
    """Do everything the story says, in the order it is said to have happened."""
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
