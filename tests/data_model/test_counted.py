"""The counted evidence: what moves it, what does not, and what can never be read from it."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import make_url

from data_model import counted
from data_model.counted import VERSIONS_KEPT, Snapshot
from data_model.database import Database, open_database
from data_model.forms import CaseForm, InspectionForm, checked
from data_model.frames import FRAMES
from data_model.records import CaseFile, CountedVersion, Finding, Moderation, Organisation, Person
from inspect_app.errors import Refusal
from inspect_app.services import cases, inspections, people
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of
from tests.support.readings import CASE
from tests.support.samples import Template

SignIn = Callable[[str], SignedIn]
AGREED, AREA = "ALD-2025-JTAI", "X06000001"
READING = "CWM-2026-NCPI"
PUBLISHED = {
    "code": "DUR-2026-NCPI",
    "title": "A later inspection of County Durham",
    "kind": "external",
    "framework": "ncpi",
    "scale": "ncpi-case",
    "areas": ["E06000047"],
    "inspecting": ["hmicfrs"],
    "inspected": ["police-e23000008"],
    "published": [
        {"case_kind": "missing", "cases_read": 9, "grades": [{"grades": ["good"], "cases": 4}]}
    ],
}


def snapshot(database: Database) -> Snapshot:
    """Return the snapshot of the counted evidence as it stands."""
    with every_row_of(database).reading() as session:
        return counted.snapshot(session, database.snapshots)


def version(database: Database) -> str:
    """Return the version of the counted evidence as it stands."""
    with every_row_of(database).reading() as session:
        return counted.version(session)


def whole(by: SignedIn, reference: str) -> CaseForm:
    """Return a form that can be submitted, with no theme graded."""
    themes = inspections.workspace(READING, by=by).themes
    settled = [{"theme": theme, "not_graded": "not_enough"} for theme in themes]
    return checked(
        CaseForm,
        {
            **CASE,
            "reference": reference,
            "lead_agency": "cwm-helyg-council",
            "findings": settled,
        },
    )


def test_agreeing_and_reopening_findings_move_the_version_and_the_counts(
    database: Database, signed_in: SignIn
) -> None:
    lead = signed_in("priya-lead")
    before = snapshot(database)
    mine = pl.col("inspection") == AGREED
    held = before.frame("findings", [AREA]).filter(mine)
    assert held.height > 0
    inspections.reopen(AGREED, "A case was missed.", by=lead)
    opened = snapshot(database)
    assert opened.version != before.version
    assert opened.frame("findings", [AREA]).filter(mine).is_empty()
    assert opened.frame("cases", [AREA]).filter(mine).is_empty()
    inspections.agree(AGREED, by=lead)
    after = snapshot(database)
    assert len({before.version, opened.version, after.version}) == 3
    assert after.frame("findings", [AREA]).filter(mine).equals(held)


def test_published_evidence_counts_as_soon_as_it_is_entered(
    database: Database, signed_in: SignIn
) -> None:
    before = version(database)
    by = signed_in("samira-publisher")
    inspections.enter_published(checked(InspectionForm, PUBLISHED), by=by)
    assert version(database) != before
    rows = snapshot(database).frame("published", ["E06000047"])
    mine = rows.filter(pl.col("inspection") == PUBLISHED["code"])
    assert mine.select("grades", "cases", "cases_read").rows() == [("good", 4, 9)]


def test_drafts_and_submissions_move_nothing(database: Database, signed_in: SignIn) -> None:
    before = snapshot(database)
    reader = signed_in("gwenllian-elsewhere")
    case = cases.begin(READING, whole(reader, "CWM-C77"), by=reader)
    changed = whole(reader, "CWM-C77").model_copy(update={"summary": "A word more."})
    begun = cases.view(case, by=reader).version
    cases.submit(case, cases.save(case, begun, changed, by=reader), by=reader)
    cases.take_back(case, "Another look.", by=reader)
    assert snapshot(database) == before
    inspections.summarise(READING, "Being read.", by=signed_in("priya-lead"))
    assert snapshot(database) == before


def _marks(folders: dict[str, Path]) -> dict[str, tuple[int, int]]:
    return {area: (f.stat().st_ino, f.stat().st_mtime_ns) for area, f in folders.items()}


def test_only_the_area_that_changed_is_written_again(database: Database, signed_in: SignIn) -> None:
    before = snapshot(database)
    marks = _marks(before.folders)
    inspections.reopen(AGREED, "A case was missed.", by=signed_in("priya-lead"))
    after = snapshot(database)
    changed = {area for area in after.folders if after.folders[area] != before.folders[area]}
    assert changed == {AREA}
    again = _marks(after.folders)
    assert {area for area in marks if marks[area] != again[area]} == {AREA}
    assert len(marks) > 100


def test_a_snapshot_that_is_there_is_not_written_again(database: Database) -> None:
    marks = _marks(snapshot(database).folders)
    assert _marks(snapshot(database).folders) == marks


def test_a_snapshot_that_was_thrown_away_is_written_as_it_was(database: Database) -> None:
    before = {name: snapshot(database).frame(name) for name in FRAMES}
    for area in ("E06000047", AREA):
        shutil.rmtree(snapshot(database).folders[area])
    after = snapshot(database)
    for name, frame in before.items():
        assert after.frame(name).equals(frame)


def test_a_reader_keeps_the_snapshot_they_began_with(database: Database, signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    before = snapshot(database)
    held = before.frame("findings", [AREA])
    inspections.reopen(AGREED, "A case was missed.", by=lead)
    snapshot(database)
    assert before.frame("findings", [AREA]).equals(held)


def test_folders_of_old_versions_do_not_pile_up_and_never_look_empty(
    database: Database, signed_in: SignIn
) -> None:
    lead = signed_in("priya-lead")
    before = snapshot(database)
    for _turn in range(VERSIONS_KEPT):
        inspections.reopen(AGREED, "A case was missed.", by=lead)
        snapshot(database)
        inspections.agree(AGREED, by=lead)
        snapshot(database)
    assert len(list((database.snapshots / AREA).iterdir())) == VERSIONS_KEPT
    with pytest.raises(Refusal, match="changed while it was being read"):
        before.frame("findings", [AREA])


def test_an_area_that_nothing_is_counted_of_is_empty_with_every_column(database: Database) -> None:
    held = snapshot(database)
    for name, schema in FRAMES.items():
        assert held.frame(name, ["W06000001", "nowhere"]).schema == schema
        assert held.frame(name, []).is_empty()
        assert held.frame(name).schema == schema


DIRECT = {
    "findings": """
        SELECT inspection, theme, grade, not_graded, COUNT(*) FROM (
            SELECT c.inspection, f.theme, f.grade, f.not_graded
            FROM finding f JOIN case_file c ON c.id = f.case_id AND f.reader = c.read_by
            WHERE c.status = 'counted' AND NOT EXISTS (
                SELECT 1 FROM moderation m WHERE m.case_id = f.case_id AND m.theme = f.theme)
            UNION ALL
            SELECT c.inspection, m.theme, m.grade, m.not_graded
            FROM moderation m JOIN case_file c ON c.id = m.case_id
            WHERE c.status = 'counted') AS stands
        GROUP BY inspection, theme, grade, not_graded""",
    "cases": """
        SELECT c.inspection, c.kind, c.ethnicity, c.network, COUNT(*)
        FROM case_file c JOIN inspection i ON i.code = c.inspection
        WHERE i.status = 'agreed' AND c.status = 'counted'
        GROUP BY c.inspection, c.kind, c.ethnicity, c.network""",
    "published": """
        SELECT p.inspection, p.basis, g.grades, g.cases, COUNT(*)
        FROM published_evidence p LEFT JOIN published_grade g ON g.evidence = p.id
        GROUP BY p.inspection, p.basis, g.grades, g.cases""",
    "figures": """
        SELECT f.indicator, f.area_code, f.numerator, f.symbol, COUNT(*)
        FROM figure f LEFT JOIN agency_return r ON r.id = f.agency_return
        WHERE f.breakdown IS NULL AND f.superseded_at IS NULL
        AND (r.id IS NULL OR r.status <> 'entered')
        GROUP BY f.indicator, f.area_code, f.numerator, f.symbol""",
    "parts": """
        SELECT f.indicator, f.breakdown, f.category, f.numerator, COUNT(*)
        FROM figure f JOIN agency_return r ON r.id = f.agency_return
        WHERE f.breakdown IS NOT NULL AND f.superseded_at IS NULL AND r.status <> 'entered'
        GROUP BY f.indicator, f.breakdown, f.category, f.numerator""",
}
GROUPED = {
    "findings": ["inspection", "theme", "grade", "not_graded"],
    "cases": ["inspection", "case_kind", "ethnicity", "network"],
    "published": ["inspection", "basis", "grades", "cases"],
    "figures": ["indicator", "area", "numerator", "symbol"],
    "parts": ["indicator", "breakdown", "category", "numerator"],
}


def test_the_snapshot_says_what_the_database_says(database: Database) -> None:
    held = snapshot(database)
    for name, query in DIRECT.items():
        grouped = held.frame(name).group_by(GROUPED[name]).len()
        with every_row_of(database).plain.connect() as connection:
            expected = {tuple(row) for row in connection.execute(text(query))}
        assert {tuple(row) for row in grouped.iter_rows()} == expected
        assert expected


def test_the_samples_have_moved_every_area_they_count_in(database: Database) -> None:
    held = snapshot(database)
    for name in FRAMES:
        assert set(held.frame(name).get_column("area")) <= set(held.folders)
    with every_row_of(database).plain.connect() as connection:
        counted_areas = connection.execute(
            text(
                "SELECT area_code FROM inspection WHERE status <> 'reading' UNION "
                "SELECT area_code FROM figure"
            )
        )
        assert {area for (area,) in counted_areas} == set(held.folders)


def test_a_version_is_the_hash_of_the_event_that_made_it(database: Database) -> None:
    with every_row_of(database).reading() as session:
        held = session.scalars(select(CountedVersion.version)).all()
        hashes = set(session.execute(text("SELECT hash FROM audit_event")).scalars())
    assert set(held) <= hashes


def test_an_older_database_put_back_at_the_same_address_is_never_served_newer_counts(
    sqlite_samples: Template, tmp_path: Path
) -> None:
    address = f"sqlite:///{(tmp_path / 'evidence.db').as_posix()}"
    with sqlite_samples.copied(address) as database:
        before = snapshot(database)
        inspections.reopen(AGREED, "A case was missed.", by=people.sign_in("priya-lead", database))
        newer = snapshot(database)
        database.close()
        shutil.copy(make_url(sqlite_samples.url).database or "", tmp_path / "evidence.db")
        restored = open_database(address)
        again = snapshot(restored)
        assert again.version == before.version
        assert again.frame("findings").equals(before.frame("findings"))
        inspections.reopen(AGREED, "Another reason.", by=people.sign_in("priya-lead", restored))
        other = snapshot(restored)
        assert len({before.version, newer.version, other.version}) == 3
        assert other.folders[AREA] != newer.folders[AREA]
        restored.close()


PRIVATE = ("reference", "name", "summary", "reason", "strength", "weakness", "locator", "person")


def test_no_frame_has_a_column_for_a_name_a_reference_or_a_readers_words() -> None:
    columns = [column for schema in FRAMES.values() for column in schema.names()]
    assert [c for c in columns if any(word in c for word in PRIVATE)] == []
    assert not {"read_by", "reader", "submitted_by", "agreed_by"} & set(columns)


def _secrets(database: Database) -> set[str]:
    """Return what must not leave the case files: references, readers and their words."""
    with every_row_of(database).reading() as session:
        columns = (
            CaseFile.reference,
            CaseFile.summary,
            CaseFile.harm_confirmed_reason,
            Finding.reason,
            Finding.strengths,
            Finding.weaknesses,
            Person.code,
            Person.name,
        )
        found = {value for column in columns for value in session.scalars(select(column))}
    return {value for value in found if value}


def test_no_reference_name_or_word_of_a_case_file_is_in_any_snapshot_file(
    database: Database,
) -> None:
    secrets = _secrets(database)
    assert {"ALD-C01", "Priya Raman"} < secrets
    snapshot(database)
    files = list(database.snapshots.rglob("*.parquet"))
    assert files
    held = b"".join(file.read_bytes() + _unpacked(file) for file in files)
    assert b"E06000047" in held
    assert sorted(secret for secret in secrets if secret.encode() in held) == []


def _unpacked(file: Path) -> bytes:
    """Return the file's content as it is without compression."""
    plain = io.BytesIO()
    pl.read_parquet(file).write_parquet(plain, compression="uncompressed")
    return plain.getvalue()


def test_a_draft_is_not_in_the_snapshot(database: Database, signed_in: SignIn) -> None:
    reader = signed_in("gwenllian-elsewhere")
    case = cases.begin(READING, whole(reader, "CWM-C77"), by=reader)
    assert case not in snapshot(database).frame("cases").get_column("case").to_list()
    with every_row_of(database).reading() as session:
        assert session.get(Organisation, "cwm-helyg-council") is not None


def test_what_the_lead_decided_is_what_counts_and_what_the_matrix_shows(
    database: Database, signed_in: SignIn
) -> None:
    lead = signed_in("priya-lead")
    with every_row_of(database).reading() as session:
        decided = session.scalars(select(Moderation)).all()
    assert decided
    held = snapshot(database).frame("findings")
    for code in ("ALD-2025-JTAI", "BRK-2025-AUDIT"):
        counts = {
            (case, theme): grade or why
            for case, theme, grade, why in held.filter(pl.col("inspection") == code)
            .select("case", "theme", "grade", "not_graded")
            .iter_rows()
        }
        rows = inspections.workspace(code, by=lead).matrix or ()
        shown = {(row.case_id, theme): cell for row in rows for theme, cell in row.cells.items()}
        assert counts == shown
    by_case = {(one.case_id, one.theme): one.grade for one in decided}
    mine = held.filter(pl.col("case").is_in([one.case_id for one in decided]))
    for case, theme, grade in mine.select("case", "theme", "grade").iter_rows():
        if (case, theme) in by_case:
            assert grade == by_case[case, theme]
