"""Child population by release: a table of its own, on which rates are reckoned.

What was said of a year stays when a later release says otherwise. A rate that a report states can
then be put beside the rate that today's population gives, each with its source.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import ChildPopulation, Figure
from data_model.vocabulary import Symbol
from inspect_app.access import Permission
from inspect_app.services.reference import find_area
from inspect_app.signed_in import SignedIn

STATED, RECKONED = "cse-assessment-rate", "cse-assessments-dfe"
PER = 10_000
MIDDLE_OF_YEAR = "Middle of {}"


@dataclass(frozen=True)
class PopulationValue:
    """The children of one area in the middle of a year, by one release; or the mark instead.

    `stands` is False for what a later release said otherwise.
    """

    year: int
    number: int | None
    symbol: Symbol | None
    source: str
    stands: bool


@dataclass(frozen=True)
class RateBeside:
    """A rate that a publication states, beside the one of today's figures for the same period.

    Both are per 10,000 children. `says` puts both in a sentence with their sources.
    """

    period: str
    stated: float
    stated_by: str
    today: float
    today_by: str
    says: str


class Children:
    """The populations that stand, found by area and year."""

    def __init__(self, session: Session) -> None:
        query = select(ChildPopulation).where(ChildPopulation.superseded_at.is_(None))
        self.held = {(each.area_code, each.year): each for each in session.scalars(query)}

    def find(self, codes: Iterable[str], year: int) -> ChildPopulation | None:
        """Return what stands for a year under the first of these codes that has one."""
        found = (self.held.get((code, year)) for code in codes)
        return next((each for each in found if each is not None), None)


def living(session: Session, areas: Iterable[str], year: int) -> dict[str, int]:
    """Return the children of each area by the newest number that stands, of this year or before.

    An area of which none is kept is left out.
    """
    query = (
        select(ChildPopulation.area_code, ChildPopulation.number)
        .where(
            ChildPopulation.area_code.in_(sorted(areas)),
            ChildPopulation.year <= year,
            ChildPopulation.superseded_at.is_(None),
            ChildPopulation.number.is_not(None),
        )
        .order_by(ChildPopulation.year, ChildPopulation.id)
    )
    return {area: number for area, number in session.execute(query) if number is not None}


def populations(area: str, *, by: SignedIn) -> tuple[PopulationValue, ...]:
    """Return what releases said of an area's children, newest year first and what stands first.

    Raises NotFound for an unknown area.
    """
    by.need(Permission.READ_SCORECARDS)
    with by.reading() as session:
        query = (
            select(ChildPopulation)
            .where(ChildPopulation.area_code == find_area(session, area).code)
            .order_by(ChildPopulation.year.desc(), ChildPopulation.id.desc())
        )
        return tuple(
            PopulationValue(p.year, p.number, p.symbol, p.source, p.superseded_at is None)
            for p in session.scalars(query)
        )


def rates_beside(area: str, *, by: SignedIn) -> tuple[RateBeside, ...]:
    """Return each stated rate of assessments that today's population does not give again.

    Both are published, of everyone and of the very same period, from its first day to its last. A
    series of population that was rebased since gives another rate for the same count, so neither is
    a mistake. Raises NotFound for an unknown area.
    """
    by.need(Permission.READ_SCORECARDS)
    with by.reading() as session:
        code = find_area(session, area).code
        query = select(Figure).where(
            Figure.area_code == code,
            Figure.indicator.in_((STATED, RECKONED)),
            Figure.superseded_at.is_(None),
            Figure.published,
            Figure.agency_return.is_(None),
            Figure.breakdown.is_(None),
            Figure.period_start.is_not(None),
        )
        held = list(session.scalars(query.order_by(Figure.period_end, Figure.id)))
    today = {_period(each): each for each in held if each.indicator == RECKONED}
    stated = [each for each in held if each.indicator == STATED]
    both = [(each, today[_period(each)]) for each in stated if _period(each) in today]
    return tuple(found for one, other in both if (found := _beside(one, other)))


def _period(figure: Figure) -> tuple[date | None, date | None]:
    return figure.period_start, figure.period_end


def _beside(stated: Figure, today: Figure) -> RateBeside | None:
    if stated.value is None or today.numerator is None or not today.denominator:
        return None
    rate = PER * today.numerator / today.denominator
    if round(rate, 1) == stated.value:
        return None
    reckoned = f"{today.numerator:,} of {today.denominator:,} children come to {rate:.1f}"
    return RateBeside(
        period=today.period_label,
        stated=stated.value,
        stated_by=stated.source,
        today=rate,
        today_by=today.source,
        says=(
            f"{today.period_label}: {stated.value:g} per {PER:,} children ({stated.source}); "
            f"{reckoned} ({today.source}). Population series are rebased, so a rate stated then "
            "is not found again."
        ),
    )
