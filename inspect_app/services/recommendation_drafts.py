"""What somebody writing a recommendation chooses from: inspections, findings and bodies."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import looks
from data_model.reading import standing, with_decisions
from data_model.records import (
    Area,
    CaseFile,
    Finding,
    Inspection,
    Organisation,
)
from data_model.vocabulary import (
    BodyRole,
    CaseStatus,
)
from inspect_app.access import Permission, sees_cases
from inspect_app.errors import NotAllowed
from inspect_app.services.inspection_values import seen, titled
from inspect_app.services.reference import (
    area_value,
    organisation_name,
    scale_value,
)
from inspect_app.signed_in import SignedIn


@dataclass(frozen=True)
class Candidate:
    """A finding that counts and that a recommendation could hang on, with the grade it has."""

    finding: int
    theme: str
    grade: str
    reference: str


@dataclass(frozen=True)
class Draft:
    """What somebody writing a recommendation of an inspection chooses from.

    Findings stand by theme, worst grade first; bodies, the inspected ones first.
    """

    inspection: str
    title: str
    prefix: str
    findings: tuple[Candidate, ...]
    bodies: dict[str, str]


def led(*, by: SignedIn) -> dict[str, str]:
    """Return the inspections whose recommendations the person writes: title by code."""
    if not by.may(Permission.WRITE_RECOMMENDATIONS):
        return {}
    with by.reading() as session:
        led = [session.get_one(Inspection, code) for code in sorted(by.standing.leads)]
        return {held.code: titled(session, held) for held in led}


def draft(inspection: str, *, by: SignedIn) -> Draft:
    """Return what a recommendation of an inspection the person leads is put together from."""
    by.need(Permission.WRITE_RECOMMENDATIONS)
    with by.reading() as session:
        held = seen(session, inspection, by)
        if held.code not in by.standing.leads:
            raise NotAllowed(
                f"You do not lead inspection {held.code}.",
                "Its lead inspector writes its recommendations.",
            )
        reads = sees_cases(by.standing, held.code)
        if reads:
            looks.at_cases_of(session, held.code)
        return Draft(
            held.code,
            held.title,
            held.code.rsplit("-", 1)[0],
            _candidates(session, held) if reads else (),
            _addressees(session, held),
        )


def _candidates(session: Session, held: Inspection) -> tuple[Candidate, ...]:
    words = dict(scale_value(session, held.scale).grades)
    worst_first = list(reversed(words))
    rows = session.execute(
        with_decisions(
            select(
                Finding.id, Finding.theme, standing("grade").label("grade"), CaseFile.reference
            ).join(CaseFile, Finding.case_id == CaseFile.id)
        )
        .where(CaseFile.inspection == held.code, CaseFile.status == CaseStatus.COUNTED)
        .order_by(Finding.theme, CaseFile.reference)
    )
    graded = [row for row in rows if row.grade in words]
    ordered = sorted(graded, key=lambda row: (row.theme, worst_first.index(row.grade)))
    return tuple(Candidate(row.id, row.theme, words[row.grade], row.reference) for row in ordered)


def _addressees(session: Session, held: Inspection) -> dict[str, str]:
    """Return the bodies a recommendation may go to; invented and real ones are never mixed."""
    inspected = [b.organisation for b in held.bodies if b.role is BodyRole.INSPECTED]
    others = session.scalars(select(Organisation.code).order_by(Organisation.name))
    named = {code: organisation_name(session, code) for code in (*inspected, *others)}
    invented = area_value(session.get_one(Area, held.area_code)).invented
    return {c: name for c, name in named.items() if name.endswith("(invented)") is invented}
