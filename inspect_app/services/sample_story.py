"""The invented inspections, walked through the real services in the order they happened.

So the samples obey every rule, and their trail is true to life.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from data_model.database import Database
from data_model.forms import (
    ActionForm,
    EvidenceForm,
    InspectionForm,
    RecommendationForm,
    StepForm,
    checked,
)
from data_model.records import CaseFile, Finding
from data_model.shipped import Row, several
from data_model.vocabulary import InspectionStatus
from inspect_app.services import inspections, moderation, recommendations
from inspect_app.services.sample_cases import CaseStory
from inspect_app.services.sample_frames import sampling_deeds
from inspect_app.services.sample_rows import (
    LEAD,
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
from inspect_app.workflow import Axis


def tell(database: Database) -> None:
    """Do everything the story says, in the order it is said to have happened."""
    story = _Story(database)
    deeds = [
        *story.inspections(),
        *sampling_deeds(database),
        *story.cases.first_readings(),
        *story.cases.second_readings(),
        *story.cases.decisions(),
        *story.recommendations(),
        *story.progress(),
    ]
    for deed in sorted(deeds, key=lambda deed: (deed.at, deed.turn)):
        deed.do(deed.at)


class _Story:
    """The invented inspections, told by the people who are in them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.cases = CaseStory(database)

    def inspections(self) -> Iterator[Deed]:
        """Each inspection is started by its lead, and agreed two weeks after it ended."""
        readers = grouped("readers", "inspection")
        for row in invented("inspections"):
            team = readers[row["code"],]
            lead = next(entry["person"] for entry in team if entry["role"] == LEAD)
            others = tuple(entry["person"] for entry in team if entry["role"] != LEAD)
            # The moment decides which cases without the lowest grade are read twice as well.
            started = noon(row["started_on"], hour=8) + timedelta(minutes=18)
            yield Deed(started, Turn.START, self._start(row, lead, others))
            if row["status"] == InspectionStatus.AGREED:
                agreed = noon(row["ended_on"]) + timedelta(days=14)
                yield Deed(agreed, Turn.AGREE, self._agree(row["code"], lead))

    def _start(self, row: Row, lead: str, others: tuple[str, ...]) -> Callable[[datetime], None]:
        lists = {
            name: several(row[name]) for name in ("areas", "inspecting", "inspected", "themes")
        }
        sent = {**given(row, drop=("status",)), **lists, "readers": others}
        form = checked(InspectionForm, sent)

        def do(at: datetime) -> None:
            inspections.start(form, by=acting(lead, self.database, at))

        return do

    def _agree(self, code: str, lead: str) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            by = acting(lead, self.database, at)
            moderation.lock_ready(code, by=by)
            inspections.agree(code, by=by)

        return do

    def recommendations(self) -> Iterator[Deed]:
        """Each recommendation is written by the lead inspector on the findings behind it."""
        behind = grouped("recommendation_findings", "recommendation")
        bodies = grouped("recommendation_bodies", "recommendation")
        lead = leads()
        for row in invented("recommendations"):
            to = [entry["organisation"] for entry in bodies[row["code"],]]
            at, by = noon(row["made_on"]), lead[row["inspection"]]
            yield Deed(at, Turn.RECOMMEND, self._write(row, to, behind[row["code"],], by))

    def _write(
        self, row: Row, bodies: list[str], behind: list[Row], lead: str
    ) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            ids = [self._finding(entry["reference"], entry["theme"]) for entry in behind]
            lists = {"themes": several(row["themes"]), "bodies": bodies, "findings": ids}
            form = checked(RecommendationForm, {**given(row), **lists})
            recommendations.write(form, by=acting(lead, self.database, at))

        return do

    def _finding(self, reference: str, theme: str) -> int:
        with self.database.reading() as session:
            return session.scalars(
                select(Finding.id)
                .join(CaseFile, CaseFile.id == Finding.case_id)
                .where(
                    CaseFile.id == self.cases.numbers[reference],
                    Finding.theme == theme,
                    Finding.reader == CaseFile.read_by,
                )
            ).one()

    def progress(self) -> Iterator[Deed]:
        """Owners respond, plan, submit evidence and report; a verifier judges."""
        for row in invented("recommendation_steps"):
            if row["to"] != "submitted":
                yield Deed(noon(row["on"]), Turn.STEP, self._step(row))
        for row in invented("evidence"):
            yield Deed(instant(row["submitted_at"]), Turn.EVIDENCE, self._evidence(row))
        accepted = {
            (row["recommendation"], row["organisation"]): row
            for row in invented("recommendation_steps")
            if row["axis"] == Axis.RESPONSE
        }
        for row in invented("actions"):
            answer = accepted[row["recommendation"], row["organisation"]]
            yield Deed(noon(answer["on"], hour=13), Turn.ACTION, self._action(row, answer["by"]))

    def _step(self, row: Row) -> Callable[[datetime], None]:
        sent = {**row, "reason": row["reason"] or row["claim"]}
        form = checked(StepForm, given(sent, only=tuple(StepForm.model_fields)))
        axis = Axis(row["axis"])
        code, body = row["recommendation"], row["organisation"]
        return lambda at: recommendations.step(
            code, body, axis, form, by=acting(row["by"], self.database, at)
        )

    def _evidence(self, row: Row) -> Callable[[datetime], None]:
        form = checked(EvidenceForm, given(row, only=tuple(EvidenceForm.model_fields)))
        code, body = row["recommendation"], row["organisation"]
        return lambda at: recommendations.add_evidence(
            code, body, form, by=acting(row["submitted_by"], self.database, at)
        )

    def _action(self, row: Row, person: str) -> Callable[[datetime], None]:
        form = checked(ActionForm, given(row, only=tuple(ActionForm.model_fields)))
        code, body = row["recommendation"], row["organisation"]
        return lambda at: recommendations.add_action(
            code, body, form, by=acting(person, self.database, at)
        )
