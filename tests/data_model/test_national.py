"""The nation's snapshot: only what changed is written, and nobody ever reads half of a change."""

import json
from pathlib import Path

import polars as pl
import pytest

from data_model import counted, national
from data_model.counted import Snapshot
from data_model.database import Database
from data_model.frames import FRAMES
from data_model.national import LIST
from inspect_app.errors import Refusal
from inspect_app.services import inspections, people

AGREED, AREA = "ALD-2025-JTAI", "X06000001"


def snapshot(database: Database) -> Snapshot:
    """Return the snapshot of the counted evidence as it stands."""
    with database.reading() as session:
        return counted.snapshot(session, database.snapshots)


def marks(folder: Path) -> dict[str, int]:
    """Return when each file was written, by its place in the folder."""
    files = (each for each in folder.rglob("*.parquet"))
    return {each.relative_to(folder).as_posix(): each.stat().st_mtime_ns for each in files}


def rows(folder: Path, name: str) -> pl.DataFrame:
    """Return a frame of the whole nation as its list of files has it."""
    return pl.read_parquet(national.read(str(folder)).of(name))


def test_the_files_hold_what_the_database_counts(database: Database, tmp_path: Path) -> None:
    held = snapshot(database)
    done = national.write(held, str(tmp_path))
    assert (done.written, done.same, done.gone) == (len(held.folders), 0, 0)
    for name in FRAMES:
        assert rows(tmp_path, name).equals(held.frame(name)), name


def test_only_the_area_that_changed_is_written_anew(database: Database, tmp_path: Path) -> None:
    national.write(snapshot(database), str(tmp_path))
    before = marks(tmp_path)
    inspections.reopen(AGREED, "A case was missed.", by=people.sign_in("priya-lead", database))
    done = national.write(snapshot(database), str(tmp_path))
    after = marks(tmp_path)
    assert done.written == 1
    assert {place for place in after if before.get(place) != after[place]} <= {
        place for place in after if f"/{AREA}/" in place
    }
    assert AGREED not in rows(tmp_path, "findings").get_column("inspection")


def test_whoever_reads_while_it_changes_keeps_the_files_they_began_with(
    database: Database, tmp_path: Path
) -> None:
    lead = people.sign_in("priya-lead", database)
    national.write(snapshot(database), str(tmp_path))
    began = national.read(str(tmp_path))
    before = pl.read_parquet(began.of("findings"))
    inspections.reopen(AGREED, "A case was missed.", by=lead)
    national.write(snapshot(database), str(tmp_path))
    assert pl.read_parquet(began.of("findings")).equals(before)
    inspections.agree(AGREED, by=lead)
    national.write(snapshot(database), str(tmp_path))
    listed = national.read(str(tmp_path)).files.values()
    assert {place for held in listed for place in held.values()} <= set(marks(tmp_path))


def test_files_of_two_turns_ago_are_gone(database: Database, tmp_path: Path) -> None:
    lead = people.sign_in("priya-lead", database)
    national.write(snapshot(database), str(tmp_path))
    first = set(marks(tmp_path))
    inspections.reopen(AGREED, "A case was missed.", by=lead)
    national.write(snapshot(database), str(tmp_path))
    assert first <= set(marks(tmp_path))
    national.write(snapshot(database), str(tmp_path))
    assert not {place for place in first if f"cases/{AREA}/" in place} & set(marks(tmp_path))


def test_one_area_is_read_without_the_others() -> None:
    files = {"cases": {"A": "cases/A/1.parquet", "B": "cases/B/1.parquet"}}
    held = national.National("s3://bucket/nation", {}, files)
    assert held.of("cases", ["B", "C"]) == ["s3://bucket/nation/cases/B/1.parquet"]
    assert held.of("episodes") == []


def test_a_folder_without_a_snapshot_says_how_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="There is no snapshot") as refused:
        national.read(str(tmp_path))
    assert "inspect-app snapshot" in refused.value.advice


def test_a_snapshot_of_another_layout_is_refused(tmp_path: Path) -> None:
    (tmp_path / LIST).write_text(json.dumps({"layout": 99, "versions": {}, "files": {}}))
    with pytest.raises(Refusal, match="layout 99"):
        national.read(str(tmp_path))


def test_an_address_is_as_good_as_a_path(database: Database, tmp_path: Path) -> None:
    national.write(snapshot(database), tmp_path.as_uri())
    assert rows(tmp_path, "cases").height == snapshot(database).frame("cases").height
