"""A database of an earlier version is brought up with everything that is in it."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError

from data_model import portable
from data_model.database import (
    Database,
    _connect,
    create_database,
    migrate,
    open_database,
)
from data_model.versions import newest_version, versions_until
from tests.support.looking import every_row_of
from tests.support.postgres import Server

VERSIONS = versions_until(newest_version())
AREA = (
    "INSERT INTO area (code, name, kind, nation) "
    "VALUES ('X06000001', 'A', 'local_authority', 'england')"
)
PEOPLE = (
    "INSERT INTO organisation (code, name, kind) VALUES ('body', 'Body', 'inspectorate')",
    "INSERT INTO person (code, name, organisation, demonstration) "
    "VALUES ('reader', 'Reader', 'body', :no)",
    "INSERT INTO framework (code, name) VALUES ('audit', 'Audit')",
    "INSERT INTO scale (code, framework, name) VALUES ('ncpi', 'audit', 'Grades')",
)
INSPECTION = (
    "INSERT INTO inspection (code, title, kind, status, framework, scale, area_code, "
    "period_label, sampling, whole_force, agreed_at, agreed_by, version) VALUES "
    "(:code, 'An audit', 'multi_audit', :status, 'audit', 'ncpi', 'X06000001', 'June', "
    "'random', :no, :at, :by, 1)"
)
CASE = (
    "INSERT INTO case_file (inspection, reference, read_by, status, kind, disability_kinds, "
    "harm_indicators, submitted_at, submitted_by, version) VALUES "
    "(:code, :reference, 'reader', :status, 'cse', '', '', :at, :by, 3)"
)
AT = "2026-03-01 12:00:00+00:00"


def _begin(address: str) -> None:
    """Set up a database of the first version, with an inspection agreed and one being read."""
    database = create_database(address)
    migrate(database, "0001")
    with every_row_of(database).writing.begin() as connection:
        for statement in (AREA, *PEOPLE):
            connection.execute(text(statement), {"no": False} if ":no" in statement else {})
        for code, status, by in (("ALD-1", "agreed", "reader"), ("ALD-2", "reading", None)):
            at = AT if by else None
            held = {"code": code, "status": status, "at": at, "by": by, "no": False}
            connection.execute(text(INSPECTION), held)
            for reference, standing in (("C1", "submitted"), ("C2", "draft")):
                _add_case(connection, code, f"{code}-{reference}", standing)
    database.close()


def _add_case(connection: Connection, code: str, reference: str, status: str) -> None:
    said = status == "submitted"
    standing = {"status": status, "at": AT if said else None, "by": "reader" if said else None}
    connection.execute(text(CASE), {"code": code, "reference": reference, **standing})


@pytest.fixture(scope="module")
def sqlite_first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the first version, which nobody changes."""
    file = tmp_path_factory.mktemp("first") / "first.db"
    _begin(f"sqlite:///{file.as_posix()}")
    return file


@pytest.fixture(scope="module")
def postgres_first(postgres: Server) -> str:
    """A server's database of the first version, which nobody changes."""
    url = postgres.new_database()
    _begin(url)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def first(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of the first version with an agreed inspection and one being read."""
    if request.param == "sqlite":
        file = tmp_path / "first.db"
        shutil.copy(request.getfixturevalue("sqlite_first"), file)
        database = _connect(f"sqlite:///{file.as_posix()}")
        yield database
        database.close()
        return
    running: Server = request.getfixturevalue("postgres")
    url = running.new_database(template=request.getfixturevalue("postgres_first"))
    database = _connect(url)
    yield database
    database.close()
    running.drop(url)


def _cases(database: Database) -> dict[str, tuple[str, str | None, int]]:
    with every_row_of(database).plain.connect() as connection:
        rows = connection.execute(
            text("SELECT reference, status, locked_by, edition FROM case_file")
        )
        return {row[0]: (row[1], row[2], row[3]) for row in rows}


def test_cases_that_counted_go_on_counting_and_the_others_stay_as_they_are(
    first: Database,
) -> None:
    migrate(first)
    assert _cases(first) == {
        "ALD-1-C1": ("counted", "reader", 1),
        "ALD-1-C2": ("draft", None, 1),
        "ALD-2-C1": ("submitted", None, 1),
        "ALD-2-C2": ("draft", None, 1),
    }
    with every_row_of(first).plain.connect() as connection:
        shares = connection.execute(text("SELECT second_read_percent FROM inspection")).scalars()
        assert set(shares) == {20}


def test_it_opens_as_a_database_of_this_version(first: Database) -> None:
    migrate(first)
    open_database(first.url.render_as_string(hide_password=False)).close()


def test_the_way_back_keeps_every_case(first: Database) -> None:
    migrate(first)
    migrate(first, "0001")
    with every_row_of(first).plain.connect() as connection:
        rows = connection.execute(text("SELECT reference, status FROM case_file")).all()
    assert {row[0]: row[1] for row in rows} == {
        "ALD-1-C1": "submitted",
        "ALD-1-C2": "draft",
        "ALD-2-C1": "submitted",
        "ALD-2-C2": "draft",
    }


MADE = (
    "INSERT INTO release (number, scope, content_hash, trail_head, inspections, areas, made_at, "
    "made_by) VALUES (:number, 'all', 'c', 't', 3, 2, '2026-03-01 12:00:00+00:00', 'reader')"
)


def test_releases_made_before_stand_as_published_and_survive_the_way_back(
    first: Database,
) -> None:
    with every_row_of(first).writing.begin() as connection:
        for number in (1, 2):
            connection.execute(text(MADE), {"number": number})
    migrate(first)
    with every_row_of(first).writing.begin() as connection:
        rows = connection.execute(
            text("SELECT number, status, content, drawn_by FROM release ORDER BY number")
        ).all()
        connection.execute(
            text(
                "INSERT INTO release (status, scope, inspections_asked, content_hash, trail_head, "
                "inspections, areas, drawn_at, drawn_by, version) VALUES ('draft', 'all', '[]', "
                "'d', 't', 1, 1, '2026-03-02 12:00:00+00:00', 'reader', 1)"
            )
        )
    assert rows == [(1, "published", None, "reader"), (2, "published", None, "reader")]
    migrate(first, "0005")
    with every_row_of(first).plain.connect() as connection:
        kept = connection.execute(text("SELECT number, made_by FROM release ORDER BY number")).all()
    assert kept == [(1, "reader"), (2, "reader")]


def test_foreign_keys_are_checked_again_after_a_migration(first: Database) -> None:
    migrate(first)
    if first.url.get_backend_name() == "sqlite":
        with every_row_of(first).writing.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_migration_that_fails_leaves_foreign_keys_on_and_the_tables_as_they_were(
    first: Database,
) -> None:
    if first.url.get_backend_name() != "sqlite":
        pytest.skip("PostgreSQL never lets go of them")
    with every_row_of(first).writing.begin() as connection:
        connection.execute(text("CREATE TABLE intake (in_the_way TEXT)"))
    with pytest.raises(OperationalError):
        migrate(first)
    with every_row_of(first).writing.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    assert "edition" not in {c["name"] for c in inspect(first.plain).get_columns("case_file")}


def test_texts_of_every_earlier_version_are_not_yet_translated_and_no_claim_is_made_up(
    first: Database,
) -> None:
    for version in ("0001", "0006"):
        migrate(first)
        migrate(first, version)
        with every_row_of(first).writing.begin() as connection:
            connection.execute(text("UPDATE inspection SET summary = 'What was found.'"))
        migrate(first)
        with every_row_of(first).plain.connect() as connection:
            rows = connection.execute(
                text("SELECT title, summary, title_welsh, summary_welsh FROM inspection")
            ).all()
            assert [tuple(row) for row in rows] == [("An audit", "What was found.", None, None)] * 2
            assert connection.execute(text("SELECT COUNT(*) FROM claim")).scalar() == 0


CLAIM = (
    "INSERT INTO claim (code, inspection, position, text, direction, version) "
    "VALUES ('ALD-1-C1', 'ALD-1', 1, 'Children were seen.', 'positive', 1)"
)
THEME = "INSERT INTO theme VALUES ('T1', 1, 'T', 'T', 'T', 'T', 'T', 'T')"
WELSH = "UPDATE inspection SET title_welsh = 'Archwiliad'"


def test_the_way_back_from_claims_keeps_what_the_earlier_version_held(first: Database) -> None:
    for version in ("0001", "0005"):
        migrate(first)
        with every_row_of(first).writing.begin() as connection:
            connection.execute(text(CLAIM))
            connection.execute(
                text("INSERT INTO theme VALUES (:t, 1, :t, :t, :t, :t, :t, :t)"), {"t": "T1"}
            )
            connection.execute(text("INSERT INTO claim_theme VALUES ('ALD-1-C1', 'T1')"))
            connection.execute(text(WELSH))
        migrate(first, version)
        left = {name.split("_")[0] for name in inspect(first.plain).get_table_names()}
        assert left & {"claim"} == set()
        with every_row_of(first).writing.begin() as connection:
            assert connection.execute(text("SELECT COUNT(*) FROM case_file")).scalar() == 4
            titles = connection.execute(text("SELECT title FROM inspection")).scalars()
            assert list(titles) == ["An audit", "An audit"]
            connection.execute(text("DELETE FROM theme"))
    migrate(first)
    open_database(first.url.render_as_string(hide_password=False)).close()


LEFT = (
    "UPDATE person SET ended_at = '2026-03-01 12:00:00+00:00', ended_by = 'somebody'",
    "INSERT INTO person_role (person, role) VALUES ('reader', 'inspector')",
    "INSERT INTO person_identity (person, issuer, subject, linked_at, linked_by) "
    "VALUES ('reader', 'https://login.example', 's', '2026-03-01 12:00:00+00:00', 'somebody')",
)


def test_people_of_before_stay_and_who_left_does_not_come_back_in_by_the_way_back(
    first: Database,
) -> None:
    migrate(first)
    with every_row_of(first).writing.begin() as connection:
        held = connection.execute(text("SELECT code, ended_at, invited_at FROM person")).all()
        assert [tuple(row) for row in held] == [("reader", None, None)]
        for statement in LEFT:
            connection.execute(text(statement))
    migrate(first, "0008")
    with every_row_of(first).plain.connect() as connection:
        assert list(connection.execute(text("SELECT code FROM person")).scalars()) == ["reader"]
        assert connection.execute(text("SELECT COUNT(*) FROM person_role")).scalar() == 0
    migrate(first)
    open_database(first.url.render_as_string(hide_password=False)).close()


Columns = dict[tuple[str, str], Counter[object]]
# What an earlier version cannot hold: drafts of releases, figures of returns, cases that count.
GONE = {"0006": {"release"}, "0003": {"figure"}}
REWRITTEN = {"0001": {("case_file", "status")}, "0002": {("case_file", "status")}}


def _held(database: Database) -> Columns:
    """Return every column of every table with the values it holds."""
    held: Columns = {}
    with every_row_of(database).plain.connect() as connection:
        for each in portable.tables(connection):
            names = portable.names(each)
            values = [*zip(*portable.rows(connection, each, names), strict=True)]
            columns = values or [()] * len(names)
            named = zip(names, columns, strict=True)
            held |= {(each.name, name): Counter(column) for name, column in named}
    return held


def _differing(before: Columns, after: Columns) -> set[tuple[str, str]]:
    """Return the columns that both have and whose values are not the same in both."""
    return {column for column in before.keys() & after.keys() if before[column] != after[column]}


def test_the_samples_go_back_to_every_earlier_version_with_all_that_it_can_hold(
    database: Database,
) -> None:
    newer = older = _held(database)
    assert len({table for table, _name in newer}) > 40
    for version in VERSIONS[-2::-1]:
        migrate(database, version)
        older = _held(database)
        differing = _differing(newer, older) - REWRITTEN.get(version, set())
        assert {table for table, _name in differing} == GONE.get(version, set()), version
        assert all(older[column] <= newer[column] for column in differing), version
        newer = older
    for version in VERSIONS[1:]:
        migrate(database, version)
        newer = _held(database)
        assert _differing(older, newer) == REWRITTEN.get(version, set()), version
        older = newer
    open_database(database.url.render_as_string(hide_password=False)).close()
