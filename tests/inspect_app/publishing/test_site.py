"""The pages: every link leads somewhere, every page says its release, nothing needs a script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag

import pytest

from data_model.vocabulary import ChangeKind
from inspect_app.publishing.content import (
    EarlyReader,
    FileChange,
    PublishedClaim,
    PublishedInspection,
)
from inspect_app.publishing.folder import write
from inspect_app.publishing.plan import plan
from inspect_app.publishing.shelf import Due, bring
from inspect_app.publishing.shelf_entries import Withdrawal
from inspect_app.publishing.site import Site
from tests.inspect_app.publishing.builders import (
    AREAS,
    HARM,
    HMICFRS,
    INVENTED,
    MET,
    OFSTED,
    PRACTICE,
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
        self.loads += _loaded(tag, held)
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag
        self.words += " "

    def handle_data(self, data: str) -> None:
        if "script" not in self.open:
            self.words += data


def _loaded(tag: str, held: dict[str, str | None]) -> list[str]:
    """What a browser fetches for a tag by itself: a link to another language is not fetched."""
    if tag not in {"link", "img", "script"} or "hreflang" in held:
        return []
    return [held.get("src") or held.get("href") or ""]


def pages(folder: Path) -> Iterator[tuple[str, Page]]:
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), Page(path.read_text(encoding="utf-8"))


def page(folder: Path, path: str) -> str:
    """The words of a page as a reader sees them, spaces run together."""
    return " ".join(Page((folder / path).read_text(encoding="utf-8")).words.split())


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf with a withdrawn release, one that was corrected, and the one that corrects it."""
    place = tmp_path_factory.mktemp("linked") / "shelf"
    said = {each: content(protection=f"Counts under {each} are withheld.") for each in (1, 2, 3)}
    marks = {each: mark(of, each) for each, of in said.items()}
    marks[3] = replace(
        marks[3],
        corrects=2,
        change_kind=ChangeKind.CORRECTION,
        correction="One count was read wrongly.",
        correction_welsh="Darllenwyd un cyfrif yn anghywir.",
        changes=(FileChange("data/evidence_base.csv", 0, 0, 1),),
        approved_on=date(2026, 11, 20),
        early_readers=(EarlyReader("Aled Welsh", "The Inspectorate"),),
    )
    gone = Withdrawal(date(2026, 12, 1), "A sentence named a place.", None)
    due = [
        Due(each, partial(marks.__getitem__, each), partial(said.__getitem__, each),
            gone if each == 1 else None)
        for each in said
    ]  # fmt: skip
    bring(place, due)
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


def test_nothing_is_fetched_from_elsewhere(released: Path) -> None:
    for path, held in pages(released):
        top = "../" * path.count("/")
        ours = {"data:,", f"{top}style.css", f"{top}filter.js"}
        assert set(held.loads) <= ours, path
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
        language = "cy" if path.startswith("cy/") else "en"
        assert ("html", {"lang": language}) in held.tags, path
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


def test_only_three_pages_name_the_release_and_the_others_when_they_changed(released: Path) -> None:
    for path, held in pages(released):
        place = path.removeprefix("cy/")
        named = mark(content()).content_hash in held.words
        assert named == (place in {"index.html", "about.html", "data.html"}), path
        said = "22 Tachwedd 2026" if path.startswith("cy/") else "22 November 2026"
        assert said in held.words, path
    words = page(released, "areas/E06000047.html")
    assert "This page last changed in release 3, 22 November 2026." in words


def test_every_page_has_its_like_in_the_other_language(released: Path) -> None:
    paths = {path for path, _ in pages(released)}
    english = {path for path in paths if not path.startswith("cy/")}
    assert paths - english == {f"cy/{path}" for path in english}
    for path, held in pages(released):
        other = "en" if path.startswith("cy/") else "cy"
        ways = [
            found["href"] or ""
            for tag, found in held.tags
            if tag in {"link", "a"} and found.get("hreflang") == other
            if (found["href"] or "").endswith(".html")
        ]
        assert len(ways) == 2, path
        target = (released / path).parent.joinpath(ways[0]).resolve()
        like = path.removeprefix("cy/") if other == "en" else f"cy/{path}"
        assert target.relative_to(released.resolve()).as_posix() == like
        assert ways[0] == ways[1]


def test_what_is_invented_says_so_wherever_it_appears(released: Path) -> None:
    for path in ("index.html", "inspections.html", "recommendations.html", "themes/T4.html"):
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


def test_the_front_page_shows_two_bodies_that_said_the_opposite(released: Path) -> None:
    words = page(released, "index.html")
    assert "County Durham : Missing children, return home interviews" in words
    assert "9 missing child cases read: 1 good; 2 requires improvement; 6 inadequate." in words
    held = Page((released / "index.html").read_text(encoding="utf-8"))
    assert f"compare/{OFSTED.code}--{HMICFRS.code}.html" in held.links


def test_two_inspections_side_by_side_say_who_how_and_what_is_not_known(released: Path) -> None:
    words = page(released, f"compare/{OFSTED.code}--{HMICFRS.code}.html")
    assert "These two found the opposite, within eighteen months of each other" in words
    assert "The two use different scales." in words
    assert "How the cases were chosen Not stated Not stated" in words
    assert "Child sexual exploitation cases: 18" in words
    assert "Missing child cases: 9" in words
    unknown = words[words.index("What is not known") :]
    assert unknown.index("How the cases were graded is not published.") < unknown.index("HMICFRS")


def test_a_theme_across_areas_says_how_each_sample_was_chosen(released: Path) -> None:
    words = page(released, "themes/T4.html")
    assert "Durham (police force area) , March 2020" in words
    assert "all cases of the kind are about this one" in words
    assert "16 cases read under Missing children" in words
    assert "Drawn at random; available to choose from: 38" in words
    assert words.index("Metropolitan Police") < words.index("Aldermere")
    withheld = page(released, "themes/T5.html")
    assert "16 cases read under Male victims; grades withheld to protect children." in withheld


def test_a_response_stands_in_full_and_in_its_language(tmp_path: Path) -> None:
    owner = replace(
        HARM.owners[0],
        response_text="We accept it.\n\nWe will train everybody.",
        response_text_welsh="Rydym yn ei dderbyn.",
        responded_on=date(2025, 11, 1),
    )
    told = content(recommendations=(replace(HARM, owners=(owner,), repeats=()), PRACTICE))
    write(told, mark(told), tmp_path / "out")
    english = page(tmp_path / "out", "recommendations.html")
    assert "Response of Aldermere Council in full , 1 November 2025 We accept it." in english
    assert "We will train everybody." in english
    assert "put back 2 times" in english
    welsh = page(tmp_path / "out", "cy/recommendations.html")
    assert "Rydym yn ei dderbyn." in welsh
    assert "We accept it." not in welsh


def test_a_claim_stands_with_what_is_behind_it_and_what_the_publisher_answered(
    tmp_path: Path,
) -> None:
    claim = PublishedClaim(
        "C1",
        "Children were listened to.",
        None,
        "positive",
        ("T4",),
        (),
        "unsupported",
        "unsupported (no case graded)",
        "heb ei gefnogi (dim achos wedi'i raddio)",
        answer="We heard it from the children themselves.",
        answer_welsh="Clywsom hynny gan y plant eu hunain.",
    )
    told = content(inspections=(replace(INVENTED, claims=(claim,)),), areas=AREAS[3:])
    write(told, mark(told), tmp_path / "out")
    for place in (f"inspections/{INVENTED.code}.html", "themes/T4.html"):
        english = page(tmp_path / "out", place)
        assert "Children were listened to. unsupported (no case graded)" in english
        assert "We heard it from the children themselves." in english
        welsh = page(tmp_path / "out", f"cy/{place}")
        assert "Children were listened to. (heb ei gyfieithu eto)" in welsh
        assert "heb ei gefnogi" in welsh
        assert "Clywsom hynny" in welsh


def test_a_correction_is_told_on_the_front_page(tmp_path: Path) -> None:
    of = content()
    corrected = replace(mark(of), corrects=2, correction="One count was read wrongly.")
    drawn = plan(Site(of, corrected))
    for path, says in (
        ("index.html", "This release takes the place of release 2"),
        ("index.html", "One count was read wrongly."),
        ("cy/index.html", "Mae’r datganiad hwn yn cymryd lle datganiad 2"),
        ("cy/index.html", "(heb ei gyfieithu eto)"),
    ):
        assert says in drawn[path]().decode(), (path, says)
