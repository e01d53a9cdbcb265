"""The log: what happened, in a form a machine reads, and nothing of anybody."""

import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from data_model.database import Database
from inspect_app import logs, monitoring

CANARY = "Kayleigh Canary CWM-C77"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log of this process, for as long as a test lasts."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    held, level = root.handlers, root.level
    stream = io.StringIO()
    logs.begin(stream)
    yield stream
    root.handlers, root.level = held, level
    logging.captureWarnings(capture=False)
    sys.excepthook, threading.excepthook = hooks


def lines(log: io.StringIO) -> list[dict[str, object]]:
    """Return the lines of the log; each must be JSON."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_line_holds_when_what_and_declared_fields(log: io.StringIO) -> None:
    logs.say("page-run", page="case-review", outcome="shown", seconds=0.2, roles="lead_inspector")
    (line,) = lines(log)
    assert line.pop("at")
    assert line == {
        "level": "info",
        "event": "page-run",
        "page": "case-review",
        "outcome": "shown",
        "seconds": 0.2,
        "roles": "lead_inspector",
    }


def test_a_field_that_is_not_declared_is_a_mistake_of_ours(log: io.StringIO) -> None:
    with pytest.raises(KeyError):
        logs.say("page-run", person="priya-lead")


@given(name=st.sampled_from(sorted(logs.FIELDS)), words=st.text(min_size=1))
def test_no_field_takes_a_sentence_a_capital_name_or_a_reference(name: str, words: str) -> None:
    for value in (f"{words} {words}", CANARY, "CWM-C77", f"{words}-1"):
        assert logs._of_its_form(name, value) == logs.UNSAID


def test_the_words_of_other_packages_are_left_out_and_their_place_is_kept(
    log: io.StringIO,
) -> None:
    logging.getLogger("somebody.else").warning("about %s and " + CANARY, CANARY)
    logging.getLogger("somebody.else").info("news of %s", CANARY)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(CANARY, stacklevel=1)
    first, second = lines(log)
    assert first["logger"] == "somebody.else"
    assert str(first["where"]).startswith("test_logs.py:")
    assert second["logger"] == "py.warnings"
    assert "Canary" not in log.getvalue()


def test_an_error_is_its_class_and_stack_without_values(log: io.StringIO) -> None:
    def inner(reference: str) -> None:
        raise KeyError(reference)

    try:
        try:
            inner(CANARY)
        except KeyError as problem:
            raise ValueError(CANARY) from problem
    except ValueError:
        logging.getLogger("somebody.else").exception("said %s", CANARY)
    (line,) = lines(log)
    error = line["error"]
    assert isinstance(error, dict)
    assert error["kind"] == "ValueError"
    assert error["after"]["kind"] == "KeyError"
    assert error["after"]["stack"][-1].endswith(" inner")
    assert "Canary" not in log.getvalue()


def test_what_nobody_caught_is_logged_in_the_same_way(log: io.StringIO) -> None:
    def fail() -> None:
        raise RuntimeError(CANARY)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    (line,) = lines(log)
    assert line["event"] == "uncaught"
    assert line["level"] == "critical"
    assert "RuntimeError" in log.getvalue()
    assert "Canary" not in log.getvalue()


def test_a_statement_that_fails_tells_nobody_what_it_was_given(
    database: Database, log: io.StringIO
) -> None:
    def counted() -> float:
        samples = [s for each in monitoring.DATABASE_ERRORS.collect() for s in each.samples]
        return sum(sample.value for sample in samples if sample.name.endswith("_total"))

    before = counted()
    for engine in (database.writing, database.plain):
        with pytest.raises(SQLAlchemyError) as met, engine.connect() as connection:
            connection.execute(text("SELECT * FROM nothing WHERE name = :name"), {"name": CANARY})
        assert "Canary" not in str(met.value)
    assert counted() == before + 2
