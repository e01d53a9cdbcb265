"""A model of neighbours is taken whole, and none that is older takes the place of what stands."""

from datetime import date

import pytest
from sqlalchemy import func, select

from data_model.database import Database
from data_model.records import Area, AreaNeighbour
from data_model.shipped import rows
from inspect_app.services.reference import newest_model
from inspect_app.services.reference_values import Became
from tests.support.looking import every_row_of
from tests.support.lookups import (
    DURHAM,
    NEXT,
    NOW,
    PUBLISHER,
    edited,
    events,
    lines,
    model,
    take,
    with_cell,
)
from tests.support.national import NEIGHBOURS, extract
from tests.support.recommending import SignIn

on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CORRECTED = "Statistical neighbours 2025, corrected, published 4 May 2026"


@pytest.mark.parametrize("release", [NEXT, CORRECTED])
def test_a_model_that_lacks_authorities_is_refused_and_does_not_become_the_newest(
    database: Database, signed_in: SignIn, release: str
) -> None:
    truncated = edited(extract(NEIGHBOURS), lambda rows: rows[:3])
    report = take(truncated, release, signed_in(PUBLISHER))
    (problem,) = report.problems
    assert "151 have none: Hartlepool (E06000001), Middlesbrough (E06000002), " in problem.expected
    assert problem.expected.endswith(" and 148 more")
    assert "authority of the model of 2025" in problem.expected
    assert (problem.row, problem.said) == (3, "2 rows")
    assert problem.mend.startswith("Take the whole model in")
    assert not report.taken
    with every_row_of(database).reading() as session:
        assert newest_model(session) == "2025"
    assert events(database) == []


@on_one_database
def test_an_authority_that_has_ended_may_be_left_out_of_the_next_model(
    database: Database, signed_in: SignIn
) -> None:
    without = edited(extract(NEIGHBOURS), lambda rows: [row for row in rows if row[0] != "841"])
    (problem,) = take(without, NEXT, signed_in(PUBLISHER)).problems
    assert "and 1 has none: Darlington (E06000005)" in problem.expected
    with every_row_of(database).writing.begin() as connection:
        connection.exec_driver_sql("UPDATE area SET ended_on = '2026-03-31' WHERE old_code = '841'")
    assert take(without, NEXT, signed_in(PUBLISHER)).taken
    with every_row_of(database).reading() as session:
        assert session.get_one(Area, "E06000005").ended_on == date(2026, 3, 31)
        assert newest_model(session) == "2026"


def test_every_shipped_neighbour_names_its_source_and_when_it_stood() -> None:
    shipped = rows("data_model", "reference", "neighbours.csv")
    said = {(row["model"], row["source"]) for row in shipped}
    assert sorted(year for year, _source in said) == ["2021", "2025"]
    for year, source in said:
        assert f"{year} model, as it stood on 27 April 2026" in source


def test_an_older_release_of_a_model_does_not_replace_what_the_product_ships(
    database: Database, signed_in: SignIn
) -> None:
    before = model(database, "2025")
    data = with_cell(extract(NEIGHBOURS), "840", "SN_1P", "Not close")
    report = take(data, NOW, signed_in(PUBLISHER))
    assert [line.area for line in lines(report, Became.OLDER)] == [DURHAM]
    assert not report.taken
    assert model(database, "2025") == before
    with every_row_of(database).reading() as session:
        unsaid = AreaNeighbour.source.is_(None)
        assert session.scalar(select(func.count()).select_from(AreaNeighbour).where(unsaid)) == 0


@on_one_database
def test_a_release_that_is_older_than_one_of_an_authoritys_neighbours_changes_none_of_them(
    database: Database, signed_in: SignIn
) -> None:
    by, shipped = signed_in(PUBLISHER), model(database, "2025")
    third = with_cell(extract(NEIGHBOURS), "840", "SN_3P", "Not close")
    assert take(third, CORRECTED, by).taken
    first = with_cell(extract(NEIGHBOURS), "840", "SN_1P", "Not close")
    between = take(first, "Statistical neighbours 2025, published 1 May 2026", by)
    assert [line.area for line in lines(between, Became.OLDER)] == [DURHAM]
    assert model(database, "2025")[DURHAM, 1] == shipped[DURHAM, 1]
    assert model(database, "2025")[DURHAM, 3] == (shipped[DURHAM, 3][0], "not_close")
