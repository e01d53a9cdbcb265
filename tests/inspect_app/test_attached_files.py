"""Attached documents: hashed, kept by edition, scanned if a scanner is set up, never opened."""

import hashlib
import shlex
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, text

from data_model.database import Database
from data_model.records import AuditEvent
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import attached_files, recommendations
from inspect_app.services.attached_files import FileValue
from inspect_app.services.attached_kinds import MOST_DOCUMENTS
from inspect_app.services.recommendation_values import OwnerValue
from inspect_app.services.virus_scanner import SCANNER_SETTING, scanned
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis
from tests.support.looking import every_row_of
from tests.support.recommending import CODE, COUNCIL, SignIn, accepted, evidence, step

DIRECTOR, VERIFIER, LEAD = "joanna-director", "ruth-verifier", "priya-lead"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def submitted(signed_in: SignIn) -> tuple[SignedIn, int]:
    """Put evidence forward for the council; return its director and the evidence."""
    accepted(signed_in)
    director = signed_in(DIRECTOR)
    return director, evidence(director, "E2")


def attached(by: SignedIn, item: int, name: str = "Duty log.pdf", more: bytes = b"") -> FileValue:
    """Attach a PDF that ends with these bytes."""
    return attached_files.attach(item, name, PDF + more, by=by)


def answer(by: SignedIn) -> OwnerValue:
    """Return the council's answer as this person sees it."""
    owners = recommendations.view(CODE, by=by).owners
    return next(owner for owner in owners if owner.organisation == COUNCIL)


def test_a_document_comes_back_as_it_was_and_is_only_ever_downloaded(signed_in: SignIn) -> None:
    director, item = submitted(signed_in)
    kept = attached(director, item, "../Duty log.pdf", b"Monday")
    assert (kept.name, kept.edition, kept.media_type) == ("Duty log.pdf", 1, "application/pdf")
    assert (kept.size, kept.scanned_by, kept.author) == (len(PDF) + 6, None, "Joanna Kowalczyk")
    assert kept.sha256 == hashlib.sha256(PDF + b"Monday").hexdigest()
    handed = attached_files.content(kept.id, by=signed_in(VERIFIER))
    assert (handed.name, handed.content, handed.sha256) == (
        "Duty log.pdf",
        PDF + b"Monday",
        kept.sha256,
    )
    assert handed.media_type == "application/octet-stream"


def test_who_may_open_documents_sees_them_and_everybody_else_how_many_there_are(
    signed_in: SignIn,
) -> None:
    director, item = submitted(signed_in)
    kept = attached(director, item, "Duty log of Elm House.pdf")
    for person in (DIRECTOR, "nadia-auditor", VERIFIER, LEAD):
        by = signed_in(person)
        assert answer(by).evidence[0].files == (kept,)
        assert attached_files.content(kept.id, by=by).sha256 == kept.sha256
    for person in (
        "patrick-board", "desmond-director", "meilin-director", "samira-publisher",
        "marcus-inspector",
    ):  # fmt: skip
        by = signed_in(person)
        seen = answer(by)
        assert (seen.evidence[0].files, seen.evidence[0].file_count) == ((), 1)
        assert "Elm House" not in str(seen)
        with pytest.raises(NotAllowed, match="may be written about children"):
            attached_files.content(kept.id, by=by)
    with pytest.raises(NotFound, match=f"There is no document {kept.id} that you may see"):
        attached_files.content(kept.id, by=signed_in("harpreet-director"))
    with pytest.raises(NotFound, match="There is no document 999999 that you may see"):
        attached_files.content(999_999, by=director)
    with pytest.raises(NotAllowed):
        attached_files.content(kept.id, by=signed_in("ben-administrator"))


def test_only_the_body_itself_attaches(signed_in: SignIn) -> None:
    _director, item = submitted(signed_in)
    for person in ("desmond-director", VERIFIER, LEAD, "nadia-auditor"):
        with pytest.raises(NotAllowed):
            attached(signed_in(person), item)
    with pytest.raises(NotFound, match=f"There is no evidence {item} that you may see"):
        attached(signed_in("harpreet-director"), item)
    with pytest.raises(NotFound, match="There is no evidence 999999 that you may see"):
        attached(signed_in(DIRECTOR), 999_999)


def test_a_name_again_is_a_new_edition_and_the_older_one_stays(signed_in: SignIn) -> None:
    director, item = submitted(signed_in)
    first = attached(director, item, more=b"Monday")
    with pytest.raises(Refusal, match="attached already, as edition 1, with the same content"):
        attached(director, item, "DUTY LOG.pdf", b"Monday")
    second = attached(director, item, "Duty Log.PDF", b"Tuesday")
    other = attached(director, item, "Another.pdf", b"Monday")
    assert (first.edition, second.edition, other.edition) == (1, 2, 1)
    assert [file.id for file in answer(director).evidence[0].files] == [
        first.id,
        second.id,
        other.id,
    ]
    assert attached_files.content(first.id, by=director).content == PDF + b"Monday"


def test_evidence_holds_twenty_documents_editions_counted(signed_in: SignIn) -> None:
    director, item = submitted(signed_in)
    for number in range(MOST_DOCUMENTS):
        attached(director, item, f"Log {number // 2}.pdf", str(number).encode())
    with pytest.raises(Refusal, match="has 20 documents already") as met:
        attached(director, item, "One more.pdf")
    assert "Put further evidence forward" in met.value.advice
    assert answer(director).evidence[0].file_count == MOST_DOCUMENTS
    assert attached(director, evidence(director, "E2"), "One more.pdf").edition == 1


def test_what_a_verifier_has_judged_stays_as_it_was(signed_in: SignIn) -> None:
    director, item = submitted(signed_in)
    verifier = signed_in(VERIFIER)
    step(verifier, Axis.ASSURANCE, to="insufficient", reason="There is no log.")
    with pytest.raises(Refusal, match="A verifier has judged this evidence") as met:
        attached(director, item)
    assert "Put new evidence forward" in met.value.advice
    attached(director, evidence(director, "E2"))
    step(verifier, Axis.CLOSING, to="closed", reason="Overtaken by the new service.")
    with pytest.raises(Refusal, match="is closed for aldermere-council"):
        attached(director, answer(director).evidence[-1].id)


def test_a_verifier_judges_no_document_that_came_while_they_were_reading(
    signed_in: SignIn,
) -> None:
    director, item = submitted(signed_in)
    seen = answer(director).version
    attached(director, item)
    with pytest.raises(Conflict):
        step(signed_in(VERIFIER), Axis.ASSURANCE, version=seen, to="implemented")


def test_a_document_that_is_not_what_was_attached_is_not_handed_out(
    signed_in: SignIn, database: Database
) -> None:
    director, item = submitted(signed_in)
    kept = attached(director, item)
    with every_row_of(database).writing.begin() as behind:
        changed = {"content": PDF + b"something else", "id": kept.id}
        behind.execute(text("UPDATE evidence_file SET content = :content WHERE id = :id"), changed)
    with pytest.raises(Refusal, match="is not what was attached: its hash differs"):
        attached_files.content(kept.id, by=director)


def test_attaching_is_one_event_with_the_hash_and_never_the_content(
    signed_in: SignIn, database: Database
) -> None:
    director, item = submitted(signed_in)
    kept = attached(director, item, more=b"Monday")
    with pytest.raises(Refusal):
        attached(director, item, more=b"Monday")
    with every_row_of(database).reading() as session:
        query = select(AuditEvent).where(AuditEvent.subject == f"{CODE} {COUNCIL} evidence {item}")
        (event,) = session.scalars(query).all()
    assert (event.action, event.happened_by) == ("evidence.attached", DIRECTOR)
    assert event.after == {
        "file": kept.id,
        "name": "Duty log.pdf",
        "edition": 1,
        "size": len(PDF) + 6,
        "sha256": kept.sha256,
    }


@pytest.fixture
def scanner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Set a small program up as the scanner: `scanner("exit 0")`."""

    def set_up(script: str) -> Path:
        program = tmp_path / "look-closely"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        monkeypatch.setenv(SCANNER_SETTING, shlex.quote(str(program)))
        return program

    return set_up


LOOKS = """if grep -q EICAR; then
  printf 'stream: Eicar-Test-Signature FOUND\\033[2J\\nInfected files: 1\\n'
  exit 1
fi"""


def test_where_no_scanner_is_set_up_nothing_is_scanned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SCANNER_SETTING, "  ")
    assert scanned("Duty log.pdf", b"EICAR") is None


def test_a_scanner_that_finds_nothing_is_named_and_one_that_finds_something_is_quoted(
    scanner: Callable[[str], Path],
) -> None:
    scanner(LOOKS)
    assert scanned("Duty log.pdf", PDF) == "look-closely"
    with pytest.raises(Refusal, match="The virus scanner found something in Duty log") as met:
        scanned("Duty log.pdf", b"a line with EICAR in it")
    assert "It says: stream: Eicar-Test-Signature FOUND[2J." in met.value.summary
    assert "Do not open it" in met.value.advice


@pytest.mark.parametrize(
    ("script", "why"),
    [("exit 2", "it ended with 2"), ("exec sleep 20", "no answer within 0.3 seconds")],
)
def test_what_could_not_be_scanned_is_refused(
    scanner: Callable[[str], Path], script: str, why: str
) -> None:
    scanner(script)
    with pytest.raises(Refusal, match=f"could not be scanned for viruses \\({why}\\)") as met:
        scanned("Duty log.pdf", PDF, within=0.3)
    assert SCANNER_SETTING in met.value.advice


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ("/nowhere/look-closely", "the command does not start: No such file or directory"),
        ("look-closely 'never closed", "the command is not well written: No closing quotation"),
    ],
)
def test_a_scanner_that_is_not_there_lets_nothing_pass(
    monkeypatch: pytest.MonkeyPatch, setting: str, why: str
) -> None:
    monkeypatch.setenv(SCANNER_SETTING, setting)
    with pytest.raises(Refusal, match=why):
        scanned("Duty log.pdf", PDF)


def test_a_scanner_that_needs_no_more_than_the_beginning_is_believed(
    scanner: Callable[[str], Path],
) -> None:
    scanner("exit 0")
    assert scanned("Duty log.pdf", PDF.ljust(3_000_000)) == "look-closely"


def test_what_the_scanner_finds_is_not_attached_and_what_it_passes_says_so(
    signed_in: SignIn, scanner: Callable[[str], Path]
) -> None:
    director, item = submitted(signed_in)
    scanner(LOOKS)
    with pytest.raises(Refusal, match="The virus scanner found something"):
        attached(director, item, more=b"EICAR")
    assert answer(director).evidence[0].file_count == 0
    assert attached(director, item).scanned_by == "look-closely"


def test_nobody_waits_for_the_scanner_and_what_was_closed_meanwhile_takes_nothing(
    signed_in: SignIn, scanner: Callable[[str], Path], tmp_path: Path
) -> None:
    director, item = submitted(signed_in)
    begun, go = tmp_path / "begun", tmp_path / "go"
    waits = "while [ ! -e {} ]; do sleep 0.05; done"
    scanner(f"touch {shlex.quote(str(begun))}\n{waits.format(shlex.quote(str(go)))}")
    with ThreadPoolExecutor() as threads:
        attaching = threads.submit(attached, director, item)
        while not begun.exists() and not attaching.done():
            time.sleep(0.02)
        step(signed_in(VERIFIER), Axis.CLOSING, to="closed", reason="Overtaken.")
        go.touch()
        with pytest.raises(Refusal, match="is closed for aldermere-council"):
            attaching.result(timeout=20)
    assert answer(director).evidence[0].file_count == 0
