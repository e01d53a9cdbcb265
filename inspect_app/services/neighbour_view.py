"""An area beside its statistical neighbours: a difference with its interval, never a rank.

The neighbours are those of the newest model that is kept, which is named with its year: a figure of
an earlier period is held against the neighbours that this model gives, not against those of its own
time. An area for which it names none says why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import counted
from data_model.records import Area, AreaNeighbour, AreaSuccession
from data_model.vocabulary import AreaKind, Nation
from inspect_app.access import Permission, sees_returns
from inspect_app.services.reference import find_area, newest_model
from inspect_app.services.scorecards import Line
from inspect_app.signed_in import SignedIn
from metrics.figures import Counted, Missing
from metrics.neighbours import NOT_AVAILABLE, Against, against, in_words
from metrics.outcome import NoNumber, Rate, Share, TooFew
from metrics.stated import outcome

"""The model that comes with the product; a newer one that was taken in is used instead."""

CALLED = "statistical neighbours"
Wanted = tuple[str, str | None, date | None, date | None]


@dataclass(frozen=True)
class Beside:
    """One authority by name and what it came to; `own` marks the area itself."""

    name: str
    outcome: Counted | Missing
    own: bool = False


@dataclass(frozen=True)
class NeighbourView:
    """One indicator of an area in one period, against the neighbours that have a figure.

    `said` is the comparison as a sentence; `areas` are by name, which says nothing of their order.
    """

    indicator: str
    title: str
    subject: str | None
    area: str
    period: str
    model: str
    found: Against
    said: str
    areas: tuple[Beside, ...]


def views(area: str, lines: Iterable[Line], *, by: SignedIn) -> tuple[NeighbourView, ...]:
    """Return a comparison for each indicator that neighbours have too, for its newest period.

    `lines` are figures of the area; those of its force, and those without a count and what it is
    out of, are in none. Raises NotFound for an unknown area.
    """
    by.need(Permission.READ_SCORECARDS)
    with by.reading() as session:
        held = find_area(session, area)
        model = newest_model(session)
        names = _neighbours(session, held, model)
        mine = _newest(line for line in lines if line.area.code == held.code)
        if not names or not mine:
            return ()
        snapshot = counted.snapshot(session, by.database.snapshots)
        frame = snapshot.frame("figures", list(names))
        seen = _in_sight(frame, names, by).filter(
            pl.col("indicator").is_in([line.indicator for line in mine])
        )
        figures = _figures(seen)
        found = [_view(line, model, names, figures.get(_wanted(line), {})) for line in mine]
    return tuple(view for view in found if view)


def why_none(area: str, *, by: SignedIn) -> str | None:
    """Return in a sentence why an area has no statistical neighbours; None where it has some.

    Raises NotFound for an unknown area.
    """
    by.need(Permission.READ_SCORECARDS)
    with by.reading() as session:
        held = find_area(session, area)
        model = newest_model(session)
        return None if _neighbours(session, held, model) else _why_none(session, held, model)


def _why_none(session: Session, area: Area, model: str) -> str:
    if area.invented:
        return "This area is invented, so the published model names no neighbours for it."
    if area.kind is not AreaKind.LOCAL_AUTHORITY:
        kind = area.kind.english.lower()
        return f"{area.name} is a {kind}: the published model names neighbours of councils alone."
    if area.nation is not Nation.ENGLAND:
        return f"{area.name} is in Wales, and the published model is of England's councils alone."
    if area.ended_on is not None:
        after = " and ".join(_successors(session, area))
        return (
            f"{area.name} ended on {_day(area.ended_on)}, so the model of {model} names no "
            f"neighbours for it. {after} took over from it."
        )
    begun = f", which began on {_day(area.started_on)}" if area.started_on else ""
    return f"The model of {model} has no row for {area.name}{begun}."


def _successors(session: Session, area: Area) -> Sequence[str]:
    query = (
        select(Area.name)
        .join(AreaSuccession, AreaSuccession.successor == Area.code)
        .where(AreaSuccession.predecessor == area.code)
    )
    return session.scalars(query.order_by(Area.name)).all()


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def of_line(held: Iterable[NeighbourView], line: Line) -> NeighbourView | None:
    """Return the comparison for a line's indicator and population, if there is one."""
    mine = (line.indicator, line.subject, line.area.code)
    return next((v for v in held if (v.indicator, v.subject, v.area) == mine), None)


def _neighbours(session: Session, held: Area, model: str) -> dict[str, str]:
    query = (
        select(Area.code, Area.name)
        .join(AreaNeighbour, AreaNeighbour.neighbour == Area.code)
        .where(AreaNeighbour.model == model, AreaNeighbour.area_code == held.code)
        .order_by(Area.name)
    )
    return {code: name for code, name in session.execute(query)}  # noqa: C416 - rows are no pairs


def _newest(lines: Iterable[Line]) -> list[Line]:
    """Return the newest line with a count and what it is out of, of each indicator."""
    held = {
        (line.indicator, line.subject): line
        for line in lines
        if isinstance(line.outcome, Share | Rate) and line.inspection is None
    }
    return list(held.values())


def _in_sight(frame: pl.DataFrame, names: Iterable[str], by: SignedIn) -> pl.DataFrame:
    open_here = [code for code in names if sees_returns(by.standing, code)]
    return frame.filter(pl.col("published") | pl.col("area").is_in(open_here))


def _wanted(line: Line) -> Wanted:
    return line.indicator, line.subject, line.period_start, line.period_end


def _figures(frame: pl.DataFrame) -> dict[Wanted, dict[str, Counted | Missing]]:
    """Return what each area came to, by indicator, population and period; the newest stands."""
    found: dict[Wanted, dict[str, Counted | Missing]] = {}
    for row in frame.sort("id").iter_rows(named=True):
        wanted = (row["indicator"], row["subject"], row["period_start"], row["period_end"])
        found.setdefault(wanted, {})[row["area"]] = _outcome(row)
    return found


def _outcome(row: dict[str, object]) -> Counted | Missing:
    found = outcome(row)
    return found if isinstance(found, Share | Rate | NoNumber | TooFew) else NOT_AVAILABLE


def _view(
    line: Line, model: str, names: dict[str, str], figures: dict[str, Counted | Missing]
) -> NeighbourView | None:
    own = line.outcome
    if not isinstance(own, Share | Rate):
        return None
    others = {names[code]: outcome for code, outcome in figures.items()}
    found = against(line.area.name, list(names.values()), {**others, line.area.name: own})
    if not isinstance(found, Against):
        return None
    return NeighbourView(
        indicator=line.indicator,
        title=line.title,
        subject=line.subject,
        area=line.area.code,
        period=line.period,
        model=model,
        found=found,
        said=in_words(found, CALLED),
        areas=_beside(line.area.name, own, list(names.values()), others),
    )


def _beside(
    area: str, own: Counted, names: Sequence[str], others: dict[str, Counted | Missing]
) -> tuple[Beside, ...]:
    rest = [Beside(name, others.get(name, NOT_AVAILABLE)) for name in names]
    return tuple(sorted([Beside(area, own, own=True), *rest], key=lambda each: each.name))
