"""Every address of the app, asked for first thing after a start, asks who is there."""

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from pages import PAGES
from tests.support import browser
from tests.support.app_server import serving
from tests.support.samples import Template

pytestmark = pytest.mark.journey
SECONDS = 30_000


def test_no_address_shows_a_page_to_somebody_who_is_not_signed_in(
    sqlite_samples: Template, tmp_path: Path
) -> None:
    copy = f"sqlite:///{(tmp_path / 'samples.db').as_posix()}"
    with sqlite_samples.copied(copy), sync_playwright() as playwright, serving(copy) as address:
        running = browser.launch(playwright)
        asked: list[str] = []
        for declared in reversed(PAGES):
            page = running.new_page()
            page.on("request", lambda request: asked.append(request.url))
            page.goto(f"{address}/{declared.path}?inspection=ALD-2025-JTAI&case=1")
            expect(page.get_by_text("Sign in as")).to_be_visible(timeout=SECONDS)
            assert "ALD-C" not in page.content()
            assert page.get_by_role("heading", name=declared.title, exact=True).count() == 0
            page.close()
        running.close()
    assert asked
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]
