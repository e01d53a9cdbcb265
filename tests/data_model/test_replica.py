"""A replica is passed over where it is none, does not answer or has not followed; nothing fails.

Two real servers, one following the other: `python -m benchmarks.replica`.
"""

from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import func, select

from data_model.database import Database, open_database
from data_model.records import AuditEvent
from data_model.sight import Sight
from inspect_app.services import scorecards, trail
from inspect_app.settings import DATABASE_READING
from tests.support.cases import SignIn

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def named(database: Database, **changes: Any) -> str:
    return database.url.set(**changes).render_as_string(hide_password=False)


def test_a_server_that_follows_nobody_is_passed_over(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE_READING.name, named(database))
    with closing(open_database(named(database))) as opened:
        assert opened.replica is not None
        assert not opened.replica.may_serve()
        with opened.reading(Sight("ben-administrator"), counted=True) as session:
            assert session.scalar(select(func.count()).select_from(AuditEvent))


def test_a_replica_that_does_not_answer_costs_a_reader_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE_READING.name, named(database, query={"host": "/nowhere"}))
    with closing(open_database(named(database))) as opened:
        assert opened.replica is not None
        assert not opened.replica.may_serve()
        with opened.reading(Sight("ben-administrator"), counted=True) as session:
            assert session.scalar(select(func.count()).select_from(AuditEvent))


def test_a_process_remembers_how_far_the_log_went_when_it_saved(
    database: Database, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE_READING.name, named(database))
    with closing(open_database(named(database))) as opened:
        assert opened.replica is not None
        assert opened.replica.saved == "0/0"
        lead = signed_in("priya-lead")
        with opened.recording(lead.sight()) as session:
            trail.note(session, lead, "test.noted", "nothing")
        assert opened.replica.saved != "0/0"
    assert scorecards.quarters("X06000001", by=signed_in("patrick-board"))
