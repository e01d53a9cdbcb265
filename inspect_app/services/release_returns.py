"""The lines of published returns in a release: a small one, and what gives it away, is withheld."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Figure
from data_model.vocabulary import Symbol
from inspect_app.services.release_protection import Protector
from inspect_app.services.scorecards import Line
from metrics import return_values as values
from metrics.outcome import NoNumber
from metrics.return_disclosure import number

Quarters = dict[date | None, dict[str, values.Figure]]


def protected(
    session: Session, lines: Sequence[Line], areas: Iterable[str], protector: Protector
) -> list[Line]:
    """Return the lines of a release with those of returns that say too much withheld.

    What a body wrote beside a line that is withheld is not shown either. Lines of publications
    stand as published.
    """
    hidden = _hidden(session, areas, protector)
    return [_marked(line) if line.figure in hidden else line for line in lines]


def _marked(line: Line) -> Line:
    return replace(line, outcome=NoNumber(Symbol.WITHHELD), note=None)


def _hidden(session: Session, areas: Iterable[str], protector: Protector) -> set[int]:
    """Return the numbers of the figures that are withheld."""
    query = select(Figure).where(
        Figure.area_code.in_(sorted(areas)),
        Figure.agency_return.is_not(None),
        Figure.published,
        Figure.breakdown.is_(None),
        Figure.superseded_at.is_(None),
    )
    rows = session.scalars(query).all()
    held: dict[str, Quarters] = {}
    for row in rows:
        quarter = held.setdefault(row.area_code, {}).setdefault(row.period_end, {})
        quarter[row.indicator] = values.Figure(row.numerator, row.denominator)
    found = {area: protector.area(area, _in_time(quarters)) for area, quarters in held.items()}
    return {
        row.id
        for row in rows
        if number(row.area_code, row.period_end, row.indicator) in found[row.area_code].withheld
    }


def _in_time(quarters: Quarters) -> Quarters:
    return dict(sorted(quarters.items(), key=lambda each: each[0] or date.min))
