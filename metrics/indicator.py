"""How an indicator is declared, and how a declaration is read.

Rows are sorted into counted, not counted and left out; there is no fourth state. The same
expressions run on every engine Narwhals speaks to.
"""

from dataclasses import dataclass
from datetime import date

import narwhals as nw
import polars as pl
from narwhals.typing import IntoDataFrameT

from data_model.vocabulary import Better, SamplingMethod, Symbol, Word
from metrics.intervals import share_of_cases, wilson
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated, TooFew

NOT_INDEPENDENT = (
    "several rows may stem from one case, so they are not independent and get no interval"
)


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


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A measure that agencies or publications state: what its numerator and denominator are."""

    code: str
    title: str
    numerator: str
    denominator: str | None
    unit: str
    source: str
    better: Better
    group: Group
    per: int | None = None


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


def measure(
    indicator: Indicator, frame: pl.DataFrame, sampling: SamplingMethod, available: int | None
) -> Outcome:
    """Return what an indicator comes to over one inspection's rows.

    `available` is the size of the frame the cases were drawn from, or None. How many of the
    frame belong to a part of it is not known, so a part of the cases gets no finite frame.
    """
    counted = sort_rows(indicator, frame).get_column("counted").to_list()
    yes, no = counted.count("yes"), counted.count("no")
    if yes + no == 0:
        return TooFew(0)
    if indicator.rows != "cases":
        return Share(yes, yes + no, None, NOT_INDEPENDENT)
    whole = yes + no == len(counted)
    return share_of_cases(yes, yes + no, sampling, available if whole else None)


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
        return Count(figure.numerator)
    if figure.denominator < max(1, figure.numerator):
        return NoNumber(Symbol.NOT_APPLICABLE)
    if reported.per:
        return Rate(figure.numerator, figure.denominator, reported.per)
    whole = wilson(figure.numerator, figure.denominator)
    return Share(figure.numerator, figure.denominator, whole)


def _stated(reported: Reported, figure: StatedFigure) -> Outcome:
    if figure.value is None:
        return NoNumber(Symbol.NOT_AVAILABLE)
    high, comparator = figure.value_high, figure.comparator
    return Stated(figure.value, high, reported.unit, comparator, figure.denominator)


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
    def label(self) -> str:
        """The quarter in words."""
        return f"{self.start:%B} to {self.end:%B %Y}"

    def __str__(self) -> str:
        """Return the quarter as it is written in addresses: 2020-Q1."""
        return f"{self.year}-Q{self.number}"


def quarter_of(day: date) -> Quarter:
    """Return the quarter a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)
