"""Between a case record and its form: fill one from the other, and say where two differ."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from data_model.forms import CaseForm, FindingForm
from data_model.records import (
    CaseFile,
    Criterion,
    EvidencePointer,
    Finding,
    Inspection,
    Organisation,
)
from inspect_app.errors import Refusal
from inspect_app.services.inspections import check_grade
from inspect_app.services.reference import check_known, scale_value


def fill(session: Session, case: CaseFile, form: CaseForm, held: Inspection) -> None:
    """Put the form into the record, findings included; refuses what the reference does not know."""
    if form.lead_agency:
        check_known(session, Organisation, [form.lead_agency], "Lead agency")
    for field in CaseForm.model_fields:
        if field != "findings":
            setattr(case, field, getattr(form, field))
    scope = {entry.theme for entry in held.themes}
    kept = {finding.theme: finding for finding in case.findings if finding.reader == case.read_by}
    for sent in form.findings:
        _check_finding(session, sent, scope, held)
        finding = kept.get(sent.theme)
        version = _criterion_version(session, sent, finding)
        if finding is None:
            finding = Finding(theme=sent.theme, reader=case.read_by)
            case.findings.append(finding)
        _fill_finding(finding, sent, version)
    # What is said in a finding is part of the case: its version moves with any of it.
    flag_modified(case, "reference")
    session.flush()


def _check_finding(session: Session, sent: FindingForm, scope: set[str], held: Inspection) -> None:
    if sent.theme not in scope:
        raise Refusal(
            f"The theme {sent.theme} is not in the scope of inspection {held.code}.",
            f"Its themes are {', '.join(sorted(scope))}.",
        )
    if sent.grade:
        check_grade(sent.grade, scale_value(session, held.scale))


def _fill_finding(finding: Finding, sent: FindingForm, version: int | None) -> None:
    for field in ("grade", "not_graded", "reason", "strengths", "weaknesses"):
        setattr(finding, field, getattr(sent, field))
    finding.criterion, finding.criterion_version = sent.criterion, version
    finding.pointers = [
        EvidencePointer(position=position, **pointer.model_dump())
        for position, pointer in enumerate(sent.pointers, start=1)
    ]


def _criterion_version(session: Session, sent: FindingForm, kept: Finding | None) -> int | None:
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
    kept = {field: getattr(case, field) for field in CaseForm.model_fields if field != "findings"}
    findings = [_finding_form(f) for f in case.findings if f.reader == case.read_by]
    ordered = tuple(sorted(findings, key=lambda finding: finding.theme))
    return CaseForm(**kept, findings=ordered)


def _finding_form(finding: Finding) -> FindingForm:
    fields = ("theme", "criterion", "grade", "not_graded", "reason", "strengths", "weaknesses")
    pointers = tuple(
        {"document": p.document, "dated": p.dated, "locator": p.locator} for p in finding.pointers
    )
    return FindingForm.model_validate(
        {**{field: getattr(finding, field) for field in fields}, "pointers": pointers}
    )


def flat(form: CaseForm) -> Mapping[str, object]:
    """Return the form flat: one entry a field, one a field of each finding."""
    flat: dict[str, object] = form.model_dump(mode="json", exclude={"findings"})
    for finding in form.findings:
        for field, kept in finding.model_dump(mode="json", exclude={"theme"}).items():
            flat[f"{finding.theme} {field}"] = kept
    return flat


def differences(
    kept: Mapping[str, object], yours: Mapping[str, object]
) -> dict[str, dict[str, object]]:
    return {
        field: {"kept": kept.get(field), "yours": yours.get(field)}
        for field in {**kept, **yours}
        if kept.get(field) != yours.get(field)
    }
