"""A release of the small content, written once and copied into each test's own folder."""

import shutil
from pathlib import Path

import pytest

from inspect_app.publishing.folder import write
from tests.inspect_app.publishing.builders import content, mark


@pytest.fixture(scope="session")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release that no test changes."""
    out = tmp_path_factory.mktemp("written") / "release"
    write(content(), mark(content()), out)
    return out


@pytest.fixture
def released(written_once: Path, tmp_path: Path) -> Path:
    """The folder of a release, a test's own."""
    out = tmp_path / "release"
    shutil.copytree(written_once, out)
    return out
