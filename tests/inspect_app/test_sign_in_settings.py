"""The settings of sign-in are whole or nobody signs in, and no secret is printed."""

import pytest

from inspect_app import sign_in_settings as settings
from inspect_app.sign_in_settings import SignInSettings, found

WHOLE = {
    settings.ISSUER: "https://login.example/realms/inspectorate",
    settings.CLIENT_ID: "inspection-evidence",
    settings.CLIENT_SECRET: "hush-hush",
    settings.REDIRECT: "https://evidence.example/oauth2callback",
    settings.COOKIE_SECRET: "c" * 32,
}


def test_without_a_provider_there_is_none() -> None:
    assert found({}) is None
    assert found({settings.WHOM_TO_ASK: "somebody", "PATH": "/bin"}) is None


def test_whole_settings_are_what_streamlit_needs() -> None:
    held = found({**WHOLE, settings.SESSION_HOURS: "8", settings.TRIES: "5"})
    assert isinstance(held, SignInSettings)
    assert (held.longest.total_seconds(), held.tries) == (8 * 3600, 5)
    assert held.for_streamlit == {
        "redirect_uri": WHOLE[settings.REDIRECT],
        "cookie_secret": WHOLE[settings.COOKIE_SECRET],
        "client_id": "inspection-evidence",
        "client_secret": "hush-hush",
        "server_metadata_url": f"{WHOLE[settings.ISSUER]}/.well-known/openid-configuration",
    }
    assert "hush-hush" not in repr(held)
    assert "cccc" not in repr(held)


@pytest.mark.parametrize("name", settings.NEEDED)
def test_a_setting_that_is_missing_is_named(name: str) -> None:
    problems = found({**WHOLE, name: " "})
    assert isinstance(problems, list)
    assert [problem.split()[0] for problem in problems] == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (settings.ISSUER, "http://login.example"),
        (settings.ISSUER, "https://user:secret@login.example"),
        (settings.ISSUER, "https://login.example/?a=b"),
        (settings.ISSUER, "https://login.example/.well-known/openid-configuration"),
        (settings.ISSUER, "https://[login"),
        (settings.REDIRECT, "https://evidence.example/"),
        (settings.REDIRECT, "http://evidence.example/oauth2callback"),
        (settings.COOKIE_SECRET, "short"),
        (settings.SESSION_HOURS, "0"),
        (settings.SESSION_HOURS, "25"),
        (settings.SESSION_HOURS, "²"),
        (settings.TRIES, "-1"),
        (settings.SUBJECT_CLAIM, "not a claim"),
    ],
)
def test_a_setting_that_does_not_do_is_named_with_an_example_and_no_secret(
    name: str, value: str
) -> None:
    problems = found({**WHOLE, name: value})
    assert isinstance(problems, list)
    assert len(problems) == 1
    assert problems[0].startswith(f"{name}: ")
    assert "For example: " in problems[0]
    if name in settings.SECRET:
        assert value not in problems[0]


def test_a_provider_on_this_machine_needs_no_encryption() -> None:
    here = {
        settings.ISSUER: "http://127.0.0.1:9400",
        settings.REDIRECT: "http://localhost:8501/oauth2callback",
    }
    assert isinstance(found({**WHOLE, **here}), SignInSettings)
