"""A provider's claims and the settings they fit, for tests that need no provider."""

from datetime import UTC, datetime, timedelta

from inspect_app.sign_in_settings import SignInSettings

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SETTINGS = SignInSettings(
    issuer="https://login.example/realms/inspectorate",
    client_id="inspection-evidence",
    redirect="https://evidence.example/oauth2callback",
    client_secret="a secret",
    cookie_secret="a cookie secret of the tests, long enough",
    tries=20,
)
CLAIMS: dict[str, object] = {
    "iss": SETTINGS.issuer,
    "aud": "inspection-evidence",
    "sub": "subject-1",
    "iat": int(AT.timestamp()),
    "exp": int((AT + timedelta(hours=1)).timestamp()),
}
