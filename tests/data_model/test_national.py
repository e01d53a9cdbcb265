"""The nation's snapshot: only what changed is written, and nobody ever reads half of a change."""

from pathlib import Path

import polars as pl
import pytest

from data_model import counted, national
from data_model.counted import Snapshot
from data_model.database import Database
from data_model.frames import FRAMES
from data_model.national import LIST, Listed
from inspect_app.errors import Refusal
from inspect_app.services import inspections, people
from tests.support.looking import every_row_of

AGREED, AREA = "ALD-2025-JTAI", "X06000001"

on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""Files are the same whichever database they were written from."""


@pytest.fixture
def nation(tmp_path: Path) -> Path:
    """An empty folder."""
    place = tmp_path / "nation"
    place.mkdir()
    return place


def snapshot(database: Database) -> Snapshot:
    """Return the snapshot of the counted evidence as it stands."""
    with every_row_of(database).reading() as session:
        return counted.snapshot(session, database.snapshots)


def marks(folder: Path) -> dict[str, int]:
    """Return when each file was written, by its place in the folder."""
    files = (each for each in folder.rglob("*.parquet"))
    return {each.relative_to(folder).as_posix(): each.stat().st_mtime_ns for each in files}


def rows(folder: Path, name: str) -> pl.DataFrame:
    """Return a frame of the whole nation as its list of files has it."""
    return pl.read_parquet(national.read(str(folder)).of(name))


@on_one_database
def test_the_files_hold_what_the_database_counts(database: Database, nation: Path) -> None:
    held = snapshot(database)
    done = national.write(held, str(nation))
    assert (done.written, done.same, done.gone) == (len(held.folders), 0, 0)
    for name in FRAMES:
        assert rows(nation, name).equals(held.frame(name)), name


@on_one_database
def test_only_the_area_that_changed_is_written_anew(database: Database, nation: Path) -> None:
    national.write(snapshot(database), str(nation))
    before = marks(nation)
    inspections.reopen(AGREED, "A case was missed.", by=people.sign_in("priya-lead", database))
    done = national.write(snapshot(database), str(nation))
    after = marks(nation)
    assert done.written == 1
    assert {place for place in after if before.get(place) != after[place]} <= {
        place for place in after if f"/{AREA}/" in place
    }
    assert AGREED not in rows(nation, "findings").get_column("inspection")


@on_one_database
def test_whoever_reads_while_it_changes_keeps_the_files_they_began_with(
    database: Database, nation: Path
) -> None:
    lead = people.sign_in("priya-lead", database)
    national.write(snapshot(database), str(nation))
    began = national.read(str(nation))
    before = pl.read_parquet(began.of("findings"))
    inspections.reopen(AGREED, "A case was missed.", by=lead)
    national.write(snapshot(database), str(nation))
    assert pl.read_parquet(began.of("findings")).equals(before)
    inspections.agree(AGREED, by=lead)
    national.write(snapshot(database), str(nation))
    assert national.read(str(nation)).listed.places() <= set(marks(nation))


@on_one_database
def test_files_of_two_turns_ago_are_gone(database: Database, nation: Path) -> None:
    lead = people.sign_in("priya-lead", database)
    national.write(snapshot(database), str(nation))
    first = set(marks(nation))
    inspections.reopen(AGREED, "A case was missed.", by=lead)
    national.write(snapshot(database), str(nation))
    assert first <= set(marks(nation))
    national.write(snapshot(database), str(nation))
    assert not {place for place in first if f"cases/{AREA}/" in place} & set(marks(nation))


def test_one_area_is_read_without_the_others() -> None:
    codes = ("E06000001", "E06000002")
    held = Listed(versions=dict.fromkeys(codes, "1a"), frames={"cases": codes})
    whole = national.National("s3://bucket/nation", held)
    asked = whole.of("cases", ["E06000002", "E06000003"])
    assert asked == ["s3://bucket/nation/cases/E06000002/1a.parquet"]
    assert whole.of("episodes") == []


@on_one_database
def test_somebody_elses_files_are_never_touched(database: Database, nation: Path) -> None:
    theirs = nation / "cases" / "notes.docx"
    theirs.parent.mkdir()
    theirs.write_text("Ours, not yours.")
    with pytest.raises(Refusal, match="holds other things, and no snapshot"):
        national.write(snapshot(database), str(nation))
    assert [each for each in nation.rglob("*") if each.is_file()] == [theirs]


@on_one_database
def test_files_beside_a_snapshot_stay(database: Database, nation: Path) -> None:
    national.write(snapshot(database), str(nation))
    theirs = nation / "cases" / AREA / "plot.png"
    theirs.write_text("Ours, not yours.")
    lead = people.sign_in("priya-lead", database)
    for _turn in range(2):
        inspections.reopen(AGREED, "A case was missed.", by=lead)
        national.write(snapshot(database), str(nation))
        inspections.agree(AGREED, by=lead)
        national.write(snapshot(database), str(nation))
    assert theirs.exists()


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "{}{}",
        '{"layout": 99, "versions": {}, "frames": {}}',
        '{"layout": 1, "versions": {"../../home": "1"}, "frames": {}}',
        '{"layout": 1, "versions": {"E06000001": "../1"}, "frames": {"cases": ["E06000001"]}}',
        '{"layout": 1, "versions": {}, "frames": {}, "leaving": ["../secret.parquet"]}',
    ],
)
def test_a_list_that_is_damaged_or_made_up_is_refused(nation: Path, said: str) -> None:
    (nation / LIST).write_text(said)
    with pytest.raises(Refusal, match="is damaged, or of a layout"):
        national.read(str(nation))


@pytest.mark.parametrize("folder", ["ftp://host/nation", "s3://bucket/nation?region=eu-west-2"])
def test_an_address_that_cannot_be_used_says_so(folder: str) -> None:
    with pytest.raises(Refusal, match="cannot be used"):
        national.read(folder)


@on_one_database
def test_a_file_is_no_folder(database: Database, nation: Path) -> None:
    (nation / "taken").write_text("")
    with pytest.raises(Refusal):
        national.write(snapshot(database), str(nation / "taken"))


def test_a_folder_without_a_snapshot_says_how_to_write_one(nation: Path) -> None:
    with pytest.raises(Refusal, match="There is no snapshot") as refused:
        national.read(str(nation))
    assert "inspect-app snapshot" in refused.value.advice


@on_one_database
def test_an_address_is_as_good_as_a_path(database: Database, nation: Path) -> None:
    national.write(snapshot(database), nation.as_uri())
    assert rows(nation, "cases").height == snapshot(database).frame("cases").height
