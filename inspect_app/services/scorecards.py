"""Scorecards: an area's indicators for a quarter, each with its counts, interval and source."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import counted
from data_model.counted import Snapshot
from data_model.records import Area, CaseFile, Inspection
from data_model.sight import Task, widened
from data_model.vocabulary import Better, Breakdown, InspectionStatus
from inspect_app.access import Permission, sees_cases, sees_returns
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import late_returns, tallied
from inspect_app.services.inspection_values import in_sight, seen
from inspect_app.services.reference import AreaValue, area_value, find_area
from inspect_app.services.tallied import Tallied
from inspect_app.signed_in import SignedIn
from metrics import BY_CODE, INDICATORS
from metrics.indicator import (
    Group,
    Indicator,
    Quarter,
    Reported,
    quarter_of,
    sort_rows,
)
from metrics.outcome import Outcome
from metrics.recording import RETURNS_LATE
from metrics.stated import declared, outcome
from metrics.tallies import FROM_CASES, measure

QUARTER = re.compile(r"([12][0-9]{3})-Q([1-4])")


@dataclass(frozen=True)
class Line:
    """One indicator of a scorecard, with what it comes to and everything behind it.

    `inspection` is set where the number comes from recorded cases, `figure` where a return
    or a publication states it; `in_quarter` says whether its period lies in the quarter asked.
    """

    indicator: str
    title: str
    group: Group
    better: Better
    area: AreaValue
    period: str
    period_start: date | None
    period_end: date | None
    in_quarter: bool
    outcome: Outcome
    means: str
    subject: str | None
    breaks: bool
    source: str
    note: str | None
    published: bool
    inspection: str | None = None
    figure: int | None = None


@dataclass(frozen=True)
class Scorecard:
    """An area's scorecard at the end of a quarter, or as it stands where none is asked.

    `missing` names the indicators for which there is no figure.
    """

    area: AreaValue
    quarter: Quarter | None
    lines: tuple[Line, ...]
    missing: tuple[str, ...] = ()


def parse_quarter(text: str) -> Quarter:
    """Return the quarter of a calendar year written as 2020-Q1; raises Refusal otherwise."""
    found = QUARTER.fullmatch(text.strip().upper())
    if not found:
        raise Refusal(
            f"{text!r} is not a quarter.",
            "Write the year and the quarter of that calendar year, such as 2020-Q1 for "
            "January to March 2020.",
            quarter=text,
        )
    return Quarter(int(found[1]), int(found[2]))


def last_quarters(day: date, number: int = 8) -> list[str]:
    """Return the newest quarters that are over, newest first."""
    quarter = quarter_of(day)
    found = []
    for _each in range(number):
        quarter = quarter.before
        found.append(str(quarter))
    return found


def scorecard(area: str, quarter: str | None = None, *, by: SignedIn) -> Scorecard:
    """Return an area's scorecard: each indicator's latest figure that had ended by the quarter.

    Figures of the area's police force area stand beside its own, marked as such. Raises
    NotFound for an unknown area and Refusal for a quarter that is not one.
    """
    by.need(Permission.READ_SCORECARDS)
    asked = parse_quarter(quarter) if quarter else None
    with by.reading(counted=True) as session:
        held = find_area(session, area)
        snapshot = counted.snapshot(session, by.database.snapshots)
        stated = _stated(session, snapshot, held, by, asked)
        read = _from_cases(session, snapshot, held, by, asked)
        order = {indicator.code: place for place, indicator in enumerate(INDICATORS)}
        lines = sorted([*stated, *read], key=lambda line: order[line.indicator])
        grouped = sorted(lines, key=lambda line: list(Group).index(line.group))
        return Scorecard(area_value(held), asked, tuple(grouped), _missing(lines))


def _missing(lines: Iterable[Line]) -> tuple[str, ...]:
    held = {line.indicator for line in lines}
    return tuple(indicator.title for indicator in INDICATORS if indicator.code not in held)


def quarters(area: str, *, by: SignedIn) -> list[str]:
    """Return the quarters in which a figure or an inspection of the area ended, newest first."""
    by.need(Permission.READ_SCORECARDS)
    with by.reading(counted=True) as session:
        held = find_area(session, area)
        snapshot = counted.snapshot(session, by.database.snapshots)
        ended = [*_figures(session, snapshot, held, by).get_column("period_end").to_list()]
        ended += [inspection.ended_on for inspection in _agreed(session, held, by)]
        found = {quarter_of(day) for day in ended if day}
        return [str(q) for q in sorted(found, key=lambda q: q.start, reverse=True)]


def series(area: str, indicator: str, *, by: SignedIn) -> list[Line]:
    """Return every figure of one reported indicator of an area, oldest first.

    A line whose `breaks` is set begins a new series: nothing is drawn across it.
    """
    by.need(Permission.READ_SCORECARDS)
    with by.reading(counted=True) as session:
        held = find_area(session, area)
        snapshot = counted.snapshot(session, by.database.snapshots)
        mine = (pl.col("indicator") == indicator) & (pl.col("area") == held.code)
        rows = _figures(session, snapshot, held, by).filter(mine).sort("period_end", "id")
        return [_line(session, row, None) for row in rows.iter_rows(named=True)]


def history(area: str, quarter: str | None = None, *, by: SignedIn) -> list[Line]:
    """Return every figure of an area and its force that had ended by a quarter, oldest first.

    Where no quarter is asked, all of them. Raises NotFound and Refusal as `scorecard`.
    """
    by.need(Permission.READ_SCORECARDS)
    asked = parse_quarter(quarter) if quarter else None
    with by.reading(counted=True) as session:
        held = find_area(session, area)
        snapshot = counted.snapshot(session, by.database.snapshots)
        frame = _figures(session, snapshot, held, by)
        if asked:
            frame = frame.filter(pl.col("period_end") <= asked.end)
        values: dict[str, AreaValue] = {}
        rows = frame.sort("period_end", "id", nulls_last=False).iter_rows(named=True)
        return [_line(session, row, asked, values) for row in rows]


@dataclass(frozen=True)
class Part:
    """One part of a returned figure, such as its boys; `symbol` stands where there is no number."""

    breakdown: Breakdown
    category: str
    number: int | None
    symbol: str | None


def parts(lines: Iterable[Line], *, by: SignedIn) -> dict[Line, list[Part]]:
    """Return the parts of returned figures, those that nobody recorded among them, if any."""
    by.need(Permission.READ_SCORECARDS)
    held = tuple(lines)
    areas = {line.area.code for line in held}
    with by.reading(counted=True) as session:
        frame = counted.snapshot(session, by.database.snapshots).frame("parts", areas)
    seen = [area for area in areas if sees_returns(by.standing, area)]
    of = {(line.indicator, line.area.code, line.period_start, line.period_end) for line in held}
    found: dict[tuple[object, ...], list[Part]] = {each: [] for each in of}
    mine = frame.filter(pl.col("published") | pl.col("area").is_in(seen))
    for row in mine.iter_rows(named=True):
        key = (row["indicator"], row["area"], row["period_start"], row["period_end"])
        if key in found:
            said = Breakdown(row["breakdown"]), row["category"], row["numerator"], row["symbol"]
            found[key].append(Part(*said))
    return {
        line: found[line.indicator, line.area.code, line.period_start, line.period_end]
        for line in held
    }


def published_lines(session: Session, snapshot: Snapshot, areas: Iterable[str]) -> list[Line]:
    """Return the published figures of these areas, in the order of the indicators.

    Returns that nobody has approved are in no release.
    """
    wanted = snapshot.frame("figures", list(areas)).filter(pl.col("published"))
    order = [indicator.code for indicator in INDICATORS]
    ranked = wanted.with_columns(
        place=pl.col("indicator").replace_strict(order, list(range(len(order))))
    ).sort("area", "place", "period_end", "id", nulls_last=True)
    values: dict[str, AreaValue] = {}
    return [_line(session, row, None, values) for row in ranked.iter_rows(named=True)]


def _figures(session: Session, snapshot: Snapshot, held: Area, by: SignedIn) -> pl.DataFrame:
    """Return the figures of an area and its force that the person may see, late returns too."""
    codes = [code for code in (held.code, held.force_code) if code]
    counted_late = late_returns.figures(session, held, by.today)
    stated = snapshot.frame("figures", codes).filter(pl.col("indicator") != RETURNS_LATE.code)
    figures = pl.concat([stated, counted_late])
    open_here = [code for code in codes if sees_returns(by.standing, code)]
    return figures.filter(pl.col("published") | pl.col("area").is_in(open_here))


def _stated(
    session: Session, snapshot: Snapshot, held: Area, by: SignedIn, asked: Quarter | None
) -> list[Line]:
    frame = _figures(session, snapshot, held, by)
    if asked:
        frame = frame.filter(pl.col("period_end") <= asked.end)
    latest = frame.sort("period_end", "id", nulls_last=False).group_by(
        "indicator", "area", "subject", maintain_order=True
    )
    return [_line(session, row, asked) for row in latest.last().iter_rows(named=True)]


def _line(
    session: Session,
    row: dict[str, object],
    asked: Quarter | None,
    values: dict[str, AreaValue] | None = None,
) -> Line:
    reported = declared(row)
    held = values if values is not None else {}
    code = str(row["area"])
    if code not in held:
        held[code] = area_value(session.get_one(Area, code))
    start, end = row["period_start"], row["period_end"]
    return Line(
        indicator=reported.code,
        title=reported.title,
        group=reported.group,
        better=reported.better,
        area=held[code],
        period=str(row["period_label"]),
        period_start=start,  # type: ignore[arg-type]
        period_end=end,  # type: ignore[arg-type]
        in_quarter=_inside(start, end, asked),
        outcome=outcome(row),
        means=_means(reported),
        subject=row["subject"],  # type: ignore[arg-type]
        breaks=bool(row["breaks"]),
        source=", ".join(str(part) for part in (row["source"], row["paragraph"]) if part),
        note=row["note"],  # type: ignore[arg-type]
        published=bool(row["published"]),
        figure=row["id"],  # type: ignore[arg-type]
    )


def _inside(start: object, end: object, asked: Quarter | None) -> bool:
    if asked is None or not isinstance(start, date) or not isinstance(end, date):
        return False
    return asked.start <= start and end <= asked.end


def _means(reported: Reported) -> str:
    if not reported.denominator:
        return reported.numerator
    return f"{reported.numerator}; of {reported.denominator}"


def _agreed(session: Session, held: Area, by: SignedIn) -> list[Inspection]:
    """Return the agreed inspections that count under an area, newest first."""
    here = (Inspection.status == InspectionStatus.AGREED) & (Inspection.area_code == held.code)
    return in_sight(session, by, here)


def _from_cases(
    session: Session, snapshot: Snapshot, held: Area, by: SignedIn, asked: Quarter | None
) -> list[Line]:
    agreed = [
        inspection
        for inspection in _agreed(session, held, by)
        if asked is None or (inspection.ended_on and inspection.ended_on <= asked.end)
    ]
    if not agreed:
        return []
    latest = max(agreed, key=lambda inspection: (inspection.ended_on or date.min, inspection.code))
    counts = tallied.of_inspection(snapshot, held.code, latest.code)
    return [_measured(counts, latest, held, indicator, asked) for indicator in FROM_CASES]


def _rows(snapshot: Snapshot, held: Inspection, indicator: Indicator) -> pl.DataFrame:
    frame = snapshot.frame(indicator.rows, [held.area_code])
    return frame.filter(pl.col("inspection") == held.code)


def _measured(
    counts: Tallied,
    held: Inspection,
    area: Area,
    indicator: Indicator,
    asked: Quarter | None,
) -> Line:
    outcome = measure(indicator, counts.whole(indicator), held.sampling, held.cases_available)
    return Line(
        indicator=indicator.code,
        title=indicator.title,
        group=indicator.group,
        better=indicator.better,
        area=area_value(area),
        period=held.period_label,
        period_start=held.started_on,
        period_end=held.ended_on,
        in_quarter=_inside(held.started_on, held.ended_on, asked),
        outcome=outcome,
        means=indicator.asks,
        subject=None,
        breaks=False,
        source=f"Cases read in {held.code}; {indicator.source}",
        note=None,
        published=False,
        inspection=held.code,
    )


def rows_behind(inspection: str, indicator: str, *, by: SignedIn) -> pl.DataFrame:
    """Return the cases an indicator sorted, with `reference` and `counted`: yes, no or left out.

    For the inspection's readers only: a row is one child's case. Raises NotAllowed otherwise.
    """
    by.need(Permission.READ_SCORECARDS)
    with by.reading(counted=True) as session:
        held = seen(session, inspection, by)
        if not sees_cases(by.standing, held.code):
            raise NotAllowed(
                "The rows behind this number are case files, which its inspection's readers see.",
                "The count and what it is out of stand beside the share.",
            )
        snapshot = counted.snapshot(session, by.database.snapshots)
        declared = _declared(indicator)
        rows = sort_rows(declared, _rows(snapshot, held, declared))
        return rows.join(_references(session, held), on="case").drop("case", "inspection", "area")


def _declared(code: str) -> Indicator:
    found = BY_CODE.get(code)
    if not isinstance(found, Indicator):
        raise NotFound(f"There is no indicator {code!r} of cases.", "Choose one from a scorecard.")
    return found


def _references(session: Session, held: Inspection) -> pl.DataFrame:
    query = select(CaseFile.id, CaseFile.reference).where(CaseFile.inspection == held.code)
    with widened(session, Task.MODERATING):
        rows = [tuple(row) for row in session.execute(query)]
    return pl.DataFrame(rows, {"case": pl.Int64, "reference": pl.String}, orient="row")
