"""Whoever watches the app sees page runs, refusals and errors, and nobody's name or words."""

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import streamlit.config
import streamlit.logger
from prometheus_client import generate_latest

from data_model.forms import CaseForm
from data_model.vocabulary import CaseKind
from inspect_app import logs, monitoring
from inspect_app.errors import Refusal
from inspect_app.served import OPTIONS, _handed_on
from inspect_app.services import cases, keeping
from pages import PAGES
from tests.pages.test_case_review import READER, number, press
from tests.support.cases import INSPECTION
from tests.support.screen import Opener, SignIn

NAME, REFERENCE, WORDS = "Kayleigh Canary", "CWM-C777", "she was seen at the canary wharf hotel"
CANARIES = ("canary", "777", "wharf", "gwenllian", "prys", "cwm-", "cwm helyg", "aldermere")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as a served app writes it, Streamlit's own lines among it."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    held, level = root.handlers, root.level
    others = {each: (each.handlers, each.propagate) for each in streamlit.logger._loggers.values()}
    stream = io.StringIO()
    assert "--logger.enableRich=false" in OPTIONS
    rich = streamlit.config.get_option("logger.enableRich")
    streamlit.config.set_option("logger.enableRich", False)  # noqa: FBT003 - its own signature
    logs.begin(stream)
    for each in others:
        _handed_on(each)
    yield stream
    streamlit.config.set_option("logger.enableRich", rich)
    root.handlers, root.level = held, level
    logging.captureWarnings(capture=False)
    sys.excepthook, threading.excepthook = hooks
    for each, (handlers, propagate) in others.items():
        each.handlers, each.propagate = handlers, propagate


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    """Return the lines of the log; each must be JSON."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def _page_runs(log: io.StringIO) -> list[dict[str, Any]]:
    return [line for line in lines(log) if line.get("event") == "page-run"]


def _runs(log: io.StringIO) -> list[tuple[str, str, str]]:
    return [(line["page"], line["outcome"], line["kind"]) for line in _page_runs(log)]


def _check_no_canary(text: str) -> None:
    lowered = text.lower()
    assert [canary for canary in CANARIES if canary in lowered] == []


def test_a_page_run_is_logged_and_counted_with_what_came_of_it(
    open_page: Opener, log: io.StringIO
) -> None:
    open_page("case-review", READER)
    open_page("case-review", "samira-publisher", case="1")
    assert _runs(log) == [
        ("case-review", "shown", "none"),
        ("case-review", "refused", "NotAllowed"),
    ]
    first, second = _page_runs(log)
    assert first["roles"] == "inspector"
    assert first["session"] != second["session"]
    counted = generate_latest(monitoring.REGISTRY).decode()
    assert 'inspect_app_page_runs_total{outcome="refused",page="case-review"}' in counted
    assert 'inspect_app_refusals_total{kind="NotAllowed"}' in counted
    _check_no_canary(log.getvalue() + counted)


def test_nothing_that_is_recorded_refused_or_broken_leaves_a_trace_in_the_log(
    open_page: Opener,
    signed_in: SignIn,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    me = signed_in(READER)
    form = CaseForm(reference=REFERENCE, kind=CaseKind.CSE)
    made = cases.begin(INSPECTION, form, by=me)
    keeping.keep(made, "summary", WORDS, None, by=me)
    app = open_page("case-review", READER, case=str(made))
    press(app, "Submit")
    with pytest.raises(Refusal):
        cases.begin(INSPECTION, form, by=me)
    open_page("case-review", "marcus-inspector", case=str(made))
    for page in PAGES:
        open_page(page.path, READER, case=number(REFERENCE, me))

    def broken(*_given: object, **_named: object) -> None:
        local = f"{NAME} {WORDS}"
        raise RuntimeError(local)

    monkeypatch.setattr(cases, "mine", broken)
    assert open_page("case-review", READER).exception
    assert ("case-review", "failed", "RuntimeError") in _runs(log)
    failed = [line["error"] for line in lines(log) if "error" in line]
    assert any(each["stack"][-1].endswith(" broken") for each in failed)
    printed = "".join(capfd.readouterr())
    _check_no_canary(log.getvalue() + printed + generate_latest(monitoring.REGISTRY).decode())
