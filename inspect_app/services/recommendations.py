"""Recommendations: write one on findings; respond, deliver, submit evidence, verify."""

from sqlalchemy import select
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
    InspectionStatus,
    Word,
)
from inspect_app.access import Permission, sees_cases
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import trail
from inspect_app.services.inspection_values import in_sight, seen
from inspect_app.services.recommendation_values import (
    WORDS,
    FindingValue,
    OwnerValue,
    RecommendationValue,
    concerns,
    finding_value,
    findings_query,
    grade_words,
    value_of,
    values,
)
from inspect_app.services.reference import (
    check_known,
    check_one_world,
)
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import (
    ACCEPTANCES,
    Axis,
    Move,
    Offer,
    Part,
    barred,
    check_move,
    next_moves,
)


def listed(*, by: SignedIn) -> list[RecommendationValue]:
    """Return the recommendations in the person's sight, newest first."""
    by.need(Permission.READ_RECOMMENDATIONS)
    with by.reading() as session:
        return values(session, by)


def view(code: str, *, by: SignedIn) -> RecommendationValue:
    """Return one recommendation; raises NotFound when there is none the person may see."""
    with by.reading() as session:
        return value_of(session, _seen(session, code, by))


def _seen(session: Session, code: str, by: SignedIn) -> Recommendation:
    by.need(Permission.READ_RECOMMENDATIONS)
    held = session.get(Recommendation, code)
    inspections = {inspection.code for inspection in in_sight(session, by)}
    if held is None or not concerns(held, by, inspections):
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
        words = grade_words(session, held)
        query = findings_query(code).options(selectinload(CaseFile.readings))
        rows = session.execute(query).all()
        return [finding_value(session, row, words, by, reads=reads) for row in rows]


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
        _check_agreed(held)
        _check_new(session, form, held)
        session.add(_new(form))
        trail.note(session, by, "recommendation.written", form.code, after=form.model_dump())
    return form.code


def _check_agreed(held: Inspection) -> None:
    if held.status is not InspectionStatus.AGREED:
        raise Refusal(
            f"The findings of inspection {held.code} are not agreed yet.",
            "Agree them first; a recommendation hangs on findings that stand.",
        )


def _check_new(session: Session, form: RecommendationForm, held: Inspection) -> None:
    if session.get(Recommendation, form.code):
        raise Refusal(f"There is a recommendation {form.code} already.", "Choose another code.")
    check_known(session, Theme, form.themes, "Theme")
    check_known(session, Organisation, form.bodies, "Organisation")
    check_one_world(session, held.code, [held.area_code], form.bodies)
    rows = session.scalars(
        select(Finding.id)
        .join(CaseFile, Finding.case_id == CaseFile.id)
        .where(
            CaseFile.inspection == form.inspection,
            CaseFile.status == CaseStatus.COUNTED,
            Finding.reader == CaseFile.read_by,
            Finding.id.in_(form.findings),
        )
    )
    unknown = sorted(set(form.findings) - set(rows))
    if unknown:
        raise Refusal(
            f"{len(unknown)} of the chosen findings are not counted findings of "
            f"inspection {form.inspection}.",
            "Choose findings from its counted cases.",
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
        _check_date(form, by)
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
        held = {Part.OWNER: own, Part.AUTHOR: by.person in authors}
        return barred(Part.VERIFIER, [part for part, holds in held.items() if holds]) is None
    return own


def _check_date(form: StepForm, by: SignedIn) -> None:
    if form.due_on and form.due_on < by.today:
        raise Refusal(
            f"The date {form.due_on} has passed already.",
            "Give the day by which it will be done.",
            due_on=form.due_on,
        )


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
        owner.original_due_on = owner.original_due_on or form.due_on
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
        strongest=max((item.rung for item in _untested(owner)), default=None),
    )


def _untested(owner: RecommendationOwner) -> list[EvidenceItem]:
    """Return the evidence submitted since the last verdict: what was judged is not judged again."""
    verdicts = [
        step.taken_at
        for step in owner.history
        if step.axis == Axis.ASSURANCE and step.after != Assurance.SUBMITTED
    ]
    last = max(verdicts, default=None)
    return [item for item in owner.evidence if last is None or item.submitted_at > last]


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
