"""What the app is made of is listed from its lock, and no secret lies among its files or tables."""

import json
import re
import subprocess
import sys
from pathlib import Path
from runpy import run_path

import pytest

from data_model.database import open_database
from data_model.records import Record
from inspect_app.errors import Refusal

ROOT = Path(__file__).parents[2]
SECRETS = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "token of a service": re.compile(
        r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{36}|xox[abp]-[0-9A-Za-z-]{20,}"
        r"|pypi-[0-9A-Za-z_-]{40,}|sk-[0-9A-Za-z]{32,})"
    ),
    "password in an address": re.compile(
        r"://[\w.-]+:(?!(?:\*|PASSWORD|SECRET|\$|\{|%|<))[^\s@/'\"]+@"
    ),
    "setting with a secret": re.compile(
        r"^\s*(?:[A-Z_]*(?:PASSWORD|SECRET|TOKEN|API_KEY)|cookie_secret|client_secret)\s*=\s*"
        r"[\"'](?!\s*[\"'])(?!INSPECT_APP_)[^\"'\s]{8,}[\"']",
        re.MULTILINE,
    ),
}
TEXT = {".py", ".toml", ".md", ".j2", ".css", ".js", ".yml", ".yaml", ".conf", ".service", ".env",
        ".sh", ".txt", ".mako", ".typ", ".json", ""}  # fmt: skip
NAMED = re.compile(r"password|secret|token|api_key|private", re.IGNORECASE)
SAID = "Zq7-not-to-be-said"


def files() -> list[Path]:
    """Return every file of the repository that people read, but for the tests."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    held = [ROOT / name for name in listed.split("\0") if name and not name.startswith("tests/")]
    return [path for path in held if path.is_file() and path.suffix in TEXT]


@pytest.mark.parametrize("kind", SECRETS)
def test_no_file_holds_a_secret(kind: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in files()
        for hit in SECRETS[kind].finditer(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []


def test_no_table_has_a_place_for_a_secret() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in Record.metadata.sorted_tables
        for column in table.columns
        if NAMED.search(column.name)
    }
    # A pack's token tells which pack a file is; it lets nobody in.
    assert columns == {"pack.token"}


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://somebody:{SAID}@127.0.0.1:9/nothing",
        f"mysql://somebody:{SAID}@127.0.0.1/nothing",
        f"postgresql://somebody:{SAID}@127.0.0.1:port/nothing",
        f"nothing://:{SAID}@",
    ],
)
def test_a_database_that_cannot_be_opened_says_no_password(address: str) -> None:
    with pytest.raises(Refusal) as refusal:
        open_database(address)
    told = f"{refusal.value!r} {refusal.value.facts} {refusal.value.__cause__!r}"
    assert SAID not in told


def test_a_traceback_says_no_password() -> None:
    opens = "from data_model.database import open_database\nopen_database"
    script = f"{opens}('postgresql://a:' + '{SAID}' + '@127.0.0.1:9/b')"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Refusal" in done.stderr
    assert f":{SAID}@" not in done.stderr + done.stdout


def test_the_bill_of_materials_is_that_of_the_lock_and_always_the_same() -> None:
    command = [sys.executable, "docs/sbom.py"]
    first, second = (
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for _time in range(2)
    )
    assert first == second
    said = json.loads(first)
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.6")
    lock = (ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8")
    listed = {f"{each['name']}=={each['version']}" for each in said["components"]}
    assert listed == set(re.findall(r"^[\w.-]+==[^\s;\\]+", lock, re.MULTILINE))
    assert all(each["purl"].startswith("pkg:pypi/") for each in said["components"])


@pytest.mark.parametrize(
    ("audited", "skipped", "found", "says"),
    [
        (0, 63, 0, "NOT AUDITED: the vulnerability service cannot be reached"),
        (63, 0, 0, "Audited: 63 packages, 0 of them with a known vulnerability."),
        (60, 3, 1, "NOT AUDITED: 3."),
    ],
)
def test_an_audit_that_could_not_be_made_is_not_a_clean_one(
    audited: int, skipped: int, found: int, says: str
) -> None:
    audit = run_path(str(ROOT / ".ci" / "audit.py"))
    assert says in audit["told"](audited, skipped, found)
    assert audit["packages"]("") == []
