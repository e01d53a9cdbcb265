"""Inspections: start one, see those in sight, open its workspace, agree its findings."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import counted, looks
from data_model.forms import InspectionForm, PublishedEvidenceForm
from data_model.protocols import protocol
from data_model.records import (
    Area,
    CaseFile,
    Framework,
    Inspection,
    InspectionArea,
    InspectionBody,
    InspectionReader,
    InspectionTheme,
    Organisation,
    Person,
    PublishedEvidence,
    PublishedGrade,
    Theme,
)
from data_model.vocabulary import (
    BodyRole,
    CaseStatus,
    InspectionStatus,
)
from inspect_app.access import Permission, sees_cases
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services import regression, trail
from inspect_app.services.inspection_values import (
    InspectionValue,
    JudgementValue,
    QuotationValue,
    StatementValue,
    evidence_base,
    in_sight,
    judgements,
    quotations,
    seen,
    statements,
    value,
)
from inspect_app.services.matrix import Around, MatrixRow, matrix_of
from inspect_app.services.readings import Share, Team, cases_of, change, rule_of, share_of, team_of
from inspect_app.services.reference import (
    ScaleValue,
    check_grade,
    check_known,
    check_one_world,
    reads_cases,
    scale_value,
)
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis, Need, Offer, check_move
from metrics import counts

ENGLAND_AND_WALES = "K04000001"


@dataclass(frozen=True)
class Workspace:
    """One inspection, as far as the person may see it."""

    inspection: InspectionValue
    themes: dict[str, str]
    scale: ScaleValue
    readers: tuple[str, ...]
    matrix: tuple[MatrixRow, ...] | None
    evidence: pl.DataFrame
    uncovered: tuple[str, ...]
    quotations: tuple[QuotationValue, ...]
    judgements: tuple[JudgementValue, ...]
    statements: tuple[StatementValue, ...]
    share: Share | None
    may_record: bool
    may_agree: bool

    @property
    def drafts(self) -> tuple[MatrixRow, ...]:
        """The cases begun and not submitted, as far as the person may see them."""
        rows = self.matrix or ()
        return tuple(row for row in rows if row.status is CaseStatus.DRAFT)

    @property
    def cases_read(self) -> int | None:
        """How many cases count or, while they are read, are submitted; None if not recorded here.

        Only the readers know it while cases are being read.
        """
        if not self.inspection.recorded_here:
            return None
        if self.inspection.status is InspectionStatus.AGREED:
            return self.evidence.get_column("cases_read").max()  # type: ignore[return-value]
        return None if self.matrix is None else len(self.matrix) - len(self.drafts)

    @property
    def read_twice(self) -> int | None:
        """How many cases have their second reading in; None for those who do not read in it."""
        return None if self.matrix is None else sum(row.twice for row in self.matrix)

    @property
    def before_agreeing(self) -> dict[str, tuple[str, ...]]:
        """What the lead waits for: the references of the cases, by what happens to them next."""
        found: dict[str, tuple[str, ...]] = {}
        for row in (row for row in self.matrix or () if row.before_lock):
            found[str(row.before_lock)] = (*found.get(str(row.before_lock), ()), row.reference)
        return found

    @property
    def ready_to_agree(self) -> bool:
        """Whether the person leads it, and every case is locked and there is one."""
        reading = self.inspection.status is InspectionStatus.READING
        return self.may_agree and reading and bool(self.matrix) and not self.before_agreeing


def listed(*, by: SignedIn) -> list[InspectionValue]:
    """Return the inspections in the person's sight, newest first; those being read on top."""
    by.need(Permission.READ_INSPECTIONS)
    with by.reading() as session:
        # Held while the list is made: a session forgets what nobody holds and asks again.
        _known = [*session.scalars(select(Area)), *session.scalars(select(Organisation))]
        return [value(session, held) for held in in_sight(session, by)]


def workspace(code: str, *, by: SignedIn) -> Workspace:
    """Return one inspection with its scope, sample, matrix of grades and evidence base.

    The matrix names case references, so only the inspection's readers get it. How many of the
    cases with the lowest grade were read twice, and of the others, is the lead's to know until
    findings are agreed: it would tell a second reader why a case waits.
    """
    with by.reading() as session:
        held = seen(session, code, by)
        scale = scale_value(session, held.scale)
        themes = _themes(session, held)
        reads = sees_cases(by.standing, code)
        leads = code in by.standing.leads and by.may(Permission.AGREE_FINDINGS)
        agreed = held.status is InspectionStatus.AGREED
        cases = cases_of(session, [code]) if reads or agreed else []
        around = Around(list(themes), rule_of(session, held), team_of(session, code), leads)
        if reads:
            looks.at_cases_of(session, code)
        evidence = evidence_base(held, scale, counted.snapshot(session, by.database.snapshots))
        return Workspace(
            inspection=value(session, held),
            themes=themes,
            scale=scale,
            readers=_named(around.team),
            matrix=matrix_of(cases, around, by) if reads else None,
            evidence=evidence,
            uncovered=_uncovered(held, evidence, list(themes)),
            quotations=quotations(held),
            judgements=judgements(session, held),
            statements=statements(held),
            share=share_of(cases, around.rule) if agreed or leads else None,
            may_record=reads and held.status is InspectionStatus.READING,
            may_agree=leads,
        )


def _themes(session: Session, held: Inspection) -> dict[str, str]:
    return {entry.theme: session.get_one(Theme, entry.theme).short_name for entry in held.themes}


def _named(team: Team) -> tuple[str, ...]:
    """Return the names of an inspection's readers, its lead first."""
    people = sorted(team.values(), key=lambda member: not member.leads)
    return tuple(f"{one.name} (lead)" if one.leads else one.name for one in people)


def _uncovered(held: Inspection, evidence: pl.DataFrame, themes: Sequence[str]) -> tuple[str, ...]:
    if held.status is not InspectionStatus.AGREED:
        return ()
    return tuple(counts.themes_without_a_grade(evidence, themes))


def start(form: InspectionForm, *, by: SignedIn) -> str:
    """Start an inspection whose cases will be recorded here, led by the person; return its code.

    Raises Refusal for a code that is taken or anything the reference data does not know.
    """
    by.need(Permission.START_INSPECTIONS)
    if form.published:
        raise Refusal(
            f"{form.code} is to be recorded here, so it cannot bring published counts.",
            "Enter it as published elsewhere, or leave the counts out.",
        )
    if not form.themes and protocol(form.kind).graded:
        raise Refusal(f"{form.code} has no theme in scope.", "Choose at least one theme.")
    with by.recording() as session:
        held = _new(session, form, InspectionStatus.READING)
        _check_people(session, [*form.readers, by.person], form.areas)
        others = [person for person in form.readers if person != by.person]
        people = [(by.person, True), *((person, False) for person in others)]
        held.readers = [InspectionReader(person=person, leads=leads) for person, leads in people]
        trail.note(session, by, "inspection.started", form.code, after=form.model_dump())
    return form.code


def enter_published(form: InspectionForm, *, by: SignedIn) -> str:
    """Enter an inspection and its evidence base as published elsewhere; return its code.

    Counted at once. Raises Refusal as `start` does, for no evidence, and for a grade that
    is not on the inspection's scale.
    """
    by.need(Permission.ENTER_PUBLISHED)
    if not form.published:
        raise Refusal(
            f"{form.code} brings no evidence base.",
            "Say how many cases were read, or that the number is not published.",
        )
    with by.recording() as session:
        held = _new(session, form, InspectionStatus.PUBLISHED_ELSEWHERE)
        scale = scale_value(session, form.scale)
        held.published = [_published(entry, scale) for entry in form.published]
        event = trail.note(session, by, "inspection.entered", form.code, after=form.model_dump())
        counted.move(session, held.area_code, event)
    return form.code


def _new(session: Session, form: InspectionForm, status: InspectionStatus) -> Inspection:
    if session.get(Inspection, form.code):
        raise Refusal(f"There is an inspection {form.code} already.", "Choose another code.")
    _check_reference(session, form)
    held = Inspection(
        **form.model_dump(
            exclude={
                "areas",
                "inspecting",
                "inspected",
                "themes",
                "readers",
                "published",
                "period_label",
            }
        ),
        status=status,
        area_code=form.areas[0] if len(form.areas) == 1 else ENGLAND_AND_WALES,
        period_label=form.period_label or _period(form),
    )
    held.areas = [InspectionArea(area_code=code) for code in form.areas]
    held.themes = [InspectionTheme(theme=code) for code in form.themes]
    held.bodies = [
        InspectionBody(organisation=code, role=role)
        for role, codes in (
            (BodyRole.INSPECTING, form.inspecting),
            (BodyRole.INSPECTED, form.inspected),
        )
        for code in codes
    ]
    session.add(held)
    return held


def _check_reference(session: Session, form: InspectionForm) -> None:
    check_known(session, Area, form.areas, "Area")
    check_known(session, Organisation, (*form.inspecting, *form.inspected), "Organisation")
    check_known(session, Theme, form.themes, "Theme")
    check_known(session, Person, form.readers, "Reader")
    check_known(session, Framework, [form.framework], "Framework")
    scale_value(session, form.scale)
    check_one_world(session, form.code, form.areas, (*form.inspecting, *form.inspected))


def add_reader(code: str, person: str, *, by: SignedIn) -> None:
    """Add a reader to an inspection whose cases are being read; for its lead."""
    by.need(Permission.AGREE_FINDINGS)
    with by.recording() as session:
        held = _led(session, code, by)
        if held.status is not InspectionStatus.READING:
            raise Refusal(
                f"The findings of inspection {code} have been agreed.",
                "Reopen it, with a reason, to have cases read by somebody else.",
            )
        check_known(session, Person, [person], "Reader")
        if any(entry.person == person for entry in held.readers):
            raise Refusal(f"{person} reads in inspection {code} already.", "Choose somebody else.")
        _check_people(session, [person], [entry.area_code for entry in held.areas])
        held.readers.append(InspectionReader(person=person, leads=False))
        trail.note(session, by, "inspection.reader_added", code, after={"reader": person})


def _check_people(session: Session, codes: Sequence[str], areas: Sequence[str]) -> None:
    """Readers read cases by their role; people of the samples record in invented places only."""
    people = [session.get_one(Person, person) for person in codes]
    unfit = [person.name for person in people if not reads_cases(person)]
    if unfit:
        raise Refusal(f"{', '.join(unfit)} cannot read cases.", "Choose inspectors as readers.")
    invented = all(session.get_one(Area, code).invented for code in areas)
    if not invented and any(person.demonstration for person in people):
        raise Refusal(
            "The people of the samples cannot record cases in a real area.",
            "Choose an invented area; real places only ever show published facts here.",
        )


def _period(form: InspectionForm) -> str:
    days = [f"{day.day} {day:%B %Y}" for day in (form.started_on, form.ended_on) if day]
    return " to ".join(dict.fromkeys(days)) or "not dated"


def _published(entry: PublishedEvidenceForm, scale: ScaleValue) -> PublishedEvidence:
    for count in entry.grades:
        for grade in count.grades:
            check_grade(grade, scale)
    kept = PublishedEvidence(basis=entry.basis, **entry.model_dump(exclude={"grades"}))
    kept.grades = [
        PublishedGrade(grades="|".join(count.grades), cases=count.cases) for count in entry.grades
    ]
    return kept


def summarise(code: str, summary: str, *, by: SignedIn) -> None:
    """Write the summary of findings that will be published; for the lead, while it is read.

    Its Welsh goes where it said something else.
    """
    by.need(Permission.AGREE_FINDINGS)
    with by.recording() as session:
        held = _led(session, code, by)
        if held.status is not InspectionStatus.READING:
            raise Refusal(
                f"The findings of inspection {code} have been agreed.",
                "Reopen it, with a reason, to change its summary.",
            )
        before, held.summary = held.summary, summary.strip() or None
        if held.summary != before:
            held.summary_welsh = None
        trail.note(
            session,
            by,
            "inspection.summarised",
            code,
            before={"summary": before},
            after={"summary": held.summary},
        )


def agree(code: str, *, by: SignedIn) -> None:
    """Agree an inspection's findings: they count from now on. Needs every case locked."""
    _move(code, InspectionStatus.AGREED, None, by)


def reopen(code: str, reason: str, *, by: SignedIn) -> None:
    """Open an agreed inspection again, for a reason; its findings stop counting until agreed."""
    _move(code, InspectionStatus.READING, reason, by)


def _move(code: str, to: InspectionStatus, reason: str | None, by: SignedIn) -> None:
    by.need(Permission.AGREE_FINDINGS)
    with by.recording() as session:
        held = _led(session, code, by)
        before = held.status
        locked = frozenset({Need.LOCKED_CASES} if _all_locked(session, code) else set[Need]())
        offer = Offer(reason=reason, met=locked)
        check_move(Axis.INSPECTION, before, to, offer, thing=f"Inspection {code}")
        held.status = to
        agreed = to is InspectionStatus.AGREED
        held.agreed_at, held.agreed_by = (by.clock(), by.person) if agreed else (None, None)
        for case in session.scalars(select(CaseFile).where(CaseFile.inspection == code)):
            change(session, case, ACCORDING_TO[to], Offer(reason=reason), by)
        session.flush()
        again = regression.look_back(session, held, by) if agreed else []
        event = trail.note(
            session,
            by,
            "inspection.agreed" if agreed else "inspection.reopened",
            code,
            before={"status": before},
            after={"status": to, "found_not_good_again": again or None},
            reason=reason,
        )
        counted.move(session, held.area_code, event)


ACCORDING_TO = {
    InspectionStatus.AGREED: CaseStatus.COUNTED,
    InspectionStatus.READING: CaseStatus.LOCKED,
}
"""How the cases of an inspection stand once it has moved."""


def _led(session: Session, code: str, by: SignedIn) -> Inspection:
    held = seen(session, code, by)
    if code not in by.standing.leads:
        raise NotAllowed(
            f"You do not lead inspection {code}.", "Ask its lead inspector to do this."
        )
    return held


def _all_locked(session: Session, code: str) -> bool:
    states = session.scalars(select(CaseFile.status).where(CaseFile.inspection == code)).all()
    return bool(states) and all(state is CaseStatus.LOCKED for state in states)
