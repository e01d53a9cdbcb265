"""The figures of a release: what each may say once it is protected."""

from dataclasses import dataclass

from data_model.vocabulary import Symbol
from inspect_app.publishing.content import (
    Number,
    PublishedFigure,
)
from inspect_app.services.scorecards import Line
from metrics import BY_CODE
from metrics.indicator import Reported
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated


def or_unknown(number: int | None) -> Number:
    return Symbol.NOT_AVAILABLE if number is None else number


@dataclass(frozen=True)
class _Numbers:
    """A figure's numbers as they may be published."""

    numerator: Number = Symbol.NOT_APPLICABLE
    denominator: Number = Symbol.NOT_APPLICABLE
    value: float | None = None
    value_high: float | None = None
    low: float | None = None
    high: float | None = None
    interval: str = ""
    comparator: str = ""


def figure(line: Line) -> PublishedFigure:
    numbers = _numbers(line.outcome)
    reported = BY_CODE[line.indicator]
    assert isinstance(reported, Reported)  # noqa: S101 - figures belong to reported indicators
    return PublishedFigure(
        indicator=line.indicator,
        title=line.title,
        area_code=line.area.code,
        area_name=line.area.label,
        period_start=line.period_start,
        period_end=line.period_end,
        period=line.period,
        unit=reported.unit,
        better=line.better,
        breaks=line.breaks,
        subject=line.subject or "",
        numerator_means=reported.numerator,
        denominator_means=reported.denominator or "",
        note=line.note or "",
        source=line.source,
        **vars(numbers),
    )


def _numbers(outcome: Outcome) -> _Numbers:
    match outcome:
        case Share(count, out_of, interval):
            given = (interval.low, interval.high, interval.method) if interval else (None, None, "")
            low, high = (None if end is None else round(100 * end, 4) for end in given[:2])
            share = round(100 * outcome.share, 4)
            return _Numbers(count, out_of, share, None, low, high, given[2])
        case Rate(count, out_of):
            return _Numbers(count, out_of, round(outcome.rate, 4))
        case Count(count):
            return _Numbers(count)
        case Stated(stated, high, _unit, comparator, out_of):
            unknown = Symbol.NOT_AVAILABLE
            of = or_unknown(out_of)
            return _Numbers(unknown, of, stated, high, comparator=comparator or "")
        case NoNumber(symbol):
            return _Numbers(symbol)
    return _Numbers(Symbol.NOT_AVAILABLE)
