"""A release as one whole: every file can be reached, it says what it is, and so does the shelf."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urldefrag

import pytest

from inspect_app.publishing.folder import write
from inspect_app.publishing.shelf import bring
from tests.inspect_app.publishing.builders import HMICFRS, SILENT, content, mark
from tests.inspect_app.publishing.standing import three_releases
from tests.inspect_app.publishing.test_site import Page, page, pages


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf with a withdrawn release, one that was corrected, and the one that corrects it."""
    place = tmp_path_factory.mktemp("linked") / "shelf"
    bring(place, three_releases())
    return place


def test_every_link_leads_somewhere_on_the_shelf(shelf: Path) -> None:
    ids = {path: set(held.ids) for path, held in pages(shelf)}
    for path, held in pages(shelf):
        for link in (*held.links, *held.loads):
            address, anchor = urldefrag(link)
            if address == "data:,":
                continue
            target = (shelf / path).parent.joinpath(address).resolve() if address else shelf / path
            assert target.is_file(), (path, link)
            name = target.relative_to(shelf.resolve()).as_posix()
            assert not anchor or anchor in ids[name], (path, link)


def test_only_the_pages_that_name_a_release_lead_out_of_its_folder_and_no_draft_does(
    released: Path, tmp_path: Path
) -> None:
    assert {path.removeprefix("cy/") for path, _ in leading_out(released)} == {
        "index.html",
        "about.html",
        "data.html",
    }
    assert {link for _, link in leading_out(released)} == {
        "../../index.html",
        "../../../cy/index.html",
    }
    write(content(), replace(mark(content()), draft=True), tmp_path / "draft")
    assert not leading_out(tmp_path / "draft")


def leading_out(folder: Path) -> list[tuple[str, str]]:
    return [
        (path, link)
        for path, held in pages(folder)
        for link in held.links
        if not (folder / path).parent.joinpath(link).resolve().is_relative_to(folder.resolve())
    ]


@pytest.mark.parametrize("place", ["", "cy/"])
def test_the_data_page_leads_to_every_file_of_the_release(released: Path, place: str) -> None:
    held = Page((released / place / "data.html").read_text(encoding="utf-8"))
    linked = {
        (released / place / link).resolve().relative_to(released.resolve()).as_posix()
        for link in held.links
        if not link.startswith(("#", "../../"))
    }
    there = {x.relative_to(released).as_posix() for x in released.rglob("*") if x.is_file()}
    files = {path for path in there if not path.endswith((".html", "style.css", "filter.js"))}
    assert files - linked == set()
    assert any(path.startswith("data/open/") for path in files)
    assert any(path.startswith("papers/inspections/") for path in files)


def test_an_inspection_leads_to_its_papers_its_own_language_first(released: Path) -> None:
    for place, first in (("", "en"), ("cy/", "cy")):
        path = f"{place}inspections/{HMICFRS.code}.html"
        links = Page((released / path).read_text(encoding="utf-8")).links
        papers = [link for link in links if link.endswith(".pdf")]
        assert papers[0].split(".")[-2] == first
        assert len(papers) == 2
    silent = (released / f"inspections/{SILENT.code}.html").read_text(encoding="utf-8")
    assert ".pdf" not in silent


def test_a_release_says_who_approved_and_saw_it_and_what_it_corrects(shelf: Path) -> None:
    english = page(shelf, "releases/0003/about.html")
    for says in (
        "Number 3",
        "Approved On 20 November 2026. One person drew it up and another approved it.",
        "Seen before it was published by Aled Welsh, The Inspectorate",
        "This release takes the place of release 2 Correction: something in it was wrong.",
        "One count was read wrongly.",
        "data/evidence_base.csv 0 0 1",
    ):
        assert says in english, says
    welsh = page(shelf, "releases/0003/cy/about.html")
    assert "Ar 20 Tachwedd 2026." in welsh
    assert "Darllenwyd un cyfrif yn anghywir." in welsh
    assert "Nobody but those who made it." in page(shelf, "releases/0002/about.html")
    front = page(shelf, "releases/0003/index.html")
    assert "This release takes the place of release 2" in front


def test_a_draft_says_that_nobody_approved_it(tmp_path: Path) -> None:
    write(content(), replace(mark(content()), draft=True), tmp_path / "draft")
    words = page(tmp_path / "draft", "about.html")
    assert "By nobody yet: this is a draft." in words
    assert "Seen before it was published by" not in words


@pytest.mark.parametrize("place", ["", "cy/"])
def test_the_front_of_the_shelf_shows_the_newest_first_and_marks_the_others(
    shelf: Path, place: str
) -> None:
    words = page(shelf, f"{place}index.html")
    rows = {
        "": ("Release 3 22 November 2026", "Release 2 22 November 2026", "Withdrawn on 1 Decem"),
        "cy/": ("Datganiad 3 22 Tachwedd 2026", "Datganiad 2 22 Tachwedd 2026", "Tynnwyd yn ôl ar"),
    }[place]
    assert [words.index(row) for row in rows] == sorted(words.index(row) for row in rows)
    held = Page((shelf / place / "index.html").read_text(encoding="utf-8"))
    newest = f"{'../' if place else ''}releases/0003/{place}index.html"
    assert newest in held.links
