"""Writing a release: the same bytes each time, whole or not at all."""

import subprocess
from pathlib import Path

import pytest

from inspect_app.errors import Refusal
from inspect_app.publishing.folder import write
from inspect_app.publishing.manifest import MANIFEST, read_manifest
from tests.inspect_app.publishing.builders import AREAS, area, content, inspection, mark


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_content_and_mark_give_the_same_bytes(released: Path, tmp_path: Path) -> None:
    write(content(), mark(content()), tmp_path / "again")
    assert held(tmp_path / "again") == held(released)


def test_a_release_has_its_pages_its_data_and_its_hashes(released: Path) -> None:
    found = sorted(path for path in held(released) if not path.startswith("cy/"))
    assert found == [
        "SHA256SUMS",
        "about.html",
        "areas/E06000047.html",
        "areas/E23000001.html",
        "areas/E23000008.html",
        "areas/X06000001.html",
        "compare/HMICFRS-2020-03-E23000008--OFSTED-2022-05-E06000047.html",
        "compare/OFSTED-2019-09-E06000047--HMICFRS-2020-03-E23000008.html",
        "compare/OFSTED-2019-09-E06000047--OFSTED-2022-05-E06000047.html",
        "data.html",
        "data/areas.csv",
        "data/claims.csv",
        "data/datapackage.json",
        "data/evidence_base.csv",
        "data/indicators.csv",
        "data/judgements.csv",
        "data/open/case_grades_calendar_years.csv",
        "data/open/case_grades_calendar_years.meta.csv",
        "data/open/figures_financial_years.csv",
        "data/open/figures_financial_years.meta.csv",
        "data/recommendations.csv",
        "data/release.csv",
        "data/release.json",
        "data/release.schema.json",
        "data/workbook.cy.xlsx",
        "data/workbook.en.xlsx",
        "filter.js",
        "index.html",
        "indicators.html",
        "inspections.html",
        "inspections/ALD-2025-JTAI.html",
        "inspections/HMIC-2016-E23000001.html",
        "inspections/HMICFRS-2020-03-E23000008.html",
        "inspections/OFSTED-2019-09-E06000047.html",
        "inspections/OFSTED-2022-05-E06000047.html",
        "manifest.json",
        "papers/inspections/ALD-2025-JTAI.cy.pdf",
        "papers/inspections/ALD-2025-JTAI.en.pdf",
        "papers/inspections/HMIC-2016-E23000001.cy.pdf",
        "papers/inspections/HMIC-2016-E23000001.en.pdf",
        "papers/inspections/HMICFRS-2020-03-E23000008.cy.pdf",
        "papers/inspections/HMICFRS-2020-03-E23000008.en.pdf",
        "papers/inspections/OFSTED-2019-09-E06000047.cy.pdf",
        "papers/inspections/OFSTED-2019-09-E06000047.en.pdf",
        "papers/release.cy.pdf",
        "papers/release.en.pdf",
        "recommendations.html",
        "style.css",
        "themes.html",
        "themes/T4.html",
        "themes/T5.html",
        "themes/T6.html",
    ]
    pages = [path for path in found if path.endswith(".html")]
    assert {f"cy/{path}" for path in pages} == set(held(released)) - set(found)


def test_every_text_is_utf8_with_unix_line_ends(released: Path) -> None:
    texts = {x: data for x, data in held(released).items() if not x.endswith((".xlsx", ".pdf"))}
    assert len(texts) > 25
    for path, data in texts.items():
        assert "\r" not in data.decode(), path
        assert data.endswith(b"\n"), path


def test_the_sums_are_what_sha256sum_reads(released: Path) -> None:
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=released,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert len(checked.stdout.splitlines()) == len(held(released)) - 1


def test_an_earlier_release_is_replaced_whole(released: Path) -> None:
    smaller = content(areas=AREAS[:1])
    write(smaller, mark(smaller, number=4), released)
    assert read_manifest(released).release == 4
    assert not (released / "areas" / "X06000001.html").exists()


def test_an_empty_folder_is_filled_and_missing_parents_are_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for out in (tmp_path / "empty", tmp_path / "new" / "deeper"):
        write(content(), mark(content()), out)
        assert (out / MANIFEST).exists()


@pytest.mark.parametrize("name", ["thesis.docx", "manifest.json"])
def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text('{"format": "something else"}')
    with pytest.raises(Refusal, match="is not part of a release"):
        write(content(), mark(content()), tmp_path / "out")
    assert list(held(tmp_path)) == [f"out/{name}"]


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(Refusal, match="is not part of a release"):
        write(content(), mark(content()), tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_mark_of_other_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="not what its mark was made for"):
        write(content(scope="area E06000047"), mark(content()), tmp_path / "out")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("code", ["../../etc/passwd", "a b", "", ".hidden"])
def test_a_code_that_cannot_be_a_file_name_is_refused(tmp_path: Path, code: str) -> None:
    unsafe = content(inspections=(inspection(code),))
    with pytest.raises(Refusal, match="cannot be the address of a page"):
        write(unsafe, mark(unsafe), tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_codes_that_differ_in_capitals_only_are_refused(tmp_path: Path) -> None:
    twice = content(areas=(area("E1", "One"), area("e1", "Two")))
    with pytest.raises(Refusal, match="give no code twice"):
        write(twice, mark(twice), tmp_path / "out")
