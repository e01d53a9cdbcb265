"""A body's own plan of action from a spreadsheet: its rows as actions on its recommendations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from data_model.forms import ActionForm, checked
from data_model.records import Action, ActionNote, Recommendation, RecommendationOwner, Theme
from data_model.vocabulary import Delivery, NoteKind
from inspect_app.errors import Refusal
from inspect_app.services.answers import check_open
from inspect_app.services.register_bodies import Bodies, bodies_of
from inspect_app.services.register_matching import ASKED, Asked, Held, answer_to, nearest, said_of
from inspect_app.services.register_values import AsPlan, Became, RowReport
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.plain_text import alike
from inspect_app.workbooks.problem import shortened
from inspect_app.workbooks.registers import Field, Register, RegisterRow, meaning
from inspect_app.workflow import ACCEPTANCES
from metrics import BY_CODE

KEPT = {
    *ASKED,
    Field.BODY,
    Field.THEME,
    Field.STATUS,
    Field.ACTION,
    Field.ROLE,
    Field.STARTS_ON,
    Field.DUE_ON,
    Field.REVISED_ON,
    Field.DONE_ON,
    Field.PROGRESS,
    Field.INDICATOR,
    Field.BY_HOW_MUCH,
}
"""Fields that an action has a place for, or that say whose it is."""

PLANNED = (Field.STARTS_ON, Field.DUE_ON, Field.REVISED_ON, Field.DONE_ON)
LONGEST_INDICATOR = 60
INDICATORS = {
    alike(said): each.code for each in BY_CODE.values() for said in (each.code, each.title)
}


@dataclass(frozen=True)
class PlanEntry:
    """A row with what becomes of it, and the action it is if it is new."""

    row: RegisterRow
    report: RowReport
    owner: RecommendationOwner | None = None
    form: ActionForm | None = None


@dataclass(frozen=True)
class Planning:
    """A plan held against the answers of the person's own body, row by row.

    `actions` are the actions here, by answer, that no row has been found to be yet; `seen` are
    the rows so far, by recommendation and by their cells; `found` are the answers that rows
    belong to, by what they say of their recommendation.
    """

    register: Register
    told: AsPlan
    by: SignedIn
    bodies: Bodies
    themes: dict[str, str]
    held: Sequence[Held]
    actions: dict[int, list[Action]]
    seen: dict[tuple[str | None, str], int] = field(default_factory=dict)
    found: dict[tuple[tuple[Field, str], ...], Held | None] = field(default_factory=dict)

    def entries(self) -> Iterator[PlanEntry]:
        """Yield what becomes of every row, in their order."""
        above: Asked = {}
        for row in self.register.rows:
            asked = {each: row.texts[each] for each in ASKED if each in row.texts}
            filled = not asked and bool(above)
            above = asked or above
            yield self._once(self._entry(row, above, filled=filled))

    def _once(self, entry: PlanEntry) -> PlanEntry:
        """Return a row as it is, or as a repeated one where an earlier row says the same."""
        report = entry.report
        key = (report.code, entry.row.hash)
        first = self.seen.setdefault(key, entry.row.line)
        if report.became is not Became.NEW or first == entry.row.line:
            return entry
        why = f"It says the same as row {first}."
        return PlanEntry(entry.row, replace(report, became=Became.REPEATED, why=why))

    def _entry(self, row: RegisterRow, asked: Asked, *, filled: bool) -> PlanEntry:
        report = self._report(row, filled=filled)
        try:
            owner = self._owner(row, asked)
            report = replace(report, code=owner.recommendation)
            return self._on(row, report, owner)
        except Refusal as refused:
            cell = str(refused.facts.get("cell", ""))
            why = f"{refused.summary} {refused.advice}".strip()
            return PlanEntry(row, replace(report, became=Became.REFUSED, why=why, cell=cell))

    def _on(self, row: RegisterRow, report: RowReport, owner: RecommendationOwner) -> PlanEntry:
        """Return a row as an action of an answer; raises Refusal for one that cannot be it."""
        if self._imported(row, owner):
            return PlanEntry(row, replace(report, became=Became.ALREADY))
        self._check_cells(row)
        same = self._same(row, owner)
        if same is not None:
            self._check_unchanged(row, same)
            left = (*report.left, *self._unsaid(row, same))
            return PlanEntry(row, replace(report, became=Became.ALREADY, left=left))
        check_open(owner)
        if owner.response not in ACCEPTANCES:
            raise Refusal(
                f"{owner.recommendation} is “{owner.response.english.lower()}”.",
                "A plan belongs to one that is accepted: accept it first.",
            )
        self._check_days(row, owner)
        return PlanEntry(row, report, owner, checked(ActionForm, self._sent(row)))

    def _check_days(self, row: RegisterRow, owner: RecommendationOwner) -> None:
        """Raise Refusal for a day before the recommendation was published, or done to come."""
        published = next(asked.published_on for held, asked in self.held if held is owner)
        for each, on in row.days.items():
            early = each in PLANNED and published is not None and on < published
            if early or (each is Field.DONE_ON and on > self.by.today):
                when = f"before it was published, {published}" if early else "still to come"
                raise Refusal(
                    f"{self.register.heading(each)}: {on} is {when}.",
                    "Correct the day.",
                    cell=self.register.cell(row, each),
                )

    def _check_cells(self, row: RegisterRow) -> None:
        if row.problems:
            raise Refusal(row.problems[0].in_words, "", cell=row.problems[0].cell)
        for needed, why in NEEDED.items():
            if needed not in row.texts:
                raise Refusal(
                    f"{self.register.heading(needed)}: nothing is given. {why}",
                    "Add it to the row.",
                    cell=self.register.cell(row, needed),
                )

    def _owner(self, row: RegisterRow, asked: Asked) -> RecommendationOwner:
        """Return the answer a row belongs to; raises Refusal naming the nearest."""
        codes, _unknown = self.bodies.of(row)
        own = self.by.standing.organisation
        if codes and own not in codes:
            names = ", ".join(self.bodies.names[code] for code in codes)
            raise Refusal(
                f"It is an action of {names}.",
                "Their director enters it.",
                cell=self.register.cell(row, Field.BODY),
            )
        said = tuple(asked.items())
        if said not in self.found:
            self.found[said] = answer_to(asked, self.held)
        found = self.found[said]
        if found is None:
            raise Refusal(
                f"No recommendation to your body is {said_of(asked)}.",
                nearest(asked, self.held),
                cell=next((c for f in ASKED if (c := self.register.cell(row, f))), ""),
            )
        return found[0]

    def _imported(self, row: RegisterRow, owner: RecommendationOwner) -> bool:
        """Return whether an action of this answer came from this very row, as it stood."""
        actions = self.actions[owner.id]
        found = next((action for action in actions if action.imported == row.said), None)
        if found is not None:
            actions.remove(found)
        return found is not None

    def _same(self, row: RegisterRow, owner: RecommendationOwner) -> Action | None:
        """Return the action of this answer with the same words, if it has no row yet.

        Of several it is the one that differs least.
        """
        words = alike(row.texts[Field.ACTION])
        same = [each for each in self.actions[owner.id] if alike(each.action) == words]
        found = min(same, key=lambda each: len(self._differing(row, each)), default=None)
        if found is not None:
            self.actions[owner.id].remove(found)
        return found

    def _check_unchanged(self, row: RegisterRow, action: Action) -> None:
        differ = self._differing(row, action)
        if differ:
            named = ", ".join(self.register.heading(each) for each in differ)
            raise Refusal(
                f"This action is here and differs in {named}. What is here stays.",
                "Change it in the app, where a later date has its reason.",
                cell=self.register.cell(row, differ[0]),
            )

    def _differing(self, row: RegisterRow, action: Action) -> list[Field]:
        """Return what a row says otherwise than an action; a cell that is empty says nothing."""
        sent, days = self._sent(row), row.days
        moved = days.get(Field.REVISED_ON, action.due_on) != action.due_on
        other = {
            Field.ROLE: alike(row.texts[Field.ROLE]) != alike(action.owner_role),
            Field.STARTS_ON: sent["starts_on"] not in {None, action.starts_on},
            Field.DUE_ON: days[Field.DUE_ON] not in {action.original_due_on, action.due_on},
            Field.REVISED_ON: moved,
            Field.DONE_ON: sent["done_on"] not in {None, action.done_on},
            Field.THEME: sent["theme"] not in {None, action.theme},
            Field.INDICATOR: sent["indicator"] not in {None, action.indicator},
            Field.BY_HOW_MUCH: alike(sent["by_how_much"] or "")
            not in {"", alike(action.by_how_much or "")},
        }
        return [each for each, differs in other.items() if differs]

    def _unsaid(self, row: RegisterRow, action: Action) -> Iterator[str]:
        """Yield what a row says of an action's progress that none of its notes says."""
        progress = alike(row.texts.get(Field.PROGRESS, ""))
        if progress and progress not in {alike(note.text) for note in action.notes}:
            yield "What it says of progress is not among the action's notes: note it in the app."

    def _sent(self, row: RegisterRow) -> dict[str, Any]:
        texts, days = row.texts, row.days
        return {
            "action": texts[Field.ACTION],
            "owner_role": texts[Field.ROLE],
            "starts_on": days.get(Field.STARTS_ON),
            "due_on": days[Field.DUE_ON],
            "done_on": days.get(Field.DONE_ON),
            "theme": self.themes.get(alike(texts.get(Field.THEME, ""))),
            "indicator": self._indicator(row),
            "by_how_much": texts.get(Field.BY_HOW_MUCH),
        }

    def _indicator(self, row: RegisterRow) -> str | None:
        """Return the code of an indicator of ours, or the short name of one of the body's own."""
        said = row.texts.get(Field.INDICATOR, "")
        own = said if len(said) <= LONGEST_INDICATOR else None
        return INDICATORS.get(alike(said), own) or None

    def _report(self, row: RegisterRow, *, filled: bool) -> RowReport:
        status = row.texts.get(Field.STATUS, "")
        return RowReport(
            line=row.line,
            label=shortened(row.texts.get(Field.ACTION, "")),
            became=Became.NEW,
            code=None,
            why="",
            cell="",
            status=status,
            meaning=meaning(self.told.register, status),
            made_on=None,
            response_due_on=None,
            left=tuple(self._left(row, filled=filled)),
        )

    def _left(self, row: RegisterRow, *, filled: bool) -> Iterator[str]:
        """Yield what of a row an action has no place for; its cells are kept with it."""
        if filled:
            yield "No recommendation in the row: the one above it was taken."
        yield from self._left_of_status(row)
        theme = row.texts.get(Field.THEME)
        if theme and alike(theme) not in self.themes:
            yield f"Theme “{theme}” is none of ours."
        due, revised = row.days.get(Field.DUE_ON), row.days.get(Field.REVISED_ON)
        if due and revised and revised > due:
            yield "A later date was set before it came here: counted as one slip, without a reason."
        if Field.INDICATOR in row.texts and not self._indicator(row):
            yield f"{self.register.heading(Field.INDICATOR)} is longer than an indicator's name."
        homeless = [self.register.heading(each) for each in row.texts if each not in KEPT]
        if homeless:
            yield f"An action has no place for {', '.join(homeless)}."

    def _left_of_status(self, row: RegisterRow) -> Iterator[str]:
        status = row.texts.get(Field.STATUS)
        if not status:
            return
        found = meaning(self.told.register, status)
        if found is None or not found.words:
            yield f"Status “{status}” cannot be mapped."
        elif found.delivery is Delivery.CLAIMED and Field.DONE_ON not in row.days:
            yield f"Status “{status}” has no day on which it was done: it stands as not done."
        else:
            yield f"Status “{status}” is not set here. {found.note}".strip()


NEEDED = {
    Field.ACTION: "A row without one is no action.",
    Field.ROLE: "An action has a named role.",
    Field.DUE_ON: "An action has a date.",
}
"""What a row cannot be without."""


def held_against(
    session: Session, register: Register, told: AsPlan, by: SignedIn
) -> list[PlanEntry]:
    """Return what becomes of every row of a plan, for the recommendations to the person's body."""
    query = (
        select(RecommendationOwner, Recommendation)
        .join(Recommendation, RecommendationOwner.recommendation == Recommendation.code)
        .where(
            RecommendationOwner.organisation == by.standing.organisation,
            Recommendation.published_on.is_not(None),
            Recommendation.followed_here,
        )
        .options(selectinload(RecommendationOwner.actions).selectinload(Action.notes))
        .order_by(Recommendation.made_on.desc(), Recommendation.code)
    )
    held = [(owner, asked) for owner, asked in session.execute(query)]
    actions = {owner.id: list(owner.actions) for owner, _asked in held}
    themes = {
        alike(said): theme.code
        for theme in session.scalars(select(Theme).order_by(Theme.code))
        for said in (theme.code, theme.name, theme.short_name)
    }
    planning = Planning(register, told, by, bodies_of(session, {}), themes, held, actions)
    return list(planning.entries())


def keep(entry: PlanEntry, by: SignedIn) -> None:
    """Add the action of a new row, with every cell of the row and what it says of progress."""
    if entry.owner is None or entry.form is None:
        return
    row = entry.row
    due = row.days.get(Field.REVISED_ON, entry.form.due_on)
    action = Action(
        **entry.form.model_dump(exclude={"due_on"}),
        original_due_on=entry.form.due_on,
        due_on=due,
        slips=int(due > entry.form.due_on),
        imported=dict(row.said),
    )
    progress = row.texts.get(Field.PROGRESS)
    if progress:
        note = ActionNote(
            kind=NoteKind.PROGRESS, text=progress, noted_at=by.clock(), noted_by=by.person
        )
        action.notes.append(note)
    entry.owner.actions.append(action)
