"""A re-audit is held against the first reading honestly: the verdict never says more than both."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import sqrt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from data_model.vocabulary import Change, SamplingMethod
from metrics.comparison import (
    A_FACT,
    MINIMUM,
    NO_FIRST,
    NO_GRADES,
    NO_SECOND,
    OTHER_SCALE,
    Comparison,
    Graded,
    NotComparable,
    StandsFor,
    beside_in_words,
    compare,
    found_not_good,
    in_words,
    superiority_in_words,
)
from metrics.intervals import NO_INTERVAL, finite_frame
from metrics.outcome import Interval

THREE = ("good", "requires_improvement", "inadequate")
FOUR = ("outstanding", *THREE)
RANDOM, ALL = SamplingMethod.RANDOM, SamplingMethod.ALL_ELIGIBLE
CHOSEN = [SamplingMethod.PURPOSIVE, SamplingMethod.SELF_SELECTED, SamplingMethod.NOT_STATED]
OPPOSITE = {Change.IMPROVED: Change.WORSE, Change.WORSE: Change.IMPROVED}


def graded(
    *counts: int,
    sampling: SamplingMethod = RANDOM,
    available: int | None = None,
    grades: tuple[str, ...] = THREE,
) -> Graded:
    return Graded("ncpi-case", grades, counts, sampling, available)


def compared(first: Graded | None, second: Graded | None) -> Comparison:
    found = compare(first, second)
    assert isinstance(found, Comparison)
    return found


# Durham Constabulary, March 2020 (K.12): nine missing cases, one good, two requires
# improvement, six inadequate; then an invented re-audit in which four of ten are good.
DURHAM = graded(1, 2, 6)
REAUDIT = graded(4, 3, 3)


def test_durhams_nine_cases_against_four_good_of_ten_show_no_change() -> None:
    found = compared(DURHAM, REAUDIT)
    interval = found.good.interval
    assert interval is not None
    assert interval.method == "Newcombe 95%"
    points = [round(100 * x) for x in (found.good.difference, interval.low, interval.high)]
    assert points == [29, -11, 59]
    assert found.verdict is Change.NONE_SHOWN
    assert found.good_needed == 7
    assert found.stands_for is StandsFor.WHOLE_LIST
    assert in_words(found) == (
        "1 of 9 good, then 4 of 10: 29 points more (11 fewer to 59 more). "
        "6 of 9 inadequate, then 3 of 10: 37 points fewer (65 fewer to 7 more). "
        "No detectable change. Dealt out by chance, these grades would be as far apart 12 times "
        "in 100. 7 or more of 10 good, the others spread as before, would have shown an "
        "improvement. The differences stand for all the cases that those read were drawn from."
    )


def test_how_durhams_cases_were_chosen_is_not_stated_so_they_stand_for_themselves() -> None:
    unstated = SamplingMethod.NOT_STATED
    found = compared(replace(DURHAM, sampling=unstated), REAUDIT)
    assert found.good.interval is found.worst.interval is None
    assert found.good.why_no_interval == NO_INTERVAL[unstated]
    assert found.stands_for is StandsFor.READ_ONLY
    assert found.verdict is Change.NONE_SHOWN
    assert in_words(found).endswith("The differences stand for the cases read only.")


def test_durhams_two_inspections_cannot_be_compared() -> None:
    # Ofsted read 19 cases in September 2019 and published no case grades (K.3 para 11).
    assert compare(None, DURHAM) == NotComparable(NO_FIRST)


def test_st_helens_language_audits_cannot_be_compared() -> None:
    # 16 percent of the files in December 2019, then one example in September 2020 (E.3 para 22):
    # neither the files graded nor how many there were is published.
    assert compare(None, None) == NotComparable(NO_GRADES)


def test_a_reaudit_that_graded_nothing_is_no_reaudit() -> None:
    assert compare(DURHAM, None) == NotComparable(NO_SECOND)
    assert compare(DURHAM, graded(0, 0, 0)) == NotComparable(NO_SECOND)
    assert compare(graded(0, 0, 0), DURHAM) == NotComparable(NO_FIRST)


def test_scales_are_never_mapped_onto_one_another() -> None:
    other = replace(REAUDIT, scale="another")
    assert compare(DURHAM, other) == NotComparable(OTHER_SCALE)
    assert compare(DURHAM, graded(0, 4, 3, 3, grades=FOUR)) == NotComparable(OTHER_SCALE)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:873, table II, method 10; ours is second
        # less first, the paper's first less second.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombes_own_examples_come_out(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = compared(
        graded(other[0], 0, other[1] - other[0]), graded(one[0], 0, one[1] - one[0])
    ).good.interval
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=5.1e-5)


readings = st.lists(st.integers(0, 12), min_size=3, max_size=3).filter(any).map(tuple)
samplings = st.sampled_from([(RANDOM, None), (RANDOM, 40), (ALL, None), (CHOSEN[0], None)])


@settings(max_examples=100, deadline=None)
@given(readings, readings)
def test_the_difference_of_shares_agrees_with_statsmodels(
    one: Sequence[int], other: Sequence[int]
) -> None:
    found = compared(graded(*one), graded(*other)).good.interval
    assert found is not None
    theirs = confint_proportions_2indep(
        other[0], sum(other), one[0], sum(one), method="newcomb", compare="diff"
    )
    assert (found.low, found.high) == pytest.approx(theirs, abs=1e-9)


def test_where_the_list_is_known_its_exact_bounds_are_joined() -> None:
    found = compared(replace(DURHAM, available=11), replace(REAUDIT, available=30)).good
    first, second = finite_frame(1, 9, 11), finite_frame(4, 10, 30)
    assert found.interval is not None
    assert found.interval.low == pytest.approx(
        found.difference - sqrt((0.4 - second.low) ** 2 + (first.high - 1 / 9) ** 2)
    )
    assert found.interval.high == pytest.approx(
        found.difference + sqrt((second.high - 0.4) ** 2 + (1 / 9 - first.low) ** 2)
    )
    assert "exact bounds of each list" in found.interval.method


def test_a_reading_of_every_case_adds_nothing_to_the_width() -> None:
    whole = replace(DURHAM, available=9)
    found = compared(whole, replace(REAUDIT, available=30)).good
    second = finite_frame(4, 10, 30)
    assert found.interval == Interval(
        pytest.approx(second.low - 1 / 9),  # type: ignore[arg-type]
        pytest.approx(second.high - 1 / 9),  # type: ignore[arg-type]
        "exact bounds of each list, squared and added, 95%",
    )


@pytest.mark.parametrize("whole", [{"sampling": ALL}, {"available": 9}, {"available": 8}])
def test_where_every_case_was_read_twice_the_difference_is_a_fact(whole: dict[str, object]) -> None:
    found = compared(replace(DURHAM, **whole), replace(REAUDIT, sampling=ALL))  # type: ignore[arg-type]
    assert found.good.interval is found.worst.interval is None
    assert found.good.why_no_interval == A_FACT
    assert found.good.points == 1
    assert found.stands_for is StandsFor.EVERY_CASE
    # A fact about those children; whether practice changed still has to stand the test.
    assert found.verdict is Change.NONE_SHOWN


@pytest.mark.parametrize("sampling", [*CHOSEN, SamplingMethod.STRATIFIED])
def test_chosen_cases_can_show_a_change_among_themselves_only(sampling: SamplingMethod) -> None:
    found = compared(graded(1, 2, 6, sampling=sampling), graded(9, 1, 0))
    assert found.verdict is Change.IMPROVED
    assert found.stands_for is StandsFor.READ_ONLY
    assert found.good.interval is None


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ((1, 2, 6), (9, 1, 0), Change.IMPROVED),
        # From inadequate to requires improvement, with none good before or after.
        ((0, 1, 9), (0, 9, 1), Change.IMPROVED),
        ((9, 1, 0), (1, 2, 6), Change.WORSE),
        ((8, 2, 0), (8, 0, 2), Change.NONE_SHOWN),
        # More good and more inadequate: it cannot be called either.
        ((2, 36, 2), (16, 12, 12), Change.NONE_SHOWN),
        ((4, 4, 4), (4, 4, 4), Change.NONE_SHOWN),
        ((0, 0, 4), (40, 0, 0), Change.TOO_FEW),
        ((0, 0, 40), (4, 0, 0), Change.TOO_FEW),
        # 5 and 5 split evenly: not even 5 good of 5, nor 5 inadequate, would show anything.
        ((2, 1, 2), (5, 0, 0), Change.TOO_FEW),
        # All good before: no improvement could show, but a worsening could.
        ((9, 0, 0), (9, 0, 0), Change.NONE_SHOWN),
    ],
)
def test_the_verdict_says_what_the_two_samples_can_carry(
    first: tuple[int, ...], second: tuple[int, ...], verdict: Change
) -> None:
    assert compared(graded(*first), graded(*second)).verdict is verdict


def test_of_four_cases_no_number_good_would_have_been_enough() -> None:
    assert compared(graded(0, 0, 40), graded(4, 0, 0)).good_needed is None


def test_more_good_and_more_inadequate_is_no_improvement_however_many_there_are() -> None:
    found = compared(graded(20, 360, 20), graded(250, 50, 100))
    assert found.test.p_value < 0.05
    assert (found.test.better, found.good.points, found.worst.points) == (1, 1, 1)
    assert found.verdict is Change.NONE_SHOWN


def test_the_test_alone_is_not_enough() -> None:
    found = compared(graded(0, 20, 5, 0, grades=FOUR), graded(20, 0, 5, 0, grades=FOUR))
    assert found.test.p_value < 0.05
    assert found.good.points == found.worst.points == 0
    assert found.verdict is Change.NONE_SHOWN


def test_the_interval_alone_is_not_enough() -> None:
    found = compared(replace(DURHAM, available=11), replace(REAUDIT, available=12))
    assert found.good.points == 1
    assert found.test.p_value > 0.05
    assert found.verdict is Change.NONE_SHOWN


@settings(max_examples=100, deadline=None)
@given(readings, readings, samplings)
def test_swapping_the_readings_turns_the_verdict_round(
    one: tuple[int, ...], other: tuple[int, ...], how: tuple[SamplingMethod, int | None]
) -> None:
    first, second = (graded(*counts, sampling=how[0], available=how[1]) for counts in (one, other))
    found, swapped = compared(first, second), compared(second, first)
    assert found.good.difference == pytest.approx(-swapped.good.difference)
    assert found.good.points == -swapped.good.points
    assert found.worst.points == -swapped.worst.points
    if Change.TOO_FEW not in (found.verdict, swapped.verdict):
        assert swapped.verdict is OPPOSITE.get(found.verdict, Change.NONE_SHOWN)
    if found.good.interval is not None:
        assert swapped.good.interval is not None
        assert found.good.interval.low == pytest.approx(-swapped.good.interval.high)


@settings(max_examples=60, deadline=None)
@given(readings, samplings)
def test_the_same_grades_again_never_show_a_change(
    counts: tuple[int, ...], how: tuple[SamplingMethod, int | None]
) -> None:
    again = graded(*counts, sampling=how[0], available=how[1])
    found = compared(again, again)
    assert found.verdict in {Change.NONE_SHOWN, Change.TOO_FEW}
    assert found.good.difference == found.worst.difference == 0


poor = st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(2, 12))


@settings(max_examples=100, deadline=None)
@given(poor, poor, st.booleans(), samplings)
def test_a_change_is_never_shown_without_the_test_and_a_share_behind_it(
    one: tuple[int, ...],
    other: tuple[int, ...],
    turned: bool,  # noqa: FBT001
    how: tuple[SamplingMethod, int | None],
) -> None:
    one, other = (one[::-1], other) if turned else (one, other[::-1])
    found = compared(graded(*one), graded(*other, sampling=how[0], available=how[1]))
    assume(found.verdict in OPPOSITE)
    way = 1 if found.verdict is Change.IMPROVED else -1
    assert found.test.p_value < 0.05
    assert found.test.better == way
    assert way in (found.good.points, -found.worst.points)
    assert -way not in (found.good.points, -found.worst.points)
    assert min(sum(one), sum(other)) >= MINIMUM


@settings(max_examples=60, deadline=None)
@given(readings.filter(lambda c: sum(c) >= MINIMUM), st.integers(MINIMUM, 14), samplings)
def test_as_many_good_as_were_needed_would_have_shown_and_one_fewer_would_not(
    one: tuple[int, ...], size: int, how: tuple[SamplingMethod, int | None]
) -> None:
    first = graded(*one)
    needed = compared(first, graded(size, 0, 0, sampling=how[0], available=how[1])).good_needed

    def shows(good: int) -> bool:
        rest = size - good
        weights = one[1:] if any(one[1:]) else (1, 0)
        second, left = divmod(rest * weights[0], sum(weights))
        second += 2 * left >= sum(weights)
        counts = (good, second, rest - second)
        supposed = graded(*counts, sampling=how[0], available=how[1])
        return compared(first, supposed).verdict is Change.IMPROVED

    smallest = size + 1 if needed is None else needed
    assert [shows(good) for good in range(size + 1)] == [g >= smallest for g in range(size + 1)]


def test_where_the_best_and_the_worst_show_nothing_no_reaudit_of_that_size_does() -> None:
    for first in [(2, 1, 2), (3, 0, 2), (4, 1, 0), (5, 0, 1), (0, 6, 0)]:
        for size in (5, 6):
            every = [c for c in product(range(size + 1), repeat=3) if sum(c) == size]
            found = {compared(graded(*first), graded(*counts)).verdict for counts in every}
            assert found == {Change.TOO_FEW} or Change.TOO_FEW not in found
            extremes = [(size, 0, 0), (0, 0, size)]
            shown = {compared(graded(*first), graded(*counts)).verdict for counts in extremes}
            assert found & set(OPPOSITE) == shown & set(OPPOSITE)


def test_on_a_scale_with_a_better_grade_good_means_good_or_better() -> None:
    found = compared(graded(1, 1, 4, 3, grades=FOUR), graded(3, 4, 2, 1, grades=FOUR))
    assert (found.good.first.count, found.good.second.count) == (2, 7)
    assert in_words(found).startswith("2 of 9 good or better, then 7 of 10: 48 points more (")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((1, 2, 6), True),
        ((4, 3, 2), True),
        ((5, 4, 0), False),
        ((3, 3, 0), False),
        ((0, 0, 4), None),
    ],
)
def test_a_theme_is_not_good_when_fewer_than_half_are(
    counts: tuple[int, ...], expected: object
) -> None:
    assert found_not_good(graded(*counts)) is expected


def test_outstanding_counts_towards_a_theme_that_is_good() -> None:
    assert found_not_good(graded(3, 0, 2, 0, grades=FOUR)) is False


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((0, 0, 9), (9, 0, 0), "Improved. Dealt out by chance, these grades would be as far apart "
         "less than 0.1 times in 100. The"),
        ((9, 0, 0), (4, 2, 3), "Worse. Dealt out by chance, these grades would be as far apart 2.9 "
         "times in 100. The"),
        ((0, 0, 4), (9, 0, 0), "Too few to say: it takes 5 graded cases each time."),
        ((2, 1, 2), (5, 0, 0), "Too few to say: not even 5 of 5 good would have shown an impr"),
        ((4, 4, 4), (5, 4, 3), "No detectable change"),
        ((9, 0, 0), (9, 0, 0), "9 of 9 good, then 9 of 9: no difference (30 fewer to 30 more)."),
    ],
)  # fmt: skip
def test_the_words_say_the_verdict_and_why(
    first: tuple[int, ...], second: tuple[int, ...], said: str
) -> None:
    assert said in in_words(compared(graded(*first), graded(*second)))


@pytest.mark.parametrize(
    ("grades", "counts"), [(THREE, (1, 2)), (THREE, (1, -1, 3)), (("good",), (3,)), ((), ())]
)
def test_counts_that_do_not_fit_the_grades_are_an_error(
    grades: tuple[str, ...], counts: tuple[int, ...]
) -> None:
    with pytest.raises(ValueError, match="are not counts of the grades"):
        graded(*counts, grades=grades)


def test_a_scale_on_which_nothing_is_good_is_an_error() -> None:
    with pytest.raises(ValueError, match="is good"):
        graded(1, 2, grades=("met", "not_met"))


def test_superiority_is_told_as_so_many_of_a_hundred_pairs() -> None:
    first, second = (1, 2, 6), (4, 3, 3)
    better = sum(
        one * other * ((b < a) + 0.5 * (a == b))
        for (a, one), (b, other) in product(enumerate(first), enumerate(second))
    )
    assert round(100 * better / 90) == 71
    assert superiority_in_words(compared(DURHAM, REAUDIT)) == (
        "Take one case of each at random: the second is graded better in 71 of 100 such pairs, "
        "counting half of those graded alike."
    )


def test_two_places_side_by_side_neither_improve_nor_grow_worse() -> None:
    good, poor, mixed, few = (9, 0, 0), (1, 2, 6), (4, 3, 3), (1, 2, 0)
    said = [
        beside_in_words(compared(graded(*one), graded(*other)))
        for one, other in ((poor, good), (good, poor), (poor, mixed), (few, good))
    ]
    assert "The second is graded better than chance alone explains." in said[0]
    assert "The second is graded lower than chance alone explains." in said[1]
    assert "The two cannot be told apart. Dealt out by chance" in said[2]
    assert "good, the others spread as before, would have been told apart as better." in said[2]
    assert "Too few to say: it takes 5 graded cases each time." in said[3]
    for each in said:
        assert "then" not in each
        assert not any(word in each for word in ("mproved", "worse", "change"))
