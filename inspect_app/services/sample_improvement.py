"""What the invented bodies did about recommendations: answers, evidence, verdicts and plans."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from data_model.database import Database
from data_model.forms import (
    ActionForm,
    EvidenceForm,
    MilestoneForm,
    NoteForm,
    ProgressForm,
    StepForm,
    checked,
)
from data_model.records import Action
from data_model.shipped import Row
from inspect_app.services import actions, evidence, steps
from inspect_app.services.sample_rows import Deed, Turn, acting, given, instant, invented, noon
from inspect_app.services.steps import Which
from inspect_app.workflow import Axis

PLANNED = tuple(name for name in ActionForm.model_fields if name != "done_on")
"""What is said of an action when it is planned; on the day it was done, its owner says so."""

Key = tuple[str, str, str]


class ImprovementStory:
    """Owners answer, plan, report and submit evidence; a verifier judges and closes."""

    def __init__(self, database: Database) -> None:
        """Start with nothing planned; `actions` and `milestones` fill as they are."""
        self.database = database
        self.actions: dict[Key, int] = {}
        self.milestones: dict[tuple[str, ...], int] = {}

    def answered(self) -> Iterator[Deed]:
        """Each step on an answer, and each piece of evidence put forward for it."""
        for row in invented("recommendation_steps"):
            yield Deed(noon(row["on"]), Turn.STEP, self._step(row))
        for row in invented("evidence"):
            yield Deed(instant(row["submitted_at"]), Turn.EVIDENCE, self._evidence(row))

    def _step(self, row: Row) -> Callable[[datetime], None]:
        sent = {**row, "reason": row["reason"] or row["claim"]}
        form = checked(StepForm, given(sent, only=tuple(StepForm.model_fields)))
        which = Which(row["recommendation"], row["organisation"])
        axis = Axis(row["axis"])
        return lambda at: steps.step(which, axis, form, by=acting(row["by"], self.database, at))

    def _evidence(self, row: Row) -> Callable[[datetime], None]:
        form = checked(EvidenceForm, given(row, only=tuple(EvidenceForm.model_fields)))
        code, body = row["recommendation"], row["organisation"]

        def do(at: datetime) -> None:
            evidence.add(code, body, form, by=acting(row["submitted_by"], self.database, at))

        return do

    def planned(self) -> Iterator[Deed]:
        """The director who accepted plans each action that day, and says when it was done."""
        accepted = {
            (row["recommendation"], row["organisation"]): row
            for row in invented("recommendation_steps")
            if row["axis"] == Axis.RESPONSE
        }
        directors = {answer: row["by"] for answer, row in accepted.items()}
        for row in invented("actions"):
            answer = accepted[row["recommendation"], row["organisation"]]
            yield Deed(noon(answer["on"], hour=13), Turn.ACTION, self._plan(row, answer["by"]))
            if row["done_on"]:
                done = self._done(row, answer["by"])
                yield Deed(noon(row["done_on"], hour=14), Turn.ACTION, done)
        yield from self._noted(directors)
        yield from self._on_the_way(directors)
        yield from self._put_back(directors)

    def _noted(self, directors: dict[tuple[str, str], str]) -> Iterator[Deed]:
        for row in invented("notes"):
            by = directors[row["recommendation"], row["organisation"]]
            yield Deed(instant(row["noted_at"]), Turn.ACTION, self._note(row, by))

    def _on_the_way(self, directors: dict[tuple[str, str], str]) -> Iterator[Deed]:
        for row in invented("milestones"):
            by = directors[row["recommendation"], row["organisation"]]
            yield Deed(noon(row["set_on"], hour=15), Turn.ACTION, self._set(row, by))
            if row["done_on"]:
                reached = noon(row["done_on"], hour=16)
                yield Deed(reached, Turn.ACTION, self._reach(row, by))

    def _put_back(self, directors: dict[tuple[str, str], str]) -> Iterator[Deed]:
        for row in invented("slips"):
            by = directors[row["recommendation"], row["organisation"]]
            yield Deed(noon(row["on"], hour=14), Turn.ACTION, self._slip(row, by))

    def _plan(self, row: Row, person: str) -> Callable[[datetime], None]:
        form = checked(ActionForm, given(row, only=PLANNED))
        code, body = row["recommendation"], row["organisation"]

        def do(at: datetime) -> None:
            by = acting(person, self.database, at)
            self.actions[_key(row)] = actions.add(code, body, form, by=by)

        return do

    def _done(self, row: Row, person: str) -> Callable[[datetime], None]:
        done_on = date.fromisoformat(row["done_on"])

        def do(at: datetime) -> None:
            due_on, _version = self._as_it_stands(row)
            form = ProgressForm(due_on=due_on, done_on=done_on)
            self._progress(row, form, person, at)

        return do

    def _slip(self, row: Row, person: str) -> Callable[[datetime], None]:
        form = checked(ProgressForm, given(row, only=tuple(ProgressForm.model_fields)))
        return lambda at: self._progress(row, form, person, at)

    def _progress(self, row: Row, form: ProgressForm, person: str, at: datetime) -> None:
        _due_on, version = self._as_it_stands(row)
        by = acting(person, self.database, at)
        actions.progress(self.actions[_key(row)], form, version, by=by)

    def _as_it_stands(self, row: Row) -> tuple[date, int]:
        with self.database.reading() as session:
            held = session.get_one(Action, self.actions[_key(row)])
            return held.due_on, held.version

    def _set(self, row: Row, person: str) -> Callable[[datetime], None]:
        form = checked(MilestoneForm, given(row, only=("title", "due_on")))

        def do(at: datetime) -> None:
            by = acting(person, self.database, at)
            number = actions.add_milestone(self.actions[_key(row)], form, by=by)
            self.milestones[*_key(row), form.title] = number

        return do

    def _reach(self, row: Row, person: str) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            by = acting(person, self.database, at)
            number = self.milestones[*_key(row), row["title"]]
            actions.reach(number, by.today, by=by)

        return do

    def _note(self, row: Row, person: str) -> Callable[[datetime], None]:
        form = checked(NoteForm, given(row, only=tuple(NoteForm.model_fields)))
        return lambda at: actions.note(
            self.actions[_key(row)], form, by=acting(person, self.database, at)
        )


def _key(row: Row) -> Key:
    return row["recommendation"], row["organisation"], row["action"]
