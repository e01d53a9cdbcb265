"""Recommendations: write one on findings or enter a published one, reword it, publish it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from data_model import looks
from data_model.forms import EnteredForm, RecommendationForm, WordingForm
from data_model.records import (
    CaseFile,
    Finding,
    Inspection,
    Organisation,
    Recommendation,
    RecommendationFinding,
    RecommendationOwner,
    RecommendationTheme,
    RecommendationWording,
    Theme,
)
from data_model.sight import Task, widened
from data_model.vocabulary import CaseStatus, InspectionStatus, Wording
from inspect_app.access import Permission, sees_cases
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services import trail
from inspect_app.services.answers import check_seen, find_recommendation, six_months_after
from inspect_app.services.inspection_values import seen
from inspect_app.services.recommendation_findings import (
    FindingValue,
    finding_value,
    findings_query,
    grade_words,
)
from inspect_app.services.recommendation_values import RecommendationValue, value_of
from inspect_app.services.reference import check_known, check_one_world, person_name
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis, Offer, check_move


def view(code: str, *, by: SignedIn) -> RecommendationValue:
    """Return one recommendation; raises NotFound when there is none the person may see."""
    with by.reading() as session:
        return value_of(session, find_recommendation(session, code, by), by)


@dataclass(frozen=True)
class WordingValue:
    """What a recommendation said in one edition, who worded it and when."""

    edition: int
    title: str
    text: str
    by: str
    at: datetime


def wordings(code: str, *, by: SignedIn) -> tuple[WordingValue, ...]:
    """Return every wording of a recommendation, first to last; drafts are for who may see them.

    Once it is published only its lead still sees what earlier drafts said.
    """
    with by.reading() as session:
        held = find_recommendation(session, code, by)
        kept = held.wordings if held.inspection in by.standing.leads else held.wordings[-1:]
        return tuple(
            WordingValue(w.edition, w.title, w.text, person_name(session, w.worded_by), w.worded_at)
            for w in kept
        )


def findings_behind(code: str, *, by: SignedIn) -> list[FindingValue]:
    """Return the findings behind a recommendation, with references for the readers only."""
    with by.reading() as session:
        held = find_recommendation(session, code, by)
        reads = held.inspection is not None and sees_cases(by.standing, held.inspection)
        words = grade_words(session, held)
        query = findings_query(code).options(selectinload(CaseFile.readings))
        with widened(session, Task.WEIGHING):
            rows = session.execute(query).all()
        values = [finding_value(session, row, words, by, reads=reads) for row in rows]
        for value in values:
            if value.case_id is not None:
                looks.at_case(session, value.case_id)
        return values


def write(form: RecommendationForm, *, by: SignedIn) -> str:
    """Write a draft on an inspection the person leads; return its code."""
    by.need(Permission.WRITE_RECOMMENDATIONS)
    with by.recording() as session:
        held = _led(session, form.inspection, by)
        _check_agreed(held)
        _check_new(session, form, [held.area_code], held.code)
        _check_findings(session, form)
        written = _with_lists(form)
        written.findings = [RecommendationFinding(finding=finding) for finding in form.findings]
        _word(written, form, by)
        session.add(written)
        trail.note(session, by, "recommendation.written", form.code, after=form.model_dump())
    return form.code


def enter(form: EnteredForm, *, by: SignedIn) -> str:
    """Enter a recommendation that stands in a publication, published as it is; return its code."""
    by.need(Permission.ENTER_PUBLISHED)
    if form.published_on > by.today:
        raise Refusal(
            f"A publication of {form.published_on} is still to come.", "Enter it once it is out."
        )
    with by.recording() as session:
        held = seen(session, form.inspection, by) if form.inspection else None
        _check_new(session, form, [held.area_code] if held else [], form.inspection or form.code)
        entered = _with_lists(form)
        entered.made_on = form.published_on
        _word(entered, form, by)
        _make_public(entered, form.published_on, by)
        session.add(entered)
        trail.note(session, by, "recommendation.entered", form.code, after=form.model_dump())
    return form.code


def reword(code: str, form: WordingForm, version: int, *, by: SignedIn) -> None:
    """Change what a draft says; every wording is kept, and nothing changes once it is published.

    Raises Conflict, with both texts, where somebody reworded it meanwhile.
    """
    with by.recording() as session:
        held = _draft(session, code, by)
        both = {
            "Title": {"kept": held.title, "yours": form.title},
            "Wording": {"kept": held.text, "yours": form.text},
        }
        check_seen(held, version, both)
        before = {"title": held.title, "text": held.text}
        held.title, held.text = form.title, form.text
        _word(held, form, by)
        trail.note(
            session, by, "recommendation.reworded", code, before=before, after=form.model_dump()
        )


def publish(code: str, published_on: date, version: int | None = None, *, by: SignedIn) -> None:
    """Publish a draft: its wording is fixed, and the clock of every body it asks begins.

    A response is due six months later unless the recommendation says otherwise (L.2). Raises
    Conflict where somebody reworded it since `version`: nobody publishes words unseen.
    """
    with by.recording() as session:
        held = _draft(session, code, by)
        check_move(Axis.WORDING, Wording.DRAFT, Wording.PUBLISHED, Offer(), thing=code)
        check_seen(held, version, {})
        _check_day(held, published_on, by)
        _make_public(held, published_on, by)
        trail.note(
            session,
            by,
            "recommendation.published",
            code,
            after={"published_on": published_on, "response_due_on": held.response_due_on},
        )


def _draft(session: Session, code: str, by: SignedIn) -> Recommendation:
    by.need(Permission.WRITE_RECOMMENDATIONS)
    held = find_recommendation(session, code, by)
    if held.published_on is not None:
        raise Refusal(
            f"{code} was published on {held.published_on:%d %B %Y}; its wording is fixed.",
            "Write a new one, and let it supersede this one.",
        )
    _led(session, held.inspection or "", by)
    return held


def _check_day(held: Recommendation, published_on: date, by: SignedIn) -> None:
    if published_on < held.made_on:
        raise Refusal(
            f"{held.code} was made on {held.made_on}; it cannot be published before, on "
            f"{published_on}.",
            "Give the day of its publication.",
        )
    if published_on > by.today:
        raise Refusal(
            f"{published_on} is still to come.", "Publish it on the day; wordings can wait."
        )


def _make_public(held: Recommendation, published_on: date, by: SignedIn) -> None:
    held.published_on, held.published_at, held.published_by = published_on, by.clock(), by.person
    held.response_due_on = held.response_due_on or six_months_after(published_on)
    for owner in held.owners:
        owner.response_due_on = held.response_due_on


def _word(held: Recommendation, form: WordingForm, by: SignedIn) -> None:
    held.wordings.append(
        RecommendationWording(
            edition=len(held.wordings) + 1,
            title=form.title,
            text=form.text,
            worded_at=by.clock(),
            worded_by=by.person,
        )
    )


def _with_lists(form: RecommendationForm | EnteredForm) -> Recommendation:
    return Recommendation(
        **form.model_dump(exclude={"themes", "bodies", "findings", "published_on"}),
        themes=[RecommendationTheme(theme=theme) for theme in form.themes],
        owners=[RecommendationOwner(organisation=body) for body in form.bodies],
    )


def _led(session: Session, code: str, by: SignedIn) -> Inspection:
    held = seen(session, code, by)
    if held.code not in by.standing.leads:
        raise NotAllowed(
            f"You do not lead inspection {held.code}.",
            "Its lead inspector writes its recommendations.",
        )
    return held


def _check_agreed(held: Inspection) -> None:
    if held.status is not InspectionStatus.AGREED:
        raise Refusal(
            f"The findings of inspection {held.code} are not agreed yet.",
            "Agree them first; a recommendation hangs on findings that stand.",
        )


def _check_new(
    session: Session, form: RecommendationForm | EnteredForm, areas: list[str], what: str
) -> None:
    if session.get(Recommendation, form.code):
        raise Refusal(f"There is a recommendation {form.code} already.", "Choose another code.")
    check_known(session, Theme, form.themes, "Theme")
    check_known(session, Organisation, form.bodies, "Organisation")
    check_one_world(session, what, areas, form.bodies)


def _check_findings(session: Session, form: RecommendationForm) -> None:
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
