"""Agreement of two readers agrees with print, with others' programs, and with definitions."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import permutations, product
from math import sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multinomial
from scipy.stats import t as students_t
from statsmodels.stats.inter_rater import cohens_kappa

from metrics.agreement import (
    NO_SPREAD,
    NOTHING_READ_TWICE,
    ONE_CASE,
    ONE_GRADE,
    ONE_SIDED,
    PAIRS_NEEDED,
    Agreement,
    Coefficient,
    NotDefined,
    Pair,
    agreement,
    of_pair,
)
from metrics.intervals import LEVEL, wilson
from metrics.outcome import Share, TooFew

GRADES = ("good", "requires improvement", "inadequate")
COEFFICIENTS = ("alpha", "kappa", "ac1", "ac2")
Cells = Mapping[tuple[int, int], float]

# 100 records read by two abstractors: Gwet (2014), and worked in the vignettes of his irrCAC.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
ONE_CELL = [[36, 1, 0], [1, 0, 0], [0, 0, 0]]
MIXED = [[9, 4, 1], [2, 11, 5], [0, 6, 12]]
AT_ODDS = [[0, 3, 2], [5, 0, 1], [4, 2, 0]]
TABLES = [ABSTRACTORS, ONE_CELL, MIXED, AT_ODDS]


def cells_of(table: Sequence[Sequence[int]]) -> dict[tuple[int, int], int]:
    return {(i, j): count for i, row in enumerate(table) for j, count in enumerate(row) if count}


def pairs_of(table: Sequence[Sequence[int]]) -> list[Pair]:
    cells = cells_of(table).items()
    return [(GRADES[i], GRADES[j]) for (i, j), count in cells for _ in range(count)]


def known(result: Agreement, name: str) -> Coefficient:
    coefficient = getattr(result, name)
    assert isinstance(coefficient, Coefficient), coefficient
    return coefficient


def standard_error(coefficient: Coefficient, pairs: int) -> float:
    """Return the standard error behind an interval, from whichever end was not cut off."""
    assert coefficient.low is not None
    assert coefficient.high is not None
    reach = max(coefficient.value - coefficient.low, coefficient.high - coefficient.value)
    return reach / float(students_t.ppf((1 + LEVEL) / 2, pairs - 1))


# The definitions, worked slowly on weighted cells.


def squared(one: int, other: int) -> float:
    return ((one - other) / (len(GRADES) - 1)) ** 2


def differs(one: int, other: int) -> float:
    return float(one != other)


def mean_of(apart: Callable[[int, int], float], cells: Cells) -> float:
    return sum(weight * apart(*cell) for cell, weight in cells.items()) / sum(cells.values())


def kappa_by_definition(cells: Cells) -> float:
    """Return weighted kappa by setting every first grade against every second one."""
    shuffled: Counter[tuple[int, int]] = Counter()
    for ((first, _), weight), ((_, second), other) in product(cells.items(), repeat=2):
        shuffled[first, second] += weight * other  # type: ignore[assignment]
    return 1 - mean_of(squared, cells) / mean_of(squared, shuffled)


def gwet_by_definition(cells: Cells, apart: Callable[[int, int], float]) -> float:
    """Return (agreement - chance) / (1 - chance), chance as Gwet (2014) has it."""
    q, places = len(GRADES), range(len(GRADES))
    given_out = [mean_of(lambda i, j, g=g: ((i == g) + (j == g)) / 2, cells) for g in places]  # type: ignore[misc]
    weights = sum(1 - apart(i, j) for i in places for j in places)
    chance = weights / (q * (q - 1)) * sum(share * (1 - share) for share in given_out)
    return (1 - mean_of(apart, cells) - chance) / (1 - chance)


def alpha_by_coincidences(coincidences: Cells) -> float:
    """Return ordinal alpha from Krippendorff's coincidence matrix and his metric."""
    values = {value for cell in coincidences for value in cell}
    totals = {v: sum(w for (c, _), w in coincidences.items() if c == v) for v in values}
    n = sum(totals.values())

    def metric(c: int, k: int) -> float:
        between = sum(totals[g] for g in totals if min(c, k) <= g <= max(c, k))
        return (between - (totals[c] + totals[k]) / 2) ** 2

    seen = sum(weight * metric(*cell) for cell, weight in coincidences.items())
    chance = sum(totals[c] * totals[k] * metric(c, k) for c in values for k in values)
    return 1 - (n - 1) * seen / chance


def coincidences_of(units: Sequence[Sequence[int]]) -> Cells:
    found: dict[tuple[int, int], float] = {}
    for unit in units:
        for pair in permutations(unit, 2):
            found[pair] = found.get(pair, 0) + 1 / (len(unit) - 1)
    return found


def alpha_by_definition(cells: Cells) -> float:
    both_ways = {*cells, *((j, i) for i, j in cells)}
    return alpha_by_coincidences(
        {(i, j): cells.get((i, j), 0) + cells.get((j, i), 0) for i, j in both_ways}
    )


DEFINITIONS: dict[str, Callable[[Cells], float]] = {
    "alpha": alpha_by_definition,
    "kappa": kappa_by_definition,
    "ac1": lambda cells: gwet_by_definition(cells, differs),
    "ac2": lambda cells: gwet_by_definition(cells, squared),
}


@pytest.mark.parametrize(
    ("name", "value", "error", "low", "high"),
    [
        ("kappa", 0.8921569, 0.03535151, 0.822, 0.962),
        ("ac1", 0.8493305, 0.04321747, 0.764, 0.935),
        ("ac2", 0.9402369, 0.01792019, 0.905, 0.976),
    ],
)
def test_gwets_published_example_comes_out(
    name: str, value: float, error: float, low: float, high: float
) -> None:
    coefficient = known(agreement(pairs_of(ABSTRACTORS), GRADES), name)
    assert coefficient.value == pytest.approx(value, abs=1e-7)
    assert standard_error(coefficient, 100) == pytest.approx(error, abs=1e-8)
    assert (coefficient.low, coefficient.high) == pytest.approx((low, high), abs=5e-4)


def test_36_of_38_in_one_cell_is_high_agreement_whatever_kappa_says() -> None:
    result = agreement(pairs_of(ONE_CELL), GRADES)
    assert (result.agreed, result.pairs) == (36, 38)
    assert result.percent == Share(36, 38, wilson(36, 38))
    assert round(known(result, "kappa").value, 2) == -0.03
    assert round(known(result, "ac1").value, 2) == 0.95


def test_krippendorffs_two_observers_come_out() -> None:
    # Krippendorff (2011), section A: ten units, two values, where every metric is the same.
    units = list(zip("0100000010", "1110010000", strict=True))
    assert round(known(agreement(units, ("0", "1")), "alpha").value, 3) == 0.095


def test_the_slow_alpha_gives_krippendorffs_four_observers_with_gaps() -> None:
    # Krippendorff (2011), section C: ordinal alpha is 0.815.
    observers = "123321412...", "1233224125.3", ".3332342251.", "12332441251."
    columns = zip(*observers, strict=True)
    units = [[int(value) for value in column if value != "."] for column in columns]
    shared = [unit for unit in units if len(unit) > 1]
    assert round(alpha_by_coincidences(coincidences_of(shared)), 3) == 0.815


@pytest.mark.parametrize("table", TABLES)
def test_kappa_and_its_error_agree_with_statsmodels(table: list[list[int]]) -> None:
    kappa = known(agreement(pairs_of(table), GRADES), "kappa")
    theirs = cohens_kappa(table, wt="quadratic")
    assert kappa.value == pytest.approx(theirs.kappa)
    assert standard_error(kappa, sum(map(sum, table))) == pytest.approx(theirs.std_kappa)


@pytest.mark.parametrize("name", COEFFICIENTS)
@pytest.mark.parametrize("table", TABLES)
def test_every_error_is_what_slightly_different_cases_would_give(
    name: str, table: list[list[int]]
) -> None:
    cells, by, small = cells_of(table), DEFINITIONS[name], 1e-6
    pairs = sum(cells.values())

    def pull(cell: tuple[int, int]) -> float:
        moved = {
            other: weight * (1 - small) + small * pairs * (other == cell)
            for other, weight in cells.items()
        }
        return (by(moved) - by(cells)) / small

    spread = sum(weight / pairs * pull(cell) ** 2 for cell, weight in cells.items())
    ours = standard_error(known(agreement(pairs_of(table), GRADES), name), pairs)
    assert ours == pytest.approx(sqrt(spread / pairs), rel=1e-4)


@pytest.mark.parametrize("name", COEFFICIENTS)
@pytest.mark.parametrize(("cases", "least"), [(200, 0.92), (20, 0.86)])
def test_intervals_hold_the_truth_95_times_in_100_of_many_cases_and_less_often_of_20(
    name: str, cases: int, least: float
) -> None:
    counts = [count for row in MIXED for count in row]
    truth = DEFINITIONS[name]({cell: 1e6 * count for cell, count in cells_of(MIXED).items()})
    shares, held, draws = [count / sum(counts) for count in counts], 0, 150
    for drawn in multinomial.rvs(cases, shares, size=draws, random_state=2022):
        coefficient = known(agreement(pairs_of(drawn.reshape(3, 3).tolist()), GRADES), name)
        assert coefficient.low is not None
        assert coefficient.high is not None
        held += coefficient.low <= truth <= coefficient.high
    assert held >= least * draws


graded = st.sampled_from(GRADES)
many_pairs = st.lists(st.tuples(graded, graded), max_size=40)
maybe_graded = st.sampled_from([*GRADES, None])


@given(many_pairs)
def test_every_coefficient_agrees_with_its_definition(pairs: list[tuple[str, str]]) -> None:
    cells = Counter((GRADES.index(a), GRADES.index(b)) for a, b in pairs)
    result = agreement(pairs, GRADES)
    for name in COEFFICIENTS:
        coefficient = getattr(result, name)
        if isinstance(coefficient, Coefficient):
            assert coefficient.value == pytest.approx(DEFINITIONS[name](cells), abs=1e-9)
            assert coefficient.value <= 1
            if coefficient.low is not None and coefficient.high is not None:
                assert coefficient.low <= coefficient.value <= coefficient.high <= 1


@given(many_pairs, st.randoms(use_true_random=False))
def test_readers_cases_and_the_scale_may_be_turned_round(
    pairs: list[tuple[str, str]], shuffle: Random
) -> None:
    as_given = agreement(pairs, GRADES)
    assert agreement([(second, first) for first, second in pairs], GRADES) == as_given
    assert agreement(pairs, GRADES[::-1]) == as_given
    shuffle.shuffle(pairs)
    assert agreement(pairs, GRADES) == as_given


@given(many_pairs)
def test_only_full_agreement_on_two_grades_or_more_is_1(pairs: list[tuple[str, str]]) -> None:
    result = agreement(pairs, GRADES)
    all_same = all(first == second for first, second in pairs)
    for name in COEFFICIENTS:
        coefficient = getattr(result, name)
        if isinstance(coefficient, Coefficient):
            assert (coefficient.value == 1) == all_same
            assert (coefficient.low is None) == (coefficient.method == NO_SPREAD)
        if all_same and len({first for first, _ in pairs}) > 1:
            assert coefficient == Coefficient(1.0, None, None, NO_SPREAD)


@given(many_pairs)
def test_a_coefficient_is_a_number_only_when_two_grades_were_given(
    pairs: list[tuple[str, str]],
) -> None:
    result = agreement(pairs, GRADES)
    defined = len(pairs) > 1 and len({grade for pair in pairs for grade in pair}) > 1
    for name in ("alpha", "ac1", "ac2"):
        assert isinstance(getattr(result, name), Coefficient) == defined
    each_gave_two = all(len({pair[reader] for pair in pairs}) > 1 for reader in (0, 1))
    assert isinstance(result.kappa, Coefficient) == (defined and each_gave_two)


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        ([], NOTHING_READ_TWICE),
        ([("good", None), (None, None)], NOTHING_READ_TWICE),
        ([("good", "inadequate")], ONE_CASE),
        ([("inadequate", "inadequate")] * 30, ONE_GRADE),
    ],
)
def test_what_is_not_defined_says_why_and_is_no_number(pairs: list[Pair], why: str) -> None:
    result = agreement(pairs, GRADES)
    assert all(getattr(result, name) == NotDefined(why) for name in COEFFICIENTS)


def test_kappa_alone_is_not_defined_when_one_reader_gave_one_grade() -> None:
    result = agreement([("good", "good")] * 19 + [("good", "inadequate")], GRADES)
    assert result.kappa == NotDefined(ONE_SIDED)
    assert known(result, "ac1").value > 0.9


def test_nothing_read_twice_has_no_percentage() -> None:
    assert agreement([("good", None)], GRADES).percent == TooFew(0)


def test_bounds_never_leave_what_is_possible() -> None:
    opposed, alike = [[0, 0, 3], [0, 0, 0], [2, 1, 0]], [[9, 0, 0], [0, 0, 1], [0, 0, 9]]
    kappa = known(agreement(pairs_of(opposed), GRADES), "kappa")
    assert (round(kappa.value, 3), kappa.low) == (-0.909, -1)
    assert known(agreement(pairs_of(alike), GRADES), "ac2").high == 1


def test_ac2_of_readers_wholly_opposed_is_below_minus_1_and_within_its_bounds() -> None:
    ac2 = known(agreement(pairs_of([[0, 0, 3], [0, 0, 0], [2, 1, 0]]), GRADES), "ac2")
    assert ac2.value == pytest.approx(-1.032, abs=5e-4)
    assert ac2.low == ac2.value


@given(st.lists(st.tuples(maybe_graded, maybe_graded), max_size=30))
def test_cases_one_reader_did_not_grade_are_counted_beside_and_change_nothing(
    pairs: list[Pair],
) -> None:
    both = [pair for pair in pairs if None not in pair]
    result, without = agreement(pairs, GRADES), agreement(both, GRADES)
    assert result.one_not_graded == sum(pair.count(None) == 1 for pair in pairs)
    assert (result.pairs, result.agreed) == (len(both), sum(a == b for a, b in both))
    assert all(getattr(result, name) == getattr(without, name) for name in COEFFICIENTS)


def test_on_a_scale_of_two_ac1_and_ac2_are_the_same() -> None:
    result = agreement([("yes", "yes"), ("yes", "no"), ("no", "no")], ("yes", "no"))
    assert known(result, "ac1").value == known(result, "ac2").value


def test_a_grade_from_another_scale_is_an_error() -> None:
    with pytest.raises(ValueError, match="not on the scale: outstanding"):
        agreement([("good", "outstanding")], GRADES)
    with pytest.raises(ValueError, match="at least two grades"):
        agreement([("good", "good")], ("good",))


@pytest.mark.parametrize("cases", [0, 1, PAIRS_NEEDED - 1])
def test_nothing_is_said_about_two_readers_with_fewer_than_20_cases(cases: int) -> None:
    by_eight_themes = [(case, "good", "inadequate") for case in range(cases) for _ in range(8)]
    ungraded = [(case, "good", None) for case in range(1_000, 1_100)]
    assert of_pair([*by_eight_themes, *ungraded], GRADES) == TooFew(cases)


def test_two_readers_with_20_cases_are_told_their_agreement() -> None:
    pairs = pairs_of(MIXED)[::2][:PAIRS_NEEDED]
    numbered = [(case, *pair) for case, pair in enumerate(pairs)]
    assert of_pair(numbered, GRADES) == agreement(pairs, GRADES)
