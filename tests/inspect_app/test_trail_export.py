"""A part of the trail can be verified by whoever receives it, and holds what they may see."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data_model.database import Database
from data_model.records import AuditEvent
from inspect_app.command_line import main
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import cases, history, trail, trail_export, trail_proof
from inspect_app.services.trail_export import Asked
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of

SignIn = Callable[[str], SignedIn]
CODE, WHY = "BRK-2025-AUDIT", "Asked for by the inquiry."


def _round(exported: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(exported))
    return found


def test_an_export_leads_to_the_head_and_a_changed_word_is_found(
    database: Database, signed_in: SignIn
) -> None:
    lead = signed_in("priya-lead")
    with every_row_of(database).reading() as session:
        head = trail.head(session)
    exported = _round(trail_export.export(Asked(inspection=CODE), WHY, by=lead))
    assert trail_proof.verify(exported)["changes"] == head
    events = exported["changes"]["events"]
    saved = next(e for e in events if e["action"] == "case.begun")
    assert saved["said"] == "whole"
    saved["after"]["summary"] = "Another summary."
    with pytest.raises(Refusal, match=f"Event {saved['number']} of the changes"):
        trail_proof.verify(exported)


def test_an_administrator_exports_who_and_when_and_no_word_about_a_case(
    database: Database, signed_in: SignIn
) -> None:
    keeper = signed_in("ben-administrator")
    exported = _round(trail_export.export(Asked(inspection=CODE), WHY, by=keeper))
    about = [e for e in exported["changes"]["events"] if e["action"].startswith("case.")]
    assert about
    assert all(e["said"] == "withheld" and "after" not in e for e in about)
    trail_proof.verify(exported)
    with every_row_of(database).reading() as session:
        newest = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert newest is not None
    assert (newest.action, newest.reason) == ("trail.exported", WHY)


def test_exporting_takes_a_permission_a_reason_and_for_a_case_its_lead(signed_in: SignIn) -> None:
    with pytest.raises(NotAllowed):
        trail_export.export(Asked(inspection=CODE), WHY, by=signed_in("marcus-inspector"))
    with pytest.raises(Refusal, match="too short"):
        trail_export.export(Asked(inspection=CODE), " ", by=signed_in("priya-lead"))
    asked = Asked(case="BRK-C01", inspection=CODE)
    with pytest.raises(NotFound):
        trail_export.export(asked, WHY, by=signed_in("ben-administrator"))


def test_a_look_is_one_event_for_a_person_a_case_and_a_screen_in_a_quarter_of_an_hour(
    database: Database, signed_in: SignIn
) -> None:
    reader = signed_in("priya-lead").through("page case-review")
    case = cases.mine(by=reader)[0].id if cases.mine(by=reader) else 1
    keeper = signed_in("ben-administrator")
    before = trail.chain(by=keeper).reads
    for _redraw in range(5):
        cases.view(case, by=reader)
    assert trail.chain(by=keeper).reads == before + 1
    cases.view(case, by=reader.through("page moderation"))
    assert trail.chain(by=keeper).reads == before + 2
    told = history.of_case(case, by=reader)
    assert "Case file looked at" in {each.what for each in told}


def test_the_trail_of_a_database_is_verified_on_the_command_line(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = database.url.render_as_string(hide_password=False)
    heads = tmp_path / "heads"
    assert main(["verify", "--database", address, "--heads", str(heads)]) == 0
    assert "The trail holds" in capsys.readouterr().out
    assert len(heads.read_text().split()) == 3
    assert main(["verify", "--database", address, "--head", "f" * 64]) == 1
    assert "were cut off" in capsys.readouterr().out
