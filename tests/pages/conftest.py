"""The sample database for page tests, a fresh copy for each; and how a test opens a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data_model.database import open_database
from inspect_app.services import people
from inspect_app.ui import session
from tests.support.samples import Template
from tests.support.screen import Opener, SignIn

SCRIPT = Path(__file__).parents[2] / "inspect_app" / "main.py"
SECONDS = 30


@pytest.fixture
def sample_address(
    sqlite_samples: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of a copy of the samples of this test's own; the app opens it too."""
    address = f"sqlite:///{(tmp_path / 'inspection-evidence.db').as_posix()}"
    monkeypatch.setenv(session.DATABASE_SETTING, address)
    with sqlite_samples.copied(address):
        yield address
        session._opened(address).close()
        session._opened.clear()


@pytest.fixture
def open_page(sample_address: str) -> Opener:
    """Open a page by its address as a sample person, through the entry script.

    `open_page("inspections", "priya-lead", inspection="ALD-2025-JTAI")`; without a person,
    nobody is signed in.
    """

    def opened(path: str, person: str | None = None, **asked: str) -> AppTest:
        app = AppTest.from_file(str(SCRIPT), default_timeout=SECONDS)
        app._page_hash = calc_hash(path)
        if person is not None:
            app.session_state[session.PERSON] = person
        app.query_params.update(asked)
        return app.run()

    return opened


@pytest.fixture
def signed_in(sample_address: str) -> Iterator[SignIn]:
    """Sign a sample person in without a page, to act through the services."""
    database = open_database(sample_address)
    yield lambda code: people.sign_in(code, database)
    database.close()
