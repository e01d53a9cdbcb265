"""Backups: taken in use, restored equal into either kind, and refused when a byte differs."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from data_model.database import Database, create_database, migrate, open_database
from data_model.records.trail import BEGINNING
from inspect_app.command_line import main
from inspect_app.errors import Refusal
from inspect_app.installation import archive, backup, restoring, whole
from inspect_app.services import trail
from tests.support.installations import (
    Writer,
    address_of,
    every_row,
    is_same_but_for_one_event,
    write,
)
from tests.support.looking import every_row_of
from tests.support.postgres import Server

PHRASE = "a pass phrase of some length"


@pytest.fixture
def elsewhere(database: Database, postgres: Server, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the other kind."""
    if database.url.get_backend_name() == "postgresql":
        yield f"sqlite:///{(tmp_path / 'elsewhere.db').as_posix()}"
        return
    url = postgres.new_database()
    yield url
    postgres.drop(url)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, bytes]:
    """Two backups of a small installation with a shelf: open, and sealed with `PHRASE`."""
    folder = tmp_path_factory.mktemp("backups")
    database = create_database(f"sqlite:///{(folder / 'small.db').as_posix()}")
    for what in ("one", "two"):
        write(database, what)
    database.shelf.mkdir()
    (database.shelf / "index.html").write_text("published " * 100, encoding="utf-8")
    held = {}
    for sealed in (False, True):
        file = folder / f"{sealed}.backup"
        backup.back_up(address_of(database), file, PHRASE if sealed else None)
        held[sealed] = file.read_bytes()
    database.close()
    return held


def test_the_samples_are_restored_into_the_other_kind_of_database_row_for_row(
    database: Database,
    elsewhere: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("INSPECT_APP_BACKUP_PASSPHRASE", PHRASE)
    database.shelf.mkdir()
    (database.shelf / "index.html").write_text("published", encoding="utf-8")
    before, file = every_row(database), tmp_path / "all.backup"
    with database.reading() as session:
        head = trail.head(session)
    assert main(["backup", "--to", str(file), "--database", address_of(database)]) == 0
    assert file.stat().st_mode & 0o077 == 0
    assert main(["restore", "--from", str(file), "--database", elsewhere]) == 0
    said = capsys.readouterr().out
    assert said.count(f"its head was {head}") == 2
    with closing(open_database(elsewhere)) as there:
        assert is_same_but_for_one_event(every_row(there), before)
        assert (there.shelf / "index.html").read_text(encoding="utf-8") == "published"
        with whole.one_moment(there) as reading:
            assert whole.chain(reading).first_broken is None
        with pytest.raises(Refusal, match="holds records already"):
            restoring.restore(file, elsewhere, PHRASE)


def test_a_backup_in_use_holds_every_change_acknowledged_before_it_began(
    database_url: str, tmp_path: Path
) -> None:
    file, target = tmp_path / "busy.backup", f"sqlite:///{(tmp_path / 'again.db').as_posix()}"
    with closing(create_database(database_url)) as database:
        with Writer(database, "first") as first, Writer(database, "second") as second:
            first.has_written(2)
            second.has_written(2)
            before = [*first.acknowledged, *second.acknowledged]
            backup.back_up(database_url, file)
            first.has_written(len(before) + 1)
        assert not first.errors + second.errors
        assert len(first.acknowledged + second.acknowledged) > len(before)
    restored = restoring.restore(file, target)
    assert restored.trail.first_broken is None
    with closing(open_database(target)) as there:
        kept = b"".join(every_row(there)["audit_event"]).decode()
        with whole.one_moment(there) as reading:
            assert whole.chain(reading).first_broken is None
    assert [what for what in before if f'"{what}"' not in kept] == []


def _restored(data: bytes, folder: Path) -> None:
    file = folder / "x.backup"
    file.write_bytes(data)
    restoring.restore(file, f"sqlite:///{(folder / 'none.db').as_posix()}", PHRASE)


@pytest.mark.parametrize("sealed", [False, True])
def test_a_backup_with_any_byte_changed_is_refused_and_nothing_is_there(
    sealed: bool,  # noqa: FBT001 - a case of the test
    files: dict[bool, bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder, whole_file = tmp_path_factory.mktemp("flipped"), files[sealed]

    @given(place=st.integers(0, len(whole_file) - 1), bit=st.integers(0, 7))
    def flip(place: int, bit: int) -> None:
        data = bytearray(whole_file)
        data[place] ^= 1 << bit
        with pytest.raises(Refusal, match=r"cannot be used|does not open"):
            _restored(bytes(data), folder)
        assert not (folder / "none.db").exists()

    flip()


@pytest.mark.parametrize("sealed", [False, True])
def test_a_backup_that_is_cut_short_is_refused(
    sealed: bool,  # noqa: FBT001 - a case of the test
    files: dict[bool, bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder, whole_file = tmp_path_factory.mktemp("short"), files[sealed]

    @given(length=st.integers(0, len(whole_file) - 1))
    def cut(length: int) -> None:
        with pytest.raises(Refusal):
            _restored(whole_file[:length], folder)
        assert not (folder / "none.db").exists()

    cut()


def test_a_damaged_table_is_named(files: dict[bool, bytes], tmp_path: Path) -> None:
    name = b"tables/audit_event.jsonl"
    data = bytearray(files[False])
    data[data.index(name) + len(name) + 40] ^= 1
    with pytest.raises(Refusal, match=r"tables/audit_event\.jsonl is not what was written"):
        _restored(bytes(data), tmp_path)


def test_a_path_that_leads_out_of_the_shelf_is_refused(
    files: dict[bool, bytes], tmp_path: Path
) -> None:
    plain, evil = tmp_path / "plain.backup", tmp_path / "evil.backup"
    plain.write_bytes(files[False])
    with zipfile.ZipFile(plain) as held, zipfile.ZipFile(evil, "w") as out:
        said = json.loads(held.read("manifest.json"))
        said["shelf"][0]["path"] = "../../outside"
        out.writestr("manifest.json", json.dumps(said))
    with pytest.raises(Refusal, match="cannot be used"):
        _restored(evil.read_bytes(), tmp_path)


def test_an_encrypted_backup_asks_for_its_phrase_and_opens_with_no_other(
    files: dict[bool, bytes], tmp_path: Path
) -> None:
    file, target = tmp_path / "x.backup", f"sqlite:///{(tmp_path / 'x.db').as_posix()}"
    file.write_bytes(files[True])
    assert b"audit_event" not in files[True]
    with pytest.raises(Refusal, match="is encrypted"):
        restoring.restore(file, target)
    with pytest.raises(Refusal, match="does not open"):
        restoring.restore(file, target, PHRASE + "!")
    assert restoring.restore(file, target, PHRASE).files == 1


def test_a_backup_of_an_earlier_version_is_restored_and_brought_up_to_date(
    database: Database, tmp_path: Path
) -> None:
    migrate(database, "0006")
    # A trail as it was then: what events have said since, that version could not hold.
    with every_row_of(database).writing.begin() as connection:
        connection.execute(text("DELETE FROM audit_event"))
        for table in ("audit_event_aside", "case_read_aside"):
            connection.execute(text(f"DROP TABLE IF EXISTS {table}"))
    trail = whole.Chain(0, BEGINNING, None)
    file, target = tmp_path / "old.backup", f"sqlite:///{(tmp_path / 'new.db').as_posix()}"
    with file.open("w+b") as out:
        with whole.one_moment(database) as reading:
            backup._write(reading, database, out, trail)
        archive.stamp(out)
    assert restoring.restore(file, target).brought_up == "0006"
    old = every_row(database)
    with closing(open_database(target)) as there:
        new = every_row(there)
    assert new["case_file"] == old["case_file"] != []
    assert new["claim"] == old["claim"] != []
    assert new["release"] == new["release_acknowledgement"] == []


def test_a_backup_is_never_written_over_and_one_that_fails_leaves_nothing(
    database_url: str, tmp_path: Path
) -> None:
    create_database(database_url).close()
    there = tmp_path / "there.backup"
    there.write_text("something", encoding="utf-8")
    with pytest.raises(Refusal, match="is there already"):
        backup.back_up(database_url, there)
    with pytest.raises(Refusal, match="could not be written"):
        backup.back_up(database_url, tmp_path / "no-folder" / "x.backup")
    assert there.read_text(encoding="utf-8") == "something"
    assert [file.name for file in tmp_path.iterdir() if "backup" in file.name] == ["there.backup"]
