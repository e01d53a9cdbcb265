"""How people sign in here: the organisation's OpenID provider, as the environment names it.

Without any of these settings there is no provider, and only the demonstration is left. With some
of them missing or wrong nobody signs in at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import SplitResult, urlsplit

from inspect_app.settings import Setting, anything

ISSUER = "INSPECT_APP_OIDC_ISSUER"
CLIENT_ID = "INSPECT_APP_OIDC_CLIENT_ID"
CLIENT_SECRET = "INSPECT_APP_OIDC_CLIENT_SECRET"  # noqa: S105 - the name of a setting
REDIRECT = "INSPECT_APP_OIDC_REDIRECT"
COOKIE_SECRET = "INSPECT_APP_COOKIE_SECRET"  # noqa: S105 - the name of a setting
SUBJECT_CLAIM = "INSPECT_APP_OIDC_SUBJECT_CLAIM"
SESSION_HOURS = "INSPECT_APP_SESSION_HOURS"
TRIES = "INSPECT_APP_SIGN_IN_TRIES"
WHOM_TO_ASK = "INSPECT_APP_WHOM_TO_ASK"

NEEDED = (ISSUER, CLIENT_ID, CLIENT_SECRET, REDIRECT, COOKIE_SECRET)
SECRET = frozenset({CLIENT_SECRET, COOKIE_SECRET})
CALLBACK = "/oauth2callback"
"""Where Streamlit listens for the provider's answer."""
SHORTEST_SECRET = 32
LONGEST_SESSION = 24
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

MEANINGS = {
    ISSUER: (
        "The provider's issuer, as its metadata says it: that is where "
        "/.well-known/openid-configuration stands.",
        "https://login.example/realms/inspectorate",
    ),
    CLIENT_ID: ("What the provider calls this app.", "inspection-evidence"),
    CLIENT_SECRET: ("The secret that the provider gave this app.", "as the provider shows it"),
    REDIRECT: (
        "This app's own address, followed by /oauth2callback; the provider must know it.",
        "https://evidence.example/oauth2callback",
    ),
    COOKIE_SECRET: (
        f"What cookies are signed with: {SHORTEST_SECRET} random characters or more, the same in "
        "every process. A new one signs everybody out.",
        "what `python -c 'import secrets; print(secrets.token_urlsafe(32))'` prints",
    ),
    SUBJECT_CLAIM: ("The claim that tells one person from every other.", "oid"),
    SESSION_HOURS: (
        f"How many hours one sign-in lasts at most, up to {LONGEST_SESSION}.",
        "8",
    ),
    TRIES: (
        "How many sign-ins from one address may come to nothing in 15 minutes.",
        "100",
    ),
    WHOM_TO_ASK: (
        "Whom somebody who is not let in should ask.",
        "the systems team, systems@inspectorate.example",
    ),
}
"""Every setting of sign-in: what it means, and an example."""

WITHOUT = {
    SUBJECT_CLAIM: "sub",
    SESSION_HOURS: "12",
    TRIES: "100",
    WHOM_TO_ASK: "the administrator of this installation in your organisation",
}
"""What holds where one of these is left out."""
NO_PROVIDER = "people of the samples sign in as a demonstration, on this machine only"


@dataclass(frozen=True)
class SignInSettings:
    """A provider to sign in with; secrets are kept out of what is printed of it."""

    issuer: str
    client_id: str
    redirect: str
    client_secret: str = field(repr=False)
    cookie_secret: str = field(repr=False)
    subject_claim: str = "sub"
    longest: timedelta = timedelta(hours=12)
    tries: int = 100
    whom_to_ask: str = "the administrator of this installation in your organisation"

    @property
    def metadata(self) -> str:
        """Where the provider describes itself (OpenID Connect Discovery 1.0, section 4)."""
        return f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"

    @property
    def for_streamlit(self) -> dict[str, str]:
        """The section that Streamlit's `st.login` reads; it is never written to a file."""
        return {
            "redirect_uri": self.redirect,
            "cookie_secret": self.cookie_secret,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "server_metadata_url": self.metadata,
        }


def found(environ: Mapping[str, str]) -> SignInSettings | list[str] | None:
    """Return the provider that the environment names, None for none, or all that is wrong."""
    held = {name: environ.get(name, "").strip() for name in MEANINGS}
    if not any(held[name] for name in NEEDED):
        return None
    problems = missing(environ)
    problems += [
        f"{name}: {wrong} For example: {MEANINGS[name][1]}"
        for name, check in CHECKS.items()
        if held[name] and (wrong := check(held[name]))
    ]
    return problems or _settings(held)


def missing(environ: Mapping[str, str]) -> list[str]:
    """Return a sentence for each setting without which those that are set are of no use."""
    held = {name: environ.get(name, "").strip() for name in NEEDED}
    lacking = [name for name in NEEDED if not held[name]] if any(held.values()) else []
    return [f"{name} is not set. {MEANINGS[name][0]}" for name in lacking]


def _settings(held: Mapping[str, str]) -> SignInSettings:
    given: dict[str, object] = {}
    if held[SUBJECT_CLAIM]:
        given["subject_claim"] = held[SUBJECT_CLAIM]
    if held[SESSION_HOURS]:
        given["longest"] = timedelta(hours=int(held[SESSION_HOURS]))
    if held[TRIES]:
        given["tries"] = int(held[TRIES])
    if held[WHOM_TO_ASK]:
        given["whom_to_ask"] = held[WHOM_TO_ASK]
    return SignInSettings(
        issuer=held[ISSUER],
        client_id=held[CLIENT_ID],
        redirect=held[REDIRECT],
        client_secret=held[CLIENT_SECRET],
        cookie_secret=held[COOKIE_SECRET],
        **given,  # type: ignore[arg-type]
    )


def _issuer(held: str) -> str | None:
    parts = _parts(held)
    if not _safe(parts) or {"?", "#"} & set(held):
        return "it must be an https address without ? or #; http is for a provider on this machine."
    if "/.well-known/" in held:
        return "leave /.well-known/… away: it is found by itself."
    return None


def _redirect(held: str) -> str | None:
    parts = _parts(held)
    if not _safe(parts):
        return "it must be an https address; http is for this machine alone."
    return None if parts.path.endswith(CALLBACK) else f"it must end with {CALLBACK}."


def _parts(held: str) -> SplitResult:
    try:
        return urlsplit(held)
    except ValueError:
        return urlsplit("")


def _safe(parts: SplitResult) -> bool:
    """Whether nobody between can read along: encrypted, or on this machine."""
    if parts.username or parts.password or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _cookie_secret(held: str) -> str | None:
    short = len(held) < SHORTEST_SECRET
    return f"it must have {SHORTEST_SECRET} characters or more." if short else None


def _hours(held: str) -> str | None:
    return None if _number(held, LONGEST_SESSION) else f"expected 1 to {LONGEST_SESSION}."


def _tries(held: str) -> str | None:
    return None if _number(held, 100_000) else "expected a whole number from 1 to 100000."


def _number(held: str, most: int) -> bool:
    return held.isascii() and held.isdigit() and len(held) < 7 and 1 <= int(held) <= most


def _claim(held: str) -> str | None:
    return None if held.isidentifier() else "expected the name of a claim."


CHECKS = {
    ISSUER: _issuer,
    REDIRECT: _redirect,
    COOKIE_SECRET: _cookie_secret,
    SUBJECT_CLAIM: _claim,
    SESSION_HOURS: _hours,
    TRIES: _tries,
}

SETTINGS = tuple(
    Setting(
        name,
        meaning,
        WITHOUT.get(name, NO_PROVIDER),
        example,
        CHECKS.get(name, anything),
        secret=name in SECRET,
    )
    for name, (meaning, example) in MEANINGS.items()
)
