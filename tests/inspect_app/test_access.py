"""Who may: the truth table as it was decided, and who sees which case, without a database."""

from collections.abc import Callable

import pytest

from data_model.forms import (
    CaseForm,
    checked,
)
from data_model.vocabulary import CaseStatus, InspectionStatus, Role
from inspect_app.access import (
    ALLOWED,
    CaseStanding,
    Permission,
    Standing,
    sees_case,
    sees_cases,
    sees_inspection,
    sees_reading,
    sees_returns,
)
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import (
    cases,
    inspections,
    recommendations,
    scorecards,
)
from inspect_app.signed_in import SignedIn
from tests.support.readings import CASE

SignIn = Callable[[str], SignedIn]
CAST = {
    Role.LEAD_INSPECTOR: "priya-lead",
    Role.INSPECTOR: "marcus-inspector",
    Role.PUBLISHER: "samira-publisher",
    Role.SECOND_APPROVER: "eleri-approver",
    Role.BOARD_MEMBER: "patrick-board",
    Role.DIRECTOR: "joanna-director",
    Role.VERIFIER: "ruth-verifier",
    Role.ADMINISTRATOR: "ben-administrator",
}
L, I, P, S, B, D, V, A = CAST  # noqa: E741 - the columns of the table below
TABLE: dict[Permission, set[Role]] = {
    Permission.READ_INSPECTIONS: {L, I, P, S, B, D, V},
    Permission.START_INSPECTIONS: {L},
    Permission.ENTER_PUBLISHED: {L, P},
    Permission.READ_CASES: {L, I},
    Permission.WRITE_CASES: {L, I},
    Permission.AGREE_FINDINGS: {L},
    Permission.READ_RECOMMENDATIONS: {L, I, P, S, B, D, V},
    Permission.WRITE_RECOMMENDATIONS: {L},
    Permission.RESPOND: {D},
    Permission.VERIFY: {V},
    Permission.READ_SCORECARDS: {L, I, P, S, B, D, V},
    Permission.SEND_RETURNS: {D},
    Permission.APPROVE_RETURNS: {B},
    Permission.DECIDE: {B},
    Permission.WRITE_CLAIMS: {L, P},
    Permission.ANSWER_CLAIMS: {P},
    Permission.READ_RELEASES: {L, I, P, S, B, D, V, A},
    Permission.MAKE_RELEASES: {P},
    Permission.CHECK_RELEASES: {P, S},
    Permission.APPROVE_RELEASES: {S},
    Permission.READ_TRAIL: {A},
    Permission.EXPORT_TRAIL: {L, A},
    Permission.ERASE_CASES: {L, A},
    Permission.MANAGE_PEOPLE: {A},
    Permission.WRITE_SNAPSHOTS: {A},
}


def test_the_table_is_the_code() -> None:
    assert {
        permission: {role for role, allowed in ALLOWED.items() if permission in allowed}
        for permission in Permission
    } == TABLE


@pytest.mark.parametrize("role", CAST)
def test_case_files_are_for_the_readers_of_their_inspection(signed_in: SignIn, role: Role) -> None:
    by = signed_in(CAST[role])
    mine = {"priya-lead", "gwenllian-elsewhere"}
    form = checked(CaseForm, {**CASE, "reference": "CWM-C40"})
    if by.person in mine:
        cases.begin("CWM-2026-NCPI", form, by=by)
        return
    with pytest.raises((NotAllowed, NotFound)):
        cases.begin("CWM-2026-NCPI", form, by=by)


def test_a_director_of_elsewhere_gets_neither_counts_nor_recommendations(
    signed_in: SignIn,
) -> None:
    elsewhere = signed_in("harpreet-director")
    with pytest.raises(NotFound):
        inspections.workspace("ALD-2025-JTAI", by=elsewhere)
    with pytest.raises(NotFound):
        recommendations.view("ALD-2025-R1", by=elsewhere)
    own = scorecards.scorecard("X06000002", by=elsewhere).lines
    other = scorecards.scorecard("X06000001", by=elsewhere).lines
    assert own
    assert not other


def test_sight_follows_the_rules_without_a_database() -> None:
    reader = Standing("a", "inspectorate", None, frozenset({Role.INSPECTOR}), frozenset({"I-1"}))
    board = Standing("b", "partnership", "X1", frozenset({Role.BOARD_MEMBER}))
    reading, agreed = InspectionStatus.READING, InspectionStatus.AGREED
    assert sees_cases(reader, "I-1")
    assert not sees_cases(reader, "I-2")
    assert not sees_cases(board, "I-1")
    assert sees_inspection(reader, "I-1", reading, {"X1"}, {"council"})
    assert not sees_inspection(board, "I-1", reading, {"X1"}, {"council"})
    assert sees_inspection(board, "I-1", agreed, {"X1"}, {"council"})
    assert not sees_inspection(board, "I-1", agreed, {"X2"}, {"council"})
    assert sees_returns(board, "X1")
    assert not sees_returns(board, "X2")


def test_a_reader_who_lost_the_role_sees_no_case() -> None:
    former = Standing("a", "inspectorate", None, frozenset({Role.PUBLISHER}), frozenset({"I-1"}))
    assert not sees_case(former, CaseStanding("I-1", "a", CaseStatus.SUBMITTED))


BEFORE, AFTER, LOCKED = (
    {CaseStatus.DRAFT, CaseStatus.SUBMITTED},
    {CaseStatus.SECOND_READ, CaseStatus.AGREED, CaseStatus.DISPUTED, CaseStatus.MODERATED},
    {CaseStatus.LOCKED, CaseStatus.COUNTED},
)


@pytest.mark.parametrize(
    ("person", "first_reading", "other_readings"),
    [
        ("first", BEFORE | AFTER | LOCKED, AFTER | LOCKED),
        ("second", AFTER | LOCKED, AFTER | LOCKED),
        ("lead", BEFORE | AFTER | LOCKED, BEFORE | AFTER | LOCKED),
        ("colleague", {CaseStatus.COUNTED}, {CaseStatus.COUNTED}),
        ("elsewhere", set(), set()),
    ],
)
def test_readings_are_blind_to_each_other_until_all_are_in(
    person: str, first_reading: set[CaseStatus], other_readings: set[CaseStatus]
) -> None:
    reads = frozenset() if person == "elsewhere" else frozenset({"I-1"})
    leads = reads if person == "lead" else frozenset()
    roles = frozenset({Role.INSPECTOR})
    standing = Standing(person, "inspectorate", None, roles, reads, leads)
    by_status = {
        status: CaseStanding("I-1", "first", status, frozenset({"second"})) for status in CaseStatus
    }
    assert {s for s, case in by_status.items() if sees_case(standing, case)} == first_reading
    assert {s for s, case in by_status.items() if sees_reading(standing, case)} == other_readings


def test_a_lead_who_read_first_does_not_see_the_second_reading_before_it_is_compared() -> None:
    reads = frozenset({"I-1"})
    lead = Standing("lead", "inspectorate", None, frozenset({Role.INSPECTOR}), reads, reads)
    case = CaseStanding("I-1", "lead", CaseStatus.SUBMITTED, frozenset({"second"}))
    assert sees_case(lead, case)
    assert not sees_reading(lead, case)


def test_nobody_unknown_signs_in(signed_in: SignIn) -> None:
    with pytest.raises(Refusal, match="no sample person"):
        signed_in("nobody")
