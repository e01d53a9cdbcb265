"""Settings: everything that is wrong is said at once, before anything starts, and no secret is."""

import re
from pathlib import Path

import pytest

from inspect_app import settings
from inspect_app.command_line import main
from inspect_app.command_line.serving import EVERY, wrong
from inspect_app.errors import Refusal
from inspect_app.settings import Setting, problems, without_password

ROOT = Path(__file__).parents[2]
CODE = [
    path
    for package in ("inspect_app", "pages", "data_model", "metrics")
    for path in (ROOT / package).rglob("*.py")
]
# Where Java is, is Spark's own affair; and the app is started with everything it was given.
ALSO_READ = {
    "inspect_app/settings.py",
    "inspect_app/sign_in_settings.py",
    "inspect_app/ui/provider.py",
    "inspect_app/command_line/people.py",
    "data_model/engines.py",
}
WRONG = {
    "INSPECT_APP_DATABASE": "mysql://somebody:hunter2@db/x",
    "INSPECT_APP_DATABASE_OWNER": "sqlite:///x",
    "INSPECT_APP_FILES": "var",
    "INSPECT_APP_SHELF": "/nowhere/at/all",
    "INSPECT_APP_SCANNER": "no-such-scanner -",
    "INSPECT_APP_HEALTH_PORT": "70000",
    "INSPECT_APP_BACKUP_PASSPHRASE": "hunter2",
    "SSL_CERT_FILE": "/nowhere/at/all.pem",
}


def test_everything_that_is_wrong_is_said_at_once_and_no_secret_with_it() -> None:
    with pytest.raises(Refusal) as met:
        settings.refuse(wrong(WRONG))
    for name in WRONG:
        assert f"- {name}" in met.value.summary
    assert met.value.summary.startswith("8 settings are not as needed:")
    assert "hunter2" not in str(met.value)


def test_nothing_is_wrong_with_nothing() -> None:
    assert problems(EVERY, {}) == ()


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_every_setting_says_what_it_is_and_refuses_what_it_is_not(each: Setting) -> None:
    assert re.fullmatch(r"[A-Z_]+", each.name)
    assert each.meaning.endswith(".")
    assert each.default
    assert each.example
    found = problems((each,), {each.name: WRONG.get(each.name, "\x00")})
    assert bool(found) == (each.check is not settings.anything)
    assert all(each.name in one and each.example in one for one in found)


def test_an_empty_setting_is_not_set() -> None:
    assert settings.FILES.read({"INSPECT_APP_FILES": "  "}) is None


def test_a_misspelt_setting_is_pointed_out() -> None:
    (found,) = problems(EVERY, {"INSPECT_APP_DATABSE": "x", "INSPECT_APP_BROWSER": "y"})
    assert found == (
        "INSPECT_APP_DATABSE is no setting of this program. Is INSPECT_APP_DATABASE meant?"
    )


def test_a_file_has_no_second_role(tmp_path: Path) -> None:
    (found,) = problems(
        EVERY,
        {
            "INSPECT_APP_DATABASE": f"sqlite:///{tmp_path}/x.db",
            "INSPECT_APP_DATABASE_OWNER": "postgresql://owner@db/x",
        },
    )
    assert "a file has no second role" in found


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        ("postgresql://me:pa@ss@db/x", "postgresql://me:***@db/x"),
        ("postgresql://me@db/x", "postgresql://me@db/x"),
        ("sqlite:///x.db", "sqlite:///x.db"),
    ],
)
def test_an_address_is_shown_without_its_password(held: str, shown: str) -> None:
    assert without_password(held) == shown


def test_the_command_prints_what_is_set_without_secrets_and_ends_with_1_where_it_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INSPECT_APP_SMTP_PASSWORD", "a secret sentence")
    monkeypatch.setenv("INSPECT_APP_HEALTH_PORT", "many")
    assert main(["settings"]) == 1
    said = capsys.readouterr()
    assert "INSPECT_APP_SMTP_PASSWORD: set (secret)" in said.out
    assert "INSPECT_APP_HEALTH_PORT (many): it must be a whole number" in said.err
    assert "a secret sentence" not in said.out + said.err


def test_the_app_is_not_opened_with_a_wrong_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("INSPECT_APP_DATABASE_OWNER", raising=False)
    monkeypatch.setenv("INSPECT_APP_SCANNER", "no-such-scanner")
    monkeypatch.setenv("INSPECT_APP_FILES", "relative")
    assert main(["serve", "--database", f"sqlite:///{tmp_path}/none.db"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("2 settings are not as needed:")
    assert "Nothing was started." in said


def test_nothing_else_asks_the_environment() -> None:
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in CODE
        if re.search(r"environ(\.get\(|\[)|getenv", path.read_text(encoding="utf-8"))
    }
    assert asking <= ALSO_READ
