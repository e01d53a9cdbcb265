"""A journey: a case is written while the server is killed, and opened in two tabs at once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from data_model.database import open_database
from inspect_app.services import cases, people
from tests.support import browser
from tests.support.app_server import App
from tests.support.samples import Template

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX signal"),
]

READER = "gwenllian-elsewhere"
FIRST = "The chronology names each adult and where they took him. "
SECOND = "Nobody asked the keeper of the vehicle, although its number is in the log."
MILLISECONDS = 30_000
STORE = """(name) => localStorage.setItem(name, JSON.stringify(
    {text: "Left behind.", seen: "", sent: [], at: Date.now()}))"""
expect.set_options(timeout=MILLISECONDS)


@pytest.fixture
def app(sqlite_samples: Template, tmp_path: Path) -> Iterator[App]:
    """The app on a copy of the samples of this test's own."""
    address = f"sqlite:///{(tmp_path / 'samples.db').as_posix()}"
    with sqlite_samples.copied(address):
        served = App(address)
        served.start()
        yield served
        served.end(signal=9)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser."""
    with sync_playwright() as playwright:
        running = browser.launch(playwright)
        yield running
        running.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser as one person has it: its tabs share what it stores."""
    opened = chromium.new_context(viewport={"width": 1400, "height": 1000})
    opened.set_default_timeout(MILLISECONDS)
    yield opened
    opened.close()


def draft(app: App, reference: str = "CWM-C11") -> int:
    """Return the id of one of the reader's drafts."""
    database = open_database(app.database)
    reader = people.sign_in(READER, database)
    found = next(line.id for line in cases.mine(by=reader) if line.reference == reference)
    database.close()
    return found


def kept(app: App, case: int, path: str) -> object:
    """Return what the server holds of a field, saved or not."""
    database = open_database(app.database)
    held = cases.view(case, by=people.sign_in(READER, database)).now
    database.close()
    theme, _dot, name = path.partition(".")
    return held.get(theme, {}).get(name) if name else held.get(theme)


def opened(app: App, tab: Page, case: int) -> Page:
    """Sign the reader in and open the case at its findings."""
    tab.goto(f"{app.address}/case-review?case={case}")
    tab.get_by_text("Gwenllian Prys").first.click()
    tab.get_by_role("button", name="Sign in").click()
    tab.get_by_role("tab", name="Findings", exact=True).click()
    expect(reason(tab)).to_be_visible()
    return tab


def reason(tab: Page) -> Locator:
    """Return the field in which a finding is reasoned."""
    return tab.get_by_role("textbox", name="Reason")


def stored(tab: Page) -> list[str]:
    """Return the names of the texts that the browser stores."""
    names: list[str] = tab.evaluate("Object.keys(localStorage)")
    return [name for name in names if name.startswith("kept-text/")]


def test_a_killed_server_costs_nothing_that_was_typed(app: App, window: BrowserContext) -> None:
    case = draft(app)
    tab = opened(app, window.new_page(), case)
    reason(tab).press_sequentially(FIRST, delay=10)
    tab.wait_for_timeout(2000)
    assert kept(app, case, "T2.reason") == FIRST
    with app.killed():
        reason(tab).press_sequentially(SECOND, delay=10)
        assert stored(tab)
    tab.close()
    again = opened(app, window.new_page(), case)
    expect(reason(again)).to_have_value(FIRST + SECOND)
    again.wait_for_timeout(2500)
    assert kept(app, case, "T2.reason") == FIRST + SECOND
    assert stored(again) == []


def test_two_tabs_in_one_case_see_both_texts_and_the_person_chooses(
    app: App, window: BrowserContext
) -> None:
    case = draft(app)
    one, two = (opened(app, window.new_page(), case) for _tab in range(2))
    reason(one).press_sequentially("Written in the first tab.", delay=10)
    one.wait_for_timeout(2000)
    reason(two).press_sequentially("Written in the second tab.", delay=10)
    clash = two.get_by_text("This text was changed elsewhere meanwhile.")
    expect(clash.filter(visible=True)).to_have_count(1)
    assert kept(app, case, "T2.reason") == "Written in the first tab."
    two.get_by_role("button", name="Put both together").filter(visible=True).click(delay=40)
    two.wait_for_timeout(2500)
    both = str(kept(app, case, "T2.reason"))
    assert "Written in the first tab." in both
    assert "Written in the second tab." in both


def test_what_stands_in_the_way_follows_the_typing(app: App, window: BrowserContext) -> None:
    case = draft(app)
    tab = opened(app, window.new_page(), case)
    tab.get_by_text("T2.3", exact=False).first.click()
    tab.get_by_text("Good", exact=True).filter(visible=True).click(delay=40)
    standing = tab.locator(".st-key-standing")
    expect(standing).to_contain_text("Empathy and concern")
    reason(tab).press_sequentially(FIRST, delay=10)
    expect(standing).not_to_contain_text("Empathy and concern")


def test_a_submitted_case_leaves_nothing_of_its_own_in_the_browser(
    app: App, window: BrowserContext
) -> None:
    submitted, other = draft(app, "CWM-C01"), draft(app)
    tab = window.new_page()
    tab.goto(app.address)
    names = [f"kept-text/{READER}/case-{case}-summary/gone" for case in (submitted, other)]
    for name in names:
        tab.evaluate(STORE, name)
    tab.goto(f"{app.address}/case-review?case={submitted}")
    tab.get_by_text("Gwenllian Prys").first.click()
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_role("heading", name="Receipts")).to_be_visible()
    tab.wait_for_timeout(2000)
    assert stored(tab) == names[1:]


FOCUSED = """() => {
    let held = document.activeElement;
    while (held.shadowRoot?.activeElement) held = held.shadowRoot.activeElement;
    const label = held.getAttribute("aria-label") ?? held.labels?.[0]?.innerText ?? held.innerText;
    return `${held.getAttribute("role") ?? held.type ?? held.tagName} ${label ?? ""}`;
}"""


def tab_to(tab: Page, wanted: str) -> None:
    """Press Tab until what is wanted has the focus."""
    for _press in range(80):
        tab.keyboard.press("Tab")
        tab.wait_for_timeout(30)
        if wanted in str(tab.evaluate(FOCUSED)):
            return
    message = f"{wanted!r} is out of the keyboard's reach"
    raise AssertionError(message)


def test_a_finding_is_recorded_from_the_keyboard_alone(app: App, window: BrowserContext) -> None:
    case = draft(app)
    tab = opened(app, window.new_page(), case)

    tab.locator("body").focus()
    tab_to(tab, "radio")
    tab.keyboard.press("Space")
    tab.wait_for_timeout(1500)
    tab_to(tab, "radio Not entered yet")
    tab.keyboard.press("ArrowDown")
    tab.wait_for_timeout(1500)
    tab_to(tab, "Reason")
    tab.keyboard.type(FIRST, delay=10)
    tab.wait_for_timeout(2000)
    assert kept(app, case, "T2.criterion") == "T2.1"
    assert kept(app, case, "T2.grade") == "good"
    assert str(kept(app, case, "T2.reason")).strip() == FIRST.strip()
