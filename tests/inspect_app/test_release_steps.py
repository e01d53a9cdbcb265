"""The life of a release: each step with and without what it needs, and two people for each."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from data_model.database import Database
from data_model.forms import RecommendationForm, checked
from data_model.records import AuditEvent, Release
from data_model.vocabulary import ChecklistItem, ReleaseStatus
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.publishing.release_json import canonical, read
from inspect_app.services import (
    inspections,
    people,
    recommendations,
    release,
    release_early,
    release_steps,
    release_store,
    release_texts,
    release_values,
    trail,
)
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of, with_roles
from tests.support.recommending import PUBLISHED_ON, WRITTEN
from tests.support.releasing import (
    APPROVER,
    AUDIT,
    DURHAM,
    JOINT,
    PUBLISHER,
    REASON,
    SAMPLE,
    at,
    handed_over,
    settle,
    waiting,
)

SignIn = Callable[[str], SignedIn]
MORNING = datetime(2027, 1, 14, 9, 30, tzinfo=UTC)


def status(held: int, by: SignedIn) -> ReleaseStatus:
    return next(line.status for line in release_values.listed(by=by) if line.id == held)


def test_a_release_goes_from_draft_to_publication_and_each_step_is_on_the_trail(
    signed_in: SignIn, database: Database
) -> None:
    publisher, approver = signed_in(PUBLISHER), signed_in(APPROVER)
    assert status(SAMPLE, publisher) is ReleaseStatus.SECOND_APPROVER
    release_steps.approve(SAMPLE, by=approver)
    assert release_steps.publish(SAMPLE, by=publisher) == 1
    assert status(SAMPLE, publisher) is ReleaseStatus.PUBLISHED
    with every_row_of(database).reading() as session:
        actions = session.scalars(
            select(AuditEvent.action)
            .where(AuditEvent.action.startswith("release."))
            .order_by(AuditEvent.number)
        ).all()
    assert actions == [
        "release.drawn_up",
        "release.checks",
        "release.acknowledged",
        "release.second_approver",
        "release.approved",
        "release.made",
    ]


def test_what_is_published_is_what_was_approved_byte_for_byte(
    signed_in: SignIn, database: Database
) -> None:
    with every_row_of(database).reading() as session:
        approved = release_store.thaw(session.get_one(Release, SAMPLE))
    release_steps.approve(SAMPLE, by=signed_in(APPROVER))
    lead = signed_in("priya-lead")
    recommendations.write(
        checked(
            RecommendationForm,
            {**WRITTEN, "inspection": "ALD-2025-JTAI", "reason": "From the whole."},
        ),
        by=lead,
    )
    recommendations.publish(WRITTEN["code"], PUBLISHED_ON, by=lead)
    release_steps.publish(SAMPLE, by=signed_in(PUBLISHER))
    file = database.shelf / "releases" / "0001" / "data" / "release.json"
    assert canonical(read(file.read_bytes()).content) == canonical(approved)


def test_whoever_drew_it_up_never_approves_it(signed_in: SignIn, database: Database) -> None:
    both = people.sign_in(PUBLISHER, database)
    second = signed_in(APPROVER)
    whole = as_both(second, both)
    held = release.draw_up(DURHAM, by=whole)
    handed_over(held, whole)
    with pytest.raises(NotAllowed, match="Whoever drew up a release cannot approve it"):
        release_steps.approve(held, by=second)
    assert release_values.view(held, by=second).barred


def as_both(person: SignedIn, other: SignedIn) -> SignedIn:
    """Return one person with the roles of another as well."""
    return with_roles(person, other.standing.roles)


@pytest.mark.parametrize("writer", ["priya-lead", "marcus-inspector"])
def test_whoever_wrote_something_in_it_never_approves_it(signed_in: SignIn, writer: str) -> None:
    by = as_both(signed_in(writer), signed_in(APPROVER))
    with pytest.raises(NotAllowed, match="Whoever wrote something in a release cannot approve it"):
        release_steps.approve(SAMPLE, by=by)
    assert status(SAMPLE, by) is ReleaseStatus.SECOND_APPROVER


def test_whoever_sent_it_on_never_approves_it_either(signed_in: SignIn) -> None:
    publisher, approver = signed_in(PUBLISHER), signed_in(APPROVER)
    held = release.draw_up(DURHAM, by=publisher)
    handed_over(held, as_both(approver, publisher))
    with pytest.raises(NotAllowed, match="cannot approve it"):
        release_steps.approve(held, by=approver)


def test_a_publisher_never_approves(signed_in: SignIn) -> None:
    with pytest.raises(NotAllowed):
        release_steps.approve(SAMPLE, by=signed_in(PUBLISHER))


def test_nothing_goes_to_a_second_approver_with_a_text_that_nobody_read(
    signed_in: SignIn,
) -> None:
    publisher = signed_in(PUBLISHER)
    held = release.draw_up(JOINT, by=publisher)
    release_steps.start_checks(held, by=publisher)
    with pytest.raises(Refusal, match=r"Texts nobody has read: \d+") as refused:
        release_steps.hand_over(held, by=publisher)
    assert "settle what stands in the way" in refused.value.advice
    settle(held, publisher)
    release_steps.hand_over(held, by=publisher)
    assert status(held, publisher) is ReleaseStatus.SECOND_APPROVER


def test_a_warning_is_acknowledged_with_a_reason_or_stops_the_release(signed_in: SignIn) -> None:
    publisher, approver = signed_in(PUBLISHER), signed_in(APPROVER)
    release_steps.send_back(SAMPLE, "Look at the themes again.", by=approver)
    release.draw_again(SAMPLE, by=publisher)
    view = release_values.view(SAMPLE, by=publisher)
    (found,) = next(c for c in view.checklist if c.item.code is ChecklistItem.EMPTY_THEMES).found
    assert found.reason
    key = found.outstanding.key
    with pytest.raises(Refusal, match="not said why"):
        release_steps.acknowledge(SAMPLE, ChecklistItem.EMPTY_THEMES, key, " ", by=publisher)
    with pytest.raises(NotFound, match="no such warning"):
        release_steps.acknowledge(SAMPLE, ChecklistItem.EMPTY_THEMES, "0" * 64, "x", by=publisher)
    with pytest.raises(Refusal, match="cannot be acknowledged"):
        release_steps.acknowledge(SAMPLE, ChecklistItem.UNREAD_TEXTS, key, "x", by=publisher)


def test_an_unacknowledged_warning_is_named(signed_in: SignIn, database: Database) -> None:
    publisher = signed_in(PUBLISHER)
    release_steps.send_back(SAMPLE, "Look at the themes again.", by=signed_in(APPROVER))
    with every_row_of(database).recording() as session:
        held = session.get_one(Release, SAMPLE)
        held.acknowledged.clear()
        trail.note(session, publisher, "release.test", "nothing")
    release_steps.start_checks(SAMPLE, by=publisher)
    with pytest.raises(Refusal, match="A theme in scope with no case graded: 1") as refused:
        release_steps.hand_over(SAMPLE, by=publisher)
    assert "acknowledge each warning" in refused.value.advice


def test_sending_back_needs_a_reason_and_takes_the_approval_with_it(signed_in: SignIn) -> None:
    publisher, approver = signed_in(PUBLISHER), signed_in(APPROVER)
    with pytest.raises(Refusal, match="yet"):
        release_steps.send_back(SAMPLE, "", by=approver)
    release_steps.approve(SAMPLE, by=approver)
    release_steps.send_back(SAMPLE, "A word is missing.", by=publisher)
    (line,) = (each for each in release_values.listed(by=publisher) if each.id == SAMPLE)
    assert (line.status, line.approved_by) == (ReleaseStatus.DRAFT, None)
    with pytest.raises(Refusal, match="cannot become “Published”"):
        release_steps.publish(SAMPLE, by=publisher)


def test_a_publisher_takes_back_what_waits_only_to_its_checks(signed_in: SignIn) -> None:
    publisher = signed_in(PUBLISHER)
    release_steps.send_back(SAMPLE, "A text is to be read again.", by=publisher)
    assert status(SAMPLE, publisher) is ReleaseStatus.CHECKS


def test_a_draft_whose_evidence_has_moved_says_so_and_is_drawn_up_again(
    signed_in: SignIn,
) -> None:
    publisher, lead = signed_in(PUBLISHER), signed_in("priya-lead")
    held = release.draw_up(JOINT, by=publisher)
    assert not release_values.view(held, by=publisher).moved
    inspections.reopen("ALD-2025-JTAI", "The summary was unclear.", by=lead)
    inspections.summarise("ALD-2025-JTAI", "Staff knew most children.", by=lead)
    inspections.agree("ALD-2025-JTAI", by=lead)
    assert release_values.view(held, by=publisher).moved
    with pytest.raises(Refusal, match="yet") as refused:
        release_steps.start_checks(held, by=publisher)
    assert "draw it up again" in refused.value.advice
    release.draw_again(held, by=publisher)
    assert not release_values.view(held, by=publisher).moved
    release_steps.start_checks(held, by=publisher)


def test_what_others_record_elsewhere_does_not_move_a_draft(signed_in: SignIn) -> None:
    publisher, lead = signed_in(PUBLISHER), signed_in("priya-lead")
    held = release.draw_up(DURHAM, by=publisher)
    inspections.reopen("BRK-2025-AUDIT", "The summary was unclear.", by=lead)
    assert not release_values.view(held, by=publisher).moved


def test_findings_opened_again_stop_a_release_that_was_approved_already(
    signed_in: SignIn,
) -> None:
    publisher = signed_in(PUBLISHER)
    release_steps.approve(SAMPLE, by=signed_in(APPROVER))
    inspections.reopen("BRK-2025-AUDIT", "A grade was wrong.", by=signed_in("priya-lead"))
    with pytest.raises(Refusal, match="Findings that do not stand: 1"):
        release_steps.publish(SAMPLE, by=publisher)
    assert status(SAMPLE, publisher) is ReleaseStatus.APPROVED
    assert not (publisher.database.shelf / "releases").exists()


def test_words_that_change_are_unread_again_and_words_that_stay_are_not(
    signed_in: SignIn,
) -> None:
    publisher, lead = signed_in(PUBLISHER), signed_in("priya-lead")
    held = release.draw_up(JOINT, by=publisher)
    settle(held, publisher)
    inspections.reopen("ALD-2025-JTAI", "The summary was unclear.", by=lead)
    inspections.summarise("ALD-2025-JTAI", "Staff knew most children.", by=lead)
    inspections.agree("ALD-2025-JTAI", by=lead)
    release.draw_again(held, by=publisher)
    unread = [e.text for e in release_texts.listed(held, by=publisher) if e.read_by is None]
    assert [(text.what, text.text) for text in unread] == [("Summary", "Staff knew most children.")]


def test_a_text_is_read_at_its_present_wording_only(signed_in: SignIn) -> None:
    with pytest.raises(NotFound, match="holds no such text"):
        release_texts.mark_read(SAMPLE, "BRK-2025-AUDIT", "0" * 64, by=signed_in(PUBLISHER))


def test_nobody_moves_what_somebody_else_moved_meanwhile(signed_in: SignIn) -> None:
    with pytest.raises(Conflict):
        release_steps.approve(SAMPLE, 1, by=signed_in(APPROVER))


def test_a_draft_is_seen_by_nobody_but_those_who_check_it(signed_in: SignIn) -> None:
    for person in ("priya-lead", "patrick-board", "ben-administrator", "joanna-director"):
        assert not release_values.listed(by=signed_in(person))
        with pytest.raises(NotFound):
            release_early.draft_site(SAMPLE, by=signed_in(person))


def test_a_release_waits_for_half_past_nine_in_london_on_its_day(signed_in: SignIn) -> None:
    publisher, approver = signed_in(PUBLISHER), signed_in(APPROVER)
    release_early.plan(SAMPLE, MORNING.date(), by=publisher)
    release_steps.approve(SAMPLE, by=approver)
    early = at(publisher, MORNING - timedelta(minutes=1))
    with pytest.raises(Refusal, match="yet") as refused:
        release_steps.publish(SAMPLE, by=early)
    assert "9.30" in refused.value.advice
    assert release_steps.publish(SAMPLE, by=at(publisher, MORNING)) == 1


def test_in_summer_half_past_nine_is_half_past_eight_in_utc() -> None:
    assert release_store.moment(date(2027, 7, 1)) == datetime(2027, 7, 1, 8, 30, tzinfo=UTC)


def test_the_same_content_is_not_drawn_up_twice(signed_in: SignIn) -> None:
    publisher = signed_in(PUBLISHER)
    with pytest.raises(Refusal, match="says the very same"):
        release.draw_up(AUDIT, by=publisher)
    held = release.draw_up(DURHAM, by=publisher)
    assert release.draw_up(DURHAM, by=publisher) == held


def test_numbers_and_hashes_follow_on_from_each_other(
    signed_in: SignIn, database: Database
) -> None:
    publisher, approver = signed_in(PUBLISHER), signed_in(APPROVER)
    release_steps.approve(SAMPLE, by=approver)
    held = waiting(DURHAM, publisher)
    release_steps.approve(held, by=approver)
    assert release_steps.publish(held, by=publisher) == 1
    assert release_steps.publish(SAMPLE, by=publisher) == 2
    with every_row_of(database).reading() as session:
        first, second = (session.get_one(Release, each) for each in (held, SAMPLE))
        heads = set(session.scalars(select(AuditEvent.hash)))
    assert first.previous_hash is None
    assert second.previous_hash == first.content_hash
    assert {first.trail_head, second.trail_head} <= heads


def test_the_reason_for_a_warning_stands_beside_it(signed_in: SignIn) -> None:
    publisher = signed_in(PUBLISHER)
    held = release.draw_up(JOINT, by=publisher)
    settle(held, publisher)
    reasons = {
        warned.reason
        for checked in release_values.view(held, by=publisher).checklist
        for warned in checked.found
    }
    assert reasons <= {REASON}
