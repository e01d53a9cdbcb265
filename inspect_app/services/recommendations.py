"""Recommendations: write one on findings; respond, deliver, submit evidence, verify."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from data_model.forms import ActionForm, EvidenceForm, RecommendationForm, StepForm
from data_model.records import (
    Action,
    Area,
    CaseFile,
    EvidenceItem,
    Finding,
    Inspection,
    Organisation,
    Person,
    Recommendation,
    RecommendationFinding,
    RecommendationOwner,
    RecommendationStep,
    RecommendationTheme,
    Theme,
)
from data_model.vocabulary import (
    Assurance,
    BodyRole,
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
from inspect_app.services.reference import (
    area_value,
    check_known,
    organisation_name,
    scale_value,
)
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import ACCEPTANCES, Axis, Move, Offer, check_move, next_moves

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
    author: str


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
    """A finding behind a recommendation, in words; `reference` only for its readers."""

    theme: str
    grade: str
    reason: str | None
    reference: str | None
    case_id: int | None


@dataclass(frozen=True)
class RecommendationValue:
    """A recommendation with everything that hangs on it.

    `grades` counts the findings behind it by grade code; `graded` says the same in the words
    of the inspection's scale, best first.
    """

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
    theme_names: tuple[str, ...]
    graded: tuple[tuple[str, int], ...]
    area_label: str | None
    inspection_title: str | None

    @property
    def findings_behind(self) -> int:
        """How many findings justify it."""
        return sum(self.grades.values())

    def response_late_on(self, day: date, owner: OwnerValue | None = None) -> bool:
        """Whether a response, of one body or any, is awaited past its date.

        Not known, so never true, where nobody follows it here.
        """
        asked = (owner,) if owner else self.owners
        awaited = any(body.response is Response.AWAITING for body in asked)
        due = self.response_due_on
        return self.followed_here and awaited and due is not None and due < day

    def overdue_on(self, day: date) -> bool:
        """Whether a body it is addressed to is past its original date."""
        return self.followed_here and any(owner.overdue_on(day) for owner in self.owners)

    def owned_by(self, organisation: str) -> bool:
        """Whether it is addressed to this body."""
        return any(owner.organisation == organisation for owner in self.owners)


@dataclass(frozen=True)
class Candidate:
    """A submitted finding that a recommendation could hang on."""

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
    with by.reading() as session:
        return _value(session, _seen(session, code, by))


def _seen(session: Session, code: str, by: SignedIn) -> Recommendation:
    by.need(Permission.READ_RECOMMENDATIONS)
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
        words = _grade_words(session, held)
        rows = session.execute(_findings_query(code).order_by(Finding.theme, CaseFile.reference))
        return [
            _finding_value(session, finding, case, words, reads=reads) for finding, case in rows
        ]


def _findings_query(code: str) -> Select[Finding, CaseFile]:
    return (
        select(Finding, CaseFile)
        .join(RecommendationFinding, RecommendationFinding.finding == Finding.id)
        .join(CaseFile, Finding.case_id == CaseFile.id)
        .where(RecommendationFinding.recommendation == code)
    )


def _finding_value(
    session: Session, finding: Finding, case: CaseFile, words: dict[str, str], *, reads: bool
) -> FindingValue:
    theme = session.get_one(Theme, finding.theme).short_name
    grade = words.get(finding.grade or "", finding.not_graded.english if finding.not_graded else "")
    if not reads:
        return FindingValue(theme, grade, None, None, None)
    return FindingValue(theme, grade, finding.reason, case.reference, case.id)


def _grade_words(session: Session, held: Recommendation) -> dict[str, str]:
    """Return the grades of the inspection's own scale, best first."""
    if held.inspection is None:
        return {}
    return dict(scale_value(session, session.get_one(Inspection, held.inspection).scale).grades)


def led(*, by: SignedIn) -> dict[str, str]:
    """Return the inspections whose recommendations the person writes: title by code."""
    if not by.may(Permission.WRITE_RECOMMENDATIONS):
        return {}
    with by.reading() as session:
        return {code: session.get_one(Inspection, code).title for code in sorted(by.standing.leads)}


def draft(inspection: str, *, by: SignedIn) -> Draft:
    """Return what a recommendation of an inspection the person leads is put together from."""
    by.need(Permission.WRITE_RECOMMENDATIONS)
    with by.reading() as session:
        held = seen(session, inspection, by)
        reads = sees_cases(by.standing, held.code)
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
        select(Finding, CaseFile)
        .join(CaseFile, Finding.case_id == CaseFile.id)
        .where(
            CaseFile.inspection == held.code,
            CaseFile.status == CaseStatus.SUBMITTED,
            Finding.grade.in_(words),
        )
        .order_by(Finding.theme, CaseFile.reference)
    ).all()
    ordered = sorted(rows, key=lambda row: (row[0].theme, worst_first.index(row[0].grade or "")))
    return tuple(
        Candidate(finding.id, finding.theme, words[finding.grade or ""], case.reference)
        for finding, case in ordered
    )


def _addressees(session: Session, held: Inspection) -> dict[str, str]:
    """Return the bodies a recommendation may go to; invented and real ones are never mixed."""
    inspected = [b.organisation for b in held.bodies if b.role is BodyRole.INSPECTED]
    others = session.scalars(select(Organisation.code).order_by(Organisation.name))
    named = {code: organisation_name(session, code) for code in (*inspected, *others)}
    invented = area_value(session.get_one(Area, held.area_code)).invented
    return {c: name for c, name in named.items() if name.endswith("(invented)") is invented}


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


def open_moves(owner: OwnerValue, *, by: SignedIn) -> dict[Axis, tuple[Move, ...]]:
    """Return, for each axis, the moves that are this person's to make for an owner.

    “Evidence submitted” follows from adding evidence, so it is not among them.
    """
    return {
        axis: tuple(
            move
            for move in next_moves(axis, getattr(owner, axis))
            if move.after is not Assurance.SUBMITTED and may_make(move.who, owner, by=by)
        )
        for axis in WORDS
    }


def may_make(who: Permission, owner: OwnerValue, *, by: SignedIn) -> bool:
    """Return whether the person has the role and stands on the right side for it."""
    authors = {item.submitted_by for item in owner.evidence}
    return by.may(who) and _on_side(owner.organisation, authors, who, by)


def _on_side(organisation: str, authors: set[str], who: Permission, by: SignedIn) -> bool:
    own = by.standing.organisation == organisation
    if who is Permission.VERIFY:
        return not own and by.person not in authors
    return own


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
    authors = {item.submitted_by for item in owner.evidence}
    if _on_side(owner.organisation, authors, who, by):
        return
    if who is Permission.RESPOND:
        raise NotAllowed(
            "Only the body a recommendation is addressed to can say this.",
            "Ask that body's director.",
        )
    if who is Permission.VERIFY:
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
    inspection = session.get_one(Inspection, held.inspection) if held.inspection else None
    area = area_value(session.get_one(Area, inspection.area_code)) if inspection else None
    grades = _grades(session, held.code)
    return RecommendationValue(
        code=held.code,
        title=held.title,
        text=held.text,
        kind=held.kind,
        inspection=held.inspection,
        area=area.code if area else None,
        source=held.source,
        paragraph=held.paragraph,
        reason=held.reason,
        made_on=held.made_on,
        response_due_on=held.response_due_on,
        followed_here=held.followed_here,
        themes=tuple(entry.theme for entry in held.themes),
        grades=grades,
        owners=tuple(_owner_value(session, owner) for owner in held.owners),
        theme_names=tuple(session.get_one(Theme, t.theme).short_name for t in held.themes),
        graded=tuple(
            (name, grades[code])
            for code, name in _grade_words(session, held).items()
            if code in grades
        ),
        area_label=area.label if area else None,
        inspection_title=inspection.title if inspection else None,
    )


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
        _steps(session, owner.history),
        tuple(ActionValue(a.action, a.owner_role, a.due_on, a.done_on) for a in owner.actions),
        tuple(_evidence(session, item) for item in owner.evidence),
    )


def _evidence(session: Session, item: EvidenceItem) -> EvidenceValue:
    return EvidenceValue(
        item.rung,
        item.description,
        item.dated_on,
        item.submitted_at,
        item.submitted_by,
        _person(session, item.submitted_by),
    )


def _person(session: Session, code: str) -> str:
    person = session.get(Person, code)
    return person.name if person else code


def _steps(session: Session, history: Sequence[RecommendationStep]) -> tuple[StepValue, ...]:
    return tuple(
        StepValue(
            row.axis,
            WORDS[Axis(row.axis)](row.before).english,
            WORDS[Axis(row.axis)](row.after).english,
            row.taken_at,
            _person(session, row.taken_by),
            row.reason,
            row.due_on,
        )
        for row in history
    )
