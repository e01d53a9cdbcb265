"""What a measure comes to: a number with what stands behind it, or a mark that is no number."""

from dataclasses import dataclass

from data_model.vocabulary import Symbol


@dataclass(frozen=True)
class Interval:
    """A range from `low` to `high`, both shares between 0 and 1, and what it is."""

    low: float
    high: float
    method: str


@dataclass(frozen=True)
class Share:
    """`count` of `out_of` (both whole numbers, out_of above 0), and the interval if one is meant."""

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
