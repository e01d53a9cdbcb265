"""The invented area's returns are long enough for control charts, and each has its own story."""

from collections.abc import Iterator

import pytest

from data_model.database import Database, open_database
from data_model.vocabulary import ReturnStatus, Symbol
from inspect_app.services import people, returns, scorecards, series
from inspect_app.services.sample_earlier_returns import earlier
from inspect_app.services.series import Series
from metrics.variation import Kind, Variation
from metrics.variation_words import COARSE
from tests.support.samples import Template

ALDERMERE = "X06000001"
QUARTERS = 14
SHOWS = {
    "cse-meetings-held": (Kind.XMR, Variation.COMMON_CAUSE),
    "missing-incidents": (Kind.XMR, Variation.COMMON_CAUSE),
    "missing-referred": (Kind.P, Variation.COMMON_CAUSE),
    "rhi-offered": (Kind.P, Variation.IMPROVEMENT),
    "assessments-in-time": (Kind.P, Variation.IMPROVEMENT),
    "rhi-in-time-of-referred": (Kind.P, Variation.CONCERN),
    "disability-not-recorded-victims": (Kind.P, Variation.COMMON_CAUSE),
}


@pytest.fixture(scope="module")
def loaded(sqlite_samples: Template) -> Iterator[Database]:
    """The samples themselves, to be read only."""
    database = open_database(sqlite_samples.url)
    yield database
    database.close()


@pytest.fixture(scope="module")
def held(loaded: Database) -> dict[str, Series]:
    """The series of the invented area, as its board sees them."""
    board = people.sign_in("patrick-board", loaded)
    found = series.all_of(scorecards.history(ALDERMERE, by=board))
    return {each.key.indicator: each for each in found}


@pytest.mark.parametrize("indicator", SHOWS)
def test_each_series_shows_what_it_is_there_to_show(
    held: dict[str, Series], indicator: str
) -> None:
    found = held[indicator]
    assert found.figures > QUARTERS
    assert found.chart is not None
    assert (found.chart.kind, found.chart.variation) == SHOWS[indicator]


def test_a_break_in_the_middle_leaves_limits_before_it_and_none_after(
    held: dict[str, Series],
) -> None:
    flags = held["cse-flags"]
    assert [group.figures for group in flags.runs] == [12, 3]
    assert [limit is not None for limit in flags.limits] == [True] * 12 + [False] * 3


def test_numbers_too_small_for_limits_have_none_and_say_so(held: dict[str, Series]) -> None:
    notices = held["cawn-on-children"]
    assert notices.chart is not None
    assert notices.chart.groups[-1].coarse
    assert notices.limits[-1] is None
    assert notices.marks == ()
    assert f"{COARSE}." in notices.said


@pytest.mark.parametrize(
    ("indicator", "signs", "target"),
    [
        ("rhi-offered", ["H", "F"], "100%, set by statutory guidance in England (G.5 para 25)"),
        ("assessments-in-time", ["H", "F"], "90%, set by Tower Hamlets for itself (F.4 para 30)"),
        ("rhi-in-time-of-referred", ["L", "F"], "100%, set by statutory guidance in England (G.5"),
    ],
)
def test_both_marks_stand_beside_a_series_with_a_target(
    held: dict[str, Series], indicator: str, signs: list[str], target: str
) -> None:
    found = held[indicator].marks
    assert [mark.sign for mark in found] == signs
    assert target in found[-1].words


def test_every_earlier_return_is_approved_and_none_is_published(loaded: Database) -> None:
    listed = returns.listed(by=people.sign_in("patrick-board", loaded))
    before = [each for each in listed if each.quarter < "2026-Q3"]
    assert len(before) == 2 * QUARTERS
    assert {each.status for each in before} == {ReturnStatus.APPROVED}


def test_what_was_not_collected_then_has_a_mark_and_never_a_number() -> None:
    rows = earlier()["2024-Q1", "aldermere-council"]
    marked = [row for row in rows if row["mark"]]
    assert {row["mark"] for row in marked} == {str(Symbol.NOT_AVAILABLE)}
    assert {row["numerator"] + row["denominator"] for row in marked} == {""}
    assert all(row["numerator"] for row in rows if not row["mark"])
    assert {row["indicator"] for row in marked if not row["breakdown"]} >= {"cse-referrals"}
