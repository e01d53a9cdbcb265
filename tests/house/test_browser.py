"""The journeys get a browser that works, or a clear word about how to get one; never a skip."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.support import browser


def _refuse(command: list[str], seconds: int = 60) -> "subprocess.CompletedProcess[str]":
    return subprocess.CompletedProcess(command, 1, "", "no network here")


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine with no browser, where nothing can be installed."""
    monkeypatch.delenv(browser.VARIABLE, raising=False)
    monkeypatch.setattr(browser, "_candidates", lambda: iter(()))
    monkeypatch.setattr(browser, "attempt", _refuse)
    return monkeypatch


def test_the_browser_starts_and_shows_a_page() -> None:
    with sync_playwright() as playwright, browser.launch(playwright) as started:
        page = started.new_page()
        page.set_content("<h1>Findings</h1>")
        assert page.get_by_role("heading").inner_text() == "Findings"


@pytest.mark.usefixtures("bare_machine")
def test_without_a_browser_it_says_what_was_tried_and_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert browser.main() == 1
    said = capsys.readouterr().err
    assert [word for word in ("PATH", "apt-get", "playwright install") if word not in said] == []
    assert browser.VARIABLE in said


@pytest.mark.usefixtures("bare_machine")
def test_looking_never_installs_anything() -> None:
    with pytest.raises(browser.BrowserMissingError, match="make browser"):
        browser.find()


def test_a_browser_that_was_named_but_does_not_start_is_not_replaced_by_another(
    bare_machine: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare_machine.setenv(browser.VARIABLE, str(tmp_path / "no-such-browser"))
    with pytest.raises(browser.BrowserMissingError, match="no-such-browser"):
        browser.ensure()
