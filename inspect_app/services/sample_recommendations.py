"""The invented recommendations: written, entered, linked to earlier ones, and put to the test."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import select

from data_model.database import Database
from data_model.forms import EnteredForm, ReauditForm, RecommendationForm, RetestForm, checked
from data_model.records import CaseFile, Finding
from data_model.shipped import Row, several
from inspect_app.services import reaudits, recommendations, repeats
from inspect_app.services.sample_cases import CaseStory
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


class RecommendationStory:
    """What was recommended to whom, what it repeats, and which inspection tests it."""

    def __init__(self, database: Database, cases: CaseStory) -> None:
        """Take the cases whose findings the recommendations hang on."""
        self.database = database
        self.cases = cases

    def written(self) -> Iterator[Deed]:
        """Each is written by its inspection's lead on findings, and published unless a draft."""
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
            by = acting(lead, self.database, at)
            ids = [self.finding(entry["reference"], entry["theme"], by) for entry in behind]
            lists = {"themes": several(row["themes"]), "bodies": bodies, "findings": ids}
            form = checked(RecommendationForm, {**given(row, drop=("published",)), **lists})
            code = recommendations.write(form, by=by)
            if row["published"] == "yes":
                recommendations.publish(code, by.today, by=by)

        return do

    def finding(self, reference: str, theme: str, by: SignedIn) -> int:
        """Return the finding of a case's first reader under a theme."""
        with by.reading() as session:
            return session.scalars(
                select(Finding.id)
                .join(CaseFile, CaseFile.id == Finding.case_id)
                .where(
                    CaseFile.id == self.cases.numbers[reference],
                    Finding.theme == theme,
                    Finding.reader == CaseFile.read_by,
                )
            ).one()

    def entered(self) -> Iterator[Deed]:
        """Each that stands in a publication is entered with its quotation, and followed here."""
        for row in invented("entered"):
            lists = {name: several(row[name]) for name in ("themes", "bodies")}
            sent = {**given(row, drop=("entered_by", "entered_at")), **lists}
            form = checked(EnteredForm, sent)
            yield Deed(instant(row["entered_at"]), Turn.RECOMMEND, self._enter(row, form))

    def _enter(self, row: Row, form: EnteredForm) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            recommendations.enter(form, by=acting(row["entered_by"], self.database, at))

        return do

    def tests(self) -> Iterator[Deed]:
        """It is said what would test each, and later which inspection does."""
        for row in invented("retests"):
            plan = checked(RetestForm, given(row, only=tuple(RetestForm.model_fields)))
            yield Deed(instant(row["planned_at"]), Turn.LINK, self._plan(row, plan))
        for row in invented("reaudits"):
            named = checked(ReauditForm, given(row, only=tuple(ReauditForm.model_fields)))
            yield Deed(instant(row["arranged_at"]), Turn.LINK, self._arrange(row, named))

    def _plan(self, row: Row, form: RetestForm) -> Callable[[datetime], None]:
        return lambda at: reaudits.plan(
            row["recommendation"], form, by=acting(row["planned_by"], self.database, at)
        )

    def _arrange(self, row: Row, form: ReauditForm) -> Callable[[datetime], None]:
        code, body = row["recommendation"], row["organisation"]
        return lambda at: reaudits.arrange(
            code, body, form, by=acting(row["arranged_by"], self.database, at)
        )

    def linked(self) -> Iterator[Deed]:
        """A recommendation that asks again for what an earlier one asked is linked to it."""
        for row in invented("repeats"):
            yield Deed(instant(row["linked_at"]), Turn.LINK, self._link(row))

    def _link(self, row: Row) -> Callable[[datetime], None]:
        return lambda at: repeats.link(
            row["recommendation"],
            row["repeat_of"],
            by=acting(row["linked_by"], self.database, at),
        )
