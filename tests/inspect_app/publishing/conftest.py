"""A release of the small content, written once into each test's own folder."""

from pathlib import Path

import pytest

from inspect_app.publishing.folder import write
from tests.inspect_app.publishing.builders import content, mark


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """The folder of a release."""
    out = tmp_path / "release"
    write(content(), mark(content()), out)
    return out
