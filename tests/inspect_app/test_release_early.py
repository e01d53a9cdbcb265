"""Before publication: only people who were named, only until 9.30 on its day, all recorded."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from data_model.database import Database
from data_model.records import AuditEvent
from data_model.vocabulary import ReleaseStatus
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import release_early, release_steps, release_values
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of
from tests.support.releasing import APPROVER, PUBLISHER, SAMPLE, at

SignIn = Callable[[str], SignedIn]
MORNING = datetime(2027, 1, 14, 9, 30, tzinfo=UTC)
BEFORE, MINUTE = MORNING - timedelta(hours=20), timedelta(minutes=1)
NAMED, OTHER = "patrick-board", "joanna-director"


def opened(signed_in: SignIn) -> SignedIn:
    """Approve the release of the samples and open it to one board member; return the publisher."""
    publisher = at(signed_in(PUBLISHER), BEFORE)
    release_early.plan(SAMPLE, MORNING.date(), [NAMED], by=publisher)
    release_steps.approve(SAMPLE, by=at(signed_in(APPROVER), BEFORE))
    release_early.open_early(SAMPLE, by=publisher)
    return publisher


def test_who_was_named_opens_the_draft_site_until_the_moment_and_not_after(
    signed_in: SignIn,
) -> None:
    opened(signed_in)
    reader = at(signed_in(NAMED), MORNING - MINUTE)
    assert [line.open_early for line in release_values.listed(by=reader)] == [True]
    with zipfile.ZipFile(io.BytesIO(release_early.draft_site(SAMPLE, by=reader))) as site:
        page = site.read("draft-1/index.html").decode()
        manifest = json.loads(site.read("draft-1/manifest.json"))
    assert "DRAFT. Not approved and not published" in page
    assert manifest["draft"] is True
    late = at(reader, MORNING)
    assert not release_values.listed(by=late)
    with pytest.raises(NotAllowed, match="not open to you at this moment"):
        release_early.draft_site(SAMPLE, by=late)


def test_nobody_else_opens_it(signed_in: SignIn) -> None:
    opened(signed_in)
    for person in (OTHER, "priya-lead", "ben-administrator"):
        by = at(signed_in(person), MORNING - MINUTE)
        assert not release_values.listed(by=by)
        with pytest.raises(NotFound):
            release_early.draft_site(SAMPLE, by=by)


def test_who_was_named_sees_nothing_before_it_is_opened_or_once_it_is_sent_back(
    signed_in: SignIn,
) -> None:
    publisher = at(signed_in(PUBLISHER), BEFORE)
    release_early.plan(SAMPLE, MORNING.date(), [NAMED], by=publisher)
    reader = at(signed_in(NAMED), BEFORE)
    with pytest.raises(NotAllowed):
        release_early.draft_site(SAMPLE, by=reader)
    release_steps.approve(SAMPLE, by=at(signed_in(APPROVER), BEFORE))
    release_early.open_early(SAMPLE, by=publisher)
    release_early.draft_site(SAMPLE, by=reader)
    release_steps.send_back(SAMPLE, "A word is missing.", by=publisher)
    with pytest.raises(NotAllowed):
        release_early.draft_site(SAMPLE, by=reader)


def test_each_opening_is_on_the_trail(signed_in: SignIn, database: Database) -> None:
    opened(signed_in)
    for _ in range(2):
        release_early.draft_site(SAMPLE, by=at(signed_in(NAMED), MORNING - MINUTE))
    with every_row_of(database).reading() as session:
        seen = session.scalars(
            select(AuditEvent.happened_by).where(AuditEvent.action == "release.seen_early")
        ).all()
    assert seen == [NAMED, NAMED]


def test_the_release_prints_who_could_see_it_early(signed_in: SignIn, database: Database) -> None:
    publisher = opened(signed_in)
    release_steps.publish(SAMPLE, by=at(publisher, MORNING))
    manifest = json.loads((database.shelf / "releases/0001/manifest.json").read_bytes())
    (reader,) = manifest["early_readers"]
    assert reader["name"] == "Patrick Doyle"
    assert reader["organisation"]
    assert manifest["approved_on"] == BEFORE.date().isoformat()


def test_it_is_opened_only_with_names_and_a_day_that_is_still_to_come(signed_in: SignIn) -> None:
    publisher = at(signed_in(PUBLISHER), BEFORE)
    release_steps.approve(SAMPLE, by=at(signed_in(APPROVER), BEFORE))
    with pytest.raises(Refusal, match="yet") as refused:
        release_early.open_early(SAMPLE, by=publisher)
    assert "name who may see it" in refused.value.advice
    release_early.plan(SAMPLE, MORNING.date(), [NAMED], by=publisher)
    with pytest.raises(Refusal, match="yet"):
        release_early.open_early(SAMPLE, by=at(publisher, MORNING))
    release_early.open_early(SAMPLE, by=publisher)
    (line,) = release_values.listed(by=publisher)
    assert line.status is ReleaseStatus.PRE_RELEASE


def test_a_plan_that_cannot_be_kept_is_refused_and_changes_nothing(signed_in: SignIn) -> None:
    publisher = at(signed_in(PUBLISHER), MORNING)
    for day, people, says in (
        (MORNING.date(), [], "has passed"),
        (None, [NAMED], "no day is given"),
        (MORNING.date() + timedelta(days=1), ["nobody"], "no person 'nobody'"),
    ):
        with pytest.raises(Refusal, match=says):
            release_early.plan(SAMPLE, day, people, by=publisher)
    (line,) = release_values.listed(by=publisher)
    assert line.publish_on is None
    assert not release_values.view(SAMPLE, by=publisher).early_readers


def test_who_is_no_longer_named_is_out_at_once(signed_in: SignIn) -> None:
    publisher = opened(signed_in)
    release_early.plan(SAMPLE, MORNING.date(), [OTHER], by=publisher)
    release_early.draft_site(SAMPLE, by=at(signed_in(OTHER), BEFORE))
    with pytest.raises(NotFound):
        release_early.draft_site(SAMPLE, by=at(signed_in(NAMED), BEFORE))
