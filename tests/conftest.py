"""What every test can ask for."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings

from data_model.database import Database
from inspect_app.services import people
from inspect_app.settings import DATABASE_OWNER
from inspect_app.signed_in import SignedIn, now
from tests.support.postgres import Server, server
from tests.support.releasing import MOMENT
from tests.support.samples import Copies, Template, load_template

# Tests bring more files in a minute than anybody; `test_upload_limits.py` counts for itself.
os.environ.setdefault("INSPECT_APP_UPLOADS", "100000")

# The same few examples for everyone, so that a failure here is a failure there; deep looks further.
settings.register_profile("quick", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("deep", max_examples=2000, deadline=None, derandomize=False)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if "CI" in os.environ else "quick")
)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server, one for each process that runs tests."""
    with server() as running, pytest.MonkeyPatch.context() as setting:
        setting.setenv(DATABASE_OWNER.name, running.owner)
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of this test's own, on each kind that we support."""
    if request.param == "sqlite":
        yield f"sqlite:///{(tmp_path / 'inspection-evidence.db').as_posix()}"
        return
    running: Server = request.getfixturevalue("postgres")
    url = running.new_database()
    yield url
    running.drop(url)


@pytest.fixture(scope="session")
def sqlite_samples(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The samples in an SQLite file, which nobody changes."""
    file = tmp_path_factory.mktemp("samples") / "samples.db"
    return load_template(f"sqlite:///{file.as_posix()}")


@pytest.fixture(scope="session")
def postgres_samples(postgres: Server) -> Template:
    """The samples in a PostgreSQL database, which nobody changes."""
    template = load_template(postgres.new_database())
    postgres.tidy(template.url)
    return template


@pytest.fixture(scope="session")
def postgres_copies(postgres: Server, postgres_samples: Template) -> Iterator[Copies]:
    """Copies of the samples on the server, each given until a test changes it."""
    copies = Copies(postgres, postgres_samples)
    yield copies
    copies.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A copy of the samples of this test's own, on each kind of database that we support."""
    if request.param == "sqlite":
        template: Template = request.getfixturevalue("sqlite_samples")
        with template.copied(f"sqlite:///{(tmp_path / 'samples.db').as_posix()}") as copy:
            yield copy
        return
    copies: Copies = request.getfixturevalue("postgres_copies")
    with copies.one() as copy:
        yield copy


@pytest.fixture
def signed_in(database: Database) -> Callable[[str], SignedIn]:
    """Sign a person of the samples in: `signed_in("priya-lead")`.

    They act soon after the story of the samples ends, on whatever day the tests run: a date of the
    story that passes later changes nothing.
    """
    begun = now()

    def clock() -> datetime:
        return MOMENT + (now() - begun)

    return lambda code: replace(people.sign_in(code, database), clock=clock)
