"""Commands on a test's own database, run in this process."""

import subprocess

import pytest

from data_model.database import Database
from inspect_app.command_line import main
from tests.support.commands import Command


@pytest.fixture
def command(database: Database, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `inspect-app` on the test's database and return what it said."""
    url = database.url.render_as_string(hide_password=False)

    def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        code = main([*arguments, "--database", url])
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return ran
