"""The codes of one place: found to the end, however many followed, and by everybody alike."""

from collections.abc import Iterator

import pytest

from data_model.database import Database, open_database
from inspect_app.services import comparing, people
from inspect_app.services.national_places import Places, other_codes

COUNTY, COUNCIL, TODAY = "E10000022", "E06000048", "E06000057"
"""Northumberland: a county council until 2009, one council from then, with a new code from 2013."""


@pytest.fixture(scope="module", params=["sqlite_samples", "postgres_samples"])
def held(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The samples themselves, to be read only, on each kind of database that we support."""
    database = open_database(request.getfixturevalue(request.param).url)
    yield database
    database.close()


def test_other_codes_are_followed_to_the_end_nearest_first() -> None:
    takeovers = [
        ("a", "b", "replaced"), ("b", "c", "recode"), ("c", "d", "split"), ("e", "b", "merger"),
    ]  # fmt: skip
    assert other_codes(takeovers, "a") == ["b", "c"]
    assert other_codes(takeovers, "c") == ["b", "a"]
    assert other_codes(takeovers, "d") == other_codes(takeovers, "e") == []


def test_northumberland_is_the_same_place_under_its_three_codes(held: Database) -> None:
    material = comparing.material(TODAY, by=people.sign_in("samira-publisher", held))
    assert comparing.same_place(material.takeovers, COUNTY) == {COUNCIL, TODAY}
    assert comparing.same_place(material.takeovers, TODAY) == {COUNCIL, COUNTY}
    assert comparing.standing_for(material, TODAY, {COUNTY, "E06000047"}) == COUNTY
    assert comparing.standing_for(material, TODAY, {COUNTY, COUNCIL}) == COUNCIL
    assert comparing.standing_for(material, TODAY, {"E06000047"}) is None


def test_what_is_taken_in_and_what_is_compared_are_found_under_the_same_codes(
    held: Database,
) -> None:
    material = comparing.material(TODAY, by=people.sign_in("samira-publisher", held))
    with held.reading() as session:
        places = Places(session)
    for code in places.by_code:
        assert set(places.also(code)) == comparing.same_place(material.takeovers, code), code
    assert places.also(COUNTY) == [COUNCIL, TODAY]
