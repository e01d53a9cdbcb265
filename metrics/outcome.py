"""What a measure comes to: a number with what stands behind it, or a mark that is no number."""

from dataclasses import dataclass

from data_model.vocabulary import Symbol
from metrics.poisson import garwood

GARWOOD = "exact Poisson 95%"


@dataclass(frozen=True)
class Interval:
    """A range from `low` to `high`, shares between 0 and 1 or rates, and what it is."""

    low: float
    high: float
    method: str


@dataclass(frozen=True)
class Share:
    """`count` of `out_of` (both whole numbers, out_of above 0), and an interval if one is meant."""

    count: int
    out_of: int
    interval: Interval | None
    why_no_interval: str | None = None

    @property
    def share(self) -> float:
        """The share, between 0 and 1."""
        return self.count / self.out_of


@dataclass(frozen=True)
class Count:
    """A number of things, with no denominator."""

    count: int


@dataclass(frozen=True)
class Rate:
    """`count` in a population of `out_of`, given `per` that many people."""

    count: int
    out_of: int
    per: int

    @property
    def rate(self) -> float:
        """The count for every `per` people."""
        return self.count / self.out_of * self.per

    @property
    def interval(self) -> Interval:
        """How far the same practice could have come out otherwise, in the rate's own unit."""
        low, high = garwood(self.count)
        unit = self.per / self.out_of
        return Interval(unit * low, unit * high, GARWOOD)


@dataclass(frozen=True)
class Stated:
    """A number a source states without the counts behind it; `high` where it states a range."""

    value: float
    high: float | None
    unit: str
    comparator: str | None
    out_of: int | None = None


@dataclass(frozen=True)
class NoNumber:
    """A mark that stands where a number is not; it is never zero."""

    symbol: Symbol


@dataclass(frozen=True)
class TooFew:
    """There are no cases to measure, or too few to say anything."""

    cases: int


Outcome = Share | Count | Rate | Stated | NoNumber | TooFew


def in_words(outcome: Outcome) -> str:
    """Return an outcome as a sentence part: its counts stand beside a share."""
    match outcome:
        case Share():
            return f"{outcome.count} of {outcome.out_of} ({outcome.share:.1%}{_range(outcome)})"
        case Count():
            return f"{outcome.count:,}"
        case Rate():
            return _rate_in_words(outcome)
        case Stated():
            return _stated_in_words(outcome)
        case NoNumber():
            return outcome.symbol.english
        case TooFew():
            return "Too few cases to say" if outcome.cases else "No case to count"


def _rate_in_words(rate: Rate) -> str:
    held = rate.interval
    counts = f"{rate.count:,} in {rate.out_of:,}; {held.low:.1f} to {held.high:.1f}"
    return f"{rate.rate:.1f} per {rate.per:,} ({counts})"


def _range(share: Share) -> str:
    if share.interval is None:
        return ""
    return f", {share.interval.low:.1%} to {share.interval.high:.1%}"


COMPARATORS = {
    "more_than": "more than ",
    "less_than": "less than ",
    "at_least": "at least ",
    "at_most": "at most ",
    "approx": "about ",
}


def _stated_in_words(stated: Stated) -> str:
    high = f" to {stated.high:g}" if stated.high is not None else ""
    of = f" of {stated.out_of:,}" if stated.out_of else ""
    unit = "%" if stated.unit == "percent" else f" {stated.unit}"
    how = COMPARATORS.get(stated.comparator or "", "")
    return f"{how}{stated.value:g}{high}{unit}{of} (as stated; counts not published)"
