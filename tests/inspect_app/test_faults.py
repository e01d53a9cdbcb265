"""Whatever dies, fills up or runs away: what was acknowledged stands, and nothing stands half.

The long versions of these are `python -m benchmarks.faults`; see docs/faults.md.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text

from benchmarks.faults import clocks, deeds, disk, kills, releases, writers
from benchmarks.faults.places import Place
from data_model.database import Database, open_database
from inspect_app.errors import NotNow
from inspect_app.publishing import shelf
from inspect_app.services import people, scorecards
from inspect_app.signed_in import SignedIn
from tests.support import cases
from tests.support.faults import cut, no_page_more, only_read
from tests.support.looking import every_row_of
from tests.support.trails import unguard

if TYPE_CHECKING:
    from tests.support.postgres import Server


@pytest.fixture
def address(database: Database) -> str:
    """The address of a database in which everybody has begun what they do again and again."""
    given = database.url.render_as_string(hide_password=False)
    deeds.prepare(given)
    database.close()
    return given


@pytest.fixture
def place(address: str, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """Where that database is."""
    if address.startswith("sqlite"):
        return Place(tmp_path)
    server: Server = request.getfixturevalue("postgres")
    return Place(tmp_path, server)


def test_nothing_acknowledged_is_lost_when_the_process_that_saves_is_killed(
    place: Place, address: str
) -> None:
    tally = kills.run(place, address, deeds.WRITES, 2, longest=0.05, how="the app")
    assert tally.kills == 2
    assert tally.acknowledged >= 2 * len(deeds.WRITES)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_workbook_is_taken_in_whole_or_not_at_all(place: Place, address: str) -> None:
    tally = kills.run(place, address, ["intake"], 1, longest=0.3, how="the app")
    assert tally.acknowledged >= 1


def test_a_loss_would_be_noticed(address: str) -> None:
    database = open_database(address)
    deeds.DEEDS["saving"].act(database, 1)
    with every_row_of(database).writing.begin() as connection:
        connection.execute(text("UPDATE finding SET reason = 'Turn 2.' WHERE reason = 'Turn 1.'"))
    with pytest.raises(deeds.HalfAppliedError, match="saving"):
        deeds.stand(database)
    database.close()
    tally, heard = kills.Tally(), kills.Heard()
    heard.done["saving"] = 2
    with pytest.raises(kills.LostError, match="2 turns were acknowledged, 1 stand"):
        tally.add({"saving": 0}, heard, {"saving": 1})


def test_a_trail_that_does_not_hold_would_be_noticed(address: str) -> None:
    database = open_database(address)
    with every_row_of(database).writing.begin() as connection:
        unguard(connection)
        connection.execute(text("UPDATE audit_event SET reason = 'Another.' WHERE number = 5"))
    database.close()
    with pytest.raises(kills.LostError, match="Change 5"):
        kills.check_trail(address)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_disk_refuses_and_harms_nothing(address: str) -> None:
    database = open_database(address)
    turns = deeds.stand(database)
    event.listen(database.writing, "begin", no_page_more)
    refused = disk.try_all(database, turns, ["recommendation", "saving"])
    event.remove(database.writing, "begin", no_page_more)
    # As with a disk that has room again: a new connection knows no limit.
    database.writing.dispose()
    assert all("disk of the database is full" in said for said in refused.values())
    disk.whole_again(database, turns)
    database.close()


def test_a_database_that_can_only_be_read_refuses_and_can_be_read(address: str) -> None:
    database = open_database(address)
    turns = deeds.stand(database)
    only_read(database, "on")
    refused = disk.try_all(database, dict(turns), deeds.WRITES, most=1)
    assert all("read and not written" in said for said in refused.values())
    assert deeds.stand(database) == turns
    only_read(database, "off")
    disk.whole_again(database, turns)
    database.close()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_app_goes_on_by_itself_when_the_server_cut_every_connection(address: str) -> None:
    database = open_database(address)
    by, case = people.acting(cases.READER, database), deeds.case_id(database, deeds.TYPED)
    for number in (1, 2, 3):
        deeds.DEEDS["typing"].act(database, number)
        cut(database)
    assert deeds.stand(database)["typing"] == 3
    with pytest.raises(NotNow, match="could not be reached"):
        cut_while_recording(by)
    assert deeds.case_id(database, deeds.TYPED) == case
    database.close()


def cut_while_recording(by: SignedIn) -> None:
    """Cut the connection in the middle of a transaction."""
    with by.recording() as session:
        cut(by.database)
        session.execute(text("SELECT 1"))


def test_many_writers_lose_no_update_and_nobody_is_told_that_the_database_is_busy(
    address: str,
) -> None:
    found = writers.run(address, 4, 1)
    assert not found.told
    assert found.done.total() >= 4


def test_a_clock_that_jumps_overwrites_and_refuses_nothing(address: str) -> None:
    database = open_database(address)
    assert clocks.run(database, 3, look=False) > 0
    database.close()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_release_that_was_interrupted_is_finished_by_asking_again(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    releases._approve(address)
    with monkeypatch.context() as interrupted:
        interrupted.setattr(shelf, "write", stopped)
        with pytest.raises(KeyboardInterrupt):
            releases.finish(address)
    assert releases._stand(address)[releases.PUBLISHING] == 1
    releases.finish(address)


def stopped(*_given: object) -> None:
    """Stop where the files of a release would be drawn."""
    raise KeyboardInterrupt


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_snapshot_that_cannot_be_written_is_said_in_a_sentence(
    database: Database, tmp_path: Path
) -> None:
    database.snapshots.unlink()
    database.snapshots.write_text("no folder can stand here", encoding="utf-8")
    by = people.acting("patrick-board", database)
    with pytest.raises(NotNow, match="could not be laid out"):
        scorecards.quarters("X06000001", by=by)
    database.snapshots.unlink()
    database.snapshots.mkdir()
    assert scorecards.quarters("X06000001", by=by)
