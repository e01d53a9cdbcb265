"""Releases on the command line: what is done is said, what is refused says why, and exits so."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from data_model.database import Database
from inspect_app.command_line import main
from inspect_app.services import inspections, people, release_early, release_steps
from inspect_app.signed_in import now
from tests.support.releasing import APPROVER, PUBLISHER, SAMPLE

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(database: Database, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the database in this process: its exit code, output and complaints."""
    url = database.url.render_as_string(hide_password=False)

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = main(["--database", url, *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def approve(database: Database) -> None:
    release_steps.approve(SAMPLE, by=people.sign_in(APPROVER, database))


def test_a_release_goes_from_draft_to_withdrawal_and_the_shelf_is_verified(
    run: Run, database: Database
) -> None:
    shelf, url = str(database.shelf), database.url.render_as_string(hide_password=False)
    assert run("publish", "1")[0] == 1
    approve(database)
    code, out, err = run("publish", "1")
    assert (code, err) == (0, "")
    assert "Release 1 is published, at" in out
    lead = people.sign_in("priya-lead", database)
    inspections.reopen("BRK-2025-AUDIT", "Unclear.", by=lead)
    inspections.summarise("BRK-2025-AUDIT", "Partners recorded little.", by=lead)
    inspections.agree("BRK-2025-AUDIT", by=lead)
    code, out, _err = run("correct", "1", "--why", "It was wrong.", "--why-welsh", "Anghywir.")
    assert code == 0
    # Beside what was agreed anew, dates may have passed since the draft of the samples.
    assert re.search("data/release.json: 0 added, 0 removed, [1-9][0-9]* changed", out)
    assert "Draft 2 corrects release 1. It is checked and approved in the app." in out
    assert "Draft 2," in run("releases")[1]
    code, out, err = run("verify", shelf, "--database", url)
    assert (code, err) == (0, "")
    assert "Release 1 of" in out
    assert "what each of 1 releases prints stands on it" in out
    assert run("withdraw", "1", "--why", "A place was named.")[0] == 0
    code, out, _err = run("verify", shelf, "--database", url)
    assert (code, "Withdrawn." in out) == (0, True)
    assert "Release 1," in run("releases")[1]


def test_what_nobody_approved_is_refused_and_says_what_would_work(run: Run) -> None:
    code, out, err = run("publish", "1")
    assert (code, out) == (1, "")
    assert "cannot become “Published”" in err
    assert "“Approved, not published”" in err


def test_a_folder_of_a_draft_verifies_as_a_draft_and_is_on_no_trail(
    run: Run, database: Database, tmp_path: Path
) -> None:
    url = database.url.render_as_string(hide_password=False)
    folder = str(tmp_path / "r")
    code, out, _err = run("release", "--area", "E06000047", "--out", folder)
    assert (code, out.startswith("DRAFT 2 of")) == (0, True)
    code, out, _err = run("verify", folder)
    assert (code, out.startswith("DRAFT of")) == (0, True)
    code, _out, err = run("verify", folder, "--database", url)
    assert (code, "A draft is on no trail." in err) == (1, True)


def test_what_is_due_is_published_and_what_is_not_waits(run: Run, database: Database) -> None:
    day = now().date().replace(year=now().year + 1, day=1)
    release_early.plan(SAMPLE, day, by=people.sign_in(PUBLISHER, database))
    approve(database)
    assert run("publish", "--due")[:2] == (0, "")
    code, _out, err = run("publish", "1")
    assert (code, "9.30" in err) == (1, True)


def test_one_byte_of_a_shelf_that_differs_is_named(run: Run, database: Database) -> None:
    approve(database)
    run("publish", "1")
    file = database.shelf / "releases" / "0001" / "data" / "areas.csv"
    data = bytearray(file.read_bytes())
    data[30] ^= 1
    file.write_bytes(data)
    code, _out, err = run("verify", str(database.shelf))
    assert code == 1
    assert "data/areas.csv" in err
    assert "first differs at byte 30" in err


def test_somebody_who_does_not_publish_does_nothing(run: Run) -> None:
    for asked in (
        ["publish", "1", "--as", "priya-lead"],
        ["withdraw", "1", "--why", "x", "--as", "patrick-board"],
        ["correct", "1", "--why", "x", "--why-welsh", "y", "--as", APPROVER],
        ["release", "--all", "--out", "r", "--as", APPROVER],
    ):
        code, out, err = run(*asked)
        assert (code, out) == (1, "")
        assert "does not allow you" in err
