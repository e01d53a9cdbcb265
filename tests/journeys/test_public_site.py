"""The public site in a real browser: for everyone, on a phone, in the dark, on paper, offline."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

from inspect_app.publishing.folder import write
from inspect_app.publishing.shelf import bring
from inspect_app.services import people, release
from inspect_app.services.release import Scope
from tests.inspect_app.publishing.builders import HMICFRS, INVENTED, OFSTED, content, mark
from tests.inspect_app.publishing.standing import three_releases
from tests.support import browser
from tests.support.samples import Template

pytestmark = pytest.mark.journey

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
KINDS = (
    "index.html",
    "inspections.html",
    "themes.html",
    "recommendations.html",
    "indicators.html",
    "data.html",
    "about.html",
    "areas/E06000047.html",
    f"inspections/{INVENTED.code}.html",
    f"inspections/{OFSTED.code}.html",
    f"compare/{OFSTED.code}--{HMICFRS.code}.html",
    "themes/T4.html",
)
BOTH = [path for place in KINDS for path in (place, f"cy/{place}")]
SPILL = """() => {
  const root = document.documentElement;
  return root.scrollWidth > root.clientWidth ? root.scrollWidth : 0;
}"""

BROUGHT_IN = """() => {
  const ran = (how) => `document.body.dataset.ran = "${how}"`;
  const script = document.createElement("script");
  script.textContent = ran("script");
  const fetched = document.createElement("script");
  fetched.src = "https://attacker.example/a.js";
  const picture = document.createElement("img");
  picture.src = "https://attacker.example/a.png";
  const handler = document.createElement("button");
  handler.setAttribute("onclick", ran("handler"));
  document.body.append(script, fetched, picture, handler);
  handler.click();
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = browser.launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small release that looks real."""
    out = tmp_path_factory.mktemp("small") / "release"
    write(content(), mark(content()), out)
    return out


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a shelf with a withdrawn release, a corrected one and the one that corrects."""
    place = tmp_path_factory.mktemp("standing") / "shelf"
    bring(place, three_releases())
    return place


@pytest.fixture(scope="module")
def nation(sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release of all samples."""
    folder = tmp_path_factory.mktemp("nation")
    url = f"sqlite:///{(folder / 'samples.db').as_posix()}"
    with sqlite_samples.copied(url) as database:
        release.make(Scope(), folder / "release", by=people.operator(database))
    return folder / "release"


def violations(page: Page, *, on_paper: bool = False) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA: the rule, how often, and the first place.

    On paper nobody has to hit a link with a finger.
    """
    page.evaluate(AXE_SCRIPT)
    asked = {
        "runOnly": {"type": "tag", "values": WCAG},
        "rules": {"target-size": {"enabled": not on_paper}},
        "resultTypes": ["violations"],
    }
    found: list[dict[str, Any]] = page.evaluate("o => axe.run(o).then(r => r.violations)", asked)
    return [f"{x['id']} ({len(x['nodes'])}): {x['nodes'][0]['html'][:200]}" for x in found]


def test_every_page_passes_the_checks_in_both_languages(chromium: Browser, small: Path) -> None:
    page = chromium.new_page()
    scanned = {}
    for path in sorted(small.rglob("*.html")):
        page.goto(path.as_uri())
        scanned[path.relative_to(small).as_posix()] = violations(page)
    page.close()
    assert {path: found for path, found in scanned.items() if found} == {}
    assert set(BOTH) <= set(scanned)


@pytest.mark.parametrize("look", ["light", "dark", "phone", "print"])
def test_every_page_of_the_shelf_passes_however_it_is_looked_at(
    chromium: Browser, shelf: Path, look: str
) -> None:
    size = {"width": 320 if look == "phone" else 1200, "height": 800}
    page = chromium.new_page(color_scheme="dark" if look == "dark" else "light", viewport=size)  # type: ignore[arg-type]
    page.emulate_media(media="print" if look == "print" else "screen")
    pages = [path for path in shelf.rglob("*.html") if path.name != "still.html"]
    own = [path for path in pages if not within_a_release(shelf, path)]
    told = [shelf / "releases/0003" / place / "about.html" for place in ("", "cy")]
    assert len(own) == 12
    for path in (*own, *told):
        page.goto(_still(path))
        assert violations(page, on_paper=look == "print") == [], path
        assert look != "phone" or page.evaluate(SPILL) == 0, path
    page.close()


def _still(path: Path) -> str:
    """The address of a page that does not lead on to another while it is looked at."""
    text = path.read_text(encoding="utf-8")
    if 'http-equiv="refresh"' not in text:
        return path.as_uri()
    still = path.with_name("still.html")
    still.write_text(re.sub('<meta http-equiv="refresh"[^>]*>', "", text), encoding="utf-8")
    return still.as_uri()


def within_a_release(shelf: Path, path: Path) -> bool:
    """Whether a page belongs to a release whose files are there, and not to the shelf."""
    parts = path.relative_to(shelf).parts
    return parts[0] == "releases" and parts[1] in {"0002", "0003"}


@pytest.mark.parametrize("look", ["dark", "print"])
def test_the_dark_and_the_printed_look_pass_too(chromium: Browser, small: Path, look: str) -> None:
    page = chromium.new_page(color_scheme="dark")
    if look == "print":
        page.emulate_media(media="print", color_scheme="light")
    for path in KINDS:
        page.goto((small / path).as_uri())
        assert violations(page, on_paper=look == "print") == [], path
    page.close()


def test_the_site_of_the_nation_is_small_in_both_languages(nation: Path) -> None:
    """The site is what a browser opens; tables, workbooks and papers are files to take away."""
    sizes = {path: path.stat().st_size for path in nation.rglob("*") if path.is_file()}
    pages = {path: size for path, size in sizes.items() if path.suffix in {".html", ".css", ".js"}}
    assert len(list((nation / "areas").iterdir())) > 153
    assert sum(pages.values()) < 25_000_000
    assert max(pages.values()) < 400_000
    assert sum(sizes.values()) < 35_000_000


def test_the_largest_pages_of_the_nation_pass(chromium: Browser, nation: Path) -> None:
    page = chromium.new_page()
    for folder in ("areas", "inspections", "compare", "themes", "cy/areas", "cy/compare"):
        largest = max((nation / folder).glob("*.html"), key=lambda path: path.stat().st_size)
        page.goto(largest.as_uri())
        assert violations(page) == [], largest.name
    for place in ("index.html", "cy/index.html", "cy/recommendations.html", "indicators.html"):
        page.goto((nation / place).as_uri())
        assert violations(page) == [], place
    page.close()


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_spills_over_a_narrow_screen(chromium: Browser, small: Path, width: int) -> None:
    """320 pixels are a phone, or 1280 at 400 %; 640 are 1280 at 200 %."""
    page = chromium.new_page(viewport={"width": width, "height": 800})
    for path in BOTH:
        page.goto((small / path).as_uri())
        assert page.evaluate(SPILL) == 0, path
    page.close()


def test_the_site_asks_nobody_for_anything(chromium: Browser, small: Path) -> None:
    asked: list[str] = []
    page = chromium.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for path in BOTH:
        page.goto((small / path).as_uri())
    page.close()
    assert f"{small.as_uri()}/style.css" in asked
    assert not [url for url in asked if not url.startswith((small.as_uri(), "data:"))]


def test_the_policy_of_a_page_blocks_nothing_of_its_own_and_whatever_is_brought_in(
    chromium: Browser, small: Path, shelf: Path
) -> None:
    page = chromium.new_page()
    blocked: list[str] = []
    page.on("console", lambda told: blocked.append(told.text) if told.type == "error" else None)
    drafts = small.parent / "draft"
    write(content(), replace(mark(content()), draft=True), drafts)
    for path in (*(small / each for each in BOTH), drafts / "index.html", shelf / "index.html"):
        page.goto(path.as_uri())
        assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px", path
        assert page.evaluate("document.styleSheets.length") == 1, path
    assert blocked == []
    page.goto((small / "index.html").as_uri())
    page.evaluate(BROUGHT_IN)
    page.wait_for_timeout(300)
    assert page.evaluate("document.body.dataset.ran ?? null") is None
    assert len(blocked) == 4, blocked
    assert all("Content Security Policy" in told for told in blocked)
    page.close()


def test_without_script_everything_is_there(chromium: Browser, small: Path) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto((small / "index.html").as_uri())
    assert page.get_by_role("link", name="Aldermere", exact=True).is_visible()
    assert page.get_by_role("searchbox").count() == 0
    page.close()


@pytest.mark.parametrize(
    ("place", "says", "sorts"),
    [("", "1 of 4 shown", "Area"), ("cy/", "1 o 4 yn cael eu dangos", "Ardal")],
)
def test_an_area_is_found_and_a_list_is_sorted(
    chromium: Browser, small: Path, place: str, says: str, sorts: str
) -> None:
    page = chromium.new_page()
    page.goto((small / f"{place}index.html").as_uri())
    page.get_by_role("searchbox").fill("E23000001")
    assert page.get_by_role("status").inner_text() == says
    assert page.locator(".entries li:visible").count() == 1
    page.goto((small / f"{place}inspections.html").as_uri())
    page.get_by_role("button", name=sorts, exact=True).first.click()
    first = page.locator("table.sortable").first
    assert first.locator("th[aria-sort=ascending]").count() == 1
    areas = first.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert areas == sorted(areas, key=str.casefold)
    assert violations(page) == []
    page.close()


def test_the_keyboard_goes_from_the_skip_link_to_the_other_language(
    chromium: Browser, small: Path
) -> None:
    page = chromium.new_page()
    page.goto((small / "areas/E06000047.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cy/areas/E06000047.html")
    assert page.locator("html").get_attribute("lang") == "cy"
    page.close()


def test_a_page_prints_without_what_only_a_screen_needs(chromium: Browser, small: Path) -> None:
    page = chromium.new_page()
    page.goto((small / "areas/E06000047.html").as_uri())
    page.emulate_media(media="print")
    assert not page.get_by_role("link", name="Recommendations").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4", tagged=True).startswith(b"%PDF-")
    page.close()
