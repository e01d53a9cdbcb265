"""Cases are erased by rule: what was counted stays, and of the rest nothing is left anywhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from data_model import erasing
from data_model.database import Database
from data_model.frames import FRAMES
from data_model.reading import counted_frames
from data_model.records import CaseFile, Inspection, Record
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import cases, inspections, people, retention, scorecards, trail
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of

LEAST = 25
"""Shorter texts, such as `views of the child`, are ordinary words that stand elsewhere too."""

CODE = "BRK-2025-AUDIT"
LEAD, KEEPER = "priya-lead", "ben-administrator"
SignIn = Callable[[str], SignedIn]


def _later(by: SignedIn) -> SignedIn:
    return replace(by, clock=lambda: datetime(2040, 1, 2, 9, tzinfo=UTC))


@pytest.fixture
def people_of_2040(signed_in: SignIn) -> tuple[SignedIn, SignedIn]:
    """The lead and the administrator, when the time has come."""
    return _later(signed_in(LEAD)), _later(signed_in(KEEPER))


def _secrets(database: Database) -> set[str]:
    """Return every reference and every text that somebody wrote in the inspection's cases."""
    with every_row_of(database).reading() as session:
        held = list(session.scalars(select(CaseFile)))
        own = [case for case in held if case.inspection == CODE]
        others = " ".join(each for case in held if case not in own for each in _said(case))
        return {each for case in own for each in _said(case) if each not in others}


def _said(case: CaseFile) -> list[str]:
    found = [case.summary]
    for finding in case.findings:
        found += [finding.reason, finding.strengths, finding.weaknesses]
        found += [pointer.locator for pointer in finding.pointers]
    return [case.reference, *(each for each in found if each and len(each) >= LEAST)]


def _everything(database: Database) -> str:
    """Return every value of every table as one text."""
    with database.plain.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = [connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in tables]  # noqa: S608
    return "\n".join(str(value) for table in rows for row in table for value in row)


def _counts(database: Database, by: SignedIn) -> object:
    with every_row_of(database).reading() as session:
        area = session.get_one(Inspection, CODE).area_code
        frames = {name: frame.rows() for name, frame in counted_frames(session, area).items()}
    matrix = inspections.workspace(CODE, by=by).matrix or ()
    return frames, [row.cells for row in matrix], scorecards.scorecard(area, by=by).lines


def test_nothing_is_left_of_erased_cases_but_what_was_counted_and_the_trail_holds(
    database: Database, people_of_2040: tuple[SignedIn, SignedIn]
) -> None:
    lead, keeper = people_of_2040
    secrets = _secrets(database)
    assert len(secrets) > 10
    counts = _counts(database, lead)
    retention.ask(CODE, "Ten years have passed.", by=keeper)
    erased = retention.erase(CODE, by=lead)
    assert erased > 5
    assert _counts(database, lead) == counts
    everything = _everything(database)
    assert {said for said in secrets if said in everything} == set()
    if database.url.get_backend_name() == "sqlite":
        file = Path(database.url.database or "")
        for each in file.parent.glob(f"{file.name}*"):
            content = each.read_bytes() if each.is_file() else b""
            assert {said for said in secrets if said.encode() in content} == set(), each
    checked = trail.chain(by=keeper)
    assert checked.holds, checked.faults
    with every_row_of(database).reading() as session:
        case = session.scalars(select(CaseFile.id).where(CaseFile.inspection == CODE)).first()
    with pytest.raises(NotFound, match="erased on 2040-01-02"):
        cases.view(case or 0, by=lead)


def test_an_event_erased_by_nobody_is_found(
    database: Database, people_of_2040: tuple[SignedIn, SignedIn]
) -> None:
    _lead, keeper = people_of_2040
    with every_row_of(database).writing.begin() as connection:
        connection.execute(
            text(
                "UPDATE audit_event SET before = '{}', after = '{}', changed = '{}', salt = NULL, "
                "reason = NULL, erased_in = 3 WHERE number = 20"
            )
        )
    faults = trail.chain(by=keeper).faults
    assert [(fault.number, str(fault)) for fault in faults] == [(20, "Change 20 was altered.")]


def test_erasing_takes_two_people_a_reason_and_the_time(
    database: Database, signed_in: SignIn, people_of_2040: tuple[SignedIn, SignedIn]
) -> None:
    lead, keeper = people_of_2040
    with pytest.raises(Refusal, match="are kept until"):
        retention.ask(CODE, "Somebody would like to.", by=signed_in(KEEPER))
    with pytest.raises(Refusal, match="Nobody asked"):
        retention.erase(CODE, by=keeper)
    with pytest.raises(Refusal, match="too short"):
        retention.ask(CODE, "Old", by=keeper)
    retention.ask(CODE, "Ten years have passed.", by=keeper)
    with pytest.raises(NotAllowed, match="Whoever asked"):
        retention.erase(CODE, by=keeper)
    elsewhere = _later(people.sign_in("gwenllian-elsewhere", database))
    with pytest.raises((NotFound, NotAllowed)):
        retention.erase(CODE, by=elsewhere)
    (held,) = [each for each in retention.listed(by=lead) if each.inspection == CODE]
    assert (held.asked_by, held.due) == ("Ben Achebe", True) or held.asked_by is not None


FRAME_COLUMNS = {column for frame in FRAMES.values() for column in frame.names()}
STANDING = {
    *("id", "case_id", "reader", "read_by", "status", "version", "edition", "frame_number"),
    *("submitted_at", "submitted_by", "locked_at", "locked_by", "decided_at", "decided_by"),
    *("criterion", "criterion_version", "position", "kind", "reference", "number"),
    *("content_hash",),
}
"""Who did what and when, and what is in frames under another name; a reference is replaced."""


@pytest.mark.parametrize("kind", [CaseFile, *(k for k in erasing.EMPTIED if hasattr(k, "case_id"))])
def test_every_column_of_a_case_stays_in_frames_or_is_erased(kind: type[Record]) -> None:
    columns = {attribute.key for attribute in inspect(kind).column_attrs}
    assert columns - FRAME_COLUMNS - STANDING - set(erasing.EMPTIED[kind]) == set()
