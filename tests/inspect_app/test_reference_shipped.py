"""Reference data of this version reaches a database of an earlier one: once, in one event."""

from datetime import date

import pytest
from sqlalchemy import func, select

from data_model.database import Database, create_database, migrate
from data_model.records import Area, AreaNeighbour, AreaSuccession, AuditEvent, District
from data_model.shipped import rows
from inspect_app.services import neighbour_view, people, reference_shipped, samples, trail
from inspect_app.services.reference_shipped import INVENTED, SHIPPED
from tests.support.looking import every_row_of

DURHAM, BARNSLEY = "E06000047", "E08000016"


def brought(database: Database) -> list[AuditEvent]:
    """Return the events by which reference data was brought up to date."""
    with every_row_of(database).reading() as session:
        query = select(AuditEvent).where(AuditEvent.action == reference_shipped.BROUGHT)
        return list(session.scalars(query))


def again(database: Database) -> Database:
    """Return the database as it is after it was brought to this version."""
    return create_database(database.url.render_as_string(hide_password=False))


def total(database: Database, kind: type) -> int:
    """Return how many rows a table has."""
    with every_row_of(database).reading() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def shipped(name: str) -> int:
    """Return how many rows are shipped of a table."""
    return len(list(rows("data_model", "reference", f"{name}.csv")))


@pytest.mark.parametrize("version", ["0003", "0004"])
def test_a_database_of_an_earlier_version_gets_what_came_since(
    database: Database, version: str
) -> None:
    migrate(database, version)
    if version == "0004":
        with every_row_of(database).writing.begin() as connection:
            connection.exec_driver_sql("DELETE FROM area_neighbour")
    newer = again(database)
    loaded = samples.load(newer)
    assert loaded.reference == shipped("neighbours") + shipped("districts")
    assert not loaded.changed
    assert total(newer, AreaNeighbour) == shipped("neighbours")
    assert total(newer, District) == shipped("districts")
    (event,) = brought(newer)
    assert event.after == {
        "neighbours": shipped("neighbours"),
        "districts": shipped("districts"),
    }
    assert neighbour_view.why_none(DURHAM, by=people.operator(newer)) is None
    assert samples.load(newer).reference == 0
    assert len(brought(newer)) == 1
    with newer.reading() as session:
        assert trail.first_broken(session) is None
    newer.close()


def test_an_authority_that_ended_since_has_its_day_and_what_came_after(
    database: Database,
) -> None:
    with every_row_of(database).writing.begin() as connection:
        connection.exec_driver_sql("DELETE FROM area_succession WHERE predecessor = 'E08000016'")
        connection.exec_driver_sql("UPDATE area SET ended_on = NULL WHERE code = 'E08000016'")
    assert samples.load(database).reference == 2
    with every_row_of(database).reading() as session:
        assert session.get_one(Area, BARNSLEY).ended_on == date(2025, 4, 30)
        assert session.get_one(AreaSuccession, (BARNSLEY, "E08000038")).kind == "recode"
    (event,) = brought(database)
    assert event.after == {"areas": 1, "area_successions": 1}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_neighbours_of_an_earlier_version_get_the_release_in_which_they_stood(
    database: Database,
) -> None:
    with every_row_of(database).writing.begin() as connection:
        connection.exec_driver_sql("UPDATE area_neighbour SET source = NULL WHERE model = '2021'")
    of_2021 = [r for r in rows("data_model", "reference", "neighbours.csv") if r["model"] == "2021"]
    assert samples.load(database).reference == len(of_2021)
    with every_row_of(database).reading() as session:
        source = session.get_one(AreaNeighbour, ("2021", "E09000001", 1)).source
    assert source == of_2021[0]["source"]


def test_what_was_taken_in_since_is_not_overwritten(database: Database) -> None:
    by = people.operator(database)
    with every_row_of(database).recording() as session:
        session.get_one(Area, DURHAM).force_code = "E23000013"
        session.get_one(AreaNeighbour, ("2025", DURHAM, 1)).closeness = "not_close"
        trail.note(session, by, "reference.taken", "a newer release")
    assert samples.load(database).reference == 0
    with every_row_of(database).reading() as session:
        assert session.get_one(Area, DURHAM).force_code == "E23000013"
        assert session.get_one(AreaNeighbour, ("2025", DURHAM, 1)).closeness == "not_close"
    assert brought(database) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_shipped_table_is_there_whole(database: Database) -> None:
    for name, kind in SHIPPED:
        folder = rows("sample_inspections", "invented", f"{name}.csv") if name in INVENTED else ()
        assert total(database, kind) == shipped(name) + len(list(folder)), name
