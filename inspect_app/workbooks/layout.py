"""The layout of a pack: which sheets it has, and of each column what may stand in it.

Sheets follow the exercise's protocol and columns follow the form's fields, with the title and
the help they have on the screen. The writer and the reader both go by what is declared here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from data_model.forms import (
    CaseForm,
    DisruptionForm,
    EpisodeForm,
    FindingForm,
    Form,
    PerpetratorForm,
    PointerForm,
)
from data_model.protocols import FIELDS, MAY_BE_EMPTY, Protocol, Section, protocol
from data_model.vocabulary import Answer, InspectionKind, Word
from inspect_app.workbooks.plain_text import LONGEST, alike

FORMAT = "inspection pack 1"
CASE, THEME, NUMBER = "case", "theme", "number"
MOST_LINES = 999


class Kind(StrEnum):
    """What kind of value stands in a column."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True)
class Choice:
    """One value of a list: the code that is stored, the words shown, other ways to say it."""

    code: str
    words: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class CriterionChoice:
    """A criterion: which theme it stands under, its text, and whether it is in force."""

    code: str
    theme: str
    text: str
    in_force: bool


@dataclass(frozen=True)
class Choices:
    """What the cases of one inspection are recorded with; the lists of a pack.

    `also_agencies` are bodies that a case names and the inspection does not read: they are
    understood and not offered.
    """

    inspection: str
    title: str
    kind: InspectionKind
    agencies: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    grades: tuple[Choice, ...]
    criteria: tuple[CriterionChoice, ...]
    also_agencies: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column: the form's field it holds, its heading, and what may stand in it."""

    field: str
    title: str
    kind: Kind
    help: str = ""
    needed: bool = False
    asked: bool = False
    offered: tuple[Choice, ...] = ()
    understood: tuple[Choice, ...] = ()
    least: int = 0
    most: int = LONGEST

    @property
    def codes(self) -> dict[str, str]:
        """The code of everything that may be said, without regard to case, spaces, quotes."""
        said = {}
        for choice in (*self.understood, *self.offered):
            for words in (*choice.also, choice.words, choice.code):
                said[alike(words)] = choice.code
        return said

    @property
    def words(self) -> dict[str, str]:
        """The words shown for each code."""
        return {choice.code: choice.words for choice in (*self.understood, *self.offered)}


@dataclass(frozen=True)
class SheetLayout:
    """A sheet: what of a case its rows hold, by which columns a row is known, what it says.

    `holds` is the case itself, or the field of the case form that its rows are lines of.
    """

    name: str
    holds: str
    about: str
    form: type[Form] | None
    key: tuple[Column, ...]
    columns: tuple[Column, ...] = field(repr=False)

    @property
    def every(self) -> tuple[Column, ...]:
        """Every column, those a row is known by first."""
        return (*self.key, *self.columns)

    def column(self, name: str) -> Column:
        """Return the column of a field."""
        return next(column for column in self.every if column.field == name)


REFERENCE = Column(
    CASE,
    "Reference",
    Kind.TEXT,
    "Made up for this inspection: its prefix, a dash, a letter if you like, and up to four "
    "digits. No name, date of birth or system number.",
    needed=True,
    most=40,
)
OF_CASE = Column(
    CASE, "Case", Kind.TEXT, "The reference of the case, as on the sheet Cases.", needed=True
)
LINE = Column(
    NUMBER,
    "Number",
    Kind.NUMBER,
    "1, 2, 3 within the case. Left empty, rows are numbered in the order they stand.",
    least=1,
    most=MOST_LINES,
)
SEVERAL = " Several may stand here, with a semicolon between them."


def layout(choices: Choices) -> tuple[SheetLayout, ...]:
    """Return the sheets of an inspection's pack, in their order."""
    declared = protocol(choices.kind)
    built = ((section, build) for section, build in SHEETS if section in declared.sections)
    return tuple(sheet for _section, build in built for sheet in build(declared, choices))


def _cases(declared: Protocol, choices: Choices) -> tuple[SheetLayout, ...]:
    sections = (section for section in declared.sections if section not in ON_OTHER_SHEETS)
    names = [name for section in sections for name in FIELDS[section]]
    skipped = {"reference", "perpetrators", "episodes", "disruptions"}
    columns = [
        _column(CaseForm, name, agencies(choices) if name == "lead_agency" else None)
        for name in names
        if name not in skipped
    ]
    about = "One row for each case: what the file says of the child, the risk and the harm."
    return (SheetLayout("Cases", "case", about, CaseForm, (REFERENCE,), tuple(columns)),)


def agencies(choices: Choices) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Return the bodies that are offered, and those that are understood besides."""
    return choices.agencies, choices.also_agencies


def _findings(_declared: Protocol, choices: Choices) -> tuple[SheetLayout, ...]:
    theme = Column(THEME, "Theme", Kind.CHOICE, needed=True, offered=choices.themes)
    criteria = tuple(Choice(c.code, c.code, (f"{c.code} {c.text}",)) for c in choices.criteria)
    in_force = {criterion.code for criterion in choices.criteria if criterion.in_force}
    given = {
        "criterion": (tuple(c for c in criteria if c.code in in_force), criteria),
        "grade": (choices.grades, ()),
    }
    names = [name for name in FindingForm.model_fields if name not in {"theme", "pointers"}]
    found = tuple(_column(FindingForm, name, given.get(name)) for name in names)
    pointers = tuple(_column(PointerForm, name) for name in PointerForm.model_fields)
    return (
        SheetLayout(
            "Findings",
            "findings",
            "One row for each theme of a case: a grade with its reason, or why there is none.",
            FindingForm,
            (OF_CASE, theme),
            found,
        ),
        SheetLayout(
            "Evidence",
            "pointers",
            "One row for each record that supports a finding: its kind, date and place. No name.",
            PointerForm,
            (OF_CASE, theme, LINE),
            pointers,
        ),
    )


def _episodes(_declared: Protocol, _choices: Choices) -> tuple[SheetLayout, ...]:
    return (_lines("Episodes", "episodes", EpisodeForm, "each time the child went missing"),)


def _perpetrators(_declared: Protocol, _choices: Choices) -> tuple[SheetLayout, ...]:
    about = "each known or suspected perpetrator; never a name"
    return (_lines("Perpetrators", "perpetrators", PerpetratorForm, about),)


def _disruption(_declared: Protocol, _choices: Choices) -> tuple[SheetLayout, ...]:
    about = "each tactic against a suspect, an associate or a place"
    return (_lines("Disruption", "disruptions", DisruptionForm, about),)


def _lines(name: str, holds: str, form: type[Form], about: str) -> SheetLayout:
    columns = tuple(_column(form, field) for field in form.model_fields)
    return SheetLayout(name, holds, f"One row for {about}.", form, (OF_CASE, LINE), columns)


def _answers(declared: Protocol, _choices: Choices) -> tuple[SheetLayout, ...]:
    offered = tuple(_word(word) for word in Answer)
    columns = tuple(
        Column(q.code, q.text, Kind.CHOICE, q.source, asked=True, offered=offered)
        for q in declared.questions
    )
    about = "One row for each case, one column for each question."
    return (SheetLayout("Answers", "answers", about, None, (OF_CASE,), columns),)


ON_OTHER_SHEETS = {Section.QUESTIONS, Section.FINDINGS}
SHEETS = (
    (Section.FILE, _cases),
    (Section.FINDINGS, _findings),
    (Section.MISSING, _episodes),
    (Section.PERPETRATORS, _perpetrators),
    (Section.DISRUPTION, _disruption),
    (Section.QUESTIONS, _answers),
)


def _column(
    form: type[Form],
    name: str,
    given: tuple[tuple[Choice, ...], tuple[Choice, ...]] | None = None,
) -> Column:
    """Return the column of a form's field, its kind and limits read from the form itself."""
    said = form.model_fields[name]
    kinds = _kinds(said)
    words = next((kind for kind in kinds if issubclass(kind, Word)), None)
    several = get_origin(said.annotation) is tuple
    offered, understood = given or (tuple(_word(word) for word in words or ()), ())
    limits = {key: v for d in said.metadata for key in LIMITS if (v := getattr(d, key, None))}
    help_said = (said.description or "") + (SEVERAL if several else "")
    return Column(
        name,
        said.title or name,
        _kind(kinds, offered=bool(offered) or given is not None, several=several),
        help_said.strip(),
        said.is_required(),
        name not in MAY_BE_EMPTY,
        offered,
        understood,
        limits.get("ge", 0),
        limits.get("le", limits.get("max_length", LONGEST)),
    )


LIMITS = ("ge", "le", "max_length")


def _kind(kinds: Iterable[type[Any]], *, offered: bool, several: bool) -> Kind:
    if offered:
        return Kind.CHOICES if several else Kind.CHOICE
    if date in kinds:
        return Kind.DATE
    return Kind.NUMBER if int in kinds else Kind.TEXT


def _kinds(said: FieldInfo) -> list[type[Any]]:
    found = get_args(said.annotation) or (said.annotation,)
    return [kind for kind in found if isinstance(kind, type)]


def _word(word: Word) -> Choice:
    return Choice(str(word), word.english, (word.welsh,))
