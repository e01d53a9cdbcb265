"""The locks, the settings and the files in git hold nothing that ties them to one machine."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from streamlit import config

ROOT = Path(__file__).parents[2]
LOCKS = ("runtime.lock", "test.lock")
PIN = re.compile(r"(?P<name>[a-z0-9._-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
# Written in pieces, so that this file does not hold what it looks for.
HOSTS = [
    name + "." + ending
    for name, ending in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("anaconda", "org"),
        ("npmjs", "org"),
        ("yarnpkg", "com"),
        ("debian", "org"),
        ("ubuntu", "com"),
        ("crates", "io"),
    )
]
MACHINE_PATH = re.compile(
    r"(?<![\w.-])/(?:root|work|opt/wheels|opt/pypi)" + r"/|/(?:home|Users)/[a-z]+/(?=[\w.])"
    r"|[A-Z]:\\" + r"Users\\"
)


def _files() -> list[Path]:
    """Everything in git, and everything that the next `git add` would put there."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def _pins(lock: str) -> set[tuple[str, str, str]]:
    lines = (ROOT / "requirements" / lock).read_text(encoding="utf-8").splitlines()
    found = [PIN.fullmatch(line) for line in lines]
    return {(each["name"], each["version"], each["marker"] or "") for each in found if each}


def _wanted(lock: str) -> list[Requirement]:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = declared["dependency-groups"]
    more = groups["test"] if lock == "test.lock" else []
    texts = [*declared["project"]["dependencies"], *groups["build"], *more]
    return [Requirement(text) for text in texts if isinstance(text, str)]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_and_hashes_and_nothing_else(lock: str) -> None:
    lines = (ROOT / "requirements" / lock).read_text(encoding="utf-8").splitlines()
    assert [each for each in lines if not (PIN.fullmatch(each) or HASH.fullmatch(each))] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_meets_every_range_that_the_project_declares(lock: str) -> None:
    pins = _pins(lock)
    for wanted in _wanted(lock):
        versions = [version for name, version, _ in pins if name == canonicalize_name(wanted.name)]
        assert versions, f"{wanted.name} is not in {lock}: run `make lock`"
        assert all(wanted.specifier.contains(each) for each in versions), wanted


def test_tests_run_on_exactly_what_the_app_runs_on() -> None:
    assert _pins("runtime.lock") <= _pins("test.lock")


def test_no_file_names_a_package_host_or_a_path_of_one_machine() -> None:
    for path in _files():
        text = path.read_text(encoding="utf-8", errors="ignore")
        assert not [host for host in HOSTS if host in text], path
        assert not MACHINE_PATH.search(text), path


def test_no_module_is_empty_unless_it_only_marks_a_package() -> None:
    modules = [path for path in _files() if path.suffix == ".py" and path.name != "__init__.py"]
    assert [path for path in modules if not path.read_text(encoding="utf-8").strip()] == []


def test_every_streamlit_option_that_we_set_exists_in_this_streamlit() -> None:
    sections = tomllib.loads(
        (ROOT / "inspect_app/.streamlit/config.toml").read_text(encoding="utf-8")
    )
    ours = {f"{section}.{key}" for section, values in sections.items() for key in values}
    assert ours - set(config._config_options_template) == set()
