"""Figures on what became of recommendations that count the open ones with the rest.

A mean of closed ones looks better the longer the hard ones stay open, so there is none here, and
no percent complete. Times are Kaplan-Meier curves (Kaplan and Meier 1958, J. Am. Stat. Assoc.
53:457) in which an answer that is still open counts as long as it has been open; intervals are
exponential Greenwood (Kalbfleisch and Prentice 2002, The Statistical Analysis of Failure Time
Data, 1.4). Shares carry Wilson's interval, as they count every answer but say how the same
practice could have come out otherwise in so few; the rate of going back carries Garwood's exact
one (1936, Biometrika 28:437).

Everything is as of a day: dates after it have not happened yet. `slips` and `strongest` have no
date and are to be given as they stood that day. A date before the one it is counted from counts
as that day: what was done before publication was done on day 0.
"""

import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import isnan

import polars as pl
from scipy import stats
from scipy.special import gammaincinv

from data_model.vocabulary import Evidence
from metrics.intervals import LEVEL, wilson
from metrics.outcome import Share, TooFew

DAYS = ("published_on", "response_due_on", "responded_on", "original_due_on", "claimed_on",
        "implemented_on", "shown_on", "regressed_on", "closed_on")  # fmt: skip

ANSWERS = pl.Schema(
    {
        **dict.fromkeys(DAYS, pl.Date),
        "closed_tested": pl.Boolean,
        "slips": pl.Int64,
        "strongest": pl.String,
        "kind": pl.String,
        "cohort": pl.String,
        "area": pl.String,
        "organisation": pl.String,
    }
)
"""One row for each body's answer to each recommendation; a day is that of the first time.

`closed_tested` is whether the effect had been tested when it was closed, `strongest` the
highest rung of its evidence, `cohort` what answers are grouped by, such as the financial year.
"""

EVENTS = ("responded_on", "claimed_on", "implemented_on", "shown_on")
"""What a curve can be drawn of, counted in days from publication."""

FEW = 10
"""Answers below which a curve is marked: one of them moves it by more than a tenth."""

DAYS_A_YEAR = 365.25
PER = 100
ROUNDING = 1e-12


@dataclass(frozen=True)
class Step:
    """A point of a curve: what happened `days` after the start, and the share not yet there.

    `at_risk` counts answers still open to it just before; of those, `events` came to it on that
    day and `censored` were last seen. `low` and `high` bound the share not yet there at 95 %;
    None where it is 1 or 0, as there the interval is not defined.
    """

    days: int
    at_risk: int
    events: int
    censored: int
    share_not_yet: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Curve:
    """How long something takes, over `answers` answers of which `events` came to it so far.

    `closed_without` of them were closed first: they count until that day. `median` is the first
    day by which half had come to it, None if it is not reached. `few` marks fewer than 10.
    The first step is at day 0.
    """

    cohort: str | None
    answers: int
    events: int
    closed_without: int
    median: int | None
    few: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Responses:
    """Answers by their response: the first three had a date that has passed, the others not yet.

    `in_time` is their share of those whose date has passed; who responded early and is not due
    is left out with all others not due, or the quick would count before the slow.
    """

    responded_in_time: int
    responded_late: int
    overdue: int
    responded_before_due: int
    not_due: int
    without_date: int
    in_time: Share | TooFew


@dataclass(frozen=True)
class OriginalDates:
    """Accepted answers by their original date; the first three have one that has passed.

    `unclaimed` passed it without a claim. Those closed without a claim by their date are
    `closed_first`. `past` is the share late or unclaimed of those whose date has passed.
    """

    claimed_in_time: int
    claimed_late: int
    unclaimed: int
    not_due: int
    closed_first: int
    past: Share | TooFew


@dataclass(frozen=True)
class Slips:
    """How many accepted answers moved their date never, once, twice, three times or more."""

    never: int
    once: int
    twice: int
    three_or_more: int


@dataclass(frozen=True)
class Regressions:
    """How often the effect was lost: `events` in so many `years` over all answers together.

    Counted from when an answer was first verified as implemented or its effect shown, to when it
    regressed or the day of the figure; closing does not end it. `per_100` and its exact 95 %
    interval are events for every 100 such years.
    """

    events: int
    answers: int
    years: float
    per_100: float
    low: float
    high: float


def kaplan_meier(answers: pl.DataFrame, event: str, as_of: date) -> Curve | TooFew:
    """Return the curve from publication to one of `EVENTS`; open answers count until `as_of`.

    Answers closed without it count until they were closed. Raises ValueError for another event,
    polars' SchemaError for a frame that does not fit `ANSWERS`.
    """
    if event not in EVENTS:
        message = f"{event} is not one of {', '.join(EVENTS)}"
        raise ValueError(message)
    return _curve(_known(answers, as_of), "published_on", event, as_of)


def by_cohort(answers: pl.DataFrame, event: str, as_of: date) -> tuple[Curve, ...]:
    """Return a curve as `kaplan_meier` for each cohort with published answers, by its name."""
    cohorts = answers["cohort"].unique().drop_nulls().sort()
    curves = ((c, kaplan_meier(answers.filter(cohort=c), event, as_of)) for c in cohorts)
    return tuple(replace(curve, cohort=c) for c, curve in curves if isinstance(curve, Curve))


def claim_to_verification(answers: pl.DataFrame, as_of: date) -> Curve | TooFew:
    """Return the curve from the claim of completion to its verification as implemented.

    Claims nobody has verified count until `as_of`, or until they were closed.
    """
    claimed = _known(answers, as_of).filter(pl.col("claimed_on").is_not_null())
    return _curve(claimed, "claimed_on", "implemented_on", as_of)


def responses(answers: pl.DataFrame, as_of: date) -> Responses:
    """Return how many responded in time, late or not at all, and how many are not due yet."""
    responded, due = pl.col("responded_on"), pl.col("response_due_on")
    passed, answered = due < as_of, responded.is_not_null()
    in_time, late, overdue, before, not_due, without = _counts(
        _known(answers, as_of),
        passed & (responded <= due),
        passed & (responded > due),
        passed & ~answered,
        ~passed & answered,
        ~passed & ~answered,
        due.is_null(),
    )
    share = _share(in_time, in_time + late + overdue)
    return Responses(in_time, late, overdue, before, not_due, without, share)


def original_dates(answers: pl.DataFrame, as_of: date) -> OriginalDates:
    """Return how accepted answers stand to the date first promised, which never changes."""
    claimed, due, closed = pl.col("claimed_on"), pl.col("original_due_on"), pl.col("closed_on")
    passed, open_claim = due < as_of, claimed.is_null()
    closed_first = due.is_not_null() & open_claim & (closed <= due).fill_null(value=False)
    in_time, late, unclaimed, not_due, first = _counts(
        _known(answers, as_of),
        passed & (claimed <= due),
        passed & (claimed > due),
        passed & open_claim & ~closed_first,
        ~passed & ~closed_first,
        closed_first,
    )
    share = _share(late + unclaimed, in_time + late + unclaimed)
    return OriginalDates(in_time, late, unclaimed, not_due, first, share)


def slips(answers: pl.DataFrame, as_of: date) -> Slips:
    """Return how often accepted answers moved their date."""
    accepted = _known(answers, as_of).filter(pl.col("original_due_on").is_not_null())
    moved = pl.col("slips").fill_null(0)
    return Slips(*_counts(accepted, moved == 0, moved == 1, moved == 2, moved >= 3))


def closed_untested(answers: pl.DataFrame, as_of: date) -> Share | TooFew:
    """Return the share of closed answers that were closed with their effect not tested."""
    closed = _known(answers, as_of).filter(pl.col("closed_on").is_not_null())
    untested = closed.filter(~pl.col("closed_tested").fill_null(value=False))
    return _share(untested.height, closed.height)


def regressions(answers: pl.DataFrame, as_of: date) -> Regressions | TooFew:
    """Return how often what was implemented or shown was lost again, for the time it had."""
    since = pl.min_horizontal("implemented_on", "shown_on")
    lasted = (pl.col("regressed_on").fill_null(as_of) - since).dt.total_days().clip(0)
    held = _known(answers, as_of).select("regressed_on", days=lasted).drop_nulls("days")
    years = int(held["days"].sum()) / DAYS_A_YEAR
    if not years:
        return TooFew(held.height)
    events, tail = held["regressed_on"].count(), (1 - LEVEL) / 2
    low = float(gammaincinv(events, tail)) if events else 0.0
    high = float(gammaincinv(events + 1, 1 - tail))
    per_100, low, high = (PER * number / years for number in (events, low, high))
    return Regressions(events, held.height, years, per_100, low, high)


def evidence_mix(answers: pl.DataFrame, as_of: date) -> tuple[tuple[Evidence | None, int], ...]:
    """Return how many answers have each rung as their strongest evidence, and last how many none.

    Raises ValueError for a rung that is not on the ladder.
    """
    strongest = _known(answers, as_of)["strongest"]
    counts = Counter(None if rung is None else Evidence(rung) for rung in strongest)
    return tuple((rung, counts[rung]) for rung in (*Evidence, None))


def _known(answers: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return the published answers with only what had happened by the day."""
    first_promised = pl.when(~(pl.col("responded_on") > as_of).fill_null(value=False))
    happened = [
        pl.when(pl.col(day) <= as_of).then(day).alias(day)
        for day in (*EVENTS, "regressed_on", "closed_on")
    ]
    published = answers.match_to_schema(ANSWERS).filter(pl.col("published_on") <= as_of)
    return published.with_columns(first_promised.then("original_due_on"), *happened)


def _counts(answers: pl.DataFrame, *which: pl.Expr) -> tuple[int, ...]:
    """Return how many answers meet each condition; one that cannot be said is not met."""
    columns = [one.cast(pl.Int64).sum().alias(str(n)) for n, one in enumerate(which)]
    return answers.select(columns).row(0)


def _share(count: int, out_of: int) -> Share | TooFew:
    return Share(count, out_of, wilson(count, out_of)) if out_of else TooFew(0)


def _curve(answers: pl.DataFrame, start: str, event: str, as_of: date) -> Curve | TooFew:
    if answers.is_empty():
        return TooFew(0)
    last_open = pl.col("closed_on").fill_null(as_of)
    happened = (pl.col(event) <= last_open).fill_null(value=False)
    last_seen = pl.when(happened).then(event).otherwise(last_open)
    times = answers.select(
        days=(last_seen - pl.col(start)).dt.total_days().clip(0),
        happened=happened,
        closed_without=~happened & pl.col("closed_on").is_not_null(),
    )
    steps = _steps(times)
    return Curve(
        cohort=None,
        answers=times.height,
        events=int(times["happened"].sum()),
        closed_without=int(times["closed_without"].sum()),
        median=next((s.days for s in steps if s.share_not_yet <= 0.5 + ROUNDING), None),
        few=times.height < FEW,
        steps=steps,
    )


def _steps(times: pl.DataFrame) -> tuple[Step, ...]:
    by_day = (
        times.group_by("days")
        .agg(events=pl.col("happened").sum(), censored=(~pl.col("happened")).sum())
        .sort("days")
        .with_columns(left=(pl.col("events") + pl.col("censored")).cum_sum())
    )
    before = times.height - by_day["left"].shift(1, fill_value=0)
    rows = zip(
        by_day["days"], before, by_day["events"], by_day["censored"], *_shares(times), strict=True
    )
    steps = tuple(Step(*row) for row in rows)
    from_the_start = Step(0, times.height, 0, 0, 1.0, None, None)
    return steps if steps[0].days == 0 else (from_the_start, *steps)


def _shares(times: pl.DataFrame) -> tuple[list[float], list[float | None], list[float | None]]:
    """Return the share not yet there on each day of `times`, and its bounds."""
    seen, open_still = (times.filter(happened=yes)["days"].to_numpy() for yes in (True, False))
    not_yet = stats.ecdf(stats.CensoredData(uncensored=seen, right=open_still)).sf
    with warnings.catch_warnings():
        # It warns that the interval is not defined where the share is 1 or 0; None says so.
        warnings.simplefilter("ignore", RuntimeWarning)
        bounds = not_yet.confidence_interval(LEVEL, method="log-log")
    low, high = (_defined(bound.probabilities) for bound in (bounds.low, bounds.high))
    return not_yet.probabilities.tolist(), low, high


def _defined(bounds: Iterable[float]) -> list[float | None]:
    return [None if isnan(bound) else float(bound) for bound in bounds]
