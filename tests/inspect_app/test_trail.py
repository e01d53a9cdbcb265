"""The trail: whatever is done to an event behind our back is found."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from data_model.database import Database
from inspect_app.errors import NotAllowed
from inspect_app.services import people, trail
from tests.support.looking import every_row_of


def _events(database: Database) -> int:
    with every_row_of(database).reading() as session:
        return int(session.execute(text("SELECT count(*) FROM audit_event")).scalar_one())


TAMPERINGS = {
    "altered": "UPDATE audit_event SET happened_by = 'somebody' WHERE number = :n",
    "reasoned": "UPDATE audit_event SET reason = 'because' WHERE number = :n",
    "moved": "UPDATE audit_event SET number = number + 100000 WHERE number = :n",
    "deleted": "DELETE FROM audit_event WHERE number = :n",
    "rehashed": "UPDATE audit_event SET hash = '0' WHERE number = :n",
}


@pytest.mark.parametrize("how", TAMPERINGS)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_tampering_is_found_at_its_place(database: Database, how: str, data: Any) -> None:
    last = _events(database)
    number = data.draw(st.integers(1, last - 1))
    with every_row_of(database).writing.connect() as connection:
        connection.execute(text(TAMPERINGS[how]), {"n": number})
        with Session(connection) as session:
            found = trail.first_broken(session)
        connection.rollback()
    assert found == (number + 1 if how in {"deleted", "moved"} else number)
    with every_row_of(database).reading() as session:
        assert trail.first_broken(session) is None


def test_only_an_administrator_reads_the_trail(database: Database) -> None:
    lines = trail.latest(by=people.sign_in("ben-administrator", database), limit=5)
    assert [line.number for line in lines] == sorted((x.number for x in lines), reverse=True)
    with pytest.raises(NotAllowed):
        trail.latest(by=people.sign_in("priya-lead", database))
