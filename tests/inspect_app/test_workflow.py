"""The workflow: every status is on the map, and a refusal says what would work."""

from datetime import date

import pytest

from data_model.vocabulary import (
    Assurance,
    CaseStatus,
    Closing,
    Delivery,
    Evidence,
    InspectionStatus,
    ReleaseStatus,
    Response,
    ReturnStatus,
    Word,
    Wording,
)
from inspect_app.access import ALLOWED, Permission
from inspect_app.errors import Refusal
from inspect_app.workflow import (
    ACCEPTANCES,
    APART,
    MOVES,
    Axis,
    Need,
    Offer,
    Part,
    barred,
    check_move,
    next_moves,
)

STATUSES: dict[Axis, type[Word]] = {
    Axis.CASE: CaseStatus,
    Axis.RESPONSE: Response,
    Axis.DELIVERY: Delivery,
    Axis.ASSURANCE: Assurance,
    Axis.CLOSING: Closing,
    Axis.WORDING: Wording,
    Axis.INSPECTION: InspectionStatus,
    Axis.RETURN: ReturnStatus,
    Axis.RELEASE: ReleaseStatus,
}
FIRST = {
    Axis.CASE: CaseStatus.DRAFT,
    Axis.RESPONSE: Response.AWAITING,
    Axis.DELIVERY: Delivery.NOT_STARTED,
    Axis.ASSURANCE: Assurance.UNTESTED,
    Axis.CLOSING: Closing.OPEN,
    Axis.WORDING: Wording.DRAFT,
    Axis.INSPECTION: InspectionStatus.READING,
    Axis.RETURN: ReturnStatus.ENTERED,
    Axis.RELEASE: ReleaseStatus.DRAFT,
}
EVERYTHING = Offer(
    reason="Because.",
    steps="Steps.",
    role_named="Head of service",
    due_on=date(2026, 1, 1),
    accepted=True,
    met=frozenset(Need),
    strongest=Evidence.E4,
)


@pytest.mark.parametrize("axis", Axis)
def test_every_status_can_be_reached_from_the_first(axis: Axis) -> None:
    reached: set[Word] = {FIRST[axis]}
    while True:
        further = {move.after for status in reached for move in next_moves(axis, status)}
        if further <= reached:
            break
        reached |= further
    assert reached == set(STATUSES[axis]) - {InspectionStatus.PUBLISHED_ELSEWHERE}


@pytest.mark.parametrize("move", MOVES, ids=lambda m: f"{m.axis}: {m.before} to {m.after}")
def test_every_move_works_with_everything_it_needs_and_refuses_without(move) -> None:  # type: ignore[no-untyped-def]
    assert check_move(move.axis, move.before, move.after, EVERYTHING, thing="It") == move
    if not move.needs:
        return
    with pytest.raises(Refusal, match="yet") as refusal:
        check_move(move.axis, move.before, move.after, Offer(), thing="It")
    assert all(need in refusal.value.advice for need in move.needs)


def test_no_two_moves_share_their_ends() -> None:
    ends = [(move.axis, move.before, move.after) for move in MOVES]
    assert len(ends) == len(set(ends))


def test_every_need_is_asked_for_somewhere() -> None:
    assert {need for move in MOVES for need in move.needs} == set(Need)


def test_whoever_moves_something_has_a_role_that_allows_it() -> None:
    allowed = {permission for permissions in ALLOWED.values() for permission in permissions}
    assert {move.who for move in MOVES} <= allowed


def test_nobody_both_claims_and_verifies_in_one_role() -> None:
    for permissions in ALLOWED.values():
        assert not {Permission.RESPOND, Permission.VERIFY} <= permissions


def test_a_move_that_is_not_on_the_map_names_those_that_are() -> None:
    with pytest.raises(Refusal, match="cannot become “Claimed complete”") as refusal:
        check_move(Axis.DELIVERY, Delivery.NOT_STARTED, Delivery.CLAIMED, EVERYTHING, thing="R1")
    assert "“In progress”" in refusal.value.advice


def test_work_starts_from_any_acceptance() -> None:
    assert {Response.ACCEPTED, Response.IN_PRINCIPLE, Response.PARTLY} == ACCEPTANCES


@pytest.mark.parametrize("rule", APART, ids=lambda rule: f"{rule.taking}: never {rule.held}")
def test_nobody_takes_a_part_that_theirs_bars_them_from(rule) -> None:  # type: ignore[no-untyped-def]
    assert barred(rule.taking, {rule.held}) == rule.why
    assert barred(rule.taking, set()) is None


def test_every_part_is_in_a_rule_and_no_rule_is_there_twice() -> None:
    assert {part for rule in APART for part in (rule.taking, rule.held)} == set(Part)
    pairs = [(rule.taking, rule.held) for rule in APART]
    assert len(pairs) == len(set(pairs))


def test_a_lead_and_a_first_reader_never_read_second_and_an_owner_never_verifies() -> None:
    for held in (Part.FIRST_READER, Part.LEAD, Part.SECOND_READER):
        assert barred(Part.SECOND_READER, {held})
        assert barred(Part.BODY_READER, {held})
    assert barred(Part.SECOND_READER, {Part.SAME_BODY}) is None
    assert barred(Part.VERIFIER, {Part.OWNER})
    assert barred(Part.VERIFIER, {Part.AUTHOR})


def test_nobody_makes_and_approves_a_release_in_one_role() -> None:
    for permissions in ALLOWED.values():
        assert not {Permission.MAKE_RELEASES, Permission.APPROVE_RELEASES} <= permissions


def test_a_release_is_published_only_by_way_of_its_second_approver() -> None:
    before = {move.before for move in MOVES if move.after is ReleaseStatus.PUBLISHED}
    assert before == {ReleaseStatus.APPROVED, ReleaseStatus.PRE_RELEASE}
    to_approved = [move for move in MOVES if move.after is ReleaseStatus.APPROVED]
    assert {move.before for move in to_approved} == {ReleaseStatus.SECOND_APPROVER}
    assert {move.who for move in to_approved} == {Permission.APPROVE_RELEASES}


def test_nothing_of_a_published_release_goes_back_to_be_changed() -> None:
    after = {
        move.after
        for status in (ReleaseStatus.PUBLISHED, ReleaseStatus.CORRECTED)
        for move in next_moves(Axis.RELEASE, status)
    }
    assert after == {ReleaseStatus.CORRECTED, ReleaseStatus.WITHDRAWN}
    assert not next_moves(Axis.RELEASE, ReleaseStatus.WITHDRAWN)


def test_a_case_is_counted_only_by_way_of_its_lock() -> None:
    before = {move.before for move in MOVES if move.after is CaseStatus.COUNTED}
    assert before == {CaseStatus.LOCKED}
    to_lock = {move.before for move in MOVES if move.after is CaseStatus.LOCKED}
    assert CaseStatus.DISPUTED not in to_lock
    assert CaseStatus.DRAFT not in to_lock
