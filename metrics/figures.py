"""Figures of one indicator, over time or over areas, kept apart from what is no figure.

A figure that was withheld, not collected or does not apply is a gap: it is counted, never zero.
"""

from collections.abc import Collection, Mapping, Sequence
from math import isclose
from typing import TypeVar

from data_model.vocabulary import Symbol
from metrics.intervals import ESTIMATES_NOTHING
from metrics.outcome import NoNumber, Rate, Share, TooFew, in_words

Missing = NoNumber | TooFew
"""What stands where there is no figure."""

Counted = Share | Rate
"""A count with what it is out of."""

STANDS_ALONE = NoNumber(Symbol.NOT_APPLICABLE)
"""What stands in a comparison for a share of cases that stand for themselves only."""

ROUNDING = 1e-12

T = TypeVar("T")


def between_breaks(series: Sequence[T], breaks: Collection[int]) -> tuple[Sequence[T], ...]:
    """Return the groups of a series; each break is the position, from 0, where a new one starts.

    Raises ValueError when a break is not a position of the series.
    """
    if wrong := [b for b in breaks if not 0 <= b < len(series)]:
        message = f"a break at {wrong[0]} is not within a series of {len(series)} periods"
        raise ValueError(message)
    starts = sorted({0, *breaks})
    ends = [*starts[1:], len(series)]
    return tuple(series[start:end] for start, end in zip(starts, ends, strict=True))


def direction(value: float, line: float) -> int:
    """Return 1 where a value is above a line, -1 where below, 0 where on it but for rounding."""
    if isclose(value, line, rel_tol=ROUNDING, abs_tol=ROUNDING):
        return 0
    return 1 if value > line else -1


def counted(outcome: Counted | Missing) -> Counted | Missing:
    """Return the outcome, or that there is nothing to count where its denominator is 0.

    A share of cases that stand for themselves only is no figure to compare, so it is a gap. Raises
    ValueError for a share above the whole.
    """
    if isinstance(outcome, Missing):
        return outcome
    _check(outcome)
    if isinstance(outcome, Share) and stands_alone(outcome):
        return STANDS_ALONE
    return outcome if outcome.out_of else TooFew(0)


def stands_alone(share: Share) -> bool:
    """Return whether a share is of cases that stand for themselves only."""
    return share.why_no_interval not in (None, *ESTIMATES_NOTHING)


def by_area(
    outcomes: Mapping[str, Counted | Missing],
) -> tuple[dict[str, Counted], dict[str, Missing]]:
    """Return the areas with a figure, and those left out with the mark that stands there.

    Raises ValueError as `counted`, or when areas do not all have shares or all the same rate.
    """
    checked = {area: counted(outcome) for area, outcome in outcomes.items()}
    figures = {a: o for a, o in checked.items() if not isinstance(o, Missing)}
    left_out = {a: o for a, o in checked.items() if isinstance(o, Missing)}
    if len({_measured_in(figure) for figure in figures.values()}) > 1:
        raise ValueError("shares and rates, or rates per different numbers, cannot be compared")
    return figures, left_out


def pooled(figures: Collection[Counted]) -> Counted:
    """Return all counts over all denominators of figures measured alike; at least one."""
    count, out_of = sum(f.count for f in figures), sum(f.out_of for f in figures)
    one = next(iter(figures))
    return Rate(count, out_of, one.per) if isinstance(one, Rate) else Share(count, out_of, None)


def value_of(figure: Counted) -> float:
    """Return a share, between 0 and 1, or a rate for every `per`."""
    return figure.rate if isinstance(figure, Rate) else figure.share


def value_in_words(value: float, figure: Counted) -> str:
    """Return a number in the unit of a figure."""
    return f"{value:.1f} per {figure.per:,}" if isinstance(figure, Rate) else f"{value:.1%}"


def missing_in_words(missing: Missing) -> str:
    """Return the mark of a gap as a part of a sentence."""
    said = in_words(missing)
    return said[0].lower() + said[1:]


def _check(figure: Counted) -> None:
    above = isinstance(figure, Share) and figure.count > figure.out_of
    if figure.count < 0 or figure.out_of < 0 or above or (figure.count and not figure.out_of):
        message = f"{figure.count} of {figure.out_of} is neither a share nor a rate"
        raise ValueError(message)


def _measured_in(figure: Counted) -> int | None:
    return figure.per if isinstance(figure, Rate) else None
