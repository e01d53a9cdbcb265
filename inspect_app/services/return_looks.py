"""What a return is held against: what is asked, its area's history, neighbours, other bodies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from data_model.records import Area, AreaNeighbour, Figure, Organisation, Return
from data_model.sight import Task, widened
from data_model.vocabulary import Nation, ReturnStatus
from inspect_app.services.national_children import living
from inspect_app.services.reference import body_name, newest_model
from inspect_app.services.return_figures import held_by, senders
from inspect_app.services.scorecards import parse_quarter
from metrics import BY_CODE
from metrics import return_values as values
from metrics.indicator import Quarter, Reported, quarter_of
from metrics.known_breaks import applying
from metrics.return_checks import look
from metrics.return_values import Asked, Found
from metrics.returned import asked


def asked_of(session: Session, area: str, organisation: str) -> tuple[Asked, ...]:
    """Return the figures that a body is asked for, in the order of the return."""
    nation = session.get_one(Area, area).nation or Nation.ENGLAND
    kind = session.get_one(Organisation, organisation).kind
    return tuple(
        Asked(
            indicator=line.code,
            title=_reported(line.code).title,
            out_of=_reported(line.code).denominator is not None,
            apart={str(b): tuple(str(c) for c in b.categories) for b in line.apart},
        )
        for line in asked(nation, kind)
    )


def _reported(code: str) -> Reported:
    held = BY_CODE[code]
    assert isinstance(held, Reported)  # noqa: S101 - returns ask for reported figures alone
    return held


def rows_to_fill(
    session: Session, area: str, quarter: str, organisation: str
) -> list[Mapping[str, object]]:
    """Return the rows of the workbook, with what an earlier file of the same return said."""
    query = select(Return).where(
        Return.area_code == area,
        Return.quarter == quarter,
        Return.organisation == organisation,
    )
    held = session.scalars(query).first()
    before = {(f.indicator, f.breakdown, f.category): f for f in (held_by(held) if held else [])}
    about = {"area": area, "quarter": quarter, "body": organisation}
    return [
        {**about, **_row(line, *part, before.get((line.indicator, *part)))}
        for line in asked_of(session, area, organisation)
        for part in _parts(line)
    ]


def _parts(line: Asked) -> Iterable[tuple[str | None, str | None]]:
    yield None, None
    for breakdown, categories in line.apart.items():
        yield from ((breakdown, category) for category in categories)


def _row(
    line: Asked, breakdown: str | None, category: str | None, before: Figure | None
) -> dict[str, object]:
    means = _reported(line.indicator)
    out_of = f"; out of {means.denominator}" if means.denominator and breakdown is None else ""
    row: dict[str, object] = {
        "indicator": line.indicator,
        "means": f"{means.numerator}{out_of}",
        "breakdown": breakdown,
        "category": category,
    }
    if before is not None:
        row |= {
            "numerator": before.numerator,
            "denominator": before.denominator,
            "mark": str(before.symbol) if before.symbol else None,
            "changed": "Yes" if before.breaks else None,
            "note": before.note,
        }
    return row


def looks_at(session: Session, held: Return) -> tuple[Found, ...]:
    """Return every look at a return, in the order of the stages."""
    with widened(session, Task.COUNTING):
        return _looks(session, held)


def _looks(session: Session, held: Return) -> tuple[Found, ...]:
    quarter = parse_quarter(held.quarter)
    others = _of_others(session, held)
    neighbours, children = _neighbours(session, held.area_code, quarter)
    sent = {
        code: replace(each, children=children) for code, each in _figures(held_by(held)).items()
    }
    broken = {f.indicator for f in held_by(held) if f.breaks}
    history = {
        code: figures
        for code, figures in _history(session, held.area_code, quarter).items()
        if code not in broken
    }
    return look(
        sent,
        asked_of(session, held.area_code, held.organisation),
        history,
        neighbours,
        _figures([figure for other in others for figure in held_by(other)]),
        _awaited(session, held, {other.organisation for other in others}),
    )


def _figures(rows: Sequence[Figure]) -> dict[str, values.Figure]:
    parts: dict[str, dict[tuple[str, str], int | None]] = {}
    for row in rows:
        if row.breakdown and row.category:
            parts.setdefault(row.indicator, {})[row.breakdown, row.category] = row.numerator
    wholes = {row.indicator: row for row in rows if row.breakdown is None}
    return {
        code: _figure(wholes.get(code), parts.get(code, {}))
        for code in dict.fromkeys([*wholes, *parts])
    }


def _figure(row: Figure | None, parts: Mapping[tuple[str, str], int | None]) -> values.Figure:
    if row is None:
        return values.Figure(None, parts=parts)
    mark = str(row.symbol) if row.symbol else None
    return values.Figure(row.numerator, row.denominator, mark, row.note, parts)


def _history(session: Session, area: str, quarter: Quarter) -> dict[str, list[values.Figure]]:
    """Return each indicator's earlier quarters since its last break, oldest first.

    A break is one that a return said, or a change that is declared for the place.
    """
    place = session.get_one(Area, area)
    query = (
        _quarterly()
        .where(Figure.area_code == area, Figure.period_end < quarter.start)
        .order_by(Figure.period_end, Figure.id)
    )
    found: dict[str, list[values.Figure]] = {}
    for row in session.scalars(query):
        if not _is_quarter(row) or _changed_since(row, place, quarter):
            continue
        if row.breaks:
            found.pop(row.indicator, None)
        found.setdefault(row.indicator, []).append(_figure(row, {}))
    return found


def _is_quarter(row: Figure) -> bool:
    if row.period_end is None:
        return False
    quarter = quarter_of(row.period_end)
    return (row.period_start, row.period_end) == (quarter.start, quarter.end)


def _changed_since(row: Figure, place: Area, quarter: Quarter) -> bool:
    """Return whether a declared change of recording lies between a figure and a quarter."""
    codes = [code for code in (place.code, place.force_code) if code]
    declared = BY_CODE[row.indicator].breaks
    known = applying(declared, place.nation or Nation.ENGLAND, codes)
    ended = row.period_end
    return any(ended is not None and ended < each.on <= quarter.end for each in known)


def _neighbours(
    session: Session, area: str, quarter: Quarter
) -> tuple[dict[str, list[values.Figure]], int | None]:
    """Return what neighbours published of a quarter, and the children of the area itself.

    What a neighbour has approved and not published is its own: a sum over few would give it away.
    """
    near = select(AreaNeighbour.neighbour).where(
        AreaNeighbour.model == newest_model(session), AreaNeighbour.area_code == area
    )
    query = _quarterly().where(
        Figure.area_code.in_(near),
        Figure.published,
        Figure.period_start == quarter.start,
        Figure.period_end == quarter.end,
    )
    rows = session.scalars(query.order_by(Figure.area_code)).all()
    children = living(session, {area, *(row.area_code for row in rows)}, quarter.year)
    found: dict[str, list[values.Figure]] = {}
    for row in rows:
        figure = replace(_figure(row, {}), children=children.get(row.area_code))
        found.setdefault(row.indicator, []).append(figure)
    return found, children.get(area)


def _quarterly() -> Select[Figure]:
    """Return a query on whole figures that count: those with a number, and those that break.

    None has a subject of its own.
    """
    locked = select(Return.id).where(Return.status != ReturnStatus.ENTERED)
    return select(Figure).where(
        Figure.superseded_at.is_(None),
        Figure.numerator.is_not(None) | Figure.breaks,
        Figure.breakdown.is_(None),
        Figure.subject.is_(None),
        Figure.agency_return.is_(None) | Figure.agency_return.in_(locked),
    )


def _of_others(session: Session, held: Return) -> Sequence[Return]:
    query = select(Return).where(
        Return.area_code == held.area_code,
        Return.quarter == held.quarter,
        Return.organisation != held.organisation,
    )
    return session.scalars(query).all()


def _awaited(session: Session, held: Return, here: set[str]) -> dict[str, str]:
    """Return, by indicator, the name of the body that is to send it and has not yet."""
    place = session.get_one(Area, held.area_code)
    awaited = [
        body for body in senders(session, place) if body.code not in here | {held.organisation}
    ]
    return {
        line.indicator: body_name(body)
        for body in awaited
        for line in asked_of(session, place.code, body.code)
    }
