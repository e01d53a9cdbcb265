"""What a reader of an inspection chooses from when recording a case, and a case said in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.forms import CaseForm, FindingForm, Form, PointerForm
from data_model.records import CaseFile, Inspection
from data_model.sight import Task, widened
from data_model.vocabulary import BodyRole, Word
from inspect_app.access import sees_cases
from inspect_app.errors import NotAllowed
from inspect_app.services.inspection_values import seen, titled
from inspect_app.services.reference import (
    ScaleValue,
    ThemeValue,
    all_themes,
    organisation_name,
    scale_value,
)
from inspect_app.services.wording import known_names
from inspect_app.signed_in import SignedIn

NOT_ENTERED = "Not entered yet"
NONE_ENTERED = "None entered"


@dataclass(frozen=True)
class Sheet:
    """The choices of one inspection's cases: its agencies, its themes in scope and its scale.

    `known` are names that its texts may well say: of its places and bodies.
    """

    inspection: str
    title: str
    agencies: dict[str, str]
    themes: tuple[ThemeValue, ...]
    scale: ScaleValue
    first_free: str
    known: frozenset[str]


def sheet(inspection: str, *, by: SignedIn) -> Sheet:
    """Return what the form of a case of this inspection offers; for those who may see it."""
    with by.reading() as session:
        held = seen(session, inspection, by)
        if not sees_cases(by.standing, held.code):
            raise NotAllowed(
                f"You are not a reader of inspection {held.code}.",
                "Ask its lead inspector to add you.",
            )
        return sheet_of(session, held, all_themes(session))


def sheet_of(session: Session, held: Inspection, every: Iterable[ThemeValue]) -> Sheet:
    """Return the sheet of an inspection within a session."""
    scope = {entry.theme for entry in held.themes}
    bodies = [body.organisation for body in held.bodies if body.role is BodyRole.INSPECTED]
    return Sheet(
        held.code,
        titled(session, held),
        {code: organisation_name(session, code) for code in bodies},
        tuple(theme for theme in every if theme.code in scope),
        scale_value(session, held.scale),
        _first_free(session, held.code),
        known_names(session, held),
    )


def _first_free(session: Session, inspection: str) -> str:
    """Return a reference that nobody has used in an inspection: made up, and by counting."""
    references = select(CaseFile.reference).where(CaseFile.inspection == inspection)
    with widened(session, Task.MODERATING):
        taken = set(session.scalars(references))
    prefix = inspection.split("-")[0]
    return next(name for n in count(1) if (name := f"{prefix}-C{n:02}") not in taken)


def case_in_words(form: CaseForm, of: Sheet) -> dict[str, str]:
    """Return a case's own fields, title and words, in the order of the form."""
    said = {name: in_words(getattr(form, name)) for name in CaseForm.model_fields}
    if form.lead_agency:
        said["lead_agency"] = of.agencies.get(form.lead_agency, form.lead_agency)
    del said["findings"]
    return {CaseForm.model_fields[name].title or name: words for name, words in said.items()}


def finding_in_words(finding: FindingForm, of: Sheet) -> dict[str, str]:
    """Return a finding's fields, title and words, in the order of the form."""
    said = {name: in_words(getattr(finding, name)) for name in FindingForm.model_fields}
    if finding.grade:
        said["grade"] = dict(of.scale.grades).get(finding.grade, finding.grade)
    if finding.criterion:
        said["criterion"] = _criterion(finding, of)
    said["pointers"] = "; ".join(map(_pointer, finding.pointers)) or NOT_ENTERED
    del said["theme"]
    return {FindingForm.model_fields[name].title or name: words for name, words in said.items()}


def all_in_words(form: CaseForm, of: Sheet) -> dict[str, str]:
    """Return a case and its findings flat, each finding's fields named for its theme."""
    names = {theme.code: theme.short_name for theme in of.themes}
    said = case_in_words(form, of)
    for finding in form.findings:
        theme = names.get(finding.theme, finding.theme)
        for title, words in finding_in_words(finding, of).items():
            said[f"{theme}: {title.lower()}"] = words
    return said


def _criterion(finding: FindingForm, of: Sheet) -> str:
    texts = {c.code: c.text for theme in of.themes for c in theme.criteria}
    code = finding.criterion or ""
    return f"{code} {texts.get(code, '')}".strip()


def _pointer(pointer: PointerForm) -> str:
    parts = (pointer.document, pointer.dated, pointer.locator)
    return ", ".join(in_words(part) for part in parts if part)


def in_words(value: object) -> str:
    """Return a value of a case as people read it."""
    if isinstance(value, Word):
        return value.english
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, Form):
        said = [
            f"{(field.title or name).lower()}: {in_words(getattr(value, name))}"
            for name, field in type(value).model_fields.items()
            if getattr(value, name) is not None
        ]
        return "; ".join(said)
    if isinstance(value, tuple):
        return ", ".join(map(in_words, value)) or NONE_ENTERED
    return NOT_ENTERED if value is None else str(value)
