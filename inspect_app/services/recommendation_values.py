"""Recommendations as values: what they ask, what hangs on them, and where each owner stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from data_model.records import (
    Action,
    Area,
    EvidenceItem,
    Inspection,
    Organisation,
    Person,
    Recommendation,
    RecommendationOwner,
    RecommendationStep,
    Theme,
)
from data_model.vocabulary import (
    Assurance,
    Closing,
    Delivery,
    RecommendationKind,
    Response,
    SamplingMethod,
)
from inspect_app.services.actions import ActionValue, action_values
from inspect_app.services.answers import WORDS
from inspect_app.services.evidence import EvidenceValue, evidence_values
from inspect_app.services.inspection_values import in_sight, titled
from inspect_app.services.labels import LANGUAGES, Language, facts_of, label
from inspect_app.services.recommendation_findings import (
    OPEN_AGAIN,
    Grades,
    grade_words,
    grades_behind,
)
from inspect_app.services.reference import (
    area_value,
    organisation_name,
    person_name,
)
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import ACCEPTANCES, FINISHED, Axis


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
    text_welsh: str | None


@dataclass(frozen=True)
class OwnerValue:
    """One body's answer: three questions, three statuses, and the history behind them.

    `version` is what a step sends back, so that nobody moves what they have not seen.
    `redirected_to` and `superseded_by` name what the answer points to. `lasting_labels` are what a
    release prints of it, by language.
    """

    id: int
    version: int
    organisation: str
    name: str
    response: Response
    delivery: Delivery
    assurance: Assurance
    closing: Closing
    response_due_on: date | None
    role_named: str | None
    steps_planned: str | None
    original_due_on: date | None
    due_on: date | None
    slips: int
    claimed_on: date | None
    shown_on: date | None
    restarted_on: date | None
    redirected_to: str | None
    superseded_by: str | None
    closed_on: date | None
    closing_reason: str | None
    reaudits: tuple[str, ...]
    history: tuple[StepValue, ...]
    actions: tuple[ActionValue, ...]
    evidence: tuple[EvidenceValue, ...]
    label: str
    lasting_labels: Mapping[Language, str]

    @property
    def closed(self) -> bool:
        """Whether it is closed for this body."""
        return self.closing is Closing.CLOSED

    @property
    def awaited(self) -> bool:
        """Whether the body has still to answer."""
        return self.response is Response.AWAITING

    @property
    def accepted(self) -> bool:
        """Whether the body accepted it, wholly, in principle or in part."""
        return self.response in ACCEPTANCES

    def response_late_on(self, day: date) -> bool:
        """Whether a response is awaited past its date."""
        due = self.response_due_on
        return self.awaited and due is not None and due < day

    def overdue_on(self, day: date) -> bool:
        """Whether the work is past its original date and not claimed complete by that day."""
        due = self.original_due_on
        return due is not None and due < day and self.delivery not in FINISHED and not self.closed


@dataclass(frozen=True)
class Retest:
    """What would test a recommendation: a theme by its name, a criterion, a sample, by when."""

    theme: str
    criterion: str | None
    sample: int
    sampling: SamplingMethod
    by: date


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
    quotation: str | None
    made_on: date
    published_on: date | None
    response_due_on: date | None
    retest: Retest | None
    followed_here: bool
    version: int
    themes: tuple[str, ...]
    grades: dict[str, int]
    owners: tuple[OwnerValue, ...]
    theme_names: tuple[str, ...]
    graded: tuple[tuple[str, int], ...]
    area_label: str | None
    inspection_title: str | None
    title_welsh: str | None
    text_welsh: str | None

    @property
    def findings_behind(self) -> int:
        """How many findings justify it, counted now or not."""
        return sum(number for _words, number in self.graded)

    def overdue_on(self, day: date) -> bool:
        """Whether a body it is addressed to is past its original date."""
        return self.followed_here and any(owner.overdue_on(day) for owner in self.owners)

    @property
    def draft(self) -> bool:
        """Whether it is not published yet."""
        return self.published_on is None

    def owned_by(self, organisation: str) -> bool:
        """Whether it is addressed to this body."""
        return any(owner.organisation == organisation for owner in self.owners)


def values(
    session: Session, by: SignedIn, *where: ColumnElement[bool]
) -> list[RecommendationValue]:
    """Return, within a session, the recommendations in the person's sight, newest first.

    `where` narrows them, on columns of Recommendation.
    """
    inspections = recommended_on(session, by)
    answers = selectinload(Recommendation.owners)
    query = (
        select(Recommendation)
        .where(in_persons_sight(by, {held.code for held in inspections}), *where)
        .options(
            answers.selectinload(RecommendationOwner.history),
            answers.selectinload(RecommendationOwner.reaudits),
            answers.selectinload(RecommendationOwner.actions).options(
                selectinload(Action.milestones), selectinload(Action.notes)
            ),
            answers.selectinload(RecommendationOwner.evidence).selectinload(EvidenceItem.files),
            selectinload(Recommendation.themes),
        )
        .order_by(Recommendation.made_on.desc(), Recommendation.code)
    )
    held = session.scalars(query).all()
    behind = grades_behind(session, [recommendation.code for recommendation in held])
    # Held while the list is made: a session forgets what nobody holds and asks again.
    known = [list(session.scalars(select(kind))) for kind in (Area, Organisation, Theme, Person)]
    _held = (inspections, known)
    return [value_of(session, r, by, behind[r.code]) for r in held]


def recommended_on(session: Session, by: SignedIn) -> list[Inspection]:
    """Return the inspections in the person's sight that recommendations hang on."""
    return in_sight(session, by, Inspection.code.in_(select(Recommendation.inspection)))


def in_persons_sight(by: SignedIn, inspections: set[str]) -> ColumnElement[bool]:
    """Return, as a condition on Recommendation, what `answers.concerns` says of one.

    `inspections` are the codes of the inspections in the person's sight.
    """
    own = select(RecommendationOwner.recommendation).where(
        RecommendationOwner.organisation == by.standing.organisation
    )
    public = or_(
        Recommendation.inspection.is_(None),
        Recommendation.inspection.in_(sorted(inspections)),
        Recommendation.code.in_(own),
    )
    led = Recommendation.inspection.in_(sorted(by.standing.leads))
    published = Recommendation.published_on.is_not(None)
    return or_(and_(published, public), and_(~published, led))


def value_of(
    session: Session, held: Recommendation, by: SignedIn, behind: Grades | None = None
) -> RecommendationValue:
    """Return a recommendation as a value; `behind` is what stands behind it, if known already."""
    inspection = session.get_one(Inspection, held.inspection) if held.inspection else None
    area = area_value(session.get_one(Area, inspection.area_code)) if inspection else None
    grades, open_again = behind or grades_behind(session, [held.code])[held.code]
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
        quotation=held.quotation,
        made_on=held.made_on,
        published_on=held.published_on,
        response_due_on=held.response_due_on,
        retest=_retest(session, held),
        version=held.version,
        followed_here=held.followed_here,
        themes=tuple(entry.theme for entry in held.themes),
        grades=grades,
        owners=tuple(_owner_value(session, owner, by) for owner in held.owners),
        theme_names=tuple(session.get_one(Theme, t.theme).short_name for t in held.themes),
        graded=tuple(
            (name, grades[code])
            for code, name in grade_words(session, held).items()
            if code in grades
        )
        + (((OPEN_AGAIN, open_again),) if open_again else ()),
        area_label=area.label if area else None,
        inspection_title=titled(session, inspection) if inspection else None,
        title_welsh=held.title_welsh,
        text_welsh=held.text_welsh,
    )


def _retest(session: Session, held: Recommendation) -> Retest | None:
    if not (held.retest_theme and held.retest_sample and held.retest_sampling and held.retest_by):
        return None
    return Retest(
        session.get_one(Theme, held.retest_theme).short_name,
        held.retest_criterion,
        held.retest_sample,
        held.retest_sampling,
        held.retest_by,
    )


AS_KEPT = (
    "id",
    "version",
    "organisation",
    "response",
    "delivery",
    "assurance",
    "closing",
    "response_due_on",
    "role_named",
    "steps_planned",
    "original_due_on",
    "due_on",
    "slips",
    "claimed_on",
    "shown_on",
    "restarted_on",
    "superseded_by",
    "closing_reason",
)
"""What an answer's value says just as its record does."""


def _owner_value(session: Session, owner: RecommendationOwner, by: SignedIn) -> OwnerValue:
    to, facts = owner.redirected_to, facts_of(session, owner)
    return OwnerValue(
        **{name: getattr(owner, name) for name in AS_KEPT},
        name=organisation_name(session, owner.organisation),
        redirected_to=organisation_name(session, to) if to else None,
        closed_on=owner.closed_at.date() if owner.closed_at else None,
        reaudits=tuple(reaudit.inspection for reaudit in owner.reaudits),
        history=_steps(session, owner.history),
        actions=action_values(session, owner),
        evidence=evidence_values(session, owner, by),
        label=label(facts, by.today),
        lasting_labels={
            language: label(facts, by.today, language, lasting=True) for language in LANGUAGES
        },
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
            row.text_welsh,
        )
        for row in history
    )
