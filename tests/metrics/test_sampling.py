"""A draw can be repeated by anyone, is fair, and shows whom it leaves out."""

import subprocess
from collections import Counter
from fractions import Fraction
from hashlib import sha256

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chisquare

from metrics import sampling
from metrics.sampling import (
    CHARACTERISTICS,
    FRAME,
    Drawn,
    Entry,
    allocate,
    coverage,
    double_read,
    draw,
    rank_key,
)

SEED = "Area 2026"
REGISTER = [Entry(number) for number in range(1, 13)]
DRAWS = 2_000
SURPRISING = 0.001

numbers = st.sets(st.integers(1, 10_000), max_size=40)
seeds = st.text(max_size=12)
sizes = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 30), max_size=9)


def numbers_of(drawn: tuple[Drawn, ...]) -> list[int]:
    return [one.number for one in drawn]


def in_strata(counts: dict[str, int]) -> list[Entry]:
    names = [name for name, count in counts.items() for _ in range(count)]
    return [Entry(number, name) for number, name in enumerate(names, start=1)]


def test_the_key_is_the_published_sha_256() -> None:
    # FIPS 180-2, appendix B.1: the digest of "abc"; here of seed, bar and number alike.
    assert sha256(b"abc").hexdigest().startswith("ba7816bf8f01cfea")
    assert rank_key("Area 2026", 1) == sha256(b"Area 2026|1").hexdigest()
    assert rank_key("Sir Fôn", 7) == sha256("Sir Fôn|7".encode()).hexdigest()


def test_the_shell_commands_in_the_manual_repeat_the_draw() -> None:
    assert sampling.__doc__ is not None
    lines = sampling.__doc__.splitlines()
    commands = "\n".join(line for line in lines if line.startswith("    "))
    shown = subprocess.run(["sh", "-c", commands], capture_output=True, text=True, check=True)
    by_hand = [line.split() for line in shown.stdout.splitlines()]
    drawn = draw(REGISTER, 5, 7, SEED)
    assert [int(number) for _, number in by_hand] == numbers_of(drawn)
    assert [key for key, _ in by_hand] == [rank_key(SEED, number) for number in numbers_of(drawn)]


def test_this_seed_draws_these_cases_for_ever() -> None:
    drawn = draw(REGISTER, 3, 2, SEED)
    assert [(one.number, one.position, one.reserve) for one in drawn] == [
        (3, 1, False),
        (5, 2, False),
        (2, 3, False),
        (12, 4, True),
        (9, 5, True),
    ]


@given(numbers, numbers, seeds)
def test_others_in_the_register_never_change_the_order_of_the_rest(
    some: set[int], more: set[int], seed: str
) -> None:
    few = numbers_of(draw([Entry(n) for n in sorted(some)], len(some), 0, seed))
    everyone = some | more
    many = numbers_of(draw([Entry(n) for n in everyone], len(everyone), 0, seed))
    assert [number for number in many if number in some] == few


@given(
    st.permutations(REGISTER),
    st.integers(0, 12),
    st.integers(0, 15),
    st.sampled_from(["simple", "stratified"]),
)
def test_the_order_of_the_register_does_not_matter(
    shuffled: list[Entry], size: int, reserves: int, kind: str
) -> None:
    stratified = kind == "stratified"
    drawn = draw(shuffled, size, reserves, SEED, stratified=stratified)
    assert drawn == draw(REGISTER, size, reserves, SEED, stratified=stratified)
    assert [one.position for one in drawn] == list(range(1, len(drawn) + 1))
    assert sum(not one.reserve for one in drawn) == size
    assert len(drawn) == min(12, size + reserves)
    assert len(set(numbers_of(drawn))) == len(drawn)


def test_a_larger_sample_keeps_the_smaller_and_reserves_come_next() -> None:
    assert numbers_of(draw(REGISTER, 6, 0, SEED)) == numbers_of(draw(REGISTER, 4, 2, SEED))


def test_every_case_is_as_likely_as_any_other() -> None:
    drawn = [numbers_of(draw(REGISTER, 4, 0, f"seed {n}")) for n in range(DRAWS)]
    first = Counter(numbers[0] for numbers in drawn)
    assert chisquare([first[entry.number] for entry in REGISTER]).pvalue > SURPRISING
    pairs = Counter(frozenset(numbers[:2]) for numbers in drawn)
    assert len(pairs) == 12 * 11 // 2
    assert chisquare(list(pairs.values())).pvalue > SURPRISING
    included = Counter(number for numbers in drawn for number in numbers)
    for entry in REGISTER:
        assert binomtest(included[entry.number], DRAWS, 4 / 12).pvalue > SURPRISING


def test_within_a_stratum_every_case_is_as_likely_as_any_other() -> None:
    register = in_strata({"boys": 5, "girls": 15})
    draws = [draw(register, 8, 0, f"seed {n}", stratified=True) for n in range(DRAWS)]
    included = Counter(number for drawn in draws for number in numbers_of(drawn))
    for entry in register:
        chance = 2 / 5 if entry.stratum == "boys" else 6 / 15
        assert binomtest(included[entry.number], DRAWS, chance).pvalue > SURPRISING


def test_a_stratified_draw_takes_the_first_of_each_stratum_and_its_reserves_follow() -> None:
    register = in_strata({"north": 6, "south": 3, "west": 3})
    drawn = draw(register, 4, 4, SEED, stratified=True)
    strata = [(one.stratum, one.reserve) for one in drawn]
    one_each = ["north", "north", "south", "west"]
    assert strata == [*((name, False) for name in one_each), *((name, True) for name in one_each)]
    for name in ("north", "south", "west"):
        ranked = [one.number for one in draw(register, 12, 0, SEED) if one.stratum == name]
        ours = [one.number for one in drawn if one.stratum == name]
        assert ours == ranked[: len(ours)]


def test_unless_stratified_a_stratum_is_recorded_and_changes_nothing() -> None:
    register = in_strata({"north": 6, "south": 6})
    drawn = draw(register, 5, 2, SEED)
    assert numbers_of(drawn) == numbers_of(draw(REGISTER, 5, 2, SEED))
    assert {one.stratum for one in drawn} == {"north", "south"}


@given(sizes.flatmap(lambda s: st.tuples(st.just(s), st.integers(0, sum(s.values())))))
def test_an_allocation_adds_up_is_possible_and_leaves_no_stratum_out(
    asked: tuple[dict[str, int], int],
) -> None:
    strata, size = asked
    given_out = allocate(strata, size)
    assert set(given_out) == set(strata)
    assert sum(given_out.values()) == size
    assert all(0 <= given_out[name] <= strata[name] for name in strata)
    if size >= len(strata):
        assert all(given_out.values())


def largest_remainders(strata: dict[str, int], size: int) -> dict[str, int]:
    """Return Hamilton's apportionment by its textbook steps; equal remainders by name."""
    shares = {name: Fraction(size * held, sum(strata.values())) for name, held in strata.items()}
    whole = {name: int(share) for name, share in shares.items()}
    by_remainder = sorted(strata, key=lambda name: (whole[name] - shares[name], name))
    for name in by_remainder[: size - sum(whole.values())]:
        whole[name] += 1
    return whole


def test_the_textbook_steps_give_the_textbook_seats() -> None:
    # The usual example of ten seats: 4.7, 1.6, 1.59, 1.2, 0.6 and 0.31 quotas.
    votes = dict(zip("abcdef", (47_000, 16_000, 15_900, 12_000, 6_000, 3_100), strict=True))
    assert list(largest_remainders(votes, 10).values()) == [5, 2, 1, 1, 1, 0]
    assert list(allocate(votes, 10).values()) == [5, 1, 1, 1, 1, 1]


@given(sizes.flatmap(lambda s: st.tuples(st.just(s), st.integers(0, sum(s.values())))))
def test_unless_a_stratum_is_lifted_to_one_it_is_the_method_of_largest_remainders(
    asked: tuple[dict[str, int], int],
) -> None:
    strata, size = asked
    hamilton = largest_remainders(strata, size)
    if size < len(strata) or all(hamilton.values()):
        assert allocate(strata, size) == hamilton


@pytest.mark.parametrize(
    ("strata", "size", "expected"),
    [
        ({"a": 50, "b": 30, "c": 20}, 10, {"a": 5, "b": 3, "c": 2}),
        ({"a": 47, "b": 16, "c": 37}, 10, {"a": 5, "b": 1, "c": 4}),
        ({"a": 98, "b": 1, "c": 1}, 3, {"a": 1, "b": 1, "c": 1}),
        ({"a": 98, "b": 1, "c": 1}, 2, {"a": 2, "b": 0, "c": 0}),
        ({"b": 5, "a": 5}, 1, {"a": 1, "b": 0}),
        ({}, 0, {}),
    ],
)
def test_allocations_worked_by_hand(
    strata: dict[str, int], size: int, expected: dict[str, int]
) -> None:
    assert allocate(strata, size) == expected


def test_what_cannot_be_drawn_is_an_error_with_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"^13 cases cannot be drawn from a frame of 12$"):
        draw(REGISTER, 13, 0, SEED)
    with pytest.raises(ValueError, match=r"^-1 cases cannot be drawn from a frame of 12$"):
        draw(REGISTER, -1, 0, SEED)
    with pytest.raises(ValueError, match=r"^-1 reserves cannot be drawn$"):
        draw(REGISTER, 1, -1, SEED)
    with pytest.raises(ValueError, match="a number stands twice in the register"):
        draw([Entry(1), Entry(1, "north")], 1, 0, SEED)
    with pytest.raises(ValueError, match=r"^3 cases cannot be drawn from a frame of 2$"):
        allocate({"a": 2}, 3)


# Second readings.


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.5, 1.0])
def test_the_share_of_second_readings_comes_out(share: float) -> None:
    chosen = sum(double_read(SEED, f"case {n}", share) for n in range(4_000))
    assert binomtest(chosen, 4_000, share).pvalue > SURPRISING


def test_a_second_reading_is_the_hash_as_a_fraction() -> None:
    digest = sha256(b"Area 2026|second reading|C-014").hexdigest()
    fraction = int(digest, 16) / 2**256
    assert double_read(SEED, "C-014", fraction + 1e-9)
    assert not double_read(SEED, "C-014", fraction - 1e-9)


@given(seeds, st.text(max_size=8), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_keeps_every_case_of_a_smaller(
    seed: str, reference: str, one: float, other: float
) -> None:
    if double_read(seed, reference, min(one, other)):
        assert double_read(seed, reference, max(one, other))


def test_being_drawn_first_does_not_make_a_second_reading_likelier() -> None:
    register = [Entry(number) for number in range(1, 4_001)]
    sample = numbers_of(draw(register, 800, 0, SEED))
    chosen = sum(double_read(SEED, number, 0.2) for number in sample)
    assert binomtest(chosen, 800, 0.2).pvalue > SURPRISING


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_what_is_no_share_is_an_error(share: float) -> None:
    with pytest.raises(ValueError, match="is not a share between 0 and 1"):
        double_read(SEED, "C-014", share)


# Coverage.

LISTED = pl.DataFrame(
    [
        (1, "female", "no", "white", "yes"),
        (2, "female", "yes", "white", None),
        (3, "male", "not_recorded", "black", "no"),
        (4, "female", "no", None, "no"),
    ],
    FRAME,
    orient="row",
)
COLUMNS = ["characteristic", "value", "frame", "drawn", "read", "uncovered"]


def rows(frame: pl.DataFrame, characteristic: str) -> list[tuple[object, ...]]:
    return frame.filter(pl.col("characteristic") == characteristic).drop("characteristic").rows()


def test_a_sample_without_boys_is_seen_while_there_is_time() -> None:
    covered = coverage(LISTED, [1, 2])
    assert covered.columns == COLUMNS
    assert rows(covered, "sex") == [("female", 3, 2, None, False), ("male", 1, 0, None, True)]
    assert rows(covered, "disability") == [
        ("no", 2, 1, None, False),
        ("not_recorded", 1, 0, None, True),
        ("yes", 1, 1, None, False),
    ]


def test_once_reading_began_it_is_what_was_read_that_counts() -> None:
    covered = coverage(LISTED, [1, 3], [1])
    assert rows(covered, "sex") == [("female", 3, 1, 1, False), ("male", 1, 1, 0, True)]
    assert rows(coverage(LISTED, [1, 3], []), "sex")[0] == ("female", 3, 1, 0, True)


def test_what_is_not_in_the_agencys_list_is_counted_but_never_called_uncovered() -> None:
    covered = coverage(LISTED, [1, 3])
    assert rows(covered, "in_care")[-1] == (None, 1, 0, None, False)
    assert rows(covered, "ethnicity")[-1] == (None, 1, 0, None, False)


def test_every_characteristic_adds_up_to_the_frame_the_sample_and_what_was_read() -> None:
    covered = coverage(LISTED, {1, 2, 99}, {2, 98})
    sums = covered.group_by("characteristic", maintain_order=True).agg(
        pl.col("frame", "drawn", "read").sum()
    )
    assert sums.rows() == [(name, 4, 2, 1) for name in CHARACTERISTICS]


def test_an_empty_frame_has_nothing_to_cover() -> None:
    assert coverage(pl.DataFrame(schema=FRAME), []).is_empty()
