"""A journey: nothing that is typed is lost, whatever happens to server, tab and network."""

import itertools
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.support import browser
from tests.support.kept_text_server import SECONDS, Server

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX signal"),
]

BROUGHT_BACK = re.compile(r"Brought back what was typed here at \d\d:\d\d and had not reached")
OFFLINE = "Not kept yet: no connection. Your text is safe in this browser."
SENTENCE = "The plan names who follows him, where, and by when; "
expect.set_options(timeout=1000 * SECONDS)
cases = itertools.count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for all tests here, each of which has a case of its own on it."""
    running = Server(tmp_path_factory.mktemp("kept-text"))
    running.start()
    yield running
    running.kill()


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
    opened = chromium.new_context(viewport={"width": 1000, "height": 900})
    yield opened
    opened.close()


@dataclass(frozen=True)
class Case:
    """A case of one test's own, in as many tabs as it likes."""

    server: Server
    window: BrowserContext
    number: int

    def open(self, more: str = "") -> Page:
        """Open it in a new tab."""
        tab = self.window.new_page()
        tab.goto(f"{self.server.address}/?case={self.number}{more}")
        expect(tab.get_by_text("Drawn")).to_be_visible()
        if not more:
            expect(area(tab)).to_be_visible()
        return tab

    def kept(self, name: str = "reason") -> str:
        """Return what is on the server's disk."""
        return self.server.text(f"case-{self.number}-{name}")


@pytest.fixture
def case(server: Server, window: BrowserContext) -> Case:
    """A case that nobody has written in."""
    return Case(server, window, next(cases))


def area(tab: Page, name: str = "Reason") -> Locator:
    """Return a text area by its label."""
    return tab.get_by_role("textbox", name=name)


def names_stored(tab: Page) -> list[str]:
    """Return the names of the texts that the browser stores."""
    names: list[str] = tab.evaluate("Object.keys(localStorage)")
    return [name for name in names if name.startswith("kept-text/")]


def stored(tab: Page) -> int:
    """Return how many texts the browser stores."""
    return len(names_stored(tab))


def soon(held: Callable[[], object], tab: Page, seconds: float = SECONDS) -> None:
    """Wait until something holds, or fail."""
    until = time.monotonic() + seconds
    while not held():
        assert time.monotonic() < until, "it did not come true in time"
        tab.wait_for_timeout(50)


def network(tab: Page, *, offline: bool) -> None:
    """Cut one tab off, or connect it again."""
    session = tab.context.new_cdp_session(tab)
    session.send("Network.enable")
    limits = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", {"offline": offline, **limits})


def test_a_pause_in_typing_keeps_the_text_through_a_killed_server(case: Case) -> None:
    tab = case.open()
    area(tab).press_sequentially(SENTENCE, delay=10)
    tab.wait_for_timeout(2000)
    with case.server.gone():
        pass
    tab.reload()
    expect(area(tab)).to_have_value(SENTENCE.strip())
    assert stored(tab) == 0


def test_typing_without_a_pause_is_kept_every_two_seconds(case: Case) -> None:
    tab = case.open()
    began = time.monotonic()
    area(tab).press_sequentially(SENTENCE, delay=60)
    assert time.monotonic() - began > 3
    assert len(case.kept()) >= len(SENTENCE) / 2


def test_a_server_killed_in_mid_sentence_costs_not_a_letter(case: Case) -> None:
    tab = case.open()
    area(tab).press_sequentially(SENTENCE, delay=10)
    with case.server.gone():
        # Long enough for Streamlit to open its box about the connection in the middle of it.
        area(tab).press_sequentially(3 * SENTENCE, delay=40)
        expect(area(tab)).to_have_value(4 * SENTENCE)
        expect(area(tab)).to_be_focused()
        expect(tab.get_by_text(OFFLINE)).to_be_visible()
    tab.reload()
    expect(area(tab)).to_have_value(4 * SENTENCE)
    expect(tab.get_by_text(BROUGHT_BACK)).to_be_visible()
    soon(lambda: case.kept() == (4 * SENTENCE).strip(), tab)
    soon(lambda: stored(tab) == 0, tab)


def test_a_page_left_open_keeps_its_text_when_the_server_is_back(case: Case) -> None:
    tab = case.open()
    with case.server.gone():
        area(tab).press_sequentially(SENTENCE, delay=10)
    soon(lambda: case.kept() == SENTENCE.strip(), tab)
    expect(tab.get_by_text("Connected again.")).to_be_visible()
    expect(area(tab)).to_have_value(SENTENCE)
    assert stored(tab) == 0


def test_a_lost_network_loses_nothing(case: Case) -> None:
    tab = case.open()
    area(tab).press_sequentially("Before. ", delay=10)
    case.window.set_offline(True)
    area(tab).press_sequentially("Meanwhile. ", delay=10)
    expect(tab.get_by_text(OFFLINE)).to_be_visible()
    assert stored(tab) == 1
    case.window.set_offline(False)
    area(tab).press_sequentially("After.", delay=10)
    soon(lambda: case.kept() == "Before. Meanwhile. After.", tab)
    soon(lambda: stored(tab) == 0, tab)
    assert tab.get_by_role("group").count() == 0


def test_a_tab_closed_in_mid_sentence_is_taken_up_by_the_next(case: Case) -> None:
    tab = case.open()
    area(tab).press_sequentially(SENTENCE, delay=10)
    tab.close()
    following = case.open()
    soon(lambda: area(following).input_value().strip() == SENTENCE.strip(), following)
    soon(lambda: case.kept() == SENTENCE.strip(), following)


def test_a_tab_closed_while_the_server_is_gone_is_taken_up_by_the_next(case: Case) -> None:
    tab = case.open()
    with case.server.gone():
        area(tab).press_sequentially(SENTENCE, delay=10)
        tab.close()
    following = case.open()
    expect(area(following)).to_have_value(SENTENCE)
    expect(following.get_by_text(BROUGHT_BACK)).to_be_visible()
    soon(lambda: case.kept() == SENTENCE.strip(), following)


def test_several_texts_are_brought_back_at_once(case: Case) -> None:
    tab = case.open()
    with case.server.gone():
        for name in ("Reason", "Strengths"):
            area(tab, name).press_sequentially(f"{name} typed in vain")
        tab.close()
    following = case.open()
    expect(following.get_by_text(BROUGHT_BACK)).to_have_count(2)
    soon(lambda: stored(following) == 0, following)
    assert case.kept("strengths") == "Strengths typed in vain"
    expect(following.get_by_text(re.compile(r"^Kept \d\d:\d\d$"))).to_have_count(2)


def test_what_another_tab_is_still_typing_is_left_to_it(case: Case) -> None:
    tab = case.open()
    network(tab, offline=True)
    area(tab).press_sequentially(SENTENCE, delay=10)
    other = case.open()
    other.wait_for_timeout(1000)
    expect(area(other)).to_have_value("")
    assert stored(other) == 1


def test_two_tabs_that_die_unsent_are_both_offered(case: Case) -> None:
    tabs = {text: case.open() for text in ("Typed first.", "Typed second.")}
    with case.server.gone():
        for text, tab in tabs.items():
            area(tab).press_sequentially(text)
        for tab in tabs.values():
            tab.close()
    tab = case.open()
    expect(tab.get_by_role("button", name="Keep mine")).to_be_visible()
    expect(area(tab)).to_have_value("Typed second.")
    expect(tab.get_by_role("blockquote", name="The other text")).to_have_text("Typed first.")


@pytest.mark.parametrize(
    ("tabs", "left"),
    [(2, "Mine"), (3, "Theirs"), (4, "Theirs\n\nMine")],
    ids=["keep mine", "take the other", "put both together"],
)
def test_the_second_tab_to_save_sees_both_texts_and_chooses(
    case: Case, tabs: int, left: str
) -> None:
    mine, theirs = case.open(), case.open()
    area(theirs).press_sequentially("Theirs")
    soon(lambda: case.kept() == "Theirs", theirs)
    area(mine).press_sequentially("Mine")
    expect(mine.get_by_role("blockquote", name="The other text")).to_have_text("Theirs")
    expect(mine.get_by_text("Not kept yet: choose below which text stays.")).to_be_visible()
    expect(area(mine)).to_have_value("Mine")
    assert case.kept() == "Theirs"
    for _tab in range(tabs):
        mine.keyboard.press("Tab")
    mine.keyboard.press("Enter")
    expect(area(mine)).to_be_focused()
    expect(area(mine)).to_have_value(left)
    expect(mine.get_by_role("button", name="Keep mine")).to_be_hidden()
    soon(lambda: case.kept() == left, mine)
    soon(lambda: stored(mine) == 0, mine)


def test_a_text_brought_back_never_overwrites_a_newer_one(case: Case, chromium: Browser) -> None:
    tab = case.open()
    with case.server.gone():
        area(tab).press_sequentially("Mine")
        tab.close()
    another = chromium.new_context()
    theirs = Case(case.server, another, case.number).open()
    area(theirs).press_sequentially("Theirs")
    soon(lambda: case.kept() == "Theirs", theirs)
    another.close()
    tab = case.open()
    expect(tab.get_by_text(BROUGHT_BACK)).to_be_visible()
    expect(area(tab)).to_have_value("Mine")
    expect(tab.get_by_role("blockquote", name="The other text")).to_have_text("Theirs")
    assert case.kept() == "Theirs"


def test_a_page_drawn_again_moves_neither_text_nor_caret(case: Case) -> None:
    tab = case.open()
    area(tab).press_sequentially("The plan  who follows him.")
    area(tab).evaluate("area => area.setSelectionRange(9, 9)")
    area(tab).press_sequentially("na")
    # As another widget would, without taking the focus as a click does.
    tab.get_by_role("button", name="Draw again").evaluate("button => button.click()")
    area(tab).press_sequentially("m")
    expect(tab.get_by_text("Drawn 2 times")).to_be_visible()
    area(tab).press_sequentially("es")
    expect(area(tab)).to_be_focused()
    expect(area(tab)).to_have_value("The plan names who follows him.")
    soon(lambda: case.kept() == "The plan names who follows him.", tab)


def test_a_text_changed_elsewhere_is_shown_where_nothing_is_unsent(case: Case) -> None:
    tab, other = case.open(), case.open()
    area(other).press_sequentially("Written elsewhere.")
    soon(lambda: case.kept() == "Written elsewhere.", other)
    tab.get_by_role("button", name="Draw again").click()
    expect(area(tab)).to_have_value("Written elsewhere.")
    assert stored(tab) == 0


def test_a_pause_draws_the_field_and_not_the_page(case: Case) -> None:
    tab = case.open()
    # Letters that are Streamlit's own shortcuts for drawing again and for clearing its cache.
    area(tab).press_sequentially("rc ")
    soon(lambda: case.kept() == "rc", tab)
    tab.keyboard.press("Tab")
    tab.keyboard.type("Strong.")
    soon(lambda: case.kept("strengths") == "Strong.", tab)
    expect(tab.get_by_text("Drawn 1 times")).to_be_visible()
    assert tab.get_by_role("dialog").count() == 0
    tab.get_by_role("button", name="Draw again").click()
    expect(tab.get_by_text("Drawn 2 times")).to_be_visible()
    expect(tab.get_by_text("Reason: 2 characters held")).to_be_visible()


def test_blanks_that_the_server_takes_away_stay_while_somebody_types(case: Case) -> None:
    tab = case.open()
    area(tab).press_sequentially("The plan ")
    soon(lambda: case.kept() == "The plan", tab)
    expect(tab.get_by_text(re.compile(r"Kept \d\d:\d\d"))).to_be_visible()
    area(tab).press_sequentially("names him.")
    soon(lambda: case.kept() == "The plan names him.", tab)


def test_a_click_straight_after_typing_takes_the_text_along(case: Case) -> None:
    tab = case.open()
    area(tab).press_sequentially("Twelve chars")
    # As long as a finger takes: Streamlit sends what happens within a millisecond as one.
    tab.get_by_role("button", name="Draw again").click(delay=40)
    expect(tab.get_by_text("Reason: 12 characters held")).to_be_visible()


def test_a_refused_text_says_why_and_stays(case: Case) -> None:
    tab = case.open()
    area(tab).fill("long " * 500)
    refused = tab.get_by_text("Not kept: The text is too long. Write at most")
    expect(refused).to_be_visible()
    tab.reload()
    expect(area(tab)).to_have_value("long " * 500)
    expect(refused).to_be_visible()
    area(tab).fill("short")
    soon(lambda: case.kept() == "short", tab)


def test_words_are_pointed_out_as_they_are_kept(case: Case) -> None:
    tab = case.open()
    area(tab).press_sequentially("A lifestyle choice")
    expect(tab.get_by_role("listitem")).to_contain_text("A child cannot choose to be exploited.")
    expect(tab.get_by_role("listitem")).to_contain_text("Say what was done to the child.")
    area(tab).fill("It says “lifestyle choice”.")
    expect(tab.get_by_role("listitem")).to_contain_text("quoted from the file")
    area(tab).fill("")
    expect(tab.get_by_role("listitem")).to_have_count(0)


def test_label_help_and_state_are_told_to_those_who_listen(case: Case) -> None:
    tab = case.open()
    expect(area(tab)).to_have_accessible_name("Reason")
    expect(area(tab)).to_have_accessible_description(re.compile("What the file shows"))
    area(tab).press_sequentially("Something")
    expect(area(tab)).to_have_accessible_description(re.compile(r"Kept \d\d:\d\d"))


def test_nothing_stays_in_the_browser_once_a_case_is_submitted(case: Case) -> None:
    tab = case.open()
    with case.server.gone():
        area(tab).press_sequentially("Unsent")
        assert stored(tab) == 1
        tab.close()
    submitted = case.open("&submitted=yes")
    soon(lambda: stored(submitted) == 0, submitted)


def test_only_the_owner_is_offered_a_text_and_not_after_thirty_days(case: Case) -> None:
    tab = case.open()
    write = """([name, days]) => localStorage.setItem(name, JSON.stringify(
        {text: "Left behind", seen: "", sent: [], at: Date.now() - days * 86400000}))"""
    own = f"kept-text/an-inspector/case-{case.number}-reason/gone"
    someone_elses = f"kept-text/another-inspector/case-{case.number}-reason/gone"
    tab.evaluate(write, [own, 31])
    tab.evaluate(write, [someone_elses, 1])
    tab.reload()
    expect(area(tab)).to_have_value("")
    assert names_stored(tab) == [someone_elses]


def test_no_text_is_in_an_address_or_in_a_log(case: Case) -> None:
    tab = case.open()
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("request", lambda request: asked.append(request.url))
    area(tab).press_sequentially("Unmistakable")
    soon(lambda: case.kept() == "Unmistakable", tab)
    tab.reload()
    expect(area(tab)).to_have_value("Unmistakable")
    everything = [*said, *asked, tab.url, case.server.log.read_text()]
    assert not [line for line in everything if "Unmistakable" in line]
