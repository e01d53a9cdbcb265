"""Recommendations from a published register: one a row, with its quotation and where it stood."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import bulk
from data_model.forms import EnteredForm, checked
from data_model.records import (
    Recommendation,
    RecommendationOwner,
    RecommendationTheme,
    RecommendationWording,
    Record,
    RegisterEntry,
    Theme,
)
from inspect_app.errors import Refusal
from inspect_app.services.answers import six_months_after
from inspect_app.services.reference import check_known
from inspect_app.services.register_bodies import Bodies, bodies_of
from inspect_app.services.register_values import AsRegister, Became, RowReport
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.plain_text import alike
from inspect_app.workbooks.problem import shortened
from inspect_app.workbooks.registers import Field, Register, RegisterRow, meaning, said_hash

NOT_IN_A_CODE = re.compile(r"[^A-Za-z0-9]+")
LONGEST_NUMBER, ROOM_FOR_NAME = 30, 52
"""Of the 60 characters of a code: the most for a row's number, and for it and the name before it.

The rest tells one of the same number from another.
"""

LONGEST_TITLE = 110


@dataclass(frozen=True)
class Entry:
    """A row with what becomes of it, and the form it is entered with if it is new."""

    row: RegisterRow
    report: RowReport
    form: EnteredForm | None = None


@dataclass
class Entering:
    """A register held against what is here, row by row.

    `held` are the entries of this register that no row of the file has been found to be yet,
    by their cells' hash; `gone` are those that none is, by their number; `seen` are the rows of
    the file so far, by their hash; `twice` counts the codes that were taken already.
    """

    register: Register
    told: AsRegister
    bodies: Bodies
    themes: dict[str, str]
    held: dict[str, list[RegisterEntry]]
    codes: set[str]
    unknown: list[str] = field(default_factory=list)
    gone: dict[str, RegisterEntry] = field(default_factory=dict)
    seen: dict[str, Entry] = field(default_factory=dict)
    twice: Counter[str] = field(default_factory=Counter)

    def entries(self) -> list[Entry]:
        """Return what becomes of every row, in their order."""
        here = {row.line: kept for row in self.register.rows if (kept := self._kept(row))}
        number = self.register.heading(Field.NUMBER)
        left = (entry for entries in self.held.values() for entry in entries)
        self.gone = {str(entry.said.get(number, "")).strip(): entry for entry in left}
        return [
            self._already(row, here[row.line]) if row.line in here else self._entry(row)
            for row in self.register.rows
        ]

    def _kept(self, row: RegisterRow) -> RegisterEntry | None:
        found = self.held.get(row.hash)
        return found.pop() if found else None

    def _already(self, row: RegisterRow, kept: RegisterEntry) -> Entry:
        report = replace(self._report(row), became=Became.ALREADY, code=kept.recommendation)
        self.seen.setdefault(row.hash, Entry(row, report))
        return Entry(row, report)

    def _entry(self, row: RegisterRow) -> Entry:
        earlier = self.seen.get(row.hash)
        if earlier is not None and earlier.report.became is not Became.REFUSED:
            why = f"It says the same as row {earlier.row.line}."
            code = earlier.report.code
            return Entry(
                row, replace(self._report(row), became=Became.REPEATED, code=code, why=why)
            )
        entry = self._new(row)
        self.seen[row.hash] = entry
        return entry

    def _new(self, row: RegisterRow) -> Entry:
        report = self._report(row)
        why, cell = self._in_the_way(row)
        if why:
            return Entry(row, replace(report, became=Became.REFUSED, why=why, cell=cell))
        code = self._code(row)
        try:
            form = checked(EnteredForm, self._sent(row, code, report.response_due_on))
        except Refusal as refused:
            cell = self.register.cell(row, Field.TEXT)
            return Entry(
                row, replace(report, became=Became.REFUSED, why=refused.summary, cell=cell)
            )
        self.codes.add(code)
        return Entry(row, replace(report, code=code), form)

    def _in_the_way(self, row: RegisterRow) -> tuple[str, str]:
        """Return why a row cannot be entered and the cell to mend, or nothing."""
        if row.problems:
            return row.problems[0].in_words, row.problems[0].cell
        if Field.TEXT not in row.texts and not self._worded():
            return "It has no wording.", self.register.cell(row, Field.TEXT)
        codes, unknown = self.bodies.of(row)
        self.unknown += unknown
        if not codes:
            said = "; ".join(f"“{name}”" for name in unknown)
            why = f"No body of ours is called {said}." if unknown else "It is addressed to nobody."
            return why, self.register.cell(row, Field.BODY)
        if self.bodies.mixed(codes):
            why = "It names real and invented bodies together."
            return why, self.register.cell(row, Field.BODY)
        return self._out_of_order(row) or self._changed(row)

    def _out_of_order(self, row: RegisterRow) -> tuple[str, str] | None:
        """Return a day after the register's own, or one before the day on which it was made."""
        made_on, dated_on = row.days.get(Field.MADE_ON), self.told.dated_on
        for each in (Field.MADE_ON, Field.CLOSED_ON):
            if (on := row.days.get(each)) and on > dated_on:
                why = f"is after the day of the register, {dated_on}."
                return self._day_refused(row, each, why)
        for each in (Field.RESPONSE_DUE_ON, Field.CLOSED_ON):
            if made_on and (on := row.days.get(each)) and on < made_on:
                return self._day_refused(row, each, f"is before it was made, {made_on}.")
        return None

    def _day_refused(self, row: RegisterRow, of: Field, why: str) -> tuple[str, str]:
        return f"{self.register.heading(of)}: {row.days[of]} {why}", self.register.cell(row, of)

    def _worded(self) -> bool:
        """Return whether what every row asks was said for a register that has no such column."""
        return bool(self.told.wording) and not self.register.has(Field.TEXT)

    def _changed(self, row: RegisterRow) -> tuple[str, str]:
        """Return what differs from an entry of the same number that the file no longer has."""
        number = row.said.get(self.register.heading(Field.NUMBER), "").strip()
        kept = self.gone.get(number) if number else None
        if kept is None:
            return "", ""
        names = [*row.said, *(heading for heading in kept.said if heading not in row.said)]
        other = [name for name in names if row.said.get(name) != kept.said.get(name)]
        why = (
            f"It was entered earlier as {kept.recommendation} and differs in "
            f"{', '.join(other)}. What was entered stays."
        )
        return why, self.register.cell(row, Field.NUMBER)

    def _code(self, row: RegisterRow) -> str:
        """Return a code that nothing has yet: the register's name and the row's number."""
        number = _plain(row.texts.get(Field.NUMBER) or f"row {row.line}")[-LONGEST_NUMBER:]
        stem = _plain(f"{_plain(self.told.register)[: ROOM_FOR_NAME - len(number)]} {number}")
        code = stem
        while code in self.codes:
            self.twice[stem] += 1
            code = f"{stem}-{self.twice[stem] + 1}"
        return code

    def _report(self, row: RegisterRow) -> RowReport:
        status = row.texts.get(Field.STATUS, "")
        made_on = row.days.get(Field.MADE_ON)
        return RowReport(
            line=row.line,
            label=row.texts.get(Field.NUMBER) or shortened(self._title(row)),
            became=Became.NEW,
            code=None,
            why="",
            cell="",
            status=status,
            meaning=meaning(self.told.register, status),
            made_on=made_on,
            response_due_on=self._due(row, made_on),
            left=tuple(self._left(row)),
        )

    def _due(self, row: RegisterRow, made_on: date | None) -> date | None:
        """Return when the response is due, from the row's own day; never from a copied flag."""
        if Field.RESPONSE_DUE_ON in row.days:
            return row.days[Field.RESPONSE_DUE_ON]
        if made_on is None:
            return None
        days = self.told.days_to_answer
        return six_months_after(made_on) if days is None else made_on + timedelta(days=days)

    def _left(self, row: RegisterRow) -> Iterator[str]:
        """Yield what of a row has no place here, each in a sentence."""
        status = row.texts.get(Field.STATUS, "")
        found = meaning(self.told.register, status)
        if status and (found is None or not found.words):
            yield f"Status “{status}” cannot be mapped."
        if found is not None and found.note:
            yield f"Status “{status}”: {found.note}"
        if Field.MADE_ON not in row.texts:
            yield f"No date made: the day of the register, {self.told.dated_on}, stands for it."
        codes, unknown = self.bodies.of(row)
        if codes and unknown:
            yield f"Also addressed to {'; '.join(unknown)}, not known here."
        theme = row.texts.get(Field.THEME)
        if theme and alike(theme) not in self.themes:
            yield f"Theme “{theme}” is none of ours."
        if self._worded():
            yield "The register has no wording; what it asks was said at the intake."

    def _title(self, row: RegisterRow) -> str:
        said = row.texts.get(Field.TITLE) or row.texts.get(Field.TEXT) or self.told.wording or ""
        return shortened(" ".join(said.split()), LONGEST_TITLE)

    def _sent(self, row: RegisterRow, code: str, due: date | None) -> dict[str, Any]:
        text = row.texts.get(Field.TEXT)
        theme = self.themes.get(alike(row.texts.get(Field.THEME, "")))
        cells = "\n".join(f"{heading}: {said}" for heading, said in row.said.items() if said)
        where = [row.texts.get(each) for each in (Field.NUMBER, Field.REPORT)]
        return {
            "code": code,
            "title": self._title(row),
            "text": text or self.told.wording,
            "quotation": text or cells,
            "themes": (theme,) if theme else self.told.themes,
            "bodies": self.bodies.of(row)[0],
            "source": self.told.source,
            "paragraph": ", ".join(each for each in where if each),
            "published_on": row.days.get(Field.MADE_ON) or self.told.dated_on,
            "response_due_on": due,
            "followed_here": False,
        }


def entering(session: Session, register: Register, told: AsRegister, by: SignedIn) -> Entering:
    """Return a register ready to be held against what is here.

    Raises Refusal for a theme or body that is declared and not known, or a day to come.
    """
    if told.dated_on > by.today:
        raise Refusal(
            f"The register is dated {told.dated_on}, which is still to come.",
            "Give the day it was published or fetched.",
        )
    check_known(session, Theme, told.themes, "Theme")
    themes = {
        alike(said): theme.code
        for theme in session.scalars(select(Theme).order_by(Theme.code))
        for said in (theme.code, theme.name, theme.short_name)
    }
    held: dict[str, list[RegisterEntry]] = defaultdict(list)
    kept = select(RegisterEntry).where(RegisterEntry.register == told.register)
    for entry in session.scalars(kept.order_by(RegisterEntry.id.desc())):
        held[said_hash(entry.said)].append(entry)
    codes = set(session.scalars(select(Recommendation.code)))
    bodies = bodies_of(session, told.bodies)
    return Entering(register, told, bodies, themes, held, codes)


def keep(session: Session, found: Sequence[Entry], told: AsRegister, by: SignedIn) -> None:
    """Add the recommendations of new rows, and every row as it stood, kind by kind.

    Nobody has taken a step on them: what the register says of it stands with its row.
    """
    new = [(entry.form, entry.report.response_due_on) for entry in found if entry.form]
    kinds: dict[type[Record], list[dict[str, Any]]] = {
        Recommendation: [_entered(form, due, by) for form, due in new],
        RecommendationWording: [_worded(form, by) for form, _due in new],
        RecommendationTheme: [
            {"recommendation": form.code, "theme": theme}
            for form, _due in new
            for theme in form.themes
        ],
        RecommendationOwner: [
            {"recommendation": form.code, "organisation": body, "response_due_on": due}
            for form, due in new
            for body in form.bodies
        ],
        RegisterEntry: [_as_it_stood(entry, told) for entry in found],
    }
    for kind, rows in kinds.items():
        bulk.add(session, kind, rows)


def _entered(form: EnteredForm, due: date | None, by: SignedIn) -> dict[str, Any]:
    published = {"made_on": form.published_on, "response_due_on": due}
    publishing = {"published_at": by.clock(), "published_by": by.person}
    return form.model_dump(exclude={"themes", "bodies"}) | published | publishing


def _worded(form: EnteredForm, by: SignedIn) -> dict[str, Any]:
    return {
        "recommendation": form.code,
        "edition": 1,
        "title": form.title,
        "text": form.text,
        "worded_at": by.clock(),
        "worded_by": by.person,
    }


def _as_it_stood(entry: Entry, told: AsRegister) -> dict[str, Any]:
    return {
        "recommendation": entry.report.code,
        "register": told.register,
        "line": entry.row.line,
        "said": dict(entry.row.said),
        "unmapped": " ".join(entry.report.left) or None,
    }


def _plain(said: str) -> str:
    return NOT_IN_A_CODE.sub("-", said).strip("-")
