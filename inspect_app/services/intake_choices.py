"""What a pack of an inspection offers and understands: its bodies, themes, criteria and grades."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import CaseFile, Criterion, Inspection, Organisation, ScaleGrade, Theme
from data_model.sight import Task, widened
from data_model.vocabulary import BodyRole
from inspect_app.services.inspection_values import titled
from inspect_app.services.reference import body_name
from inspect_app.workbooks.layout import Choice, Choices, CriterionChoice


def choices_of(session: Session, held: Inspection) -> Choices:
    """Return the lists of an inspection's pack."""
    scope = {entry.theme for entry in held.themes}
    read = [body.organisation for body in held.bodies if body.role is BodyRole.INSPECTED]
    query = (
        select(CaseFile.lead_agency)
        .where(CaseFile.inspection == held.code, CaseFile.lead_agency.is_not(None))
        .distinct()
    )
    with widened(session, Task.MODERATING):
        named = session.scalars(query).all()
    return Choices(
        held.code,
        titled(session, held),
        held.kind,
        _bodies(session, read),
        tuple(map(_theme, _themes(session, scope))),
        tuple(map(_grade, _grades(session, held.scale))),
        tuple(map(_criterion, _criteria(session, scope))),
        _bodies(session, sorted({code for code in named if code} - set(read))),
    )


def _bodies(session: Session, codes: Iterable[str]) -> tuple[Choice, ...]:
    bodies = [session.get_one(Organisation, code) for code in codes]
    return tuple(Choice(body.code, body_name(body), (body.name,)) for body in bodies)


def _themes(session: Session, scope: set[str]) -> Iterable[Theme]:
    return session.scalars(select(Theme).where(Theme.code.in_(scope)).order_by(Theme.code))


def _theme(theme: Theme) -> Choice:
    also = (theme.name, theme.name_welsh, theme.short_name_welsh)
    return Choice(theme.code, theme.short_name, (*also, f"{theme.code} {theme.short_name}"))


def _grades(session: Session, scale: str) -> Iterable[ScaleGrade]:
    query = select(ScaleGrade).where(ScaleGrade.scale == scale).order_by(ScaleGrade.position)
    return session.scalars(query)


def _grade(grade: ScaleGrade) -> Choice:
    return Choice(grade.grade, grade.name, (grade.name_welsh,) if grade.name_welsh else ())


def _criteria(session: Session, scope: set[str]) -> Iterable[Criterion]:
    """Return each criterion once, in its newest version."""
    query = (
        select(Criterion)
        .where(Criterion.theme.in_(scope))
        .order_by(Criterion.code, Criterion.version)
    )
    return {criterion.code: criterion for criterion in session.scalars(query)}.values()


def _criterion(criterion: Criterion) -> CriterionChoice:
    in_force = criterion.ended_on is None
    return CriterionChoice(criterion.code, criterion.theme, criterion.text, in_force)
