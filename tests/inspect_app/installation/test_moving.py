"""Moving a live installation: every row arrives as it was, or nothing does and nothing changed."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data_model.database import Database, create_database, open_database
from inspect_app.command_line import main
from inspect_app.errors import Refusal
from inspect_app.installation import moving, whole
from tests.support.installations import (
    Writer,
    address_of,
    every_row,
    is_same_but_for_one_event,
    write,
)
from tests.support.looking import every_row_of
from tests.support.postgres import Server
from tests.support.trails import unguard


@pytest.fixture
def elsewhere(database: Database, postgres: Server, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the other kind."""
    if database.url.get_backend_name() == "postgresql":
        yield f"sqlite:///{(tmp_path / 'elsewhere.db').as_posix()}"
        return
    url = postgres.new_database()
    yield url
    postgres.drop(url)


@pytest.fixture
def small(database_url: str) -> Iterator[Database]:
    """An installation with three events, an area and nothing else."""
    database = create_database(database_url)
    with database.writing.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO area (code, name, kind, nation) "
                "VALUES ('X06000001', 'Aldermere', 'local_authority', 'england')"
            )
        )
    for what in ("one", "two", "three"):
        write(database, what)
    yield database
    database.close()


@pytest.fixture
def target(small: Database, postgres: Server, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the other kind than `small`."""
    if small.url.get_backend_name() == "postgresql":
        yield f"sqlite:///{(tmp_path / 'target.db').as_posix()}"
        return
    url = postgres.new_database()
    yield url
    postgres.drop(url)


def _silent(_what: str) -> None:
    """Hear nothing of how far it is."""


def _is_untouched(small: Database, target: str) -> None:
    """Check that the old one can be written to, and that the new one can be moved to."""
    write(small, "as before")
    assert moving.move(address_of(small), target, _silent).events == 4


def test_the_samples_move_to_the_other_kind_of_database_with_their_shelf_and_are_the_same(
    database: Database, elsewhere: str, capsys: pytest.CaptureFixture[str]
) -> None:
    database.shelf.mkdir()
    (database.shelf / "index.html").write_text("published", encoding="utf-8")
    before = every_row(database)
    assert main(["move", "--from", address_of(database), "--to", elsewhere]) == 0
    said = capsys.readouterr().out
    assert f"Moved: {sum(map(len, before.values())):,} rows of {len(before)} tables" in said
    with closing(open_database(elsewhere)) as there:
        assert is_same_but_for_one_event(every_row(there), before)
        assert (there.shelf / "index.html").read_text(encoding="utf-8") == "published"
        write(there, "after the move")
        with whole.one_moment(there) as reading:
            assert whole.chain(reading).first_broken is None
    with pytest.raises(DBAPIError, match="closed to writing"):
        write(database, "too late")
    assert every_row(database) == before


def test_who_writes_while_it_moves_waits_and_is_then_refused_so_that_nothing_is_lost(
    small: Database, target: str
) -> None:
    with Writer(small, "busy") as busy:
        busy.has_written(5)
        moving.move(address_of(small), target, _silent)
        busy._thread.join()
    assert "closed to writing" in str(busy.errors[0])
    with closing(open_database(target)) as there:
        kept = b"".join(every_row(there)["audit_event"]).decode()
    assert [what for what in busy.acknowledged if f'"{what}"' not in kept] == []


def test_a_move_that_is_given_up_lets_the_old_database_be_written_again(
    small: Database, target: str, tmp_path: Path
) -> None:
    moving.move(address_of(small), target, _silent)
    with pytest.raises(Refusal, match="was moved already"):
        moving.move(address_of(small), f"sqlite:///{tmp_path}/third.db", _silent)
    assert main(["move", "--reopen", address_of(small)]) == 0
    write(small, "again")
    with pytest.raises(Refusal, match="is not closed"):
        moving.reopen(address_of(small))


def test_a_target_that_holds_a_row_is_refused_and_left_alone(small: Database, target: str) -> None:
    moving.move(address_of(small), target, _silent)
    moving.reopen(address_of(small))
    with closing(open_database(target)) as there:
        before = every_row(there)
        with pytest.raises(Refusal, match="holds records already"):
            moving.move(address_of(small), target, _silent)
        assert every_row(there) == before
    write(small, "still open")


def test_a_move_that_is_interrupted_leaves_the_target_empty_and_the_source_open(
    small: Database, target: str
) -> None:
    def interrupt(what: str) -> None:
        if what.startswith("audit_event"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        moving.move(address_of(small), target, interrupt)
    _is_untouched(small, target)


def test_a_broken_trail_is_refused_and_named(small: Database, target: str) -> None:
    with every_row_of(small).writing.begin() as connection:
        unguard(connection)
        connection.execute(text("UPDATE audit_event SET subject = 'else' WHERE number = 2"))
    with pytest.raises(Refusal, match="broken at event 2"):
        moving.move(address_of(small), target, _silent)
    with every_row_of(small).writing.begin() as connection:
        connection.execute(text("UPDATE audit_event SET subject = 'two' WHERE number = 2"))
    _is_untouched(small, target)


def test_a_value_that_the_other_kind_cannot_keep_is_refused_without_its_words(
    small: Database, target: str
) -> None:
    if small.url.get_backend_name() == "postgresql":
        pytest.skip("a file keeps whatever a server keeps")
    with small.writing.begin() as connection:
        connection.execute(text("UPDATE area SET name = 'Canary' || char(0)"))
    with pytest.raises(Refusal, match=r"A row of area cannot be kept") as met:
        moving.move(address_of(small), target, _silent)
    assert "Canary" not in str(met.value)
    with small.writing.begin() as connection:
        connection.execute(text("UPDATE area SET name = 'Aldermere'"))
    _is_untouched(small, target)


def test_a_row_that_differs_is_named(small: Database, target: str) -> None:
    with (
        closing(create_database(target)) as there,
        whole.one_moment(small) as reading,
        whole.one_moment(there) as writing,
        pytest.raises(Refusal, match="Row 1 of area is not the same on both sides"),
    ):
        moving.compare(reading, writing, moving.paired(reading, writing))


def test_a_server_goes_on_numbering_after_the_rows_that_moved(
    database: Database, elsewhere: str
) -> None:
    if database.url.get_backend_name() == "postgresql":
        pytest.skip("a file numbers by what is there")
    moving.move(address_of(database), elsewhere, _silent)
    with closing(open_database(elsewhere)) as there, whole.changing(there) as connection:
        highest = connection.execute(text("SELECT MAX(id) FROM figure")).scalar_one()
        place = "pg_get_serial_sequence('figure', 'id')"
        given = connection.execute(text(f"SELECT nextval({place})")).scalar_one()
    assert given == highest + 1
