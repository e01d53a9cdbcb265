"""How an indicator is declared, and how a declaration is read.

Rows are sorted into counted, not counted and left out; there is no fourth state. The same
expressions run on every engine Narwhals speaks to.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import narwhals as nw
from narwhals.typing import IntoDataFrameT

from data_model.vocabulary import Better, Breakdown, Nation, Symbol, Word
from metrics.intervals import wilson
from metrics.known_breaks import KnownBreak
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated

QUARTER = "the quarter, or the period a publication states"
LAST_DAY = "the last day of the quarter, or the day a publication states"
YEAR_TO_MARCH = "the year to 31 March"
AS_STATED = "the period the publication states"
PRACTICE_READ = "the period of practice the inspection read"

VICTIMS = (
    Breakdown.VICTIM_SEX,
    Breakdown.VICTIM_ETHNICITY,
    Breakdown.VICTIM_DISABILITY,
)
CHILDREN = (*VICTIMS, Breakdown.CARE, Breakdown.AGE_BAND)
PERPETRATORS = (
    Breakdown.PERPETRATOR_SEX,
    Breakdown.PERPETRATOR_ETHNICITY,
    Breakdown.PERPETRATOR_DISABILITY,
)
CASES_READ = CHILDREN

THE_CHILD = {
    Breakdown.VICTIM_SEX: "sex",
    Breakdown.VICTIM_ETHNICITY: "ethnicity",
    Breakdown.VICTIM_DISABILITY: "disability",
    Breakdown.AGE_BAND: "age_band",
}

APART_BY: dict[str, dict[Breakdown, str]] = {
    "cases": {**THE_CHILD, Breakdown.CARE: "in_care"},
    "episodes": {**THE_CHILD, Breakdown.CARE: "from_care"},
    "perpetrators": {
        Breakdown.PERPETRATOR_SEX: "sex",
        Breakdown.PERPETRATOR_ETHNICITY: "ethnicity",
        Breakdown.PERPETRATOR_DISABILITY: "disability",
    },
    "findings": {},
}
"""The column by which the rows of a frame are taken apart."""


class Group(Word):
    """The groups of a scorecard, in the order they are shown."""

    CSE = "cse", "Child sexual exploitation", "Camfanteisio'n rhywiol ar blant"
    RISK = "risk", "Risk and harm", "Risg a niwed"
    MISSING = "missing", "Missing children", "Plant ar goll"
    INTERVIEWS = "interviews", "Return home interviews", "Cyfweliadau dychwelyd adref"
    TRACKER = "tracker", "Children followed together", "Plant a ddilynir ar y cyd"
    CARE = "care", "Care and placement", "Gofal a lleoliad"
    DISRUPTION = "disruption", "Disruption", "Amharu"
    EQUALITY = "equality", "Equality", "Cydraddoldeb"
    DATA_QUALITY = "data_quality", "Data quality", "Ansawdd data"
    AUDIT = "audit", "Case reading", "Darllen achosion"


@dataclass(frozen=True, kw_only=True)
class NationRule:
    """What is expected in one nation and not, or not so, in the other."""

    nation: Nation
    says: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a source says is to be reached: `value` in percent, and whose target it is.

    `since` is the first day for which the source states it. With a `nation` it is of that one only.
    """

    value: float
    whose: str
    says: str
    since: date
    source: str
    nation: Nation | None = None

    def holds(self, nation: Nation | None, on: date) -> bool:
        """Return whether it stands for an area of a nation on a day."""
        return on >= self.since and self.nation in (None, nation)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A measure from recorded cases: which rows are in, and which of those count."""

    code: str
    title: str
    asks: str
    source: str
    better: Better
    group: Group
    rows: str
    out_of: nw.Expr
    counts: nw.Expr
    example: str
    period: str = PRACTICE_READ
    apart: tuple[Breakdown, ...] = ()
    breaks: tuple[KnownBreak, ...] = ()
    rules: tuple[NationRule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A measure that agencies or publications state: what its numerator and denominator are.

    The example has a line a figure: its label, the number and what it is out of, or what a
    source stated (`up to` for a range) or marked with a comparator, and what it comes to. A share
    has Wilson's interval unless `why_no_interval` says what speaks against it.
    """

    code: str
    title: str
    numerator: str
    denominator: str | None
    unit: str
    period: str
    source: str
    better: Better
    group: Group
    example: str
    per: int | None = None
    apart: tuple[Breakdown, ...] = ()
    breaks: tuple[KnownBreak, ...] = ()
    rules: tuple[NationRule, ...] = ()
    target: Target | None = None
    why_no_interval: str | None = None


def sort_rows(indicator: Indicator, frame: IntoDataFrameT) -> IntoDataFrameT:
    """Return the frame with a column `counted`: yes, no, or left out."""
    inside = indicator.out_of.fill_null(value=False)
    counts = indicator.counts.fill_null(value=False)
    verdict = (
        nw.when(~inside)
        .then(nw.lit("left out"))
        .otherwise(nw.when(counts).then(nw.lit("yes")).otherwise(nw.lit("no")))
    )
    return nw.from_native(frame, eager_only=True).with_columns(verdict.alias("counted")).to_native()


@dataclass(frozen=True)
class StatedFigure:
    """One row of the figures frame, as values."""

    numerator: int | None
    denominator: int | None
    value: float | None
    value_high: float | None
    comparator: str | None
    symbol: str | None


def outcome_of(reported: Reported, figure: StatedFigure) -> Outcome:
    """Return what a stated figure comes to; a percentage is never turned back into a count."""
    if figure.symbol is not None:
        return NoNumber(Symbol(figure.symbol))
    if figure.numerator is None:
        return _stated(reported, figure)
    if figure.denominator is None:
        return _count(reported, figure.numerator, figure.comparator)
    if figure.denominator < max(1, figure.numerator):
        return NoNumber(Symbol.NOT_APPLICABLE)
    if reported.per:
        return Rate(figure.numerator, figure.denominator, reported.per)
    return _share(reported, figure.numerator, figure.denominator)


def _share(reported: Reported, count: int, out_of: int) -> Share:
    if reported.why_no_interval:
        return Share(count, out_of, None, reported.why_no_interval)
    return Share(count, out_of, wilson(count, out_of))


def _stated(reported: Reported, figure: StatedFigure) -> Outcome:
    if figure.value is None:
        return NoNumber(Symbol.NOT_AVAILABLE)
    high, comparator = figure.value_high, figure.comparator
    return Stated(figure.value, high, reported.unit, comparator, figure.denominator)


def _count(reported: Reported, count: int, comparator: str | None) -> Outcome:
    """Return a count, or what was said of one: “more than 1,000” is no count of 1,000."""
    return Stated(count, None, reported.unit, comparator) if comparator else Count(count)


@dataclass(frozen=True)
class Quarter:
    """Three months of a calendar year, such as 2020-Q1: January to March 2020."""

    year: int
    number: int

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return date(self.year, 3 * self.number, 31 if self.number in (1, 4) else 30)

    @property
    def before(self) -> "Quarter":
        """The quarter before it."""
        return quarter_of(self.start - timedelta(days=1))

    @property
    def label(self) -> str:
        """The quarter in words."""
        return f"{self.start:%B} to {self.end:%B %Y}"

    def __str__(self) -> str:
        """Return the quarter as it is written in addresses: 2020-Q1."""
        return f"{self.year}-Q{self.number}"


def quarter_of(day: date) -> Quarter:
    """Return the quarter a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)
