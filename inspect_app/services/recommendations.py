"""Recommendations: write one on findings; respond, deliver, submit evidence, verify."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from data_model.forms import ActionForm, EvidenceForm, RecommendationForm, StepForm
from data_model.records import (
    Action,
    CaseFile,
    EvidenceItem,
    Finding,
    Inspection,
    Organisation,
    Recommendation,
    RecommendationFinding,
    RecommendationOwner,
    RecommendationStep,
    RecommendationTheme,
    Theme,
)
from data_model.vocabulary import (
    Assurance,
    CaseStatus,
    Delivery,
    Evidence,
    RecommendationKind,
    Response,
    Word,
)
from inspect_app.access import Permission, sees_cases
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import trail
from inspect_app.services.inspections import in_sight, seen
from inspect_app.services.reference import check_known, organisation_name
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import ACCEPTANCES, Axis, Offer, check_move, next_moves

WORDS: dict[Axis, type[Word]] = {
    Axis.RESPONSE: Response,
    Axis.DELIVERY: Delivery,
    Axis.ASSURANCE: Assurance,
}


@dataclass(frozen=True)
class StepValue:
    """A change of status that was made."""

    axis: str
    before: str
    after: str
    at: datetime
    by: str
    reason: str | None
    due_on: date | None


@dataclass(frozen=True)
class ActionValue:
    """A step of an owner's plan."""

    action: str
    owner_role: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True)
class EvidenceValue:
    """Something an owner has shown."""

    rung: Evidence
    description: str
    dated_on: date
    submitted_at: datetime
    submitted_by: str


@dataclass(frozen=True)
class OwnerValue:
    """One body's answer: three questions, three statuses, and the history behind them."""

    id: int
    organisation: str
    name: str
    response: Response
    delivery: Delivery
    assurance: Assurance
    role_named: str | None
    steps_planned: str | None
    original_due_on: date | None
    due_on: date | None
    slips: int
    history: tuple[StepValue, ...]
    actions: tuple[ActionValue, ...]
    evidence: tuple[EvidenceValue, ...]

    def overdue_on(self, day: date) -> bool:
        """Whether the work is past its original date and not claimed complete by that day."""
        finished = self.delivery in {Delivery.CLAIMED, Delivery.SUPERSEDED}
        return self.original_due_on is not None and self.original_due_on < day and not finished


@dataclass(frozen=True)
class FindingValue:
    """A finding behind a recommendation; `reference` only for readers of its inspection."""

    theme: str
    grade: str
    reason: str | None
    reference: str | None
    case_id: int | None


@dataclass(frozen=True)
class RecommendationValue:
    """A recommendation with everything that hangs on it."""

    code: str
    title: str
    text: str
    kind: RecommendationKind
    inspection: str | None
    area: str | None
    source: str | None
    paragraph: str | None
    reason: str | None
    made_on: date
    response_due_on: date | None
    followed_here: bool
    themes: tuple[str, ...]
    grades: dict[str, int]
    owners: tuple[OwnerValue, ...]

    @property
    def findings_behind(self) -> int:
        """How many findings justify it."""
        return sum(self.grades.values())

    def response_late_on(self, day: date) -> bool:
        """Whether a response is awaited past its date; not known where nobody follows it here."""
        awaited = any(owner.response is Response.AWAITING for owner in self.owners)
        due = self.response_due_on
        return self.followed_here and awaited and due is not None and due < day


def listed(*, by: SignedIn) -> list[RecommendationValue]:
    """Return the recommendations in the person's sight, newest first."""
    by.need(Permission.READ_RECOMMENDATIONS)
    with by.reading() as session:
        return values(session, by)


def values(session: Session, by: SignedIn) -> list[RecommendationValue]:
    """Return, within a session, the recommendations in the person's sight, newest first."""
    seen_inspections = {held.code for held in in_sight(session, by)}
    query = (
        select(Recommendation)
        .options(
            selectinload(Recommendation.owners).selectinload(RecommendationOwner.history),
            selectinload(Recommendation.owners).selectinload(RecommendationOwner.actions),
            selectinload(Recommendation.owners).selectinload(RecommendationOwner.evidence),
            selectinload(Recommendation.themes),
        )
        .order_by(Recommendation.made_on.desc(), Recommendation.code)
    )
    held = [r for r in session.scalars(query) if _in_sight(r, by, seen_inspections)]
    return [_value(session, recommendation) for recommendation in held]


def _in_sight(held: Recommendation, by: SignedIn, inspections: set[str]) -> bool:
    owned = by.standing.organisation in {owner.organisation for owner in held.owners}
    return owned or held.inspection is None or held.inspection in inspections


def view(code: str, *, by: SignedIn) -> RecommendationValue:
    """Return one recommendation; raises NotFound when there is none the person may see."""
    by.need(Permission.READ_RECOMMENDATIONS)
    with by.reading() as session:
        return _value(session, _seen(session, code, by))


def _seen(session: Session, code: str, by: SignedIn) -> Recommendation:
    held = session.get(Recommendation, code)
    inspections = {inspection.code for inspection in in_sight(session, by)}
    if held is None or not _in_sight(held, by, inspections):
        raise NotFound(
            f"There is no recommendation {code!r} that you may see.",
            "Choose one from the list of recommendations.",
            recommendation=code,
        )
    return held


def findings_behind(code: str, *, by: SignedIn) -> list[FindingValue]:
    """Return the findings behind a recommendation, with references for the readers only."""
    with by.reading() as session:
        held = _seen(session, code, by)
        reads = held.inspection is not None and sees_cases(by.standing, held.inspection)
        rows = session.execute(_findings_query(code).order_by(Finding.theme, CaseFile.reference))
        return [_finding_value(finding, case, reads=reads) for finding, case in rows]


def _findings_query(code: str) -> Select[tuple[Finding, CaseFile]]:
    return (
        select(Finding, CaseFile)
        .join(RecommendationFinding, RecommendationFinding.finding == Finding.id)
        .join(CaseFile, Finding.case_id == CaseFile.id)
        .where(RecommendationFinding.recommendation == code)
    )


def _finding_value(finding: Finding, case: CaseFile, *, reads: bool) -> FindingValue:
    grade = finding.grade or (finding.not_graded.english if finding.not_graded else "")
    if not reads:
        return FindingValue(finding.theme, grade, None, None, None)
    return FindingValue(finding.theme, grade, finding.reason, case.reference, case.id)


def candidates(inspection: str, *, by: SignedIn) -> dict[int, str]:
    """Return the submitted findings a recommendation of an inspection could hang on, by id."""
    by.need(Permission.WRITE_RECOMMENDATIONS)
    with by.reading() as session:
        held = seen(session, inspection, by)
        if not sees_cases(by.standing, held.code):
            return {}
        rows = session.execute(
            select(Finding, CaseFile)
            .join(CaseFile, Finding.case_id == CaseFile.id)
            .where(
                CaseFile.inspection == inspection,
                CaseFile.status == CaseStatus.SUBMITTED,
                Finding.grade.is_not(None),
            )
            .order_by(Finding.theme, Finding.grade, CaseFile.reference)
        )
        return {
            finding.id: f"{finding.theme} · {(finding.grade or '').replace('_', ' ')} · {case.reference}"
            for finding, case in rows
        }


def write(form: RecommendationForm, *, by: SignedIn) -> str:
    """Write a recommendation of an inspection the person leads; return its code."""
    by.need(Permission.WRITE_RECOMMENDATIONS)
    with by.recording() as session:
        held = seen(session, form.inspection, by)
        if held.code not in by.standing.leads:
            raise NotAllowed(
                f"You do not lead inspection {held.code}.",
                "Its lead inspector writes its recommendations.",
            )
        _check_new(session, form)
        session.add(_new(form))
        trail.note(session, by, "recommendation.written", form.code, after=form.model_dump())
    return form.code


def _check_new(session: Session, form: RecommendationForm) -> None:
    if session.get(Recommendation, form.code):
        raise Refusal(f"There is a recommendation {form.code} already.", "Choose another code.")
    check_known(session, Theme, form.themes, "Theme")
    check_known(session, Organisation, form.bodies, "Organisation")
    rows = session.scalars(
        select(Finding.id)
        .join(CaseFile, Finding.case_id == CaseFile.id)
        .where(
            CaseFile.inspection == form.inspection,
            CaseFile.status == CaseStatus.SUBMITTED,
            Finding.id.in_(form.findings),
        )
    )
    unknown = sorted(set(form.findings) - set(rows))
    if unknown:
        raise Refusal(
            f"{len(unknown)} of the chosen findings are not submitted findings of "
            f"inspection {form.inspection}.",
            "Choose findings from its submitted cases.",
            unknown=unknown,
        )


def _new(form: RecommendationForm) -> Recommendation:
    return Recommendation(
        **form.model_dump(exclude={"themes", "bodies", "findings"}),
        themes=[RecommendationTheme(theme=theme) for theme in form.themes],
        findings=[RecommendationFinding(finding=finding) for finding in form.findings],
        owners=[RecommendationOwner(organisation=body) for body in form.bodies],
    )


def step(code: str, organisation: str, axis: Axis, form: StepForm, *, by: SignedIn) -> None:
    """Make a move on one axis; the workflow says who may, what it needs and what follows.

    Response and delivery are the owner's to say. Assurance is a verifier's, who is never
    of the owning body and never the author of the evidence.
    """
    with by.recording() as session:
        held = _seen(session, code, by)
        owner = _owner(held, organisation)
        to = _word(axis, form.to)
        move = check_move(
            axis, getattr(owner, axis), to, _offer(owner, form), thing=f"{code}, {axis},"
        )
        by.need(move.who)
        _check_side(owner, move.who, by)
        _apply(session, owner, axis, to, form, by)


def _apply(
    session: Session,
    owner: RecommendationOwner,
    axis: Axis,
    to: Word,
    form: StepForm,
    by: SignedIn,
) -> None:
    before = getattr(owner, axis)
    setattr(owner, axis, to)
    if axis is Axis.RESPONSE and form.due_on:
        owner.role_named, owner.steps_planned = form.role_named, form.steps
        owner.original_due_on = owner.original_due_on or form.due_on
        owner.due_on = form.due_on
    if axis is Axis.DELIVERY and form.due_on:
        owner.slips += owner.due_on is not None and form.due_on > owner.due_on
        owner.due_on = form.due_on
    owner.history.append(
        RecommendationStep(
            axis=axis,
            before=str(before),
            after=str(to),
            taken_at=by.clock(),
            taken_by=by.person,
            reason=form.reason or form.steps,
            due_on=form.due_on,
        )
    )
    trail.note(
        session,
        by,
        f"recommendation.{axis}",
        f"{owner.recommendation} {owner.organisation}",
        before={axis: before},
        after={axis: to, **form.model_dump(exclude={"to", "reason"}, exclude_none=True)},
        reason=form.reason,
    )


def _word(axis: Axis, to: str) -> Word:
    words = WORDS[axis]
    if to not in set(words):
        raise Refusal(
            f"{to!r} is not a status of {axis}.", f"Use one of {', '.join(map(str, words))}."
        )
    return words(to)


def _offer(owner: RecommendationOwner, form: StepForm) -> Offer:
    return Offer(
        reason=form.reason,
        steps=form.steps,
        role_named=form.role_named,
        due_on=form.due_on,
        accepted=owner.response in ACCEPTANCES,
        strongest=max((item.rung for item in owner.evidence), default=None),
    )


def _check_side(owner: RecommendationOwner, who: Permission, by: SignedIn) -> None:
    own = by.standing.organisation == owner.organisation
    if who is Permission.RESPOND and not own:
        raise NotAllowed(
            "Only the body a recommendation is addressed to can say this.",
            "Ask that body's director.",
        )
    authors = {item.submitted_by for item in owner.evidence}
    if who is Permission.VERIFY and (own or by.person in authors):
        raise NotAllowed(
            "The owner of a recommendation, or the author of its evidence, cannot verify it.",
            "Ask a verifier of another body.",
        )


def add_action(code: str, organisation: str, form: ActionForm, *, by: SignedIn) -> None:
    """Add a step to the owner's plan."""
    by.need(Permission.RESPOND)
    with by.recording() as session:
        owner = _owner(_seen(session, code, by), organisation)
        _check_side(owner, Permission.RESPOND, by)
        owner.actions.append(Action(**form.model_dump()))
        trail.note(
            session, by, "recommendation.action", f"{code} {organisation}", after=form.model_dump()
        )


def add_evidence(code: str, organisation: str, form: EvidenceForm, *, by: SignedIn) -> None:
    """Add evidence; assurance moves to “evidence submitted” where the workflow allows it."""
    by.need(Permission.RESPOND)
    if form.dated_on > by.today:
        raise Refusal(
            f"The evidence is dated {form.dated_on}, which is still to come.",
            "Give the date it bears.",
        )
    with by.recording() as session:
        owner = _owner(_seen(session, code, by), organisation)
        _check_side(owner, Permission.RESPOND, by)
        owner.evidence.append(
            EvidenceItem(**form.model_dump(), submitted_at=by.clock(), submitted_by=by.person)
        )
        trail.note(
            session,
            by,
            "recommendation.evidence",
            f"{code} {organisation}",
            after=form.model_dump(),
        )
        moves = next_moves(Axis.ASSURANCE, owner.assurance)
        if any(move.after is Assurance.SUBMITTED for move in moves):
            sent = StepForm(to=Assurance.SUBMITTED)
            _apply(session, owner, Axis.ASSURANCE, Assurance.SUBMITTED, sent, by)


def _owner(held: Recommendation, organisation: str) -> RecommendationOwner:
    if not held.followed_here:
        raise Refusal(
            f"{held.code} was entered from a publication and is not followed here.",
            "Its progress is for its owners' own publications.",
        )
    owner = next((o for o in held.owners if o.organisation == organisation), None)
    if owner is None:
        bodies = ", ".join(o.organisation for o in held.owners)
        raise NotFound(
            f"{held.code} is not addressed to {organisation!r}.", f"It is addressed to {bodies}."
        )
    return owner


def _value(session: Session, held: Recommendation) -> RecommendationValue:
    return RecommendationValue(
        code=held.code,
        title=held.title,
        text=held.text,
        kind=held.kind,
        inspection=held.inspection,
        area=_area(session, held),
        source=held.source,
        paragraph=held.paragraph,
        reason=held.reason,
        made_on=held.made_on,
        response_due_on=held.response_due_on,
        followed_here=held.followed_here,
        themes=tuple(entry.theme for entry in held.themes),
        grades=_grades(session, held.code),
        owners=tuple(_owner_value(session, owner) for owner in held.owners),
    )


def _area(session: Session, held: Recommendation) -> str | None:
    if held.inspection is None:
        return None
    return session.get_one(Inspection, held.inspection).area_code


def _grades(session: Session, code: str) -> dict[str, int]:
    found = [finding.grade for finding, _case in session.execute(_findings_query(code))]
    return {grade: found.count(grade) for grade in sorted(filter(None, set(found)))}


def _owner_value(session: Session, owner: RecommendationOwner) -> OwnerValue:
    return OwnerValue(
        owner.id,
        owner.organisation,
        organisation_name(session, owner.organisation),
        owner.response,
        owner.delivery,
        owner.assurance,
        owner.role_named,
        owner.steps_planned,
        owner.original_due_on,
        owner.due_on,
        owner.slips,
        _steps(owner.history),
        tuple(ActionValue(a.action, a.owner_role, a.due_on, a.done_on) for a in owner.actions),
        tuple(
            EvidenceValue(e.rung, e.description, e.dated_on, e.submitted_at, e.submitted_by)
            for e in owner.evidence
        ),
    )


def _steps(history: Sequence[RecommendationStep]) -> tuple[StepValue, ...]:
    return tuple(
        StepValue(
            row.axis,
            WORDS[Axis(row.axis)](row.before).english,
            WORDS[Axis(row.axis)](row.after).english,
            row.taken_at,
            row.taken_by,
            row.reason,
            row.due_on,
        )
        for row in history
    )
