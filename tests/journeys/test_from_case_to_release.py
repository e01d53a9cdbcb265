"""A journey: a case is recorded, counted, recommended on, and released."""

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as WaitedTooLong

from data_model.database import Database
from tests.support import browser
from tests.support.app_server import serving

pytestmark = pytest.mark.journey

INSPECTION = "BRK-2025-AUDIT"
TITLE = "Follow what is known about those who exploit boys"
TITLE_AND_CODE = (
    "Brackenshire: multi-agency audit of sexually exploited children and children who go missing "
    f"(invented) ({INSPECTION})"
)
THEMES = ("T1", "T2", "T3", "T4", "T7")
SECONDS = 30_000
TRIES = 6
expect.set_options(timeout=SECONDS)
FAILED = Path(tempfile.gettempdir()) / "journey-failed.png"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser."""
    with sync_playwright() as playwright:
        running = browser.launch(playwright)
        yield running
        running.close()


@contextmanager
def signed_in(chromium: Browser, address: str, name: str) -> Iterator[Page]:
    """Give a window in which this person is signed in."""
    window = chromium.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    page = window.new_page()
    page.set_default_timeout(SECONDS)
    page.goto(address)
    page.get_by_text(name).first.click()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    try:
        yield page
    except BaseException:
        page.screenshot(path=FAILED, full_page=True)
        raise
    window.close()


def settle(page: Page) -> None:
    """Wait until the app has drawn what was last asked of it."""
    page.wait_for_timeout(300)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=SECONDS)


def take(page: Page, menu: Locator, option: Locator) -> None:
    """Take an option from a menu, opening it again if the page was still being drawn."""
    settle(page)
    for _ in range(TRIES):
        menu.click()
        try:
            option.click(timeout=SECONDS / TRIES)
        except WaitedTooLong:
            continue
        return
    option.click()


def choose(page: Page, question: str, answer: str) -> None:
    """Choose an answer of a question that is in sight, from its buttons or its list."""
    buttons = page.get_by_role("radiogroup", name=question, exact=True).filter(visible=True)
    menu = page.get_by_role("combobox", name=question, exact=True).filter(visible=True)
    expect(buttons.or_(menu).first).to_be_visible()
    if buttons.count():
        buttons.get_by_text(answer, exact=True).click()
    else:
        take(page, menu, page.get_by_role("option", name=answer, exact=True))
    settle(page)


def pick(page: Page, question: str | re.Pattern[str], answer: str) -> None:
    """Add an answer to a question that takes several."""
    menu = page.get_by_role("combobox", name=question).filter(visible=True)
    take(page, menu, page.get_by_role("option", name=answer))
    page.keyboard.press("Escape")
    settle(page)


def fill(page: Page, label: str | re.Pattern[str], text: str) -> None:
    """Write into a field that is in sight, and leave it."""
    field = page.get_by_role("textbox", name=label).filter(visible=True)
    field.fill(text)
    field.press("Tab")
    settle(page)


def open_inspection(page: Page, title: str) -> None:
    """Go to an inspection's workspace by the menu and the list."""
    page.get_by_role("link", name="Inspections", exact=True).click()
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def read_cases(page: Page) -> str:
    """Return how many cases the workspace says were read and submitted."""
    return page.get_by_text("Cases read", exact=False).first.locator("xpath=..").inner_text()


def section(page: Page, name: str) -> None:
    """Open a part of the sheet."""
    page.get_by_role("tab", name=name, exact=True).click(delay=40)
    settle(page)


def record_the_file(page: Page) -> None:
    """Fill every section about the file, the child and the agencies' practice."""
    fill(page, "Practice read from", "2025-01-01")
    fill(page, "Practice read to", "2025-05-31")
    choose(page, "Lead agency", "Brackenshire County Council (invented)")
    for name, answers in SHEET.items():
        section(page, name)
        for question, answer in answers:
            choose(page, question, answer)


SHEET = {
    "The child": (
        ("Age", "13 to 15"),
        ("Sex", "Male"),
        ("Ethnicity", "Not recorded by the agency"),
        ("Disabled", "No"),
        ("In care", "No"),
        ("Where the child lives", "With family"),
    ),
    "Risk and harm": (
        ("Risk and harm", "Experiencing or has experienced exploitation"),
        ("What the agency wrote", "Medium"),
    ),
    "Network and flags": (
        ("Network", "Suspected"),
        ("Flagged as exploitation on the system", "No"),
        ("Meets the definition", "Yes"),
        ("Also flagged as criminal exploitation", "No"),
    ),
    "Perpetrators": (("Perpetrators", "Looked for and not identified"),),
    "Missing": (("Went missing in the period of practice", "No"),),
    "Disruption": (
        ("Disruption was tried", "No"),
        ("A notice or order was used against the child", "No"),
    ),
    "Language": (("Language in the file blames the child", "No"),),
    "The child's voice": (("The child's own words or views are recorded", "No"),),
    "Sanctions on the child": (
        ("The child was charged with an offence linked to the exploitation", "No"),
    ),
}


def grade_the_themes(page: Page) -> None:
    """Grade every theme but one, of which the file does not show enough."""
    section(page, "Findings")
    for theme in (*THEMES, "T5"):
        page.get_by_role("tab", name=re.compile(f"^{theme} ")).click(delay=40)
        settle(page)
        if theme == "T5":
            choose(page, "Grade", "Not graded: the file does not show enough to judge")
        else:
            page.get_by_text(f"{theme}.1", exact=True).filter(visible=True).click()
            settle(page)
            choose(page, "Grade", "Good")
            fill(page, "Reason", "The record shows it was done, and when.")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_case_becomes_a_count_a_recommendation_and_a_release(
    database: Database, chromium: Browser
) -> None:
    address_of_database = database.url.render_as_string(hide_password=False)
    title = "Brackenshire: multi-agency audit"
    with serving(address_of_database) as address:
        with signed_in(chromium, address, "Priya Raman") as lead:
            _reopen(lead, title)
        with signed_in(chromium, address, "Marcus Adeyemi") as inspector:
            _record(inspector)
        with signed_in(chromium, address, "Priya Raman") as lead:
            _agree_and_recommend(lead, title)
        with signed_in(chromium, address, "Harpreet Gill") as director:
            _accept(director)
        with signed_in(chromium, address, "Samira Haddad") as publisher:
            _draw_up_and_check(publisher)
        with signed_in(chromium, address, "Eleri Vaughan") as approver:
            _approve(approver)
        with signed_in(chromium, address, "Samira Haddad") as publisher:
            released = _release(publisher)
    rows = released["evidence_base"]
    read = {row["cases_read"] for row in rows if row["inspection"] == INSPECTION}
    good = [r for r in rows if (r["theme"], r["grade"]) == ("T1", "good")]
    assert read == {"14"}
    assert [row["cases"] for row in good] == ["4"]
    asked = {row["title"]: row["label"] for row in released["recommendations"]}
    assert asked[TITLE] == "Council says not started. Not yet tested."


def _reopen(lead: Page, title: str) -> None:
    open_inspection(lead, title)
    fill(lead, "Why it is reopened", "A boy's file was found after the audit.")
    lead.get_by_role("button", name="Reopen").click()
    expect(lead.get_by_text("The inspection is open again")).to_be_visible()


def _record(inspector: Page) -> None:
    inspector.get_by_role("link", name="Case review", exact=True).click()
    choose(inspector, "Kind of case", "Child sexual exploitation and missing")
    inspector.get_by_role("button", name="Begin").click()
    expect(inspector.get_by_role("heading", name="Case BRK-")).to_be_visible()
    record_the_file(inspector)
    grade_the_themes(inspector)
    expect(inspector.get_by_text("Nothing stands in the way of submitting.")).to_be_visible()
    inspector.get_by_role("button", name="Submit", exact=True).click(delay=40)
    expect(inspector.get_by_role("heading", name="Receipts")).to_be_visible()


def _agree_and_recommend(lead: Page, title: str) -> None:
    open_inspection(lead, title)
    expect(lead.get_by_role("link", name="BRK-C14")).to_be_visible()
    lead.get_by_role("link", name="Moderation", exact=True).first.click()
    lead.get_by_role("button", name=re.compile("^Lock")).first.click()
    expect(lead.get_by_text("Its readers may read them now")).to_be_visible()
    open_inspection(lead, title)
    lead.get_by_role("button", name="Agree the findings").click()
    expect(lead.get_by_text("The findings are agreed")).to_be_visible()
    lead.get_by_role("link", name="Recommendations", exact=True).click()
    _write_recommendation(lead)


def _write_recommendation(lead: Page) -> None:
    lead.get_by_text("Write", exact=True).click()
    choose(lead, "Inspection", TITLE_AND_CODE)
    pick(lead, "Themes", "Profiling and disruption")
    fill(lead, "Title", TITLE)
    fill(lead, "Wording", "The partners should follow what is known about those who exploit boys.")
    pick(lead, "Addressed to", "Brackenshire County Council (invented)")
    pick(lead, re.compile(r"Good \(4\)$", re.IGNORECASE), "BRK-C14")
    fill(lead, "Made on", "2026-11-20")
    lead.get_by_role("button", name="Write the recommendation").click()
    expect(lead.get_by_text("is written")).to_be_visible()
    lead.get_by_text("Publish it", exact=True).click()
    lead.get_by_role("button", name="Publish it and fix its words").click()
    expect(lead.get_by_text("is published. Its bodies can answer it now.")).to_be_visible()


def _accept(director: Page) -> None:
    director.get_by_role("link", name="Recommendations", exact=True).click()
    director.get_by_role("link", name=re.compile("^Follow what is known")).click()
    director.get_by_text("Respond", exact=True).first.click()
    fill(director, "Steps", "Read each boy's file with the police.")
    fill(director, "Responsible role", "Head of service")
    fill(director, "Date", "2097-03-31")
    director.get_by_role("button", name="Respond").click()
    expect(director.get_by_text("Response is now “Accepted”.")).to_be_visible()


def _draw_up_and_check(publisher: Page) -> None:
    publisher.get_by_role("link", name="Releases", exact=True).click()
    choose(publisher, "What it covers", "Some inspections")
    pick(publisher, "Inspections", TITLE_AND_CODE)
    publisher.get_by_role("button", name="Draw it up").click()
    expect(publisher.get_by_text("is drawn up: what it says is frozen now.")).to_be_visible()
    publisher.get_by_role("button", name="Start the checks").click()
    expect(publisher.get_by_text("Its checks have begun.")).to_be_visible()
    _read_every_text(publisher)
    fill(publisher, re.compile("^Why it may stand"), "It is said beside the counts.")
    publisher.get_by_role("button", name="Acknowledge it").click()
    expect(publisher.get_by_text("The warning is acknowledged")).to_be_visible()
    publisher.get_by_role("button", name="Hand it to a second approver").click()
    expect(publisher.get_by_text("It waits for a second approver.")).to_be_visible()


def _read_every_text(publisher: Page) -> None:
    """Read one after the other what nobody has read at its present wording."""
    unread = publisher.get_by_role("button", name="I have read it, and it is right to publish it")
    expect(unread.first).to_be_visible()
    for left in range(unread.count() - 1, -1, -1):
        unread.first.click()
        expect(unread).to_have_count(left)


def _approve(approver: Page) -> None:
    approver.get_by_role("link", name="Draft release 2: inspection BRK-2025-AUDIT").click()
    approver.get_by_role("button", name="Approve it").click()
    expect(approver.get_by_text("It is approved.")).to_be_visible()


def _release(publisher: Page) -> dict[str, list[dict[str, str]]]:
    publisher.get_by_role("link", name="Releases", exact=True).click()
    publisher.get_by_role("link", name="Draft 2: Inspection BRK-2025-AUDIT").click()
    publisher.get_by_role("button", name="Publish it").click()
    expect(publisher.get_by_text("Release 1 is published.")).to_be_visible()
    with publisher.expect_download() as download:
        publisher.get_by_role("button", name="Download release 1").click()
    with zipfile.ZipFile(download.value.path()) as bundle:
        return {name: _rows(bundle, name) for name in ("evidence_base", "recommendations")}


def _rows(bundle: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    text = bundle.read(f"release-0001/data/{name}.csv").decode()
    return list(csv.DictReader(io.StringIO(text)))
