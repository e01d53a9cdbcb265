"""Releases brought to a status by walking the real services, as tests need them."""

from dataclasses import replace
from datetime import UTC, datetime

from data_model.records import Release
from inspect_app.services import (
    release,
    release_steps,
    release_texts,
    release_values,
)
from inspect_app.services.release import Scope
from inspect_app.services.release_store import thaw
from inspect_app.signed_in import SignedIn

PUBLISHER, APPROVER = "samira-publisher", "eleri-approver"
AUDIT = Scope(inspections=("BRK-2025-AUDIT",))
JOINT = Scope(inspections=("ALD-2025-JTAI",))
SAMPLE = 1
"""What the release of the samples is kept under: of `AUDIT`, waiting for its second approver."""

DURHAM = Scope(area="E06000047")
REASON = "It is said beside the counts."
MOMENT = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def at(by: SignedIn, moment: datetime) -> SignedIn:
    """Return somebody acting at a moment."""
    return replace(by, clock=lambda: moment)


def settle(held: int, by: SignedIn) -> None:
    """Read every text of a release, and acknowledge every warning."""
    with by.reading() as session:
        unread = release_texts.unread(session, thaw(session.get_one(Release, held)))
    for text in unread:
        release_texts.mark_read(held, text.about, text.wording, by=by)
    for checked in release_values.view(held, by=by).checklist:
        if not checked.item.blocks:
            for found in checked.found:
                key = found.outstanding.key
                release_steps.acknowledge(held, checked.item.code, key, REASON, by=by)


def waiting(scope: Scope, by: SignedIn) -> int:
    """Draw up a release that waits for its second approver, and return what it is kept under."""
    held = release.draw_up(scope, by=by)
    return handed_over(held, by)


def handed_over(held: int, by: SignedIn) -> int:
    """Take a draft to its second approver."""
    release_steps.start_checks(held, by=by)
    settle(held, by)
    release_steps.hand_over(held, by=by)
    return held


def approved(scope: Scope, by: SignedIn, second: SignedIn) -> int:
    """Draw up a release and have it approved."""
    held = waiting(scope, by)
    release_steps.approve(held, by=second)
    return held


def published(scope: Scope, by: SignedIn, second: SignedIn) -> int:
    """Draw up a release, have it approved and publish it; return its number."""
    return release_steps.publish(approved(scope, by, second), by=by)


def published_sample(by: SignedIn, second: SignedIn) -> int:
    """Approve and publish the release of the samples, which waits for it; return its number."""
    release_steps.approve(SAMPLE, by=second)
    return release_steps.publish(SAMPLE, by=by)
