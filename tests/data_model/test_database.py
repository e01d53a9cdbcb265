"""The database: refused helpfully, kept whole or not at all, the same on both kinds."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from data_model import connecting
from data_model.database import (
    Database,
    UnrecordedChangeError,
    create_database,
    migrate,
    open_database,
)
from data_model.records import AuditEvent, Organisation, PersonRole, Record
from data_model.records.base import Instant, WordColumn, WordsColumn
from data_model.vocabulary import HarmIndicator, OrganisationKind, Role, Sex
from inspect_app.errors import Refusal
from inspect_app.services import people, trail
from tests.support.looking import every_row_of

WRITERS = 8
RECORDINGS = 15


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    """A database of the current version with nothing in it, of each kind."""
    database = create_database(database_url)
    yield database
    database.close()


def body(code: str) -> Organisation:
    """Return a record that needs no other."""
    return Organisation(code=code, name=code, kind=OrganisationKind.COUNCIL)


def note(session: Session, database: Database, subject: str) -> AuditEvent:
    """Add the audit event that a change needs."""
    return trail.note(session, people.operator(database), "test.changed", subject)


def kept(database: Database) -> list[str]:
    """Return the codes of the bodies that are kept."""
    with every_row_of(database).reading() as session:
        return list(session.scalars(select(Organisation.code).order_by(Organisation.code)))


@pytest.mark.parametrize("opening", [open_database, create_database])
@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "mysql://ann:secret@host/name",
        "postgres://ann:secret@host/name",
        "postgresql+asyncpg://ann:secret@host/name",
        "sqlite+aiosqlite:///evidence.db",
        "postgresql://ann:secret@host:port/name",
    ],
)
def test_what_is_no_address_is_refused_without_its_password(opening: object, address: str) -> None:
    assert callable(opening)
    with pytest.raises(Refusal, match="is not the address of a database") as refusal:
        opening(address)
    assert "sqlite:///FILE" in refusal.value.advice
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("missing.db", "there is no such file"),
        ("", "that is a folder, not a file"),
        ("nowhere/missing.db", "there is no such file"),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused_and_leaves_nothing_behind(
    tmp_path: Path, where: str, said: str
) -> None:
    with pytest.raises(Refusal, match=said) as refusal:
        open_database(f"sqlite:///{(tmp_path / where).as_posix()}")
    assert tmp_path.as_posix() in refusal.value.summary
    assert list(tmp_path.iterdir()) == []


def test_a_database_is_not_created_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="there is no folder"):
        create_database(f"sqlite:///{(tmp_path / 'nowhere' / 'evidence.db').as_posix()}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
def test_an_embedded_database_needs_a_file(address: str) -> None:
    with pytest.raises(Refusal, match="needs a file name"):
        create_database(address)


def test_a_server_that_does_not_answer_is_refused_without_its_password() -> None:
    with pytest.raises(Refusal, match="could not be opened") as refusal:
        open_database("postgresql://ann:secret@127.0.0.1:1/evidence")
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("opening", [open_database, create_database])
def test_a_file_that_is_no_database_is_refused_and_stays_as_it_is(
    opening: object, tmp_path: Path
) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear colleague, " * 400, encoding="utf-8")
    before = file.read_bytes()
    assert callable(opening)
    with pytest.raises(Refusal, match="file is not a database"):
        opening(f"sqlite:///{file.as_posix()}")
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("opening", [open_database, create_database])
def test_another_programs_file_is_refused_and_not_one_byte_of_it_changes(
    opening: object, tmp_path: Path
) -> None:
    file = tmp_path / "other.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE recipe (words TEXT)")
    connection.close()
    before = file.read_bytes()
    assert callable(opening)
    with pytest.raises(Refusal, match="is not a database of this product") as refusal:
        opening(f"sqlite:///{file.as_posix()}")
    assert refusal.value.facts["found"] is None
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_an_empty_file_is_not_opened_as_a_database_and_stays_empty(tmp_path: Path) -> None:
    file = tmp_path / "empty.db"
    file.touch()
    with pytest.raises(Refusal, match="is not a database of this product"):
        open_database(f"sqlite:///{file.as_posix()}")
    assert file.read_bytes() == b""


def test_a_server_database_with_other_tables_is_left_alone(empty: Database) -> None:
    address = empty.url.render_as_string(hide_password=False)
    migrate(empty, "base")
    with every_row_of(empty).writing.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(text("CREATE TABLE recipe (words TEXT)"))
    with pytest.raises(Refusal, match="is not a database of this product"):
        create_database(address)
    assert inspect(empty.plain).get_table_names() == ["recipe"]


def test_a_database_of_another_version_is_refused_naming_both(empty: Database) -> None:
    address = empty.url.render_as_string(hide_password=False)
    with every_row_of(empty).writing.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for opening in (open_database, create_database):
        with pytest.raises(
            Refusal, match="is of version 9999; this program needs version 0011"
        ) as newer:
            opening(address)
        assert "made by a newer program" in newer.value.advice


def test_an_older_database_is_to_be_brought_up_to_date_and_stays_as_it_is(empty: Database) -> None:
    address = empty.url.render_as_string(hide_password=False)
    migrate(empty, "0004")
    with pytest.raises(Refusal, match="is of version 0004; this program needs") as older:
        open_database(address)
    assert "bring it up to date with everything in it" in older.value.advice
    create_database(address).close()
    open_database(address).close()


def test_opening_again_finds_what_was_kept(empty: Database) -> None:
    with every_row_of(empty).recording() as session:
        session.add(body("ours"))
        note(session, empty, "ours")
    address = empty.url.render_as_string(hide_password=False)
    for opening in (open_database, create_database):
        again = opening(address)
        assert kept(again) == ["ours"]
        again.close()


def test_a_change_without_an_audit_event_is_refused_and_rolled_back(empty: Database) -> None:
    with (
        pytest.raises(UnrecordedChangeError, match="adds no audit event"),
        every_row_of(empty).recording() as s,
    ):
        s.add(body("unrecorded"))
    assert kept(empty) == []


def _rename(database: Database, code: str) -> None:
    with every_row_of(database).recording() as session:
        session.get_one(Organisation, code).name = "Changed"
        session.flush()
        session.scalars(select(AuditEvent)).all()


def test_a_change_flushed_early_is_still_refused(empty: Database) -> None:
    with every_row_of(empty).recording() as session:
        session.add(body("ours"))
        note(session, empty, "ours")
    with pytest.raises(UnrecordedChangeError):
        _rename(empty, "ours")
    with pytest.raises(UnrecordedChangeError), every_row_of(empty).recording() as session:
        session.delete(session.get_one(Organisation, "ours"))
    with every_row_of(empty).reading() as session:
        assert session.get_one(Organisation, "ours").name == "ours"


def test_a_change_and_its_event_are_kept_together(empty: Database) -> None:
    with every_row_of(empty).recording() as session:
        session.add(body("ours"))
        note(session, empty, "ours")
    with every_row_of(empty).reading() as session:
        assert session.scalars(select(Organisation.code)).all() == ["ours"]
        assert session.scalars(select(AuditEvent.subject)).all() == ["ours"]


def _fail_halfway(database: Database) -> None:
    with every_row_of(database).recording() as session:
        session.add(body("half"))
        note(session, database, "half")
        raise LookupError


def test_a_failure_halfway_keeps_neither_the_change_nor_the_event(empty: Database) -> None:
    with pytest.raises(LookupError):
        _fail_halfway(empty)
    with every_row_of(empty).reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditEvent)) == 0
    assert kept(empty) == []


def _write_many(database: Database, writer: int, failures: list[Exception]) -> None:
    try:
        for turn in range(RECORDINGS):
            with every_row_of(database).recording() as session:
                # A service reads before it writes: where a lock taken late would be refused.
                assert session.get(Organisation, f"{writer}-{turn:02}") is None
                session.add(body(f"{writer}-{turn:02}"))
                note(session, database, f"{writer}-{turn:02}")
    except Exception as failure:  # noqa: BLE001 - a thread's failure is shown by the test
        failures.append(failure)


def test_eight_writers_at_once_lose_nothing_and_the_chain_holds(empty: Database) -> None:
    failures: list[Exception] = []
    threads = [
        threading.Thread(target=_write_many, args=(empty, writer, failures))
        for writer in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert kept(empty) == [f"{w}-{t:02}" for w in range(WRITERS) for t in range(RECORDINGS)]
    with every_row_of(empty).reading() as session:
        numbers = session.scalars(select(AuditEvent.number).order_by(AuditEvent.number)).all()
        assert numbers == list(range(1, WRITERS * RECORDINGS + 1))
        assert trail.first_broken(session) is None


def test_readers_are_not_held_up_by_a_writer(empty: Database) -> None:
    with every_row_of(empty).recording() as session:
        session.add(body("unfinished"))
        note(session, empty, "unfinished")
        assert kept(empty) == []
    assert kept(empty) == ["unfinished"]


def test_a_reading_session_sees_one_moment(empty: Database) -> None:
    with every_row_of(empty).reading() as reading:
        before = reading.scalars(select(Organisation.code)).all()
        with every_row_of(empty).recording() as session:
            session.add(body("meanwhile"))
            note(session, empty, "meanwhile")
        assert reading.scalars(select(Organisation.code)).all() == before == []
    assert kept(empty) == ["meanwhile"]


def test_a_reading_session_keeps_nothing_not_even_by_a_commit(empty: Database) -> None:
    with every_row_of(empty).reading() as session:
        session.add(body("smuggled"))
        session.flush()
        with pytest.raises(UnrecordedChangeError, match="a reading session keeps nothing"):
            session.commit()
    assert kept(empty) == []


def test_a_record_that_points_nowhere_is_refused(empty: Database) -> None:
    with pytest.raises(IntegrityError), every_row_of(empty).recording() as session:
        session.add(PersonRole(person="nobody", role=Role.DIRECTOR))
    assert kept(empty) == []


def test_sqlite_checks_foreign_keys_and_lets_readers_read_while_it_is_written(
    tmp_path: Path,
) -> None:
    database = create_database(f"sqlite:///{(tmp_path / 'evidence.db').as_posix()}")
    for engine in (database.writing, database.plain):
        with engine.connect() as connection:
            connection.execute(select(func.count()).select_from(Organisation))
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
            busy = connection.execute(text("PRAGMA busy_timeout")).scalar()
            assert busy == connecting.BUSY_MILLISECONDS
    database.close()


def test_the_tables_can_go_all_the_way_down_and_up_again(empty: Database) -> None:
    whole = _shape(empty)
    migrate(empty, "base")
    assert set(inspect(empty.plain).get_table_names()) == {"alembic_version"}
    migrate(empty)
    assert _shape(empty) == whole
    assert set(whole) - {"alembic_version"} == set(Record.metadata.tables)


def _shape(database: Database) -> dict[str, list[tuple[str, str, bool]]]:
    """Return every table's columns: name, type, and whether they may be empty."""
    there = inspect(database.plain)
    return {
        table: [(c["name"], str(c["type"]), c["nullable"]) for c in there.get_columns(table)]
        for table in there.get_table_names()
    }


def test_the_migrations_build_exactly_what_the_records_declare(empty: Database) -> None:
    with every_row_of(empty).plain.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Record.metadata) == []


def test_every_declared_check_is_in_the_database(empty: Database) -> None:
    there = inspect(empty.plain)
    declared = {
        (table.name, str(constraint.name))
        for table in Record.metadata.tables.values()
        for constraint in table.constraints
        if constraint.__visit_name__.endswith("check_constraint")
    }
    held = {
        (table, str(check["name"]))
        for table in there.get_table_names()
        for check in there.get_check_constraints(table)
    }
    assert declared
    assert declared == held


@pytest.fixture
def shelf(empty: Database) -> Iterator[tuple[Database, Table]]:
    """A table with one column of each kind of ours."""
    table = Table(
        "shelf",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("at", Instant),
        Column("word", WordColumn(Sex)),
        Column("words", WordsColumn(HarmIndicator)),
    )
    table.create(every_row_of(empty).writing)
    yield empty, table
    table.drop(every_row_of(empty).writing)


def _round_trip(shelf: tuple[Database, Table], column: str, value: object) -> object:
    database, table = shelf
    with every_row_of(database).writing.begin() as connection:
        connection.execute(insert(table).values({"id": 1, column: value}))
    with every_row_of(database).plain.connect() as connection:
        return connection.execute(select(table.c[column])).scalar_one()


@pytest.mark.parametrize("hours", [0, 1, -5, 13])
def test_a_moment_comes_back_in_utc(shelf: tuple[Database, Table], hours: int) -> None:
    here = timezone(timedelta(hours=hours))
    moment = datetime(2026, 3, 31, 23, 30, 15, 123456, tzinfo=here)
    back = _round_trip(shelf, "at", moment)
    assert isinstance(back, datetime)
    assert back == moment
    assert back.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(shelf: tuple[Database, Table]) -> None:
    naive = datetime(2026, 3, 31, 12, 0, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(StatementError, match="a time without a zone cannot be kept"):
        _round_trip(shelf, "at", naive)


def test_no_moment_comes_back_as_none(shelf: tuple[Database, Table]) -> None:
    assert _round_trip(shelf, "at", None) is None


@pytest.mark.parametrize("word", list(Sex))
def test_a_word_comes_back_as_the_member_it_was(shelf: tuple[Database, Table], word: Sex) -> None:
    assert _round_trip(shelf, "word", word) is word


def test_several_words_come_back_in_the_lists_own_order_each_once(
    shelf: tuple[Database, Table],
) -> None:
    given = ["witnessed", HarmIndicator.STI, HarmIndicator.WITNESSED]
    assert _round_trip(shelf, "words", given) == (HarmIndicator.STI, HarmIndicator.WITNESSED)


def test_no_words_come_back_as_none_of_them(shelf: tuple[Database, Table]) -> None:
    assert _round_trip(shelf, "words", ()) == ()


@pytest.mark.parametrize(("column", "value"), [("word", "sometimes"), ("words", ["sti", "else"])])
def test_a_word_that_is_not_on_the_list_is_refused(
    shelf: tuple[Database, Table], column: str, value: object
) -> None:
    with pytest.raises(StatementError, match="is not a valid"):
        _round_trip(shelf, column, value)
