"""The invented release: drawn up and checked by the publisher, waiting for a second approver."""

from collections.abc import Iterator
from datetime import datetime

from data_model.database import Database
from inspect_app.services import release, release_steps, release_texts, release_values
from inspect_app.services.release import Scope
from inspect_app.services.release_store import find, thaw
from inspect_app.services.release_texts import FreeText
from inspect_app.services.sample_rows import Deed, Turn, acting, noon
from inspect_app.signed_in import SignedIn

PUBLISHER = "samira-publisher"
SCOPE = Scope(inspections=("BRK-2025-AUDIT",))
ON = "2026-11-23"
ACCEPTED = "It is said in the release itself, beside the counts."


def _unread(held: int, by: SignedIn) -> tuple[FreeText, ...]:
    with by.reading() as session:
        return release_texts.unread(session, thaw(find(session, held, by)))


def released(database: Database) -> Iterator[Deed]:
    """Yield the one deed: everything up to the second approver, who has yet to look."""

    def do(at: datetime) -> None:
        by = acting(PUBLISHER, database, at)
        held = release.draw_up(SCOPE, by=by)
        release_steps.start_checks(held, by=by)
        for text in _unread(held, by):
            release_texts.mark_read(held, text.about, text.wording, by=by)
        for checked in release_values.view(held, by=by).checklist:
            for found in checked.found:
                key = found.outstanding.key
                release_steps.acknowledge(held, checked.item.code, key, ACCEPTED, by=by)
        release_steps.hand_over(held, by=by)

    yield Deed(noon(ON), Turn.RELEASE, do)
