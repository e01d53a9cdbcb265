"""The pages: every link leads somewhere, every page says its release, nothing needs a script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from inspect_app.publishing.content import PublishedClaim, PublishedInspection
from inspect_app.publishing.folder import write
from inspect_app.publishing.plan import plan
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


def test_nothing_is_fetched_from_elsewhere(released: Path) -> None:
    for path, held in pages(released):
        top = "../" * path.count("/")
        ours = {"data:,", f"{top}style.css", f"{top}filter.js"}
        assert set(held.loads) <= ours, path
        assert "http" not in held.text.lower().replace("http-equiv", ""), path
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
