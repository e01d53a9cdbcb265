"""When the database says no, a page says so in a sentence, and what was entered is not lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data_model import connecting
from data_model.database import Database
from inspect_app.services import cases, people
from inspect_app.ui import session
from tests.support.cases import READER
from tests.support.faults import away, cut, only_read
from tests.support.screen import labelled

CASE, AGENCY = "CWM-C09", "cwm-helyg-health"


@pytest.fixture
def served(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database as the app has opened it, which asks a lost server once and not for long."""
    monkeypatch.setattr(connecting, "PATIENCE", 0)
    address = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv(session.DATABASE_SETTING, address)
    yield session._opened(address)
    session._opened(address).close()
    session._opened.clear()


def opened(database: Database) -> tuple[AppTest, int]:
    """Open a draft of the reader's own."""
    by = people.acting(READER, database)
    number = next(line.id for line in cases.mine(by=by) if line.reference == CASE)
    script = Path(__file__).parents[2] / "inspect_app" / "main.py"
    app = AppTest.from_file(str(script), default_timeout=60)
    app._page_hash = calc_hash("case-review")
    app.session_state[session.PERSON] = READER
    app.query_params["case"] = str(number)
    return app.run(), number


def agency(database: Database, number: int) -> str | None:
    return cases.view(number, by=people.acting(READER, database)).form.lead_agency


def test_a_choice_that_could_not_be_kept_is_kept_once_the_database_takes_it(
    served: Database,
) -> None:
    app, number = opened(served)
    only_read(served, "on")
    labelled(app.radio, "Lead agency").set_value(AGENCY).run()
    assert "read and not written" in app.error[0].value
    assert not app.exception
    only_read(served, "off")
    labelled(app.button, "Try again").click().run()
    assert not app.error
    assert agency(served, number) == AGENCY


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_that_is_away_is_said_and_nothing_entered_is_lost(served: Database) -> None:
    app, number = opened(served)
    away(served, "on")
    labelled(app.radio, "Lead agency").set_value(AGENCY).run()
    assert "could not be reached" in app.error[0].value
    assert not app.exception
    away(served, "off")
    labelled(app.button, "Try again").click().run()
    assert not app.error
    assert agency(served, number) == AGENCY


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_that_was_started_again_is_not_noticed(served: Database) -> None:
    app, number = opened(served)
    cut(served)
    labelled(app.radio, "Lead agency").set_value(AGENCY).run()
    assert not app.error
    assert agency(served, number) == AGENCY
