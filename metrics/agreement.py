"""Agreement of two readers who graded the same cases, and when there is none to speak of.

Percent agreement and the number of cases come first; the coefficients beside it each take
another view of chance. Krippendorff's alpha, ordinal: Krippendorff (2011), Computing
Krippendorff's Alpha-Reliability. Weighted kappa: Cohen (1968), Psychol. Bull. 70:213, its
variance Fleiss, Cohen and Everitt (1969), Psychol. Bull. 72:323. AC1 and its variance: Gwet
(2008), Br. J. Math. Stat. Psychol. 61:29; AC2: Gwet (2014), Handbook of Inter-Rater
Reliability. The variance of alpha is the delta method (Efron 1982, The Jackknife, ch. 6, the
infinitesimal jackknife), as the others' are; it lets the distances between grades vary with
the cases, which formulas with fixed weights do not.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from scipy.special import stdtrit

from metrics.intervals import LEVEL, wilson
from metrics.outcome import Share, TooFew

PAIRS_NEEDED = 20
"""Cases two readers must both have graded before anything is said about the two of them."""

NOTHING_READ_TWICE = "no case was graded by both readers"
ONE_CASE = "only one case was graded by both readers"
ONE_GRADE = "only one grade was given, so nothing can be said beyond chance"
ONE_SIDED = "one reader gave every case the same grade, so kappa would be 0 whatever the other gave"
NO_SPREAD = "no interval: every pair weighs the same, so the cases do not show how sure this is"

Pair = tuple[str | None, str | None]
"""The first and the second reader's grade of one case; None is not graded."""

Distance = Callable[[int, int], Fraction]
"""How far apart two grades are, 0 to 1, by their places on the scale."""


@dataclass(frozen=True)
class Coefficient:
    """Agreement beyond chance: 1 is complete, 0 what chance gives, below 0 worse than chance.

    `low` and `high` bound it at 95 %, cut to -1 and 1 (AC2 of readers wholly opposed can itself
    be below -1: then at it); both are None where the cases have no spread to judge by, as when
    every pair agreed, and `method` then says so. The bounds are for many cases: of 20 they held
    the truth 88 to 94 times in 100 where 200 gave 94 to 96.
    """

    value: float
    low: float | None
    high: float | None
    method: str


@dataclass(frozen=True)
class NotDefined:
    """There is no such coefficient for these cases, and why; it is never 0, 1 or nan."""

    why: str


@dataclass(frozen=True)
class Agreement:
    """What two readings of the same cases come to; `pairs` are those both readers graded.

    `one_not_graded` counts the cases that one reader graded and the other did not: they are
    in none of the other numbers and belong beside them.
    """

    pairs: int
    agreed: int
    one_not_graded: int
    alpha: Coefficient | NotDefined
    kappa: Coefficient | NotDefined
    ac1: Coefficient | NotDefined
    ac2: Coefficient | NotDefined

    @property
    def percent(self) -> Share | TooFew:
        """Percent agreement with Wilson's interval, or that nothing was read twice."""
        if not self.pairs:
            return TooFew(0)
        return Share(self.agreed, self.pairs, wilson(self.agreed, self.pairs))


def agreement(read_twice: Sequence[Pair], grades: Sequence[str]) -> Agreement:
    """Return how far two readings of the same cases agree on a scale of two grades or more.

    `grades` is the whole scale in order, used or not. Each case stands for itself: intervals
    come out too narrow where one case is in several times, under several themes. Raises
    ValueError for a grade that is not on the scale or a scale of fewer than two grades.
    """
    table = _table(read_twice, grades)
    why = _why_not(table)
    return Agreement(
        pairs=table.pairs,
        agreed=sum(count for (first, second), count in table.counts.items() if first == second),
        one_not_graded=sum((first is None) != (second is None) for first, second in read_twice),
        alpha=why or _alpha(table),
        kappa=why or _kappa(table),
        ac1=why or _gwet(table, _differs, "Gwet 2008"),
        ac2=why or _gwet(table, _squared(table.grades), "Gwet 2014, quadratic weights"),
    )


def of_pair(
    read_twice: Sequence[tuple[int, str | None, str | None]], grades: Sequence[str]
) -> Agreement | TooFew:
    """Return the agreement of two readers, or too few: fewer than 20 cases graded by both.

    `read_twice` holds the case's number, the one reader's grade and the other's, in the same
    order of readers throughout. A case counts once, under however many themes it was graded.
    """
    cases = {case for case, first, second in read_twice if None not in (first, second)}
    if len(cases) < PAIRS_NEEDED:
        return TooFew(len(cases))
    return agreement([(first, second) for _, first, second in read_twice], grades)


@dataclass(frozen=True)
class _Table:
    """How many cases got each pair of grades, both as places on a scale of `grades` grades."""

    counts: Mapping[tuple[int, int], int]
    grades: int

    @property
    def pairs(self) -> int:
        return sum(self.counts.values())

    @property
    def shares(self) -> dict[tuple[int, int], Fraction]:
        return {cell: Fraction(count, self.pairs) for cell, count in self.counts.items()}

    def given(self, reader: int) -> list[Fraction]:
        """Return the share of each grade among those one reader gave: 0 the first, 1 the second."""
        shares = [Fraction(0)] * self.grades
        for cell, share in self.shares.items():
            shares[cell[reader]] += share
        return shares

    @property
    def by_both(self) -> list[Fraction]:
        """The share of each grade among all that were given."""
        return [(a + b) / 2 for a, b in zip(self.given(0), self.given(1), strict=True)]


def _table(read_twice: Sequence[Pair], grades: Sequence[str]) -> _Table:
    if len(grades) < 2:
        raise ValueError("a scale needs at least two grades to agree on")
    place: dict[str | None, int] = {grade: number for number, grade in enumerate(grades)}
    unknown = {grade for pair in read_twice for grade in pair} - {*grades, None}
    if unknown:
        message = f"not on the scale: {', '.join(sorted(map(str, unknown)))}"
        raise ValueError(message)
    both = [(first, second) for first, second in read_twice if None not in (first, second)]
    return _Table(Counter((place[first], place[second]) for first, second in both), len(grades))


def _why_not(table: _Table) -> NotDefined | None:
    if not table.pairs:
        return NotDefined(NOTHING_READ_TWICE)
    if table.pairs == 1:
        return NotDefined(ONE_CASE)
    return NotDefined(ONE_GRADE) if 1 in table.by_both else None


def _total(terms: Iterable[Fraction]) -> Fraction:
    return sum(terms, Fraction(0))


def _differs(one: int, other: int) -> Fraction:
    return Fraction(one != other)


def _squared(grades: int) -> Distance:
    return lambda one, other: Fraction((one - other) ** 2, (grades - 1) ** 2)


@dataclass(frozen=True)
class _Disagreement:
    """Disagreement seen and by chance, and how fast each grows with the share of one cell."""

    seen: Fraction
    chance: Fraction
    seen_by: Distance
    chance_by: Distance


def _kappa(table: _Table) -> Coefficient | NotDefined:
    """Return quadratic-weighted kappa: chance gives each reader's own grades, shuffled."""
    first, second = table.given(0), table.given(1)
    if 1 in first or 1 in second:
        return NotDefined(ONE_SIDED)
    apart, places = _squared(table.grades), range(table.grades)
    chance = _total(first[i] * second[j] * apart(i, j) for i in places for j in places)

    def chance_by(i: int, j: int) -> Fraction:
        return _total(second[k] * apart(i, k) + first[k] * apart(k, j) for k in places)

    parts = _Disagreement(_seen(table, apart), chance, apart, chance_by)
    return _coefficient(table, parts, "Fleiss-Cohen-Everitt")


def _gwet(table: _Table, apart: Distance, method: str) -> Coefficient:
    """Return AC1 or AC2: chance is some cases' being hard enough to be graded at random."""
    both, places = table.by_both, range(table.grades)
    weights = _total(1 - apart(i, j) for i in places for j in places)
    scale = weights / (table.grades * (table.grades - 1))
    chance = 1 - scale * _total(share * (1 - share) for share in both)
    parts = _Disagreement(
        _seen(table, apart), chance, apart, lambda i, j: -scale * (1 - both[i] - both[j])
    )
    return _coefficient(table, parts, method)


def _alpha(table: _Table) -> Coefficient:
    """Return ordinal alpha: grades are as far apart as the grades given between them are many.

    The distance is between mid-ranks, so what chance gives is twice the variance of ranks with
    ties, 1 less the cubes of the shares over 6; Krippendorff's (2n - 1) is for small samples.
    """
    both, places = table.by_both, range(table.grades)
    rank = [sum(both[:place], both[place] / 2) for place in places]
    chance = (1 - _total(share**3 for share in both)) / 6

    def apart(i: int, j: int) -> Fraction:
        return (rank[i] - rank[j]) ** 2

    def seen_by(i: int, j: int) -> Fraction:
        rises = [Fraction(_below(i, place) + _below(j, place), 4) for place in places]
        moved = (
            2 * share * (rank[k] - rank[m]) * (rises[k] - rises[m])
            for (k, m), share in table.shares.items()
        )
        return apart(i, j) + _total(moved)

    parts = _Disagreement(
        _seen(table, apart), chance, seen_by, lambda i, j: -(both[i] ** 2 + both[j] ** 2) / 4
    )
    small = Fraction(2 * table.pairs - 1, 2 * table.pairs)
    return _coefficient(table, parts, "delta method", small)


def _below(grade: int, place: int) -> int:
    """Return in halves how far one more `grade` raises the rank of those at `place`."""
    return (grade < place) + (grade <= place)


def _seen(table: _Table, apart: Distance) -> Fraction:
    return _total(share * apart(*cell) for cell, share in table.shares.items())


def _coefficient(
    table: _Table, parts: _Disagreement, method: str, small: Fraction = Fraction(1)
) -> Coefficient:
    """Return 1 less disagreement seen over disagreement by chance, by the delta method.

    Exact to the last step, so what is complete agreement is 1 and what has no spread has 0.
    """
    ratio = small * parts.seen / parts.chance
    pull = {
        cell: (small * parts.seen_by(*cell) - ratio * parts.chance_by(*cell)) / parts.chance
        for cell in table.counts
    }
    mean = _total(share * pull[cell] for cell, share in table.shares.items())
    spread = _total(share * (pull[cell] - mean) ** 2 for cell, share in table.shares.items())
    value = float(1 - ratio)
    if not spread:
        return Coefficient(value, None, None, NO_SPREAD)
    reach = float(stdtrit(table.pairs - 1, (1 + LEVEL) / 2)) * sqrt(spread / table.pairs)
    low, high = max(min(-1.0, value), value - reach), min(1.0, value + reach)
    return Coefficient(value, low, high, f"{method}, t {LEVEL:.0%}")
