"""Looking back when an inspection is agreed: answers whose theme it finds not good again."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data_model.forms import StepForm
from data_model.records import (
    Inspection,
    InspectionArea,
    Recommendation,
    RecommendationOwner,
    RecommendationTheme,
    Theme,
)
from data_model.vocabulary import Assurance, BodyRole, Closing, Delivery, Response
from inspect_app.services.answers import move, six_months_after
from inspect_app.services.reaudits import graded_on
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import TESTED, Axis, Need
from metrics.comparison import Graded, found_not_good

Answer = RecommendationOwner
BACK = (
    (Axis.ASSURANCE, Assurance.REGRESSED),
    (Axis.RESPONSE, Response.AWAITING),
    (Axis.DELIVERY, Delivery.NOT_STARTED),
)


def look_back(session: Session, held: Inspection, by: SignedIn) -> list[str]:
    """Set *regressed* on each tested or closed answer whose theme this inspection finds not good.

    Of a body that serves several places, only answers about one that this inspection is about.
    Not good is `metrics.comparison.found_not_good`; where too few were graded nothing moves. The
    clock of the answer begins again: it awaits a response within six months. Its original date
    and its slips stay. Called within the transaction that agrees the findings; returns code and
    body of each answer.
    """
    themes = [entry.theme for entry in held.themes]
    graded = graded_on(session, held, themes)
    not_good = {theme: each for theme, each in graded.items() if found_not_good(each)}
    return [
        _regress(session, held, owner, theme, not_good[theme], by)
        for owner, theme in _standing(session, held, list(not_good), by)
    ]


def _standing(
    session: Session, held: Inspection, themes: list[str], by: SignedIn
) -> list[tuple[RecommendationOwner, str]]:
    """Return the answers that stood as tested or closed, each with its first theme found so."""
    bodies = [b.organisation for b in held.bodies if b.role is BodyRole.INSPECTED]
    places = [entry.area_code for entry in held.areas]
    same_place = select(InspectionArea.inspection).where(InspectionArea.area_code.in_(places))
    query = (
        select(Answer, RecommendationTheme.theme)
        .join(Recommendation, Answer.recommendation == Recommendation.code)
        .join(RecommendationTheme, RecommendationTheme.recommendation == Recommendation.code)
        .where(
            Answer.organisation.in_(bodies),
            RecommendationTheme.theme.in_(themes),
            or_(Answer.assurance.in_(TESTED), Answer.closing == Closing.CLOSED),
            Answer.assurance != Assurance.REGRESSED,
            Recommendation.followed_here,
            Recommendation.published_on < (held.started_on or by.today),
            or_(Recommendation.inspection.is_(None), Recommendation.inspection.in_(same_place)),
            or_(Recommendation.inspection.is_(None), Recommendation.inspection != held.code),
            or_(
                Recommendation.retest_theme.is_(None),
                Recommendation.retest_theme == RecommendationTheme.theme,
            ),
        )
        .order_by(Answer.id, RecommendationTheme.theme)
    )
    found: dict[int, tuple[RecommendationOwner, str]] = {}
    for owner, theme in session.execute(query):
        found.setdefault(owner.id, (owner, theme))
    return list(found.values())


def _regress(
    session: Session,
    held: Inspection,
    owner: RecommendationOwner,
    theme: str,
    graded: Graded,
    by: SignedIn,
) -> str:
    name = session.get_one(Theme, theme).short_name
    reason = (
        f"Inspection {held.code}, agreed on {by.today}, found “{name}” not good: "
        f"{graded.good} of {graded.total} cases good."
    )
    if owner.closing is Closing.CLOSED:
        again = StepForm(to=Closing.OPEN, reason=reason)
        move(session, owner, Axis.CLOSING, again, by)
    for axis, status in BACK:
        if getattr(owner, axis) is not status:
            move(session, owner, axis, StepForm(to=status, reason=reason), by, Need.NOT_GOOD)
    owner.restarted_on = by.today
    owner.response_due_on = six_months_after(by.today)
    return f"{owner.recommendation} {owner.organisation}"
