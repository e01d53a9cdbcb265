"""Take the pictures of the README from the running product: `python docs/take_screenshots.py`."""

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402

from data_model.database import create_database  # noqa: E402
from inspect_app.publishing.shelf_entries import RELEASES  # noqa: E402
from inspect_app.services import people, samples  # noqa: E402
from inspect_app.services.release import Scope  # noqa: E402
from tests.support import browser  # noqa: E402
from tests.support.app_server import serving  # noqa: E402
from tests.support.releasing import APPROVER, PUBLISHER, published  # noqa: E402

PICTURES = HERE / "screenshots"
PATIENCE = 30_000


def main() -> None:
    """Load the samples, serve the app, and photograph what the README shows."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        address = f"sqlite:///{folder}/samples.db"
        database = create_database(address)
        samples.load(database)
        publisher, second = (people.sign_in(who, database) for who in (PUBLISHER, APPROVER))
        for area in ("X06000001", "E06000047"):
            published(Scope(area=area), publisher, second)
        aldermere, durham = (database.shelf / RELEASES / name for name in ("0001", "0002"))
        chromium = browser.launch(playwright)
        with serving(address) as served:
            _photograph(chromium, served, "inspections?inspection=ALD-2025-JTAI", "inspection", 500)
            _photograph(chromium, served, "area?area=E06000047", "durham", 1_100)
            _photograph_case(chromium, served)
            _photograph(chromium, served, "scorecard?area=X06000001", "scorecard", 0)
            _photograph(chromium, served, "progress", "progress", 0)
            answer = "recommendations?recommendation=ALD-2025-R2"
            _photograph(chromium, served, answer, "answer", 780)
            _photograph(chromium, served, "releases?release=1", "approval", 0, "Eleri Vaughan")
        jtai = aldermere / "inspections" / "ALD-2025-JTAI.html"
        _photograph_page(chromium, f"{jtai.as_uri()}#grades", "release")
        _photograph_page(chromium, (durham / "index.html").as_uri(), "public")
        database.close()


def _window(chromium: Browser) -> Page:
    page = chromium.new_page(viewport={"width": 1280, "height": 860})
    page.set_default_timeout(PATIENCE)
    return page


def _photograph(
    chromium: Browser, served: str, path: str, name: str, down: int, who: str = "Priya Raman"
) -> None:
    """Open an address, as the lead inspector or somebody else, and photograph it, scrolled down."""
    page = _signed_in(chromium, f"{served}/{path}", who)
    page.mouse.move(900, 500)
    page.mouse.wheel(0, down)
    page.wait_for_timeout(1_000)
    page.screenshot(path=PICTURES / f"{name}.png")


def _photograph_page(chromium: Browser, address: str, name: str) -> None:
    """Photograph a published page as its reader sees it first."""
    page = _window(chromium)
    page.goto(address)
    page.screenshot(path=PICTURES / f"{name}.png")


def _photograph_case(chromium: Browser, served: str) -> None:
    """Photograph a draft as its reader writes in it."""
    page = _signed_in(chromium, f"{served}/case-review", "Gwenllian Prys")
    page.get_by_role("link", name="CWM-C09").click()
    page.get_by_role("tab", name="Findings", exact=True).click(delay=40)
    page.wait_for_timeout(4_000)
    page.screenshot(path=PICTURES / "case.png")


def _signed_in(chromium: Browser, address: str, name: str) -> Page:
    page = _window(chromium)
    page.goto(address)
    page.get_by_text(name).first.click()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    page.wait_for_timeout(4_000)
    return page


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    main()
