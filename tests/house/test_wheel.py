"""The wheel holds all of the app, and the app starts from it alone."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("data_model", "inspect_app", "metrics", "pages", "sample_inspections")
COMMANDS = ("samples", "scorecard", "release", "verify")


def _python(*arguments: str, cwd: Path, **variables: str) -> str:
    """What Python said, or all that it said when it failed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that a release of the app would ship."""
    folder = tmp_path_factory.mktemp("wheel")
    _python("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel installed in it, and nothing besides."""
    folder = tmp_path_factory.mktemp("installed")
    where = ["--target", str(folder)]
    _python("-m", "pip", "install", "--no-deps", "--no-index", *where, str(wheel), cwd=folder)
    return folder


def _from_wheel(installed: Path, elsewhere: Path, *arguments: str) -> str:
    # -S leaves out the editable install's path entry, which would let the checkout fill the gaps.
    paths = [str(installed), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    return _python("-S", *arguments, cwd=elsewhere, PYTHONPATH=os.pathsep.join(paths))


def _committed(package: str) -> set[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", package]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {name for name in listed.split("\0") if name and (ROOT / name).is_file()}


@pytest.mark.parametrize("package", PACKAGES)
def test_the_wheel_holds_each_package_with_its_data_and_no_more(package: str, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        shipped = {name for name in opened.namelist() if name.startswith(f"{package}/")}
    assert shipped == _committed(package) != set()


def test_the_wheel_holds_no_other_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        tops = {name.split("/")[0] for name in opened.namelist()}
    assert {name for name in tops if not name.endswith(".dist-info")} == set(PACKAGES)


def test_the_app_is_found_in_the_wheel_and_not_in_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    script = (
        f"import {', '.join(PACKAGES)}; print(*[each.__file__ for each in ({', '.join(PACKAGES)})])"
    )
    for found in _from_wheel(installed, tmp_path, "-c", script).split():
        assert Path(found).is_relative_to(installed)


def test_the_app_says_what_it_can_do_away_from_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    said = _from_wheel(installed, tmp_path, "-m", "inspect_app", "--help")
    assert [command for command in COMMANDS if command not in said] == []
