"""A journey: people sign in with a real OpenID provider, in a real browser, and out again."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import text

from data_model.database import Database, open_database
from data_model.forms import IdentityForm, InvitationForm
from inspect_app.services import cases, people, people_keeping
from inspect_app.services.trail import latest
from tests.support import browser, provider
from tests.support.app_server import App
from tests.support.provider import Provider
from tests.support.samples import Template

pytestmark = pytest.mark.journey

READER, INVITED, LEFT = "gwenllian-elsewhere", "priya-lead", "marcus-inspector"
MAIL = "priya.lead@joint-inspectorate.example"
MILLISECONDS = 30_000
SENTENCE = "The chronology names each adult, and nobody asked who the keeper was."


def _made_real(database: Database, issuer: str) -> None:
    """Take three people of the samples for people of flesh and blood, one of whom has left."""
    with database.writing.begin() as connection:
        for code in (READER, INVITED, LEFT):
            connection.execute(
                text("UPDATE person SET demonstration = false WHERE code = :code"), {"code": code}
            )
    keeper = people.keeper(database)
    for code in (READER, LEFT):
        people_keeping.link(code, IdentityForm(subject=code), issuer, by=keeper)
    people_keeping.invite(INVITED, InvitationForm(mail=MAIL), by=keeper)
    people_keeping.end(LEFT, "Has left.", by=keeper)


@pytest.fixture(scope="module")
def said_by(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """The organisation's provider."""
    with provider.running(tmp_path_factory.mktemp("provider") / "log") as running:
        yield running


@pytest.fixture(scope="module")
def app(
    sqlite_samples: Template, said_by: Provider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[App]:
    """The app on a database with people of flesh and blood, told of the provider."""
    file = tmp_path_factory.mktemp("app") / "samples.db"
    address = f"sqlite:///{file.as_posix()}"
    with sqlite_samples.copied(address) as database:
        _made_real(database, said_by.address)
        served = App(address)
        served.settings = said_by.settings(served.address)
        served.start()
        yield served
        served.end()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser."""
    with sync_playwright() as playwright:
        running = browser.launch(playwright)
        yield running
        running.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser as one person has it."""
    opened = chromium.new_context(viewport={"width": 1400, "height": 1000})
    opened.set_default_timeout(MILLISECONDS)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def patient() -> Iterator[None]:
    """Wait as long as a busy machine needs."""
    expect.set_options(timeout=MILLISECONDS)
    yield
    expect.set_options(timeout=5_000)


def at_provider(tab: Page, subject: str, button: str = "Sign in with your organisation") -> None:
    """Go to the provider from the page that offers it, and be this person there."""
    tab.get_by_role("button", name=button).click()
    tab.get_by_placeholder("sub").fill(subject)
    tab.get_by_role("button", name="Authorize").click()


def test_a_known_person_is_let_in_where_they_were_going_and_signs_out_everywhere(
    app: App, said_by: Provider, window: BrowserContext
) -> None:
    said_by.says(READER, roles=["administrator"], organisation="somewhere-else")
    tab = window.new_page()
    tab.goto(f"{app.address}/inspections?inspection=CWM-2026-NCPI")
    expect(tab.get_by_role("button", name="Sign in with your organisation")).to_be_visible()
    assert tab.get_by_text("Sign in as").count() == 0
    at_provider(tab, READER)
    expect(tab.get_by_text("Signed in as")).to_contain_text("Gwenllian Prys")
    expect(tab).to_have_url(f"{app.address}/inspections?inspection=CWM-2026-NCPI")
    expect(tab.get_by_role("heading", name="Cwm Helyg", exact=False).first).to_be_visible()
    assert tab.get_by_role("link", name="Trail").count() == 0

    other = window.new_page()
    other.goto(app.address)
    expect(other.get_by_text("Signed in as")).to_be_visible()
    copied = window.cookies()
    tab.get_by_role("button", name="Sign out").click()
    tab.get_by_role("button", name="End session").click()
    expect(tab.get_by_role("button", name="Sign in with your organisation")).to_be_visible()

    other.get_by_role("link", name="Inspections", exact=True).click()
    expect(other.get_by_role("heading", name="Sign in again")).to_be_visible()
    window.add_cookies(list(copied))  # type: ignore[arg-type]
    thief = window.new_page()
    thief.goto(app.address)
    expect(thief.get_by_text("you signed out")).to_be_visible()


def test_somebody_unknown_is_told_whom_to_ask_and_sees_nothing_else(
    app: App, said_by: Provider, window: BrowserContext
) -> None:
    said_by.says("stranger", name="A stranger")
    tab = window.new_page()
    tab.goto(app.address)
    at_provider(tab, "stranger")
    expect(tab.get_by_text("you have no account here")).to_be_visible()
    expect(tab.get_by_text("Ask the administrator of this installation")).to_be_visible()
    expect(tab.get_by_text("stranger", exact=True)).to_be_visible()
    assert tab.get_by_role("link", name="Inspections").count() == 0


def test_somebody_who_left_is_not_let_in(
    app: App, said_by: Provider, window: BrowserContext
) -> None:
    tab = window.new_page()
    tab.goto(f"{app.address}/inspections")
    at_provider(tab, LEFT)
    expect(tab.get_by_text("Your account here has ended")).to_be_visible()
    assert tab.get_by_text("Signed in as").count() == 0


def test_an_address_recognises_the_invited_only_once_it_is_verified(
    app: App, said_by: Provider, window: BrowserContext
) -> None:
    said_by.says("subject-of-priya", email=MAIL, email_verified=False)
    tab = window.new_page()
    tab.goto(app.address)
    at_provider(tab, "subject-of-priya")
    expect(tab.get_by_text("does not say that your e-mail address is verified")).to_be_visible()
    tab.get_by_role("button", name="Use another account").click()
    tab.get_by_role("button", name="End session").click()

    said_by.says("subject-of-priya", email=MAIL, email_verified=True)
    at_provider(tab, "subject-of-priya")
    expect(tab.get_by_text("Signed in as")).to_contain_text("Priya Raman")
    database = open_database(app.database)
    noted = {(line.action, line.subject) for line in latest(by=people.keeper(database))}
    database.close()
    assert {("person.linked", f"person {INVITED}"), ("person.signed_in", f"person {INVITED}")} <= (
        noted
    )


def test_a_sign_in_that_expires_in_use_asks_again_and_keeps_what_was_typed(
    app: App, said_by: Provider, window: BrowserContext
) -> None:
    case = _draft(app)
    said_by.says(READER, exp=int(time.time()) + 25)
    tab = window.new_page()
    tab.goto(f"{app.address}/case-review?case={case}")
    at_provider(tab, READER)
    tab.get_by_role("tab", name="Findings", exact=True).click()
    reason = tab.get_by_role("textbox", name="Reason")
    expect(reason).to_be_visible()
    expect(tab.get_by_text("Your sign-in has ended").first).to_be_visible()
    reason.press_sequentially(SENTENCE, delay=5)
    expect(tab.get_by_text("Your sign-in has ended", exact=False).nth(1)).to_be_visible()
    assert SENTENCE not in str(_kept(app, case))

    tab.get_by_role("link", name="Home").click()
    expect(tab.get_by_role("heading", name="Sign in again")).to_be_visible()
    said_by.says(READER)
    at_provider(tab, READER, "Sign in again")
    expect(tab.get_by_text("Signed in as")).to_be_visible()
    tab.goto(f"{app.address}/case-review?case={case}")
    tab.get_by_role("tab", name="Findings", exact=True).click()
    expect(tab.get_by_role("textbox", name="Reason")).to_have_value(SENTENCE)
    tab.wait_for_timeout(2500)
    assert SENTENCE in str(_kept(app, case))


def _draft(app: App) -> int:
    database = open_database(app.database)
    lines = cases.mine(by=people.acting(READER, database))
    database.close()
    return next(line.id for line in lines if line.reference == "CWM-C11")


def _kept(app: App, case: int) -> object:
    database = open_database(app.database)
    held = cases.view(case, by=people.acting(READER, database)).now
    database.close()
    return held
