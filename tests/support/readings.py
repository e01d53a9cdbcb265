"""Builders that bring cases from submitted to agreed by walking the real services.

`agree_through("CWM-2026-NCPI", signed_in)` has every case read second that must be, by somebody
who may, with the first reader's own grades unless told otherwise; decides, locks and agrees.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import select

from data_model.forms import CaseForm, DecisionForm, FindingForm, InspectionForm, checked
from data_model.records import CaseFile, Inspection, InspectionReader, Person, Reading
from data_model.vocabulary import CaseStatus, ReadingPurpose
from inspect_app.errors import Refusal
from inspect_app.services import cases, inspections, moderation, readings
from inspect_app.services.matrix import MatrixRow
from inspect_app.signed_in import SignedIn

SignIn = Callable[[str], SignedIn]
Findings = tuple[FindingForm, ...]
CODE = "ALD-2026-READ"
LEAD, FIRST, SECOND, THIRD = (
    "priya-lead",
    "marcus-inspector",
    "ellen-inspector",
    "gwenllian-elsewhere",
)
STARTED = {
    "code": CODE,
    "title": "Aldermere: how readings are compared",
    "kind": "external",
    "framework": "audit",
    "scale": "ncpi-case",
    "areas": ["X06000001"],
    "inspecting": ["invented-joint-inspectorate"],
    "inspected": ["aldermere-council"],
    "themes": ["T2", "T4"],
    "sampling": "random",
    "second_read_percent": 0,
    "readers": [FIRST, SECOND, THIRD],
}
CASE = {
    "kind": "cse",
    "lead_agency": "aldermere-council",
    "practice_from": "2026-01-01",
    "practice_to": "2026-06-30",
    "age_band": "13_15",
    "sex": "male",
    "ethnicity": "white",
    "disability": "no",
    "in_care": "no",
    "placement": "home",
    "harm_category": "experienced",
    "agency_risk": "low",
    "network": "no",
    "flagged": "no",
    "meets_definition": "no",
    "criminal_exploitation": "no",
    "perpetrators_known": "not_identified",
    "disrupted": "no",
    "notice_on_child": "no",
    "blaming_language": "no",
    "voice_recorded": "no",
    "child_charged": "no",
}
REASON = "The file itself decides it: both readers were shown the page."


def lead_of(inspection: str, signed_in: SignIn) -> str:
    """Return who leads an inspection."""
    return next(person for person, leads in _readers(inspection, signed_in) if leads)


def _readers(inspection: str, signed_in: SignIn) -> list[tuple[str, bool]]:
    """Return an inspection's readers, each with whether they lead it."""
    with signed_in("priya-lead").reading() as session:
        held = select(InspectionReader).where(InspectionReader.inspection == inspection)
        return [(entry.person, entry.leads) for entry in session.scalars(held)]


def read_second(
    case: int, reader: str, signed_in: SignIn, changes: Mapping[str, FindingForm] | None = None
) -> None:
    """Have somebody who was asked submit a reading: the first reader's, but for `changes`."""
    by = signed_in(reader)
    given = {finding.theme: finding for finding in _first_findings(case, signed_in)}
    held = cases.view(case, by=by)
    findings = tuple({**given, **(changes or {})}.values())
    form = held.form.model_copy(update={"findings": findings})
    cases.save(case, held.version, form, by=by)
    moderation.submit_reading(case, by=by)


def _first_findings(case: int, signed_in: SignIn) -> Findings:
    """Return what the first reader found; the second reader could not ask for this."""
    with signed_in("priya-lead").reading() as session:
        reader = session.get_one(CaseFile, case).read_by
    return cases.view(case, by=signed_in(reader)).form.findings


def ask_anybody(
    case: int, signed_in: SignIn, purpose: ReadingPurpose = ReadingPurpose.SECOND
) -> str:
    """Have the lead ask the first reader who may read a case second, adding one if need be."""
    with signed_in("priya-lead").reading() as session:
        inspection = session.get_one(CaseFile, case).inspection
        people = session.scalars(
            select(Person.code).where(Person.code.contains("inspector")).order_by(Person.code)
        ).all()
    lead = lead_of(inspection, signed_in)
    inside = [person for person, _leads in _readers(inspection, signed_in)]
    for reader in dict.fromkeys((*inside, *people)):
        try:
            if reader not in inside:
                inspections.add_reader(inspection, reader, by=signed_in(lead))
            moderation.ask(case, reader, purpose, by=signed_in(lead))
        except Refusal:
            continue
        return reader
    message = f"nobody may read case {case} second"
    raise LookupError(message)


def lock_through(inspection: str, signed_in: SignIn) -> None:
    """Bring every submitted case of an inspection to its lock."""
    lead = lead_of(inspection, signed_in)
    for case, reader in _asked(inspection, signed_in):
        read_second(case, reader, signed_in)
    for row in _rows(inspection, lead, signed_in):
        if row.status is CaseStatus.SUBMITTED and _waits(row.case_id, signed_in):
            read_second(row.case_id, ask_anybody(row.case_id, signed_in), signed_in)
    for row in _rows(inspection, lead, signed_in):
        if row.status is CaseStatus.DISPUTED:
            decide_as_first(row.case_id, lead, signed_in)
    if any(row.status is not CaseStatus.LOCKED for row in _rows(inspection, lead, signed_in)):
        moderation.lock_ready(inspection, by=signed_in(lead))


def agree_through(inspection: str, signed_in: SignIn) -> None:
    """Bring an inspection whose cases are all submitted to agreed findings."""
    lock_through(inspection, signed_in)
    inspections.agree(inspection, by=signed_in(lead_of(inspection, signed_in)))


def decide_as_first(case: int, lead: str, signed_in: SignIn) -> None:
    """Have the lead decide every disputed theme as the first reader graded it."""
    given = {finding.theme: finding for finding in _first_findings(case, signed_in)}
    with signed_in(lead).reading() as session:
        themes = readings.differing(session.get_one(CaseFile, case))
    for theme in themes:
        verdict = given[theme].model_dump(include={"theme", "criterion", "grade", "not_graded"})
        form = checked(DecisionForm, {**verdict, "reason": REASON})
        moderation.decide(case, form, by=signed_in(lead))


def _rows(inspection: str, lead: str, signed_in: SignIn) -> tuple[MatrixRow, ...]:
    return inspections.workspace(inspection, by=signed_in(lead)).matrix or ()


def _asked(inspection: str, signed_in: SignIn) -> list[tuple[int, str]]:
    """Return the readings that were asked for and are not in."""
    with signed_in("priya-lead").reading() as session:
        query = (
            select(Reading.case_id, Reading.reader)
            .join(CaseFile, Reading.case_id == CaseFile.id)
            .where(CaseFile.inspection == inspection, Reading.submitted_at.is_(None))
        )
        return [(case, reader) for case, reader in session.execute(query)]


def _waits(case: int, signed_in: SignIn) -> bool:
    """Return whether a case must be read second and nobody has been asked."""
    with signed_in("priya-lead").reading() as session:
        held = session.get_one(CaseFile, case)
        rule = readings.rule_of(session, session.get_one(Inspection, held.inspection))
        return rule.waits(held)


def finding(theme: str, grade: str, reason: str = "Seen in the plan.") -> FindingForm:
    """Return a graded finding."""
    return FindingForm(theme=theme, criterion=f"{theme}.1", grade=grade, reason=reason)


def started(signed_in: SignIn, **changes: object) -> str:
    """Start an inspection with a lead and three readers; return its code."""
    return inspections.start(checked(InspectionForm, {**STARTED, **changes}), by=signed_in(LEAD))


def submitted(
    signed_in: SignIn,
    grade: str = "good",
    reader: str = FIRST,
    reference: str = "ALD-C01",
    **changes: object,
) -> int:
    """Have a case of the inspection begun and submitted with this grade on T2; return its id."""
    by = signed_in(reader)
    case = cases.begin(CODE, written(grade, reference, **changes), by=by)
    cases.submit(case, cases.view(case, by=by).version, by=by)
    return case


def written(grade: str, reference: str, **changes: object) -> CaseForm:
    """Return a case that can be submitted; every answer a short form asks for is given."""
    found = (finding("T2", grade), finding("T4", "good"))
    form = checked(CaseForm, {**CASE, "reference": reference, **changes})
    return form.model_copy(update={"findings": found})


def status(case: int, signed_in: SignIn) -> CaseStatus:
    """Return where a case stands."""
    return cases.view(case, by=signed_in(LEAD)).status
