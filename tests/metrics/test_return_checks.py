"""Looking at a return: each stage finds what it is for, and never passes what it could not see."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from data_model.vocabulary import Stage, Verdict
from metrics.return_checks import SURPRISING, look
from metrics.return_values import Asked, Figure, Found

ASKED = Asked(
    "offered", "Interviews offered", out_of=True, apart={"victim_sex": ("female", "male")}
)
EIGHT = [Figure(60 + n, 100) for n in range(8)]


def looks(sent: Figure | None, **more: object) -> dict[str, Found]:
    """Return every look at one figure, by its key."""
    told: dict[str, object] = {"history": {}, "neighbours": {}, **more}
    figures = {"offered": sent} if sent else {}
    return {each.key: each for each in look(figures, (ASKED,), **told)}  # type: ignore[arg-type]


WHOLE = Figure(60, 100, parts={("victim_sex", "female"): 40, ("victim_sex", "male"): 20})


def test_a_whole_return_is_looked_at_in_every_stage_in_order() -> None:
    found = look({"offered": WHOLE}, (ASKED,), {"offered": EIGHT}, {"offered": EIGHT})
    assert [each.stage for each in found] == [
        Stage.COMPLETE,
        Stage.CONSISTENT,
        Stage.CONSISTENT,
        Stage.PLAUSIBLE,
        Stage.PLAUSIBLE,
    ]
    assert {each.looked for each in found} == {Verdict.NOTHING}


@pytest.mark.parametrize(
    ("sent", "key", "says"),
    [
        (None, "offered missing", "neither a number nor a mark"),
        (Figure(None), "offered missing", "neither a number nor a mark"),
        (Figure(3), "offered out of", "what it is out of is not given"),
        (Figure(3, 5), "offered by victim_sex", "female, male not given"),
        (Figure(6, 5), "offered part of whole", "6 is more than the 5 it is out of"),
        (
            Figure(3, 5, parts={("victim_sex", "female"): 1, ("victim_sex", "male"): 1}),
            "offered sum by victim_sex",
            "the parts sum to 2, the whole is 3",
        ),
    ],
)
def test_what_is_missing_or_does_not_fit_is_found(sent: Figure, key: str, says: str) -> None:
    found = looks(sent)[key]
    assert found.looked is Verdict.FOUND
    assert says in found.says


def test_a_mark_is_an_answer_and_a_zero_needs_no_parts() -> None:
    marked = looks(Figure(None, mark="x"))
    assert {each.looked for each in marked.values()} == {Verdict.NOTHING}
    nothing = looks(Figure(0, 0))
    assert "offered by victim_sex" not in nothing


def test_what_cannot_be_checked_says_so_and_is_no_pass() -> None:
    marked_part = Figure(3, 5, parts={("victim_sex", "female"): 3, ("victim_sex", "male"): None})
    found = looks(marked_part, history={"offered": EIGHT[:3]})
    for key in (
        "offered sum by victim_sex",
        "offered against its history",
        "offered against its neighbours",
    ):
        assert found[key].looked is Verdict.NOT_CHECKED, key
    assert "it takes 4" in found["offered against its history"].says


@pytest.mark.parametrize(("number", "looked"), [(60, Verdict.NOTHING), (10, Verdict.FOUND)])
def test_a_share_is_held_against_its_history_by_fishers_exact_test(
    number: int, looked: Verdict
) -> None:
    found = looks(Figure(number, 100), history={"offered": EIGHT})["offered against its history"]
    yes, whole = sum(f.numerator or 0 for f in EIGHT), 800
    p_value = stats.fisher_exact([[number, 100 - number], [yes, whole - yes]]).pvalue
    assert bool(p_value < SURPRISING) == (looked is Verdict.FOUND)
    assert found.looked is looked


@pytest.mark.parametrize(("number", "looked"), [(12, Verdict.NOTHING), (40, Verdict.FOUND)])
def test_a_count_is_held_against_its_history_as_one_quarter_of_several(
    number: int, looked: Verdict
) -> None:
    before = [Figure(n) for n in (9, 11, 10, 12, 8)]
    found = looks(Figure(number), history={"offered": before})["offered against its history"]
    assert found.looked is looked
    assert f"{number} now; 8 to 12 in 5 earlier quarters" in found.says


@pytest.mark.parametrize(("number", "looked"), [(62, Verdict.NOTHING), (10, Verdict.FOUND)])
def test_a_share_is_held_against_the_neighbours_together(number: int, looked: Verdict) -> None:
    found = looks(Figure(number, 100), neighbours={"offered": EIGHT})
    beside = found["offered against its neighbours"]
    p_value = stats.fisher_exact([[number, 100 - number], [508, 800 - 508]]).pvalue
    assert bool(p_value < SURPRISING) == (looked is Verdict.FOUND)
    assert beside.looked is looked
    assert beside.says.endswith(f"{number} of 100; 508 of 800 among neighbours.")


NEAR = [Figure(30, children=40_000), Figure(20, children=20_000), Figure(90)]


@pytest.mark.parametrize(
    ("number", "looked"),
    [(17, Verdict.NOTHING), (40, Verdict.FOUND), (2, Verdict.FOUND), (0, Verdict.FOUND)],
)
def test_a_count_is_held_against_the_neighbours_by_the_children_who_live_there(
    number: int, looked: Verdict
) -> None:
    found = looks(Figure(number, children=20_000), neighbours={"offered": NEAR})
    beside = found["offered against its neighbours"]
    assert beside.looked is looked
    p_value = poisson_p(number, 20_000, 50, 60_000)
    assert bool(p_value < SURPRISING) == (looked is Verdict.FOUND)
    assert beside.says == (
        f"Interviews offered: {number} among 20,000 children; 50 among the 60,000 of 2 neighbours."
    )


def poisson_p(number: int, children: int, others: int, theirs: int) -> float:
    """Return the exact p-value of two Poisson rates, given their sum, term by term."""
    total, chance = number + others, children / (children + theirs)
    terms = [comb(total, n) * chance**n * (1 - chance) ** (total - n) for n in range(total + 1)]
    return sum(term for term in terms if term <= terms[number] * (1 + 1e-7))


@pytest.mark.parametrize(
    ("sent", "neighbours"),
    [
        (Figure(12), [Figure(99, children=50_000)]),
        (Figure(12, children=20_000), [Figure(99)]),
        (Figure(12, children=20_000), [Figure(99, 200, children=50_000)]),
    ],
)
def test_a_count_is_not_compared_where_no_population_is_kept_of_both(
    sent: Figure, neighbours: list[Figure]
) -> None:
    found = looks(sent, neighbours={"offered": neighbours})["offered against its neighbours"]
    assert found.looked is Verdict.NOT_CHECKED
    assert "It could not be checked: no population is kept" in found.says


def test_no_count_anywhere_is_no_surprise() -> None:
    none = [Figure(0, children=20_000)]
    found = looks(Figure(0, children=20_000), neighbours={"offered": none})
    assert found["offered against its neighbours"].looked is Verdict.NOTHING


OFFERED, ACCEPTED = "rhi-offered", "rhi-accepted"
KNOWN, BY_NETWORK = "cse-children-known", "cse-children-network"


@pytest.mark.parametrize(
    ("first", "second", "looked"),
    [
        (Figure(1, 3), Figure(3, 9), Verdict.NOTHING),
        (Figure(1, 2), Figure(3, 9), Verdict.FOUND),
        (Figure(None, mark="x"), Figure(3, 9), Verdict.NOT_CHECKED),
        (Figure(1, 3), None, Verdict.NOT_CHECKED),
    ],
)
@pytest.mark.parametrize("of_another_body", [True, False])
def test_figures_that_belong_together_are_held_together(
    first: Figure,
    second: Figure | None,
    looked: Verdict,
    of_another_body: bool,  # noqa: FBT001
) -> None:
    other = {OFFERED: second} if second else {}
    sent = {ACCEPTED: first, **({} if of_another_body else other)}
    found = look(sent, (), {}, {}, other if of_another_body else None)
    assert next(f for f in found if f.key == f"{ACCEPTED} and {OFFERED}").looked is looked


def test_a_rule_about_figures_of_another_body_alone_is_not_this_ones_to_answer() -> None:
    found = look({KNOWN: Figure(9)}, (), {}, {}, {ACCEPTED: Figure(1, 2), OFFERED: Figure(3, 9)})
    assert f"{ACCEPTED} and {OFFERED}" not in {each.key for each in found}
    assert f"{BY_NETWORK} and {KNOWN}" in {each.key for each in found}


def test_what_another_body_is_to_send_could_not_be_checked_until_its_return_is_in() -> None:
    sent = {"rhi-offered-of-reported": Figure(3, 9)}
    key = "rhi-offered-of-reported and missing-incidents"
    waiting = {"missing-incidents": "Mere and Bracken Police"}
    found = {each.key: each for each in look(sent, (), {}, {}, {}, waiting)}[key]
    assert found.looked is Verdict.NOT_CHECKED
    assert found.says.endswith(
        "This could not be checked until the return of Mere and Bracken Police is in."
    )
    here = {"missing-incidents": Figure(None, mark="x")}
    found = {each.key: each for each in look(sent, (), {}, {}, here)}[key]
    assert (found.looked, found.says.split(". ")[-1]) == (
        Verdict.NOT_CHECKED,
        "One of the two has no number here.",
    )


@given(st.lists(st.integers(0, 50), min_size=1, max_size=12), st.integers(0, 50))
def test_the_order_of_the_history_does_not_matter(before: list[int], number: int) -> None:
    one, other = (
        looks(Figure(number), history={"offered": [Figure(n) for n in order]})
        for order in (before, before[::-1])
    )
    key = "offered against its history"
    assert one[key].looked is other[key].looked
