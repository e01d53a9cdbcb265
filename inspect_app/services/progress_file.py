"""The board and the figures on progress as CSV files, with what each number is out of."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from inspect_app.publishing.csv_cells import RUNS
from inspect_app.services import progress_measures as measures
from inspect_app.services.progress import Figures, Gap, Grouping, Standing, board, figures
from inspect_app.services.progress_measures import Measure
from inspect_app.services.recommendation_list import Wanted, choices
from inspect_app.signed_in import SignedIn
from metrics.follow_up import Curve, Regressions
from metrics.outcome import Share, TooFew

BOARD = (
    "As of",
    "Narrowed to",
    "Followed here",
    "Claimed, effect not shown",
    "Fewest days since those claims",
    "Most days since those claims",
    "Effect shown",
    "Fewest days from claim to effect",
    "Most days from claim to effect",
    "Response late",
    "Past original date",
    "Date put back",
    "Times put back in all",
    "Found not good again",
)
FIGURES = (
    "As of",
    "Narrowed to",
    "Figure",
    "Published in",
    "Part",
    "Day",
    "Number",
    "Out of",
    "Value",
    "Low",
    "High",
    "Unit",
    "Interval",
    "What counts",
)
ALL_TOGETHER = "All together"
CAME, CLOSED, ANSWERS = "Came to it", "Closed without it", "Answers"
GREENWOOD, GARWOOD = "exponential Greenwood 95%", "Garwood exact 95%"
Said = str | int | float | None


@dataclass(frozen=True)
class Line:
    """A row of the file of figures; shares, bounds and rates are numbers, days whole days."""

    measure: Measure
    part: str
    number: int | None = None
    out_of: int | float | None = None
    cohort: str | None = None
    day: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    interval: str | None = None


def board_csv(wanted: Wanted, grouping: Grouping, *, by: SignedIn) -> bytes:
    """Return the board as it stands today, a row for each area or theme and one for all."""
    held, of = board(wanted, grouping, by=by), _narrowed_to(wanted, by)
    rows = [(row.code, row.name, row.stands) for row in held.rows]
    return _csv(
        (f"{grouping} code", str(grouping), *BOARD),
        (
            (code, name, str(by.today), of, *_numbers(stands))
            for code, name, stands in [*rows, (None, ALL_TOGETHER, held.whole)]
        ),
    )


def _numbers(held: Standing) -> tuple[Said, ...]:
    return (
        held.followed,
        held.claimed,
        *_days(held.not_shown),
        held.shown,
        *_days(held.shown_after),
        held.late,
        held.overdue,
        held.moved,
        held.slips,
        held.regressed,
    )


def _days(gap: Gap | None) -> tuple[Said, Said]:
    return (gap.fewest, gap.most) if gap else (None, None)


def figures_csv(wanted: Wanted, *, by: SignedIn) -> bytes:
    """Return every figure with its parts, and every step of the curves, as of today."""
    held, of = figures(wanted, by=by), _narrowed_to(wanted, by)
    return _csv(FIGURES, ((str(held.as_of), of, *_cells(line)) for line in _lines(held)))


def _narrowed_to(wanted: Wanted, by: SignedIn) -> str:
    """Return in words what a file is about, as it travels without the page."""
    known = choices(by=by)
    said = (
        known.areas.get(wanted.area or ""),
        known.bodies.get(wanted.body or ""),
        known.themes.get(wanted.theme or ""),
        wanted.kind.english if wanted.kind else None,
        known.inspections.get(wanted.inspection or ""),
    )
    return "; ".join(each for each in said if each) or f"All that {by.name} may see"


def _cells(line: Line) -> tuple[Said, ...]:
    return (
        line.measure.title,
        line.cohort,
        line.part,
        line.day,
        line.number,
        line.out_of,
        line.value,
        line.low,
        line.high,
        line.unit,
        line.interval,
        line.measure.counts,
    )


def _lines(held: Figures) -> Iterator[Line]:
    counted = (
        (measures.RESPONSE, measures.parts(held.responses, measures.RESPONSES)),
        (measures.ORIGINAL, measures.parts(held.original, measures.ORIGINAL_DATES)),
        (measures.SLIPS, measures.parts(held.slips, measures.MOVED)),
        (measures.EVIDENCE, measures.rungs(held.evidence)),
    )
    yield _share(measures.RESPONSE, held.responses.in_time)
    yield _share(measures.ORIGINAL, held.original.past)
    yield _share(measures.UNTESTED, held.closed_untested)
    yield _rate(held.regressions)
    yield from (Line(figure, part, n) for figure, some in counted for part, n in some)
    curves = (
        *((measures.IMPLEMENTED, curve) for curve in held.implemented),
        *((measures.SHOWN, curve) for curve in held.shown),
        *((measures.VERIFIED, curve) for curve in (held.verified,) if isinstance(curve, Curve)),
    )
    yield from chain.from_iterable(_curve(measure, curve) for measure, curve in curves)


def _share(measure: Measure, share: Share | TooFew) -> Line:
    if isinstance(share, TooFew):
        return Line(measure, "Share", 0, 0, interval="none: no answer to count")
    held = share.interval
    low, high, method = (held.low, held.high, held.method) if held else (None, None, None)
    return Line(
        measure,
        "Share",
        share.count,
        share.out_of,
        value=share.share,
        low=low,
        high=high,
        unit="share",
        interval=method,
    )


def _rate(held: Regressions | TooFew) -> Line:
    if isinstance(held, TooFew):
        return Line(measures.REGRESSION, "Rate", 0, 0, interval="none: no time to count")
    return Line(
        measures.REGRESSION,
        "Rate, out of the years that such answers lasted, all together",
        held.events,
        held.years,
        value=held.per_100,
        low=held.low,
        high=held.high,
        unit="per 100 years",
        interval=GARWOOD,
    )


def _curve(measure: Measure, curve: Curve) -> Iterator[Line]:
    """Yield a curve's counts, its median, and each step: events out of those still at risk."""
    cohort = curve.cohort
    yield Line(measure, ANSWERS, curve.answers, cohort=cohort)
    yield Line(measure, CAME, curve.events, curve.answers, cohort)
    yield Line(measure, CLOSED, curve.closed_without, curve.answers, cohort)
    reached = None if curve.median is not None else "not reached"
    yield Line(
        measure, "Day by which half came to it", None, None, cohort, curve.median, interval=reached
    )
    for step in curve.steps:
        yield Line(
            measure,
            "Step: came to it on this day, out of those still open to it; share not yet there",
            step.events,
            step.at_risk,
            cohort,
            step.days,
            step.share_not_yet,
            step.low,
            step.high,
            "share not yet",
            GREENWOOD if step.low is not None else "none: the share is 1 or 0",
        )


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Said]]) -> bytes:
    """Return rows as UTF-8 with a mark of it; text that a spreadsheet would run gets a `'`."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_cell(said) for said in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _cell(said: Said) -> str:
    if isinstance(said, float):
        return f"{said:.4f}"
    text = " ".join(str("" if said is None else said).split())
    return f"'{text}" if isinstance(said, str) and text.startswith(RUNS) else text
