"""Re-audits: what would test a recommendation, which inspection does, and what it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model.forms import ReauditForm, RetestForm
from data_model.reading import standing, with_decisions
from data_model.records import (
    CaseFile,
    Criterion,
    EvidenceItem,
    Finding,
    Inspection,
    Reaudit,
    Recommendation,
    RecommendationOwner,
    Theme,
)
from data_model.sight import Task, widened
from data_model.vocabulary import BodyRole, CaseStatus, Change, Evidence, InspectionStatus
from inspect_app.access import Permission
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import trail
from inspect_app.services.answers import (
    check_open,
    check_seen,
    find_answer,
    find_recommendation,
    untested,
)
from inspect_app.services.case_filling import differences
from inspect_app.services.inspection_values import in_sight, seen, sees, titled
from inspect_app.services.reference import scale_value
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Part, barred
from metrics.comparison import Comparison, Graded, NotComparable, compare, in_words

BEING_READ = "Its cases are still being read; nothing counts until its findings are agreed."


@dataclass(frozen=True)
class ReadingValue:
    """One of the two readings of a theme: which inspection, when, how many got which grade."""

    code: str
    title: str
    started_on: date | None
    grades: tuple[tuple[str, int], ...]
    sampling: str
    available: int | None


@dataclass(frozen=True)
class ReauditValue:
    """A re-audit beside the first reading, and what the two show together.

    `verdict` is None where nothing can be compared; `says` then tells why. `open_to_reader` says
    whether the person may open the re-audit itself.
    """

    theme: str
    first: ReadingValue | None
    second: ReadingValue
    comparison: Comparison | None
    verdict: Change | None
    says: str
    open_to_reader: bool


@dataclass(frozen=True)
class Offered:
    """An inspection and a theme on which it could test an answer; `says` is for a person."""

    form: ReauditForm
    says: str


def plan(code: str, form: RetestForm, version: int | None = None, *, by: SignedIn) -> None:
    """Say what would test a recommendation; its inspection's lead or a verifier may.

    Raises Conflict, with what stands there now, where somebody changed it since `version`.
    """
    with by.recording() as session:
        held = find_recommendation(session, code, by)
        if not may_plan(held.inspection, by):
            raise NotAllowed(
                f"Only the lead of its inspection, or a verifier, says what would test {code}.",
                "Ask one of them.",
            )
        _check_plan(session, held, form)
        before = {name: getattr(held, f"retest_{name}") for name in RetestForm.model_fields}
        check_seen(held, version, differences(before, form.model_dump()))
        for name, value in form.model_dump().items():
            setattr(held, f"retest_{name}", value)
        trail.note(
            session, by, "recommendation.retest", code, before=before, after=form.model_dump()
        )


def may_plan(inspection: str | None, by: SignedIn) -> bool:
    """Return whether the person says what would test the recommendations of an inspection."""
    return inspection in by.standing.leads or by.may(Permission.VERIFY)


def _check_plan(session: Session, held: Recommendation, form: RetestForm) -> None:
    themes = [entry.theme for entry in held.themes]
    if form.theme not in themes:
        raise Refusal(
            f"{held.code} is not about theme {form.theme}.", f"Choose among {', '.join(themes)}."
        )
    if form.criterion:
        known = session.scalars(select(Criterion.code).where(Criterion.theme == form.theme)).all()
        if form.criterion not in known:
            raise Refusal(
                f"{form.criterion} is no criterion of theme {form.theme}.",
                f"Choose among {', '.join(sorted(set(known)))}.",
            )
    begins = held.published_on or held.made_on
    if form.by < begins:
        raise Refusal(
            f"A re-audit by {form.by} would be before the recommendation, {begins}.",
            "Give a later day.",
        )


def arrange(code: str, organisation: str, form: ReauditForm, *, by: SignedIn) -> None:
    """Name the inspection that tests one body's answer; its lead, or an outside verifier, may."""
    with by.recording() as session:
        owner = find_answer(session, code, organisation, by)
        check_open(owner)
        held = session.get_one(Recommendation, code)
        reaudit = seen(session, form.inspection, by)
        if not _may_arrange(owner, reaudit, by):
            raise NotAllowed(
                "A re-audit is arranged by its lead, or by a verifier of another body.",
                "Ask one of them to name the inspection that tests this.",
            )
        wrong = _in_the_way(session, held, owner, reaudit, form.theme)
        if wrong:
            raise Refusal(
                " ".join(wrong),
                "Name a later inspection of the same body that reads the theme on the same scale.",
                problems=wrong,
            )
        owner.reaudits.append(
            Reaudit(
                inspection=form.inspection,
                theme=form.theme,
                arranged_at=by.clock(),
                arranged_by=by.person,
            )
        )
        trail.note(
            session,
            by,
            "recommendation.reaudit",
            f"{code} {organisation}",
            after=form.model_dump(),
        )


def offered(code: str, organisation: str, *, by: SignedIn) -> tuple[Offered, ...]:
    """Return the inspections in the person's sight that they may name to test an answer."""
    with by.reading() as session:
        owner = find_answer(session, code, organisation, by)
        held = session.get_one(Recommendation, code)
        return tuple(
            Offered(
                ReauditForm(inspection=each.code, theme=entry.theme),
                f"{titled(session, each)}, {session.get_one(Theme, entry.theme).short_name}",
            )
            for each in in_sight(session, by)
            for entry in held.themes
            if _may_arrange(owner, each, by)
            and not _in_the_way(session, held, owner, each, entry.theme)
        )


def _may_arrange(owner: RecommendationOwner, reaudit: Inspection, by: SignedIn) -> bool:
    leads = reaudit.code in by.standing.leads
    owns = by.standing.organisation == owner.organisation
    outside = barred(Part.VERIFIER, {Part.OWNER} if owns else ()) is None
    return leads or (by.may(Permission.VERIFY) and outside)


def _in_the_way(
    session: Session,
    held: Recommendation,
    owner: RecommendationOwner,
    reaudit: Inspection,
    theme: str,
) -> list[str]:
    """Return why an inspection cannot test an answer on a theme, each in a sentence."""
    first = session.get(Inspection, held.inspection) if held.inspection else None
    inspected = {b.organisation for b in reaudit.bodies if b.role is BodyRole.INSPECTED}
    read = {entry.theme for entry in reaudit.themes}
    about = {entry.theme for entry in held.themes}
    places = {entry.area_code for entry in reaudit.areas}
    begins = held.published_on or held.made_on
    rules = {
        f"{reaudit.code} is what {held.code} arose from.": reaudit.code == held.inspection,
        f"{reaudit.code} tests this answer already.": any(
            each.inspection == reaudit.code for each in owner.reaudits
        ),
        f"{reaudit.code} does not inspect {owner.organisation}.": owner.organisation
        not in inspected,
        f"{reaudit.code} does not read theme {theme}.": theme not in read,
        f"{held.code} is not about theme {theme}.": theme not in about,
        f"{reaudit.code} is about another place than {held.inspection}.": first is not None
        and not places & {entry.area_code for entry in first.areas},
        f"{reaudit.code} is not later than {held.code}, of {begins}.": reaudit.started_on is None
        or reaudit.started_on < begins,
        f"{reaudit.code} grades on another scale than {held.inspection}, and grades of two "
        "scales are never compared.": first is not None and first.scale != reaudit.scale,
    }
    return [said for said, broken in rules.items() if broken]


def comparison(code: str, organisation: str, inspection: str, *, by: SignedIn) -> ReauditValue:
    """Return a re-audit beside the first reading of its theme, from cases that count.

    Raises NotFound where this inspection does not test the body's answer.
    """
    with by.reading() as session:
        owner = find_answer(session, code, organisation, by)
        reaudit = next((r for r in owner.reaudits if r.inspection == inspection), None)
        if reaudit is None:
            raise NotFound(
                f"{inspection} does not test the answer of {organisation} to {code}.",
                "Choose one of its re-audits.",
            )
        return _value(session, session.get_one(Recommendation, code), reaudit, by)


def _value(session: Session, held: Recommendation, reaudit: Reaudit, by: SignedIn) -> ReauditValue:
    first = session.get(Inspection, held.inspection) if held.inspection else None
    second = session.get_one(Inspection, reaudit.inspection)
    theme = session.get_one(Theme, reaudit.theme).short_name
    before = _graded(session, first, reaudit.theme) if first else None
    after = _graded(session, second, reaudit.theme)
    found = compare(before, after)
    compared = found if isinstance(found, Comparison) else None
    return ReauditValue(
        theme,
        _reading(session, first, before) if first else None,
        _reading(session, second, after),
        compared,
        compared.verdict if compared else None,
        _says(second, found),
        sees(by, second),
    )


def _says(second: Inspection, found: Comparison | NotComparable) -> str:
    if second.status is InspectionStatus.READING:
        return BEING_READ
    if isinstance(found, NotComparable):
        return f"They cannot be compared: {found.why}."
    return in_words(found)


def _reading(session: Session, held: Inspection, graded: Graded | None) -> ReadingValue:
    words = dict(scale_value(session, held.scale).grades)
    grades = zip(graded.grades, graded.counts, strict=True) if graded else ()
    return ReadingValue(
        held.code,
        titled(session, held),
        held.started_on,
        tuple((words[code], count) for code, count in grades),
        held.sampling.english,
        held.cases_available,
    )


def graded_on(session: Session, held: Inspection, themes: Iterable[str]) -> dict[str, Graded]:
    """Return how often each grade counts in an inspection, by theme; themes with none left out."""
    found = {theme: _graded(session, held, theme) for theme in themes}
    return {theme: graded for theme, graded in found.items() if graded}


def _graded(session: Session, held: Inspection, theme: str) -> Graded | None:
    """Return the grades of the cases that count, or None where no grade of a case is kept here."""
    order = scale_value(session, held.scale).codes
    if held.status is not InspectionStatus.AGREED or "good" not in order:
        return None
    grade = standing("grade")
    query = (
        with_decisions(
            select(grade, func.count())
            .select_from(CaseFile)
            .join(Finding, Finding.case_id == CaseFile.id)
        )
        .where(
            CaseFile.inspection == held.code,
            CaseFile.status == CaseStatus.COUNTED,
            Finding.theme == theme,
            grade.is_not(None),
        )
        .group_by(grade)
    )
    with widened(session, Task.COUNTING):
        counts = {code: int(number) for code, number in session.execute(query)}
    return Graded(
        held.scale,
        tuple(order),
        tuple(counts.get(code, 0) for code in order),
        held.sampling,
        held.cases_available,
    )


def effect_shown(session: Session, owner: RecommendationOwner, by: SignedIn) -> bool:
    """Return whether evidence not judged yet shows an effect.

    Either another body gathered an outcome (E4), or a re-audit arranged for this answer is
    agreed and its comparison with the first reading says *improved* (E3).
    """
    return any(_shows(session, owner, item, by) for item in untested(owner))


def _shows(session: Session, owner: RecommendationOwner, item: EvidenceItem, by: SignedIn) -> bool:
    if item.rung is Evidence.E4:
        return item.gathered_by not in {None, owner.organisation}
    reaudit = next((r for r in owner.reaudits if r.inspection == item.reaudit), None)
    if item.rung is not Evidence.E3 or reaudit is None:
        return False
    held = session.get_one(Recommendation, owner.recommendation)
    return _value(session, held, reaudit, by).verdict is Change.IMPROVED
