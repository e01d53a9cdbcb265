"""Two periods of one area: the difference with its interval, and nothing across a break."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from data_model.database import Database, open_database
from data_model.vocabulary import Symbol
from inspect_app.errors import NotFound, Refusal
from inspect_app.services import comparing_periods, people
from inspect_app.services.comparing_periods import BY_ITSELF, REFUSED
from inspect_app.services.series import Series
from inspect_app.signed_in import SignedIn
from metrics.neighbours import Apart
from metrics.outcome import Count, NoNumber, Rate, Share
from tests.support.comparing import DURHAM, FACTOR, INCIDENTS, MISSING

ENDS = {year: f"{year}-03-31" for year in range(2018, 2026)}


@pytest.fixture(scope="module", params=["sqlite_samples", "postgres_samples"])
def me(request: pytest.FixtureRequest) -> Iterator[SignedIn]:
    """A board member of another area, on each kind of database that we support."""
    database: Database = open_database(request.getfixturevalue(request.param).url)
    yield people.sign_in("patrick-board", database)
    database.close()


def of(me: SignedIn, indicator: str) -> Series:
    """Return Durham's series of an indicator."""
    offered = comparing_periods.offered(DURHAM, by=me)
    return next(each for each in offered if each.key.indicator == indicator)


def test_two_shares_have_their_difference_with_newcombes_interval(me: SignedIn) -> None:
    found = comparing_periods.compared(of(me, MISSING), ENDS[2023], ENDS[2024])
    assert isinstance(found.before.outcome, Share)
    assert (found.before.outcome.count, found.before.outcome.out_of) == (143, 1427)
    assert found.difference == "+0.7 points (-1.5 to +2.9)"
    assert found.verdict.startswith("Not shown:")
    assert found.found is not None
    assert found.found.verdict is Apart.NOT_APART
    assert found.before.bounds is not None
    assert found.before.bounds.method == "Wilson 95%"


def test_a_difference_that_chance_does_not_explain_is_shown(me: SignedIn) -> None:
    found = comparing_periods.compared(of(me, FACTOR), ENDS[2024], ENDS[2025])
    assert (found.before.outcome, found.after.outcome) == (
        Rate(168, 99_969, 10_000),
        Rate(122, 100_432, 10_000),
    )
    assert found.verdict.startswith("Shown: lower than before")
    assert found.difference == "0.72 times as high (0.57 to 0.92)"


def test_periods_are_put_in_order_whichever_is_chosen_first(me: SignedIn) -> None:
    held = of(me, FACTOR)
    assert comparing_periods.compared(held, ENDS[2025], ENDS[2024]) == comparing_periods.compared(
        held, ENDS[2024], ENDS[2025]
    )


def test_nothing_is_reckoned_across_a_break_and_both_sides_are_still_shown(me: SignedIn) -> None:
    found = comparing_periods.compared(of(me, FACTOR), ENDS[2021], ENDS[2022])
    assert (found.found, found.difference) == (None, None)
    assert found.verdict == REFUSED
    assert [each.why.partition(" is ")[0] for each in found.breaks] == [
        "Child criminal exploitation"
    ]
    assert (found.before.outcome, found.after.outcome) == (
        Rate(281, 99_208, 10_000),
        Rate(280, 98_961, 10_000),
    )
    assert found.before.bounds is not None


@pytest.mark.parametrize(("one", "other"), [(2018, 2021), (2022, 2025)])
def test_on_one_side_of_a_break_periods_are_compared(me: SignedIn, one: int, other: int) -> None:
    found = comparing_periods.compared(of(me, FACTOR), ENDS[one], ENDS[other])
    assert found.breaks == ()
    assert found.difference is not None


def test_counts_by_themselves_are_shown_and_not_compared(me: SignedIn) -> None:
    found = comparing_periods.compared(of(me, INCIDENTS), ENDS[2023], ENDS[2024])
    assert (found.before.outcome, found.after.outcome) == (Count(996), Count(1321))
    assert (found.verdict, found.difference) == (BY_ITSELF, None)


def test_a_period_without_a_number_is_not_compared_and_says_which(me: SignedIn) -> None:
    held = of(me, MISSING)
    gap = replace(held.points[-1], outcome=NoNumber(Symbol.WITHHELD))
    found = comparing_periods.compared(
        replace(held, points=(*held.points[:-1], gap)), ENDS[2023], ENDS[2024]
    )
    assert found.verdict == (
        "Cannot be said: there is no number in Year to 31 March 2024 (withheld to protect "
        "children)."
    )
    assert found.after.bounds is None


def test_one_period_twice_is_refused_and_an_unknown_one_not_found(me: SignedIn) -> None:
    held = of(me, MISSING)
    with pytest.raises(Refusal, match="the same"):
        comparing_periods.compared(held, ENDS[2024], ENDS[2024])
    with pytest.raises(NotFound, match="no period to '2031-03-31'"):
        comparing_periods.compared(held, ENDS[2024], "2031-03-31")


def test_each_series_is_written_in_its_own_way(me: SignedIn) -> None:
    offered = comparing_periods.offered(DURHAM, by=me)
    assert len({comparing_periods.written(each) for each in offered}) == len(offered) > 3
    assert comparing_periods.written(of(me, FACTOR)) == f"{FACTOR}~{DURHAM}~year~3~rate"


def test_two_of_many_periods_are_said_to_be_two_of_many(me: SignedIn) -> None:
    found = comparing_periods.compared(of(me, FACTOR), ENDS[2024], ENDS[2025])
    assert found.caution.startswith("Two of 8 years are held against each other here.")
    assert (found.before.quarter, found.after.quarter) == ("2024-Q1", "2025-Q1")


def test_a_figure_from_before_an_authority_began_is_said_to_be_anothers(me: SignedIn) -> None:
    offered = comparing_periods.offered("E06000065", by=me)
    held = next(each for each in offered if each.key.indicator == MISSING)
    assert comparing_periods.compared(held, ENDS[2022], ENDS[2024]).note == (
        "North Yorkshire began on 1 April 2023: the figure of Year to 31 March 2022 under its code "
        "is that of the authority of the day."
    )
    assert comparing_periods.compared(of(me, MISSING), ENDS[2022], ENDS[2024]).note is None
