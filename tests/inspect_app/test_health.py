"""Health, readiness and metrics, asked over the wire of a server that has a port of its own."""

import json
import shutil
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from data_model import closing
from data_model.database import Database, create_database
from inspect_app import settings
from inspect_app.errors import Refusal
from inspect_app.installation import health, whole
from tests.support.looking import MASTER, every_row_of
from tests.support.postgres import OWNER, Server

Ask = Callable[[str], tuple[int, str]]


@contextmanager
def asking(address: str) -> Iterator[Ask]:
    """Watch a database as a process of the app does, and give a way to ask."""
    with socket.socket() as free:
        free.bind((health.HOST, 0))
        port = int(free.getsockname()[1])
    server = health.begin(port, address, lambda: 3)

    def ask(path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://{health.HOST}:{port}{path}", timeout=30) as said:
                return said.status, said.read().decode()
        except urllib.error.HTTPError as problem:
            return problem.code, problem.read().decode()

    try:
        yield ask
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    """An installation with its tables and nothing in them."""
    database = create_database(database_url)
    yield database
    database.close()


def _address(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def test_a_process_that_can_work_says_so(empty: Database) -> None:
    with asking(_address(empty)) as ask:
        assert ask("/healthz") == (200, '{"lives": true}\n')
        status, said = ask("/readyz")
        assert status == 200
        assert json.loads(said) == {
            "ready": True,
            "database": "ok",
            "row security": "ok",
            "disk": "ok",
            "snapshots": "ok",
            "shelf": "ok",
        }
        assert ask("/anything-else")[0] == 404


def test_metrics_say_how_long_the_trail_is_and_how_many_sessions_there_are(
    empty: Database,
) -> None:
    with asking(_address(empty)) as ask:
        status, said = ask("/metrics")
    assert status == 200
    assert "inspect_app_trail_events 0.0" in said
    assert "inspect_app_sessions 3.0" in said
    assert "inspect_app_writers_waiting 0.0" in said


def test_a_database_of_another_version_is_not_ready_and_the_process_still_lives(
    empty: Database,
) -> None:
    with every_row_of(empty).writing.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with asking(_address(empty)) as ask:
        status, said = ask("/readyz")
        assert status == 503
        assert json.loads(said) == {"ready": False, "database": "not there, or of another version"}
        assert ask("/healthz")[0] == 200
        assert "inspect_app_trail_events" not in ask("/metrics")[1]


def test_a_database_that_was_moved_is_not_ready_until_it_is_opened_again(
    empty: Database,
) -> None:
    with whole.changing(empty) as connection:
        closing.close(connection)
    with asking(_address(empty)) as ask:
        assert json.loads(ask("/readyz")[1])["database"] == "closed: it was moved"
        with whole.changing(empty) as connection:
            closing.reopen(connection)
        assert ask("/readyz")[0] == 200


@pytest.mark.parametrize(
    ("role", "said"), [(OWNER, "this role owns the tables"), (MASTER, "this role is a superuser")]
)
def test_a_role_that_policies_do_not_hold_is_not_ready_where_the_owner_is_named(
    role: str, said: str, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.new_database()
    create_database(url).close()
    address = make_url(url).set(username=role).render_as_string(hide_password=False)
    with asking(address) as ask:
        status, answer = ask("/readyz")
        assert status == 503
        assert said in json.loads(answer)["row security"]
        monkeypatch.delenv(settings.DATABASE_OWNER.name)
        assert ask("/readyz")[0] == 200
    postgres.drop(url)


def test_a_folder_that_is_no_folder_is_not_ready(
    empty: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "shelf"
    file.write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("INSPECT_APP_SHELF", str(file))
    with asking(_address(empty)) as ask:
        status, said = ask("/readyz")
    assert status == 503
    assert json.loads(said)["shelf"] == "NotADirectoryError"


def test_a_disk_that_has_gone_is_not_ready(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    database = create_database(f"sqlite:///{(folder / 'x.db').as_posix()}")
    database.close()
    with asking(_address(database)) as ask:
        assert ask("/readyz")[0] == 200
        shutil.rmtree(folder)
        status, said = ask("/readyz")
    assert status == 503
    assert str(make_url(_address(database)).database) not in said


def test_a_port_that_is_taken_is_refused_with_its_number(empty: Database) -> None:
    with socket.socket() as taken:
        taken.bind((health.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refusal, match=f"Port {port} .* cannot be used"):
            health.begin(port, _address(empty), lambda: 0)
