"""Every door through which a file comes in, against every file that somebody means harm with.

All are brought in one process of its own, which may not take much memory: the spreadsheet reader
ends the whole process where it runs out of it.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support import knocking
from tests.support.hostile import ATTACKS
from tests.support.samples import Template

ROOT = Path(__file__).parents[2]
DOORS = {
    "a pack of cases": {"intake.preview", "intake.take"},
    "a return": {"returns.send"},
    "a plan": {"register_intake.preview", "register_intake.take"},
    "a register": {"register_intake.preview", "register_intake.take"},
    "a list of children": {"sampling_register.list_from"},
    "national statistics": {"national_intake.preview", "national_intake.take"},
    "a look-up table": {"reference_intake.preview", "reference_intake.take"},
    "evidence": {"attached_files.attach"},
}
SCREENS = {"upload_view", "return_view", "plan_import", "sample_forms", "answer_evidence"}
KEPT_UNREAD = {
    "a part larger than it says",
    "a sheet in UTF-16",
    "a comment among the texts",
    "a cell at the very end",
    "a cell at the end of what is read",
    "a sheet that is called otherwise",
    "a sheet in another folder",
    "a million empty rows",
    "sixteen thousand columns",
    "a merged sheet",
    "a long text in many cells",
    "a long text that says itself in another plane",
    "cells that never end",
    "one line of five megabytes",
    "a quotation that never ends",
    "far too many rows",
    "far too many columns",
    "far too many cells",
    "only ends of lines",
    "a byte order mark alone",
}
"""What is harmless to somebody who only keeps it and hands it back."""
SECONDS, MEGABYTES = 5, 400
Came = Mapping[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def came(sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory) -> Came:
    """What became of every file at every door."""
    file = tmp_path_factory.mktemp("doors") / "samples.db"
    url = f"sqlite:///{file.as_posix()}"
    with sqlite_samples.copied(url):
        command = [sys.executable, "-m", "tests.support.knocking", url]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
        )
    held = knocking.told(iter(done.stdout.splitlines()))
    ended = f"the process ended with {done.returncode} at {list(held)[-1:]}: {done.stderr[-800:]}"
    assert done.returncode == 0, ended
    return held


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_file_is_refused_in_words_or_does_no_harm(
    came: Came, door: str, attack: str
) -> None:
    became = came[door, attack]
    harmless = ATTACKS[attack].read or (door == "evidence" and attack in KEPT_UNREAD)
    assert became["became"] in ({"refused", "read"} if harmless else {"refused"}), became
    if became["became"] == "refused":
        assert all(became[said].strip().endswith(".") for said in ("summary", "advice"))
        assert not became["changed"]
    assert became["seconds"] < SECONDS
    assert became["grew"] < MEGABYTES * knocking.MEGABYTE


def test_every_service_that_takes_a_file_is_a_door() -> None:
    doors = {each for behind in DOORS.values() for each in behind}
    # Whoever takes a file has it counted first, which looks at nothing in it.
    assert set(services()) == doors | {"upload_limits.count"}


def test_every_screen_that_asks_for_a_file_leads_to_a_door() -> None:
    asking = {
        path.stem
        for folder in ("inspect_app/ui", "pages")
        for path in (ROOT / folder).glob("*.py")
        if "file_uploader(" in path.read_text(encoding="utf-8")
    }
    assert asking == SCREENS


def services() -> Iterator[str]:
    """Yield the services, begun by somebody signed in and by nobody else, that take bytes."""
    for path in sorted((ROOT / "inspect_app" / "services").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                taken = [*node.args.args, *node.args.kwonlyargs]
                kinds = {each.arg: ast.unparse(each.annotation or each) for each in taken}
                own = "session" not in kinds and kinds.get("by") == "SignedIn"
                if own and "bytes" in kinds.values():
                    yield f"{path.stem}.{node.name}"
