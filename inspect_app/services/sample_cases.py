"""The invented cases: read, read a second time by somebody else, and decided where they differ."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from data_model.database import Database
from data_model.forms import CaseForm, DecisionForm, FindingForm, checked
from data_model.records import CaseFile
from data_model.shipped import Row, several
from data_model.vocabulary import CaseStatus
from inspect_app.services import cases, moderation
from inspect_app.services.sample_rows import (
    Deed,
    Turn,
    acting,
    given,
    grouped,
    instant,
    invented,
    leads,
    noon,
)
from inspect_app.signed_in import SignedIn

SEVERAL = ("disability_kinds", "harm_indicators", "blaming_terms")
LINES = ("episodes", "perpetrators", "disruptions", "answers")
NOT_OF_THE_CASE = ("inspection", "read_by", "status", "submitted_at", "frame_number")


class CaseStory:
    """What the readers and the lead of the invented inspections did with each case."""

    def __init__(self, database: Database) -> None:
        """Start with no case recorded; `numbers` and `inspections` fill as cases are begun."""
        self.database = database
        self.numbers: dict[str, int] = {}
        self.inspections: dict[str, str] = {}

    def first_readings(self) -> Iterator[Deed]:
        """Each case is kept as a draft, and submitted if it is said to have been."""
        lines = {name: grouped(name, "reference") for name in LINES}
        findings = grouped("findings", "reference")
        pointers = grouped("pointers", "reference", "theme")
        started = {row["code"]: row["started_on"] for row in invented("inspections")}
        for row in invented("cases"):
            key, said = (row["reference"],), row["submitted_at"]
            at = instant(said) if said else noon(started[row["inspection"]], hour=17)
            of_case = {name: held[key] for name, held in lines.items()}
            form = _case_form(row, of_case, findings[key], pointers)
            yield Deed(at, Turn.RECORD_CASE, self._record(row, form))

    def _record(self, row: Row, form: CaseForm) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            by = acting(row["read_by"], self.database, at)
            number = int(row["frame_number"]) if row["frame_number"] else None
            case = cases.begin(row["inspection"], form, by=by, from_sample=number)
            self.numbers[row["reference"]] = case
            self.inspections[row["reference"]] = row["inspection"]
            if row["status"] == CaseStatus.SUBMITTED:
                cases.submit(case, _version(case, by), by=by)

        return do

    def second_readings(self) -> Iterator[Deed]:
        """A second reader takes a case, reads it blind to the first and mostly submits."""
        findings = grouped("second_findings", "reference", "reader")
        for row in invented("second_readings"):
            forms = tuple(_finding(one) for one in findings[row["reference"], row["reader"]])
            begun, submitted = instant(row["begun_at"]), row["submitted_at"]
            yield Deed(begun, Turn.BEGIN_READING, self._take(row))
            at = instant(submitted) if submitted else begun
            yield Deed(at, Turn.READ_AGAIN, self._read_again(row, forms))

    def _take(self, row: Row) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            by = acting(row["reader"], self.database, at)
            moderation.take(self.numbers[row["reference"]], by=by)

        return do

    def _read_again(
        self, row: Row, findings: tuple[FindingForm, ...]
    ) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            by, case = acting(row["reader"], self.database, at), self.numbers[row["reference"]]
            held = cases.view(case, by=by)
            form = held.form.model_copy(update={"findings": findings})
            cases.save(case, held.version, form, by=by)
            if row["submitted_at"]:
                moderation.submit_reading(case, by=by)

        return do

    def decisions(self) -> Iterator[Deed]:
        """The lead decides each theme on which two readings of a case differ."""
        for row in invented("decisions"):
            form = checked(DecisionForm, given(row, drop=("reference", "decided_at")))
            yield Deed(instant(row["decided_at"]), Turn.DECIDE, self._decide(row, form))

    def _decide(self, row: Row, form: DecisionForm) -> Callable[[datetime], None]:
        lead = leads()

        def do(at: datetime) -> None:
            by = acting(lead[self.inspections[row["reference"]]], self.database, at)
            moderation.decide(self.numbers[row["reference"]], form, by=by)

        return do


def _case_form(
    row: Row,
    lines: Mapping[str, list[Row]],
    findings: list[Row],
    pointers: Mapping[tuple[str, ...], list[Row]],
) -> CaseForm:
    listed = {name: several(row[name]) for name in SEVERAL}
    each = {name: [given(line, drop=("reference",)) for line in lines[name]] for name in LINES}
    found = [
        _finding_cells(finding, pointers[row["reference"], finding["theme"]])
        for finding in sorted(findings, key=lambda finding: finding["theme"])
    ]
    cells = given(row, drop=NOT_OF_THE_CASE)
    return checked(CaseForm, {**cells, **listed, **each, "findings": found})


def _finding(row: Row) -> FindingForm:
    return checked(FindingForm, _finding_cells(row, []))


def _finding_cells(row: Row, pointers: list[Row]) -> dict[str, object]:
    behind = [given(one, drop=("inspection", "reference", "theme")) for one in pointers]
    return {**given(row, drop=("inspection", "reference", "reader")), "pointers": behind}


def _version(case: int, by: SignedIn) -> int:
    with by.reading() as session:
        return session.get_one(CaseFile, case).version
