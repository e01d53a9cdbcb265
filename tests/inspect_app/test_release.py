"""Releases: counts as agreed, small ones withheld, nobody's reference, and the same twice."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from data_model.database import Database
from data_model.forms import RecommendationForm, checked
from data_model.records import AuditEvent, CaseFile, Release
from data_model.vocabulary import Symbol
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.publishing.release_json import read
from inspect_app.publishing.screener import screen
from inspect_app.publishing.stamp import SAYS
from inspect_app.publishing.verification import verify
from inspect_app.services import (
    inspections,
    people,
    recommendation_drafts,
    recommendations,
    release,
    release_early,
    release_values,
    trail,
)
from inspect_app.services.release import Scope
from inspect_app.signed_in import SignedIn
from tests.support.english import english, may_stay
from tests.support.looking import every_row_of
from tests.support.recommending import CODE, PUBLISHED_ON, WRITTEN
from tests.support.release_files import texts
from tests.support.releasing import APPROVER, AUDIT, JOINT, PUBLISHER, published_sample
from tests.support.trails import unguard

if TYPE_CHECKING:
    from tests.support.samples import Copies, Template

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


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def published(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, Database]]:
    """A release of everything that may be published, and the samples that it was drawn from."""
    folder = tmp_path_factory.mktemp("everything")
    with ExitStack() as stack:
        database = stack.enter_context(_samples(request, folder / "samples.db"))
        release.make(Scope(), folder / "release", by=people.operator(database))
        yield folder / "release", database


def _samples(request: pytest.FixtureRequest, file: Path) -> AbstractContextManager[Database]:
    if request.param == "sqlite":
        template: Template = request.getfixturevalue("sqlite_samples")
        return template.copied(f"sqlite:///{file.as_posix()}")
    copies: Copies = request.getfixturevalue("postgres_copies")
    return copies.one()


@pytest.fixture
def everything(published: tuple[Path, Database]) -> Path:
    """The folder of that release."""
    return published[0]


def test_a_release_of_everything_is_whole_and_safe(published: tuple[Path, Database]) -> None:
    everything, database = published
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
    _assert_open_data(everything / "data" / "open")
    _assert_no_reference(everything, database)
    _assert_words_of_the_report(rows)


def test_a_welsh_page_says_nothing_in_english_but_names_and_what_others_wrote(
    everything: Path,
) -> None:
    content = read((everything / "data" / "release.json").read_bytes()).content
    may = may_stay(content)
    said: dict[str, str] = {}
    for page in sorted((everything / "cy").rglob("*.html")):
        said |= dict.fromkeys(english(page) - may - {SAYS}, page.name)
    assert said == {}


def _assert_open_data(folder: Path) -> None:
    """Every file of the standard passes its screener, and each kind of period has its own."""
    names = {path.name.removesuffix(".meta.csv") for path in folder.glob("*.meta.csv")}
    assert names >= {"case_grades_calendar_years", "figures_financial_years", "figures_months"}
    for name in names:
        files = [(folder / f"{name}{end}").read_bytes() for end in (".csv", ".meta.csv")]
        assert not [x for x in screen(name, *files) if not x.passed]


def _assert_no_reference(folder: Path, database: Database) -> None:
    with every_row_of(database).reading() as session:
        references = session.scalars(select(CaseFile.reference)).all()
    assert len(references) > 40
    said = [text for _path, text in texts(folder)]
    assert not [ref for ref in references if any(ref in text for text in said)]


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
        shown = [int(row["cases"]) for row in line if row["cases"] != "c"]
        whole = sum(shown) == int(line[0]["cases_read"])
        assert whole if len(shown) == len(line) else len(line) - len(shown) > 1


def test_an_inspection_still_being_read_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="still being read"):
        release.make(
            Scope(inspections=("CWM-2026-NCPI",)), tmp_path / "r", by=people.operator(database)
        )
    assert not (tmp_path / "r").exists()


def test_what_is_being_read_is_nowhere_in_a_release_of_everything(everything: Path) -> None:
    for path, said in texts(everything):
        assert "CWM-2026-NCPI" not in said, path


def test_the_same_content_is_the_same_draft_and_a_change_a_new_one(
    database: Database, signed_in: SignIn, tmp_path: Path
) -> None:
    by, scope = people.operator(database), JOINT
    first = release.make(scope, tmp_path / "first", by=by)
    again = release.make(scope, tmp_path / "again", by=by)
    assert (first.id, first.new) == (again.id, True)
    assert not again.new
    assert bytes_of(tmp_path / "first") == bytes_of(tmp_path / "again")
    lead = signed_in("priya-lead")
    inspections.reopen("ALD-2025-JTAI", "The summary was unclear.", by=lead)
    inspections.summarise("ALD-2025-JTAI", "Partners met and recorded little.", by=lead)
    inspections.agree("ALD-2025-JTAI", by=lead)
    later = release.make(scope, tmp_path / "later", by=by)
    assert later.new
    assert later.id == first.id + 1


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder: path to bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_what_nobody_approved_says_so_on_every_page_and_in_its_manifest(
    database: Database, tmp_path: Path
) -> None:
    made = release.make(JOINT, tmp_path / "r", by=people.operator(database))
    assert made.draft
    assert verify(tmp_path / "r").manifest.draft
    pages = list((tmp_path / "r").rglob("*.html"))
    assert pages
    assert not [page for page in pages if "DRAFT. Not approved" not in page.read_text("utf-8")]


def test_a_folder_of_what_is_published_already_is_that_release_byte_for_byte(
    database: Database, signed_in: SignIn, tmp_path: Path
) -> None:
    publisher = signed_in(PUBLISHER)
    number = published_sample(publisher, signed_in(APPROVER))
    operator = replace(people.operator(database), clock=publisher.clock)
    made = release.make(AUDIT, tmp_path / "r", by=operator)
    assert (made.number, made.new, made.draft) == (number, False, False)
    assert bytes_of(tmp_path / "r") == bytes_of(database.shelf / "releases" / "0001")


def test_a_draft_prints_the_head_of_the_trail_and_is_on_it(
    database: Database, tmp_path: Path
) -> None:
    with every_row_of(database).reading() as session:
        head = session.scalars(
            select(AuditEvent.hash).order_by(AuditEvent.number.desc()).limit(1)
        ).one()
    release.make(Scope(area="E06000047"), tmp_path / "r", by=people.operator(database))
    manifest = json.loads((tmp_path / "r" / "manifest.json").read_bytes())
    assert manifest["trail_head"] == head
    with every_row_of(database).reading() as session:
        newest = session.scalars(
            select(AuditEvent).order_by(AuditEvent.number.desc()).limit(1)
        ).one()
        assert newest.action == "release.drawn_up"


def test_nothing_is_recorded_when_it_cannot_be_written(database: Database, tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.mkdir()
    (occupied / "notes.txt").write_text("Somebody's notes.", encoding="utf-8")
    with pytest.raises(Refusal):
        release.make(Scope(area="E06000047"), occupied, by=people.operator(database))
    assert [file.name for file in occupied.iterdir()] == ["notes.txt"]
    with every_row_of(database).reading() as session:
        assert len(session.scalars(select(Release)).all()) == 1


def test_only_a_publisher_makes_one(signed_in: SignIn, tmp_path: Path) -> None:
    for person in ("priya-lead", "joanna-director", "ben-administrator"):
        with pytest.raises(NotAllowed):
            release.make(Scope(), tmp_path / "r", by=signed_in(person))
    assert not (tmp_path / "r").exists()


def test_a_kept_release_can_be_downloaded_by_anyone_who_reads_releases(signed_in: SignIn) -> None:
    number = published_sample(signed_in(PUBLISHER), signed_in(APPROVER))
    (line,) = release_values.listed(by=signed_in("patrick-board"))
    assert (line.number, line.kept) == (number, True)
    assert release_early.archive(number, by=signed_in("patrick-board")).startswith(b"PK")


def test_the_publisher_sees_what_would_be_said_and_withheld(signed_in: SignIn) -> None:
    scope = Scope(inspections=("ALD-2025-JTAI",))
    planned = release.preview(scope, by=signed_in("samira-publisher"))
    assert planned.inspections == ("ALD-2025-JTAI",)
    assert planned.withheld > 0
    named = [(text.about, text.what) for text in planned.texts]
    assert named[:2] == [("ALD-2025-JTAI", "Title"), ("ALD-2025-JTAI", "Summary")]
    assert {f"ALD-2025-R{number}" for number in range(1, 6)} <= {about for about, _ in named}


def test_a_theme_nobody_was_graded_under_is_named_and_not_explained(
    database: Database,
) -> None:
    by = people.operator(database)
    with every_row_of(database).reading() as session:
        (held,) = release.content(session, Scope(inspections=("BRK-2025-AUDIT",)), by).inspections
    boys = {row.grade: row.cases for row in held.evidence if row.theme == "T5"}
    assert boys == {"good": 0, "requires_improvement": 0, "inadequate": 0, "not graded": 13}
    assert held.without_a_grade == ("T5",)
    assert "T5" not in {reason.theme for reason in held.not_graded}


def test_reasons_are_given_for_every_theme_that_does_not_say_all_were_graded(
    database: Database,
) -> None:
    by = people.operator(database)
    with every_row_of(database).reading() as session:
        (held,) = release.content(session, Scope(inspections=("ALD-2025-JTAI",)), by).inspections
    ungraded = {row.theme for row in held.evidence if row.grade == "not graded" and row.cases}
    assert {reason.theme for reason in held.not_graded} == ungraded - {"T5", "T6"}
    assert not {reason.cases for reason in held.not_graded} & {1, 2}


def test_returns_that_nobody_approved_are_in_no_release(everything: Path) -> None:
    with (everything / "data" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 4000
    assert not [row for row in rows if row["area_code"].startswith("X")]


def test_few_findings_behind_a_recommendation_are_withheld(
    database: Database, signed_in: SignIn
) -> None:
    lead = signed_in("priya-lead")
    (chosen, *_rest) = recommendation_drafts.draft("ALD-2025-JTAI", by=lead).findings
    sent = {**WRITTEN, "findings": [chosen.finding]}
    recommendations.write(checked(RecommendationForm, sent), by=lead)
    assert CODE not in published_findings(database)
    recommendations.publish(CODE, PUBLISHED_ON, by=lead)
    assert published_findings(database)[CODE] is Symbol.WITHHELD


def published_findings(database: Database) -> dict[str, int | Symbol]:
    """Return how many findings a release says stand behind each recommendation."""
    with every_row_of(database).reading() as session:
        scope = Scope(inspections=("ALD-2025-JTAI",))
        said = release.content(session, scope, people.operator(database))
    return {each.code: each.findings for each in said.recommendations}


def test_somebody_elses_files_in_a_release_folder_are_never_replaced(
    database: Database, tmp_path: Path
) -> None:
    by, folder = people.operator(database), tmp_path / "r"
    release.make(Scope(area="E06000047"), folder, by=by)
    (folder / "my-notes.txt").write_text("Mine.", encoding="utf-8")
    with pytest.raises(Refusal, match="not part of a release"):
        release.make(Scope(area="E06000023"), folder, by=by)
    assert (folder / "my-notes.txt").read_text(encoding="utf-8") == "Mine."


def test_a_trail_cut_off_behind_a_release_is_found(database: Database) -> None:
    administrator = people.sign_in("ben-administrator", database)
    published_sample(people.operator(database), people.sign_in(APPROVER, database))
    assert trail.chain(by=administrator).holds
    with every_row_of(database).writing.begin() as connection:
        unguard(connection)
        connection.execute(
            text("DELETE FROM audit_event WHERE number > (SELECT max(number) - 5 FROM audit_event)")
        )
    assert not trail.chain(by=administrator).holds
