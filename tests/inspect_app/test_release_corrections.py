"""What is published never changes: another release takes its place, or a tombstone does."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from data_model.database import Database
from data_model.vocabulary import ChangeKind, ReleaseStatus
from inspect_app.errors import NotFound, Refusal
from inspect_app.publishing import shelf
from inspect_app.publishing.shelf_verification import verify_shelf
from inspect_app.services import (
    inspections,
    people,
    release,
    release_shelf,
    release_steps,
    release_values,
)
from inspect_app.services.release import Correction
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of
from tests.support.releasing import (
    APPROVER,
    PUBLISHER,
    SAMPLE,
    handed_over,
    published_sample,
)
from tests.support.trails import unguard

SignIn = Callable[[str], SignedIn]
WHY = Correction(1, ChangeKind.CORRECTION, "The summary was wrong.", "Roedd yn anghywir.")


def bytes_of(place: Path) -> dict[str, bytes]:
    files = (path for path in place.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


def reworded(signed_in: SignIn) -> None:
    """Let the lead say something else in the summary of the audit."""
    lead = signed_in("priya-lead")
    inspections.reopen("BRK-2025-AUDIT", "The summary was unclear.", by=lead)
    inspections.summarise("BRK-2025-AUDIT", "Partners met and recorded little.", by=lead)
    inspections.agree("BRK-2025-AUDIT", by=lead)


def corrected(signed_in: SignIn) -> int:
    """Publish the release of the samples and the one that corrects it; return its number."""
    publisher, approver = signed_in(PUBLISHER), signed_in(APPROVER)
    published_sample(publisher, approver)
    reworded(signed_in)
    held = handed_over(release.correct(WHY, by=publisher), publisher)
    release_steps.approve(held, by=approver)
    return release_steps.publish(held, by=publisher)


def test_a_correction_is_a_new_release_that_says_what_changed_and_why(
    signed_in: SignIn, database: Database
) -> None:
    publisher, approver = signed_in(PUBLISHER), signed_in(APPROVER)
    published_sample(publisher, approver)
    before = bytes_of(database.shelf / "releases" / "0001")
    reworded(signed_in)
    held = handed_over(release.correct(WHY, by=publisher), publisher)
    (change,) = release_values.view(held, by=publisher).changes
    assert (change.path, change.changed) == ("data/release.json", 1)
    release_steps.approve(held, by=approver)
    assert release_steps.publish(held, by=publisher) == 2
    assert bytes_of(database.shelf / "releases" / "0001") == before
    mark = json.loads((database.shelf / "releases/0002/manifest.json").read_bytes())
    assert (mark["corrects"], mark["change_kind"]) == (1, "correction")
    assert (mark["correction"], mark["correction_welsh"]) == (WHY.why, WHY.why_welsh)
    assert mark["changes"] == [
        {"path": "data/release.json", "added": 0, "removed": 0, "changed": 1}
    ]
    lines = {line.number: line for line in release_values.listed(by=signed_in("patrick-board"))}
    assert (lines[1].status, lines[1].corrected_by) == (ReleaseStatus.CORRECTED, 2)
    assert lines[2].status is ReleaseStatus.PUBLISHED
    entries = verify_shelf(database.shelf).entries
    assert release_shelf.against_trail(entries, by=publisher) == 2


def test_a_correction_that_changes_nothing_is_refused(signed_in: SignIn) -> None:
    publisher = signed_in(PUBLISHER)
    published_sample(publisher, signed_in(APPROVER))
    with pytest.raises(Refusal, match="Release 1 says the very same"):
        release.correct(WHY, by=publisher)


def test_only_what_is_published_can_be_corrected_and_in_both_languages(
    signed_in: SignIn,
) -> None:
    publisher = signed_in(PUBLISHER)
    with pytest.raises(NotFound, match="no release 1"):
        release.correct(WHY, by=publisher)
    assert corrected(signed_in) == 2
    with pytest.raises(Refusal, match="corrected by a later release, so it cannot be corrected"):
        release.correct(WHY, by=publisher)
    mute = Correction(2, ChangeKind.REVISION, "More came in.", " ")
    with pytest.raises(Refusal, match="both languages"):
        release.correct(mute, by=publisher)


def test_a_withdrawn_release_leaves_a_tombstone_and_its_place_in_the_chain(
    signed_in: SignIn, database: Database
) -> None:
    publisher = signed_in(PUBLISHER)
    corrected(signed_in)
    with pytest.raises(Refusal, match="yet"):
        release_steps.withdraw(2, " ", by=publisher)
    release_steps.withdraw(2, "A sentence named a place.", "Enwyd lle.", by=publisher)
    place = database.shelf / "releases" / "0002"
    assert {path.name for path in place.iterdir()} == {"index.html", "cy", "withdrawn.json"}
    assert [entry.status for entry in verify_shelf(database.shelf).entries] == [
        ReleaseStatus.CORRECTED,
        ReleaseStatus.WITHDRAWN,
    ]
    lines = {line.number: line for line in release_values.listed(by=signed_in("patrick-board"))}
    assert lines[2].withdrawn_why == "A sentence named a place."
    assert not lines[2].kept
    release_steps.withdraw(2, "Again.", by=publisher)
    left = json.loads((place / "withdrawn.json").read_bytes())
    assert left["withdrawal"]["why"] == "A sentence named a place."


class Killed(BaseException):
    """The process dies here."""


def test_a_publication_that_was_killed_is_finished_by_asking_again(
    signed_in: SignIn, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher = signed_in(PUBLISHER)
    release_steps.approve(SAMPLE, by=signed_in(APPROVER))

    def dies(*_given: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(shelf, "_place", dies)
        with pytest.raises(Killed):
            release_steps.publish(SAMPLE, by=publisher)
    assert release_shelf.behind(by=publisher)
    assert release_steps.publish(SAMPLE, by=publisher) == 1
    assert not release_shelf.behind(by=publisher)
    assert verify_shelf(database.shelf).entries[0].number == 1


def test_nothing_is_published_where_the_shelf_cannot_be_written(
    signed_in: SignIn, database: Database
) -> None:
    publisher = signed_in(PUBLISHER)
    release_steps.approve(SAMPLE, by=signed_in(APPROVER))
    database.shelf.mkdir()
    (database.shelf / "notes.txt").write_text("Mine.", "utf-8")
    with pytest.raises(Refusal, match=r"holds notes\.txt"):
        release_steps.publish(SAMPLE, by=publisher)
    assert release_values.listed(by=publisher)[0].status is ReleaseStatus.APPROVED


def test_a_shelf_that_is_lost_is_drawn_again_byte_for_byte(
    signed_in: SignIn, database: Database, tmp_path: Path
) -> None:
    corrected(signed_in)
    before = bytes_of(database.shelf)
    database.shelf.rename(tmp_path / "lost")
    release_shelf.bring(by=people.operator(database))
    assert bytes_of(database.shelf) == before


TAMPERED = {
    "UPDATE audit_event SET subject = 'another' WHERE number = 7": "broken at event 7",
    "UPDATE release SET content_hash = trail_head WHERE number = 1": "not the one that was",
    "UPDATE release SET number = 9 WHERE number = 1": "Release 1 is not in the database",
}


@pytest.mark.parametrize("statement", TAMPERED)
def test_a_shelf_and_a_trail_that_do_not_agree_are_told_apart(
    signed_in: SignIn, database: Database, statement: str
) -> None:
    publisher = signed_in(PUBLISHER)
    published_sample(publisher, signed_in(APPROVER))
    entries = verify_shelf(database.shelf).entries
    with every_row_of(database).writing.begin() as connection:
        unguard(connection)
        connection.execute(text(statement))
    with pytest.raises(Refusal, match=TAMPERED[statement]):
        release_shelf.against_trail(entries, by=publisher)


def test_a_published_release_that_is_not_on_the_shelf_is_missed(
    signed_in: SignIn, database: Database
) -> None:
    publisher = signed_in(PUBLISHER)
    published_sample(publisher, signed_in(APPROVER))
    with pytest.raises(Refusal, match="Release 1 is not on the shelf"):
        release_shelf.all_there((), by=publisher)
