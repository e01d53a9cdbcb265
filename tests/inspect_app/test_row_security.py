"""PostgreSQL asked directly, as the application's own role: nobody reads across.

What each person's policies show is held against the rules in Python, case by case and reading by
reading; and the ways past them that a program with this role could try are tried.
"""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy import table as named
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import selectinload

from data_model.database import Database, owned
from data_model.records import CaseFile, Finding, Record
from data_model.row_security import loose
from data_model.sight import WHY, Sight, Task
from data_model.vocabulary import CaseStatus
from inspect_app.access import sees_case, sees_cases, sees_reading
from inspect_app.services import people
from inspect_app.services.case_access import standing_of
from tests.support.cast import CAST
from tests.support.looking import every_row_of
from tests.support.postgres import APPLICATION, OWNER
from tests.support.samples import Copies

FOR_EVERYBODY = {
    *("action", "action_note", "milestone", "evidence_item", "reaudit", "register_entry"),
    *("recommendation", "recommendation_finding", "recommendation_owner"),
    *("recommendation_repeat", "recommendation_step", "recommendation_theme"),
    *("recommendation_wording", "claim", "claim_finding", "claim_indicator", "claim_theme"),
    *("claim_wording", "check_answer", "release_early_reader", "counted_version"),
    *("inspection", "inspection_area", "inspection_body", "inspection_reader"),
    *("inspection_theme", "judgement", "published_evidence", "published_grade", "statement"),
    *("area", "area_neighbour", "area_succession", "child_population", "district"),
    *("criterion", "framework", "organisation", "person", "person_role", "scale"),
    *(
        "scale_grade",
        "theme",
        "erasure",
        "trail_head",
        "person_identity",
        "sign_in_attempt",
        "upload",
    ),
}
"""Tables without policies: they hold no case, and who may see what of them is Python's to say."""
OF_CASES = (
    *("case_file", "finding", "evidence_pointer", "reading", "moderation", "case_answer"),
    *("missing_episode", "perpetrator", "disruption", "working_copy", "case_receipt"),
)
AS = "SELECT set_config('inspect.person', :person, true)"
CHANGE_SIGHT = "SELECT set_config('inspect.tasks', 'owner', true)"


@pytest.fixture
def held(postgres_copies: Copies) -> Iterator[Database]:
    """A copy of the samples on PostgreSQL, opened as the application."""
    with postgres_copies.one() as database:
        yield database


@pytest.fixture
def straight(held: Database) -> Iterator[Connection]:
    """A connection of the application's role, without a person and without our code."""
    with held.plain.connect() as connection:
        yield connection


def number(connection: Connection, table: str) -> int:
    """Count the rows of a table that are shown."""
    return connection.execute(select(func.count()).select_from(named(table))).scalar_one()


def test_every_table_is_secured_or_said_to_be_for_everybody(held: Database) -> None:
    with every_row_of(held).plain.connect() as connection:
        asked = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        secured = set(connection.scalars(text(asked)))
    assert secured | FOR_EVERYBODY == set(Record.metadata.tables)
    assert not secured & FOR_EVERYBODY


def test_the_application_is_nobody_special(held: Database, straight: Connection) -> None:
    assert straight.scalar(text("SELECT current_user")) == APPLICATION
    assert loose(held.plain) == ()
    with owned(held) as owner:
        assert [each.what for each in loose(owner)] == ["owns the tables"]
    assert "is a superuser" in {each.what for each in loose(every_row_of(held).plain)}


def test_without_a_person_there_is_no_case(straight: Connection) -> None:
    for table in (*OF_CASES, "audit_event", "agency_return", "frame", "draw", "board_decision"):
        assert number(straight, table) == 0, table
    assert straight.scalar(text("SELECT bool_and(published) FROM figure")) is True


@pytest.mark.parametrize("code", CAST)
def test_the_policies_say_what_python_says(held: Database, code: str) -> None:
    standing = people.sign_in(code, held).standing
    query = select(CaseFile).options(selectinload(CaseFile.readings))
    with every_row_of(held).reading() as session:
        cases = session.scalars(query).all()
        findings = session.scalars(select(Finding)).all()
        about = {case.id: standing_of(case) for case in cases}
    whole = {case for case, stands in about.items() if sees_case(standing, stands)}
    beside = {
        case
        for case, stands in about.items()
        if code in stands.readings and sees_cases(standing, stands.inspection)
    }
    theirs = {
        each.id
        for each in findings
        if each.case_id in whole | beside
        and (
            each.reader == code
            or (each.case_id in whole and each.reader == about[each.case_id].read_by)
            or sees_reading(standing, about[each.case_id])
        )
    }
    with held.reading(Sight(code)) as session:
        assert set(session.scalars(select(CaseFile.id))) == whole | beside
        assert set(session.scalars(select(Finding.id))) == theirs


@pytest.mark.parametrize("status", CaseStatus)
def test_they_say_the_same_of_a_case_wherever_it_stands(held: Database, status: CaseStatus) -> None:
    change = text("UPDATE case_file SET status = :status WHERE inspection = 'CWM-2026-NCPI'")
    with every_row_of(held).writing.begin() as connection:
        connection.execute(change, {"status": str(status)})
    for code in ("priya-lead", "gwenllian-elsewhere", "rhodri-inspector", "marcus-inspector"):
        test_the_policies_say_what_python_says(held, code)


def test_a_person_is_forgotten_with_their_transaction(straight: Connection) -> None:
    straight.execute(text(AS), {"person": "priya-lead"})
    assert number(straight, "case_file") > 0
    straight.rollback()
    assert number(straight, "case_file") == 0
    straight.rollback()


def test_a_task_shows_its_rows_and_no_others(held: Database) -> None:
    with held.reading(Sight("patrick-board", tasks=(Task.COUNTING,))) as session:
        statuses = set(session.scalars(select(CaseFile.status).distinct()))
    assert statuses == {CaseStatus.COUNTED}
    with held.reading(Sight("patrick-board", tasks=(Task.MODERATING,))) as session:
        assert session.scalars(select(CaseFile.id)).all() == []
    assert set(WHY) == set(Task)


@pytest.mark.parametrize(
    "attempt",
    [
        f"SET ROLE {OWNER}",
        "SET SESSION AUTHORIZATION postgres",
        "ALTER TABLE case_file DISABLE ROW LEVEL SECURITY",
        "DROP POLICY sight ON case_file",
        "CREATE OR REPLACE FUNCTION sight.at_large() RETURNS boolean RETURN true",
        "CREATE TABLE public.person_role (person text, role text)",
        "UPDATE audit_event SET subject = 'another' WHERE number = 1",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "INSERT INTO audit_event SELECT 100000, happened_at, 'ruth-verifier', action, subject, "
        "before, after, reason, previous_hash, 'another' FROM audit_event LIMIT 1",
        "UPDATE alembic_version SET version_num = '9999'",
        "GRANT evidence_owner TO evidence_application",
    ],
)
def test_what_would_lead_past_the_policies_is_refused(straight: Connection, attempt: str) -> None:
    straight.execute(text(AS), {"person": "ben-administrator"})
    with pytest.raises(DBAPIError) as refused:
        straight.execute(text(attempt))
    assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)


def test_a_table_of_ones_own_does_not_stand_in_for_that_of_roles(straight: Connection) -> None:
    straight.execute(text("CREATE TEMPORARY TABLE person_role (person text, role text)"))
    straight.execute(text("CREATE TEMPORARY TABLE reading (case_id integer, reader text)"))
    straight.execute(text("INSERT INTO person_role VALUES ('samira-publisher', 'lead_inspector')"))
    straight.execute(
        text("INSERT INTO reading SELECT n, 'samira-publisher' FROM generate_series(1, 99) n")
    )
    straight.execute(text(AS), {"person": "samira-publisher"})
    assert number(straight, "case_file") == 0


def test_the_owners_task_is_nothing_to_anybody_else(straight: Connection) -> None:
    straight.execute(text(CHANGE_SIGHT))
    assert number(straight, "case_file") == 0


def test_policies_go_and_come_back_with_the_version(held: Database) -> None:
    with owned(held) as owner:
        assert "sight" in inspect(owner).get_schema_names()


def test_an_event_is_erased_whole_and_for_a_task_or_not_touched(straight: Connection) -> None:
    change = text("UPDATE audit_event SET reason = 'another' WHERE number = 1")
    straight.execute(text(AS), {"person": "ben-administrator"})
    assert straight.execute(change).rowcount == 0
    straight.execute(text("SELECT set_config('inspect.tasks', 'erasing', true)"))
    with pytest.raises(DBAPIError, match="an event of the trail is never changed"):
        straight.execute(change)
