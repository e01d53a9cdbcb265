"""The pages: every link leads somewhere, every page says its release, nothing needs a script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag

import pytest

from inspect_app.publishing.content import PublishedInspection
from inspect_app.publishing.folder import write
from tests.inspect_app.publishing.builders import (
    AREAS,
    HMICFRS,
    INVENTED,
    MET,
    OFSTED,
    SILENT,
    area,
    content,
    mark,
)

VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Page(HTMLParser):
    """What a browser would find on a page."""

    text: str
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    words: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.tags.append((tag, held))
        self.ids += [held["id"] or ""] if "id" in held else []
        self.links += [held["href"] or ""] if tag == "a" else []
        self.loads += [held.get("src") or held.get("href") or ""] if tag in {"link", "img"} else []
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag
        self.words += " "

    def handle_data(self, data: str) -> None:
        if "script" not in self.open:
            self.words += data


def pages(folder: Path) -> Iterator[tuple[str, Page]]:
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), Page(path.read_text(encoding="utf-8"))


def page(folder: Path, path: str) -> str:
    """The words of a page as a reader sees them, spaces run together."""
    return " ".join(Page((folder / path).read_text(encoding="utf-8")).words.split())


def test_every_internal_link_leads_somewhere(released: Path) -> None:
    ids = {path: set(held.ids) for path, held in pages(released)}
    for path, held in pages(released):
        for link in held.links:
            address, anchor = urldefrag(link)
            target = (
                (released / path).parent.joinpath(address).resolve() if address else released / path
            )
            name = target.relative_to(released.resolve()).as_posix()
            assert target.is_file(), (path, link)
            assert not anchor or anchor in ids[name], (path, link)


def test_nothing_is_fetched_from_elsewhere(released: Path) -> None:
    for path, held in pages(released):
        assert all(load in {"data:,", "style.css", "../style.css"} for load in held.loads), path
        assert "http" not in held.text.lower(), path
    assert "url(" not in (released / "style.css").read_text()
    assert "@import" not in (released / "style.css").read_text()


def test_no_page_needs_its_script(released: Path) -> None:
    for path, held in pages(released):
        assert held.open == [], path
        handlers = [name for _, found in held.tags for name in found if name.startswith("on")]
        assert not handlers, path
    hidden = [found for _, held in pages(released) for _, found in held.tags if "hidden" in found]
    assert hidden
    assert all(found["class"] == "filter" for found in hidden)


def test_every_page_is_built_for_everyone(released: Path) -> None:
    for path, held in pages(released):
        tags = [tag for tag, _ in held.tags]
        assert ("html", {"lang": "en"}) in held.tags, path
        assert tags.count("h1") == 1, path
        assert tags.count("main") == 1, path
        assert ("a", {"class": "skip", "href": "#main"}) in held.tags, path
        assert len(held.ids) == len(set(held.ids)), path
        assert tags.count("table") == tags.count("caption"), path
        assert all(found.get("scope") for tag, found in held.tags if tag == "th"), path
        assert all(found.get("aria-label") for tag, found in held.tags if tag == "nav"), path
        headings = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
        assert all(after - before <= 1 for before, after in pairwise(headings)), path


def test_labels_point_at_what_is_there(released: Path) -> None:
    for path, held in pages(released):
        named = [found.get("aria-labelledby") for _, found in held.tags]
        named += [found.get("for") for tag, found in held.tags if tag == "label"]
        assert {name for name in named if name} <= set(held.ids), path


def test_every_page_says_its_release(released: Path) -> None:
    for path, held in pages(released):
        assert "release 3, 22 november 2026" in held.words.lower(), path
        assert "/" in path or mark(content()).content_hash in held.words, path


def test_what_is_invented_says_so_wherever_it_appears(released: Path) -> None:
    for path in ("index.html", "inspections.html", "recommendations.html"):
        assert "Invented sample" in page(released, path), path
    for path in ("areas/X06000001.html", f"inspections/{INVENTED.code}.html"):
        assert "No real place, body or child is described" in page(released, path), path
    for each in (OFSTED, HMICFRS):
        assert "Invented sample" not in page(released, f"inspections/{each.code}.html")


def test_invented_samples_are_left_out_of_the_numbers(released: Path) -> None:
    words = page(released, "index.html")
    assert "how the cases read were graded 2" in words
    assert "not how they were graded 1" in words
    assert "for which neither is known 1" in words
    assert "A further 1 inspection is an invented sample" in words
    assert "3 areas, 1 recommendation and 2 indicator figures" in words


def test_counts_that_were_not_split_are_shown_joined(released: Path) -> None:
    words = page(released, f"inspections/{MET.code}.html")
    assert "36 requires improvement or inadequate: not split in the source" in words
    assert "Missing child cases x (not available) 36" in words


def test_withheld_counts_are_marked_and_explained(released: Path) -> None:
    words = page(released, f"inspections/{INVENTED.code}.html")
    assert "Male victims c (withheld to protect children) c" in words
    assert "c withheld to protect children. A mark is never zero." in words
    assert "In scope, but no case graded : Children with disabilities" in words


@pytest.mark.parametrize(
    ("of", "says"),
    [
        (OFSTED, "18 child sexual exploitation cases read; grades not published."),
        (SILENT, "Number of cases not published. No case grades published."),
        (SILENT, "No case grades published. Whether the cases behind"),
    ],
)
def test_what_was_not_published_is_said(released: Path, of: PublishedInspection, says: str) -> None:
    assert says in page(released, f"inspections/{of.code}.html")


def test_durham_shows_both_bodies_and_what_stood_behind_their_words(released: Path) -> None:
    words = page(released, "areas/E06000047.html")
    assert "September 2019 to March 2020: 2 inspecting bodies" in words
    assert "What stood behind it: no graded cases published 18 child sexual exploitation" in words
    assert "Whole police force area" in words
    assert words.index("What was said in its favour") < words.index("What was found wanting")


def test_a_break_in_a_series_is_marked_and_its_values_withheld(released: Path) -> None:
    words = page(released, "areas/E06000047.html")
    assert "Break: recording or definition changed here" in words
    assert "2018/19 11 840 1.3 0.7 to 2.3" in words
    assert "Neither direction is good news by itself" in words


def test_text_is_text_and_never_markup(tmp_path: Path) -> None:
    sly = content(areas=(*AREAS, area("E9", '<script>alert("x")</script>')))
    write(sly, mark(sly), tmp_path / "out")
    assert "<script>alert" not in (tmp_path / "out" / "index.html").read_text()
    assert '<script>alert("x")</script>' in page(tmp_path / "out", "areas/E9.html")


def test_a_release_of_nothing_still_says_what_it_is(tmp_path: Path) -> None:
    empty = content(areas=(), inspections=(), recommendations=(), themes=(), attributions=())
    write(empty, mark(empty), tmp_path / "out")
    assert "This release holds no real inspection." in page(tmp_path / "out", "inspections.html")
