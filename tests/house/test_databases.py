"""Each test that asks for a database gets a real one of its own, on both kinds."""

import shutil
from pathlib import Path

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from tests.support import postgres as running
from tests.support.postgres import OWNER, Server


def _do(url: str, *statements: str) -> list[str]:
    named = make_url(url)
    owned = named if named.get_backend_name() == "sqlite" else named.set(username=OWNER)
    engine = create_engine(owned, poolclass=NullPool)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
        return inspect(connection).get_table_names()


def test_a_fresh_database_is_empty_and_can_be_written_to(database_url: str) -> None:
    assert _do(database_url) == []
    assert _do(database_url, "CREATE TABLE note (words TEXT)") == ["note"]


def test_two_databases_of_one_server_share_nothing(postgres: Server) -> None:
    first, second = postgres.new_database(), postgres.new_database()
    _do(first, "CREATE TABLE note (words TEXT)")
    assert _do(second) == []


def test_a_database_can_start_as_a_copy_of_another(postgres: Server) -> None:
    original = postgres.new_database()
    _do(original, "CREATE TABLE note (words TEXT)")
    assert _do(postgres.new_database(template=original)) == ["note"]


def test_nobody_but_this_process_and_root_can_reach_the_server(postgres: Server) -> None:
    folder = Path(postgres.host)
    assert not folder.is_dir() or folder.stat().st_mode & 0o077 == 0


def test_the_programs_that_pip_brought_still_run_from_a_copy() -> None:
    packages = running._site_packages()
    assert packages
    place = running.private_folder()
    try:
        newest, *_ = running._shipped(running._copied(packages, place / "programs"))
        assert running._runs(newest, place)
    finally:
        shutil.rmtree(place)
