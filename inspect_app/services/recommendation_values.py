"""Recommendations as values: what they ask, what hangs on them, and where each owner stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, selectinload

from data_model.reading import standing, with_decisions
from data_model.records import (
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
    Theme,
)
from data_model.vocabulary import (
    Assurance,
    CaseStatus,
    Delivery,
    Evidence,
    NotGraded,
    RecommendationKind,
    Response,
    Word,
)
from inspect_app.services.case_access import sees_whole
from inspect_app.services.inspection_values import in_sight, titled
from inspect_app.services.reference import (
    area_value,
    organisation_name,
    person_name,
    scale_value,
)
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis

WORDS: dict[Axis, type[Word]] = {
    Axis.RESPONSE: Response,
    Axis.DELIVERY: Delivery,
    Axis.ASSURANCE: Assurance,
}


OPEN_AGAIN = "not counted while its case is open again"
"""What is said of a finding instead of its grade."""

Grades = tuple[dict[str, int], int]
"""How many findings behind a recommendation count, by grade, and how many do not now."""


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

    `grades` counts the findings behind it that count now, by the grade code that counts;
    `graded` says the same in the words of the inspection's scale, best first, and how many of
    its findings do not count now because their case is open again.
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
        """How many findings justify it, counted now or not."""
        return sum(number for _words, number in self.graded)

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


def values(session: Session, by: SignedIn) -> list[RecommendationValue]:
    """Return, within a session, the recommendations in the person's sight, newest first."""
    inspections = in_sight(session, by)
    seen_inspections = {held.code for held in inspections}
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
    held = [r for r in session.scalars(query) if concerns(r, by, seen_inspections)]
    behind = _grades(session, [recommendation.code for recommendation in held])
    # Held while the list is made: a session forgets what nobody holds and asks again.
    known = [list(session.scalars(select(kind))) for kind in (Area, Organisation, Theme, Person)]
    _held = (inspections, known)
    return [value_of(session, r, behind[r.code]) for r in held]


def concerns(held: Recommendation, by: SignedIn, inspections: set[str]) -> bool:
    owned = by.standing.organisation in {owner.organisation for owner in held.owners}
    return owned or held.inspection is None or held.inspection in inspections


def findings_query(code: str) -> Select[*tuple[Any, ...]]:
    """Return the findings behind a recommendation, each with what stands of it, by theme."""
    return (
        with_decisions(
            select(
                CaseFile,
                Finding.theme,
                standing("grade").label("grade"),
                standing("not_graded").label("not_graded"),
                standing("reason").label("reason"),
            )
            .join(Finding, Finding.case_id == CaseFile.id)
            .join(RecommendationFinding, RecommendationFinding.finding == Finding.id)
        )
        .where(RecommendationFinding.recommendation == code)
        .order_by(Finding.theme, CaseFile.reference)
    )


def finding_value(
    session: Session,
    row: Row[*tuple[Any, ...]],
    words: dict[str, str],
    by: SignedIn,
    *,
    reads: bool,
) -> FindingValue:
    """Return a finding in words; one whose case is open again only for those who may see it."""
    theme = session.get_one(Theme, row.theme).short_name
    held: CaseFile = row.CaseFile
    if held.status is not CaseStatus.COUNTED and not sees_whole(held, by):
        return FindingValue(theme, OPEN_AGAIN.capitalize(), None, None, None)
    none = NotGraded(row.not_graded).english if row.not_graded else ""
    grade = words.get(row.grade or "", none)
    if not reads:
        return FindingValue(theme, grade, None, None, None)
    return FindingValue(theme, grade, row.reason, held.reference, held.id)


def grade_words(session: Session, held: Recommendation) -> dict[str, str]:
    """Return the grades of the inspection's own scale, best first."""
    if held.inspection is None:
        return {}
    return dict(scale_value(session, session.get_one(Inspection, held.inspection).scale).grades)


def value_of(
    session: Session, held: Recommendation, behind: Grades | None = None
) -> RecommendationValue:
    """Return a recommendation as a value; `behind` is what stands behind it, if known already."""
    inspection = session.get_one(Inspection, held.inspection) if held.inspection else None
    area = area_value(session.get_one(Area, inspection.area_code)) if inspection else None
    grades, open_again = behind or _grades(session, [held.code])[held.code]
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
            for code, name in grade_words(session, held).items()
            if code in grades
        )
        + (((OPEN_AGAIN, open_again),) if open_again else ()),
        area_label=area.label if area else None,
        inspection_title=titled(session, inspection) if inspection else None,
    )


def _grades(session: Session, codes: Sequence[str]) -> dict[str, Grades]:
    """Return what stands behind each of these recommendations, with one query for all."""
    rows = session.execute(
        with_decisions(
            select(
                RecommendationFinding.recommendation,
                standing("grade"),
                CaseFile.status,
            )
            .join_from(CaseFile, Finding, Finding.case_id == CaseFile.id)
            .join(RecommendationFinding, RecommendationFinding.finding == Finding.id)
        ).where(RecommendationFinding.recommendation.in_(codes))
    )
    behind: dict[str, list[tuple[str | None, bool]]] = {code: [] for code in codes}
    for code, grade, status in rows:
        behind[code].append((grade, status is CaseStatus.COUNTED))
    return {code: _counted(found) for code, found in behind.items()}


def _counted(found: Sequence[tuple[str | None, bool]]) -> Grades:
    grades = [grade for grade, counts in found if counts and grade]
    open_again = sum(1 for _grade, counts in found if not counts)
    return {grade: grades.count(grade) for grade in sorted(set(grades))}, open_again


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
        person_name(session, item.submitted_by),
    )


def _steps(session: Session, history: Sequence[RecommendationStep]) -> tuple[StepValue, ...]:
    return tuple(
        StepValue(
            row.axis,
            WORDS[Axis(row.axis)](row.before).english,
            WORDS[Axis(row.axis)](row.after).english,
            row.taken_at,
            person_name(session, row.taken_by),
            row.reason,
            row.due_on,
        )
        for row in history
    )
