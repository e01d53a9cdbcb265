"""Between a case record and its form: fill one from the other, and say where two differ."""

from collections.abc import Mapping
from typing import Any, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from data_model.forms import CaseForm, DecisionForm, FindingForm, Form
from data_model.records import (
    CaseAnswer,
    CaseFile,
    Criterion,
    Disruption,
    EvidencePointer,
    Finding,
    Inspection,
    MissingEpisode,
    Organisation,
    Perpetrator,
    Record,
)
from inspect_app.errors import Refusal
from inspect_app.services.reference import check_grade, check_known, scale_value

LINES: dict[str, type[Record]] = {
    "episodes": MissingEpisode,
    "perpetrators": Perpetrator,
    "disruptions": Disruption,
    "answers": CaseAnswer,
}
FINDING_FIELDS = ("criterion", "grade", "not_graded", "reason", "strengths", "weaknesses")


def fill(session: Session, case: CaseFile, form: CaseForm, held: Inspection) -> None:
    """Put the form into the record, findings included; refuses what the reference does not know."""
    if form.lead_agency:
        check_known(session, Organisation, [form.lead_agency], "Lead agency")
    for field in CaseForm.model_fields:
        if field not in LINES and field != "findings":
            setattr(case, field, getattr(form, field))
    for field, kind in LINES.items():
        _fill_lines(case, field, kind, getattr(form, field))
    fill_findings(session, case, case.read_by, form.findings, held)
    # What is said in a line or a finding is part of the case: its version moves with any of it.
    flag_modified(case, "reference")
    session.flush()


def _fill_lines(case: CaseFile, field: str, kind: type[Record], sent: tuple[Form, ...]) -> None:
    """Change the lines that are there, add what is new, and let go of what is left over."""
    lines = getattr(case, field)
    for place, line in enumerate(sent):
        if place == len(lines):
            lines.append(kind(position=place + 1))
        for name, value in dict(line).items():
            setattr(lines[place], name, value)
    del lines[len(sent) :]


def fill_findings(
    session: Session,
    case: CaseFile,
    reader: str,
    sent: tuple[FindingForm, ...],
    held: Inspection,
) -> None:
    """Put a reader's findings into the record, each bound to its criterion's version."""
    scope = {entry.theme for entry in held.themes}
    kept = {finding.theme: finding for finding in case.findings if finding.reader == reader}
    for form in sent:
        check_finding(session, form, scope, held)
        finding = kept.get(form.theme)
        version = criterion_version(session, form, finding)
        if finding is None:
            finding = Finding(theme=form.theme, reader=reader)
            case.findings.append(finding)
        _fill_finding(finding, form, version)


def check_finding(
    session: Session, sent: FindingForm | DecisionForm, scope: set[str], held: Inspection
) -> None:
    """Raise Refusal for a theme out of scope or a grade that is not on the inspection's scale."""
    if sent.theme not in scope:
        raise Refusal(
            f"The theme {sent.theme} is not in the scope of inspection {held.code}.",
            f"Its themes are {', '.join(sorted(scope))}.",
        )
    if sent.grade:
        check_grade(sent.grade, scale_value(session, held.scale))


def _fill_finding(finding: Finding, sent: FindingForm, version: int | None) -> None:
    for field in FINDING_FIELDS[1:]:
        setattr(finding, field, getattr(sent, field))
    finding.criterion, finding.criterion_version = sent.criterion, version
    finding.pointers = [
        EvidencePointer(position=position, **pointer.model_dump())
        for position, pointer in enumerate(sent.pointers, start=1)
    ]


def criterion_version(
    session: Session, sent: FindingForm | DecisionForm, kept: Finding | None
) -> int | None:
    """Return the version a grade is bound to: the one it was given under, else the one in force."""
    if sent.criterion is None:
        return None
    if kept is not None and (kept.criterion, kept.grade) == (sent.criterion, sent.grade):
        return kept.criterion_version
    found = session.scalars(
        select(Criterion.version)
        .where(Criterion.code == sent.criterion, Criterion.theme == sent.theme)
        .order_by(Criterion.version.desc())
    ).first()
    if found is None:
        raise Refusal(
            f"{sent.criterion} is not a criterion of theme {sent.theme}.",
            "Choose one of the theme's criteria.",
        )
    return found


def form_of(case: CaseFile) -> CaseForm:
    """Return the case as its first reader has it."""
    kept: dict[str, Any] = {
        field: getattr(case, field)
        for field in CaseForm.model_fields
        if field not in LINES and field != "findings"
    }
    lines = {field: _lines_of(case, field) for field in LINES}
    return CaseForm(**kept, **lines, findings=findings_of(case, case.read_by))


def _lines_of(case: CaseFile, field: str) -> Any:
    form = get_args(CaseForm.model_fields[field].annotation)[0]
    names = list(form.model_fields)
    return tuple({name: getattr(line, name) for name in names} for line in getattr(case, field))


def findings_of(case: CaseFile, reader: str) -> tuple[FindingForm, ...]:
    """Return what one reader found in a case, by theme."""
    found = [_finding_form(f) for f in case.findings if f.reader == reader]
    return tuple(sorted(found, key=lambda finding: finding.theme))


def _finding_form(finding: Finding) -> FindingForm:
    pointers = tuple(
        {"document": p.document, "dated": p.dated, "locator": p.locator} for p in finding.pointers
    )
    kept = {field: getattr(finding, field) for field in ("theme", *FINDING_FIELDS)}
    return FindingForm.model_validate({**kept, "pointers": pointers})


def flat(form: CaseForm) -> Mapping[str, object]:
    """Return the form flat: one entry a field, one a field of each finding (`T3.reason`)."""
    flat: dict[str, object] = form.model_dump(mode="json", exclude={"findings"})
    return flat | flat_findings(form.findings)


def flat_findings(findings: tuple[FindingForm, ...]) -> dict[str, object]:
    """Return findings flat: one entry a field, named for its theme."""
    return {
        f"{finding.theme}.{field}": kept
        for finding in findings
        for field, kept in finding.model_dump(mode="json", exclude={"theme"}).items()
    }


def differences(
    kept: Mapping[str, object], yours: Mapping[str, object]
) -> dict[str, dict[str, object]]:
    """Return the fields that differ, with what is kept and what was sent."""
    return {
        field: {"kept": kept.get(field), "yours": yours.get(field)}
        for field in {**kept, **yours}
        if kept.get(field) != yours.get(field)
    }
