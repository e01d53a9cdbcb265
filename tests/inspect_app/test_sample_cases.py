"""The invented cases: whole when submitted, read twice where they must be, free of blame."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from data_model.database import Database
from data_model.records import AuditEvent, CaseFile, Inspection, InspectionReader
from data_model.shipped import rows
from data_model.vocabulary import Answer, CaseStatus, Nation
from data_model.wording import concerns
from inspect_app.services import cases, due, readings, sampling
from inspect_app.services.case_checks import interview_expected
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of

SignIn = Callable[[str], SignedIn]
TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
AGREED = ("ALD-2025-JTAI", "BRK-2025-AUDIT", "ALD-2026-REAUDIT")
WRITTEN = {
    "cases": ("summary", "harm_confirmed_reason"),
    "findings": ("reason", "strengths", "weaknesses"),
    "pointers": ("locator",),
    "second_findings": ("reason", "strengths", "weaknesses"),
    "decisions": ("reason",),
    "inspections": ("title", "summary", "note"),
    "recommendations": ("title", "text", "reason"),
    "frames": ("source",),
    "draws": ("reason",),
    "exchanges": ("reason",),
    "entered": ("title", "text", "quotation"),
    "recommendation_steps": ("reason", "role_named", "steps", "claim"),
    "evidence": ("description", "pointer"),
    "actions": ("action", "owner_role", "by_how_much"),
    "slips": ("reason",),
    "milestones": ("title",),
    "notes": ("text",),
}


def invented(name: str) -> list[dict[str, str]]:
    return list(rows("sample_inspections", "invented", f"{name}.csv"))


def held(database: Database, *inspections: str) -> list[CaseFile]:
    """Return the cases of these inspections, with their grades, readings and decisions."""
    with every_row_of(database).reading() as session:
        return readings.cases_of(session, inspections)


def test_nothing_stands_in_the_way_of_a_case_that_was_submitted(
    database: Database, signed_in: SignIn
) -> None:
    with every_row_of(database).reading() as session:
        submitted = session.execute(
            select(CaseFile.id, CaseFile.reference, CaseFile.read_by).where(
                CaseFile.submitted_at.is_not(None)
            )
        ).all()
    stands = {
        reference: cases.view(case, by=signed_in(reader)).outstanding
        for case, reference, reader in submitted
    }
    assert stands == dict.fromkeys(stands, ())
    assert len(stands) == 63


def test_who_submits_gets_a_receipt_of_each_reading(database: Database, signed_in: SignIn) -> None:
    for case in held(database, *AGREED):
        for reader in readings.readers(case):
            given = cases.view(case.id, by=signed_in(reader)).receipts
            assert any(receipt.by == signed_in(reader).name for receipt in given)


def test_cases_of_agreed_inspections_are_read_twice_exactly_where_they_must_be(
    database: Database,
) -> None:
    for code in AGREED:
        with every_row_of(database).reading() as session:
            rule = readings.rule_of(session, session.get_one(Inspection, code))
        for case in held(database, code):
            second = readings.second(case)
            assert rule.needs_second(case) is (second is not None), case.reference
            assert second is None or second.submitted_at, case.reference


def test_whoever_reads_a_case_second_neither_read_it_first_nor_leads(database: Database) -> None:
    with every_row_of(database).reading() as session:
        leads = {
            (entry.inspection, entry.person)
            for entry in session.scalars(select(InspectionReader))
            if entry.leads
        }
    for case in held(database, *AGREED, "CWM-2026-NCPI"):
        for reading in case.readings:
            assert reading.reader != case.read_by
            assert (case.inspection, reading.reader) not in leads
            assert case.submitted_at
            assert reading.asked_at >= case.submitted_at


def test_nine_in_ten_verdicts_of_two_readers_are_the_same(database: Database) -> None:
    pairs = [
        tuple(given.values())
        for case in held(database, *AGREED)
        for given in readings.verdicts(case).values()
        if len(given) > 1
    ]
    assert Counter(first == second for first, second in pairs) == {True: 135, False: 15}


def test_the_lead_decided_every_difference_and_some_of_them_with_the_second_reader(
    database: Database,
) -> None:
    sides: Counter[str] = Counter()
    for case in held(database, *AGREED):
        decided = {one.theme: (one.grade, one.not_graded) for one in case.moderations}
        assert set(decided) == set(readings.differing(case)), case.reference
        for theme, verdict in decided.items():
            first, second = readings.verdicts(case)[theme].values()
            assert verdict in {first, second}
            sides["second" if verdict == second else "first"] += 1
    assert sides == {"first": 10, "second": 5}


def test_every_state_of_a_case_can_be_seen(database: Database) -> None:
    cwm = {case.reference: case for case in held(database, "CWM-2026-NCPI")}
    states = Counter(case.status for case in cwm.values())
    assert states == {
        CaseStatus.DRAFT: 4,
        CaseStatus.SUBMITTED: 6,
        CaseStatus.AGREED: 1,
        CaseStatus.DISPUTED: 1,
    }
    (begun,) = cwm["CWM-C04"].readings
    assert begun.submitted_at is None
    with every_row_of(database).reading() as session:
        rule = readings.rule_of(session, session.get_one(Inspection, "CWM-2026-NCPI"))
        actions = set(session.scalars(select(AuditEvent.action)))
    assert [r for r, case in cwm.items() if rule.waits(case)] == ["CWM-C01", "CWM-C07"]
    assert {case.status for case in held(database, *AGREED)} == {CaseStatus.COUNTED}
    assert actions >= {f"case.{state}" for state in ("second_read", "agreed", "disputed")}
    assert actions >= {"case.moderated", "case.locked", "case.decided"}


@pytest.mark.parametrize(("table", "columns"), WRITTEN.items())
def test_no_sample_text_blames_a_child_or_leads_to_one(
    table: str, columns: tuple[str, ...]
) -> None:
    known = [
        row[name]
        for file in ("areas", "organisations")
        for row in invented(file)
        for name in ("name", "name_welsh")
    ]
    pointed_out = [
        (row, concern.said)
        for row in invented(table)
        for column in columns
        for concern in concerns(row[column], known=[name for name in known if name])
        if not concern.quoted
    ]
    assert pointed_out == []


def test_what_happened_to_a_child_lies_within_the_period_that_was_read() -> None:
    periods = {
        row["reference"]: (row["practice_from"], row["practice_to"] or "2026-10-31")
        for row in invented("cases")
    }
    for row in invented("episodes"):
        since, until = periods[row["reference"]]
        assert since <= row["reported_on"] <= row["returned_on"] <= until, row
    assert all(date.fromisoformat(r["used_on"]) < TODAY.date() for r in invented("disruptions"))


def test_interviews_are_recorded_wherever_the_nations_rules_expect_one(database: Database) -> None:
    with every_row_of(database).reading() as session:
        for case in session.scalars(select(CaseFile).where(CaseFile.submitted_at.is_not(None))):
            nation = Nation.WALES if case.inspection.startswith("CWM") else Nation.ENGLAND
            for place, episode in enumerate(case.episodes, start=1):
                expected = interview_expected(nation, place)
                assert episode.interview_offered is not None or not expected, case.reference


def test_a_notice_on_a_child_and_a_charge_are_there_to_be_found(database: Database) -> None:
    found = held(database, *AGREED)
    assert [c.reference for c in found if c.notice_on_child is Answer.YES] == ["BRK-C03"]
    assert [c.reference for c in found if c.child_charged is Answer.YES] == ["ALD-C05"]


def test_half_of_the_cases_of_the_two_minute_audit_are_due_again(signed_in: SignIn) -> None:
    auditor = replace(signed_in("nadia-auditor"), clock=lambda: TODAY)
    lines = due.due_list("ALD-2026-2MIN", by=auditor)
    assert len(lines) == 12
    assert sum(line.overdue for line in lines) == 6


def test_the_samples_sample_can_be_drawn_again(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    view = sampling.view("ALD-2025-JTAI", by=lead)
    assert view.frame
    assert view.draw
    assert (len(view.frame.entries), len(view.draw.sample), len(view.draw.exchanged)) == (38, 16, 1)
    assert sampling.repeat("ALD-2025-JTAI", by=lead).same
    again = sampling.view("ALD-2026-REAUDIT", by=lead)
    assert again.frame
    assert again.draw
    assert (len(again.frame.entries), len(again.draw.sample)) == (29, 14)
    assert sampling.repeat("ALD-2026-REAUDIT", by=lead).same
    chosen = sampling.view("CWM-2026-NCPI", by=lead)
    assert chosen.frame
    assert chosen.draw
    assert (len(chosen.frame.entries), len(chosen.draw.sample)) == (24, 12)
