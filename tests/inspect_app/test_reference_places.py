"""Where a place lies is said once, in one of the right kind and nation, or nothing is taken in."""

from collections.abc import Iterator
from datetime import date

import pytest

from data_model.database import Database, open_database
from data_model.records import Area, District
from inspect_app.services import people, reference_intake, trail
from inspect_app.services.reference_values import Became, LookupReport
from tests.support.looking import every_row_of
from tests.support.lookups import (
    CODES,
    DURHAM,
    PUBLISHER,
    edited,
    events,
    forget,
    lines,
    row_of,
    take,
    with_cell,
    with_row,
)
from tests.support.national import COUNTIES, FORCES, REGIONS, THE_FORCES, extract
from tests.support.recommending import SignIn

CAMBRIDGE, DARLINGTON = "E07000008", "E06000005"
A_REGION, A_FORCE = "expected a region", "expected a police force area"
A_COUNTY = "expected an upper-tier authority"


@pytest.fixture(scope="module")
def held(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The samples themselves, to be read only."""
    database = open_database(request.getfixturevalue("sqlite_samples").url)
    yield database
    database.close()


def looked(database: Database, data: bytes) -> LookupReport:
    """Return what taking a table in would do."""
    by = people.sign_in(PUBLISHER, database)
    return reference_intake.preview("table.csv", data, by=by, release=CODES)


@pytest.mark.parametrize(
    ("name", "place", "column", "said", "expected"),
    [
        (REGIONS, DARLINGTON, "region_code", DURHAM,
         f"{A_REGION}, and County Durham is a local authority"),
        (REGIONS, DARLINGTON, "region_code", "E23000008",
         f"{A_REGION}, and Durham is a police force area"),
        (REGIONS, DARLINGTON, "new_la_code", "E12000002", "expected an authority of England or"),
        (REGIONS, DARLINGTON, "new_la_code", "X06000001", "expected an authority of England or"),
        (FORCES, DARLINGTON, "PFA23CD", DURHAM,
         f"{A_FORCE}, and County Durham is a local authority"),
        (FORCES, DARLINGTON, "PFA23CD", "W15000001",
         f"{A_FORCE} of England, and North Wales is one of Wales"),
        (FORCES, CAMBRIDGE, "PFA23CD", "W15000001",
         f"{A_FORCE} of England, and North Wales is one of Wales"),
        (FORCES, DARLINGTON, "PFA23CD", "X23000001", f"{A_FORCE} that is kept here"),
        (FORCES, DARLINGTON, "LAD23CD", "E12000002", "expected an authority, or a district"),
        (COUNTIES, CAMBRIDGE, "UTLA23CD", "E12000006",
         f"{A_COUNTY}, and East of England is a region"),
        (COUNTIES, CAMBRIDGE, "UTLA23CD", "W06000015",
         f"{A_COUNTY} of England, and Cardiff is one of Wales"),
        (COUNTIES, CAMBRIDGE, "LTLA23CD", "E0700000800000", "expected an authority that is kept"),
        (COUNTIES, CAMBRIDGE, "LTLA23CD", "E12000006", "expected a district or an authority, and "),
        (COUNTIES, DURHAM, "UTLA23CD", "E10000017",
         "expected County Durham (E06000047) itself: it is an authority of one tier"),
        (THE_FORCES, "E23000008", "pfa_code", CAMBRIDGE, f"{A_FORCE}, and Cambridge is none"),
    ],
)  # fmt: skip
def test_a_place_of_another_kind_or_nation_is_a_problem_with_its_row(
    held: Database, name: str, place: str, column: str, said: str, expected: str
) -> None:
    line, _cells = row_of(extract(name), place)
    report = looked(held, with_cell(extract(name), place, column, said))
    problem = report.problems[0]
    assert (problem.row, problem.column) == (line, column)
    assert problem.said.startswith(said)
    assert problem.expected.startswith(expected)
    assert {each.row for each in report.problems} == {line} or name == FORCES


def test_cardiff_lies_in_no_region_of_england(held: Database) -> None:
    data = with_cell(extract(REGIONS), DARLINGTON, "new_la_code", "W06000015")
    (problem,) = looked(held, data).problems
    assert problem.expected == "expected a region of Wales, and North East is one of England"
    assert problem.said == "E12000001 North East"


def test_a_force_that_is_wrongly_said_is_not_set(database: Database, signed_in: SignIn) -> None:
    data = with_cell(extract(FORCES), DARLINGTON, "PFA23CD", "W15000001")
    assert not take(data, CODES, signed_in(PUBLISHER)).taken
    with every_row_of(database).reading() as session:
        assert session.get_one(Area, DARLINGTON).force_code == "E23000008"
    assert events(database) == []


def test_a_new_district_or_force_that_stands_twice_is_a_problem_with_both_rows(
    database: Database, signed_in: SignIn
) -> None:
    by = signed_in(PUBLISHER)
    forget(database, District)
    first, cells = row_of(extract(COUNTIES), CAMBRIDGE)
    (problem,) = take(with_row(extract(COUNTIES), cells), CODES, by).problems
    assert problem.expected == f"expected each place once, and row {first} has it"
    assert problem.row == len(extract(COUNTIES).splitlines()) + 1
    new = ["E23000099", "Newshire", "active", "", ""]
    data = with_row(with_row(extract(THE_FORCES), new), new)
    (problem,) = take(data, CODES, by).problems
    assert problem.expected == f"expected each place once, and row {problem.row - 1} has it"
    assert events(database) == []


def test_an_authority_of_two_regions_is_a_problem_and_never_changes_to_and_fro(
    held: Database,
) -> None:
    first, cells = row_of(extract(REGIONS), DARLINGTON)
    for region in ("E12000001", "E12000002"):
        report = looked(held, with_row(extract(REGIONS), [region, *cells[1:]]))
        (problem,) = report.problems
        assert problem.expected == f"expected each place once, and row {first} has it"
        assert problem.said == "E06000005 Darlington"
        assert report.brings == ()


def test_a_district_of_two_forces_names_the_row_that_says_otherwise(held: Database) -> None:
    first, cells = row_of(extract(FORCES), DARLINGTON)
    data = with_row(extract(FORCES), [*cells[:4], "E23000013", "Cleveland", cells[6]])
    (problem,) = looked(held, data).problems
    assert problem.expected == f"expected Durham (E23000008), as row {first} says of it"


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (["Elephant", "Elephants", "active", "", ""], "pfa_code", "expected a code of England or"),
        (["Zebra", "Zebras", "active", "", ""], "pfa_code", "expected a code of England or Wales"),
        (["E2300009900000", "Newshire", "active", "", ""], "pfa_code", "expected a code of Engla"),
        (["E23000099", "", "active", "", ""], "pfa_name", "expected the name of the place"),
        (["E23000099", "Newshire", "gone", "", ""], "status", "expected active, live or termina"),
        (["E23000099", "Newshire", "", "", ""], "status", "expected active, live or terminated"),
        (["E23000099", "Newshire", "terminated", "", ""], "date_terminated", "expected the day on"),
        (["E23000099", "Newshire", "terminated", "", "31/02/2019"], "date_terminated",
         "expected the day on which it ended"),
        (["E23000099", "Newshire", "active", "", "31/03/2019"], "date_terminated",
         "expected no day, as it is active"),
    ],
)  # fmt: skip
def test_a_force_without_a_code_a_name_or_a_clear_status_is_a_problem(
    held: Database, row: list[str], column: str, expected: str
) -> None:
    report = looked(held, with_row(extract(THE_FORCES), row))
    (problem,) = report.problems
    assert problem.column == column
    assert problem.expected.startswith(expected)
    assert problem.row == len(extract(THE_FORCES).splitlines()) + 1
    assert report.brings == ()


def test_a_force_that_was_terminated_has_its_day_and_a_strange_one_is_not_added(
    database: Database, signed_in: SignIn
) -> None:
    def ended(rows: list[list[str]]) -> list[list[str]]:
        of_durham = next(row for row in rows if row[0] == "E23000008")
        of_durham[2:] = ["Terminated", "", "31/03/2026"]
        return [*rows, ["E23000099", "Oldshire", "terminated", "01/04/1974", "31/03/2019"]]

    by = signed_in(PUBLISHER)
    report = take(edited(extract(THE_FORCES), ended), CODES, by)
    (line,) = report.brings
    assert (line.before, line.after) == ("Durham", "Durham (until 31 March 2026)")
    strange = lines(report, Became.LEFT_OUT)[-1]
    assert strange.says == "It ended on 31 March 2019, and was never kept here."
    (event,) = events(database)
    assert event.before == {"E23000008 ended_on": None}
    assert event.after["E23000008 ended_on"] == "2026-03-31"
    with every_row_of(database).reading() as session:
        assert session.get_one(Area, "E23000008").ended_on == date(2026, 3, 31)
        assert session.get(Area, "E23000099") is None
        assert trail.first_broken(session) is None
    back = take(extract(THE_FORCES), CODES, by)
    assert [line.became for line in back.brings] == [Became.CHANGED]
    with every_row_of(database).reading() as session:
        assert session.get_one(Area, "E23000008").ended_on is None
