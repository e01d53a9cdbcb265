"""Whatever is tried in whatever order: nothing that blocks is published, and two people see it."""

import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from data_model.database import Database
from data_model.records import Release
from data_model.vocabulary import ReleaseStatus
from inspect_app.access import Permission
from inspect_app.errors import Refusal
from inspect_app.publishing.shelf_verification import verify_shelf
from inspect_app.services import (
    inspections,
    people,
    release,
    release_checks,
    release_steps,
    release_store,
    release_values,
    release_writers,
)
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import MOVES, Axis, Move, Need
from tests.support.looking import every_row_of, with_roles
from tests.support.releasing import APPROVER, PUBLISHER, SAMPLE, settle
from tests.support.samples import Template

LEAD = "priya-lead"
WORDS = count(1)


def _reword(lead: SignedIn) -> None:
    inspections.summarise("BRK-2025-AUDIT", f"Partners met {next(WORDS)} times.", by=lead)


ACTS: dict[str, tuple[str, Callable[[SignedIn], object]]] = {
    "draw it up again": (PUBLISHER, lambda by: release.draw_again(SAMPLE, by=by)),
    "start the checks": (PUBLISHER, lambda by: release_steps.start_checks(SAMPLE, by=by)),
    "settle it": (PUBLISHER, lambda by: settle(SAMPLE, by)),
    "hand it over": (PUBLISHER, lambda by: release_steps.hand_over(SAMPLE, by=by)),
    "take it back": (PUBLISHER, lambda by: release_steps.send_back(SAMPLE, "Again.", by=by)),
    "approve it": (APPROVER, lambda by: release_steps.approve(SAMPLE, by=by)),
    "the lead approves it": (LEAD, lambda by: release_steps.approve(SAMPLE, by=by)),
    "the approver draws it up": (APPROVER, lambda by: release.draw_again(SAMPLE, by=by)),
    "send it back": (APPROVER, lambda by: release_steps.send_back(SAMPLE, "Mend it.", by=by)),
    "publish it": (PUBLISHER, lambda by: release_steps.publish(SAMPLE, by=by)),
    "open the findings": (LEAD, lambda by: inspections.reopen("BRK-2025-AUDIT", "Oh.", by=by)),
    "reword the summary": (LEAD, _reword),
    "agree the findings": (LEAD, lambda by: inspections.agree("BRK-2025-AUDIT", by=by)),
}


def _powerful(code: str, database: Database) -> SignedIn:
    """Return somebody with every role there is in publishing beside their own."""
    by = people.sign_in(code, database)
    more = [people.sign_in(each, database).standing.roles for each in (PUBLISHER, APPROVER)]
    return with_roles(by, by.standing.roles.union(*more))


def _try(act: str, database: Database) -> bool:
    person, do = ACTS[act]
    try:
        do(_powerful(person, database))
    except Refusal:
        return False
    return True


def _check_published(database: Database) -> None:
    """What is published blocks nowhere and was approved by nobody who wrote any of it."""
    by = people.operator(database)
    with every_row_of(database).reading() as session:
        held = session.get_one(Release, SAMPLE)
        said = release_store.thaw(held)
        assert release_values.clear(release_values.checklist(session, held, said, by)) == {
            Need.NOTHING_BLOCKS,
            Need.ACKNOWLEDGED,
        }
        assert held.approved_by
        assert not release_writers.parts(session, held, said, held.approved_by)
        assert release_checks.recorded_here(said)


@settings(max_examples=12)
@given(acts=st.lists(st.sampled_from(sorted(ACTS)), min_size=4, max_size=10))
def test_no_sequence_of_steps_publishes_what_blocks_or_what_its_author_approved(
    sqlite_samples: Template, acts: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'samples.db').as_posix()}"
        with sqlite_samples.copied(url) as database:
            status = ReleaseStatus.SECOND_APPROVER
            for act in [*acts, "approve it", "publish it"]:
                done = _try(act, database)
                with every_row_of(database).reading() as session:
                    before, status = status, session.get_one(Release, SAMPLE).status
                if done and before is not status is ReleaseStatus.PUBLISHED:
                    _check_published(database)
            if status is ReleaseStatus.PUBLISHED:
                verify_shelf(database.shelf)


def test_every_way_to_publication_leads_through_a_second_person_and_a_clear_checklist() -> None:
    moves = [move for move in MOVES if move.axis is Axis.RELEASE]

    def ways(to: object, seen: tuple[Move, ...] = ()) -> list[tuple[Move, ...]]:
        if to is ReleaseStatus.DRAFT:
            return [seen]
        into = [m for m in moves if m.after is to and all(m.before is not s.after for s in seen)]
        return [whole for move in into for whole in ways(move.before, (move, *seen))]

    found = ways(ReleaseStatus.PUBLISHED)
    assert len(found) == 2
    for way in found:
        assert [move.who for move in way].count(Permission.APPROVE_RELEASES) == 1
        assert {Need.NOTHING_BLOCKS, Need.ACKNOWLEDGED, Need.ITS_TIME} <= set(way[-1].needs)
        assert any(Need.CURRENT in move.needs for move in way)
