"""Who may: one truth table, walked for every role, and for every service that reads or changes."""

from collections.abc import Callable
from datetime import date

import pytest

from data_model.forms import (
    ActionForm,
    CaseForm,
    ClaimAnswerForm,
    ClaimForm,
    EnteredForm,
    EvidenceForm,
    InspectionForm,
    RecommendationForm,
    StepForm,
    WelshForm,
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
    actions,
    agreement,
    answer_dates,
    areas,
    cases,
    claims,
    evidence,
    inspections,
    moderation,
    moderation_views,
    people,
    recommendation_list,
    recommendations,
    release,
    release_early,
    release_shelf,
    release_steps,
    release_texts,
    release_values,
    scorecards,
    steps,
    trail,
    welsh,
)
from inspect_app.services.recommendation_list import Wanted
from inspect_app.services.release import Scope
from inspect_app.services.steps import Which
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis
from tests.inspect_app.test_inspections import STARTED
from tests.inspect_app.test_recommendations import ENTERED
from tests.support.readings import CASE
from tests.support.recommending import PLAN, WRITTEN
from tests.support.releasing import JOINT

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
    Permission.WRITE_SNAPSHOTS: {A},
}

PUBLISHED = {
    **STARTED,
    "code": "ALD-2026-REPORT",
    "published": [{"case_kind": "cse", "cases_read": 4}],
}
EVIDENCE = {"rung": "E2", "description": "A record that it happened.", "dated_on": "2026-01-01"}
CLAIM = {"text": "Children were listened to.", "direction": "negative", "themes": ["T3"]}
IN_WELSH = {"welsh": "Cyd-arolygiad Aldermere"}
JTAI_TITLE = (
    "Aldermere: joint inspection of the response to child sexual exploitation and missing children"
)


def version_of(place: int, by: SignedIn) -> int:
    """Return the version of one of the claims of Aldermere, by its place from 0."""
    return claims.narrative("ALD-2025-JTAI", by=by).claims[place].version


ACTION = {"action": "Do the thing.", "owner_role": "Head of service", "due_on": "2027-01-01"}


def _read_a_text(by: SignedIn) -> None:
    """Read a text of the release of the samples, found by somebody who may see it."""
    (line, *_rest) = release_texts.listed(1, by=people.operator(by.database))
    release_texts.mark_read(1, line.text.about, line.text.wording, by=by)


SERVICES: dict[str, tuple[Permission, Callable[[SignedIn], object]]] = {
    "inspections.listed": (Permission.READ_INSPECTIONS, lambda by: inspections.listed(by=by)),
    "inspections.workspace": (
        Permission.READ_INSPECTIONS,
        lambda by: inspections.workspace("ALD-2025-JTAI", by=by),
    ),
    "inspections.start": (
        Permission.START_INSPECTIONS,
        lambda by: inspections.start(checked(InspectionForm, STARTED), by=by),
    ),
    "inspections.enter_published": (
        Permission.ENTER_PUBLISHED,
        lambda by: inspections.enter_published(checked(InspectionForm, PUBLISHED), by=by),
    ),
    "inspections.reopen": (
        Permission.AGREE_FINDINGS,
        lambda by: inspections.reopen("BRK-2025-AUDIT", "Read again.", by=by),
    ),
    "inspections.add_reader": (
        Permission.AGREE_FINDINGS,
        lambda by: inspections.add_reader("CWM-2026-NCPI", "ellen-inspector", by=by),
    ),
    "moderation_views.desks": (Permission.READ_CASES, lambda by: moderation_views.desks(by=by)),
    "moderation.lock_ready": (
        Permission.AGREE_FINDINGS,
        lambda by: moderation.lock_ready("CWM-2026-NCPI", by=by),
    ),
    "agreement.across": (Permission.READ_CASES, lambda by: agreement.across(by=by)),
    "areas.view": (Permission.READ_INSPECTIONS, lambda by: areas.view("X06000001", by=by)),
    "cases.mine": (Permission.READ_CASES, lambda by: cases.mine(by=by)),
    "recommendation_list.page_of": (
        Permission.READ_RECOMMENDATIONS,
        lambda by: recommendation_list.page_of(Wanted(), by=by),
    ),
    "recommendation_list.counts": (
        Permission.READ_RECOMMENDATIONS,
        lambda by: recommendation_list.counts(Wanted(), by=by),
    ),
    "answer_dates.coming": (
        Permission.READ_RECOMMENDATIONS,
        lambda by: answer_dates.coming(by=by),
    ),
    "recommendations.view": (
        Permission.READ_RECOMMENDATIONS,
        lambda by: recommendations.view("ALD-2025-R1", by=by),
    ),
    "recommendations.write": (
        Permission.WRITE_RECOMMENDATIONS,
        lambda by: recommendations.write(
            checked(RecommendationForm, {**WRITTEN, "reason": "From the whole."}), by=by
        ),
    ),
    "recommendations.enter": (
        Permission.ENTER_PUBLISHED,
        lambda by: recommendations.enter(checked(EnteredForm, ENTERED), by=by),
    ),
    "actions.add": (
        Permission.RESPOND,
        lambda by: actions.add(
            "ALD-2025-R3", "aldermere-council", checked(ActionForm, ACTION), by=by
        ),
    ),
    "evidence.add": (
        Permission.RESPOND,
        lambda by: evidence.add(
            "ALD-2025-R1", "aldermere-council", checked(EvidenceForm, EVIDENCE), by=by
        ),
    ),
    "steps.step as the owner": (
        Permission.RESPOND,
        lambda by: steps.step(
            Which("ALD-2025-R4", "aldermere-council"),
            Axis.RESPONSE,
            checked(StepForm, PLAN),
            by=by,
        ),
    ),
    "steps.step as the verifier": (
        Permission.VERIFY,
        lambda by: steps.step(
            Which("ALD-2025-R4", "aldermere-health"),
            Axis.CLOSING,
            checked(StepForm, {"to": "closed", "reason": "Its service has ended."}),
            by=by,
        ),
    ),
    "scorecards.scorecard": (
        Permission.READ_SCORECARDS,
        lambda by: scorecards.scorecard("X06000001", by=by),
    ),
    "scorecards.quarters": (
        Permission.READ_SCORECARDS,
        lambda by: scorecards.quarters("X06000001", by=by),
    ),
    "scorecards.series": (
        Permission.READ_SCORECARDS,
        lambda by: scorecards.series("X06000001", "rhi-offered", by=by),
    ),
    "claims.narrative": (
        Permission.READ_INSPECTIONS,
        lambda by: claims.narrative("ALD-2025-JTAI", by=by),
    ),
    "claims.told": (Permission.READ_INSPECTIONS, lambda by: claims.told(by=by)),
    "claims.write": (
        Permission.AGREE_FINDINGS,
        lambda by: claims.write("ALD-2025-JTAI", checked(ClaimForm, CLAIM), by=by),
    ),
    "claims.reword": (
        Permission.WRITE_CLAIMS,
        lambda by: claims.reword(
            "ALD-2025-JTAI-C1", checked(ClaimForm, CLAIM), version_of(0, by), by=by
        ),
    ),
    "claims.answer": (
        Permission.ANSWER_CLAIMS,
        lambda by: claims.answer(
            "ALD-2025-JTAI-C5",
            checked(ClaimAnswerForm, {"answer": "The meetings were held."}),
            version_of(4, by),
            by=by,
        ),
    ),
    "claims.take_out": (
        Permission.AGREE_FINDINGS,
        lambda by: claims.take_out("ALD-2025-JTAI-C6", version_of(5, by), by=by),
    ),
    "welsh.texts": (
        Permission.READ_INSPECTIONS,
        lambda by: welsh.texts("ALD-2025-JTAI", by=by),
    ),
    "welsh.write": (
        Permission.WRITE_CLAIMS,
        lambda by: welsh.write(
            "ALD-2025-JTAI", "title", checked(WelshForm, IN_WELSH), JTAI_TITLE, by=by
        ),
    ),
    "welsh.recommendation_texts": (
        Permission.READ_RECOMMENDATIONS,
        lambda by: welsh.recommendation_texts("IICSA-CSEN-R5", by=by),
    ),
    "welsh.write_recommendation": (
        Permission.WRITE_CLAIMS,
        lambda by: welsh.write_recommendation(
            "ALD-2025-R5",
            "title ALD-2025-R5",
            checked(WelshForm, IN_WELSH),
            "Audit what changed for children",
            by=by,
        ),
    ),
    "release.preview": (
        Permission.MAKE_RELEASES,
        lambda by: release.preview(Scope(inspections=("ALD-2025-JTAI",)), by=by),
    ),
    "release.draw_up": (Permission.MAKE_RELEASES, lambda by: release.draw_up(JOINT, by=by)),
    "release.protection": (Permission.CHECK_RELEASES, lambda by: release.protection(1, by=by)),
    "release_values.listed": (Permission.READ_RELEASES, lambda by: release_values.listed(by=by)),
    "release_values.view": (Permission.CHECK_RELEASES, lambda by: release_values.view(1, by=by)),
    "release_texts.listed": (
        Permission.CHECK_RELEASES,
        lambda by: release_texts.listed(1, by=by),
    ),
    "release_texts.mark_read": (Permission.CHECK_RELEASES, _read_a_text),
    "release_early.plan": (
        Permission.MAKE_RELEASES,
        lambda by: release_early.plan(1, date(2099, 1, 5), by=by),
    ),
    "release_steps.approve": (
        Permission.APPROVE_RELEASES,
        lambda by: release_steps.approve(1, by=by),
    ),
    "release_shelf.bring": (Permission.MAKE_RELEASES, lambda by: release_shelf.bring(by=by)),
    "release_shelf.behind": (Permission.READ_RELEASES, lambda by: release_shelf.behind(by=by)),
    "trail.latest": (Permission.READ_TRAIL, lambda by: trail.latest(by=by)),
}


def test_the_table_is_the_code() -> None:
    assert {
        permission: {role for role, allowed in ALLOWED.items() if permission in allowed}
        for permission in Permission
    } == TABLE


@pytest.mark.parametrize("role", CAST)
def test_services_do_their_work_for_those_allowed_and_for_nobody_else(
    signed_in: SignIn, role: Role
) -> None:
    by = signed_in(CAST[role])
    for name, (permission, call) in SERVICES.items():
        if role in TABLE[permission]:
            call(by)
            continue
        with pytest.raises(NotAllowed):
            assert call(by) is NotAllowed, f"{name} did its work for {role}"


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
