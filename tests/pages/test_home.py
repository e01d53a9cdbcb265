"""Home shows everyone what waits for them, and what to do next when nothing does."""

import pytest

from data_model.vocabulary import CaseStatus
from inspect_app.services import cases
from tests.support.screen import Opener, SignIn, links, said

EVERYBODY = [
    "priya-lead",
    "marcus-inspector",
    "ellen-inspector",
    "gwenllian-elsewhere",
    "rhodri-inspector",
    "nadia-auditor",
    "samira-publisher",
    "ruth-verifier",
    "ben-administrator",
    "patrick-board",
    "joanna-director",
    "desmond-director",
    "meilin-director",
    "harpreet-director",
]


@pytest.mark.parametrize("person", EVERYBODY)
def test_home_opens_for_everyone(open_page: Opener, person: str) -> None:
    app = open_page("home", person)
    assert not app.exception
    assert not app.error
    assert [title.value for title in app.title] == ["Home"]


@pytest.mark.parametrize(
    ("person", "waits"),
    [
        ("gwenllian-elsewhere", "Your drafts (4)"),
        ("priya-lead", "Waiting for you to agree the findings (1)"),
        ("priya-lead", "Disputes to decide (1)"),
        ("priya-lead", "Cases ready to be locked: 4."),
        ("priya-lead", "2 cases wait. Ask a reader."),
        ("rhodri-inspector", "Second readings to do (1)"),
        ("rhodri-inspector", "2 cases wait. Take one."),
        ("joanna-director", "Past the original date (1)"),
        ("desmond-director", "Sent back by the verifier (1)"),
        ("ruth-verifier", "Evidence waiting to be judged (3)"),
        ("samira-publisher", "Findings agreed since the last release (3)"),
        ("patrick-board", "Newest inspections of your area (2)"),
        ("ben-administrator", "Newest events of the trail"),
    ],
)
def test_home_says_what_waits_and_how_much_of_it(
    open_page: Opener, person: str, waits: str
) -> None:
    assert waits in said(open_page("home", person))


def test_a_draft_on_home_leads_to_its_case_and_says_what_is_outstanding(
    open_page: Opener, signed_in: SignIn
) -> None:
    mine = cases.mine(by=signed_in("gwenllian-elsewhere"))
    draft = next(line for line in mine if line.reference == "CWM-C09")
    app = open_page("home", "gwenllian-elsewhere")
    assert links(app)["CWM-C09, CWM-2026-NCPI"] == f"case-review?case={draft.id}"
    assert "Still to do: the child, network and flags" in said(app)


def test_nobody_sees_another_readers_drafts_on_home(open_page: Opener) -> None:
    for person in ("marcus-inspector", "ellen-inspector", "patrick-board", "samira-publisher"):
        app = open_page("home", person)
        assert "CWM-" not in said(app)
        assert not [label for label in links(app) if "CWM-" in label]


def test_where_nothing_waits_home_says_what_to_do_next(open_page: Opener) -> None:
    text = said(open_page("home", "marcus-inspector"))
    assert "None of your inspections is being read now." in text
    text = said(open_page("home", "desmond-director"))
    assert "Your organisation has answered every recommendation made to it." in text


def test_what_is_submitted_no_longer_waits(open_page: Opener, signed_in: SignIn) -> None:
    reader = signed_in("gwenllian-elsewhere")
    submitted = [line for line in cases.mine(by=reader) if line.status is CaseStatus.SUBMITTED]
    cases.take_back(submitted[0].id, "One more record came in.", by=reader)
    assert "Your drafts (5)" in said(open_page("home", "gwenllian-elsewhere"))
    cases.submit(submitted[0].id, cases.view(submitted[0].id, by=reader).version, by=reader)
    assert "Your drafts (4)" in said(open_page("home", "gwenllian-elsewhere"))


def test_home_marks_invented_places(open_page: Opener) -> None:
    labels = links(open_page("home", "priya-lead"))
    assert all("(invented)" in label for label in labels if "Cwm Helyg" in label)


def test_what_waits_for_a_second_reader_leads_to_moderation_and_says_no_more(
    open_page: Opener,
) -> None:
    app = open_page("home", "rhodri-inspector")
    asked = {link.proto.page: link.proto.query_string for link in app.get("page_link")[::-1]}
    assert asked["moderation"] == "inspection=CWM-2026-NCPI"
    text = said(app)
    for word in ("Inadequate", "lowest", "CWM-C01", "CWM-C07"):
        assert word not in text
