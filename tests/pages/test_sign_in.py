"""Sign-in: a demonstration, for this machine only."""

import pytest

from inspect_app.ui import session
from tests.support.screen import Opener, said


@pytest.mark.parametrize("server", ["127.0.0.1", "127.8.0.1", "localhost", "::1"])
@pytest.mark.parametrize("asker", [None, "127.0.0.1", "::1"])
def test_the_demonstration_is_for_this_machine(server: str, asker: str | None) -> None:
    assert session.both_loopback(server, asker)


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
    assert not session.both_loopback(server, asker)


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
