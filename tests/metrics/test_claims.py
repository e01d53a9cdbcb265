"""Claims: how a sentence stands on what it is linked to, by worked examples and properties."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_model.vocabulary import ClaimDirection, ClaimStanding
from metrics import claims
from metrics.check import examine
from metrics.checks.evidence import CLAIM_AGAINST_GRADES
from metrics.checks.frames import CLAIMS
from metrics.claims import SILENT, Found, Grades, Link, of_choice, of_series, of_theme, standing
from metrics.variation import AgainstTarget, Variation

POSITIVE, NEGATIVE, BOTH = ClaimDirection.POSITIVE, ClaimDirection.NEGATIVE, ClaimDirection.MIXED
SUPPORTED, CONTRADICTED = ClaimStanding.SUPPORTED, ClaimStanding.CONTRADICTED
MIXED, UNSUPPORTED = ClaimStanding.MIXED, ClaimStanding.UNSUPPORTED
GOOD, NOT_GOOD, DIFFERS = Link(Found.GOOD), Link(Found.NOT_GOOD), Link(Found.DIFFERS)


def grades(good: int, not_good: int, unsplit: int = 0) -> Grades:
    """Return graded cases, so many good, not good, and of a grade that was not split."""
    return Grades(good + not_good + unsplit, good, not_good)


@pytest.mark.parametrize(
    ("good", "not_good", "positive", "negative"),
    [
        (1, 8, CONTRADICTED, SUPPORTED),  # Durham, March 2020: 1 good of 9 (K.3 para 12)
        (2, 36, CONTRADICTED, SUPPORTED),
        (5, 5, SUPPORTED, CONTRADICTED),
        (5, 6, CONTRADICTED, SUPPORTED),
        (5, 0, SUPPORTED, CONTRADICTED),
        (4, 0, UNSUPPORTED, UNSUPPORTED),
        (0, 4, UNSUPPORTED, UNSUPPORTED),
        (0, 0, UNSUPPORTED, UNSUPPORTED),  # Durham, September 2019: no graded case (K.3 para 11)
    ],
)
def test_one_theme_bears_a_claim_out_or_speaks_against_it(
    good: int, not_good: int, positive: ClaimStanding, negative: ClaimStanding
) -> None:
    link = of_theme(grades(good, not_good))
    assert standing(POSITIVE, [link]) is positive
    assert standing(NEGATIVE, [link]) is negative


def test_grades_that_were_not_split_lean_neither_way_by_themselves() -> None:
    assert of_theme(grades(2, 2, unsplit=4)) == Link(Found.NOTHING, both_kinds=True)
    assert of_theme(grades(0, 5, unsplit=4)).found is Found.NOT_GOOD
    assert of_theme(grades(5, 0, unsplit=4)).found is Found.GOOD


def test_counts_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="3 good and 2 not good do not fit in 4"):
        Grades(4, 3, 2)
    with pytest.raises(ValueError, match="-1 good"):
        Grades(4, -1, 2)


@pytest.mark.parametrize(
    ("links", "stands"),
    [
        ([], UNSUPPORTED),
        ([GOOD], SUPPORTED),
        ([GOOD, GOOD], SUPPORTED),
        ([NOT_GOOD, NOT_GOOD], CONTRADICTED),
        ([GOOD, NOT_GOOD], MIXED),
        ([GOOD, NOT_GOOD, SILENT], MIXED),
        ([DIFFERS], MIXED),
        ([GOOD, SILENT], UNSUPPORTED),
        ([NOT_GOOD, SILENT], UNSUPPORTED),
    ],
)
def test_a_claim_stands_only_where_every_link_bears_it_out(
    links: list[Link], stands: ClaimStanding
) -> None:
    assert standing(POSITIVE, links) is stands


@pytest.mark.parametrize(
    ("chosen", "whole", "found"),
    [
        (grades(5, 0), grades(8, 3), Found.GOOD),
        (grades(5, 0), grades(5, 9), Found.DIFFERS),
        (grades(1, 5), grades(2, 9), Found.NOT_GOOD),
        (grades(4, 0), grades(8, 3), Found.NOTHING),
    ],
)
def test_chosen_findings_never_outdo_their_theme(
    chosen: Grades, whole: Grades, found: Found
) -> None:
    assert of_choice(chosen, whole).found is found


@pytest.mark.parametrize(
    ("variation", "against", "found"),
    [
        (None, None, Found.NOTHING),
        (Variation.COMMON_CAUSE, None, Found.NOTHING),
        (Variation.IMPROVEMENT, None, Found.GOOD),
        (Variation.CONCERN, AgainstTarget.MISSES, Found.NOT_GOOD),
        (Variation.COMMON_CAUSE, AgainstTarget.MEETS, Found.GOOD),
        (Variation.COMMON_CAUSE, AgainstTarget.INCONSISTENT, Found.NOTHING),
        (Variation.IMPROVEMENT, AgainstTarget.MISSES, Found.DIFFERS),
        (Variation.NEUTRAL_HIGH, None, Found.NOTHING),
        (Variation.NEUTRAL_LOW, None, Found.NOTHING),
    ],
)
def test_a_series_says_something_by_change_beyond_noise_or_against_a_stated_target(
    variation: Variation | None, against: AgainstTarget | None, found: Found
) -> None:
    assert of_series(variation, against).found is found


@pytest.mark.parametrize(
    ("good", "not_good", "stands"),
    [(2, 3, SUPPORTED), (1, 8, SUPPORTED), (5, 0, UNSUPPORTED), (2, 2, UNSUPPORTED)],
)
def test_a_claim_that_says_both_needs_cases_of_both_and_is_never_contradicted(
    good: int, not_good: int, stands: ClaimStanding
) -> None:
    assert standing(BOTH, [of_theme(grades(good, not_good))]) is stands


def test_praise_without_support_and_anything_contradicted_must_be_answered() -> None:
    asked = {(d, s) for d in ClaimDirection for s in ClaimStanding if claims.must_be_answered(d, s)}
    assert asked == {(POSITIVE, UNSUPPORTED), *((d, CONTRADICTED) for d in ClaimDirection)}


counts = st.builds(grades, st.integers(0, 20), st.integers(0, 20))
directions = st.sampled_from(list(ClaimDirection))
links = st.lists(st.sampled_from([GOOD, NOT_GOOD, DIFFERS, SILENT]), max_size=5)


@given(links)
def test_praise_and_criticism_mirror_each_other(held: list[Link]) -> None:
    mirror = {SUPPORTED: CONTRADICTED, CONTRADICTED: SUPPORTED}
    praise = standing(POSITIVE, held)
    assert standing(NEGATIVE, held) is mirror.get(praise, praise)


@given(directions, links)
def test_order_and_repetition_of_links_change_nothing(
    direction: ClaimDirection, held: list[Link]
) -> None:
    assert standing(direction, held) is standing(direction, [*reversed(held), *held])


@given(directions, links)
def test_one_more_link_that_says_nothing_never_makes_a_claim_stand(
    direction: ClaimDirection, held: list[Link]
) -> None:
    assert standing(direction, [*held, SILENT]) in {MIXED, UNSUPPORTED}


@given(directions, counts, counts)
def test_a_choice_never_makes_a_claim_stand_better_than_its_theme(
    direction: ClaimDirection, chosen: Grades, rest: Grades
) -> None:
    whole = grades(chosen.good + rest.good, chosen.not_good + rest.not_good)
    if standing(direction, [of_choice(chosen, whole)]) is SUPPORTED:
        assert standing(direction, [of_theme(whole)]) is SUPPORTED


@given(directions, counts)
def test_what_a_standing_gives_away_is_true_of_the_grades(
    direction: ClaimDirection, held: Grades
) -> None:
    stands = standing(direction, [of_theme(held)])
    known = claims.gives_away(direction, stands, ["T3"], alone=True)
    assert all(each.holds(held) for each in known.get("T3", ()))
    assert known or direction is BOTH


@given(directions, counts, counts)
def test_what_a_choice_gives_away_is_true_of_the_whole_theme(
    direction: ClaimDirection, chosen: Grades, rest: Grades
) -> None:
    whole = grades(chosen.good + rest.good, chosen.not_good + rest.not_good)
    stands = standing(direction, [of_choice(chosen, whole)])
    known = claims.gives_away(direction, stands, ["T3"], alone=False)
    assert all(each.holds(whole) for each in known.get("T3", ()))


@given(st.lists(counts, min_size=1, max_size=4), directions)
def test_what_several_themes_give_away_is_true_of_each(
    held: list[Grades], direction: ClaimDirection
) -> None:
    named = {f"T{place}": each for place, each in enumerate(held, start=1)}
    stands = standing(direction, [of_theme(each) for each in held])
    known = claims.gives_away(direction, stands, list(named), alone=False)
    assert all(each.holds(named[theme]) for theme in known for each in known[theme])


def test_a_mixed_standing_gives_nothing_away_of_one_theme() -> None:
    assert claims.gives_away(POSITIVE, MIXED, ["T1", "T2"], alone=False) == {}


@given(counts)
def test_praise_is_contradicted_exactly_where_the_check_of_praise_finds_it(held: Grades) -> None:
    row = dict.fromkeys(CLAIMS) | {
        "direction": "positive",
        "graded": held.graded,
        "not_good": held.not_good,
    }
    found = bool(examine(CLAIM_AGAINST_GRADES, pl.DataFrame([row], CLAIMS)).found)
    assert found is (standing(POSITIVE, [of_theme(held)]) is CONTRADICTED)
