"""Sign-in: a demonstration for this machine only, or a provider and no demonstration."""

from types import SimpleNamespace

import pytest
import streamlit as st
from sqlalchemy import text as sql

from data_model.database import open_database
from inspect_app import sign_in_settings
from inspect_app.ui import provider, session
from tests.support.screen import Opener, said


@pytest.mark.parametrize("server", ["127.0.0.1", "127.8.0.1", "localhost", "::1"])
@pytest.mark.parametrize("asker", [None, "127.0.0.1", "::1"])
def test_the_demonstration_is_for_this_machine(server: str, asker: str | None) -> None:
    assert provider.both_loopback(server, asker)


@pytest.mark.parametrize(
    ("server", "asker"),
    [
        (None, None),
        ("", None),
        ("0.0.0.0", None),  # noqa: S104 - what is refused
        ("10.1.2.3", None),
        ("inspection.example", None),
        ("127.0.0.1", "10.1.2.3"),
        ("127.0.0.1", "somebody"),
    ],
)
def test_the_demonstration_is_refused_where_others_could_reach_it(
    server: str | None, asker: str | None
) -> None:
    assert not provider.both_loopback(server, asker)


def test_a_refused_sign_in_signs_nobody_in(open_page: Opener) -> None:
    app = open_page("")
    app.radio[0].set_value("patrick-board")
    app.button[0].click().run()
    assert session.PERSON not in app.session_state
    assert "works on this machine only" in said(app)


def test_sign_in_says_that_it_is_a_demonstration(open_page: Opener) -> None:
    text = said(open_page(""))
    assert "Demonstration" in text
    assert "invented" in text


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "127.0.0.1:8501", "X-Forwarded-For": "127.0.0.1"},
        {"Host": "localhost:8501", "X-Real-Ip": "203.0.113.7"},
        {"Host": "localhost", "Via": "1.1 proxy"},
        {"Host": "evidence.example"},
        {"Host": "127.0.0.1.evidence.example:8501"},
        {"Host": "localhost@evidence.example"},
        {"Host": "[2001:db8::1]:8501"},
    ],
)
def test_the_demonstration_is_refused_behind_a_proxy_or_under_another_name(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    def machine(asked: dict[str, str]) -> bool:
        monkeypatch.setattr(st, "get_option", lambda _name: "127.0.0.1")
        monkeypatch.setattr(st, "context", SimpleNamespace(ip_address=None, headers=asked))
        return provider.this_machine_only()

    assert machine({"Host": "127.0.0.1:8501"})
    assert machine({"Host": "[::1]:8501"})
    assert not machine(headers)


def test_a_proxy_on_this_machine_says_whom_it_asks_for_and_nobody_else_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def asker(direct: str | None) -> str | None:
        headers = {"X-Real-Ip": "203.0.113.7"}
        monkeypatch.setattr(st, "context", SimpleNamespace(ip_address=direct, headers=headers))
        return provider.asker()

    assert asker(None) == "203.0.113.7"
    assert asker("127.0.0.1") == "203.0.113.7"
    assert asker("198.51.100.9") == "198.51.100.9"


def test_beside_people_of_flesh_and_blood_nobody_is_offered(
    open_page: Opener, sample_address: str
) -> None:
    with open_database(sample_address).writing.begin() as connection:
        connection.execute(sql("UPDATE person SET demonstration = 0 WHERE code = 'priya-lead'"))
    for app in (open_page(""), open_page("people", "ben-administrator")):
        assert "people who are not of the samples" in said(app)
        assert not app.radio


def test_with_half_a_provider_nobody_signs_in(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(sign_in_settings.ISSUER, "https://login.example")
    for app in (open_page(""), open_page("people", "ben-administrator")):
        assert "Sign-in is not set up as needed" in said(app)
        assert not app.radio
        assert "Everybody, those who have left last" not in said(app)
