"""The trail: the database refuses to rewrite it, every column is in it, and few may read it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from data_model.database import Database
from data_model.records import AuditEvent, CaseFile
from inspect_app.errors import NotAllowed
from inspect_app.services import people, trail
from inspect_app.services.trail import TrailLine, Wanted
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of

SignIn = Callable[[str], SignedIn]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET happened_by = 'somebody' WHERE number = 7",
        "UPDATE audit_event SET reason = NULL, erased_in = 9 WHERE number = 7",
        "DELETE FROM audit_event WHERE number = 7",
        "UPDATE case_read SET happened_by = 'somebody'",
        "DELETE FROM case_read",
        "UPDATE trail_head SET number = 1",
        "DELETE FROM trail_head",
    ],
)
def test_the_database_itself_refuses_to_rewrite_the_trail(
    database: Database, statement: str
) -> None:
    with every_row_of(database).writing.connect() as connection:
        with pytest.raises(DBAPIError, match="never changed"):
            connection.execute(text(statement))
        connection.rollback()


def test_every_column_that_is_changed_is_in_the_event_also_after_it_was_noted(
    database: Database, signed_in: SignIn
) -> None:
    by = signed_in("priya-lead").through("page test")
    with by.recording() as session:
        case = session.scalars(select(CaseFile).order_by(CaseFile.id)).first()
        assert case is not None
        before, name = (case.summary, case.perpetrator_count), f"case_file {case.id}"
        case.summary = "Another summary."
        trail.note(session, by, "test.changed", f"case {case.id}")
        case.perpetrator_count = 77
    with every_row_of(database).reading() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert event is not None
    changed = event.changed[name]
    assert changed["summary"] == [before[0], "Another summary."]
    assert changed["perpetrator_count"] == [before[1], 77]
    assert set(changed) == {"summary", "perpetrator_count"}
    assert (event.via, event.happened_as) == ("page test", by.acting_as)


def test_only_an_administrator_reads_the_trail(database: Database) -> None:
    lines = trail.latest(by=people.sign_in("ben-administrator", database), limit=5)
    assert [line.number for line in lines] == sorted((x.number for x in lines), reverse=True)
    with pytest.raises(NotAllowed):
        trail.latest(by=people.sign_in("priya-lead", database))
    with pytest.raises(NotAllowed):
        trail.chain(by=people.sign_in("priya-lead", database))


def test_the_trail_is_narrowed_by_person_action_subject_and_period(signed_in: SignIn) -> None:
    by = signed_in("ben-administrator")
    every = trail.latest(by=by, limit=5000)
    day = every[len(every) // 2].at.date()
    wanted: dict[Wanted, Callable[[TrailLine], bool]] = {
        Wanted(person="priya-lead"): lambda e: e.by.startswith("Priya"),
        Wanted(action="case.begun"): lambda e: e.action == "case.begun",
        Wanted(subject="return"): lambda e: e.subject.startswith("return"),
        Wanted(since=day, until=day): lambda e: e.at.date() == day,
    }
    for asked, fits in wanted.items():
        found = trail.latest(by=by, limit=5000, wanted=asked)
        assert found == [event for event in every if fits(event)]
        assert found, asked
