"""The command line: says what it does, refuses with a reason, and leaves no stray file."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from data_model.database import Database
from inspect_app.command_line import main
from inspect_app.services import people
from tests.support.packs import INSPECTION, READER, opened, saved, write
from tests.support.sampling import DIP, EXTRACT, start

Run = Callable[..., subprocess.CompletedProcess[str]]
# What a command does is tested on both kinds of database below it; here one is enough.
on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `inspect-app` in an empty folder, in this process, and return what it said."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    def ran(*arguments: str, database: str | None = None) -> subprocess.CompletedProcess[str]:
        monkeypatch.delenv("INSPECT_APP_DATABASE", raising=False)
        if database is not None:
            monkeypatch.setenv("INSPECT_APP_DATABASE", database)
        capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return ran


def address(database: Database) -> str:
    """Return a database's address as a person would give it."""
    return database.url.render_as_string(hide_password=False)


def test_help_reads_well_as_people_run_it(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "inspect_app", "--help"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0
    for verb in (
        "serve",
        "samples",
        "scorecard",
        "snapshot",
        "release",
        "releases",
        "publish",
        "correct",
        "withdraw",
        "verify",
        "pack",
        "take",
        "digest",
        "person",
        "--database",
    ):
        assert verb in said.stdout


@pytest.mark.parametrize(
    "verb",
    [
        *("serve", "samples", "scorecard", "snapshot", "release", "releases", "publish"),
        *("correct", "withdraw", "verify", "pack", "take", "digest"),
    ],
)
def test_every_verb_has_help(run: Run, verb: str) -> None:
    said = run(verb, "--help")
    assert said.returncode == 0
    assert "--database" in said.stdout


def test_wrong_usage_is_exit_code_2(run: Run) -> None:
    for wrong in (
        ["scorecard", "--engine", "abacus"],
        ["snapshot"],
        ["release", "--all"],
        ["dance"],
        ["release", "--out", "x"],
        ["digest", "--to", "post"],
    ):
        assert run(*wrong).returncode == 2


def test_samples_are_loaded_once(run: Run, database_url: str) -> None:
    first = run("samples", "--database", database_url)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("Loaded: 288 inspections")
    again = run("samples", database=database_url)
    assert again.stdout.startswith("There already, nothing changed: 288 inspections")


@on_one_database
def test_a_snapshot_is_written_once_and_read_by_any_engine(
    run: Run, database: Database, tmp_path: Path
) -> None:
    folder = str(tmp_path / "nation")
    wrote = ["snapshot", folder, "--database", address(database)]
    assert " 0 as they were, 0 gone." in run(*wrote).stdout
    assert f"{folder}: 0 areas written, " in run(*wrote).stdout
    asked = ["scorecard", "--snapshot", folder, "--engine"]
    nation = run(*asked, "polars", "--format", "csv").stdout
    assert run(*asked, "duckdb", "--format", "csv").stdout == nation
    assert len({row["area"] for row in csv.DictReader(io.StringIO(nation))}) > 150
    durham = run("scorecard", "E06000047", *asked[1:], "polars", "--quarter", "2020-Q1").stdout
    assert "  Children in care, of children in care (March 2020): 914\n" in durham
    assert "E06000001" not in durham


@on_one_database
def test_what_a_snapshot_cannot_do_is_said(run: Run, database: Database, tmp_path: Path) -> None:
    nobody = run("scorecard", "--database", address(database))
    assert (nobody.returncode, nobody.stderr.split("\n")[0]) == (1, "No area is named.")
    engine = run("scorecard", "E06000047", "--engine", "duckdb", "--database", address(database))
    assert "An engine reads a snapshot." in engine.stderr
    paper = run("scorecard", "--snapshot", str(tmp_path), "--out", str(tmp_path / "x.docx"))
    assert "A paper cannot be written from a snapshot." in paper.stderr
    empty = run("scorecard", "--snapshot", str(tmp_path))
    assert (empty.returncode, "There is no snapshot in" in empty.stderr) == (1, True)


@on_one_database
def test_a_scorecard_prints_as_table_csv_and_json(run: Run, database: Database) -> None:
    asked = ["scorecard", "County Durham", "--quarter", "2020-Q1", "--database", address(database)]
    table = run(*asked).stdout
    assert "County Durham (E06000047), at the end of January to March 2020" in table
    assert "11 of 840 (1.3%, 0.7% to 2.3%)" in table
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").stdout)))
    held = json.loads(run(*asked, "--format", "json").stdout)
    assert held["area_code"] == "E06000047"
    words = [
        {name: "" if cell is None else str(cell) for name, cell in row.items()}
        for row in held["indicators"]
    ]
    assert words == rows
    assert [(row["numerator"], row["denominator"]) for row in rows if row["says"] == "914"] == [
        ("914", "")
    ]
    assert {row["says"] for row in rows if row["indicator"] == "looked-after"} == {"914"}
    assert all(row["series_says"] for row in rows)


@on_one_database
def test_a_scorecard_is_printed_as_somebody_and_says_as_whom(run: Run, database: Database) -> None:
    asked = ["scorecard", "X06000001", "--quarter", "2026-Q3", "--database", address(database)]
    operator = run(*asked).stdout
    assert "and as Command line, this installation, may see them." in operator
    assert "No decision of the board" in operator
    board = run(*asked, "--as", "patrick-board").stdout
    assert "and as Patrick Doyle, Aldermere Safeguarding" in board
    assert "Ask children who declined why" in " ".join(board.split())
    nobody = run(*asked, "--as", "nobody")
    assert (nobody.returncode, "There is no person 'nobody'" in nobody.stderr) == (1, True)
    snapshot = run("scorecard", "--snapshot", "x", "--as", "patrick-board")
    assert (snapshot.returncode, "Leave --as away" in snapshot.stderr) == (1, True)


@on_one_database
def test_a_scorecard_is_written_as_a_paper_or_a_workbook_and_over_nothing(
    run: Run, database: Database, tmp_path: Path
) -> None:
    asked = ["scorecard", "E06000047", "--database", address(database), "--out"]
    for name, begins in (("card.docx", b"PK"), ("card.PDF", b"%PDF-"), ("card.xlsx", b"PK")):
        file = tmp_path / name
        said = run(*asked, str(file))
        assert (said.returncode, said.stderr) == (0, "")
        assert file.read_bytes().startswith(begins)
    for file, reason in (
        (tmp_path / "card.docx", "is there already"),
        (tmp_path / "card.txt", "does not end in .docx, .pdf or .xlsx"),
        (tmp_path / "no folder" / "card.pdf", "could not be written"),
    ):
        said = run(*asked, str(file))
        assert (said.returncode, said.stdout) == (1, "")
        assert reason in said.stderr
        assert "Traceback" not in said.stderr
    assert run(*asked, "card.pdf", "--format", "csv").returncode == 2


@on_one_database
def test_refusals_are_exit_code_1_with_the_reason_on_stderr(run: Run, database: Database) -> None:
    where = ["--database", address(database)]
    for asked, reason in (
        (["scorecard", "Atlantis"], "There is no area 'Atlantis'"),
        (["scorecard", "E06000047", "--quarter", "2020"], "'2020' is not a quarter"),
        (["release", "--inspection", "CWM-2026-NCPI", "--out", "r"], "still being read"),
        (["release", "--inspection", "NO-1", "--out", "r"], "There is no inspection 'NO-1'"),
        (["release", "--area", "Atlantis", "--out", "r"], "There is no area 'Atlantis'"),
    ):
        said = run(*asked, *where)
        assert (said.returncode, said.stdout) == (1, "")
        assert reason in said.stderr
        assert "Traceback" not in said.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        "sqlite:///not-there.db",
        "sqlite:///no/such/folder/x.db",
        "nonsense",
        "mysql://h/d",
        "postgresql://nobody@127.0.0.1:1/none",
    ],
)
def test_a_wrong_database_says_what_could_not_be_opened_and_leaves_no_file(
    run: Run, tmp_path: Path, wrong: str
) -> None:
    said = run("scorecard", "E06000047", "--database", wrong)
    assert said.returncode == 1
    assert wrong.split("@")[-1].split("/")[-1] in said.stderr
    assert "Traceback" not in said.stderr
    assert list((tmp_path / "here").iterdir()) == []


def test_a_file_that_is_no_database_is_not_touched(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("This is not a database at all, it is somebody's notes.", encoding="utf-8")
    said = run("scorecard", "E06000047", "--database", f"sqlite:///{file}")
    assert said.returncode == 1
    assert "notes.db could not be opened" in said.stderr
    assert file.read_text(encoding="utf-8").startswith("This is not a database")


def test_a_release_is_made_verified_and_made_again_the_same(
    run: Run, database: Database, tmp_path: Path
) -> None:
    where = ["--database", address(database)]
    first, second = tmp_path / "first", tmp_path / "second"
    made = run("release", "--area", "E06000047", "--out", str(first), *where)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith("DRAFT 2 of")
    assert run("verify", str(first)).returncode == 0
    again = run("release", "--area", "E06000047", "--out", str(second), *where)
    assert "the content has not changed" in again.stdout
    files = sorted(file.relative_to(first) for file in first.rglob("*") if file.is_file())
    assert files == sorted(f.relative_to(second) for f in second.rglob("*") if f.is_file())
    assert all((first / f).read_bytes() == (second / f).read_bytes() for f in files)
    csv_file = first / "data" / "evidence_base.csv"
    csv_file.write_bytes(csv_file.read_bytes().replace(b",9,", b",8,", 1))
    broken = run("verify", str(first))
    assert broken.returncode == 1
    assert "data/evidence_base.csv" in broken.stderr


@on_one_database
def test_a_return_is_packed_for_its_body_and_taken_in_with_what_was_found(
    run: Run, database: Database
) -> None:
    at, quarter = address(database), ("X06000001", "2026-Q2")
    nobody = run("pack", "q2.xlsx", "--returns", *quarter, database=at)
    assert "It is not said whose return it is." in nobody.stderr
    packed = run("pack", "q2.xlsx", "--returns", *quarter, "--as", "joanna-director", database=at)
    assert packed.returncode == 0, packed.stderr
    assert "Packed the return of aldermere-council for X06000001, 2026-Q2" in packed.stdout
    taken = run("take", "q2.xlsx", "--as", "joanna-director", database=at)
    assert taken.returncode == 0, taken.stderr
    assert "neither a number nor a mark is given" in taken.stdout
    assert "found: " in taken.stdout
    wrong = run("take", "q2.xlsx", "--as", "harpreet-director", database=at)
    assert wrong.returncode == 1
    assert "is not yours to send" in wrong.stderr


def test_a_pack_is_written_once_and_taken_back_in_with_its_problems_beside_it(
    run: Run, database: Database, tmp_path: Path
) -> None:
    at, file = address(database), tmp_path / "here" / "ride.xlsx"
    packed = run("pack", INSPECTION, "ride.xlsx", "--as", READER, database=at)
    assert packed.returncode == 0, packed.stderr
    assert "is there already" in run("pack", INSPECTION, "ride.xlsx", database=at).stderr
    book = opened(file.read_bytes())
    write(book, "Cases", None, Reference="CWM-X1", Kind_of_case="cse", Sex="neither")
    write(book, "Cases", None, Reference="CWM-X2", Kind_of_case="cse")
    file.write_bytes(saved(book))
    looked = run("take", "ride.xlsx", "--dry-run", database=at)
    assert "Would be taken in: 1 new case, 1 new row in all" in looked.stdout
    held_back = run("take", "ride.xlsx", "--all-or-nothing", database=at)
    assert "Nothing was taken in" in held_back.stdout
    taken = run("take", "nowhere.xlsx", "ride.xlsx", database=at)
    assert taken.returncode == 1
    assert "There is no file nowhere.xlsx" in taken.stderr
    assert "Taken in as intake 1" in taken.stdout
    assert (tmp_path / "here" / "ride.problems.xlsx").is_file()
    assert "Nothing to take in" in run("take", "ride.xlsx", database=at).stdout
    again = tmp_path / "here" / "ride.problems-2.xlsx"
    assert again.is_file()
    kept = again.read_bytes()
    run("take", "ride.xlsx", "--dry-run", database=at)
    assert again.read_bytes() == kept
    assert (tmp_path / "here" / "ride.problems-3.xlsx").is_file()


@on_one_database
def test_an_agency_s_list_is_taken_in_for_the_inspection_that_is_named(
    run: Run, database: Database, tmp_path: Path
) -> None:
    at, file = address(database), tmp_path / "here" / "missing.csv"
    start(people.sign_in("priya-lead", database))
    file.write_bytes(EXTRACT)
    nowhere = run("take", "missing.csv", database=at)
    assert (nowhere.returncode, nowhere.stdout) == (1, "")
    assert "--inspection CODE" in nowhere.stderr
    looked = run("take", "missing.csv", "--inspection", DIP, "--dry-run", database=at)
    assert (looked.returncode, "page Sample" in looked.stderr) == (1, True)
    taken = run("take", "missing.csv", "--inspection", DIP, database=at)
    assert (taken.returncode, taken.stderr) == (0, "")
    assert "4 rows read" in taken.stdout
    again = run("take", "missing.csv", "--inspection", DIP, database=at)
    assert "nothing was changed" in again.stdout


def test_an_annex_a_workbook_is_known_and_says_which_lists_it_has(
    run: Run, database: Database
) -> None:
    start(people.sign_in("priya-lead", database))
    annex = Path(__file__).parents[1] / "data" / "annex_a" / "Annex_A.xlsx"
    taken = run("take", str(annex), "--inspection", DIP, database=address(database))
    assert (taken.returncode, taken.stdout) == (1, "")
    assert "List 8: children looked after (5 rows)" in taken.stderr


@on_one_database
def test_digests_are_written_once_a_day_and_the_command_says_who_was_left_out(
    run: Run, database: Database, tmp_path: Path
) -> None:
    at, asked = address(database), ["digest", "--to", "file", "--folder", "week"]
    nowhere = run("digest", "--to", "file", database=at)
    assert (nowhere.returncode, nowhere.stdout) == (1, "")
    assert "--folder is needed" in nowhere.stderr
    first = run(*asked, "--address", "https://app.example", database=at)
    assert (first.returncode, first.stderr) == (0, "")
    mails = sorted((tmp_path / "here" / "week").glob("*.eml"))
    assert first.stdout.splitlines()[0] == f"Digests sent in week: {len(mails)}."
    left_out = len(people.sample_people(database)) - len(mails)
    assert f"Left out, because nothing waits for them: {left_out}." in first.stdout
    assert b"https://app.example/recommendations?recommendation=3D" in mails[0].read_bytes()
    again = run(*asked, database=at)
    assert (again.returncode, again.stdout) == (1, "")
    assert "--again" in again.stderr
