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
from metrics.claims import (
    SILENT,
    Found,
    Grades,
    Known,
    Link,
    Told,
    gives_away,
    of_choice,
    of_series,
    of_theme,
    standing,
)
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


withheld = Told(None)
leaning = Known(1, -1, 0), Known(-1, 1, 1)


@given(st.lists(st.tuples(counts, counts, st.booleans(), st.booleans()), max_size=4), directions)
def test_what_a_standing_gives_away_is_true_of_every_theme_that_is_withheld(
    drawn: list[tuple[Grades, Grades, bool, bool]], direction: ClaimDirection
) -> None:
    wholes, linked, told = {}, [], {}
    for place, (part, rest, chosen, shown) in enumerate(drawn, start=1):
        whole = grades(part.good + rest.good, part.not_good + rest.not_good)
        wholes[f"T{place}"] = whole
        linked.append(of_choice(part, whole) if chosen else of_theme(whole))
        told[f"T{place}"] = Told(whole if shown else None, chosen)
    known = gives_away(direction, standing(direction, linked), told)
    assert all(each.holds(wholes[theme]) for theme in known for each in known[theme])
    assert not any(told[theme].grades for theme in known)


@pytest.mark.parametrize(
    ("direction", "stands", "known"),
    [
        (POSITIVE, SUPPORTED, {claims.ENOUGH, leaning[0]}),
        (NEGATIVE, CONTRADICTED, {claims.ENOUGH, leaning[0]}),
        (NEGATIVE, SUPPORTED, {claims.ENOUGH, leaning[1]}),
        (POSITIVE, UNSUPPORTED, {claims.TOO_FEW}),
        (BOTH, SUPPORTED, {claims.ENOUGH, Known(1, 0, 1), Known(0, 1, 1)}),
    ],
)
def test_one_withheld_theme_gives_away_which_way_it_leans_or_that_so_few_were_graded(
    direction: ClaimDirection, stands: ClaimStanding, known: set[Known]
) -> None:
    assert gives_away(direction, stands, {"T4": withheld}) == {"T4": known}


def test_a_mixed_standing_gives_a_withheld_theme_away_where_the_other_one_is_shown() -> None:
    told = {"T3": Told(grades(5, 9)), "T4": withheld}
    assert gives_away(POSITIVE, MIXED, told) == {"T4": {claims.ENOUGH, leaning[0]}}
    assert gives_away(POSITIVE, MIXED, {"T4": withheld}, [NOT_GOOD]) == {
        "T4": {claims.ENOUGH, leaning[0]}
    }


def test_two_withheld_themes_hide_each_other_in_a_mixed_standing() -> None:
    told = {"T3": withheld, "T4": withheld}
    assert gives_away(POSITIVE, MIXED, told) == {t: {claims.ENOUGH} for t in told}


def test_a_mixed_choice_tells_no_more_than_that_enough_cases_were_graded() -> None:
    assert gives_away(POSITIVE, MIXED, {"T4": Told(None, chosen=True)}) == {"T4": {claims.ENOUGH}}
    assert gives_away(POSITIVE, UNSUPPORTED, {"T4": Told(None, chosen=True)}) == {}


@given(counts)
def test_praise_is_contradicted_exactly_where_the_check_of_praise_finds_it(held: Grades) -> None:
    row = dict.fromkeys(CLAIMS) | {
        "direction": "positive",
        "graded": held.graded,
        "not_good": held.not_good,
    }
    found = bool(examine(CLAIM_AGAINST_GRADES, pl.DataFrame([row], CLAIMS)).found)
    assert found is (standing(POSITIVE, [of_theme(held)]) is CONTRADICTED)
