"""Releases: counts as agreed, small ones withheld, nobody's reference, and the same twice."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from data_model.database import Database
from data_model.records import AuditEvent, CaseFile, Release
from data_model.vocabulary import Symbol
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.publishing.verification import verify
from inspect_app.services import inspections, people, release
from inspect_app.services.release import Scope
from inspect_app.signed_in import SignedIn

SignIn = Callable[[str], SignedIn]
COLUMNS = [
    "inspection",
    "inspecting_body",
    "inspected_body",
    "area_code",
    "area_name",
    "period_start",
    "period_end",
    "case_kind",
    "theme",
    "grade",
    "cases",
    "cases_read",
    "basis",
    "source",
]


def evidence(folder: Path) -> list[dict[str, str]]:
    """Return the rows of a release's evidence base."""
    with (folder / "data" / "evidence_base.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        assert reader.fieldnames == COLUMNS
    return rows


@pytest.fixture
def everything(database: Database, tmp_path: Path) -> Path:
    """A release of everything that may be published."""
    folder = tmp_path / "everything"
    release.make(Scope(), folder, by=people.operator(database))
    return folder


def test_a_release_of_everything_is_whole_and_safe(everything: Path, database: Database) -> None:
    assert verify(everything).files > 500
    rows = evidence(everything)
    assert {row["basis"] for row in rows} == {
        "recorded here",
        "published counts",
        "published without grades",
        "published unsplit",
    }
    recorded = [row for row in rows if row["basis"] == "recorded here"]
    assert recorded
    assert not {row["cases"] for row in recorded} & {"1", "2"}
    assert "c" in {row["cases"] for row in recorded}
    _assert_no_reference(everything, database)
    _assert_words_of_the_report(rows)


def _assert_no_reference(folder: Path, database: Database) -> None:
    with database.reading() as session:
        references = session.scalars(select(CaseFile.reference)).all()
    assert len(references) > 40
    texts = [file.read_text(encoding="utf-8") for file in folder.rglob("*") if file.is_file()]
    assert not [ref for ref in references if any(ref in text for text in texts)]


def _assert_words_of_the_report(rows: list[dict[str, str]]) -> None:
    """Durham, the Metropolitan Police and Ofsted stand as the report has them (K.3)."""
    held = {(r["inspection"], r["grade"]): (r["cases"], r["cases_read"]) for r in rows}
    assert held["HMICFRS-2020-03-E23000008", "inadequate"] == ("6", "9")
    assert held["HMIC-2016-E23000001", "requires_improvement|inadequate"] == ("36", "38")
    assert held["OFSTED-2022-05-E06000047", "not published"] == ("x", "x")
    assert ("HMIC-2016-E23000001", "inadequate") not in held


def test_the_cases_of_a_line_add_up_to_the_cases_read(everything: Path) -> None:
    lines: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in evidence(everything):
        if row["basis"] == "recorded here":
            lines.setdefault((row["inspection"], row["theme"]), []).append(row)
    for line in lines.values():
        numbers = [row["cases"] for row in line]
        assert set(numbers) == {"c"} or sum(map(int, numbers)) == int(line[0]["cases_read"])


def test_an_inspection_still_being_read_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="still being read"):
        release.make(
            Scope(inspections=("CWM-2026-NCPI",)), tmp_path / "r", by=people.operator(database)
        )
    assert not (tmp_path / "r").exists()


def test_what_is_being_read_is_nowhere_in_a_release_of_everything(everything: Path) -> None:
    for file in everything.rglob("*"):
        if file.is_file():
            assert "CWM-2026-NCPI" not in file.read_text(encoding="utf-8")


def test_the_same_content_is_the_same_release_and_a_change_a_new_one(
    database: Database, signed_in: SignIn, tmp_path: Path
) -> None:
    by, scope = people.operator(database), Scope(inspections=("BRK-2025-AUDIT",))
    first = release.make(scope, tmp_path / "first", by=by)
    again = release.make(scope, tmp_path / "again", by=by)
    assert (first.number, first.new) == (again.number, True)
    assert not again.new
    lead = signed_in("priya-lead")
    inspections.reopen("BRK-2025-AUDIT", "The summary was unclear.", by=lead)
    inspections.summarise("BRK-2025-AUDIT", "Partners met and recorded little.", by=lead)
    inspections.agree("BRK-2025-AUDIT", by=lead)
    later = release.make(scope, tmp_path / "later", by=by)
    assert later.new
    assert later.number == first.number + 1
    old, new = (
        json.loads((tmp_path / f / "manifest.json").read_bytes()) for f in ("first", "later")
    )
    assert new["previous_hash"] == old["content_hash"]


def test_a_release_is_on_the_trail_and_prints_its_head(database: Database, tmp_path: Path) -> None:
    with database.reading() as session:
        head = session.scalars(
            select(AuditEvent.hash).order_by(AuditEvent.number.desc()).limit(1)
        ).one()
    release.make(Scope(area="E06000047"), tmp_path / "r", by=people.operator(database))
    manifest = json.loads((tmp_path / "r" / "manifest.json").read_bytes())
    assert manifest["trail_head"] == head
    with database.reading() as session:
        newest = session.scalars(
            select(AuditEvent).order_by(AuditEvent.number.desc()).limit(1)
        ).one()
        assert newest.action == "release.made"


def test_nothing_is_recorded_when_it_cannot_be_written(database: Database, tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.mkdir()
    (occupied / "notes.txt").write_text("Somebody's notes.", encoding="utf-8")
    with pytest.raises(Refusal):
        release.make(Scope(area="E06000047"), occupied, by=people.operator(database))
    assert [file.name for file in occupied.iterdir()] == ["notes.txt"]
    with database.reading() as session:
        assert not session.scalars(select(Release)).all()


def test_only_a_publisher_makes_one(signed_in: SignIn, tmp_path: Path) -> None:
    for person in ("priya-lead", "joanna-director", "ben-administrator"):
        with pytest.raises(NotAllowed):
            release.make(Scope(), tmp_path / "r", by=signed_in(person))
    assert not (tmp_path / "r").exists()


def test_a_kept_release_can_be_downloaded_by_anyone_who_reads_releases(signed_in: SignIn) -> None:
    made = release.make_kept(Scope(area="X06000001"), by=signed_in("samira-publisher"))
    (line,) = release.listed(by=signed_in("patrick-board"))
    assert (line.number, line.kept) == (made.number, True)
    assert release.archive(made.number, by=signed_in("patrick-board")).startswith(b"PK")


def test_the_publisher_sees_what_would_be_said_and_withheld(signed_in: SignIn) -> None:
    scope = Scope(inspections=("ALD-2025-JTAI",))
    planned = release.preview(scope, by=signed_in("samira-publisher"))
    assert planned.inspections == ("ALD-2025-JTAI",)
    assert planned.withheld > 0
    named = [code for code, _text in planned.texts]
    assert named[:2] == ["ALD-2025-JTAI", "ALD-2025-JTAI"]
    assert set(named[2:]) == {f"ALD-2025-R{number}" for number in range(1, 6)}


def test_a_theme_nobody_was_graded_under_is_shown_with_the_reason(
    database: Database,
) -> None:
    by = people.operator(database)
    with database.reading() as session:
        (held,) = release.content(session, Scope(inspections=("BRK-2025-AUDIT",)), by).inspections
    boys = {row.grade: row.cases for row in held.evidence if row.theme == "T5"}
    assert boys == {"good": 0, "requires_improvement": 0, "inadequate": 0, "not graded": 13}
    assert held.without_a_grade == ("T5",)
    reasons = {r.reason: r.cases for r in held.not_graded if r.theme == "T5"}
    assert reasons["Does not apply to this child"] == 13
    assert sum(cases for cases in reasons.values() if isinstance(cases, int)) == 13


def test_reasons_are_given_only_where_the_line_is_shown_and_hide_small_counts(
    database: Database,
) -> None:
    by = people.operator(database)
    with database.reading() as session:
        (held,) = release.content(session, Scope(inspections=("ALD-2025-JTAI",)), by).inspections
    withheld = {row.theme for row in held.evidence if row.cases is Symbol.WITHHELD} - {"all"}
    assert withheld
    assert not withheld & {reason.theme for reason in held.not_graded}
    assert not {reason.cases for reason in held.not_graded} & {1, 2}
