"""A name means one area or is refused; a code always means its own."""

from collections.abc import Callable, Iterator

import pytest

from data_model.database import Database, open_database
from inspect_app.errors import NotFound, Refusal
from inspect_app.services import boards, late_returns, people, returns, scorecards
from inspect_app.services.reference import find_area
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of

COUNTY, FORCE, FORMER = "E06000047", "E23000008", "E10000010"
NAMED: dict[str, Callable[[str, SignedIn], object]] = {
    "scorecard": lambda name, by: scorecards.scorecard(name, by=by),
    "quarters": lambda name, by: scorecards.quarters(name, by=by),
    "series": lambda name, by: scorecards.series(name, "cse-flags", by=by),
    "history": lambda name, by: scorecards.history(name, by=by),
    "due": lambda name, by: late_returns.of_area(name, by=by),
    "decisions": lambda name, by: boards.decisions(name, by=by),
}


@pytest.fixture(scope="module", params=["sqlite_samples", "postgres_samples"])
def loaded(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The samples themselves, to be read only."""
    database = open_database(request.getfixturevalue(request.param).url)
    yield database
    database.close()


def found(database: Database, wanted: str) -> str:
    """Return the code of the area that is found."""
    with every_row_of(database).reading() as session:
        return find_area(session, wanted).code


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (COUNTY, COUNTY),
        (FORCE.lower(), FORCE),
        (FORMER, FORMER),
        (" County Durham ", COUNTY),
        ("county durham", COUNTY),
        ("Aldermere", "X06000001"),
        ("Mere and Bracken", "X23000001"),
        ("Greater Manchester", "E23000005"),
        ("Manchester", "E08000003"),
        ("Nottingham", "E06000018"),
        ("Somerset", "E06000066"),
    ],
)
def test_a_code_or_a_name_that_fits_one_area_finds_it(
    loaded: Database, wanted: str, code: str
) -> None:
    assert found(loaded, wanted) == code


def test_a_force_whose_name_a_council_has_in_its_own_is_refused_naming_each(
    loaded: Database,
) -> None:
    with pytest.raises(Refusal, match="'Durham' fits 3 areas") as several:
        found(loaded, "Durham")
    assert several.value.facts["fits"] == [FORMER, FORCE, COUNTY]
    assert "Durham (E23000008, police force area)" in several.value.summary
    assert "County Durham (E06000047, local authority)" in several.value.summary
    assert "local authority until 31 March 2009" in several.value.summary
    assert several.value.advice == "Give the code of the one that is meant."


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ("Kent", {"E10000016", "E23000032"}),
        ("cheshire", {"E23000006", "E06000049", "E06000050"}),
    ],
)
def test_a_council_and_a_force_that_share_a_name_are_told_apart_by_code(
    loaded: Database, wanted: str, codes: set[str]
) -> None:
    with pytest.raises(Refusal, match="fits") as several:
        found(loaded, wanted)
    fits = several.value.facts["fits"]
    assert isinstance(fits, list)
    assert codes <= set(fits)


@pytest.mark.parametrize("wanted", ["", "%", "_", "Dur%", "Nowhere"])
def test_a_pattern_is_no_name(loaded: Database, wanted: str) -> None:
    with pytest.raises(NotFound, match="There is no area"):
        found(loaded, wanted)


@pytest.mark.parametrize("named", NAMED)
def test_nothing_that_takes_a_name_opens_one_of_several(loaded: Database, named: str) -> None:
    by = people.sign_in("patrick-board", loaded)
    with pytest.raises(Refusal, match="'Durham' fits 3 areas"):
        NAMED[named]("Durham", by)


def test_no_return_is_packed_for_one_of_several(loaded: Database) -> None:
    by = people.sign_in("joanna-director", loaded)
    with pytest.raises(Refusal, match="'Durham' fits 3 areas"):
        returns.pack("Durham", "2026-Q2", "aldermere-council", by=by)
