"""What the provider says of somebody, held against what is needed before we believe any of it.

Streamlit checks the provider's signature when somebody signs in, and nothing after that; so the
rest is looked at here, each time a page is drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from inspect_app.errors import NotAdmitted
from inspect_app.sign_in_settings import SignInSettings
from inspect_app.signed_in import over

LONGEST = 255
SAYS = {"iat": "since when it holds", "exp": "until when it holds"}
LATEST = 221_845_392_000
"""A second of the year 9000: nothing is said to hold from or until after it."""


@dataclass(frozen=True)
class Identity:
    """Who somebody is to the provider, since when (in its seconds), and until when it holds.

    `mail` is there only where the provider says that it is verified.
    """

    issuer: str
    subject: str
    issued: int
    until: datetime
    mail: str | None = None
    unverified_mail: bool = False


def checked(claims: Mapping[str, object], settings: SignInSettings, at: datetime) -> Identity:
    """Return the identity that the claims make.

    Raises NotAdmitted where one is missing or another's, SignInAgain where it holds no longer.
    """
    _check_parties(claims, settings)
    subject = _subject(claims, settings)
    issued, expires = _second(claims, "iat", settings), _second(claims, "exp", settings)
    until = min(_moment(expires), _moment(issued) + settings.longest)
    if at >= until:
        raise over("Your sign-in has ended.")
    mail = claims.get("email")
    given = mail if isinstance(mail, str) and mail.strip() else None
    verified = claims.get("email_verified") is True
    return Identity(
        settings.issuer,
        subject,
        issued,
        until,
        given.strip() if given and verified else None,
        given is not None and not verified,
    )


def _check_parties(claims: Mapping[str, object], settings: SignInSettings) -> None:
    if claims.get("iss") != settings.issuer:
        raise _refused("it comes from another provider than the one used here", settings)
    audience = claims.get("aud")
    meant_for = audience if isinstance(audience, list | tuple) else [audience]
    if settings.client_id not in meant_for:
        raise _refused("it is meant for another app", settings)


def _subject(claims: Mapping[str, object], settings: SignInSettings) -> str:
    subject = claims.get(settings.subject_claim)
    if not isinstance(subject, str) or not subject.strip() or len(subject) > LONGEST:
        raise _refused(f"it does not say who you are (claim {settings.subject_claim})", settings)
    return subject


def _second(claims: Mapping[str, object], name: str, settings: SignInSettings) -> int:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= LATEST:
        raise _refused(f"it does not say {SAYS[name]} (claim {name})", settings)
    return int(value)


def _moment(second: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)


def _refused(why: str, settings: SignInSettings) -> NotAdmitted:
    return NotAdmitted(
        f"What your organisation's sign-in says cannot be accepted: {why}.",
        f"Tell {settings.whom_to_ask}. Trying again will not help until it is mended.",
    )
