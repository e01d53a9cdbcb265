"""An area beside its statistical neighbours: pooled, with an interval, by name and never ranked."""

import re
from datetime import date

import pytest

from data_model.database import Database
from data_model.records import Area
from data_model.vocabulary import AreaKind, Nation
from inspect_app.errors import NotFound
from inspect_app.services import neighbour_view, people, scorecards, trail
from inspect_app.services.neighbour_view import NeighbourView
from inspect_app.signed_in import SignedIn
from metrics.neighbours import Apart
from metrics.outcome import NoNumber, Rate
from tests.support.looking import every_row_of

DURHAM, RUTLAND, ALDERMERE = "E06000047", "E06000017", "X06000001"
FACTOR = "cse-assessments-dfe"


@pytest.fixture
def me(database: Database) -> SignedIn:
    """A board member of another area."""
    return people.sign_in("patrick-board", database)


def _views(area: str, me: SignedIn, quarter: str | None = None) -> dict[str, NeighbourView]:
    held = neighbour_view.views(area, scorecards.history(area, quarter, by=me), by=me)
    return {view.indicator: view for view in held}


def test_an_area_stands_beside_its_neighbours_with_an_interval(me: SignedIn) -> None:
    view = _views(DURHAM, me)[FACTOR]
    assert (view.period, view.model) == ("Year to 31 March 2025", "2025")
    assert view.found.verdict is Apart.NOT_APART
    assert view.said == (
        "122 of 100,432 (12.1 per 10,000) against 402 of 376,529 (10.7 per 10,000), pooled from 9 "
        "of 10 statistical neighbours: 1.14 times as high (0.92 to 1.40), so they cannot be told "
        "apart."
    )


def test_the_area_is_not_among_those_that_it_is_held_against(me: SignedIn) -> None:
    view = _views(DURHAM, me)[FACTOR]
    others = [each.outcome for each in view.areas if not each.own]
    assert len(others) == 10
    counts = [outcome.count for outcome in others if isinstance(outcome, Rate)]
    assert view.found.others.count == sum(counts) == 402


def test_areas_are_by_name_and_nothing_is_ranked(me: SignedIn) -> None:
    for view in _views(DURHAM, me).values():
        names = [each.name for each in view.areas]
        assert names == sorted(names)
        assert [each.name for each in view.areas if each.own] == ["County Durham"]
        assert not re.search(r"\brank|\b(best|worst|highest|lowest)\b|\d(st|nd|rd|th)\b", view.said)


def test_a_neighbour_without_a_figure_is_shown_as_such(me: SignedIn) -> None:
    view = _views(DURHAM, me)[FACTOR]
    without = [each.name for each in view.areas if isinstance(each.outcome, NoNumber)]
    assert without == [name for name, _mark in view.found.left_out] == ["Barnsley"]


def test_the_newest_period_in_which_the_area_has_a_figure_is_compared(me: SignedIn) -> None:
    assert _views(RUTLAND, me)["missing-assessments-dfe"].period == "Year to 31 March 2023"
    assert _views(DURHAM, me, "2020-Q1")[FACTOR].period == "Year to 31 March 2020"


def test_a_count_by_itself_is_compared_with_nothing(me: SignedIn) -> None:
    assert "looked-after-missing-incidents-dfe" not in _views(DURHAM, me)


def test_an_invented_area_has_no_neighbours(me: SignedIn) -> None:
    assert _views(ALDERMERE, me) == {}


@pytest.mark.parametrize(
    ("area", "says"),
    [
        (ALDERMERE, "This area is invented, so the published model names no neighbours for it."),
        ("E23000008", "Durham is a police force area: the published model names neighbours of "
         "councils alone."),
        ("E92000001", "England is a nation: the published model names neighbours of councils "
         "alone."),
        ("W06000011", "Swansea is in Wales, and the published model is of England's councils "
         "alone."),
        ("E10000021", "Northamptonshire ended on 31 March 2021, so the model of 2025 names no "
         "neighbours for it. North Northamptonshire and West Northamptonshire took over from it."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_area_without_neighbours_says_why(me: SignedIn, area: str, says: str) -> None:
    assert neighbour_view.why_none(area, by=me) == says


def test_an_area_with_neighbours_has_nothing_to_say_of_their_lack(me: SignedIn) -> None:
    assert neighbour_view.why_none(DURHAM, by=me) is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_council_that_is_newer_than_the_model_says_so(database: Database, me: SignedIn) -> None:
    by = people.operator(database)
    with every_row_of(database).recording() as session:
        session.add(
            Area(
                code="E06000099", name="Newshire", kind=AreaKind.LOCAL_AUTHORITY,
                nation=Nation.ENGLAND, started_on=date(2026, 4, 1),
            )
        )  # fmt: skip
        trail.note(session, by, "area.begun", "E06000099")
    assert neighbour_view.why_none("E06000099", by=me) == (
        "The model of 2025 has no row for Newshire, which began on 1 April 2026."
    )


def test_an_unknown_area_is_refused(me: SignedIn) -> None:
    with pytest.raises(NotFound, match="no area 'Nowhere'"):
        neighbour_view.views("Nowhere", [], by=me)


def test_a_line_finds_its_own_comparison(me: SignedIn) -> None:
    lines = scorecards.history(DURHAM, by=me)
    held = neighbour_view.views(DURHAM, lines, by=me)
    line = next(line for line in lines if line.indicator == FACTOR)
    found = neighbour_view.of_line(held, line)
    assert found is not None
    assert found.indicator == FACTOR
    other = next(each for each in lines if each.area.code != DURHAM)
    assert neighbour_view.of_line(held, other) is None
