"""Authorities side by side: funnels, regions and small multiples of what the person may see."""

import re
from collections.abc import Iterator

import polars as pl
import pytest

from data_model.database import Database, open_database
from data_model.vocabulary import AreaKind
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import (
    comparing,
    comparing_areas,
    comparing_over_time,
    comparing_regions,
    people,
)
from inspect_app.services.comparing_areas import BY_ITSELF, CANNOT_BE_SAID, Among
from inspect_app.services.comparing_over_time import Panel
from inspect_app.services.comparing_regions import RegionRow
from metrics.funnel import Funnel, NoFunnel, Place
from metrics.outcome import Count, NoNumber, Rate, Share
from tests.support.cast import ADMINISTRATOR
from tests.support.comparing import (
    ALDERMERE,
    BRACKENSHIRE,
    BRISTOL,
    DURHAM,
    FACTOR,
    INCIDENTS,
    MISSING,
    REPEAT,
    TAMESIDE,
    WARWICKSHIRE,
    Told,
    measure,
    row,
    side_by_side,
    to_march,
)

BARNSLEY, BARNSLEY_TODAY = "E08000016", "E08000038"
CUMBRIA, CUMBERLAND = "E10000006", "E06000063"
NORTH_YORKSHIRE, NORTH_YORKSHIRE_TODAY = "E10000023", "E06000065"
ALDERMERES_OWN = "patrick-board"


@pytest.fixture(scope="module", params=["sqlite_samples", "postgres_samples"])
def held(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The samples themselves, to be read only, on each kind of database that we support."""
    database = open_database(request.getfixturevalue(request.param).url)
    yield database
    database.close()


@pytest.fixture
def told(held: Database) -> Told:
    """Sign a person of the samples in."""
    return lambda code: people.sign_in(code, held)


@pytest.mark.parametrize("area", [DURHAM, BRISTOL, WARWICKSHIRE, TAMESIDE])
def test_every_authority_of_a_year_stands_in_one_funnel(told: Told, area: str) -> None:
    found = side_by_side(area, FACTOR, 2025, told(ALDERMERES_OWN))
    assert isinstance(found.funnel, Funnel)
    assert len(found.rows) == len(found.funnel.areas) == 153
    assert [each.area.code for each in found.rows if each.own] == [area]
    assert row(found, area).area.label in found.said
    assert found.sources == (
        "Department for Education, Children in need 2025, table C3; ONS mid-year estimates",
    )


def test_the_pooled_rate_is_that_of_all_authorities_together(told: Told) -> None:
    found = side_by_side(DURHAM, FACTOR, 2025, told(ALDERMERES_OWN))
    assert isinstance(found.funnel, Funnel)
    figures = [each.outcome for each in found.rows if isinstance(each.outcome, Rate)]
    assert found.funnel.target.count == sum(figure.count for figure in figures)
    assert found.funnel.target.out_of == sum(figure.out_of for figure in figures)
    assert row(found, DURHAM).outcome == Rate(122, 100_432, 10_000)


def test_authorities_are_by_name_and_nothing_is_ranked(told: Told) -> None:
    found = side_by_side(DURHAM, FACTOR, 2025, told(ALDERMERES_OWN))
    names = [each.area.name for each in found.rows]
    assert names == sorted(names)
    said = " ".join([found.said, *found.notes, *(each.says for each in found.rows)])
    assert not re.search(r"\brank|\b(best|worst|highest|lowest)\b|\d(st|nd|rd|th)\b", said)


def test_who_is_outside_the_limits_is_told_and_everybody_else_is_inside_or_unsaid(
    told: Told,
) -> None:
    found = side_by_side(DURHAM, FACTOR, 2025, told(ALDERMERES_OWN))
    outside = {each.area.name for each in found.outside}
    assert {"Blackpool", "Essex"} <= outside
    assert "County Durham" not in outside
    assert row(found, DURHAM).says == "Inside the limits"
    blackpool = next(each for each in found.rows if each.area.name == "Blackpool")
    assert (blackpool.place, blackpool.says) == (
        Place.HIGH_998,
        "Outside: above the 99.8% limit",
    )


def test_withheld_and_not_applicable_are_listed_and_counted_and_never_zero(told: Told) -> None:
    found = side_by_side(DURHAM, REPEAT, 2024, told(ALDERMERES_OWN))
    assert dict(found.missing) == {
        "Withheld to protect children": 2,
        "A count without what it is out of": 2,
        "Not applicable": 1,
    }
    assert found.with_figure == len(found.rows) - 5
    marks = [each for each in found.rows if isinstance(each.outcome, NoNumber | Count)]
    assert len(marks) == 5
    assert {each.says for each in marks} == {CANNOT_BE_SAID}
    assert all(each.bounds is None for each in marks)
    assert isinstance(found.funnel, Funnel)
    assert len(found.funnel.left_out) == 5


def test_a_count_by_itself_is_listed_and_compared_with_nothing(told: Told) -> None:
    found = side_by_side(TAMESIDE, INCIDENTS, 2024, told(ALDERMERES_OWN))
    assert found.funnel == NoFunnel(BY_ITSELF, ())
    assert (found.said, row(found, TAMESIDE).outcome) == ("Tameside: 1,159.", Count(1159))
    assert len(found.rows) == 153


def test_with_fewer_than_ten_figures_there_is_a_table_and_no_funnel(told: Told) -> None:
    found = side_by_side("E06000018", MISSING, 2024, told(ALDERMERES_OWN), Among.REGION)
    assert len(found.rows) == 10
    assert isinstance(found.funnel, NoFunnel)
    assert found.funnel.why == (
        "Too few areas to say who differs by more than chance: 9 of 10 areas have a figure, and a "
        "funnel takes 10."
    )
    assert {each.says for each in found.rows} == {CANNOT_BE_SAID}
    assert row(found, "E06000018").bounds is not None


@pytest.mark.parametrize(("among", "areas"), [(Among.REGION, 12), (Among.NEIGHBOURS, 11)])
def test_an_authority_is_among_its_region_or_its_neighbours(
    told: Told, among: Among, areas: int
) -> None:
    found = side_by_side(DURHAM, FACTOR, 2025, told(ALDERMERES_OWN), among)
    assert len(found.rows) == areas
    assert row(found, DURHAM).own
    assert isinstance(found.funnel, Funnel)
    assert len(found.funnel.areas) == areas


def test_an_authority_stands_beside_its_neighbours_pooled_with_an_interval(told: Told) -> None:
    found = side_by_side(DURHAM, FACTOR, 2025, told(ALDERMERES_OWN), Among.NEIGHBOURS)
    own = row(found, DURHAM).outcome
    others = [each.outcome for each in found.rows if not each.own]
    assert isinstance(own, Rate)
    pooled = sum(each.count for each in others if isinstance(each, Rate))
    assert found.beside is not None
    assert found.beside.startswith(
        f"County Durham: 122 of 100,432 (12.1 per 10,000) against {pooled}"
    )
    assert "pooled from 10 of 10 statistical neighbours" in found.beside
    assert "so they cannot be told apart." in found.beside
    assert side_by_side(DURHAM, FACTOR, 2025, told(ALDERMERES_OWN)).beside is None
    counts = side_by_side(DURHAM, INCIDENTS, 2024, told(ALDERMERES_OWN), Among.NEIGHBOURS)
    assert counts.beside is None


def test_a_neighbour_that_was_not_there_yet_is_said_not_to_have_been(told: Told) -> None:
    found = side_by_side("E06000047", FACTOR, 2020, told(ALDERMERES_OWN), Among.NEIGHBOURS)
    assert any("Barnsley has another code" in note for note in found.notes)
    nation = side_by_side("E06000047", FACTOR, 2020, told(ALDERMERES_OWN))
    assert nation.notes == ()


def test_a_figure_from_a_return_that_is_not_published_says_so(told: Told) -> None:
    held = comparing.material(ALDERMERE, by=told("samira-publisher"))
    asked = comparing.measures(held)[0]
    found = comparing_areas.compared(held, asked, asked.periods[0], Among.NATION)
    stated = held.of(asked, asked.periods[0])
    assert {each.area.code for each in found.rows if each.returned} == {
        code for code, figure in stated.items() if not figure["published"]
    }
    national = side_by_side(DURHAM, FACTOR, 2025, told("samira-publisher"))
    assert not any(each.returned for each in national.rows)


def test_a_group_that_an_authority_is_not_in_is_refused(told: Told) -> None:
    held = comparing.material(ALDERMERE, by=told("samira-publisher"))
    asked = comparing.measures(held)[0]
    with pytest.raises(Refusal, match="no such group of authorities"):
        comparing_areas.compared(held, asked, asked.periods[0], Among.NEIGHBOURS)


def test_an_authority_with_a_new_code_is_found_under_its_old_one_and_that_is_said(
    told: Told,
) -> None:
    found = side_by_side(BARNSLEY_TODAY, FACTOR, 2025, told(ALDERMERES_OWN))
    assert row(found, BARNSLEY).own
    assert not any(each.area.code == BARNSLEY_TODAY for each in found.rows)
    assert any("Barnsley has another code since 1 May 2025" in note for note in found.notes)
    neighbours = side_by_side(DURHAM, FACTOR, 2025, told(ALDERMERES_OWN), Among.NEIGHBOURS)
    assert row(neighbours, BARNSLEY).area.label == "Barnsley (until 30 April 2025)"


def test_a_divided_authority_is_not_compared_with_those_that_came_after(told: Told) -> None:
    before = side_by_side(CUMBERLAND, FACTOR, 2020, told(ALDERMERES_OWN))
    assert not any(each.own for each in before.rows)
    assert not any(each.area.code == CUMBERLAND for each in before.rows)
    assert before.said == "Cumberland was not there in this period, or has no figure in it."
    assert before.notes == (
        "Cumberland took over from Cumbria on 1 April 2023, for another area. The county was "
        "divided into two authorities. The figures of one are not compared with those of the "
        "other.",
    )
    after = side_by_side(CUMBERLAND, FACTOR, 2025, told(ALDERMERES_OWN))
    assert not any(each.area.code == CUMBRIA for each in after.rows)


def test_a_figure_under_the_code_of_a_later_authority_says_so_and_counts_once(told: Told) -> None:
    found = side_by_side(DURHAM, MISSING, 2020, told(ALDERMERES_OWN))
    assert not any(each.area.code == NORTH_YORKSHIRE for each in found.rows)
    assert row(found, NORTH_YORKSHIRE_TODAY).remark == (
        "Published under today's code: the authority of the day was North Yorkshire (until 31 "
        "March 2023), the same area."
    )


def test_every_period_counts_each_area_once(told: Told) -> None:
    held = comparing.material(DURHAM, by=told(ALDERMERES_OWN))
    for asked in comparing.measures(held):
        for period in asked.periods:
            codes = set(comparing.members(held, asked, period))
            for code in codes:
                assert not codes & comparing.same_place(held.takeovers, code), (asked.key, code)


def test_what_is_not_published_is_for_those_who_may_see_it(told: Told) -> None:
    publisher = comparing.material(ALDERMERE, by=told("samira-publisher"))
    areas = set(publisher.figures.get_column("area"))
    assert {ALDERMERE, BRACKENSHIRE} <= areas
    board = comparing.material(ALDERMERE, by=told(ALDERMERES_OWN))
    unseen = board.figures.filter(pl.col("area") == BRACKENSHIRE)
    assert unseen.filter(~pl.col("published")).is_empty()
    assert board.figures.filter(pl.col("area") == ALDERMERE).height
    stranger = comparing.material(ALDERMERE, by=told("harpreet-director"))
    assert stranger.figures.filter(~pl.col("published") & (pl.col("area") == ALDERMERE)).is_empty()


def test_real_and_invented_places_and_two_nations_are_never_together(told: Told) -> None:
    for area in (DURHAM, ALDERMERE, "W06000015", "X06000003"):
        held = comparing.material(area, by=told("samira-publisher"))
        assert {place.invented for place in held.places.values()} == {held.area.invented}
        assert {place.nation for place in held.places.values()} == {held.area.nation}
        kinds = {place.kind for place in held.places.values()}
        assert kinds <= {AreaKind.LOCAL_AUTHORITY, AreaKind.REGION}


def test_a_police_force_area_is_no_authority(told: Told) -> None:
    with pytest.raises(Refusal, match="is no local authority"):
        comparing.material("E23000008", by=told(ALDERMERES_OWN))
    with pytest.raises(NotFound, match="no area 'Nowhere'"):
        comparing.material("Nowhere", by=told(ALDERMERES_OWN))


def test_whoever_may_not_read_scorecards_compares_nothing(told: Told) -> None:
    with pytest.raises(NotAllowed):
        comparing.material(DURHAM, by=told(ADMINISTRATOR))


def regions(told: Told, area: str, key: str, year: int) -> dict[str, RegionRow]:
    """Return the regions of a year to March, by name."""
    held = comparing.material(area, by=told(ALDERMERES_OWN))
    asked = measure(held, key)
    found = comparing_regions.compared(held, asked, to_march(asked, year))
    assert found is not None
    return {each.region.name: each for each in found.rows}


def test_a_region_is_the_sum_of_its_authorities_beside_what_was_published(told: Told) -> None:
    north_east = regions(told, DURHAM, FACTOR, 2025)["North East"]
    assert (north_east.own, north_east.authorities) == (True, 12)
    assert north_east.pooled == Rate(624, 542_710, 10_000)
    assert north_east.published == Rate(620, 542_710, 10_000)
    assert north_east.bounds is not None
    assert north_east.bounds.low < north_east.pooled.rate < (north_east.bounds.high or 0)


def test_a_region_with_an_authority_missing_is_not_added_up(told: Told) -> None:
    found = regions(told, DURHAM, REPEAT, 2024)
    london = found["London"]
    assert (london.pooled, london.bounds) == (None, None)
    assert london.missing == (("City of London", "withheld to protect children"),)
    assert isinstance(london.published, Share)
    rutland = dict(found["East Midlands"].missing)["Rutland"]
    assert rutland == "0, and out of how many is not published"


def test_an_authority_is_held_against_the_rest_of_its_region_only_when_all_are_there(
    told: Told,
) -> None:
    for area, key, year, said in (
        (DURHAM, FACTOR, 2025, "pooled from 11 of 11 other authorities of North East: 1.07 times"),
        (BRISTOL, REPEAT, 2024, "without a number there is Isles of Scilly."),
        (CUMBERLAND, FACTOR, 2020, "Cumberland has no figure, or no region"),
    ):
        held = comparing.material(area, by=told(ALDERMERES_OWN))
        asked = measure(held, key)
        found = comparing_regions.compared(held, asked, to_march(asked, year))
        assert found is not None
        assert said in found.said


def test_counts_by_themselves_are_not_added_up_by_region(told: Told) -> None:
    held = comparing.material(DURHAM, by=told(ALDERMERES_OWN))
    asked = measure(held, INCIDENTS)
    assert comparing_regions.compared(held, asked, to_march(asked, 2024)) is None


def panels(told: Told, area: str, key: str) -> tuple[Panel, ...]:
    """Return the small charts of an area and its neighbours."""
    me = told(ALDERMERES_OWN)
    held = comparing.material(area, by=me)
    return comparing_over_time.panels(held, measure(held, key), by=me)


def test_each_neighbour_has_its_own_series_and_the_area_comes_first(told: Told) -> None:
    found = panels(told, DURHAM, FACTOR)
    assert len(found) == 11
    assert [each.own for each in found] == [True, *[False] * 10]
    names = [each.area.name for each in found[1:]]
    assert names == sorted(names)
    assert all(each.series and each.series.figures == 8 for each in found)
    assert all(each.series and each.series.breaks for each in found)


def test_a_neighbour_with_a_new_code_has_its_series_and_that_is_said(told: Told) -> None:
    barnsley = next(each for each in panels(told, DURHAM, FACTOR) if each.area.name == "Barnsley")
    assert barnsley.area.code == BARNSLEY_TODAY
    assert barnsley.series is not None
    assert barnsley.series.key.area == BARNSLEY
    assert "has another code since 1 May 2025" in barnsley.notes[0]


def test_no_series_joins_an_authority_with_those_that_it_was_divided_from(told: Told) -> None:
    own = panels(told, CUMBERLAND, FACTOR)[0]
    assert own.series is not None
    assert [point.end.year for point in own.series.points] == [2024, 2025]
    assert "not compared with those of the other" in own.notes[0]
